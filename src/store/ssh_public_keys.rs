//! SSH public keys of users: upload, get, list, update, delete.

use rusqlite::{Row, params};

use super::error::{Error as StoreError, Result};
use super::page::Page;
use super::perform::Perform;
use super::signing_certificates::check_status;
use super::ssh_keys::{Refusal, RsaKey};
use super::tx::{Tx, check_room, time};
use crate::api::{
    DeleteSSHPublicKey, DeleteSSHPublicKeyOutput, GetSSHPublicKey, GetSSHPublicKeyOutput, ListSSHPublicKeys,
    ListSSHPublicKeysOutput, SSHPublicKey, SSHPublicKeyMetadata, UpdateSSHPublicKey, UpdateSSHPublicKeyOutput,
    UploadSSHPublicKey, UploadSSHPublicKeyOutput,
};
use crate::iam::{Error, IdKind};

fn missing(id: &str) -> Error {
    Error::no_such_entity(format!("The Public Key with id {id} cannot be found."))
}

fn read_key(body: &str) -> Result<RsaKey> {
    RsaKey::read(body).map_err(|refusal| match refusal {
        Refusal::Encoding => Error::unrecognized_public_key_encoding("Invalid public key uploaded.").into(),
        Refusal::Key => Error::invalid_public_key("Invalid body for public key").into(),
    })
}

impl Perform for UploadSSHPublicKey {
    fn perform(&self, tx: &Tx<'_>) -> Result<UploadSSHPublicKeyOutput> {
        let user = tx.user(&self.user_name)?;
        let fingerprint = read_key(&self.ssh_public_key_body)?.fingerprint();
        let quota = tx.account.quotas.ssh_public_keys_per_user;
        let held = tx.count("SELECT count(*) FROM ssh_public_key WHERE user = ?1", [user.id])?;
        check_room(held, "SSHPublicKeysPerUser", quota)?;
        let same = "SELECT count(*) FROM ssh_public_key WHERE user = ?1 AND fingerprint = ?2";
        if tx.count(same, params![user.id, fingerprint])? > 0 {
            return Err(Error::duplicate_ssh_public_key("Duplicate SSH public key uploaded.").into());
        }
        let id = tx.unique_id(IdKind::PublicKey);
        tx.execute(
            "INSERT INTO ssh_public_key (id, user, body, fingerprint, status, uploaded)
             VALUES (?1, ?2, ?3, ?4, 'Active', ?5)",
            params![id, user.id, self.ssh_public_key_body, fingerprint, tx.seconds()],
        )?;
        let ssh_public_key = Some(SSHPublicKey {
            user_name: user.name,
            ssh_public_key_id: id,
            fingerprint,
            ssh_public_key_body: self.ssh_public_key_body.clone(),
            status: "Active".into(),
            upload_date: Some(tx.moment()),
        });
        Ok(UploadSSHPublicKeyOutput { ssh_public_key })
    }
}

impl Perform for GetSSHPublicKey {
    fn perform(&self, tx: &Tx<'_>) -> Result<GetSSHPublicKeyOutput> {
        let user = tx.user(&self.user_name)?;
        let read = |row: &Row<'_>| {
            Ok(SSHPublicKey {
                user_name: user.name.clone(),
                ssh_public_key_id: row.get(0)?,
                fingerprint: row.get(1)?,
                ssh_public_key_body: row.get(2)?,
                status: row.get(3)?,
                upload_date: Some(time(row.get(4)?)),
            })
        };
        let sql = "SELECT id, fingerprint, body, status, uploaded FROM ssh_public_key WHERE id = ?1 AND user = ?2";
        let mut key = tx
            .one(sql, params![self.ssh_public_key_id, user.id], read)?
            .map_or_else(|| Err(tx.no_key(&self.ssh_public_key_id)), Ok)?;
        // However it was sent, and without its comment (observed on AWS).
        let read = read_key(&key.ssh_public_key_body)?;
        key.ssh_public_key_body = if self.encoding == "PEM" { read.pem() } else { read.ssh() };
        Ok(GetSSHPublicKeyOutput { ssh_public_key: Some(key) })
    }
}

impl Perform for ListSSHPublicKeys {
    fn perform(&self, tx: &Tx<'_>) -> Result<ListSSHPublicKeysOutput> {
        let user = tx.user_or_caller(self.user_name.as_deref())?;
        let page = Page::new(self.marker.as_deref(), self.max_items)?;
        let read = |row: &Row<'_>| {
            Ok(SSHPublicKeyMetadata {
                user_name: user.name.clone(),
                ssh_public_key_id: row.get(0)?,
                status: row.get(1)?,
                upload_date: time(row.get(2)?),
            })
        };
        let rows = tx.all(
            "SELECT id, status, uploaded FROM ssh_public_key WHERE user = ?1 AND id > ?2 ORDER BY id LIMIT ?3",
            params![user.id, page.after, page.limit],
            read,
        )?;
        let (keys, more, marker) = page.cut(rows, |key| key.ssh_public_key_id.clone());
        Ok(ListSSHPublicKeysOutput { ssh_public_keys: Some(keys), is_truncated: Some(more), marker })
    }
}

impl Perform for UpdateSSHPublicKey {
    fn perform(&self, tx: &Tx<'_>) -> Result<UpdateSSHPublicKeyOutput> {
        let user = tx.user(&self.user_name)?;
        check_status(&self.status)?;
        let sql = "UPDATE ssh_public_key SET status = ?3 WHERE id = ?1 AND user = ?2";
        if tx.execute(sql, params![self.ssh_public_key_id, user.id, self.status])? == 0 {
            return Err(tx.no_key(&self.ssh_public_key_id));
        }
        Ok(UpdateSSHPublicKeyOutput {})
    }
}

impl Perform for DeleteSSHPublicKey {
    fn perform(&self, tx: &Tx<'_>) -> Result<DeleteSSHPublicKeyOutput> {
        let user = tx.user(&self.user_name)?;
        let sql = "DELETE FROM ssh_public_key WHERE id = ?1 AND user = ?2";
        if tx.execute(sql, params![self.ssh_public_key_id, user.id])? == 0 {
            return Err(tx.no_key(&self.ssh_public_key_id));
        }
        Ok(DeleteSSHPublicKeyOutput {})
    }
}

impl Tx<'_> {
    /// Why the user has no key of that id: it is another's, or nobody's.
    fn no_key(&self, id: &str) -> StoreError {
        let sql = "SELECT count(*) FROM ssh_public_key k JOIN entity e ON e.id = k.user
                   WHERE k.id = ?1 AND e.account = ?2";
        match self.count(sql, params![id, self.account.row]) {
            Ok(0) => missing(id).into(),
            Ok(_) => Error::no_such_entity(format!("User has no Public Key with id {id}.")).into(),
            Err(error) => error,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::api::{
        CreateUser, DeleteSSHPublicKey, GetSSHPublicKey, ListSSHPublicKeys, UpdateSSHPublicKey, UploadSSHPublicKey,
    };
    use crate::store::kit::Kit;
    use crate::store::ssh_keys::tests::KEY;

    fn upload(body: &str) -> UploadSSHPublicKey {
        UploadSSHPublicKey { user_name: "ann".into(), ssh_public_key_body: body.into() }
    }

    #[test]
    fn a_key_is_uploaded_once_and_read_in_both_forms() {
        let kit = Kit::new();
        kit.ok(&CreateUser { user_name: "ann".into(), ..CreateUser::default() });
        assert_eq!(kit.refused(&upload("hello")).code, "UnrecognizedPublicKeyEncoding");
        let made = kit.ok(&upload(KEY)).ssh_public_key.unwrap();
        assert!(made.ssh_public_key_id.starts_with("APKA"));
        assert_eq!(kit.refused(&upload(KEY)).code, "DuplicateSSHPublicKey");
        let get = |encoding: &str| {
            kit.ok(&GetSSHPublicKey {
                user_name: "ann".into(),
                ssh_public_key_id: made.ssh_public_key_id.clone(),
                encoding: encoding.into(),
            })
        };
        let uncommented: Vec<_> = KEY.split(' ').take(2).collect();
        assert_eq!(get("SSH").ssh_public_key.unwrap().ssh_public_key_body, uncommented.join(" "));
        assert!(get("PEM").ssh_public_key.unwrap().ssh_public_key_body.starts_with("-----BEGIN PUBLIC KEY-----\nMII"));
        assert!(get("PEM").ssh_public_key.unwrap().ssh_public_key_body.ends_with("-----END PUBLIC KEY-----\n"));
    }

    #[test]
    fn a_key_is_switched_off_and_deleted() {
        let kit = Kit::new();
        kit.ok(&CreateUser { user_name: "ann".into(), ..CreateUser::default() });
        let id = kit.ok(&upload(KEY)).ssh_public_key.unwrap().ssh_public_key_id;
        let update =
            UpdateSSHPublicKey { user_name: "ann".into(), ssh_public_key_id: id.clone(), status: "Inactive".into() };
        kit.ok(&update);
        let list = ListSSHPublicKeys { user_name: Some("ann".into()), ..ListSSHPublicKeys::default() };
        assert_eq!(kit.ok(&list).ssh_public_keys.unwrap()[0].status, "Inactive");
        kit.ok(&CreateUser { user_name: "bob".into(), ..CreateUser::default() });
        let theirs = DeleteSSHPublicKey { user_name: "bob".into(), ssh_public_key_id: id.clone() };
        assert_eq!(kit.refused(&theirs).message, format!("User has no Public Key with id {id}."));
        let expired = UpdateSSHPublicKey { status: "Expired".into(), ..update.clone() };
        assert_eq!(kit.refused(&expired).message, "Operation does not support status Expired");
        kit.ok(&DeleteSSHPublicKey { user_name: "ann".into(), ssh_public_key_id: id.clone() });
        assert_eq!(kit.refused(&update).message, format!("The Public Key with id {id} cannot be found."));
    }
}
