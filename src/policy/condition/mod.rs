//! Conditions: operators, policy variables, and the values of a request they are held against.
//!
//! Follows the IAM User Guide, "IAM JSON policy elements: Condition", "Condition operators", "Multivalued context keys" and
//! "IAM policy elements: Variables and tags".

mod compiled;
mod context;
mod date;
mod operator;
mod template;
mod truth;
mod value;

pub(crate) use compiled::Condition;
pub use context::{Context, Lookup};
pub use date::{Instant, parse_date};
pub use operator::{Comparison, Operator, Quantifier};
pub(crate) use template::{Expanded, Template};
pub use truth::Truth;

#[cfg(test)]
mod tests;
