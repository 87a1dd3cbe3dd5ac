//! `GetWebIdentityToken`: a token that the account itself issues, for services outside AWS.
//!
//! Claims follow the User Guide, "Understanding token claims" of outbound identity federation. The account has a key for each
//! of the two algorithms, made when the first token that needs it is asked for, and kept sealed.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD as BASE64};
use jiff::SignedDuration;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P384_SHA384_FIXED_SIGNING as ES384, EcdsaKeyPair, RSA_PKCS1_SHA256, RsaKeyPair};
use rsa::RsaPrivateKey;
use rsa::pkcs1::EncodeRsaPrivateKey;
use rsa::rand_core::{CryptoRng, Error as RandomError, RngCore};
use serde_json::{Value, json};

use super::error::{Error as StoreError, Result};
use super::organization_features::{ISSUER, RSA_TOKEN_KEY, TOKEN_KEY};
use super::perform::Perform;
use super::tx::Tx;
use crate::api::sts::{GetWebIdentityToken, GetWebIdentityTokenOutput};
use crate::iam::{Caller, Error};
use crate::world::World;

/// How long a token is good unless the call says.
const DURATION_SECONDS: i64 = 300;
const RSA_BITS: usize = 2048;
/// Bytes of claims that fit a token; more than any call with tags within their limits needs.
const CLAIMS_BYTES_MAX: usize = 32 * 1024;

/// How a token is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Algorithm {
    Es384,
    Rs256,
}

impl Algorithm {
    fn of(name: &str) -> Result<Self> {
        match name {
            "ES384" => Ok(Self::Es384),
            "RS256" => Ok(Self::Rs256),
            other => Err(Error::invalid_parameter_value(format!("There is no signing algorithm {other}.")).into()),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Es384 => "ES384",
            Self::Rs256 => "RS256",
        }
    }

    /// Where the account keeps its key.
    fn setting(self) -> &'static str {
        match self {
            Self::Es384 => TOKEN_KEY,
            Self::Rs256 => RSA_TOKEN_KEY,
        }
    }

    /// A new key: PKCS#8 for ES384, PKCS#1 for RS256.
    fn make(self, world: &dyn World) -> Result<Vec<u8>> {
        match self {
            Self::Es384 => {
                let made = EcdsaKeyPair::generate_pkcs8(&ES384, &SystemRandom::new()).map_err(failed)?;
                Ok(made.as_ref().to_vec())
            }
            Self::Rs256 => {
                let key = RsaPrivateKey::new(&mut Randomness(world), RSA_BITS).map_err(failed)?;
                Ok(key.to_pkcs1_der().map_err(failed)?.as_bytes().to_vec())
            }
        }
    }

    fn sign(self, key: &[u8], message: &[u8]) -> Result<Vec<u8>> {
        let random = SystemRandom::new();
        match self {
            Self::Es384 => {
                let key = EcdsaKeyPair::from_pkcs8(&ES384, key, &random).map_err(failed)?;
                Ok(key.sign(&random, message).map_err(failed)?.as_ref().to_vec())
            }
            Self::Rs256 => {
                let key = RsaKeyPair::from_der(key).map_err(failed)?;
                let mut signature = vec![0; key.public().modulus_len()];
                key.sign(&RSA_PKCS1_SHA256, &random, message, &mut signature).map_err(failed)?;
                Ok(signature)
            }
        }
    }
}

/// The world's randomness, as the maker of RSA keys wants it.
struct Randomness<'w>(&'w dyn World);

impl RngCore for Randomness<'_> {
    fn next_u32(&mut self) -> u32 {
        let mut bytes = [0; 4];
        self.0.fill(&mut bytes);
        u32::from_le_bytes(bytes)
    }

    fn next_u64(&mut self) -> u64 {
        let mut bytes = [0; 8];
        self.0.fill(&mut bytes);
        u64::from_le_bytes(bytes)
    }

    fn fill_bytes(&mut self, bytes: &mut [u8]) {
        self.0.fill(bytes);
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> std::result::Result<(), RandomError> {
        self.0.fill(bytes);
        Ok(())
    }
}

impl CryptoRng for Randomness<'_> {}

impl Perform for GetWebIdentityToken {
    fn perform(&self, tx: &Tx<'_>) -> Result<GetWebIdentityTokenOutput> {
        let off = || {
            Error::outbound_web_identity_disabled("Outbound web identity federation is not enabled for this account.")
        };
        let issuer: String = tx.setting(ISSUER)?.ok_or_else(off)?;
        let algorithm = Algorithm::of(&self.signing_algorithm)?;
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
            "https://sts.amazonaws.com/": tx.told(self)?,
        });
        let token = tx.sign(algorithm, &issuer, &claims)?;
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
    fn told(&self, call: &GetWebIdentityToken) -> Result<Value> {
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
    fn sign(&self, algorithm: Algorithm, issuer: &str, claims: &Value) -> Result<String> {
        let claims = claims.to_string();
        if claims.len() > CLAIMS_BYTES_MAX {
            let message = format!("The token's payload has more than {CLAIMS_BYTES_MAX} bytes.");
            return Err(Error::jwt_payload_size_exceeded(message).into());
        }
        let header = json!({"alg": algorithm.name(), "typ": "JWT", "kid": format!("{}_0", algorithm.name())});
        let signed = format!("{}.{}", BASE64.encode(header.to_string()), BASE64.encode(claims));
        let signature = algorithm.sign(&self.token_key(algorithm, issuer)?, signed.as_bytes())?;
        Ok(format!("{signed}.{}", BASE64.encode(signature)))
    }

    /// The account's key; made if it has none.
    fn token_key(&self, algorithm: Algorithm, issuer: &str) -> Result<Vec<u8>> {
        if let Some(kept) = self.setting::<String>(algorithm.setting())? {
            let sealed = STANDARD.decode(kept).map_err(failed)?;
            return STANDARD.decode(&*self.store.vault.unseal(issuer, &sealed)?).map_err(failed);
        }
        let made = algorithm.make(self.store.world.as_ref())?;
        let sealed = self.seal(issuer, &STANDARD.encode(&made))?;
        self.set_setting(algorithm.setting(), &STANDARD.encode(sealed))?;
        Ok(made)
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
        assert_eq!(jwt.header()["alg"], "ES384");
        for _ in 0..2 {
            let token = ask("RS256").unwrap();
            let token = token["WebIdentityToken"].as_str().unwrap();
            assert_eq!(Jwt::read(token).unwrap().header()["alg"], "RS256");
            let signature = token.rsplit('.').next().unwrap();
            assert_eq!(signature.len(), 342, "a signature of 2048 bits");
        }
        assert_eq!(ask("none").unwrap_err().code, "ValidationError");
    }
}
