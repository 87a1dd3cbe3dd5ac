//! Users: create, get, list, update, delete.

use rusqlite::{Row, params};

use super::error::Result;
use super::page::Page;
use super::perform::Perform;
use super::tags::check_tags;
use super::tx::{ENTITY, Entity, NewEntity, Tx, fold, time};
use crate::api::{
    AttachedPermissionsBoundary, CreateUser, CreateUserOutput, DeleteUser, DeleteUserOutput, GetUser, GetUserOutput,
    ListUsers, ListUsersOutput, UpdateUser, UpdateUserOutput, User,
};
use crate::iam::{Caller, Error, Kind};

/// The user as answers give it, without tags and boundary, which listings leave out.
pub(super) fn user(entity: &Entity, password_last_used: Option<i64>) -> User {
    User {
        path: entity.path.clone(),
        user_name: entity.name.clone(),
        user_id: entity.uid.clone(),
        arn: entity.arn.clone(),
        create_date: entity.created,
        password_last_used: password_last_used.map(time),
        ..User::default()
    }
}

/// The boundary as answers give it. The type is `Policy`, whatever the API reference says (recorded).
pub(super) fn boundary(arn: Option<&String>) -> Option<AttachedPermissionsBoundary> {
    arn.map(|arn| AttachedPermissionsBoundary {
        permissions_boundary_type: Some("Policy".into()),
        permissions_boundary_arn: Some(arn.clone()),
    })
}

/// Reads a user from the columns of [`ENTITY`] and `password_last_used` after them.
pub(super) fn read_user(row: &Row<'_>) -> rusqlite::Result<User> {
    Ok(user(&Entity::read(row)?, row.get(9)?))
}

fn taken(name: &str) -> Error {
    Error::already_exists(format!("User with name {name} already exists."))
}

impl Perform for CreateUser {
    fn perform(&self, tx: &Tx<'_>) -> Result<CreateUserOutput> {
        let tags = self.tags.as_deref().unwrap_or_default();
        check_tags(Kind::User, tags)?;
        let boundary_arn = tx.boundary_policy(self.permissions_boundary.as_deref())?;
        if tx.find(Kind::User, &self.user_name)?.is_some() {
            return Err(taken(&self.user_name).into());
        }
        tx.check_quota(Kind::User, ("UsersPerAccount", tx.account.quotas.users))?;
        let entity = tx.insert(&NewEntity {
            kind: Kind::User,
            name: &self.user_name,
            path: self.path.as_deref(),
            description: None,
            boundary: boundary_arn.as_deref(),
        })?;
        tx.put_tags(&entity, tags)?;
        let made = User {
            tags: tx.tags(entity.id)?,
            permissions_boundary: boundary(entity.boundary.as_ref()),
            ..user(&entity, None)
        };
        Ok(CreateUserOutput { user: Some(made) })
    }
}

impl Perform for GetUser {
    fn perform(&self, tx: &Tx<'_>) -> Result<GetUserOutput> {
        if self.user_name.is_none() && *tx.caller == Caller::Root {
            return Ok(GetUserOutput { user: tx.root_user()? });
        }
        let entity = tx.user_or_caller(self.user_name.as_deref())?;
        let used =
            tx.one("SELECT password_last_used FROM user WHERE entity = ?1", [entity.id], |row| row.get(0))?.flatten();
        let found = User {
            tags: tx.tags(entity.id)?,
            permissions_boundary: boundary(entity.boundary.as_ref()),
            ..user(&entity, used)
        };
        Ok(GetUserOutput { user: found })
    }
}

impl Perform for ListUsers {
    fn perform(&self, tx: &Tx<'_>) -> Result<ListUsersOutput> {
        let page = Page::new(self.marker.as_deref(), self.max_items)?;
        let rows = tx.all(
            &format!(
                "SELECT {ENTITY}, u.password_last_used FROM entity e JOIN user u ON u.entity = e.id
                 WHERE e.account = ?1 AND e.kind = ?2 AND e.name_key > ?3 AND substr(e.path, 1, length(?4)) = ?4
                 ORDER BY e.name_key LIMIT ?5"
            ),
            params![
                tx.account.row,
                Kind::User.number(),
                page.after,
                self.path_prefix.as_deref().unwrap_or("/"),
                page.limit
            ],
            read_user,
        )?;
        let (users, more, marker) = page.cut(rows, |user| fold(&user.user_name));
        Ok(ListUsersOutput { users, is_truncated: Some(more), marker })
    }
}

impl Perform for UpdateUser {
    fn perform(&self, tx: &Tx<'_>) -> Result<UpdateUserOutput> {
        let entity = tx.user(&self.user_name)?;
        let name = self.new_user_name.as_deref().unwrap_or(&entity.name);
        if tx.find(Kind::User, name)?.is_some_and(|other| other.id != entity.id) {
            return Err(taken(name).into());
        }
        tx.rename(&entity, name, self.new_path.as_deref().unwrap_or(&entity.path))?;
        Ok(UpdateUserOutput {})
    }
}

/// What stands in the way of deleting a user, in the order in which IAM looks, and what it says of each.
const IN_THE_WAY: [(&str, &str); 9] = [
    ("SELECT count(*) FROM attachment WHERE entity = ?1", "must detach all policies first."),
    ("SELECT count(*) FROM inline_policy WHERE entity = ?1", "must delete policies first."),
    ("SELECT count(*) FROM membership WHERE user = ?1", "must remove users from group first."),
    ("SELECT mfa_devices FROM user WHERE entity = ?1", "must remove tokens from principal first."),
    ("SELECT count(*) FROM access_key WHERE user = ?1", "must delete access keys first."),
    ("SELECT count(*) FROM login_profile WHERE user = ?1", "must delete login profile first."),
    ("SELECT count(*) FROM signing_certificate WHERE user = ?1", "must delete certificates first."),
    ("SELECT count(*) FROM ssh_public_key WHERE user = ?1", "must remove referenced objects first."),
    ("SELECT count(*) FROM service_credential WHERE user = ?1", "must remove referenced objects first."),
];

impl Perform for DeleteUser {
    fn perform(&self, tx: &Tx<'_>) -> Result<DeleteUserOutput> {
        let entity = tx.user(&self.user_name)?;
        tx.check_free(&entity, &IN_THE_WAY)?;
        tx.delete(&entity)?;
        Ok(DeleteUserOutput {})
    }
}

impl Tx<'_> {
    /// The root user as `GetUser` gives it to itself: without a user name, its id the account's.
    pub(super) fn root_user(&self) -> Result<User> {
        let created = self.one("SELECT created FROM account WHERE id = ?1", [self.account.row], |row| row.get(0))?;
        Ok(User {
            user_id: self.account.id.to_string(),
            arn: self.account.arn("root"),
            create_date: time(created.unwrap_or_default()),
            ..User::default()
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::api::{CreateUser, DeleteUser, GetUser, ListUsers, Tag, UpdateUser};
    use crate::store::kit::{Kit, tag};

    fn create(name: &str) -> CreateUser {
        CreateUser { user_name: name.into(), ..CreateUser::default() }
    }

    fn get(name: &str) -> GetUser {
        GetUser { user_name: Some(name.into()) }
    }

    #[test]
    fn a_user_is_made_and_found_whatever_the_case() {
        let kit = Kit::new();
        let made =
            kit.ok(&CreateUser { path: Some("/eng/".into()), tags: Some(vec![tag("team", "a")]), ..create("Ann") });
        let made = made.user.unwrap();
        assert_eq!(made.arn, "arn:aws:iam::123456789012:user/eng/Ann");
        assert!(made.user_id.starts_with("AIDA"));
        assert_eq!(kit.ok(&get("ann")).user, made);
        assert_eq!(made.tags, Some(vec![Tag { key: "team".into(), value: "a".into() }]));
    }

    #[test]
    fn a_name_is_taken_whatever_its_case() {
        let kit = Kit::new();
        kit.ok(&create("Ann"));
        let error = kit.refused(&create("ANN"));
        assert_eq!((error.code.as_ref(), error.status), ("EntityAlreadyExists", 409));
        assert_eq!(error.message, "User with name ANN already exists.");
    }

    #[test]
    fn listings_come_in_pages_and_leave_tags_out() {
        let kit = Kit::new();
        for name in ["c", "a", "B", "d"] {
            kit.ok(&CreateUser { tags: Some(vec![tag("k", "v")]), ..create(name) });
        }
        let first = kit.ok(&ListUsers { max_items: Some(3), ..ListUsers::default() });
        let names: Vec<_> = first.users.iter().map(|u| u.user_name.as_str()).collect();
        assert_eq!(names, ["a", "B", "c"]);
        assert!(first.users.iter().all(|u| u.tags.is_none()));
        assert_eq!(first.is_truncated, Some(true));
        let rest = kit.ok(&ListUsers { marker: first.marker, ..ListUsers::default() });
        assert_eq!((rest.users.len(), rest.is_truncated), (1, Some(false)));
    }

    #[test]
    fn a_renamed_user_keeps_its_id() {
        let kit = Kit::new();
        let before = kit.ok(&create("ann")).user.unwrap();
        kit.ok(&UpdateUser {
            user_name: "ann".into(),
            new_user_name: Some("anna".into()),
            new_path: Some("/x/".into()),
        });
        let after = kit.ok(&get("anna")).user;
        assert_eq!((after.user_id, after.arn.as_str()), (before.user_id, "arn:aws:iam::123456789012:user/x/anna"));
        assert_eq!(kit.refused(&get("ann")).message, "The user with name ann cannot be found.");
    }

    #[test]
    fn a_deleted_user_is_gone() {
        let kit = Kit::new();
        kit.ok(&create("ann"));
        kit.ok(&DeleteUser { user_name: "ann".into() });
        assert_eq!(kit.refused(&DeleteUser { user_name: "ann".into() }).code, "NoSuchEntity");
    }
}
