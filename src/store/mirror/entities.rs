//! Users, groups, roles, policies and instance profiles as an endpoint tells of them.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use jiff::Timestamp;
use rusqlite::params;

use super::Intake;
use crate::api::{
    AttachedPermissionsBoundary, AttachedPolicy, GroupDetail, InstanceProfile, ManagedPolicyDetail, PolicyDetail,
    PolicyVersion, RoleDetail, Tag, UserDetail,
};
use crate::iam::Kind;
use crate::store::error::{Error, Result};
use crate::store::tags::key_fold;
use crate::store::tx::fold;

/// The start of the paths of service-linked roles; the service's name follows.
const SERVICE_LINKED: &str = "/aws-service-role/";

/// What every kind of entity has.
#[derive(Debug)]
struct Seen<'a> {
    name: &'a str,
    path: &'a str,
    arn: &'a str,
    uid: &'a str,
    created: Option<Timestamp>,
}

impl<'a> Seen<'a> {
    /// An answer may leave the name out: the ARN ends with it.
    ///
    /// # Errors
    /// [`Error::Corrupt`] without an ARN: such an answer is not to be trusted in anything.
    fn new(name: Option<&'a String>, path: Option<&'a String>, arn: Option<&'a String>) -> Result<Self> {
        let named = |arn: &'a String| name.map(String::as_str).or(arn.rsplit('/').next()).filter(|n| !n.is_empty());
        match arn.and_then(|arn| Some((named(arn)?, arn))) {
            Some((name, arn)) => Ok(Self { name, path: path.map_or("/", |p| p), arn, uid: "", created: None }),
            None => Err(Error::Corrupt("the endpoint told of something without an ARN".into())),
        }
    }

    fn born(self, uid: Option<&'a String>, created: Option<Timestamp>) -> Self {
        Self { uid: uid.map_or("", |u| u), created, ..self }
    }
}

impl Intake<'_> {
    pub(super) fn take_in_user(&self, user: &UserDetail) -> Result<i64> {
        let seen = Seen::new(user.user_name.as_ref(), user.path.as_ref(), user.arn.as_ref())?;
        let id = self.see(Kind::User, &seen.born(user.user_id.as_ref(), user.create_date))?;
        self.set_boundary(id, user.permissions_boundary.as_ref())?;
        self.set_inline(id, user.user_policy_list.as_deref().unwrap_or_default())?;
        self.set_attached(id, user.attached_managed_policies.as_deref().unwrap_or_default())?;
        self.set_tags(id, Kind::User, user.tags.as_deref().unwrap_or_default())?;
        self.set_groups(id, user.group_list.as_deref().unwrap_or_default())?;
        Ok(id)
    }

    pub(super) fn take_in_group(&self, group: &GroupDetail) -> Result<i64> {
        let seen = Seen::new(group.group_name.as_ref(), group.path.as_ref(), group.arn.as_ref())?;
        let id = self.see(Kind::Group, &seen.born(group.group_id.as_ref(), group.create_date))?;
        self.set_inline(id, group.group_policy_list.as_deref().unwrap_or_default())?;
        self.set_attached(id, group.attached_managed_policies.as_deref().unwrap_or_default())?;
        Ok(id)
    }

    pub(super) fn take_in_role(&self, role: &RoleDetail) -> Result<i64> {
        let seen = Seen::new(role.role_name.as_ref(), role.path.as_ref(), role.arn.as_ref())?;
        let service = seen.path.strip_prefix(SERVICE_LINKED).map(|rest| rest.trim_end_matches('/').to_owned());
        let id = self.see(Kind::Role, &seen.born(role.role_id.as_ref(), role.create_date))?;
        let used = role.role_last_used.as_ref();
        self.execute(
            "INSERT INTO role (entity, trust, service) VALUES (?1, ?2, ?3)
             ON CONFLICT DO UPDATE SET trust = excluded.trust, service = excluded.service
             WHERE trust <> excluded.trust OR service IS NOT excluded.service",
            params![id, role.assume_role_policy_document.as_deref().unwrap_or_default(), service],
        )?;
        self.execute(
            "UPDATE role SET last_used = ?2, last_used_region = ?3 WHERE entity = ?1 AND last_used IS NOT ?2",
            params![
                id,
                used.and_then(|u| u.last_used_date).map(Timestamp::as_second),
                used.and_then(|u| u.region.as_deref())
            ],
        )?;
        self.set_boundary(id, role.permissions_boundary.as_ref())?;
        self.set_inline(id, role.role_policy_list.as_deref().unwrap_or_default())?;
        self.set_attached(id, role.attached_managed_policies.as_deref().unwrap_or_default())?;
        self.set_tags(id, Kind::Role, role.tags.as_deref().unwrap_or_default())?;
        self.set_profiles_of(id, role.instance_profile_list.as_deref().unwrap_or_default())?;
        Ok(id)
    }

    pub(super) fn take_in_role_more(&self, name: &str, text: Option<&str>, max_session: Option<i64>) -> Result<()> {
        let Some(role) = self.find(Kind::Role, name)? else { return Ok(()) };
        let sql = "UPDATE entity SET description = ?2 WHERE id = ?1 AND description IS NOT ?2";
        self.execute(sql, params![role.id, text])?;
        if let Some(seconds) = max_session {
            let sql = "UPDATE role SET max_session = ?2 WHERE entity = ?1 AND max_session <> ?2";
            self.execute(sql, params![role.id, seconds])?;
        }
        Ok(())
    }

    pub(super) fn take_in_policy(&self, policy: &ManagedPolicyDetail) -> Result<i64> {
        let seen = Seen::new(policy.policy_name.as_ref(), policy.path.as_ref(), policy.arn.as_ref())?;
        let seen = seen.born(policy.policy_id.as_ref(), policy.create_date);
        let id = self.see(Kind::Policy, &seen)?;
        let sql = "UPDATE entity SET description = ?2 WHERE id = ?1 AND description IS NOT ?2";
        self.execute(sql, params![id, policy.description])?;
        let versions = policy.policy_version_list.as_deref().unwrap_or_default();
        let latest = versions.iter().filter_map(|v| number(v.version_id.as_deref())).max();
        let default = number(policy.default_version_id.as_deref()).or(latest).unwrap_or(1);
        let latest = latest.unwrap_or(default).max(default);
        let updated = policy.update_date.or(policy.create_date).map_or(0, Timestamp::as_second);
        let known = self.count("SELECT count(*) FROM policy WHERE entity = ?1", [id])? > 0;
        self.execute(
            "INSERT INTO policy (entity, account, name_key, default_version, latest_version, updated)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT DO UPDATE SET default_version = excluded.default_version, updated = excluded.updated,
                 latest_version = max(latest_version, excluded.latest_version)",
            params![id, self.account.row, fold(seen.name), default, latest, updated],
        )?;
        if !known {
            self.link_users_of(id, seen.arn)?;
        }
        self.set_versions(id, versions)?;
        Ok(id)
    }

    /// Links a policy that has just become known with the entities that have it already.
    fn link_users_of(&self, policy: i64, arn: &str) -> Result<()> {
        let sql = "SELECT a.entity FROM attachment a JOIN entity e ON e.id = a.entity
                   WHERE a.policy_arn = ?1 AND a.policy IS NULL AND e.account = ?2";
        for entity in self.all(sql, params![arn, self.account.row], |row| row.get::<_, i64>(0))? {
            self.detach(entity, arn)?;
            self.attach(entity, arn, Some(policy))?;
        }
        self.execute(
            "UPDATE policy SET boundaries = (SELECT count(*) FROM entity WHERE account = ?2 AND boundary = ?3)
             WHERE entity = ?1",
            params![policy, self.account.row, arn],
        )?;
        Ok(())
    }

    /// A version's document never changes: those that are known are left alone.
    fn set_versions(&self, policy: i64, versions: &[PolicyVersion]) -> Result<()> {
        let numbers: HashSet<i64> = versions.iter().filter_map(|v| number(v.version_id.as_deref())).collect();
        let sql = "SELECT number FROM policy_version WHERE policy = ?1";
        let known: HashSet<i64> = self.all(sql, [policy], |row| row.get(0))?.into_iter().collect();
        for gone in known.difference(&numbers) {
            self.execute("DELETE FROM policy_version WHERE policy = ?1 AND number = ?2", [policy, *gone])?;
        }
        for version in versions {
            let Some(number) = number(version.version_id.as_deref()).filter(|n| !known.contains(n)) else { continue };
            let document = version.document.as_deref().unwrap_or_default();
            self.execute(
                "INSERT INTO policy_version (policy, account, number, document, created) VALUES (?1, ?2, ?3, ?4, ?5)",
                params![
                    policy,
                    self.account.row,
                    number,
                    document,
                    version.create_date.map_or(0, Timestamp::as_second)
                ],
            )?;
        }
        Ok(())
    }

    /// The row of an entity that was seen, made or changed to what was seen. An entity is told by its unique id: one
    /// under the same name with another id is somebody else, and its predecessor is gone.
    fn see(&self, kind: Kind, seen: &Seen<'_>) -> Result<i64> {
        let by_uid = self.one(
            "SELECT id FROM entity WHERE uid = ?3 AND uid <> '' AND account = ?1 AND kind = ?2",
            params![self.account.row, kind.number(), seen.uid],
            |row| row.get::<_, i64>(0),
        )?;
        let by_arn = self.find_arn(seen.arn)?.filter(|e| e.kind == kind && (seen.uid.is_empty() || e.uid.is_empty()));
        let known = by_uid.or(by_arn.map(|e| e.id));
        self.evict(kind, seen, known)?;
        let created = seen.created.map_or(0, Timestamp::as_second);
        let values = params![known, seen.name, fold(seen.name), seen.path, seen.arn, seen.uid, created];
        if let Some(id) = known {
            self.execute(
                "UPDATE entity SET name = ?2, name_key = ?3, path = ?4, arn = ?5, uid = iif(?6 = '', uid, ?6), created = ?7
                 WHERE id = ?1 AND (name, path, arn, uid, created) IS NOT (?2, ?4, ?5, iif(?6 = '', uid, ?6), ?7)",
                values,
            )?;
            return Ok(id);
        }
        self.execute(
            "INSERT INTO entity (account, kind, name, name_key, path, arn, uid, created)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            params![
                self.account.row,
                kind.number(),
                seen.name,
                fold(seen.name),
                seen.path,
                seen.arn,
                seen.uid,
                created
            ],
        )?;
        Ok(self.sql.last_insert_rowid())
    }

    /// Removes whoever else holds the name or the ARN.
    fn evict(&self, kind: Kind, seen: &Seen<'_>, keep: Option<i64>) -> Result<()> {
        let holders = [self.find(kind, seen.name)?, self.find_arn(seen.arn)?];
        let others: BTreeSet<i64> =
            holders.into_iter().flatten().map(|e| e.id).filter(|id| Some(*id) != keep).collect();
        others.into_iter().try_for_each(|id| self.remove(id))
    }

    /// Removes an entity that is no more, by its name, or a policy by its ARN.
    pub(super) fn take_out(&self, kind: Kind, name: &str) -> Result<()> {
        let found = if kind == Kind::Policy { self.find_arn(name)? } else { self.find(kind, name)? };
        found.map_or(Ok(()), |entity| self.remove(entity.id))
    }

    /// Removes all entities of a kind but these.
    pub(super) fn remove_others(&self, kind: Kind, keep: &HashSet<i64>) -> Result<()> {
        let sql = "SELECT id FROM entity WHERE account = ?1 AND kind = ?2";
        let ids: Vec<i64> = self.all(sql, params![self.account.row, kind.number()], |row| row.get(0))?;
        ids.into_iter().filter(|id| !keep.contains(id)).try_for_each(|id| self.remove(id))
    }

    /// Removes an entity with all that hangs on it, and what would keep it: its devices, the attachments of a policy.
    fn remove(&self, id: i64) -> Result<()> {
        self.execute("DELETE FROM entity WHERE id IN (SELECT entity FROM mfa_device WHERE user = ?1)", [id])?;
        self.execute("DELETE FROM attachment WHERE policy = ?1", [id])?;
        self.execute("DELETE FROM entity WHERE id = ?1", [id]).map(drop)
    }

    fn set_boundary(&self, id: i64, boundary: Option<&AttachedPermissionsBoundary>) -> Result<()> {
        let arn = boundary.and_then(|b| b.permissions_boundary_arn.as_deref());
        let sql = "UPDATE entity SET boundary = ?2 WHERE id = ?1 AND boundary IS NOT ?2";
        self.execute(sql, params![id, arn]).map(drop)
    }

    fn set_inline(&self, id: i64, policies: &[PolicyDetail]) -> Result<()> {
        let seen: BTreeMap<&str, &str> =
            policies.iter().filter_map(|p| Some((p.policy_name.as_deref()?, p.policy_document.as_deref()?))).collect();
        let sql = "SELECT name FROM inline_policy WHERE entity = ?1";
        for name in self.all(sql, [id], |row| row.get::<_, String>(0))? {
            if !seen.contains_key(name.as_str()) {
                self.execute("DELETE FROM inline_policy WHERE entity = ?1 AND name = ?2", params![id, name])?;
            }
        }
        for (name, document) in seen {
            self.execute(
                "INSERT INTO inline_policy (entity, name, document) VALUES (?1, ?2, ?3)
                 ON CONFLICT DO UPDATE SET document = excluded.document WHERE document <> excluded.document",
                params![id, name, document],
            )?;
        }
        Ok(())
    }

    fn set_attached(&self, id: i64, policies: &[AttachedPolicy]) -> Result<()> {
        let seen: BTreeSet<&str> = policies.iter().filter_map(|p| p.policy_arn.as_deref()).collect();
        let sql = "SELECT policy_arn FROM attachment WHERE entity = ?1";
        let known: BTreeSet<String> = self.all(sql, [id], |row| row.get(0))?.into_iter().collect();
        for arn in known.iter().filter(|arn| !seen.contains(arn.as_str())) {
            self.detach(id, arn)?;
        }
        for arn in seen.into_iter().filter(|arn| !known.contains(*arn)) {
            let policy = self.find_arn(arn)?.filter(|e| e.kind == Kind::Policy);
            self.attach(id, arn, policy.map(|e| e.id))?;
        }
        Ok(())
    }

    fn attach(&self, entity: i64, arn: &str, policy: Option<i64>) -> Result<()> {
        let sql = "INSERT INTO attachment (entity, policy_arn, policy, account) VALUES (?1, ?2, ?3, ?4)";
        self.execute(sql, params![entity, arn, policy, self.account.row]).map(drop)
    }

    fn detach(&self, entity: i64, arn: &str) -> Result<()> {
        self.execute("DELETE FROM attachment WHERE entity = ?1 AND policy_arn = ?2", params![entity, arn]).map(drop)
    }

    pub(super) fn set_tags(&self, id: i64, kind: Kind, tags: &[Tag]) -> Result<()> {
        let known = self.tags(id)?.unwrap_or_default();
        if known == tags {
            return Ok(());
        }
        self.execute("DELETE FROM tag WHERE entity = ?1", [id])?;
        for (position, tag) in (1_i64..).zip(tags) {
            self.execute(
                "INSERT INTO tag (entity, key_fold, key, value, position) VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT DO UPDATE SET key = excluded.key, value = excluded.value",
                params![id, key_fold(kind, &tag.key), tag.key, tag.value, position],
            )?;
        }
        Ok(())
    }

    fn set_groups(&self, user: i64, names: &[String]) -> Result<()> {
        let sql = "SELECT grp FROM membership WHERE user = ?1";
        let known: BTreeSet<i64> = self.all(sql, [user], |row| row.get(0))?.into_iter().collect();
        let mut seen = BTreeSet::new();
        for name in names {
            seen.extend(self.find(Kind::Group, name)?.map(|e| e.id));
        }
        known.difference(&seen).try_for_each(|group| self.leave(user, *group))?;
        seen.difference(&known).try_for_each(|group| self.join(user, *group))
    }

    pub(super) fn take_in_members(&self, group: &str, names: &[String]) -> Result<()> {
        let Some(group) = self.find(Kind::Group, group)? else { return Ok(()) };
        let sql = "SELECT user FROM membership WHERE grp = ?1";
        let known: BTreeSet<i64> = self.all(sql, [group.id], |row| row.get(0))?.into_iter().collect();
        let mut seen = BTreeSet::new();
        for name in names {
            seen.extend(self.find(Kind::User, name)?.map(|e| e.id));
        }
        known.difference(&seen).try_for_each(|user| self.leave(*user, group.id))?;
        seen.difference(&known).try_for_each(|user| self.join(*user, group.id))
    }

    fn join(&self, user: i64, group: i64) -> Result<()> {
        self.execute("INSERT INTO membership (user, grp) VALUES (?1, ?2)", [user, group]).map(drop)
    }

    fn leave(&self, user: i64, group: i64) -> Result<()> {
        self.execute("DELETE FROM membership WHERE user = ?1 AND grp = ?2", [user, group]).map(drop)
    }

    /// The instance profiles that one role is in.
    fn set_profiles_of(&self, role: i64, profiles: &[InstanceProfile]) -> Result<()> {
        let mut seen = BTreeSet::new();
        for profile in profiles {
            seen.insert(self.see_profile(profile)?);
        }
        let sql = "SELECT profile FROM instance_profile_role WHERE role = ?1";
        let known: BTreeSet<i64> = self.all(sql, [role], |row| row.get(0))?.into_iter().collect();
        for profile in known.difference(&seen) {
            self.execute("DELETE FROM instance_profile_role WHERE profile = ?1 AND role = ?2", [*profile, role])?;
        }
        for profile in seen.difference(&known) {
            self.execute("INSERT INTO instance_profile_role (profile, role) VALUES (?1, ?2)", [*profile, role])?;
        }
        Ok(())
    }

    fn see_profile(&self, profile: &InstanceProfile) -> Result<i64> {
        let seen = Seen::new(Some(&profile.instance_profile_name), Some(&profile.path), Some(&profile.arn))?;
        self.see(Kind::InstanceProfile, &seen.born(Some(&profile.instance_profile_id), Some(profile.create_date)))
    }

    /// All instance profiles; those of roles are linked by their roles.
    pub(super) fn take_in_instance_profiles(&self, profiles: &[InstanceProfile]) -> Result<()> {
        let mut seen = HashSet::new();
        for profile in profiles {
            let id = self.see_profile(profile)?;
            self.set_tags(id, Kind::InstanceProfile, profile.tags.as_deref().unwrap_or_default())?;
            seen.insert(id);
        }
        self.remove_others(Kind::InstanceProfile, &seen)
    }
}

/// The number of a version: 3 of `v3`.
fn number(version_id: Option<&str>) -> Option<i64> {
    version_id?.strip_prefix('v')?.split('.').next()?.parse().ok()
}
