//! The page of the selected row, at a glance, at the right of a list where the window is wide enough.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::{Screen, atlas};
use crate::console::context::Context;
use crate::console::paint::Pen;
use crate::console::place::Place;

/// The narrowest body that has room for list and preview, in columns.
const BODY_COLUMNS_MIN: u16 = 140;
/// The widest that a preview gets.
const COLUMNS_MAX: u16 = 80;
/// Rows above the page: what it is of, and a blank one.
const HEAD_ROWS: u16 = 2;

/// What is shown beside a list.
#[derive(Default)]
pub struct Preview {
    place: Option<Place>,
    page: Option<Box<dyn Screen>>,
}

/// The list's part of a body, and the preview's, if there is room for one.
pub fn parts(body: Rect, is_wanted: bool) -> (Rect, Option<Rect>) {
    if !is_wanted || body.width < BODY_COLUMNS_MIN {
        return (body, None);
    }
    let columns = (body.width * 2 / 5).min(COLUMNS_MAX);
    let list = Rect { width: body.width - columns, ..body };
    (list, Some(Rect { x: body.x + list.width, width: columns, ..body }))
}

impl Preview {
    /// Shows the thing at that place, if it is another than before. True when it has to be laid out.
    pub fn follow(&mut self, place: Option<Place>, area: Rect, cx: &Context) {
        if self.place == place {
            return;
        }
        self.page = place.as_ref().and_then(|place| atlas::glance(place, cx));
        self.place = place;
        self.resized(area);
    }

    /// Takes in what arrived.
    pub fn receive(&mut self, cx: &Context) {
        if let Some(page) = &mut self.page {
            // A page that shows something has nothing to ask for.
            drop(page.receive(cx));
        }
    }

    /// Reads again.
    pub fn refresh(&mut self, cx: &Context) {
        if let Some(page) = &mut self.page {
            page.refresh(cx);
        }
    }

    /// The room it has got.
    pub fn resized(&mut self, area: Rect) {
        if let Some(page) = &mut self.page {
            page.resized(page_area(area));
        }
    }

    /// Draws it behind a line that parts it from the list.
    pub fn view(&self, frame: &mut Frame, area: Rect, cx: &Context) {
        let theme = &cx.theme;
        for row in 0..area.height {
            Pen::new(frame.buffer_mut(), theme, area, row).put(theme.glyph.rule, theme.frame);
        }
        let Some(page) = &self.page else { return };
        let mut pen = Pen::new(frame.buffer_mut(), theme, area, 0);
        pen.skip(3);
        pen.put(page.crumbs().last().map_or("", String::as_str), theme.strong);
        pen.skip(2);
        let tab = page.tabs().and_then(|tabs| tabs.titles.into_iter().next());
        pen.put(tab.as_ref().map_or("", |(title, _)| title), theme.dim);
        page.view(frame, page_area(area), cx);
    }
}

fn page_area(area: Rect) -> Rect {
    Rect {
        x: area.x + 1,
        y: area.y + HEAD_ROWS,
        width: area.width.saturating_sub(1),
        height: area.height.saturating_sub(HEAD_ROWS),
    }
}
