//! The condition keys that come from a SAML assertion.
//!
//! Follows the User Guide, "Available keys for SAML-based AWS STS federation" and "Mapping SAML attributes to AWS trust
//! policy context keys".

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use sha1::{Digest, Sha1};

use super::assertion::Assertion;

/// The provider that vouched: its account and its friendly name.
#[derive(Clone, Copy, Debug)]
pub(in crate::store) struct Voucher<'a> {
    pub account: &'a str,
    pub name: &'a str,
}

impl Voucher<'_> {
    /// What tells subjects of different providers apart.
    pub(in crate::store) fn qualifier(self, issuer: &str) -> String {
        BASE64.encode(Sha1::digest(format!("{issuer}{}/{}", self.account, self.name)))
    }
}

/// The keys that later requests of the session have, too.
pub(in crate::store) fn lasting(assertion: &Assertion, voucher: Voucher<'_>) -> Vec<(String, String)> {
    let key = |name: &str, value: &str| (format!("saml:{name}"), value.to_owned());
    vec![
        key("namequalifier", &voucher.qualifier(&assertion.issuer)),
        key("sub", &assertion.subject),
        key("sub_type", &assertion.subject_type),
    ]
}

/// The keys that only the trust policy sees. A key with several values stands here several times.
pub(in crate::store) fn of_trust(assertion: &Assertion, voucher: Voucher<'_>) -> Vec<(String, String)> {
    let key = |name: &str, value: &str| (format!("saml:{name}"), value.to_owned());
    let doc = format!("{}/{}", voucher.account, voucher.name);
    let mut keys = vec![key("aud", &assertion.recipient), key("iss", &assertion.issuer), key("doc", &doc)];
    for (name, values) in &assertion.attributes {
        if let Some((_, short)) = ATTRIBUTES.iter().find(|(full, _)| full == name) {
            keys.extend(values.iter().map(|value| key(short, value)));
        }
    }
    keys
}

/// Attributes of directories, by the names that providers send, with the keys they are known by.
const ATTRIBUTES: [(&str, &str); 30] = [
    ("urn:oid:1.3.6.1.4.1.5923.1.1.1.1", "eduPersonAffiliation"),
    ("urn:oid:1.3.6.1.4.1.5923.1.1.1.2", "eduPersonNickname"),
    ("urn:oid:1.3.6.1.4.1.5923.1.1.1.3", "eduPersonOrgDN"),
    ("urn:oid:1.3.6.1.4.1.5923.1.1.1.4", "eduPersonOrgUnitDN"),
    ("urn:oid:1.3.6.1.4.1.5923.1.1.1.5", "eduPersonPrimaryAffiliation"),
    ("urn:oid:1.3.6.1.4.1.5923.1.1.1.6", "eduPersonPrincipalName"),
    ("urn:oid:1.3.6.1.4.1.5923.1.1.1.7", "eduPersonEntitlement"),
    ("urn:oid:1.3.6.1.4.1.5923.1.1.1.8", "eduPersonPrimaryOrgUnitDN"),
    ("urn:oid:1.3.6.1.4.1.5923.1.1.1.9", "eduPersonScopedAffiliation"),
    ("urn:oid:1.3.6.1.4.1.5923.1.1.1.10", "eduPersonTargetedID"),
    ("urn:oid:1.3.6.1.4.1.5923.1.1.1.11", "eduPersonAssurance"),
    ("urn:oid:1.3.6.1.4.1.5923.1.2.1.2", "eduOrgHomePageURI"),
    ("urn:oid:1.3.6.1.4.1.5923.1.2.1.3", "eduOrgIdentityAuthNPolicyURI"),
    ("urn:oid:1.3.6.1.4.1.5923.1.2.1.4", "eduOrgLegalName"),
    ("urn:oid:1.3.6.1.4.1.5923.1.2.1.5", "eduOrgSuperiorURI"),
    ("urn:oid:1.3.6.1.4.1.5923.1.2.1.6", "eduOrgWhitePagesURI"),
    ("urn:oid:2.5.4.3", "cn"),
    ("http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name", "name"),
    ("http://schemas.xmlsoap.org/claims/CommonName", "commonName"),
    ("http://schemas.xmlsoap.org/ws/2005/05/identity/claims/givenname", "givenName"),
    ("http://schemas.xmlsoap.org/ws/2005/05/identity/claims/surname", "surname"),
    ("http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress", "mail"),
    ("http://schemas.microsoft.com/ws/2008/06/identity/claims/primarygroupsid", "uid"),
    ("2.5.4.3", "commonName"),
    ("2.5.4.4", "surname"),
    ("2.4.5.42", "givenName"),
    ("2.5.4.45", "x500UniqueIdentifier"),
    ("0.9.2342.19200300100.1.1", "uid"),
    ("0.9.2342.19200300100.1.3", "mail"),
    ("0.9.2342.19200300.100.1.45", "organizationStatus"),
];

#[cfg(test)]
mod tests {
    use super::Voucher;

    #[test]
    fn the_qualifier_is_the_hash_that_the_api_reference_describes() {
        let voucher = Voucher { account: "123456789012", name: "MySAMLIdP" };
        assert_eq!(voucher.qualifier("https://example.com/saml"), "1uAJanUnBc2XeUkHURMht+xam2c=");
    }
}
