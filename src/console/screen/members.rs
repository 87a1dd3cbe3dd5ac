//! Who is in which group, changed from either side.

use serde_json::json;

use super::listing::Reading;
use crate::console::acts::{call, commit};
use crate::console::context::Context;
use crate::console::effect::Effect;
use crate::console::task::Failure;
use crate::console::widget::{CHOICES_MAX, Choice, Pick};
use crate::store::view::{List, Pane, Row, Through};

/// The names in a pane, to choose from.
pub fn names(cx: &Context, pane: Pane) -> Reading<Vec<Choice>> {
    names_like(cx, pane, String::new())
}

/// The names in a pane that hold a text.
pub fn names_like(cx: &Context, pane: Pane, filter: String) -> Reading<Vec<Choice>> {
    let account = cx.account.clone();
    Box::pin(async move {
        let list = List { filter, ..List::of(pane, CHOICES_MAX) };
        let window = account.read(move |store, account| store.view(account).list(&list)).await?;
        Ok(window.rows.iter().map(choice).collect())
    })
}

fn choice(row: &Row) -> Choice {
    let detail = match row {
        Row::User(user) if user.groups == 0 => "in no group".to_owned(),
        Row::User(user) => format!("in {}", user.first_group.clone().unwrap_or_default()),
        Row::Group(group) => format!("{} users, {} policies", group.users, group.policies),
        Row::Role(role) => role.trusted.first().map(ToString::to_string).unwrap_or_default(),
        Row::Policy(policy) => policy.origin.word().to_owned(),
        Row::Key(key) => key.owner.clone().unwrap_or_default(),
        Row::Other(_) => String::new(),
    };
    let id = if matches!(row, Row::Policy(_)) { row.id() } else { row.name() };
    Choice::new(row.name(), detail).known_as(id)
}

/// `ann`, `ann and bob`, `3 users`.
pub fn several(names: &[String], noun: &str) -> String {
    match names {
        [one] => one.clone(),
        [one, other] => format!("{one} and {other}"),
        all => format!("{} {noun}", all.len()),
    }
}

/// Asks for groups and adds the users to them.
pub fn add_to_groups(users: &[String], cx: &Context) -> Effect {
    let (users, title) = (users.to_vec(), format!("Add {} to user groups", several(users, "users")));
    let pick = Pick::several(title, names(cx, Pane::Groups), cx, move |groups, cx| add(cx, &users, &groups));
    let again = |part: String, cx: &Context| names_like(cx, Pane::Groups, part);
    Effect::open(pick.asking(again).when_empty("There are no user groups yet."))
}

/// Asks for users and adds them to the groups.
pub fn add_users(groups: &[String], cx: &Context) -> Effect {
    let (groups, title) = (groups.to_vec(), format!("Add users to {}", several(groups, "user groups")));
    let pick = Pick::several(title, names(cx, Pane::Users), cx, move |users, cx| add(cx, &users, &groups));
    let again = |part: String, cx: &Context| names_like(cx, Pane::Users, part);
    Effect::open(pick.asking(again).when_empty("There are no users yet."))
}

/// Asks which of its groups a user is to leave.
pub fn leave_groups(user: &str, cx: &Context) -> Effect {
    let (account, name) = (cx.account.clone(), user.to_owned());
    let groups = Box::pin(async move {
        let page = account.read(move |store, account| store.view(account).user(&name)).await?;
        let groups = page.map(|page| page.groups).unwrap_or_default();
        let choice = |through: &Through| {
            let policies = through.attached.len() + through.inline.len();
            Choice::new(&through.group.name, format!("{policies} policies, {} users", through.group.users))
        };
        Ok(groups.iter().map(choice).collect())
    });
    let (title, user) = (format!("Remove {user} from user groups"), [user.to_owned()]);
    let pick = Pick::several(title, groups, cx, move |groups, cx| remove(cx, &user, &groups));
    Effect::open(pick.when_empty("The user is in no group."))
}

fn pairs(operation: &str, users: &[String], groups: &[String]) -> Vec<Result<crate::api::Call, Failure>> {
    let of_group = |group: &String| {
        let one = |user: &String| call(operation, json!({"GroupName": group, "UserName": user}));
        users.iter().map(one).collect::<Vec<_>>()
    };
    groups.iter().flat_map(of_group).collect()
}

fn add(cx: &Context, users: &[String], groups: &[String]) -> Effect {
    let (who, what) = (several(users, "users"), several(groups, "user groups"));
    commit(
        cx,
        format!("Adding {who} to {what}"),
        format!("Added {who} to {what}"),
        pairs("AddUserToGroup", users, groups),
    )
}

/// Removes the users from the groups. Adding them again takes it back, so nothing is asked.
pub fn remove(cx: &Context, users: &[String], groups: &[String]) -> Effect {
    let (who, what) = (several(users, "users"), several(groups, "user groups"));
    let calls = pairs("RemoveUserFromGroup", users, groups);
    commit(cx, format!("Removing {who} from {what}"), format!("Removed {who} from {what}"), calls)
}
