//! Sessions of roles, however they are asked for: the role and its trust policy, what a request for it knows, how long it lasts.

use super::account::{self, Account};
use super::error::Result;
use super::session_context::{add_resource_tags, set_claims};
use super::tx::{Entity, Tx};
use crate::api::sts::{AssumedRoleUser, Credentials};
use crate::iam::{Arn, Caller, Error, Kind, Session};
use crate::policy::condition::Context;
use crate::policy::decision::{Attached, Policies, Principal, Request, decide};

/// How long a session lasts unless the call says, and at most along a chain of roles.
const HOUR: i64 = 3600;

/// A role that somebody asks for, perhaps of another account of the store.
pub(super) struct Target {
    pub account: Account,
    pub role: Entity,
    /// Its trust policy, as it counts now.
    trust: String,
    max_seconds: i64,
    tags: Vec<(String, String)>,
}

/// Refuses what is no ARN, in STS's words.
pub(super) fn check_arn(text: &str) -> Result<()> {
    text.parse::<Arn>().map(|_| ()).map_err(|_| Error::validation(format!("{text} is invalid")).into())
}

/// Refuses what is no role's ARN, as STS does it where no key signs the call.
pub(super) fn check_role_arn(text: &str) -> Result<()> {
    let arn = text.parse::<Arn>().ok().filter(|arn| arn.service == "iam" && arn.resource.starts_with("role/"));
    arn.map(|_| ()).ok_or_else(|| Error::validation("Request ARN is invalid").into())
}

impl Target {
    /// How long a session lasts. The role's own limit is looked at before that of a chain (observed on AWS).
    ///
    /// # Errors
    /// `ValidationError` for longer than the role, or a chain of roles, lets it.
    pub(super) fn seconds(&self, asked: Option<i64>, chained: bool) -> Result<i64> {
        let seconds = asked.unwrap_or(HOUR);
        if seconds > self.max_seconds {
            let message = "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.";
            return Err(Error::validation(message).into());
        }
        if chained && seconds > HOUR {
            let message =
                "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.";
            return Err(Error::validation(message).into());
        }
        Ok(seconds)
    }
}

/// Whom an identity provider vouches for, and what it says.
#[derive(Clone, Copy, Debug)]
pub(super) struct Vouched<'a> {
    /// `sts:AssumeRoleWithSAML` or `sts:AssumeRoleWithWebIdentity`.
    pub action: &'a str,
    /// The provider's ARN.
    pub provider: &'a str,
    /// The session's name.
    pub name: &'a str,
    /// Condition keys that only the trust policy sees, besides those of the session.
    pub keys: &'a [(String, String)],
}

impl Vouched<'_> {
    /// STS's refusal, which says no more than that.
    pub(super) fn denied(action: &str) -> Error {
        Error::access_denied(format!("Not authorized to perform {action}"))
    }
}

impl Tx<'_> {
    /// The role with that ARN, of whatever account of the store.
    pub(super) fn target(&self, arn: &str) -> Result<Option<Target>> {
        let account = arn.split(':').nth(4).unwrap_or_default();
        let Some(account) = account::find(self.sql, account)? else { return Ok(None) };
        let there = Tx { account: &account, ..*self };
        let Some(role) = there.find_arn(arn)?.filter(|entity| entity.kind == Kind::Role) else { return Ok(None) };
        let sql = "SELECT trust, trusted, max_session FROM role WHERE entity = ?1";
        let row = there.one(sql, [role.id], |row| Ok((row.get(0)?, row.get::<_, String>(1)?, row.get(2)?)))?;
        let Some((trust, trusted, max_seconds)) = row else { return Ok(None) };
        let trust = there.shown_trust(trust, &trusted)?;
        let tags = there.tags(role.id)?.unwrap_or_default().into_iter().map(|tag| (tag.key, tag.value)).collect();
        Ok(Some(Target { account, role, trust, max_seconds, tags }))
    }

    pub(super) fn trust_policy(&self, target: &Target) -> Attached {
        Attached::new(target.role.arn.clone(), self.store.compiled.get(&target.trust))
    }

    /// A request for the role, with what is known of role and session.
    pub(super) fn role_request(&self, target: &Target, action: &str, session: &Session) -> Request {
        let mut request = Request::new(Principal::parse(&self.caller_arn()), action, target.role.arn.clone());
        let context = &mut request.context;
        for (key, value) in &session.tags {
            context.set(&format!("aws:RequestTag/{key}"), [value]);
        }
        if !session.tags.is_empty() {
            context.set("aws:TagKeys", session.tags.iter().map(|(key, _)| key));
        }
        if !session.transitive.is_empty() {
            context.set("sts:TransitiveTagKeys", &session.transitive);
        }
        if let Some(identity) = &session.source_identity {
            context.set("sts:SourceIdentity", [identity]);
        }
        add_resource_tags(context, &target.tags);
        context.set("aws:ResourceAccount", [target.account.id.as_str()]);
        context.set("aws:CurrentTime", [self.now.to_string()]);
        context.set("aws:EpochTime", [self.seconds().to_string()]);
        for (key, values) in self.origin.into_iter().flat_map(Context::values) {
            context.set(key, values);
        }
        request
    }

    /// Makes the session of a role.
    pub(super) fn role_session(
        &self,
        target: &Target,
        name: &str,
        session: Session,
        seconds: i64,
    ) -> Result<(AssumedRoleUser, Credentials)> {
        let (account, role) = (&target.account, &target.role);
        let arn = format!("arn:{}:sts::{}:assumed-role/{}/{name}", account.partition, account.id, role.name);
        let id = format!("{}:{name}", role.uid);
        let who = Caller::AssumedRole { arn: arn.clone(), id: id.clone() };
        let session = Session { holder: role.uid.clone(), ..session };
        let credentials = self.mint(account, who, session, seconds)?;
        Ok((AssumedRoleUser { assumed_role_id: id, arn }, credentials))
    }

    /// Refuses what the role's trust policy does not let through for somebody of an identity provider.
    ///
    /// # Errors
    /// `AccessDenied`.
    pub(super) fn check_vouched(&self, target: &Target, session: &Session, vouched: &Vouched<'_>) -> Result<()> {
        let mut request = self.role_request(target, vouched.action, session);
        request.principal = Principal::parse(vouched.provider);
        request.context.set("sts:RoleSessionName", [vouched.name]);
        request.context.set("aws:FederatedProvider", [vouched.provider]);
        set_claims(&mut request.context, session.claims.iter().chain(vouched.keys));
        let policies = Policies { resource: Some(self.trust_policy(target)), ..Policies::default() };
        let mut actions = vec![vouched.action];
        actions.extend((!session.tags.is_empty()).then_some("sts:TagSession"));
        actions.extend(session.source_identity.as_ref().map(|_| "sts:SetSourceIdentity"));
        for action in actions {
            request.set_action(action);
            if !decide(&request, &policies).is_allowed() {
                return Err(Vouched::denied(vouched.action).into());
            }
        }
        Ok(())
    }
}
