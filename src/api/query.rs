//! The Query protocol's requests: a call as form pairs, and back.
//!
//! Lists are written `Name.member.N`, maps `Name.entry.N.key` and `.value`, as the IAM and STS models have it.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode, utf8_percent_encode};
use serde_json::{Map, Value};

use super::call::{Call, find};
use super::model::{Member, Service, Shape};
use crate::iam::Error;

/// What RFC 3986 leaves as it is.
pub(super) const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// The longest index a list or map may have; more is an attack, not a request.
const ITEMS_MAX: usize = 5_000;
/// How far an index of a list may lie beyond those before it.
const INDEX_GAP_MAX: usize = 10;

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
                let place = format!("{name}.member.{}", index + 1);
                match item.as_object() {
                    // It has no member that would say that it is there.
                    Some(map) if map.is_empty() => pairs.push((place, String::new())),
                    _ => write(pairs, &place, of, item),
                }
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
    let mut fields = Fields::new();
    for (key, value) in form {
        fields.entry(plain(key)).or_insert(value.as_str());
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

type Fields<'a> = BTreeMap<String, &'a str>;

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
    let below = format!("{name}.");
    fields.contains_key(name) || names_from(fields, &below).next().is_some_and(|key| key.starts_with(&below))
}

/// The names of fields from that one on, in order.
fn names_from<'f>(fields: &'f Fields<'_>, start: &str) -> impl Iterator<Item = &'f String> {
    fields.range::<str, _>((Bound::Included(start), Bound::Unbounded)).map(|(key, _)| key)
}

fn read(fields: &Fields<'_>, name: &str, shape: &Shape) -> Result<Option<Value>, Error> {
    if !is_there(fields, name) {
        return Ok(None);
    }
    match shape {
        Shape::List { of, .. } => {
            let mut items = Vec::new();
            for index in 1..=extent(fields, &format!("{name}.member."))? {
                let item = read(fields, &format!("{name}.member.{index}"), of)?;
                // A place that is left out is there all the same, for the constraints to miss what it lacks.
                items.push(item.unwrap_or_else(|| match of {
                    Shape::Structure(_) => Value::Object(Map::new()),
                    _ => Value::Null,
                }));
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

/// How many places a list has: up to the highest index, each of which may lie ten beyond those before it (observed on AWS).
fn extent(fields: &Fields<'_>, prefix: &str) -> Result<usize, Error> {
    let malformed = || Error::of_code("MalformedInput".into(), String::new());
    let mut indices = BTreeSet::new();
    for key in names_from(fields, prefix).take_while(|key| key.starts_with(prefix)) {
        let segment = key.get(prefix.len()..).unwrap_or_default().split('.').next().unwrap_or_default();
        indices.insert(segment.parse::<usize>().ok().filter(|index| *index > 0).ok_or_else(malformed)?);
    }
    let mut extent = 1;
    for index in &indices {
        if *index > extent + INDEX_GAP_MAX {
            return Err(malformed());
        }
        extent = *index;
    }
    Ok(indices.last().map_or(0, |last| (*last).min(ITEMS_MAX)))
}

/// A field's name with the indices of lists and maps in their plain form: `Tags.member.01.Key` is `Tags.member.1.Key`.
fn plain(name: &str) -> String {
    let mut after_list = false;
    let mut segments = Vec::new();
    for segment in name.split('.') {
        let is_index = after_list && !segment.is_empty() && segment.bytes().all(|byte| byte.is_ascii_digit());
        let trimmed = segment.trim_start_matches('0');
        segments.push(if is_index && !trimmed.is_empty() { trimmed } else { segment });
        after_list = matches!(segment, "member" | "entry");
    }
    segments.join(".")
}

fn read_scalar(shape: &Shape, text: &str) -> Result<Value, Error> {
    let malformed = || Error::of_code("MalformedInput".into(), String::new());
    match shape {
        Shape::Integer { .. } if text.is_empty() => {
            Err(Error::of_code("MalformedInput".into(), "missing value for decimal type".into()))
        }
        Shape::Integer { .. } => text.parse::<i32>().map(Value::from).map_err(|_| malformed()),
        Shape::Boolean => match text {
            "true" | "1" => Ok(Value::Bool(true)),
            "false" | "0" => Ok(Value::Bool(false)),
            _ => Err(malformed()),
        },
        _ => Ok(Value::from(text)),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{decode, encode, read_scalar};
    use crate::api::Shape;

    fn form(pairs: &[(&str, &str)]) -> Result<Value, crate::iam::Error> {
        let named = [("Action", "TagUser"), ("Version", "2010-05-08"), ("UserName", "ann")];
        let pairs = named.iter().chain(pairs).map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        decode(&pairs.collect::<Vec<_>>()).map(|call| json!(call.input()["Tags"]))
    }

    #[test]
    fn places_of_a_list_are_numbers_however_written() {
        assert_eq!(
            form(&[("Tags.member.01.Key", "a"), ("Tags.member.1.Value", "b"), ("Tags.member.1.Key", "c")]).unwrap(),
            json!([{"Key": "a", "Value": "b"}])
        );
        assert_eq!(form(&[("Tags.member.2.Key", "a")]).unwrap(), json!([{}, {"Key": "a"}]));
        assert_eq!(form(&[("Tags", "")]).unwrap(), json!([]));
        assert_eq!(form(&[("Tags.member.11.Key", "a")]).unwrap().as_array().unwrap().len(), 11);
        let wide: Vec<_> = ["1", "8", "15"].map(|at| format!("Tags.member.{at}.Key")).to_vec();
        let wide: Vec<_> = wide.iter().map(|name| (name.as_str(), "a")).collect();
        assert_eq!(form(&wide).unwrap().as_array().unwrap().len(), 15);
        for name in ["Tags.member.0.Key", "Tags.member.-1.Key", "Tags.member.12.Key", "Tags.member.x.Key"] {
            assert_eq!(form(&[("Tags.member.1.Key", "a"), (name, "a")]).unwrap_err().code, "MalformedInput", "{name}");
        }
    }

    #[test]
    fn an_empty_place_of_a_list_is_written_so_that_those_after_it_are_found() {
        let named =
            [("Action", "TagUser"), ("Version", "2010-05-08"), ("Tags.member.5", ""), ("Tags.member.15.Key", "a")];
        let pairs: Vec<_> = named.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        let call = decode(&pairs).unwrap();
        assert_eq!(call.input()["Tags"].as_array().unwrap().len(), 15);
        assert_eq!(decode(&encode(&call)).unwrap().input(), call.input());
    }

    #[test]
    fn booleans_are_spelled_in_four_ways() {
        for (text, value) in [("true", true), ("1", true), ("false", false), ("0", false)] {
            assert_eq!(read_scalar(&Shape::Boolean, text).unwrap(), value);
        }
        for text in ["True", "FALSE", " true", "", "null"] {
            assert_eq!(read_scalar(&Shape::Boolean, text).unwrap_err().code, "MalformedInput", "{text}");
        }
    }

    #[test]
    fn numbers_have_32_bits_and_those_that_are_none_little_to_say() {
        let shape = Shape::Integer { min: None, max: None };
        for (text, value) in [("+900", 900), ("0900", 900), ("-1", -1), ("2147483647", 2_147_483_647)] {
            assert_eq!(read_scalar(&shape, text).unwrap(), value, "{text}");
        }
        for (text, message) in
            [("2147483648", ""), (" 1 ", ""), ("9.5", ""), ("abc", ""), ("", "missing value for decimal type")]
        {
            let error = read_scalar(&shape, text).unwrap_err();
            assert_eq!((error.code.as_ref(), error.message.as_str(), error.status), ("MalformedInput", message, 400));
        }
    }
}
