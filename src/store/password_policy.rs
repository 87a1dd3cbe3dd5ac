//! The account's password policy: get, update, delete, and what a password must be under it.
//!
//! Follows the User Guide, "Set an account password policy for IAM users": without a policy of its own an account has the
//! default one, which `GetAccountPasswordPolicy` does not show.

use rusqlite::params;

use super::error::Result;
use super::perform::Perform;
use super::tx::Tx;
use crate::api::{
    DeleteAccountPasswordPolicy, DeleteAccountPasswordPolicyOutput, GetAccountPasswordPolicy,
    GetAccountPasswordPolicyOutput, PasswordPolicy, UpdateAccountPasswordPolicy, UpdateAccountPasswordPolicyOutput,
};
use crate::iam::Error;

/// The shortest password when an update of the policy does not say.
const LENGTH_UNSAID: i64 = 6;
/// The shortest password in an account without a policy of its own.
const LENGTH_DEFAULT: i64 = 8;
/// How many of the four kinds of character a password has in an account without a policy of its own.
const KINDS_DEFAULT: usize = 3;
/// What counts as a symbol.
const SYMBOLS: &str = "!@#$%^&*()_+-=[]{}|'";

impl Perform for GetAccountPasswordPolicy {
    fn perform(&self, tx: &Tx<'_>) -> Result<GetAccountPasswordPolicyOutput> {
        let missing = || {
            Error::no_such_entity(format!("The Password Policy with domain name {} cannot be found.", tx.account.id))
        };
        Ok(GetAccountPasswordPolicyOutput { password_policy: tx.password_policy()?.ok_or_else(missing)? })
    }
}

impl Perform for UpdateAccountPasswordPolicy {
    /// What the call leaves out goes back to its default (API reference).
    fn perform(&self, tx: &Tx<'_>) -> Result<UpdateAccountPasswordPolicyOutput> {
        let or_no = |value: Option<bool>| Some(value.unwrap_or(false));
        let policy = PasswordPolicy {
            minimum_password_length: Some(self.minimum_password_length.unwrap_or(LENGTH_UNSAID)),
            require_symbols: or_no(self.require_symbols),
            require_numbers: or_no(self.require_numbers),
            require_uppercase_characters: or_no(self.require_uppercase_characters),
            require_lowercase_characters: or_no(self.require_lowercase_characters),
            allow_users_to_change_password: or_no(self.allow_users_to_change_password),
            expire_passwords: Some(self.max_password_age.is_some()),
            max_password_age: self.max_password_age,
            password_reuse_prevention: self.password_reuse_prevention,
            hard_expiry: self.hard_expiry,
        };
        tx.execute(
            "UPDATE account SET password_policy = ?2 WHERE id = ?1",
            params![tx.account.row, serde_json::to_string(&policy)?],
        )?;
        Ok(UpdateAccountPasswordPolicyOutput {})
    }
}

impl Perform for DeleteAccountPasswordPolicy {
    fn perform(&self, tx: &Tx<'_>) -> Result<DeleteAccountPasswordPolicyOutput> {
        let sql = "UPDATE account SET password_policy = NULL WHERE id = ?1 AND password_policy IS NOT NULL";
        if tx.execute(sql, [tx.account.row])? == 0 {
            let message = "The account policy with name PasswordPolicy cannot be found.";
            return Err(Error::no_such_entity(message).into());
        }
        Ok(DeleteAccountPasswordPolicyOutput {})
    }
}

impl Tx<'_> {
    /// The account's own policy.
    pub(super) fn password_policy(&self) -> Result<Option<PasswordPolicy>> {
        let sql = "SELECT password_policy FROM account WHERE id = ?1";
        let text: Option<String> = self.one(sql, [self.account.row], |row| row.get(0))?.flatten();
        Ok(text.as_deref().map(serde_json::from_str).transpose()?)
    }

    /// Refuses a password that the policy does not allow.
    ///
    /// # Errors
    /// `PasswordPolicyViolation`.
    pub(super) fn check_password(&self, password: &str) -> Result<()> {
        let fits = match self.password_policy()? {
            Some(policy) => obeys(&policy, password),
            None => obeys_default(password) && self.account.alias.as_deref() != Some(password),
        };
        if fits {
            return Ok(());
        }
        Err(Error::password_policy_violation("Password does not conform to the account password policy.").into())
    }
}

/// Which of the four kinds of character the password has: uppercase, lowercase, numbers, symbols.
fn kinds(password: &str) -> [bool; 4] {
    let has = |test: fn(char) -> bool| password.chars().any(test);
    [
        has(|c| c.is_ascii_uppercase()),
        has(|c| c.is_ascii_lowercase()),
        has(|c| c.is_ascii_digit()),
        has(|c| SYMBOLS.contains(c)),
    ]
}

fn long_enough(password: &str, least: i64) -> bool {
    i64::try_from(password.chars().count()).is_ok_and(|length| length >= least)
}

fn obeys(policy: &PasswordPolicy, password: &str) -> bool {
    let required = [
        policy.require_uppercase_characters,
        policy.require_lowercase_characters,
        policy.require_numbers,
        policy.require_symbols,
    ];
    long_enough(password, policy.minimum_password_length.unwrap_or(LENGTH_UNSAID))
        && required.iter().zip(kinds(password)).all(|(required, has)| has || *required != Some(true))
}

fn obeys_default(password: &str) -> bool {
    long_enough(password, LENGTH_DEFAULT) && kinds(password).into_iter().filter(|has| *has).count() >= KINDS_DEFAULT
}

#[cfg(test)]
mod tests {
    use super::{obeys, obeys_default};
    use crate::api::{
        DeleteAccountPasswordPolicy, GetAccountPasswordPolicy, PasswordPolicy, UpdateAccountPasswordPolicy,
    };
    use crate::store::kit::Kit;

    #[test]
    fn an_account_has_no_policy_until_it_is_given_one() {
        let kit = Kit::new();
        let error = kit.refused(&GetAccountPasswordPolicy {});
        assert_eq!(error.message, "The Password Policy with domain name 123456789012 cannot be found.");
        let update =
            UpdateAccountPasswordPolicy { max_password_age: Some(60), ..UpdateAccountPasswordPolicy::default() };
        kit.ok(&update);
        let policy = kit.ok(&GetAccountPasswordPolicy {}).password_policy;
        assert_eq!((policy.minimum_password_length, policy.expire_passwords), (Some(6), Some(true)));
        assert_eq!((policy.require_symbols, policy.hard_expiry), (Some(false), None));
        kit.ok(&DeleteAccountPasswordPolicy {});
        assert_eq!(
            kit.refused(&DeleteAccountPasswordPolicy {}).message,
            "The account policy with name PasswordPolicy cannot be found."
        );
    }

    #[test]
    fn the_default_policy_wants_three_of_four_kinds() {
        for good in ["Passw0rd", "passw0rd!", "PASSWORD1!", "Pass-word"] {
            assert!(obeys_default(good), "{good}");
        }
        for bad in ["Pass-w0", "password1", "PASSWORD!", "pässwörd1"] {
            assert!(!obeys_default(bad), "{bad}");
        }
    }

    #[test]
    fn a_policy_asks_for_what_it_says_only() {
        let policy = PasswordPolicy {
            minimum_password_length: Some(10),
            require_symbols: Some(true),
            require_numbers: Some(true),
            ..PasswordPolicy::default()
        };
        assert!(obeys(&policy, "aaaaaaaa1|"));
        assert!(!obeys(&policy, "aaaaaaa1|"));
        assert!(!obeys(&policy, "aaaaaaaa11"));
        assert!(!obeys(&policy, "aaaaaaaa|~"));
    }
}
