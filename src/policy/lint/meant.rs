//! Which action was meant by a name that does not exist.
//!
//! A wrong guess is worse than none: what is offered is one keystroke away from being saved. So an action keeps its verb
//! (`Put…` is never offered for `Get…`), another service is offered only if it has just that action, and where several have
//! it there is no guess.

use super::names::Names;
use super::near::{distance, nearest, tolerance};
use crate::policy::catalog::{self, Action, Service};
use crate::policy::wildcard::is_pattern;

/// Calls of an API that another action allows (Amazon S3 User Guide, "Required permissions for Amazon S3 API operations";
/// AWS Lambda Developer Guide; Amazon DynamoDB Developer Guide).
const CALLS: [(&str, &str, &str); 27] = [
    ("s3", "ListBuckets", "ListAllMyBuckets"),
    ("s3", "ListObjects", "ListBucket"),
    ("s3", "ListObjectsV2", "ListBucket"),
    ("s3", "ListObjectVersions", "ListBucketVersions"),
    ("s3", "HeadBucket", "ListBucket"),
    ("s3", "HeadObject", "GetObject"),
    ("s3", "SelectObjectContent", "GetObject"),
    ("s3", "DeleteObjects", "DeleteObject"),
    ("s3", "CreateMultipartUpload", "PutObject"),
    ("s3", "UploadPart", "PutObject"),
    ("s3", "CompleteMultipartUpload", "PutObject"),
    ("s3", "ListParts", "ListMultipartUploadParts"),
    ("s3", "ListMultipartUploads", "ListBucketMultipartUploads"),
    ("s3", "GetBucketEncryption", "GetEncryptionConfiguration"),
    ("s3", "PutBucketEncryption", "PutEncryptionConfiguration"),
    ("s3", "DeleteBucketEncryption", "PutEncryptionConfiguration"),
    ("s3", "GetBucketLifecycleConfiguration", "GetLifecycleConfiguration"),
    ("s3", "PutBucketLifecycleConfiguration", "PutLifecycleConfiguration"),
    ("s3", "DeleteBucketLifecycle", "PutLifecycleConfiguration"),
    ("s3", "GetBucketReplication", "GetReplicationConfiguration"),
    ("s3", "PutBucketReplication", "PutReplicationConfiguration"),
    ("s3", "DeleteBucketTagging", "PutBucketTagging"),
    ("s3", "DeleteBucketCors", "PutBucketCORS"),
    ("s3", "GetBucketNotificationConfiguration", "GetBucketNotification"),
    ("s3", "PutBucketNotificationConfiguration", "PutBucketNotification"),
    ("s3", "GetPublicAccessBlock", "GetBucketPublicAccessBlock"),
    ("lambda", "Invoke", "InvokeFunction"),
];

/// What people, SDKs and the AWS CLI call services whose actions have another prefix.
const ALIASES: [(&str, &str); 20] = [
    ("alb", "elasticloadbalancing"),
    ("apigatewayv2", "apigateway"),
    ("apigw", "apigateway"),
    ("cfn", "cloudformation"),
    ("cloudwatchevents", "events"),
    ("cwlogs", "logs"),
    ("ddb", "dynamodb"),
    ("docdb", "rds"),
    ("ecs-tasks", "ecs"),
    ("efs", "elasticfilesystem"),
    ("elasticsearch", "es"),
    ("elb", "elasticloadbalancing"),
    ("elbv2", "elasticloadbalancing"),
    ("emr", "elasticmapreduce"),
    ("msk", "kafka"),
    ("opensearch", "es"),
    ("parameterstore", "ssm"),
    ("r53", "route53"),
    ("sesv2", "ses"),
    ("sfn", "states"),
];

/// The shortest part of a service's name that says which service it is.
const PART_MIN: usize = 4;

/// The action that was most likely meant by a name that its service does not have, or by one without a service; `beside` are
/// the actions it is listed with.
pub(super) fn action<'b>(text: &str, beside: impl Iterator<Item = &'b str>) -> Option<String> {
    let Some((prefix, name)) = text.split_once(':') else { return alone(text, beside) };
    let service = catalog::service(prefix)?;
    if let Some((_, _, action)) =
        CALLS.iter().find(|(of, call, _)| *of == service.prefix && call.eq_ignore_ascii_case(name))
    {
        return Some(format!("{}:{action}", service.prefix));
    }
    of_service(service, name).map(Action::full_name).or_else(|| only(name))
}

/// A name without its service: that of the other actions if one of them has it, else the only one that has.
fn alone<'b>(name: &str, beside: impl Iterator<Item = &'b str>) -> Option<String> {
    let mut services = beside.filter_map(|other| catalog::service(other.split_once(':')?.0));
    let near = services.find_map(|service| service.action(name)).filter(|action| action.retired.is_none());
    near.map(Action::full_name).or_else(|| only(name))
}

/// The action of that very name, if one service alone has it.
fn only(name: &str) -> Option<String> {
    let mut all = current().filter_map(|service| service.action(name).filter(|action| action.retired.is_none()));
    let first = all.next()?;
    all.next().is_none().then(|| first.full_name())
}

fn current() -> impl Iterator<Item = &'static Service> {
    catalog::services().iter().filter(|service| service.retired.is_none())
}

/// The action of a service that a misspelt name is nearest to.
fn of_service(service: &'static Service, name: &str) -> Option<&'static Action> {
    let actions = || service.actions().iter().filter(|action| action.retired.is_none());
    // The verb that the name begins with, if it is one of the service's: `Get`, `Describe`.
    let begins = |verb: &&str| name.get(..verb.len()).is_some_and(|head| head.eq_ignore_ascii_case(verb));
    let own = actions().map(|action| verb(action.name)).filter(begins).max_by_key(|verb| verb.len());
    let fits = |action: &&Action| {
        let theirs = verb(action.name);
        own.map_or_else(|| misspells(name, theirs), |own| own.eq_ignore_ascii_case(theirs))
    };
    nearest(name, actions().filter(fits).map(|action| (action.name, action)))
}

/// Whether a name begins with a verb in which one letter is wrong.
fn misspells(name: &str, verb: &str) -> bool {
    let lengths = verb.len().saturating_sub(1)..=verb.len() + 1;
    lengths.into_iter().any(|length| name.get(..length).is_some_and(|head| distance(head, verb, 1).is_some()))
}

/// The first word of a name: `Get` of `GetObject`.
fn verb(name: &str) -> &str {
    let end = name.bytes().skip(1).position(|byte| !byte.is_ascii_lowercase()).map_or(name.len(), |at| at + 1);
    name.get(..end).unwrap_or(name)
}

/// The same action, or pattern of actions, of the service that was most likely meant by a prefix that does not exist.
pub(super) fn service(prefix: &str, name: &str) -> Option<String> {
    let today = Names::new(None);
    let has = |service: &&Service| today.has_action(service.prefix, name);
    let prefix = prefix.trim();
    let alias = ALIASES.iter().find(|(alias, _)| alias.eq_ignore_ascii_case(prefix));
    let alias = alias.and_then(|(_, meant)| catalog::service(meant)).filter(has);
    // One of three letters may have one wrong if it has the very action; a pattern of actions fits too many.
    let limit = tolerance(prefix).clamp(usize::from(!is_pattern(name)), 2);
    let found = alias.or_else(|| misspelt(prefix, limit, has)).or_else(|| named(prefix, has))?;
    Some(format!("{}:{name}", found.prefix))
}

/// The service that was most likely meant in an ARN.
pub(super) fn service_of_arn(name: &str) -> Option<&'static str> {
    let has = |service: &&Service| !catalog::arn_forms(service.prefix).is_empty();
    let alias = ALIASES.iter().find(|(alias, _)| alias.eq_ignore_ascii_case(name));
    let alias = alias.and_then(|(_, meant)| catalog::service(meant)).filter(has);
    let found = alias.or_else(|| misspelt(name, tolerance(name).min(2), has)).or_else(|| named(name, has))?;
    Some(found.prefix)
}

/// The Region that was most likely meant, if just one is as near.
pub(super) fn region(name: &str) -> Option<&'static str> {
    let all = || catalog::partitions().iter().flat_map(|partition| partition.regions.iter().copied());
    let near = |limit: usize| all().filter(move |region| distance(region, name, limit).is_some());
    let limit = (0..=tolerance(name)).find(|limit| near(*limit).next().is_some())?;
    let mut nearest = near(limit);
    nearest.next().filter(|_| nearest.next().is_none())
}

/// The service whose prefix is nearest.
fn misspelt(prefix: &str, limit: usize, has: impl Fn(&&Service) -> bool) -> Option<&'static Service> {
    let near = current().filter_map(|service| Some((distance(service.prefix, prefix, limit)?, service)));
    near.filter(|(_, service)| has(service)).min_by_key(|(distance, _)| *distance).map(|(_, service)| service)
}

/// The service whose prefix or full name holds what was written: `dynamo`, `step-functions`. Of several the one with the
/// shortest name.
fn named(prefix: &str, has: impl Fn(&&Service) -> bool) -> Option<&'static Service> {
    let plain = |text: &str| -> String {
        let letters = text.chars().filter(char::is_ascii_alphanumeric);
        letters.map(|c| c.to_ascii_lowercase()).collect()
    };
    let part = plain(prefix);
    if part.len() < PART_MIN {
        return None;
    }
    let holds = |service: &&Service| plain(service.prefix).contains(&part) || plain(service.name).contains(&part);
    current().filter(holds).filter(has).min_by_key(|service| service.name.len())
}

#[cfg(test)]
mod tests {
    use super::{action, service};

    fn meant(text: &str) -> Option<String> {
        action(text, std::iter::empty())
    }

    #[test]
    fn slips_of_the_hand_are_understood() {
        for (typed, wanted) in [
            ("s3:GetObjekt", "s3:GetObject"),
            ("s3:getobejct", "s3:GetObject"),
            ("s3:GetObjects", "s3:GetObject"),
            ("s3:GetBucketPolcy", "s3:GetBucketPolicy"),
            ("ec2:DescribeInstance", "ec2:DescribeInstances"),
            ("ec2:DescirbeInstances", "ec2:DescribeInstances"),
            ("iam:ListUser", "iam:ListUsers"),
            ("iam:AtachRolePolicy", "iam:AttachRolePolicy"),
            ("sts:AssumeRoleWithWebIdentiy", "sts:AssumeRoleWithWebIdentity"),
            ("dynamodb:GetItems", "dynamodb:GetItem"),
        ] {
            assert_eq!(meant(typed).as_deref(), Some(wanted), "{typed}");
        }
    }

    #[test]
    fn calls_of_an_api_lead_to_the_action_that_allows_them() {
        for (typed, wanted) in [
            ("s3:ListBuckets", "s3:ListAllMyBuckets"),
            ("s3:ListObjectsV2", "s3:ListBucket"),
            ("S3:headobject", "s3:GetObject"),
            ("lambda:Invoke", "lambda:InvokeFunction"),
        ] {
            assert_eq!(meant(typed).as_deref(), Some(wanted), "{typed}");
        }
        for (prefix, call, action) in super::CALLS {
            let service = crate::policy::catalog::service(prefix).unwrap();
            assert!(service.action(call).is_none() && service.action(action).is_some(), "{prefix}:{call}");
        }
    }

    #[test]
    fn an_action_of_another_service_is_offered_if_only_one_has_it() {
        assert_eq!(meant("iam:AssumeRole").as_deref(), Some("sts:AssumeRole"));
        assert_eq!(meant("cloudwatch:PutLogEvents").as_deref(), Some("logs:PutLogEvents"));
        assert_eq!(meant("kms:GetSecretValue").as_deref(), Some("secretsmanager:GetSecretValue"));
        assert_eq!(meant("s3:ListTags"), None);
        assert_eq!(meant("PassRole").as_deref(), Some("iam:PassRole"));
        assert_eq!((meant("GetObject"), meant("ListTagsForResource")), (None, None));
        assert_eq!(action("GetObject", ["GetObject", "s3:PutObject"].into_iter()).as_deref(), Some("s3:GetObject"));
    }

    #[test]
    fn what_is_far_off_or_means_the_opposite_is_not_offered() {
        for typed in [
            "s3:PutBucketLocation",
            "iam:GetDefaultPolicyVersion",
            "iam:DetachRole",
            "s3:ReadObject",
            "s3:Read",
            "s3:x",
            "s3:",
            "s3:Everything",
            "ec2:StartInstanceNow",
            "nosuch",
            "nosuch:GetObject",
        ] {
            assert_eq!(meant(typed), None, "{typed}");
        }
    }

    #[test]
    fn services_have_many_names() {
        for (prefix, name, wanted) in [
            ("dynamo", "PutItem", "dynamodb:PutItem"),
            ("s33", "GetObject", "s3:GetObject"),
            ("ec3", "RunInstances", "ec2:RunInstances"),
            ("secretmanager", "GetSecretValue", "secretsmanager:GetSecretValue"),
            ("secrets", "GetSecretValue", "secretsmanager:GetSecretValue"),
            ("cloudwatchlogs", "PutLogEvents", "logs:PutLogEvents"),
            ("stepfunctions", "StartExecution", "states:StartExecution"),
            ("step-functions", "StartExecution", "states:StartExecution"),
            ("elb", "DescribeTargetHealth", "elasticloadbalancing:DescribeTargetHealth"),
            ("eventbridge", "PutEvents", "events:PutEvents"),
            ("systemsmanager", "GetParameter", "ssm:GetParameter"),
            ("cognito", "AdminGetUser", "cognito-idp:AdminGetUser"),
            ("dynamo", "*", "dynamodb:*"),
            ("efs", "Describe*", "elasticfilesystem:Describe*"),
        ] {
            assert_eq!(service(prefix, name).as_deref(), Some(wanted), "{prefix}:{name}");
        }
        for (prefix, name) in
            [("nosuch", "GetObject"), ("x", "GetObject"), ("dynamo", "NoSuchAction"), ("a", "*"), ("ec", "*")]
        {
            assert_eq!(service(prefix, name), None, "{prefix}:{name}");
        }
    }
}
