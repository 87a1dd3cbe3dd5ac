//! The list of users.

use super::listing::{Listing, Page, Query, Reading};
use super::source::{self, Look};
use super::{copy, create, delete, members, policies_of, rename, simulator, tags};
use crate::console::action::{Deed, Kind, Offer};
use crate::console::context::Context;
use crate::console::effect::Effect;
use crate::console::moment;
use crate::console::place::{Pane, Place};
use crate::console::widget::{Cell, Column, Row};
use crate::store::view::{self, Mfa, Password};

const COLUMNS: &[Column] = &[
    Column::name("Name"),
    Column::new("Groups", 12, 2),
    Column::new("Last activity", 7, 1),
    Column::new("MFA", 7, 1),
    Column::new("Password", 5, 3),
    Column::new("Key age", 6, 1),
    Column::new("Created", 7, 4).extra(),
    Column::new("Path", 6, 4).unsorted().extra(),
];

const STORE_COLUMNS: &[view::Column] = &[
    view::Column::Name,
    view::Column::Groups,
    view::Column::Activity,
    view::Column::Mfa,
    view::Column::Password,
    view::Column::Key,
    view::Column::Created,
    view::Column::Name,
];

/// The users of the account.
#[derive(Debug)]
pub struct Users;

fn row(row: &view::Row, look: &Look) -> Option<Row> {
    let view::Row::User(user) = row else { return None };
    let groups = match (&user.first_group, user.groups) {
        (Some(first), 0..=1) => Cell::new(first.clone()),
        (Some(first), count) => Cell::new(format!("{first} +{}", count - 1)),
        (None, _) => Cell::none(&look.theme),
    };
    let password = match user.password {
        Password::Unknown => Cell::unknown(&look.theme),
        Password::None => Cell::none(&look.theme),
        Password::Set(at) => Cell::new(moment::ago(look.now, at)),
    };
    let key = user.oldest_key.map_or(Cell::none(&look.theme), |at| Cell::new(moment::ago(look.now, at)));
    let activity = moment::last(look.now, user.activity, &look.theme);
    let (created, path) = (Cell::new(moment::ago(look.now, user.created)), Cell::dim(user.path.clone()));
    let cells = vec![Cell::new(user.name.clone()), groups, activity, mfa(user.mfa, look), password, key, created, path];
    let row = Row { id: user.name.clone(), cells, finding: None };
    Some(source::with_findings(row, &user.name, &user.findings, STORE_COLUMNS))
}

/// The second factor in a word.
pub fn mfa(mfa: Mfa, look: &Look) -> Cell {
    match mfa {
        Mfa::Unknown => Cell::unknown(&look.theme),
        Mfa::None => Cell::dim("none"),
        Mfa::Virtual => Cell::new("virtual"),
        Mfa::Hardware => Cell::new("hardware"),
        Mfa::Passkey => Cell::new("passkey"),
        Mfa::Some => Cell::new("yes"),
    }
}

impl Listing for Users {
    fn pane(&self) -> Pane {
        Pane::Users
    }

    fn columns(&self) -> &'static [Column] {
        COLUMNS
    }

    fn read(&self, query: Query, cx: &Context) -> Reading<Page> {
        source::read(cx, view::Pane::Users, STORE_COLUMNS, query, row)
    }

    fn offers(&self, targets: &[String]) -> Vec<Offer> {
        let mut offers = vec![Deed::New.into()];
        if !targets.is_empty() {
            offers.push(Offer::new(Deed::Add, "add to group"));
            offers.push(Deed::Delete.into());
            offers.push(Offer::new(Deed::Edit, "rename"));
            offers.push(Offer::new(Deed::Tags, "add tag"));
            offers.push(Offer::new(Deed::Boundary, "boundary"));
            offers.push(Deed::Copy.into());
            offers.extend(simulator::offers(targets));
        }
        offers
    }

    fn act(&mut self, deed: Deed, targets: &[String], cx: &Context) -> Effect {
        match deed {
            Deed::New => create::user(cx),
            Deed::Add => members::add_to_groups(targets, cx),
            Deed::Edit => rename::edit(Kind::User, targets, cx),
            Deed::Delete => delete::ask(Kind::User, targets, cx),
            Deed::Tags => tags::add(Kind::User, targets),
            Deed::Boundary => policies_of::boundary(Kind::User, targets, cx),
            Deed::Copy => copy::menu(Kind::User, targets, cx),
            deed => simulator::ask_of(deed, Kind::User, targets, cx),
        }
    }

    fn column_of(&self, by: view::Column) -> Option<usize> {
        STORE_COLUMNS.iter().position(|column| *column == by)
    }

    fn place(&self, row: &Row) -> Option<Place> {
        Some(Place::Thing(Kind::User, row.id.clone()))
    }

    fn when_empty(&self) -> &'static str {
        "There are no users yet."
    }
}
