//! The list of what a change does: who may newly do what, by access level, and who no longer may.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::meaning;
use crate::console::action::{Deed, Offer};
use crate::console::context::Context;
use crate::console::effect::Effect;
use crate::console::screen::Screen;
use crate::console::screen::simulator::rows::Rows;
use crate::insight::Impact;

/// The list on the screen.
pub struct Changes {
    crumbs: Vec<String>,
    rows: Rows,
    height: usize,
}

impl Changes {
    /// Lists what a change does.
    pub fn new(impact: &Impact, mut crumbs: Vec<String>) -> Self {
        crumbs.push("changes".to_owned());
        Self { crumbs, rows: Rows::new(meaning::rows(impact)), height: 1 }
    }
}

impl Screen for Changes {
    fn crumbs(&self) -> Vec<String> {
        self.crumbs.clone()
    }

    fn offers(&self, _cx: &Context) -> Vec<Offer> {
        let moves =
            [Deed::Down, Deed::Up, Deed::PageDown, Deed::PageUp, Deed::HalfDown, Deed::HalfUp, Deed::Top, Deed::Bottom];
        [Offer::new(Deed::Keep, "back to the text")].into_iter().chain(moves.map(Offer::from)).collect()
    }

    fn update(&mut self, deed: Deed, _cx: &Context) -> Effect {
        if deed == Deed::Keep {
            return Effect::Back;
        }
        self.rows.go(deed, self.height);
        Effect::None
    }

    fn resized(&mut self, area: Rect) {
        self.height = usize::from(area.height).max(1);
    }

    fn view(&self, frame: &mut Frame, area: Rect, cx: &Context) {
        self.rows.view(frame, area, &cx.theme, true);
    }
}
