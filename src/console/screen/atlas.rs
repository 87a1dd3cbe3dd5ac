//! The atlas: which screen is at which place.

use super::browse::Browse;
use super::dashboard::Dashboard;
use super::detail::Detail;
use super::group::Group;
use super::groups::Groups;
use super::key;
use super::keys::Keys;
use super::policies::Policies;
use super::policy::Policy;
use super::provider::Provider;
use super::providers::Providers;
use super::role::Role;
use super::roles::Roles;
use super::user::User;
use super::users::Users;
use super::{Screen, search, tasks};
use crate::console::action::{Kind, Task};
use crate::console::app;
use crate::console::context::Context;
use crate::console::effect::Effect;
use crate::console::place::{Pane, Place};

/// The console's own screens.
#[derive(Debug)]
pub struct Atlas;

impl app::Atlas for Atlas {
    fn at(&self, place: &Place, cx: &Context) -> Box<dyn Screen> {
        match place {
            Place::Pane(Pane::Dashboard) | Place::Thing(Kind::Account, _) => Box::new(Dashboard::new(cx)),
            Place::Pane(Pane::Users) => Box::new(Browse::new(Users, cx)),
            Place::Pane(Pane::Groups) => Box::new(Browse::new(Groups, cx)),
            Place::Pane(Pane::Roles) => Box::new(Browse::new(Roles, cx)),
            Place::Pane(Pane::Policies) => Box::new(Browse::new(Policies::new(), cx)),
            Place::Pane(Pane::Keys) => Box::new(Browse::new(Keys, cx)),
            Place::Pane(Pane::Providers) => Box::new(Browse::new(Providers, cx)),
            Place::Thing(Kind::User, name) => Box::new(Detail::new(User(name.clone()), cx)),
            Place::Thing(Kind::Group, name) => Box::new(Detail::new(Group(name.clone()), cx)),
            Place::Thing(Kind::Role, name) => Box::new(Detail::new(Role(name.clone()), cx)),
            Place::Thing(Kind::Policy, arn) => Box::new(Detail::new(Policy(arn.clone()), cx)),
            Place::Thing(Kind::Provider, arn) => Box::new(Detail::new(Provider(arn.clone()), cx)),
            Place::Thing(Kind::Key, id) => Box::new(Detail::new(key::Key(id.clone()), cx)),
        }
    }

    fn task(&self, task: Task, cx: &Context) -> Effect {
        tasks::begin(task, cx)
    }

    fn search(&self, cx: &Context) -> Box<dyn Screen> {
        Box::new(search::open(cx))
    }
}

/// The page of a thing to be shown beside the list that it stands in: at a glance, and from the store alone.
pub fn glance(place: &Place, cx: &Context) -> Option<Box<dyn Screen>> {
    let Place::Thing(kind, id) = place else { return None };
    Some(match kind {
        Kind::User => Box::new(Detail::glance(User(id.clone()), cx)),
        Kind::Group => Box::new(Detail::glance(Group(id.clone()), cx)),
        Kind::Role => Box::new(Detail::glance(Role(id.clone()), cx)),
        Kind::Policy => Box::new(Detail::glance(Policy(id.clone()), cx)),
        Kind::Key => Box::new(Detail::glance(key::Key(id.clone()), cx)),
        // A mirror would have to ask its endpoint at every row.
        Kind::Provider if cx.account.info().mirror.is_none() => Box::new(Detail::glance(Provider(id.clone()), cx)),
        Kind::Provider | Kind::Account => return None,
    })
}
