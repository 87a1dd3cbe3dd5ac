//! Moments in words: how long ago in lists, the whole date in details.

use jiff::Timestamp;

use super::theme::Theme;
use super::widget::Cell;
use crate::store::view::Last;

/// Seconds of a day.
const DAY_SECONDS: i64 = 86_400;

/// How long ago, in the fewest letters: `today`, `12d`, `3y`.
pub fn ago(now: Timestamp, then: Timestamp) -> String {
    let days = (now.as_second() - then.as_second()).div_euclid(DAY_SECONDS);
    match days {
        ..=0 => "today".to_owned(),
        1..=999 => format!("{days}d"),
        _ => format!("{}y", days / 365),
    }
}

/// How old a copy is, to the minute: `just now`, `4m ago`, `3h ago`, `2d ago`.
pub fn age(now: Timestamp, then: Timestamp) -> String {
    match (now.as_second() - then.as_second()).div_euclid(60) {
        ..=0 => "just now".to_owned(),
        minutes @ 1..=59 => format!("{minutes}m ago"),
        minutes @ 60..=1439 => format!("{}h ago", minutes / 60),
        minutes => format!("{}d ago", minutes / 1440),
    }
}

/// The whole date: `2024-03-02 14:05 UTC`.
pub fn date(then: Timestamp) -> String {
    then.strftime("%Y-%m-%d %H:%M UTC").to_string()
}

/// How long ago something last happened, told apart from never and from unknown.
pub fn last(now: Timestamp, last: Last, theme: &Theme) -> Cell {
    match last {
        Last::At(then) => Cell::new(ago(now, then)),
        Last::Never => Cell::dim("never"),
        Last::Unknown => Cell::unknown(theme),
    }
}

/// When something last happened, for details.
pub fn last_date(now: Timestamp, last: Last) -> String {
    match last {
        Last::At(then) => format!("{} ({})", date(then), ago(now, then)),
        Last::Never => "never".to_owned(),
        Last::Unknown => "unknown".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::{age, ago, date};

    #[test]
    fn moments_are_short() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let now = at("2026-11-22T05:00:00Z");
        assert_eq!(ago(now, at("2026-11-22T04:00:00Z")), "today");
        assert_eq!(ago(now, at("2026-11-10T05:00:00Z")), "12d");
        assert_eq!(ago(now, at("2023-11-10T05:00:00Z")), "3y");
        assert_eq!(ago(now, at("2027-01-01T00:00:00Z")), "today");
        assert_eq!(date(now), "2026-11-22 05:00 UTC");
        assert_eq!(age(now, at("2026-11-22T04:56:00Z")), "4m ago");
        assert_eq!(age(now, at("2026-11-20T04:56:00Z")), "2d ago");
    }
}
