//! The list of access keys of all users.

use super::listing::{Listing, Page, Query, Reading};
use super::source::{self, Look};
use super::{copy, credentials};
use crate::console::action::{Deed, Kind, Offer};
use crate::console::context::Context;
use crate::console::effect::Effect;
use crate::console::moment;
use crate::console::place::{Pane, Place};
use crate::console::widget::{Cell, Column, Row};
use crate::store::view;

const COLUMNS: &[Column] = &[
    Column::name("Owner"),
    Column::new("Access key id", 20, 1),
    Column::new("Status", 8, 1),
    Column::new("Age", 6, 1),
    Column::new("Last used", 7, 1),
    Column::new("Service", 6, 3).unsorted(),
];

const STORE_COLUMNS: &[view::Column] = &[
    view::Column::Owner,
    view::Column::Name,
    view::Column::Status,
    view::Column::Created,
    view::Column::Activity,
    view::Column::Name,
];

/// Where the store's findings of a key stand in this list.
const FINDING_COLUMNS: &[view::Column] =
    &[view::Column::Owner, view::Column::Name, view::Column::Status, view::Column::Key];

/// The access keys of the account.
#[derive(Debug)]
pub struct Keys;

fn row(row: &view::Row, look: &Look) -> Option<Row> {
    let view::Row::Key(key) = row else { return None };
    let owner = key.owner.clone().unwrap_or_else(|| "root user".to_owned());
    let service = match (&key.service, &key.region) {
        (Some(service), Some(region)) => Cell::new(format!("{service} {region}")),
        (Some(service), None) => Cell::new(service.clone()),
        _ => Cell::none(&look.theme),
    };
    let cells = vec![
        Cell::new(owner.clone()),
        Cell::new(key.id.clone()),
        if key.is_active { Cell::new("active") } else { Cell::dim("inactive") },
        Cell::new(moment::ago(look.now, key.created)),
        moment::last(look.now, key.used, &look.theme),
        service,
    ];
    let row = Row { id: key.id.clone(), cells, finding: None };
    Some(source::with_findings(row, &owner, &key.findings, FINDING_COLUMNS))
}

impl Listing for Keys {
    fn pane(&self) -> Pane {
        Pane::Keys
    }

    fn columns(&self) -> &'static [Column] {
        COLUMNS
    }

    fn read(&self, query: Query, cx: &Context) -> Reading<Page> {
        source::read(cx, view::Pane::AccessKeys, STORE_COLUMNS, query, row)
    }

    fn offers(&self, targets: &[String]) -> Vec<Offer> {
        let mut offers = vec![Deed::New.into()];
        if !targets.is_empty() {
            offers.push(Deed::Toggle.into());
            offers.push(Deed::Delete.into());
            offers.push(Deed::Copy.into());
        }
        offers
    }

    fn act(&mut self, deed: Deed, targets: &[String], cx: &Context) -> Effect {
        match deed {
            Deed::New => credentials::choose_user_for_key(cx),
            Deed::Toggle => credentials::toggle(targets, cx),
            Deed::Delete => credentials::delete_keys(targets, cx),
            Deed::Copy => copy::menu(Kind::Key, targets, cx),
            _ => Effect::None,
        }
    }

    fn column_of(&self, by: view::Column) -> Option<usize> {
        STORE_COLUMNS.iter().position(|column| *column == by)
    }

    fn place(&self, row: &Row) -> Option<Place> {
        Some(Place::Thing(Kind::Key, row.id.clone()))
    }

    fn when_empty(&self) -> &'static str {
        "There are no access keys."
    }
}
