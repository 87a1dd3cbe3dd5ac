//! Windows over an index: which rows stand from here to there in a given order.
//!
//! Skipping rows costs their number, so a window is sought from the nearest place whose key is known: the top, the end, or
//! the [`Anchor`] of the window before. Then a list in the middle of a million rows turns its page as fast as at the top.

use rusqlite::params_from_iter;
use rusqlite::types::Value;

use super::Read;
use super::list::{Column, List, Pane, Total};
use crate::store::error::Result;
use crate::store::tx::fold;

/// The place of a window's first row, and its key there.
#[derive(Clone, Debug, PartialEq)]
pub struct Anchor {
    of: (Pane, Column, bool, String),
    at: usize,
    key: Key,
}

/// What a row is sorted by: the column and then the name.
#[derive(Clone, Debug, PartialEq)]
struct Key(Value, String);

/// One order of one pane, as SQL. Rows go by the alias `k`, and stand in an index in this order.
pub(super) struct Order {
    pub table: &'static str,
    pub id: &'static str,
    /// Which rows belong to the list; `?1` is the account.
    pub fixed: String,
    pub key: &'static str,
    pub name: &'static str,
    /// What is true of rows that match the filter `?2`.
    pub matches: &'static str,
}

/// What a window holds.
pub(super) struct Found {
    pub ids: Vec<i64>,
    pub start: usize,
    pub total: Total,
    pub anchor: Option<Anchor>,
}

/// The rows that a filter leaves.
pub(super) enum Narrow {
    /// All of them.
    None,
    /// Those with these ids: few.
    Few(Vec<i64>),
    /// Many: the list is walked and each row looked at.
    Many(String),
}

impl List {
    /// The column that is sorted by: one that the pane has an index for.
    pub(super) fn column(&self) -> Column {
        let sorts = self.pane.sorts();
        sorts.iter().find(|column| **column == self.sort).or(sorts.first()).copied().unwrap_or(Column::Name)
    }

    pub(super) fn order(&self) -> Order {
        let column = self.column();
        if self.pane == Pane::AccessKeys {
            return Order::of_keys(column);
        }
        let (table, key) = match column {
            Column::Groups => ("user", "k.groups"),
            Column::Mfa => ("user", "k.mfa_devices"),
            Column::Password => ("user", "k.password_order"),
            Column::Key => ("user", "k.key_order"),
            Column::Users => ("grp", "k.users"),
            Column::Attachments => ("policy", "k.attachments"),
            Column::Updated => ("policy", "k.updated"),
            Column::Activity => ("entity", "k.activity_order"),
            Column::Created => ("entity", "k.created"),
            _ => ("entity", "k.name_key"),
        };
        let of_entity = table == "entity";
        let kinds: Vec<_> = self.pane.kinds().iter().map(|kind| kind.number().to_string()).collect();
        let kind = if of_entity { format!(" AND k.kind IN ({})", kinds.join(", ")) } else { String::new() };
        Order {
            table,
            id: if of_entity { "k.id" } else { "k.entity" },
            fixed: format!("k.account = ?1{kind}"),
            key,
            name: "k.name_key",
            matches: "instr(k.name_key, ?2)",
        }
    }

    fn identity(&self) -> (Pane, Column, bool, String) {
        (self.pane, self.column(), self.descending, self.filter.clone())
    }
}

impl Order {
    fn of_keys(column: Column) -> Self {
        let key = match column {
            Column::Name => "k.id",
            Column::Status => "k.status",
            Column::Created => "k.created",
            Column::Activity => "k.used_order",
            _ => "k.owner",
        };
        let matches = "(instr(k.owner, ?2) OR instr(k.id, upper(?2)))";
        Self { table: "access_key", id: "k.rowid", fixed: "k.account = ?1".into(), key, name: "k.id", matches }
    }

    /// The rows after `SELECT … FROM`, up to the order.
    fn rows(&self, narrow: &Narrow) -> String {
        let Self { table, id, fixed, matches, .. } = self;
        match narrow {
            Narrow::None => format!("{table} k WHERE {fixed} AND ?2 = ''"),
            // CROSS JOIN keeps the few on the outside.
            Narrow::Few(_) => format!("json_each(?2) j CROSS JOIN {table} k ON {id} = j.value WHERE {fixed}"),
            Narrow::Many(_) => format!("{table} k WHERE {fixed} AND {matches}"),
        }
    }
}

impl Narrow {
    fn parameter(&self) -> String {
        match self {
            Self::None => String::new(),
            Self::Few(ids) => format!("[{}]", ids.iter().map(i64::to_string).collect::<Vec<_>>().join(",")),
            Self::Many(filter) => filter.clone(),
        }
    }
}

/// Which rows of an order to take.
struct Span<'a> {
    /// From this key on, itself included; from the beginning without one.
    from: Option<&'a Key>,
    /// Rather the rows before it, nearest first.
    back: bool,
    skip: usize,
    take: usize,
}

impl Read<'_> {
    /// The window that a list asks for.
    pub(super) fn find(&self, order: &Order, list: &List) -> Result<Found> {
        let (narrow, mut total) = self.narrow(order, list)?;
        if list.start.saturating_add(list.limit) > total.number() && matches!(total, Total::AtLeast(_)) {
            total = Total::Exact(self.tally(order, &narrow)?);
        }
        let start = list.start.min(total.number().saturating_sub(list.limit));
        let rows = self.reach(order, list, &narrow, (start, total))?;
        let anchor = rows.first().map(|(_, key)| Anchor { of: list.identity(), at: start, key: key.clone() });
        Ok(Found { ids: rows.into_iter().map(|(id, _)| id).collect(), start, total, anchor })
    }

    /// The rows from `start` on, by the shortest way.
    fn reach(
        &self,
        order: &Order,
        list: &List,
        narrow: &Narrow,
        (start, total): (usize, Total),
    ) -> Result<Vec<(i64, Key)>> {
        let near = list.near.as_ref().filter(|anchor| anchor.of == list.identity());
        let from_anchor = near.map_or(usize::MAX, |anchor| anchor.at.abs_diff(start));
        let end = start.saturating_add(list.limit).min(total.number());
        let from_end = if matches!(total, Total::Exact(_)) { total.number() - end } else { usize::MAX };
        let walk = |span: &Span<'_>| self.walk(order, narrow, list.descending, span);
        if let Some(anchor) = near.filter(|_| from_anchor < start.min(from_end)) {
            if start >= anchor.at {
                return walk(&Span { from: Some(&anchor.key), back: false, skip: from_anchor, take: list.limit });
            }
            let before = walk(&Span { from: Some(&anchor.key), back: true, skip: from_anchor - 1, take: 1 })?;
            let first = before.first().map(|(_, key)| key);
            return walk(&Span { from: first, back: false, skip: 0, take: list.limit });
        }
        if from_end < start {
            let mut rows = walk(&Span { from: None, back: true, skip: from_end, take: end - start })?;
            rows.reverse();
            return Ok(rows);
        }
        walk(&Span { from: None, back: false, skip: start, take: list.limit })
    }

    fn walk(&self, order: &Order, narrow: &Narrow, descending: bool, span: &Span<'_>) -> Result<Vec<(i64, Key)>> {
        let Order { id, key, name, .. } = order;
        let (direction, compare) = match (descending == span.back, span.back) {
            (true, false) => ("ASC", ">="),
            (true, true) => ("ASC", ">"),
            (false, false) => ("DESC", "<="),
            (false, true) => ("DESC", "<"),
        };
        let seek = if span.from.is_some() { format!("AND ({key}, {name}) {compare} (?5, ?6)") } else { String::new() };
        let sql = format!(
            "SELECT {id}, {key}, {name} FROM {} {seek} ORDER BY {key} {direction}, {name} {direction} LIMIT ?3 OFFSET ?4",
            order.rows(narrow)
        );
        let number = |n: usize| Value::Integer(i64::try_from(n).unwrap_or(i64::MAX));
        let mut params =
            vec![Value::Integer(self.account.row), narrow.parameter().into(), number(span.take), number(span.skip)];
        if let Some(Key(key, name)) = span.from {
            params.extend([key.clone(), name.clone().into()]);
        }
        self.all(&sql, params_from_iter(params), |row| Ok((row.get(0)?, Key(row.get(1)?, row.get(2)?))))
    }

    /// Counts the rows of an order, all of them.
    fn tally(&self, order: &Order, narrow: &Narrow) -> Result<usize> {
        let sql = format!("SELECT count(*) FROM {}", order.rows(narrow));
        self.count(&sql, (self.account.row, narrow.parameter()))
    }

    /// The place of a thing in a list.
    pub(super) fn position(&self, list: &List, id: &str) -> Result<Option<usize>> {
        let order = list.order();
        let Some(row) = self.row_of(list.pane, id)? else { return Ok(None) };
        let (narrow, _) = self.narrow(&order, list)?;
        let Order { id, key, name, .. } = &order;
        let rows = order.rows(&narrow);
        let sql = format!("SELECT {key}, {name} FROM {rows} AND {id} = ?3");
        let params = (self.account.row, narrow.parameter(), row);
        let Some((key_value, name_value)) =
            self.one(&sql, params, |row| Ok((row.get::<_, Value>(0)?, row.get::<_, String>(1)?)))?
        else {
            return Ok(None);
        };
        let compare = if list.descending { ">" } else { "<" };
        self.before(&order, list, compare, (key_value, &name_value)).map(Some)
    }

    /// How many rows of a list compare so with a key.
    pub(super) fn before(
        &self,
        order: &Order,
        list: &List,
        compare: &str,
        (key, name): (Value, &str),
    ) -> Result<usize> {
        let (narrow, _) = self.narrow(order, list)?;
        let by_name = order.key == order.name;
        let pair = if by_name {
            format!("{} {compare} ?4 AND ?3 IS NOT NULL", order.name)
        } else {
            format!("({}, {}) {compare} (?3, ?4)", order.key, order.name)
        };
        let sql = format!("SELECT count(*) FROM {} AND {pair}", order.rows(&narrow));
        self.count(&sql, (self.account.row, narrow.parameter(), key, name))
    }

    /// The row of the entity with that ARN or name, or of the access key with that id.
    pub(super) fn row_of(&self, pane: Pane, id: &str) -> Result<Option<i64>> {
        if pane == Pane::AccessKeys {
            let sql = "SELECT rowid FROM access_key WHERE account = ?1 AND id = ?2";
            return self.one(sql, (self.account.row, id), |row| row.get(0));
        }
        let by_arn = "SELECT id FROM entity WHERE account = ?1 AND arn = ?2";
        if let Some(row) = self.one(by_arn, (self.account.row, id), |row| row.get(0))? {
            return Ok(Some(row));
        }
        let by_name = "SELECT id FROM entity WHERE account = ?1 AND kind = ?2 AND name_key = ?3";
        for kind in pane.kinds() {
            if let Some(row) = self.one(by_name, (self.account.row, kind.number(), fold(id)), |row| row.get(0))? {
                return Ok(Some(row));
            }
        }
        Ok(None)
    }
}
