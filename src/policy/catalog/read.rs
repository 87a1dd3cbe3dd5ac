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

use super::{AccessLevel, Action, Catalog, ConditionKey, Namespace, Partition, ResourceType, Service, ValueType};

pub(super) fn read(text: &'static str) -> Catalog {
    let mut catalog = Catalog::default();
    let mut lines = text.lines();
    catalog.date = lines.next().and_then(|head| head.split('\t').nth(1)).unwrap_or_default();
    for line in lines {
        let mut fields = line.split('\t');
        let kind = fields.next().unwrap_or_default();
        let mut next = || fields.next().unwrap_or_default();
        match kind {
            "P" => catalog.partitions.push(Partition { name: next(), regions: next().split(' ').collect() }),
            "G" => catalog.globals.push(key(next(), next())),
            "N" => catalog.namespaces.push(Namespace { name: next(), services: next().split(' ').collect() }),
            "S" => catalog.services.push(service(next(), next(), next())),
            _ => member(&mut catalog.services, kind, next),
        }
    }
    catalog
}

fn member(services: &mut [Service], kind: &str, mut next: impl FnMut() -> &'static str) {
    let number = services.len().saturating_sub(1);
    let Some(service) = services.last_mut() else { return };
    match kind {
        "K" => service.keys.push(key(next(), next())),
        "k" => service.key_sets.push(next()),
        "R" => {
            let (name, arn, set) = (next(), next(), next());
            service.resources.push(ResourceType { name, arn, service: number, key_set: set.parse().unwrap_or(0) });
        }
        _ => {
            let (name, flags, set, resources, dependent) = (next(), next(), next(), next(), next());
            service.actions.push(Action {
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

fn service(prefix: &'static str, name: &'static str, flags: &'static str) -> Service {
    Service {
        prefix,
        name,
        supports_rcp: flags.contains('r'),
        retired: retired(flags),
        actions: Vec::new(),
        resources: Vec::new(),
        keys: Vec::new(),
        key_sets: Vec::new(),
    }
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
