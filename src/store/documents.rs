//! What IAM asks of a policy document before it stores it: that it takes it, and that it is not too large.

use super::error::Result;
use super::tx::check_within;
use crate::iam::Error;
use crate::iam::quota::document_size;
use crate::policy::document::Document;
use crate::policy::{PolicyType, refusal};

/// The document, read, if IAM takes it as a policy of that type.
///
/// # Errors
/// `MalformedPolicyDocument`, in IAM's words.
pub(super) fn accepted(text: &str, kind: PolicyType) -> Result<Document> {
    let refused = |refusal: refusal::Refusal| Error::malformed_policy_document(refusal.message_now());
    Ok(refusal::refuse(text, kind).map_err(refused)?)
}

/// Refuses a managed or trust policy that is larger than its quota.
///
/// # Errors
/// `LimitExceeded`.
pub(super) fn check_size(text: &str, (what, quota): (&str, u32)) -> Result<()> {
    check_within(document_size(text), what, quota)
}
