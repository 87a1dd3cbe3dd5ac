//! Questions over small accounts, and over the demo account: what their tests share.

#![expect(clippy::needless_pass_by_value, reason = "a case reads best with its values in place")]

mod can;
mod demo;
mod impact;
mod reach;
mod unused;
mod who;

use std::sync::Arc;

use serde_json::{Value, json};

use super::{Answer, Holder, People, Question, who_can};
use crate::store::kit::Kit;
use crate::store::{Account, Store};
use crate::world::{Seeded, World};

const ROLE: &str = "arn:aws:iam::123456789012:role/r";

fn policy(statements: &Value) -> String {
    json!({"Version": "2012-10-17", "Statement": statements}).to_string()
}

fn allow(action: &str, resource: &str) -> Value {
    json!({"Effect": "Allow", "Action": action, "Resource": resource})
}

fn trusting(principal: Value) -> Value {
    json!({"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"})
}

/// An account in which these calls were made.
fn kit(calls: &[(&str, Value)]) -> Kit {
    let kit = Kit::new();
    for (name, input) in calls {
        kit.call(name, input.clone()).unwrap_or_else(|error| panic!("{name}: {error}"));
    }
    kit
}

fn user(name: &str) -> (&'static str, Value) {
    ("CreateUser", json!({"UserName": name}))
}

fn inline(name: &str, statements: Value) -> (&'static str, Value) {
    ("PutUserPolicy", json!({"UserName": name, "PolicyName": "own", "PolicyDocument": policy(&statements)}))
}

fn role(name: &str, trust: &Value) -> (&'static str, Value) {
    ("CreateRole", json!({"RoleName": name, "AssumeRolePolicyDocument": policy(trust)}))
}

fn role_inline(name: &str, statements: Value) -> (&'static str, Value) {
    ("PutRolePolicy", json!({"RoleName": name, "PolicyName": "own", "PolicyDocument": policy(&statements)}))
}

fn people(kit: &Kit) -> People {
    People::read(&kit.store, &kit.account).unwrap()
}

fn question(kit: &Kit, action: &str, resource: Option<&str>, context: &[&str]) -> Question {
    let context: Vec<String> = context.iter().map(|&entry| entry.to_owned()).collect();
    Question::read(&kit.store, &kit.account, (action, resource), &context).unwrap()
}

/// Who may, each with the answer and the first way.
fn who(kit: &Kit, asked: &Question) -> Vec<(String, Answer, String)> {
    let found = who_can(&people(kit), asked).unwrap();
    let way = |one: &Holder| one.resources[0].grants[0].path();
    found.principals.iter().map(|one| (one.name.clone(), one.answer, way(one))).collect()
}

/// An account in which policies come by every way, and some by several.
fn varied() -> Kit {
    let limit = |number: usize| policy(&json!([allow(&format!("s3:{}*", ["Get", "Put", "List"][number % 3]), "*")]));
    let arn = |number: usize| json!(format!("arn:aws:iam::123456789012:policy/p{number}"));
    let kit = Kit::new();
    let call = |name: &str, input: Value| drop(kit.call(name, input).unwrap());
    for number in 0..8 {
        call("CreatePolicy", json!({"PolicyName": format!("p{number}"), "PolicyDocument": limit(number)}));
    }
    for number in 0..6 {
        let group = format!("g{number}");
        call("CreateGroup", json!({"GroupName": group}));
        call("AttachGroupPolicy", json!({"GroupName": group, "PolicyArn": arn(number)}));
        call("PutGroupPolicy", json!({"GroupName": group, "PolicyName": "own", "PolicyDocument": limit(number + 1)}));
    }
    for number in 0..40 {
        let user = format!("u{number}");
        let bounded = number % 5 == 0;
        let mut input = json!({"UserName": user});
        if bounded {
            input["PermissionsBoundary"] = arn(number % 8);
        }
        call("CreateUser", input);
        for group in (0..6).filter(|group| number % (group + 2) == 0) {
            call("AddUserToGroup", json!({"UserName": user, "GroupName": format!("g{group}")}));
        }
        if number % 3 == 0 {
            call("AttachUserPolicy", json!({"UserName": user, "PolicyArn": arn((number + 1) % 8)}));
        }
        if number % 7 == 0 {
            call("PutUserPolicy", json!({"UserName": user, "PolicyName": "own", "PolicyDocument": limit(number)}));
        }
    }
    for number in 0..10 {
        let trust = policy(&json!([trusting(json!({"Service": "ec2.amazonaws.com"}))]));
        let mut input = json!({"RoleName": format!("r{number}"), "AssumeRolePolicyDocument": trust});
        if number % 4 == 0 {
            input["PermissionsBoundary"] = arn(number % 8);
        }
        call("CreateRole", input);
        call("AttachRolePolicy", json!({"RoleName": format!("r{number}"), "PolicyArn": arn(number % 8)}));
    }
    kit
}

fn demo() -> (Store, Account) {
    let start = "2026-11-22T12:00:00Z".parse().unwrap();
    let world: Arc<dyn World> = Arc::new(Seeded::new(7, start, jiff::SignedDuration::ZERO));
    Store::demo(world).unwrap()
}
