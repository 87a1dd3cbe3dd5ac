//! Permissions boundaries: which policies may be one.

use super::error::Result;
use super::tx::Tx;
use crate::iam::{Arn, Error, Kind};
use crate::policy::catalog::managed;

impl Tx<'_> {
    /// The ARN of a policy that may serve as a boundary.
    ///
    /// # Errors
    /// `InvalidInput` for what is no policy ARN, `NoSuchEntity` for a policy that does not exist.
    pub(super) fn boundary_policy(&self, arn: Option<&str>) -> Result<Option<String>> {
        let Some(text) = arn else { return Ok(None) };
        let invalid = || Error::invalid_input(format!("ARN {text} is not valid."));
        let arn: Arn = text.parse().map_err(|_| invalid())?;
        if arn.service != "iam" || arn.resource_parts().0 != Kind::Policy.arn_type() {
            return Err(invalid().into());
        }
        let known = managed::find(text).is_some() || self.find_arn(text)?.is_some_and(|e| e.kind == Kind::Policy);
        if known {
            return Ok(Some(text.to_owned()));
        }
        Err(Error::no_such_entity(format!("Scope ARN: {text} does not exist or is not attachable.")).into())
    }
}
