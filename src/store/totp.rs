//! Time-based one-time passwords (RFC 6238): six digits, steps of 30 seconds, HMAC-SHA-1, as virtual MFA devices use them.

use hmac::{Hmac, Mac};
use sha1::Sha1;

/// Length of a step in seconds.
const STEP_SECONDS: i64 = 30;
/// How far from its own time a device's second code of two in a row may be (observed on AWS, which publishes no bounds).
const PAIR_STEPS: std::ops::RangeInclusive<i64> = -998..=1000;
/// How far a single code may be off (observed on AWS).
pub(super) const SLACK_STEPS: i64 = 2;
const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// The step of a moment, in seconds since 1970.
pub(super) fn step(seconds: i64) -> i64 {
    seconds.div_euclid(STEP_SECONDS)
}

/// The code of a step (RFC 4226, section 5.3).
pub(super) fn code(seed: &[u8], step: i64) -> String {
    let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(seed) else { return String::new() };
    mac.update(&step.to_be_bytes());
    let digest = mac.finalize().into_bytes();
    let offset = usize::from(digest.last().copied().unwrap_or(0) & 15);
    let four = digest.get(offset..offset + 4).and_then(|b| <[u8; 4]>::try_from(b).ok()).unwrap_or_default();
    format!("{:06}", (u32::from_be_bytes(four) & 0x7fff_ffff) % 1_000_000)
}

/// The step of the second of two codes in a row, nearest to the device's `time`. Both codes come after `last`.
pub(super) fn consecutive(seed: &[u8], (time, last): (i64, i64), (first, second): (&str, &str)) -> Option<i64> {
    let mut offsets: Vec<i64> = PAIR_STEPS.collect();
    offsets.sort_by_key(|offset| offset.abs());
    let mut steps = offsets.into_iter().map(|offset| time + offset).filter(|step| *step - 1 > last);
    steps.find(|step| code(seed, *step) == second && code(seed, step - 1) == first)
}

/// The step of a single code near the device's `time`, of those that were not used yet.
pub(super) fn single(seed: &[u8], time: i64, used: &[i64], given: &str) -> Option<i64> {
    let mut nearby = time - SLACK_STEPS..=time + SLACK_STEPS;
    nearby.find(|step| !used.contains(step) && code(seed, *step) == given)
}

/// The bytes in base 32 (RFC 4648), without padding.
pub(super) fn base32(bytes: &[u8]) -> String {
    bytes
        .chunks(5)
        .flat_map(|chunk| {
            let bits = chunk.iter().fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte)) << (8 * (5 - chunk.len()));
            let letters = (chunk.len() * 8).div_ceil(5);
            (0..letters).filter_map(move |i| BASE32.get(usize::try_from(bits >> (35 - 5 * i) & 31).unwrap_or(0)))
        })
        .map(|letter| char::from(*letter))
        .collect()
}

/// The bytes that base 32 spells; `None` for other letters.
pub(super) fn from_base32(letters: &[u8]) -> Option<Vec<u8>> {
    let (mut bits, mut held, mut bytes) = (0_u32, 0_u32, Vec::with_capacity(letters.len() * 5 / 8));
    for letter in letters {
        let value = BASE32.iter().position(|b| b == letter)?;
        bits = (bits << 5 | u32::try_from(value).ok()?) & 0xffff;
        held += 5;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from(bits >> held & 0xff).ok()?);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::{base32, code, consecutive, from_base32, single, step};

    const SEED: &[u8] = b"12345678901234567890";

    #[test]
    fn codes_are_those_of_rfc_6238() {
        // Appendix B, the last six of its eight digits.
        for (seconds, expected) in [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")] {
            assert_eq!(code(SEED, step(seconds)), expected);
        }
    }

    #[test]
    fn base_32_is_that_of_rfc_4648() {
        for (plain, encoded) in [("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foob", "MZXW6YQ"), ("foobar", "MZXW6YTBOI")] {
            assert_eq!(base32(plain.as_bytes()), encoded);
            assert_eq!(from_base32(encoded.as_bytes()).as_deref(), Some(plain.as_bytes()));
        }
    }

    #[test]
    fn two_codes_in_a_row_show_the_drift() {
        let codes = (&*code(SEED, 1009), &*code(SEED, 1010));
        assert_eq!(consecutive(SEED, (1000, 0), codes), Some(1010));
        assert_eq!(consecutive(SEED, (1000, 1010), codes), None, "taken before");
        assert_eq!(consecutive(SEED, (1000, 0), (codes.1, codes.0)), None, "in the wrong order");
        assert_eq!(consecutive(SEED, (1000, 1009), codes), None, "the first was taken before");
        assert_eq!(consecutive(SEED, (2008, 0), codes), Some(1010));
        assert_eq!(consecutive(SEED, (2009, 0), codes), None, "too old");
        assert_eq!(consecutive(SEED, (10, 0), codes), Some(1010));
        assert_eq!(consecutive(SEED, (9, 0), codes), None, "too far ahead");
    }

    #[test]
    fn a_code_is_taken_once() {
        let given = code(SEED, 1001);
        assert_eq!(single(SEED, 1000, &[], &given), Some(1001));
        assert_eq!(single(SEED, 1000, &[1001], &given), None);
        assert_eq!(single(SEED, 1000, &[1002], &given), Some(1001), "a later one does not spend it");
        assert_eq!(single(SEED, 1003, &[], &given), Some(1001));
        assert_eq!(single(SEED, 1004, &[], &given), None);
    }
}
