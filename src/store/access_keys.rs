//! Access keys of users: create, list, update, delete, last used.
//!
//! The secret is sealed by the vault and given back once, by `CreateAccessKey`. Without a user name a call is about the
//! caller's own keys, a user's or the root user's; sessions of roles have none, and are refused.

use rusqlite::params;

use super::error::Result;
use super::page::Page;
use super::perform::Perform;
use super::signing_certificates::check_status;
use super::tx::{Tx, check_room, nameless, time};
use crate::api::{
    AccessKey, AccessKeyLastUsed, AccessKeyMetadata, CreateAccessKey, CreateAccessKeyOutput, DeleteAccessKey,
    DeleteAccessKeyOutput, GetAccessKeyLastUsed, GetAccessKeyLastUsedOutput, ListAccessKeys, ListAccessKeysOutput,
    UpdateAccessKey, UpdateAccessKeyOutput,
};
use crate::iam::{Caller, Error, access_key_id, secret_access_key};

/// What stands for the service and the region of a key that was never used.
const NEVER: &str = "N/A";

fn missing(id: &str) -> Error {
    Error::no_such_entity(format!("The Access Key with id {id} cannot be found."))
}

impl Perform for CreateAccessKey {
    fn perform(&self, tx: &Tx<'_>) -> Result<CreateAccessKeyOutput> {
        let owner = tx.key_owner(self.user_name.as_deref())?;
        let quota = tx.account.quotas.access_keys_per_user;
        let held = "SELECT count(*) FROM access_key WHERE account = ?1 AND user IS ?2";
        let count = tx.count(held, params![tx.account.row, owner.id])?;
        check_room(count, "AccessKeysPerUser", quota)?;
        let id = access_key_id(false, tx.account.id.as_str(), tx.random());
        let secret = secret_access_key(tx.random());
        tx.execute(
            "INSERT INTO access_key (id, account, user, status, created, secret) VALUES (?1, ?2, ?3, 'Active', ?4, ?5)",
            params![id, tx.account.row, owner.id, tx.seconds(), tx.seal(&id, &secret)?],
        )?;
        let access_key = AccessKey {
            user_name: owner.name.unwrap_or_default(),
            access_key_id: id,
            status: "Active".into(),
            secret_access_key: secret,
            create_date: Some(tx.moment()),
        };
        Ok(CreateAccessKeyOutput { access_key })
    }
}

impl Perform for ListAccessKeys {
    fn perform(&self, tx: &Tx<'_>) -> Result<ListAccessKeysOutput> {
        let page = Page::new(self.marker.as_deref(), self.max_items)?;
        let owner = tx.key_owner(self.user_name.as_deref())?;
        let keys = tx.all(
            "SELECT id, status, created FROM access_key WHERE account = ?1 AND user IS ?2 ORDER BY created, id",
            params![tx.account.row, owner.id],
            |row| {
                Ok(AccessKeyMetadata {
                    user_name: owner.name.clone(),
                    access_key_id: row.get(0)?,
                    status: row.get(1)?,
                    create_date: Some(time(row.get(2)?)),
                })
            },
        )?;
        let key = |key: &AccessKeyMetadata| {
            let created = key.create_date.map_or(0, jiff::Timestamp::as_second);
            format!("{created:011}{}", key.access_key_id.as_deref().unwrap_or_default())
        };
        let (access_key_metadata, more, marker) = page.pick(keys, key);
        Ok(ListAccessKeysOutput { access_key_metadata, is_truncated: Some(more), marker })
    }
}

impl Perform for UpdateAccessKey {
    fn perform(&self, tx: &Tx<'_>) -> Result<UpdateAccessKeyOutput> {
        let owner = tx.key_owner(self.user_name.as_deref())?;
        check_status(&self.status)?;
        let changed = tx.execute(
            "UPDATE access_key SET status = ?4 WHERE id = ?1 AND account = ?2 AND user IS ?3",
            params![self.access_key_id, tx.account.row, owner.id, self.status],
        )?;
        tx.check_found(changed, &self.access_key_id, &owner)?;
        Ok(UpdateAccessKeyOutput {})
    }
}

impl Perform for DeleteAccessKey {
    fn perform(&self, tx: &Tx<'_>) -> Result<DeleteAccessKeyOutput> {
        let owner = tx.key_owner(self.user_name.as_deref())?;
        let deleted = tx.execute(
            "DELETE FROM access_key WHERE id = ?1 AND account = ?2 AND user IS ?3",
            params![self.access_key_id, tx.account.row, owner.id],
        )?;
        tx.check_found(deleted, &self.access_key_id, &owner)?;
        Ok(DeleteAccessKeyOutput {})
    }
}

/// A key that does not exist may not be asked about, says AWS (recorded).
impl Perform for GetAccessKeyLastUsed {
    fn perform(&self, tx: &Tx<'_>) -> Result<GetAccessKeyLastUsedOutput> {
        let found = tx.one(
            "SELECT e.name, k.last_used, k.last_used_service, k.last_used_region
             FROM access_key k LEFT JOIN entity e ON e.id = k.user WHERE k.id = ?1 AND k.account = ?2",
            params![self.access_key_id, tx.account.row],
            |row| {
                let used: Option<i64> = row.get(1)?;
                let last_used = AccessKeyLastUsed {
                    last_used_date: used.map(time),
                    service_name: row.get::<_, Option<String>>(2)?.unwrap_or_else(|| NEVER.into()),
                    region: row.get::<_, Option<String>>(3)?.unwrap_or_else(|| NEVER.into()),
                };
                Ok(GetAccessKeyLastUsedOutput { user_name: row.get(0)?, access_key_last_used: Some(last_used) })
            },
        )?;
        let refused = || {
            let caller = tx.caller.arn(&tx.account.partition, tx.account.id.as_str());
            let id = &self.access_key_id;
            Error::access_denied(format!(
                "User: {caller} is not authorized to perform iam:GetAccessKeyLastUsed on resource: access key {id}"
            ))
        };
        Ok(found.ok_or_else(refused)?)
    }
}

/// Whose keys a call is about: a user's, or with neither id nor name the root user's.
struct Owner {
    id: Option<i64>,
    name: Option<String>,
}

impl Tx<'_> {
    /// Refuses what concerned no key. The root user must name whose key it means, if it is a user's.
    fn check_found(&self, keys: usize, id: &str, owner: &Owner) -> Result<()> {
        if keys > 0 {
            return Ok(());
        }
        let sql = "SELECT count(*) FROM access_key WHERE id = ?1 AND account = ?2";
        if owner.id.is_none() && self.count(sql, params![id, self.account.row])? > 0 {
            return Err(nameless().into());
        }
        Err(missing(id).into())
    }

    fn key_owner(&self, name: Option<&str>) -> Result<Owner> {
        if name.is_none() && *self.caller.who() == Caller::Root {
            return Ok(Owner { id: None, name: None });
        }
        let user = self.user_or_caller(name)?;
        Ok(Owner { id: Some(user.id), name: Some(user.name) })
    }
}

#[cfg(test)]
mod tests {
    use crate::api::{
        CreateAccessKey, CreateUser, DeleteAccessKey, DeleteUser, GetAccessKeyLastUsed, ListAccessKeys,
        UpdateAccessKey, UpdateUser,
    };
    use crate::iam::Caller;
    use crate::store::kit::Kit;

    fn kit() -> Kit {
        let kit = Kit::new();
        kit.ok(&CreateUser { user_name: "ann".into(), ..CreateUser::default() });
        kit
    }

    fn create() -> CreateAccessKey {
        CreateAccessKey { user_name: Some("ann".into()) }
    }

    fn list(user: &str) -> ListAccessKeys {
        ListAccessKeys { user_name: Some(user.into()), ..ListAccessKeys::default() }
    }

    #[test]
    fn the_secret_is_sealed_and_given_once() {
        let kit = kit();
        let key = kit.ok(&create()).access_key;
        assert_eq!((key.access_key_id.len(), key.secret_access_key.len()), (20, 40));
        let sealed = kit.store.read(|sql| {
            Ok(sql.query_row("SELECT secret FROM access_key WHERE id = ?1", [&key.access_key_id], |row| {
                row.get::<_, Vec<u8>>(0)
            })?)
        });
        let opened = kit.store.vault.unseal(&key.access_key_id, &sealed.unwrap()).unwrap();
        assert_eq!(opened.as_slice(), key.secret_access_key.as_bytes());
        let listed = kit.ok(&list("ann")).access_key_metadata;
        assert_eq!(listed[0].access_key_id.as_ref(), Some(&key.access_key_id));
    }

    #[test]
    fn two_keys_are_enough_and_stay_with_a_renamed_user() {
        let kit = kit();
        kit.ok(&create());
        kit.ok(&create());
        assert_eq!(kit.refused(&create()).message, "Cannot exceed quota for AccessKeysPerUser: 2");
        kit.ok(&UpdateUser { user_name: "ann".into(), new_user_name: Some("anna".into()), ..UpdateUser::default() });
        let keys = kit.ok(&list("anna")).access_key_metadata;
        assert!(keys.len() == 2 && keys.iter().all(|key| key.user_name.as_deref() == Some("anna")));
    }

    #[test]
    fn keys_come_in_pages() {
        let kit = kit();
        let ids = [(); 2].map(|()| kit.ok(&create()).access_key.access_key_id);
        let first = kit.ok(&ListAccessKeys { max_items: Some(1), ..list("ann") });
        assert_eq!(first.access_key_metadata[0].access_key_id.as_ref(), Some(&ids[0]));
        let rest = kit.ok(&ListAccessKeys { marker: first.marker, ..list("ann") });
        assert_eq!(rest.access_key_metadata[0].access_key_id.as_ref(), Some(&ids[1]));
    }

    #[test]
    fn a_key_is_switched_off_and_deleted_by_its_owner_only() {
        let kit = kit();
        let id = kit.ok(&create()).access_key.access_key_id;
        kit.ok(&CreateUser { user_name: "bob".into(), ..CreateUser::default() });
        let update = |user: &str, status: &str| UpdateAccessKey {
            user_name: Some(user.into()),
            access_key_id: id.clone(),
            status: status.into(),
        };
        let missing = format!("The Access Key with id {id} cannot be found.");
        assert_eq!(kit.refused(&update("bob", "Inactive")).message, missing);
        kit.ok(&update("ann", "Inactive"));
        assert_eq!(kit.ok(&list("ann")).access_key_metadata[0].status.as_deref(), Some("Inactive"));
        assert_eq!(kit.refused(&update("ann", "Expired")).code, "InvalidInput");
        let delete = DeleteAccessKey { user_name: Some("ann".into()), access_key_id: id.clone() };
        let user = DeleteUser { user_name: "ann".into() };
        assert_eq!(kit.refused(&user).message, "Cannot delete entity, must delete access keys first.");
        kit.ok(&delete);
        assert_eq!(kit.refused(&delete).message, missing);
    }

    #[test]
    fn without_a_name_the_caller_s_own_user_is_meant() {
        let kit = kit();
        let arn = "arn:aws:iam::123456789012:user/ann".to_owned();
        let caller = Caller::User { name: "ann".into(), arn, id: "AIDA".into() };
        let made = kit.store.perform(&kit.account, &caller, &CreateAccessKey::default()).unwrap();
        assert_eq!(made.access_key.user_name, "ann");
    }

    #[test]
    fn the_root_user_has_keys_of_its_own() {
        let kit = kit();
        let theirs = kit.ok(&create()).access_key.access_key_id;
        let own = kit.ok(&CreateAccessKey::default()).access_key;
        let listed = kit.ok(&ListAccessKeys::default()).access_key_metadata;
        assert_eq!(
            listed.iter().map(|key| key.access_key_id.as_deref()).collect::<Vec<_>>(),
            [Some(&*own.access_key_id)]
        );
        let found = kit.store.credential(&kit.account, &own.access_key_id).unwrap().unwrap();
        assert_eq!((found.caller, found.secret.as_slice()), (Caller::Root, own.secret_access_key.as_bytes()));
        let delete = |id: &str| DeleteAccessKey { user_name: None, access_key_id: id.into() };
        assert_eq!(
            kit.refused(&delete(&theirs)).message,
            "Must specify userName when calling with non-User credentials"
        );
        let none = "AKIAIOSFODNN7EXAMPLE";
        assert_eq!(kit.refused(&delete(none)).message, format!("The Access Key with id {none} cannot be found."));
        kit.ok(&delete(&own.access_key_id));
        assert!(kit.ok(&ListAccessKeys::default()).access_key_metadata.is_empty());
    }

    #[test]
    fn a_session_of_a_role_has_no_keys() {
        let kit = kit();
        let caller =
            Caller::AssumedRole { arn: "arn:aws:sts::123456789012:assumed-role/r/s".into(), id: "AROA:s".into() };
        let refused = kit.store.perform(&kit.account, &caller, &CreateAccessKey::default()).unwrap_err();
        assert_eq!(refused.iam().unwrap().message, "Must specify userName when calling with non-User credentials");
    }

    #[test]
    fn last_use_is_told_of_keys_that_exist() {
        let kit = kit();
        let id = kit.ok(&create()).access_key.access_key_id;
        let answer = kit.ok(&GetAccessKeyLastUsed { access_key_id: id });
        let used = answer.access_key_last_used.unwrap();
        assert_eq!((used.last_used_date, used.service_name.as_str(), used.region.as_str()), (None, "N/A", "N/A"));
        let error = kit.refused(&GetAccessKeyLastUsed { access_key_id: "AKIAIOSFODNN7EXAMPLE".into() });
        assert_eq!(error.code, "AccessDenied");
        assert_eq!(
            error.message,
            "User: arn:aws:iam::123456789012:root is not authorized to perform iam:GetAccessKeyLastUsed on resource: \
             access key AKIAIOSFODNN7EXAMPLE"
        );
    }
}
