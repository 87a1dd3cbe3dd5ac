//! What IAM's older parser trips over: the case of `Effect`, and dates.

use super::{Checked, Refusal};
use crate::policy::document::{ConditionBlock, Document, Item, ItemKind};
use crate::policy::json::Span;

pub(super) fn refusal(span: Span) -> Refusal {
    Refusal::new("The policy failed legacy parsing", Some(span))
}

pub(super) fn statements(document: &Document) -> Checked {
    for statement in document.statements() {
        if statement.effect().is_none() {
            return Err(refusal(statement.effect.as_ref().map_or(statement.span, |field| field.span)));
        }
        statement.conditions().iter().filter(|block| compares_dates(block)).try_for_each(dates)?;
    }
    Ok(())
}

fn compares_dates(block: &ConditionBlock) -> bool {
    let operator = block.operator.text.rsplit(':').next().unwrap_or_default();
    operator.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("Date"))
}

fn dates(block: &ConditionBlock) -> Checked {
    let bad = |item: &&Item| !matches!(item.kind, ItemKind::String | ItemKind::Number) || !is_date(&item.text);
    match block.keys.iter().flat_map(|key| &key.values.items).find(bad) {
        Some(item) => Err(refusal(item.span)),
        None => Ok(()),
    }
}

/// Years that fit in 64 bits of milliseconds.
const YEARS: std::ops::RangeInclusive<i64> = -292_275_054..=292_278_993;

/// Whether the older parser reads a text as a date: seconds since 1970, or ISO 8601 with any part left out from the right.
fn is_date(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    if !lower.contains(['t', '-']) {
        return lower.trim().parse::<i64>().is_ok_and(|seconds| seconds >= 0);
    }
    let (date, time) = lower.split_once('t').unwrap_or((&lower, ""));
    is_day(date) && is_time(time)
}

/// Whether a text is a whole number in a range.
fn within(text: &str, range: std::ops::RangeInclusive<i64>) -> bool {
    text.parse().is_ok_and(|number| range.contains(&number))
}

/// `year-month-day`, `year-month` or `year`; a year may be negative.
fn is_day(text: &str) -> bool {
    let (sign, unsigned) = text.strip_prefix('-').map_or(("", text), |rest| ("-", rest));
    let mut parts = unsigned.split('-');
    let year = parts.next().unwrap_or_default();
    let month = parts.next().is_none_or(|month| within(month, 1..=12));
    let day = parts.next().is_none_or(|day| within(day, 1..=31));
    within(&format!("{sign}{year}"), YEARS) && month && day && parts.next().is_none()
}

/// `hours:minutes:seconds` with a zone, or less, or nothing.
fn is_time(text: &str) -> bool {
    let mut parts = text.splitn(3, ':');
    let hours = parts.next().unwrap_or_default();
    let minutes = parts.next().is_none_or(|minutes| within(minutes, 0..=59));
    (hours.is_empty() || within(hours, 0..=23)) && minutes && parts.next().is_none_or(is_seconds)
}

/// Seconds, perhaps with a fraction of up to nine digits' worth, and `z` or an offset.
fn is_seconds(text: &str) -> bool {
    let (seconds, zone) = match (text.split_once('z'), text.split_once(['+', '-'])) {
        (Some((seconds, after)), _) => (seconds, after.is_empty()),
        (None, Some((seconds, offset))) => (seconds, is_offset(offset)),
        // More parts without a zone are passed over.
        (None, None) => (text.split(':').next().unwrap_or_default(), true),
    };
    let (whole, fraction) =
        seconds.split_once('.').map_or((seconds, None), |(whole, fraction)| (whole, Some(fraction)));
    zone && within(whole, 0..=59) && fraction.is_none_or(|fraction| within(fraction, 0..=999_999_999))
}

/// `hh` or `hh:mm`.
fn is_offset(text: &str) -> bool {
    let (hours, minutes) = text.split_once(':').map_or((text, None), |(hours, minutes)| (hours, Some(minutes)));
    let two = |text: &str, most| text.len() == 2 && within(text, 0..=most);
    two(hours, 23) && minutes.is_none_or(|minutes| two(minutes, 59))
}

#[cfg(test)]
mod tests {
    use super::is_date;

    #[test]
    fn dates_as_the_older_parser_reads_them() {
        let good = [
            "0",
            "1577836800",
            "2020",
            "2020-01",
            "2020-1-1",
            "2017-07-01T00:00:00Z",
            "2016-12-13t2:00:00.593194+10",
            "2016-12-13T2:00:00.999999999+10:59",
            "2020-01-01T00:00:00-05:00",
            "01T",
            "-292275054",
            "2020-01-01T5",
        ];
        for good in good {
            assert!(is_date(good), "{good}");
        }
        let bad = [
            "",
            "sdfdsf",
            "9223372036854775808",
            "-292275055",
            "2020-13",
            "2020-01-32",
            "2020-01-01-01",
            "2020-01-01T24",
            "2016-12-13t2:00:00.593194+1",
            "2016-12-13t2:00:00.1999999999+10:59",
            "2020-01-01T00:00:00Zz",
            "2020-01-01T00:61",
        ];
        for bad in bad {
            assert!(!is_date(bad), "{bad}");
        }
    }
}
