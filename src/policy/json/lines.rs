//! Bytes of a text as lines, columns and characters.

/// A place as people count: lines and columns from 1, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The character of the line, from 1.
    pub column: usize,
    /// The character of the text, from 0.
    pub offset: usize,
}

/// How many bytes lie between two places whose characters are counted once and for all. A text may be one long line.
const STRIDE: usize = 512;

/// Where the lines of a text start.
#[derive(Clone, Debug)]
pub struct LineIndex<'t> {
    text: &'t str,
    /// Byte and character where each line starts.
    starts: Vec<(usize, usize)>,
    /// How many characters start before each [`STRIDE`]th byte.
    before: Vec<usize>,
}

/// How many characters start in a stretch of a text.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| !(0x80..0xC0).contains(*byte)).count()
}

impl<'t> LineIndex<'t> {
    /// Finds the lines of a text. Only `\n` ends one.
    pub fn new(text: &'t str) -> Self {
        let mut starts = vec![(0, 0)];
        for (character, (byte, c)) in text.char_indices().enumerate() {
            if c == '\n' {
                starts.push((byte + 1, character + 1));
            }
        }
        let counts = text.as_bytes().chunks(STRIDE).scan(0, |sum, chunk| {
            let before = *sum;
            *sum += characters(chunk);
            Some(before)
        });
        Self { text, starts, before: counts.collect() }
    }

    /// The place of a byte. One inside a character counts as its start, one past the end as the end.
    pub fn position(&self, byte: usize) -> Position {
        let after = self.starts.partition_point(|start| start.0 <= byte);
        let (_, line_char) = after.checked_sub(1).and_then(|at| self.starts.get(at)).copied().unwrap_or((0, 0));
        let byte = self.text.floor_char_boundary(byte);
        let mark = (byte / STRIDE).min(self.before.len().saturating_sub(1));
        let rest = self.text.as_bytes().get(mark * STRIDE..byte).unwrap_or_default();
        let offset = self.before.get(mark).copied().unwrap_or(0) + characters(rest);
        Position { line: after, column: offset.saturating_sub(line_char) + 1, offset }
    }

    /// The byte of a line and column, both from 1; a column past the end is the line's end. None past the last line.
    pub fn byte(&self, line: usize, column: usize) -> Option<usize> {
        let (start, _) = *self.starts.get(line.checked_sub(1)?)?;
        let rest = self.text.get(start..)?;
        let rest = rest.split('\n').next().unwrap_or_default();
        Some(start + rest.char_indices().nth(column.saturating_sub(1)).map_or(rest.len(), |(at, _)| at))
    }
}

#[cfg(test)]
mod tests {
    use super::{LineIndex, Position};

    #[test]
    fn bytes_become_lines_and_columns_and_back() {
        let lines = LineIndex::new("aé\nüb\n");
        let at = |byte| lines.position(byte);
        assert_eq!(at(0), Position { line: 1, column: 1, offset: 0 });
        assert_eq!(at(3), Position { line: 1, column: 3, offset: 2 });
        assert_eq!(at(6), Position { line: 2, column: 2, offset: 4 });
        assert_eq!(at(8), Position { line: 3, column: 1, offset: 6 });
        assert_eq!(at(5), Position { line: 2, column: 1, offset: 3 });
        assert_eq!(at(99), Position { line: 3, column: 1, offset: 6 });
        assert_eq!((lines.byte(2, 2), lines.byte(1, 9), lines.byte(4, 1)), (Some(6), Some(3), None));
    }

    #[test]
    fn long_lines_are_counted_like_short_ones() {
        let text = format!("{}\n{}", "aé€😀".repeat(300), "ü".repeat(700));
        let lines = LineIndex::new(&text);
        for byte in 0..=text.len() {
            let before = text.get(..text.floor_char_boundary(byte)).unwrap();
            let line = before.rsplit('\n').next().unwrap();
            let wanted = Position {
                line: before.matches('\n').count() + 1,
                column: line.chars().count() + 1,
                offset: before.chars().count(),
            };
            assert_eq!(lines.position(byte), wanted, "{byte}");
        }
        assert_eq!(LineIndex::new("").position(3), Position { line: 1, column: 1, offset: 0 });
    }
}
