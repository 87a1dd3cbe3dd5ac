//! Permissions boundaries of users and roles: which policies may be one, put, delete.

use rusqlite::params;

use super::error::Result;
use super::perform::Perform;
use super::policy_of::{Found, is_policy_arn};
use super::tx::{Entity, Tx};
use crate::api::{
    DeleteRolePermissionsBoundary, DeleteRolePermissionsBoundaryOutput, DeleteUserPermissionsBoundary,
    DeleteUserPermissionsBoundaryOutput, PutRolePermissionsBoundary, PutRolePermissionsBoundaryOutput,
    PutUserPermissionsBoundary, PutUserPermissionsBoundaryOutput,
};
use crate::iam::Error;

impl Perform for PutUserPermissionsBoundary {
    fn perform(&self, tx: &Tx<'_>) -> Result<PutUserPermissionsBoundaryOutput> {
        let arn = tx.boundary_policy(Some(&self.permissions_boundary))?;
        tx.set_boundary(&tx.user(&self.user_name)?, arn.as_deref())?;
        Ok(PutUserPermissionsBoundaryOutput {})
    }
}

impl Perform for PutRolePermissionsBoundary {
    fn perform(&self, tx: &Tx<'_>) -> Result<PutRolePermissionsBoundaryOutput> {
        let arn = tx.boundary_policy(Some(&self.permissions_boundary))?;
        tx.set_boundary(&tx.own_role(&self.role_name)?, arn.as_deref())?;
        Ok(PutRolePermissionsBoundaryOutput {})
    }
}

impl Perform for DeleteUserPermissionsBoundary {
    fn perform(&self, tx: &Tx<'_>) -> Result<DeleteUserPermissionsBoundaryOutput> {
        tx.remove_boundary(&tx.user(&self.user_name)?)?;
        Ok(DeleteUserPermissionsBoundaryOutput {})
    }
}

impl Perform for DeleteRolePermissionsBoundary {
    fn perform(&self, tx: &Tx<'_>) -> Result<DeleteRolePermissionsBoundaryOutput> {
        tx.remove_boundary(&tx.own_role(&self.role_name)?)?;
        Ok(DeleteRolePermissionsBoundaryOutput {})
    }
}

impl Tx<'_> {
    /// The ARN of a policy that may serve as a boundary.
    ///
    /// # Errors
    /// `InvalidInput` for what is no policy ARN, `NoSuchEntity` for a policy that does not exist, `PolicyNotAttachable`
    /// for one that only service-linked roles may have.
    pub(super) fn boundary_policy(&self, arn: Option<&str>) -> Result<Option<String>> {
        let Some(text) = arn else { return Ok(None) };
        if !is_policy_arn(text) {
            return Err(Error::invalid_input(format!("ARN {text} is not valid.")).into());
        }
        match self.policy(text)? {
            None => {
                Err(Error::no_such_entity(format!("Scope ARN: {text} does not exist or is not attachable.")).into())
            }
            Some(Found::Aws(policy)) if policy.path == "/aws-service-role/" => {
                Err(Error::policy_not_attachable(format!("Scope ARN: {text} is not attachable.")).into())
            }
            Some(_) => Ok(Some(text.to_owned())),
        }
    }

    /// AWS was observed to answer `NoSuchEntity` where there is none; its words are not known.
    fn remove_boundary(&self, entity: &Entity) -> Result<()> {
        if entity.boundary.is_none() {
            let (noun, name) = (entity.kind.noun(), &entity.name);
            return Err(Error::no_such_entity(format!("The {noun} {name} has no permissions boundary.")).into());
        }
        self.set_boundary(entity, None)
    }

    fn set_boundary(&self, entity: &Entity, arn: Option<&str>) -> Result<()> {
        self.execute("UPDATE entity SET boundary = ?2 WHERE id = ?1", params![entity.id, arn])?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::api::{CreatePolicy, CreateUser, GetPolicy, GetUser, ListUsers, PutUserPermissionsBoundary};
    use crate::store::kit::{ALLOW, Kit};

    const ARN: &str = "arn:aws:iam::123456789012:policy/p";
    const AWS: &str = "arn:aws:iam::aws:policy/PowerUserAccess";

    fn kit() -> Kit {
        let kit = Kit::new();
        kit.ok(&CreatePolicy { policy_name: "p".into(), policy_document: ALLOW.into(), ..CreatePolicy::default() });
        kit.ok(&CreateUser { user_name: "ann".into(), ..CreateUser::default() });
        kit
    }

    fn put(arn: &str) -> PutUserPermissionsBoundary {
        PutUserPermissionsBoundary { user_name: "ann".into(), permissions_boundary: arn.into() }
    }

    fn uses(kit: &Kit, arn: &str) -> Option<i64> {
        kit.ok(&GetPolicy { policy_arn: arn.into() }).policy.unwrap().permissions_boundary_usage_count
    }

    #[test]
    fn a_boundary_is_put_replaced_and_taken() {
        let kit = kit();
        kit.ok(&put(ARN));
        let user = kit.ok(&GetUser { user_name: Some("ann".into()) }).user;
        let boundary = user.permissions_boundary.unwrap();
        assert_eq!(boundary.permissions_boundary_type.as_deref(), Some("Policy"));
        assert_eq!(boundary.permissions_boundary_arn.as_deref(), Some(ARN));
        assert!(kit.ok(&ListUsers::default()).users[0].permissions_boundary.is_none());
        assert_eq!((uses(&kit, ARN), uses(&kit, AWS)), (Some(1), Some(0)));
        kit.ok(&put(AWS));
        kit.ok(&put(AWS));
        assert_eq!((uses(&kit, ARN), uses(&kit, AWS)), (Some(0), Some(1)));
        kit.call("DeleteUserPermissionsBoundary", json!({"UserName": "ann"})).unwrap();
        assert_eq!(uses(&kit, AWS), Some(0));
        let again = kit.call("DeleteUserPermissionsBoundary", json!({"UserName": "ann"})).unwrap_err();
        assert_eq!((again.code.as_ref(), again.status), ("NoSuchEntity", 404));
        assert_eq!(kit.ok(&GetUser { user_name: Some("ann".into()) }).user.permissions_boundary, None);
    }

    #[test]
    fn not_every_text_is_a_boundary() {
        let kit = kit();
        let error = kit.refused(&put("arn:aws:iam::123456789012:user/ann"));
        assert_eq!((error.code.as_ref(), error.status), ("InvalidInput", 400));
        assert_eq!(error.message, "ARN arn:aws:iam::123456789012:user/ann is not valid.");
        let gone = format!("{ARN}x");
        assert_eq!(kit.refused(&put(&gone)).message, format!("Scope ARN: {gone} does not exist or is not attachable."));
    }
}
