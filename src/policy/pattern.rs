//! Relations between wildcard patterns: whether one holds all of another, whether two share a text.
//!
//! `*` stands for any text, none included; `?` for one character. What a pattern matches is [`super::wildcard`]'s part.

/// Whether every text that `inner` matches is one that `outer` matches. Case counts unless `fold` is set.
///
/// A `*` of `inner` must fall to a `*` of `outer`, a `?` to a `?` or a `*`. That is exact but for patterns that put `?`
/// beside `*`, where it may miss a containment and never claims one that is not there.
pub fn covers(outer: &str, inner: &str, fold: bool) -> bool {
    let same = |o: u8, i: u8| if o == b'?' { i != b'*' } else { o == i || (fold && o.eq_ignore_ascii_case(&i)) };
    run(outer.as_bytes(), inner.as_bytes(), same)
}

/// The two-pointer matcher: on a mismatch the last `*` takes one byte more, so no input is read more than
/// `pattern × text` times, and in practice once.
fn run(pattern: &[u8], text: &[u8], same: impl Fn(u8, u8) -> bool) -> bool {
    let (mut p, mut t) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while let Some(&byte) = text.get(t) {
        match pattern.get(p) {
            Some(b'*') => {
                star = Some((p, t));
                p += 1;
            }
            Some(&wanted) if same(wanted, byte) => (p, t) = (p + 1, t + 1),
            _ => {
                let Some((at, taken)) = star else { return false };
                star = Some((at, taken + 1));
                (p, t) = (at + 1, taken + 1);
            }
        }
    }
    pattern.get(p..).unwrap_or_default().iter().all(|byte| *byte == b'*')
}

/// Whether some text matches both patterns. Case counts.
pub fn overlap(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    // What stands before the first wildcards must agree; most pairs end here.
    let wild = |byte: &u8| *byte == b'*' || *byte == b'?';
    let fixed = |text: &[u8]| text.iter().position(wild).unwrap_or(text.len());
    let shared = fixed(a).min(fixed(b));
    if a.get(..shared) != b.get(..shared) {
        return false;
    }
    meet(a, b)
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
    use super::{covers, overlap};

    /// All patterns or texts over an alphabet up to a length.
    fn words(alphabet: &str, length: usize) -> Vec<String> {
        let mut all = vec![String::new()];
        let mut last = all.clone();
        for _ in 0..length {
            last = last.iter().flat_map(|word| alphabet.chars().map(move |c| format!("{word}{c}"))).collect();
            all.extend(last.clone());
        }
        all
    }

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
        let (patterns, texts) = (words("ab*?", 3), words("abc", 5));
        let matched: Vec<Vec<bool>> =
            patterns.iter().map(|p| texts.iter().map(|t| naive(p.as_bytes(), t.as_bytes())).collect()).collect();
        for (a, in_a) in patterns.iter().zip(&matched) {
            for (b, in_b) in patterns.iter().zip(&matched) {
                let shared = in_a.iter().zip(in_b).any(|(x, y)| *x && *y);
                assert_eq!(overlap(a, b), shared, "{a} {b}");
                if covers(a, b, false) {
                    assert!(in_a.iter().zip(in_b).all(|(x, y)| *x || !*y), "{a} {b}");
                }
            }
        }
        assert!(covers("arn:aws:s3:::b/*", "arn:aws:s3:::b/home/*", false));
        assert!(covers("IAM:*", "iam:Get*", true) && !covers("IAM:*", "iam:Get*", false));
    }
}
