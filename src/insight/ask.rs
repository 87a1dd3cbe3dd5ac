//! What is asked, and how it becomes a request: what follows from who asks is known, the rest is open.

use serde::Serialize;

use super::search::rank;
use super::{Error, People, Result, Subject, SubjectKind};
use crate::iam::Kind;
use crate::policy::catalog::{self, Action};
use crate::policy::compiled::{ActionName, Compiled, Rule};
use crate::policy::condition::Context;
use crate::policy::decision::{self, Attached, Policies, Request};
use crate::policy::effective::Asked;
use crate::store::{Account, Store};

/// The name of a policy that nobody wrote: what is taken for granted.
pub(super) const GRANTED: &str = "taken for granted";
/// Actions that are proposed.
const NEAR_MAX: usize = 3;

/// What is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Question {
    /// The action, as the catalog writes it.
    pub action: String,
    /// The resource; none asks about any.
    pub resource: Option<String>,
    /// What is known of the request. A key without values is one that the request does not have.
    pub context: Vec<(String, Vec<String>)>,
}

/// What an answer takes for granted, because the store does not hold it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Assumption {
    /// The resource is another account's, which must let this one in.
    OtherAccount(String),
    /// The key's policy leaves it to the account's IAM policies, as the one that KMS makes does.
    KeyPolicy,
    /// Each role's trust policy must allow it too.
    EachTrust,
    /// The action does not work on the resource that was asked about, but on these.
    OtherResource {
        /// `s3:GetObject`
        action: String,
        /// `object (arn:${Partition}:s3:::${BucketName}/${ObjectName})`; none where it works on no particular resource.
        works_on: Vec<String>,
    },
}

impl Assumption {
    /// In a sentence.
    pub fn sentence(&self) -> String {
        match self {
            Self::OtherAccount(id) => format!("It is taken for granted that the resource's policy in account {id} lets this account in."),
            Self::KeyPolicy => {
                "It is taken for granted that the key's policy leaves it to IAM policies, as the default key policy does.".into()
            }
            Self::EachTrust => "Each role's trust policy must allow it too: ask about a role.".into(),
            Self::OtherResource { action, works_on } if works_on.is_empty() => {
                format!("{action} works on no particular resource: AWS asks policies about `*`.")
            }
            Self::OtherResource { action, works_on } => {
                format!("{action} does not work on this resource, but on: {}.", works_on.join(", "))
            }
        }
    }
}

impl Serialize for Assumption {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.sentence())
    }
}

impl Question {
    /// Reads a question. The action must be one of a service; a resource is an ARN, `*`, or `role/NAME` of the account. Of
    /// the context each entry is `KEY=VALUE`, repeated for several values, or `KEY` for one that the request does not have.
    ///
    /// # Errors
    /// [`Error::UnknownAction`], [`Error::NotAResource`], [`Error::BadContext`].
    pub fn read(
        store: &Store,
        account: &Account,
        (action, resource): (&str, Option<&str>),
        context: &[String],
    ) -> Result<Self> {
        let Some(known) = catalog::action(action) else { return Err(unknown_action(action)) };
        let resource = resource.map(|text| read_resource(store, account, text)).transpose()?;
        Ok(Self { action: known.full_name(), resource, context: read_context(context)? })
    }

    /// What the catalog says of the action.
    pub(super) fn known(&self) -> Option<&'static Action> {
        catalog::action(&self.action)
    }

    /// Whether it asks to become a role, which the role's trust policy decides about too.
    pub(super) fn assumes(&self) -> bool {
        let action = self.action.to_ascii_lowercase();
        action.starts_with("sts:assumerole") || matches!(action.as_str(), "sts:tagsession" | "sts:setsourceidentity")
    }
}

fn unknown_action(name: &str) -> Error {
    if name.contains(['*', '?']) {
        return Error::ActionPattern(name.to_owned());
    }
    let service = name.split_once(':').and_then(|(prefix, _)| catalog::service(prefix));
    let names: Vec<String> = match service {
        Some(service) => service.actions().iter().map(Action::full_name).collect(),
        None => catalog::services().iter().flat_map(catalog::Service::actions).map(Action::full_name).collect(),
    };
    let asked = if service.is_some() { name } else { name.split_once(':').map_or(name, |(_, name)| name) };
    let near = rank::best(asked, &names, String::as_str, NEAR_MAX);
    let near = near.into_iter().filter_map(|(at, _)| names.get(at).cloned()).collect();
    Error::UnknownAction { name: name.to_owned(), near }
}

fn read_resource(store: &Store, account: &Account, text: &str) -> Result<String> {
    if text == "*" || text.starts_with("arn:") {
        return Ok(text.to_owned());
    }
    let kinds = [Kind::User, Kind::Role, Kind::Group, Kind::Policy];
    let named = text.split_once('/').and_then(|(word, rest)| {
        let kind = kinds.into_iter().find(|kind| kind.arn_type() == word)?;
        Some((kind, rest.rsplit('/').next().unwrap_or(rest)))
    });
    let found = match named {
        Some((kind, name)) => store.arn_of(account, kind, name)?,
        None => None,
    };
    found.ok_or_else(|| Error::NotAResource(text.to_owned()))
}

fn read_context(entries: &[String]) -> Result<Vec<(String, Vec<String>)>> {
    let mut context: Vec<(String, Vec<String>)> = Vec::new();
    for entry in entries {
        let (key, value) = entry.split_once('=').map_or((entry.as_str(), None), |(key, value)| (key, Some(value)));
        if key.is_empty() || !key.contains(':') {
            return Err(Error::BadContext(entry.clone()));
        }
        let value = value.map(str::to_owned);
        match context.iter_mut().find(|(known, _)| known.eq_ignore_ascii_case(key)) {
            Some((_, values)) => values.extend(value),
            None => context.push((key.to_owned(), value.into_iter().collect())),
        }
    }
    Ok(context)
}

/// A question made ready for anybody of an account.
pub(super) struct Asking<'a> {
    pub question: &'a Question,
    account: &'a Account,
    now: jiff::Timestamp,
    known: Option<&'static Action>,
    /// A policy that leaves everything to the account's own policies.
    lets_in: Attached,
}

/// One request, decided.
pub(super) struct Decided {
    pub request: Request,
    pub policies: Policies,
    pub answer: decision::Answer,
}

impl<'a> Asking<'a> {
    pub(super) fn new(question: &'a Question, account: &'a Account, now: jiff::Timestamp) -> Self {
        let text = format!(
            r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Principal":{{"AWS":"{}"}},"Action":"*","Resource":"*"}}]}}"#,
            account.id
        );
        let lets_in = Attached::new(GRANTED, Compiled::parse(&text));
        Self { question, account, now, known: question.known(), lets_in }
    }

    /// What is taken for granted where this resource is asked for.
    pub(super) fn assumption(&self, resource: &str) -> Option<Assumption> {
        let mut parts = resource.splitn(6, ':').skip(2);
        let (service, owner, id) = (parts.next(), parts.nth(1), parts.next());
        match owner {
            Some(owner) if is_account_id(owner) && owner != self.account.id.as_str() => {
                Some(Assumption::OtherAccount(owner.to_owned()))
            }
            _ if service == Some("kms") && id.is_some_and(|id| id.starts_with("key/")) => Some(Assumption::KeyPolicy),
            _ if self.question.assumes() && resource.contains('*') => Some(Assumption::EachTrust),
            _ => None,
        }
    }

    /// That the action does not work on the resource of the question.
    pub(super) fn mistaken(&self) -> Option<Assumption> {
        let (known, resource) = (self.known?, self.question.resource.as_ref()?);
        let one = |(kind, _): (&catalog::ResourceType, bool)| format!("{} ({})", kind.name, kind.arn);
        let works_on = || known.resource_types().map(one).collect();
        let is_right = Asked::of(known).works_on(resource);
        (!is_right).then(|| Assumption::OtherResource { action: known.full_name(), works_on: works_on() })
    }

    /// Decides whether the subject may do it to that resource, whose policy this is if it has one that is known.
    pub(super) fn decide(&self, subject: &Subject, resource: &str, policy: Option<Attached>) -> Decided {
        let mut request = Request::new(subject.principal(), &self.question.action, resource);
        // A pattern of a policy may leave the account open, and AWS's own policies belong to nobody's.
        request.resource_account = request.resource_account.filter(|id| is_account_id(id));
        request.context = self.context(subject, &request);
        let mut policies = Policies::clone(&subject.policies);
        policies.resource = policy.or_else(|| self.assumption(resource).map(|_| self.lets_in.clone()));
        let mut answer = decision::answer(&request, &policies);
        if let decision::Answer::Depends { keys, .. } = &answer {
            let impossible: Vec<String> = keys.iter().filter(|key| self.never_has(key)).cloned().collect();
            if !impossible.is_empty() {
                for key in &impossible {
                    request.context.set(key, [] as [String; 0]);
                }
                answer = decision::answer(&request, &policies);
            }
        }
        Decided { request, policies, answer }
    }

    /// Whether requests for the action never carry a key of its own service, by the Service Authorization Reference.
    fn never_has(&self, key: &str) -> bool {
        let Some(action) = self.known else { return false };
        let prefix = key.split(':').next().unwrap_or_default();
        action.service().is_some_and(|service| service.prefix == prefix) && !action.takes_key(key)
    }

    /// What is known of the request, given first; all else is unknown (IAM User Guide, "AWS global condition context keys").
    fn context(&self, subject: &Subject, request: &Request) -> Context {
        let mut context = Context::open();
        if !matches!(subject.kind, SubjectKind::Group | SubjectKind::Policy) {
            for (key, value) in request.principal.context() {
                context.set(key, [value]);
            }
            context.set("aws:PrincipalArn", [&subject.arn]);
        }
        if subject.kind == SubjectKind::User {
            context.set("aws:userid", [&subject.id]);
            // Nobody can tag a user's own requests; sessions of a role may bring tags along.
            context.close("aws:PrincipalTag/");
        }
        if subject.kind == SubjectKind::Role {
            context.set("aws:username", [] as [&str; 0]);
            if subject.id.contains(':') {
                context.set("aws:userid", [&subject.id]);
            }
        }
        for (key, value) in &subject.tags {
            context.set(&format!("aws:PrincipalTag/{key}"), [value]);
        }
        context.set("aws:CurrentTime", [self.now.to_string()]);
        context.set("aws:EpochTime", [self.now.as_second().to_string()]);
        if let Some(owner) = &request.resource_account {
            context.set("aws:ResourceAccount", [owner]);
        }
        for (key, values) in &self.question.context {
            context.set(key, values);
        }
        context
    }
}

impl People {
    /// The policy that stands at a resource, where it is one of the account's roles that is to be assumed.
    pub(super) fn trust_at(&self, question: &Question, resource: &str) -> Option<Attached> {
        let trust = self.role(resource).filter(|_| question.assumes())?.trust.as_ref()?;
        Some(Attached::new("trust policy", std::sync::Arc::clone(&trust.policy)))
    }

    /// Refuses a role of the account that is to be assumed and does not exist.
    pub(super) fn check_role(&self, question: &Question) -> Result<()> {
        match &question.resource {
            Some(arn) if question.assumes() && is_role_of(&self.account, arn) && self.role(arn).is_none() => {
                Err(Error::UnknownRole(arn.clone()))
            }
            _ => Ok(()),
        }
    }
}

/// Whether a rule may treat one principal otherwise than another of the same kind and account.
pub(super) fn is_personal(rule: &Rule) -> bool {
    let open = Context::open();
    let tells_apart = |key: &str| {
        matches!(key, "aws:username" | "aws:userid" | "aws:principalarn") || key.starts_with("aws:principaltag/")
    };
    rule.resources.unknown_keys(&open).any(tells_apart) || rule.unknown_keys(&open).any(|key| tells_apart(&key))
}

/// Whether policies may treat one who holds them otherwise than another, where an action is asked about.
pub(super) fn are_personal(policies: &Policies, action: &ActionName) -> bool {
    let all = policies.identity.iter().chain(policies.boundary.iter().flatten());
    let mut rules = all.flat_map(|one| one.policy.candidates(action)).filter(|rule| rule.actions.matches(action));
    rules.any(is_personal)
}

fn is_account_id(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether an ARN without wildcards names a role of the account.
pub(super) fn is_role_of(account: &Account, arn: &str) -> bool {
    arn.strip_prefix(&account.arn("role/")).is_some_and(|rest| !rest.contains(['*', '?']))
}
