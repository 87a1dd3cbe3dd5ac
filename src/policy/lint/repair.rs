//! Resources as they were most likely meant. What is offered is an ARN that its service has, or nothing.

use super::checks::error;
use super::resource::{Parts, is_account};
use super::{Check, meant, near};
use crate::policy::catalog::{self, ARN_LENGTH_MAX};
use crate::policy::document::Statement;
use crate::policy::wildcard::overlap;

/// The fields of an ARN.
type Fields<'t> = [&'t str; 6];

/// An ARN in which a check found a fault, without that fault.
pub(super) fn arn(check: &Check, text: &str) -> Option<String> {
    if text.contains("${") || text.len() > ARN_LENGTH_MAX {
        return None;
    }
    if check == &error::MISSING_ARN_FIELD {
        return field_added(text);
    }
    let fields: Vec<&str> = text.splitn(6, ':').collect();
    let fields: Fields<'_> = fields.try_into().ok()?;
    let [head, partition, service, region, account, resource] = fields;
    let whole = |fields: Fields<'_>| fields.join(":");
    if check == &error::INVALID_PARTITION {
        let known = catalog::partitions().iter().map(|known| (known.name, known.name));
        let partition = near::nearest(partition, known)?;
        return sound(whole([head, partition, service, region, account, resource]));
    }
    if check == &error::INVALID_SERVICE {
        let service = meant::service_of_arn(service)?;
        return sound(whole([head, partition, service, region, account, resource]));
    }
    if check == &error::INVALID_ARN_SERVICE_CASE {
        return Some(whole([head, partition, &service.to_ascii_lowercase(), region, account, resource]));
    }
    if check == &error::INVALID_ARN_REGION {
        let region = meant::region(region)?;
        return sound(whole([head, partition, service, region, account, resource]));
    }
    if check == &error::INVALID_ARN_ACCOUNT {
        let digits: String = account.chars().filter(|c| !matches!(c, '-' | ' ')).collect();
        return sound(whole([head, partition, service, region, &digits, resource])).filter(|_| is_account(&digits));
    }
    if check == &error::ARN_REGION_NOT_ALLOWED || check == &error::ARN_ACCOUNT_NOT_ALLOWED {
        let kept = [("", account), (region, ""), ("", "")];
        return kept
            .into_iter()
            .find_map(|(region, account)| sound(whole([head, partition, service, region, account, resource])));
    }
    if check == &error::INVALID_ARN_RESOURCE {
        let resource = of_form(service, resource)?;
        return sound(whole([head, partition, service, region, account, &resource]));
    }
    None
}

/// The text, if it is an ARN that its service has.
fn sound(text: String) -> Option<String> {
    let mut fields = text.splitn(6, ':').skip(2);
    let mut next = || fields.next();
    let (service, region, account, resource) = (next()?, next()?, next()?, next()?);
    let known = !catalog::arn_forms(service).is_empty();
    let is_sound = known && Parts { service, region, account, resource }.check().is_none();
    is_sound.then_some(text)
}

/// An ARN with the empty field that was left out: `arn:aws:s3::bucket`, `arn:aws:iam:111122223333:user/ann`.
fn field_added(text: &str) -> Option<String> {
    let fields: Vec<&str> = text.split(':').collect();
    let [head, partition, service, fourth, resource] = fields.as_slice() else { return None };
    let before = format!("{head}:{partition}:{service}::{fourth}:{resource}");
    sound(before).or_else(|| sound(format!("{head}:{partition}:{service}:{fourth}::{resource}")))
}

/// A resource with the first word of a form of its service, and that form's separator: `function:x` for `functions/x`.
fn of_form(service: &str, resource: &str) -> Option<String> {
    let (word, rest) = resource.split_once(['/', ':'])?;
    let forms = catalog::arn_forms(service).iter().filter_map(|form| {
        let (start, _) = form.resource.split_once('*')?;
        let made = format!("{start}{rest}");
        let first = start.split(['/', ':']).next().unwrap_or_default();
        overlap(&form.resource, &made).then_some((first, made))
    });
    near::nearest(word, forms.filter(|(first, _)| !first.is_empty()))
}

/// How many forms a note lists.
const FORMS_MAX: usize = 4;

/// The forms of a service's resources, to choose from.
pub(super) fn forms(service: &str) -> String {
    let mut all: Vec<&str> = catalog::arn_forms(service).iter().map(|form| form.resource.as_str()).collect();
    all.dedup();
    let more = if all.len() > FORMS_MAX { ", …" } else { "" };
    all.truncate(FORMS_MAX);
    format!("it has {}{more}", all.join(", "))
}

/// What is no ARN at all: one without `arn:`, a bucket's name or address.
pub(super) fn prefixed(text: &str, statement: &Statement) -> Option<String> {
    if catalog::partitions().iter().any(|known| text.split(':').next() == Some(known.name)) {
        return Some(format!("arn:{text}"));
    }
    let address = text.strip_prefix("s3://").map(|path| path.trim_end_matches('/'));
    let actions = statement.action.iter().flat_map(|field| field.value.texts());
    let mut services = actions.map(|action| action.split(':').next().unwrap_or_default());
    let path = address.or_else(|| services.all(|service| service.eq_ignore_ascii_case("s3")).then_some(text))?;
    let bucket = path.split('/').next().unwrap_or_default();
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'.' | b'-');
    // Names of buckets are 3 to 63 characters long (Amazon S3 User Guide, "Bucket naming rules").
    ((3..=63).contains(&bucket.len()) && bucket.bytes().all(plain)).then(|| format!("arn:aws:s3:::{path}"))
}

#[cfg(test)]
mod tests {
    use super::arn;
    use crate::policy::PolicyType;
    use crate::policy::document::Document;
    use crate::policy::lint::lint;

    fn meant(action: &str, resource: &str) -> Option<String> {
        let statement = format!(r#"{{"Effect": "Allow", "Action": "{action}", "Resource": "{resource}"}}"#);
        let document = Document::parse(format!(r#"{{"Version": "2012-10-17", "Statement": {statement}}}"#));
        let findings = lint(&document, PolicyType::Identity);
        let fix = findings.into_iter().find_map(|finding| finding.fix)?;
        let mended = Document::parse(fix.apply(&document.text));
        assert!(lint(&mended, PolicyType::Identity).is_empty(), "{}", mended.text);
        Some(mended.statements()[0].resource.as_ref()?.value.items[0].text.clone())
    }

    #[test]
    fn arns_are_mended_into_ones_that_work() {
        for (action, typed, wanted) in [
            ("s3:GetObject", "arn:aws:s3::b/*", "arn:aws:s3:::b/*"),
            ("s3:GetObject", "arn:aws:s3:us-east-1:111122223333:b/*", "arn:aws:s3:::b/*"),
            ("s3:GetObject", "arn:awss:s3:::b/*", "arn:aws:s3:::b/*"),
            ("s3:GetObject", "arn:aws:S3:::b/*", "arn:aws:s3:::b/*"),
            ("s3:GetObject", "aws:s3:::b/*", "arn:aws:s3:::b/*"),
            ("s3:GetObject", "my-bucket/*", "arn:aws:s3:::my-bucket/*"),
            ("s3:GetObject", "s3://my-bucket/*", "arn:aws:s3:::my-bucket/*"),
            ("iam:GetUser", "arn:aws:iam:111122223333:user/ann", "arn:aws:iam::111122223333:user/ann"),
            ("iam:GetUser", "arn:aws:iam::111122223333:users/ann", "arn:aws:iam::111122223333:user/ann"),
            ("iam:GetUser", "arn:aws:iam::1111-2222-3333:user/ann", "arn:aws:iam::111122223333:user/ann"),
            (
                "dynamodb:GetItem",
                "arn:aws:dynamo:eu-west-1:111122223333:table/t",
                "arn:aws:dynamodb:eu-west-1:111122223333:table/t",
            ),
            (
                "dynamodb:GetItem",
                "arn:aws:dynamodb:eu-west1:111122223333:table/t",
                "arn:aws:dynamodb:eu-west-1:111122223333:table/t",
            ),
            (
                "lambda:InvokeFunction",
                "arn:aws:lambda:eu-west-1:111122223333:function/x",
                "arn:aws:lambda:eu-west-1:111122223333:function:x",
            ),
        ] {
            assert_eq!(meant(action, typed).as_deref(), Some(wanted), "{typed}");
        }
    }

    #[test]
    fn what_could_be_anything_is_left_to_its_author() {
        for (action, typed) in [
            ("ec2:StartInstances", "my-instance"),
            ("s3:GetObject", "My Bucket"),
            ("s3:GetObject", "arn:aws:nosuch:::b"),
            ("dynamodb:GetItem", "arn:aws:dynamodb:us-east-9:111122223333:table/t"),
            ("dynamodb:GetItem", "arn:aws:dynamodb:us-east-1:ACCOUNT:table/t"),
            ("dynamodb:GetItem", "arn:aws:dynamodb::111122223333:table/t"),
            ("iam:GetUser", "arn:aws:iam::111122223333:person/ann"),
        ] {
            assert_eq!(meant(action, typed), None, "{typed}");
        }
        let long = format!("arn:awss:s3:::{}", "b".repeat(3_000));
        assert_eq!(arn(&super::error::INVALID_PARTITION, &long), None);
    }
}
