//! The chooser of columns: which are shown in a list, and in which order. The name always is, and comes first.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::{Layer, Screen};
use crate::console::action::{Deed, Offer};
use crate::console::context::Context;
use crate::console::effect::Effect;
use crate::console::key::{Code, Key};
use crate::console::paint::Pen;
use crate::console::place::Pane;
use crate::console::widget::{Column, dialog};

/// The columns of a list, those shown first.
pub struct Columns {
    pane: Pane,
    all: &'static [Column],
    /// Every column and whether it is shown, in the order of the list.
    chosen: Vec<(usize, bool)>,
    selected: usize,
}

/// The numbers of the columns to show, by the titles that were chosen for the pane, or else by the list itself.
pub fn order(pane: Pane, columns: &[Column], cx: &Context) -> Vec<usize> {
    let named = |title: &String| columns.iter().position(|column| column.title == *title);
    match cx.kept.columns(pane) {
        Some(titles) => {
            let chosen = titles.iter().filter_map(named).filter(|index| *index != 0);
            std::iter::once(0).chain(chosen).collect()
        }
        None => (0..columns.len()).filter(|index| columns.get(*index).is_some_and(|column| !column.extra)).collect(),
    }
}

/// Opens the chooser.
pub fn open(pane: Pane, columns: &'static [Column], cx: &Context) -> Effect {
    let order = order(pane, columns, cx);
    let rest = (0..columns.len()).filter(|index| !order.contains(index)).map(|index| (index, false));
    let chosen = order.iter().map(|index| (*index, true)).chain(rest).collect();
    Effect::open(Columns { pane, all: columns, chosen, selected: 0 })
}

impl Columns {
    fn turn(&mut self) {
        if let Some((index, is_shown)) = self.chosen.get_mut(self.selected) {
            *is_shown = !*is_shown || *index == 0;
        }
    }

    /// Moves the selected column; the name stays where it is.
    fn shift(&mut self, by: isize) {
        let Some(to) = self.selected.checked_add_signed(by) else { return };
        if self.selected > 0 && to > 0 && to < self.chosen.len() {
            self.chosen.swap(self.selected, to);
            self.selected = to;
        }
    }

    fn take(&self, cx: &Context) -> Effect {
        let shown: Vec<usize> = self.chosen.iter().filter(|(_, is)| *is).map(|(index, _)| *index).collect();
        let own: Vec<usize> =
            (0..self.all.len()).filter(|index| self.all.get(*index).is_some_and(|column| !column.extra)).collect();
        let titles = shown.iter().filter_map(|index| Some(self.all.get(*index)?.title.to_owned())).collect();
        let kept = cx.kept.clone().with_columns(self.pane, (shown != own).then_some(titles));
        Effect::Keep(kept).after_back()
    }
}

impl Screen for Columns {
    fn layer(&self) -> Layer {
        Layer::Over
    }

    fn offers(&self, _cx: &Context) -> Vec<Offer> {
        vec![
            Deed::Choose.into(),
            Offer::new(Deed::Mark, "show or hide"),
            Deed::MoveUp.into(),
            Deed::MoveDown.into(),
            Deed::Keep.into(),
        ]
    }

    fn update(&mut self, deed: Deed, cx: &Context) -> Effect {
        match deed {
            Deed::Choose => return self.take(cx),
            Deed::Keep => return Effect::Back,
            Deed::Mark => self.turn(),
            Deed::MoveUp => self.shift(-1),
            Deed::MoveDown => self.shift(1),
            _ => {}
        }
        Effect::None
    }

    fn typed(&mut self, key: Key, _cx: &Context) -> Option<Effect> {
        let last = self.chosen.len().saturating_sub(1);
        match key.code {
            Code::Down | Code::Char('j') if !key.ctrl => self.selected = (self.selected + 1).min(last),
            Code::Up | Code::Char('k') if !key.ctrl => self.selected = self.selected.saturating_sub(1),
            _ => return None,
        }
        Some(Effect::None)
    }

    fn view(&self, frame: &mut Frame, area: Rect, cx: &Context) {
        let theme = &cx.theme;
        let rows = u16::try_from(self.chosen.len()).unwrap_or(u16::MAX);
        let title = format!("Columns of {}", self.pane.title());
        let inner = dialog::open(frame, area, theme, &title, rows);
        for ((at, (index, is_shown)), row) in self.chosen.iter().enumerate().zip(0..) {
            let Some(column) = self.all.get(*index) else { continue };
            let is_selected = at == self.selected;
            let mut pen = Pen::new(frame.buffer_mut(), theme, inner, row);
            pen.column(if is_selected { theme.glyph.bar } else { "" }, 2, theme.accent);
            pen.put(if *is_shown { "[x] " } else { "[ ] " }, theme.text);
            pen.put(column.title, if is_selected { theme.selected } else { theme.text });
            if *index == 0 {
                pen.put("  always shown", theme.dim);
            }
        }
    }
}
