//! The forms that make users, groups, roles and policies.

use serde_json::{Map, Value, json};

use super::documents;
use crate::api::Call;
use crate::console::action::Kind;
use crate::console::acts::{Change, call};
use crate::console::check;
use crate::console::context::Context;
use crate::console::effect::Effect;
use crate::console::place::Place;
use crate::console::task::Failure;
use crate::console::widget::{Field, Form, Values};

/// What IAM takes in names.
const NAME_RULE: &str = "Letters, digits and +=,.@_- only.";

fn name(operation: &'static str, member: &'static str, noun: &'static str) -> Field {
    Field::text("Name", "").help(NAME_RULE).check(check::of(operation, member, noun, NAME_RULE))
}

fn path(operation: &'static str) -> Field {
    Field::text("Path", "/").help("A folder in the ARN, as /engineering/.").check(path_check(operation, "Path"))
}

/// How long a session of a role may be.
pub fn session_field(seconds: i64) -> Field {
    let rule = "In seconds, 3600 to 43200.";
    Field::text("Longest session", seconds.to_string()).help(rule).check(move |text| {
        let fits = text.parse::<i64>().is_ok_and(|seconds| (3600..=43200).contains(&seconds));
        if fits { Ok(()) } else { Err(rule.to_owned()) }
    })
}

/// What a name given later has to obey.
pub fn name_check(operation: &'static str, member: &'static str) -> impl Fn(&str) -> Result<(), String> {
    let check = check::of(operation, member, "A name", NAME_RULE);
    move |text| if text.is_empty() { Err("A name is needed.".to_owned()) } else { check(text) }
}

/// What a path has to obey.
pub fn path_check(operation: &'static str, member: &'static str) -> impl Fn(&str) -> Result<(), String> {
    check::of(operation, member, "A path", "A path begins and ends with / and has no spaces.")
}

/// An input without the members that were left empty.
fn input(members: &[(&str, &str)]) -> Value {
    let filled = members.iter().filter(|(_, value)| !value.is_empty());
    Value::Object(filled.map(|(name, value)| ((*name).to_owned(), json!(value))).collect::<Map<_, _>>())
}

/// Makes the thing, then goes to it.
fn make(cx: &Context, kind: Kind, name: &str, calls: Vec<Result<Call, Failure>>) -> Effect {
    let change =
        Change::new(format!("Creating {} {name}", kind.word()), format!("Created {} {name}", kind.word()), calls);
    change.to(Place::Thing(kind, name.to_owned())).effect(cx)
}

/// Asks for a user.
pub fn user(_cx: &Context) -> Effect {
    let fields = vec![
        name("CreateUser", "UserName", "A user name"),
        path("CreateUser"),
        Field::text("Group", "").help("A user group to be in from the start; may stay empty."),
    ];
    let form = Form::new("Create user", fields, |values: &Values, cx: &Context| {
        let name = values.get("Name");
        let mut calls = vec![call("CreateUser", input(&[("UserName", name), ("Path", values.get("Path"))]))];
        if let Some(group) = values.some("Group") {
            calls.push(call("AddUserToGroup", json!({"UserName": name, "GroupName": group})));
        }
        make(cx, Kind::User, name, calls)
    });
    Effect::open(form.saying("create"))
}

/// Asks for a user group.
pub fn group(_cx: &Context) -> Effect {
    let fields = vec![name("CreateGroup", "GroupName", "A group name"), path("CreateGroup")];
    let form = Form::new("Create user group", fields, |values: &Values, cx: &Context| {
        let name = values.get("Name");
        let calls = vec![call("CreateGroup", input(&[("GroupName", name), ("Path", values.get("Path"))]))];
        make(cx, Kind::Group, name, calls)
    });
    Effect::open(form.saying("create"))
}

/// Asks for a role and whom it trusts.
pub fn role(_cx: &Context) -> Effect {
    let fields = vec![
        name("CreateRole", "RoleName", "A role name"),
        path("CreateRole"),
        Field::text("Description", ""),
        Field::choice("Trusted entity", ["AWS service", "AWS account"], 0),
        Field::text("Service or account", "ec2")
            .help("A service, as ec2 or lambda; or an account's twelve digits.")
            .check(|text| if text.trim().is_empty() { Err("Say whom the role trusts.".to_owned()) } else { Ok(()) }),
        session_field(3600),
    ];
    let form = Form::new("Create role", fields, |values: &Values, cx: &Context| {
        let name = values.get("Name");
        let mut role = input(&[
            ("RoleName", name),
            ("Path", values.get("Path")),
            ("Description", values.get("Description")),
            ("AssumeRolePolicyDocument", &trust(values, cx)),
        ]);
        if let (Value::Object(role), Ok(seconds)) = (&mut role, values.get("Longest session").parse::<i64>()) {
            role.insert("MaxSessionDuration".to_owned(), json!(seconds));
        }
        make(cx, Kind::Role, name, vec![call("CreateRole", role)])
    });
    Effect::open(form.saying("create"))
}

/// The trust policy that the form describes.
fn trust(values: &Values, cx: &Context) -> String {
    let whom = values.get("Service or account").trim();
    let principal = if values.get("Trusted entity") == "AWS service" {
        let service = if whom.contains('.') { whom.to_owned() } else { format!("{whom}.amazonaws.com") };
        json!({"Service": service})
    } else {
        let partition = cx.account.info().partition;
        json!({"AWS": if whom.starts_with("arn:") { whom.to_owned() } else { format!("arn:{partition}:iam::{whom}:root") }})
    };
    let statement = json!([{"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"}]);
    let policy = json!({"Version": "2012-10-17", "Statement": statement});
    serde_json::to_string_pretty(&policy).unwrap_or_default()
}

/// Asks for a managed policy's name, then for its document.
pub fn policy(_cx: &Context) -> Effect {
    let fields = vec![
        name("CreatePolicy", "PolicyName", "A policy name"),
        path("CreatePolicy"),
        Field::text("Description", "").help("Cannot be changed later."),
    ];
    let form = Form::new("Create policy", fields, |values: &Values, cx: &Context| {
        let members = [
            ("PolicyName", values.get("Name")),
            ("Path", values.get("Path")),
            ("Description", values.get("Description")),
        ];
        documents::new_policy(values.get("Name"), values.get("Path"), input(&members), cx)
    });
    Effect::open(form.saying("write its document"))
}

/// Asks for an inline policy's name, then for its document.
pub fn inline(kind: Kind, of: &str) -> Effect {
    let of = of.to_owned();
    let fields = vec![name("PutUserPolicy", "PolicyName", "A policy name")];
    let form = Form::new(format!("Create inline policy of {of}"), fields, move |values: &Values, cx: &Context| {
        documents::new_inline(kind, &of, values.get("Name"), cx)
    });
    Effect::open(form.saying("write its document"))
}
