//! How near one name is to another, and how near is near enough to be what was meant.

/// Names longer than this are nobody's slip of a known one. It bounds the work that a hostile name makes.
const NAME_MAX: usize = 80;

/// How many letters of a name may be wrong: none of three, one of eight, two of sixteen. A longer way off is another name.
pub(super) fn tolerance(name: &str) -> usize {
    match name.len() {
        0..=3 => 0,
        4..=8 => 1,
        9..=16 => 2,
        _ => 3,
    }
}

/// What belongs to the candidate nearest to a name; none if none is near. Of several the first.
pub(super) fn nearest<'c, T>(name: &str, candidates: impl Iterator<Item = (&'c str, T)>) -> Option<T> {
    let limit = tolerance(name);
    let near = candidates.filter_map(|(candidate, meant)| Some((distance(candidate, name, limit)?, meant)));
    near.min_by_key(|(distance, _)| *distance).map(|(_, meant)| meant)
}

/// How many letters to change, add, drop or swap with the next to get from one name to the other, case aside, if no more
/// than `limit`.
pub(super) fn distance(a: &str, b: &str, limit: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > limit || a.len().max(b.len()) > NAME_MAX {
        return None;
    }
    let lower = |text: &str| text.to_ascii_lowercase().into_bytes();
    let (a, b) = (lower(a), lower(b));
    // The rows of the last two letters of `a`.
    let (mut older, mut row) = (Vec::new(), (0..=b.len()).collect::<Vec<usize>>());
    for (at, x) in a.iter().enumerate() {
        let mut next = vec![at + 1];
        for (to, y) in b.iter().enumerate() {
            let of = |row: &[usize], at: usize| row.get(at).copied().unwrap_or(usize::MAX / 2);
            let mut least = of(&row, to) + usize::from(x != y);
            least = least.min(of(&row, to + 1) + 1).min(of(&next, to) + 1);
            if let (Some(last), Some(before)) = (at.checked_sub(1), to.checked_sub(1))
                && (a.get(last), b.get(before)) == (Some(y), Some(x))
            {
                least = least.min(of(&older, before) + 1);
            }
            next.push(least);
        }
        if next.iter().all(|distance| *distance > limit) {
            return None;
        }
        older = std::mem::replace(&mut row, next);
    }
    row.last().copied().filter(|distance| *distance <= limit)
}

#[cfg(test)]
mod tests {
    use super::{distance, nearest};

    #[test]
    fn names_a_few_letters_apart_are_near() {
        assert_eq!(distance("GetObject", "GetObjekt", 2), Some(1));
        assert_eq!(distance("GetObject", "getobjects", 2), Some(1));
        assert_eq!(distance("GetObject", "GetOjbect", 2), Some(1));
        assert_eq!(distance("GetObject", "PutObjects", 1), None);
        assert_eq!((distance("abc", "", 2), distance("", "", 0)), (None, Some(0)));
    }

    #[test]
    fn short_names_must_be_right() {
        let names = ["Sid", "Action", "NotAction", "Principal"].map(|name| (name, name));
        let meant = |name: &str| nearest(name, names.into_iter());
        assert_eq!(meant("sid"), Some("Sid"));
        assert_eq!((meant("Id"), meant("Side")), (None, Some("Sid")));
        assert_eq!(
            (meant("Acton"), meant("NotActions"), meant("Principle")),
            (Some("Action"), Some("NotAction"), Some("Principal"))
        );
        assert_eq!((meant("Role"), meant("Reaction")), (None, None));
    }
}
