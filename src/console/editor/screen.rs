//! The editor as a screen: which key does what, and what stands around the text.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::Editor;
use super::analysis::Gravity;
use super::view::{self, Shown};
use crate::console::action::{Deed, Offer};
use crate::console::context::Context;
use crate::console::effect::Effect;
use crate::console::key::{Code, Key};
use crate::console::paint::Pen;
use crate::console::screen::Screen;
use crate::console::task::Failure;
use crate::console::terminal::{Mouse, MouseAct};
use crate::console::widget::{TextField, Typed};
use crate::policy::completion::hover;

impl Screen for Editor {
    fn crumbs(&self) -> Vec<String> {
        let mut crumbs = self.draft.crumbs.clone();
        if let (Some(last), true) = (crumbs.last_mut(), self.is_changed()) {
            last.push_str(", changed");
        }
        crumbs
    }

    fn heading(&self, pen: &mut Pen, cx: &Context) {
        self.live.view(pen, cx);
    }

    fn aside(&self, _cx: &Context) -> Option<(String, bool)> {
        let quota = self.draft.quota as usize;
        Some((format!("{}/{quota}", self.size()), self.size() > quota))
    }

    fn offers(&self, _cx: &Context) -> Vec<Offer> {
        let has_fix = self.analysis.finding_for(self.buffer.cursor()).is_some_and(|(_, finding)| finding.fix.is_some());
        let fix = has_fix.then(|| Offer::from(Deed::Fix));
        let has_problems = !self.analysis.findings.is_empty();
        let problem = |is_wanted: bool| is_wanted.then(|| Offer::from(Deed::NextProblem));
        let first = [Offer::new(Deed::Review, "review"), Deed::Leave.into()];
        let own = [
            Offer::new(Deed::Build, "build"),
            Offer::new(Deed::Insert, "insert"),
            Deed::Complete.into(),
            Deed::Impact.into(),
            Deed::Find.into(),
            Deed::Problems.into(),
            Deed::Format.into(),
            Deed::External.into(),
            Deed::ImportPolicy.into(),
            Deed::Fold.into(),
            Deed::Undo.into(),
            Deed::Redo.into(),
            Deed::FindNext.into(),
        ];
        fix.into_iter().chain(first).chain(problem(has_problems)).chain(own).chain(problem(!has_problems)).collect()
    }

    fn update(&mut self, deed: Deed, cx: &Context) -> Effect {
        match deed {
            Deed::Review => return self.review(cx),
            Deed::Leave => return self.leave(),
            Deed::NextProblem => return self.next_problem(),
            Deed::Format => return self.format(),
            Deed::Fix => return self.fix(),
            Deed::Problems => return self.problems(cx),
            Deed::Impact => return self.impact(),
            Deed::Complete => return self.complete_here(cx),
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
            self.offering.close();
            return Some(Effect::None);
        }
        let was_offering = self.offering.popup.is_some();
        if let Some(effect) = self.typed_popup(key, cx) {
            return Some(effect);
        }
        let is_deed = cx.keymap.deed(key, self.offers(cx).into_iter().map(|offer| offer.deed)).is_some();
        if is_deed {
            return None;
        }
        let before = self.buffer.cursor();
        match self.buffer.key(key, self.page) {
            Typed::Changed => {
                self.changed();
                if key.typed().is_some() || (was_offering && key.code == Code::Backspace) {
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

    fn receive(&mut self, cx: &Context) -> Effect {
        self.receive_names(cx);
        let (buffer, opened) = (&self.buffer, &self.opened);
        self.live.receive(|| Some(buffer.text()).filter(|text| text != opened), cx);
        Effect::None
    }

    fn refresh(&mut self, cx: &Context) {
        self.live.read(cx);
    }

    fn pasted(&mut self, text: &str, _cx: &Context) -> Effect {
        self.offering.close();
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
        self.offering.close();
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
        if let Some(popup) = &self.offering.popup {
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
