//! The pages of users, groups and roles: everything about one thing, grouped by where it comes from.

use jiff::Timestamp;

use super::credentials::{Credential, MfaDevice};
use super::finding::Finding;
use super::policies::Origin;
use super::{EntityRow, GroupRow, KeyRow, Last, Read, RoleRow, UserRow, View};
use crate::api::Tag;
use crate::iam::Kind;
use crate::policy::catalog::managed;
use crate::store::error::Result;
use crate::store::tx::{fold, time};

/// Members that a page shows; there may be more.
const MEMBERS_SHOWN: usize = 1000;

/// What every page begins with.
#[derive(Clone, Debug, PartialEq)]
pub struct Head {
    /// The kind.
    pub kind: Kind,
    /// The name.
    pub name: String,
    /// The path.
    pub path: String,
    /// The ARN.
    pub arn: String,
    /// The unique id; empty for kinds that have none.
    pub id: String,
    /// When it was made.
    pub created: Timestamp,
    /// What it is for, in its maker's words.
    pub description: Option<String>,
    /// The permissions boundary.
    pub boundary: Option<PolicyLink>,
    /// The tags.
    pub tags: Vec<Tag>,
}

/// A managed policy, by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyLink {
    /// The name.
    pub name: String,
    /// The ARN.
    pub arn: String,
    /// Who keeps it.
    pub origin: Origin,
}

/// An inline policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inline {
    /// The name.
    pub name: String,
    /// The document, as it was sent.
    pub document: String,
}

/// What a user has through one of its groups.
#[derive(Clone, Debug, PartialEq)]
pub struct Through {
    /// The group.
    pub group: GroupRow,
    /// The managed policies attached to it.
    pub attached: Vec<PolicyLink>,
    /// Its inline policies.
    pub inline: Vec<Inline>,
}

/// A user's page.
#[derive(Clone, Debug, PartialEq)]
pub struct UserPage {
    /// Name, ARN, tags, boundary.
    pub head: Head,
    /// What the list says of it, findings included.
    pub row: UserRow,
    /// When the password was last used.
    pub password_used: Last,
    /// Whether a new password must be set at the next sign-in.
    pub password_reset: bool,
    /// Policies attached to the user itself.
    pub attached: Vec<PolicyLink>,
    /// Inline policies of the user itself.
    pub inline: Vec<Inline>,
    /// Its groups, and what comes through each.
    pub groups: Vec<Through>,
    /// Its access keys, oldest first.
    pub keys: Vec<KeyRow>,
    /// Its MFA devices.
    pub mfa: Vec<MfaDevice>,
    /// Its certificates, SSH keys and service-specific credentials.
    pub credentials: Vec<Credential>,
}

/// A user group's page.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupPage {
    /// Name and ARN.
    pub head: Head,
    /// What the list says of it; `row.users` is the true number of users.
    pub row: GroupRow,
    /// Its first users by name; of a very large group not all.
    pub users: Vec<String>,
    /// Attached policies.
    pub attached: Vec<PolicyLink>,
    /// Inline policies.
    pub inline: Vec<Inline>,
}

/// A role's page.
#[derive(Clone, Debug, PartialEq)]
pub struct RolePage {
    /// Name, ARN, tags, boundary.
    pub head: Head,
    /// What the list says of it, findings included.
    pub row: RoleRow,
    /// The trust policy; a principal that was deleted stands in it by its unique id.
    pub trust: String,
    /// The instance profiles that it is in.
    pub instance_profiles: Vec<String>,
    /// The region where it was last assumed.
    pub used_region: Option<String>,
    /// Attached policies.
    pub attached: Vec<PolicyLink>,
    /// Inline policies.
    pub inline: Vec<Inline>,
}

impl View<'_> {
    /// The page of the user of that name.
    pub fn user(&self, name: &str) -> Result<Option<UserPage>> {
        self.read(|read| read.user_page(name))
    }

    /// The page of the user group of that name.
    pub fn group(&self, name: &str) -> Result<Option<GroupPage>> {
        self.read(|read| read.group_page(name))
    }

    /// The page of the role of that name.
    pub fn role(&self, name: &str) -> Result<Option<RolePage>> {
        self.read(|read| read.role_page(name))
    }

    /// What every page begins with, of a thing of any kind.
    pub fn head(&self, kind: Kind, name: &str) -> Result<Option<Head>> {
        self.read(|read| Ok(read.head_of(kind, name)?.map(|(_, head)| head)))
    }

    /// The thing with that ARN: a row of any kind.
    pub fn entity(&self, arn: &str) -> Result<Option<EntityRow>> {
        self.read(|read| {
            let sql = "SELECT id FROM entity WHERE account = ?1 AND arn = ?2";
            let id: Option<i64> = read.one(sql, (read.account.row, arn), |row| row.get(0))?;
            id.map_or(Ok(None), |id| read.entity_row(id))
        })
    }
}

const HEAD: &str = "SELECT id, name, path, arn, uid, created, description, boundary FROM entity
    WHERE account = ?1 AND kind = ?2 AND name_key = ?3";

impl Read<'_> {
    /// The row of a thing, and what its page begins with.
    pub(super) fn head_of(&self, kind: Kind, name: &str) -> Result<Option<(i64, Head)>> {
        let found = self.one(HEAD, (self.account.row, kind.number(), fold(name)), |row| {
            let boundary: Option<String> = row.get(7)?;
            let head = Head {
                kind,
                name: row.get(1)?,
                path: row.get(2)?,
                arn: row.get(3)?,
                id: row.get(4)?,
                created: time(row.get(5)?),
                description: row.get(6)?,
                boundary: boundary.map(link),
                tags: Vec::new(),
            };
            Ok((row.get(0)?, head))
        })?;
        let Some((id, mut head)) = found else { return Ok(None) };
        head.tags = self.all("SELECT key, value FROM tag WHERE entity = ?1 ORDER BY key_fold", [id], |row| {
            Ok(Tag { key: row.get(0)?, value: row.get(1)? })
        })?;
        Ok(Some((id, head)))
    }

    fn user_page(&self, name: &str) -> Result<Option<UserPage>> {
        let Some((id, head)) = self.head_of(Kind::User, name)? else { return Ok(None) };
        let Some(row) = self.user_row(id)? else { return Ok(None) };
        let sql = "SELECT u.password_last_used, ifnull(l.reset_required, 0) FROM user u
            LEFT JOIN login_profile l ON l.user = u.entity WHERE u.entity = ?1";
        let password = self.one(sql, [id], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let (used, password_reset) = password.unwrap_or_default();
        Ok(Some(UserPage {
            head,
            row,
            password_used: self.last(used),
            password_reset,
            attached: self.attached(id)?,
            inline: self.inline(id)?,
            groups: self.through(id)?,
            keys: self.keys_of(id)?,
            mfa: self.mfa_devices(id)?,
            credentials: self.credentials(id)?,
        }))
    }

    fn through(&self, user: i64) -> Result<Vec<Through>> {
        let sql = "SELECT m.grp FROM membership m JOIN entity g ON g.id = m.grp WHERE m.user = ?1 ORDER BY g.name_key";
        let mut groups = Vec::new();
        for id in self.all(sql, [user], |row| row.get::<_, i64>(0))? {
            let Some(group) = self.group_row(id)? else { continue };
            groups.push(Through { group, attached: self.attached(id)?, inline: self.inline(id)? });
        }
        Ok(groups)
    }

    fn group_page(&self, name: &str) -> Result<Option<GroupPage>> {
        let Some((id, head)) = self.head_of(Kind::Group, name)? else { return Ok(None) };
        let Some(row) = self.group_row(id)? else { return Ok(None) };
        let (users, attached, inline) = (self.members(id)?, self.attached(id)?, self.inline(id)?);
        Ok(Some(GroupPage { head, row, users, attached, inline }))
    }

    /// The names of a group's first users.
    pub(super) fn members(&self, group: i64) -> Result<Vec<String>> {
        let sql = "SELECT u.name FROM (SELECT user FROM membership WHERE grp = ?1 LIMIT ?2) m
            JOIN entity u ON u.id = m.user ORDER BY u.name_key";
        self.all(sql, (group, i64::try_from(MEMBERS_SHOWN).unwrap_or(i64::MAX)), |row| row.get(0))
    }

    fn role_page(&self, name: &str) -> Result<Option<RolePage>> {
        let Some((id, head)) = self.head_of(Kind::Role, name)? else { return Ok(None) };
        let Some(row) = self.role_row(id)? else { return Ok(None) };
        let sql = "SELECT trust, last_used_region, trusted FROM role WHERE entity = ?1";
        let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get::<_, String>(2)?));
        let Some((trust, used_region, ids)) = self.one(sql, [id], read)? else { return Ok(None) };
        let trust = self.shown_trust(trust, &ids)?;
        let instance_profiles = self.instance_profiles(id)?;
        let (attached, inline) = (self.attached(id)?, self.inline(id)?);
        Ok(Some(RolePage { head, row, trust, instance_profiles, used_region, attached, inline }))
    }

    /// The instance profiles that a role is in.
    pub(super) fn instance_profiles(&self, role: i64) -> Result<Vec<String>> {
        let sql = "SELECT e.name FROM instance_profile_role i JOIN entity e ON e.id = i.profile
            WHERE i.role = ?1 ORDER BY e.name_key";
        self.all(sql, [role], |row| row.get(0))
    }

    /// The managed policies of a thing, by name.
    pub(super) fn attached(&self, entity: i64) -> Result<Vec<PolicyLink>> {
        let arns = self.all("SELECT policy_arn FROM attachment WHERE entity = ?1", [entity], |row| row.get(0))?;
        let mut links: Vec<PolicyLink> = arns.into_iter().map(link).collect();
        links.sort_by_cached_key(|link| fold(&link.name));
        Ok(links)
    }

    /// The inline policies of a thing, by name.
    pub(super) fn inline(&self, entity: i64) -> Result<Vec<Inline>> {
        let sql = "SELECT name, document FROM inline_policy WHERE entity = ?1 ORDER BY name";
        self.all(sql, [entity], |row| Ok(Inline { name: row.get(0)?, document: row.get(1)? }))
    }
}

impl UserPage {
    /// Everything that is wrong with the user.
    pub fn findings(&self) -> &[Finding] {
        &self.row.findings
    }
}

/// The policy of that ARN.
pub(super) fn link(arn: String) -> PolicyLink {
    let name = arn.rsplit('/').next().unwrap_or(&arn).to_owned();
    let origin = managed::find(&arn).map_or(Origin::Customer, Origin::of);
    PolicyLink { name, arn, origin }
}
