//! Which names count as known: those of the catalog, or those that were listed on a day of the past.
//!
//! Findings of the past can so be understood: what Access Analyzer flagged in 2022 may have been listed a week later.

use super::checks::{Check, error, security, suggestion};
use crate::policy::catalog::dates::{self, Day, Listed};
use crate::policy::catalog::{self, Service};

/// How long Access Analyzer goes on knowing what the Service Authorization Reference has dropped, in months. In March 2026
/// it flagged what was gone by 2025 and was silent on what went later.
const GRACE_MONTHS: u32 = 12;
/// The same in days, for names whose last day is known better than by the year.
const GRACE_DAYS: i64 = 180;
/// How many days after a name was listed Access Analyzer knows it. Policies that AWS made for the launch of a service were
/// flagged on the day itself.
const DELAY_DAYS: i64 = 3;

/// The day the policy types and checks of [`RECENT`] came, with resource control policies: 13 November 2024.
const RECENT_SINCE: Day = Day::from_days(20_040);
/// The checks that the reference of May 2023 did not list and which speak of policies there were then.
static RECENT: [&Check; 12] = [
    &error::INVALID_KMS_KEY_VALUE,
    &error::MISSING_ARN_ACCOUNT,
    &error::VARIABLE_USAGE_TOO_PERMISSIVE,
    &error::WILDCARD_USAGE_TOO_PERMISSIVE,
    &security::DYNAMODB_ATTRIBUTES_WITHOUT_SELECT,
    &security::S3_PREFIX_IN_NEGATIVE_CONTEXT,
    &security::STRING_LIKE_OPERATOR_WITH_ARN_CONDITION_KEYS,
    &security::UNTRUSTWORTHY_CONDITION_KEY,
    &suggestion::EQUIVALENT_TO_NULL_FALSE,
    &suggestion::EQUIVALENT_TO_NULL_TRUE,
    &suggestion::REDUNDANT_KEY_DUE_TO_WILDCARD_IN_CONDITION,
    &suggestion::REDUNDANT_STATEMENT_DUE_TO_WILDCARD_IN_CONDITION,
];

/// What names are judged by.
#[derive(Clone, Copy, Debug)]
pub(super) struct Names {
    /// The day to judge as of; none for the day of the catalog.
    on: Option<Day>,
}

impl Names {
    pub(super) fn new(on: Option<Day>) -> Self {
        Self { on }
    }

    fn was(listed: Listed, on: Day) -> bool {
        let begun = listed.since.is_none_or(|since| since.plus(DELAY_DAYS) <= on);
        begun && listed.until.is_none_or(|until| on <= until.plus(GRACE_DAYS))
    }

    /// Whether a service is known, to policies that name one of its actions or all of them. All actions of a service that
    /// is gone hurt nobody; one of them may have been meant to do something.
    pub(super) fn has_service(self, prefix: &str, all: bool) -> bool {
        match self.on {
            None => catalog::service(prefix).is_some_and(|service| all || !is_gone(service.retired)),
            Some(on) => {
                let was = |listed| Self::was(if all { Listed { until: None, ..listed } } else { listed }, on);
                dates::any(prefix, "*", was)
            }
        }
    }

    /// Whether a service that is known has an action of that name, or one that the pattern stands for.
    pub(super) fn has_action(self, prefix: &str, name: &str) -> bool {
        if name == "*" {
            return true;
        }
        let wild = name.contains(['*', '?']);
        match self.on {
            None => catalog::service(prefix).is_some_and(|service| exists(service, name, wild)),
            Some(on) if wild => dates::any(prefix, name, |listed| Self::was(listed, on)),
            Some(on) => dates::action(prefix, name).is_some_and(|listed| Self::was(listed, on)),
        }
    }

    /// Whether the condition key of a service, which the catalog has, was known.
    pub(super) fn has_key(self, name: &str) -> bool {
        let Some(on) = self.on else { return true };
        name.starts_with("aws:") || dates::key(name).is_none_or(|since| since.plus(DELAY_DAYS) <= on)
    }

    /// Whether the name of a service was known where it stands in an ARN or a condition key. One without actions always is.
    pub(super) fn has_name(self, service: &str) -> bool {
        self.on.is_none() || catalog::service(service).is_none() || self.has_service(service, true)
    }

    /// Whether a check was made at all.
    pub(super) fn has_check(self, check: &'static Check) -> bool {
        self.on.is_none_or(|on| on >= RECENT_SINCE || !RECENT.iter().any(|recent| std::ptr::eq(*recent, check)))
    }
}

fn exists(service: &Service, name: &str, wild: bool) -> bool {
    if wild {
        return service.named(name).any(|action| !is_gone(action.retired));
    }
    service.action(name).is_some_and(|action| !is_gone(action.retired))
}

/// Whether what was last listed in that month is unknown by now.
pub(super) fn is_gone(retired: Option<&str>) -> bool {
    let months = |text: &str| -> Option<u32> {
        let (year, rest) = text.split_once('-')?;
        Some(year.parse::<u32>().ok()? * 12 + rest.get(..2)?.parse::<u32>().ok()?)
    };
    let Some(last) = retired.and_then(months) else { return false };
    months(catalog::date()).is_some_and(|now| last + GRACE_MONTHS < now)
}

#[cfg(test)]
mod tests {
    use super::{Names, RECENT_SINCE, is_gone, suggestion};
    use crate::policy::catalog::dates::Day;

    fn on(day: &str) -> Names {
        Names::new(Day::parse(day))
    }

    #[test]
    fn what_was_dropped_is_known_for_a_year() {
        assert!(is_gone(Some("2024-10")));
        assert!(!is_gone(None) && !is_gone(Some("2099-01")));
    }

    #[test]
    fn names_are_known_from_their_day_on() {
        // AWS HealthImaging began in July 2023.
        assert!(!on("2023-07-01").has_service("medical-imaging", false));
        assert!(on("2023-09-01").has_service("medical-imaging", true));
        assert!(!on("2023-07-01").has_action("medical-imaging", "Get*"));
        assert!(on("2023-09-01").has_action("Medical-Imaging", "getdatastore"));
        assert!(!on("2023-07-01").has_name("medical-imaging") && on("2023-07-01").has_name("s3"));
        // Amazon Elastic Inference ended in 2025.
        assert!(on("2024-01-01").has_service("elastic-inference", false));
        assert!(!on("2026-03-01").has_service("elastic-inference", false));
        assert!(on("2026-03-01").has_service("elastic-inference", true));
        assert!(!on("2021-06-01").has_key("ec2:InstanceMetadataTags") && on("2021-06-01").has_key("aws:SourceIp"));
    }

    #[test]
    fn checks_are_made_from_their_day_on() {
        assert_eq!(Some(RECENT_SINCE), Day::parse("2024-11-13"));
        let recent = &suggestion::EQUIVALENT_TO_NULL_FALSE;
        assert!(!on("2024-11-12").has_check(recent) && on("2024-11-13").has_check(recent));
        assert!(Names::new(None).has_check(recent) && on("2021-04-01").has_check(&suggestion::REDUNDANT_ACTION));
    }
}
