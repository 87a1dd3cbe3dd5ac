//! The wildcard matcher against one that tries everything.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tiam::policy::wildcard::{Case, matches};

/// The longest text the naive matcher can be asked about.
const TEXT_MAX: usize = 24;

fn naive(pattern: &[char], text: &[char]) -> bool {
    match (pattern, text) {
        ([], []) => true,
        (['*', '*', ..], _) => naive(&pattern[1..], text),
        (['*', rest @ ..], _) => naive(rest, text) || (!text.is_empty() && naive(pattern, &text[1..])),
        (['?', rest @ ..], [_, tail @ ..]) => naive(rest, tail),
        ([wanted, rest @ ..], [found, tail @ ..]) => wanted == found && naive(rest, tail),
        _ => false,
    }
}

fuzz_target!(|pair: (&str, &str)| {
    let (pattern, text) = pair;
    let found = matches(pattern, text, Case::Sensitive);
    assert!(!found || matches(pattern, text, Case::Insensitive));
    let (pattern, text): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
    if pattern.len() <= TEXT_MAX && text.len() <= TEXT_MAX {
        assert_eq!(found, naive(&pattern, &text));
    }
});
