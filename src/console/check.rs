//! What a form's field has to obey, read from the API's own model.

use crate::api::check::matches;
use crate::api::find;
use crate::api::model::{Service, Shape, Text};

/// The limits of an operation's text member.
fn limits(operation: &str, member: &str) -> Option<(&'static Text, bool)> {
    let member = find(Service::Iam, operation)?.member(member)?;
    match member.shape {
        Shape::Text(text) => Some((text, member.required)),
        _ => None,
    }
}

/// A check of a field against the member's limits. `noun` begins its sentences, as `A user name`; `rule` says in words what
/// the pattern asks for.
pub fn of(
    operation: &'static str,
    member: &'static str,
    noun: &'static str,
    rule: &'static str,
) -> impl Fn(&str) -> Result<(), String> {
    move |value| match limits(operation, member) {
        Some((limits, required)) => obey(value, limits, required, noun).map_err(|told| match told {
            Told::Rule => rule.to_owned(),
            Told::Sentence(sentence) => sentence,
        }),
        None => Ok(()),
    }
}

enum Told {
    /// The pattern, which the caller words.
    Rule,
    Sentence(String),
}

fn obey(value: &str, limits: &Text, required: bool, noun: &str) -> Result<(), Told> {
    let length = value.chars().count();
    if length == 0 {
        return if required { Err(Told::Sentence(format!("{noun} is needed."))) } else { Ok(()) };
    }
    if length > limits.max {
        return Err(Told::Sentence(format!("{noun} has at most {} characters; this has {length}.", limits.max)));
    }
    if length < limits.min {
        return Err(Told::Sentence(format!("{noun} has at least {} characters.", limits.min)));
    }
    if limits.pattern.is_empty() || matches(limits.pattern, value) { Ok(()) } else { Err(Told::Rule) }
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn names_obey_the_api() {
        let check = of("CreateUser", "UserName", "A user name", "Letters, digits and +=,.@_- only.");
        assert_eq!(check("ann"), Ok(()));
        assert_eq!(check(""), Err("A user name is needed.".to_owned()));
        assert_eq!(check("an n"), Err("Letters, digits and +=,.@_- only.".to_owned()));
        assert_eq!(check(&"a".repeat(65)), Err("A user name has at most 64 characters; this has 65.".to_owned()));
    }

    #[test]
    fn what_may_be_absent_may_be_empty() {
        let check = of("CreateUser", "Path", "A path", "A path begins and ends with /.");
        assert_eq!(check(""), Ok(()));
        assert_eq!(check("eng"), Err("A path begins and ends with /.".to_owned()));
    }
}
