//! Login profiles: the passwords of users for the console. A user has one at most.

use rusqlite::params;

use super::error::Result;
use super::passwords::hash;
use super::perform::Perform;
use super::tx::{Entity, Tx, time};
use crate::api::{
    CreateLoginProfile, CreateLoginProfileOutput, DeleteLoginProfile, DeleteLoginProfileOutput, GetLoginProfile,
    GetLoginProfileOutput, LoginProfile, UpdateLoginProfile, UpdateLoginProfileOutput,
};
use crate::iam::Error;

fn missing(user: &Entity) -> Error {
    Error::no_such_entity(format!("Login Profile for User {} cannot be found.", user.name))
}

impl Perform for CreateLoginProfile {
    fn perform(&self, tx: &Tx<'_>) -> Result<CreateLoginProfileOutput> {
        let user = tx.user_or_caller(self.user_name.as_deref())?;
        let password = self.password.as_deref().ok_or_else(|| {
            Error::validation("1 validation error detected: Value at 'password' failed to satisfy constraint: Member must not be null")
        })?;
        let reset_required = self.password_reset_required.unwrap_or(false);
        if tx.login_profile(&user)?.is_some() {
            let message = format!("Login Profile for user {} already exists.", user.name);
            return Err(Error::already_exists(message).into());
        }
        tx.check_password(password)?;
        tx.execute(
            "INSERT INTO login_profile (user, password, created, changed, reset_required) VALUES (?1, ?2, ?3, ?3, ?4)",
            params![user.id, hash(password, tx.random())?, tx.seconds(), reset_required],
        )?;
        let login_profile = LoginProfile {
            user_name: user.name,
            create_date: tx.moment(),
            password_reset_required: Some(reset_required),
        };
        Ok(CreateLoginProfileOutput { login_profile })
    }
}

impl Perform for GetLoginProfile {
    fn perform(&self, tx: &Tx<'_>) -> Result<GetLoginProfileOutput> {
        let user = tx.user_or_caller(self.user_name.as_deref())?;
        let login_profile = tx.login_profile(&user)?.ok_or_else(|| missing(&user))?;
        Ok(GetLoginProfileOutput { login_profile })
    }
}

impl Perform for UpdateLoginProfile {
    fn perform(&self, tx: &Tx<'_>) -> Result<UpdateLoginProfileOutput> {
        let user = tx.user(&self.user_name)?;
        if tx.login_profile(&user)?.is_none() {
            return Err(missing(&user).into());
        }
        if let Some(password) = &self.password {
            tx.check_password(password)?;
            tx.set_password(user.id, password)?;
        }
        if let Some(required) = self.password_reset_required {
            tx.execute("UPDATE login_profile SET reset_required = ?2 WHERE user = ?1", params![user.id, required])?;
        }
        Ok(UpdateLoginProfileOutput {})
    }
}

impl Perform for DeleteLoginProfile {
    fn perform(&self, tx: &Tx<'_>) -> Result<DeleteLoginProfileOutput> {
        let user = tx.user_or_caller(self.user_name.as_deref())?;
        if tx.execute("DELETE FROM login_profile WHERE user = ?1", [user.id])? == 0 {
            return Err(missing(&user).into());
        }
        Ok(DeleteLoginProfileOutput {})
    }
}

impl Tx<'_> {
    fn login_profile(&self, user: &Entity) -> Result<Option<LoginProfile>> {
        self.one("SELECT created, reset_required FROM login_profile WHERE user = ?1", [user.id], |row| {
            Ok(LoginProfile {
                user_name: user.name.clone(),
                create_date: time(row.get(0)?),
                password_reset_required: row.get(1)?,
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use argon2::{Argon2, PasswordHash, PasswordVerifier};

    use crate::api::{
        CreateLoginProfile, CreateUser, DeleteLoginProfile, DeleteUser, GetLoginProfile, UpdateLoginProfile,
    };
    use crate::store::kit::Kit;

    fn kit() -> Kit {
        let kit = Kit::new();
        kit.ok(&CreateUser { user_name: "ann".into(), ..CreateUser::default() });
        kit
    }

    fn create(user: &str) -> CreateLoginProfile {
        CreateLoginProfile {
            user_name: Some(user.into()),
            password: Some("TestPassword123!".into()),
            password_reset_required: None,
        }
    }

    fn get() -> GetLoginProfile {
        GetLoginProfile { user_name: Some("ann".into()) }
    }

    fn is_password(kit: &Kit, password: &str) -> bool {
        let hash = kit
            .store
            .read(|sql| Ok(sql.query_row("SELECT password FROM login_profile", [], |row| row.get::<_, String>(0))?));
        let hash = hash.unwrap();
        assert!(hash.starts_with("$argon2id$"), "{hash}");
        Argon2::default().verify_password(password.as_bytes(), &PasswordHash::new(&hash).unwrap()).is_ok()
    }

    #[test]
    fn a_password_is_hashed_and_changed() {
        let kit = kit();
        assert_eq!(kit.ok(&create("ann")).login_profile.password_reset_required, Some(false));
        assert!(is_password(&kit, "TestPassword123!"));
        kit.ok(&UpdateLoginProfile {
            user_name: "ann".into(),
            password: Some("Another1!".into()),
            password_reset_required: Some(true),
        });
        assert!(is_password(&kit, "Another1!"));
        assert_eq!(kit.ok(&get()).login_profile.password_reset_required, Some(true));
    }

    #[test]
    fn a_user_has_one_at_most() {
        let kit = kit();
        assert_eq!(kit.refused(&create("bob")).message, "The user with name bob cannot be found.");
        kit.ok(&create("ann"));
        assert_eq!(kit.refused(&create("ann")).message, "Login Profile for user ann already exists.");
        let user = DeleteUser { user_name: "ann".into() };
        assert_eq!(kit.refused(&user).message, "Cannot delete entity, must delete login profile first.");
        let delete = DeleteLoginProfile { user_name: Some("ann".into()) };
        kit.ok(&delete);
        for error in [kit.refused(&delete), kit.refused(&get())] {
            assert_eq!(error.message, "Login Profile for User ann cannot be found.");
        }
        kit.ok(&user);
    }
}
