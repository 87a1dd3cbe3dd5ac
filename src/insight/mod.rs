//! Questions over an account: who can, what can they and why, who reaches what, findings, search phrases.
//!
//! All of them are reads. [`People`] is the account as the questions see it: everybody with the policies that decide about
//! them, read once. A [`Question`] is an action, perhaps a resource, and what is known of the request. What is not known
//! is no guess: an answer that hangs on it says on which condition keys it does.
//!
//! A store holds the account's IAM and nothing else. So the policies of buckets, queues and keys are unknown, and so are
//! organizations; [`Assumption`] names what an answer takes for granted.

mod ask;
mod can;
mod clause;
mod error;
mod escalate;
mod external;
mod findings;
mod impact;
mod people;
mod reach;
pub mod search;
mod targets;
#[cfg(test)]
mod tests;
mod unused;
mod unused_permissions;
mod who_can;
mod why;

pub use ask::{Assumption, Question};
pub use can::{ActionRow, Can, LevelRow, ServiceRow, can, effective_policy, grouped};
pub use clause::{Answer, Clause};
pub use error::Error;
pub use escalate::{Escalating, OpenWay, escalation_of, escalations};
pub use external::{External, ExternalKind, Narrowing, external};
pub use findings::{Findings, asked_about, findings};
pub use impact::{Affected, Impact, Part, Site, Who};
pub use people::{People, Subject, SubjectKind, find};
pub use reach::{Step, reach};
pub use unused::{Unused, UnusedKind, unused};
pub use unused_permissions::{
    UnusedAction, UnusedActions, UnusedService, UnusedServices, unused_actions, unused_by_report, unused_services,
};
pub use who_can::{Barred, Holder, OnResource, WhoCan, who_can};
pub use why::{LayerSays, Why, why};

/// A result of a question.
pub type Result<T> = std::result::Result<T, Error>;
