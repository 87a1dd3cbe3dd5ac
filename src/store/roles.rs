//! Roles: create, get, list, update, delete, and their trust policies.

use rusqlite::{Row, params};

use super::documents::{accepted, check_size};
use super::error::Result;
use super::page::Page;
use super::perform::Perform;
use super::tags::check_tags;
use super::trust::Trusted;
use super::tx::{ENTITY, Entity, NewEntity, Tx, fold, time};
use super::users::boundary;
use crate::api::{
    CreateRole, CreateRoleOutput, DeleteRole, DeleteRoleOutput, GetRole, GetRoleOutput, ListRoles, ListRolesOutput,
    Role, RoleLastUsed, UpdateAssumeRolePolicy, UpdateAssumeRolePolicyOutput, UpdateRole, UpdateRoleDescription,
    UpdateRoleDescriptionOutput, UpdateRoleOutput,
};
use crate::iam::{Error, Kind};
use crate::policy::PolicyType;

/// Seconds that a session lasts at most when the call does not say.
pub(super) const MAX_SESSION_DEFAULT: i64 = 3600;

/// A row of `role`.
pub(super) struct RoleRow {
    pub trust: String,
    trusted: String,
    pub max_session: i64,
    last_used: Option<i64>,
    last_used_region: Option<String>,
    /// The service of a service-linked role.
    pub service: Option<String>,
}

/// The columns that [`RoleRow::read_at`] expects, from the table `role` under the alias `r`.
pub(super) const ROLE: &str = "r.trust, r.trusted, r.max_session, r.last_used, r.last_used_region, r.service";

impl RoleRow {
    /// Reads the columns of [`ROLE`] from the one with that number on.
    pub(super) fn read_at(row: &Row<'_>, at: usize) -> rusqlite::Result<Self> {
        Ok(Self {
            trust: row.get(at)?,
            trusted: row.get(at + 1)?,
            max_session: row.get(at + 2)?,
            last_used: row.get(at + 3)?,
            last_used_region: row.get(at + 4)?,
            service: row.get(at + 5)?,
        })
    }

    /// When the role was used last; empty when it never was, as IAM answers then.
    pub(super) fn last_used(&self) -> RoleLastUsed {
        RoleLastUsed { last_used_date: self.last_used.map(time), region: self.last_used_region.clone() }
    }
}

/// What makes a role besides what every entity has.
pub(super) struct NewRole<'a> {
    /// The trust policy, as it was sent.
    pub trust: &'a str,
    /// Whom it names.
    pub trusted: &'a Trusted,
    /// Seconds that a session lasts at most.
    pub max_session: i64,
    /// The service that a service-linked role is for.
    pub service: Option<&'a str>,
}

/// The role as it stands in an instance profile: the least that answers say of one.
pub(super) fn role(entity: &Entity, trust: String) -> Role {
    Role {
        path: entity.path.clone(),
        role_name: entity.name.clone(),
        role_id: entity.uid.clone(),
        arn: entity.arn.clone(),
        create_date: entity.created,
        assume_role_policy_document: Some(trust),
        ..Role::default()
    }
}

/// Where only service-linked roles lie.
const LINKED_PATH: &str = "/aws-service-role/";

/// The answer has neither description nor session duration (recorded).
impl Perform for CreateRole {
    fn perform(&self, tx: &Tx<'_>) -> Result<CreateRoleOutput> {
        if self.path.as_ref().is_some_and(|path| path.starts_with(LINKED_PATH)) {
            let message = format!("Path prefix '{LINKED_PATH}' can only be used for AWS Service linked Roles");
            return Err(Error::invalid_input(message).into());
        }
        let document = accepted(&self.assume_role_policy_document, PolicyType::RoleTrust)?;
        let tags = self.tags.as_deref().unwrap_or_default();
        check_tags(Kind::Role, tags)?;
        let boundary_arn = tx.boundary_policy(self.permissions_boundary.as_deref())?;
        if tx.find(Kind::Role, &self.role_name)?.is_some() {
            let message = format!("Role with name {} already exists.", self.role_name);
            return Err(Error::already_exists(message).into());
        }
        let trusted = tx.trusted(&document)?;
        tx.check_trust_size(&self.assume_role_policy_document)?;
        tx.check_quota(Kind::Role, ("RolesPerAccount", tx.account.quotas.roles))?;
        let entity = tx.insert(&NewEntity {
            kind: Kind::Role,
            name: &self.role_name,
            path: self.path.as_deref(),
            description: self.description.as_deref(),
            boundary: boundary_arn.as_deref(),
        })?;
        let new = NewRole {
            trust: &self.assume_role_policy_document,
            trusted: &trusted,
            max_session: self.max_session_duration.unwrap_or(MAX_SESSION_DEFAULT),
            service: None,
        };
        tx.insert_role(&entity, &new)?;
        tx.put_tags(&entity, tags)?;
        let made = Role {
            tags: tx.tags(entity.id)?,
            permissions_boundary: boundary(entity.boundary.as_ref()),
            ..role(&entity, self.assume_role_policy_document.clone())
        };
        Ok(CreateRoleOutput { role: made })
    }
}

impl Perform for GetRole {
    fn perform(&self, tx: &Tx<'_>) -> Result<GetRoleOutput> {
        let entity = tx.role(&self.role_name)?;
        let row = tx.role_row(entity.id)?;
        let found = Role {
            description: entity.description.clone(),
            max_session_duration: Some(row.max_session),
            permissions_boundary: boundary(entity.boundary.as_ref()),
            tags: tx.tags(entity.id)?,
            role_last_used: Some(row.last_used()),
            ..role(&entity, tx.trust_of(row)?)
        };
        Ok(GetRoleOutput { role: found })
    }
}

/// Tags, boundaries and last use are left out.
impl Perform for ListRoles {
    fn perform(&self, tx: &Tx<'_>) -> Result<ListRolesOutput> {
        let page = Page::new(self.marker.as_deref(), self.max_items)?;
        let rows = tx.list_roles(self.path_prefix.as_deref(), &page)?;
        let (rows, more, marker) = page.cut(rows, |(entity, _)| fold(&entity.name));
        let answer = |(entity, row): (Entity, RoleRow)| {
            let max_session_duration = Some(row.max_session);
            let description = entity.description.clone();
            Ok(Role { description, max_session_duration, ..role(&entity, tx.trust_of(row)?) })
        };
        let roles = rows.into_iter().map(answer).collect::<Result<_>>()?;
        Ok(ListRolesOutput { roles, is_truncated: Some(more), marker })
    }
}

/// What is not given stays as it is (recorded). Of a service-linked role only the description may change.
impl Perform for UpdateRole {
    fn perform(&self, tx: &Tx<'_>) -> Result<UpdateRoleOutput> {
        let entity = match self.max_session_duration {
            Some(_) => tx.own_role(&self.role_name)?,
            None => tx.role(&self.role_name)?,
        };
        if let Some(description) = &self.description {
            tx.describe(&entity, description)?;
        }
        if let Some(seconds) = self.max_session_duration {
            tx.execute("UPDATE role SET max_session = ?2 WHERE entity = ?1", [entity.id, seconds])?;
        }
        Ok(UpdateRoleOutput {})
    }
}

impl Perform for UpdateRoleDescription {
    fn perform(&self, tx: &Tx<'_>) -> Result<UpdateRoleDescriptionOutput> {
        let entity = tx.role(&self.role_name)?;
        tx.describe(&entity, &self.description)?;
        let trust = tx.trust_of(tx.role_row(entity.id)?)?;
        let changed = Role { description: Some(self.description.clone()), ..role(&entity, trust) };
        Ok(UpdateRoleDescriptionOutput { role: Some(changed) })
    }
}

impl Perform for UpdateAssumeRolePolicy {
    fn perform(&self, tx: &Tx<'_>) -> Result<UpdateAssumeRolePolicyOutput> {
        let document = accepted(&self.policy_document, PolicyType::RoleTrust)?;
        let entity = tx.own_role(&self.role_name)?;
        let trusted = tx.trusted(&document)?;
        tx.check_trust_size(&self.policy_document)?;
        tx.execute(
            "UPDATE role SET trust = ?2, trusted = ?3 WHERE entity = ?1",
            params![entity.id, self.policy_document, serde_json::to_string(&trusted)?],
        )?;
        Ok(UpdateAssumeRolePolicyOutput {})
    }
}

/// What stands in the way of deleting a role, in the order in which IAM looks, and what it says of each.
const IN_THE_WAY: [(&str, &str); 3] = [
    (
        "SELECT EXISTS (SELECT 1 FROM instance_profile_role WHERE role = ?1)",
        "must remove roles from instance profile first.",
    ),
    ("SELECT EXISTS (SELECT 1 FROM attachment WHERE entity = ?1)", "must detach all policies first."),
    ("SELECT EXISTS (SELECT 1 FROM inline_policy WHERE entity = ?1)", "must delete policies first."),
];

impl Perform for DeleteRole {
    fn perform(&self, tx: &Tx<'_>) -> Result<DeleteRoleOutput> {
        let entity = tx.own_role(&self.role_name)?;
        tx.check_free(&entity, &IN_THE_WAY)?;
        tx.delete(&entity)?;
        Ok(DeleteRoleOutput {})
    }
}

impl Tx<'_> {
    /// The role of that name, to be changed.
    ///
    /// # Errors
    /// `NoSuchEntity`; `UnmodifiableEntity` for a service-linked role, which only its service may change.
    pub(super) fn own_role(&self, name: &str) -> Result<Entity> {
        let entity = self.role(name)?;
        if self.role_row(entity.id)?.service.is_none() {
            return Ok(entity);
        }
        let name = &entity.name;
        Err(Error::unmodifiable_entity(format!(
            "Cannot perform the operation on the protected role '{name}' - this role is only modifiable by AWS"
        ))
        .into())
    }

    /// What only roles have of that one.
    pub(super) fn role_row(&self, role: i64) -> Result<RoleRow> {
        let sql = format!("SELECT {ROLE} FROM role r WHERE r.entity = ?1");
        let row = self.one(&sql, [role], |row| RoleRow::read_at(row, 0))?;
        row.ok_or_else(|| super::Error::Corrupt("a role without its row".into()))
    }

    /// A role's trust policy as it is shown.
    pub(super) fn trust_of(&self, row: RoleRow) -> Result<String> {
        self.shown_trust(row.trust, &row.trusted)
    }

    /// One row more than a page of roles under a path, by name.
    pub(super) fn list_roles(&self, path_prefix: Option<&str>, page: &Page) -> Result<Vec<(Entity, RoleRow)>> {
        self.all(
            &format!(
                "SELECT {ENTITY}, {ROLE} FROM entity e JOIN role r ON r.entity = e.id
                 WHERE e.account = ?1 AND e.kind = ?2 AND e.name_key > ?3 AND substr(e.path, 1, length(?4)) = ?4
                 ORDER BY e.name_key LIMIT ?5"
            ),
            params![self.account.row, Kind::Role.number(), page.after, path_prefix.unwrap_or("/"), page.limit],
            |row| Ok((Entity::read(row)?, RoleRow::read_at(row, 9)?)),
        )
    }

    /// Adds what makes an entity a role.
    pub(super) fn insert_role(&self, entity: &Entity, new: &NewRole<'_>) -> Result<()> {
        self.execute(
            "INSERT INTO role (entity, trust, trusted, max_session, service) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![entity.id, new.trust, serde_json::to_string(new.trusted)?, new.max_session, new.service],
        )?;
        Ok(())
    }

    fn check_trust_size(&self, document: &str) -> Result<()> {
        check_size(document, ("ACLSizePerRole", self.account.quotas.assume_role_policy_size))
    }

    fn describe(&self, entity: &Entity, description: &str) -> Result<()> {
        self.execute("UPDATE entity SET description = ?2 WHERE id = ?1", params![entity.id, description])?;
        Ok(())
    }
}

#[cfg(test)]
mod tests;
