//! What a session is made with: session policies and session tags, their limits, and how much room they take.
//!
//! Follows the API reference of `AssumeRole` and the User Guide, "Passing session tags in AWS STS". AWS does not say how it
//! packs policies and tags; the share is reckoned from their plain length here.

use std::collections::HashSet;

use super::error::Result;
use super::tx::Tx;
use crate::api::sts::{PolicyDescriptor, Tag};
use crate::iam::{Arn, Error, Session};
use crate::policy::PolicyType;
use crate::policy::refusal::refuse;

/// Managed session policies of one session.
const POLICY_ARNS_MAX: usize = 10;
/// Characters of a session policy.
const POLICY_CHARACTERS_MAX: usize = 2048;
/// Characters that policies, ARNs and tags may have together.
const PACKED_CHARACTERS_MAX: usize = 8192;

/// What a call asks for a session to have.
pub(super) struct Limits<'a> {
    pub policy: Option<&'a str>,
    pub policy_arns: &'a [PolicyDescriptor],
    pub tags: &'a [Tag],
    pub transitive: &'a [String],
}

impl Limits<'_> {
    /// A session with them.
    pub(super) fn session(&self) -> Session {
        Session {
            tags: self.tags.iter().map(|tag| (tag.key.clone(), tag.value.clone())).collect(),
            transitive: self.transitive.to_vec(),
            policy: self.policy.map(str::to_owned),
            policy_arns: self.policy_arns.iter().filter_map(|descriptor| descriptor.arn.clone()).collect(),
            ..Session::default()
        }
    }

    fn characters(&self) -> usize {
        let policy = self.policy.map_or(0, |text| text.chars().count());
        let arns = self.policy_arns.iter().filter_map(|descriptor| descriptor.arn.as_ref()).map(String::len);
        let tags = self.tags.iter().map(|tag| tag.key.chars().count() + tag.value.chars().count());
        policy + arns.chain(tags).sum::<usize>()
    }
}

impl Tx<'_> {
    /// Checks what a session is to have; the share of the room it takes in percent, `None` if it has nothing.
    ///
    /// # Errors
    /// `InvalidParameterValue`, `MalformedPolicyDocument`, `ValidationError` or `PackedPolicyTooLarge`.
    pub(super) fn check_limits(&self, limits: &Limits<'_>) -> Result<Option<i64>> {
        check_tags(limits, self.caller.session())?;
        if let Some(text) = limits.policy {
            refuse(text, PolicyType::Session)
                .map_err(|refusal| Error::malformed_policy_document(refusal.message_now()))?;
            if text.chars().count() > POLICY_CHARACTERS_MAX {
                let message = format!(
                    "Packed policy consumes {}% of allotted space, please use smaller policy.",
                    text.chars().count() * 100 / POLICY_CHARACTERS_MAX
                );
                return Err(Error::packed_policy_too_large(message).into());
            }
        }
        if limits.policy_arns.len() > POLICY_ARNS_MAX {
            let message = format!("The number of session policies exceeds the limit of {POLICY_ARNS_MAX}.");
            return Err(Error::validation(message).into());
        }
        for text in limits.policy_arns.iter().filter_map(|descriptor| descriptor.arn.as_deref()) {
            text.parse::<Arn>().map_err(|_| Error::validation(format!("{text} is invalid")))?;
        }
        let packed = limits.characters() * 100 / PACKED_CHARACTERS_MAX;
        if packed > 100 {
            let message = format!("Packed policy consumes {packed}% of allotted space, please use smaller policy.");
            return Err(Error::packed_policy_too_large(message).into());
        }
        let some = limits.characters() > 0;
        Ok(some.then(|| i64::try_from(packed).unwrap_or(100).max(1)))
    }
}

fn check_tags(limits: &Limits<'_>, calling: Option<&Session>) -> Result<()> {
    let mut keys = HashSet::new();
    if !limits.tags.iter().all(|tag| keys.insert(tag.key.to_lowercase())) {
        let message = "Duplicate tag keys found. Please note that Tag keys are case insensitive.";
        return Err(Error::invalid_parameter_value(message).into());
    }
    if !limits.transitive.iter().all(|key| keys.contains(&key.to_lowercase())) {
        let message = "The specified transitive tag key must be included in the requested tags.";
        return Err(Error::invalid_parameter_value(message).into());
    }
    if calling.is_some_and(|session| session.inherited().any(|(key, _)| keys.contains(&key.to_lowercase()))) {
        let message = "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag \
                       key from the calling session.";
        return Err(Error::invalid_parameter_value(message).into());
    }
    Ok(())
}
