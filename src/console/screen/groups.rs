//! The list of user groups.

use super::listing::{Listing, Page, Query, Reading};
use super::source::{self, Look};
use super::{copy, create, delete, members, policies_of, rename, simulator};
use crate::console::action::{Deed, Kind, Offer};
use crate::console::context::Context;
use crate::console::effect::Effect;
use crate::console::moment;
use crate::console::place::{Pane, Place};
use crate::console::widget::{Cell, Column, Row};
use crate::store::view;

const COLUMNS: &[Column] = &[
    Column::name("Name"),
    Column::new("Users", 5, 1).right(),
    Column::new("Policies", 8, 1).right().unsorted(),
    Column::new("Path", 6, 3).unsorted(),
    Column::new("Created", 7, 2),
];

const STORE_COLUMNS: &[view::Column] =
    &[view::Column::Name, view::Column::Users, view::Column::Attachments, view::Column::Name, view::Column::Created];

/// The user groups of the account.
#[derive(Debug)]
pub struct Groups;

fn row(row: &view::Row, look: &Look) -> Option<Row> {
    let view::Row::Group(group) = row else { return None };
    let cells = vec![
        Cell::new(group.name.clone()),
        source::number(group.users, look),
        source::number(group.policies, look),
        Cell::dim(group.path.clone()),
        Cell::new(moment::ago(look.now, group.created)),
    ];
    Some(Row { id: group.name.clone(), cells, finding: None })
}

impl Listing for Groups {
    fn pane(&self) -> Pane {
        Pane::Groups
    }

    fn columns(&self) -> &'static [Column] {
        COLUMNS
    }

    fn read(&self, query: Query, cx: &Context) -> Reading<Page> {
        source::read(cx, view::Pane::Groups, STORE_COLUMNS, query, row)
    }

    fn offers(&self, targets: &[String]) -> Vec<Offer> {
        let mut offers = vec![Deed::New.into()];
        if !targets.is_empty() {
            offers.push(Offer::new(Deed::Add, "attach policy"));
            offers.push(Offer::new(Deed::Members, "add users"));
            offers.push(Deed::Delete.into());
            offers.push(Offer::new(Deed::Edit, "rename"));
            offers.push(Deed::Copy.into());
            offers.extend(simulator::offers(targets));
        }
        offers
    }

    fn act(&mut self, deed: Deed, targets: &[String], cx: &Context) -> Effect {
        match deed {
            Deed::New => create::group(cx),
            Deed::Add => policies_of::attach(Kind::Group, targets, cx),
            Deed::Members => members::add_users(targets, cx),
            Deed::Edit => rename::edit(Kind::Group, targets, cx),
            Deed::Delete => delete::ask(Kind::Group, targets, cx),
            Deed::Copy => copy::menu(Kind::Group, targets, cx),
            deed => simulator::ask_of(deed, Kind::Group, targets, cx),
        }
    }

    fn column_of(&self, by: view::Column) -> Option<usize> {
        STORE_COLUMNS.iter().position(|column| *column == by)
    }

    fn place(&self, row: &Row) -> Option<Place> {
        Some(Place::Thing(Kind::Group, row.id.clone()))
    }

    fn when_empty(&self) -> &'static str {
        "There are no user groups yet."
    }
}
