//! What was said and what failed since the start, newest first.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::{Layer, Screen};
use crate::console::action::{Deed, Offer};
use crate::console::context::Context;
use crate::console::effect::Effect;
use crate::console::paint::Pen;
use crate::console::status::Message;
use crate::console::widget::{Cursor, dialog};

/// The log as it was when it was opened.
pub struct Log {
    messages: Vec<Message>,
    cursor: Cursor,
    height: usize,
}

impl Log {
    /// Shows these messages, given oldest first.
    pub fn new(messages: &[Message]) -> Self {
        Self { messages: messages.iter().rev().cloned().collect(), cursor: Cursor::default(), height: 1 }
    }
}

impl Screen for Log {
    fn layer(&self) -> Layer {
        Layer::Over
    }

    fn offers(&self, _cx: &Context) -> Vec<Offer> {
        let moves = [Deed::Down, Deed::Up, Deed::PageDown, Deed::PageUp, Deed::Top, Deed::Bottom];
        let acts = [Offer::new(Deed::Keep, "leave"), Offer::new(Deed::Copy, "copy message")];
        acts.into_iter().chain(moves.map(Offer::from)).collect()
    }

    fn update(&mut self, deed: Deed, _cx: &Context) -> Effect {
        if self.cursor.go(deed, self.messages.len(), self.height) {
            return Effect::None;
        }
        match (deed, self.messages.get(self.cursor.selected)) {
            (Deed::Keep, _) => Effect::Back,
            (Deed::Copy, Some(message)) => Effect::Copy { what: "message".to_owned(), text: message.text.clone() },
            _ => Effect::None,
        }
    }

    fn resized(&mut self, area: Rect) {
        self.height = usize::from(area.height.saturating_sub(4)).max(1);
    }

    fn view(&self, frame: &mut Frame, area: Rect, cx: &Context) {
        let theme = &cx.theme;
        let top = self.cursor.within(self.messages.len(), self.height).top;
        let rows = u16::try_from(self.messages.len().clamp(1, self.height)).unwrap_or(1);
        let inner = dialog::open(frame, area, theme, "Messages", rows);
        if self.messages.is_empty() {
            Pen::new(frame.buffer_mut(), theme, inner, 0).put("Nothing was said yet.", theme.dim);
        }
        for ((index, message), row) in self.messages.iter().enumerate().skip(top).zip(0..inner.height) {
            let mut pen = Pen::new(frame.buffer_mut(), theme, inner, row);
            pen.column(if index == self.cursor.selected { theme.glyph.bar } else { "" }, 2, theme.accent);
            pen.column(&message.at.strftime("%H:%M:%S").to_string(), 10, theme.dim);
            pen.put(&message.text, if message.failure.is_some() { theme.error } else { theme.text });
        }
    }
}
