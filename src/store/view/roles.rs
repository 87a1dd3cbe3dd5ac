//! A role in a list.

use jiff::Timestamp;

use super::finding::{AGE_DAYS_MAX, Finding};
use super::trust::{Trusted, trusted};
use super::{Last, Read};
use crate::store::error::Result;
use crate::store::tx::time;

/// A role in a list.
#[derive(Clone, Debug, PartialEq)]
pub struct RoleRow {
    /// The name.
    pub name: String,
    /// The ARN.
    pub arn: String,
    /// The path.
    pub path: String,
    /// What it is for, in its maker's words.
    pub description: Option<String>,
    /// When it was made.
    pub created: Timestamp,
    /// Whom its trust policy lets in.
    pub trusted: Vec<Trusted>,
    /// When it was last assumed.
    pub activity: Last,
    /// How long a session may last at most, in seconds.
    pub max_session_seconds: i64,
    /// The service that it is linked to: then only the service changes it.
    pub linked_to: Option<String>,
    /// What is wrong with it.
    pub findings: Vec<Finding>,
}

const ROW: &str =
    "SELECT e.name, e.arn, e.path, e.description, e.created, e.activity, r.trust, r.max_session, r.service, r.trusted
    FROM entity e JOIN role r ON r.entity = e.id WHERE e.id = ?1";

impl Read<'_> {
    pub(super) fn role_row(&self, id: i64) -> Result<Option<RoleRow>> {
        let row = self.one(ROW, [id], |row| {
            let trust: (String, String) = (row.get(6)?, row.get(9)?);
            let role = RoleRow {
                name: row.get(0)?,
                arn: row.get(1)?,
                path: row.get(2)?,
                description: row.get(3)?,
                created: time(row.get(4)?),
                activity: self.last(row.get(5)?),
                trusted: Vec::new(),
                max_session_seconds: row.get(7)?,
                linked_to: row.get(8)?,
                findings: Vec::new(),
            };
            Ok((role, trust))
        })?;
        let Some((mut role, (text, ids))) = row else { return Ok(None) };
        role.trusted = trusted(&self.shown_trust(text, &ids)?, self.account.id.as_str());
        role.findings = self.role_findings(&role);
        Ok(Some(role))
    }

    fn role_findings(&self, role: &RoleRow) -> Vec<Finding> {
        let mut findings = Vec::new();
        for trusted in &role.trusted {
            match trusted {
                Trusted::Anyone { conditional: false } => findings.push(Finding::TrustsAnyone),
                Trusted::Deleted(id) => findings.push(Finding::TrustsDeleted { id: id.clone() }),
                _ => {}
            }
        }
        let unused = match role.activity {
            Last::At(at) => Some((self.days_since(at), false)),
            Last::Never => Some((self.days_since(role.created), true)),
            Last::Unknown => None,
        };
        // Nobody but its service can remove a linked role.
        let unused = unused.filter(|(days, _)| *days > AGE_DAYS_MAX && role.linked_to.is_none());
        findings.extend(unused.map(|(days, never)| Finding::RoleUnused { days, never }));
        findings
    }
}
