//! What names an account: its twelve-digit id, and its alias.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Why a text is not the name it should be; the sentence says what one looks like.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct InvalidName(String);

/// An account id: exactly twelve digits.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct AccountId(String);

impl AccountId {
    /// The twelve digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for AccountId {
    type Err = InvalidName;

    fn from_str(text: &str) -> Result<Self, InvalidName> {
        if text.len() == 12 && text.bytes().all(|b| b.is_ascii_digit()) {
            return Ok(Self(text.to_owned()));
        }
        Err(InvalidName(format!("an account id has 12 digits, `{}` does not", crate::text::visible(text))))
    }
}

impl TryFrom<String> for AccountId {
    type Error = InvalidName;

    fn try_from(text: String) -> Result<Self, InvalidName> {
        text.parse()
    }
}

impl From<AccountId> for String {
    fn from(id: AccountId) -> Self {
        id.0
    }
}

impl fmt::Display for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An account alias: 3 to 63 lowercase letters, digits and single hyphens, not starting or ending with a hyphen, and
/// not twelve digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountAlias(String);

impl AccountAlias {
    /// The alias.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for AccountAlias {
    type Err = InvalidName;

    fn from_str(text: &str) -> Result<Self, InvalidName> {
        let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
        let fits = (3..=63).contains(&text.len())
            && text.bytes().all(|b| plain(b) || b == b'-')
            && !text.starts_with('-')
            && !text.ends_with('-')
            && !text.contains("--")
            && text.parse::<AccountId>().is_err();
        if fits {
            return Ok(Self(text.to_owned()));
        }
        Err(InvalidName(
            "an account alias has 3 to 63 lowercase letters, digits and single hyphens, and is not an account id"
                .into(),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::{AccountAlias, AccountId};

    #[test]
    fn account_ids_have_twelve_digits() {
        assert!("123456789012".parse::<AccountId>().is_ok());
        for bad in ["12345678901", "1234567890123", "12345678901a", ""] {
            assert!(bad.parse::<AccountId>().is_err(), "{bad}");
        }
    }

    #[test]
    fn aliases_follow_the_user_guide() {
        for good in ["abc", "example-corp", "a1-b2"] {
            assert!(good.parse::<AccountAlias>().is_ok(), "{good}");
        }
        for bad in ["ab", "-abc", "abc-", "a--b", "Abc", "123456789012"] {
            assert!(bad.parse::<AccountAlias>().is_err(), "{bad}");
        }
    }
}
