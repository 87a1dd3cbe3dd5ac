//! One read of many members: the statements, and how their rows become members.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rusqlite::{Connection, Row, ToSql};

use super::{Member, Trust, Which, in_order};
use crate::iam::{Caller, Kind};
use crate::policy::decision::{Attached, Policies, Source, Via};
use crate::store::account::Account;
use crate::store::error::Result;
use crate::store::open::Store;
use crate::store::tx::{Tx, fold};

/// An account with more than one in so many of a store's entities is read by going through all of them: looking each up
/// in the order of names takes several times as long.
const SHARE: i64 = 16;

/// Those who hold a managed policy.
const HOLDING: &str = "SELECT entity FROM attachment WHERE policy_arn = ?2 AND account = ?1
    UNION SELECT m.user FROM attachment a JOIN membership m ON m.grp = a.entity WHERE a.policy_arn = ?2 AND a.account = ?1
    UNION SELECT id FROM entity WHERE boundary = ?2 AND +account = ?1";
/// The users of a group.
const IN: &str = "SELECT m.user FROM entity g JOIN membership m ON m.grp = g.id
    WHERE g.account = ?1 AND g.kind = 2 AND g.name_key = ?2";

/// A read under way.
pub(super) struct Reading<'a> {
    tx: Tx<'a>,
    which: Which<'a>,
    /// What is asked for, as the statements take it.
    named: Option<String>,
    is_large: bool,
    is_stale: &'a AtomicBool,
    /// The managed policies that were met, by ARN.
    managed: HashMap<String, Attached>,
}

/// A user, group or role as it stands in its table.
struct Found {
    id: i64,
    kind: Kind,
    name: String,
    arn: String,
    uid: String,
    boundary: Option<String>,
}

/// What one holds: inline policies and managed ones.
type Held = (Vec<Attached>, Vec<Attached>);

/// The groups, by name; a place in it stands for a group elsewhere.
struct Groups {
    arns: Vec<String>,
    /// What each gives to its users.
    held: Vec<Option<Held>>,
}

/// Policies and groups that were made ready for somebody, for those who hold the same.
#[derive(Default)]
struct Shared {
    /// By boundary, groups and managed policies of those who have no inline ones.
    policies: HashMap<Vec<usize>, Arc<Policies>>,
    groups: HashMap<Vec<usize>, Arc<[String]>>,
    key: Vec<usize>,
}

impl<'a> Reading<'a> {
    pub(super) fn new(
        sql: &'a Connection,
        (store, account): (&'a Store, &'a Account),
        which: Which<'a>,
        is_stale: &'a AtomicBool,
    ) -> Result<Self> {
        let tx = Tx { sql, store, account, caller: &Caller::Root, origin: None, now: store.now() };
        let named = match which {
            Which::Everybody | Which::Roles => None,
            Which::Holding(arn) => Some(arn.to_owned()),
            Which::In(group) => Some(fold(group)),
        };
        let share = "SELECT ifnull(sum(count), 0) * ?2 > (SELECT ifnull(max(id), 0) FROM entity)
                     FROM tally WHERE account = ?1 AND kind IN (1, 2, 3)";
        let is_large = tx.one(share, [account.row, SHARE], |row| row.get(0))?.unwrap_or(false);
        Ok(Self { tx, which, named, is_large, is_stale, managed: HashMap::new() })
    }

    /// The users and then the roles, each by name.
    pub(super) fn members(mut self) -> Result<Vec<Member>> {
        let mut found = self.found()?;
        let mut own = self.held()?;
        let (groups, places) = groups_of(&found, &mut own);
        let memberships = self.memberships(&places)?;
        let mut tags = self.tags()?;
        let mut trusts = self.trusts()?;
        found.retain(|one| one.kind != Kind::Group);
        found.sort_unstable_by(|a, b| a.kind.number().cmp(&b.kind.number()).then_with(|| compare(&a.name, &b.name)));
        let mut shared = Shared::default();
        let mut members = Vec::with_capacity(found.len());
        for one in found {
            if self.is_stale.load(Ordering::Relaxed) {
                break;
            }
            let places = of(&memberships, one.id);
            let boundary = one.boundary.as_ref().map(|arn| self.managed(arn)).transpose()?;
            let policies = shared.policies(own.remove(&one.id), (places, &groups), boundary);
            members.push(Member {
                kind: one.kind,
                name: one.name,
                arn: one.arn,
                id: one.uid,
                tags: tags.remove(&one.id).unwrap_or_default(),
                policies,
                groups: shared.groups(places, &groups),
                trust: trusts.remove(&one.id),
            });
        }
        Ok(members)
    }

    /// The rows of a statement, whose place for a condition on the column of an entity is `{}`.
    fn rows<T>(&self, text: &str, column: &str, read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>) -> Result<Vec<T>> {
        let meant = match self.which {
            Which::Everybody => format!("JOIN entity e ON e.id = {column} WHERE e.account = ?1"),
            Which::Roles => format!("JOIN entity e ON e.id = {column} WHERE e.account = ?1 AND e.kind = 3"),
            Which::Holding(_) => narrow(column, HOLDING),
            Which::In(_) => narrow(column, IN),
        };
        self.all(&text.replace("{}", &meant), read)
    }

    fn all<T>(&self, text: &str, mut read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>) -> Result<Vec<T>> {
        let mut statement = self.tx.sql.prepare_cached(text)?;
        let both: [&dyn ToSql; 2] = [&self.tx.account.row, &self.named];
        let mut rows = statement.query(if self.named.is_some() { &both[..] } else { &both[..1] })?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            if self.is_stale.load(Ordering::Relaxed) {
                break;
            }
            all.push(read(row)?);
        }
        Ok(all)
    }

    /// The users, groups and roles that are meant.
    fn found(&self) -> Result<Vec<Found>> {
        let columns = "SELECT e.id, e.kind, e.name, e.arn, e.uid, e.boundary FROM entity e";
        let through = if self.is_large { "NOT INDEXED" } else { "" };
        let text = match self.which {
            Which::Everybody => format!("{columns} {through} WHERE e.account = ?1 AND e.kind IN (1, 2, 3)"),
            Which::Roles => format!("{columns} WHERE e.account = ?1 AND e.kind = 3"),
            Which::Holding(_) => format!("{columns} {} AND e.kind IN (1, 2, 3)", narrow("e.id", HOLDING)),
            Which::In(_) => format!("{columns} {} AND e.kind IN (1, 2, 3)", narrow("e.id", IN)),
        };
        self.all(&text, |row| {
            Ok(Found {
                id: row.get(0)?,
                kind: Kind::of_number(row.get(1)?).unwrap_or(Kind::User),
                name: row.get(2)?,
                arn: row.get(3)?,
                uid: row.get(4)?,
                boundary: row.get(5)?,
            })
        })
    }

    /// What each user, group and role holds itself.
    fn held(&mut self) -> Result<HashMap<i64, Held>> {
        let mut held = HashMap::<i64, Held>::new();
        let inline = "SELECT p.entity, p.name, p.document FROM inline_policy p {}";
        let rows = self.rows(inline, "p.entity", |row| Ok((row.get(0)?, row.get(1)?, row.get::<_, String>(2)?)))?;
        for (entity, name, text) in rows {
            let policy = self.tx.store.compiled.get(&text);
            let source = Arc::new(Source { name, via: Via::Inline });
            held.entry(entity).or_default().0.push(Attached { source, policy });
        }
        let attachments = match self.which {
            Which::Everybody => "SELECT a.entity, a.policy_arn FROM attachment a WHERE a.account = ?1",
            _ => "SELECT a.entity, a.policy_arn FROM attachment a {}",
        };
        for (entity, arn) in self.rows(attachments, "a.entity", |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))? {
            let policy = self.managed(&arn)?;
            held.entry(entity).or_default().1.push(policy);
        }
        Ok(held)
    }

    /// The default version of a managed policy, the account's or AWS's; empty, and so allowing nothing, if it is gone.
    fn managed(&mut self, arn: &str) -> Result<Attached> {
        if let Some(known) = self.managed.get(arn) {
            return Ok(known.clone());
        }
        let text = self.tx.policy_document(arn)?.unwrap_or_default();
        let source = Arc::new(Source { name: arn.to_owned(), via: Via::Attached });
        let policy = Attached { source, policy: self.tx.store.compiled.get(&text) };
        self.managed.insert(arn.to_owned(), policy.clone());
        Ok(policy)
    }

    /// Who is in which group, by user and then by the group's name.
    fn memberships(&self, places: &HashMap<i64, usize>) -> Result<Vec<(i64, usize)>> {
        if self.which == Which::Roles {
            return Ok(Vec::new());
        }
        // Of everybody the groups tell the account: they are few, and each user would have to be looked for.
        let text = match self.which {
            Which::Everybody => {
                "SELECT m.user, m.grp FROM membership m JOIN entity g ON g.id = m.grp WHERE g.account = ?1"
            }
            _ => "SELECT m.user, m.grp FROM membership m {}",
        };
        let rows: Vec<(i64, i64)> = self.rows(text, "m.user", |row| Ok((row.get(0)?, row.get(1)?)))?;
        let mut all: Vec<(i64, usize)> =
            rows.into_iter().filter_map(|(user, group)| Some((user, *places.get(&group)?))).collect();
        all.sort_unstable();
        Ok(all)
    }

    fn tags(&self) -> Result<HashMap<i64, Vec<(String, String)>>> {
        let mut found: HashMap<i64, Vec<(String, String)>> = HashMap::new();
        let text = "SELECT t.entity, t.key, t.value FROM tag t {} ORDER BY t.entity, t.key_fold";
        for (entity, tag) in self.rows(text, "t.entity", |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?))))? {
            found.entry(entity).or_default().push(tag);
        }
        Ok(found)
    }

    fn trusts(&self) -> Result<HashMap<i64, Trust>> {
        let text = "SELECT r.entity, r.trust, r.trusted FROM role r {}";
        let rows = self.rows(text, "r.entity", |row| Ok((row.get(0)?, row.get(1)?, row.get::<_, String>(2)?)))?;
        let shown = |(entity, text, ids): (i64, String, String)| {
            Ok((entity, self.tx.store.trust(self.tx.shown_trust(text, &ids)?)))
        };
        rows.into_iter().map(shown).collect()
    }
}

/// The groups by name, and the place of each by its row.
fn groups_of(found: &[Found], own: &mut HashMap<i64, Held>) -> (Groups, HashMap<i64, usize>) {
    let mut all: Vec<&Found> = found.iter().filter(|one| one.kind == Kind::Group).collect();
    all.sort_unstable_by(|a, b| compare(&a.name, &b.name));
    let held = all.iter().map(|one| own.remove(&one.id).map(|held| through(&one.name, &held))).collect();
    let places = all.iter().enumerate().map(|(place, one)| (one.id, place)).collect();
    (Groups { arns: all.iter().map(|one| one.arn.clone()).collect(), held }, places)
}

/// Those of a column who are meant, and all groups of the account: they are few.
fn narrow(column: &str, meant: &str) -> String {
    format!("WHERE {column} IN (SELECT id FROM entity WHERE account = ?1 AND kind = 2 UNION {meant})")
}

/// Names in order, whatever their case. They are ASCII, so this is the order of `name_key` too.
fn compare(one: &str, other: &str) -> std::cmp::Ordering {
    one.bytes().map(|byte| byte.to_ascii_lowercase()).cmp(other.bytes().map(|byte| byte.to_ascii_lowercase()))
}

/// The places of a user's groups.
fn of(memberships: &[(i64, usize)], user: i64) -> &[(i64, usize)] {
    let start = memberships.partition_point(|(one, _)| *one < user);
    let rest = memberships.get(start..).unwrap_or_default();
    let count = rest.iter().take_while(|(one, _)| *one == user).count();
    rest.get(..count).unwrap_or_default()
}

/// The policies of a group, as its users have them.
fn through(group: &str, (inline, managed): &Held) -> Held {
    let all = |policies: &[Attached], via: Via| -> Vec<Attached> {
        let one = |policy: &Attached| Attached {
            source: Arc::new(Source { name: policy.source.name.clone(), via: via.clone() }),
            policy: Arc::clone(&policy.policy),
        };
        policies.iter().map(one).collect()
    };
    (all(inline, Via::GroupInline(group.to_owned())), all(managed, Via::Group(group.to_owned())))
}

impl Shared {
    /// All that reaches somebody: its own, that of its groups, its boundary.
    fn policies(
        &mut self,
        own: Option<Held>,
        (places, groups): (&[(i64, usize)], &Groups),
        boundary: Option<Attached>,
    ) -> Arc<Policies> {
        let (inline, managed) = own.unwrap_or_default();
        let address = |policy: &Attached| Arc::as_ptr(&policy.source).addr();
        self.key.clear();
        self.key.push(boundary.as_ref().map_or(0, address));
        self.key.push(places.len());
        self.key.extend(places.iter().map(|(_, place)| *place));
        let mut addresses: Vec<usize> = managed.iter().map(address).collect();
        addresses.sort_unstable();
        self.key.extend(addresses);
        if inline.is_empty()
            && let Some(known) = self.policies.get(&*self.key)
        {
            return Arc::clone(known);
        }
        let is_shared = inline.is_empty();
        let theirs = places.iter().filter_map(|(_, place)| groups.held.get(*place)?.as_ref());
        let theirs = theirs.flat_map(|(inline, managed)| inline.iter().chain(managed)).cloned();
        let mut identity: Vec<Attached> = inline.into_iter().chain(managed).chain(theirs).collect();
        in_order(&mut identity);
        let boundary = boundary.map(|policy| vec![policy]);
        let policies = Arc::new(Policies { identity, boundary, ..Policies::default() });
        if is_shared {
            self.policies.insert(self.key.clone(), Arc::clone(&policies));
        }
        policies
    }

    /// The ARNs of somebody's groups.
    fn groups(&mut self, places: &[(i64, usize)], groups: &Groups) -> Arc<[String]> {
        let key: Vec<usize> = places.iter().map(|(_, place)| *place).collect();
        match self.groups.entry(key) {
            Entry::Occupied(known) => Arc::clone(known.get()),
            Entry::Vacant(place) => {
                let arns = place.key().iter().filter_map(|place| groups.arns.get(*place)).cloned();
                let arns: Arc<[String]> = arns.collect();
                Arc::clone(place.insert(arns))
            }
        }
    }
}
