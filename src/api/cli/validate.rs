//! What the `aws` command checks before it sends anything: presence, type, and the lower limits.
//!
//! The order and the words are those of botocore's parameter validation. Upper limits and patterns are the service's to
//! refuse.

use serde_json::{Map, Value};

use crate::api::{Member, Shape};

/// What is wrong with the input; nothing if it may be sent.
pub(super) fn validate(members: &[Member], input: &Map<String, Value>) -> Vec<String> {
    let mut report = Report::default();
    report.structure("", members, input);
    report.lines
}

#[derive(Default)]
struct Report {
    lines: Vec<String>,
}

impl Report {
    fn structure(&mut self, name: &str, members: &[Member], map: &Map<String, Value>) {
        let place = shown(name);
        for member in members.iter().filter(|m| m.required && !map.contains_key(m.name)) {
            self.lines.push(format!("Missing required parameter in {place}: \"{}\"", member.name));
        }
        for key in map.keys().filter(|key| members.iter().all(|m| m.name != key.as_str())) {
            let valid: Vec<_> = members.iter().map(|m| m.name).collect();
            let valid = valid.join(", ");
            self.lines.push(format!("Unknown parameter in {place}: \"{key}\", must be one of: {valid}"));
        }
        for (key, value) in map {
            if let Some(member) = members.iter().find(|m| m.name == key) {
                self.value(&format!("{name}.{key}"), member.shape, value);
            }
        }
    }

    fn value(&mut self, name: &str, shape: &Shape, value: &Value) {
        match (shape, value) {
            (Shape::Structure(members), Value::Object(map)) => self.structure(name, members, map),
            (Shape::Map { key: key_shape, value: shape }, Value::Object(map)) => {
                for (key, value) in map {
                    self.value(&format!("{name} (key: {key})"), key_shape, &Value::from(key.as_str()));
                    self.value(&format!("{name}.{key}"), shape, value);
                }
            }
            (Shape::List { of, min, .. }, Value::Array(items)) => {
                self.length(name, items.len(), *min);
                for (index, item) in items.iter().enumerate() {
                    self.value(&format!("{name}[{index}]"), of, item);
                }
            }
            (Shape::Text(text), Value::String(given)) => self.length(name, given.chars().count(), text.min),
            (Shape::Integer { min: Some(min), .. }, Value::Number(given)) if given.as_i64().is_some() => {
                if given.as_i64().is_some_and(|given| given < *min) {
                    let place = shown(name);
                    self.lines
                        .push(format!("Invalid value for parameter {place}, value: {given}, valid min value: {min}"));
                }
            }
            (Shape::Integer { .. }, Value::Number(given)) if given.is_i64() => {}
            (Shape::Boolean, Value::Bool(_)) | (Shape::Blob | Shape::Timestamp, Value::String(_)) => {}
            _ => self.type_fault(name, shape, value),
        }
    }

    fn length(&mut self, name: &str, length: usize, min: usize) {
        if length < min {
            let place = shown(name);
            self.lines.push(format!("Invalid length for parameter {place}, value: {length}, valid min length: {min}"));
        }
    }

    fn type_fault(&mut self, name: &str, shape: &Shape, value: &Value) {
        let wanted = match shape {
            Shape::Structure(_) | Shape::Map { .. } => "<class 'dict'>",
            Shape::List { .. } => "<class 'list'>, <class 'tuple'>",
            Shape::Integer { .. } => "<class 'int'>",
            Shape::Boolean => "<class 'bool'>",
            Shape::Blob => "<class 'bytes'>, <class 'bytearray'>, file-like object",
            Shape::Text(_) | Shape::Timestamp => "<class 'str'>",
        };
        let (text, class) = python(value);
        self.lines.push(format!(
            "Invalid type for parameter {}, value: {text}, type: <class '{class}'>, valid types: {wanted}",
            shown(name)
        ));
    }
}

fn shown(name: &str) -> &str {
    match name {
        "" => "input",
        name => name.strip_prefix('.').unwrap_or(name),
    }
}

/// A value as Python shows it, and what Python calls its type.
fn python(value: &Value) -> (String, &'static str) {
    match value {
        Value::Null => ("None".into(), "NoneType"),
        Value::Bool(true) => ("True".into(), "bool"),
        Value::Bool(false) => ("False".into(), "bool"),
        Value::Number(number) if number.is_f64() => (number.to_string(), "float"),
        Value::Number(number) => (number.to_string(), "int"),
        Value::String(text) => (text.clone(), "str"),
        Value::Array(_) => (value.to_string(), "list"),
        Value::Object(_) => (value.to_string(), "dict"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::validate;
    use crate::api::{Service, find};

    fn faults(operation: &str, input: &Value) -> Vec<String> {
        validate(find(Service::Iam, operation).unwrap().input, input.as_object().unwrap())
    }

    #[test]
    fn faults_are_worded_as_botocore_words_them() {
        assert_eq!(
            faults("CreateUser", &json!({"Nme": 1, "Tags": [{"Key": "", "Valu": "x"}]})),
            [
                "Missing required parameter in input: \"UserName\"",
                "Unknown parameter in input: \"Nme\", must be one of: Path, UserName, PermissionsBoundary, Tags",
                "Missing required parameter in Tags[0]: \"Value\"",
                "Unknown parameter in Tags[0]: \"Valu\", must be one of: Key, Value",
                "Invalid length for parameter Tags[0].Key, value: 0, valid min length: 1",
            ]
        );
        assert_eq!(
            faults("ListUsers", &json!({"MaxItems": 0, "Marker": null, "PathPrefix": 1})),
            [
                "Invalid value for parameter MaxItems, value: 0, valid min value: 1",
                "Invalid type for parameter Marker, value: None, type: <class 'NoneType'>, valid types: <class 'str'>",
                "Invalid type for parameter PathPrefix, value: 1, type: <class 'int'>, valid types: <class 'str'>",
            ]
        );
        assert!(faults("ListUsers", &json!({"MaxItems": 1001, "PathPrefix": "no slash"})).is_empty());
    }
}
