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
pub mod orders;
pub mod popup;
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
use self::orders::Inbox;
use self::popup::{Chosen, Popup};
use self::review::Review;
use self::view::Scroll;
use super::action::{Danger, Deed};
use super::context::Context;
use super::effect::Effect;
use super::key::{Code, Key};
use super::task::{Failure, Fetch};
use super::widget::{Confirm, TextField, Typed};
use crate::policy::completion::{AccountNames, complete};

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
    popup: Option<Popup>,
    page: usize,
    folds: Folds,
    /// What a list over the editor asks of it.
    inbox: Inbox,
    /// Whether there is something to fill in, which tab goes to.
    has_places: bool,
    /// What the text would change in permissions.
    live: Live,
    /// The account's names, read when first completed.
    names: Fetch<AccountNames>,
}

impl Editor {
    /// Opens a document.
    pub fn new(draft: Draft, cx: &Context) -> Self {
        let opened = draft.template.clone().unwrap_or_else(|| draft::laid_out(&draft.document));
        let analysis = Analysis::of(&opened, draft.kind);
        Self {
            buffer: Buffer::new(&opened),
            live: Live::new(&draft, cx),
            draft: Rc::new(draft),
            opened,
            analysis,
            scroll: Scroll::default(),
            find: None,
            is_finding: false,
            popup: None,
            page: 1,
            folds: Folds::default(),
            inbox: Inbox::default(),
            has_places: false,
            names: Fetch::default(),
        }
    }

    fn is_changed(&self) -> bool {
        self.buffer.text() != self.opened
    }

    fn changed(&mut self) {
        self.analysis = Analysis::of(&self.buffer.text(), self.draft.kind);
        self.live.edited();
    }

    /// Lists what changes in permissions.
    fn impact(&self) -> Effect {
        if !self.is_changed() {
            return Effect::Say("Nothing was changed.".to_owned());
        }
        self.live.list(self.draft.crumbs.clone())
    }

    /// Offers what may be typed at the cursor; while typing only inside a word.
    fn complete(&mut self, is_asked: bool, cx: &Context) {
        let text = self.buffer.text();
        let byte = self.analysis.byte_of(&text, self.buffer.cursor());
        self.read_names(cx);
        let none = AccountNames { account: Some(cx.standing.account_id.clone()), ..AccountNames::default() };
        let completion = complete(&text, byte, self.draft.kind, self.names.value().unwrap_or(&none));
        let is_begun = completion.range.start < byte;
        // What is typed out needs no list, and Enter is then a new line again.
        let typed = text.get(completion.range.range()).unwrap_or("");
        let is_done = completion.candidates.first().is_some_and(|first| first.insert == typed);
        self.popup = if is_asked || (is_begun && !is_done) { Popup::of(completion) } else { None };
    }

    /// Offers it because it was asked for, and says so where there is nothing.
    fn complete_here(&mut self, cx: &Context) -> Effect {
        self.complete(true, cx);
        match self.popup {
            Some(_) => Effect::None,
            None => Effect::Say("There is nothing to offer here.".to_owned()),
        }
    }

    fn take(&mut self, popup: &Popup, insert: &str) {
        let text = self.buffer.text();
        let range = popup.range();
        let characters = text.get(range.clone()).unwrap_or("").chars().count();
        self.buffer.put(self.analysis.spot_of(&text, range.start), characters, insert);
        self.changed();
    }

    /// A key for the list of candidates; `None` leaves it to the text.
    fn typed_popup(&mut self, key: Key) -> Option<Effect> {
        let mut popup = self.popup.take()?;
        match popup.key(key) {
            Chosen::Moved => self.popup = Some(popup),
            Chosen::Take(candidate) => self.take(&popup, &candidate.insert),
            Chosen::Close => {}
            Chosen::Text => return None,
        }
        Some(Effect::None)
    }

    fn find(&mut self, from_here: bool) -> Effect {
        let text = self.find.as_ref().map(|field| field.text().to_owned()).unwrap_or_default();
        if text.is_empty() || self.buffer.find(&text, from_here) {
            return Effect::None;
        }
        Effect::Say(format!("“{text}” is not in the text."))
    }

    fn format(&mut self) -> Effect {
        match draft::formatted(&self.buffer.text()) {
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
