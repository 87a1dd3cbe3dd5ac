//! Those who are read together hold what each holds alone, and those who are read for a policy are those who hold it.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::{Member, Which};
use crate::iam::Kind;
use crate::policy::decision::{Attached, Source};
use crate::store::{Account, Store};
use crate::world::{Seeded, World};

static GOES_ON: AtomicBool = AtomicBool::new(false);

fn demo() -> (Store, Account) {
    let start = "2026-11-22T12:00:00Z".parse().unwrap();
    let world: Arc<dyn World> = Arc::new(Seeded::new(7, start, jiff::SignedDuration::ZERO));
    Store::demo(world).unwrap()
}

fn sources(policies: &[Attached]) -> Vec<(String, String)> {
    let text = |source: &Source| (source.name.clone(), format!("{:?}", source.via));
    policies.iter().map(|policy| text(&policy.source)).collect()
}

/// All that is known of a member, to be compared.
fn told(member: &Member) -> String {
    let trust = member.trust.as_ref().map(|trust| Arc::clone(&trust.text));
    let Member { kind, name, arn, id, tags, policies, groups, .. } = member;
    let (identity, boundary) = (sources(&policies.identity), policies.boundary.as_deref().map(sources));
    format!("{kind:?} {name} {arn} {id} {tags:?} {identity:?} {boundary:?} {groups:?} {trust:?}")
}

#[test]
fn everybody_holds_what_each_holds_alone() {
    let (store, account) = demo();
    let members = store.members(&account, Which::Everybody, &GOES_ON).unwrap();
    assert!(members.iter().any(|one| one.kind == Kind::User) && members.iter().any(|one| one.kind == Kind::Role));
    for member in &members {
        let alone = store.member(&account, member.kind, &member.name).unwrap().unwrap();
        assert_eq!(told(member), told(&alone));
        assert_eq!(member.policies, alone.policies, "{}", member.name);
        for policy in &member.policies.identity {
            let text = store.policy_text(&account, member.kind, &member.name, &policy.source).unwrap();
            assert!(text.contains("Statement"), "{} of {}", policy.source.name, member.name);
        }
    }
    let roles: Vec<String> = members.iter().filter(|one| one.kind == Kind::Role).map(told).collect();
    let alone: Vec<String> = store.members(&account, Which::Roles, &GOES_ON).unwrap().iter().map(told).collect();
    assert_eq!(alone, roles);
}

#[test]
fn those_who_hold_a_policy_are_read_alone() {
    let (store, account) = demo();
    let everybody = store.members(&account, Which::Everybody, &GOES_ON).unwrap();
    let all = |member: &Member| -> Vec<Attached> {
        member.policies.identity.iter().chain(member.policies.boundary.iter().flatten()).cloned().collect()
    };
    let mut arns: Vec<String> = everybody.iter().flat_map(all).map(|policy| policy.source.name.clone()).collect();
    arns.retain(|name| name.starts_with("arn:"));
    arns.sort();
    arns.dedup();
    assert!(arns.len() > 5);
    for arn in &arns {
        let holds = |member: &&Member| all(member).iter().any(|policy| policy.source.name == *arn);
        let expected: Vec<String> = everybody.iter().filter(holds).map(told).collect();
        let found = store.members(&account, Which::Holding(arn), &GOES_ON).unwrap();
        assert_eq!(found.iter().map(told).collect::<Vec<_>>(), expected, "{arn}");
    }
    let groups: Vec<&String> = everybody.iter().flat_map(|one| one.groups.iter()).collect();
    assert!(groups.len() > 5);
    for group in groups {
        let expected: Vec<String> = everybody.iter().filter(|one| one.groups.contains(group)).map(told).collect();
        let name = group.rsplit('/').next().unwrap().to_uppercase();
        let found = store.members(&account, Which::In(&name), &GOES_ON).unwrap();
        assert_eq!(found.iter().map(told).collect::<Vec<_>>(), expected, "{name}");
    }
}

#[test]
fn those_who_hold_the_same_share_it() {
    let (store, account) = demo();
    let everybody = store.members(&account, Which::Everybody, &GOES_ON).unwrap();
    let shares = |one: &Member| everybody.iter().filter(|other| Arc::ptr_eq(&one.policies, &other.policies)).count();
    let most = everybody.iter().map(shares).max();
    assert!(most > Some(1), "{most:?}");
}
