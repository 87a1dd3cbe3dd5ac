//! Choosing from a list by typing a part of it: one, or several. Help and palette are this, too.

use std::collections::BTreeSet;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{Cursor, TextField, Typed, dialog};
use crate::console::action::{Deed, Offer};
use crate::console::context::Context;
use crate::console::effect::Effect;
use crate::console::fuzzy::{self, Match};
use crate::console::key::{Code, Key};
use crate::console::paint::{Pen, width};
use crate::console::screen::browse::Reading;
use crate::console::screen::{Layer, Screen};
use crate::console::task::Fetch;
use crate::console::theme::Theme;

/// The most rows of choices shown at once.
const ROWS_MAX: u16 = 16;

/// Something to choose.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// What is handed to the closure.
    pub id: String,
    /// What is shown and matched.
    pub text: String,
    /// What helps to decide, in a second column; matched as well.
    pub detail: String,
}

impl Choice {
    /// A choice known by its text.
    pub fn new(text: impl Into<String>, detail: impl Into<String>) -> Self {
        let text = text.into();
        Self { id: text.clone(), text, detail: detail.into() }
    }

    /// The same choice, known by an id.
    #[must_use]
    pub fn known_as(self, id: impl Into<String>) -> Self {
        Self { id: id.into(), ..self }
    }
}

type Then = Box<dyn Fn(Vec<String>, &Context) -> Effect>;

/// The list to choose from.
pub struct Pick {
    title: String,
    choices: Fetch<Vec<Choice>>,
    matches: Vec<Match>,
    field: TextField,
    cursor: Cursor,
    marked: Option<BTreeSet<String>>,
    then: Then,
    when_empty: &'static str,
    height: usize,
}

impl Pick {
    /// Chooses one of what is read; `then` makes the effect of the choice.
    pub fn new(
        title: impl Into<String>,
        choices: Reading<Vec<Choice>>,
        cx: &Context,
        then: impl Fn(String, &Context) -> Effect + 'static,
    ) -> Self {
        let one = move |mut ids: Vec<String>, cx: &Context| ids.pop().map_or(Effect::None, |id| then(id, cx));
        let mut pick = Self {
            title: title.into(),
            choices: Fetch::default(),
            matches: Vec::new(),
            field: TextField::default(),
            cursor: Cursor::default(),
            marked: None,
            then: Box::new(one),
            when_empty: "There is nothing to choose.",
            height: 1,
        };
        pick.choices.start(&cx.tasks, choices);
        pick
    }

    /// Chooses any number, marked with the space key.
    pub fn several(
        title: impl Into<String>,
        choices: Reading<Vec<Choice>>,
        cx: &Context,
        then: impl Fn(Vec<String>, &Context) -> Effect + 'static,
    ) -> Self {
        let pick = Self::new(title, choices, cx, |_, _| Effect::None);
        Self { marked: Some(BTreeSet::new()), then: Box::new(then), ..pick }
    }

    /// What to say when there is nothing to choose.
    #[must_use]
    pub fn when_empty(self, when_empty: &'static str) -> Self {
        Self { when_empty, ..self }
    }

    fn rank(&mut self) {
        let choices = self.choices.value().map(Vec::as_slice).unwrap_or_default();
        let texts: Vec<String> = choices.iter().map(|choice| format!("{} {}", choice.text, choice.detail)).collect();
        self.matches = fuzzy::rank(self.field.text(), &texts);
    }

    fn choice(&self, index: usize) -> Option<(&Choice, &Match)> {
        let found = self.matches.get(index)?;
        Some((self.choices.value()?.get(found.index)?, found))
    }

    fn choose(&self, cx: &Context) -> Effect {
        let selected = self.choice(self.cursor.selected).map(|(choice, _)| choice.id.clone());
        let ids: Vec<String> = match &self.marked {
            Some(marked) if !marked.is_empty() => marked.iter().cloned().collect(),
            _ => selected.into_iter().collect(),
        };
        if ids.is_empty() { Effect::None } else { (self.then)(ids, cx).after_back() }
    }

    fn mark(&mut self) {
        let Some(id) = self.choice(self.cursor.selected).map(|(choice, _)| choice.id.clone()) else { return };
        if let Some(marked) = &mut self.marked {
            if !marked.remove(&id) {
                marked.insert(id);
            }
            self.cursor.go(Deed::Down, self.matches.len(), self.height);
        }
    }

    fn view_row(&self, pen: &mut Pen, theme: &Theme, index: usize, text_columns: u16) {
        let Some((choice, found)) = self.choice(index) else { return };
        let is_selected = index == self.cursor.selected;
        let is_marked = self.marked.as_ref().is_some_and(|marked| marked.contains(&choice.id));
        let lead = if is_marked {
            theme.glyph.mark
        } else if is_selected {
            theme.glyph.bar
        } else {
            ""
        };
        pen.column(lead, 2, theme.accent);
        let from = pen.x();
        let base = if is_selected { theme.strong } else { theme.text };
        put_matched(pen, &choice.text, &found.at, theme, base);
        pen.to(from + text_columns + 2);
        pen.put(&choice.detail, theme.dim);
    }
}

/// Writes a text with the letters at these bytes in the style of a match.
pub fn put_matched(pen: &mut Pen, text: &str, at: &[usize], theme: &Theme, base: Style) {
    let mut start = 0;
    let mut is_matched = at.contains(&0);
    for (offset, _) in text.char_indices().chain([(text.len(), ' ')]) {
        let now = at.contains(&offset);
        if now != is_matched || offset == text.len() {
            let style = if is_matched { base.patch(theme.matched) } else { base };
            pen.put(text.get(start..offset).unwrap_or(""), style);
            (start, is_matched) = (offset, now);
        }
    }
}

impl Screen for Pick {
    fn layer(&self) -> Layer {
        Layer::Over
    }

    fn offers(&self, _cx: &Context) -> Vec<Offer> {
        let mut offers: Vec<Offer> = vec![Deed::Choose.into(), Offer::new(Deed::Keep, "leave")];
        if self.marked.is_some() {
            offers.push(Deed::Mark.into());
        }
        offers
    }

    fn update(&mut self, deed: Deed, cx: &Context) -> Effect {
        match deed {
            Deed::Choose => self.choose(cx),
            Deed::Keep => Effect::Back,
            _ => Effect::None,
        }
    }

    fn typed(&mut self, key: Key, _cx: &Context) -> Option<Effect> {
        let deed = match key.code {
            Code::Char(' ') if self.marked.is_some() => {
                self.mark();
                return Some(Effect::None);
            }
            Code::Down | Code::Tab => Deed::Down,
            Code::Up => Deed::Up,
            Code::PageDown => Deed::PageDown,
            Code::PageUp => Deed::PageUp,
            Code::Char('n') if key.ctrl => Deed::Down,
            Code::Char('p') if key.ctrl => Deed::Up,
            _ => {
                return match self.field.key(key) {
                    Typed::Changed => {
                        self.rank();
                        self.cursor = Cursor::default();
                        Some(Effect::None)
                    }
                    Typed::Taken => Some(Effect::None),
                    Typed::Ignored => None,
                };
            }
        };
        self.cursor.go(deed, self.matches.len(), self.height);
        Some(Effect::None)
    }

    fn pasted(&mut self, text: &str, _cx: &Context) -> Effect {
        self.field.insert(text);
        self.rank();
        self.cursor = Cursor::default();
        Effect::None
    }

    fn is_waiting(&self) -> bool {
        self.choices.is_new()
    }

    fn receive(&mut self, _cx: &Context) -> Effect {
        if self.choices.take_in() {
            self.rank();
        }
        Effect::None
    }

    fn resized(&mut self, area: Rect) {
        self.height = usize::from(ROWS_MAX.min(area.height.saturating_sub(6)));
        self.cursor.show(self.matches.len(), self.height);
    }

    fn view(&self, frame: &mut Frame, area: Rect, cx: &Context) {
        let theme = &cx.theme;
        let rows = u16::try_from(self.height).unwrap_or(ROWS_MAX);
        let inner = dialog::open(frame, area, theme, &self.title, rows + 2);
        let mut pen = Pen::new(frame.buffer_mut(), theme, inner, 0);
        pen.put(theme.glyph.crumb, theme.accent);
        let field = Rect { x: inner.x + 2, width: inner.width.saturating_sub(2), height: 1, ..inner };
        self.field.view(frame, field, theme, Some(theme.text));
        if self.matches.is_empty() {
            let (text, style) = match (self.choices.failure(), self.choices.value()) {
                (Some(failure), _) => (failure.to_string(), theme.error),
                (None, None) => (format!("reading{}", theme.glyph.cut), theme.dim),
                (None, Some(choices)) if choices.is_empty() => (self.when_empty.to_owned(), theme.dim),
                (None, Some(_)) => ("Nothing matches.".to_owned(), theme.dim),
            };
            let mut pen = Pen::new(frame.buffer_mut(), theme, inner, 2);
            pen.skip(2);
            pen.put(&text, style);
        }
        let shown = self.cursor.top..self.matches.len().min(self.cursor.top + self.height);
        let widest = shown.clone().filter_map(|index| self.choice(index)).map(|(choice, _)| width(&choice.text)).max();
        let text_columns = widest.unwrap_or(0).min(inner.width.saturating_sub(14));
        for (index, row) in shown.zip(2..) {
            let mut pen = Pen::new(frame.buffer_mut(), theme, inner, row);
            self.view_row(&mut pen, theme, index, text_columns);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Choice, Pick};
    use crate::console::effect::Effect;
    use crate::console::testkit::Bench;

    fn choices() -> Vec<Choice> {
        vec![
            Choice::new("AdministratorAccess", "AWS managed, job function"),
            Choice::new("ReadOnlyAccess", "AWS managed"),
            Choice::new("read-write-app-bucket", "customer managed"),
        ]
    }

    #[test]
    fn typing_narrows_and_enter_takes_the_best() {
        let mut bench = Bench::with(|cx| {
            Pick::new("Attach policy", Box::pin(async { Ok(choices()) }), cx, |id, _| Effect::Say(format!("took {id}")))
        });
        bench.types("rdonly");
        insta::assert_snapshot!(bench.screen());
        bench.keys("enter");
        assert!(bench.screen().contains("took ReadOnlyAccess"));
    }

    #[test]
    fn several_are_marked_with_space() {
        let mut bench = Bench::with(|cx| {
            let then = |ids: Vec<String>, _: &_| Effect::Say(format!("took {}", ids.join(" and ")));
            Pick::several("Attach policies", Box::pin(async { Ok(choices()) }), cx, then)
        });
        bench.keys("space down space enter");
        assert!(bench.screen().contains("took AdministratorAccess and read-write-app-bucket"), "{}", bench.screen());
    }
}
