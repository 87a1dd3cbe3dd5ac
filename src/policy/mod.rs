//! The policy language: a tolerant parser with spans, decision, explanation, lint, catalog.
//!
//! Everything here is pure: no I/O, no clock, no SQL, no terminal. Rules follow the IAM User Guide, "IAM JSON policy
//! reference" and "Policy evaluation logic".

pub mod catalog;
pub mod compiled;
pub mod completion;
pub mod condition;
pub mod decision;
pub mod document;
pub mod effective;
pub mod json;
mod kind;
pub mod lint;
pub mod neutral;
pub mod refusal;
pub mod wildcard;

pub use kind::PolicyType;
