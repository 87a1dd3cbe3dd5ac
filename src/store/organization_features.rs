//! Centralized root access of an organization, outbound identity federation, role templates and account properties.
//!
//! An account of the store is in no organization, so the calls on an organization's features answer what AWS answers such
//! an account. Role templates belong to AWS and its partners; an account to which none was given knows none.

use std::collections::BTreeMap;

use super::error::Result;
use super::perform::Perform;
use super::tx::Tx;
use crate::api::{
    self, AcquireRole, AcquireRoleOutput, DisableOutboundWebIdentityFederation,
    DisableOutboundWebIdentityFederationOutput, EnableOutboundWebIdentityFederation,
    EnableOutboundWebIdentityFederationOutput, GetAccountProperties, GetAccountPropertiesOutput,
    GetOutboundWebIdentityFederationInfo, GetOutboundWebIdentityFederationInfoOutput, GetRoleTemplateVersion,
    GetRoleTemplateVersionOutput, PutAccountProperties, PutAccountPropertiesOutput,
};
use crate::iam::{Arn, Error};

/// Where the account keeps its properties.
const PROPERTIES: &str = "Properties";
/// Where the account keeps the issuer of its web identity tokens.
pub(super) const ISSUER: &str = "OutboundIssuer";
/// Where the account keeps the sealed keys that sign them: ES384's and RS256's.
pub(super) const TOKEN_KEY: &str = "OutboundKey";
pub(super) const RSA_TOKEN_KEY: &str = "OutboundRsaKey";

macro_rules! outside_organizations {
    ($($operation:ident)*) => { $(
        impl Perform for api::$operation {
            fn perform(&self, tx: &Tx<'_>) -> Result<Self::Output> {
                let message = format!("Organization not found for account {}.", tx.account.id);
                Err(Error::organization_not_found(message).into())
            }
        }
    )* };
}

outside_organizations! {
    DisableOrganizationsRootCredentialsManagement DisableOrganizationsRootSessions
    EnableOrganizationsRootCredentialsManagement EnableOrganizationsRootSessions ListOrganizationsFeatures
}

fn federation_is_off() -> Error {
    Error::feature_disabled("Outbound web identity federation is not enabled for this account.")
}

impl Perform for EnableOutboundWebIdentityFederation {
    fn perform(&self, tx: &Tx<'_>) -> Result<EnableOutboundWebIdentityFederationOutput> {
        if tx.setting::<String>(ISSUER)?.is_some() {
            let message = "Outbound web identity federation is already enabled for this account.";
            return Err(Error::feature_enabled(message).into());
        }
        let issuer = format!("https://{}.tokens.sts.global.api.aws", tx.uuid());
        tx.set_setting(ISSUER, &issuer)?;
        Ok(EnableOutboundWebIdentityFederationOutput { issuer_identifier: Some(issuer) })
    }
}

impl Perform for DisableOutboundWebIdentityFederation {
    fn perform(&self, tx: &Tx<'_>) -> Result<DisableOutboundWebIdentityFederationOutput> {
        tx.setting::<String>(ISSUER)?.ok_or_else(federation_is_off)?;
        tx.clear_setting(ISSUER)?;
        tx.clear_setting(TOKEN_KEY)?;
        tx.clear_setting(RSA_TOKEN_KEY)?;
        Ok(DisableOutboundWebIdentityFederationOutput {})
    }
}

impl Perform for GetOutboundWebIdentityFederationInfo {
    fn perform(&self, tx: &Tx<'_>) -> Result<GetOutboundWebIdentityFederationInfoOutput> {
        let issuer = tx.setting::<String>(ISSUER)?.ok_or_else(federation_is_off)?;
        Ok(GetOutboundWebIdentityFederationInfoOutput {
            issuer_identifier: Some(issuer),
            jwt_vending_enabled: Some(true),
        })
    }
}

impl Perform for GetAccountProperties {
    fn perform(&self, tx: &Tx<'_>) -> Result<GetAccountPropertiesOutput> {
        let properties: Option<BTreeMap<String, String>> = tx.setting(PROPERTIES)?;
        Ok(GetAccountPropertiesOutput { properties: Some(properties.unwrap_or_default()) })
    }
}

impl Perform for PutAccountProperties {
    /// Sets the properties that the call names; the others stay.
    fn perform(&self, tx: &Tx<'_>) -> Result<PutAccountPropertiesOutput> {
        let mut properties: BTreeMap<String, String> = tx.setting(PROPERTIES)?.unwrap_or_default();
        properties.extend(self.properties.clone());
        tx.set_setting(PROPERTIES, &properties)?;
        Ok(PutAccountPropertiesOutput {})
    }
}

/// Why there is no template with that ARN.
fn no_template(arn: &str) -> Error {
    match arn.parse::<Arn>() {
        Ok(_) => Error::no_such_entity(format!("Role template {arn} cannot be found.")),
        Err(_) => Error::invalid_input(format!("ARN {arn} is not valid.")),
    }
}

impl Perform for AcquireRole {
    fn perform(&self, _: &Tx<'_>) -> Result<AcquireRoleOutput> {
        Err(no_template(&self.template_arn).into())
    }
}

impl Perform for GetRoleTemplateVersion {
    fn perform(&self, _: &Tx<'_>) -> Result<GetRoleTemplateVersionOutput> {
        Err(no_template(&self.template_arn).into())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::store::kit::Kit;

    #[test]
    fn an_account_outside_organizations_has_no_features_of_one() {
        let kit = Kit::new();
        for name in ["ListOrganizationsFeatures", "EnableOrganizationsRootSessions"] {
            assert_eq!(kit.call(name, json!({})).unwrap_err().code, "OrganizationNotFoundException");
        }
    }

    #[test]
    fn outbound_federation_is_off_until_it_is_switched_on() {
        let kit = Kit::new();
        let get = || kit.call("GetOutboundWebIdentityFederationInfo", json!({}));
        assert_eq!(get().unwrap_err().code, "FeatureDisabledException");
        let on = kit.call("EnableOutboundWebIdentityFederation", json!({})).unwrap();
        assert_eq!(get().unwrap()["IssuerIdentifier"], on["IssuerIdentifier"]);
        let again = kit.call("EnableOutboundWebIdentityFederation", json!({}));
        assert_eq!(again.unwrap_err().code, "FeatureEnabledException");
        kit.call("DisableOutboundWebIdentityFederation", json!({})).unwrap();
        assert_eq!(get().unwrap_err().status, 404);
    }

    #[test]
    fn properties_are_put_one_by_one() {
        let kit = Kit::new();
        let get = || kit.call("GetAccountProperties", json!({})).unwrap()["Properties"].clone();
        assert_eq!(get(), json!({}));
        for (key, value) in [("a", "1"), ("b", "2"), ("a", "3")] {
            kit.call("PutAccountProperties", json!({"Properties": {key: value}})).unwrap();
        }
        assert_eq!(get(), json!({"a": "3", "b": "2"}));
    }

    #[test]
    fn no_template_was_given_to_the_account() {
        let kit = Kit::new();
        let arn = "arn:aws:iam::aws:role-template/Example";
        assert_eq!(kit.call("AcquireRole", json!({"TemplateArn": arn})).unwrap_err().code, "NoSuchEntity");
        let bad = json!({"TemplateArn": "no-arn-but-twenty-letters"});
        assert_eq!(kit.call("GetRoleTemplateVersion", bad).unwrap_err().code, "InvalidInput");
    }
}
