//! A moment of waiting before a screen that needs to know something first.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::listing::Reading;
use super::{Layer, Screen};
use crate::console::action::{Deed, Offer};
use crate::console::context::Context;
use crate::console::effect::Effect;
use crate::console::paint::Pen;
use crate::console::task::Fetch;

/// What comes after the wait.
type Next<T> = Box<dyn FnOnce(T, &Context) -> Effect>;

/// Waits for a read, then makes way for what comes next.
pub struct Loading<T> {
    value: Fetch<Option<T>>,
    next: Option<Next<T>>,
}

/// Reads, then does what `next` makes of the value. Shows nothing when the read is quick.
pub fn then<T: Send + 'static>(
    cx: &Context,
    read: Reading<T>,
    next: impl FnOnce(T, &Context) -> Effect + 'static,
) -> Effect {
    let mut value = Fetch::default();
    value.start(&cx.tasks, async move { read.await.map(Some) });
    Effect::open(Loading { value, next: Some(Box::new(next)) })
}

impl<T: Send + 'static> Screen for Loading<T> {
    fn layer(&self) -> Layer {
        Layer::Over
    }

    fn offers(&self, _cx: &Context) -> Vec<Offer> {
        vec![Offer::new(Deed::Keep, "leave")]
    }

    fn update(&mut self, _deed: Deed, _cx: &Context) -> Effect {
        Effect::Back
    }

    fn is_waiting(&self) -> bool {
        true
    }

    fn receive(&mut self, cx: &Context) -> Effect {
        if !self.value.take_in() {
            return Effect::None;
        }
        let failure = self.value.failure().cloned();
        match (failure, self.value.value_mut().and_then(Option::take), self.next.take()) {
            (Some(failure), ..) => Effect::Fail(failure).after_back(),
            (None, Some(value), Some(next)) => next(value, cx).after_back(),
            _ => Effect::Back,
        }
    }

    fn view(&self, frame: &mut Frame, area: Rect, cx: &Context) {
        let mut pen = Pen::new(frame.buffer_mut(), &cx.theme, area, 0);
        pen.skip(3);
        pen.put(&format!("reading{}", cx.theme.glyph.cut), cx.theme.text);
    }
}
