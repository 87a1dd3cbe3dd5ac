//! The forms of ARNs that services define for their resources.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::{ConditionKey, Service};
use crate::policy::wildcard::overlap;

/// No ARN is longer (IAM API Reference, the `arnType` of its parameters). What is longer fits nothing, and need not be
/// compared.
pub const ARN_LENGTH_MAX: usize = 2_048;

/// A type of resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResourceType {
    /// `bucket`
    pub name: &'static str,
    /// `arn:${Partition}:s3:::${BucketName}`
    pub arn: &'static str,
    pub(super) service: usize,
    pub(super) key_set: usize,
}

impl ResourceType {
    /// The service that lists it, which need not be the service its ARN names.
    pub fn service(&self) -> Option<&'static Service> {
        super::services().get(self.service)
    }

    /// A field of the ARN form: 1 partition, 2 service, 3 region, 4 account, 5 resource with all its colons.
    pub fn field(&self, number: usize) -> &'static str {
        self.arn.splitn(6, ':').nth(number).unwrap_or_default()
    }

    /// The condition keys that speak of such a resource.
    pub fn condition_keys(&self) -> impl Iterator<Item = &'static ConditionKey> {
        let service = self.service();
        let numbers = service.map(|service| service.key_numbers(self.key_set));
        numbers.into_iter().flatten().filter_map(move |number| service?.condition_keys().get(number))
    }

    /// The ARN with `*` for all that is to be filled in.
    pub fn pattern(&self) -> String {
        filled(self.arn)
    }

    /// Whether a policy's ARN, wildcards and all, can stand for a resource of this type. Compared field by field.
    pub fn fits(&self, arn: &str) -> bool {
        if arn.len() > ARN_LENGTH_MAX {
            return false;
        }
        let form = self.pattern();
        let mut fields = arn.splitn(6, ':');
        form.splitn(6, ':').all(|form| fields.next().is_some_and(|field| overlap(form, field)))
    }
}

/// A form with `*` for each `${…}`.
fn filled(form: &str) -> String {
    let mut out = String::with_capacity(form.len());
    let mut rest = form;
    while let Some((before, after)) = rest.split_once("${") {
        out.push_str(before);
        out.push('*');
        rest = after.split_once('}').map_or("", |(_, rest)| rest);
    }
    out + rest
}

/// The form of a resource type's ARN, taken apart.
#[derive(Debug)]
pub struct ArnForm {
    /// The type it is of.
    pub resource_type: &'static ResourceType,
    /// Empty, `*` for any, or the one region there is.
    pub region: String,
    /// Empty, `*` for any, or a constant such as `aws`.
    pub account: String,
    /// What follows, `*` for all that is to be filled in.
    pub resource: String,
}

/// The forms of ARNs that name that service, which is written in lower case.
pub fn arn_forms(service: &str) -> &'static [ArnForm] {
    static INDEX: OnceLock<HashMap<&'static str, Vec<ArnForm>>> = OnceLock::new();
    let index = INDEX.get_or_init(|| {
        let mut index: HashMap<_, Vec<_>> = HashMap::new();
        for resource_type in super::services().iter().flat_map(Service::resource_types) {
            let field = |number| filled(resource_type.field(number));
            let form = ArnForm { resource_type, region: field(3), account: field(4), resource: field(5) };
            index.entry(resource_type.field(2)).or_default().push(form);
        }
        index
    });
    index.get(service).map_or(&[], Vec::as_slice)
}
