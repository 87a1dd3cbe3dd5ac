//! What the pages of users, groups and roles have in common: lines of policies, tags and boundary, and the deeds on them.

use super::sheet::{Line, Part, Section};
use super::{copy, create, delete, documents, policies_of, rename, simulator, tags};
use crate::api::Tag;
use crate::console::action::{Deed, Kind, Offer};
use crate::console::context::Context;
use crate::console::effect::Effect;
use crate::console::moment;
use crate::console::place::Place;
use crate::console::widget::Cell;
use crate::store::view::{Head, Inline, PolicyLink};

/// An attached policy.
pub fn attached(policy: &PolicyLink) -> Line {
    let line = Line::new([Cell::new(policy.name.clone()), Cell::dim(policy.origin.word())]);
    line.to(Place::Thing(Kind::Policy, policy.arn.clone())).part(Part::Attached(policy.arn.clone()))
}

/// An inline policy.
pub fn inline(inline: &Inline) -> Line {
    let size = crate::iam::quota::document_size(&inline.document);
    let line = Line::new([Cell::new(inline.name.clone()), Cell::dim(format!("inline, {size} characters"))]);
    line.part(Part::Inline(inline.name.clone()))
}

/// The policies of the thing itself.
pub fn directly(links: &[PolicyLink], inlines: &[Inline]) -> Section {
    Section::new("Directly", links.iter().map(attached).chain(inlines.iter().map(inline)).collect())
}

/// The permissions boundary.
pub fn boundary(head: &Head) -> Section {
    let line = |policy: &PolicyLink| Line { part: Part::Boundary, ..attached(policy) };
    Section::new("Boundary", head.boundary.iter().map(line).collect())
}

/// The tags.
pub fn tag_lines(tags: &[Tag]) -> Section {
    let line = |tag: &Tag| {
        let line = Line::new([Cell::new(tag.key.clone()), Cell::new(tag.value.clone())]);
        line.part(Part::Tag(tag.key.clone(), tag.value.clone()))
    };
    Section::new("", tags.iter().map(line).collect())
}

/// ARN, unique id, when it was made.
pub fn facts(head: &Head) -> String {
    let made = moment::date(head.created);
    let made = made.split(' ').next().unwrap_or_default();
    let id = if head.id.is_empty() { String::new() } else { format!("   {}", head.id) };
    format!("{}{id}   made {made}", head.arn)
}

/// What can be done to a part of a thing that has policies.
pub fn offers(tab: &str, part: &Part) -> Vec<Offer> {
    let mut offers = Vec::new();
    match part {
        Part::Attached(_) => offers.push(Offer::new(Deed::Remove, "detach")),
        Part::Inline(_) => {
            offers.push(Deed::Edit.into());
            offers.push(Offer::new(Deed::Delete, "delete policy"));
        }
        Part::Boundary => offers.push(Offer::new(Deed::Boundary, "change boundary")),
        Part::Tag(..) => {
            offers.push(Offer::new(Deed::Edit, "change value"));
            offers.push(Offer::new(Deed::Remove, "remove tag"));
        }
        _ => {}
    }
    match tab {
        "Permissions" => {
            offers.push(Offer::new(Deed::Add, "attach policy"));
            offers.push(Offer::new(Deed::New, "inline policy"));
        }
        "Tags" => offers.push(Offer::new(Deed::New, "add tag")),
        _ => {}
    }
    offers
}

/// Does what every kind does alike. `id` is the name, or a policy's ARN.
pub fn act(deed: Deed, kind: Kind, id: &str, (tab, part): (&str, &Part), cx: &Context) -> Effect {
    let one = [id.to_owned()];
    match (deed, part, tab) {
        (Deed::Remove, Part::Attached(arn), _) => policies_of::detach(cx, kind, id, arn),
        (Deed::Edit, Part::Inline(name), _) => documents::edit_inline(kind, id, name, None, cx),
        (Deed::Delete, Part::Inline(name), _) => {
            let calls = vec![policies_of::about("Delete{}Policy", kind, id, serde_json::json!({"PolicyName": name}))];
            delete::part(format!("Delete the inline policy {name} of {id}?"), "no: copy its JSON first", cx, calls)
        }
        (Deed::Edit, Part::Tag(key, value), _) => tags::edit(kind, id, key, value),
        (Deed::Remove, Part::Tag(key, _), _) => tags::remove(cx, kind, id, key),
        (Deed::New, _, "Tags") | (Deed::Tags, ..) => tags::add(kind, &one),
        (Deed::New, _, "Permissions") => create::inline(kind, id),
        (Deed::Add, _, _) => policies_of::attach(kind, &one, cx),
        (Deed::Boundary, ..) => policies_of::boundary(kind, &one, cx),
        (Deed::Edit, ..) => rename::edit(kind, &one, cx),
        (Deed::Delete, ..) => delete::ask(kind, &one, cx),
        (Deed::Copy, ..) => copy::menu(kind, &one, cx),
        (deed, ..) if deed.is_question() => simulator::ask(deed, kind, id, cx),
        _ => Effect::None,
    }
}
