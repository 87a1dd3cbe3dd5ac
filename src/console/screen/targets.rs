//! Where an answer of the search leads: to a page, or to the deed that its phrase names.

use super::{credentials, delete, documents, loading, members, policies_of, provider_forms, settings, tasks};
use crate::console::action::{Deed, Kind, Task};
use crate::console::context::Context;
use crate::console::effect::Effect;
use crate::console::place::{Pane, Place};
use crate::console::task::Failure;
use crate::console::widget::Pick;
use crate::iam;
use crate::insight::search::{Argument, Target, documented};
use crate::store::view::{self, Row, Whose};

/// The user's page, its tab and sections to go to.
const CREDENTIALS: &str = "Credentials";

/// By what the search knows a task of the console that is no phrase of the User Guide.
pub fn id(task: Task) -> String {
    format!("deed {} {}", task.deed.entry().id, task.kind.word())
}

/// The effect of choosing an answer. `arn` is that of the policy it is about.
pub fn lead(target: &Target, arn: Option<&str>, cx: &Context) -> Effect {
    match target {
        Target::Open { kind, name, arn } => open(*kind, name, arn.as_deref(), cx),
        Target::Credentials { user: Some(user), .. } => section(user, "Access keys"),
        Target::Credentials { key, user: None } => go(Kind::Key, key),
        Target::Task { id, kind: Some(kind), name: Some(name) } if id == "delete-provider" => {
            provider_forms::delete(&[provider_arn(*kind, name, cx)], cx)
        }
        Target::Task { id, name: Some(name), .. } => with(id, arn.unwrap_or(name), cx),
        Target::Task { id, name: None, .. } => without(id, cx),
    }
}

/// Opens the page of a thing, or the page of what it belongs to.
fn open(kind: iam::Kind, name: &str, arn: Option<&str>, cx: &Context) -> Effect {
    match kind {
        iam::Kind::User => go(Kind::User, name),
        iam::Kind::Group => go(Kind::Group, name),
        iam::Kind::Role => go(Kind::Role, name),
        iam::Kind::Policy => go(Kind::Policy, arn.unwrap_or(name)),
        iam::Kind::SamlProvider | iam::Kind::OidcProvider => go(Kind::Provider, &provider_arn(kind, name, cx)),
        iam::Kind::MfaDevice | iam::Kind::InstanceProfile => owner(kind, name, cx),
        iam::Kind::ServerCertificate => {
            Effect::Say(format!("Server certificate {name} is read with `tiam api get-server-certificate`."))
        }
    }
}

fn provider_arn(kind: iam::Kind, name: &str, cx: &Context) -> String {
    cx.account.info().arn(&format!("{}/{name}", kind.arn_type()))
}

/// To the user of an MFA device, or the role of an instance profile.
fn owner(kind: iam::Kind, name: &str, cx: &Context) -> Effect {
    let (account, sought, name) = (cx.account.clone(), name.to_owned(), name.to_owned());
    let read =
        Box::pin(async move { Ok(account.read(move |store, account| store.view(account).row(kind, &sought)).await?) });
    loading::then(cx, read, move |row: Option<Row>, _| match (row, kind) {
        (Some(Row::Other(view::EntityRow { about: Some(user), .. })), iam::Kind::MfaDevice) => {
            section(&user, "MFA devices")
        }
        (Some(Row::Other(view::EntityRow { about: Some(role), .. })), _) => go(Kind::Role, &role),
        _ => Effect::Say(format!("The {} {name} belongs to nobody.", kind.noun())),
    })
}

fn go(kind: Kind, name: &str) -> Effect {
    Effect::Go(Place::Thing(kind, name.to_owned()))
}

/// A page on a tab of its.
fn tab(kind: Kind, name: &str, tab: &'static str) -> Effect {
    Effect::Many(vec![go(kind, name), Effect::Show(tab, "")])
}

/// A section of a user's credentials.
fn section(user: &str, section: &'static str) -> Effect {
    Effect::Many(vec![go(Kind::User, user), Effect::Show(CREDENTIALS, section)])
}

/// Does a phrase to the thing that it names.
fn with(id: &str, name: &str, cx: &Context) -> Effect {
    let one = [name.to_owned()];
    match id {
        "add-user-to-groups" => members::add_to_groups(&one, cx),
        "add-users-to-group" => members::add_users(&one, cx),
        "remove-user-from-groups" => members::leave_groups(name, cx),
        "delete-user" => delete::ask(Kind::User, &one, cx),
        "delete-group" => delete::ask(Kind::Group, &one, cx),
        "delete-role" => delete::ask(Kind::Role, &one, cx),
        "delete-policy" => delete::ask(Kind::Policy, &one, cx),
        "delete-provider" => provider_forms::delete(&one, cx),
        "create-access-key" => credentials::create_key(name, cx),
        "manage-access-keys" => section(name, "Access keys"),
        "manage-mfa" => section(name, "MFA devices"),
        "manage-password" => section(name, "Console access"),
        "manage-signing-certificates" => section(name, "Signing certificates"),
        "manage-ssh-keys" => section(name, "SSH public keys"),
        "manage-service-credentials" => section(name, "Service-specific credentials"),
        "edit-trust-policy" => documents::edit_trust(name, None, cx),
        "show-policy-document" => tab(Kind::Role, name, "Documents"),
        "attach-policy-to-role" => policies_of::attach(Kind::Role, &one, cx),
        "attach-policy-to-group" => policies_of::attach(Kind::Group, &one, cx),
        "attach-entities" => policies_of::attach_to(&one, cx),
        "detach-entities" => policies_of::detach_from(name, cx),
        _ => Effect::Fail(Failure::new(format!("nothing here does `{id}`"))),
    }
}

/// Begins a phrase that names nothing: goes to its pane, opens its form, or asks for the thing first.
fn without(id: &str, cx: &Context) -> Effect {
    let create = |kind| tasks::begin(Task { deed: Deed::New, kind }, cx);
    let pane = |pane| Effect::Go(Place::Pane(pane));
    match id {
        "create-user" => create(Kind::User),
        "create-group" => create(Kind::Group),
        "create-role" => create(Kind::Role),
        "create-policy" => create(Kind::Policy),
        "create-provider" => create(Kind::Provider),
        "password-policy" => settings::password_policy(cx),
        "dashboard" => pane(Pane::Dashboard),
        "users" => pane(Pane::Users),
        "groups" => pane(Pane::Groups),
        "roles" => pane(Pane::Roles),
        "policies" => pane(Pane::Policies),
        "keys" => pane(Pane::Keys),
        "providers" | "delete-provider" => pane(Pane::Providers),
        id => match documented().into_iter().find(|task| task.id == id) {
            Some(phrase) => ask(id, &phrase.phrase, phrase.takes, cx),
            None => Task::all().find(|task| self::id(*task) == id).map_or(Effect::None, Effect::Task),
        },
    }
}

/// Asks for the thing that a phrase needs, then does it.
fn ask(id: &str, phrase: &str, takes: Option<Argument>, cx: &Context) -> Effect {
    let pane = match takes {
        Some(Argument::User) => view::Pane::Users,
        Some(Argument::Group) => view::Pane::Groups,
        Some(Argument::Role) => view::Pane::Roles,
        Some(Argument::Policy) if id == "attach-entities" => view::Pane::Policies(Whose::All),
        Some(Argument::Policy) => view::Pane::Policies(Whose::Customer),
        // Those of a mirror are not in its store: their phrases lead to their pane.
        Some(Argument::Provider) | None => return Effect::Go(Place::Pane(Pane::Providers)),
    };
    let title = phrase.split('{').next().unwrap_or(phrase).trim_end().to_owned();
    let id = id.to_owned();
    let pick = Pick::new(title, members::names(cx, pane), cx, move |name, cx| with(&id, &name, cx));
    Effect::open(pick.asking(move |part, cx| members::names_like(cx, pane, part)))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

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

    /// Every documented phrase, and what the screen must show once it was chosen.
    #[test]
    fn every_documented_phrase_does_its_task() {
        for (phrase, shows) in [
            ("nikki", "Users › nikki"),
            ("SysAdmins", "Groups › SysAdmins"),
            ("UpdateApp", "Roles › UpdateApp"),
            ("read-write-app-bucket", "Policies › read-write-app-bucket"),
            ("corp-saml", "Providers › corp-saml"),
            ("add user mary to groups", "Add mary to user groups"),
            ("add users to group WidgetCo", "Add users to WidgetCo"),
            ("remove user nikki from groups", "Remove nikki from user groups"),
            ("remove user from groups", "remove user"),
            ("delete user nikki", "Delete user nikki?"),
            ("delete group WidgetCo", "Delete user group WidgetCo?"),
            ("delete role UpdateApp", "Delete role UpdateApp?"),
            ("delete policy read-write-app-bucket", "Delete policy read-write-app-bucket?"),
            ("delete identity provider corp-saml", "Delete SAML provider corp-saml?"),
            ("delete identity provider", "7 Providers"),
            ("identity providers", "7 Providers"),
            ("manage access keys mateo", "n create access key"),
            ("manage signing certificates mateo", "n upload certificate"),
            ("manage MFA for mateo", "n assign MFA device"),
            ("manage password for mateo", "P set password"),
            ("manage SSH public keys mateo", "n upload SSH key"),
            ("manage service-specific credentials mateo", "n create credential"),
            ("users", "▌ mary"),
            ("create role", "Create role"),
            ("create user", "Create user"),
            ("create group", "Create user group"),
            ("create managed policy", "Create policy"),
            ("password policy", "Minimum length"),
            ("edit trust policy for role UpdateApp", "Roles › UpdateApp › trust policy"),
            ("edit trust policy for role", "edit trust policy for role"),
            ("show policy document for role UpdateApp", "s3:GetObject"),
            ("attach policy to UpdateApp", "Attach policies to UpdateApp"),
            ("attach policy to group WidgetCo", "Attach policies to WidgetCo"),
            ("attach entities to read-write-app-bucket", "Attach read-write-app-bucket to"),
            ("detach entities from read-write-app-bucket", "Detach read-write-app-bucket from"),
        ] {
            let mut bench = bench();
            let metadata = crate::store::given::saml_document("https://idp.example.com");
            bench.calls("CreateSAMLProvider", json!({"Name": "corp-saml", "SAMLMetadataDocument": metadata}));
            bench.keys("s").types(phrase).keys("enter");
            assert!(bench.screen().contains(shows), "{phrase}\n{}", bench.screen());
        }
    }

    #[test]
    fn an_access_key_leads_to_its_users_credentials() {
        let mut bench = bench();
        let keys = bench.calls("ListAccessKeys", json!({"UserName": "mateo"}));
        let id = keys["AccessKeyMetadata"][0]["AccessKeyId"].as_str().unwrap().to_owned();
        bench.keys("s").types(&id).keys("enter");
        assert!(bench.screen().contains("Users › mateo") && bench.reversed().contains(&id), "{}", bench.screen());
    }
}
