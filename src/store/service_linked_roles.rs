//! Service-linked roles: create, delete, and how a deletion went.
//!
//! AWS asks the service whether it still needs the role before it deletes it. Here no service uses any, so a deletion is
//! over when it has begun.

use rusqlite::params;

use super::error::Result;
use super::perform::Perform;
use super::roles::{MAX_SESSION_DEFAULT, NewRole};
use super::trust::Trusted;
use super::tx::{NewEntity, Tx};
use crate::api::{
    CreateServiceLinkedRole, CreateServiceLinkedRoleOutput, DeleteServiceLinkedRole, DeleteServiceLinkedRoleOutput,
    GetServiceLinkedRoleDeletionStatus, GetServiceLinkedRoleDeletionStatusOutput, Role,
};
use crate::iam::{Error, Kind};

/// The known services, one a line; the first lines say what the columns are.
const SERVICES: &str = include_str!("../../assets/service_linked_roles.tsv");
const DOMAIN: &str = ".amazonaws.com";

/// What a service wants its role to be.
struct Template {
    name: &'static str,
    policy: Option<&'static str>,
    takes_suffix: bool,
    description: Option<&'static str>,
}

impl Template {
    /// The template of a service, if it has one.
    fn of(service: &str) -> Option<Self> {
        let mut fields = fields(service.strip_suffix(DOMAIN)?)?;
        Some(Self {
            name: fields.next()?,
            policy: fields.next().filter(|policy| !policy.is_empty()),
            takes_suffix: fields.next() == Some("+"),
            description: fields.next(),
        })
    }
}

/// What is known of a service after its name, which is given without `.amazonaws.com`.
fn fields(service: &str) -> Option<impl Iterator<Item = &'static str>> {
    SERVICES.lines().filter(|line| !line.starts_with('#')).find_map(|line| {
        let mut fields = line.split('\t');
        (fields.next() == Some(service)).then_some(fields)
    })
}

/// Whether the service, named without `.amazonaws.com`, has service-linked roles.
pub(super) fn is_known(service: &str) -> bool {
    fields(service).is_some()
}

impl Perform for CreateServiceLinkedRole {
    fn perform(&self, tx: &Tx<'_>) -> Result<CreateServiceLinkedRoleOutput> {
        let service = &self.aws_service_name;
        let unknown = || Error::access_denied(format!("Cannot find Service Linked Role template for {service}"));
        let template = Template::of(service).ok_or_else(unknown)?;
        let mut name = format!("AWSServiceRoleFor{}", template.name);
        if let Some(suffix) = &self.custom_suffix {
            if !template.takes_suffix {
                return Err(Error::invalid_input(format!("Custom suffix is not allowed for {service}")).into());
            }
            name = format!("{name}_{suffix}");
        }
        if tx.find(Kind::Role, &name)?.is_some() {
            let message =
                format!("Service role name {name} has been taken in this account, please try a different suffix.");
            return Err(Error::invalid_input(message).into());
        }
        tx.check_quota(Kind::Role, ("RolesPerAccount", tx.account.quotas.roles))?;
        let role = tx.insert(&NewEntity {
            kind: Kind::Role,
            name: &name,
            path: Some(&format!("/aws-service-role/{service}/")),
            description: self.description.as_deref().or(template.description),
            boundary: None,
        })?;
        let trust = format!(
            r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Principal":{{"Service":"{service}"}},"Action":"sts:AssumeRole"}}]}}"#
        );
        let new = NewRole {
            trust: &trust,
            trusted: &Trusted::new(),
            max_session: MAX_SESSION_DEFAULT,
            service: Some(service),
        };
        tx.insert_role(&role, &new)?;
        if let Some(policy) = template.policy {
            let arn = format!("arn:{}:iam::aws:policy/aws-service-role/{policy}", tx.account.partition);
            tx.insert_attachment(&role, &arn, None)?;
        }
        let role = Role {
            path: role.path,
            role_name: role.name,
            role_id: role.uid,
            arn: role.arn,
            create_date: role.created,
            assume_role_policy_document: Some(trust),
            description: role.description,
            ..Role::default()
        };
        Ok(CreateServiceLinkedRoleOutput { role: Some(role) })
    }
}

impl Perform for DeleteServiceLinkedRole {
    fn perform(&self, tx: &Tx<'_>) -> Result<DeleteServiceLinkedRoleOutput> {
        let role = tx.role(&self.role_name)?;
        if tx.count("SELECT count(*) FROM role WHERE entity = ?1 AND service IS NOT NULL", [role.id])? == 0 {
            let message = format!("The role with name {} is not a service-linked role.", role.name);
            return Err(Error::no_such_entity(message).into());
        }
        let deletion_task_id = format!("task{}{}/{}", role.path, role.name, tx.uuid());
        tx.execute(
            "INSERT INTO deletion_task (id, account, role, created) VALUES (?1, ?2, ?3, ?4)",
            params![deletion_task_id, tx.account.row, role.name, tx.seconds()],
        )?;
        tx.delete(&role)?;
        Ok(DeleteServiceLinkedRoleOutput { deletion_task_id })
    }
}

impl Perform for GetServiceLinkedRoleDeletionStatus {
    fn perform(&self, tx: &Tx<'_>) -> Result<GetServiceLinkedRoleDeletionStatusOutput> {
        let sql = "SELECT count(*) FROM deletion_task WHERE id = ?1 AND account = ?2";
        if tx.count(sql, params![self.deletion_task_id, tx.account.row])? == 0 {
            let message = format!("The deletion task with id {} cannot be found.", self.deletion_task_id);
            return Err(Error::no_such_entity(message).into());
        }
        Ok(GetServiceLinkedRoleDeletionStatusOutput { status: "SUCCEEDED".into(), reason: None })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::SERVICES;
    use crate::policy::catalog::managed;
    use crate::store::kit::Kit;

    #[test]
    fn known_services_have_policies_that_exist() {
        for line in SERVICES.lines().filter(|line| !line.starts_with('#')) {
            let policy = line.split('\t').nth(2).unwrap();
            if policy.is_empty() {
                continue;
            }
            let arn = format!("arn:aws:iam::aws:policy/aws-service-role/{policy}");
            // Recorded on AWS, but in no list of managed policies any more.
            let retired = policy == "AmazonLexBotPolicy";
            assert!(retired || managed::find(&arn).is_some(), "{arn}");
        }
    }

    #[test]
    fn a_role_is_made_once_and_with_a_suffix_where_that_is_allowed() {
        let kit = Kit::new();
        let create = |service: &str, suffix: Option<&str>| {
            let mut input = json!({ "AWSServiceName": service });
            if let Some(suffix) = suffix {
                input["CustomSuffix"] = suffix.into();
            }
            kit.call("CreateServiceLinkedRole", input)
        };
        let made = create("batch.amazonaws.com", None).unwrap();
        assert_eq!(
            made["Role"]["Arn"],
            "arn:aws:iam::123456789012:role/aws-service-role/batch.amazonaws.com/AWSServiceRoleForBatch"
        );
        assert_eq!(
            create("batch.amazonaws.com", None).unwrap_err().message,
            "Service role name AWSServiceRoleForBatch has been taken in this account, please try a different suffix."
        );
        assert_eq!(
            create("batch.amazonaws.com", Some("x")).unwrap_err().message,
            "Custom suffix is not allowed for batch.amazonaws.com"
        );
        let suffixed = create("autoscaling.amazonaws.com", Some("x")).unwrap();
        assert_eq!(suffixed["Role"]["RoleName"], "AWSServiceRoleForAutoScaling_x");
        let plain = create("delivery.logs.amazonaws.com", None).unwrap();
        assert_eq!(plain["Role"]["RoleName"], "AWSServiceRoleForLogDelivery");
        for service in ["account.amazonaws.com", "example.com"] {
            let error = create(service, None).unwrap_err();
            assert_eq!((error.code.as_ref(), error.status), ("AccessDenied", 403));
            assert_eq!(error.message, format!("Cannot find Service Linked Role template for {service}"));
        }
    }

    #[test]
    fn a_deletion_has_a_task() {
        let kit = Kit::new();
        kit.call("CreateServiceLinkedRole", json!({"AWSServiceName": "batch.amazonaws.com"})).unwrap();
        let delete = || kit.call("DeleteServiceLinkedRole", json!({"RoleName": "AWSServiceRoleForBatch"}));
        let task = delete().unwrap()["DeletionTaskId"].as_str().unwrap().to_owned();
        let uuid = task.strip_prefix("task/aws-service-role/batch.amazonaws.com/AWSServiceRoleForBatch/").unwrap();
        assert_eq!((uuid.len(), &uuid[14..15]), (36, "4"));
        let status = |id: &str| kit.call("GetServiceLinkedRoleDeletionStatus", json!({ "DeletionTaskId": id }));
        assert_eq!(status(&task).unwrap()["Status"], "SUCCEEDED");
        assert_eq!(status(&task.replace("Batch", "Other")).unwrap_err().code, "NoSuchEntity");
        assert_eq!(delete().unwrap_err().code, "NoSuchEntity");
    }
}
