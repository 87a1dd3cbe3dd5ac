//! The policy editor: a JSON document typed, checked while typing, reviewed, saved.
//!
//! [`Editor`] is the screen; a [`Draft`] says what is edited and how it is saved. The text stays whatever fails.

pub mod analysis;
pub mod buffer;
pub mod draft;
pub mod review;
pub mod view;

use std::rc::Rc;

use ratatui::Frame;
use ratatui::layout::Rect;

use self::analysis::Analysis;
use self::buffer::Buffer;
use self::review::Review;
use self::view::{Scroll, Shown};
use super::action::{Danger, Deed, Offer};
use super::context::Context;
use super::effect::Effect;
use super::key::{Code, Key};
use super::paint::Pen;
use super::screen::Screen;
use super::task::Failure;
use super::terminal::{Mouse, MouseAct};
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
    page: usize,
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
            page: 1,
        }
    }

    fn is_changed(&self) -> bool {
        self.buffer.text() != self.opened
    }

    fn changed(&mut self) {
        self.analysis = Analysis::of(&self.buffer.text(), self.draft.kind);
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

    fn review(&self, cx: &Context) -> Effect {
        if let Some(finding) = self.analysis.findings.first() {
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
        let deeds = [
            Deed::Review,
            Deed::Leave,
            Deed::NextProblem,
            Deed::Format,
            Deed::Find,
            Deed::External,
            Deed::Undo,
            Deed::Redo,
            Deed::FindNext,
        ];
        deeds.map(Offer::from).to_vec()
    }

    fn update(&mut self, deed: Deed, cx: &Context) -> Effect {
        match deed {
            Deed::Review => return self.review(cx),
            Deed::Leave => return self.leave(),
            Deed::NextProblem => return self.next_problem(),
            Deed::Format => return self.format(),
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
        let is_deed = cx.keymap.deed(key, self.offers(cx).into_iter().map(|offer| offer.deed)).is_some();
        if is_deed {
            return None;
        }
        match self.buffer.key(key, self.page) {
            Typed::Changed => self.changed(),
            Typed::Taken => {}
            Typed::Ignored => return None,
        }
        Some(Effect::None)
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
        let Some((number, finding)) = self.analysis.finding_for(self.buffer.cursor()) else {
            return Some((self.draft.saves.clone(), false));
        };
        let place = format!("{}:{}", finding.spot.line + 1, finding.spot.column + 1);
        let count = self.analysis.findings.len();
        let of = if count > 1 { format!("   {} {number} of {count}", cx.theme.glyph.dot) } else { String::new() };
        Some((format!("{place} {}{of}", finding.says), true))
    }

    fn loses(&self) -> Option<String> {
        let name = self.draft.crumbs.join(" ");
        self.is_changed().then(|| format!("the changes to {name}"))
    }

    fn resized(&mut self, area: Rect) {
        let (text, _) = self.parts(area);
        self.page = usize::from(text.height).max(1);
        self.scroll.follow(&self.buffer, text);
    }

    fn view(&self, frame: &mut Frame, area: Rect, cx: &Context) {
        let (text, find) = self.parts(area);
        let needle = self.find.as_ref().map(TextField::text);
        let mut scroll = self.scroll;
        scroll.follow(&self.buffer, text);
        let shown = Shown { buffer: &self.buffer, analysis: &self.analysis, find: needle, scroll };
        view::view(frame, text, &cx.theme, shown, !self.is_finding);
        if let (Some(area), Some(field)) = (find, &self.find) {
            let mut pen = Pen::new(frame.buffer_mut(), &cx.theme, area, 0);
            pen.skip(1);
            pen.put("find ", cx.theme.accent);
            let field_area = Rect { x: area.x + 6, width: area.width.saturating_sub(7), ..area };
            field.view(frame, field_area, &cx.theme, Some(cx.theme.text));
        }
    }
}
