//! Who can be reached from outside: roles that trust somebody beyond the account.
//!
//! Follows IAM Access Analyzer's external access findings, with the account as the zone of trust: other accounts, their
//! users and roles, identity providers and anyone at all are outside; AWS services are not. Conditions on who asks
//! narrow "anyone" to those they name. Whether anything is left when all statements are taken together, denials
//! included, is for the policy engine to say.

use std::sync::Arc;

use serde::Serialize;

use super::clause::{once, spelling};
use super::{Answer, People, Subject};
use crate::iam::Arn;
use crate::policy::compiled::{ActionName, Compiled};
use crate::policy::condition::Context;
use crate::policy::decision::{self, Attached, Policies, Principal, Request};
use crate::policy::document::{ConditionBlock, Document, Effect, Principals, Statement};
use crate::policy::json::Span;

/// The ways to become a role.
const ASSUME: &str = "sts:AssumeRole";
const WITH_SAML: &str = "sts:AssumeRoleWithSAML";
const WITH_WEB_IDENTITY: &str = "sts:AssumeRoleWithWebIdentity";
/// Somebody in an account that is nobody's.
const ANYONE: &str = "arn:aws:iam::000000000000:user/anyone";
/// Conditions on where a request comes from: what they let through is not public.
const NETWORK: [&str; 6] =
    ["aws:sourceip", "aws:vpcsourceip", "aws:sourcevpc", "aws:sourcevpce", "aws:sourcevpcarn", "aws:sourceaccount"];

/// What sort of outsider.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ExternalKind {
    /// Anyone with an AWS account.
    Public,
    /// Everybody of another account that the account lets.
    Account,
    /// One user, role or session of another account.
    Principal,
    /// The accounts of an organization.
    Organization,
    /// Whom an identity provider vouches for.
    Federated,
    /// An AWS service.
    Service,
}

impl ExternalKind {
    /// The word before its name.
    pub fn word(self) -> &'static str {
        match self {
            Self::Public => "anyone",
            Self::Account => "account",
            Self::Principal => "outsider",
            Self::Organization => "organization",
            Self::Federated => "identity provider",
            Self::Service => "service",
        }
    }
}

/// A condition that narrows who gets in.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Narrowing {
    /// `StringEquals`
    pub operator: String,
    /// `sts:ExternalId`
    pub key: String,
    /// What it is compared with.
    pub values: Vec<String>,
}

/// A role that somebody outside can become.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct External {
    /// The role.
    pub role: String,
    /// Its ARN.
    pub role_arn: String,
    /// What sort of outsider.
    pub kind: ExternalKind,
    /// Who: an account id, an ARN, a provider, `*`.
    pub who: String,
    /// Whether that is everybody in the world.
    pub is_public: bool,
    /// By which actions.
    pub actions: Vec<&'static str>,
    /// The conditions of the statement.
    pub conditions: Vec<Narrowing>,
    /// The condition keys it hangs on, denials included.
    pub depends_on: Vec<String>,
    /// Which statement of the trust policy, from 1.
    pub statement: usize,
    /// Where it stands.
    #[serde(skip)]
    pub span: Span,
}

/// Somebody whom a statement names.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Named {
    kind: ExternalKind,
    who: String,
}

/// Who outside can assume which roles of the account, by role.
pub fn external(people: &People) -> Vec<External> {
    let outside = people.roles().flat_map(|role| of_role(people, role));
    outside.filter(|found| found.kind != ExternalKind::Service).collect()
}

/// Who outside can become one role by one action, services included.
pub(super) fn outsiders(people: &People, role: &Subject, action: &str) -> Vec<External> {
    let mut found = of_role(people, role);
    found.retain(|one| one.actions.iter().any(|one| one.eq_ignore_ascii_case(action)));
    found
}

/// Who outside can become one role, services included, by statement.
pub(super) fn of_role(people: &People, role: &Subject) -> Vec<External> {
    let Some(trust) = &role.trust else { return Vec::new() };
    let document = Document::parse(&*trust.text);
    let mut found = Vec::new();
    for (index, statement) in document.statements().iter().enumerate() {
        if statement.effect() != Some(Effect::Allow) {
            continue;
        }
        let conditions = narrowings(statement);
        let named = once(
            named(statement, people.account.id.as_str())
                .into_iter()
                .flat_map(|one| narrowed(one, statement, people.account.id.as_str())),
        );
        for one in named {
            let Some((actions, depends_on)) = entry(role, &trust.policy, index, &one) else { continue };
            let is_network = |narrowing: &Narrowing| NETWORK.contains(&&*narrowing.key.to_ascii_lowercase());
            found.push(External {
                role: role.name.clone(),
                role_arn: role.arn.clone(),
                is_public: one.kind == ExternalKind::Public && !conditions.iter().any(is_network),
                kind: one.kind,
                who: one.who,
                actions,
                conditions: conditions.clone(),
                depends_on,
                statement: index + 1,
                span: statement.span,
            });
        }
    }
    found
}

/// Whom a statement names beyond the account.
fn named(statement: &Statement, account: &str) -> Vec<Named> {
    let public = || Named { kind: ExternalKind::Public, who: "*".into() };
    match (&statement.principal, &statement.not_principal) {
        // All but some.
        (None, Some(_)) => vec![public()],
        (None, None) => Vec::new(),
        (Some(field), _) => match &field.value {
            Principals::Single(item) if item.is_star() => vec![public()],
            Principals::Single(_) => Vec::new(),
            Principals::Typed(entries) => {
                let of = |kind: &str, text: &str| match kind {
                    "AWS" if text == "*" => Some(public()),
                    "AWS" => aws(text, account),
                    "Federated" => Some(Named { kind: ExternalKind::Federated, who: text.to_owned() }),
                    "Service" => Some(Named { kind: ExternalKind::Service, who: text.to_owned() }),
                    _ => None,
                };
                let entries =
                    entries.iter().flat_map(|entry| entry.values.texts().map(|text| (&*entry.kind.text, text)));
                entries.filter_map(|(kind, text)| of(kind, text)).collect()
            }
        },
    }
}

/// An account, or a principal of one, if it is not this one. A unique id is what is left of somebody who was deleted.
fn aws(text: &str, account: &str) -> Option<Named> {
    if text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return (text != account).then(|| Named { kind: ExternalKind::Account, who: text.to_owned() });
    }
    let arn: Arn = text.parse().ok()?;
    if arn.account == account {
        return None;
    }
    if arn.resource == "root" {
        return Some(Named { kind: ExternalKind::Account, who: arn.account });
    }
    Some(Named { kind: ExternalKind::Principal, who: text.to_owned() })
}

/// "Anyone", narrowed by conditions on who asks to those that they name; nobody, if all of those are of the account.
fn narrowed(named: Named, statement: &Statement, account: &str) -> Vec<Named> {
    if named.kind != ExternalKind::Public {
        return vec![named];
    }
    for block in statement.conditions().iter().filter(|block| is_positive(block)) {
        for key in &block.keys {
            let of = |text: &str| match &*key.key.text.to_ascii_lowercase() {
                "aws:principalaccount" => Some(aws(text, account)),
                "aws:principalarn" => Some(arn_pattern(text, account)),
                "aws:principalorgid" | "aws:principalorgpaths" => {
                    Some(Some(Named { kind: ExternalKind::Organization, who: text.to_owned() }))
                }
                _ => None,
            };
            let found: Option<Vec<Option<Named>>> = key.values.texts().map(of).collect();
            if let Some(found) = found.filter(|found| !found.is_empty()) {
                return found.into_iter().flatten().collect();
            }
        }
    }
    vec![named]
}

/// Those whose ARN fits; anyone, if the pattern leaves the account open.
fn arn_pattern(text: &str, account: &str) -> Option<Named> {
    match text.split(':').nth(4) {
        Some(id) if id.contains(['*', '?']) => Some(Named { kind: ExternalKind::Public, who: "*".into() }),
        Some(id) if id == account => None,
        Some(_) => Some(Named { kind: ExternalKind::Principal, who: text.to_owned() }),
        None => Some(Named { kind: ExternalKind::Public, who: "*".into() }),
    }
}

/// Whether an operator lets through only what fits.
fn is_positive(block: &ConditionBlock) -> bool {
    let name = block.operator.text.rsplit(':').next().unwrap_or_default();
    ["StringEquals", "StringEqualsIgnoreCase", "StringLike", "ArnEquals", "ArnLike"].contains(&name)
}

fn narrowings(statement: &Statement) -> Vec<Narrowing> {
    let of = |block: &ConditionBlock| {
        let operator = block.operator.text.clone();
        let one = |key: &crate::policy::document::ConditionKey| Narrowing {
            operator: operator.clone(),
            key: key.key.text.clone(),
            values: key.values.texts().map(str::to_owned).collect(),
        };
        block.keys.iter().map(one).collect::<Vec<_>>()
    };
    statement.conditions().iter().flat_map(of).collect()
}

/// By which actions of a statement the trust policy as a whole lets somebody in, and the condition keys it hangs on.
fn entry(
    role: &Subject,
    trust: &Arc<Compiled>,
    index: usize,
    named: &Named,
) -> Option<(Vec<&'static str>, Vec<String>)> {
    let actions: &[&'static str] = match named.kind {
        ExternalKind::Federated if named.who.contains(":saml-provider/") => &[WITH_SAML],
        ExternalKind::Federated => &[WITH_WEB_IDENTITY],
        _ => &[ASSUME],
    };
    let statement = trust.rules().iter().find(|rule| rule.index == index)?;
    let (mut open, mut keys) = (Vec::new(), Vec::new());
    for action in actions.iter().filter(|action| statement.actions.matches(&ActionName::new(action))) {
        let answer = try_entry(role, trust, action, named);
        if Answer::of(&answer).0 != Answer::No {
            open.push(*action);
        }
        if let decision::Answer::Depends { keys: found, .. } = answer {
            keys.extend(found.iter().map(|key| spelling(key)));
        }
    }
    (!open.is_empty()).then(|| (open, once(keys)))
}

fn try_entry(role: &Subject, trust: &Arc<Compiled>, action: &str, named: &Named) -> decision::Answer {
    let (principal, account) = match named.kind {
        ExternalKind::Account => {
            (Principal::parse(&format!("arn:aws:iam::{}:user/anyone", named.who)), Some(named.who.clone()))
        }
        ExternalKind::Principal if !named.who.contains(['*', '?']) => {
            let principal = Principal::parse(&named.who);
            let account = principal.account().map(str::to_owned);
            (principal, account)
        }
        ExternalKind::Public | ExternalKind::Organization | ExternalKind::Principal => (Principal::parse(ANYONE), None),
        ExternalKind::Federated | ExternalKind::Service => (Principal::parse(&named.who), None),
    };
    let mut request = Request::new(principal, action, role.arn.as_str());
    request.context = Context::open();
    request.context.set("aws:PrincipalIsAWSService", [(named.kind == ExternalKind::Service).to_string()]);
    if let Some(account) = account {
        request.context.set("aws:PrincipalAccount", [account]);
    }
    if named.kind == ExternalKind::Principal && !named.who.contains(['*', '?']) {
        request.context.set("aws:PrincipalArn", [&named.who]);
    }
    let all = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#;
    let policies = Policies {
        identity: vec![Attached::new("their own", Compiled::parse(all))],
        resource: Some(Attached::new("trust policy", Arc::clone(trust))),
        ..Policies::default()
    };
    decision::answer(&request, &policies)
}

impl External {
    /// Who, in words: `account 111122223333`.
    pub fn whom(&self) -> String {
        match self.kind {
            ExternalKind::Public => "anyone with an AWS account".into(),
            ExternalKind::Account => format!("account {}", self.who),
            ExternalKind::Organization => format!("organization {}", self.who),
            ExternalKind::Principal => self.who.clone(),
            ExternalKind::Federated => {
                let name = self.who.split_once("-provider/").map_or(self.who.as_str(), |(_, name)| name);
                format!("identities of {name}")
            }
            ExternalKind::Service => format!("the service {}", self.who),
        }
    }

    /// The conditions, in words: `if sts:ExternalId is examplecorp-7f21`.
    pub fn conditions_text(&self) -> String {
        let one = |narrowing: &Narrowing| {
            let verb = if narrowing.operator.contains("Not") {
                "is not"
            } else if narrowing.operator.contains("Like") {
                "is like"
            } else {
                "is"
            };
            format!("{} {verb} {}", narrowing.key, narrowing.values.join(" or "))
        };
        self.conditions.iter().map(one).collect::<Vec<_>>().join(" and ")
    }
}
