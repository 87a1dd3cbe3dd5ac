//! All users and roles of an account with what decides about their requests, read in a handful of statements.
//!
//! [`Store::principal_policies`] reads one; whoever asks about everybody asks here. Every distinct document is made ready
//! once, and what a group holds is shared by its users.

use std::collections::HashMap;
use std::sync::Arc;

use rusqlite::{Connection, Row};

use super::account::Account;
use super::error::Result;
use super::open::Store;
use super::principal::PrincipalPolicies;
use super::trust::as_shown;
use super::tx::{ENTITY, Entity, Tx};
use crate::iam::{Caller, Kind};
use crate::policy::catalog::managed;
use crate::policy::compiled::Compiled;
use crate::policy::decision::{Attached, Policies, Source, Via};

/// A user, group or role with what decides about its requests.
#[derive(Clone, Debug)]
pub struct Member {
    /// User, group or role.
    pub kind: Kind,
    /// Its name.
    pub name: String,
    /// ARN, id, tags and policies.
    pub held: PrincipalPolicies,
    /// Of a user: the ARNs of its groups.
    pub groups: Vec<String>,
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

/// What an entity of the account holds: by its row, inline policies before managed ones.
#[derive(Default)]
struct Held(HashMap<i64, (Vec<Attached>, Vec<Attached>)>);

impl Store {
    /// The users and then the roles of the account, each by name.
    ///
    /// # Errors
    /// When the store fails.
    pub fn members(&self, account: &Account) -> Result<Vec<Member>> {
        self.read(|sql| Reading { sql, store: self, account }.members())
    }

    /// The user, group or role of that name, as [`Store::members`] has it.
    ///
    /// # Errors
    /// When the store fails.
    pub fn member(&self, account: &Account, kind: Kind, name: &str) -> Result<Option<Member>> {
        self.read(|sql| {
            let tx = Tx { sql, store: self, account, caller: &Caller::Root, origin: None, now: self.now() };
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
            let groups = tx.all(groups, [entity.id], |row| row.get(0))?;
            Ok(Some(Member { kind, name: entity.name, held, groups, trust }))
        })
    }

    /// The text of a policy that reaches the user, group or role.
    ///
    /// # Errors
    /// When the store fails.
    pub fn policy_text(&self, account: &Account, kind: Kind, name: &str, policy: &Source) -> Result<String> {
        self.read(|sql| {
            let tx = Tx { sql, store: self, account, caller: &Caller::Root, origin: None, now: self.now() };
            match (&policy.via, tx.find(kind, name)?) {
                (Via::Attached | Via::Group(_), _) => Ok(tx.policy_document(&policy.name)?.unwrap_or_default()),
                (_, Some(entity)) => tx.text_of(&entity, policy),
                (_, None) => Ok(String::new()),
            }
        })
    }

    /// A managed policy in force, the account's or AWS's; `None` when there is none with that ARN.
    ///
    /// # Errors
    /// When the store fails.
    pub fn managed_policy(&self, account: &Account, arn: &str) -> Result<Option<Attached>> {
        self.read(|sql| {
            let tx = Tx { sql, store: self, account, caller: &Caller::Root, origin: None, now: self.now() };
            let text = tx.policy_document(arn)?;
            Ok(text.map(|text| Attached::new(arn, self.compiled.get(&text))))
        })
    }

    fn trust(&self, text: String) -> Trust {
        Trust { policy: self.compiled.get(&text), text: text.into() }
    }
}

struct Reading<'a> {
    sql: &'a Connection,
    store: &'a Store,
    account: &'a Account,
}

impl Reading<'_> {
    fn members(&self) -> Result<Vec<Member>> {
        let text = format!(
            "SELECT {ENTITY} FROM entity e WHERE e.account = ?1 AND e.kind IN (1, 2, 3) ORDER BY e.kind, e.name_key"
        );
        let entities: Vec<Entity> = self.rows(&text, Entity::read)?;
        let group = |e: &Entity| (e.kind == Kind::Group).then(|| (e.id, (e.name.clone(), e.arn.clone())));
        let names: HashMap<i64, (String, String)> = entities.iter().filter_map(group).collect();
        let documents = self.own_policies()?;
        let own = self.held(&documents)?;
        let groups: Held =
            Held(names.iter().filter_map(|(id, (name, _))| Some((*id, own.of_group(*id, name)?))).collect());
        let memberships = self.memberships()?;
        let mut tags = self.tags()?;
        let trusts = self.trusts(&entities)?;
        let boundaries = self.boundaries(&entities, &documents);
        let member = |entity: Entity| {
            let groups_of = memberships.get(&entity.id).map(Vec::as_slice).unwrap_or_default();
            let boundary = entity.boundary.as_ref().map(|arn| boundaries.get(arn).cloned().into_iter().collect());
            let policies =
                Policies { identity: own.with(entity.id, groups_of, &groups), boundary, ..Policies::default() };
            let tags = tags.remove(&entity.id).unwrap_or_default();
            let held = PrincipalPolicies { arn: entity.arn, id: entity.uid, tags, policies };
            let groups = groups_of.iter().filter_map(|group| names.get(group)).map(|(_, arn)| arn.clone()).collect();
            Member { kind: entity.kind, name: entity.name, held, groups, trust: trusts.get(&entity.id).cloned() }
        };
        Ok(entities.into_iter().filter(|entity| entity.kind != Kind::Group).map(member).collect())
    }

    fn rows<T>(&self, text: &str, read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>) -> Result<Vec<T>> {
        let mut statement = self.sql.prepare_cached(text)?;
        let rows = statement.query_map([self.account.row], read)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    fn attached(&self, name: String, via: Via, document: &str) -> Attached {
        Attached { source: Arc::new(Source { name, via }), policy: self.store.compiled.get(document) }
    }

    /// What each user, group and role holds itself.
    fn held(&self, documents: &HashMap<String, String>) -> Result<Held> {
        let mut held = Held::default();
        let inline = "SELECT p.entity, p.name, p.document FROM inline_policy p JOIN entity e ON e.id = p.entity
                      WHERE e.account = ?1 ORDER BY p.entity, p.name";
        for (entity, name, text) in self.rows(inline, |row| Ok((row.get(0)?, row.get(1)?, row.get::<_, String>(2)?)))? {
            let policy = self.attached(name, Via::Inline, &text);
            held.0.entry(entity).or_default().0.push(policy);
        }
        let mut managed: HashMap<String, Attached> = HashMap::new();
        let attachments = "SELECT a.entity, a.policy_arn FROM attachment a JOIN entity e ON e.id = a.entity
                           WHERE e.account = ?1 ORDER BY a.entity, a.policy_arn";
        for (entity, arn) in self.rows(attachments, |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))? {
            let policy = managed
                .entry(arn)
                .or_insert_with_key(|arn| self.attached(arn.clone(), Via::Attached, text_of(arn, documents)));
            held.0.entry(entity).or_default().1.push(policy.clone());
        }
        Ok(held)
    }

    /// The default versions of the account's own policies, by ARN.
    fn own_policies(&self) -> Result<HashMap<String, String>> {
        let text = "SELECT e.arn, v.document FROM entity e JOIN policy p ON p.entity = e.id
                    JOIN policy_version v ON v.policy = p.entity AND v.number = p.default_version WHERE e.account = ?1";
        Ok(self.rows(text, |row| Ok((row.get(0)?, row.get(1)?)))?.into_iter().collect())
    }

    /// The groups of each user, by name.
    fn memberships(&self) -> Result<HashMap<i64, Vec<i64>>> {
        let text = "SELECT m.user, m.grp FROM membership m JOIN entity g ON g.id = m.grp
                    WHERE g.account = ?1 ORDER BY m.user, g.name_key";
        let mut found: HashMap<i64, Vec<i64>> = HashMap::new();
        for (user, group) in self.rows(text, |row| Ok((row.get(0)?, row.get(1)?)))? {
            found.entry(user).or_default().push(group);
        }
        Ok(found)
    }

    fn tags(&self) -> Result<HashMap<i64, Vec<(String, String)>>> {
        let text = "SELECT t.entity, t.key, t.value FROM tag t JOIN entity e ON e.id = t.entity
                    WHERE e.account = ?1 AND e.kind IN (1, 3) ORDER BY t.entity, t.key_fold";
        let mut found: HashMap<i64, Vec<(String, String)>> = HashMap::new();
        for (entity, tag) in self.rows(text, |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?))))? {
            found.entry(entity).or_default().push(tag);
        }
        Ok(found)
    }

    fn trusts(&self, entities: &[Entity]) -> Result<HashMap<i64, Trust>> {
        let arns: HashMap<&str, &str> = entities.iter().map(|entity| (&*entity.uid, &*entity.arn)).collect();
        let text =
            "SELECT r.entity, r.trust, r.trusted FROM role r JOIN entity e ON e.id = r.entity WHERE e.account = ?1";
        let rows = self.rows(text, |row| Ok((row.get(0)?, row.get(1)?, row.get::<_, String>(2)?)))?;
        let shown = |(entity, text, ids): (i64, String, String)| {
            let text = as_shown(text, &ids, |id| Ok(arns.get(id).map(|arn| (*arn).to_owned())))?;
            Ok((entity, self.store.trust(text)))
        };
        rows.into_iter().map(shown).collect()
    }

    /// The policies that are somebody's boundary, by ARN.
    fn boundaries(&self, entities: &[Entity], documents: &HashMap<String, String>) -> HashMap<String, Attached> {
        let arns = entities.iter().filter_map(|entity| entity.boundary.clone());
        let one = |arn: String| (arn.clone(), self.attached(arn.clone(), Via::Attached, text_of(&arn, documents)));
        arns.map(one).collect()
    }
}

/// The default version of a managed policy, the account's or AWS's; empty, and so allowing nothing, if it is gone.
fn text_of<'a>(arn: &str, own: &'a HashMap<String, String>) -> &'a str {
    own.get(arn).map(String::as_str).or_else(|| managed::document(arn)).unwrap_or_default()
}

impl Held {
    /// The policies of a group, as its users have them.
    fn of_group(&self, group: i64, name: &str) -> Option<(Vec<Attached>, Vec<Attached>)> {
        let through = |policies: &[Attached], via: Via| -> Vec<Attached> {
            let one = |policy: &Attached| Attached {
                source: Arc::new(Source { name: policy.source.name.clone(), via: via.clone() }),
                policy: Arc::clone(&policy.policy),
            };
            policies.iter().map(one).collect()
        };
        let (inline, managed) = self.0.get(&group)?;
        Some((through(inline, Via::GroupInline(name.to_owned())), through(managed, Via::Group(name.to_owned()))))
    }

    /// All that reaches an entity.
    fn with(&self, entity: i64, groups: &[i64], of_groups: &Self) -> Vec<Attached> {
        let own = self.0.get(&entity).into_iter();
        let theirs = groups.iter().filter_map(|group| of_groups.0.get(group));
        let all: Vec<_> = own.chain(theirs).collect();
        let inline = all.iter().flat_map(|(inline, _)| inline);
        let mut found = inline.chain(all.iter().flat_map(|(_, managed)| managed)).cloned().collect::<Vec<_>>();
        in_order(&mut found);
        found
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
mod tests {
    use std::sync::Arc;

    use crate::iam::Kind;
    use crate::policy::decision::{Attached, Source};
    use crate::store::Store;
    use crate::world::{Seeded, World};

    fn sources(policies: &[Attached]) -> Vec<(String, String)> {
        let text = |source: &Source| (source.name.clone(), format!("{:?}", source.via));
        policies.iter().map(|policy| text(&policy.source)).collect()
    }

    #[test]
    fn everybody_holds_what_each_holds_alone() {
        let start = "2026-11-22T12:00:00Z".parse().unwrap();
        let world: Arc<dyn World> = Arc::new(Seeded::new(7, start, jiff::SignedDuration::ZERO));
        let (store, account) = Store::demo(world).unwrap();
        let members = store.members(&account).unwrap();
        assert!(members.iter().any(|one| one.kind == Kind::User) && members.iter().any(|one| one.kind == Kind::Role));
        for member in members {
            let alone = store.member(&account, member.kind, &member.name).unwrap().unwrap();
            let (found, expected) = (&member.held, &alone.held);
            assert_eq!((&found.arn, &found.id, &found.tags), (&expected.arn, &expected.id, &expected.tags));
            assert_eq!(member.groups, alone.groups, "{}", member.name);
            assert_eq!(sources(&found.policies.identity), sources(&expected.policies.identity), "{}", member.name);
            assert_eq!(found.policies.boundary, expected.policies.boundary, "{}", member.name);
            let text = |member: &super::Member| member.trust.as_ref().map(|trust| Arc::clone(&trust.text));
            assert_eq!(text(&member), text(&alone), "{}", member.name);
            for policy in &found.policies.identity {
                let text = store.policy_text(&account, member.kind, &member.name, &policy.source).unwrap();
                assert!(text.contains("Statement"), "{} of {}", policy.source.name, member.name);
            }
        }
    }
}
