//! Rows of the kinds that a list says little of: instance profiles, providers, MFA devices, server certificates.

use jiff::Timestamp;

use super::Read;
use crate::iam::Kind;
use crate::store::error::Result;
use crate::store::tx::time;

/// An entity in a list.
#[derive(Clone, Debug, PartialEq)]
pub struct EntityRow {
    /// Its kind.
    pub kind: Kind,
    /// The name.
    pub name: String,
    /// The ARN.
    pub arn: String,
    /// The path.
    pub path: String,
    /// When it was made.
    pub created: Timestamp,
    /// What tells it from its like: the role of an instance profile, the user of an MFA device, `SAML` or `OpenID Connect`.
    pub about: Option<String>,
}

const ROW: &str = "SELECT kind, name, arn, path, created, CASE kind
        WHEN 5 THEN (SELECT r.name FROM instance_profile_role i JOIN entity r ON r.id = i.role WHERE i.profile = e.id)
        WHEN 7 THEN 'SAML' WHEN 8 THEN 'OpenID Connect'
        WHEN 9 THEN (SELECT u.name FROM mfa_device d JOIN entity u ON u.id = d.user WHERE d.entity = e.id) END
    FROM entity e WHERE id = ?1";

impl Read<'_> {
    pub(super) fn entity_row(&self, id: i64) -> Result<Option<EntityRow>> {
        self.one(ROW, [id], |row| {
            Ok(EntityRow {
                kind: Kind::of_number(row.get(0)?).unwrap_or(Kind::InstanceProfile),
                name: row.get(1)?,
                arn: row.get(2)?,
                path: row.get(3)?,
                created: time(row.get(4)?),
                about: row.get(5)?,
            })
        })
    }
}
