//! The `aws` command line of a call, both ways, and what the `aws` command prints.
//!
//! Everything is generic over the [`model`](super::model): [`parse()`] reads what stands after `aws iam create-user`,
//! [`print()`] writes such a line for a call, [`output()`] prints an answer, [`paging`] merges the pages of one.
//! Names, quoting and wording follow the AWS CLI version 2, and botocore below it. Files are read by a function that
//! the caller gives; nothing here does I/O.

mod arguments;
mod fault;
pub mod names;
mod options;
mod output;
mod paging;
mod parse;
mod print;
mod quote;
mod shorthand;
#[cfg(test)]
mod tests;
mod validate;

pub use fault::{Fault, Status, service_error};
pub use output::output;
pub use paging::{Pages, Paging};
pub use parse::{Bootstrap, Invocation, Read, operation, parse};
pub use print::print;
pub use quote::escape_json;
