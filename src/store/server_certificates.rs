//! Server certificates: upload, get, list, update, delete.
//!
//! What a certificate must be follows the User Guide, "Managing server certificates in IAM": PEM, within its validity,
//! with its own private key, and a chain in which each certificate signed the one before it.

use jiff::Timestamp;
use rusqlite::{Row, params};

use super::certificates::{Certificate, PrivateKey};
use super::error::Result;
use super::page::Page;
use super::perform::Perform;
use super::tags::check_tags;
use super::tx::{ENTITY, Entity, NewEntity, Tx, fold, time};
use crate::api::{
    DeleteServerCertificate, DeleteServerCertificateOutput, GetServerCertificate, GetServerCertificateOutput,
    ListServerCertificates, ListServerCertificatesOutput, ServerCertificate, ServerCertificateMetadata,
    UpdateServerCertificate, UpdateServerCertificateOutput, UploadServerCertificate, UploadServerCertificateOutput,
};
use crate::iam::{Error, Kind};

fn metadata(entity: &Entity, expires: i64) -> ServerCertificateMetadata {
    ServerCertificateMetadata {
        path: entity.path.clone(),
        server_certificate_name: entity.name.clone(),
        server_certificate_id: entity.uid.clone(),
        arn: entity.arn.clone(),
        upload_date: Some(entity.created),
        expiration: Some(time(expires)),
    }
}

fn taken(name: &str) -> Error {
    Error::already_exists(format!("The Server Certificate with name {name} already exists."))
}

/// Refuses what cannot be a server certificate.
fn check(upload: &UploadServerCertificate, now: Timestamp) -> Result<Certificate> {
    let unreadable =
        || Error::malformed_certificate("Unable to parse certificate. Please ensure the certificate is in PEM format.");
    let certificate = Certificate::from_pem(&upload.certificate_body).ok_or_else(unreadable)?;
    let no_key =
        || Error::malformed_certificate("Unable to parse private key. Please ensure the key is in PEM format.");
    let key = PrivateKey::from_pem(&upload.private_key).ok_or_else(no_key)?;
    if !certificate.fits(&key) {
        let message =
            "The private key did not match the public key provided. Please verify the key material and try again.";
        return Err(Error::key_pair_mismatch(message).into());
    }
    let now = now.as_second();
    for (bad, date, what) in [
        (now > certificate.not_after, "no longer valid. The 'Not After'", "has passed"),
        (now < certificate.not_before, "not yet valid. The 'Not Before'", "has not passed"),
    ] {
        if bad {
            let message = format!("Certificate is {date} date restriction on the certificate {what}.");
            return Err(Error::malformed_certificate(message).into());
        }
    }
    let Some(text) = &upload.certificate_chain else { return Ok(certificate) };
    let chain = Certificate::all_from_pem(text).ok_or_else(unreadable)?;
    match broken_at(&certificate, &chain) {
        Some(index) => Err(Error::malformed_certificate(format!(
            "Unable to validate certificate chain. The certificate chain must start with the immediate signing \
             certificate, followed by any intermediaries in order. The index within the chain of the invalid \
             certificate is: {index}"
        ))
        .into()),
        None => Ok(certificate),
    }
}

/// The place in the chain of the first certificate that the next one did not sign; -1 is the certificate itself.
fn broken_at(certificate: &Certificate, chain: &[Certificate]) -> Option<i64> {
    let signed = std::iter::once(certificate).chain(chain);
    (-1..).zip(signed.zip(chain)).find(|(_, (one, next))| !one.is_signed_by(next)).map(|(index, _)| index)
}

impl Perform for UploadServerCertificate {
    fn perform(&self, tx: &Tx<'_>) -> Result<UploadServerCertificateOutput> {
        let tags = self.tags.as_deref().unwrap_or_default();
        check_tags(Kind::ServerCertificate, tags)?;
        let certificate = check(self, tx.now)?;
        if tx.find(Kind::ServerCertificate, &self.server_certificate_name)?.is_some() {
            return Err(taken(&self.server_certificate_name).into());
        }
        let quota = tx.account.quotas.server_certificates;
        tx.check_quota(Kind::ServerCertificate, ("ServerCertificatesPerAccount", quota))?;
        let entity = tx.insert(&NewEntity {
            kind: Kind::ServerCertificate,
            name: &self.server_certificate_name,
            path: self.path.as_deref(),
            description: None,
            boundary: None,
        })?;
        tx.put_tags(&entity, tags)?;
        tx.execute(
            "INSERT INTO server_certificate (entity, body, chain, private_key, expires) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![
                entity.id,
                self.certificate_body,
                self.certificate_chain,
                tx.seal(&entity.uid, &self.private_key)?,
                certificate.not_after
            ],
        )?;
        Ok(UploadServerCertificateOutput {
            server_certificate_metadata: Some(metadata(&entity, certificate.not_after)),
            tags: tx.tags(entity.id)?,
        })
    }
}

impl Perform for GetServerCertificate {
    fn perform(&self, tx: &Tx<'_>) -> Result<GetServerCertificateOutput> {
        let entity = tx.server_certificate(&self.server_certificate_name)?;
        let read = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
        let sql = "SELECT body, chain, expires FROM server_certificate WHERE entity = ?1";
        let (certificate_body, certificate_chain, expires): (String, Option<String>, i64) =
            tx.one(sql, [entity.id], read)?.unwrap_or_default();
        let server_certificate = ServerCertificate {
            server_certificate_metadata: metadata(&entity, expires),
            certificate_body: certificate_body.trim_end().to_owned(),
            certificate_chain: certificate_chain.map(|chain| chain.trim_end().to_owned()),
            tags: Some(tx.tags(entity.id)?.unwrap_or_default()),
        };
        Ok(GetServerCertificateOutput { server_certificate })
    }
}

impl Perform for ListServerCertificates {
    fn perform(&self, tx: &Tx<'_>) -> Result<ListServerCertificatesOutput> {
        let page = Page::new(self.marker.as_deref(), self.max_items)?;
        let rows = tx.all(
            &format!(
                "SELECT {ENTITY}, c.expires FROM entity e JOIN server_certificate c ON c.entity = e.id
                 WHERE e.account = ?1 AND e.kind = ?2 AND e.name_key > ?3 AND substr(e.path, 1, length(?4)) = ?4
                 ORDER BY e.name_key LIMIT ?5"
            ),
            params![
                tx.account.row,
                Kind::ServerCertificate.number(),
                page.after,
                self.path_prefix.as_deref().unwrap_or("/"),
                page.limit
            ],
            |row| Ok(metadata(&Entity::read(row)?, row.get(9)?)),
        )?;
        let (list, more, marker) = page.cut(rows, |certificate| fold(&certificate.server_certificate_name));
        Ok(ListServerCertificatesOutput { server_certificate_metadata_list: list, is_truncated: Some(more), marker })
    }
}

impl Perform for UpdateServerCertificate {
    fn perform(&self, tx: &Tx<'_>) -> Result<UpdateServerCertificateOutput> {
        let entity = tx.server_certificate(&self.server_certificate_name)?;
        let name = self.new_server_certificate_name.as_deref().unwrap_or(&entity.name);
        if tx.find(Kind::ServerCertificate, name)?.is_some_and(|other| other.id != entity.id) {
            return Err(taken(name).into());
        }
        tx.rename(&entity, name, self.new_path.as_deref().unwrap_or(&entity.path))?;
        Ok(UpdateServerCertificateOutput {})
    }
}

impl Perform for DeleteServerCertificate {
    fn perform(&self, tx: &Tx<'_>) -> Result<DeleteServerCertificateOutput> {
        tx.delete(&tx.server_certificate(&self.server_certificate_name)?)?;
        Ok(DeleteServerCertificateOutput {})
    }
}

impl Tx<'_> {
    /// The server certificate of that name.
    ///
    /// # Errors
    /// `NoSuchEntity`.
    pub(super) fn server_certificate(&self, name: &str) -> Result<Entity> {
        let missing = || Error::no_such_entity(format!("The Server Certificate with name {name} cannot be found."));
        Ok(self.find(Kind::ServerCertificate, name)?.ok_or_else(missing)?)
    }
}

#[cfg(test)]
mod tests {
    use crate::api::{
        DeleteServerCertificate, GetServerCertificate, ListServerCertificates, UpdateServerCertificate,
        UploadServerCertificate,
    };
    use crate::store::kit::Kit;
    use crate::store::samples::{CA, EXPIRED, LEAF, LEAF_KEY, OTHER, OTHER_KEY};

    fn upload() -> UploadServerCertificate {
        UploadServerCertificate {
            server_certificate_name: "web".into(),
            certificate_body: LEAF.into(),
            private_key: LEAF_KEY.into(),
            path: Some("/cloudfront/".into()),
            ..UploadServerCertificate::default()
        }
    }

    fn get(name: &str) -> GetServerCertificate {
        GetServerCertificate { server_certificate_name: name.into() }
    }

    #[test]
    fn a_certificate_comes_back_without_its_key() {
        let kit = Kit::new();
        let made = kit.ok(&UploadServerCertificate { certificate_chain: Some(CA.into()), ..upload() });
        let metadata = made.server_certificate_metadata.unwrap();
        assert_eq!(metadata.arn, "arn:aws:iam::123456789012:server-certificate/cloudfront/web");
        assert!(metadata.server_certificate_id.starts_with("ASCA"));
        assert_eq!(metadata.expiration.unwrap().to_string(), "2125-01-01T00:00:00Z");
        let got = kit.ok(&get("web")).server_certificate;
        assert_eq!((got.server_certificate_metadata, got.certificate_body.as_str()), (metadata, LEAF.trim_end()));
        assert_eq!((got.certificate_chain.as_deref(), got.tags), (Some(CA.trim_end()), Some(Vec::new())));
        let journal: String =
            kit.store.read(|sql| Ok(sql.query_row("SELECT input FROM journal", [], |row| row.get(0))?)).unwrap();
        assert!(!journal.contains("PRIVATE"), "{journal}");
    }

    #[test]
    fn key_validity_and_chain_are_checked() {
        let kit = Kit::new();
        let with = |body: &str, key: &str, chain: Option<&str>| {
            kit.refused(&UploadServerCertificate {
                certificate_body: body.into(),
                private_key: key.into(),
                certificate_chain: chain.map(str::to_owned),
                ..upload()
            })
        };
        assert_eq!(
            with("no", LEAF_KEY, None).message,
            "Unable to parse certificate. Please ensure the certificate is in PEM format."
        );
        assert_eq!(with(LEAF, "no", None).code, "MalformedCertificate");
        assert_eq!(with(LEAF, OTHER_KEY, None).code, "KeyPairMismatch");
        assert_eq!(with(EXPIRED, LEAF_KEY, None).code, "MalformedCertificate");
        assert!(with(LEAF, LEAF_KEY, Some(OTHER)).message.ends_with("the invalid certificate is: -1"));
        assert!(with(LEAF, LEAF_KEY, Some(&format!("{CA}{OTHER}"))).message.ends_with("invalid certificate is: 0"));
    }

    #[test]
    fn a_certificate_is_renamed_listed_by_path_and_deleted() {
        let kit = Kit::new();
        kit.ok(&upload());
        assert_eq!(kit.refused(&upload()).message, "The Server Certificate with name web already exists.");
        kit.ok(&UpdateServerCertificate {
            server_certificate_name: "web".into(),
            new_path: Some("/elb/".into()),
            new_server_certificate_name: Some("site".into()),
        });
        let list = |prefix: &str| {
            let call = ListServerCertificates { path_prefix: Some(prefix.into()), ..Default::default() };
            kit.ok(&call).server_certificate_metadata_list.len()
        };
        assert_eq!((list("/elb/"), list("/cloudfront/")), (1, 0));
        kit.ok(&DeleteServerCertificate { server_certificate_name: "site".into() });
        assert_eq!(kit.refused(&get("site")).message, "The Server Certificate with name site cannot be found.");
    }
}
