//! SAML providers: create, get, list, update, delete.

use jiff::ToSpan;
use jiff::tz::TimeZone;
use rusqlite::{Row, params};

use super::certificates::PrivateKey;
use super::error::Result;
use super::perform::Perform;
use super::saml_metadata::Metadata;
use super::tags::check_tags;
use super::totp::base32;
use super::tx::{Entity, NewEntity, Tx, check_room, time};
use crate::api::{
    CreateSAMLProvider, CreateSAMLProviderOutput, DeleteSAMLProvider, DeleteSAMLProviderOutput, GetSAMLProvider,
    GetSAMLProviderOutput, ListSAMLProviders, ListSAMLProvidersOutput, SAMLPrivateKey, SAMLProviderListEntry,
    UpdateSAMLProvider, UpdateSAMLProviderOutput,
};
use crate::iam::{Error, Kind};

/// Years that a provider is valid when its metadata does not say.
const VALID_YEARS: i64 = 100;
/// Private keys of one provider (API reference, `UpdateSAMLProvider`).
const PRIVATE_KEYS_MAX: u32 = 2;

fn missing(arn: &str) -> Error {
    Error::no_such_entity(format!("Manifest not found for arn {arn}"))
}

impl Perform for CreateSAMLProvider {
    fn perform(&self, tx: &Tx<'_>) -> Result<CreateSAMLProviderOutput> {
        let tags = self.tags.as_deref().unwrap_or_default();
        check_tags(Kind::SamlProvider, tags)?;
        let valid_until = tx.valid_until(&self.saml_metadata_document)?;
        if tx.find(Kind::SamlProvider, &self.name)?.is_some() {
            return Err(Error::already_exists(format!("Provider with name {} already exists.", self.name)).into());
        }
        let quota = tx.account.quotas.saml_providers;
        tx.check_quota(Kind::SamlProvider, ("SAMLProvidersPerAccount", quota))?;
        let new =
            NewEntity { kind: Kind::SamlProvider, name: &self.name, path: None, description: None, boundary: None };
        let entity = tx.insert(&new)?;
        tx.put_tags(&entity, tags)?;
        tx.execute(
            "INSERT INTO saml_provider (entity, uuid, metadata, valid_until) VALUES (?1, ?2, ?3, ?4)",
            params![entity.id, base32(&tx.random::<20>()), self.saml_metadata_document, valid_until],
        )?;
        tx.set_encryption(&entity, self.assertion_encryption_mode.as_deref(), self.add_private_key.as_deref())?;
        Ok(CreateSAMLProviderOutput { tags: tx.tags(entity.id)?, saml_provider_arn: Some(entity.arn) })
    }
}

impl Perform for GetSAMLProvider {
    fn perform(&self, tx: &Tx<'_>) -> Result<GetSAMLProviderOutput> {
        let entity = tx.saml_provider(&self.saml_provider_arn)?;
        let keys =
            tx.all("SELECT id, added FROM saml_key WHERE provider = ?1 ORDER BY added, id", [entity.id], |row| {
                Ok(SAMLPrivateKey { key_id: row.get(0)?, timestamp: Some(time(row.get(1)?)) })
            })?;
        let read = |row: &Row<'_>| {
            Ok(GetSAMLProviderOutput {
                saml_provider_uuid: row.get(0)?,
                saml_metadata_document: row.get(1)?,
                valid_until: Some(time(row.get(2)?)),
                assertion_encryption_mode: row.get(3)?,
                ..GetSAMLProviderOutput::default()
            })
        };
        let sql = "SELECT uuid, metadata, valid_until, encryption FROM saml_provider WHERE entity = ?1";
        Ok(GetSAMLProviderOutput {
            create_date: Some(entity.created),
            tags: Some(tx.tags(entity.id)?.unwrap_or_default()),
            private_key_list: Some(keys),
            ..tx.one(sql, [entity.id], read)?.unwrap_or_default()
        })
    }
}

impl Perform for ListSAMLProviders {
    fn perform(&self, tx: &Tx<'_>) -> Result<ListSAMLProvidersOutput> {
        let list = tx.all(
            "SELECT e.arn, s.valid_until, e.created FROM entity e JOIN saml_provider s ON s.entity = e.id
             WHERE e.account = ?1 ORDER BY e.name_key",
            [tx.account.row],
            |row| {
                let (valid_until, create_date) = (Some(time(row.get(1)?)), Some(time(row.get(2)?)));
                Ok(SAMLProviderListEntry { arn: row.get(0)?, valid_until, create_date })
            },
        )?;
        Ok(ListSAMLProvidersOutput { saml_provider_list: Some(list) })
    }
}

impl Perform for UpdateSAMLProvider {
    fn perform(&self, tx: &Tx<'_>) -> Result<UpdateSAMLProviderOutput> {
        let entity = tx.saml_provider(&self.saml_provider_arn)?;
        if let Some(document) = &self.saml_metadata_document {
            tx.execute(
                "UPDATE saml_provider SET metadata = ?2, valid_until = ?3 WHERE entity = ?1",
                params![entity.id, document, tx.valid_until(document)?],
            )?;
        }
        if let Some(key) = &self.remove_private_key {
            let sql = "DELETE FROM saml_key WHERE id = ?1 AND provider = ?2";
            if tx.execute(sql, params![key, entity.id])? == 0 {
                return Err(Error::no_such_entity(format!("The Private Key with id {key} cannot be found.")).into());
            }
        }
        tx.set_encryption(&entity, self.assertion_encryption_mode.as_deref(), self.add_private_key.as_deref())?;
        Ok(UpdateSAMLProviderOutput { saml_provider_arn: Some(entity.arn) })
    }
}

impl Perform for DeleteSAMLProvider {
    fn perform(&self, tx: &Tx<'_>) -> Result<DeleteSAMLProviderOutput> {
        tx.delete(&tx.saml_provider(&self.saml_provider_arn)?)?;
        Ok(DeleteSAMLProviderOutput {})
    }
}

impl Tx<'_> {
    /// The provider with that ARN.
    ///
    /// # Errors
    /// `NoSuchEntity`.
    pub(super) fn saml_provider(&self, arn: &str) -> Result<Entity> {
        let found = self.find_arn(arn)?.filter(|entity| entity.kind == Kind::SamlProvider);
        Ok(found.ok_or_else(|| missing(arn))?)
    }

    /// Until when a provider with that metadata is valid, in seconds since 1970.
    fn valid_until(&self, document: &str) -> Result<i64> {
        let metadata = Metadata::read(document).ok_or_else(|| Error::invalid_input("Could not parse metadata"))?;
        let in_a_century =
            || self.now.to_zoned(TimeZone::UTC).checked_add(VALID_YEARS.years()).map(|at| at.timestamp());
        let until = metadata.valid_until.or_else(|| in_a_century().ok()).unwrap_or(self.now);
        Ok(until.as_second())
    }

    fn set_encryption(&self, provider: &Entity, mode: Option<&str>, key: Option<&str>) -> Result<()> {
        if let Some(mode) = mode {
            let sql = "UPDATE saml_provider SET encryption = ?2 WHERE entity = ?1";
            self.execute(sql, params![provider.id, mode])?;
        }
        let Some(key) = key else { return Ok(()) };
        if PrivateKey::from_pem(key).is_none() {
            return Err(Error::invalid_input("Could not parse private key").into());
        }
        let held = self.count("SELECT count(*) FROM saml_key WHERE provider = ?1", [provider.id])?;
        check_room(held, "PrivateKeysPerSAMLProvider", PRIVATE_KEYS_MAX)?;
        let id = base32(&self.random::<20>());
        self.execute(
            "INSERT INTO saml_key (id, provider, private_key, added) VALUES (?1, ?2, ?3, ?4)",
            params![id, provider.id, self.seal(&id, key)?, self.seconds()],
        )?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::api::{CreateSAMLProvider, DeleteSAMLProvider, GetSAMLProvider, ListSAMLProviders, UpdateSAMLProvider};
    use crate::store::kit::Kit;
    use crate::store::saml_metadata::tests::document;
    use crate::store::samples::LEAF_KEY;

    const ARN: &str = "arn:aws:iam::123456789012:saml-provider/corp";

    fn create() -> CreateSAMLProvider {
        CreateSAMLProvider {
            saml_metadata_document: document("https://idp.example.com"),
            name: "corp".into(),
            ..CreateSAMLProvider::default()
        }
    }

    #[test]
    fn a_provider_is_valid_as_long_as_its_metadata() {
        let kit = Kit::new();
        assert_eq!(kit.ok(&create()).saml_provider_arn.as_deref(), Some(ARN));
        assert_eq!(kit.refused(&create()).code, "EntityAlreadyExists");
        let got = kit.ok(&GetSAMLProvider { saml_provider_arn: ARN.into() });
        assert_eq!(got.valid_until.unwrap().to_string(), "2030-01-01T00:00:00Z");
        assert_eq!(got.assertion_encryption_mode.as_deref(), Some("Allowed"));
        assert_eq!((got.tags, got.private_key_list), (Some(Vec::new()), Some(Vec::new())));
        let forever = document("https://idp.example.com").replace("validUntil", "other");
        kit.ok(&UpdateSAMLProvider {
            saml_provider_arn: ARN.into(),
            saml_metadata_document: Some(forever),
            ..UpdateSAMLProvider::default()
        });
        let list = kit.ok(&ListSAMLProviders {}).saml_provider_list.unwrap();
        assert!(list[0].valid_until.unwrap().to_string().starts_with("2126-01-02T"));
        let text = CreateSAMLProvider { saml_metadata_document: "x".repeat(1000), name: "b".into(), ..create() };
        assert_eq!(kit.refused(&text).message, "Could not parse metadata");
    }

    #[test]
    fn keys_come_and_go_by_their_id() {
        let kit = Kit::new();
        kit.ok(&CreateSAMLProvider { add_private_key: Some(LEAF_KEY.into()), ..create() });
        let add = UpdateSAMLProvider {
            saml_provider_arn: ARN.into(),
            add_private_key: Some(LEAF_KEY.into()),
            assertion_encryption_mode: Some("Required".into()),
            ..UpdateSAMLProvider::default()
        };
        kit.ok(&add);
        assert_eq!(kit.refused(&add).code, "LimitExceeded");
        let get = GetSAMLProvider { saml_provider_arn: ARN.into() };
        let got = kit.ok(&get);
        assert_eq!(got.assertion_encryption_mode.as_deref(), Some("Required"));
        let keys = got.private_key_list.unwrap();
        let remove = UpdateSAMLProvider {
            saml_provider_arn: ARN.into(),
            remove_private_key: keys[0].key_id.clone(),
            ..UpdateSAMLProvider::default()
        };
        kit.ok(&remove);
        assert_eq!(kit.refused(&remove).code, "NoSuchEntity");
        assert_eq!(kit.ok(&get).private_key_list.unwrap(), keys[1..]);
    }

    #[test]
    fn a_provider_that_is_gone_has_no_manifest() {
        let kit = Kit::new();
        kit.ok(&create());
        let delete = DeleteSAMLProvider { saml_provider_arn: ARN.into() };
        kit.ok(&delete);
        assert_eq!(kit.refused(&delete).message, format!("Manifest not found for arn {ARN}"));
    }
}
