//! The simulator and its other faces: may this one do that and why, who can do that, and what can this one do.
//!
//! A few fields on top, the answer below as one types. Asking runs beside the loop; the newest question wins, and the
//! last answer stays until the next is there. An answer is a tree whose leaves lead on: a statement to its policy, a
//! holder to the question why, a name that was meant into its field.

mod answer;
mod findings;
mod rows;
mod statement;
#[cfg(test)]
mod tests;

use ratatui::Frame;
use ratatui::layout::Rect;

use super::{Screen, Tabs};
use crate::console::action::{Deed, Kind, Offer};
use crate::console::context::Context;
use crate::console::effect::Effect;
use crate::console::key::{Code, Key};
use crate::console::paint::Pen;
use crate::console::place::Place;
use crate::console::task::{Failure, Fetch};
use crate::console::terminal::{Mouse, MouseAct};
use crate::console::widget::{TextField, Typed};

use answer::Asked;
pub use findings::Findings;
use rows::{Leaf, Rows};

/// Columns of the labels.
const LABEL: u16 = 12;

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    /// May this one do that?
    Simulate,
    /// Who can do that?
    WhoCan,
    /// What can this one do?
    Can,
}

/// A field of the question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Principal,
    Action,
    Resource,
    Context,
}

impl Part {
    const ALL: [Self; 4] = [Self::Principal, Self::Action, Self::Resource, Self::Context];

    fn label(self) -> &'static str {
        match self {
            Self::Principal => "Principal",
            Self::Action => "Action",
            Self::Resource => "Resource",
            Self::Context => "Context",
        }
    }

    fn says(self) -> &'static str {
        match self {
            Self::Principal => "A user's name, role/NAME, group/NAME, policy/NAME, root, or an ARN.",
            Self::Action => "An action, as s3:GetObject.",
            Self::Resource => "An ARN, or role/NAME of the account; left out: anything.",
            Self::Context => "KEY=VALUE for each condition key; KEY alone for one that the request does not have.",
        }
    }
}

impl Face {
    const ALL: [Self; 3] = [Self::Simulate, Self::WhoCan, Self::Can];

    fn parts(self) -> &'static [Part] {
        match self {
            Self::Simulate => &Part::ALL,
            Self::WhoCan => &[Part::Action, Part::Resource, Part::Context],
            Self::Can => &[Part::Principal],
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Simulate => "Simulate",
            Self::WhoCan => "Who can",
            Self::Can => "What it can do",
        }
    }

    fn beside(self, by: isize) -> Self {
        let here = Self::ALL.iter().position(|face| *face == self).unwrap_or(0).cast_signed();
        let there = (here + by).rem_euclid(Self::ALL.len().cast_signed()).unsigned_abs();
        Self::ALL.get(there).copied().unwrap_or(self)
    }
}

/// The screen.
pub struct Simulator {
    face: Face,
    fields: [TextField; 4],
    /// Which field has the keys; none while the answer has them.
    focus: Option<Part>,
    answer: Fetch<Rows>,
    height: usize,
}

impl Simulator {
    /// A face with fields filled in: principal, action, resource.
    fn new(face: Face, filled: [&str; 3], cx: &Context) -> Self {
        let [principal, action, resource] = filled.map(TextField::new);
        let fields = [principal, action, resource, TextField::default()];
        let mut screen = Self { face, fields, focus: None, answer: Fetch::default(), height: 1 };
        screen.focus = screen.first_empty();
        screen.ask(cx);
        screen
    }

    /// The first field that the question needs and that is empty, if the answer has to wait for it.
    fn first_empty(&self) -> Option<Part> {
        let is_needed = |part: &&Part| matches!(part, Part::Principal | Part::Action);
        let mut needed = self.face.parts().iter().filter(is_needed);
        needed.find(|part| self.text(**part).trim().is_empty()).copied()
    }

    fn shown(&self, part: Part) -> &TextField {
        let [principal, action, resource, context] = &self.fields;
        match part {
            Part::Principal => principal,
            Part::Action => action,
            Part::Resource => resource,
            Part::Context => context,
        }
    }

    fn text(&self, part: Part) -> &str {
        self.shown(part).text()
    }

    fn field(&mut self, part: Part) -> &mut TextField {
        let [principal, action, resource, context] = &mut self.fields;
        match part {
            Part::Principal => principal,
            Part::Action => action,
            Part::Resource => resource,
            Part::Context => context,
        }
    }

    fn ask(&mut self, cx: &Context) {
        let text = |part| self.text(part).trim().to_owned();
        let asked = Asked {
            face: self.face,
            principal: text(Part::Principal),
            action: text(Part::Action),
            resource: Some(text(Part::Resource)).filter(|text| !text.is_empty()),
            context: text(Part::Context).split_whitespace().map(str::to_owned).collect(),
        };
        let account = cx.account.clone();
        self.answer.start(&cx.tasks, async move {
            let answered = account.read(move |store, account| Ok(answer::of(store, account, &asked))).await;
            answered.map_err(Failure::from)
        });
    }

    /// Gives the keys to the field beside, or to the answer behind the last one.
    fn step(&mut self, by: isize) {
        let parts = self.face.parts();
        let count = parts.len().cast_signed() + 1;
        let here = self.focus.and_then(|focus| parts.iter().position(|part| *part == focus)).unwrap_or(parts.len());
        let there = (here.cast_signed() + by).rem_euclid(count).unsigned_abs();
        self.focus = parts.get(there).copied();
    }

    fn turn(&mut self, face: Face, cx: &Context) {
        self.face = face;
        self.answer = Fetch::default();
        self.focus = self.first_empty();
        self.ask(cx);
    }

    /// Enter in a field takes the name that was meant, or goes on.
    fn enter(&mut self, cx: &Context) {
        let meant = self.answer.value().and_then(Rows::meant);
        match (meant, self.focus) {
            (Some((part, text)), Some(focus)) if part == focus => self.fill(part, &text, cx),
            _ => self.step(1),
        }
    }

    fn fill(&mut self, part: Part, text: &str, cx: &Context) {
        *self.field(part) = TextField::new(text);
        self.focus = self.first_empty();
        self.ask(cx);
    }

    fn open(&mut self, cx: &Context) -> Effect {
        let leaf = self.answer.value().and_then(Rows::selected).cloned();
        match leaf {
            Some(Leaf::Statement(place)) => statement::open(*place, cx),
            Some(Leaf::Why(principal, resource)) => {
                *self.field(Part::Principal) = TextField::new(principal);
                if let Some(resource) = resource {
                    *self.field(Part::Resource) = TextField::new(resource);
                }
                self.turn(Face::Simulate, cx);
                Effect::None
            }
            Some(Leaf::Fill(part, text)) => {
                self.fill(part, &text, cx);
                Effect::None
            }
            Some(Leaf::Go(place)) => Effect::Go(place),
            None => Effect::None,
        }
    }

    fn fields_height(&self) -> u16 {
        u16::try_from(self.face.parts().len()).unwrap_or(0) + 1
    }

    fn view_fields(&self, frame: &mut Frame, area: Rect, cx: &Context) {
        let theme = &cx.theme;
        for (part, row) in self.face.parts().iter().zip(0..) {
            let is_focused = self.focus == Some(*part);
            let mut pen = Pen::new(frame.buffer_mut(), theme, area, row);
            pen.skip(1);
            pen.column(if is_focused { theme.glyph.bar } else { "" }, 2, theme.accent);
            pen.column(part.label(), LABEL, if is_focused { theme.strong } else { theme.dim });
            let place =
                Rect { x: area.x + 3 + LABEL, y: area.y + row, width: area.width.saturating_sub(LABEL + 4), height: 1 };
            self.shown(*part).view(frame, place.intersection(area), theme, is_focused.then_some(theme.text));
        }
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
        if self.focus.is_none() && self.answer.value().is_some_and(|rows| rows.selected().is_some()) {
            offers.push(Deed::Open.into());
        }
        offers.push(Offer::new(Deed::OtherFace, self.face.beside(1).title().to_lowercase()));
        if self.focus.is_none() {
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
        self.focus.is_some()
    }

    fn typed(&mut self, key: Key, cx: &Context) -> Option<Effect> {
        match (key.code, self.focus) {
            (Code::Tab, _) => self.step(if key.shift { -1 } else { 1 }),
            (Code::Down, Some(_)) => self.step(1),
            (Code::Up, Some(_)) => self.step(-1),
            (Code::Enter, Some(_)) => self.enter(cx),
            (_, Some(part)) => match self.field(part).key(key) {
                Typed::Changed => self.ask(cx),
                Typed::Taken => {}
                Typed::Ignored => return None,
            },
            (_, None) => return None,
        }
        Some(Effect::None)
    }

    fn pasted(&mut self, text: &str, cx: &Context) -> Effect {
        if let Some(part) = self.focus {
            self.field(part).insert(text);
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
        match self.focus {
            Some(part) => Some((part.says().to_owned(), false)),
            None => self.answer.value().and_then(Rows::remark).map(|text| (text, false)),
        }
    }

    fn resized(&mut self, area: Rect) {
        self.height = usize::from(area.height.saturating_sub(self.fields_height())).max(1);
    }

    fn view(&self, frame: &mut Frame, area: Rect, cx: &Context) {
        self.view_fields(frame, area, cx);
        let top = self.fields_height().min(area.height);
        let below = Rect { y: area.y + top, height: area.height - top, ..area };
        if let Some(rows) = self.answer.value() {
            rows.view(frame, below, &cx.theme, self.focus.is_none());
        }
    }
}

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
fn page_of(kind: crate::insight::SubjectKind, name: &str) -> Option<Place> {
    let kind = match kind {
        crate::insight::SubjectKind::User => Kind::User,
        crate::insight::SubjectKind::Role => Kind::Role,
        crate::insight::SubjectKind::Group => Kind::Group,
        _ => return None,
    };
    Some(Place::Thing(kind, name.to_owned()))
}
