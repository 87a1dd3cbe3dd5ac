//! Relations between wildcard patterns: whether one holds all of another, whether two share a text.

use super::{Case, fits, is_pattern, matches, wild};

/// Whether every text that `inner` matches is one that `outer` matches.
///
/// A `*` of `inner` must fall to a `*` of `outer`, a `?` to a `?` or a `*`. That is exact but for patterns that put `?`
/// beside `*`, where it may miss a containment and never claims one that is not there.
pub fn covers(outer: &str, inner: &str, case: Case) -> bool {
    let byte = |text: &str, at: usize| text.as_bytes().get(at).copied().map(wild);
    let (outer, inner) = (|at| byte(outer, at), |at| byte(inner, at));
    match case {
        Case::Sensitive => fits::<false>(outer, inner, 0),
        Case::Insensitive => fits::<true>(outer, inner, 0),
    }
}

/// Whether some text matches both patterns. Case counts.
pub fn overlap(first: &str, second: &str) -> bool {
    let (a, b) = (first.as_bytes(), second.as_bytes());
    // What stands before the first wildcards must agree; most pairs end here.
    let wild = |byte: &u8| *byte == b'*' || *byte == b'?';
    let fixed = |text: &[u8]| text.iter().position(wild).unwrap_or(text.len());
    let shared = fixed(a).min(fixed(b));
    if a.get(..shared) != b.get(..shared) {
        return false;
    }
    match (is_pattern(first), is_pattern(second)) {
        (_, false) => matches(first, second, Case::Sensitive),
        (false, true) => matches(second, first, Case::Sensitive),
        _ => meet(a, b),
    }
}

/// By dynamic programming over the two patterns.
fn meet(a: &[u8], b: &[u8]) -> bool {
    // `row[j]`: whether what is read of `a` and the first `j` bytes of `b` can stand for the same text.
    let mut row = vec![true];
    row.extend(b.iter().scan(true, |open, byte| {
        *open &= *byte == b'*';
        Some(*open)
    }));
    let mut next = Vec::with_capacity(row.len());
    for &x in a {
        next.clear();
        next.push(x == b'*' && row.first() == Some(&true));
        for (pair, &y) in row.windows(2).zip(b) {
            let &[diagonal, above] = pair else { continue };
            let left = next.last() == Some(&true);
            next.push(match (x, y) {
                (b'*', _) | (_, b'*') => diagonal || above || left,
                _ => diagonal && (x == y || x == b'?' || y == b'?'),
            });
        }
        std::mem::swap(&mut row, &mut next);
    }
    row.last() == Some(&true)
}

#[cfg(test)]
mod tests {
    use super::super::tests::texts;
    use super::{Case, covers, overlap};

    fn naive(pattern: &[u8], text: &[u8]) -> bool {
        match (pattern.first(), text.first()) {
            (None, None) => true,
            (Some(b'*'), _) => naive(&pattern[1..], text) || (!text.is_empty() && naive(pattern, &text[1..])),
            (Some(p), Some(t)) => (p == t || *p == b'?') && naive(&pattern[1..], &text[1..]),
            _ => false,
        }
    }

    #[test]
    fn cover_and_overlap_agree_with_the_texts_that_match() {
        let (patterns, texts) = (texts(&['a', 'b', '*', '?'], 3), texts(&['a', 'b', 'c'], 5));
        let matched: Vec<Vec<bool>> =
            patterns.iter().map(|p| texts.iter().map(|t| naive(p.as_bytes(), t.as_bytes())).collect()).collect();
        for (a, in_a) in patterns.iter().zip(&matched) {
            for (b, in_b) in patterns.iter().zip(&matched) {
                let shared = in_a.iter().zip(in_b).any(|(x, y)| *x && *y);
                assert_eq!(overlap(a, b), shared, "{a} {b}");
                if covers(a, b, Case::Sensitive) {
                    assert!(in_a.iter().zip(in_b).all(|(x, y)| *x || !*y), "{a} {b}");
                }
            }
        }
        assert!(covers("arn:aws:s3:::b/*", "arn:aws:s3:::b/home/*", Case::Sensitive));
        assert!(covers("IAM:*", "iam:Get*", Case::Insensitive) && !covers("IAM:*", "iam:Get*", Case::Sensitive));
    }
}
