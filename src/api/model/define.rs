//! The macros that define a call, its output or a structure once: the Rust struct and its entry in the model.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::Blob;

/// Whether a member is left out when it is written.
pub(in crate::api) trait Absent {
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
impl<K, V> Absent for BTreeMap<K, V> {}
impl Absent for String {}
impl Absent for i64 {}
impl Absent for bool {}
impl Absent for Timestamp {}
impl Absent for Blob {}

macro_rules! structure {
    ($(#[$doc:meta])* $name:ident { $($need:ident $wire:literal $field:ident: $ty:ty = $shape:ident,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(default)]
        pub struct $name { $(
            #[doc = concat!("`", $wire, "`, shaped as `", stringify!($shape), "`.")]
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
        $access:ident $(($($mark:ident),+))? $name:ident -> $output:ident [$($error:literal),*] $(pages [$($list:literal),*])?
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
                    marks: &[$($(crate::api::model::mark!($mark)),+)?],
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

macro_rules! mark {
    (leaves_trace) => {
        crate::api::model::Mark::LeavesTrace
    };
    (slow) => {
        crate::api::model::Mark::Slow
    };
    (takes_secret) => {
        crate::api::model::Mark::TakesSecret
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

pub(in crate::api) use {access, mark, operations, pages, required, service, structure};
