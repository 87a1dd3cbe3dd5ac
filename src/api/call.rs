//! A call without its type: the currency of the door, the journal, plans and the command line.

use serde::de::Error as _;
use serde_json::{Map, Value};

use super::model::{Access, Model, Operation, Service, redact};

/// One call: which operation, and its input by the API's own member names.
#[derive(Clone, PartialEq)]
pub struct Call {
    model: &'static Model,
    input: Map<String, Value>,
}

impl Call {
    /// A call of the operation with that input, not yet checked.
    pub fn new(model: &'static Model, input: Map<String, Value>) -> Self {
        Self { model, input }
    }

    /// The operation.
    pub fn model(&self) -> &'static Model {
        self.model
    }

    /// The input.
    pub fn input(&self) -> &Map<String, Value> {
        &self.input
    }

    /// The input's member of that name, if it is there and a text.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.input.get(name).and_then(Value::as_str)
    }

    /// Whether the call changes the account.
    pub fn is_write(&self) -> bool {
        self.model.access == Access::Write
    }

    /// The input with every secret hidden.
    pub fn redacted(&self) -> Value {
        let mut value = Value::Object(self.input.clone());
        redact(self.model.input, &mut value);
        value
    }

    /// The call with its type.
    pub fn typed<O: Operation>(&self) -> serde_json::Result<O> {
        if self.model.name != O::MODEL.name {
            return Err(serde_json::Error::custom(format!("{} is not {}", self.model.name, O::MODEL.name)));
        }
        serde_json::from_value(Value::Object(self.input.clone()))
    }
}

impl std::fmt::Debug for Call {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.model.name, self.redacted())
    }
}

impl PartialEq for Model {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other) || (self.service == other.service && self.name == other.name)
    }
}

impl<O: Operation> From<&O> for Call {
    fn from(operation: &O) -> Self {
        let input = match serde_json::to_value(operation) {
            Ok(Value::Object(map)) => map,
            _ => Map::new(),
        };
        Self { model: O::MODEL, input }
    }
}

/// Every operation of the two services.
pub fn operations() -> impl Iterator<Item = &'static Model> {
    super::GROUPS.iter().flat_map(|group| group.iter().copied())
}

/// The operation of that name, as the API writes it.
pub fn find(service: Service, name: &str) -> Option<&'static Model> {
    operations().find(|m| m.service == service && m.name == name)
}
