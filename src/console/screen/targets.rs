//! Where an answer of the search leads: to a page, or to the deed that its phrase names.

use super::{delete, documents, members, policies_of, settings, tasks};
use crate::console::action::{Deed, Kind, Task};
use crate::console::context::Context;
use crate::console::effect::Effect;
use crate::console::place::{Pane, Place};
use crate::iam;
use crate::insight::search::Target;

/// By what the search knows a task of the console that is no phrase of the User Guide.
pub fn id(task: Task) -> String {
    format!("deed {} {}", task.deed.entry().id, task.kind.word())
}

/// The effect of choosing an answer. `arn` is that of the policy it is about.
pub fn lead(target: &Target, arn: Option<&str>, cx: &Context) -> Effect {
    match target {
        Target::Open { kind, name, arn } => match page(*kind) {
            Some(Kind::Policy) => go(Kind::Policy, arn.as_deref().unwrap_or(name)),
            Some(kind) => go(kind, name),
            None => Effect::Say(format!("{} {name} is read with `tiam api`; it has no page here.", kind.noun())),
        },
        Target::Credentials { user: Some(user), .. } => credentials(user),
        Target::Credentials { key, user: None } => go(Kind::Key, key),
        Target::Task { id, kind: Some(kind), name: Some(name) } if id == "delete-provider" => {
            settings::delete_provider(*kind, name, cx)
        }
        Target::Task { id, name: Some(name), .. } => with(id, arn.unwrap_or(name), cx),
        Target::Task { id, name: None, .. } => without(id, cx),
    }
}

/// The kind of page that shows a thing.
fn page(kind: iam::Kind) -> Option<Kind> {
    match kind {
        iam::Kind::User => Some(Kind::User),
        iam::Kind::Group => Some(Kind::Group),
        iam::Kind::Role => Some(Kind::Role),
        iam::Kind::Policy => Some(Kind::Policy),
        _ => None,
    }
}

fn go(kind: Kind, name: &str) -> Effect {
    Effect::Go(Place::Thing(kind, name.to_owned()))
}

/// A page on its tab of that number.
fn tab(kind: Kind, name: &str, number: usize) -> Effect {
    let mut effects = vec![go(kind, name)];
    effects.extend((0..number).map(|_| Effect::Do(Deed::NextTab)));
    Effect::Many(effects)
}

/// A user's credentials.
fn credentials(user: &str) -> Effect {
    tab(Kind::User, user, 2)
}

/// Does a phrase to the thing that it names.
fn with(id: &str, name: &str, cx: &Context) -> Effect {
    let one = [name.to_owned()];
    match id {
        "add-user-to-groups" => members::add_to_groups(&one, cx),
        "add-users-to-group" => members::add_users(&one, cx),
        "remove-user-from-groups" => tab(Kind::User, name, 1),
        "delete-user" => delete::ask(Kind::User, &one, cx),
        "delete-group" => delete::ask(Kind::Group, &one, cx),
        "delete-role" => delete::ask(Kind::Role, &one, cx),
        "delete-policy" => delete::ask(Kind::Policy, &one, cx),
        "manage-access-keys" | "manage-mfa" | "manage-password" | "manage-signing-certificates" => credentials(name),
        "edit-trust-policy" => documents::edit_trust(name, cx),
        "show-policy-document" => go(Kind::Role, name),
        "attach-policy-to-role" => policies_of::attach(Kind::Role, &one, cx),
        "attach-policy-to-group" => policies_of::attach(Kind::Group, &one, cx),
        "attach-entities" => policies_of::attach_to(&one, cx),
        "detach-entities" => tab(Kind::Policy, name, 1),
        _ => Effect::Say(format!("{name} is managed with `tiam api`; it has no page here.")),
    }
}

/// Begins a phrase that names nothing: goes to its pane, opens its form, or asks for the thing first.
fn without(id: &str, cx: &Context) -> Effect {
    let begin = |deed, kind| tasks::begin(Task { deed, kind }, cx);
    let pane = |pane| Effect::Go(Place::Pane(pane));
    match id {
        "add-user-to-groups" => begin(Deed::Add, Kind::User),
        "add-users-to-group" | "attach-policy-to-group" => begin(Deed::Add, Kind::Group),
        "attach-policy-to-role" => begin(Deed::Add, Kind::Role),
        "attach-entities" => begin(Deed::Add, Kind::Policy),
        "detach-entities" | "policies" => pane(Pane::Policies),
        "delete-user" => begin(Deed::Delete, Kind::User),
        "delete-group" => begin(Deed::Delete, Kind::Group),
        "delete-role" => begin(Deed::Delete, Kind::Role),
        "delete-policy" => begin(Deed::Delete, Kind::Policy),
        "create-user" => begin(Deed::New, Kind::User),
        "create-group" => begin(Deed::New, Kind::Group),
        "create-role" => begin(Deed::New, Kind::Role),
        "create-policy" => begin(Deed::New, Kind::Policy),
        "edit-trust-policy" | "show-policy-document" | "roles" => pane(Pane::Roles),
        "groups" => pane(Pane::Groups),
        "keys" => pane(Pane::Keys),
        "password-policy" => settings::password_policy(cx),
        "dashboard" | "providers" | "delete-provider" => pane(Pane::Dashboard),
        id => Task::all().find(|task| self::id(*task) == id).map_or_else(|| pane(Pane::Users), Effect::Task),
    }
}

#[cfg(test)]
mod tests {
    use crate::console::action::Task;
    use crate::console::effect::Effect;
    use crate::console::journeys::bench;

    #[test]
    fn every_phrase_without_a_name_leads_somewhere() {
        let bench = bench();
        for task in crate::insight::search::documented() {
            let effect = super::without(&task.id, bench.context());
            assert!(!matches!(effect, Effect::None), "{}", task.id);
        }
    }

    #[test]
    fn every_deed_has_an_id_of_its_own() {
        let ids: std::collections::HashSet<_> = Task::all().map(super::id).collect();
        assert_eq!(ids.len(), Task::all().count());
    }
}
