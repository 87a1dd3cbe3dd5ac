//! The model of the API: shapes, members and operations, as data that stands beside the typed structs it describes.
//!
//! `operations!` and `structure!` define a call or a structure once. Out of one definition come the Rust struct and the
//! table ([`Model`], [`Member`]) that the encoders, the validation and the command line read.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// No upper limit on a length.
pub const UNBOUNDED: usize = usize::MAX;

/// What a value of a member must be.
#[derive(Debug)]
pub enum Shape {
    /// Characters.
    Text(Text),
    /// A whole number within limits, both included.
    Integer {
        /// The smallest.
        min: Option<i64>,
        /// The largest.
        max: Option<i64>,
    },
    /// `true` or `false`.
    Boolean,
    /// A moment, ISO 8601 in UTC on the wire.
    Timestamp,
    /// Bytes, base-64 on the wire.
    Blob,
    /// `Name.member.1`, `Name.member.2`, …
    List {
        /// The shape of each.
        of: &'static Shape,
        /// The fewest.
        min: usize,
        /// The most.
        max: usize,
    },
    /// `Name.entry.1.key`, `Name.entry.1.value`, …
    Map {
        /// The shape of the keys.
        key: &'static Shape,
        /// The shape of the values.
        value: &'static Shape,
    },
    /// Members by name.
    Structure(&'static [Member]),
}

/// The limits of a text.
#[derive(Debug)]
pub struct Text {
    /// The fewest characters.
    pub min: usize,
    /// The most characters.
    pub max: usize,
    /// A regular expression that the whole must match; empty for none.
    pub pattern: &'static str,
    /// The values allowed; empty for any.
    pub values: &'static [&'static str],
    /// Never shown, logged or journaled.
    pub secret: bool,
    /// Whether the answers of IAM percent-encode it.
    pub encoding: Encoding,
}

impl Member {
    /// Whether an answer tells of the member: not if it is not there, nor if it is a text that the model wants longer than
    /// it is, as the name of the root user, who has none.
    pub(super) fn is_told(&self, value: &Value) -> bool {
        match (self.shape, value) {
            (_, Value::Null) => false,
            (Shape::Text(text), Value::String(given)) => !given.is_empty() || text.min == 0 || !self.required,
            _ => true,
        }
    }
}

/// How an answer carries a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// As it is.
    Plain,
    /// Percent-encoded, as IAM sends policy documents.
    Percent,
    /// As it is, but endpoints are known that percent-encode it.
    Either,
}

/// A text without limits, to be narrowed.
pub const fn text() -> Text {
    Text { min: 0, max: UNBOUNDED, pattern: "", values: &[], secret: false, encoding: Encoding::Plain }
}

impl Text {
    /// Between `min` and `max` characters.
    #[must_use]
    pub const fn length(self, min: usize, max: usize) -> Self {
        Self { min, max, ..self }
    }

    /// Wholly matched by `pattern`.
    #[must_use]
    pub const fn pattern(self, pattern: &'static str) -> Self {
        Self { pattern, ..self }
    }

    /// One of `values`.
    #[must_use]
    pub const fn values(self, values: &'static [&'static str]) -> Self {
        Self { values, ..self }
    }

    /// Never shown.
    #[must_use]
    pub const fn secret(self) -> Self {
        Self { secret: true, ..self }
    }

    /// A policy document.
    #[must_use]
    pub const fn document(self) -> Self {
        Self { encoding: Encoding::Percent, ..self }
    }

    /// A metadata document.
    #[must_use]
    pub const fn metadata(self) -> Self {
        Self { encoding: Encoding::Either, ..self }
    }

    /// Whether it is a policy document.
    pub fn is_document(&self) -> bool {
        self.encoding == Encoding::Percent
    }
}

/// A list of `of`.
pub const fn list(of: &'static Shape, min: usize, max: usize) -> Shape {
    Shape::List { of, min, max }
}

/// A named member of a call, an output or a structure.
#[derive(Debug)]
pub struct Member {
    /// As the API writes it: `UserName`.
    pub name: &'static str,
    /// Whether it must be there.
    pub required: bool,
    /// What it holds.
    pub shape: &'static Shape,
}

/// The two services whose API tiam speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Service {
    /// AWS Identity and Access Management.
    Iam,
    /// AWS Security Token Service.
    Sts,
}

impl Service {
    /// As signatures, ARNs and the `aws` command write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Iam => "iam",
            Self::Sts => "sts",
        }
    }

    /// The version of its Query API.
    pub fn version(self) -> &'static str {
        match self {
            Self::Iam => "2010-05-08",
            Self::Sts => "2011-06-15",
        }
    }

    /// The namespace of its XML.
    pub fn namespace(self) -> &'static str {
        match self {
            Self::Iam => "https://iam.amazonaws.com/doc/2010-05-08/",
            Self::Sts => "https://sts.amazonaws.com/doc/2011-06-15/",
        }
    }
}

/// What an operation does to the account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Nothing: it answers.
    Read,
    /// It changes something.
    Write,
}

/// One operation of the API.
#[derive(Debug)]
pub struct Model {
    /// `CreateUser`.
    pub name: &'static str,
    /// Whose operation it is.
    pub service: Service,
    /// The group of operations it belongs to: `users`, `access-keys`, …
    pub group: &'static str,
    /// Whether it changes the account.
    pub access: Access,
    /// What goes in, in the model's order.
    pub input: &'static [Member],
    /// What comes out.
    pub output: &'static [Member],
    /// The error codes that the model names for it.
    pub errors: &'static [&'static str],
    /// For an operation that answers in pages, the lists that grow with each.
    pub pages: Option<&'static [&'static str]>,
}

impl Model {
    /// The input member of that name.
    pub fn member(&self, name: &str) -> Option<&'static Member> {
        self.input.iter().find(|m| m.name == name)
    }
}

/// A typed call: its input is the implementing struct.
pub trait Operation: Serialize + DeserializeOwned + Clone + fmt::Debug + Send + Sync + 'static {
    /// What it answers.
    type Output: Serialize + DeserializeOwned + Clone + Default + fmt::Debug + Send + Sync + 'static;
    /// Its entry in the table of operations.
    const MODEL: &'static Model;
}

/// Bytes, base-64 in JSON and on the wire.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Blob(pub Vec<u8>);

impl Serialize for Blob {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&BASE64.encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for Blob {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        BASE64.decode(text.trim()).map(Self).map_err(serde::de::Error::custom)
    }
}

/// Whether a member is left out when it is written.
pub(super) trait Absent {
    fn absent(&self) -> bool {
        false
    }
}

impl<T> Absent for Option<T> {
    fn absent(&self) -> bool {
        self.is_none()
    }
}

impl<T> Absent for Vec<T> {}
impl<K, V> Absent for std::collections::BTreeMap<K, V> {}
impl Absent for String {}
impl Absent for i64 {}
impl Absent for bool {}
impl Absent for jiff::Timestamp {}
impl Absent for Blob {}

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
pub(super) fn debug<T: Serialize>(
    name: &str,
    members: &[Member],
    value: &T,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    let mut value = serde_json::to_value(value).map_err(|_| fmt::Error)?;
    redact(members, &mut value);
    write!(f, "{name} {value}")
}

macro_rules! structure {
    ($(#[$doc:meta])* $name:ident { $($need:ident $wire:literal $field:ident: $ty:ty = $shape:ident,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(default)]
        pub struct $name { $(
            #[doc = concat!("`", $wire, "`, shaped as [`", stringify!($shape), "`].")]
            #[serde(rename = $wire, skip_serializing_if = "crate::api::model::Absent::absent")]
            pub $field: $ty,
        )* }

        impl $name {
            /// The members, in the model's order.
            pub const MEMBERS: &'static [crate::api::model::Member] = &[$(crate::api::model::Member {
                name: $wire,
                required: crate::api::model::required!($need),
                shape: &$shape,
            },)*];
        }

        impl crate::api::model::Absent for $name {}

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                crate::api::model::debug(stringify!($name), Self::MEMBERS, self, f)
            }
        }
    };
}

macro_rules! operations {
    ($service:ident $group:literal; $(
        $(#[$doc:meta])*
        $access:ident $name:ident -> $output:ident [$($error:literal),*] $(pages [$($list:literal),*])?
        { $($in:tt)* } { $($out:tt)* }
    )*) => {
        $(
            crate::api::model::structure! { $(#[$doc])* $name { $($in)* } }
            crate::api::model::structure! {
                #[doc = concat!("What [`", stringify!($name), "`] answers.")]
                $output { $($out)* }
            }

            impl crate::api::model::Operation for $name {
                type Output = $output;
                const MODEL: &'static crate::api::model::Model = &crate::api::model::Model {
                    name: stringify!($name),
                    service: crate::api::model::service!($service),
                    group: $group,
                    access: crate::api::model::access!($access),
                    input: $name::MEMBERS,
                    output: $output::MEMBERS,
                    errors: &[$($error),*],
                    pages: crate::api::model::pages!($([$($list),*])?),
                };
            }
        )*

        /// The operations of this group.
        pub(super) static MODELS: &[&crate::api::model::Model] =
            &[$(<$name as crate::api::model::Operation>::MODEL,)*];
    };
}

macro_rules! required {
    (req) => {
        true
    };
    (opt) => {
        false
    };
}

macro_rules! service {
    (iam) => {
        crate::api::model::Service::Iam
    };
    (sts) => {
        crate::api::model::Service::Sts
    };
}

macro_rules! access {
    (read) => {
        crate::api::model::Access::Read
    };
    (write) => {
        crate::api::model::Access::Write
    };
}

macro_rules! pages {
    () => {
        None
    };
    ([$($list:literal),*]) => {
        Some(&[$($list),*])
    };
}

pub(super) use {access, operations, pages, required, service, structure};
