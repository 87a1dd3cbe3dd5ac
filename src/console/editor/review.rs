//! The look before a save: what changes in the text, the same as an `aws` line, and one key that saves.
//!
//! What somebody else changed since the document was opened is seen here and shown; it is overwritten only by a choice.

use std::cell::Cell;
use std::rc::Rc;

use ratatui::Frame;
use ratatui::layout::Rect;

use super::draft::{Draft, laid_out};
use super::live::{Known, Live};
use super::meaning;
use crate::console::action::{Danger, Deed, Offer};
use crate::console::context::Context;
use crate::console::effect::Effect;
use crate::console::paint::{Pen, wrap};
use crate::console::screen::Screen;
use crate::console::task::{Commit, Done, Failure, Fetch, Ticket};
use crate::console::widget::diff::{self, DiffLine};
use crate::console::widget::{Confirm, Cursor, Pick};

/// The review of a changed document.
pub struct Review {
    draft: Rc<Draft>,
    document: String,
    /// The document as it is at this moment, read anew.
    current: Fetch<String>,
    lines: Vec<DiffLine>,
    /// What it means for whoever has the policy.
    pub(super) live: Live,
    cursor: Cursor,
    height: usize,
    /// Shared with the questions opened on the way to saving.
    progress: Rc<Progress>,
}

/// How far saving has got.
#[derive(Default)]
struct Progress {
    is_overtaking_meant: Cell<bool>,
    saving: Cell<Option<Ticket>>,
}

impl Review {
    /// Reviews the document against what is there now.
    pub fn new(draft: Rc<Draft>, document: String, cx: &Context) -> Self {
        let lines = diff::lines(&laid_out(&draft.document), &document);
        let mut current = Fetch::default();
        current.start(&cx.tasks, draft.target.current(cx));
        let live = Live::new(&draft, cx);
        Self { draft, document, current, lines, live, cursor: Cursor::default(), height: 1, progress: Rc::default() }
    }

    /// What it means, in sentences.
    fn meaning(&self) -> Vec<String> {
        match self.live.known() {
            Known::Of(impact) if impact.is_none() => vec!["changes nothing in permissions".to_owned()],
            Known::Of(impact) => meaning::sentences(impact),
            known => known.gap().into_iter().collect(),
        }
    }

    /// Whether somebody else changed the document since it was opened.
    fn is_overtaken(&self) -> bool {
        self.current.value().is_some_and(|current| *current != self.draft.document)
    }

    fn save(&self, cx: &Context) -> Effect {
        if self.progress.saving.get().is_some() {
            return Effect::None;
        }
        match (self.current.value(), self.current.failure()) {
            (_, Some(failure)) => return Effect::Fail(failure.clone()),
            (None, None) => return Effect::Say("Still reading what is there now; try again in a moment.".to_owned()),
            (Some(_), None) => {}
        }
        if self.is_overtaken() && !self.progress.is_overtaking_meant.get() {
            let progress = Rc::clone(&self.progress);
            let question = Confirm::new("Somebody else changed it since you opened it.", Danger::Destroy)
                .fact("Shown here", "the difference between their text and yours")
                .choice("save over their change", move || {
                    progress.is_overtaking_meant.set(true);
                    Effect::Do(Deed::Submit)
                });
            return Effect::open(question);
        }
        self.choose_version(cx)
    }

    /// Saves, after asking which version goes where there are too many.
    fn choose_version(&self, cx: &Context) -> Effect {
        let (draft, document) = (Rc::clone(&self.draft), self.document.clone());
        let progress = Rc::clone(&self.progress);
        let save = move |dropped: Option<String>, cx: &Context| {
            let says = format!("Saving {}", draft.crumbs.join(" "));
            let commit = Commit::new(&cx.tasks, says, draft.target.save(document.clone(), dropped));
            progress.saving.set(Some(commit.ticket));
            Effect::Commit(commit)
        };
        if self.draft.droppable.is_empty() {
            return save(None, cx);
        }
        let choices = self.draft.droppable.clone();
        let title = "There are five versions. Which one goes?";
        Effect::open(Pick::new(title, Box::pin(async { Ok(choices) }), cx, move |dropped, cx| save(Some(dropped), cx)))
    }
}

impl Screen for Review {
    fn crumbs(&self) -> Vec<String> {
        let mut crumbs = self.draft.crumbs.clone();
        crumbs.push("review".to_owned());
        crumbs
    }

    fn offers(&self, _cx: &Context) -> Vec<Offer> {
        let acts = [
            Offer::new(Deed::Submit, "save"),
            Offer::new(Deed::Keep, "edit on"),
            Offer::new(Deed::Copy, "copy command"),
            Offer::from(Deed::Impact),
        ];
        let moves = [Deed::Down, Deed::Up, Deed::PageDown, Deed::PageUp, Deed::Top, Deed::Bottom];
        acts.into_iter().chain(moves.map(Offer::from)).collect()
    }

    fn update(&mut self, deed: Deed, cx: &Context) -> Effect {
        if self.cursor.go(deed, self.lines.len(), self.height) {
            return Effect::None;
        }
        match deed {
            Deed::Submit => self.save(cx),
            Deed::Keep => Effect::Back,
            Deed::Impact => self.live.list(self.crumbs()),
            Deed::Copy => Effect::Copy { what: "command".to_owned(), text: self.draft.target.command(None) },
            _ => Effect::None,
        }
    }

    fn receive(&mut self, cx: &Context) -> Effect {
        if self.current.take_in()
            && let Some(current) = self.current.value()
        {
            self.lines = diff::lines(&laid_out(current), &self.document);
            self.live.rebase(current);
        }
        self.live.receive(|| Some(self.document.clone()), cx);
        Effect::None
    }

    fn committed(&mut self, ticket: Ticket, result: &Result<Done, Failure>, _cx: &Context) -> Option<Effect> {
        if self.progress.saving.get() != Some(ticket) {
            return None;
        }
        self.progress.saving.set(None);
        Some(match result {
            // Back to before the editor.
            Ok(_) => Effect::Back.after_back(),
            Err(failure) => Effect::Fail(failure.clone()),
        })
    }

    fn heading(&self, pen: &mut Pen, cx: &Context) {
        self.live.view(pen, cx);
    }

    fn remark(&self, _cx: &Context) -> Option<(String, bool)> {
        if self.is_overtaken() {
            return Some((
                "Somebody else changed it since you opened it; this is the difference to theirs.".to_owned(),
                true,
            ));
        }
        Some((self.draft.saves.clone(), false))
    }

    fn resized(&mut self, area: Rect) {
        self.height = usize::from(area.height).max(1);
        self.cursor.show(self.lines.len(), self.height);
    }

    fn view(&self, frame: &mut Frame, area: Rect, cx: &Context) {
        let theme = &cx.theme;
        let inner = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
        let command = wrap(&self.draft.target.command(None), inner.width);
        let command_rows = u16::try_from(command.len()).unwrap_or(1).min(4);
        let meaning = self.meaning();
        let meaning_rows = u16::try_from(meaning.len()).unwrap_or(0).min(6);
        let text = Rect { height: inner.height.saturating_sub(command_rows + meaning_rows + 2), ..inner };
        diff::view(frame, text, theme, &self.lines, self.cursor.selected);
        let command_row = text.height + 1 + meaning_rows;
        for (line, row) in meaning.iter().zip(text.height..command_row) {
            Pen::new(frame.buffer_mut(), theme, inner, row).put(line, theme.strong);
        }
        for (line, row) in command.iter().zip(command_row..inner.height) {
            Pen::new(frame.buffer_mut(), theme, inner, row).put(line, theme.dim);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use crate::console::context::Context;
    use crate::console::editor::tests::draft;
    use crate::console::editor::{Draft, Editor, Target};
    use crate::console::screen::listing::Reading;
    use crate::console::task::{Done, Failure, Work};
    use crate::console::testkit::Bench;
    use crate::console::widget::Choice;

    const POLICY: &str =
        r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}"#;

    /// A document in memory; saving what has `Deny` in it fails.
    #[derive(Clone)]
    struct Memory(Arc<Mutex<String>>);

    impl Target for Memory {
        fn command(&self, dropped: Option<&str>) -> String {
            assert_eq!(dropped, None);
            "aws iam create-policy-version --policy-arn arn:aws:iam::123456789012:policy/app --set-as-default"
                .to_owned()
        }
        fn save(&self, document: String, dropped: Option<String>) -> Work {
            let kept = Arc::clone(&self.0);
            Box::pin(async move {
                if document.contains("Deny") {
                    return Err(Failure::new("LimitExceeded: no more versions"));
                }
                *kept.lock().unwrap() = format!("{document}{}", dropped.unwrap_or_default());
                Ok(Done::new("Saved app as v4"))
            })
        }
        fn current(&self, _cx: &Context) -> Reading<String> {
            let current = self.0.lock().unwrap().clone();
            Box::pin(async { Ok(current) })
        }
    }

    fn bench(droppable: &[&str]) -> (Bench, Memory) {
        let memory = Memory(Arc::new(Mutex::new(POLICY.to_owned())));
        let target = memory.clone();
        let droppable: Vec<Choice> = droppable.iter().map(|version| Choice::new(*version, "")).collect();
        let bench = Bench::over(move |cx| {
            let (droppable, target) = (droppable.clone(), Box::new(target.clone()));
            Editor::new(Draft { document: POLICY.to_owned(), droppable, target, ..draft() }, cx)
        });
        (bench, memory)
    }

    /// Goes behind `s3:GetObject` and deletes its last six letters.
    const SHORTEN: &str =
        "down down down down down end left left backspace backspace backspace backspace backspace backspace";

    #[test]
    fn the_editor_looks_like_this() {
        let (mut bench, _) = bench(&[]);
        bench.keys("down down down down down end backspace");
        insta::assert_snapshot!(bench.screen());
    }

    #[test]
    fn a_change_is_reviewed_and_saved_with_one_more_key() {
        let (mut bench, memory) = bench(&[]);
        bench.keys(SHORTEN).types("*").keys("ctrl-s");
        insta::assert_snapshot!(bench.screen());
        bench.keys("ctrl-s");
        assert!(memory.0.lock().unwrap().contains("\"s3:Get*\""));
        assert!(
            bench.screen().contains("Saved app as v4") && bench.screen().contains("the ground"),
            "{}",
            bench.screen()
        );
    }

    #[test]
    fn at_five_versions_one_is_chosen_to_go() {
        let (mut bench, memory) = bench(&["v1", "v2"]);
        bench.keys(SHORTEN).types("*").keys("ctrl-s ctrl-s down enter");
        assert!(memory.0.lock().unwrap().ends_with("v2"));
    }

    #[test]
    fn what_somebody_else_changed_is_shown_and_not_overwritten() {
        let (mut bench, memory) = bench(&[]);
        bench.keys(SHORTEN).types("*");
        *memory.0.lock().unwrap() = POLICY.replace("s3:GetObject", "s3:PutObject");
        bench.keys("ctrl-s");
        assert!(bench.screen().contains("Somebody else changed it") && bench.screen().contains("s3:PutObject"));
        bench.keys("ctrl-s enter");
        assert!(memory.0.lock().unwrap().contains("s3:PutObject"));
        bench.keys("ctrl-s down enter");
        assert!(memory.0.lock().unwrap().contains("s3:Get*"), "{}", bench.screen());
    }

    #[test]
    fn a_failed_save_keeps_the_text() {
        let (mut bench, memory) = bench(&[]);
        bench.keys("down down down down end left left backspace backspace backspace backspace backspace").types("Deny");
        bench.keys("ctrl-s ctrl-s");
        assert!(bench.screen().contains("no more versions"), "{}", bench.screen());
        bench.keys("esc esc");
        assert!(bench.screen().contains("\"Deny\""));
        assert_eq!(*memory.0.lock().unwrap(), POLICY);
    }

    #[test]
    fn a_text_with_an_error_is_not_reviewed() {
        let (mut bench, _) = bench(&[]);
        bench.keys("delete ctrl-s");
        assert!(
            bench.screen().contains("F8 goes there") || bench.screen().contains("f8 goes there"),
            "{}",
            bench.screen()
        );
    }

    #[test]
    fn leaving_asks_only_when_something_would_be_lost() {
        let (mut bench, _) = bench(&[]);
        bench.types("x").keys("ctrl-z esc");
        assert!(bench.screen().contains("the ground"), "{}", bench.screen());
    }

    #[test]
    fn the_text_comes_back_from_an_external_editor_and_stays_when_that_fails() {
        let (mut bench, _) = bench(&[]);
        bench.keys("ctrl-e");
        assert!(matches!(bench.requests.as_slice(), [crate::console::app::Request::Edit { .. }]));
        bench.app.edited(Err(Failure::new("vi cannot be started")));
        bench.settle();
        assert!(bench.screen().contains("vi cannot be started") && bench.screen().contains("s3:GetObject"));
        bench.app.edited(Ok(POLICY.replace("s3", "sqs")));
        bench.settle();
        assert!(bench.screen().contains("\"Action\":\"sqs"), "{}", bench.screen());
    }
}
