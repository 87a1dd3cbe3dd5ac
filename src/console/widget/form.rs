//! The form: fields checked while they are typed in, the one that is wrong saying so, nothing lost when saving fails.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::field::{self, Field, LABEL, Values};
use super::text_field::Typed;
use super::{Confirm, Saving, dialog};
use crate::console::action::{Danger, Deed, Offer};
use crate::console::context::Context;
use crate::console::effect::Effect;
use crate::console::key::Key;
use crate::console::paint::Pen;
use crate::console::screen::{Layer, Screen};
use crate::console::task::{Done, Failure, Ticket};

type Save = Box<dyn FnMut(&Values, &Context) -> Effect>;

/// A form on the screen.
pub struct Form {
    title: String,
    fields: Vec<Field>,
    focus: usize,
    save_label: &'static str,
    save: Save,
    /// Saving was tried: fields that are wrong say so though they were never in focus.
    is_tried: bool,
    saving: Saving,
}

impl Form {
    /// A form that, when its fields are right and it is saved, asks for the effect that `save` makes of their values. When
    /// that is a commit, the form stays until the answer is there, and shows why it failed.
    pub fn new(
        title: impl Into<String>,
        fields: Vec<Field>,
        save: impl FnMut(&Values, &Context) -> Effect + 'static,
    ) -> Self {
        Self {
            title: title.into(),
            fields,
            focus: 0,
            save_label: "save",
            save: Box::new(save),
            is_tried: false,
            saving: Saving::default(),
        }
    }

    /// What saving is called here, as `create`.
    #[must_use]
    pub fn saying(self, save_label: &'static str) -> Self {
        Self { save_label, ..self }
    }

    fn values(&self) -> Values {
        Values(self.fields.iter().map(|field| (field.label, field.value())).collect())
    }

    fn is_changed(&self) -> bool {
        self.fields.iter().any(Field::is_changed)
    }

    fn submit(&mut self, cx: &Context) -> Effect {
        self.is_tried = true;
        if let Some(wrong) = self.fields.iter().position(|field| field.wrong().is_some()) {
            self.focus = wrong;
            return Effect::None;
        }
        if self.saving.is_under_way() {
            return Effect::None;
        }
        let values = self.values();
        let effect = (self.save)(&values, cx);
        if self.saving.begin(&effect) { effect } else { effect.after_back() }
    }

    fn leave(&self) -> Effect {
        if self.saving.is_under_way() {
            return Effect::Say("Saving is under way; wait for the answer.".to_owned());
        }
        if !self.is_changed() {
            return Effect::Back;
        }
        let question = Confirm::new("Leave the form and lose what you typed?", Danger::Change);
        Effect::open(question.choice("lose it", || Effect::Back))
    }

    fn step(&mut self, by: isize) {
        let count = self.fields.len().max(1).cast_signed();
        self.focus = (self.focus.cast_signed() + by).rem_euclid(count).unsigned_abs();
    }

    /// What to say about a field below it: what is wrong, else what helps.
    fn note(&self, index: usize, field: &Field) -> Option<(String, bool)> {
        let is_focused = index == self.focus;
        let has_text = field.is_changed() || self.is_tried;
        match field.wrong() {
            Some(wrong) if has_text => Some((wrong, true)),
            _ if is_focused && !field.help.is_empty() => Some((field.help.clone(), false)),
            _ => None,
        }
    }
}

impl Screen for Form {
    fn layer(&self) -> Layer {
        Layer::Over
    }

    fn offers(&self, _cx: &Context) -> Vec<Offer> {
        vec![
            Offer::new(Deed::Submit, self.save_label),
            Deed::NextField.into(),
            Deed::PrevField.into(),
            Offer::new(Deed::Choose, "next"),
            Offer::new(Deed::Keep, "leave"),
        ]
    }

    fn update(&mut self, deed: Deed, cx: &Context) -> Effect {
        match deed {
            Deed::Submit => return self.submit(cx),
            Deed::Keep => return self.leave(),
            Deed::Choose if self.focus + 1 == self.fields.len() => return self.submit(cx),
            Deed::NextField | Deed::Choose => self.step(1),
            Deed::PrevField => self.step(-1),
            _ => {}
        }
        Effect::None
    }

    fn typed(&mut self, key: Key, _cx: &Context) -> Option<Effect> {
        if self.saving.is_under_way() {
            return None;
        }
        let typed = self.fields.get_mut(self.focus)?.key(key);
        (typed != Typed::Ignored).then_some(Effect::None)
    }

    fn pasted(&mut self, text: &str, _cx: &Context) -> Effect {
        if let Some(field) = self.fields.get_mut(self.focus) {
            field.insert(text);
        }
        Effect::None
    }

    fn committed(&mut self, ticket: Ticket, result: &Result<Done, Failure>, _cx: &Context) -> Option<Effect> {
        self.saving.committed(ticket, result)
    }

    fn loses(&self) -> Option<String> {
        self.is_changed().then(|| format!("what you typed in “{}”", self.title))
    }

    fn view(&self, frame: &mut Frame, area: Rect, cx: &Context) {
        let theme = &cx.theme;
        let columns = dialog::inner_width(area);
        let failure_rows = self.saving.rows(columns);
        let notes = self.fields.iter().enumerate().map(|(index, field)| self.note(index, field).is_some());
        let note_rows = notes.filter(|has| *has).count().max(1);
        let rows = self.fields.len() + note_rows + if failure_rows == 0 { 0 } else { failure_rows + 1 };
        let inner = dialog::open(frame, area, theme, &self.title, u16::try_from(rows).unwrap_or(u16::MAX));
        let mut row = 0;
        for (index, one) in self.fields.iter().enumerate() {
            let is_focused = index == self.focus && !self.saving.is_under_way();
            field::view(frame, Rect { y: inner.y + row, height: 1, ..inner }, cx, one, is_focused);
            row += 1;
            if let Some((note, is_wrong)) = self.note(index, one) {
                let mut pen = Pen::new(frame.buffer_mut(), theme, inner, row);
                pen.skip(LABEL);
                pen.put(&note, if is_wrong { theme.error } else { theme.dim });
                row += 1;
            }
        }
        self.saving.view(frame, inner, theme, row + 1);
    }
}

#[cfg(test)]
mod tests {
    use super::{Field, Form};
    use crate::console::action::{Deed, Offer};
    use crate::console::context::Context;
    use crate::console::effect::Effect;
    use crate::console::screen::Screen;
    use crate::console::task::{Commit, Done, Failure};
    use crate::console::testkit::Bench;

    /// A screen that opens the form under test on `n`.
    struct Ground;

    impl Screen for Ground {
        fn offers(&self, _cx: &Context) -> Vec<Offer> {
            vec![Deed::New.into()]
        }
        fn update(&mut self, _deed: Deed, _cx: &Context) -> Effect {
            let name = Field::text("User name", "")
                .help("Up to 64 letters, digits and +=,.@_-")
                .check(|text| if text.is_empty() { Err("A user needs a name.".to_owned()) } else { Ok(()) });
            let fields = vec![name, Field::text("Path", "/"), Field::choice("Console access", ["no", "yes"], 0)];
            let form = Form::new("Create user", fields, |values, cx| {
                let name = values.get("User name").to_owned();
                Effect::Commit(Commit::new(&cx.tasks, format!("Creating user {name}"), async move {
                    if name == "taken" {
                        let failure = Failure {
                            code: Some("EntityAlreadyExists".to_owned()),
                            message: "User with name taken already exists.".to_owned(),
                            remedy: Some("Choose another name.".to_owned()),
                        };
                        return Err(failure);
                    }
                    Ok(Done::new(format!("Created user {name}")))
                }))
            });
            Effect::open(form.saying("create"))
        }
        fn view(&self, _frame: &mut ratatui::Frame, _area: ratatui::layout::Rect, _cx: &Context) {}
    }

    #[test]
    fn an_error_of_the_endpoint_keeps_what_was_typed() {
        let mut bench = Bench::with(|_| Ground);
        bench.keys("n").types("taken").keys("ctrl-s");
        insta::assert_snapshot!(bench.screen());
        bench.keys("backspace backspace backspace backspace backspace").types("ann").keys("ctrl-s");
        assert!(bench.screen().contains("Created user ann") && !bench.screen().contains("Create user "));
    }

    #[test]
    fn a_field_says_what_is_wrong_and_saving_waits_for_it() {
        let mut bench = Bench::with(|_| Ground);
        bench.keys("n ctrl-s");
        assert!(bench.screen().contains("A user needs a name."));
        bench.types("n").keys("enter enter enter");
        assert!(bench.screen().contains("Created user n"));
    }

    #[test]
    fn leaving_asks_only_when_something_would_be_lost() {
        let mut bench = Bench::with(|_| Ground);
        bench.keys("n esc");
        assert!(!bench.screen().contains("Create user"));
        bench.keys("n").types("x").keys("esc");
        assert!(bench.screen().contains("lose what you typed?"));
        bench.keys("esc");
        assert!(bench.line_with("User name").contains('x'));
        bench.keys("esc down enter");
        assert!(!bench.screen().contains("Create user"), "{}", bench.screen());
    }
}
