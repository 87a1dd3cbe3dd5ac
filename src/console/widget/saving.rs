//! A commit that a screen waits for before it goes: its answer taken in, and why it failed, told where it was asked for.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::console::effect::Effect;
use crate::console::paint::{Pen, wrap};
use crate::console::task::{Done, Failure, Ticket};
use crate::console::theme::Theme;

/// How far saving has got.
#[derive(Debug, Default)]
pub struct Saving {
    waiting: Option<Ticket>,
    failure: Option<Failure>,
}

impl Saving {
    /// Whether the answer is awaited.
    pub fn is_under_way(&self) -> bool {
        self.waiting.is_some()
    }

    /// Waits for the effect's commit; false when it is none.
    pub fn begin(&mut self, effect: &Effect) -> bool {
        let Effect::Commit(commit) = effect else { return false };
        *self = Self { waiting: Some(commit.ticket), failure: None };
        true
    }

    /// Tells what is wrong before anything was saved.
    pub fn refuse(&mut self, failure: Failure) {
        self.failure = Some(failure);
    }

    /// Takes the answer in: the screen goes when all went well, else it stays and tells. `None` for another's answer.
    pub fn committed(&mut self, ticket: Ticket, result: &Result<Done, Failure>) -> Option<Effect> {
        self.waiting.take_if(|waiting| *waiting == ticket)?;
        self.failure = result.as_ref().err().cloned();
        Some(if self.failure.is_none() { Effect::Back } else { Effect::None })
    }

    /// How many rows the failure takes.
    pub fn rows(&self, columns: u16) -> usize {
        self.lines(columns).len()
    }

    /// Draws why it failed, and what to do about it, from a row on.
    pub fn view(&self, frame: &mut Frame, area: Rect, theme: &Theme, row: u16) {
        for ((line, is_told), row) in self.lines(area.width).into_iter().zip(row..) {
            let style = if is_told { theme.error } else { theme.text };
            Pen::new(frame.buffer_mut(), theme, area, row).put(&line, style);
        }
    }

    /// The failure's lines, and whether each tells what happened or what to do.
    fn lines(&self, columns: u16) -> Vec<(String, bool)> {
        let Some(failure) = &self.failure else { return Vec::new() };
        let told = wrap(&failure.to_string(), columns).into_iter().map(|line| (line, true));
        let remedy = failure.remedy.iter().flat_map(|remedy| wrap(remedy, columns)).map(|line| (line, false));
        told.chain(remedy).collect()
    }
}
