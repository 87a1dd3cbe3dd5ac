//! What a store would lose with its key file: the sealed secrets that are meant to last.

use rusqlite::{Connection, Params};

use super::error::Result;
use super::organization_features::{RSA_TOKEN_KEY, TOKEN_KEY};

/// Session credentials are sealed, too; but whoever has some can ask for others.
const LASTING: [(&str, &str); 5] = [
    ("access key", "access_key WHERE secret IS NOT NULL"),
    ("MFA device", "mfa_device WHERE seed IS NOT NULL"),
    ("service-specific credential", "service_credential WHERE secret IS NOT NULL"),
    ("server certificate", "server_certificate WHERE private_key IS NOT NULL"),
    ("SAML private key", "saml_key WHERE private_key IS NOT NULL"),
];

/// How many secrets of each kind are sealed: `2 access keys`.
///
/// # Errors
/// When the store fails.
pub(super) fn tally(sql: &Connection) -> Result<Vec<String>> {
    let mut counts = Vec::new();
    for (kind, rows) in LASTING {
        counts.push((kind, count(sql, rows, [])?));
    }
    let keys = "account, json_each(settings) WHERE key IN (?1, ?2)";
    counts.push(("token signing key", count(sql, keys, [TOKEN_KEY, RSA_TOKEN_KEY])?));
    let told = counts.into_iter().filter(|(_, count)| *count > 0);
    Ok(told.map(|(kind, count)| format!("{count} {kind}{}", if count == 1 { "" } else { "s" })).collect())
}

fn count(sql: &Connection, rows: &str, values: impl Params) -> Result<i64> {
    Ok(sql.query_row(&format!("SELECT count(*) FROM {rows}"), values, |row| row.get(0))?)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::tally;
    use crate::store::kit::Kit;

    #[test]
    fn every_lasting_secret_counts() {
        let kit = Kit::new();
        let told = || kit.store.read(tally).unwrap();
        assert!(told().is_empty());
        kit.call("CreateUser", json!({"UserName": "ann"})).unwrap();
        for (name, input) in [
            ("CreateAccessKey", json!({"UserName": "ann"})),
            ("CreateAccessKey", json!({"UserName": "ann"})),
            ("CreateVirtualMFADevice", json!({"VirtualMFADeviceName": "phone"})),
            ("CreateServiceSpecificCredential", json!({"UserName": "ann", "ServiceName": "codecommit.amazonaws.com"})),
            ("EnableOutboundWebIdentityFederation", json!({})),
            ("GetWebIdentityToken", json!({"Audience": ["a"], "SigningAlgorithm": "ES384"})),
            ("GetSessionToken", json!({})),
        ] {
            kit.call(name, input).unwrap();
        }
        let all = ["2 access keys", "1 MFA device", "1 service-specific credential", "1 token signing key"];
        assert_eq!(told(), all);
    }
}
