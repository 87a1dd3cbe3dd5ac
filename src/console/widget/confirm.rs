//! The question before something is done: what will happen, what goes with it, and the easy answer that changes nothing.
//!
//! The key that opened it never confirms: the choice that keeps everything is selected, or the name has to be typed.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::text_field::{TextField, Typed};
use super::{dialog, text_field};
use crate::console::action::{Danger, Deed, Offer};
use crate::console::context::Context;
use crate::console::effect::Effect;
use crate::console::key::{Code, Key};
use crate::console::paint::{Pen, width, wrap};
use crate::console::screen::{Layer, Screen};

/// Columns for the labels of facts.
const LABEL: u16 = 22;

type Answer = Box<dyn Fn() -> Effect>;

/// A question with facts and answers.
pub struct Confirm {
    question: String,
    danger: Danger,
    facts: Vec<(String, String)>,
    name: Option<(String, TextField)>,
    choices: Vec<(String, Answer)>,
    /// 0 is to keep everything.
    selected: usize,
}

impl Confirm {
    /// Asks the question.
    pub fn new(question: impl Into<String>, danger: Danger) -> Self {
        Self { question: question.into(), danger, facts: Vec::new(), name: None, choices: Vec::new(), selected: 0 }
    }

    /// States a fact under a label, as `This also deletes`.
    #[must_use]
    pub fn fact(mut self, label: impl Into<String>, text: impl Into<String>) -> Self {
        self.facts.push((label.into(), text.into()));
        self
    }

    /// The name that has to be typed before the first choice is done.
    #[must_use]
    pub fn typing(mut self, name: impl Into<String>) -> Self {
        self.name = Some((name.into(), TextField::default()));
        self
    }

    /// Offers an answer.
    #[must_use]
    pub fn choice(mut self, label: impl Into<String>, then: impl Fn() -> Effect + 'static) -> Self {
        self.choices.push((label.into(), Box::new(then)));
        self
    }

    fn answer(&self, index: usize) -> Effect {
        match index.checked_sub(1).and_then(|index| self.choices.get(index)) {
            Some((_, then)) => then().after_back(),
            None => Effect::Back,
        }
    }

    /// Rows of facts, wrapped, with the label before the first row of each.
    fn fact_lines(&self, columns: u16) -> Vec<(String, String)> {
        let text_columns = columns.saturating_sub(LABEL + 1);
        let lines = self.facts.iter().flat_map(|(label, text)| {
            let lines = wrap(text, text_columns).into_iter().enumerate();
            lines.map(|(index, line)| (if index == 0 { label.clone() } else { String::new() }, line))
        });
        lines.collect()
    }
}

impl Screen for Confirm {
    fn layer(&self) -> Layer {
        Layer::Over
    }

    fn offers(&self, _cx: &Context) -> Vec<Offer> {
        match &self.name {
            Some((name, field)) if field.text() == name => {
                let label = self.choices.first().map_or("", |(label, _)| label);
                vec![Offer::new(Deed::Choose, label), Deed::Keep.into()]
            }
            Some((name, _)) => vec![Deed::Keep.into(), Offer::new(Deed::Choose, format!("after typing {name}"))],
            None => vec![Deed::Choose.into(), Deed::Keep.into(), Deed::Down.into(), Deed::Up.into()],
        }
    }

    fn update(&mut self, deed: Deed, _cx: &Context) -> Effect {
        match (deed, &self.name) {
            (Deed::Keep, _) => return Effect::Back,
            (Deed::Choose, Some((name, field))) if field.text() == name => return self.answer(1),
            (Deed::Choose, None) => return self.answer(self.selected),
            (Deed::Down, None) => self.selected = (self.selected + 1).min(self.choices.len()),
            (Deed::Up, None) => self.selected = self.selected.saturating_sub(1),
            _ => {}
        }
        Effect::None
    }

    fn typed(&mut self, key: Key, _cx: &Context) -> Option<Effect> {
        let (_, field) = self.name.as_mut()?;
        if key == Key::of(Code::Enter) {
            return None;
        }
        (field.key(key) != Typed::Ignored).then_some(Effect::None)
    }

    fn pasted(&mut self, text: &str, _cx: &Context) -> Effect {
        if let Some((_, field)) = &mut self.name {
            field.insert(text);
        }
        Effect::None
    }

    fn view(&self, frame: &mut Frame, area: Rect, cx: &Context) {
        let theme = &cx.theme;
        let columns = dialog::inner_width(area);
        let question = wrap(&self.question, columns);
        let facts = self.fact_lines(columns);
        let answers = if self.name.is_some() { 1 } else { self.choices.len() + 1 };
        let gap = usize::from(!facts.is_empty());
        let rows = question.len() + gap + facts.len() + 1 + answers;
        let inner = dialog::open(frame, area, theme, "", u16::try_from(rows).unwrap_or(u16::MAX));
        let mut row = 0;
        for line in &question {
            let style = if self.danger == Danger::Destroy { theme.warning } else { theme.strong };
            Pen::new(frame.buffer_mut(), theme, inner, row).put(line, style);
            row += 1;
        }
        row += u16::from(gap == 1);
        for (label, text) in &facts {
            let mut pen = Pen::new(frame.buffer_mut(), theme, inner, row);
            pen.column(label, LABEL, theme.dim);
            pen.skip(1);
            pen.put(text, theme.text);
            row += 1;
        }
        row += 1;
        match &self.name {
            Some((name, field)) => view_name(frame, Rect { y: inner.y + row, ..inner }, cx, name, field),
            None => self.view_choices(frame, inner, row, cx),
        }
    }
}

impl Confirm {
    fn view_choices(&self, frame: &mut Frame, inner: Rect, row: u16, cx: &Context) {
        let theme = &cx.theme;
        let keep = std::iter::once("keep everything as it is");
        for (index, label) in keep.chain(self.choices.iter().map(|(label, _)| label.as_str())).enumerate() {
            let y = row + u16::try_from(index).unwrap_or(u16::MAX);
            let is_selected = index == self.selected;
            let mut pen = Pen::new(frame.buffer_mut(), theme, inner, y);
            pen.column(if is_selected { theme.glyph.bar } else { "" }, 2, theme.accent);
            pen.put(label, if is_selected { theme.selected } else { theme.text });
        }
    }
}

/// The line in which the name is typed.
fn view_name(frame: &mut Frame, area: Rect, cx: &Context, name: &str, field: &text_field::TextField) {
    let theme = &cx.theme;
    let prompt = format!("Type {name} to confirm");
    let mut pen = Pen::new(frame.buffer_mut(), theme, area, 0);
    pen.put(&prompt, theme.text);
    let x = (width(&prompt) + 2).min(area.width.saturating_sub(8));
    let field_area = Rect { x: area.x + x, width: area.width - x, ..area };
    field.view(frame, field_area, theme, Some(theme.field));
}
