//! What a principal may do by its own policies: the documents that reach it, made ready to decide with.
//!
//! Documents are compiled once and kept by their text, so a decision costs the look-ups and not the parsing.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::{Connection, OptionalExtension, params};

use super::account::Account;
use super::error::Result;
use super::open::Store;
use super::session_context::{add_caller, add_session_policies};
use super::tx::{ENTITY, Entity, Tx, fold};
use crate::iam::{Caller, Kind};
use crate::policy::catalog::managed;
use crate::policy::compiled::Compiled;
use crate::policy::condition::Context;
use crate::policy::decision::{Attached, Policies, Source, Via};

/// Compiled documents kept; when there are more, all are dropped and made again as they are needed.
const COMPILED_KEPT: usize = 4096;

/// Documents made ready, by their text.
#[derive(Debug, Default)]
pub(super) struct CompiledDocuments(Mutex<HashMap<Arc<str>, Arc<Compiled>>>);

impl CompiledDocuments {
    /// The document, made ready.
    pub(super) fn get(&self, document: &str) -> Arc<Compiled> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(compiled) = kept.get(document) {
            return Arc::clone(compiled);
        }
        if kept.len() >= COMPILED_KEPT {
            kept.clear();
        }
        let compiled = Arc::new(Compiled::parse(document));
        kept.insert(document.into(), Arc::clone(&compiled));
        compiled
    }
}

/// A user or role with what decides about its requests.
#[derive(Clone, Debug)]
pub struct PrincipalPolicies {
    /// Its ARN.
    pub arn: String,
    /// Its unique id.
    pub id: String,
    /// Its tags.
    pub tags: Vec<(String, String)>,
    /// Its identity policies, those of its groups, and its boundary.
    pub policies: Policies,
}

impl Store {
    /// The policies of a user, group or role; `None` when there is no such entity.
    ///
    /// # Errors
    /// When the store fails.
    pub fn principal_policies(&self, account: &Account, kind: Kind, name: &str) -> Result<Option<PrincipalPolicies>> {
        self.read(|sql| {
            let text =
                format!("SELECT {ENTITY} FROM entity e WHERE e.account = ?1 AND e.kind = ?2 AND e.name_key = ?3");
            let mut statement = sql.prepare_cached(&text)?;
            let mut rows = statement.query(params![account.row, kind.number(), fold(name)])?;
            let Some(row) = rows.next()? else { return Ok(None) };
            let entity = Entity::read(row)?;
            gather(sql, self, account, entity).map(Some)
        })
    }
}

impl Store {
    /// The policies that decide about a caller's requests; `None` for the root user, and for a caller who is gone.
    ///
    /// # Errors
    /// When the store fails.
    pub fn caller_policies(&self, account: &Account, caller: &Caller) -> Result<Option<PrincipalPolicies>> {
        self.read(|sql| {
            let tx = Tx { sql, store: self, account, caller, origin: None, now: self.now() };
            tx.deciding_policies()
        })
    }

    /// The ARN of the entity of that kind and name.
    ///
    /// # Errors
    /// When the store fails.
    pub fn arn_of(&self, account: &Account, kind: Kind, name: &str) -> Result<Option<String>> {
        self.read(|sql| {
            let text = "SELECT arn FROM entity WHERE account = ?1 AND kind = ?2 AND name_key = ?3";
            let mut statement = sql.prepare_cached(text)?;
            let found = statement.query_row(params![account.row, kind.number(), fold(name)], |row| row.get(0));
            Ok(found.optional()?)
        })
    }
}

impl Store {
    /// The ARNs of all entities of a kind, in order.
    ///
    /// # Errors
    /// When the store fails.
    pub fn arns(&self, account: &Account, kind: Kind) -> Result<Vec<String>> {
        self.read(|sql| {
            // What is between the two is in the index alone.
            let text = "SELECT arn FROM entity WHERE account = ?1 AND arn >= ?2 AND arn < ?3 ORDER BY arn";
            let kind = kind.arn_type();
            let (from, to) = (account.arn(&format!("{kind}/")), account.arn(&format!("{kind}0")));
            let mut statement = sql.prepare_cached(text)?;
            let rows = statement.query_map(params![account.row, from, to], |row| row.get(0))?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }
}

impl Tx<'_> {
    /// The policies that decide about the caller's requests, as this transaction finds them.
    ///
    /// # Errors
    /// When the store fails.
    pub fn deciding_policies(&self) -> Result<Option<PrincipalPolicies>> {
        let Some(mut found) = self.caller_policies()? else { return Ok(None) };
        add_session_policies(self, self.caller.session(), &mut found.policies)?;
        // What a federated user may do is only what its session policies let through (API reference, GetFederationToken).
        if matches!(self.caller.who(), Caller::Federated { .. }) {
            found.policies.session.get_or_insert_default();
            found.tags.clear();
        }
        Ok(Some(found))
    }

    /// The condition keys that say who the caller is, with those of its session.
    pub fn caller_context(&self, found: Option<&PrincipalPolicies>) -> Context {
        let mut context = Context::new();
        add_caller(&mut context, (self.account, self.caller), found, self.now);
        context
    }

    /// The policies that decide about the entity's requests.
    pub(super) fn principal_policies(&self, entity: &Entity) -> Result<PrincipalPolicies> {
        gather(self.sql, self.store, self.account, entity.clone())
    }

    /// The default version of a managed policy, AWS's or the account's.
    pub(super) fn policy_document(&self, arn: &str) -> Result<Option<String>> {
        Ok(Some(document(self.sql, self.account, arn)?).filter(|text| !text.is_empty()))
    }
}

fn gather(sql: &Connection, store: &Store, account: &Account, entity: Entity) -> Result<PrincipalPolicies> {
    let mut identity = Vec::new();
    collect(sql, INLINE, entity.id, |name, document, group| {
        let via = group.map_or(Via::Inline, Via::GroupInline);
        identity.push(attached(store, name, via, &document.unwrap_or_default()));
    })?;
    collect(sql, ATTACHED, entity.id, |arn, document, group| {
        let via = group.map_or(Via::Attached, Via::Group);
        let document = document.or_else(|| managed::document(&arn).map(Into::into));
        identity.push(attached(store, arn, via, &document.unwrap_or_default()));
    })?;
    let boundary = match &entity.boundary {
        Some(arn) => Some(vec![attached(store, arn.clone(), Via::Attached, &document(sql, account, arn)?)]),
        None => None,
    };
    let mut statement = sql.prepare_cached("SELECT key, value FROM tag WHERE entity = ?1 ORDER BY key_fold")?;
    let tags = statement.query_map([entity.id], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let tags = tags.collect::<rusqlite::Result<_>>()?;
    let policies = Policies { identity, boundary, ..Policies::default() };
    Ok(PrincipalPolicies { arn: entity.arn, id: entity.uid, tags, policies })
}

/// Inline policies of an entity, and of the groups it is in.
const INLINE: &str = "
    SELECT name, document, NULL FROM inline_policy WHERE entity = ?1
    UNION ALL
    SELECT p.name, p.document, g.name FROM membership m
    JOIN inline_policy p ON p.entity = m.grp JOIN entity g ON g.id = m.grp WHERE m.user = ?1";

/// Managed policies attached to an entity, and to the groups it is in; without a document if AWS's.
const ATTACHED: &str = "
    SELECT a.policy_arn, v.document, NULL FROM attachment a
    LEFT JOIN policy p ON p.entity = a.policy
    LEFT JOIN policy_version v ON v.policy = p.entity AND v.number = p.default_version WHERE a.entity = ?1
    UNION ALL
    SELECT a.policy_arn, v.document, g.name FROM membership m
    JOIN attachment a ON a.entity = m.grp JOIN entity g ON g.id = m.grp
    LEFT JOIN policy p ON p.entity = a.policy
    LEFT JOIN policy_version v ON v.policy = p.entity AND v.number = p.default_version WHERE m.user = ?1";

fn collect(
    sql: &Connection,
    text: &str,
    entity: i64,
    mut each: impl FnMut(String, Option<String>, Option<String>),
) -> Result<()> {
    let mut statement = sql.prepare_cached(text)?;
    let mut rows = statement.query([entity])?;
    while let Some(row) = rows.next()? {
        each(row.get(0)?, row.get(1)?, row.get(2)?);
    }
    Ok(())
}

/// The default version of a managed policy, AWS's or the account's; empty, and so allowing nothing, if it is gone.
fn document(sql: &Connection, account: &Account, arn: &str) -> Result<String> {
    if let Some(document) = managed::document(arn) {
        return Ok(document.to_owned());
    }
    let mut statement = sql.prepare_cached(
        "SELECT v.document FROM entity e JOIN policy p ON p.entity = e.id
         JOIN policy_version v ON v.policy = p.entity AND v.number = p.default_version
         WHERE e.account = ?1 AND e.arn = ?2",
    )?;
    let mut rows = statement.query(params![account.row, arn])?;
    Ok(rows.next()?.map(|row| row.get(0)).transpose()?.unwrap_or_default())
}

fn attached(store: &Store, name: String, via: Via, document: &str) -> Attached {
    Attached { source: Arc::new(Source { name, via }), policy: store.compiled.get(document) }
}
