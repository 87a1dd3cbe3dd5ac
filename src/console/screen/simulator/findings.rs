//! The findings: who gets in from outside, who could get more rights, what nobody uses.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use ratatui::Frame;
use ratatui::layout::Rect;

use super::answer::{ROWS_MAX, left_out, outsider};
use super::entry::page_of;
use super::rows::{Item, Leaf, Rows, say};
use super::statement;
use crate::console::action::{Deed, Offer};
use crate::console::context::Context;
use crate::console::effect::Effect;
use crate::console::screen::Screen;
use crate::console::task::{Failure, Fetch};
use crate::console::widget::Cell;
use crate::insight::{self, Escalating, OpenWay, People, SubjectKind, Unused, UnusedKind, UnusedServices};
use crate::store::{Account, Store, Which};

/// The screen.
pub struct Findings {
    found: Fetch<Rows>,
    /// Ends the search under way.
    is_stale: Arc<AtomicBool>,
    height: usize,
}

impl Drop for Findings {
    fn drop(&mut self) {
        self.is_stale.store(true, Ordering::Relaxed);
    }
}

impl Findings {
    /// The findings, on their way.
    pub fn new(cx: &Context) -> Self {
        let mut screen = Self { found: Fetch::default(), is_stale: Arc::default(), height: 1 };
        screen.refresh(cx);
        screen
    }
}

fn rows(found: &insight::Findings) -> Rows {
    let mut items = Vec::new();
    let mut part = |title: &str, count: usize, rows: &mut dyn Iterator<Item = Item>| {
        if count > 0 {
            items.push(Item::Title(format!("{title}: {count}")));
            items.extend(rows.take(ROWS_MAX));
            items.extend(left_out(count, "`tiam findings` lists them"));
        }
    };
    let insight::Findings { external, escalation: ways, unused: idle, unused_services, .. } = found;
    part("Roles that can be assumed from outside", external.len(), &mut external.iter().map(|one| outsider(one, true)));
    part(
        "Ways to more rights",
        ways.iter().map(|one| one.ways.len()).sum(),
        &mut ways.iter().flat_map(|one| one.ways.iter().map(|way| escalation(one, way))),
    );
    part("Unused for more than 90 days", idle.len(), &mut idle.iter().map(unused));
    part(
        "Services not used for more than 90 days",
        unused_services.len(),
        &mut unused_services.iter().map(more_than_used),
    );
    if items.is_empty() {
        items.extend(say("Nothing was found.", true));
    }
    Rows::new(items)
}

fn escalation(one: &Escalating, way: &OpenWay) -> Item {
    let certain = if way.certain { Cell::finding("open") } else { Cell::dim("limited") };
    let cells = vec![Cell::dim(one.kind.word()), Cell::new(one.name.clone()), certain, Cell::new(way.name)];
    let on = if way.targets.is_empty() { String::new() } else { format!(" Open on {}.", way.targets.join(", ")) };
    Item::Leaf(cells, page_of(one.kind, &one.name).map(Leaf::Go), format!("{}{on}", way.explanation))
}

fn unused(one: &Unused) -> Item {
    let kind = if one.kind == UnusedKind::Role { SubjectKind::Role } else { SubjectKind::User };
    let cells = vec![Cell::dim(kind.word()), Cell::new(one.name.clone()), Cell::new(one.sentence())];
    Item::Leaf(cells, page_of(kind, &one.name).map(Leaf::Go), String::new())
}

fn more_than_used(one: &UnusedServices) -> Item {
    let cells = vec![Cell::dim(one.kind.word()), Cell::new(one.name.clone()), Cell::new(one.sentence())];
    let names: Vec<&str> = one.unused.iter().map(|one| one.service).collect();
    let used = if one.used.is_empty() { String::new() } else { format!("Used: {}. ", one.used.join(", ")) };
    Item::Leaf(cells, page_of(one.kind, &one.name).map(Leaf::Go), format!("{used}Not used: {}.", names.join(", ")))
}

impl Screen for Findings {
    fn crumbs(&self) -> Vec<String> {
        vec!["Findings".to_owned()]
    }

    fn offers(&self, _cx: &Context) -> Vec<Offer> {
        let mut offers = Vec::new();
        if self.found.value().is_some_and(|rows| rows.selected().is_some()) {
            offers.push(Offer::from(Deed::Open));
        }
        let moves =
            [Deed::Down, Deed::Up, Deed::PageDown, Deed::PageUp, Deed::HalfDown, Deed::HalfUp, Deed::Top, Deed::Bottom];
        offers.extend([Deed::Refresh].into_iter().chain(moves).map(Offer::from));
        offers
    }

    fn update(&mut self, deed: Deed, cx: &Context) -> Effect {
        match (deed, self.found.value().and_then(Rows::selected).cloned()) {
            (Deed::Open, Some(Leaf::Statement(place))) => return statement::open(*place, cx),
            (Deed::Open, Some(Leaf::Go(place))) => return Effect::Go(place),
            (Deed::Refresh, _) => self.refresh(cx),
            _ => {
                let height = self.height;
                if let Some(rows) = self.found.value_mut() {
                    rows.go(deed, height);
                }
            }
        }
        Effect::None
    }

    fn is_waiting(&self) -> bool {
        self.found.is_new()
    }

    fn receive(&mut self, _cx: &Context) -> Effect {
        self.found.take_in();
        Effect::None
    }

    fn refresh(&mut self, cx: &Context) {
        let account = cx.account.clone();
        self.is_stale.store(true, Ordering::Relaxed);
        self.is_stale = Arc::default();
        let is_stale = Arc::clone(&self.is_stale);
        self.found.start(&cx.tasks, async move {
            let read = move |store: &Store, account: &Account| {
                let people = People::read_some(store, account, Which::Everybody, &is_stale);
                Ok(people.and_then(|people| insight::findings(store, &people)))
            };
            let found = account.read(read).await?;
            found.map(|found| rows(&found)).map_err(|error| Failure::new(error.to_string()))
        });
    }

    fn remark(&self, _cx: &Context) -> Option<(String, bool)> {
        if let Some(failure) = self.found.failure() {
            return Some((failure.to_string(), true));
        }
        self.found.value().and_then(Rows::remark).map(|text| (text, false))
    }

    fn resized(&mut self, area: Rect) {
        self.height = usize::from(area.height).max(1);
    }

    fn view(&self, frame: &mut Frame, area: Rect, cx: &Context) {
        match self.found.value() {
            Some(rows) => rows.view(frame, area, &cx.theme, true),
            None => Rows::new(say("reading", false)).view(frame, area, &cx.theme, false),
        }
    }
}
