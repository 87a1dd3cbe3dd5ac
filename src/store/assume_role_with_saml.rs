//! `AssumeRoleWithSAML`: a session of a role for whoever a SAML provider vouches for.
//!
//! The provider is one of the role's account; the response is read by [`super::saml`]. Follows the API reference, and the
//! User Guide, "Configure SAML assertions for the authentication response".

use std::collections::HashMap;

use super::error::Result;
use super::perform::Perform;
use super::role_sessions::{Target, Vouched, check_arn, check_role_arn};
use super::saml::assertion::{Assertion, Expected};
use super::saml::keys::{self, Voucher};
use super::saml_metadata::Metadata;
use super::session_policies::Limits;
use super::tx::{Entity, Tx};
use crate::api::sts::{AssumeRoleWithSAML, AssumeRoleWithSAMLOutput, Tag};
use crate::iam::{Error, Session};

const ACTION: &str = "sts:AssumeRoleWithSAML";
/// A provider that encrypts takes no assertion that is not.
const REQUIRED: &str = "Required";
/// How short the session may be that a provider asks for.
const SECONDS_MIN: i64 = 900;

fn invalid(message: &str) -> Error {
    Error::invalid_identity_token(message)
}

impl Perform for AssumeRoleWithSAML {
    fn perform(&self, tx: &Tx<'_>) -> Result<AssumeRoleWithSAMLOutput> {
        check_role_arn(&self.role_arn)?;
        check_arn(&self.principal_arn)?;
        let target = tx.target(&self.role_arn)?.ok_or_else(|| Vouched::denied(ACTION))?;
        let there = Tx { account: &target.account, ..*tx };
        let (provider, assertion) = there.asserted(self)?;
        let voucher = Voucher { account: there.account.id.as_str(), name: &provider.name };
        let name = session_name(&assertion)?;
        let (tags, transitive) = session_tags(&assertion)?;
        let limits = Limits {
            policy: self.policy.as_deref(),
            policy_arns: self.policy_arns.as_deref().unwrap_or_default(),
            tags: &tags,
            transitive: &transitive,
        };
        let packed = there.check_limits(&limits)?;
        let session = Session {
            source_identity: source_identity(&assertion)?,
            provider: Some(provider.arn.clone()),
            claims: keys::lasting(&assertion, voucher),
            ..limits.session()
        };
        let keys = keys::of_trust(&assertion, voucher);
        let claim = Vouched { action: ACTION, provider: &provider.arn, name, keys: &keys };
        there.check_vouched(&target, &session, &claim)?;
        let seconds = there.lasts(&assertion, &target, self.duration_seconds)?;
        let source_identity = session.source_identity.clone();
        let (user, credentials) = there.role_session(&target, name, session, seconds)?;
        Ok(AssumeRoleWithSAMLOutput {
            credentials: Some(credentials),
            assumed_role_user: Some(user),
            packed_policy_size: packed,
            name_qualifier: Some(voucher.qualifier(&assertion.issuer)),
            subject: Some(assertion.subject),
            subject_type: Some(assertion.subject_type),
            issuer: Some(assertion.issuer),
            audience: Some(assertion.recipient),
            source_identity,
            ..AssumeRoleWithSAMLOutput::default()
        })
    }
}

impl Tx<'_> {
    /// The provider, and what it asserts about this role and itself.
    fn asserted(&self, call: &AssumeRoleWithSAML) -> Result<(Entity, Assertion)> {
        let unknown = || invalid("Specified provider doesn't exist");
        let provider = self.saml_provider(&call.principal_arn).map_err(|error| error.refused_as(unknown))?;
        let sql = "SELECT metadata, uuid, encryption FROM saml_provider WHERE entity = ?1";
        let read = |row: &rusqlite::Row<'_>| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get(2)?));
        let (document, uuid, encryption): (_, _, String) = self.one(sql, [provider.id], read)?.ok_or_else(unknown)?;
        let metadata = Metadata::read(&document).ok_or_else(|| invalid("Could not parse metadata"))?;
        if metadata.valid_until.is_some_and(|until| until <= self.now) {
            return Err(invalid("The metadata of the specified provider is no longer valid").into());
        }
        if encryption == REQUIRED {
            return Err(invalid("The specified provider requires assertions to be encrypted").into());
        }
        let expected = Expected { partition: &self.account.partition, uuid: &uuid, now: self.now };
        let assertion = Assertion::read(&call.saml_assertion, &metadata, &expected)?;
        let pair = |value: &str| {
            let (one, other) = value.split_once(',').map(|(one, other)| (one.trim(), other.trim()))?;
            let (role, by) = (call.role_arn.as_str(), call.principal_arn.as_str());
            ((one, other) == (role, by) || (other, one) == (role, by)).then_some(())
        };
        if assertion.values("Role").find_map(pair).is_none() {
            return Err(Vouched::denied(ACTION).into());
        }
        Ok((provider, assertion))
    }

    /// How long the session lasts: what is asked for, unless the provider wants it shorter.
    fn lasts(&self, assertion: &Assertion, target: &Target, asked: Option<i64>) -> Result<i64> {
        let mut seconds = target.seconds(asked, false)?;
        if let Some(text) = assertion.values("SessionDuration").next() {
            let bad = || invalid("SessionDuration in AuthnResponse must be a number of seconds");
            seconds = seconds.min(text.parse::<i64>().ok().filter(|n| *n >= SECONDS_MIN).ok_or_else(bad)?);
        }
        if let Some(end) = assertion.session_ends {
            seconds = seconds.min(end.as_second() - self.seconds());
        }
        let late = || Error::expired_token_exception("The session of the assertion has ended");
        Ok(Some(seconds).filter(|seconds| *seconds > 0).ok_or_else(late)?)
    }
}

/// Whether it is `[a-zA-Z_0-9+=,.@-]{2,64}`.
fn is_name(text: &str) -> bool {
    (2..=64).contains(&text.len()) && text.chars().all(|c| c.is_ascii_alphanumeric() || "_+=,.@-".contains(c))
}

fn session_name(assertion: &Assertion) -> Result<&str> {
    let name = assertion.values("RoleSessionName").next();
    let name = name.ok_or_else(|| invalid("RoleSessionName is required in AuthnResponse"))?;
    if is_name(name) {
        return Ok(name);
    }
    Err(invalid("RoleSessionName in AuthnResponse must match [a-zA-Z_0-9+=,.@-]{2,64}").into())
}

fn source_identity(assertion: &Assertion) -> Result<Option<String>> {
    match assertion.values("SourceIdentity").next() {
        Some(text) if !is_name(text) || text.starts_with("aws:") => {
            let message = "Source Identity must match [a-zA-Z_0-9+=,.@-]{2,64} and not begin with \"aws:\"";
            Err(invalid(message).into())
        }
        identity => Ok(identity.map(str::to_owned)),
    }
}

/// The session tags of an assertion, and which of them are transitive.
fn session_tags(assertion: &Assertion) -> Result<(Vec<Tag>, Vec<String>)> {
    let mut tags: HashMap<String, &str> = HashMap::new();
    for (key, value) in assertion.tags() {
        if tags.insert(key.to_lowercase(), value).is_some_and(|other| other != value) {
            return Err(invalid("Duplicate tag keys found. Please note that Tag keys are case insensitive.").into());
        }
    }
    let mut kept = Vec::new();
    for (key, value) in assertion.tags() {
        if tags.remove(&key.to_lowercase()).is_some() {
            kept.push(Tag { key: key.to_owned(), value: value.to_owned() });
        }
    }
    Ok((kept, assertion.values("TransitiveTagKeys").map(str::to_owned).collect()))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::api::sts::{AssumeRoleWithSAML, AssumeRoleWithSAMLOutput};
    use crate::iam::Error;
    use crate::store::kit::Kit;
    use crate::store::saml::kit::{Provider, Said, Signs};

    const PROVIDER: &str = "arn:aws:iam::123456789012:saml-provider/corp";
    const ROLE: &str = "arn:aws:iam::123456789012:role/r";

    struct Scene {
        kit: Kit,
        provider: Provider,
    }

    impl Scene {
        fn new(condition: &Value) -> Self {
            let (kit, provider) = (Kit::new(), Provider::new("ecdsa-sha256"));
            kit.call("CreateSAMLProvider", json!({"Name": "corp", "SAMLMetadataDocument": provider.metadata()}))
                .unwrap();
            let trust = json!({"Version": "2012-10-17", "Statement": [{
                "Effect": "Allow", "Principal": {"Federated": PROVIDER}, "Condition": condition,
                "Action": ["sts:AssumeRoleWithSAML", "sts:TagSession", "sts:SetSourceIdentity"],
            }]});
            kit.call("CreateRole", json!({"RoleName": "r", "AssumeRolePolicyDocument": trust.to_string()})).unwrap();
            Self { kit, provider }
        }

        fn assume(&self, said: &Said) -> Result<AssumeRoleWithSAMLOutput, Error> {
            self.send(&self.provider.encoded(said, Signs::Assertion))
        }

        fn send(&self, response: &str) -> Result<AssumeRoleWithSAMLOutput, Error> {
            let call = AssumeRoleWithSAML {
                role_arn: ROLE.into(),
                principal_arn: PROVIDER.into(),
                saml_assertion: response.into(),
                ..AssumeRoleWithSAML::default()
            };
            let caller = &crate::iam::Caller::Root;
            self.kit.store.perform(&self.kit.account, caller, &call).map_err(|e| e.iam().unwrap().clone())
        }
    }

    #[test]
    fn whom_the_provider_vouches_for_gets_a_session() {
        let scene = Scene::new(&json!({
            "StringEquals": {
                "saml:aud": "https://signin.aws.amazon.com/saml", "saml:iss": "https://idp.example.com",
                "saml:sub_type": "persistent", "saml:doc": "123456789012/corp", "aws:RequestTag/team": "red",
            },
            "ForAnyValue:StringEquals": {"saml:eduPersonAffiliation": "staff"},
        }));
        let said = Said::default()
            .with("PrincipalTag:team", &["red"])
            .with("TransitiveTagKeys", &["team"])
            .with("SourceIdentity", &["ann"])
            .with("SessionDuration", &["1800"]);
        let made = scene.assume(&said).unwrap();
        assert_eq!(made.subject.as_deref(), Some("ann@example.com"));
        assert_eq!(made.subject_type.as_deref(), Some("persistent"));
        assert_eq!(made.issuer.as_deref(), Some("https://idp.example.com"));
        assert_eq!(made.audience.as_deref(), Some("https://signin.aws.amazon.com/saml"));
        assert_eq!(made.packed_policy_size, Some(1));
        assert_eq!(made.assumed_role_user.unwrap().arn, "arn:aws:sts::123456789012:assumed-role/r/ann");
        let id = made.credentials.unwrap().access_key_id;
        let caller = scene.kit.store.credential(&scene.kit.account, &id).unwrap().unwrap().caller;
        let session = caller.session().unwrap();
        assert_eq!(session.tags, [("team".to_owned(), "red".to_owned())]);
        assert_eq!(
            (session.transitive.as_slice(), session.source_identity.as_deref()),
            (&["team".to_owned()][..], Some("ann"))
        );
        assert_eq!(session.expires.as_second() - session.issued.as_second(), 1800);
        assert_eq!(
            session.claims.iter().map(|(key, _)| key.as_str()).collect::<Vec<_>>(),
            ["saml:namequalifier", "saml:sub", "saml:sub_type"]
        );
        assert_eq!(made.name_qualifier.as_ref(), session.claims.first().map(|(_, value)| value));
    }

    #[test]
    fn roles_and_provider_come_in_either_order() {
        let scene = Scene::new(&json!({}));
        scene.assume(&Said { role: format!("{PROVIDER}, {ROLE}"), ..Said::default() }).unwrap();
        let other = scene.assume(&Said { role: format!("{ROLE}2,{PROVIDER}"), ..Said::default() }).unwrap_err();
        assert_eq!(
            (other.code.as_ref(), other.message.as_str()),
            ("AccessDenied", "Not authorized to perform sts:AssumeRoleWithSAML")
        );
    }

    #[test]
    fn everything_that_is_asserted_is_checked() {
        let scene = Scene::new(&json!({"StringLike": {"saml:sub": "*@example.com"}}));
        let refused = |said: Said| {
            let error = scene.assume(&said).unwrap_err();
            (error.code.to_string(), error.message)
        };
        let said = Said::default;
        let code = |said: Said| refused(said).0;
        assert_eq!(code(Said { status: "Responder".into(), ..said() }), "IDPRejectedClaim");
        assert_eq!(
            refused(Said { audience: "https://other.example.com".into(), ..said() }).1,
            "Response does not contain the required audience."
        );
        assert_eq!(code(Said { recipient: "https://evil.example.com/saml".into(), ..said() }), "InvalidIdentityToken");
        assert_eq!(
            code(Said { recipient: "https://signin.aws.amazon.com.evil/saml".into(), ..said() }),
            "InvalidIdentityToken"
        );
        scene.assume(&Said { recipient: "https://eu-west-1.signin.aws.amazon.com/saml".into(), ..said() }).unwrap();
        assert_eq!(
            refused(Said { issued: "2026-01-02T02:50:00Z".into(), ..said() }),
            ("ExpiredTokenException".into(), "Token must be redeemed within 5 minutes of issuance".into())
        );
        assert_eq!(code(Said { ends: "2026-01-02T03:04:00Z".into(), ..said() }), "ExpiredTokenException");
        assert_eq!(code(Said { begins: "2026-01-02T04:04:00Z".into(), ..said() }), "InvalidIdentityToken");
        assert_eq!(code(Said { subject: "ann@other.example".into(), ..said() }), "AccessDenied");
        assert_eq!(
            refused(Said { name: String::new(), ..said() }).1,
            "RoleSessionName in AuthnResponse must match [a-zA-Z_0-9+=,.@-]{2,64}"
        );
        assert_eq!(code(said().with("SourceIdentity", &["aws:x"])), "InvalidIdentityToken");
        assert_eq!(
            refused(Said { issuer: "https://evil.example.com".into(), ..said() }).1,
            "Issuer not present in specified provider"
        );
    }

    #[test]
    fn only_the_providers_own_signature_counts() {
        let scene = Scene::new(&json!({}));
        let forged = Provider::new("ecdsa-sha256").encoded(&Said::default(), Signs::Both);
        let error = scene.send(&forged).unwrap_err();
        assert_eq!(
            (error.code.as_ref(), error.message.as_str()),
            ("InvalidIdentityToken", "Response signature invalid")
        );
        assert_eq!(scene.send("!!!!").unwrap_err().code, "InvalidIdentityToken");
        assert_eq!(scene.send("PGEvPg==").unwrap_err().code, "InvalidIdentityToken");
        scene.kit.call("DeleteSAMLProvider", json!({"SAMLProviderArn": PROVIDER})).unwrap();
        assert_eq!(scene.assume(&Said::default()).unwrap_err().message, "Specified provider doesn't exist");
    }
}
