//! Fuzzy ranking behind one function: the words of what was typed in any order, a mistake in a word of four letters or more.

use frizbee::{CaseMatching, Config, Matcher, Pattern};

/// Candidates above which two threads share the work.
const PARALLEL_MIN: usize = 20_000;
/// Points a letter below which a match is an accident. Letters in a row have 12 to 16.
const POINTS_MIN: usize = 10;
/// What a candidate gains that is exactly what was typed.
const EXACT: u32 = 100;

/// The best candidates, best first: their places and scores.
pub fn best<T>(typed: &str, candidates: &[T], text: impl Fn(&T) -> &str, limit: usize) -> Vec<(usize, u32)> {
    let texts: Vec<&str> = candidates.iter().map(text).collect();
    let mut matcher = matcher(typed);
    let found =
        if texts.len() > PARALLEL_MIN { matcher.match_list_parallel(&texts, 2) } else { matcher.match_list(&texts) };
    let enough = typed.chars().filter(|c| !c.is_whitespace()).count() * POINTS_MIN;
    let Some(last) = found.get(limit.saturating_sub(1)).or(found.last()).map(|one| one.score) else {
        return Vec::new();
    };
    // Of equally good ones the shorter is meant more often; so all that tie with the last are looked at.
    let mut best: Vec<_> = found
        .iter()
        .take_while(|one| one.score >= last)
        .take(limit.saturating_mul(20))
        .filter(|one| usize::from(one.score) >= enough)
        .filter_map(|one| {
            let text = texts.get(one.index as usize)?;
            let exact = text.eq_ignore_ascii_case(typed.trim());
            Some((one.index as usize, u32::from(one.score) + if exact { EXACT } else { 0 }, text.len()))
        })
        .collect();
    best.sort_by(|a, b| b.1.cmp(&a.1).then(a.2.cmp(&b.2)));
    best.into_iter().take(limit).map(|(index, score, _)| (index, score)).collect()
}

/// A candidate that matches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// Which of the candidates.
    pub index: usize,
    /// The bytes of it that matched, ascending.
    pub at: Vec<usize>,
}

/// The candidates that match, best first; all of them, in their order, when nothing was typed.
pub fn narrow<S: AsRef<str>>(typed: &str, candidates: &[S]) -> Vec<Match> {
    if typed.trim().is_empty() {
        return (0..candidates.len()).map(|index| Match { index, at: Vec::new() }).collect();
    }
    let texts: Vec<&str> = candidates.iter().map(AsRef::as_ref).collect();
    let found = matcher(typed).match_list_indices(&texts);
    found.into_iter().map(|one| Match { index: one.index as usize, at: ascending(one.indices) }).collect()
}

/// How well a text fits, and the bytes of it that matched, ascending; `None` when it does not.
pub fn marks(typed: &str, text: &str) -> Option<(u32, Vec<usize>)> {
    let found = matcher(typed).match_list_indices(&[text]).pop()?;
    Some((u32::from(found.score), ascending(found.indices)))
}

fn ascending(indices: Vec<u32>) -> Vec<usize> {
    let mut at: Vec<usize> = indices.into_iter().map(|i| i as usize).collect();
    at.sort_unstable();
    at.dedup();
    at
}

/// Whether a text holds the words, all of them.
fn matcher(typed: &str) -> Matcher {
    let patterns: Vec<Pattern> = Pattern::parse_query(typed)
        .into_iter()
        .map(|pattern| {
            let mistakes = u16::from(pattern.needle.chars().count() > 3);
            pattern.max_typos(Some(mistakes))
        })
        .collect();
    let config = Config { casing: CaseMatching::Ignore, ..Config::default() };
    Matcher::from_patterns(&patterns, &config)
}

#[cfg(test)]
mod tests {
    use super::{best, marks, narrow};

    #[test]
    fn a_list_is_narrowed_by_words_in_any_order_and_with_small_mistakes() {
        const ALL: [&str; 5] =
            ["attach policy to role", "create user", "delete user", "users", "create managed policy"];
        let first = |typed: &str| narrow(typed, &ALL).first().map(|one| ALL[one.index]);
        assert_eq!(first("user create"), Some("create user"));
        assert_eq!(first("atach pol"), Some("attach policy to role"));
        assert_eq!(narrow("", &ALL).len(), 5);
        assert_eq!(first("zzz"), None);
    }

    fn order(typed: &str) -> Vec<&'static str> {
        const ALL: [&str; 5] = ["developers", "dev", "DevOpsRole", "read-write-app-bucket", "nikki"];
        best(typed, &ALL, |text| text, 9).into_iter().map(|(at, _)| ALL[at]).collect()
    }

    #[test]
    fn the_exact_name_comes_first_and_case_does_not_matter() {
        assert_eq!(order("DEV")[0], "dev");
        assert_eq!(order("bucket write"), ["read-write-app-bucket"]);
        assert_eq!(order("nikk1"), ["nikki"]);
        assert!(order("qqq").is_empty());
    }

    #[test]
    fn marks_are_the_letters_that_matched() {
        assert_eq!(marks("app", "read-write-app").unwrap().1, [11, 12, 13]);
        assert_eq!(marks("b a", "ab").unwrap().1, [0, 1]);
        assert_eq!(marks("x", "ab"), None);
    }
}
