//! The policy language: a tolerant parser with spans, decision, explanation, lint, catalog.
//!
//! Everything here is pure: no I/O, no clock, no SQL, no terminal. Rules follow the IAM User Guide, "IAM JSON policy
//! reference" and "Policy evaluation logic".

pub mod catalog;
pub mod document;
pub mod json;
mod kind;
pub mod pattern;

pub use kind::PolicyType;
