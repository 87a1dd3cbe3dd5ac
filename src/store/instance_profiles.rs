//! Instance profiles: create, get, list, delete, and the role in them.

use rusqlite::params;

use super::error::Result;
use super::page::Page;
use super::perform::Perform;
use super::roles::{ROLE, RoleRow, role};
use super::tags::check_tags;
use super::tx::{ENTITY, Entity, NewEntity, Tx, check_room, fold};
use crate::api::{
    AddRoleToInstanceProfile, AddRoleToInstanceProfileOutput, CreateInstanceProfile, CreateInstanceProfileOutput,
    DeleteInstanceProfile, DeleteInstanceProfileOutput, GetInstanceProfile, GetInstanceProfileOutput, InstanceProfile,
    ListInstanceProfiles, ListInstanceProfilesForRole, ListInstanceProfilesForRoleOutput, ListInstanceProfilesOutput,
    RemoveRoleFromInstanceProfile, RemoveRoleFromInstanceProfileOutput, Role,
};
use crate::iam::{Error, Kind};

/// Tags are in the answer only when there are some (recorded).
impl Perform for CreateInstanceProfile {
    fn perform(&self, tx: &Tx<'_>) -> Result<CreateInstanceProfileOutput> {
        let tags = self.tags.as_deref().unwrap_or_default();
        check_tags(Kind::InstanceProfile, tags)?;
        let name = &self.instance_profile_name;
        if tx.find(Kind::InstanceProfile, name)?.is_some() {
            return Err(Error::already_exists(format!("Instance Profile {name} already exists.")).into());
        }
        let quota = tx.account.quotas.instance_profiles;
        tx.check_quota(Kind::InstanceProfile, ("InstanceProfilesPerAccount", quota))?;
        let entity = tx.insert(&NewEntity {
            kind: Kind::InstanceProfile,
            name,
            path: self.path.as_deref(),
            description: None,
            boundary: None,
        })?;
        tx.put_tags(&entity, tags)?;
        let made = InstanceProfile { tags: tx.tags(entity.id)?, ..tx.profile_answer(&entity)? };
        Ok(CreateInstanceProfileOutput { instance_profile: made })
    }
}

/// Tags are always in the answer, be there none (recorded).
impl Perform for GetInstanceProfile {
    fn perform(&self, tx: &Tx<'_>) -> Result<GetInstanceProfileOutput> {
        let entity = tx.instance_profile(&self.instance_profile_name)?;
        let tags = Some(tx.tags(entity.id)?.unwrap_or_default());
        Ok(GetInstanceProfileOutput { instance_profile: InstanceProfile { tags, ..tx.profile_answer(&entity)? } })
    }
}

impl Perform for ListInstanceProfiles {
    fn perform(&self, tx: &Tx<'_>) -> Result<ListInstanceProfilesOutput> {
        let page = Page::new(self.marker.as_deref(), self.max_items)?;
        let rows = tx.list(Kind::InstanceProfile, self.path_prefix.as_deref(), &page)?;
        let (rows, more, marker) = page.cut(rows, |entity| fold(&entity.name));
        let instance_profiles = tx.profile_answers(&rows)?;
        Ok(ListInstanceProfilesOutput { instance_profiles, is_truncated: Some(more), marker })
    }
}

impl Perform for ListInstanceProfilesForRole {
    fn perform(&self, tx: &Tx<'_>) -> Result<ListInstanceProfilesForRoleOutput> {
        let page = Page::new(self.marker.as_deref(), self.max_items)?;
        let role = tx.role(&self.role_name)?;
        let rows = tx.all(
            &format!(
                "SELECT {ENTITY} FROM instance_profile_role i JOIN entity e ON e.id = i.profile
                 WHERE i.role = ?1 AND e.name_key > ?2 ORDER BY e.name_key LIMIT ?3"
            ),
            params![role.id, page.after, page.limit],
            Entity::read,
        )?;
        let (rows, more, marker) = page.cut(rows, |entity| fold(&entity.name));
        let instance_profiles = tx.profile_answers(&rows)?;
        Ok(ListInstanceProfilesForRoleOutput { instance_profiles, is_truncated: Some(more), marker })
    }
}

impl Perform for AddRoleToInstanceProfile {
    fn perform(&self, tx: &Tx<'_>) -> Result<AddRoleToInstanceProfileOutput> {
        let profile = tx.instance_profile(&self.instance_profile_name)?;
        let role = tx.own_role(&self.role_name)?;
        let quota = tx.account.quotas.roles_per_instance_profile;
        let count = tx.count("SELECT count(*) FROM instance_profile_role WHERE profile = ?1", [profile.id])?;
        check_room(count, "InstanceSessionsPerInstanceProfile", quota)?;
        tx.execute(
            "INSERT INTO instance_profile_role (profile, role) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
            [profile.id, role.id],
        )?;
        Ok(AddRoleToInstanceProfileOutput {})
    }
}

impl Perform for RemoveRoleFromInstanceProfile {
    fn perform(&self, tx: &Tx<'_>) -> Result<RemoveRoleFromInstanceProfileOutput> {
        let profile = tx.instance_profile(&self.instance_profile_name)?;
        let role = tx.own_role(&self.role_name)?;
        let sql = "DELETE FROM instance_profile_role WHERE profile = ?1 AND role = ?2";
        if tx.execute(sql, [profile.id, role.id])? == 0 {
            let message = format!("Role {} in Instance Profile {} cannot be found.", role.name, profile.name);
            return Err(Error::no_such_entity(message).into());
        }
        Ok(RemoveRoleFromInstanceProfileOutput {})
    }
}

impl Perform for DeleteInstanceProfile {
    fn perform(&self, tx: &Tx<'_>) -> Result<DeleteInstanceProfileOutput> {
        let entity = tx.instance_profile(&self.instance_profile_name)?;
        tx.check_free(
            &entity,
            &[(
                "SELECT EXISTS (SELECT 1 FROM instance_profile_role WHERE profile = ?1)",
                "must remove roles from instance profile first.",
            )],
        )?;
        tx.delete(&entity)?;
        Ok(DeleteInstanceProfileOutput {})
    }
}

impl Tx<'_> {
    /// The instance profile of that name.
    ///
    /// # Errors
    /// `NoSuchEntity`.
    pub(super) fn instance_profile(&self, name: &str) -> Result<Entity> {
        let missing = || Error::no_such_entity(format!("Instance Profile {name} cannot be found."));
        Ok(self.find(Kind::InstanceProfile, name)?.ok_or_else(missing)?)
    }

    /// The instance profiles that a role is in, as answers give them, without tags.
    pub(super) fn profiles_of(&self, role: i64) -> Result<Vec<InstanceProfile>> {
        let rows = self.all(
            &format!(
                "SELECT {ENTITY} FROM instance_profile_role i JOIN entity e ON e.id = i.profile
                 WHERE i.role = ?1 ORDER BY e.name_key"
            ),
            [role],
            Entity::read,
        )?;
        self.profile_answers(&rows)
    }

    fn profile_answers(&self, entities: &[Entity]) -> Result<Vec<InstanceProfile>> {
        entities.iter().map(|entity| self.profile_answer(entity)).collect()
    }

    fn profile_answer(&self, entity: &Entity) -> Result<InstanceProfile> {
        Ok(InstanceProfile {
            path: entity.path.clone(),
            instance_profile_name: entity.name.clone(),
            instance_profile_id: entity.uid.clone(),
            arn: entity.arn.clone(),
            create_date: entity.created,
            roles: self.roles_in(entity.id)?,
            tags: None,
        })
    }

    fn roles_in(&self, profile: i64) -> Result<Vec<Role>> {
        let rows = self.all(
            &format!(
                "SELECT {ENTITY}, {ROLE} FROM instance_profile_role i
                 JOIN entity e ON e.id = i.role JOIN role r ON r.entity = i.role WHERE i.profile = ?1"
            ),
            [profile],
            |row| Ok((Entity::read(row)?, RoleRow::read_at(row, 9)?)),
        )?;
        rows.into_iter().map(|(entity, row)| Ok(role(&entity, self.trust_of(row)?))).collect()
    }
}

#[cfg(test)]
mod tests {
    use crate::api::{
        AddRoleToInstanceProfile, CreateInstanceProfile, CreateRole, DeleteInstanceProfile, GetInstanceProfile,
        ListInstanceProfiles, ListInstanceProfilesForRole, RemoveRoleFromInstanceProfile,
    };
    use crate::store::kit::{Kit, TRUST, tag};

    fn kit() -> Kit {
        let kit = Kit::new();
        for name in ["r", "s"] {
            kit.ok(&CreateRole {
                role_name: name.into(),
                assume_role_policy_document: TRUST.into(),
                ..CreateRole::default()
            });
        }
        kit
    }

    fn create(name: &str) -> CreateInstanceProfile {
        CreateInstanceProfile { instance_profile_name: name.into(), ..CreateInstanceProfile::default() }
    }

    fn get(name: &str) -> GetInstanceProfile {
        GetInstanceProfile { instance_profile_name: name.into() }
    }

    fn add(profile: &str, role: &str) -> AddRoleToInstanceProfile {
        AddRoleToInstanceProfile { instance_profile_name: profile.into(), role_name: role.into() }
    }

    fn remove(profile: &str, role: &str) -> RemoveRoleFromInstanceProfile {
        RemoveRoleFromInstanceProfile { instance_profile_name: profile.into(), role_name: role.into() }
    }

    #[test]
    fn tags_are_always_got_but_created_only_when_given() {
        let kit = kit();
        let made = kit.ok(&CreateInstanceProfile { path: Some("/x/".into()), ..create("i") }).instance_profile;
        assert_eq!((made.tags, made.arn.as_str()), (None, "arn:aws:iam::123456789012:instance-profile/x/i"));
        assert_eq!(kit.ok(&get("I")).instance_profile.tags, Some(Vec::new()));
        let tags = Some(vec![tag("k", "v")]);
        let made = kit.ok(&CreateInstanceProfile { tags: tags.clone(), ..create("j") }).instance_profile;
        assert_eq!(made.tags, tags);
        assert!(kit.ok(&ListInstanceProfiles::default()).instance_profiles.iter().all(|p| p.tags.is_none()));
        assert_eq!(kit.refused(&create("J")).message, "Instance Profile J already exists.");
        assert_eq!(kit.refused(&get("none")).message, "Instance Profile none cannot be found.");
    }

    #[test]
    fn one_role_goes_in_and_out() {
        let kit = kit();
        kit.ok(&create("i"));
        kit.ok(&add("i", "r"));
        let error = kit.refused(&add("i", "s"));
        assert_eq!(error.message, "Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1");
        let role = &kit.ok(&get("i")).instance_profile.roles[0];
        assert_eq!((role.role_name.as_str(), role.max_session_duration), ("r", None));
        let of_role = ListInstanceProfilesForRole { role_name: "r".into(), ..ListInstanceProfilesForRole::default() };
        assert_eq!(kit.ok(&of_role).instance_profiles[0].instance_profile_name, "i");
        let delete = DeleteInstanceProfile { instance_profile_name: "i".into() };
        let error = kit.refused(&delete);
        assert_eq!(error.message, "Cannot delete entity, must remove roles from instance profile first.");
        assert_eq!(kit.refused(&remove("i", "s")).message, "Role s in Instance Profile i cannot be found.");
        kit.ok(&remove("i", "r"));
        kit.ok(&delete);
        assert_eq!(kit.refused(&delete).code, "NoSuchEntity");
    }

    #[test]
    fn profile_and_role_must_be_there() {
        let kit = kit();
        kit.ok(&create("i"));
        assert_eq!(kit.refused(&add("none", "r")).message, "Instance Profile none cannot be found.");
        assert_eq!(kit.refused(&add("i", "none")).message, "The role with name none cannot be found.");
        assert_eq!(kit.refused(&remove("none", "r")).message, "Instance Profile none cannot be found.");
        assert_eq!(kit.refused(&remove("i", "none")).message, "The role with name none cannot be found.");
    }
}
