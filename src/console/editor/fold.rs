//! Statements folded to their first line. A fold is known by its statement's number, so it stays while one types, and
//! follows where statements come and go; the one that the cursor is in is open.

use std::collections::BTreeSet;

use super::analysis::{Analysis, Block};
use super::buffer::Spot;

/// Which statements are folded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folds(BTreeSet<usize>);

impl Folds {
    /// Folds the statement that a line belongs to, or opens it; gives the line that stays. None where there is no statement
    /// of several lines.
    pub fn toggle(&mut self, analysis: &Analysis, line: usize) -> Option<usize> {
        let at = analysis.statements.iter().position(|block| block.lines.contains(&line) && block.lines.len() > 1)?;
        if !self.0.remove(&at) {
            self.0.insert(at);
        }
        analysis.statements.get(at).map(|block| block.lines.start)
    }

    /// Follows a change at the cursor, before which there were so many statements.
    pub fn follow(&mut self, before: usize, analysis: &Analysis, cursor: Spot) {
        let after = analysis.statements.len();
        let at = analysis.statements.partition_point(|block| block.lines.end <= cursor.line);
        let gone = at..at + before.saturating_sub(after);
        let shift = |fold: usize| if fold < at { fold } else { (fold + after).saturating_sub(before) };
        self.0 = self.0.iter().filter(|fold| !gone.contains(fold)).map(|fold| shift(*fold)).collect();
    }

    /// The lines that are shown, in order.
    pub fn shown(&self, analysis: &Analysis, cursor: Spot) -> Vec<usize> {
        let hidden = |line: usize| {
            self.0.iter().filter_map(|at| analysis.statements.get(*at)).any(|Block { lines, .. }| {
                let inner = lines.start + 1..lines.end;
                inner.contains(&line) && !inner.contains(&cursor.line)
            })
        };
        (0..analysis.starts.len()).filter(|line| self.0.is_empty() || !hidden(*line)).collect()
    }

    /// Where a step up or down ends that began outside of a fold and would end in it.
    pub fn step(&self, analysis: &Analysis, from: Spot, to: Spot) -> Spot {
        let folded = self.0.iter().filter_map(|at| analysis.statements.get(*at)).map(|block| &block.lines);
        let inside = |lines: &&std::ops::Range<usize>| {
            let inner = lines.start + 1..lines.end;
            inner.contains(&to.line) && !inner.contains(&from.line)
        };
        match folded.clone().find(inside) {
            Some(lines) if to.line > from.line && lines.end < analysis.starts.len() => Spot { line: lines.end, ..to },
            Some(lines) => Spot { line: lines.start, ..to },
            None => to,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Folds, Spot};
    use crate::console::editor::analysis::Analysis;
    use crate::policy::PolicyType;

    #[test]
    fn a_folded_statement_shows_its_first_line() {
        let text = "{\n  \"Statement\": [\n    {\n      \"Effect\": \"Allow\"\n    },\n    {\n    }\n  ]\n}";
        let analysis = Analysis::of(text, PolicyType::Identity);
        let mut folds = Folds::default();
        let at = |line| Spot { line, column: 0 };
        assert_eq!(folds.toggle(&analysis, 3), Some(2));
        assert_eq!(folds.shown(&analysis, at(0)), [0, 1, 2, 5, 6, 7, 8]);
        assert_eq!(folds.shown(&analysis, at(3)).len(), 9);
        assert_eq!((folds.step(&analysis, at(2), at(3)), folds.step(&analysis, at(5), at(4))), (at(5), at(2)));
        assert_eq!((folds.toggle(&analysis, 2), folds.toggle(&analysis, 0)), (Some(2), None));
        assert_eq!(folds.shown(&analysis, at(0)).len(), 9);
    }

    #[test]
    fn folds_follow_their_statements() {
        let of = |statements: &[&str]| {
            Analysis::of(&format!("{{\"Statement\": [\n{}\n]}}", statements.join(",\n")), PolicyType::Identity)
        };
        let (a, b) = ("{\"Sid\": \"A\",\n\"Effect\": \"Allow\"}", "{\"Effect\": \"Deny\",\n\"Action\": \"s3:*\"}");
        let mut folds = Folds::default();
        let two = of(&[a, b]);
        folds.toggle(&two, 3);
        let hidden = |folds: &Folds, analysis: &Analysis| {
            let shown = folds.shown(analysis, Spot::default());
            (0..analysis.starts.len()).filter(|line| !shown.contains(line)).collect::<Vec<_>>()
        };
        assert_eq!(hidden(&folds, &two), [4]);
        let three = of(&[a, a, b]);
        folds.follow(2, &three, Spot { line: 3, column: 0 });
        assert_eq!(hidden(&folds, &three), [6]);
        folds.follow(3, &two, Spot { line: 3, column: 0 });
        assert_eq!(hidden(&folds, &two), [4]);
        let one = of(&[a]);
        folds.follow(2, &one, Spot { line: 3, column: 0 });
        assert_eq!(hidden(&folds, &one), Vec::<usize>::new());
        assert_eq!((two.statements[0].title.as_str(), two.statements[1].title.as_str()), ("A", "Deny s3:*"));
    }
}
