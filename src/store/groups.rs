//! User groups: create, get, list, update, delete.

use rusqlite::params;

use super::error::Result;
use super::page::Page;
use super::perform::Perform;
use super::tx::{ENTITY, Entity, NewEntity, Tx, fold};
use super::users::read_user;
use crate::api::{
    CreateGroup, CreateGroupOutput, DeleteGroup, DeleteGroupOutput, GetGroup, GetGroupOutput, Group, ListGroups,
    ListGroupsOutput, UpdateGroup, UpdateGroupOutput,
};
use crate::iam::{Error, Kind};

/// The group as answers give it.
pub(super) fn group(entity: &Entity) -> Group {
    Group {
        path: entity.path.clone(),
        group_name: entity.name.clone(),
        group_id: entity.uid.clone(),
        arn: entity.arn.clone(),
        create_date: entity.created,
    }
}

fn taken(name: &str) -> Error {
    Error::already_exists(format!("Group with name {name} already exists."))
}

impl Perform for CreateGroup {
    fn perform(&self, tx: &Tx<'_>) -> Result<CreateGroupOutput> {
        if tx.find(Kind::Group, &self.group_name)?.is_some() {
            return Err(taken(&self.group_name).into());
        }
        tx.check_quota(Kind::Group, ("GroupsPerAccount", tx.account.quotas.groups))?;
        let entity = tx.insert(&NewEntity {
            kind: Kind::Group,
            name: &self.group_name,
            path: self.path.as_deref(),
            description: None,
            boundary: None,
        })?;
        Ok(CreateGroupOutput { group: group(&entity) })
    }
}

impl Perform for GetGroup {
    fn perform(&self, tx: &Tx<'_>) -> Result<GetGroupOutput> {
        let page = Page::new(self.marker.as_deref(), self.max_items)?;
        let entity = tx.group(&self.group_name)?;
        let rows = tx.all(
            &format!(
                "SELECT {ENTITY}, u.password_last_used FROM membership m
                 JOIN entity e ON e.id = m.user JOIN user u ON u.entity = m.user
                 WHERE m.grp = ?1 AND e.name_key > ?2 ORDER BY e.name_key LIMIT ?3"
            ),
            params![entity.id, page.after, page.limit],
            read_user,
        )?;
        let (users, more, marker) = page.cut(rows, |user| fold(&user.user_name));
        Ok(GetGroupOutput { group: group(&entity), users, is_truncated: Some(more), marker })
    }
}

impl Perform for ListGroups {
    fn perform(&self, tx: &Tx<'_>) -> Result<ListGroupsOutput> {
        let page = Page::new(self.marker.as_deref(), self.max_items)?;
        let rows = tx.list(Kind::Group, self.path_prefix.as_deref(), &page)?;
        let (rows, more, marker) = page.cut(rows, |entity| fold(&entity.name));
        Ok(ListGroupsOutput { groups: rows.iter().map(group).collect(), is_truncated: Some(more), marker })
    }
}

impl Perform for UpdateGroup {
    fn perform(&self, tx: &Tx<'_>) -> Result<UpdateGroupOutput> {
        let entity = tx.group(&self.group_name)?;
        let name = self.new_group_name.as_deref().unwrap_or(&entity.name);
        if tx.find(Kind::Group, name)?.is_some_and(|other| other.id != entity.id) {
            return Err(taken(name).into());
        }
        tx.rename(&entity, name, self.new_path.as_deref().unwrap_or(&entity.path))?;
        Ok(UpdateGroupOutput {})
    }
}

/// What stands in the way of deleting a group, in the order in which IAM looks, and what it says of each.
const IN_THE_WAY: [(&str, &str); 3] = [
    ("SELECT EXISTS (SELECT 1 FROM attachment WHERE entity = ?1)", "must detach all policies first."),
    ("SELECT EXISTS (SELECT 1 FROM inline_policy WHERE entity = ?1)", "must delete policies first."),
    ("SELECT EXISTS (SELECT 1 FROM membership WHERE grp = ?1)", "must remove users from group first."),
];

impl Perform for DeleteGroup {
    fn perform(&self, tx: &Tx<'_>) -> Result<DeleteGroupOutput> {
        let entity = tx.group(&self.group_name)?;
        tx.check_free(&entity, &IN_THE_WAY)?;
        tx.delete(&entity)?;
        Ok(DeleteGroupOutput {})
    }
}

#[cfg(test)]
mod tests {
    use crate::api::{
        AddUserToGroup, CreateGroup, CreateUser, DeleteGroup, GetGroup, ListGroups, PutGroupPolicy, UpdateGroup,
    };
    use crate::store::kit::{ALLOW, Kit};

    fn create(name: &str) -> CreateGroup {
        CreateGroup { group_name: name.into(), ..CreateGroup::default() }
    }

    fn get(name: &str) -> GetGroup {
        GetGroup { group_name: name.into(), ..GetGroup::default() }
    }

    #[test]
    fn a_group_is_made_and_found_whatever_the_case() {
        let kit = Kit::new();
        let made = kit.ok(&CreateGroup { path: Some("/eng/".into()), ..create("Devs") }).group;
        assert_eq!(made.arn, "arn:aws:iam::123456789012:group/eng/Devs");
        assert!(made.group_id.starts_with("AGPA"));
        assert_eq!(kit.ok(&get("devs")).group, made);
        assert_eq!(kit.refused(&create("DEVS")).message, "Group with name DEVS already exists.");
        assert_eq!(kit.refused(&get("ops")).message, "The group with name ops cannot be found.");
    }

    #[test]
    fn a_listing_keeps_to_the_path() {
        let kit = Kit::new();
        kit.ok(&create("a"));
        kit.ok(&CreateGroup { path: Some("/eng/".into()), ..create("b") });
        let listed = kit.ok(&ListGroups { path_prefix: Some("/eng".into()), ..ListGroups::default() });
        assert_eq!(listed.groups.iter().map(|g| g.group_name.as_str()).collect::<Vec<_>>(), ["b"]);
    }

    #[test]
    fn the_members_of_a_group_come_in_pages() {
        let kit = Kit::new();
        kit.ok(&create("devs"));
        for user in ["c", "a", "b"] {
            kit.ok(&CreateUser { user_name: user.into(), ..CreateUser::default() });
            kit.ok(&AddUserToGroup { group_name: "devs".into(), user_name: user.into() });
        }
        let first = kit.ok(&GetGroup { max_items: Some(2), ..get("devs") });
        assert_eq!(first.users.iter().map(|u| u.user_name.as_str()).collect::<Vec<_>>(), ["a", "b"]);
        let rest = kit.ok(&GetGroup { marker: first.marker, ..get("devs") });
        assert_eq!((rest.users.len(), rest.is_truncated), (1, Some(false)));
    }

    #[test]
    fn a_renamed_group_keeps_its_id_and_may_not_take_a_name() {
        let kit = Kit::new();
        let made = kit.ok(&create("a")).group;
        kit.ok(&create("b"));
        let rename = |to: &str| UpdateGroup {
            group_name: "a".into(),
            new_group_name: Some(to.into()),
            new_path: Some("/x/".into()),
        };
        assert_eq!(kit.refused(&rename("B")).message, "Group with name B already exists.");
        kit.ok(&rename("c"));
        let found = kit.ok(&get("c")).group;
        assert_eq!((found.group_id, found.arn.as_str()), (made.group_id, "arn:aws:iam::123456789012:group/x/c"));
    }

    #[test]
    fn a_group_in_use_is_not_deleted() {
        let kit = Kit::new();
        kit.ok(&create("devs"));
        kit.ok(&CreateUser { user_name: "ann".into(), ..CreateUser::default() });
        kit.ok(&AddUserToGroup { group_name: "devs".into(), user_name: "ann".into() });
        let delete = DeleteGroup { group_name: "devs".into() };
        let error = kit.refused(&delete);
        assert_eq!(error.code, "DeleteConflict");
        assert_eq!(error.message, "Cannot delete entity, must remove users from group first.");
        kit.ok(&PutGroupPolicy { group_name: "devs".into(), policy_name: "p".into(), policy_document: ALLOW.into() });
        assert_eq!(kit.refused(&delete).message, "Cannot delete entity, must delete policies first.");
    }
}
