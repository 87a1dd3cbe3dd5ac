//! `AssumeRole`: who may have a session of a role, for how long, and with what.
//!
//! The caller's own policies and the role's trust policy decide together, as the policy engine says. A session's tags,
//! source identity and MFA are condition keys of the decision (User Guide, "IAM and AWS STS condition context keys").

use super::error::Result;
use super::perform::Perform;
use super::principal::PrincipalPolicies;
use super::role_sessions::{Target, check_arn};
use super::session_context::{add_caller, add_session_policies};
use super::session_policies::Limits;
use super::tx::{Entity, Tx};
use crate::api::sts::{AssumeRole, AssumeRoleOutput};
use crate::iam::{Caller, Error, Kind, Session};
use crate::policy::decision::{Outcome, Policies, Request, decide};

impl Perform for AssumeRole {
    fn perform(&self, tx: &Tx<'_>) -> Result<AssumeRoleOutput> {
        let limits = Limits {
            policy: self.policy.as_deref(),
            policy_arns: self.policy_arns.as_deref().unwrap_or_default(),
            tags: self.tags.as_deref().unwrap_or_default(),
            transitive: self.transitive_tag_keys.as_deref().unwrap_or_default(),
        };
        check_arn(&self.role_arn)?;
        let packed = tx.check_limits(&limits)?;
        if *tx.caller.who() == Caller::Root {
            return Err(Error::access_denied("Roles may not be assumed by root accounts.").into());
        }
        let Some(target) = tx.target(&self.role_arn)? else { return Err(tx.may_not_assume(&self.role_arn).into()) };
        self.check_source_identity(tx)?;
        let session = self.session(tx, &limits)?;
        self.decide(tx, &target, &session)?;
        let chained = tx.caller.session().is_some();
        let seconds = target.seconds(self.duration_seconds, chained)?;
        let source_identity = session.source_identity.clone();
        let (user, credentials) = tx.role_session(&target, &self.role_session_name, session, seconds)?;
        Ok(AssumeRoleOutput {
            credentials: Some(credentials),
            assumed_role_user: Some(user),
            packed_policy_size: packed,
            source_identity,
            ..AssumeRoleOutput::default()
        })
    }
}

impl AssumeRole {
    /// What the new session carries: what is asked for, and what it inherits from the calling one.
    fn session(&self, tx: &Tx<'_>, limits: &Limits<'_>) -> Result<Session> {
        let mut session = limits.session();
        let shown = tx.shown_mfa(self.serial_number.as_deref(), self.token_code.as_deref())?;
        session.mfa = shown.then(|| tx.moment()).or_else(|| tx.caller.session().and_then(|calling| calling.mfa));
        session.source_identity.clone_from(&self.source_identity);
        if let Some(calling) = tx.caller.session() {
            let inherited: Vec<_> = calling.inherited().cloned().collect();
            session.transitive.extend(inherited.iter().map(|(key, _)| key.clone()));
            session.tags.extend(inherited);
            session.source_identity = session.source_identity.or_else(|| calling.source_identity.clone());
        }
        Ok(session)
    }

    /// Refuses what caller, role and session policies do not let through.
    fn decide(&self, tx: &Tx<'_>, target: &Target, session: &Session) -> Result<()> {
        let mut request = tx.role_request(target, "sts:AssumeRole", session);
        request.context.set("sts:RoleSessionName", [&self.role_session_name]);
        if let Some(external_id) = &self.external_id {
            request.context.set("sts:ExternalId", [external_id]);
        }
        let found = tx.caller_policies()?;
        add_caller(&mut request.context, (tx.account, tx.caller), found.as_ref(), tx.now);
        // MFA that is shown with this call counts for the trust policy, as that of the calling session does.
        let mfa = session.mfa.map(|at| tx.seconds() - at.as_second());
        if let Some(age) = mfa {
            request.context.set("aws:MultiFactorAuthPresent", ["true"]);
            request.context.set("aws:MultiFactorAuthAge", [age.to_string()]);
        }
        let mut policies = found.map(|found| found.policies).unwrap_or_default();
        add_session_policies(tx, tx.caller.session(), &mut policies)?;
        policies.resource = Some(tx.trust_policy(target));
        judge(&request, &policies)?;
        // Tags and source identity that the calling session hands on need permission like those asked for.
        if !session.tags.is_empty() {
            request.set_action("sts:TagSession");
            judge(&request, &policies)?;
        }
        if session.source_identity.is_some() {
            request.set_action("sts:SetSourceIdentity");
            judge(&request, &policies)?;
        }
        Ok(())
    }

    /// Refuses another source identity than the calling session has.
    fn check_source_identity(&self, tx: &Tx<'_>) -> Result<()> {
        let calling = tx.caller.session().and_then(|calling| calling.source_identity.as_ref());
        if calling.zip(self.source_identity.as_ref()).is_some_and(|(has, wants)| has != wants) {
            let message = "The source identity is already set for this assume role session";
            return Err(Error::validation(message).into());
        }
        Ok(())
    }
}

/// Refuses a request that the policies do not allow. STS names the policies that deny, but not those that say nothing
/// (observed on AWS).
fn judge(request: &Request, policies: &Policies) -> Result<()> {
    let decision = decide(request, policies);
    match decision.outcome {
        Outcome::Allowed => Ok(()),
        Outcome::ExplicitDeny => Err(Error::access_denied(decision.access_denied(request).unwrap_or_default()).into()),
        Outcome::ImplicitDeny => {
            let Request { principal, resource, .. } = request;
            let name = &principal.name;
            let action = request.action();
            let message = format!("User: {name} is not authorized to perform: {action} on resource: {resource}");
            Err(Error::access_denied(message).into())
        }
    }
}

impl Tx<'_> {
    fn may_not_assume(&self, role_arn: &str) -> Error {
        let caller = self.caller_arn();
        Error::access_denied(format!(
            "User: {caller} is not authorized to perform: sts:AssumeRole on resource: {role_arn}"
        ))
    }

    /// The policies of the caller itself.
    pub(super) fn caller_policies(&self) -> Result<Option<PrincipalPolicies>> {
        let entity = match self.caller.who() {
            Caller::User { name, .. } => self.find(Kind::User, name)?,
            _ => self.holder_entity()?,
        };
        entity.map(|entity| self.principal_policies(&entity)).transpose()
    }

    fn holder_entity(&self) -> Result<Option<Entity>> {
        let sql =
            format!("SELECT {} FROM entity e WHERE e.uid = ?1 AND e.uid <> '' AND e.account = ?2", super::tx::ENTITY);
        self.one(&sql, rusqlite::params![self.holder(), self.account.row], Entity::read)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::api::CreateUser;
    use crate::api::sts::{AssumeRole, AssumeRoleOutput};
    use crate::iam::{Caller, Error};
    use crate::store::kit::Kit;

    const ROLE: &str = "arn:aws:iam::123456789012:role/r";

    /// A store with the user ann, who may assume roles and tag sessions, and with roles that trust the account.
    struct Scene {
        kit: Kit,
        ann: Caller,
    }

    impl Scene {
        fn new() -> Self {
            let kit = Kit::new();
            let made = kit.ok(&CreateUser { user_name: "ann".into(), ..CreateUser::default() }).user.unwrap();
            let ann = Caller::User { name: made.user_name, arn: made.arn, id: made.user_id };
            let scene = Self { kit, ann };
            scene.allow("ann", &json!(["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"]));
            scene
        }

        fn allow(&self, entity: &str, actions: &Value) {
            let document = json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": actions, "Resource": "*"}]});
            let sql =
                "INSERT INTO inline_policy (entity, name, document) SELECT id, 'p', ?2 FROM entity WHERE name = ?1";
            self.kit.store.write(|db| Ok(db.execute(sql, (entity, document.to_string()))?)).unwrap();
        }

        /// Makes a role that the account trusts under a condition.
        fn role(&self, name: &str, condition: &Value) {
            let trust = json!({"Version": "2012-10-17", "Statement": [{
                "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::123456789012:root"},
                "Action": ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"], "Condition": condition,
            }]});
            let sql = "INSERT INTO entity (account, kind, name, name_key, arn, uid, created)
                       VALUES (1, 3, ?1, ?1, 'arn:aws:iam::123456789012:role/' || ?1, 'AROA' || ?1, 1)";
            self.kit
                .store
                .write(|db| {
                    db.execute(sql, [name])?;
                    Ok(db.execute(
                        "INSERT INTO role (entity, trust) VALUES (last_insert_rowid(), ?1)",
                        [trust.to_string()],
                    )?)
                })
                .unwrap();
        }

        fn assume(&self, caller: &Caller, call: &AssumeRole) -> Result<AssumeRoleOutput, Error> {
            self.kit.store.perform(&self.kit.account, caller, call).map_err(|e| e.iam().unwrap().clone())
        }

        /// The caller that the answer's credentials stand for.
        fn caller(&self, made: AssumeRoleOutput) -> Caller {
            let id = made.credentials.unwrap().access_key_id;
            self.kit.store.credential(&self.kit.account, &id).unwrap().unwrap().caller
        }
    }

    fn call(role: &str) -> AssumeRole {
        AssumeRole { role_arn: role.into(), role_session_name: "session".into(), ..AssumeRole::default() }
    }

    #[test]
    fn a_session_has_the_name_of_its_role() {
        let scene = Scene::new();
        scene.role("r", &json!({}));
        let made = scene.assume(&scene.ann, &call(ROLE)).unwrap();
        let user = made.assumed_role_user.clone().unwrap();
        assert_eq!(user.arn, "arn:aws:sts::123456789012:assumed-role/r/session");
        assert_eq!((user.assumed_role_id.as_str(), made.packed_policy_size), ("AROAr:session", None));
        let caller = scene.caller(made);
        assert_eq!(caller.arn("aws", "123456789012"), user.arn);
        assert_eq!(
            scene.assume(&Caller::Root, &call(ROLE)).unwrap_err().message,
            "Roles may not be assumed by root accounts."
        );
        assert_eq!(
            scene.assume(&scene.ann, &call("nothing-valid-in-here")).unwrap_err().message,
            "nothing-valid-in-here is invalid"
        );
        let unknown = scene.assume(&scene.ann, &call("arn:aws:iam::123456789012:role/unknown")).unwrap_err();
        assert_eq!(
            unknown.message,
            "User: arn:aws:iam::123456789012:user/ann is not authorized to perform: sts:AssumeRole on resource: \
             arn:aws:iam::123456789012:role/unknown"
        );
    }

    #[test]
    fn the_trust_policy_asks_for_external_id_and_mfa() {
        let scene = Scene::new();
        scene.role("r", &json!({"StringEquals": {"sts:ExternalId": "secret"}}));
        scene.role("mfa", &json!({"Bool": {"aws:MultiFactorAuthPresent": "true"}}));
        assert_eq!(scene.assume(&scene.ann, &call(ROLE)).unwrap_err().code, "AccessDenied");
        let with = AssumeRole { external_id: Some("secret".into()), ..call(ROLE) };
        scene.assume(&scene.ann, &with).unwrap();
        let mfa = call("arn:aws:iam::123456789012:role/mfa");
        assert_eq!(scene.assume(&scene.ann, &mfa).unwrap_err().code, "AccessDenied");
        let Caller::Temporary { who, mut session } = scene.caller(scene.assume(&scene.ann, &with).unwrap()) else {
            panic!("not a session")
        };
        session.mfa = Some(session.issued);
        scene.allow("r", &json!("sts:AssumeRole"));
        scene.assume(&Caller::Temporary { who, session }, &mfa).unwrap();
    }

    #[test]
    fn a_caller_without_permission_is_refused() {
        let scene = Scene::new();
        scene.role("r", &json!({}));
        scene.kit.store.write(|db| Ok(db.execute("DELETE FROM inline_policy", [])?)).unwrap();
        let error = scene.assume(&scene.ann, &call(ROLE)).unwrap_err();
        assert_eq!(
            error.message,
            "User: arn:aws:iam::123456789012:user/ann is not authorized to perform: sts:AssumeRole on resource: \
             arn:aws:iam::123456789012:role/r"
        );
    }

    #[test]
    fn a_session_lasts_as_long_as_role_and_chain_let_it() {
        let scene = Scene::new();
        scene.role("r", &json!({}));
        let two_hours = AssumeRole { duration_seconds: Some(7200), ..call(ROLE) };
        let message = |error: Error| error.message;
        assert_eq!(
            message(scene.assume(&scene.ann, &two_hours).unwrap_err()),
            "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."
        );
        scene.kit.store.write(|db| Ok(db.execute("UPDATE role SET max_session = 7200", [])?)).unwrap();
        let session = scene.caller(scene.assume(&scene.ann, &two_hours).unwrap());
        scene.allow("r", &json!("sts:AssumeRole"));
        assert_eq!(
            message(scene.assume(&session, &two_hours).unwrap_err()),
            "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining."
        );
        scene.assume(&session, &call(ROLE)).unwrap();
    }

    #[test]
    fn transitive_tags_and_the_source_identity_pass_along_a_chain() {
        let scene = Scene::new();
        scene.role("r", &json!({}));
        scene.role("next", &json!({"StringEquals": {"aws:PrincipalTag/team": "red", "sts:SourceIdentity": "ann"}}));
        scene.allow("r", &json!(["sts:AssumeRole", "sts:TagSession"]));
        let tag = |key: &str, value: &str| crate::api::sts::Tag { key: key.into(), value: value.into() };
        let tagged = AssumeRole {
            tags: Some(vec![tag("team", "red"), tag("other", "x")]),
            transitive_tag_keys: Some(vec!["Team".into()]),
            source_identity: Some("ann".into()),
            ..call(ROLE)
        };
        let first = scene.assume(&scene.ann, &tagged).unwrap();
        assert_eq!((first.packed_policy_size, first.source_identity.as_deref()), (Some(1), Some("ann")));
        let first = scene.caller(first);
        let next = call("arn:aws:iam::123456789012:role/next");
        assert_eq!(
            scene.assume(&first, &next).unwrap_err().message,
            "User: arn:aws:sts::123456789012:assumed-role/r/session is not authorized to perform: sts:SetSourceIdentity \
             on resource: arn:aws:iam::123456789012:role/next"
        );
        let sql = "UPDATE inline_policy SET document = replace(document, 'sts:TagSession', 'sts:*')";
        scene.kit.store.write(|db| Ok(db.execute(sql, [])?)).unwrap();
        let other = AssumeRole { source_identity: Some("bob".into()), ..next.clone() };
        let error = scene.assume(&first, &other).unwrap_err();
        assert_eq!(
            (error.code.as_ref(), error.message.as_str()),
            ("ValidationError", "The source identity is already set for this assume role session")
        );
        let second = scene.caller(scene.assume(&first, &next).unwrap());
        let carried = second.session().unwrap();
        assert_eq!(carried.tags, [("team".to_owned(), "red".to_owned())]);
        assert_eq!(carried.source_identity.as_deref(), Some("ann"));
        let conflict = AssumeRole { tags: Some(vec![tag("TEAM", "blue")]), ..next };
        assert_eq!(
            scene.assume(&first, &conflict).unwrap_err().message,
            "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session."
        );
    }

    #[test]
    fn a_session_policy_limits_what_comes_after() {
        let scene = Scene::new();
        scene.role("r", &json!({}));
        scene.allow("r", &json!("sts:AssumeRole"));
        let policy =
            json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]});
        let limited = AssumeRole { policy: Some(policy.to_string()), ..call(ROLE) };
        let session = scene.caller(scene.assume(&scene.ann, &limited).unwrap());
        let error = scene.assume(&session, &call(ROLE)).unwrap_err();
        assert_eq!(error.code, "AccessDenied");
        let denying = policy.to_string().replace("s3:*", "sts:*").replace("Allow", "Deny");
        let denied = AssumeRole { policy: Some(denying), ..call(ROLE) };
        let session = scene.caller(scene.assume(&scene.ann, &denied).unwrap());
        let error = scene.assume(&session, &call(ROLE)).unwrap_err();
        assert!(error.message.ends_with("with an explicit deny in a session policy"), "{}", error.message);
    }
}
