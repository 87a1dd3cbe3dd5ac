//! The reader of `catalog.tsv.zst`: a line a fact, its kind first, fields separated by tabs, empty ones at the end left
//! off.
//!
//! ```text
//! P partition regions…          K condition key, type (`*S`: several strings)
//! G global key, type            k numbers of the service's keys: a set that others refer to, from 0
//! N key namespace, services     R resource type, ARN form, key set
//! S prefix, name, flags         A action, level and flags, key set, resource types, dependent actions
//! ```
//!
//! `K`, `k`, `R` and `A` belong to the `S` above them. Flags: `r` resource control policies reach it,
//! `p` permission only, `x2025-04` last listed in April 2025 and since retired.

use std::sync::OnceLock;

use super::service::Members;
use super::{AccessLevel, Action, Catalog, ConditionKey, Namespace, Partition, ResourceType, Service, ValueType};

/// Reads all but what belongs to the services, which is most: a service's own is read when first asked for.
pub(super) fn read(text: &'static str) -> Catalog {
    let mut catalog = Catalog::default();
    let (general, services) = text.split_at(text.find("\nS\t").map_or(text.len(), |end| end + 1));
    let mut lines = general.lines();
    catalog.date = lines.next().and_then(|head| head.split('\t').nth(1)).unwrap_or_default();
    for line in lines {
        let (kind, mut next) = fields(line);
        match kind {
            "P" => catalog.partitions.push(Partition { name: next(), regions: next().split(' ').collect() }),
            "G" => catalog.globals.push(key(next(), next())),
            _ => catalog.namespaces.push(Namespace { name: next(), services: next().split(' ').collect() }),
        }
    }
    let starts = std::iter::once(0).chain(memchr::memmem::find_iter(services.as_bytes(), "\nS\t").map(|end| end + 1));
    let starts: Vec<usize> = starts.chain([services.len()]).collect();
    let blocks = starts.windows(2).filter_map(|ends| services.get(*ends.first()?..*ends.last()?));
    catalog.services = blocks.enumerate().map(|(number, block)| service(number, block)).collect();
    catalog
}

/// The kind of a line, and its fields one after another.
fn fields(line: &'static str) -> (&'static str, impl FnMut() -> &'static str) {
    let mut fields = line.split('\t');
    let mut next = move || fields.next().unwrap_or_default();
    (next(), next)
}

fn service(number: usize, block: &'static str) -> Service {
    let (line, lines) = block.split_once('\n').unwrap_or((block, ""));
    let (_, mut next) = fields(line);
    let (prefix, name, flags) = (next(), next(), next());
    let (supports_rcp, retired) = (flags.contains('r'), retired(flags));
    Service { prefix, name, supports_rcp, retired, number, lines, members: OnceLock::new() }
}

/// Reads what belongs to a service.
pub(super) fn members(service: &Service) -> Members {
    let mut members = Members::default();
    let number = service.number;
    for line in service.lines.lines() {
        let (kind, mut next) = fields(line);
        match kind {
            "K" => members.keys.push(key(next(), next())),
            "k" => members.key_sets.push(next()),
            "R" => {
                let (name, arn, set) = (next(), next(), next());
                members.resources.push(ResourceType { name, arn, service: number, key_set: set.parse().unwrap_or(0) });
            }
            _ => {
                let (name, flags, set, resources, dependent) = (next(), next(), next(), next(), next());
                members.actions.push(Action {
                    name,
                    level: level(flags),
                    permission_only: flags.contains('p'),
                    retired: retired(flags).or(service.retired),
                    service: number,
                    key_set: set.parse().unwrap_or(0),
                    resources,
                    dependent,
                });
            }
        }
    }
    members
}

fn retired(flags: &'static str) -> Option<&'static str> {
    flags.split_once('x').map(|(_, month)| month)
}

fn level(flags: &str) -> AccessLevel {
    match flags.as_bytes().first() {
        Some(b'L') => AccessLevel::List,
        Some(b'R') => AccessLevel::Read,
        Some(b'P') => AccessLevel::PermissionsManagement,
        Some(b'T') => AccessLevel::Tagging,
        _ => AccessLevel::Write,
    }
}

fn key(name: &'static str, kind: &str) -> ConditionKey {
    let value_type = match kind.trim_start_matches('*') {
        "A" => ValueType::Arn,
        "B" => ValueType::Bool,
        "N" => ValueType::Numeric,
        "D" => ValueType::Date,
        "I" => ValueType::IpAddress,
        "Y" => ValueType::Binary,
        _ => ValueType::String,
    };
    ConditionKey::new(name, value_type, kind.starts_with('*'))
}
