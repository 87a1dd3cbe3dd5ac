//! What the account as a whole remembers by name, and the preferences that are nothing else.

use rusqlite::params;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::error::Result;
use super::perform::Perform;
use super::tx::Tx;
use crate::api::{SetSecurityTokenServicePreferences, SetSecurityTokenServicePreferencesOutput};

/// The version of the tokens that the global endpoint of STS gives out.
pub(super) const TOKEN_VERSION: &str = "GlobalEndpointTokenVersion";

impl Tx<'_> {
    /// What the account remembers under the name.
    pub(super) fn setting<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>> {
        // `->` gives JSON, so that a text keeps its quotes.
        let sql = "SELECT settings -> ?2 FROM account WHERE id = ?1";
        let text: Option<String> =
            self.one(sql, params![self.account.row, format!("$.{name}")], |row| row.get(0))?.flatten();
        Ok(text.as_deref().map(serde_json::from_str).transpose()?)
    }

    /// Remembers a value under the name.
    pub(super) fn set_setting<T: Serialize>(&self, name: &str, value: &T) -> Result<()> {
        self.execute(
            "UPDATE account SET settings = json_set(settings, ?2, json(?3)) WHERE id = ?1",
            params![self.account.row, format!("$.{name}"), serde_json::to_string(value)?],
        )?;
        Ok(())
    }

    /// Forgets what stands under the name.
    pub(super) fn clear_setting(&self, name: &str) -> Result<()> {
        self.execute(
            "UPDATE account SET settings = json_remove(settings, ?2) WHERE id = ?1",
            params![self.account.row, format!("$.{name}")],
        )?;
        Ok(())
    }
}

impl Perform for SetSecurityTokenServicePreferences {
    fn perform(&self, tx: &Tx<'_>) -> Result<SetSecurityTokenServicePreferencesOutput> {
        tx.set_setting(TOKEN_VERSION, &self.global_endpoint_token_version)?;
        Ok(SetSecurityTokenServicePreferencesOutput {})
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::store::kit::Kit;

    #[test]
    fn only_versions_that_exist_are_taken() {
        let kit = Kit::new();
        let set =
            |version| kit.call("SetSecurityTokenServicePreferences", json!({ "GlobalEndpointTokenVersion": version }));
        set("v2Token").unwrap();
        assert_eq!(set("v3Token").unwrap_err().code, "ValidationError");
        let kept: String =
            kit.store.read(|sql| Ok(sql.query_row("SELECT settings FROM account", [], |row| row.get(0))?)).unwrap();
        assert_eq!(kept, r#"{"GlobalEndpointTokenVersion":"v2Token"}"#);
    }
}
