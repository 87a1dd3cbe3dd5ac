//! Journeys: an account, keys, whole screens. What an admin does, from the first key to what is there afterwards.

mod credentials;
mod lists;
mod providers;

use serde_json::json;

use super::acts::{call, perform};
use super::screen::atlas::Atlas;
use super::testkit::{Bench, account};
use crate::account::{Account, Mode};

const APP_POLICY: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:GetObject","s3:PutObject"],"Resource":"arn:aws:s3:::productionapp/*"}]}"#;
const TRUST: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"sts:AssumeRole"}]}"#;
const APP_ARN: &str = "arn:aws:iam::123456789012:policy/read-write-app-bucket";

/// Some of Example Corp, as the IAM User Guide tells it.
pub(crate) fn example_corp() -> Account {
    let account = account();
    let mut calls = vec![call("CreateAccountAlias", json!({"AccountAlias": "example-corp"}))];
    for group in ["Developers", "SysAdmins", "WidgetCo"] {
        calls.push(call("CreateGroup", json!({"GroupName": group})));
    }
    for (user, group) in
        [("mary", "Developers"), ("mateo", "SysAdmins"), ("nikki", "SysAdmins"), ("shirley", "WidgetCo")]
    {
        calls.push(call("CreateUser", json!({"UserName": user})));
        calls.push(call("AddUserToGroup", json!({"UserName": user, "GroupName": group})));
    }
    calls.push(call("AddUserToGroup", json!({"UserName": "nikki", "GroupName": "Developers"})));
    calls.push(call("CreateLoginProfile", json!({"UserName": "nikki", "Password": "Zw3%tG7&pL0x"})));
    calls.push(call("CreateAccessKey", json!({"UserName": "mateo"})));
    calls.push(call("CreatePolicy", json!({"PolicyName": "read-write-app-bucket", "PolicyDocument": APP_POLICY})));
    calls.push(call("CreateRole", json!({"RoleName": "UpdateApp", "AssumeRolePolicyDocument": TRUST})));
    calls.push(call("AttachRolePolicy", json!({"RoleName": "UpdateApp", "PolicyArn": APP_ARN})));
    let administrator = "arn:aws:iam::aws:policy/AdministratorAccess";
    calls.push(call("AttachGroupPolicy", json!({"GroupName": "SysAdmins", "PolicyArn": administrator})));
    let inline = json!({"UserName": "shirley", "PolicyName": "s3-home", "PolicyDocument": APP_POLICY});
    calls.push(call("PutUserPolicy", inline));
    calls.push(call("TagUser", json!({"UserName": "nikki", "Tags": [{"Key": "team", "Value": "core"}]})));
    let calls = calls.into_iter().collect::<Result<_, _>>().expect("calls of the API");
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).build().expect("a runtime");
    runtime.block_on(perform(&account, calls)).expect("Example Corp");
    account
}

pub(crate) fn bench() -> Bench {
    Bench::on(80, 24, example_corp(), Box::new(Atlas))
}

#[test]
fn the_panes_look_like_this() {
    let mut bench = bench();
    for (pane, key) in
        [("dashboard", "1"), ("users", "2"), ("groups", "3"), ("roles", "4"), ("policies", "5"), ("keys", "6")]
    {
        bench.keys(key);
        insta::assert_snapshot!(pane, bench.screen());
    }
    let mut wide = Bench::on(120, 40, example_corp(), Box::new(Atlas));
    wide.keys("2");
    insta::assert_snapshot!("users_wide", wide.screen());
}

#[test]
fn pages_look_like_this() {
    let mut bench = bench();
    bench.keys("j j enter");
    insta::assert_snapshot!("user_permissions", bench.screen());
    bench.keys("tab tab");
    insta::assert_snapshot!("user_credentials", bench.screen());
    bench.keys("3 j enter");
    insta::assert_snapshot!("group_users", bench.screen());
    bench.keys("4 enter tab");
    insta::assert_snapshot!("role_trust", bench.screen());
    bench.keys("5 enter");
    insta::assert_snapshot!("policy_document", bench.screen());
}

#[test]
fn a_user_is_made_and_its_page_opens() {
    let mut bench = bench();
    bench.keys("n").types("ann").keys("tab ctrl-u").types("/eng/").keys("tab").types("WidgetCo").keys("ctrl-s");
    assert!(
        bench.screen().contains("Users › ann") && bench.screen().contains("Created user ann"),
        "{}",
        bench.screen()
    );
    assert!(bench.line_with("arn:").contains("user/eng/ann"));
    bench.keys("esc");
    assert!(bench.line_with("ann").contains("WidgetCo"));
    assert!(bench.line_with("Dashboard").contains("Users 5"));
}

#[test]
fn a_name_that_is_taken_is_told_by_iam_and_nothing_is_lost() {
    let mut bench = bench();
    bench.keys("n").types("NIKKI").keys("ctrl-s");
    insta::assert_snapshot!(bench.screen());
}

#[test]
fn a_user_is_deleted_with_everything_that_goes_with_it() {
    let mut bench = bench();
    bench.keys("/").types("mateo").keys("enter d");
    insta::assert_snapshot!(bench.screen());
    bench.keys("enter");
    assert!(bench.screen().contains("Type mateo"));
    bench.types("mateo").keys("enter");
    assert!(bench.screen().contains("Deleted user mateo"), "{}", bench.screen());
    bench.keys("6");
    assert!(bench.screen().contains("There are no access keys."));
}

#[test]
fn an_access_key_is_made_and_its_secret_shown_once() {
    let mut bench = bench();
    bench.keys("enter tab tab n");
    assert!(bench.screen().contains("Secret access key") && bench.screen().contains("only time"), "{}", bench.screen());
    bench.keys("ctrl-y esc");
    assert!(!bench.screen().contains("Secret access key"));
    assert!(bench.line_with("AKIA").contains("active"));
}

#[test]
fn a_policy_is_edited_and_becomes_a_new_version() {
    let mut bench = bench();
    bench.keys("5 e").keys("down down down down down down down end");
    bench.types(",").keys("enter").types("\"s3:DeleteObject\"").keys("ctrl-s");
    insta::assert_snapshot!(bench.screen());
    bench.keys("ctrl-s enter");
    assert!(
        bench.screen().contains("s3:DeleteObject") && bench.line_with("Permissions").contains("Versions 2"),
        "{}",
        bench.screen()
    );
}

#[test]
fn a_policy_is_made_from_its_form_and_the_editor() {
    let mut bench = bench();
    bench.keys("5 n").types("logs").keys("ctrl-s");
    assert!(bench.screen().contains("Policies › logs › new"), "{}", bench.screen());
    bench.types("\"logs:PutLogE").keys("enter ctrl-s ctrl-s");
    assert!(
        bench.screen().contains("Created policy logs") && bench.screen().contains("logs:PutLogEvents"),
        "{}",
        bench.screen()
    );
}

#[test]
fn a_policy_is_attached_and_detached() {
    let mut bench = bench();
    bench.keys("3 enter tab a").types("ViewOnly").keys("enter");
    assert!(bench.screen().contains("Attached ViewOnlyAccess"), "{}", bench.screen());
    bench.keys("x");
    assert!(
        bench.screen().contains("Detached ViewOnlyAccess") && bench.screen().contains("none"),
        "{}",
        bench.screen()
    );
}

#[test]
fn marked_users_join_a_group_together() {
    let mut bench = bench();
    bench.keys("space space a").types("Widget").keys("enter");
    assert!(bench.screen().contains("Added mary and mateo to WidgetCo"), "{}", bench.screen());
    assert!(bench.line_with("mary").contains("+1"));
}

#[test]
fn search_goes_to_things_and_does_tasks() {
    let mut bench = bench();
    bench.keys("s").types("nik");
    insta::assert_snapshot!(bench.screen());
    bench.keys("enter");
    assert!(bench.screen().contains("Users › nikki"), "{}", bench.screen());
    bench.keys("s").types("create role").keys("enter");
    assert!(bench.screen().contains("Create role"), "{}", bench.screen());
}

#[test]
fn places_are_remembered_both_ways() {
    let mut bench = bench();
    bench.keys("j enter 4 -");
    assert!(bench.screen().contains("Users › mateo"), "{}", bench.screen());
    bench.keys("-");
    assert!(bench.screen().contains("UpdateApp"));
}

#[test]
fn a_read_only_account_refuses_and_says_what_to_do() {
    let account = example_corp();
    let locked = Account::local(account.store().clone(), account.info(), Mode::ReadOnly);
    let mut bench = Bench::on(80, 24, locked, Box::new(Atlas));
    bench.keys("n").types("ann").keys("ctrl-s");
    assert!(bench.screen().contains("read-only"), "{}", bench.screen());
}
