//! The policy editor: a JSON document typed, checked while typing, reviewed, saved.
//!
//! [`Editor`] is the screen; a [`Draft`] says what is edited and how it is saved. The text stays whatever fails.

pub mod analysis;
pub mod buffer;
pub mod builder;
pub mod draft;
pub mod fold;
pub mod meaning;
pub mod orders;
pub mod popup;
pub mod review;
pub mod surgery;
pub mod template;
pub mod view;

use std::rc::Rc;

use ratatui::Frame;
use ratatui::layout::Rect;

use self::analysis::{Analysis, Gravity};
use self::buffer::{Buffer, Spot};
use self::fold::Folds;
use self::orders::Inbox;
use self::popup::{Chosen, Popup};
use self::review::Review;
use self::view::{Scroll, Shown};
use super::action::{Danger, Deed, Offer};
use super::context::Context;
use super::effect::Effect;
use super::key::{Code, Key};
use super::paint::Pen;
use super::screen::Screen;
use super::task::{Failure, Fetch};
use super::terminal::{Mouse, MouseAct};
use super::widget::{Confirm, TextField, Typed};
use crate::policy::completion::{AccountNames, complete, hover};

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
    /// The account's names, read when first completed.
    names: Fetch<AccountNames>,
}

impl Editor {
    /// Opens a document.
    pub fn new(draft: Draft) -> Self {
        let opened = draft.template.clone().unwrap_or_else(|| draft::laid_out(&draft.document));
        let analysis = Analysis::of(&opened, draft.kind);
        Self {
            buffer: Buffer::new(&opened),
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

impl Screen for Editor {
    fn crumbs(&self) -> Vec<String> {
        let mut crumbs = self.draft.crumbs.clone();
        if let (Some(last), true) = (crumbs.last_mut(), self.is_changed()) {
            last.push_str(", changed");
        }
        crumbs
    }

    fn aside(&self, _cx: &Context) -> Option<(String, bool)> {
        let quota = self.draft.quota as usize;
        Some((format!("{}/{quota}", self.size()), self.size() > quota))
    }

    fn offers(&self, _cx: &Context) -> Vec<Offer> {
        let has_fix = self.analysis.finding_for(self.buffer.cursor()).is_some_and(|(_, finding)| finding.fix.is_some());
        let fix = has_fix.then(|| Offer::from(Deed::Fix));
        let deeds = [
            Deed::Review,
            Deed::Leave,
            Deed::NextProblem,
            Deed::Build,
            Deed::Insert,
            Deed::Format,
            Deed::Find,
            Deed::External,
            Deed::Problems,
            Deed::ImportPolicy,
            Deed::Fold,
            Deed::Undo,
            Deed::Redo,
            Deed::FindNext,
        ];
        fix.into_iter().chain(deeds.map(Offer::from)).collect()
    }

    fn update(&mut self, deed: Deed, cx: &Context) -> Effect {
        match deed {
            Deed::Review => return self.review(cx),
            Deed::Leave => return self.leave(),
            Deed::NextProblem => return self.next_problem(),
            Deed::Format => return self.format(),
            Deed::Fix => return self.fix(),
            Deed::Problems => return self.problems(cx),
            Deed::Insert => return self.templates(cx),
            Deed::ImportPolicy => return self.import(cx),
            Deed::Build => return self.build(cx),
            Deed::Fold => return self.fold(),
            Deed::Find => {
                self.is_finding = true;
                self.find.get_or_insert_default();
            }
            Deed::FindNext => return self.find(false),
            Deed::External => return Effect::Edit { text: self.buffer.text(), suffix: ".json" },
            Deed::Undo => {
                self.buffer.undo();
                self.changed();
            }
            Deed::Redo => {
                self.buffer.redo();
                self.changed();
            }
            _ => {}
        }
        Effect::None
    }

    fn is_typing(&self) -> bool {
        true
    }

    fn typed(&mut self, key: Key, cx: &Context) -> Option<Effect> {
        if self.is_finding {
            return self.typed_find(key);
        }
        // While there are places to fill in, tab goes through them, and enter takes what is offered.
        if key == Key::of(Code::Tab) && self.has_places && self.next_place(self.buffer.cursor()) {
            self.popup = None;
            return Some(Effect::None);
        }
        if let Some(effect) = self.typed_popup(key) {
            return Some(effect);
        }
        if key == Key::ctrl(' ') {
            self.complete(true, cx);
            return Some(Effect::None);
        }
        let is_deed = cx.keymap.deed(key, self.offers(cx).into_iter().map(|offer| offer.deed)).is_some();
        if is_deed {
            return None;
        }
        let before = self.buffer.cursor();
        match self.buffer.key(key, self.page) {
            Typed::Changed => {
                self.changed();
                if key.typed().is_some() {
                    self.complete(false, cx);
                }
            }
            Typed::Taken if matches!(key.code, Code::Up | Code::Down) && !key.shift => {
                let to = self.buffer.cursor();
                let step = self.folds.step(&self.analysis, before, to);
                if step != to {
                    self.buffer.go(step);
                }
            }
            Typed::Taken => {}
            Typed::Ignored => return None,
        }
        Some(Effect::None)
    }

    fn receive(&mut self, _cx: &Context) -> Effect {
        self.names.take_in();
        Effect::None
    }

    fn pasted(&mut self, text: &str, _cx: &Context) -> Effect {
        match &mut self.find {
            Some(field) if self.is_finding => field.insert(text),
            _ => {
                self.buffer.paste(text);
                self.changed();
            }
        }
        Effect::None
    }

    fn mouse(&mut self, mouse: Mouse, _area: Rect, _cx: &Context) -> Effect {
        let key = match mouse.act {
            MouseAct::Up => Code::Up,
            MouseAct::Down => Code::Down,
            MouseAct::Click => return Effect::None,
        };
        self.buffer.key(Key::of(key), self.page);
        Effect::None
    }

    fn edited(&mut self, result: Result<String, Failure>, _cx: &Context) -> Effect {
        match result {
            Ok(text) => {
                let text = text.strip_suffix('\n').unwrap_or(&text);
                if text != self.buffer.text() {
                    self.buffer.replace(text);
                    self.changed();
                }
                Effect::None
            }
            Err(failure) => Effect::Fail(failure),
        }
    }

    fn remark(&self, cx: &Context) -> Option<(String, bool)> {
        let cursor = self.buffer.cursor();
        let text = self.buffer.text();
        let said = hover(&text, self.analysis.byte_of(&text, cursor)).map(|hover| hover.line);
        let (number, finding) = match (self.analysis.finding_for(cursor), said) {
            (Some((_, finding)), Some(said)) if finding.spot.line != cursor.line => return Some((said, false)),
            (Some(found), _) => found,
            (None, said) => return Some((said.unwrap_or_else(|| self.draft.saves.clone()), false)),
        };
        let place = format!("{}:{}", finding.spot.line + 1, finding.spot.column + 1);
        let count = self.analysis.findings.len();
        let of = if count > 1 { format!("   {} {number} of {count}", cx.theme.glyph.dot) } else { String::new() };
        Some((format!("{place} {}{of}", finding.says), finding.gravity != Gravity::Advice))
    }

    fn loses(&self) -> Option<String> {
        let name = self.draft.crumbs.join(" ");
        self.is_changed().then(|| format!("the changes to {name}"))
    }

    fn resized(&mut self, area: Rect) {
        let (text, _) = self.parts(area);
        self.page = usize::from(text.height).max(1);
        self.scroll.follow(&self.buffer, text, &self.lines());
    }

    fn view(&self, frame: &mut Frame, area: Rect, cx: &Context) {
        let (text, find) = self.parts(area);
        let needle = self.find.as_ref().map(TextField::text);
        let mut scroll = self.scroll;
        let lines = self.lines();
        scroll.follow(&self.buffer, text, &lines);
        let shown = Shown { buffer: &self.buffer, analysis: &self.analysis, find: needle, scroll, lines: &lines };
        view::view(frame, text, &cx.theme, shown, !self.is_finding);
        if let Some(popup) = &self.popup {
            let source = self.buffer.text();
            let at = self.analysis.spot_of(&source, popup.range().start);
            popup.view(frame, text, &cx.theme, view::screen_of(shown, text, at));
        }
        if let (Some(area), Some(field)) = (find, &self.find) {
            let mut pen = Pen::new(frame.buffer_mut(), &cx.theme, area, 0);
            pen.skip(1);
            pen.put("find ", cx.theme.accent);
            let field_area = Rect { x: area.x + 6, width: area.width.saturating_sub(7), ..area };
            field.view(frame, field_area, &cx.theme, Some(cx.theme.text));
        }
    }
}

#[cfg(test)]
mod tests;
