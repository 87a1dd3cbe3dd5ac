//! The forms that change users, groups and roles themselves: name and path, or description and session.

use serde_json::{Map, Value, json};

use super::listing::Reading;
use super::{create, delete, loading};
use crate::console::action::Kind;
use crate::console::acts::{Change, call};
use crate::console::context::Context;
use crate::console::effect::Effect;
use crate::console::place::Place;
use crate::console::task::Failure;
use crate::console::widget::{Field, Form, Values};
use crate::store::view::{Head, RolePage};

/// Asks for the new values of the one thing.
pub fn edit(kind: Kind, targets: &[String], cx: &Context) -> Effect {
    match (kind, targets) {
        (Kind::Role, [name]) => role(name, cx),
        (Kind::User | Kind::Group, [name]) => rename(kind, name, cx),
        _ => Effect::Say(format!("One {} can be changed at a time.", kind.word())),
    }
}

fn gone() -> Effect {
    Effect::Fail(Failure::new("It is not there any more.").with_remedy("r reads again."))
}

fn rename(kind: Kind, name: &str, cx: &Context) -> Effect {
    let (account, sought) = (cx.account.clone(), name.to_owned());
    let read: Reading<Option<Head>> = Box::pin(async move {
        let read = move |store: &crate::store::Store, account: &crate::store::Account| {
            store.view(account).head(delete::of_iam(kind), &sought)
        };
        Ok(account.read(read).await?)
    });
    loading::then(cx, read, move |head: Option<Head>, _| head.map_or_else(gone, |head| form(kind, head)))
}

fn form(kind: Kind, head: Head) -> Effect {
    let (operation, member) =
        if kind == Kind::Group { ("UpdateGroup", "NewGroupName") } else { ("UpdateUser", "NewUserName") };
    let fields = vec![
        Field::text("Name", head.name.clone())
            .help("Policies that name the ARN do not follow it.")
            .check(create::name_check(operation, member)),
        Field::text("Path", head.path.clone())
            .help("A folder in the ARN, as /engineering/.")
            .check(create::path_check(operation, "NewPath")),
    ];
    let title = format!("Rename or move {} {}", kind.word(), head.name);
    let form = Form::new(title, fields, move |values: &Values, cx: &Context| {
        let old_member = member.trim_start_matches("New");
        let mut input = Map::from_iter([(old_member.to_owned(), json!(head.name))]);
        let (name, path) = (values.get("Name"), values.get("Path"));
        for (member, value, before) in [(member, name, &head.name), ("NewPath", path, &head.path)] {
            if value != before {
                input.insert(member.to_owned(), json!(value));
            }
        }
        if input.len() == 1 {
            return Effect::Say("Nothing was changed.".to_owned());
        }
        let change = Change::new(
            format!("Changing {} {}", kind.word(), head.name),
            format!("Changed {} {name}", kind.word()),
            vec![call(operation, Value::Object(input))],
        );
        let place = |name: &str| Place::Thing(kind, name.to_owned());
        change.moving(place(&head.name), place(name)).effect(cx)
    });
    Effect::open(form)
}

fn role(name: &str, cx: &Context) -> Effect {
    let (account, sought) = (cx.account.clone(), name.to_owned());
    let read: Reading<Option<RolePage>> =
        Box::pin(async move { Ok(account.read(move |store, account| store.view(account).role(&sought)).await?) });
    loading::then(cx, read, |page: Option<RolePage>, _| {
        let Some(page) = page else { return gone() };
        let fields = vec![
            Field::text("Description", page.head.description.clone().unwrap_or_default()),
            create::session_field(page.row.max_session_seconds),
        ];
        let name = page.head.name;
        let form = Form::new(format!("Change role {name}"), fields, move |values: &Values, cx: &Context| {
            let seconds: Option<i64> = values.get("Longest session").parse().ok();
            let input = json!({
                "RoleName": name, "Description": values.get("Description"), "MaxSessionDuration": seconds,
            });
            let (doing, done) = (format!("Changing role {name}"), format!("Changed role {name}"));
            Change::new(doing, done, vec![call("UpdateRole", input)]).effect(cx)
        });
        Effect::open(form)
    })
}

#[cfg(test)]
mod tests {
    use crate::console::journeys::bench;

    #[test]
    fn a_user_is_renamed_and_moved_and_its_page_follows() {
        let mut bench = bench();
        bench.keys("j enter e");
        insta::assert_snapshot!(bench.screen());
        bench.keys("ctrl-u").types("matthew").keys("tab ctrl-u").types("/eng/").keys("ctrl-s");
        assert!(bench.screen().contains("Users › matthew"), "{}", bench.screen());
        assert!(bench.line_with("arn:").contains("user/eng/matthew"), "{}", bench.screen());
        bench.keys("esc");
        assert!(bench.screen().contains("matthew") && !bench.screen().contains("mateo"), "{}", bench.screen());
    }

    #[test]
    fn a_group_is_renamed_from_its_list() {
        let mut bench = bench();
        bench.keys("3 e ctrl-u").types("Builders").keys("ctrl-s");
        assert!(bench.line_with("Builders").contains('2'), "{}", bench.screen());
    }

    #[test]
    fn a_roles_description_and_session_are_changed() {
        let mut bench = bench();
        bench.keys("4 e").types("deploys").keys("tab ctrl-u").types("99").keys("ctrl-s");
        assert!(bench.screen().contains("3600 to 43200"), "{}", bench.screen());
        bench.keys("ctrl-u").types("7200").keys("ctrl-s enter").keys("tab tab tab");
        assert!(bench.screen().contains("deploys") && bench.screen().contains("7200"), "{}", bench.screen());
    }
}
