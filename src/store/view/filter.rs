//! Filters: the rows whose name holds what was typed.
//!
//! Few matches are found through the index of trigrams and sorted; many are met soon by walking the list in its order. So
//! neither a rare nor a common filter looks at more than it must. Below three letters there are no trigrams.

use std::collections::BTreeSet;

use super::Read;
use super::list::{List, Pane, Total};
use super::order::{Narrow, Order};
use crate::store::error::Result;
use crate::store::tx::fold;

/// Matches that are counted and sorted; above, a filter's total is "1000+".
const MATCHES_COUNTED: usize = 1000;

/// What `entity_search` is asked for names that hold the text: its trigrams. `None` below three letters.
pub(super) fn trigrams(text: &str) -> Option<String> {
    let letters: Vec<char> = text.chars().collect();
    let grams: BTreeSet<String> = letters.windows(3).map(|gram| gram.iter().collect()).collect();
    let quoted: Vec<String> = grams.iter().map(|gram| format!("\"{}\"", gram.replace('"', "\"\""))).collect();
    (!quoted.is_empty()).then(|| quoted.join(" "))
}

impl Read<'_> {
    /// What a list's filter leaves, and how many rows that is.
    pub(super) fn narrow(&self, order: &Order, list: &List) -> Result<(Narrow, Total)> {
        let filter = fold(list.filter.trim());
        if filter.is_empty() {
            return Ok((Narrow::None, Total::Exact(self.size(list.pane)?)));
        }
        let ids = self.matches(order, list.pane, &filter)?;
        if ids.len() > MATCHES_COUNTED {
            return Ok((Narrow::Many(filter), Total::AtLeast(MATCHES_COUNTED)));
        }
        let total = Total::Exact(ids.len());
        Ok((Narrow::Few(ids), total))
    }

    /// Rows that match, one more than are counted.
    fn matches(&self, order: &Order, pane: Pane, filter: &str) -> Result<Vec<i64>> {
        let limit = i64::try_from(MATCHES_COUNTED + 1).unwrap_or(i64::MAX);
        let id = |row: &rusqlite::Row<'_>| row.get(0);
        let Order { id: column, fixed, matches, .. } = order;
        if pane == Pane::AccessKeys {
            let sql = format!("SELECT {column} FROM access_key k WHERE {fixed} AND {matches} LIMIT ?3");
            return self.all(&sql, (self.account.row, filter, limit), id);
        }
        let kinds: Vec<_> = pane.kinds().iter().map(|kind| kind.number().to_string()).collect();
        let fixed = format!("k.account = ?1 AND k.kind IN ({}) AND instr(k.name_key, ?2)", kinds.join(", "));
        let Some(grams) = trigrams(filter) else {
            let sql = format!("SELECT k.id FROM entity k WHERE {fixed} LIMIT ?3");
            return self.all(&sql, (self.account.row, filter, limit), id);
        };
        let sql = format!(
            "SELECT k.id FROM entity_search s CROSS JOIN entity k ON k.id = s.rowid
             WHERE s.entity_search MATCH ?4 AND {fixed} LIMIT ?3"
        );
        self.all(&sql, (self.account.row, filter, limit, grams), id)
    }
}

#[cfg(test)]
mod tests {
    use super::trigrams;

    #[test]
    fn trigrams_are_asked_for_once_each_and_quoted() {
        assert_eq!(trigrams("ab"), None);
        assert_eq!(trigrams("aaaa").unwrap(), "\"aaa\"");
        assert_eq!(trigrams("a\"bc").unwrap(), "\"\"\"bc\" \"a\"\"b\"");
    }
}
