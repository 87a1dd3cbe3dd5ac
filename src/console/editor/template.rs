//! Statements to begin with, by what they are for. What is to be filled in stands in angle brackets: `<bucket>`.
//!
//! The uses follow the example policies of the IAM User Guide; names and words are ours.

use crate::policy::PolicyType;

/// A statement to begin with.
#[derive(Clone, Copy, Debug)]
pub struct Template {
    /// What it is for.
    pub name: &'static str,
    /// What it does, in a few words.
    pub detail: &'static str,
    /// The statement, on one line.
    pub statement: &'static str,
}

const fn template(name: &'static str, detail: &'static str, statement: &'static str) -> Template {
    Template { name, detail, statement }
}

/// For users, groups, roles, boundaries and sessions.
const IDENTITY: &[Template] = &[
    template(
        "allow actions on a resource",
        "the plain form",
        r#"{"Effect": "Allow", "Action": ["<service>:<Action>"], "Resource": "<arn>"}"#,
    ),
    template(
        "deny actions on a resource",
        "wins over every allow",
        r#"{"Effect": "Deny", "Action": ["<service>:<Action>"], "Resource": "<arn>"}"#,
    ),
    template(
        "read and write a bucket",
        "list it, get and put objects",
        r#"{"Effect": "Allow", "Action": ["s3:ListBucket", "s3:GetObject", "s3:PutObject"], "Resource": ["arn:aws:s3:::<bucket>", "arn:aws:s3:::<bucket>/*"]}"#,
    ),
    template(
        "a folder of one's own in a bucket",
        "by the user's name",
        r#"{"Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], "Resource": "arn:aws:s3:::<bucket>/home/${aws:username}/*"}"#,
    ),
    template(
        "start and stop instances by tag",
        "where the owner's tag is the user's name",
        r#"{"Effect": "Allow", "Action": ["ec2:StartInstances", "ec2:StopInstances"], "Resource": "arn:aws:ec2:*:*:instance/*", "Condition": {"StringEquals": {"aws:ResourceTag/<tag>": "${aws:username}"}}}"#,
    ),
    template(
        "pass a role to one service",
        "iam:PassRole, limited",
        r#"{"Effect": "Allow", "Action": "iam:PassRole", "Resource": "arn:aws:iam::<account>:role/<role>", "Condition": {"StringEquals": {"iam:PassedToService": "<service>.amazonaws.com"}}}"#,
    ),
    template(
        "assume a role",
        "in this account or another",
        r#"{"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "arn:aws:iam::<account>:role/<role>"}"#,
    ),
    template(
        "keep one's own password and keys",
        "on the user itself only",
        r#"{"Effect": "Allow", "Action": ["iam:ChangePassword", "iam:GetUser", "iam:CreateAccessKey", "iam:DeleteAccessKey", "iam:ListAccessKeys", "iam:UpdateAccessKey"], "Resource": "arn:aws:iam::*:user/${aws:username}"}"#,
    ),
    template(
        "deny everything without MFA",
        "but signing in and setting up MFA",
        r#"{"Effect": "Deny", "NotAction": ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice", "iam:GetUser", "iam:ListMFADevices", "iam:ListVirtualMFADevices", "iam:ResyncMFADevice", "sts:GetSessionToken"], "Resource": "*", "Condition": {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}}"#,
    ),
    template(
        "deny from outside a network",
        "but not to AWS services acting for one",
        r#"{"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"NotIpAddress": {"aws:SourceIp": ["<range>"]}, "Bool": {"aws:ViaAWSService": "false"}}}"#,
    ),
    template(
        "deny outside of Regions",
        "global services spared",
        r#"{"Effect": "Deny", "NotAction": ["cloudfront:*", "iam:*", "route53:*", "support:*"], "Resource": "*", "Condition": {"StringNotEquals": {"aws:RequestedRegion": ["<region>"]}}}"#,
    ),
];

/// For roles' trust policies.
const TRUST: &[Template] = &[
    template(
        "trust a service",
        "which acts with the role",
        r#"{"Effect": "Allow", "Principal": {"Service": "<service>.amazonaws.com"}, "Action": "sts:AssumeRole"}"#,
    ),
    template(
        "trust another account",
        "with an external id",
        r#"{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::<account>:root"}, "Action": "sts:AssumeRole", "Condition": {"StringEquals": {"sts:ExternalId": "<id>"}}}"#,
    ),
    template(
        "trust an account's users with MFA",
        "signed in with a device",
        r#"{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::<account>:root"}, "Action": "sts:AssumeRole", "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}}"#,
    ),
    template(
        "trust GitHub workflows",
        "of one repository and branch",
        r#"{"Effect": "Allow", "Principal": {"Federated": "arn:aws:iam::<account>:oidc-provider/token.actions.githubusercontent.com"}, "Action": "sts:AssumeRoleWithWebIdentity", "Condition": {"StringEquals": {"token.actions.githubusercontent.com:aud": "sts.amazonaws.com", "token.actions.githubusercontent.com:sub": "repo:<owner>/<repository>:ref:refs/heads/<branch>"}}}"#,
    ),
    template(
        "trust a SAML provider",
        "for the console",
        r#"{"Effect": "Allow", "Principal": {"Federated": "arn:aws:iam::<account>:saml-provider/<provider>"}, "Action": "sts:AssumeRoleWithSAML", "Condition": {"StringEquals": {"SAML:aud": "https://signin.aws.amazon.com/saml"}}}"#,
    ),
];

/// For resources' policies.
const RESOURCE: &[Template] = &[
    template(
        "allow a principal",
        "of this account or another",
        r#"{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::<account>:<principal>"}, "Action": ["<service>:<Action>"], "Resource": "<arn>"}"#,
    ),
    template(
        "allow a service for this account",
        "no confused deputy",
        r#"{"Effect": "Allow", "Principal": {"Service": "<service>.amazonaws.com"}, "Action": ["<service>:<Action>"], "Resource": "<arn>", "Condition": {"StringEquals": {"aws:SourceAccount": "<account>"}}}"#,
    ),
    template(
        "deny without TLS",
        "to everyone",
        r#"{"Effect": "Deny", "Principal": "*", "Action": "<service>:*", "Resource": "<arn>", "Condition": {"Bool": {"aws:SecureTransport": "false"}}}"#,
    ),
];

/// The statements to begin with in a policy of that kind.
pub fn of(kind: PolicyType) -> &'static [Template] {
    match kind {
        PolicyType::RoleTrust => TRUST,
        PolicyType::Resource | PolicyType::VpcEndpoint | PolicyType::ResourceControl => RESOURCE,
        _ => IDENTITY,
    }
}

#[cfg(test)]
mod tests {
    use super::of;
    use crate::policy::PolicyType;
    use crate::policy::document::Document;
    use crate::policy::refusal;

    #[test]
    fn templates_are_statements_that_say_nothing_amiss() {
        for kind in [PolicyType::Identity, PolicyType::RoleTrust, PolicyType::Resource] {
            assert!(of(kind).len() >= 3);
            for template in of(kind) {
                let filled = template.statement.replace("<account>", "123456789012").replace("<service>", "s3");
                let filled = filled.replace("<arn>", "arn:aws:s3:::b/*").replace("<Action>", "GetObject");
                let text = format!(r#"{{"Version": "2012-10-17", "Statement": [{}]}}"#, filled.replace(['<', '>'], ""));
                let document = Document::parse(text);
                assert!(document.is_well_formed(), "{}", template.name);
                if kind != PolicyType::Resource {
                    assert_eq!(refusal::check(&document, kind).err().map(|r| r.message), None, "{}", template.name);
                }
            }
        }
    }
}
