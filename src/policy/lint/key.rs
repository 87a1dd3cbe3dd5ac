//! Condition keys: that they are written as keys are, and that someone sets them.

use super::checks::{error, warning};
use super::{Edit, Finding, Linter};
use crate::policy::catalog::{self, ConditionKey as Known};
use crate::policy::document::ConditionKey;

/// What the catalog knows of a key, after saying what is wrong with its name.
pub(super) fn check(linter: &mut Linter<'_>, key: &ConditionKey) -> Option<&'static Known> {
    let name = key.key.text.as_str();
    if let Some(known) = catalog::condition_key(name).filter(|_| linter.names.has_key(name)) {
        return Some(known);
    }
    let Some((prefix, rest)) = name.split_once(':') else {
        linter.push(meant(Finding::new(&error::INVALID_CONDITION_KEY_FORMAT, key.key.span), key, name));
        return None;
    };
    if name.eq_ignore_ascii_case("aws:arn") {
        retired(linter, key);
    } else if lacks_tag(name) {
        linter.find(&error::MISSING_TAG_KEY_IN_CONDITION, key.key.span);
    } else if prefix.eq_ignore_ascii_case("aws") {
        linter.push(meant(Finding::new(&error::INVALID_GLOBAL_CONDITION_KEY, key.key.span), key, rest));
    } else if !is_namespace(prefix) {
        let listed = catalog::is_key_prefix(prefix) || catalog::service(prefix).is_some();
        let known = listed && linter.names.has_name(prefix);
        let check = if known { &error::INVALID_SERVICE_CONDITION_KEY } else { &error::INVALID_SERVICE };
        linter.find(check, key.key.span);
    }
    None
}

/// `aws:ARN` is an error and a renamed key at once; Access Analyzer lists both checks and does not say which one it gives.
fn retired(linter: &mut Linter<'_>, key: &ConditionKey) {
    let fix = || vec![Edit::string(key.key.span, "aws:PrincipalArn")];
    for check in [&error::UNSUPPORTED_GLOBAL_CONDITION_KEY, &warning::DEPRECATED_GLOBAL_CONDITION_KEY] {
        linter.push(Finding::new(check, key.key.span).fixed("Use aws:PrincipalArn", fix()));
    }
}

/// A global key of nearly that name.
fn meant(finding: Finding, key: &ConditionKey, name: &str) -> Finding {
    let near = catalog::global_keys().iter().filter_map(|known| {
        let known_name = known.name.strip_prefix("aws:")?;
        Some((super::action::distance(known_name, name, 2)?, known.name))
    });
    match near.min() {
        Some((_, name)) => finding.fixed(format!("Use {name}"), vec![Edit::string(key.key.span, name)]),
        None => finding,
    }
}

/// A tag key without its tag: `aws:ResourceTag` or `aws:ResourceTag/`.
fn lacks_tag(name: &str) -> bool {
    let bare = name.strip_suffix('/').unwrap_or(name);
    let tagged = format!("{bare}/tag");
    bare.to_ascii_lowercase().ends_with("tag") && catalog::condition_key(&tagged).is_some()
}

/// Whether a prefix belongs to an identity provider: one AWS lists, or the host of any other.
fn is_namespace(prefix: &str) -> bool {
    let listed = catalog::namespaces().iter().any(|space| space.name.eq_ignore_ascii_case(prefix));
    listed || prefix.contains('.')
}
