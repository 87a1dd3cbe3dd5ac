//! The little of DER (ITU-T X.690) that keys are written in: values taken apart one by one, and put together.

/// `INTEGER`
pub(super) const INTEGER: u8 = 0x02;
/// `BIT STRING`
pub(super) const BITS: u8 = 0x03;
/// `OCTET STRING`
pub(super) const OCTETS: u8 = 0x04;
/// `NULL`
pub(super) const NULL: u8 = 0x05;
/// `OBJECT IDENTIFIER`
pub(super) const OID: u8 = 0x06;
/// `SEQUENCE`
pub(super) const SEQUENCE: u8 = 0x30;

/// The object identifier of RSA encryption.
pub(super) const RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];

/// Reads values one after the other.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a>(pub &'a [u8]);

impl<'a> Reader<'a> {
    /// The next value and its tag; `None` at the end and for what is not DER.
    pub(super) fn next(&mut self) -> Option<(u8, &'a [u8])> {
        let (tag, rest) = self.0.split_first()?;
        let (first, mut rest) = rest.split_first()?;
        let mut length = usize::from(*first);
        if length > 0x80 {
            let (bytes, after) = rest.split_at_checked(length - 0x80)?;
            if bytes.len() > 4 {
                return None;
            }
            length = bytes.iter().fold(0, |sum, byte| sum << 8 | usize::from(*byte));
            rest = after;
        }
        let (value, after) = rest.split_at_checked(length)?;
        self.0 = after;
        Some((*tag, value))
    }

    /// The next value, if it has that tag.
    pub(super) fn expect(&mut self, tag: u8) -> Option<&'a [u8]> {
        self.next().filter(|(found, _)| *found == tag).map(|(_, value)| value)
    }

    /// The values inside the next one, if it is a sequence.
    pub(super) fn sequence(&mut self) -> Option<Self> {
        self.expect(SEQUENCE).map(Reader)
    }

    /// The next value as a positive number: its bytes without leading zeros.
    pub(super) fn number(&mut self) -> Option<&'a [u8]> {
        self.expect(INTEGER).map(unsigned)
    }
}

/// The bytes without leading zeros.
pub(super) fn unsigned(bytes: &[u8]) -> &[u8] {
    let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
    bytes.get(zeros..).unwrap_or_default()
}

/// A value with its tag and length.
pub(super) fn value(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = content.len();
    let mut out = vec![tag];
    match u8::try_from(length) {
        Ok(short) if short < 0x80 => out.push(short),
        _ => {
            let bytes = length.to_be_bytes();
            let bytes = unsigned(&bytes);
            out.push(0x80 | u8::try_from(bytes.len()).unwrap_or(8));
            out.extend(bytes);
        }
    }
    out.extend(content);
    out
}

/// A positive number from its bytes.
pub(super) fn number(bytes: &[u8]) -> Vec<u8> {
    let mut content = unsigned(bytes).to_vec();
    if content.first().is_none_or(|byte| *byte >= 0x80) {
        content.insert(0, 0);
    }
    value(INTEGER, &content)
}

#[cfg(test)]
mod tests {
    use super::{INTEGER, OCTETS, Reader, SEQUENCE, number, value};

    #[test]
    fn what_is_written_is_read() {
        let long = [7; 300];
        let written = value(SEQUENCE, &[number(&[0x80]), value(OCTETS, &long)].concat());
        assert_eq!(written[..4], [SEQUENCE, 0x82, 0x01, 0x34]);
        let mut inside = Reader(&written).sequence().unwrap();
        assert_eq!(inside.0[..4], [INTEGER, 2, 0, 0x80]);
        assert_eq!(inside.number(), Some(&[0x80][..]));
        assert_eq!(inside.expect(OCTETS), Some(&long[..]));
        assert_eq!(inside.next(), None);
    }

    #[test]
    fn what_is_cut_short_is_not_read() {
        for bad in [&[][..], &[2], &[2, 1], &[2, 0x82, 1], &[2, 0x85, 0, 0, 0, 0, 1, 1], &[0x30, 5, 2, 1, 1]] {
            assert_eq!(Reader(bad).next(), None, "{bad:?}");
        }
    }
}
