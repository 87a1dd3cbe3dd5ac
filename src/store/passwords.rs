//! A user's own password: how it is hashed, kept and changed.
//!
//! Hashes are Argon2id in PHC form. The last ones are kept, as many as a policy may forbid to be earlier again.

use argon2::Argon2;
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use rusqlite::params;

use super::error::{Error as StoreError, Result};
use super::perform::Perform;
use super::tx::Tx;
use crate::api::{ChangePassword, ChangePasswordOutput};
use crate::iam::Error;

/// Earlier passwords that are remembered: the most that `PasswordReusePrevention` can ask for.
const HISTORY_MAX: usize = 24;

/// A hash of the password, salted.
pub(super) fn hash(password: &str, salt: [u8; 16]) -> Result<String> {
    let failed = |e| StoreError::Corrupt(format!("a password could not be hashed: {e}"));
    let salt = SaltString::encode_b64(&salt).map_err(failed)?;
    Ok(Argon2::default().hash_password(password.as_bytes(), &salt).map_err(failed)?.to_string())
}

/// Whether the password is the one that was hashed.
pub(super) fn verify(password: &str, hash: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}

impl Perform for ChangePassword {
    fn perform(&self, tx: &Tx<'_>) -> Result<ChangePasswordOutput> {
        let user = match tx.caller.user_name() {
            Some(name) => tx.user(name)?,
            None => return Err(Error::invalid_user_type("Only IAM Users can change their own password").into()),
        };
        let current = tx
            .one("SELECT password FROM login_profile WHERE user = ?1", [user.id], |row| {
                row.get::<_, Option<String>>(0)
            })?
            .ok_or_else(|| Error::no_such_entity(format!("Login Profile for User {} cannot be found.", user.name)))?
            .unwrap_or_default();
        if !verify(&self.old_password, &current) {
            return Err(Error::access_denied("The old password was incorrect.").into());
        }
        tx.check_password(&self.new_password)?;
        tx.set_password(user.id, &self.new_password)?;
        tx.execute("UPDATE login_profile SET reset_required = 0 WHERE user = ?1", [user.id])?;
        Ok(ChangePasswordOutput {})
    }
}

impl Tx<'_> {
    /// Gives a login profile another password, and remembers the one it had.
    ///
    /// # Errors
    /// `PasswordPolicyViolation` when the policy forbids it as used before.
    pub(super) fn set_password(&self, user: i64, password: &str) -> Result<()> {
        let sql = "SELECT password, history FROM login_profile WHERE user = ?1";
        let (current, history): (Option<String>, String) =
            self.one(sql, [user], |row| Ok((row.get(0)?, row.get(1)?)))?.unwrap_or((None, "[]".into()));
        let mut earlier: Vec<String> = serde_json::from_str(&history)?;
        earlier.splice(0..0, current);
        let forbidden = self.password_policy()?.and_then(|p| p.password_reuse_prevention).unwrap_or(0);
        if earlier.iter().take(usize::try_from(forbidden).unwrap_or(0)).any(|hash| verify(password, hash)) {
            let message = "Policy constraint violation with password reuse prevention during password change.";
            return Err(Error::password_policy_violation(message).into());
        }
        earlier.truncate(HISTORY_MAX);
        self.execute(
            "UPDATE login_profile SET password = ?2, history = ?3, changed = ?4 WHERE user = ?1",
            params![user, hash(password, self.random())?, serde_json::to_string(&earlier)?, self.seconds()],
        )?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{hash, verify};
    use crate::api::{ChangePassword, CreateUser, UpdateAccountPasswordPolicy};
    use crate::iam::{Caller, Error};
    use crate::store::kit::Kit;

    fn change(kit: &Kit, old: &str, new: &str) -> Result<(), Error> {
        let arn = "arn:aws:iam::123456789012:user/ann".into();
        let ann = Caller::User { name: "ann".into(), arn, id: "AIDA".into() };
        let call = ChangePassword { old_password: old.into(), new_password: new.into() };
        kit.store.perform(&kit.account, &ann, &call).map(|_| ()).map_err(|e| e.iam().unwrap().clone())
    }

    /// A store with the user ann, whose password is `Old-Passw0rd`.
    fn kit() -> Kit {
        let kit = Kit::new();
        kit.ok(&CreateUser { user_name: "ann".into(), ..CreateUser::default() });
        let hash = hash("Old-Passw0rd", [7; 16]).unwrap();
        let sql = "INSERT INTO login_profile (user, password, created, changed) SELECT id, ?1, 1, 1 FROM entity";
        kit.store.write(|db| Ok(db.execute(sql, [hash])?)).unwrap();
        kit
    }

    #[test]
    fn a_password_is_known_by_its_hash() {
        let hash = hash("secret", [1; 16]).unwrap();
        assert!(hash.starts_with("$argon2id$") && verify("secret", &hash) && !verify("Secret", &hash));
    }

    #[test]
    fn the_old_password_and_the_policy_are_checked() {
        let kit = kit();
        assert_eq!(change(&kit, "wrong", "New-Passw0rd").unwrap_err().code, "AccessDenied");
        assert_eq!(change(&kit, "Old-Passw0rd", "short").unwrap_err().code, "PasswordPolicyViolation");
        change(&kit, "Old-Passw0rd", "New-Passw0rd").unwrap();
        change(&kit, "New-Passw0rd", "Old-Passw0rd").unwrap();
    }

    #[test]
    fn a_policy_may_forbid_the_passwords_of_before() {
        let kit = kit();
        let remember = |n| UpdateAccountPasswordPolicy { password_reuse_prevention: Some(n), ..Default::default() };
        kit.ok(&remember(2));
        assert_eq!(change(&kit, "Old-Passw0rd", "Old-Passw0rd").unwrap_err().code, "PasswordPolicyViolation");
        change(&kit, "Old-Passw0rd", "Passw0rd-2").unwrap();
        assert!(change(&kit, "Passw0rd-2", "Old-Passw0rd").is_err());
        change(&kit, "Passw0rd-2", "Passw0rd-3").unwrap();
        change(&kit, "Passw0rd-3", "Old-Passw0rd").unwrap();
    }

    #[test]
    fn the_root_user_has_no_password_of_iam() {
        let call = ChangePassword { old_password: "a".into(), new_password: "b".into() };
        assert_eq!(kit().refused(&call).code, "InvalidUserType");
    }
}
