//! A field of a form: a line of text, one of several words, or a switch; checked while it is typed in.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::text_field::{TextField, Typed};
use crate::console::context::Context;
use crate::console::key::{Code, Key};
use crate::console::paint::Pen;

/// Columns of the labels.
pub(super) const LABEL: u16 = 20;

type Check = Box<dyn Fn(&str) -> Result<(), String>>;

/// What a field holds.
enum Input {
    Text(TextField),
    /// One of several, and which.
    Choice(Vec<String>, usize),
    Flag(bool),
}

/// A field of a form.
pub struct Field {
    pub(super) label: &'static str,
    pub(super) help: String,
    input: Input,
    initial: String,
    check: Option<Check>,
}

impl Field {
    fn new(label: &'static str, input: Input) -> Self {
        let mut field = Self { label, help: String::new(), input, initial: String::new(), check: None };
        field.initial = field.value();
        field
    }

    /// A line of text.
    pub fn text(label: &'static str, text: impl Into<String>) -> Self {
        Self::new(label, Input::Text(TextField::new(text)))
    }

    /// A line of text that is not shown.
    pub fn secret(label: &'static str) -> Self {
        Self::new(label, Input::Text(TextField::secret()))
    }

    /// One of several words; the left and right keys change it.
    pub fn choice<S: Into<String>>(label: &'static str, choices: impl IntoIterator<Item = S>, chosen: usize) -> Self {
        Self::new(label, Input::Choice(choices.into_iter().map(Into::into).collect(), chosen))
    }

    /// Yes or no; the space key changes it.
    pub fn flag(label: &'static str, on: bool) -> Self {
        Self::new(label, Input::Flag(on))
    }

    /// A sentence that helps, shown while the field is in focus.
    #[must_use]
    pub fn help(self, help: impl Into<String>) -> Self {
        Self { help: help.into(), ..self }
    }

    /// What the value has to obey; the error says what is wrong in a sentence.
    #[must_use]
    pub fn check(self, check: impl Fn(&str) -> Result<(), String> + 'static) -> Self {
        Self { check: Some(Box::new(check)), ..self }
    }

    pub(super) fn value(&self) -> String {
        match &self.input {
            Input::Text(field) => field.text().to_owned(),
            Input::Choice(choices, chosen) => choices.get(*chosen).cloned().unwrap_or_default(),
            Input::Flag(on) => on.to_string(),
        }
    }

    /// Whether the value is another than at first.
    pub(super) fn is_changed(&self) -> bool {
        self.value() != self.initial
    }

    /// Puts pasted text into a line of text.
    pub(super) fn insert(&mut self, text: &str) {
        if let Input::Text(field) = &mut self.input {
            field.insert(text);
        }
    }

    pub(super) fn wrong(&self) -> Option<String> {
        self.check.as_ref().and_then(|check| check(&self.value()).err())
    }

    pub(super) fn key(&mut self, key: Key) -> Typed {
        match &mut self.input {
            Input::Text(field) => field.key(key),
            Input::Choice(choices, chosen) => {
                let count = choices.len().max(1);
                match key.code {
                    Code::Right | Code::Char(' ' | 'l') => *chosen = (*chosen + 1) % count,
                    Code::Left | Code::Char('h') => *chosen = (*chosen + count - 1) % count,
                    _ => return Typed::Ignored,
                }
                Typed::Changed
            }
            Input::Flag(on) => {
                if key.code != Code::Char(' ') {
                    return Typed::Ignored;
                }
                *on = !*on;
                Typed::Changed
            }
        }
    }
}

/// The values of a form, by label.
#[derive(Clone, Debug, Default)]
pub struct Values(pub(super) Vec<(&'static str, String)>);

impl Values {
    /// The value of the field with this label; empty when there is none.
    pub fn get(&self, label: &str) -> &str {
        self.0.iter().find(|(l, _)| *l == label).map_or("", |(_, value)| value.as_str())
    }

    /// The value, or `None` when it is empty.
    pub fn some(&self, label: &str) -> Option<String> {
        Some(self.get(label)).filter(|value| !value.is_empty()).map(str::to_owned)
    }

    /// Whether the flag with this label is on.
    pub fn is_on(&self, label: &str) -> bool {
        self.get(label) == "true"
    }
}

/// Draws a field in one row.
pub(super) fn view(frame: &mut Frame, area: Rect, cx: &Context, field: &Field, is_focused: bool) {
    let theme = &cx.theme;
    let mut pen = Pen::new(frame.buffer_mut(), theme, area, 0);
    let label_style = if is_focused { theme.accent } else { theme.dim };
    pen.column(if is_focused { theme.glyph.bar } else { "" }, 2, theme.accent);
    pen.column(field.label, LABEL - 2, label_style);
    match &field.input {
        Input::Text(text) => {
            let room = Rect { x: area.x + LABEL, width: area.width.saturating_sub(LABEL), ..area };
            text.view(frame, room, theme, is_focused.then_some(theme.field));
        }
        Input::Choice(choices, chosen) => {
            for (index, choice) in choices.iter().enumerate() {
                let style = match (index == *chosen, is_focused) {
                    (true, true) => theme.selected,
                    (true, false) => theme.strong,
                    (false, _) => theme.dim,
                };
                pen.put(&format!(" {choice} "), style);
            }
        }
        Input::Flag(on) => {
            pen.put(if *on { "[x] yes" } else { "[ ] no" }, if is_focused { theme.strong } else { theme.text });
        }
    }
}
