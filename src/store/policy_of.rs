//! What an ARN of a managed policy stands for: one of the account's own, or one of AWS's.

use std::collections::HashMap;
use std::sync::OnceLock;

use rusqlite::params;

use super::error::Result;
use super::tx::{Entity, Tx, time};
use crate::api::Policy;
use crate::iam::{Arn, Error, Kind};
use crate::policy::catalog::managed::{self, ManagedPolicy};

/// A managed policy that exists.
#[derive(Debug)]
pub(super) enum Found {
    /// A customer managed policy.
    Own(Entity),
    /// An AWS managed policy.
    Aws(&'static ManagedPolicy),
}

/// A row of `policy`.
pub(super) struct PolicyRow {
    pub default_version: i64,
    pub latest_version: i64,
    pub updated: i64,
    pub attachments: i64,
    pub boundaries: i64,
}

/// The columns that [`PolicyRow::read_at`] expects, from the table `policy` under the alias `p`.
pub(super) const POLICY: &str = "p.default_version, p.latest_version, p.updated, p.attachments, p.boundaries";

impl PolicyRow {
    /// Reads the columns of [`POLICY`] from the one with that number on.
    pub(super) fn read_at(row: &rusqlite::Row<'_>, at: usize) -> rusqlite::Result<Self> {
        Ok(Self {
            default_version: row.get(at)?,
            latest_version: row.get(at + 1)?,
            updated: row.get(at + 2)?,
            attachments: row.get(at + 3)?,
            boundaries: row.get(at + 4)?,
        })
    }
}

/// The customer managed policy as listings give it: without description and tags.
pub(super) fn own_policy(entity: &Entity, row: &PolicyRow) -> Policy {
    Policy {
        policy_name: Some(entity.name.clone()),
        policy_id: Some(entity.uid.clone()),
        arn: Some(entity.arn.clone()),
        path: Some(entity.path.clone()),
        default_version_id: Some(format!("v{}", row.default_version)),
        attachment_count: Some(row.attachments),
        permissions_boundary_usage_count: Some(row.boundaries),
        is_attachable: Some(true),
        create_date: Some(entity.created),
        update_date: Some(time(row.updated)),
        ..Policy::default()
    }
}

/// The AWS managed policy as listings give it, under its ARN in the account's partition, with its attachments and its uses
/// as a boundary.
pub(super) fn aws_policy(policy: &ManagedPolicy, arn: String, (attachments, boundaries): (i64, i64)) -> Policy {
    Policy {
        policy_name: Some(policy.name.into()),
        policy_id: Some(policy.id.clone()),
        arn: Some(arn),
        path: Some(policy.path.into()),
        default_version_id: Some(policy.default_version.into()),
        attachment_count: Some(attachments),
        permissions_boundary_usage_count: Some(boundaries),
        is_attachable: Some(policy.attachable()),
        create_date: Some(policy.create_date),
        update_date: Some(policy.update_date),
        ..Policy::default()
    }
}

/// The AWS managed policies in the order in which IAM lists them: as AWS made them.
pub(super) fn in_listing_order() -> &'static [&'static ManagedPolicy] {
    static ORDER: OnceLock<Vec<&'static ManagedPolicy>> = OnceLock::new();
    ORDER.get_or_init(|| {
        let mut policies: Vec<_> = managed::all().iter().collect();
        policies.sort_by_key(|policy| (policy.create_date, policy.name));
        policies
    })
}

/// Whether the text is the ARN of a managed policy of anybody.
pub(super) fn is_policy_arn(text: &str) -> bool {
    text.parse::<Arn>().is_ok_and(|arn| arn.service == "iam" && arn.resource_parts().0 == Kind::Policy.arn_type())
}

/// Refuses what is no ARN of a managed policy. The code is `ValidationError`, where a boundary's is `InvalidInput` (both
/// recorded).
///
/// # Errors
/// `ValidationError`.
pub(super) fn check_policy_arn(text: &str) -> Result<()> {
    if is_policy_arn(text) {
        return Ok(());
    }
    Err(Error::validation(format!("ARN {text} is not valid.")).into())
}

/// `NoSuchEntity` in the words of the calls that read or change a policy.
pub(super) fn not_found(arn: &str) -> Error {
    Error::no_such_entity(format!("Policy {arn} was not found."))
}

/// `NoSuchEntity` in the words of the calls that attach one, or say what it is attached to.
pub(super) fn not_attachable(arn: &str) -> Error {
    Error::no_such_entity(format!("Policy {arn} does not exist or is not attachable."))
}

/// `NoSuchEntity` in the words of the calls that name a version.
pub(super) fn no_version(arn: &str, version: &str) -> Error {
    Error::no_such_entity(format!("Policy {arn} version {version} does not exist or is not attachable."))
}

impl Tx<'_> {
    /// The managed policy with that ARN.
    ///
    /// # Errors
    /// `ValidationError` for what is no such ARN.
    pub(super) fn policy(&self, arn: &str) -> Result<Option<Found>> {
        check_policy_arn(arn)?;
        if let Some(policy) = self.aws_policy(arn) {
            return Ok(Some(Found::Aws(policy)));
        }
        Ok(self.find_arn(arn)?.filter(|entity| entity.kind == Kind::Policy).map(Found::Own))
    }

    /// The customer managed policy with that ARN.
    ///
    /// # Errors
    /// `NoSuchEntity`; `ValidationError` for what is no such ARN.
    pub(super) fn own_policy(&self, arn: &str) -> Result<Entity> {
        check_policy_arn(arn)?;
        let found = self.find_arn(arn)?.filter(|entity| entity.kind == Kind::Policy);
        Ok(found.ok_or_else(|| not_found(arn))?)
    }

    /// The AWS managed policy with that ARN in the account's partition.
    pub(super) fn aws_policy(&self, arn: &str) -> Option<&'static ManagedPolicy> {
        let rest = arn.strip_prefix("arn:")?.strip_prefix(&self.account.partition)?;
        let path_and_name = rest.strip_prefix(":iam::aws:policy/")?;
        managed::find(&format!("arn:aws:iam::aws:policy/{path_and_name}"))
    }

    /// The ARN of an AWS managed policy in the account's partition.
    pub(super) fn aws_policy_arn(&self, policy: &ManagedPolicy) -> String {
        format!("arn:{}:iam::aws:policy{}{}", self.account.partition, policy.path, policy.name)
    }

    /// Refuses a policy that belongs to somebody else, in the words for what was to be done with it.
    ///
    /// # Errors
    /// `AccessDenied`.
    pub(super) fn check_own(&self, arn: &str, what: &str) -> Result<()> {
        match arn.parse::<Arn>() {
            Ok(parsed) if parsed.account != self.account.id.as_str() => {
                Err(Error::access_denied(format!("Cannot {what} outside your own account.")).into())
            }
            _ => Ok(()),
        }
    }

    /// What only policies have of that one.
    pub(super) fn policy_row(&self, policy: i64) -> Result<PolicyRow> {
        let sql = format!("SELECT {POLICY} FROM policy p WHERE p.entity = ?1");
        let row = self.one(&sql, [policy], |row| PolicyRow::read_at(row, 0))?;
        row.ok_or_else(|| super::Error::Corrupt("a policy without its row".into()))
    }

    /// How often the account has an AWS managed policy attached, and as a boundary.
    pub(super) fn aws_policy_use(&self, arn: &str) -> Result<(i64, i64)> {
        let found = self.one(
            "SELECT attachments, boundaries FROM managed_use WHERE account = ?1 AND policy_arn = ?2",
            params![self.account.row, arn],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        Ok(found.unwrap_or_default())
    }

    /// The same of every AWS managed policy that the account uses or once used, by ARN.
    pub(super) fn aws_policy_uses(&self) -> Result<HashMap<String, (i64, i64)>> {
        let sql = "SELECT policy_arn, attachments, boundaries FROM managed_use WHERE account = ?1";
        let uses = self.all(sql, [self.account.row], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?))))?;
        Ok(uses.into_iter().collect())
    }

    /// The AWS managed policy as listings give it.
    pub(super) fn aws_policy_answer(&self, policy: &ManagedPolicy) -> Result<Policy> {
        let arn = self.aws_policy_arn(policy);
        let used = self.aws_policy_use(&arn)?;
        Ok(aws_policy(policy, arn, used))
    }
}
