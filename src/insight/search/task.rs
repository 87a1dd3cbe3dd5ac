//! Tasks by phrase: which words of what was typed belong to the phrase, and which name what it is done to.

use super::hit::TASK_AHEAD;
use crate::iam::Kind;
use crate::store::view::Named;

/// What a task is done to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Argument {
    /// A user.
    User,
    /// A user group.
    Group,
    /// A role.
    Role,
    /// A customer managed policy.
    Policy,
    /// An identity provider.
    Provider,
}

impl Argument {
    /// The kinds of entity that it may be.
    pub fn kinds(self) -> &'static [Kind] {
        match self {
            Self::User => &[Kind::User],
            Self::Group => &[Kind::Group],
            Self::Role => &[Kind::Role],
            Self::Policy => &[Kind::Policy],
            Self::Provider => &[Kind::SamlProvider, Kind::OidcProvider],
        }
    }

    /// Where its name stands in a phrase, and what the phrase shows there without one.
    fn gap(self) -> (&'static str, &'static str) {
        match self {
            Self::User => ("{user}", "…"),
            Self::Group => ("{group}", "…"),
            Self::Role => ("{role}", "…"),
            Self::Policy => ("{policy}", "…"),
            Self::Provider => ("{provider}", "…"),
        }
    }
}

/// Something that can be done, found by its phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// By what the caller knows it: `delete-user`.
    pub id: String,
    /// The phrase, a gap where the name goes: `delete user {user}`.
    pub phrase: String,
    /// What it is done to.
    pub takes: Option<Argument>,
    /// Other words that mean it.
    pub also: String,
    /// What it does, in a sentence.
    pub says: String,
    /// Whether what goes does not come back.
    pub destroys: bool,
}

/// How words fit a phrase.
pub(super) struct Fit<'a> {
    /// How well.
    pub score: u32,
    /// The words that are not the phrase's.
    pub left: Vec<&'a str>,
}

/// Words that are in many phrases and say little.
const FILLERS: [&str; 12] =
    ["to", "for", "from", "of", "the", "a", "user", "users", "group", "groups", "role", "policy"];

impl Task {
    /// The phrase with the name in it.
    pub(super) fn text(&self, named: Option<&Named>) -> String {
        match self.takes.map(Argument::gap) {
            Some((gap, empty)) => self.phrase.replace(gap, named.map_or(empty, |named| &named.name)),
            None => self.phrase.clone(),
        }
    }

    /// How the words fit; `None` when none that counts does.
    pub(super) fn fit<'a>(&self, words: &[&'a str]) -> Option<Fit<'a>> {
        let (mut score, mut left, mut counts) = (0, Vec::new(), false);
        for word in words {
            match self.best(&word.to_lowercase()) {
                Some((points, is_filler)) => {
                    score += points;
                    counts |= !is_filler;
                }
                None => left.push(*word),
            }
        }
        // Without a word of its own a phrase is only meant when nothing else is typed.
        let ahead = if counts { TASK_AHEAD } else { 0 };
        (counts || (left.is_empty() && score > 0)).then_some(Fit { score: score + ahead, left })
    }

    /// The points of the phrase's best word for a word, and whether that is a filler.
    fn best(&self, word: &str) -> Option<(u32, bool)> {
        let own = self.phrase.split_whitespace().filter(|w| !w.starts_with('{'));
        let scored = own
            .map(|w| (w, 0))
            .chain(self.also.split_whitespace().map(|w| (w, 2)))
            .filter_map(|(w, off)| Some((points(word, &w.to_lowercase())?.saturating_sub(off), FILLERS.contains(&w))));
        scored.max_by_key(|(points, is_filler)| (*points, !is_filler))
    }
}

/// How much a word is worth as one of the phrase's: as it is, as its beginning, or with a small mistake. The measure is that
/// of fuzzy names, some sixteen points a letter.
fn points(word: &str, own: &str) -> Option<u32> {
    let letters = u32::try_from(word.chars().count()).unwrap_or(u32::MAX);
    if own == word {
        return Some(letters * 16 + 12);
    }
    if own.starts_with(word) {
        return Some(letters * 16 + 8);
    }
    (letters > 3 && nearly(word, own)).then_some(letters * 12)
}

/// Whether the word is the beginning of the other with one letter wrong, missing, too many, or two of them swapped.
fn nearly(word: &str, own: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (word.chars().collect(), own.chars().collect());
    let same = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let begins = |rest: &[char], of: usize| b.get(of..).is_some_and(|b| b.starts_with(rest));
    let rest = |from: usize| a.get(from..).unwrap_or_default();
    let swapped = a.get(same).is_some_and(|x| b.get(same + 1) == Some(x))
        && a.get(same + 1).is_some_and(|x| b.get(same) == Some(x))
        && begins(rest(same + 2), same + 2);
    same > 0
        && (begins(rest(same + 1), same + 1) || begins(rest(same), same + 1) || begins(rest(same + 1), same) || swapped)
}

#[cfg(test)]
mod tests {
    use super::nearly;

    #[test]
    fn one_small_mistake_is_forgiven() {
        for word in ["atach", "attahc", "attqch", "atttach", "atta"] {
            assert!(nearly(word, "attach"), "{word}");
        }
        for word in ["bttach", "delete", "atxxch"] {
            assert!(!nearly(word, "attach"), "{word}");
        }
    }
}
