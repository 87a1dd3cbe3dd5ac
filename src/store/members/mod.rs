//! The users and roles of an account with what decides about their requests, read in a handful of statements.
//!
//! [`Store::principal_policies`] reads one; whoever asks about many asks here. Every distinct document is made ready once,
//! and those who hold the same policies share them: of a million users few hold something of their own.

mod reading;

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::account::Account;
use super::error::Result;
use super::open::Store;
use crate::iam::Kind;
use crate::policy::compiled::Compiled;
use crate::policy::decision::{Attached, Policies, Source, Via};
use reading::Reading;

/// A user, group or role with what decides about its requests.
#[derive(Clone, Debug)]
pub struct Member {
    /// User, group or role.
    pub kind: Kind,
    /// Its name.
    pub name: String,
    /// Its ARN.
    pub arn: String,
    /// Its unique id.
    pub id: String,
    /// Its tags.
    pub tags: Vec<(String, String)>,
    /// Its identity policies, those of its groups, and its boundary; the same for all who hold the same.
    pub policies: Arc<Policies>,
    /// Of a user: the ARNs of its groups.
    pub groups: Arc<[String]>,
    /// Of a role: who may assume it.
    pub trust: Option<Trust>,
}

/// A role's trust policy.
#[derive(Clone, Debug)]
pub struct Trust {
    /// As IAM shows it now.
    pub text: Arc<str>,
    /// Made ready.
    pub policy: Arc<Compiled>,
}

/// Which users and roles of an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which<'a> {
    /// All of them.
    Everybody,
    /// The roles.
    Roles,
    /// Those who hold the managed policy with that ARN: by themselves, through a group, or as their boundary.
    Holding(&'a str),
    /// The users of the group of that name.
    In(&'a str),
}

impl Store {
    /// Users and then roles of the account, each by name. What is read is no more than is asked for. It is left half done,
    /// with whatever was read so far, as soon as `is_stale` says so.
    ///
    /// # Errors
    /// When the store fails.
    pub fn members(&self, account: &Account, which: Which<'_>, is_stale: &AtomicBool) -> Result<Vec<Member>> {
        self.read(|sql| Reading::new(sql, (self, account), which, is_stale)?.members())
    }

    /// The user, group or role of that name, as [`Store::members`] has it.
    ///
    /// # Errors
    /// When the store fails.
    pub fn member(&self, account: &Account, kind: Kind, name: &str) -> Result<Option<Member>> {
        self.look(account, |tx| {
            let Some(entity) = tx.find(kind, name)? else { return Ok(None) };
            let mut held = tx.principal_policies(&entity)?;
            in_order(&mut held.policies.identity);
            let trust = match kind {
                Kind::Role => {
                    let row = "SELECT trust, trusted FROM role WHERE entity = ?1";
                    let found: Option<(String, String)> =
                        tx.one(row, [entity.id], |row| Ok((row.get(0)?, row.get(1)?)))?;
                    found.map(|(text, ids)| tx.shown_trust(text, &ids).map(|text| self.trust(text))).transpose()?
                }
                _ => None,
            };
            let groups =
                "SELECT g.arn FROM membership m JOIN entity g ON g.id = m.grp WHERE m.user = ?1 ORDER BY g.name_key";
            let groups: Vec<String> = tx.all(groups, [entity.id], |row| row.get(0))?;
            let (arn, id, tags) = (held.arn, held.id, held.tags);
            let policies = Arc::new(held.policies);
            Ok(Some(Member { kind, name: entity.name, arn, id, tags, policies, groups: groups.into(), trust }))
        })
    }

    /// The text of a policy that reaches the user, group or role.
    ///
    /// # Errors
    /// When the store fails.
    pub fn policy_text(&self, account: &Account, kind: Kind, name: &str, policy: &Source) -> Result<String> {
        self.look(account, |tx| match (&policy.via, tx.find(kind, name)?) {
            (Via::Attached | Via::Group(_), _) => Ok(tx.policy_document(&policy.name)?.unwrap_or_default()),
            (_, Some(entity)) => tx.text_of(&entity, policy),
            (_, None) => Ok(String::new()),
        })
    }

    /// A managed policy in force, the account's or AWS's; `None` when there is none with that ARN.
    ///
    /// # Errors
    /// When the store fails.
    pub fn managed_policy(&self, account: &Account, arn: &str) -> Result<Option<Attached>> {
        self.look(account, |tx| {
            let text = tx.policy_document(arn)?;
            Ok(text.map(|text| Attached::new(arn, self.compiled.get(&text))))
        })
    }

    fn trust(&self, text: String) -> Trust {
        Trust { policy: self.compiled.get(&text), text: text.into() }
    }
}

/// Puts policies in an order that hangs on names alone: inline before managed, its own before those of groups.
fn in_order(policies: &mut [Attached]) {
    policies.sort_by_cached_key(|policy| {
        let Source { name, via } = policy.source.as_ref();
        let (is_managed, group) = match via {
            Via::Inline => (false, ""),
            Via::GroupInline(group) => (false, group.as_str()),
            Via::Attached => (true, ""),
            Via::Group(group) => (true, group.as_str()),
        };
        (is_managed, group.to_lowercase(), name.clone())
    });
}

#[cfg(test)]
mod tests;
