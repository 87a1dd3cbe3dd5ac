//! Service-specific credentials of users: create, list, update, reset, delete.
//!
//! CodeCommit and Keyspaces give a user name and a password, Bedrock and CloudWatch Logs a bearer token that may expire.

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use rusqlite::{Row, params};

use super::error::Result;
use super::page::Page;
use super::perform::Perform;
use super::signing_certificates::check_status;
use super::tx::{Entity, Tx, check_room, time};
use crate::api::{
    CreateServiceSpecificCredential, CreateServiceSpecificCredentialOutput, DeleteServiceSpecificCredential,
    DeleteServiceSpecificCredentialOutput, ListServiceSpecificCredentials, ListServiceSpecificCredentialsOutput,
    ResetServiceSpecificCredential, ResetServiceSpecificCredentialOutput, ServiceSpecificCredential,
    ServiceSpecificCredentialMetadata, UpdateServiceSpecificCredential, UpdateServiceSpecificCredentialOutput,
};
use crate::iam::{Error, IdKind};

/// Services that take a user name and a password.
const WITH_PASSWORD: [&str; 2] = ["codecommit.amazonaws.com", "cassandra.amazonaws.com"];
/// Services that take a bearer token, and what theirs start with (observed on AWS).
const WITH_TOKEN: [(&str, &str); 4] = [
    ("bedrock.amazonaws.com", "ABSK"),
    ("logs.amazonaws.com", "ACWL"),
    ("cloudwatch.amazonaws.com", "APIAACWM"),
    ("aws-external-anthropic.amazonaws.com", "AEAA"),
];
/// Random bytes of a password: 60 letters in base 64.
const PASSWORD_BYTES: usize = 45;
const DAY_SECONDS: i64 = 86_400;

/// What the tokens of a service start with, if it takes any.
fn token_prefix(service: &str) -> Option<&'static str> {
    WITH_TOKEN.iter().find(|(name, _)| *name == service).map(|(_, prefix)| *prefix)
}

/// The service of that name, whatever the case of its letters (observed on AWS).
fn known_service(name: &str) -> Result<&'static str> {
    let all = WITH_PASSWORD.into_iter().chain(WITH_TOKEN.map(|(name, _)| name));
    let found = all.into_iter().find(|service| service.eq_ignore_ascii_case(name));
    let message = || format!("No such service {name} is supported for Service Specific Credentials");
    Ok(found.ok_or_else(|| Error::no_such_entity(message()))?)
}

fn read(row: &Row<'_>) -> rusqlite::Result<ServiceSpecificCredentialMetadata> {
    let service_name: String = row.get(1)?;
    let (service_user_name, service_credential_alias) =
        if token_prefix(&service_name).is_some() { (None, row.get(2)?) } else { (row.get(2)?, None) };
    Ok(ServiceSpecificCredentialMetadata {
        service_specific_credential_id: row.get(0)?,
        service_name,
        service_user_name,
        service_credential_alias,
        status: row.get(3)?,
        create_date: time(row.get(4)?),
        expiration_date: row.get::<_, Option<i64>>(5)?.map(time),
        user_name: row.get(6)?,
    })
}

const COLUMNS: &str = "c.id, c.service, c.alias, c.status, c.created, c.expires, e.name";

impl Perform for CreateServiceSpecificCredential {
    fn perform(&self, tx: &Tx<'_>) -> Result<CreateServiceSpecificCredentialOutput> {
        let user = tx.user(&self.user_name)?;
        let service = known_service(&self.service_name)?;
        let quota = tx.account.quotas.service_specific_credentials_per_service;
        let held = tx.count(
            "SELECT count(*) FROM service_credential WHERE user = ?1 AND service = ?2",
            params![user.id, service],
        )?;
        check_room(held, "ContextSpecificCredentialsPerUserPerContext", quota)?;
        let id = tx.unique_id(IdKind::ServiceSpecificCredential);
        tx.execute(
            "INSERT INTO service_credential (id, user, service, alias, status, created, expires)
             VALUES (?1, ?2, ?3, ?4, 'Active', ?5, ?6)",
            params![
                id,
                user.id,
                service,
                tx.free_alias(&user)?,
                tx.seconds(),
                self.credential_age_days.map(|days| tx.seconds() + days * DAY_SECONDS)
            ],
        )?;
        Ok(CreateServiceSpecificCredentialOutput { service_specific_credential: Some(tx.with_new_secret(&id)?) })
    }
}

impl Perform for ListServiceSpecificCredentials {
    fn perform(&self, tx: &Tx<'_>) -> Result<ListServiceSpecificCredentialsOutput> {
        let user = match self.all_users {
            Some(true) => None,
            _ => Some(tx.user_or_caller(self.user_name.as_deref())?.id),
        };
        let named = self.service_name.as_deref().filter(|name| !name.is_empty());
        let service = named.map(known_service).transpose()?;
        let page = Page::new(self.marker.as_deref(), self.max_items)?;
        let rows = tx.all(
            &format!(
                "SELECT {COLUMNS} FROM service_credential c JOIN entity e ON e.id = c.user
                 WHERE e.account = ?1 AND (?2 IS NULL OR c.user = ?2) AND (?3 IS NULL OR c.service = ?3) AND c.id > ?4
                 ORDER BY c.id LIMIT ?5"
            ),
            params![tx.account.row, user, service, page.after, page.limit],
            read,
        )?;
        let (rows, more, marker) = page.cut(rows, |credential| credential.service_specific_credential_id.clone());
        Ok(ListServiceSpecificCredentialsOutput {
            service_specific_credentials: Some(rows),
            is_truncated: Some(more),
            marker,
        })
    }
}

impl Perform for UpdateServiceSpecificCredential {
    fn perform(&self, tx: &Tx<'_>) -> Result<UpdateServiceSpecificCredentialOutput> {
        check_status(&self.status)?;
        let id = tx.service_credential(self.user_name.as_deref(), &self.service_specific_credential_id)?;
        tx.execute("UPDATE service_credential SET status = ?2 WHERE id = ?1", params![id, self.status])?;
        Ok(UpdateServiceSpecificCredentialOutput {})
    }
}

impl Perform for ResetServiceSpecificCredential {
    fn perform(&self, tx: &Tx<'_>) -> Result<ResetServiceSpecificCredentialOutput> {
        let id = tx.service_credential(self.user_name.as_deref(), &self.service_specific_credential_id)?;
        Ok(ResetServiceSpecificCredentialOutput { service_specific_credential: Some(tx.with_new_secret(&id)?) })
    }
}

impl Perform for DeleteServiceSpecificCredential {
    fn perform(&self, tx: &Tx<'_>) -> Result<DeleteServiceSpecificCredentialOutput> {
        let id = tx.service_credential(self.user_name.as_deref(), &self.service_specific_credential_id)?;
        tx.execute("DELETE FROM service_credential WHERE id = ?1", [id])?;
        Ok(DeleteServiceSpecificCredentialOutput {})
    }
}

impl Tx<'_> {
    /// The id of a credential, if it is the user's. A caller that is no user may leave the user out: ids are unique.
    fn service_credential(&self, user_name: Option<&str>, id: &str) -> Result<String> {
        let user = user_name.or(self.caller.user_name()).map(|name| self.user(name)).transpose()?;
        let sql = "SELECT c.id FROM service_credential c JOIN entity e ON e.id = c.user
                   WHERE c.id = ?1 AND e.account = ?2 AND (?3 IS NULL OR c.user = ?3)";
        let owner = user.as_ref().map(|user| user.id);
        if let Some(found) = self.one(sql, params![id, self.account.row, owner], |row| row.get(0))? {
            return Ok(found);
        }
        let elsewhere = self.one(sql, params![id, self.account.row, None::<i64>], |row| row.get::<_, String>(0))?;
        let name = user.map(|user| user.name).unwrap_or_default();
        Err(match elsewhere {
            Some(_) => {
                Error::validation(format!("User {name} does not have a service specific credential with id {id}"))
            }
            None => Error::no_such_entity(format!("No such credential {id} exists")),
        }
        .into())
    }

    /// A service user name that no other credential has: `ann-at-123456789012`, then `ann+1-at-123456789012`.
    fn free_alias(&self, user: &Entity) -> Result<String> {
        let account = &self.account.id;
        let mut alias = format!("{}-at-{account}", user.name);
        let sql = "SELECT count(*) FROM service_credential c JOIN entity e ON e.id = c.user
                   WHERE e.account = ?1 AND c.alias = ?2";
        for number in 1.. {
            if self.count(sql, params![self.account.row, alias])? == 0 {
                break;
            }
            alias = format!("{}+{number}-at-{account}", user.name);
        }
        Ok(alias)
    }

    /// Gives a credential a new secret, and shows it.
    fn with_new_secret(&self, id: &str) -> Result<ServiceSpecificCredential> {
        let sql = format!("SELECT {COLUMNS} FROM service_credential c JOIN entity e ON e.id = c.user WHERE c.id = ?1");
        let about = self.one(&sql, [id], read)?.unwrap_or_default();
        let mut secret = BASE64.encode(self.random::<PASSWORD_BYTES>());
        let prefix = token_prefix(&about.service_name);
        if let (Some(alias), Some(prefix)) = (&about.service_credential_alias, prefix) {
            secret = format!("{prefix}{}", BASE64.encode(format!("{alias}:{secret}")));
        }
        let sealed = self.seal(id, &secret)?;
        self.execute("UPDATE service_credential SET secret = ?2 WHERE id = ?1", params![id, sealed])?;
        let (service_password, service_credential_secret) =
            if prefix.is_some() { (None, Some(secret)) } else { (Some(secret), None) };
        Ok(ServiceSpecificCredential {
            create_date: about.create_date,
            expiration_date: about.expiration_date,
            service_name: about.service_name,
            service_user_name: about.service_user_name,
            service_password,
            service_credential_alias: about.service_credential_alias,
            service_credential_secret,
            service_specific_credential_id: about.service_specific_credential_id,
            user_name: about.user_name,
            status: about.status,
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::api::{
        CreateServiceSpecificCredential, CreateUser, DeleteServiceSpecificCredential, DeleteUser,
        ListServiceSpecificCredentials, ResetServiceSpecificCredential, ServiceSpecificCredential,
    };
    use crate::store::kit::Kit;

    fn kit() -> Kit {
        let kit = Kit::new();
        kit.ok(&CreateUser { user_name: "ann".into(), ..CreateUser::default() });
        kit
    }

    fn create(service: &str) -> CreateServiceSpecificCredential {
        CreateServiceSpecificCredential {
            user_name: "ann".into(),
            service_name: service.into(),
            credential_age_days: Some(30),
        }
    }

    fn made(kit: &Kit, service: &str) -> ServiceSpecificCredential {
        kit.ok(&create(service)).service_specific_credential.unwrap()
    }

    #[test]
    fn each_service_has_two_credentials_with_names_of_their_own() {
        let kit = kit();
        let first = made(&kit, "codecommit.amazonaws.com");
        assert_eq!(first.service_user_name.as_deref(), Some("ann-at-123456789012"));
        assert_eq!(first.service_password.unwrap().len(), 60);
        assert!(first.expiration_date.is_some());
        let second = made(&kit, "codecommit.amazonaws.com");
        assert_eq!(second.service_user_name.as_deref(), Some("ann+1-at-123456789012"));
        let full = kit.refused(&create("codecommit.amazonaws.com"));
        assert_eq!(full.message, "Cannot exceed quota for ContextSpecificCredentialsPerUserPerContext: 2");
        let token = made(&kit, "Bedrock.amazonaws.com");
        assert_eq!(token.service_name, "bedrock.amazonaws.com");
        assert!(token.service_credential_secret.unwrap().starts_with("ABSK"));
        let metrics = made(&kit, "cloudwatch.amazonaws.com");
        assert!(metrics.service_credential_secret.unwrap().starts_with("APIAACWM"));
        assert_eq!((token.expiration_date.unwrap() - token.create_date).get_seconds(), 30 * 86_400);
        assert_eq!(
            kit.refused(&create("lambda.amazonaws.com")).message,
            "No such service lambda.amazonaws.com is supported for Service Specific Credentials"
        );
        let all = ListServiceSpecificCredentials { all_users: Some(true), ..Default::default() };
        assert_eq!(kit.ok(&all).service_specific_credentials.unwrap().len(), 4);
        let named = ListServiceSpecificCredentials {
            user_name: Some("ann".into()),
            service_name: Some("CodeCommit.amazonaws.com".into()),
            ..Default::default()
        };
        assert_eq!(kit.ok(&named).service_specific_credentials.unwrap().len(), 2);
    }

    #[test]
    fn a_reset_gives_another_password_and_a_user_waits_for_its_credentials() {
        let kit = kit();
        let before = made(&kit, "cassandra.amazonaws.com");
        let id = before.service_specific_credential_id.clone();
        let reset = ResetServiceSpecificCredential { user_name: None, service_specific_credential_id: id.clone() };
        let after = kit.ok(&reset).service_specific_credential.unwrap();
        assert_ne!(after.service_password, before.service_password);
        assert_eq!(
            kit.refused(&DeleteUser { user_name: "ann".into() }).message,
            "Cannot delete entity, must remove referenced objects first."
        );
        kit.ok(&CreateUser { user_name: "bob".into(), ..CreateUser::default() });
        let of_another = ResetServiceSpecificCredential { user_name: Some("bob".into()), ..reset.clone() };
        assert_eq!(
            kit.refused(&of_another).message,
            format!("User bob does not have a service specific credential with id {id}")
        );
        kit.ok(&DeleteServiceSpecificCredential {
            user_name: Some("ann".into()),
            service_specific_credential_id: id.clone(),
        });
        assert_eq!(kit.refused(&reset).message, format!("No such credential {id} exists"));
    }
}
