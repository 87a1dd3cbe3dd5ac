//! Who is in which group.

use rusqlite::params;

use super::error::Result;
use super::groups::group;
use super::page::Page;
use super::perform::Perform;
use super::tx::{ENTITY, Entity, Tx, check_within, fold};
use crate::api::{
    AddUserToGroup, AddUserToGroupOutput, ListGroupsForUser, ListGroupsForUserOutput, RemoveUserFromGroup,
    RemoveUserFromGroupOutput,
};

/// Adding a member again changes nothing.
impl Perform for AddUserToGroup {
    fn perform(&self, tx: &Tx<'_>) -> Result<AddUserToGroupOutput> {
        let user = tx.user(&self.user_name)?;
        let group = tx.group(&self.group_name)?;
        let added = tx.execute(
            "INSERT INTO membership (user, grp) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
            [user.id, group.id],
        )?;
        if added > 0 {
            let quota = tx.account.quotas.groups_per_user;
            let count = tx.count("SELECT groups FROM user WHERE entity = ?1", [user.id])?;
            check_within(count, "GroupsPerUser", quota)?;
        }
        Ok(AddUserToGroupOutput {})
    }
}

/// Removing who is no member succeeds (recorded).
impl Perform for RemoveUserFromGroup {
    fn perform(&self, tx: &Tx<'_>) -> Result<RemoveUserFromGroupOutput> {
        let user = tx.user(&self.user_name)?;
        let group = tx.group(&self.group_name)?;
        tx.execute("DELETE FROM membership WHERE user = ?1 AND grp = ?2", [user.id, group.id])?;
        Ok(RemoveUserFromGroupOutput {})
    }
}

impl Perform for ListGroupsForUser {
    fn perform(&self, tx: &Tx<'_>) -> Result<ListGroupsForUserOutput> {
        let page = Page::new(self.marker.as_deref(), self.max_items)?;
        let user = tx.user(&self.user_name)?;
        let (rows, more, marker) = page.pick(tx.groups_of(user.id)?, |entity| fold(&entity.name));
        Ok(ListGroupsForUserOutput { groups: rows.iter().map(group).collect(), is_truncated: Some(more), marker })
    }
}

impl Tx<'_> {
    /// The groups that a user is in, by name.
    pub(super) fn groups_of(&self, user: i64) -> Result<Vec<Entity>> {
        self.all(
            &format!(
                "SELECT {ENTITY} FROM membership m JOIN entity e ON e.id = m.grp WHERE m.user = ?1 ORDER BY e.name_key"
            ),
            params![user],
            Entity::read,
        )
    }
}

#[cfg(test)]
mod tests {
    use crate::api::{AddUserToGroup, CreateGroup, CreateUser, ListGroupsForUser, RemoveUserFromGroup, UpdateUser};
    use crate::store::kit::Kit;

    fn kit() -> Kit {
        let kit = Kit::new();
        kit.ok(&CreateUser { user_name: "ann".into(), ..CreateUser::default() });
        kit.ok(&CreateGroup { group_name: "devs".into(), ..CreateGroup::default() });
        kit
    }

    fn add(user: &str, group: &str) -> AddUserToGroup {
        AddUserToGroup { group_name: group.into(), user_name: user.into() }
    }

    fn remove(user: &str, group: &str) -> RemoveUserFromGroup {
        RemoveUserFromGroup { group_name: group.into(), user_name: user.into() }
    }

    fn groups(kit: &Kit, user: &str) -> Vec<String> {
        let listed = kit.ok(&ListGroupsForUser { user_name: user.into(), ..ListGroupsForUser::default() });
        listed.groups.into_iter().map(|group| group.group_name).collect()
    }

    #[test]
    fn a_user_joins_and_leaves_any_number_of_times() {
        let kit = kit();
        kit.ok(&add("ann", "devs"));
        kit.ok(&add("Ann", "DEVS"));
        assert_eq!(groups(&kit, "ann"), ["devs"]);
        kit.ok(&remove("ann", "devs"));
        kit.ok(&remove("ann", "devs"));
        assert!(groups(&kit, "ann").is_empty());
    }

    #[test]
    fn the_user_is_looked_for_before_the_group() {
        let kit = kit();
        assert_eq!(kit.refused(&add("bob", "ops")).message, "The user with name bob cannot be found.");
        assert_eq!(kit.refused(&add("ann", "ops")).message, "The group with name ops cannot be found.");
        assert_eq!(kit.refused(&remove("bob", "ops")).message, "The user with name bob cannot be found.");
    }

    #[test]
    fn a_renamed_user_stays_in_its_groups() {
        let kit = kit();
        kit.ok(&add("ann", "devs"));
        kit.ok(&UpdateUser { user_name: "ann".into(), new_user_name: Some("anna".into()), ..UpdateUser::default() });
        assert_eq!(groups(&kit, "anna"), ["devs"]);
    }

    #[test]
    fn ten_groups_are_enough() {
        let kit = kit();
        for n in 0..11 {
            kit.ok(&CreateGroup { group_name: format!("g{n}"), ..CreateGroup::default() });
        }
        for n in 0..10 {
            kit.ok(&add("ann", &format!("g{n}")));
        }
        let error = kit.refused(&add("ann", "g10"));
        assert_eq!((error.code.as_ref(), error.status), ("LimitExceeded", 409));
        assert_eq!(error.message, "Cannot exceed quota for GroupsPerUser: 10");
        assert_eq!(groups(&kit, "ann").len(), 10);
        kit.ok(&add("ann", "g3"));
    }
}
