//! The backend that draws: crossterm's sequences, one write a frame, inside a synchronized update.
//!
//! ratatui flushes at every cursor move; here only the flush that ends a frame sends, and a frame that changed nothing
//! sends nothing. What was not sent is dropped, so nothing of a half-drawn frame reaches the shell after a panic.
//!
//! The line may be slow, so a frame is kept short: blanks take no colour of their own, and many are erased at once.

use std::borrow::Cow;
use std::io::{self, Write};

use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use ratatui::style::Color;

/// Room for the largest usual frame, so that it is never grown: 400×100 cells with colours.
const FRAME_BYTES: usize = 128 * 1024;
/// Blanks in a row that take more bytes than moving there and erasing them.
const ERASED_MIN: usize = 16;
const UPDATE_START: &[u8] = b"\x1b[?2026h";
const UPDATE_END: &[u8] = b"\x1b[?2026l";

/// Draws on the terminal behind `sink`.
#[derive(Debug)]
pub struct Output<W: Write> {
    frame: Vec<u8>,
    sink: W,
    cursor: Option<Position>,
}

impl<W: Write> Output<W> {
    /// A backend on `sink`, whose cursor is hidden.
    pub fn new(sink: W) -> Self {
        Self { frame: Vec::with_capacity(FRAME_BYTES), sink, cursor: None }
    }

    /// Sends bytes that are no part of a frame, as a clipboard sequence.
    pub fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.sink.write_all(bytes)?;
        self.sink.flush()
    }

    /// Says that the cursor is hidden, as it is when the screen was entered anew.
    pub fn forget_cursor(&mut self) {
        self.cursor = None;
    }

    fn crossterm(&mut self) -> CrosstermBackend<&mut Vec<u8>> {
        if self.frame.is_empty() {
            self.frame.extend_from_slice(UPDATE_START);
        }
        CrosstermBackend::new(&mut self.frame)
    }
}

impl<W: Write> Backend for Output<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let cells: Vec<_> = content.collect();
        if cells.is_empty() {
            return Ok(());
        }
        let runs = cells.chunk_by(|(x, y, cell), (next_x, next_y, next)| {
            y == next_y && x + 1 == *next_x && is_blank(cell) == is_blank(next)
        });
        let (erased, drawn): (Vec<_>, Vec<_>) =
            runs.partition(|run| run.len() >= ERASED_MIN && run.iter().all(|(.., cell)| is_blank(cell)));
        let drawn = inked(drawn.into_iter().flatten().copied());
        self.crossterm().draw(drawn.iter().map(|(x, y, cell)| (*x, *y, cell.as_ref())))?;
        for run in erased {
            if let Some((x, y, _)) = run.first() {
                write!(self.frame, "\x1b[{};{}H\x1b[{}X", y + 1, x + 1, run.len())?;
            }
        }
        // Drawing moved the cursor; where it stands has to be said again.
        if let Some(position) = self.cursor {
            self.crossterm().set_cursor_position(position)?;
        }
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        if self.cursor.take().is_some() { self.crossterm().hide_cursor() } else { Ok(()) }
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        if self.cursor.is_none() {
            self.cursor = Some(Position::new(u16::MAX, u16::MAX));
            self.crossterm().show_cursor()?;
        }
        Ok(())
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.cursor.unwrap_or_default())
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        let position = position.into();
        if self.cursor == Some(position) {
            return Ok(());
        }
        self.cursor = self.cursor.map(|_| position);
        self.crossterm().set_cursor_position(position)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.crossterm().clear()
    }

    fn clear_region(&mut self, clear_type: ClearType) -> io::Result<()> {
        self.crossterm().clear_region(clear_type)
    }

    fn size(&self) -> io::Result<Size> {
        CrosstermBackend::new(io::sink()).size()
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        CrosstermBackend::new(io::sink()).window_size()
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.frame.is_empty() {
            return Ok(());
        }
        self.frame.extend_from_slice(UPDATE_END);
        let sent = self.sink.write_all(&self.frame).and_then(|()| self.sink.flush());
        self.frame.clear();
        sent
    }
}

/// Whether nothing of a cell is seen but an empty background.
fn is_blank(cell: &Cell) -> bool {
    cell.symbol() == " " && cell.bg == Color::Reset && cell.modifier.is_empty()
}

/// The cells, with blanks in the colour of what was drawn before them: it is not seen, and need not be switched.
fn inked<'a>(cells: impl Iterator<Item = (u16, u16, &'a Cell)>) -> Vec<(u16, u16, Cow<'a, Cell>)> {
    let mut ink = Color::Reset;
    let dip = |(x, y, cell): (u16, u16, &'a Cell)| {
        if is_blank(cell) && cell.fg != ink {
            let mut blank = cell.clone();
            blank.fg = ink;
            return (x, y, Cow::Owned(blank));
        }
        ink = cell.fg;
        (x, y, Cow::Borrowed(cell))
    };
    cells.map(dip).collect()
}

#[cfg(test)]
mod tests {
    use ratatui::backend::Backend;
    use ratatui::buffer::{Buffer, Cell};
    use ratatui::layout::Rect;
    use ratatui::style::Stylize;
    use ratatui::text::Line;
    use ratatui::widgets::Widget;

    use super::Output;

    #[test]
    fn a_frame_is_one_write_and_nothing_is_none() {
        #[derive(Default)]
        struct Writes(Vec<Vec<u8>>);
        impl std::io::Write for &mut Writes {
            fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
                self.0.push(bytes.to_vec());
                Ok(bytes.len())
            }
            fn flush(&mut self) -> std::io::Result<()> {
                Ok(())
            }
        }
        let mut writes = Writes::default();
        let mut output = Output::new(&mut writes);
        output.hide_cursor().unwrap();
        output.draw(std::iter::empty()).unwrap();
        output.flush().unwrap();
        let cell = Cell::new("x");
        output.draw([(1, 1, &cell)].into_iter()).unwrap();
        output.show_cursor().unwrap();
        output.set_cursor_position((3, 4)).unwrap();
        output.flush().unwrap();
        let [frame] = writes.0.as_slice() else { panic!("{} writes", writes.0.len()) };
        let frame = String::from_utf8_lossy(frame);
        assert!(frame.starts_with("\x1b[?2026h") && frame.ends_with("\x1b[5;4H\x1b[?2026l"), "{frame:?}");
    }

    /// A line drawn over an old one looks the same as the cells say, in few bytes.
    #[test]
    fn blanks_take_no_colour_and_many_are_erased() {
        let line =
            Line::from(vec!["mary".red(), " ".repeat(10).into(), "none".red(), " ".repeat(40).into(), "x".reversed()]);
        let area = Rect::new(0, 0, 60, 1);
        let mut new = Buffer::empty(area);
        line.render(area, &mut new);
        let old = Buffer::with_lines(["#".repeat(60)]);
        let mut sent = Vec::new();
        let mut output = Output::new(&mut sent);
        output.draw(old.diff(&new).into_iter()).unwrap();
        output.flush().unwrap();

        let mut seen = vt100::Parser::new(1, 60, 0);
        seen.process("#".repeat(60).as_bytes());
        seen.process(&sent);
        let screen = seen.screen();
        assert_eq!(screen.contents().trim_end(), format!("mary{}none{}x", " ".repeat(10), " ".repeat(40)));
        let colour = |column| screen.cell(0, column).unwrap().fgcolor();
        assert_eq!((colour(0), colour(14)), (vt100::Color::Idx(1), vt100::Color::Idx(1)));
        assert!(screen.cell(0, 58).unwrap().inverse() && !screen.cell(0, 30).unwrap().inverse());
        let text = String::from_utf8_lossy(&sent);
        assert_eq!(text.matches("38;5;1").count() + text.matches("31").count(), 1, "{text:?}");
        assert!(text.contains("\x1b[40X"), "{text:?}");
    }
}
