//! Which items of a list are covered by others of it.
//!
//! Names and patterns that end in their only `*` are sorted, and each is held against the pattern before it that it starts
//! with: work in proportion to the list. Only a pattern with a wildcard further in has to be compared with all that start as
//! it does, and those comparisons are counted: what is left of the document's allowance bounds them.

use std::cmp::Ordering;

use crate::policy::catalog;
use crate::policy::document::Item;
use crate::policy::wildcard::{Case, covers, is_pattern};

/// An item of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Member {
    /// Its place in the list.
    pub(super) at: usize,
    /// Whether another covers it.
    pub(super) covered: bool,
}

/// What an item is compared by.
struct Entry<'t> {
    at: usize,
    text: &'t str,
    /// What stands before the first wildcard.
    fixed: &'t str,
    shape: Shape,
}

/// In the order in which items with the same fixed part are sorted.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Shape {
    /// Nothing but stars follow the fixed part.
    Prefix,
    /// No wildcard.
    Name,
    /// A wildcard further in.
    General,
}

impl<'t> Entry<'t> {
    fn new(at: usize, text: &'t str) -> Self {
        let fixed = text.split(['*', '?']).next().unwrap_or_default();
        let rest = text.get(fixed.len()..).unwrap_or_default();
        let shape = match rest {
            "" => Shape::Name,
            _ if rest.bytes().all(|byte| byte == b'*') => Shape::Prefix,
            _ => Shape::General,
        };
        Self { at, text, fixed, shape }
    }

    /// What it is sorted by: all of it, but for the stars of a prefix.
    fn key(&self) -> &'t str {
        if self.shape == Shape::Prefix { self.fixed } else { self.text }
    }

    /// How many letters are compared, at worst, to see whether it covers another.
    fn cost(&self, other: &str) -> usize {
        self.text.len().saturating_mul(other.len())
    }
}

/// The groups of items that hang together by one covering another, in the order of the list; `fold` where case does not
/// count. `comparisons` are the letters that may still be compared.
pub(super) fn groups(items: &[Item], fold: bool, comparisons: &mut usize) -> Vec<Vec<Member>> {
    let mut entries: Vec<Entry<'_>> = items.iter().enumerate().map(|(at, item)| Entry::new(at, &item.text)).collect();
    let order = |a: &str, b: &str| if fold { catalog::order(a, b) } else { a.cmp(b) };
    let sort = |a: &Entry<'_>, b: &Entry<'_>| order(a.key(), b.key()).then(a.shape.cmp(&b.shape)).then(a.at.cmp(&b.at));
    entries.sort_unstable_by(sort);
    let mut found = Found { leaders: (0..items.len()).collect(), covered: vec![false; items.len()], any: false };
    found.plain(&entries, fold);
    for entry in entries.iter().filter(|entry| entry.shape == Shape::General) {
        // All that starts as the pattern does stands together.
        let from = entries.partition_point(|other| order(other.key(), entry.fixed) == Ordering::Less);
        let rest = entries.get(from..).unwrap_or_default();
        for other in rest.iter().take_while(|other| starts(other.key(), entry.fixed, fold)) {
            let Some(left) = comparisons.checked_sub(entry.cost(other.text)) else { return found.groups() };
            *comparisons = left;
            found.compare(entry, other, fold);
        }
    }
    found.groups()
}

/// What has been found of a list.
struct Found {
    /// The leader of each item's group, or one on the way to it; a leader leads itself.
    leaders: Vec<usize>,
    covered: Vec<bool>,
    any: bool,
}

impl Found {
    /// Joins what is the same or starts with a prefix pattern. `entries` are sorted.
    fn plain(&mut self, entries: &[Entry<'_>], fold: bool) {
        // The patterns that the current item may start with, each starting with the one before it.
        let mut open: Vec<&Entry<'_>> = Vec::new();
        let mut last: Option<&Entry<'_>> = None;
        for entry in entries {
            open.truncate(open.iter().rposition(|outer| starts(entry.key(), outer.fixed, fold)).map_or(0, |at| at + 1));
            if let Some(outer) = open.last() {
                self.join(outer.at, entry.at);
            }
            if let Some(same) = last.filter(|last| last.shape == entry.shape && equal(last.key(), entry.key(), fold)) {
                self.join(same.at, entry.at);
            } else if entry.shape == Shape::Prefix {
                open.push(entry);
            }
            last = Some(entry);
        }
    }

    fn compare(&mut self, outer: &Entry<'_>, inner: &Entry<'_>, fold: bool) {
        let case = if fold { Case::Insensitive } else { Case::Sensitive };
        if outer.at == inner.at || !covers(outer.text, inner.text, case) {
            return;
        }
        // Of two that cover each other the first stays.
        let same = is_pattern(inner.text) && covers(inner.text, outer.text, case);
        if !same || outer.at < inner.at {
            self.join(outer.at, inner.at);
        }
    }

    fn join(&mut self, outer: usize, inner: usize) {
        self.any = true;
        if let Some(flag) = self.covered.get_mut(inner) {
            *flag = true;
        }
        let (a, b) = (self.lead(outer), self.lead(inner));
        if let Some(slot) = self.leaders.get_mut(a.max(b)) {
            *slot = a.min(b);
        }
    }

    fn lead(&mut self, mut at: usize) -> usize {
        while let Some(next) = self.leaders.get(at).copied().filter(|next| *next != at) {
            // Shortens the way for those who come after.
            let beyond = self.leaders.get(next).copied().unwrap_or(next);
            if let Some(slot) = self.leaders.get_mut(at) {
                *slot = beyond;
            }
            at = beyond;
        }
        at
    }

    fn groups(mut self) -> Vec<Vec<Member>> {
        if !self.any {
            return Vec::new();
        }
        let mut groups: Vec<Vec<Member>> = self.leaders.iter().map(|_| Vec::new()).collect();
        for at in 0..self.leaders.len() {
            let (leader, covered) = (self.lead(at), self.covered.get(at) == Some(&true));
            if let Some(group) = groups.get_mut(leader) {
                group.push(Member { at, covered });
            }
        }
        groups.retain(|group| group.len() > 1);
        groups
    }
}

fn equal(a: &str, b: &str, fold: bool) -> bool {
    if fold { a.eq_ignore_ascii_case(b) } else { a == b }
}

fn starts(text: &str, start: &str, fold: bool) -> bool {
    let head = text.as_bytes().get(..start.len());
    head.is_some_and(|head| if fold { head.eq_ignore_ascii_case(start.as_bytes()) } else { head == start.as_bytes() })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::groups;
    use crate::policy::document::{Item, ItemKind};
    use crate::policy::json::Span;
    use crate::policy::wildcard::{Case, covers};

    fn items(texts: &[&str]) -> Vec<Item> {
        let item = |text: &&str| Item { span: Span::default(), text: (*text).to_owned(), kind: ItemKind::String };
        texts.iter().map(item).collect()
    }

    /// Groups by comparing all with all: the members of each, and those of them that are covered.
    fn slowly(texts: &[&str], case: Case) -> BTreeSet<Vec<(usize, bool)>> {
        let pairs = || (0..texts.len()).flat_map(|a| (0..texts.len()).map(move |b| (a, b))).filter(|(a, b)| a != b);
        let over =
            |a: usize, b: usize| covers(texts[a], texts[b], case) && (a < b || !covers(texts[b], texts[a], case));
        let mut group: Vec<usize> = (0..texts.len()).collect();
        for (a, b) in pairs().filter(|(a, b)| over(*a, *b)) {
            let (from, to) = (group[a].max(group[b]), group[a].min(group[b]));
            group.iter_mut().filter(|leader| **leader == from).for_each(|leader| *leader = to);
        }
        let members = |leader: usize| (0..texts.len()).filter(|at| group[*at] == leader).collect::<Vec<_>>();
        let all = (0..texts.len()).map(members).filter(|members| members.len() > 1);
        let covered = |inner: usize| pairs().any(|(a, b)| b == inner && over(a, b));
        all.map(|members| members.into_iter().map(|at| (at, covered(at))).collect()).collect()
    }

    #[test]
    fn sorting_finds_what_comparing_all_pairs_finds() {
        let short: Vec<String> = {
            let letters = ["a", "B", "*", "?", "!"];
            let two = letters.iter().flat_map(|a| letters.iter().map(move |b| format!("{a}{b}")));
            letters.iter().map(|a| (*a).to_owned()).chain(two).collect()
        };
        // Every triple of texts, and in passing every pair.
        for a in &short {
            for b in &short {
                for c in short.iter().step_by(3).chain(["ab*".to_owned(), "b".to_owned()].iter()) {
                    let texts = [a.as_str(), b.as_str(), c.as_str()];
                    for (fold, case) in [(true, Case::Insensitive), (false, Case::Sensitive)] {
                        let found = groups(&items(&texts), fold, &mut 1_000_000);
                        let found =
                            found.iter().map(|group| group.iter().map(|m| (m.at, m.covered)).collect()).collect();
                        assert_eq!(slowly(&texts, case), found, "{texts:?} {fold}");
                    }
                }
            }
        }
    }

    #[test]
    fn what_needs_no_comparing_is_found_without_an_allowance() {
        let texts = items(&["s3:Get*", "s3:GetObject", "s3:*Object", "s3:PutObject", "s3:putobject"]);
        let places = |allowed: usize| {
            let found = groups(&texts, true, &mut allowed.clone());
            found.into_iter().map(|group| group.into_iter().map(|member| member.at).collect()).collect::<Vec<Vec<_>>>()
        };
        assert_eq!(places(0), [vec![0, 1], vec![3, 4]]);
        assert_eq!(places(1_000_000), [vec![0, 1, 2, 3, 4]]);
    }
}
