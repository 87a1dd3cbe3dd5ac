//! The frame of a dialog: a box in the middle, cleared, with a title.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::console::paint::{Pen, width};
use crate::console::theme::Theme;

/// The widest a dialog gets, in columns, frame included.
pub const COLUMNS_MAX: u16 = 76;

/// How wide the inside of a dialog is within an area.
pub fn inner_width(area: Rect) -> u16 {
    area.width.min(COLUMNS_MAX).saturating_sub(6)
}

/// Draws a box for so many rows of content and gives the room inside it.
pub fn open(frame: &mut Frame, area: Rect, theme: &Theme, title: &str, rows: u16) -> Rect {
    let columns = area.width.min(COLUMNS_MAX);
    let height = rows.saturating_add(4).min(area.height);
    let outer =
        Rect { x: area.x + (area.width - columns) / 2, y: area.y + (area.height - height) / 3, width: columns, height };
    clear(frame, outer);
    border(frame, outer, theme);
    if !title.is_empty() {
        let mut pen = Pen::new(frame.buffer_mut(), theme, outer, 0);
        pen.skip(2);
        pen.put_within(&format!(" {title} "), columns.saturating_sub(4), theme.strong);
    }
    Rect { x: outer.x + 3, y: outer.y + 2, width: columns.saturating_sub(6), height: height.saturating_sub(4) }
}

fn clear(frame: &mut Frame, area: Rect) {
    let buffer = frame.buffer_mut();
    let area = area.intersection(buffer.area);
    for position in area.positions() {
        if let Some(cell) = buffer.cell_mut(position) {
            cell.reset();
        }
    }
}

fn border(frame: &mut Frame, area: Rect, theme: &Theme) {
    let [top_left, top_right, bottom_left, bottom_right] = theme.glyph.corner;
    let across = theme.glyph.line.repeat(usize::from(area.width.saturating_sub(2)));
    let last = area.height.saturating_sub(1);
    for row in 0..area.height {
        let mut pen = Pen::new(frame.buffer_mut(), theme, area, row);
        let (left, right) = match row {
            0 => (top_left, top_right),
            row if row == last => (bottom_left, bottom_right),
            _ => (theme.glyph.rule, theme.glyph.rule),
        };
        pen.put(left, theme.frame);
        if row == 0 || row == last {
            pen.put_within(&across, width(&across), theme.frame);
        }
        pen.to(area.right().saturating_sub(1));
        pen.put(right, theme.frame);
    }
}
