//! A QR code in half blocks: two modules a cell, dark on light whatever the ground, with its quiet zone.

use qrcode::{Color, EcLevel, QrCode};
use ratatui::Frame;
use ratatui::layout::Rect;

use crate::console::paint::Pen;
use crate::console::theme::Theme;

/// Light modules around the code. The standard asks for four; readers are content with two, and small windows need them.
const QUIET: usize = 2;

/// A code.
#[derive(Clone)]
pub struct Qr {
    /// Dark modules, row by row, the quiet zone included.
    rows: Vec<Vec<bool>>,
}

// It may stand for a secret.
impl std::fmt::Debug for Qr {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Qr").finish_non_exhaustive()
    }
}

impl Qr {
    /// The code of a text; none of one that is too long for any code.
    pub fn of(text: &str) -> Option<Self> {
        let code = QrCode::with_error_correction_level(text, EcLevel::L).ok()?;
        let side = code.width();
        let colors = code.to_colors();
        let blank = vec![false; side + 2 * QUIET];
        let mut rows = vec![blank.clone(); QUIET];
        for row in colors.chunks(side) {
            let edge = || std::iter::repeat_n(false, QUIET);
            rows.push(edge().chain(row.iter().map(|color| *color == Color::Dark)).chain(edge()).collect());
        }
        rows.extend(vec![blank; QUIET]);
        Some(Self { rows })
    }

    /// How many columns it takes.
    pub fn columns(&self) -> u16 {
        u16::try_from(self.rows.len()).unwrap_or(u16::MAX)
    }

    /// Whether it can be drawn there: small enough, and with glyphs for it.
    pub fn fits(&self, area: Rect, theme: &Theme) -> bool {
        theme.glyph.halves.is_some() && self.columns() <= area.width && self.columns().div_ceil(2) <= area.height
    }

    /// Draws it at the top left of the area.
    pub fn view(&self, frame: &mut Frame, area: Rect, theme: &Theme) {
        let Some([upper, lower, both]) = theme.glyph.halves else { return };
        for (pair, y) in self.rows.chunks(2).zip(0..) {
            let mut pen = Pen::new(frame.buffer_mut(), theme, area, y);
            let [top, rest @ ..] = pair else { return };
            let bottom = rest.first();
            for (x, top) in top.iter().enumerate() {
                let bottom = bottom.and_then(|row| row.get(x)).copied().unwrap_or(false);
                let glyph = match (*top, bottom) {
                    (true, true) => both,
                    (true, false) => upper,
                    (false, true) => lower,
                    (false, false) => " ",
                };
                pen.put(glyph, theme.code);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use ratatui::Terminal;
    use ratatui::backend::TestBackend;

    use super::Qr;
    use crate::console::colour::Depth;
    use crate::console::theme::{Ground, Theme};

    #[test]
    fn the_finder_stands_in_its_corner_within_the_quiet_zone() {
        let qr = Qr::of("otpauth://totp/ann@123456789012?secret=ABCDEFGH").unwrap();
        let mut terminal = Terminal::new(TestBackend::new(50, 25)).unwrap();
        let theme = Theme::new(Ground::Dark, Depth::True, true);
        terminal.draw(|frame| qr.view(frame, frame.area(), &theme)).unwrap();
        let row = |y: u16| -> String {
            (0..11).map(|x| terminal.backend().buffer().cell((x, y)).unwrap().symbol()).collect()
        };
        assert_eq!(row(0).trim(), "");
        assert!(row(1).starts_with("  █▀▀▀▀▀█ "), "{:?}", row(1));
        assert!(row(4).starts_with("  ▀▀▀▀▀▀▀ "), "{:?}", row(4));
        assert!(!qr.fits(ratatui::layout::Rect::new(0, 0, 20, 20), &theme));
    }
}
