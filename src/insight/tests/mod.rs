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

fn demo() -> (Store, Account) {
    let start = "2026-11-22T12:00:00Z".parse().unwrap();
    let world: Arc<dyn World> = Arc::new(Seeded::new(7, start, jiff::SignedDuration::ZERO));
    Store::demo(world).unwrap()
}
