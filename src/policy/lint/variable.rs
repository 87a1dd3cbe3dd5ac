//! Policy variables: how they are written, and where they work (IAM User Guide, "IAM policy elements: Variables and tags").

use super::checks::error;
use super::{Check, Edit, Finding, Linter};
use crate::policy::condition::{Comparison, Operator};
use crate::policy::document::{Item, Items, Principals, Statement, Version};

pub(super) fn check(linter: &mut Linter<'_>, statement: &Statement) {
    for field in [&statement.resource, &statement.not_resource].into_iter().flatten() {
        used(linter, &field.value);
    }
    for field in [&statement.action, &statement.not_action].into_iter().flatten() {
        misplaced(linter, &field.value);
    }
    for field in [&statement.principal, &statement.not_principal].into_iter().flatten() {
        if let Principals::Typed(entries) = &field.value {
            for entry in entries {
                misplaced(linter, &entry.values);
            }
        }
    }
    for block in statement.conditions() {
        let takes = Operator::parse(&block.operator.text).is_none_or(|operator| takes_variables(operator.comparison));
        for key in &block.keys {
            used(linter, &key.values);
            let with = key.values.items.iter().filter(|item| !takes && variables(&item.text).any(|v| v.is_named()));
            for item in with {
                linter.find(&error::INVALID_VARIABLE_FOR_OPERATOR, item.span);
            }
        }
    }
}

fn takes_variables(comparison: Comparison) -> bool {
    let name = comparison.name();
    name.starts_with("String") || name.starts_with("Arn")
}

fn misplaced(linter: &mut Linter<'_>, items: &Items) {
    for item in items.items.iter().filter(|item| variables(&item.text).next().is_some()) {
        linter.find(&error::VARIABLE_UNSUPPORTED_IN_ELEMENT, item.span);
    }
}

fn used(linter: &mut Linter<'_>, items: &Items) {
    let old = linter.document.language() == Version::V2008;
    for item in &items.items {
        // A text is told of each fault once, however many of its variables have it.
        let mut found: Vec<&'static Check> = Vec::new();
        let mut named = false;
        for variable in variables(&item.text) {
            named = named || variable.is_named();
            if let Some(check) = variable.check().filter(|check| !found.contains(check)) {
                found.push(check);
                linter.push(mend(Finding::new(check, item.span), item, check));
            }
        }
        if named && old {
            let finding = Finding::new(&error::VARIABLE_UNSUPPORTED_IN_VERSION, item.span);
            let version = linter.document.version.as_ref().map(|field| Edit::string(field.span, CURRENT));
            linter.push(match version {
                Some(edit) => finding.fixed(format!("Use Version {CURRENT}"), vec![edit]),
                None => finding,
            });
        }
    }
}

/// The version that has policy variables.
const CURRENT: &str = "2012-10-17";

fn mend(finding: Finding, item: &Item, check: &Check) -> Finding {
    let (title, text) = if check == &error::UNSUPPORTED_SPACE_IN_VARIABLE {
        ("Remove the blanks", tightened(&item.text))
    } else if check == &error::MISSING_QUOTE_IN_VARIABLE {
        ("Quote the default", quoted(&item.text))
    } else {
        return finding;
    };
    finding.fixed(title, vec![Edit::string(item.span, &text)])
}

/// A text with single quotes around the defaults of its variables.
fn quoted(text: &str) -> String {
    rewritten(text, |variable| match variable.split_once(',') {
        Some((name, default)) if !is_quoted(default.trim()) => {
            format!("{name}, '{}'", default.trim().trim_matches(['\'', '"']))
        }
        _ => variable.to_owned(),
    })
}

/// A text without the blanks in the names of its variables.
fn tightened(text: &str) -> String {
    rewritten(text, |variable| {
        let end = variable.find(['/', ',']).unwrap_or(variable.len());
        let (name, rest) = variable.split_at_checked(end).unwrap_or((variable, ""));
        format!("{}{rest}", name.replace(' ', ""))
    })
}

/// A text with the inside of each closed variable written anew.
fn rewritten(text: &str, write: impl Fn(&str) -> String) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, part) in text.split("${").enumerate() {
        let Some((variable, after)) = part.split_once('}').filter(|_| at > 0) else {
            out.push_str(if at > 0 { "${" } else { "" });
            out.push_str(part);
            continue;
        };
        out.extend(["${", &write(variable), "}", after]);
    }
    out
}

/// A `${…}`.
struct Variable<'t> {
    /// What stands between the braces.
    text: &'t str,
    closed: bool,
}

/// The variables of a text, closed or not.
fn variables(text: &str) -> impl Iterator<Item = Variable<'_>> {
    text.split("${").skip(1).map(|rest| match rest.split_once('}') {
        Some((text, _)) => Variable { text, closed: true },
        None => Variable { text: rest, closed: false },
    })
}

impl Variable<'_> {
    /// Whether it is more than a way to write `*`, `?` or `$`.
    fn is_named(&self) -> bool {
        !matches!(self.text, "*" | "?" | "$")
    }

    fn check(&self) -> Option<&'static Check> {
        if !self.closed {
            return Some(&error::MISSING_BRACE_IN_VARIABLE);
        }
        let (name, default) =
            self.text.split_once(',').map_or((self.text, None), |(name, default)| (name, Some(default)));
        if name.trim().is_empty() {
            return Some(&error::EMPTY_VARIABLE);
        }
        if default.is_some_and(|default| !is_quoted(default.trim())) {
            return Some(&error::MISSING_QUOTE_IN_VARIABLE);
        }
        // A tag's own key may have blanks.
        let spaced = name.split('/').next().is_some_and(|head| head.contains(' '));
        spaced.then_some(&error::UNSUPPORTED_SPACE_IN_VARIABLE)
    }
}

fn is_quoted(text: &str) -> bool {
    text.len() >= 2 && text.starts_with('\'') && text.ends_with('\'')
}

#[cfg(test)]
mod tests {
    use super::{quoted, tightened};

    #[test]
    fn defaults_get_their_quotes() {
        for (text, wanted) in [
            ("b/${aws:PrincipalTag/team, all}/*", "b/${aws:PrincipalTag/team, 'all'}/*"),
            ("${aws:username,'x'}${aws:userid,\"y\"}", "${aws:username,'x'}${aws:userid, 'y'}"),
            ("${aws:username}", "${aws:username}"),
        ] {
            assert_eq!(quoted(text), wanted);
        }
    }

    #[test]
    fn blanks_go_from_names_only() {
        for (text, wanted) in [
            ("a b/${ aws:username }/${aws: userid}", "a b/${aws:username}/${aws:userid}"),
            ("${aws:PrincipalTag/my team, 'a b'}", "${aws:PrincipalTag/my team, 'a b'}"),
            ("${ aws:username", "${ aws:username"),
            ("", ""),
        ] {
            assert_eq!(tightened(text), wanted);
        }
    }
}
