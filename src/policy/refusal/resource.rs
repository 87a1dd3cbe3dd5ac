//! Resources as IAM wants them written: `*`, or an ARN of a partition that exists.
//!
//! Of several wrong resources IAM names one: the last statement's, and in a list the one that sorts first. That is
//! how its recorded answers come out; it says so nowhere.

use super::{Refusal, legacy};
use crate::policy::document::{Document, Field, Item, ItemKind, Items, Statement};

/// The partitions, those of AWS's isolated and sovereign regions included.
const PARTITIONS: [&str; 8] =
    ["aws", "aws-cn", "aws-us-gov", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f", "aws-eusc"];

/// What the path of an IAM resource starts with.
const IAM_PATHS: [&str; 13] = [
    "user/",
    "federated-user/",
    "role/",
    "group/",
    "instance-profile/",
    "mfa/",
    "server-certificate/",
    "policy/",
    "sms-mfa/",
    "saml-provider/",
    "oidc-provider/",
    "report/",
    "access-report/",
];

/// How the sentence on IAM paths begins, and how it does since 2026.
pub(super) const IAM_PATH_START: &str = "IAM resource path must either be \"*\" or start with ";
pub(super) const IAM_PATH_START_NOW: &str = "IAM resource path must either be \"*\", root, or start with ";

/// The resources of Amazon S3 that do have a region (Service Authorization Reference, "Amazon S3").
const S3_REGIONAL: [&str; 6] =
    ["accesspoint/", "job/", "storage-lens/", "storage-lens-group/", "async-request/", "access-grants/"];

/// Looks at all of `Resource`, then all of `NotResource`. What the older parser trips over is refused at once; what else is
/// wrong is given back, to be refused after the statement ids and actions were looked at.
pub(super) fn check(document: &Document) -> Result<Option<Refusal>, Refusal> {
    let mut found = None;
    let resource = |statement: &Statement| statement.resource.clone();
    let not_resource = |statement: &Statement| statement.not_resource.clone();
    for field in document.statements().iter().filter_map(resource) {
        list(&field, &mut found)?;
    }
    for field in document.statements().iter().filter_map(not_resource) {
        list(&field, &mut found)?;
    }
    Ok(found)
}

fn list(field: &Field<Items>, found: &mut Option<Refusal>) -> Result<(), Refusal> {
    // An empty string in a list is passed over, one alone is not.
    let counts = |item: &&Item| item.kind == ItemKind::String && !(field.value.is_list && item.text.is_empty());
    let mut items: Vec<&Item> = field.value.items.iter().filter(counts).collect();
    items.sort_by(|a, b| b.text.cmp(&a.text));
    for item in &items {
        if let Some(message) = misplaced(&item.text) {
            *found = Some(Refusal::new(message, Some(item.span)));
        }
    }
    match items.iter().find(|item| found.is_none() && !older_parser_reads(&item.text)) {
        Some(item) => Err(legacy::refusal(item.span)),
        None => Ok(()),
    }
}

/// The older parser wants a service, and six parts once two colons meet.
fn older_parser_reads(resource: &str) -> bool {
    let parts = resource.split(':').count();
    resource == "*" || ((parts > 5 || !resource.contains("::")) && resource.split(':').nth(2) != Some(""))
}

/// The sentence for a resource that is no ARN, or one that its service does not have.
fn misplaced(resource: &str) -> Option<String> {
    if resource == "*" {
        return None;
    }
    let Some((_, after_arn)) = resource.split_once(':') else {
        return Some(format!("Resource {resource} must be in ARN format or \"*\"."));
    };
    let (partition, rest) =
        after_arn.split_once(':').map_or((after_arn, None), |(partition, rest)| (partition, Some(rest)));
    if partition != "*" && !PARTITIONS.contains(&partition) {
        return Some(partition_message(partition, rest.unwrap_or_default()));
    }
    let vendor_and_rest = rest.map(|rest| rest.split_once(':').unwrap_or((rest, "")));
    match vendor_and_rest {
        Some((vendor, rest)) if !vendor.contains(['*', '?']) => of_service(resource, vendor, rest),
        _ => Some("Resource vendor must be fully qualified and cannot contain regexes.".to_owned()),
    }
}

/// The ARN as IAM read it, with `*` for what is missing.
fn partition_message(partition: &str, rest: &str) -> String {
    let mut parts = rest.splitn(4, ':');
    let service = parts.next().filter(|service| !service.is_empty() || rest.contains(':')).unwrap_or("*");
    let mut next = || parts.next().unwrap_or("*");
    let (region, account, id) = (next(), next(), next());
    format!(
        "Partition \"{partition}\" is not valid for resource \"arn:{partition}:{service}:{region}:{account}:{id}\"."
    )
}

/// What IAM and Amazon S3 ask of their own ARNs. `rest` is `region:account:id`.
fn of_service(resource: &str, service: &str, rest: &str) -> Option<String> {
    let id = rest.splitn(3, ':').nth(2).unwrap_or_default();
    let is_global = rest.starts_with(':');
    match service {
        "iam" if !is_global => Some(format!("IAM resource {resource} cannot contain region information.")),
        "iam" if !is_iam_path(id) => Some(format!("{IAM_PATH_START}{}.", IAM_PATHS.join(", "))),
        "s3" if !is_global && !S3_REGIONAL.iter().any(|start| id.starts_with(start)) => {
            Some(format!("Resource {resource} can not contain region information."))
        }
        _ => None,
    }
}

/// AWS's own policies also name role templates, which the sentence does not.
fn is_iam_path(id: &str) -> bool {
    id == "*" || id == "root" || id.starts_with("role-template/") || IAM_PATHS.iter().any(|start| id.starts_with(start))
}
