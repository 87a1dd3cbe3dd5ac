//! Tasks done by name from anywhere: `create role` opens its form, `delete user` asks which one first.

use super::groups::Groups;
use super::keys::Keys;
use super::listing::{Listing, Reading};
use super::members::{names, names_like};
use super::policies::Policies;
use super::providers::{self, Providers};
use super::roles::Roles;
use super::simulator;
use super::users::Users;
use crate::console::action::{Deed, Kind, Task};
use crate::console::context::Context;
use crate::console::effect::Effect;
use crate::console::place::{Pane, Place};
use crate::console::widget::{Choice, Pick};
use crate::store::view::{self, Whose};

/// Begins a task.
pub fn begin(task: Task, cx: &Context) -> Effect {
    let Task { deed, kind } = task;
    if kind == Kind::Account && (deed.is_question() || deed == Deed::Findings) {
        return simulator::begin(deed, cx);
    }
    if deed == Deed::New {
        return Effect::Many(vec![Effect::Go(Place::Pane(Pane::showing(kind))), Effect::Do(deed)]);
    }
    let pane = match kind {
        Kind::Provider => return Effect::open(pick(task, providers::choices(cx), cx)),
        Kind::Group => view::Pane::Groups,
        Kind::Role => view::Pane::Roles,
        Kind::Policy if deed == Deed::Add || deed.is_question() => view::Pane::Policies(Whose::All),
        Kind::Policy => view::Pane::Policies(Whose::Customer),
        Kind::Key => view::Pane::AccessKeys,
        Kind::User | Kind::Account => view::Pane::Users,
    };
    let pick = pick(task, names(cx, pane), cx);
    Effect::open(pick.asking(move |part, cx| names_like(cx, pane, part)))
}

/// Asks what to do the task to.
fn pick(task: Task, choices: Reading<Vec<Choice>>, cx: &Context) -> Pick {
    Pick::new(task.phrase(), choices, cx, move |id: String, cx: &Context| act(task, &id, cx))
}

/// Does the task to one thing; what its list cannot do is done on its page.
fn act(task: Task, id: &str, cx: &Context) -> Effect {
    if task.deed.is_question() {
        return simulator::ask(task.deed, task.kind, id, cx);
    }
    let one = [id.to_owned()];
    let effect = match task.kind {
        Kind::User | Kind::Account => Users.act(task.deed, &one, cx),
        Kind::Group => Groups.act(task.deed, &one, cx),
        Kind::Role => Roles.act(task.deed, &one, cx),
        Kind::Policy => Policies::new().act(task.deed, &one, cx),
        Kind::Key => Keys.act(task.deed, &one, cx),
        Kind::Provider => Providers.act(task.deed, &one, cx),
    };
    match effect {
        Effect::None => Effect::Go(Place::Thing(task.kind, id.to_owned())),
        effect => effect,
    }
}
