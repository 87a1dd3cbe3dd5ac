//! The second column of an answer: the little that tells one thing from another.

use super::Target;
use crate::store::Result;
use crate::store::view::{Last, Row, UserRow, View};

/// What helps to decide on a thing.
pub(super) fn detail(view: &View<'_>, target: &Target) -> Result<String> {
    let Target::Open { kind, name, .. } = target else { return Ok(String::new()) };
    Ok(match view.row(*kind, name)? {
        Some(Row::User(user)) => of_user(&user),
        Some(Row::Group(group)) => count(group.users, "user", "users"),
        Some(Row::Role(role)) => match role.trusted.as_slice() {
            [] => "trusts nobody".to_owned(),
            [one] => one.to_string(),
            [one, rest @ ..] => format!("{one} +{}", rest.len()),
        },
        Some(Row::Policy(policy)) => count(policy.attachments, "entity", "entities"),
        Some(Row::Other(row)) => row.about.unwrap_or(row.arn),
        Some(Row::Key(_)) | None => String::new(),
    })
}

fn of_user(user: &UserRow) -> String {
    let groups = match (&user.first_group, user.groups) {
        (Some(first), 0 | 1) => first.clone(),
        (Some(first), groups) => format!("{first} +{}", groups - 1),
        (None, _) => "no groups".to_owned(),
    };
    match user.activity {
        Last::At(at) => format!("{groups}, last active {}", at.strftime("%Y-%m-%d")),
        Last::Never => format!("{groups}, never active"),
        Last::Unknown => groups,
    }
}

fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
