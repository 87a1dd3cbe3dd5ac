//! The Query protocol's requests: a call as form pairs, and back.
//!
//! Lists are written `Name.member.N`, maps `Name.entry.N.key` and `.value`, as the IAM and STS models have it.

use std::borrow::Cow;
use std::collections::BTreeMap;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode, utf8_percent_encode};
use serde_json::{Map, Value};

use super::call::{Call, find};
use super::model::{Member, Service, Shape};
use crate::iam::Error;

/// What RFC 3986 leaves as it is.
pub(super) const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// The longest index a list or map may have; more is an attack, not a request.
const ITEMS_MAX: usize = 5_000;

/// The form pairs of a call, `Action` and `Version` first.
pub fn encode(call: &Call) -> Vec<(String, String)> {
    let model = call.model();
    let mut pairs =
        vec![("Action".to_owned(), model.name.to_owned()), ("Version".to_owned(), model.service.version().to_owned())];
    write_members(&mut pairs, "", model.input, call.input());
    pairs
}

/// The body of a request: the pairs, form-encoded.
pub fn body(pairs: &[(String, String)]) -> String {
    let encoded = |text: &str| utf8_percent_encode(text, RESERVED).to_string().replace("%20", "+");
    pairs.iter().map(|(k, v)| format!("{}={}", encoded(k), encoded(v))).collect::<Vec<_>>().join("&")
}

fn write_members(pairs: &mut Vec<(String, String)>, prefix: &str, members: &[Member], map: &Map<String, Value>) {
    for member in members {
        if let Some(value) = map.get(member.name) {
            write(pairs, &format!("{prefix}{}", member.name), member.shape, value);
        }
    }
}

fn write(pairs: &mut Vec<(String, String)>, name: &str, shape: &Shape, value: &Value) {
    match (shape, value) {
        (_, Value::Null) => {}
        (Shape::List { .. }, Value::Array(items)) if items.is_empty() => pairs.push((name.to_owned(), String::new())),
        (Shape::List { of, .. }, Value::Array(items)) => {
            for (index, item) in items.iter().enumerate() {
                write(pairs, &format!("{name}.member.{}", index + 1), of, item);
            }
        }
        (Shape::Map { value: shape, .. }, Value::Object(map)) => {
            for (index, (key, value)) in map.iter().enumerate() {
                let entry = format!("{name}.entry.{}", index + 1);
                pairs.push((format!("{entry}.key"), key.clone()));
                write(pairs, &format!("{entry}.value"), shape, value);
            }
        }
        (Shape::Structure(members), Value::Object(map)) => write_members(pairs, &format!("{name}."), members, map),
        (_, Value::String(text)) => pairs.push((name.to_owned(), text.clone())),
        (_, other) => pairs.push((name.to_owned(), other.to_string())),
    }
}

/// The pairs of a form or query string, in order. Bytes that are no UTF-8 become replacement characters.
pub fn pairs(form: &str) -> Vec<(String, String)> {
    let decoded = |text: &str| {
        let text: Cow<'_, str> = if text.contains('+') { text.replace('+', " ").into() } else { text.into() };
        percent_decode(text.as_bytes()).decode_utf8_lossy().into_owned()
    };
    form.split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decoded(key), decoded(value))
        })
        .collect()
}

/// The call that a form's pairs make. Of several pairs with one name the first counts.
///
/// # Errors
/// `InvalidAction` when no service has the operation in that version, `MalformedInput` for a value that is none.
pub fn decode(form: &[(String, String)]) -> Result<Call, Error> {
    let mut fields = BTreeMap::new();
    for (key, value) in form {
        fields.entry(key.as_str()).or_insert(value.as_str());
    }
    let action = fields.get("Action").copied().unwrap_or_default();
    let version = fields.get("Version").copied().unwrap_or("NO_VERSION_SPECIFIED");
    let service = [Service::Iam, Service::Sts].into_iter().find(|s| s.version() == version);
    let model = service
        .and_then(|service| find(service, action))
        .ok_or_else(|| Error::invalid_action(format!("Could not find operation {action} for version {version}")))?;
    let input = read_members(&fields, "", model.input)?;
    Ok(Call::new(model, input))
}

type Fields<'a> = BTreeMap<&'a str, &'a str>;

fn read_members(fields: &Fields<'_>, prefix: &str, members: &[Member]) -> Result<Map<String, Value>, Error> {
    let mut map = Map::new();
    for member in members {
        if let Some(value) = read(fields, &format!("{prefix}{}", member.name), member.shape)? {
            map.insert(member.name.to_owned(), value);
        }
    }
    Ok(map)
}

/// Whether any field is this one or stands below it.
fn is_there(fields: &Fields<'_>, name: &str) -> bool {
    fields
        .range(name..)
        .next()
        .is_some_and(|(key, _)| key.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('.')))
        || fields
            .range(format!("{name}.").as_str()..)
            .next()
            .is_some_and(|(key, _)| key.starts_with(&format!("{name}.")))
}

fn read(fields: &Fields<'_>, name: &str, shape: &Shape) -> Result<Option<Value>, Error> {
    if !is_there(fields, name) {
        return Ok(None);
    }
    match shape {
        Shape::List { of, .. } => {
            let mut items = Vec::new();
            for index in 1..=ITEMS_MAX {
                match read(fields, &format!("{name}.member.{index}"), of)? {
                    Some(item) => items.push(item),
                    None => break,
                }
            }
            Ok(Some(Value::Array(items)))
        }
        Shape::Map { value: shape, .. } => {
            let mut map = Map::new();
            for index in 1..=ITEMS_MAX {
                let entry = format!("{name}.entry.{index}");
                let Some(key) = fields.get(format!("{entry}.key").as_str()) else { break };
                let value = read(fields, &format!("{entry}.value"), shape)?.unwrap_or_default();
                map.insert((*key).to_owned(), value);
            }
            Ok(Some(Value::Object(map)))
        }
        Shape::Structure(members) => Ok(Some(Value::Object(read_members(fields, &format!("{name}."), members)?))),
        scalar => fields.get(name).map(|text| read_scalar(scalar, text)).transpose(),
    }
}

fn read_scalar(shape: &Shape, text: &str) -> Result<Value, Error> {
    let malformed = || Error::of_code("MalformedInput".into(), "Invalid value for a number or a boolean.".into());
    match shape {
        Shape::Integer { .. } => text.trim().parse::<i64>().map(Value::from).map_err(|_| malformed()),
        Shape::Boolean => match text.to_ascii_lowercase().as_str() {
            "true" => Ok(Value::Bool(true)),
            "false" => Ok(Value::Bool(false)),
            _ => Err(malformed()),
        },
        _ => Ok(Value::from(text)),
    }
}
