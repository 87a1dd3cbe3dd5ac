//! The length of the document against the quota of its kind.
//!
//! Identities count what is not white space (IAM User Guide, "IAM and AWS STS quotas"); Access Analyzer reports one more
//! than that and holds a policy of unknown use to the largest identity quota. AWS Organizations and most services count
//! every character.

use super::checks::{error, warning};
use super::{Finding, Linter};
use crate::policy::PolicyType;
use crate::policy::json::Span;

/// The largest quota of any identity policy: that of a role's inline policies.
const IDENTITY_MAX: usize = 10_240;
/// A managed policy, which a permissions boundary always is.
const MANAGED_MAX: usize = 6_144;
/// Inline policies of a user, and of a session.
const USER_MAX: usize = 2_048;
/// Inline policies of a group.
const GROUP_MAX: usize = 5_120;
/// A role's trust policy, unless raised.
const TRUST_MAX: usize = 2_048;
/// Service and resource control policies.
const ORGANIZATIONS_MAX: usize = 5_120;

/// A resource's policy, by service, where it is not the 20 KB of Amazon S3.
const RESOURCE_MAX: &[(&str, usize)] = &[("kms", 32_768), ("sns", 30_720), ("sqs", 8_192), ("ecr", 10_240)];
/// A resource's policy elsewhere.
const BUCKET_MAX: usize = 20_480;

pub(super) fn check(linter: &mut Linter<'_>) {
    let text = linter.text();
    // Every quota counts at least what is not white space, so most documents need no counting.
    if text.len() < TRUST_MAX {
        return;
    }
    let dense = text.chars().filter(|c| !c.is_whitespace()).count();
    let all = text.chars().count();
    let (size, max, check) = match linter.kind {
        PolicyType::ServiceControl => (all, ORGANIZATIONS_MAX, &error::POLICY_SIZE_EXCEEDS_SCP_QUOTA),
        PolicyType::ResourceControl => (all, ORGANIZATIONS_MAX, &error::POLICY_SIZE_EXCEEDS_RCP_QUOTA),
        PolicyType::RoleTrust => (dense, TRUST_MAX, &warning::POLICY_SIZE_EXCEEDS_ROLE_TRUST_POLICY_QUOTA),
        PolicyType::Resource | PolicyType::VpcEndpoint => {
            (all, resource_max(linter.at), &warning::POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA)
        }
        kind => (dense + 1, identity_max(kind), &warning::POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA),
    };
    if size > max {
        let span = linter.document.json.root.as_ref().map_or_else(Span::default, |root| root.span);
        linter.push(Finding::new(check, span).noted(format!("{size} characters, and {max} are allowed")));
    }
}

fn identity_max(kind: PolicyType) -> usize {
    match kind {
        PolicyType::InlineUser | PolicyType::Session => USER_MAX,
        PolicyType::InlineGroup => GROUP_MAX,
        PolicyType::PermissionsBoundary => MANAGED_MAX,
        _ => IDENTITY_MAX,
    }
}

fn resource_max(service: Option<&str>) -> usize {
    RESOURCE_MAX.iter().find(|(name, _)| Some(*name) == service).map_or(BUCKET_MAX, |(_, max)| *max)
}
