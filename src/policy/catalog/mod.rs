//! What AWS offers: services, actions, resource types, condition keys, partitions and its managed policies, as dated
//! facts packed into the program.
//!
//! The assets are made by `assets/make_catalog.py` and opened once, when first asked for. Nothing here is read from
//! a disk or a network, and no description is carried. Names follow the Service Authorization Reference; actions that it
//! has dropped are kept and marked retired, because policies still name them.

mod action;
mod arn;
pub mod dates;
mod key;
pub mod managed;
mod read;
mod service;

use std::collections::HashMap;
use std::sync::OnceLock;

use super::wildcard::{Case, Pattern};

pub use action::{AccessLevel, Action};
pub use arn::{ARN_LENGTH_MAX, ArnForm, ResourceType, arn_forms};
pub use key::{ConditionKey, ValueType};
pub use service::Service;

/// A partition of AWS and its regions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Partition {
    /// `aws`, `aws-cn`, …
    pub name: &'static str,
    /// `eu-west-1`, …, sorted.
    pub regions: Vec<&'static str>,
}

/// A prefix of condition keys that is no service: `saml`, the host of an identity provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Namespace {
    /// As AWS writes it, `${…}` for what varies.
    pub name: &'static str,
    /// The services whose requests carry such keys.
    pub services: Vec<&'static str>,
}

#[derive(Debug, Default)]
struct Catalog {
    date: &'static str,
    partitions: Vec<Partition>,
    globals: Vec<ConditionKey>,
    namespaces: Vec<Namespace>,
    services: Vec<Service>,
}

fn catalog() -> &'static Catalog {
    static TEXT: OnceLock<String> = OnceLock::new();
    static CATALOG: OnceLock<Catalog> = OnceLock::new();
    let open = || unpack(include_bytes!("../../../assets/catalog.tsv.zst"));
    CATALOG.get_or_init(|| read::read(TEXT.get_or_init(open)))
}

/// Opens the catalog once more, for measuring what that costs, and says how many services it has. What was unpacked stays in
/// memory until the program ends. Public because a bench is a crate of its own; hidden because nobody else has a use for it.
#[doc(hidden)]
pub fn open_once_more() -> usize {
    read::read(unpack(include_bytes!("../../../assets/catalog.tsv.zst")).leak()).services.len()
}

/// How much longer an asset is when unpacked, roughly.
const USUAL_RATIO: usize = 7;

/// An asset unpacked to text. A broken asset reads as empty; the tests of each reader hold that none is.
fn unpack(asset: &[u8]) -> String {
    let mut bytes = Vec::with_capacity(asset.len() * USUAL_RATIO);
    let unpacked = zstd::stream::copy_decode(asset, &mut bytes).ok();
    unpacked.and_then(|()| String::from_utf8(bytes).ok()).unwrap_or_default()
}

/// The day the service reference was taken, `2026-10-27`.
pub fn date() -> &'static str {
    catalog().date
}

/// All services, sorted by prefix.
pub fn services() -> &'static [Service] {
    &catalog().services
}

/// The service with that prefix, in whatever case.
pub fn service(prefix: &str) -> Option<&'static Service> {
    let services = services();
    let at = services.binary_search_by(|service| order(service.prefix, prefix)).ok()?;
    services.get(at)
}

/// The action a policy names as `service:Action`, in whatever case.
pub fn action(name: &str) -> Option<&'static Action> {
    let (prefix, name) = name.split_once(':')?;
    service(prefix)?.action(name)
}

/// The current actions that a pattern of a policy stands for: `s3:Get*`, `*`, `iam:PassRole`.
pub fn expand(pattern: &str) -> Vec<&'static Action> {
    let (prefix, name) = pattern.split_once(':').unwrap_or((pattern, "*"));
    if pattern != "*" && !pattern.contains(':') {
        return Vec::new();
    }
    if !prefix.contains(['*', '?']) {
        return service(prefix).map_or_else(Vec::new, |service| service.expand(name).collect());
    }
    let prefix = Pattern::new(prefix);
    let named = services().iter().filter(|service| prefix.matches(service.prefix, Case::Insensitive));
    named.flat_map(|service| service.expand(name)).collect()
}

/// The condition keys that any request may carry (IAM User Guide, "AWS global condition context keys").
pub fn global_keys() -> &'static [ConditionKey] {
    &catalog().globals
}

/// What a condition key of a policy is: a global key, or one that some service lists.
pub fn condition_key(name: &str) -> Option<&'static ConditionKey> {
    let global = global_keys().iter().find(|key| key.matches(name));
    global.or_else(|| keys_of_prefix(name.split_once(':')?.0)?.find(name))
}

/// Whether any service lists condition keys of that prefix, in whatever case.
pub fn is_key_prefix(prefix: &str) -> bool {
    keys_of_prefix(prefix).is_some()
}

/// The condition keys of one prefix, whichever services list them: `ec2:ResourceTag/…` is listed by others than EC2 too.
#[derive(Debug, Default)]
struct Prefixed {
    whole: HashMap<String, &'static ConditionKey>,
    variable: Vec<&'static ConditionKey>,
}

impl Prefixed {
    fn find(&self, name: &str) -> Option<&'static ConditionKey> {
        let whole = self.whole.get(&name.to_ascii_lowercase()).copied();
        whole.or_else(|| self.variable.iter().copied().find(|key| key.matches(name)))
    }
}

fn keys_of_prefix(prefix: &str) -> Option<&'static Prefixed> {
    static INDEX: OnceLock<HashMap<String, Prefixed>> = OnceLock::new();
    let index = INDEX.get_or_init(|| {
        let mut index: HashMap<String, Prefixed> = HashMap::new();
        for key in services().iter().flat_map(Service::condition_keys) {
            let prefix = key.name.split(':').next().unwrap_or_default();
            let entry = index.entry(prefix.to_ascii_lowercase()).or_default();
            if key.variable_prefix().is_some() {
                entry.variable.push(key);
            } else {
                entry.whole.insert(key.name.to_ascii_lowercase(), key);
            }
        }
        index
    });
    index.get(&prefix.to_ascii_lowercase())
}

/// The partitions, `aws` among them, sorted.
pub fn partitions() -> &'static [Partition] {
    &catalog().partitions
}

/// Whether a region exists in any partition.
pub fn is_region(name: &str) -> bool {
    partitions().iter().any(|partition| partition.regions.contains(&name))
}

/// The prefixes of condition keys that are no service.
pub fn namespaces() -> &'static [Namespace] {
    &catalog().namespaces
}

/// The order of names when case does not count.
pub(super) fn order(a: &str, b: &str) -> std::cmp::Ordering {
    // Binary searches spend their time here: a tenth of a lint, with `Iterator::cmp`.
    let pairs = a.bytes().zip(b.bytes()).map(|(a, b)| (a.to_ascii_lowercase(), b.to_ascii_lowercase()));
    for (x, y) in pairs {
        if x != y {
            return x.cmp(&y);
        }
    }
    a.len().cmp(&b.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_catalog_is_whole_and_sorted() {
        assert!(services().len() > 450 && services().is_sorted_by(|a, b| a.prefix < b.prefix));
        let actions = services().iter().map(|service| service.actions().len()).sum::<usize>();
        assert!(actions > 22_000, "{actions}");
        for service in services() {
            assert!(service.actions().is_sorted_by(|a, b| order(a.name, b.name).is_lt()), "{}", service.prefix);
            assert!(service.condition_keys().is_sorted_by(|a, b| order(a.name, b.name).is_lt()), "{}", service.prefix);
            assert!(service.resource_types().iter().all(|resource| resource.arn.split(':').count() >= 6));
        }
        assert_eq!(date().len(), 10);
        assert!(is_region("eu-west-1") && is_region("cn-north-1") && !is_region("us-east-9"));
        assert!(namespaces().iter().any(|space| space.name == "saml"));
    }

    #[test]
    fn an_action_tells_its_level_resources_keys_and_dependents() {
        let run = action("EC2:runinstances").unwrap();
        assert_eq!((run.full_name().as_str(), run.level), ("ec2:RunInstances", AccessLevel::Write));
        assert!(run.resource_types().any(|(resource, required)| resource.name == "instance" && required));
        assert!(run.dependent_actions().any(|name| name == "iam:PassRole"));
        assert!(
            run.takes_key("ec2:InstanceType") && run.takes_key("aws:RequestTag/team") && !run.takes_key("s3:prefix")
        );
        let pass = action("iam:PassRole").unwrap();
        assert!(pass.permission_only && pass.takes_key("iam:PassedToService"));
        assert!(action("s3:GetObjekt").is_none() && action("s3").is_none());
    }

    #[test]
    fn patterns_expand_as_iam_reads_them() {
        let names = |pattern| expand(pattern).into_iter().map(Action::full_name).collect::<Vec<_>>();
        assert_eq!(names("IAM:passr*"), ["iam:PassRole"]);
        assert_eq!(names("sts:?etCallerIdentity"), ["sts:GetCallerIdentity"]);
        assert!(names("s3:*Object").contains(&"s3:PutObject".to_owned()));
        assert!(names("*").len() > 22_000 && names("*:*").len() == names("*").len());
        assert!(names("nosuch:*").is_empty() && names("s3").is_empty());
        assert!(service("deeplens").unwrap().retired == Some("2024-10") && names("deeplens:*").is_empty());
    }

    #[test]
    fn condition_keys_are_found_whatever_their_variable_part() {
        assert_eq!(condition_key("AWS:sourceip").unwrap().value_type, ValueType::IpAddress);
        assert!(condition_key("aws:TagKeys").unwrap().multivalued);
        assert_eq!(condition_key("s3:ExistingObjectTag/a b").unwrap().name, "s3:ExistingObjectTag/<key>");
        assert!(condition_key("glacier:ResourceTag/x").is_some() && condition_key("s3:prefixx").is_none());
    }

    #[test]
    fn arns_fit_the_forms_of_their_service() {
        let s3 = arn_forms("s3").iter().map(|form| form.resource_type);
        let own: Vec<_> = s3.filter(|kind| kind.service().is_some_and(|service| service.prefix == "s3")).collect();
        let fits = |arn: &str| own.iter().filter(|kind| kind.fits(arn)).map(|kind| kind.name).collect::<Vec<_>>();
        assert_eq!(fits("arn:aws:s3:::b"), ["bucket"]);
        assert_eq!(fits("arn:aws:s3:::b/k*"), ["bucket", "object"]);
        assert!(fits("arn:aws:s3:::*").contains(&"object"));
        assert!(arn_forms("nosuch").is_empty());
    }
}
