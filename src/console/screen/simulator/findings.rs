//! The findings: who gets in from outside, who could get more rights, what nobody uses.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use ratatui::Frame;
use ratatui::layout::Rect;
use tokio_util::sync::CancellationToken;

use super::answer::{ROWS_MAX, left_out, outsider};
use super::entry::page_of;
use super::rows::{Item, Leaf, Rows, say};
use super::statement;
use crate::account::Reports;
use crate::console::action::{Deed, Offer};
use crate::console::context::Context;
use crate::console::effect::Effect;
use crate::console::screen::Screen;
use crate::console::task::{Failure, Fetch};
use crate::console::widget::Cell;
use crate::insight::{
    self, Escalating, OpenWay, People, SubjectKind, Unused, UnusedActions, UnusedKind, UnusedServices,
};
use crate::store::{Account, Store, Which};

/// The screen.
pub struct Findings {
    found: Fetch<Found>,
    /// Ends the search under way.
    is_stale: Arc<AtomicBool>,
    /// Ends the questions to the endpoint under way.
    cancel: CancellationToken,
    is_asking: bool,
    height: usize,
}

impl Drop for Findings {
    fn drop(&mut self) {
        self.is_stale.store(true, Ordering::Relaxed);
        self.cancel.cancel();
    }
}

/// What was found.
struct Found {
    rows: Rows,
    /// What the endpoint reported, once it was asked.
    reports: Option<Arc<Reports>>,
}

impl Findings {
    /// The findings, on their way.
    pub fn new(cx: &Context) -> Self {
        let mut screen = Self {
            found: Fetch::default(),
            is_stale: Arc::default(),
            cancel: CancellationToken::new(),
            is_asking: false,
            height: 1,
        };
        screen.refresh(cx);
        screen
    }

    /// Looks for findings; of what an endpoint has to be asked about, what it said when it was, or it is asked now.
    fn search(&mut self, is_to_ask: bool, cx: &Context) {
        let account = cx.account.clone();
        self.is_asking = is_to_ask;
        self.is_stale.store(true, Ordering::Relaxed);
        self.is_stale = Arc::default();
        self.cancel.cancel();
        self.cancel = CancellationToken::new();
        let (is_stale, cancel) = (Arc::clone(&self.is_stale), self.cancel.clone());
        let mut reports = self.found.value().and_then(|found| found.reports.clone());
        self.found.start(&cx.tasks, async move {
            let read = move |store: &Store, account: &Account| {
                let people = People::read_some(store, account, Which::Everybody, &is_stale);
                Ok(people.and_then(|people| insight::findings(store, &people).map(|found| (people, found))))
            };
            let read = account.read(read).await?;
            let (people, mut found) = read.map_err(|error| Failure::new(error.to_string()))?;
            if is_to_ask {
                let arns = insight::asked_about(&people);
                reports = Some(Arc::new(account.last_accessed(&arns, &cancel, &|_| {}).await?));
            }
            if let Some(reports) = &reports {
                found.take_in(&people, reports);
            }
            Ok(Found { rows: rows(&found), reports })
        });
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
    let insight::Findings { external, escalation: ways, unused: idle, unused_services, unused_actions, unknown } =
        found;
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
    part(
        "Actions not used for more than 90 days",
        unused_actions.len(),
        &mut unused_actions.iter().map(more_than_called),
    );
    if items.is_empty() {
        items.extend(say("Nothing was found.", true));
    }
    items.extend(unknown.iter().flat_map(|sentence| say(sentence, false)));
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

/// How old a report is by the clock, for the line of a finding.
fn reported(as_of: Option<jiff::Timestamp>) -> String {
    as_of.map(|at| format!(" Reported {at}.")).unwrap_or_default()
}

fn more_than_used(one: &UnusedServices) -> Item {
    let cells = vec![Cell::dim(one.kind.word()), Cell::new(one.name.clone()), Cell::new(one.sentence())];
    let names: Vec<&str> = one.unused.iter().map(|one| &*one.service).collect();
    let used = if one.used.is_empty() { String::new() } else { format!("Used: {}. ", one.used.join(", ")) };
    Item::Leaf(
        cells,
        page_of(one.kind, &one.name).map(Leaf::Go),
        format!("{used}Not used: {}.{}", names.join(", "), reported(one.as_of)),
    )
}

fn more_than_called(one: &UnusedActions) -> Item {
    let cells = vec![Cell::dim(one.kind.word()), Cell::new(one.name.clone()), Cell::new(one.sentence())];
    let names: Vec<&str> = one.unused.iter().map(|one| &*one.action).collect();
    let says = format!("Used: {}. Not used: {}.{}", one.used.join(", "), names.join(", "), reported(one.as_of));
    Item::Leaf(cells, page_of(one.kind, &one.name).map(Leaf::Go), says)
}

impl Screen for Findings {
    fn crumbs(&self) -> Vec<String> {
        vec!["Findings".to_owned()]
    }

    fn offers(&self, cx: &Context) -> Vec<Offer> {
        let mut offers = Vec::new();
        if self.found.value().is_some_and(|found| found.rows.selected().is_some()) {
            offers.push(Offer::from(Deed::Open));
        }
        if cx.account.info().mirror.is_some() {
            offers.push(Offer::from(Deed::LastAccessed));
        }
        let moves =
            [Deed::Down, Deed::Up, Deed::PageDown, Deed::PageUp, Deed::HalfDown, Deed::HalfUp, Deed::Top, Deed::Bottom];
        offers.extend([Deed::Refresh].into_iter().chain(moves).map(Offer::from));
        offers
    }

    fn update(&mut self, deed: Deed, cx: &Context) -> Effect {
        match (deed, self.found.value().and_then(|found| found.rows.selected()).cloned()) {
            (Deed::Open, Some(Leaf::Statement(place))) => return statement::open(*place, cx),
            (Deed::Open, Some(Leaf::Go(place))) => return Effect::Go(place),
            (Deed::Refresh, _) => self.refresh(cx),
            (Deed::LastAccessed, _) => {
                self.search(true, cx);
                return Effect::Say(
                    "Asking the endpoint about each user and role; leaving the page ends it.".to_owned(),
                );
            }
            _ => {
                let height = self.height;
                if let Some(found) = self.found.value_mut() {
                    found.rows.go(deed, height);
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
        // What is read anew behind the page must not undo what takes long.
        if !(self.is_asking && self.found.is_loading()) {
            self.search(false, cx);
        }
    }

    fn remark(&self, _cx: &Context) -> Option<(String, bool)> {
        if let Some(failure) = self.found.failure() {
            return Some((failure.to_string(), true));
        }
        self.found.value().and_then(|found| found.rows.remark()).map(|text| (text, false))
    }

    fn resized(&mut self, area: Rect) {
        self.height = usize::from(area.height).max(1);
    }

    fn view(&self, frame: &mut Frame, area: Rect, cx: &Context) {
        match self.found.value() {
            Some(found) => found.rows.view(frame, area, &cx.theme, true),
            None => Rows::new(say("reading", false)).view(frame, area, &cx.theme, false),
        }
    }
}
