//! One keystroke, and what the store answers to it: names of a very large account, keys, ids, ARNs, paths.

use super::hit::{self, Hit};
use crate::iam::Kind;
use crate::policy::catalog::managed;
use crate::store::Result;
use crate::store::view::{Named, View};

/// Names that are ranked for one answer in an account too large to keep.
const CANDIDATES_MAX: usize = 2000;
/// Hits by id, path, tag or text in one answer.
pub(super) const MENTIONS_MAX: usize = 20;

/// What one keystroke works with.
pub(super) struct Ask<'a> {
    pub view: View<'a>,
    pub query: &'a str,
    pub words: Vec<&'a str>,
    pub limit: usize,
}

impl Ask<'_> {
    /// Names of a very large account that may match: those that hold all words, or else, for the sake of a mistake, those
    /// that hold a half of each.
    pub(super) fn narrowed(&self, kind: Option<Kind>) -> Result<Vec<Named>> {
        let names = self.view.names_like(&self.words, kind, CANDIDATES_MAX)?;
        if !names.is_empty() {
            return Ok(names);
        }
        let halves = |word: &'_ str| -> (String, String) {
            let letters: Vec<char> = word.chars().collect();
            let (head, tail) = letters.split_at(letters.len().div_ceil(2));
            (head.iter().collect(), tail.iter().collect())
        };
        let (heads, tails): (Vec<_>, Vec<_>) = self.words.iter().map(|word| halves(word)).unzip();
        let mut names = Vec::new();
        for half in [heads, tails] {
            let half: Vec<&str> = half.iter().map(String::as_str).filter(|half| half.len() > 2).collect();
            if !half.is_empty() {
                names.extend(self.view.names_like(&half, kind, CANDIDATES_MAX)?);
            }
        }
        Ok(names)
    }

    /// Access keys by a part of their id; each leads to its user's credentials.
    pub(super) fn keys(&self) -> Result<Vec<Hit>> {
        let [part] = self.words.as_slice() else { return Ok(Vec::new()) };
        let keys = self.view.keys_like(part, MENTIONS_MAX)?;
        Ok(keys.into_iter().map(|key| Hit::of_key(&key, part)).collect())
    }

    /// Things by unique id, ARN or path.
    pub(super) fn marked(&self) -> Result<Vec<Hit>> {
        let [mark] = self.words.as_slice() else { return Ok(Vec::new()) };
        let mut hits: Vec<Hit> =
            self.view.marked(mark, MENTIONS_MAX)?.iter().map(|row| Hit::of_mark(row, mark)).collect();
        hits.extend(
            managed::find(mark)
                .filter(|policy| policy.arn == *mark)
                .map(|policy| Hit { score: hit::BY_ID, ..Hit::of_aws_policy(policy, policy.name, 0) }),
        );
        Ok(hits)
    }
}
