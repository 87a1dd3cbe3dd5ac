//! `GetWebIdentityToken`: a token that the account itself issues, for services outside AWS.
//!
//! Claims follow the User Guide, "Understanding token claims" of outbound identity federation. The account's key is made
//! when the first token is asked for, and kept sealed; it signs with ES384, the one of the two algorithms whose keys the
//! store can make.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD as BASE64};
use jiff::SignedDuration;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P384_SHA384_FIXED_SIGNING as ES384, EcdsaKeyPair};
use serde_json::{Value, json};

use super::error::{Error as StoreError, Result};
use super::organization_features::{ISSUER, TOKEN_KEY};
use super::perform::Perform;
use super::tx::Tx;
use crate::api::sts::{GetWebIdentityToken, GetWebIdentityTokenOutput};
use crate::iam::{Caller, Error};

/// How long a token is good unless the call says.
const DURATION_SECONDS: i64 = 300;

impl Perform for GetWebIdentityToken {
    fn perform(&self, tx: &Tx<'_>) -> Result<GetWebIdentityTokenOutput> {
        let off = || {
            Error::outbound_web_identity_disabled("Outbound web identity federation is not enabled for this account.")
        };
        let issuer: String = tx.setting(ISSUER)?.ok_or_else(off)?;
        if self.signing_algorithm != "ES384" {
            let message = format!("The signing algorithm {} is not available: use ES384.", self.signing_algorithm);
            return Err(Error::invalid_parameter_value(message).into());
        }
        let lasts = SignedDuration::from_secs(self.duration_seconds.unwrap_or(DURATION_SECONDS));
        let expiration = tx.moment().saturating_add(lasts).unwrap_or(tx.moment());
        if tx.caller.session().is_some_and(|session| session.expires < expiration) {
            let message = "The requested token duration extends beyond the expiration of the calling session.";
            return Err(Error::session_duration_escalation(message).into());
        }
        let claims = json!({
            "iss": issuer,
            "aud": if let [one] = self.audience.as_slice() { json!(one) } else { json!(self.audience) },
            "sub": tx.subject()?,
            "iat": tx.seconds(),
            "exp": expiration.as_second(),
            "jti": tx.uuid(),
            "https://sts.amazonaws.com/": tx.facts(self)?,
        });
        let token = tx.sign(&issuer, &claims)?;
        Ok(GetWebIdentityTokenOutput { web_identity_token: Some(token), expiration: Some(expiration) })
    }
}

fn failed(what: impl std::fmt::Display) -> StoreError {
    StoreError::Corrupt(format!("the account's token key: {what}"))
}

impl Tx<'_> {
    /// Whom a token is about: of a session the role, else the caller.
    fn subject(&self) -> Result<String> {
        let found = match self.caller.who() {
            Caller::AssumedRole { .. } => self.caller_policies()?.map(|found| found.arn),
            _ => None,
        };
        Ok(found.unwrap_or_else(|| self.caller_arn()))
    }

    /// What AWS says of the caller in a token.
    fn facts(&self, call: &GetWebIdentityToken) -> Result<Value> {
        let mut tags: BTreeMap<String, String> =
            self.caller_policies()?.map(|found| found.tags).unwrap_or_default().into_iter().collect();
        tags.extend(self.caller.session().map(|session| session.tags.clone()).unwrap_or_default());
        let request_tags: BTreeMap<_, _> = call.tags.iter().flatten().map(|tag| (&tag.key, &tag.value)).collect();
        Ok(json!({
            "aws_account": self.account.id.as_str(),
            "principal_id": self.caller_arn(),
            "principal_tags": tags,
            "request_tags": request_tags,
        }))
    }

    /// The claims as a signed token.
    fn sign(&self, issuer: &str, claims: &Value) -> Result<String> {
        let random = SystemRandom::new();
        let key = EcdsaKeyPair::from_pkcs8(&ES384, &self.token_key(issuer)?, &random).map_err(failed)?;
        let header = json!({"alg": "ES384", "typ": "JWT", "kid": issuer});
        let signed = format!("{}.{}", BASE64.encode(header.to_string()), BASE64.encode(claims.to_string()));
        let signature = key.sign(&random, signed.as_bytes()).map_err(failed)?;
        Ok(format!("{signed}.{}", BASE64.encode(signature)))
    }

    /// The account's key, PKCS#8; made if it has none.
    fn token_key(&self, issuer: &str) -> Result<Vec<u8>> {
        if let Some(kept) = self.setting::<String>(TOKEN_KEY)? {
            let sealed = STANDARD.decode(kept).map_err(failed)?;
            return STANDARD.decode(&*self.store.vault.unseal(issuer, &sealed)?).map_err(failed);
        }
        let made = EcdsaKeyPair::generate_pkcs8(&ES384, &SystemRandom::new()).map_err(failed)?;
        let sealed = self.seal(issuer, &STANDARD.encode(made.as_ref()))?;
        self.set_setting(TOKEN_KEY, &STANDARD.encode(sealed))?;
        Ok(made.as_ref().to_vec())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::store::jwt::Jwt;
    use crate::store::kit::Kit;

    #[test]
    fn a_token_is_issued_while_the_feature_is_on() {
        let kit = Kit::new();
        let ask = |algorithm: &str| {
            let input = json!({"Audience": ["api.example.com"], "SigningAlgorithm": algorithm, "Tags": [{"Key": "a", "Value": "b"}]});
            kit.call("GetWebIdentityToken", input)
        };
        assert_eq!(ask("ES384").unwrap_err().code, "OutboundWebIdentityFederationDisabledException");
        let on = kit.call("EnableOutboundWebIdentityFederation", json!({})).unwrap();
        let (first, second) = (ask("ES384").unwrap(), ask("ES384").unwrap());
        let jwt = Jwt::read(first["WebIdentityToken"].as_str().unwrap()).unwrap();
        assert_eq!(jwt.claim("iss"), on["IssuerIdentifier"].as_str());
        assert_eq!(
            (jwt.audiences(), jwt.claim("sub")),
            (vec!["api.example.com"], Some("arn:aws:iam::123456789012:root"))
        );
        assert_eq!(jwt.claims["https://sts.amazonaws.com/"]["request_tags"], json!({"a": "b"}));
        let next = Jwt::read(second["WebIdentityToken"].as_str().unwrap()).unwrap();
        assert_ne!(jwt.claim("jti"), next.claim("jti"));
        assert_eq!(ask("RS256").unwrap_err().code, "InvalidParameterValue");
    }
}
