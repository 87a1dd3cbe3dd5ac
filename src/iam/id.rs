//! Unique ids, access key ids and secrets, made from randomness that the caller brings.
//!
//! The forms follow the IAM User Guide, "Understanding unique ID prefixes".

/// What a unique id stands for; its four-letter prefix says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdKind {
    /// `AIDA`
    User,
    /// `AGPA`
    Group,
    /// `AROA`
    Role,
    /// `ANPA`
    ManagedPolicy,
    /// `ANVA`
    PolicyVersion,
    /// `AIPA`
    InstanceProfile,
    /// `APKA`
    PublicKey,
    /// `ASCA`
    Certificate,
    /// `ACCA`
    ServiceSpecificCredential,
}

impl IdKind {
    /// The four letters.
    pub fn prefix(self) -> &'static str {
        match self {
            Self::User => "AIDA",
            Self::Group => "AGPA",
            Self::Role => "AROA",
            Self::ManagedPolicy => "ANPA",
            Self::PolicyVersion => "ANVA",
            Self::InstanceProfile => "AIPA",
            Self::PublicKey => "APKA",
            Self::Certificate => "ASCA",
            Self::ServiceSpecificCredential => "ACCA",
        }
    }
}

const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

fn letters(alphabet: &[u8], random: &[u8]) -> String {
    random.iter().filter_map(|b| alphabet.get(usize::from(*b) % alphabet.len())).map(|b| char::from(*b)).collect()
}

/// A unique id: the kind's prefix and seventeen characters.
pub fn unique_id(kind: IdKind, random: [u8; 17]) -> String {
    format!("{}{}", kind.prefix(), letters(BASE32, &random))
}

/// A random UUID (RFC 9562, version 4).
pub fn uuid(random: [u8; 16]) -> String {
    let bits = u128::from_be_bytes(random);
    let hex = format!("{:032x}", bits & !(0xf << 76) & !(0x3 << 62) | 0x4 << 76 | 0x2 << 62);
    [0..8, 8..12, 12..16, 16..20, 20..32].map(|part| hex.get(part).unwrap_or_default()).join("-")
}

/// An access key id of twenty characters: `AKIA…` for a long-term key, `ASIA…` for a temporary one. The first eight
/// characters after the prefix carry the account, as AWS's do, so `GetAccessKeyInfo` needs no look-up.
pub fn access_key_id(temporary: bool, account: &str, random: [u8; 8]) -> String {
    let number: u64 = account.parse().unwrap_or(0);
    // AWS keeps the account in bits 7 to 46 of the six bytes that the first ten base-32 letters after the prefix hold.
    let bits: u64 = (number << 7) | 1 << 47 | u64::from(random.first().copied().unwrap_or(0) & 0x7f);
    let head: Vec<u8> = (0..10_u32).map(|i| u8::try_from(((bits << 2) >> (45 - 5 * i)) & 31).unwrap_or(0)).collect();
    let prefix = if temporary { "ASIA" } else { "AKIA" };
    format!("{prefix}{}{}", letters(BASE32, &head), letters(BASE32, random.get(2..8).unwrap_or(&random)))
}

/// The account an access key id was made for, if the id carries one.
pub fn account_id(access_key_id: &str) -> Option<String> {
    let head = access_key_id.get(4..14)?;
    let mut bits: u64 = 0;
    for byte in head.bytes() {
        let value = BASE32.iter().position(|b| *b == byte)?;
        bits = bits << 5 | u64::try_from(value).ok()?;
    }
    Some(format!("{:012}", ((bits >> 2) & 0x7fff_ffff_ff80) >> 7))
}

/// A secret access key: forty characters, 240 random bits.
pub fn secret_access_key(random: [u8; 40]) -> String {
    letters(BASE64, &random)
}

#[cfg(test)]
mod tests {
    use super::{IdKind, access_key_id, account_id, secret_access_key, unique_id, uuid};

    #[test]
    fn a_uuid_says_its_version() {
        assert_eq!(uuid([0; 16]), "00000000-0000-4000-8000-000000000000");
        assert_eq!(uuid([0xff; 16]), "ffffffff-ffff-4fff-bfff-ffffffffffff");
    }

    #[test]
    fn ids_have_their_form() {
        let id = unique_id(IdKind::User, [200; 17]);
        assert!(id.starts_with("AIDA") && id.len() == 21, "{id}");
        assert_eq!(secret_access_key([7; 40]).len(), 40);
    }

    #[test]
    fn an_access_key_id_carries_its_account() {
        for account in ["123456789012", "000000000001", "999999999999"] {
            let id = access_key_id(false, account, [9, 8, 7, 6, 5, 4, 3, 2]);
            assert!(id.starts_with("AKIA") && id.len() == 20, "{id}");
            assert_eq!(account_id(&id).as_deref(), Some(account));
        }
    }

    #[test]
    fn a_key_of_aws_tells_its_account() {
        // The example that Tal Be'ery's "A short note on AWS KEY ID" (2023) works through.
        assert_eq!(account_id("ASIAQNZGKIQY56JQ7WML").as_deref(), Some("029608264753"));
    }
}
