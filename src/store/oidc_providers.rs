//! OpenID Connect providers: create, get, list, update, delete; and the key set that tokens are checked with.

use rusqlite::{Row, params};

use super::account::Account;
use super::error::Result;
use super::open::Store;
use super::perform::Perform;
use super::tags::check_tags;
use super::tx::{Entity, NewEntity, Tx, check_within};
use crate::api::{
    AddClientIDToOpenIDConnectProvider, AddClientIDToOpenIDConnectProviderOutput, CreateOpenIDConnectProvider,
    CreateOpenIDConnectProviderOutput, DeleteOpenIDConnectProvider, DeleteOpenIDConnectProviderOutput,
    GetOpenIDConnectProvider, GetOpenIDConnectProviderOutput, ListOpenIDConnectProviders,
    ListOpenIDConnectProvidersOutput, OpenIDConnectProviderListEntry, RemoveClientIDFromOpenIDConnectProvider,
    RemoveClientIDFromOpenIDConnectProviderOutput, UpdateOpenIDConnectProviderThumbprint,
    UpdateOpenIDConnectProviderThumbprintOutput,
};
use crate::iam::{Error, Kind};

/// The provider's name: its URL without the scheme.
///
/// # Errors
/// `ValidationError` for what is no https URL of a host and perhaps a path.
fn name_of(url: &str) -> Result<&str> {
    let name = url.strip_prefix("https://").filter(|rest| {
        let host = rest.split('/').next().unwrap_or_default();
        let named = host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '_'));
        !host.is_empty() && named && !rest.contains(|c: char| matches!(c, '?' | '#' | ' ' | '@') || c.is_control())
    });
    Ok(name.ok_or_else(|| Error::validation("Invalid Open ID Connect Provider URL"))?)
}

fn missing(arn: &str) -> Error {
    Error::no_such_entity(format!("OpenIDConnect Provider not found for arn {arn}"))
}

/// What only an OpenID Connect provider has.
#[derive(Debug, Default)]
pub(super) struct Provider {
    pub clients: Vec<String>,
    pub thumbprints: Vec<String>,
    /// Its key set, as JSON.
    pub keys: Option<String>,
}

impl Perform for CreateOpenIDConnectProvider {
    fn perform(&self, tx: &Tx<'_>) -> Result<CreateOpenIDConnectProviderOutput> {
        let tags = self.tags.as_deref().unwrap_or_default();
        check_tags(Kind::OidcProvider, tags)?;
        let name = name_of(&self.url)?;
        let clients = self.client_id_list.clone().unwrap_or_default();
        let thumbprints = self.thumbprint_list.clone().unwrap_or_default();
        tx.check_thumbprints(&thumbprints)?;
        tx.check_clients(&clients)?;
        if tx.find(Kind::OidcProvider, name)?.is_some() {
            return Err(Error::already_exists(format!("Provider with url {} already exists.", self.url)).into());
        }
        let quota = tx.account.quotas.oidc_providers;
        tx.check_quota(Kind::OidcProvider, ("OpenIdConnectProvidersPerAccount", quota))?;
        let new = NewEntity { kind: Kind::OidcProvider, name, path: None, description: None, boundary: None };
        let entity = tx.insert(&new)?;
        tx.put_tags(&entity, tags)?;
        tx.execute("INSERT INTO oidc_provider (entity, clients, thumbprints) VALUES (?1, '[]', '[]')", [entity.id])?;
        tx.put_lists(&entity, &Provider { clients, thumbprints, keys: None })?;
        Ok(CreateOpenIDConnectProviderOutput {
            tags: tx.tags(entity.id)?,
            open_id_connect_provider_arn: Some(entity.arn),
        })
    }
}

impl Perform for GetOpenIDConnectProvider {
    fn perform(&self, tx: &Tx<'_>) -> Result<GetOpenIDConnectProviderOutput> {
        let (entity, provider) = tx.oidc_provider(&self.open_id_connect_provider_arn)?;
        Ok(GetOpenIDConnectProviderOutput {
            tags: Some(tx.tags(entity.id)?.unwrap_or_default()),
            url: Some(entity.name),
            client_id_list: Some(provider.clients),
            thumbprint_list: Some(provider.thumbprints),
            create_date: Some(entity.created),
        })
    }
}

impl Perform for ListOpenIDConnectProviders {
    fn perform(&self, tx: &Tx<'_>) -> Result<ListOpenIDConnectProvidersOutput> {
        let list = tx.all(
            "SELECT arn FROM entity WHERE account = ?1 AND kind = ?2 ORDER BY name_key",
            params![tx.account.row, Kind::OidcProvider.number()],
            |row| Ok(OpenIDConnectProviderListEntry { arn: row.get(0)? }),
        )?;
        Ok(ListOpenIDConnectProvidersOutput { open_id_connect_provider_list: Some(list) })
    }
}

impl Perform for AddClientIDToOpenIDConnectProvider {
    /// Adding a client that is there changes nothing (API reference).
    fn perform(&self, tx: &Tx<'_>) -> Result<AddClientIDToOpenIDConnectProviderOutput> {
        let (entity, mut provider) = tx.oidc_provider(&self.open_id_connect_provider_arn)?;
        if !provider.clients.contains(&self.client_id) {
            provider.clients.push(self.client_id.clone());
            tx.check_clients(&provider.clients)?;
            tx.put_lists(&entity, &provider)?;
        }
        Ok(AddClientIDToOpenIDConnectProviderOutput {})
    }
}

impl Perform for RemoveClientIDFromOpenIDConnectProvider {
    /// Removing a client that is not there changes nothing (API reference).
    fn perform(&self, tx: &Tx<'_>) -> Result<RemoveClientIDFromOpenIDConnectProviderOutput> {
        let (entity, mut provider) = tx.oidc_provider(&self.open_id_connect_provider_arn)?;
        provider.clients.retain(|client| *client != self.client_id);
        tx.put_lists(&entity, &provider)?;
        Ok(RemoveClientIDFromOpenIDConnectProviderOutput {})
    }
}

impl Perform for UpdateOpenIDConnectProviderThumbprint {
    fn perform(&self, tx: &Tx<'_>) -> Result<UpdateOpenIDConnectProviderThumbprintOutput> {
        let (entity, mut provider) = tx.oidc_provider(&self.open_id_connect_provider_arn)?;
        tx.check_thumbprints(&self.thumbprint_list)?;
        provider.thumbprints.clone_from(&self.thumbprint_list);
        tx.put_lists(&entity, &provider)?;
        Ok(UpdateOpenIDConnectProviderThumbprintOutput {})
    }
}

impl Perform for DeleteOpenIDConnectProvider {
    fn perform(&self, tx: &Tx<'_>) -> Result<DeleteOpenIDConnectProviderOutput> {
        let arn = &self.open_id_connect_provider_arn;
        let gone = || Error::no_such_entity(format!("OpenId connect Provider {arn} cannot be found."));
        let entity = tx.find_arn(arn)?.filter(|entity| entity.kind == Kind::OidcProvider).ok_or_else(gone)?;
        tx.delete(&entity)?;
        Ok(DeleteOpenIDConnectProviderOutput {})
    }
}

impl Tx<'_> {
    /// The provider with that ARN.
    ///
    /// # Errors
    /// `NoSuchEntity`.
    pub(super) fn oidc_provider(&self, arn: &str) -> Result<(Entity, Provider)> {
        let entity = self.find_arn(arn)?.filter(|entity| entity.kind == Kind::OidcProvider);
        let entity = entity.ok_or_else(|| missing(arn))?;
        let read = |row: &Row<'_>| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get(2)?));
        let sql = "SELECT clients, thumbprints, keys FROM oidc_provider WHERE entity = ?1";
        let (clients, thumbprints, keys) = self.one(sql, [entity.id], read)?.ok_or_else(|| missing(arn))?;
        let provider = Provider {
            clients: serde_json::from_str(&clients)?,
            thumbprints: serde_json::from_str(&thumbprints)?,
            keys,
        };
        Ok((entity, provider))
    }

    fn put_lists(&self, entity: &Entity, provider: &Provider) -> Result<()> {
        self.execute(
            "UPDATE oidc_provider SET clients = ?2, thumbprints = ?3 WHERE entity = ?1",
            params![
                entity.id,
                serde_json::to_string(&provider.clients)?,
                serde_json::to_string(&provider.thumbprints)?
            ],
        )?;
        Ok(())
    }

    fn check_clients(&self, clients: &[String]) -> Result<()> {
        let quota = self.account.quotas.client_ids_per_oidc_provider;
        check_within(clients.len(), "ClientIdsPerOpenIdConnectProvider", quota)
    }

    /// The message says "fewer than" though as many are taken (recorded).
    fn check_thumbprints(&self, thumbprints: &[String]) -> Result<()> {
        let quota = self.account.quotas.thumbprints_per_oidc_provider;
        if u32::try_from(thumbprints.len()).is_ok_and(|n| n <= quota) {
            return Ok(());
        }
        Err(Error::invalid_input(format!("Thumbprint list must contain fewer than {quota} entries.")).into())
    }
}

impl Store {
    /// Keeps the key set (RFC 7517, JSON) of an OpenID Connect provider. AWS reads it from the provider at each
    /// `AssumeRoleWithWebIdentity`; the store speaks no HTTP, so whoever does brings it here.
    ///
    /// # Errors
    /// `NoSuchEntity` without such a provider.
    pub fn set_provider_keys(&self, account: &Account, arn: &str, keys: &str) -> Result<()> {
        self.write(|sql| {
            let changed = sql.execute(
                "UPDATE oidc_provider SET keys = ?3
                 WHERE entity = (SELECT id FROM entity WHERE account = ?1 AND arn = ?2)",
                params![account.row, arn, keys],
            )?;
            if changed == 0 { Err(missing(arn).into()) } else { Ok(()) }
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::api::{
        AddClientIDToOpenIDConnectProvider, CreateOpenIDConnectProvider, DeleteOpenIDConnectProvider,
        GetOpenIDConnectProvider, RemoveClientIDFromOpenIDConnectProvider, UpdateOpenIDConnectProviderThumbprint,
    };
    use crate::store::kit::Kit;

    const ARN: &str = "arn:aws:iam::123456789012:oidc-provider/idp.example.com/tenant";

    fn create() -> CreateOpenIDConnectProvider {
        CreateOpenIDConnectProvider {
            url: "https://idp.example.com/tenant".into(),
            client_id_list: Some(vec!["app".into()]),
            thumbprint_list: Some(vec!["a".repeat(40)]),
            tags: None,
        }
    }

    #[test]
    fn a_provider_is_named_by_its_url() {
        let kit = Kit::new();
        assert_eq!(kit.ok(&create()).open_id_connect_provider_arn.as_deref(), Some(ARN));
        assert_eq!(kit.refused(&create()).message, "Provider with url https://idp.example.com/tenant already exists.");
        let got = kit.ok(&GetOpenIDConnectProvider { open_id_connect_provider_arn: ARN.into() });
        assert_eq!((got.url.as_deref(), got.tags), (Some("idp.example.com/tenant"), Some(Vec::new())));
        for bad in ["http://idp.example.com", "test", "https://", "https://a.example/?x=1", "https://a@b.example"] {
            let error = kit.refused(&CreateOpenIDConnectProvider { url: bad.into(), ..create() });
            assert_eq!(
                (error.code.as_ref(), error.message.as_str()),
                ("ValidationError", "Invalid Open ID Connect Provider URL")
            );
        }
    }

    #[test]
    fn clients_and_thumbprints_have_their_quotas() {
        let kit = Kit::new();
        kit.ok(&create());
        let client = |id: &str| (ARN.to_owned(), id.to_owned());
        let add =
            |(arn, client_id)| AddClientIDToOpenIDConnectProvider { open_id_connect_provider_arn: arn, client_id };
        for number in 0..99 {
            kit.ok(&add(client(&number.to_string())));
        }
        kit.ok(&add(client("app")));
        assert_eq!(
            kit.refused(&add(client("one more"))).message,
            "Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: 100"
        );
        let (arn, client_id) = client("app");
        kit.ok(&RemoveClientIDFromOpenIDConnectProvider { open_id_connect_provider_arn: arn, client_id });
        kit.ok(&add(client("one more")));
        let thumbprints = |n| UpdateOpenIDConnectProviderThumbprint {
            open_id_connect_provider_arn: ARN.into(),
            thumbprint_list: vec!["b".repeat(40); n],
        };
        kit.ok(&thumbprints(5));
        assert_eq!(kit.refused(&thumbprints(6)).message, "Thumbprint list must contain fewer than 5 entries.");
    }

    #[test]
    fn a_provider_that_is_gone_is_missed_in_two_ways() {
        let kit = Kit::new();
        kit.ok(&create());
        let delete = DeleteOpenIDConnectProvider { open_id_connect_provider_arn: ARN.into() };
        kit.ok(&delete);
        assert_eq!(kit.refused(&delete).message, format!("OpenId connect Provider {ARN} cannot be found."));
        assert_eq!(
            kit.refused(&GetOpenIDConnectProvider { open_id_connect_provider_arn: ARN.into() }).message,
            format!("OpenIDConnect Provider not found for arn {ARN}")
        );
        assert!(kit.store.set_provider_keys(&kit.account, ARN, "{}").is_err());
    }
}
