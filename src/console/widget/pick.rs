//! Choosing from a list by typing a part of it: one, or several. Help and palette are this, too.

use std::collections::BTreeSet;

use ratatui::Frame;
use ratatui::layout::Rect;

use super::{Asked, Finder, put_matched};
use crate::console::action::{Deed, Offer};
use crate::console::context::Context;
use crate::console::effect::Effect;
use crate::console::key::{Code, Key};
use crate::console::paint::{Pen, width};
use crate::console::screen::listing::Reading;
use crate::console::screen::{Layer, Screen};
use crate::console::task::Fetch;
use crate::console::theme::Theme;
use crate::insight::search::rank::{self, Match};

/// The most choices that are read at once. Where there are more, what is typed narrows them before they are read.
pub const CHOICES_MAX: usize = 5000;

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

type Again = Box<dyn Fn(String, &Context) -> Reading<Vec<Choice>>>;
type Then = Box<dyn Fn(Vec<String>, &Context) -> Effect>;

/// The list to choose from.
pub struct Pick {
    title: String,
    choices: Fetch<Vec<Choice>>,
    /// Reads those that hold a text, when there are more than are read at once.
    again: Option<Again>,
    is_cut: bool,
    matches: Vec<Match>,
    finder: Finder,
    marked: Option<BTreeSet<String>>,
    then: Then,
    when_empty: &'static str,
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
            again: None,
            is_cut: false,
            matches: Vec::new(),
            finder: Finder::default(),
            marked: None,
            then: Box::new(one),
            when_empty: "There is nothing to choose.",
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

    /// Where there may be more than [`CHOICES_MAX`], reads those whose name holds a text.
    #[must_use]
    pub fn asking(self, again: impl Fn(String, &Context) -> Reading<Vec<Choice>> + 'static) -> Self {
        Self { again: Some(Box::new(again)), ..self }
    }

    /// Something else was typed.
    fn ask(&mut self, cx: &Context) {
        self.rank();
        if let Some(again) = self.again.as_ref().filter(|_| self.is_cut) {
            // The store looks for one text; the longest word leaves least.
            let word = self.finder.text().split_whitespace().max_by_key(|word| word.len()).unwrap_or_default();
            self.choices.start(&cx.tasks, again(word.to_owned(), cx));
        }
    }

    fn rank(&mut self) {
        let choices = self.choices.value().map(Vec::as_slice).unwrap_or_default();
        let texts: Vec<String> = choices.iter().map(|choice| format!("{} {}", choice.text, choice.detail)).collect();
        self.matches = rank::narrow(self.finder.text(), &texts);
        self.finder.found(self.matches.len());
    }

    fn choice(&self, index: usize) -> Option<(&Choice, &Match)> {
        let found = self.matches.get(index)?;
        Some((self.choices.value()?.get(found.index)?, found))
    }

    fn choose(&self, cx: &Context) -> Effect {
        let selected = self.choice(self.finder.selected()).map(|(choice, _)| choice.id.clone());
        let ids: Vec<String> = match &self.marked {
            Some(marked) if !marked.is_empty() => marked.iter().cloned().collect(),
            _ => selected.into_iter().collect(),
        };
        if ids.is_empty() { Effect::None } else { (self.then)(ids, cx).after_back() }
    }

    fn mark(&mut self) {
        let Some(id) = self.choice(self.finder.selected()).map(|(choice, _)| choice.id.clone()) else { return };
        if let Some(marked) = &mut self.marked {
            if !marked.remove(&id) {
                marked.insert(id);
            }
            self.finder.go(Deed::Down, self.matches.len());
        }
    }

    fn view_row(&self, pen: &mut Pen, theme: &Theme, index: usize, text_columns: u16) {
        let Some((choice, found)) = self.choice(index) else { return };
        let is_selected = index == self.finder.selected();
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

    fn typed(&mut self, key: Key, cx: &Context) -> Option<Effect> {
        if self.marked.is_some() && key.code == Code::Char(' ') {
            self.mark();
            return Some(Effect::None);
        }
        match self.finder.key(key, self.matches.len()) {
            Asked::Anew => self.ask(cx),
            Asked::Same => {}
            Asked::Nothing => return None,
        }
        Some(Effect::None)
    }

    fn pasted(&mut self, text: &str, cx: &Context) -> Effect {
        self.finder.insert(text);
        self.ask(cx);
        Effect::None
    }

    fn is_waiting(&self) -> bool {
        self.choices.is_new()
    }

    fn receive(&mut self, _cx: &Context) -> Effect {
        if self.choices.take_in() {
            self.is_cut |= self.choices.value().is_some_and(|choices| choices.len() >= CHOICES_MAX);
            self.rank();
        }
        Effect::None
    }

    fn resized(&mut self, area: Rect) {
        self.finder.resized(area);
    }

    fn view(&self, frame: &mut Frame, area: Rect, cx: &Context) {
        let theme = &cx.theme;
        let inner = self.finder.open(frame, area, theme, &self.title);
        if self.matches.is_empty() {
            let (text, style) = match (self.choices.failure(), self.choices.value()) {
                (Some(failure), _) => (failure.to_string(), theme.error),
                (None, None) => (format!("reading{}", theme.glyph.cut), theme.dim),
                (None, Some(choices)) if choices.is_empty() && !self.is_cut => (self.when_empty.to_owned(), theme.dim),
                (None, Some(_)) => ("Nothing matches.".to_owned(), theme.dim),
            };
            return Finder::say(frame, inner, theme, (&text, style));
        }
        let shown = self.finder.shown(self.matches.len());
        let widest = shown.clone().filter_map(|index| self.choice(index)).map(|(choice, _)| width(&choice.text)).max();
        let text_columns = widest.unwrap_or(0).min(inner.width.saturating_sub(14));
        for (index, row) in shown.zip(0..) {
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
    fn more_than_are_read_at_once_are_found_by_what_is_typed() {
        let all = |part: String, _: &crate::console::context::Context| -> crate::console::screen::listing::Reading<_> {
            let names = (0..20_000).map(|n| format!("user-{n:05}")).filter(move |name| name.contains(&part));
            let choices: Vec<Choice> = names.take(super::CHOICES_MAX).map(|name| Choice::new(name, "")).collect();
            Box::pin(async { Ok(choices) })
        };
        let mut bench = Bench::with(move |cx| {
            let then = |id, _: &_| Effect::Say(format!("took {id}"));
            Pick::new("Users", all(String::new(), cx), cx, then).asking(all)
        });
        bench.types("19999").keys("enter");
        assert!(bench.screen().contains("took user-19999"), "{}", bench.screen());
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
