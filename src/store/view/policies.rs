//! Managed policies in a list: the account's own from the store, AWS's from the catalog, in one order.

use std::cmp::Ordering;
use std::collections::HashMap;

use jiff::Timestamp;

use super::list::{Column, List, Row, Total, Whose, Window};
use super::order::Order;
use super::{Pane, Read, number};
use crate::policy::catalog::managed::{self, ManagedPolicy};
use crate::store::error::Result;
use crate::store::tx::{fold, time};

/// Who keeps a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Origin {
    /// The account.
    Customer,
    /// AWS.
    Aws,
    /// AWS, for a job function.
    JobFunction,
    /// AWS, for a service role.
    ServiceRole,
}

impl Origin {
    /// The IAM console's word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Customer => "Customer managed",
            Self::Aws => "AWS managed",
            Self::JobFunction => "AWS managed, job function",
            Self::ServiceRole => "AWS managed, service role",
        }
    }

    /// Of an AWS managed policy.
    pub fn of(policy: &ManagedPolicy) -> Self {
        match policy.path {
            "/job-function/" => Self::JobFunction,
            "/service-role/" | "/aws-service-role/" => Self::ServiceRole,
            _ => Self::Aws,
        }
    }
}

/// A managed policy in a list.
#[derive(Clone, Debug, PartialEq)]
pub struct PolicyRow {
    /// The name.
    pub name: String,
    /// The ARN.
    pub arn: String,
    /// Who keeps it.
    pub origin: Origin,
    /// How many users, groups and roles it is attached to.
    pub attachments: usize,
    /// How many users and roles it is the boundary of.
    pub boundaries: usize,
    /// When its default version was made.
    pub updated: Timestamp,
    /// When it was made.
    pub created: Timestamp,
    /// What it is for, in its maker's words.
    pub description: Option<String>,
}

const ROW: &str = "SELECT e.name, e.arn, p.attachments, p.boundaries, p.updated, e.created, e.description
    FROM entity e JOIN policy p ON p.entity = e.id WHERE e.id = ?1";

/// A policy by what it is sorted by: the column, then the name.
type Key = (i64, String);

impl Read<'_> {
    pub(super) fn policy_row(&self, id: i64) -> Result<Option<PolicyRow>> {
        self.one(ROW, [id], |row| {
            Ok(PolicyRow {
                name: row.get(0)?,
                arn: row.get(1)?,
                origin: Origin::Customer,
                attachments: number(row, 2)?,
                boundaries: number(row, 3)?,
                updated: time(row.get(4)?),
                created: time(row.get(5)?),
                description: row.get(6)?,
            })
        })
    }

    /// A window over the account's and AWS's policies.
    pub(super) fn policies(&self, list: &List, whose: Whose) -> Result<Window> {
        let aws = self.aws_policies(list, whose)?;
        let order = list.order();
        let own_total = if whose.has_customer() { self.own_total(&order, list)? } else { 0 };
        let total = own_total + aws.len();
        let start = list.start.min(total.saturating_sub(list.limit));
        let skipped = self.aws_before(&order, list, &aws, (start, own_total))?;
        let own = if own_total == 0 {
            Vec::new()
        } else {
            let own = List { start: start - skipped, near: None, ..list.clone() };
            // A window past the end slides back; here it must not.
            if own.start < own_total { self.own_rows(&order, &own, own_total)? } else { Vec::new() }
        };
        let aws = aws.into_iter().skip(skipped).map(|(key, row)| (key, Row::Policy(row)));
        let rows = merge(own, aws, list.descending).take(list.limit).collect();
        Ok(Window { rows, start, total: Total::Exact(total), anchor: None })
    }

    /// AWS's policies that the list shows, in its order.
    fn aws_policies(&self, list: &List, whose: Whose) -> Result<Vec<(Key, PolicyRow)>> {
        if whose == Whose::Customer {
            return Ok(Vec::new());
        }
        let filter = fold(list.filter.trim());
        let used = self.aws_uses()?;
        let shown = managed::all().iter().filter(|policy| {
            (whose != Whose::JobFunction || policy.is_job_function()) && fold(policy.name).contains(&filter)
        });
        let row = |policy: &ManagedPolicy| aws_row(policy, used.get(&policy.arn).copied().unwrap_or_default());
        let mut rows: Vec<_> = shown.map(row).map(|row| (key(list.column(), &row), row)).collect();
        rows.sort_by(|(a, _), (b, _)| turned(a.cmp(b), list.descending));
        Ok(rows)
    }

    /// How often AWS's policies are attached, and how often they are a boundary, by ARN.
    fn aws_uses(&self) -> Result<HashMap<String, (usize, usize)>> {
        let sql = "SELECT policy_arn, attachments, boundaries FROM managed_use WHERE account = ?1";
        let uses = self.all(sql, [self.account.row], |row| Ok((row.get(0)?, (number(row, 1)?, number(row, 2)?))))?;
        Ok(uses.into_iter().collect())
    }

    pub(super) fn aws_row(&self, policy: &ManagedPolicy) -> Result<PolicyRow> {
        Ok(aws_row(policy, self.aws_uses()?.get(&policy.arn).copied().unwrap_or_default()))
    }

    fn own_total(&self, order: &Order, list: &List) -> Result<usize> {
        let all = List { start: usize::MAX, limit: 0, near: None, ..list.clone() };
        Ok(self.find(order, &all)?.total.number())
    }

    fn own_rows(&self, order: &Order, list: &List, total: usize) -> Result<Vec<(Key, Row)>> {
        let limit = list.limit.min(total - list.start);
        let found = self.find(order, &List { limit, ..list.clone() })?;
        let mut rows = Vec::new();
        for id in found.ids {
            rows.extend(self.policy_row(id)?.map(|row| (key(list.column(), &row), Row::Policy(row))));
        }
        Ok(rows)
    }

    /// How many of AWS's policies stand before the place `start` of the merged list: the place of each is its own
    /// number and the count of the account's before it, and grows, so it is found by halving.
    fn aws_before(
        &self,
        order: &Order,
        list: &List,
        aws: &[(Key, PolicyRow)],
        (start, own_total): (usize, usize),
    ) -> Result<usize> {
        if own_total == 0 || start == 0 {
            return Ok(start.min(aws.len()));
        }
        let (mut low, mut high) = (0, aws.len());
        while low < high {
            let middle = low.midpoint(high);
            let Some((key, _)) = aws.get(middle) else { break };
            if middle + self.own_before(order, list, key)? < start {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        Ok(low)
    }

    fn own_before(&self, order: &Order, list: &List, key: &Key) -> Result<usize> {
        // Of two equal keys the account's own comes first.
        let compare = if list.descending { ">=" } else { "<=" };
        self.before(order, list, compare, (key.0.into(), &key.1))
    }

    /// The place of a policy in the merged list.
    pub(super) fn policy_position(&self, list: &List, whose: Whose, id: &str) -> Result<Option<usize>> {
        let aws = self.aws_policies(list, whose)?;
        let order = list.order();
        if let Some(at) = aws.iter().position(|(_, row)| row.arn == id || row.name == id) {
            let Some((key, _)) = aws.get(at) else { return Ok(None) };
            let own = if whose.has_customer() { self.own_before(&order, list, key)? } else { 0 };
            return Ok(Some(at + own));
        }
        let Some(own) = self.position(list, id)?.filter(|_| whose.has_customer()) else { return Ok(None) };
        let Some(row) = self.row_of(Pane::Policies(whose), id)?.map(|row| self.policy_row(row)).transpose()?.flatten()
        else {
            return Ok(None);
        };
        let key = key(list.column(), &row);
        Ok(Some(own + aws.partition_point(|(other, _)| turned(other.cmp(&key), list.descending) == Ordering::Less)))
    }
}

impl Whose {
    fn has_customer(self) -> bool {
        matches!(self, Self::All | Self::Customer)
    }
}

fn aws_row(policy: &ManagedPolicy, (attachments, boundaries): (usize, usize)) -> PolicyRow {
    PolicyRow {
        name: policy.name.to_owned(),
        arn: policy.arn.clone(),
        origin: Origin::of(policy),
        attachments,
        boundaries,
        updated: policy.update_date,
        created: policy.create_date,
        description: None,
    }
}

fn key(column: Column, row: &PolicyRow) -> Key {
    let first = match column {
        Column::Attachments => i64::try_from(row.attachments).unwrap_or(i64::MAX),
        Column::Updated => row.updated.as_second(),
        _ => 0,
    };
    (first, fold(&row.name))
}

fn turned(ordering: Ordering, descending: bool) -> Ordering {
    if descending { ordering.reverse() } else { ordering }
}

/// Two sorted lists as one.
fn merge(own: Vec<(Key, Row)>, aws: impl Iterator<Item = (Key, Row)>, descending: bool) -> impl Iterator<Item = Row> {
    let (mut own, mut aws) = (own.into_iter().peekable(), aws.peekable());
    std::iter::from_fn(move || {
        let own_first = match (own.peek(), aws.peek()) {
            (Some((a, _)), Some((b, _))) => turned(a.cmp(b), descending) != Ordering::Greater,
            (own, _) => own.is_some(),
        };
        let next = if own_first { own.next() } else { aws.next() };
        next.map(|(_, row)| row)
    })
}
