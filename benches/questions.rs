//! How fast questions over an account are answered: 1,000 roles with 3.7 policies each, 200 users in 10 groups.
//!
//! The account is read from a file as `tiam import` reads it. A third of the roles have inline policies of their own, the rest
//! share AWS's and the account's managed ones, as accounts do.

#![expect(clippy::expect_used, reason = "a benchmark that cannot make its account must stop")]

use std::sync::Arc;

use divan::{Bencher, black_box};
use serde_json::{Value, json};
use tiam::account::details;
use tiam::insight::{self, People, Question};
use tiam::store::{Account, Store};
use tiam::world::Real;

const ROLES: usize = 1_000;
const USERS: usize = 200;
const OWN: usize = 40;
const MANAGED: [&str; 6] = [
    "AmazonS3ReadOnlyAccess",
    "AmazonEC2ReadOnlyAccess",
    "IAMReadOnlyAccess",
    "CloudWatchLogsFullAccess",
    "AmazonDynamoDBFullAccess",
    "ReadOnlyAccess",
];

fn main() {
    divan::main();
}

fn arn(resource: &str) -> String {
    format!("arn:aws:iam::123456789012:{resource}")
}

fn document(number: usize) -> Value {
    json!({"Version": "2012-10-17", "Statement": [
        {"Sid": "Bucket", "Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject"], "Resource": format!("arn:aws:s3:::app-{number}/*")},
        {"Effect": "Deny", "Action": "s3:DeleteBucket", "Resource": "*", "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "false"}}}]})
}

fn attached(numbers: impl Iterator<Item = usize>) -> Value {
    let one = |number: usize| match MANAGED.get(number % (OWN + MANAGED.len())) {
        Some(name) => json!({"PolicyName": name, "PolicyArn": format!("arn:aws:iam::aws:policy/{name}")}),
        None => {
            json!({"PolicyName": format!("p{}", number % OWN), "PolicyArn": arn(&format!("policy/p{}", number % OWN))})
        }
    };
    let mut all: Vec<Value> = numbers.map(one).collect();
    all.dedup();
    Value::Array(all)
}

fn role(number: usize) -> Value {
    let trust = json!({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": arn("root")}, "Action": "sts:AssumeRole"}]});
    let inline: Vec<Value> = if number.is_multiple_of(3) {
        vec![json!({"PolicyName": "own", "PolicyDocument": document(number)})]
    } else {
        Vec::new()
    };
    json!({"RoleName": format!("r{number}"), "Arn": arn(&format!("role/r{number}")), "Path": "/", "AssumeRolePolicyDocument": trust,
        "RolePolicyList": inline, "AttachedManagedPolicies": attached((0..3 + number % 2).map(|nth| number + nth * 7))})
}

fn account() -> (Store, Account) {
    let user = |number: usize| json!({"UserName": format!("u{number}"), "Arn": arn(&format!("user/u{number}")), "Path": "/", "GroupList": [format!("g{}", number % 10)]});
    let group = |number: usize| {
        json!({"GroupName": format!("g{number}"), "Arn": arn(&format!("group/g{number}")), "Path": "/",
            "AttachedManagedPolicies": attached(number..number + 3)})
    };
    let policy = |number: usize| {
        json!({"PolicyName": format!("p{number}"), "Arn": arn(&format!("policy/p{number}")), "Path": "/", "DefaultVersionId": "v1",
            "PolicyVersionList": [{"VersionId": "v1", "IsDefaultVersion": true, "Document": document(number)}]})
    };
    let text = json!({
        "UserDetailList": (0..USERS).map(user).collect::<Vec<_>>(),
        "GroupDetailList": (0..10).map(group).collect::<Vec<_>>(),
        "RoleDetailList": (0..ROLES).map(role).collect::<Vec<_>>(),
        "Policies": (0..OWN).map(policy).collect::<Vec<_>>(),
    })
    .to_string();
    let found = details::read(&text).expect("an account");
    let store = Store::in_memory(Arc::new(Real)).expect("a store");
    let account = store.import(&found.id.expect("an id"), "aws", &found.whole).expect("an account of the store");
    (store, account)
}

fn question(store: &Store, account: &Account, action: &str, resource: Option<&str>) -> Question {
    Question::read(store, account, (action, resource), &[]).expect("a question")
}

/// Everybody with their policies, from the store.
#[divan::bench]
fn people_read(bencher: Bencher<'_, '_>) {
    let (store, account) = account();
    bencher.bench(|| People::read(black_box(&store), &account).expect("people").subjects.len());
}

#[divan::bench]
fn who_can_on_a_resource(bencher: Bencher<'_, '_>) {
    let (store, account) = account();
    let people = People::read(&store, &account).expect("people");
    let asked = question(&store, &account, "s3:PutObject", Some("arn:aws:s3:::app-7/x"));
    bencher.bench(|| insight::who_can(black_box(&people), &asked).expect("an answer").principals.len());
}

#[divan::bench]
fn who_can_on_anything(bencher: Bencher<'_, '_>) {
    let (store, account) = account();
    let people = People::read(&store, &account).expect("people");
    let asked = question(&store, &account, "s3:PutObject", None);
    bencher.bench(|| insight::who_can(black_box(&people), &asked).expect("an answer").principals.len());
}

#[divan::bench]
fn roles_reached(bencher: Bencher<'_, '_>) {
    let (store, account) = account();
    let people = People::read(&store, &account).expect("people");
    let subject = people.users().next().expect("a user").clone();
    bencher.bench(|| insight::reach(black_box(&people), &subject).len());
}

#[divan::bench]
fn findings(bencher: Bencher<'_, '_>) {
    let (store, account) = account();
    let people = People::read(&store, &account).expect("people");
    bencher.bench(|| insight::findings(&store, black_box(&people)).expect("findings").escalation.len());
}

/// A file of the account, read and taken in.
#[divan::bench]
fn import(bencher: Bencher<'_, '_>) {
    bencher.bench(account);
}
