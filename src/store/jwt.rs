//! JSON Web Tokens (RFC 7519) of web identity providers: taken apart, and their signature checked against a key set.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P384_SHA384_FIXED, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_2048_8192_SHA384,
    RSA_PKCS1_2048_8192_SHA512, RsaPublicKeyComponents, UnparsedPublicKey,
};
use serde_json::Value;

/// A token taken apart. Nothing of it is to be believed before its signature was checked.
pub(super) struct Jwt<'t> {
    signed: &'t str,
    signature: Vec<u8>,
    header: Value,
    /// What the provider says.
    pub claims: Value,
}

impl<'t> Jwt<'t> {
    /// Takes a token apart; `None` for what is none.
    pub(super) fn read(text: &'t str) -> Option<Self> {
        let (signed, signature) = text.rsplit_once('.')?;
        let (header, claims) = signed.split_once('.')?;
        let json = |part: &str| serde_json::from_slice::<Value>(&BASE64.decode(part).ok()?).ok();
        let jwt =
            Self { signed, signature: BASE64.decode(signature).ok()?, header: json(header)?, claims: json(claims)? };
        Some(jwt).filter(|jwt| jwt.header.is_object() && jwt.claims.is_object())
    }

    /// What the header says, for the tests.
    #[cfg(test)]
    pub(super) fn header(&self) -> &Value {
        &self.header
    }

    /// A claim that is a text.
    pub(super) fn claim(&self, name: &str) -> Option<&str> {
        self.claims.get(name)?.as_str()
    }

    /// The audiences: one text, or several.
    pub(super) fn audiences(&self) -> Vec<&str> {
        self.texts("aud")
    }

    /// The texts of a claim that may be one or several.
    pub(super) fn texts(&self, name: &str) -> Vec<&str> {
        match self.claims.get(name) {
            Some(Value::String(one)) => vec![one.as_str()],
            Some(Value::Array(several)) => several.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        }
    }

    /// Whether a key of the set (RFC 7517) signed it. A token that names its key is checked with that one only.
    pub(super) fn is_signed_by(&self, keys: &str) -> bool {
        let Ok(set) = serde_json::from_str::<Value>(keys) else { return false };
        let named = self.header.get("kid").and_then(Value::as_str);
        let keys = set.get("keys").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        keys.iter()
            .filter(|key| named.is_none() || key.get("kid").and_then(Value::as_str) == named)
            .any(|key| self.verify(key).is_some())
    }

    fn verify(&self, key: &Value) -> Option<()> {
        let part = |name: &str| BASE64.decode(key.get(name)?.as_str()?.trim_end_matches('=')).ok();
        let algorithm = self.header.get("alg")?.as_str()?;
        let message = self.signed.as_bytes();
        let rsa = match algorithm {
            "RS256" => &RSA_PKCS1_2048_8192_SHA256,
            "RS384" => &RSA_PKCS1_2048_8192_SHA384,
            "RS512" => &RSA_PKCS1_2048_8192_SHA512,
            "ES256" | "ES384" => {
                let point = [vec![4], part("x")?, part("y")?].concat();
                let curve = if algorithm == "ES256" { &ECDSA_P256_SHA256_FIXED } else { &ECDSA_P384_SHA384_FIXED };
                return UnparsedPublicKey::new(curve, point).verify(message, &self.signature).ok();
            }
            _ => return None,
        };
        RsaPublicKeyComponents { n: part("n")?, e: part("e")? }.verify(rsa, message, &self.signature).ok()
    }
}

#[cfg(test)]
pub(super) mod tests {
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
    use ring::rand::SystemRandom;
    use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
    use serde_json::{Value, json};

    use super::Jwt;

    /// A provider's key, for the tests.
    pub(in crate::store) struct Signer(EcdsaKeyPair);

    impl Signer {
        pub(in crate::store) fn new() -> Self {
            let random = SystemRandom::new();
            let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
            Self(EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, document.as_ref(), &random).unwrap())
        }

        /// The key set that it publishes.
        pub(in crate::store) fn keys(&self) -> String {
            let point = self.0.public_key().as_ref();
            let part = |range: std::ops::Range<usize>| BASE64.encode(&point[range]);
            json!({"keys": [{"kty": "EC", "crv": "P-256", "kid": "k1", "x": part(1..33), "y": part(33..65)}]})
                .to_string()
        }

        pub(in crate::store) fn sign(&self, claims: &Value) -> String {
            let encode = |value: &Value| BASE64.encode(value.to_string());
            let signed = format!("{}.{}", encode(&json!({"alg": "ES256", "kid": "k1"})), encode(claims));
            let signature = self.0.sign(&SystemRandom::new(), signed.as_bytes()).unwrap();
            format!("{signed}.{}", BASE64.encode(signature))
        }
    }

    #[test]
    fn a_token_is_known_by_its_signature() {
        let (signer, other) = (Signer::new(), Signer::new());
        let token = signer.sign(&json!({"sub": "ann", "aud": ["a", "b"]}));
        let jwt = Jwt::read(&token).unwrap();
        assert_eq!((jwt.claim("sub"), jwt.audiences()), (Some("ann"), vec!["a", "b"]));
        assert!(jwt.is_signed_by(&signer.keys()));
        assert!(!jwt.is_signed_by(&other.keys()) && !jwt.is_signed_by("{}"));
        assert!(!jwt.is_signed_by(&signer.keys().replace("k1", "k2")), "another key is named");
    }

    #[test]
    fn what_is_changed_or_unsigned_is_not_believed() {
        let signer = Signer::new();
        let token = signer.sign(&json!({"sub": "ann"}));
        let (head, signature) = token.rsplit_once('.').unwrap();
        let (header, _) = head.split_once('.').unwrap();
        let forged = format!("{header}.{}.{signature}", BASE64.encode(r#"{"sub":"bob"}"#));
        assert!(!Jwt::read(&forged).unwrap().is_signed_by(&signer.keys()));
        let none = format!("{}.{}.", BASE64.encode(r#"{"alg":"none"}"#), BASE64.encode(r#"{"sub":"bob"}"#));
        assert!(!Jwt::read(&none).unwrap().is_signed_by(&signer.keys()));
        for bad in ["", "a.b", "a.b.c", "e30.W10.e30"] {
            assert!(Jwt::read(bad).is_none(), "{bad}");
        }
    }
}
