//! The ways in: the questions that a thing, a list or the palette asks, and the pages that answers lead to.

use super::question::Face;
use super::{Findings, Simulator};
use crate::console::action::{Deed, Kind, Offer};
use crate::console::context::Context;
use crate::console::effect::Effect;
use crate::console::place::Place;
use crate::insight::SubjectKind;

/// What a deed on a thing asks: simulates it, who can do something to it, or what it can do.
pub fn ask(deed: Deed, kind: Kind, name: &str, cx: &Context) -> Effect {
    let word = match kind {
        Kind::Group => "group",
        Kind::Role => "role",
        Kind::Policy => "policy",
        _ => "user",
    };
    let spelled = match kind {
        // A policy is known by its ARN.
        Kind::Policy => name.to_owned(),
        _ => format!("{word}/{name}"),
    };
    let action = if kind == Kind::Role { "sts:AssumeRole" } else { "" };
    Effect::open(match deed {
        Deed::WhoCan => Simulator::new(Face::WhoCan, ["", action, &spelled], cx),
        Deed::Can => Simulator::new(Face::Can, [&spelled, "", ""], cx),
        _ => Simulator::new(Face::Simulate, [&spelled, "", ""], cx),
    })
}

/// The same from anywhere, with everything still to be said.
pub fn begin(deed: Deed, cx: &Context) -> Effect {
    Effect::open(match deed {
        Deed::Findings => return Effect::open(Findings::new(cx)),
        Deed::WhoCan => Simulator::new(Face::WhoCan, ["", "", ""], cx),
        Deed::Can => Simulator::new(Face::Can, ["", "", ""], cx),
        _ => Simulator::new(Face::Simulate, ["", "", ""], cx),
    })
}

/// The questions that can be asked of a thing; of several at once none.
pub fn offers(targets: &[String]) -> Vec<Offer> {
    let questions = [Deed::Simulate, Deed::WhoCan, Deed::Can];
    questions.into_iter().filter(|_| targets.len() == 1).map(Offer::from).collect()
}

/// Asks a question of the one thing that a list means.
pub fn ask_of(deed: Deed, kind: Kind, targets: &[String], cx: &Context) -> Effect {
    match targets {
        [one] if deed.is_question() => ask(deed, kind, one, cx),
        _ => Effect::None,
    }
}

/// The place of a principal's page.
pub(super) fn page_of(kind: SubjectKind, name: &str) -> Option<Place> {
    let kind = match kind {
        SubjectKind::User => Kind::User,
        SubjectKind::Role => Kind::Role,
        SubjectKind::Group => Kind::Group,
        _ => return None,
    };
    Some(Place::Thing(kind, name.to_owned()))
}
