//! Conditions: operators, policy variables, and the values of a request they are held against.
//!
//! Follows the IAM User Guide, "IAM JSON policy elements: Condition", "Condition operators", "Multivalued context keys" and
//! "IAM policy elements: Variables and tags".

mod operator;

pub use operator::{Comparison, Operator, Quantifier};
