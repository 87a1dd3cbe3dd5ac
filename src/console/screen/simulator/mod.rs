//! The simulator and its other faces: may this one do that and why, who can do that, and what can this one do.
//!
//! A few fields on top, the answer below as one types. Asking runs beside the loop; the newest question wins, and the
//! last answer stays until the next is there. An answer is a tree whose leaves lead on: a statement to its policy, a
//! holder to the question why, a name that was meant into its field.

mod answer;
mod entry;
mod findings;
mod question;
pub(in crate::console) mod rows;
mod statement;
#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use ratatui::Frame;
use ratatui::layout::Rect;

use super::{Screen, Tabs};
use crate::console::action::{Deed, Offer};
use crate::console::context::Context;
use crate::console::effect::Effect;
use crate::console::key::{Code, Key};
use crate::console::task::{Failure, Fetch};
use crate::console::terminal::{Mouse, MouseAct};
use crate::console::widget::Typed;

pub use entry::{ask, ask_of, begin, offers};
pub use findings::Findings;
use question::{Face, Fields, Part};
use rows::{Leaf, Rows};

/// The screen.
pub struct Simulator {
    face: Face,
    fields: Fields,
    answer: Fetch<Rows>,
    /// Ends the question under way.
    is_stale: Arc<AtomicBool>,
    height: usize,
}

impl Drop for Simulator {
    fn drop(&mut self) {
        self.is_stale.store(true, Ordering::Relaxed);
    }
}

impl Simulator {
    /// A face with fields filled in: principal, action, resource.
    fn new(face: Face, filled: [&str; 3], cx: &Context) -> Self {
        let mut screen =
            Self { face, fields: Fields::new(filled), answer: Fetch::default(), is_stale: Arc::default(), height: 1 };
        screen.fields.focus_on_need(face);
        screen.ask(cx);
        screen
    }

    fn ask(&mut self, cx: &Context) {
        let (account, asked) = (cx.account.clone(), self.fields.asked(self.face));
        self.is_stale.store(true, Ordering::Relaxed);
        self.is_stale = Arc::default();
        let is_stale = Arc::clone(&self.is_stale);
        self.answer.start(&cx.tasks, async move {
            let answered = account.read(move |store, account| Ok(answer::of(store, account, &asked, &is_stale))).await;
            answered.map_err(Failure::from)
        });
    }

    fn turn(&mut self, face: Face, cx: &Context) {
        self.face = face;
        self.answer = Fetch::default();
        self.fields.focus_on_need(face);
        self.ask(cx);
    }

    /// Enter in a field takes the name that was meant, or goes on.
    fn enter(&mut self, cx: &Context) {
        let meant = self.answer.value().and_then(Rows::meant);
        match (meant, self.fields.focus) {
            (Some((part, text)), Some(focus)) if part == focus => self.fill(part, &text, cx),
            _ => self.fields.step(self.face, 1),
        }
    }

    fn fill(&mut self, part: Part, text: &str, cx: &Context) {
        self.fields.fill(part, text);
        self.fields.focus_on_need(self.face);
        self.ask(cx);
    }

    fn open(&mut self, cx: &Context) -> Effect {
        let leaf = self.answer.value().and_then(Rows::selected).cloned();
        match leaf {
            Some(Leaf::Statement(place)) => return statement::open(*place, cx),
            Some(Leaf::Why(principal, resource)) => {
                self.fields.fill(Part::Principal, principal);
                if let Some(resource) = resource {
                    self.fields.fill(Part::Resource, resource);
                }
                self.turn(Face::Simulate, cx);
            }
            Some(Leaf::Fill(part, text)) => self.fill(part, &text, cx),
            Some(Leaf::Go(place)) => return Effect::Go(place),
            None => {}
        }
        Effect::None
    }

    fn fields_height(&self) -> u16 {
        u16::try_from(self.face.parts().len()).unwrap_or(0) + 1
    }
}

impl Screen for Simulator {
    fn crumbs(&self) -> Vec<String> {
        vec!["Questions".to_owned(), self.face.title().to_owned()]
    }

    fn tabs(&self) -> Option<Tabs> {
        let active = Face::ALL.iter().position(|face| *face == self.face).unwrap_or(0);
        Some(Tabs { titles: Face::ALL.map(|face| (face.title().to_owned(), None)).to_vec(), active })
    }

    fn offers(&self, _cx: &Context) -> Vec<Offer> {
        let mut offers = Vec::new();
        if self.fields.focus.is_none() && self.answer.value().is_some_and(|rows| rows.selected().is_some()) {
            offers.push(Deed::Open.into());
        }
        offers.push(Offer::new(Deed::OtherFace, self.face.beside(1).title().to_lowercase()));
        if self.fields.focus.is_none() {
            let moves = [
                Deed::Down,
                Deed::Up,
                Deed::PageDown,
                Deed::PageUp,
                Deed::HalfDown,
                Deed::HalfUp,
                Deed::Top,
                Deed::Bottom,
            ];
            offers.extend(moves.into_iter().chain([Deed::NextTab, Deed::PrevTab, Deed::Refresh]).map(Offer::from));
        }
        offers
    }

    fn update(&mut self, deed: Deed, cx: &Context) -> Effect {
        match deed {
            Deed::OtherFace | Deed::NextTab => self.turn(self.face.beside(1), cx),
            Deed::PrevTab => self.turn(self.face.beside(-1), cx),
            Deed::Open => return self.open(cx),
            Deed::Refresh => self.ask(cx),
            deed => {
                let height = self.height;
                if let Some(rows) = self.answer.value_mut() {
                    rows.go(deed, height);
                }
            }
        }
        Effect::None
    }

    fn is_typing(&self) -> bool {
        self.fields.focus.is_some()
    }

    fn typed(&mut self, key: Key, cx: &Context) -> Option<Effect> {
        match (key.code, self.fields.focus) {
            (Code::Tab, _) => self.fields.step(self.face, if key.shift { -1 } else { 1 }),
            (Code::Down, Some(_)) => self.fields.step(self.face, 1),
            (Code::Up, Some(_)) => self.fields.step(self.face, -1),
            (Code::Enter, Some(_)) => self.enter(cx),
            (_, Some(part)) => match self.fields.field_mut(part).key(key) {
                Typed::Changed => self.ask(cx),
                Typed::Taken => {}
                Typed::Ignored => return None,
            },
            (_, None) => return None,
        }
        Some(Effect::None)
    }

    fn pasted(&mut self, text: &str, cx: &Context) -> Effect {
        if let Some(part) = self.fields.focus {
            self.fields.field_mut(part).insert(text);
            self.ask(cx);
        }
        Effect::None
    }

    fn mouse(&mut self, mouse: Mouse, _area: Rect, _cx: &Context) -> Effect {
        let deed = match mouse.act {
            MouseAct::Up => Deed::Up,
            MouseAct::Down => Deed::Down,
            MouseAct::Click => return Effect::None,
        };
        let height = self.height;
        if let Some(rows) = self.answer.value_mut() {
            rows.go(deed, height);
        }
        Effect::None
    }

    fn receive(&mut self, _cx: &Context) -> Effect {
        self.answer.take_in();
        Effect::None
    }

    fn refresh(&mut self, cx: &Context) {
        self.ask(cx);
    }

    fn remark(&self, _cx: &Context) -> Option<(String, bool)> {
        if let Some(failure) = self.answer.failure() {
            return Some((failure.to_string(), true));
        }
        match self.fields.focus {
            Some(part) => Some((part.says().to_owned(), false)),
            None => self.answer.value().and_then(Rows::remark).map(|text| (text, false)),
        }
    }

    fn resized(&mut self, area: Rect) {
        self.height = usize::from(area.height.saturating_sub(self.fields_height())).max(1);
    }

    fn view(&self, frame: &mut Frame, area: Rect, cx: &Context) {
        self.fields.view(frame, area, &cx.theme, self.face);
        let top = self.fields_height().min(area.height);
        let below = Rect { y: area.y + top, height: area.height - top, ..area };
        if let Some(rows) = self.answer.value() {
            rows.view(frame, below, &cx.theme, self.fields.focus.is_none());
        }
    }
}
