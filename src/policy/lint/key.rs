//! Condition keys: that they are written as keys are, and that someone sets them.

use super::checks::{error, warning};
use super::{Check, Edit, Finding, Linter, near};
use crate::policy::catalog::{self, ConditionKey as Known};
use crate::policy::document::ConditionKey;

/// What the catalog knows of a key, after saying what is wrong with its name.
pub(super) fn check(linter: &mut Linter<'_>, key: &ConditionKey) -> Option<&'static Known> {
    let name = key.key.text.as_str();
    if let Some(known) = catalog::condition_key(name).filter(|_| linter.names.has_key(name)) {
        return Some(known);
    }
    if let Some(bare) = name.strip_prefix("https://") {
        // Keys of identity providers begin with the host.
        doubt(linter, &error::INVALID_SERVICE, key, || Some(bare.to_owned()));
        return None;
    }
    let Some((prefix, rest)) = name.split_once(':') else {
        doubt(linter, &error::INVALID_CONDITION_KEY_FORMAT, key, || global(name));
        return None;
    };
    if name.eq_ignore_ascii_case("aws:arn") {
        retired(linter, key);
    } else if lacks_tag(name) {
        linter.find(&error::MISSING_TAG_KEY_IN_CONDITION, key.key.span);
    } else if prefix.eq_ignore_ascii_case("aws") {
        doubt(linter, &error::INVALID_GLOBAL_CONDITION_KEY, key, || global(rest));
    } else if !is_namespace(prefix) {
        let listed = catalog::is_key_prefix(prefix) || catalog::service(prefix).is_some();
        let known = listed && linter.names.has_name(prefix);
        let check = if known { &error::INVALID_SERVICE_CONDITION_KEY } else { &error::INVALID_SERVICE };
        doubt(linter, check, key, || of_service(prefix, rest));
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

/// Notes a name that does not exist, with the one that was most likely meant.
fn doubt(linter: &mut Linter<'_>, check: &'static Check, key: &ConditionKey, meant: impl Fn() -> Option<String>) {
    let finding = Finding::new(check, key.key.span);
    let meant = if linter.guess() { meant() } else { None };
    linter.push(match meant {
        Some(name) => finding
            .noted(format!("did you mean {name}?"))
            .fixed(format!("Use {name}"), vec![Edit::string(key.key.span, &name)]),
        None => finding,
    });
}

/// The global key that a name without its `aws:` is nearest to.
fn global(name: &str) -> Option<String> {
    nearest(name, catalog::global_keys().iter().filter(|known| known.name.starts_with("aws:")))
}

/// The key of a service that a name is nearest to; or the global key of just that name.
fn of_service(prefix: &str, name: &str) -> Option<String> {
    let known = catalog::service(prefix).map_or(&[][..], |service| service.condition_keys());
    let own = known.iter().filter(|known| known.name.split(':').next().is_some_and(|p| p.eq_ignore_ascii_case(prefix)));
    let whole = || catalog::condition_key(&format!("aws:{name}")).map(|_| format!("aws:{name}"));
    nearest(name, own).or_else(whole)
}

/// The nearest of the keys, with the tag that the name ends with.
fn nearest<'k>(name: &str, keys: impl Iterator<Item = &'k Known>) -> Option<String> {
    // A tag follows a slash; a colon is a slip.
    let (head, tag) = name.split_once(['/', ':']).map_or((name, None), |(head, tag)| (head, Some(tag)));
    let fitting = keys.filter(|known| known.variable_prefix().is_some() == tag.is_some());
    let named = fitting.filter_map(|known| {
        let name = known.variable_prefix().unwrap_or(known.name);
        Some((name.split_once(':')?.1.trim_end_matches('/'), name))
    });
    near::nearest(head, named).map(|name| format!("{name}{}", tag.unwrap_or_default()))
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

#[cfg(test)]
mod tests {
    use super::{global, of_service};

    #[test]
    fn keys_are_understood_within_reason() {
        for (typed, wanted) in [
            ("SourceIpp", "aws:SourceIp"),
            ("PrincipleOrgID", "aws:PrincipalOrgID"),
            ("ResourceTags/team", "aws:ResourceTag/team"),
            ("MultiFactorAuthPresence", "aws:MultiFactorAuthPresent"),
            ("SecureTransprot", "aws:SecureTransport"),
            ("ResourceTag:team", "aws:ResourceTag/team"),
        ] {
            assert_eq!(global(typed).as_deref(), Some(wanted), "{typed}");
        }
        for typed in ["User", "Ip", "prefix", "Region", "Owner", ""] {
            assert_eq!(global(typed), None, "{typed}");
        }
        assert_eq!(of_service("s3", "prefixx").as_deref(), Some("s3:prefix"));
        assert_eq!(of_service("s3", "SourceIp").as_deref(), Some("aws:SourceIp"));
        assert_eq!((of_service("s3", "nosuch"), of_service("nosuch", "prefix")), (None, None));
    }
}
