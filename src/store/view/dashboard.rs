//! The account at a glance: who it is, what it holds against its quotas, and what to do about it.

use jiff::{SignedDuration, Timestamp};

use super::finding::AGE_DAYS_MAX;
use super::list::{Pane, Total, Whose};
use super::{Column, Read, View};
use crate::store::error::Result;

/// Rows that a recommendation counts.
const COUNTED_MAX: usize = 1000;

/// The account at a glance.
#[derive(Clone, Debug, PartialEq)]
pub struct Dashboard {
    /// Twelve digits.
    pub account_id: String,
    /// The account alias.
    pub alias: Option<String>,
    /// Where IAM users sign in.
    pub sign_in_url: String,
    /// For a mirror, when it was last read to the end.
    pub refreshed: Option<Timestamp>,
    /// What the account holds, and may hold.
    pub usage: Vec<Usage>,
    /// What should be done, most urgent first; empty when the store knows of nothing.
    pub recommendations: Vec<Recommendation>,
}

/// How much of a quota is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Usage {
    /// Of what.
    pub pane: Pane,
    /// How many there are.
    pub used: usize,
    /// How many there may be.
    pub quota: Option<u32>,
}

/// Something to do about the account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recommendation {
    /// How many things it is about.
    pub count: Total,
    /// What is wrong and what to do, in a sentence: `3 users sign in without MFA`.
    pub sentence: String,
    /// The pane that shows them.
    pub pane: Pane,
    /// The column to sort it by, so that they stand together.
    pub sort: Column,
}

impl View<'_> {
    /// The account at a glance.
    pub fn dashboard(&self) -> Result<Dashboard> {
        self.read(|read| {
            let account = read.account;
            let alias = read.one("SELECT alias FROM account WHERE id = ?1", [account.row], |row| row.get(0))?.flatten();
            Ok(Dashboard {
                account_id: account.id.to_string(),
                sign_in_url: sign_in_url(&account.partition, alias.as_deref().unwrap_or(account.id.as_str())),
                alias,
                refreshed: account.mirror.as_ref().and_then(|mirror| mirror.refreshed),
                usage: read.usage()?,
                recommendations: read.recommendations()?,
            })
        })
    }
}

/// The sign-in page of IAM users (IAM User Guide, "How IAM users sign in to your AWS account").
fn sign_in_url(partition: &str, name: &str) -> String {
    match partition {
        "aws-cn" => format!("https://{name}.signin.amazonaws.cn/console"),
        "aws-us-gov" => format!("https://{name}.signin.amazonaws-us-gov.com/console"),
        _ => format!("https://{name}.signin.aws.amazon.com/console"),
    }
}

impl Read<'_> {
    fn usage(&self) -> Result<Vec<Usage>> {
        let quotas = &self.account.quotas;
        let quota = |pane| match pane {
            Pane::Users => Some(quotas.users),
            Pane::Groups => Some(quotas.groups),
            Pane::Roles => Some(quotas.roles),
            Pane::Policies(_) => Some(quotas.policies),
            Pane::InstanceProfiles => Some(quotas.instance_profiles),
            Pane::ServerCertificates => Some(quotas.server_certificates),
            Pane::AccessKeys | Pane::Providers | Pane::MfaDevices => None,
        };
        let usage = |pane| Ok(Usage { pane, used: self.size(pane)?, quota: quota(pane) });
        Pane::ALL.into_iter().map(usage).collect()
    }

    fn recommendations(&self) -> Result<Vec<Recommendation>> {
        let mut all = Vec::new();
        for question in QUESTIONS {
            // What a partial mirror does not hold may be there all the same.
            if question.of_absence && self.is_partial() {
                continue;
            }
            let count = self.bounded(question.rows)?;
            if count.number() > 0 {
                all.push(question.answer(count));
            }
        }
        Ok(all)
    }

    /// Counts rows up to a bound.
    fn bounded(&self, rows: &str) -> Result<Total> {
        let sql = format!("SELECT count(*) FROM (SELECT 1 FROM {rows} AND ?2 IS NOT NULL LIMIT {})", COUNTED_MAX + 1);
        let cutoff = self.now.saturating_sub(SignedDuration::from_hours(24 * AGE_DAYS_MAX)).unwrap_or(self.now);
        let count = self.count(&sql, (self.account.row, cutoff.as_second()))?;
        Ok(if count > COUNTED_MAX { Total::AtLeast(COUNTED_MAX) } else { Total::Exact(count) })
    }
}

/// A question whose answer may be a recommendation.
struct Question {
    /// The rows it is about: `?1` is the account, `?2` the second before which things are old.
    rows: &'static str,
    one: &'static str,
    many: &'static str,
    pane: Pane,
    sort: Column,
    /// Whether it concludes from something not being there.
    of_absence: bool,
}

const QUESTIONS: &[Question] = &[
    Question {
        rows: "access_key WHERE account = ?1 AND owner = '' AND user IS NULL",
        one: "the root user has an access key: delete it",
        many: "access keys of the root user: delete them",
        pane: Pane::AccessKeys,
        sort: Column::Owner,
        of_absence: false,
    },
    Question {
        rows: "user WHERE account = ?1 AND mfa_devices = 0 AND password_set IS NOT NULL",
        one: "user signs in to the console without MFA",
        many: "users sign in to the console without MFA",
        pane: Pane::Users,
        sort: Column::Mfa,
        of_absence: true,
    },
    Question {
        rows: "access_key WHERE account = ?1 AND status = 'Active' AND created < ?2",
        one: "active access key is older than 90 days: rotate it",
        many: "active access keys are older than 90 days: rotate them",
        pane: Pane::AccessKeys,
        sort: Column::Created,
        of_absence: false,
    },
    Question {
        rows: "access_key WHERE account = ?1 AND status = 'Active' AND created < ?2 AND used_order < ?2",
        one: "active access key was not used for 90 days: deactivate it",
        many: "active access keys were not used for 90 days: deactivate them",
        pane: Pane::AccessKeys,
        sort: Column::Activity,
        of_absence: true,
    },
    Question {
        rows: "entity e JOIN user u ON u.entity = e.id WHERE e.account = ?1 AND e.kind = 1 AND e.activity_order < ?2
            AND e.created < ?2 AND (u.password_set IS NOT NULL OR u.oldest_key IS NOT NULL)",
        one: "user who can sign in was not active for 90 days: remove what is not needed",
        many: "users who can sign in were not active for 90 days: remove what is not needed",
        pane: Pane::Users,
        sort: Column::Activity,
        of_absence: true,
    },
    Question {
        rows: "policy WHERE account = ?1 AND attachments = 0 AND boundaries = 0",
        one: "policy is attached to nobody: delete it if it is not needed",
        many: "policies are attached to nobody: delete those not needed",
        pane: Pane::Policies(Whose::Customer),
        sort: Column::Attachments,
        of_absence: true,
    },
];

impl Question {
    fn answer(&self, count: Total) -> Recommendation {
        let sentence = match (count, self.one) {
            (Total::Exact(1), one) if one.starts_with("the ") => one.to_owned(),
            (Total::Exact(1), one) => format!("1 {one}"),
            _ => format!("{count} {}", self.many),
        };
        Recommendation { count, sentence, pane: self.pane, sort: self.sort }
    }
}

#[cfg(test)]
mod tests {
    use super::sign_in_url;

    #[test]
    fn sign_in_pages_follow_the_partition() {
        assert_eq!(sign_in_url("aws", "example-corp"), "https://example-corp.signin.aws.amazon.com/console");
        assert_eq!(sign_in_url("aws-cn", "123456789012"), "https://123456789012.signin.amazonaws.cn/console");
    }
}
