//! Questions over an account: who can, findings, search phrases.

pub mod search;
