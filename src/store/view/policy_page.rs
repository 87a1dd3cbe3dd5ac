//! The page of a managed policy: its versions, and who has it.

use jiff::Timestamp;

use super::detail::Head;
use super::policies::PolicyRow;
use super::{EntityRow, Read, View};
use crate::iam::Kind;
use crate::policy::catalog::managed::{self, ManagedPolicy};
use crate::store::error::Result;
use crate::store::tx::time;

/// Entities that a page shows; there may be more.
const ENTITIES_SHOWN: i64 = 1000;

/// A version of a managed policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// `v3`
    pub id: String,
    /// The document, as it was sent.
    pub document: String,
    /// When it was made.
    pub created: Timestamp,
    /// Whether it is the one in force.
    pub is_default: bool,
}

/// A managed policy's page.
#[derive(Clone, Debug, PartialEq)]
pub struct PolicyPage {
    /// Name, ARN, tags.
    pub head: Head,
    /// What the list says of it; `row.attachments` is the true number of entities.
    pub row: PolicyRow,
    /// Its versions, newest first. Of an AWS managed policy only the one in force is known.
    pub versions: Vec<Version>,
    /// Users, groups and roles that it is attached to, by kind and name; of a widely used policy not all.
    pub attached: Vec<EntityRow>,
    /// Users and roles whose boundary it is.
    pub boundary_of: Vec<EntityRow>,
}

impl View<'_> {
    /// The page of the managed policy with that ARN, the account's own or AWS's.
    pub fn policy(&self, arn: &str) -> Result<Option<PolicyPage>> {
        self.read(|read| match managed::find(arn).filter(|policy| policy.arn == arn) {
            Some(policy) => read.aws_policy_page(policy).map(Some),
            None => read.own_policy_page(arn),
        })
    }
}

impl Read<'_> {
    fn own_policy_page(&self, arn: &str) -> Result<Option<PolicyPage>> {
        let sql = "SELECT id, name FROM entity WHERE account = ?1 AND arn = ?2 AND kind = ?3";
        let params = (self.account.row, arn, Kind::Policy.number());
        let Some((id, name)) = self.one(sql, params, |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))? else {
            return Ok(None);
        };
        let (Some(row), Some((_, head))) = (self.policy_row(id)?, self.head_of(Kind::Policy, &name)?) else {
            return Ok(None);
        };
        Ok(Some(PolicyPage {
            head,
            row,
            versions: self.versions(id)?,
            attached: self.attached_to(arn)?,
            boundary_of: self.bounded_by(arn)?,
        }))
    }

    pub(super) fn versions(&self, policy: i64) -> Result<Vec<Version>> {
        let sql = "SELECT v.number, v.document, v.created, v.number = p.default_version
            FROM policy_version v JOIN policy p ON p.entity = v.policy WHERE v.policy = ?1 ORDER BY v.number DESC";
        self.all(sql, [policy], |row| {
            Ok(Version {
                id: format!("v{}", row.get::<_, i64>(0)?),
                document: row.get(1)?,
                created: time(row.get(2)?),
                is_default: row.get(3)?,
            })
        })
    }

    fn aws_policy_page(&self, policy: &ManagedPolicy) -> Result<PolicyPage> {
        let version = Version {
            id: policy.default_version.to_owned(),
            document: policy.document().to_owned(),
            created: policy.update_date,
            is_default: true,
        };
        let head = Head {
            kind: Kind::Policy,
            name: policy.name.to_owned(),
            path: policy.path.to_owned(),
            arn: policy.arn.clone(),
            id: policy.id.clone(),
            created: policy.create_date,
            description: None,
            boundary: None,
            tags: Vec::new(),
        };
        Ok(PolicyPage {
            head,
            row: self.aws_row(policy)?,
            versions: vec![version],
            attached: self.attached_to(&policy.arn)?,
            boundary_of: self.bounded_by(&policy.arn)?,
        })
    }

    /// The entities that have the policy attached.
    pub(super) fn attached_to(&self, arn: &str) -> Result<Vec<EntityRow>> {
        let sql = "SELECT a.entity FROM attachment a JOIN entity e ON e.id = a.entity
            WHERE a.policy_arn = ?1 AND e.account = ?2 LIMIT ?3";
        self.entities(self.all(sql, (arn, self.account.row, ENTITIES_SHOWN), |row| row.get(0))?)
    }

    /// The entities whose permissions boundary the policy is.
    pub(super) fn bounded_by(&self, arn: &str) -> Result<Vec<EntityRow>> {
        let sql = "SELECT id FROM entity WHERE boundary = ?1 AND account = ?2 LIMIT ?3";
        self.entities(self.all(sql, (arn, self.account.row, ENTITIES_SHOWN), |row| row.get(0))?)
    }

    fn entities(&self, ids: Vec<i64>) -> Result<Vec<EntityRow>> {
        let mut rows = Vec::new();
        for id in ids {
            rows.extend(self.entity_row(id)?);
        }
        rows.sort_by(|a, b| (a.kind, &a.name).cmp(&(b.kind, &b.name)));
        Ok(rows)
    }
}
