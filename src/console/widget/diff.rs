//! The difference of two texts, line by line, with a little of what stays around it.

use ratatui::Frame;
use ratatui::layout::Rect;
use similar::{ChangeTag, TextDiff};

use crate::console::paint::Pen;
use crate::console::theme::Theme;

/// How many unchanged lines are shown around a change.
const CONTEXT_LINES: usize = 3;

/// A line of a difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DiffLine {
    /// In both.
    Same(String),
    /// Only in the new text.
    Added(String),
    /// Only in the old text.
    Removed(String),
    /// Unchanged lines that are left out.
    Gap,
}

/// The lines of the difference; empty when there is none.
pub fn lines(old: &str, new: &str) -> Vec<DiffLine> {
    let diff = TextDiff::from_lines(old, new);
    let mut lines = Vec::new();
    for group in diff.grouped_ops(CONTEXT_LINES) {
        if !lines.is_empty() {
            lines.push(DiffLine::Gap);
        }
        for change in group.iter().flat_map(|op| diff.iter_changes(op)) {
            let text = change.value().trim_end_matches(['\n', '\r']).to_owned();
            lines.push(match change.tag() {
                ChangeTag::Equal => DiffLine::Same(text),
                ChangeTag::Insert => DiffLine::Added(text),
                ChangeTag::Delete => DiffLine::Removed(text),
            });
        }
    }
    lines
}

/// Draws the lines from `top` on.
pub fn view(frame: &mut Frame, area: Rect, theme: &Theme, lines: &[DiffLine], top: usize) {
    for (line, row) in lines.iter().skip(top).zip(0..area.height) {
        let mut pen = Pen::new(frame.buffer_mut(), theme, area, row);
        let (sign, text, style) = match line {
            DiffLine::Same(text) => (" ", text.as_str(), theme.text),
            DiffLine::Added(text) => ("+", text.as_str(), theme.added),
            DiffLine::Removed(text) => ("-", text.as_str(), theme.removed),
            DiffLine::Gap => ("", theme.glyph.cut, theme.dim),
        };
        pen.column(sign, 2, style);
        pen.put(text, style);
    }
}

#[cfg(test)]
mod tests {
    use super::{DiffLine, lines};

    #[test]
    fn changes_come_with_a_little_around_them() {
        let old = (1..=20).map(|n| n.to_string()).collect::<Vec<_>>().join("\n");
        let new = old.replace("10", "ten");
        let diff = lines(&old, &new);
        assert_eq!(diff.len(), 8);
        assert_eq!(diff.get(3), Some(&DiffLine::Removed("10".to_owned())));
        assert_eq!(diff.get(4), Some(&DiffLine::Added("ten".to_owned())));
        assert!(lines(&old, &old).is_empty());
    }
}
