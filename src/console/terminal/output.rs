//! The backend that draws: crossterm's sequences, one write a frame, inside a synchronized update.
//!
//! ratatui flushes at every cursor move; here only the flush that ends a frame sends, and a frame that changed nothing
//! sends nothing. What was not sent is dropped, so nothing of a half-drawn frame reaches the shell after a panic.

use std::io::{self, Write};

use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};

/// Room for the largest usual frame, so that it is never grown: 400×100 cells with colours.
const FRAME_BYTES: usize = 128 * 1024;
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
        let mut content = content.peekable();
        if content.peek().is_none() {
            return Ok(());
        }
        self.crossterm().draw(content)?;
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

#[cfg(test)]
mod tests {
    use ratatui::backend::Backend;
    use ratatui::buffer::Cell;

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
}
