//! `AssumeRoleWithWebIdentity`: a session of a role for whoever an OpenID Connect provider vouches for.
//!
//! The provider is the one of the role's account that issued the token; its signature is checked against the key set that
//! [`super::Store::set_provider_keys`] keeps. Follows the API reference, and the User Guide, "Available keys for AWS OIDC
//! federation" and "Passing session tags using AssumeRoleWithWebIdentity".

use serde_json::Value;

use super::account::Account;
use super::error::Result;
use super::jwt::Jwt;
use super::oidc_providers::Provider;
use super::open::Store;
use super::perform::Perform;
use super::role_sessions::{Vouched, check_role_arn};
use super::session_policies::Limits;
use super::tx::{Entity, Tx};
use crate::api::sts::{AssumeRoleWithWebIdentity, AssumeRoleWithWebIdentityOutput, Tag};
use crate::iam::{Caller, Error, Kind};

/// The claim that carries session tags.
const TAGS: &str = "https://aws.amazon.com/tags";
/// Claims that are condition keys for one provider only (User Guide, "Available keys for AWS OIDC federation").
const OWN_CLAIMS: [(&str, &[&str]); 2] = [
    (
        "token.actions.githubusercontent.com",
        &[
            "actor",
            "actor_id",
            "enterprise_id",
            "environment",
            "job_workflow_ref",
            "ref",
            "repository",
            "repository_id",
            "repository_owner",
            "repository_owner_id",
            "workflow",
        ],
    ),
    ("accounts.google.com", &["hd"]),
];
/// The claim that carries the source identity.
const SOURCE_IDENTITY: &str = "https://aws.amazon.com/source_identity";

const ACTION: &str = "sts:AssumeRoleWithWebIdentity";

fn bad_token(message: &str) -> Error {
    Error::invalid_identity_token(message)
}

impl Perform for AssumeRoleWithWebIdentity {
    fn perform(&self, tx: &Tx<'_>) -> Result<AssumeRoleWithWebIdentityOutput> {
        check_role_arn(&self.role_arn)?;
        // A provider is only named for an access token of OAuth 2.0, which nobody here can ask it about.
        if self.provider_id.is_some() {
            return Err(Vouched::denied(ACTION).into());
        }
        let jwt = Jwt::read(&self.web_identity_token).ok_or_else(|| {
            bad_token("The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)")
        })?;
        let target = tx.target(&self.role_arn)?.ok_or_else(|| Vouched::denied(ACTION))?;
        let there = Tx { account: &target.account, ..*tx };
        let (entity, provider, _) = there.provider_of(&jwt)?;
        let audience = there.check_token(&jwt, &provider)?;
        let tags = session_tags(&jwt.claims);
        let limits = Limits {
            policy: self.policy.as_deref(),
            policy_arns: self.policy_arns.as_deref().unwrap_or_default(),
            tags: &tags.0,
            transitive: &tags.1,
        };
        let packed = there.check_limits(&limits)?;
        let subject = jwt.claim("sub").unwrap_or_default().to_owned();
        let mut session = limits.session();
        session.source_identity = jwt.claim(SOURCE_IDENTITY).map(str::to_owned);
        session.provider = Some(entity.arn.clone());
        session.claims = claims(&jwt, &entity.name, &audience);
        let vouched = Vouched { action: ACTION, provider: &entity.arn, name: &self.role_session_name, keys: &[] };
        there.check_vouched(&target, &session, &vouched)?;
        let seconds = target.seconds(self.duration_seconds, false)?;
        let source_identity = session.source_identity.clone();
        let (user, credentials) = there.role_session(&target, &self.role_session_name, session, seconds)?;
        Ok(AssumeRoleWithWebIdentityOutput {
            credentials: Some(credentials),
            subject_from_web_identity_token: Some(subject),
            assumed_role_user: Some(user),
            packed_policy_size: packed,
            // Not the issuer's URL, whatever the API reference says (observed on AWS).
            provider: Some(entity.arn),
            audience: Some(audience),
            source_identity,
            ..AssumeRoleWithWebIdentityOutput::default()
        })
    }
}

/// The condition keys of a token: `idp.example.com:sub` and the like.
fn claims(jwt: &Jwt<'_>, provider: &str, audience: &str) -> Vec<(String, String)> {
    let own = OWN_CLAIMS.iter().find(|(host, _)| *host == provider).map_or(&[][..], |(_, names)| *names);
    let named = ["sub", "oaud", "amr", "email"].iter().chain(own);
    let given = named.flat_map(|name| jwt.texts(name).into_iter().map(|value| (*name, value)));
    given.chain([("aud", audience)]).map(|(name, value)| (format!("{provider}:{name}"), value.to_owned())).collect()
}

/// The session tags that a token carries, and which of them are transitive.
fn session_tags(claims: &Value) -> (Vec<Tag>, Vec<String>) {
    let tags = claims.get(TAGS).and_then(|tags| tags.get("principal_tags")).and_then(Value::as_object);
    let first = |value: &Value| value.as_str().or_else(|| value.get(0)?.as_str()).map(str::to_owned);
    let tags =
        tags.into_iter().flatten().filter_map(|(key, value)| Some(Tag { key: key.clone(), value: first(value)? }));
    let transitive = claims.get(TAGS).and_then(|tags| tags.get("transitive_tag_keys")).and_then(Value::as_array);
    let transitive = transitive.into_iter().flatten().filter_map(|key| key.as_str().map(str::to_owned));
    (tags.collect(), transitive.collect())
}

/// The provider that a token names as its issuer, for whoever fetches its keys.
#[derive(Clone, Debug)]
pub struct Issuer {
    /// The account it belongs to.
    pub account: Account,
    /// Its ARN.
    pub arn: String,
    /// `https://…`, as the token has it.
    pub url: String,
    /// Digests of the certificates that may vouch for it, in hex.
    pub thumbprints: Vec<String>,
    /// Whether a key that the store has bears the token out.
    pub is_known: bool,
}

impl Store {
    /// The provider whose keys a call of `AssumeRoleWithWebIdentity` needs; `None` where nothing could be made of it.
    ///
    /// # Errors
    /// When the store fails.
    pub fn issuer(&self, role_arn: &str, token: &str) -> Result<Option<Issuer>> {
        let account = role_arn.split(':').nth(4).unwrap_or_default();
        let (Some(account), Some(jwt)) = (self.account(account)?, Jwt::read(token)) else { return Ok(None) };
        self.read(|sql| {
            let tx =
                Tx { sql, store: self, account: &account, caller: &Caller::Anonymous, origin: None, now: self.now() };
            let (entity, provider, url) = match tx.provider_of(&jwt) {
                Err(super::Error::Iam(_)) => return Ok(None),
                found => found?,
            };
            let is_known = provider.keys.as_deref().is_some_and(|keys| jwt.is_signed_by(keys));
            let (account, thumbprints) = (account.clone(), provider.thumbprints);
            Ok(Some(Issuer { account, arn: entity.arn, url, thumbprints, is_known }))
        })
    }
}

impl Tx<'_> {
    /// The account's provider that issued the token, and the issuer as the token names it.
    fn provider_of(&self, jwt: &Jwt<'_>) -> Result<(Entity, Provider, String)> {
        let issuer = jwt.claim("iss").ok_or_else(|| bad_token("Missing a required claim: iss"))?;
        let name = issuer.strip_prefix("https://").unwrap_or(issuer);
        let entity = match self.find(Kind::OidcProvider, name)? {
            Some(entity) => Some(entity),
            None => self.find(Kind::OidcProvider, name.trim_end_matches('/'))?,
        };
        let missing = || bad_token(&format!("No OpenIDConnect provider found in your account for {issuer}"));
        let (entity, provider) = self.oidc_provider(&entity.ok_or_else(missing)?.arn)?;
        Ok((entity, provider, issuer.to_owned()))
    }

    /// The audience of a token that is good now.
    fn check_token(&self, jwt: &Jwt<'_>, provider: &Provider) -> Result<String> {
        let keys = provider.keys.as_deref().ok_or_else(|| {
            bad_token(
                "Couldn't retrieve verification key from your identity provider,  please reference \
                 AssumeRoleWithWebIdentity documentation for requirements",
            )
        })?;
        if !jwt.is_signed_by(keys) {
            return Err(bad_token("The signature of the token could not be verified.").into());
        }
        let expires =
            jwt.claims.get("exp").and_then(Value::as_i64).ok_or_else(|| bad_token("Missing a required claim: exp"))?;
        if expires <= self.seconds() {
            let message = format!(
                "Token expired: current date/time {} must be before the expiration date/time {expires}",
                self.seconds()
            );
            return Err(Error::expired_token_exception(message).into());
        }
        let mut audiences = jwt.claim("azp").into_iter().chain(jwt.audiences());
        let known = audiences.find(|audience| provider.clients.iter().any(|client| client == audience));
        Ok(known.ok_or_else(|| bad_token("Incorrect token audience"))?.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::api::CreateOpenIDConnectProvider;
    use crate::api::sts::AssumeRoleWithWebIdentity;
    use crate::store::jwt::tests::Signer;
    use crate::store::kit::Kit;

    const PROVIDER: &str = "arn:aws:iam::123456789012:oidc-provider/idp.example.com";
    const NEVER: i64 = 4_000_000_000;

    fn kit(signer: &Signer) -> Kit {
        let kit = Kit::new();
        kit.ok(&CreateOpenIDConnectProvider {
            url: "https://idp.example.com".into(),
            client_id_list: Some(vec!["app".into()]),
            ..CreateOpenIDConnectProvider::default()
        });
        kit.store.set_provider_keys(&kit.account, PROVIDER, &signer.keys()).unwrap();
        let trust = json!({"Version": "2012-10-17", "Statement": [{
            "Effect": "Allow", "Principal": {"Federated": PROVIDER}, "Action": ["sts:AssumeRoleWithWebIdentity", "sts:TagSession"],
            "Condition": {"StringEquals": {"idp.example.com:sub": "repo:main", "idp.example.com:aud": "app"}},
        }]});
        kit.call("CreateRole", json!({"RoleName": "r", "AssumeRolePolicyDocument": trust.to_string()})).unwrap();
        kit
    }

    fn claims() -> Value {
        json!({"iss": "https://idp.example.com", "sub": "repo:main", "aud": "app", "exp": NEVER})
    }

    fn call(token: String) -> AssumeRoleWithWebIdentity {
        AssumeRoleWithWebIdentity {
            role_arn: "arn:aws:iam::123456789012:role/r".into(),
            role_session_name: "session".into(),
            web_identity_token: token,
            ..AssumeRoleWithWebIdentity::default()
        }
    }

    #[test]
    fn whom_the_provider_vouches_for_gets_a_session() {
        let signer = Signer::new();
        let kit = kit(&signer);
        let mut tagged = claims();
        tagged["https://aws.amazon.com/tags"] =
            json!({"principal_tags": {"team": ["red"]}, "transitive_tag_keys": ["team"]});
        let made = kit.ok(&call(signer.sign(&tagged)));
        assert_eq!(made.subject_from_web_identity_token.as_deref(), Some("repo:main"));
        assert_eq!((made.provider.as_deref(), made.audience.as_deref()), (Some(PROVIDER), Some("app")));
        let id = made.credentials.unwrap().access_key_id;
        let caller = kit.store.credential(&kit.account, &id).unwrap().unwrap().caller;
        let session = caller.session().unwrap();
        assert_eq!(session.tags, [("team".to_owned(), "red".to_owned())]);
        assert_eq!(session.provider.as_deref(), Some(PROVIDER));
    }

    #[test]
    fn every_claim_is_checked() {
        let signer = Signer::new();
        let kit = kit(&signer);
        let refused = |change: Value| {
            let mut claims = claims();
            claims.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
            let error = kit.refused(&call(signer.sign(&claims)));
            (error.code.to_string(), error.message)
        };
        assert_eq!(
            refused(json!({"aud": "other"})),
            ("InvalidIdentityToken".into(), "Incorrect token audience".into())
        );
        assert_eq!(refused(json!({"exp": 1})).0, "ExpiredTokenException");
        assert_eq!(
            refused(json!({"sub": "repo:fork"})),
            ("AccessDenied".into(), "Not authorized to perform sts:AssumeRoleWithWebIdentity".into())
        );
        assert_eq!(
            refused(json!({"iss": "https://other.example.com"})).1,
            "No OpenIDConnect provider found in your account for https://other.example.com"
        );
        let opaque = AssumeRoleWithWebIdentity { provider_id: Some("www.amazon.com".into()), ..call("opaque".into()) };
        assert_eq!(kit.refused(&opaque).code, "AccessDenied");
        let provider = AssumeRoleWithWebIdentity { role_arn: PROVIDER.into(), ..call(signer.sign(&claims())) };
        let error = kit.refused(&provider);
        assert_eq!((error.code.as_ref(), error.message.as_str()), ("ValidationError", "Request ARN is invalid"));
        let forged = kit.refused(&call(Signer::new().sign(&claims())));
        assert_eq!(forged.code, "InvalidIdentityToken");
    }
}
