//! Role trust policies: which way each principal assumes the role, and what identity providers must be held to (IAM User
//! Guide, "Create a role for a third-party identity provider").

use super::checks::{error, security, suggestion, warning};
use super::{Check, Edit, Family, Finding, HELD_MAX, Linter};
use crate::policy::catalog;
use crate::policy::condition::{Operator, Quantifier};
use crate::policy::document::{ConditionKey, Field, Item, Items, PrincipalEntry, Principals, Statement};
use crate::policy::wildcard;

const GITHUB: &str = "token.actions.githubusercontent.com";
/// What IAM Roles Anywhere does with a role.
const ANYWHERE: [&str; 3] = ["sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession"];

pub(super) fn check(linter: &mut Linter<'_>, statement: &Statement) {
    if linter.family != Family::Trust {
        return;
    }
    let Some(Principals::Typed(entries)) = statement.principal.as_ref().map(|field| &field.value) else { return };
    let named = |kind: &'static str| {
        entries.iter().filter(move |entry| entry.kind.text == kind).flat_map(|entry| &entry.values.items)
    };
    let federated: Vec<&Item> = named("Federated").collect();
    for item in &federated {
        syntax(linter, item);
    }
    if !super::allows(statement) {
        return;
    }
    if let Some(action) = &statement.action {
        mismatched(linter, entries, action);
        if named("Service").any(|item| item.text.starts_with("rolesanywhere.amazonaws.com")) {
            anywhere(linter, &action.value, action);
        }
    }
    for item in federated.into_iter().take(HELD_MAX) {
        if let Some(host) = Provider::of(&item.text).and_then(Provider::host) {
            identities(linter, statement, item, host);
        }
    }
    let principals: Vec<&Item> = named("AWS").collect();
    sessions(linter, &principals);
}

/// Where federated users come from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Provider<'t> {
    Saml,
    /// The host, and what may follow it.
    Web(&'t str),
}

impl<'t> Provider<'t> {
    fn of(text: &'t str) -> Option<Self> {
        if let Some(rest) = text.strip_prefix("arn:") {
            let resource = rest.splitn(5, ':').nth(4)?;
            return match resource.split_once('/')? {
                ("saml-provider", name) if !name.is_empty() => Some(Self::Saml),
                ("oidc-provider", host) if host.contains('.') && !host.contains("://") => Some(Self::Web(host)),
                _ => None,
            };
        }
        let host = text.split('/').next().unwrap_or_default();
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
        (host.contains('.') && host.chars().all(plain)).then_some(Self::Web(text))
    }

    fn host(self) -> Option<&'t str> {
        if let Self::Web(host) = self { Some(host) } else { None }
    }
}

fn syntax(linter: &mut Linter<'_>, item: &Item) {
    if Provider::of(&item.text).is_some() || item.text.contains(['*', '?']) {
        return;
    }
    let finding = Finding::new(&error::INVALID_FEDERATED_PRINCIPAL_SYNTAX_IN_ROLE_TRUST_POLICY, item.span);
    let bare = item.text.replacen("https://", "", 1);
    linter.push(if Provider::of(&bare).is_some() {
        finding.noted("leave out https://").fixed(format!("Use {bare}"), vec![Edit::string(item.span, &bare)])
    } else {
        finding
    });
}

/// The actions that assume a role, each for its own kind of principal.
fn mismatched(linter: &mut Linter<'_>, entries: &[PrincipalEntry], action: &Field<Items>) {
    for item in action.value.items.iter().take(HELD_MAX) {
        let name = item.text.to_ascii_lowercase();
        let fits = |entry: &PrincipalEntry, principal: &Item| {
            let provider = (entry.kind.text == "Federated").then(|| Provider::of(&principal.text));
            match name.as_str() {
                "sts:assumerole" => provider.is_none(),
                "sts:assumerolewithsaml" => matches!(provider, Some(None | Some(Provider::Saml))),
                "sts:assumerolewithwebidentity" => matches!(provider, Some(None | Some(Provider::Web(_)))),
                _ => true,
            }
        };
        let all = entries.iter().flat_map(|entry| entry.values.items.iter().map(move |value| (entry, value)));
        let mut wrong = all.filter(|(entry, value)| !fits(entry, value)).map(|(_, value)| value);
        let Some(first) = wrong.next() else { continue };
        let finding = Finding::new(&error::MISMATCHED_ACTION_FOR_PRINCIPAL, item.span).also(first.span);
        let finding = wrong.fold(finding, |finding, value| finding.also(value.span));
        linter.push(match right(entries) {
            Some(name) => finding.fixed(format!("Use {name}"), vec![Edit::string(item.span, name)]),
            None => finding,
        });
    }
}

/// The action for all principals, where they are of one kind.
fn right(entries: &[PrincipalEntry]) -> Option<&'static str> {
    let mut all = entries.iter().flat_map(|entry| entry.values.items.iter().map(move |value| (entry, value)));
    let of = |(entry, value): (&PrincipalEntry, &Item)| {
        if entry.kind.text != "Federated" {
            return Some("sts:AssumeRole");
        }
        Provider::of(&value.text).map(|provider| match provider {
            Provider::Saml => "sts:AssumeRoleWithSAML",
            Provider::Web(_) => "sts:AssumeRoleWithWebIdentity",
        })
    };
    let first = all.next().and_then(of)?;
    all.all(|pair| of(pair) == Some(first)).then_some(first)
}

fn anywhere(linter: &mut Linter<'_>, actions: &Items, field: &Field<Items>) {
    let lacks = |name: &&str| !actions.texts().any(|text| wildcard::matches(text, name, wildcard::Case::Insensitive));
    let missing: Vec<&str> = ANYWHERE.iter().filter(|name| lacks(name)).copied().collect();
    if missing.is_empty() {
        return;
    }
    let mut names: Vec<&str> = actions.texts().collect();
    names.extend(&missing);
    let edit = Edit { span: field.span, text: serde_json::Value::from(names).to_string() };
    let finding = Finding::new(&error::MISSING_ACTION_FOR_ROLES_ANYWHERE_TRUST_POLICY, field.span);
    linter.push(finding.noted(format!("{} is missing", missing.join(", "))).fixed("Add what is missing", vec![edit]));
}

/// What a condition tests of one identity provider.
fn identities(linter: &mut Linter<'_>, statement: &Statement, item: &Item, host: &str) {
    let own = |key: &&ConditionKey| key.key.text.rsplit_once(':').is_some_and(|(prefix, _)| is_host(prefix, host));
    let all = || statement.conditions().iter().flat_map(|block| block.keys.iter().map(move |key| (block, key)));
    if is_host(GITHUB, host) {
        let subject = all().find(|(_, key)| own(key) && key.key.text.to_ascii_lowercase().ends_with(":sub"));
        match subject {
            None => {
                let finding = Finding::new(&security::MISSING_GITHUB_REPO_CONDITION_KEY, item.span);
                linter.push(finding.noted(format!("test {GITHUB}:sub, as repo:owner/name:ref:refs/heads/main")));
            }
            Some((_, key)) => github(linter, key),
        }
    } else if !all().any(|(_, key)| own(&key)) {
        let finding = Finding::new(&security::MISSING_CONDITION_KEY_FOR_OIDC_PRINCIPAL, item.span);
        linter.push(finding.noted(format!("test {host}:sub or {host}:aud")));
    }
    for (block, key) in all().filter(|(_, key)| own(key) && key.key.text.to_ascii_lowercase().ends_with(":aud")) {
        let quantifier = Operator::parse(&block.operator.text).and_then(|operator| operator.quantifier);
        if let Some(check) = quantifier.and_then(|quantifier| audience(&key.key.text, quantifier)) {
            linter.find(check, key.key.span);
        }
    }
}

/// Whether a provider's name stands for that host. Keys leave out what follows the host, for some providers.
fn is_host(name: &str, host: &str) -> bool {
    let bare = host.split('/').next().unwrap_or_default();
    name.eq_ignore_ascii_case(host) || name.eq_ignore_ascii_case(bare)
}

/// AWS lists the providers whose audience it knows to be one.
fn audience(key: &str, quantifier: Quantifier) -> Option<&'static Check> {
    match (catalog::condition_key(key), quantifier) {
        (Some(known), Quantifier::Any) if !known.multivalued => Some(&security::FORANYVALUE_WITH_AUDIENCE_CLAIM_TYPE),
        (Some(_), _) => None,
        (None, _) => Some(&suggestion::CONFIRM_AUDIENCE_CLAIM_TYPE),
    }
}

/// A subject of GitHub is `repo:owner/name:…`; what follows names a branch, a tag or an environment.
fn github(linter: &mut Linter<'_>, key: &ConditionKey) {
    for item in &key.values.items {
        let mut parts = item.text.splitn(3, ':');
        let (kind, repository, place) = (parts.next(), parts.next().unwrap_or_default(), parts.next());
        let open = |text: &str| text.contains(['*', '?']);
        let whole = |place: &str| place == "*" || place.ends_with(":*") || place.ends_with("refs/*");
        if kind.is_some_and(open) || open(repository) || place.is_none_or(whole) {
            linter.find(&warning::SPECIFIC_GITHUB_REPO_AND_BRANCH_RECOMMENDED, item.span);
        }
    }
}

/// Sessions of roles that are listed themselves.
fn sessions(linter: &mut Linter<'_>, principals: &[&Item]) {
    let is_session = |item: &&&Item| item.text.contains(":assumed-role/");
    for item in principals.iter().filter(is_session).take(HELD_MAX) {
        let Some((head, session)) = item.text.split_once(":assumed-role/") else { continue };
        let account = head.rsplit(':').next().unwrap_or_default();
        let role = session.split('/').next().unwrap_or_default();
        let is_role = |other: &&&Item| {
            let parts = other.text.split_once(":role/");
            parts.is_some_and(|(head, path)| head.ends_with(account) && path.rsplit('/').next() == Some(role))
        };
        if let Some(whole) = principals.iter().find(is_role) {
            let edit = Edit::remove(linter.text(), item.span);
            let finding = Finding::new(&suggestion::REDUNDANT_PRINCIPAL_IN_ROLE_TRUST_POLICY, item.span);
            linter.push(finding.also(whole.span).fixed("Remove the session", vec![edit]));
        }
    }
}
