//! Secrets hidden wherever a call, an output or a structure is shown, logged or journaled.

use std::fmt;

use serde::Serialize;
use serde_json::Value;

use super::shape::{Member, Shape, Text};

/// What stands where a secret was.
pub const HIDDEN: &str = "********";

/// The value with every secret in it hidden, for logs, the journal and `Debug`.
pub fn redact(members: &[Member], value: &mut Value) {
    let Value::Object(map) = value else { return };
    for member in members {
        if let Some(value) = map.get_mut(member.name) {
            redact_shape(member.shape, value);
        }
    }
}

fn redact_shape(shape: &Shape, value: &mut Value) {
    match (shape, value) {
        (Shape::Text(Text { secret: true, .. }) | Shape::Blob, value) => *value = Value::from(HIDDEN),
        (Shape::List { of, .. }, Value::Array(items)) => items.iter_mut().for_each(|v| redact_shape(of, v)),
        (Shape::Map { value: shape, .. }, Value::Object(map)) => {
            map.values_mut().for_each(|v| redact_shape(shape, v));
        }
        (Shape::Structure(members), value) => redact(members, value),
        _ => {}
    }
}

/// `Debug` for every call, output and structure: its JSON, secrets hidden.
pub(in crate::api) fn debug<T: Serialize>(
    name: &str,
    members: &[Member],
    value: &T,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    let mut value = serde_json::to_value(value).map_err(|_| fmt::Error)?;
    redact(members, &mut value);
    write!(f, "{name} {value}")
}
