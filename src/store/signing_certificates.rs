//! Signing certificates of users: upload, list, update, delete.

use rusqlite::{Row, params};

use super::certificates::Certificate;
use super::error::Result;
use super::page::Page;
use super::perform::Perform;
use super::totp::base32;
use super::tx::{Tx, check_room, time};
use crate::api::{
    DeleteSigningCertificate, DeleteSigningCertificateOutput, ListSigningCertificates, ListSigningCertificatesOutput,
    SigningCertificate, UpdateSigningCertificate, UpdateSigningCertificateOutput, UploadSigningCertificate,
    UploadSigningCertificateOutput,
};
use crate::iam::Error;

fn missing(id: &str) -> Error {
    Error::no_such_entity(format!("The Certificate with id {id} cannot be found."))
}

/// Refuses a status that only AWS sets.
pub(super) fn check_status(status: &str) -> Result<()> {
    if status != "Expired" {
        return Ok(());
    }
    Err(Error::invalid_input("Operation does not support status Expired").into())
}

/// A certificate that the user has already is uploaded again to no effect: the answer says `Active` whatever its status is
/// (observed on AWS).
impl Perform for UploadSigningCertificate {
    fn perform(&self, tx: &Tx<'_>) -> Result<UploadSigningCertificateOutput> {
        let user = tx.user_or_caller(self.user_name.as_deref())?;
        let malformed = || Error::malformed_certificate(format!("Certificate {} is malformed.", self.certificate_body));
        let certificate = Certificate::from_pem(&self.certificate_body).ok_or_else(malformed)?;
        if certificate.not_after < tx.seconds() {
            return Err(malformed().into());
        }
        let digest = certificate.digest();
        let sql = "SELECT c.id, c.user, c.uploaded FROM signing_certificate c JOIN entity e ON e.id = c.user
                   WHERE e.account = ?1 AND c.digest = ?2";
        let known = tx.one(sql, params![tx.account.row, digest], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?, row.get::<_, i64>(2)?))
        })?;
        let answer = |certificate_id: String, uploaded: i64| UploadSigningCertificateOutput {
            certificate: SigningCertificate {
                user_name: user.name.clone(),
                certificate_id,
                certificate_body: self.certificate_body.clone(),
                status: "Active".into(),
                upload_date: Some(time(uploaded)),
            },
        };
        match known {
            Some((id, owner, uploaded)) if owner == user.id => return Ok(answer(id, uploaded)),
            Some(_) => {
                return Err(Error::duplicate_certificate("Duplicate certificate uploaded.").into());
            }
            None => {}
        }
        let quota = tx.account.quotas.signing_certificates_per_user;
        let held = tx.count("SELECT count(*) FROM signing_certificate WHERE user = ?1", [user.id])?;
        check_room(held, "CertificatesPerUser", quota)?;
        let id = tx.certificate_id(&certificate)?;
        tx.execute(
            "INSERT INTO signing_certificate (id, user, body, digest, status, uploaded)
             VALUES (?1, ?2, ?3, ?4, 'Active', ?5)",
            params![id, user.id, self.certificate_body, digest, tx.seconds()],
        )?;
        Ok(answer(id, tx.seconds()))
    }
}

impl Tx<'_> {
    /// The id of a certificate: its SHA-1 digest in base 32 (observed on AWS). A certificate that another account of the
    /// store has too gets one by chance, for ids are unique here.
    fn certificate_id(&self, certificate: &Certificate) -> Result<String> {
        let id = base32(&certificate.sha1());
        let is_taken = self.count("SELECT count(*) FROM signing_certificate WHERE id = ?1", [&id])? > 0;
        Ok(if is_taken { base32(&self.random::<20>()) } else { id })
    }
}

impl Perform for ListSigningCertificates {
    fn perform(&self, tx: &Tx<'_>) -> Result<ListSigningCertificatesOutput> {
        let user = tx.user_or_caller(self.user_name.as_deref())?;
        let page = Page::new(self.marker.as_deref(), self.max_items)?;
        let read = |row: &Row<'_>| {
            Ok(SigningCertificate {
                user_name: user.name.clone(),
                certificate_id: row.get(0)?,
                certificate_body: row.get(1)?,
                status: row.get(2)?,
                upload_date: Some(time(row.get(3)?)),
            })
        };
        let rows = tx.all(
            "SELECT id, body, status, uploaded FROM signing_certificate WHERE user = ?1 AND id > ?2 ORDER BY id LIMIT ?3",
            params![user.id, page.after, page.limit],
            read,
        )?;
        let (certificates, more, marker) = page.cut(rows, |certificate| certificate.certificate_id.clone());
        Ok(ListSigningCertificatesOutput { certificates, is_truncated: Some(more), marker })
    }
}

impl Perform for UpdateSigningCertificate {
    fn perform(&self, tx: &Tx<'_>) -> Result<UpdateSigningCertificateOutput> {
        let user = tx.user_or_caller(self.user_name.as_deref())?;
        check_status(&self.status)?;
        let sql = "UPDATE signing_certificate SET status = ?3 WHERE id = ?1 AND user = ?2";
        if tx.execute(sql, params![self.certificate_id, user.id, self.status])? == 0 {
            return Err(missing(&self.certificate_id).into());
        }
        Ok(UpdateSigningCertificateOutput {})
    }
}

impl Perform for DeleteSigningCertificate {
    fn perform(&self, tx: &Tx<'_>) -> Result<DeleteSigningCertificateOutput> {
        let user = tx.user_or_caller(self.user_name.as_deref())?;
        let sql = "DELETE FROM signing_certificate WHERE id = ?1 AND user = ?2";
        if tx.execute(sql, params![self.certificate_id, user.id])? == 0 {
            return Err(missing(&self.certificate_id).into());
        }
        Ok(DeleteSigningCertificateOutput {})
    }
}

#[cfg(test)]
mod tests {
    use crate::api::{
        CreateUser, DeleteSigningCertificate, DeleteUser, ListSigningCertificates, UpdateSigningCertificate,
        UploadSigningCertificate,
    };
    use crate::store::kit::Kit;
    use crate::store::samples::{CA, LEAF, OTHER};

    fn kit() -> Kit {
        let kit = Kit::new();
        kit.ok(&CreateUser { user_name: "ann".into(), ..CreateUser::default() });
        kit
    }

    fn upload(body: &str) -> UploadSigningCertificate {
        UploadSigningCertificate { user_name: Some("ann".into()), certificate_body: body.into() }
    }

    #[test]
    fn a_certificate_is_uploaded_once_and_two_are_enough() {
        let kit = kit();
        assert_eq!(kit.refused(&upload("no")).message, "Certificate no is malformed.");
        let first = kit.ok(&upload(LEAF)).certificate;
        assert_eq!(first.certificate_id.len(), 32);
        assert_eq!(kit.ok(&upload(LEAF)).certificate, first);
        kit.ok(&CreateUser { user_name: "bob".into(), ..CreateUser::default() });
        let theirs = UploadSigningCertificate { user_name: Some("bob".into()), ..upload(LEAF) };
        assert_eq!(kit.refused(&theirs).code, "DuplicateCertificate");
        kit.ok(&upload(CA));
        assert_eq!(kit.refused(&upload(OTHER)).message, "Cannot exceed quota for CertificatesPerUser: 2");
    }

    #[test]
    fn a_certificate_holds_its_user() {
        let kit = kit();
        let id = kit.ok(&upload(LEAF)).certificate.certificate_id;
        let update = |id: &str, status: &str| UpdateSigningCertificate {
            user_name: Some("ann".into()),
            certificate_id: id.into(),
            status: status.into(),
        };
        kit.ok(&update(&id, "Inactive"));
        let list = ListSigningCertificates { user_name: Some("ann".into()), ..ListSigningCertificates::default() };
        let listed = kit.ok(&list).certificates;
        assert_eq!(
            (listed.len(), listed[0].status.as_str(), listed[0].certificate_body.as_str()),
            (1, "Inactive", LEAF)
        );
        let other = "NONEXISTENTCERTID12345678901";
        assert_eq!(
            kit.refused(&update(other, "Active")).message,
            "The Certificate with id NONEXISTENTCERTID12345678901 cannot be found."
        );
        assert_eq!(
            kit.refused(&DeleteUser { user_name: "ann".into() }).message,
            "Cannot delete entity, must delete certificates first."
        );
        kit.ok(&DeleteSigningCertificate { user_name: Some("ann".into()), certificate_id: id });
        kit.ok(&DeleteUser { user_name: "ann".into() });
    }
}
