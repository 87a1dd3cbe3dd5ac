//! What the editor is given: the document as it is, and how the changed one is saved. It says what is particular to a
//! managed policy, an inline policy, a trust policy.

use crate::console::context::Context;
use crate::console::screen::listing::Reading;
use crate::console::task::Work;
use crate::console::widget::Choice;
use crate::insight::Site;
use crate::policy::PolicyType;
use crate::policy::json::{self, Style};

/// Where a document comes from and goes to.
pub trait Target {
    /// The `aws iam …` line that saves the same; `dropped` is the version that goes first.
    fn command(&self, dropped: Option<&str>) -> String;

    /// The work that saves the document.
    fn save(&self, document: String, dropped: Option<String>) -> Work;

    /// Reads the document as it is now, to see whether somebody else changed it.
    fn current(&self, cx: &Context) -> Reading<String>;
}

/// A document to edit.
pub struct Draft {
    /// The breadcrumb, as `Policies`, `read-write-app-bucket`, `v3`.
    pub crumbs: Vec<String>,
    /// What the document is to be.
    pub kind: PolicyType,
    /// The document as it was read; empty when there is none yet.
    pub document: String,
    /// What the editor opens with in place of the document, for one that is new.
    pub template: Option<String>,
    /// How many characters it may have, in IAM's counting.
    pub quota: u32,
    /// How many of them other documents take already: inline policies share a quota.
    pub taken: usize,
    /// What saving does, as `saves as v4`.
    pub saves: String,
    /// The versions of which one has to go first, when there are five.
    pub droppable: Vec<Choice>,
    /// Whom it decides about.
    pub site: Site,
    /// Where it goes.
    pub target: Box<dyn Target>,
}

/// How many spaces a level is indented by where the text does not show its own.
const INDENT: usize = 4;

/// The document as it is shown: one that stands on a single line is laid out, as nobody can read it otherwise.
pub fn laid_out(document: &str) -> String {
    if document.trim().contains('\n') {
        return document.to_owned();
    }
    formatted(document, INDENT).unwrap_or_else(|| document.to_owned())
}

/// How many spaces a text indents a level by.
pub fn indent_of(text: &str) -> usize {
    let steps = text.lines().map(leading).filter(|spaces| *spaces > 0);
    steps.min().unwrap_or(INDENT).clamp(1, 8)
}

/// Spaces at the start of a line.
pub fn leading(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// The document laid out afresh, each level indented by so many spaces; `None` when it is no JSON.
pub fn formatted(document: &str, indent: usize) -> Option<String> {
    let parsed = json::parse(document);
    let root = parsed.root.filter(|_| parsed.faults.is_empty())?;
    Some(json::print(&root, Style::Pretty(indent)))
}

#[cfg(test)]
mod tests {
    use super::{INDENT, formatted, indent_of, laid_out};

    #[test]
    fn one_line_is_laid_out_and_the_rest_is_left() {
        assert_eq!(laid_out(r#"{"a":[1]}"#), "{\n    \"a\": [\n        1\n    ]\n}");
        assert_eq!(laid_out("{\n \"a\":1}"), "{\n \"a\":1}");
        assert_eq!(laid_out("{\"a\":"), "{\"a\":");
        assert_eq!(formatted("{\"a\":1}", 2).unwrap(), "{\n  \"a\": 1\n}");
        assert_eq!((formatted("{", INDENT), indent_of("{\n  \"a\": {\n    \"b\": 1")), (None, 2));
    }
}
