//! How the questions' answers stand on paper: columns side by side, JSON for programs.

use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::Failure;
use crate::api::cli::escape_json;
use crate::policy::json::{self, Style};
use crate::text::visible;

/// Blanks between columns.
const GAP: &str = "  ";

/// Rows with their columns aligned, each indented by two. The last column is as long as it is. Hostile characters are
/// made visible.
pub(super) fn columns(rows: &[Vec<String>]) -> String {
    let rows: Vec<Vec<String>> =
        rows.iter().map(|row| row.iter().map(|cell| visible(cell).into_owned()).collect()).collect();
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width =
        |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..count).map(width).collect();
    let line = |row: &Vec<String>| {
        let cells = row
            .iter()
            .zip(&widths)
            .map(|(cell, width)| format!("{cell}{}", " ".repeat(width.saturating_sub(cell.width()))));
        format!("{GAP}{}", cells.collect::<Vec<_>>().join(GAP)).trim_end().to_owned()
    };
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// A heading with rows under it; nothing where there are none.
pub(super) fn section(heading: &str, rows: &[Vec<String>]) -> Option<String> {
    (!rows.is_empty()).then(|| format!("{}\n{}", visible(heading), columns(rows)))
}

/// A number with its noun: `1 role`, `2 roles`.
pub(super) fn count(number: usize, noun: &str) -> String {
    match (number, noun.strip_suffix('y')) {
        (1, _) => format!("1 {noun}"),
        (_, Some(stem)) => format!("{number} {stem}ies"),
        _ => format!("{number} {noun}s"),
    }
}

/// An answer as JSON, for programs.
pub(super) fn to_json(answer: &impl Serialize) -> Result<String, Failure> {
    let value = serde_json::to_value(answer)?;
    Ok(escape_json(&json::print(&(&value).into(), Style::Pretty(4))))
}

#[cfg(test)]
mod tests {
    use super::{columns, count};

    #[test]
    fn columns_are_as_wide_as_their_widest_cell() {
        let rows = [["a", "日本", "x"], ["bcd", "e", "a\u{1b}"]].map(|row| row.map(str::to_owned).to_vec());
        assert_eq!(columns(&rows), "  a    日本  x\n  bcd  e     a\\u{1b}");
    }

    #[test]
    fn nouns_have_plurals() {
        assert_eq!([count(1, "role"), count(0, "role"), count(2, "policy")], ["1 role", "0 roles", "2 policies"]);
    }
}
