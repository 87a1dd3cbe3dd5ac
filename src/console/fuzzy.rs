//! Fuzzy matching behind one function, so that every list that narrows while typing does it alike.

use frizbee::{Config, Matcher};

/// A candidate that matches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// Which of the candidates.
    pub index: usize,
    /// The bytes of it that matched, ascending.
    pub at: Vec<usize>,
}

/// The candidates that match, best first; all of them, in their order, when nothing was typed. Words may come in any
/// order, and a word of four letters or more may have a mistake in it.
pub fn rank<S: AsRef<str>>(typed: &str, candidates: &[S]) -> Vec<Match> {
    if typed.trim().is_empty() {
        return (0..candidates.len()).map(|index| Match { index, at: Vec::new() }).collect();
    }
    let patterns: Vec<_> = frizbee::Pattern::parse_query(typed)
        .into_iter()
        .map(|pattern| {
            let mistakes = u16::try_from(pattern.needle.len() / 4).unwrap_or(0).min(1);
            pattern.max_typos(Some(mistakes))
        })
        .collect();
    let mut matcher = Matcher::from_patterns(&patterns, &Config::default());
    let texts: Vec<&str> = candidates.iter().map(AsRef::as_ref).collect();
    let found = matcher.match_list_indices(&texts);
    found
        .into_iter()
        .map(|one| {
            let mut at: Vec<usize> = one.indices.into_iter().map(|i| i as usize).collect();
            at.sort_unstable();
            Match { index: one.index as usize, at }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::rank;

    fn best(typed: &str) -> Vec<&'static str> {
        const ALL: [&str; 5] =
            ["attach policy to role", "create user", "delete user", "users", "create managed policy"];
        rank(typed, &ALL).into_iter().filter_map(|m| ALL.get(m.index).copied()).collect()
    }

    #[test]
    fn words_in_any_order_and_small_mistakes() {
        assert_eq!(best("user create").first(), Some(&"create user"));
        assert_eq!(best("atach pol").first(), Some(&"attach policy to role"));
        assert_eq!(best("").len(), 5);
        assert!(best("zzz").is_empty());
    }
}
