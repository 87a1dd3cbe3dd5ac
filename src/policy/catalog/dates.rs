//! When names were listed: the days on which copies of the Service Authorization Reference first held an action or a
//! condition key, and last.
//!
//! `assets/make_name_dates.py` gathers them from old versions of registry packages, two to four weeks apart, some months.
//! A day here is therefore when a name was known at the latest. It is read only when lint is asked about a day of the past.
//!
//! ```text
//! A first day, last day, prefix of the service, its actions      either day empty: listed before, listed still
//! K first day, –, –, condition keys                              all in lower case
//! ```

use std::collections::HashMap;
use std::sync::OnceLock;

use super::Service;
use crate::policy::condition::parse_date;
use crate::policy::wildcard::{Case, matches};

/// A day, counted from 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(i64);

/// How many seconds a day has.
const DAY_SECONDS: i64 = 86_400;

impl Day {
    /// The day so many days after 1 January 1970.
    pub const fn from_days(days: i64) -> Self {
        Self(days)
    }

    /// Reads `2024-05-31`, or the day of a longer date.
    pub fn parse(text: &str) -> Option<Self> {
        parse_date(text.get(..10)?).map(|date| Self(date.seconds().div_euclid(DAY_SECONDS)))
    }

    /// The day so many days later.
    #[must_use]
    pub fn plus(self, days: i64) -> Self {
        Self(self.0 + days)
    }
}

/// From when to when a name was listed; nothing where that is always.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Listed {
    /// The day it was first seen, if the beginning is known.
    pub since: Option<Day>,
    /// The day it was last seen, if it is listed no more.
    pub until: Option<Day>,
}

#[derive(Debug, Default)]
struct Dates {
    /// By prefix, then by name.
    actions: HashMap<&'static str, HashMap<&'static str, Listed>>,
    keys: HashMap<&'static str, Day>,
}

fn dates() -> &'static Dates {
    static TEXT: OnceLock<String> = OnceLock::new();
    static DATES: OnceLock<Dates> = OnceLock::new();
    let open = || super::unpack(include_bytes!("../../../assets/name_dates.tsv.zst"));
    DATES.get_or_init(|| read(TEXT.get_or_init(open)))
}

fn read(text: &'static str) -> Dates {
    let mut dates = Dates::default();
    for line in text.lines().skip(1) {
        let mut fields = line.split('\t');
        let mut next = || fields.next().unwrap_or_default();
        let (kind, since, until, prefix, names) = (next(), Day::parse(next()), Day::parse(next()), next(), next());
        let names = names.split(' ');
        match (kind, since) {
            ("A", _) => {
                let service = dates.actions.entry(prefix).or_default();
                service.extend(names.map(|name| (name, Listed { since, until })));
            }
            (_, Some(since)) => dates.keys.extend(names.map(|name| (name, since))),
            _ => {}
        }
    }
    dates
}

/// From when to when an action was listed; nothing if it never was.
pub fn action(prefix: &str, name: &str) -> Option<Listed> {
    let dated = dates().actions.get(prefix.to_ascii_lowercase().as_str());
    let listed = dated.and_then(|service| service.get(name.to_ascii_lowercase().as_str())).copied();
    listed.or_else(|| Some(Listed::default()).filter(|_| is_current(super::service(prefix), name)))
}

/// Whether one of the actions that a pattern stands for, be it long gone, was listed as `was` asks.
pub fn any(prefix: &str, pattern: &str, was: impl Fn(Listed) -> bool) -> bool {
    let dated = dates().actions.get(prefix.to_ascii_lowercase().as_str());
    let undated = |name: &str| dated.is_none_or(|service| !service.contains_key(name.to_ascii_lowercase().as_str()));
    let always =
        |service: &Service| service.named(pattern).any(|action| action.retired.is_none() && undated(action.name));
    if was(Listed::default()) && super::service(prefix).is_some_and(always) {
        return true;
    }
    let fits = |name: &str| matches(pattern, name, Case::Insensitive);
    dated.is_some_and(|service| service.iter().any(|(name, listed)| was(*listed) && fits(name)))
}

fn is_current(service: Option<&Service>, name: &str) -> bool {
    service.and_then(|service| service.action(name)).is_some_and(|action| action.retired.is_none())
}

/// The day a condition key was first listed, if that is known. A key with a part to fill in has none.
pub fn key(name: &str) -> Option<Day> {
    dates().keys.get(name.to_ascii_lowercase().as_str()).copied()
}

#[cfg(test)]
mod tests {
    use super::{Day, Listed, action, any, key};

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    #[test]
    fn days_are_counted() {
        assert_eq!(day("2024-02-28").plus(2), day("2024-03-01T12:00:00Z"));
        assert!(day("2023-12-31") < day("2024-01-01") && Day::parse("soon").is_none() && Day::parse("").is_none());
    }

    #[test]
    fn names_tell_when_they_were_listed() {
        assert_eq!(action("s3", "GetObject"), Some(Listed::default()));
        assert_eq!(action("s3", "GetObjekt"), None);
        // Amazon Rekognition's projects got policies in 2022; Amazon Elastic Inference ended in 2025.
        let since = action("Rekognition", "putProjectPolicy").and_then(|listed| listed.since);
        assert!(since.is_some_and(|since| day("2022-07-01") < since && since < day("2023-07-01")));
        let until = action("elastic-inference", "connect").and_then(|listed| listed.until);
        assert!(until.is_some_and(|until| until < day("2025-12-31")));
        assert!(key("aws:username").is_none() && key("EC2:InstanceMetadataTags").is_some());
    }

    #[test]
    fn patterns_find_what_is_dated_and_what_is_not() {
        assert!(any("s3", "Get*", |listed| listed == Listed::default()));
        assert!(any("medical-imaging", "Get*", |listed| listed.since.is_some()));
        assert!(!any("medical-imaging", "Get*", |listed| listed.since.is_none()));
        assert!(!any("nosuch", "*", |_| true));
    }
}
