//! Amazon resource names, as the IAM User Guide's "IAM identifiers" writes them.

use std::fmt;
use std::str::FromStr;

/// A text that is not an ARN.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("ARN {0} is not valid.")]
pub struct InvalidArn(pub String);

/// The AWS partition an account lives in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Partition {
    /// The commercial regions.
    #[default]
    Aws,
    /// The China regions.
    AwsCn,
    /// The GovCloud (US) regions.
    AwsUsGov,
}

impl Partition {
    /// The partition as ARNs write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Aws => "aws",
            Self::AwsCn => "aws-cn",
            Self::AwsUsGov => "aws-us-gov",
        }
    }
}

/// An ARN taken apart: `arn:partition:service:region:account:resource`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Arn {
    /// `aws`, `aws-cn`, …
    pub partition: String,
    /// `iam`, `sts`, `s3`, …
    pub service: String,
    /// Empty for global services.
    pub region: String,
    /// The account id, `aws` for AWS's own, or empty.
    pub account: String,
    /// All that follows, colons included: `user/division/ann`.
    pub resource: String,
}

impl Arn {
    /// The resource's type and the rest: `user` and `division/ann`. Without a slash the type is the whole.
    pub fn resource_parts(&self) -> (&str, &str) {
        self.resource.split_once('/').unwrap_or((&self.resource, ""))
    }

    /// The last segment of the resource: the friendly name.
    pub fn name(&self) -> &str {
        self.resource.rsplit('/').next().unwrap_or(&self.resource)
    }

    /// The path between type and name, with its slashes: `/division/`, or `/`.
    pub fn path(&self) -> &str {
        let from = self.resource.find('/').unwrap_or(self.resource.len());
        let to = self.resource.rfind('/').map_or(self.resource.len(), |at| at + 1);
        self.resource.get(from..to).unwrap_or("/")
    }
}

impl FromStr for Arn {
    type Err = InvalidArn;

    fn from_str(text: &str) -> Result<Self, InvalidArn> {
        let mut parts = text.splitn(6, ':').map(str::to_owned);
        let mut next = || parts.next().ok_or_else(|| InvalidArn(text.to_owned()));
        if next()? != "arn" {
            return Err(InvalidArn(text.to_owned()));
        }
        let arn = Self { partition: next()?, service: next()?, region: next()?, account: next()?, resource: next()? };
        if arn.partition.is_empty() || arn.service.is_empty() || arn.resource.is_empty() {
            return Err(InvalidArn(text.to_owned()));
        }
        Ok(arn)
    }
}

impl fmt::Display for Arn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { partition, service, region, account, resource } = self;
        write!(f, "arn:{partition}:{service}:{region}:{account}:{resource}")
    }
}

#[cfg(test)]
mod tests {
    use super::Arn;

    #[test]
    fn an_arn_comes_apart_and_together_again() {
        let text = "arn:aws:iam::123456789012:user/division_abc/subdivision_xyz/Bob";
        let arn: Arn = text.parse().unwrap();
        assert_eq!((arn.resource_parts().0, arn.path(), arn.name()), ("user", "/division_abc/subdivision_xyz/", "Bob"));
        assert_eq!(arn.to_string(), text);
    }

    #[test]
    fn a_resource_may_hold_colons() {
        let arn: Arn = "arn:aws:logs:eu-west-1:123456789012:log-group:a:*".parse().unwrap();
        assert_eq!(arn.resource, "log-group:a:*");
    }

    #[test]
    fn what_is_not_an_arn_is_refused() {
        for bad in ["", "arn:aws:iam", "nra:aws:iam::1:user/a", "arn::iam::1:user/a", "arn:aws:iam::1:"] {
            assert!(bad.parse::<Arn>().is_err(), "{bad}");
        }
    }
}
