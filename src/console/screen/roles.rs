//! The list of roles.

use super::listing::{Listing, Page, Query, Reading};
use super::source::{self, Look};
use super::{copy, create, delete, documents, policies_of, rename, simulator, tags};
use crate::console::action::{Deed, Kind, Offer};
use crate::console::context::Context;
use crate::console::effect::Effect;
use crate::console::moment;
use crate::console::place::{Pane, Place};
use crate::console::widget::{Cell, Column, Row};
use crate::store::view;

const COLUMNS: &[Column] = &[
    Column::name("Name"),
    Column::new("Trusted entity", 14, 1).unsorted(),
    Column::new("Last activity", 7, 1),
    Column::new("Created", 7, 2),
    Column::new("Path", 6, 4).unsorted().extra(),
    Column::new("Description", 12, 4).unsorted().extra(),
];

const STORE_COLUMNS: &[view::Column] =
    &[view::Column::Name, view::Column::Trusted, view::Column::Activity, view::Column::Created];

/// The roles of the account.
#[derive(Debug)]
pub struct Roles;

fn row(row: &view::Row, look: &Look) -> Option<Row> {
    let view::Row::Role(role) = row else { return None };
    let trusted = match role.trusted.as_slice() {
        [] => Cell::none(&look.theme),
        [one] => Cell::new(one.to_string()),
        [first, rest @ ..] => Cell::new(format!("{first} +{}", rest.len())),
    };
    let cells = vec![
        Cell::new(role.name.clone()),
        trusted,
        moment::last(look.now, role.activity, &look.theme),
        Cell::new(moment::ago(look.now, role.created)),
        Cell::dim(role.path.clone()),
        role.description.clone().map_or(Cell::none(&look.theme), Cell::new),
    ];
    let row = Row { id: role.name.clone(), cells, finding: None };
    Some(source::with_findings(row, &role.name, &role.findings, STORE_COLUMNS))
}

impl Listing for Roles {
    fn pane(&self) -> Pane {
        Pane::Roles
    }

    fn columns(&self) -> &'static [Column] {
        COLUMNS
    }

    fn read(&self, query: Query, cx: &Context) -> Reading<Page> {
        source::read(cx, view::Pane::Roles, STORE_COLUMNS, query, row)
    }

    fn offers(&self, targets: &[String]) -> Vec<Offer> {
        let mut offers = vec![Deed::New.into()];
        if !targets.is_empty() {
            offers.push(Offer::new(Deed::Add, "attach policy"));
            offers.push(Offer::new(Deed::Trust, "edit trust"));
            offers.push(Deed::Delete.into());
            offers.push(Deed::Edit.into());
            offers.push(Offer::new(Deed::Tags, "add tag"));
            offers.push(Offer::new(Deed::Boundary, "boundary"));
            offers.push(Deed::Copy.into());
            offers.extend(simulator::offers(targets));
        }
        offers
    }

    fn act(&mut self, deed: Deed, targets: &[String], cx: &Context) -> Effect {
        match (deed, targets) {
            (Deed::New, _) => create::role(cx),
            (Deed::Add, _) => policies_of::attach(Kind::Role, targets, cx),
            (Deed::Trust, [name]) => documents::edit_trust(name, None, cx),
            (Deed::Trust, _) => Effect::Say("One trust policy can be edited at a time.".to_owned()),
            (Deed::Edit, _) => rename::edit(Kind::Role, targets, cx),
            (Deed::Delete, _) => delete::ask(Kind::Role, targets, cx),
            (Deed::Tags, _) => tags::add(Kind::Role, targets),
            (Deed::Boundary, _) => policies_of::boundary(Kind::Role, targets, cx),
            (Deed::Copy, _) => copy::menu(Kind::Role, targets, cx),
            (deed, _) => simulator::ask_of(deed, Kind::Role, targets, cx),
        }
    }

    fn column_of(&self, by: view::Column) -> Option<usize> {
        STORE_COLUMNS.iter().position(|column| *column == by)
    }

    fn place(&self, row: &Row) -> Option<Place> {
        Some(Place::Thing(Kind::Role, row.id.clone()))
    }

    fn when_empty(&self) -> &'static str {
        "There are no roles yet."
    }
}
