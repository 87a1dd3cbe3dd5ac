//! The policy editor: a JSON document typed, checked while typing, reviewed, saved.
//!
//! [`Editor`] is the screen; a [`Draft`] says what is edited and how it is saved. The text stays whatever fails.

pub mod analysis;
pub mod buffer;
pub mod builder;
pub mod draft;
pub mod fold;
pub mod impact;
pub mod live;
pub mod meaning;
pub mod offering;
pub mod orders;
pub mod popup;
pub mod repair;
pub mod review;
mod screen;
pub mod surgery;
pub mod template;
pub mod view;

use std::rc::Rc;

use ratatui::layout::Rect;

use self::analysis::Analysis;
use self::buffer::{Buffer, Spot};
use self::fold::Folds;
use self::live::Live;
use self::offering::Offering;
use self::orders::Inbox;
use self::review::Review;
use self::view::Scroll;
use super::action::{Danger, Deed};
use super::context::Context;
use super::effect::Effect;
use super::key::{Code, Key};
use super::task::Failure;
use super::widget::{Confirm, TextField, Typed};

pub use draft::{Draft, Target};

/// The editor on the screen.
pub struct Editor {
    draft: Rc<Draft>,
    /// The text as it was opened, laid out.
    opened: String,
    buffer: Buffer,
    analysis: Analysis,
    scroll: Scroll,
    find: Option<TextField>,
    is_finding: bool,
    offering: Offering,
    page: usize,
    folds: Folds,
    /// What a list over the editor asks of it.
    inbox: Inbox,
    /// Whether there is something to fill in, which tab goes to.
    has_places: bool,
    /// What the text would change in permissions.
    live: Live,
}

impl Editor {
    /// Opens a document.
    pub fn new(draft: Draft, cx: &Context) -> Self {
        let laid_out = draft.template.clone().unwrap_or_else(|| draft::laid_out(&draft.document));
        let mut buffer = Buffer::new(&laid_out);
        // Its lines may end otherwise than those of the document.
        let opened = buffer.text();
        let analysis = Analysis::of(&opened, draft.kind);
        // What is new begins where there is something to fill in.
        if let Some(byte) = opened.find("[]").filter(|_| draft.template.is_some()) {
            buffer.go(Spot::of(&opened, byte + 1));
        }
        Self {
            buffer,
            live: Live::new(&draft, cx),
            draft: Rc::new(draft),
            opened,
            analysis,
            scroll: Scroll::default(),
            find: None,
            is_finding: false,
            offering: Offering::default(),
            page: 1,
            folds: Folds::default(),
            inbox: Inbox::default(),
            has_places: false,
        }
    }

    /// With the cursor at a statement, counted from 1, if one is meant.
    #[must_use]
    pub fn at(mut self, statement: Option<usize>) -> Self {
        let block = statement.and_then(|number| self.analysis.statements.get(number.checked_sub(1)?));
        if let Some(block) = block {
            self.buffer.go(Spot { line: block.lines.start, column: 0 });
        }
        self
    }

    fn is_changed(&self) -> bool {
        self.buffer.text() != self.opened
    }

    fn changed(&mut self) {
        let before = self.analysis.statements.len();
        self.analysis = Analysis::of(&self.buffer.text(), self.draft.kind);
        self.folds.follow(before, &self.analysis, self.buffer.cursor());
        self.live.edited();
    }

    /// Lists what changes in permissions.
    fn impact(&self) -> Effect {
        if !self.is_changed() {
            return Effect::Say("Nothing was changed.".to_owned());
        }
        self.live.list(self.draft.crumbs.clone())
    }

    fn find(&mut self, from_here: bool) -> Effect {
        let text = self.find.as_ref().map(|field| field.text().to_owned()).unwrap_or_default();
        if text.is_empty() || self.buffer.find(&text, from_here) {
            return Effect::None;
        }
        Effect::Say(format!("“{text}” is not in the text."))
    }

    fn format(&mut self) -> Effect {
        match draft::formatted(&self.buffer.text(), self.buffer.indent()) {
            Some(text) => {
                self.buffer.replace(&text);
                self.changed();
                Effect::None
            }
            None => Effect::Say("The text is no JSON yet: mend what is marked first.".to_owned()),
        }
    }

    fn next_problem(&mut self) -> Effect {
        match self.analysis.next_finding(self.buffer.cursor()) {
            Some(finding) => {
                self.buffer.go(finding.spot);
                Effect::None
            }
            None => Effect::Say("There is nothing wrong with it.".to_owned()),
        }
    }

    /// Makes the repair that the problem at the cursor offers.
    fn fix(&mut self) -> Effect {
        let found = self.analysis.finding_for(self.buffer.cursor()).and_then(|(_, finding)| finding.fix.clone());
        let Some(fix) = found else { return Effect::Say("There is no ready repair for it.".to_owned()) };
        let text = fix.apply(&self.buffer.text());
        self.buffer.replace(&text);
        self.changed();
        Effect::Say(fix.title)
    }

    /// Folds the statement at the cursor, or opens it.
    fn fold(&mut self) -> Effect {
        let spot = self.buffer.cursor();
        match self.folds.toggle(&self.analysis, spot.line) {
            Some(line) => {
                self.buffer.go(Spot { line, ..spot });
                Effect::None
            }
            None => Effect::Say("There is no statement here to fold.".to_owned()),
        }
    }

    /// The lines that are not folded away.
    fn lines(&self) -> Vec<usize> {
        self.folds.shown(&self.analysis, self.buffer.cursor())
    }

    fn review(&self, cx: &Context) -> Effect {
        if let Some(finding) = self.analysis.refused() {
            let place = format!("{}:{}", finding.spot.line + 1, finding.spot.column + 1);
            let remedy = format!("{} goes there.", cx.keymap.hint(Deed::NextProblem));
            return Effect::Fail(Failure::new(format!("{place} {}", finding.says)).with_remedy(remedy));
        }
        if self.size() > self.draft.quota as usize {
            let told = format!("It has {} characters, and {} are allowed.", self.size(), self.draft.quota);
            return Effect::Fail(Failure::new(told).with_remedy("White space does not count; everything else does."));
        }
        if !self.is_changed() && self.draft.template.is_none() {
            return Effect::Say("Nothing was changed.".to_owned());
        }
        Effect::open(Review::new(Rc::clone(&self.draft), self.buffer.text(), cx))
    }

    fn leave(&self) -> Effect {
        if !self.is_changed() {
            return Effect::Back;
        }
        let question = Confirm::new("Leave the editor and lose your changes?", Danger::Change);
        Effect::open(question.choice("lose them", || Effect::Back))
    }

    /// The size in IAM's counting, with what other documents take.
    fn size(&self) -> usize {
        self.analysis.size + self.draft.taken
    }

    /// The text, and below it the line of the search, if it is open.
    fn parts(&self, area: Rect) -> (Rect, Option<Rect>) {
        if !self.is_finding {
            return (area, None);
        }
        let text = Rect { height: area.height.saturating_sub(1), ..area };
        (text, Some(Rect { y: text.bottom(), height: 1, ..area }))
    }

    fn typed_find(&mut self, key: Key) -> Option<Effect> {
        let field = self.find.as_mut()?;
        match (field.key(key), key.code) {
            (Typed::Changed, _) => Some(self.find(true)),
            (Typed::Taken, _) => Some(Effect::None),
            (Typed::Ignored, Code::Enter) => Some(self.find(false)),
            (Typed::Ignored, Code::Esc) => {
                self.is_finding = false;
                self.find = None;
                Some(Effect::None)
            }
            (Typed::Ignored, _) => None,
        }
    }
}

#[cfg(test)]
mod tests;
