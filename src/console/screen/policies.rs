//! The list of managed policies: the account's own and AWS's.

use super::listing::{Listing, Page, Query, Reading};
use super::source::{self, Look};
use super::{copy, create, delete, documents, policies_of, simulator, tags};
use crate::console::action::{Deed, Kind, Offer};
use crate::console::context::Context;
use crate::console::effect::Effect;
use crate::console::moment;
use crate::console::place::{Pane, Place};
use crate::console::widget::{Cell, Column, Row};
use crate::store::view::{self, Origin, Whose};

const COLUMNS: &[Column] = &[
    Column::name("Name"),
    Column::new("Type", 8, 2).unsorted(),
    Column::new("Attached to", 8, 1).right(),
    Column::new("Changed", 7, 3),
    Column::new("Created", 7, 4).unsorted().extra(),
    Column::new("Description", 12, 4).unsorted().extra(),
];

const STORE_COLUMNS: &[view::Column] =
    &[view::Column::Name, view::Column::Name, view::Column::Attachments, view::Column::Updated];

/// The managed policies.
#[derive(Debug, Default)]
pub struct Policies {
    whose: Whose,
}

impl Policies {
    /// The account's own policies.
    pub fn new() -> Self {
        Self { whose: Whose::Customer }
    }
}

fn row(row: &view::Row, look: &Look) -> Option<Row> {
    let view::Row::Policy(policy) = row else { return None };
    let cells = vec![
        Cell::new(policy.name.clone()),
        if policy.origin == Origin::Customer {
            Cell::new(policy.origin.word())
        } else {
            Cell::dim(policy.origin.word())
        },
        source::number(policy.attachments, look),
        Cell::new(moment::ago(look.now, policy.updated)),
        Cell::new(moment::ago(look.now, policy.created)),
        policy.description.clone().map_or(Cell::none(&look.theme), Cell::new),
    ];
    Some(Row { id: policy.arn.clone(), cells, finding: None })
}

impl Listing for Policies {
    fn pane(&self) -> Pane {
        Pane::Policies
    }

    fn columns(&self) -> &'static [Column] {
        COLUMNS
    }

    fn read(&self, query: Query, cx: &Context) -> Reading<Page> {
        source::read(cx, view::Pane::Policies(self.whose), STORE_COLUMNS, query, row)
    }

    fn offers(&self, targets: &[String]) -> Vec<Offer> {
        let mut offers = vec![Deed::New.into()];
        if !targets.is_empty() {
            offers.push(Deed::Edit.into());
            offers.push(Offer::new(Deed::Add, "attach to"));
            offers.push(Deed::Delete.into());
        }
        let next = match self.whose {
            Whose::Customer => "show AWS's too",
            Whose::All => "show AWS's only",
            Whose::Aws => "show job functions",
            Whose::JobFunction => "show ours",
        };
        offers.push(Offer::new(Deed::Which, next));
        if !targets.is_empty() {
            offers.push(Offer::new(Deed::Tags, "add tag"));
            offers.push(Deed::Copy.into());
            offers.extend(simulator::offers(targets));
        }
        offers
    }

    fn act(&mut self, deed: Deed, targets: &[String], cx: &Context) -> Effect {
        match (deed, targets) {
            (Deed::New, _) => create::policy(cx),
            (Deed::Edit, [arn]) => documents::edit_policy(arn, None, cx),
            (Deed::Edit, _) => Effect::Say("One policy can be edited at a time.".to_owned()),
            (Deed::Add, _) => policies_of::attach_to(targets, cx),
            (Deed::Delete, _) => delete::ask(Kind::Policy, targets, cx),
            (Deed::Tags, _) => tags::add(Kind::Policy, targets),
            (Deed::Copy, _) => copy::menu(Kind::Policy, targets, cx),
            (Deed::Which, _) => {
                self.whose = match self.whose {
                    Whose::Customer => Whose::All,
                    Whose::All => Whose::Aws,
                    Whose::Aws => Whose::JobFunction,
                    Whose::JobFunction => Whose::Customer,
                };
                Effect::Do(Deed::Refresh)
            }
            (deed, _) => simulator::ask_of(deed, Kind::Policy, targets, cx),
        }
    }

    fn column_of(&self, by: view::Column) -> Option<usize> {
        STORE_COLUMNS.iter().position(|column| *column == by)
    }

    fn place(&self, row: &Row) -> Option<Place> {
        Some(Place::Thing(Kind::Policy, row.id.clone()))
    }

    fn when_empty(&self) -> &'static str {
        "There are no policies of your own yet; f shows those that AWS manages."
    }
}
