//! The search: users, groups, roles, policies, keys and tasks, by typing a part of their name.

use super::Reading;
use crate::console::action::{Kind, Task};
use crate::console::context::Context;
use crate::console::effect::Effect;
use crate::console::place::Place;
use crate::console::widget::{Choice, Pick};
use crate::store::view::{List, Pane, Row, Whose};

/// The most things of one kind that are searched.
const THINGS_MAX: usize = 5000;

/// The search over everything.
pub fn search(cx: &Context) -> Pick {
    Pick::new("Search", everything(cx), cx, |id, _| run(&id))
}

fn everything(cx: &Context) -> Reading<Vec<Choice>> {
    let (account, icon) = (cx.account.clone(), cx.theme.glyph.icon);
    Box::pin(async move {
        let read = move |store: &crate::store::Store, account: &crate::store::Account| {
            let view = store.view(account);
            let panes = [Pane::Users, Pane::Groups, Pane::Roles, Pane::Policies(Whose::All), Pane::AccessKeys];
            panes
                .into_iter()
                .map(|pane| view.list(&List::of(pane, THINGS_MAX)))
                .collect::<crate::store::Result<Vec<_>>>()
        };
        let windows = account.read(read).await?;
        let task = |task: Task| {
            let id = format!("task {} {}", task.deed.entry().id, task.kind.word());
            Choice::new(format!("{} {}", icon[5], task.phrase()), "task").known_as(id)
        };
        let things = windows.iter().flat_map(|window| &window.rows).filter_map(|row| thing(row, &icon));
        Ok(Task::all().map(task).chain(things).collect())
    })
}

fn thing(row: &Row, icon: &[&'static str; 7]) -> Option<Choice> {
    let (glyph, word, detail) = match row {
        Row::User(user) => (icon[0], "user", user.first_group.clone().unwrap_or_default()),
        Row::Group(group) => (icon[1], "group", format!("{} users", group.users)),
        Row::Role(role) => (icon[2], "role", role.trusted.first().map(ToString::to_string).unwrap_or_default()),
        Row::Policy(policy) => (icon[3], "policy", policy.origin.word().to_owned()),
        Row::Key(key) => (icon[4], "access key", format!("of {}", key.owner.as_deref().unwrap_or("the root user"))),
        Row::Other(_) => return None,
    };
    let id = if matches!(row, Row::Policy(_)) { row.id() } else { row.name() };
    Some(Choice::new(format!("{glyph} {}", row.name()), format!("{word}   {detail}")).known_as(format!("{word} {id}")))
}

/// Goes to what was chosen, or does it.
fn run(id: &str) -> Effect {
    let thing = |kind, name: &str| Effect::Go(Place::Thing(kind, name.to_owned()));
    if let Some(key) = id.strip_prefix("access key ") {
        return thing(Kind::Key, key);
    }
    match id.split_once(' ') {
        Some(("user", name)) => thing(Kind::User, name),
        Some(("group", name)) => thing(Kind::Group, name),
        Some(("role", name)) => thing(Kind::Role, name),
        Some(("policy", arn)) => thing(Kind::Policy, arn),
        Some((_, task)) => {
            let task = Task::all().find(|one| task == format!("{} {}", one.deed.entry().id, one.kind.word()));
            task.map_or(Effect::None, Effect::Task)
        }
        None => Effect::None,
    }
}
