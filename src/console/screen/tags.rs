//! Tags: added, changed, removed.

use serde_json::{Value, json};

use super::members::several;
use crate::api::Call;
use crate::console::action::Kind;
use crate::console::acts::{call, commit};
use crate::console::context::Context;
use crate::console::effect::Effect;
use crate::console::task::Failure;
use crate::console::widget::{Field, Form};

/// The longest key and value of a tag, in characters (IAM User Guide, "Tag naming and limits").
const KEY_MAX: usize = 128;
const VALUE_MAX: usize = 256;

fn about(verb: &str, kind: Kind, id: &str, mut input: Value) -> Result<Call, Failure> {
    let (word, member) = match kind {
        Kind::Provider if id.contains(":saml-provider/") => ("SAMLProvider", "SAMLProviderArn"),
        Kind::Provider => ("OpenIDConnectProvider", "OpenIDConnectProviderArn"),
        Kind::Role => ("Role", "RoleName"),
        Kind::Policy => ("Policy", "PolicyArn"),
        _ => ("User", "UserName"),
    };
    if let Value::Object(input) = &mut input {
        input.insert(member.to_owned(), json!(id));
    }
    call(&format!("{verb}{word}"), input)
}

fn at_most(max: usize, noun: &'static str, needed: bool) -> impl Fn(&str) -> Result<(), String> {
    move |text| match text.chars().count() {
        0 if needed => Err(format!("{noun} is needed.")),
        length if length > max => Err(format!("{noun} has at most {max} characters; this has {length}.")),
        _ => Ok(()),
    }
}

/// Asks for a tag and puts it on all of them.
pub fn add(kind: Kind, ids: &[String]) -> Effect {
    form(kind, ids, ("", ""))
}

/// Asks for another value of a tag.
pub fn edit(kind: Kind, id: &str, key: &str, value: &str) -> Effect {
    form(kind, &[id.to_owned()], (key, value))
}

fn form(kind: Kind, ids: &[String], (key, value): (&str, &str)) -> Effect {
    let names: Vec<String> = ids.iter().map(|id| id.rsplit('/').next().unwrap_or(id).to_owned()).collect();
    let (ids, whom) = (ids.to_vec(), several(&names, kind.words()));
    let fields = vec![
        Field::text("Key", key).check(at_most(KEY_MAX, "A key", true)).help("Letters, digits, spaces and _.:/=+-@"),
        Field::text("Value", value).check(at_most(VALUE_MAX, "A value", false)).help("May be empty."),
    ];
    let form = Form::new(format!("Tag {whom}"), fields, move |values, cx| {
        let tags = json!({"Tags": [{"Key": values.get("Key"), "Value": values.get("Value")}]});
        let calls = ids.iter().map(|id| about("Tag", kind, id, tags.clone())).collect();
        commit(cx, format!("Tagging {whom}"), format!("Tagged {whom}"), calls)
    });
    Effect::open(form)
}

/// Removes a tag.
pub fn remove(cx: &Context, kind: Kind, id: &str, key: &str) -> Effect {
    let calls = vec![about("Untag", kind, id, json!({"TagKeys": [key]}))];
    commit(cx, format!("Removing the tag {key}"), format!("Removed the tag {key}"), calls)
}
