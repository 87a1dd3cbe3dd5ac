//! `ListPoliciesGrantingServiceAccess`: through which policies an entity may use a service.

use super::error::Result;
use super::perform::Perform;
use super::tx::{Entity, Tx};
use crate::api::{
    ListPoliciesGrantingServiceAccess, ListPoliciesGrantingServiceAccessEntry, ListPoliciesGrantingServiceAccessOutput,
    PolicyGrantingServiceAccess,
};
use crate::policy::catalog;
use crate::policy::decision::{Attached, Source, Via};
use crate::policy::effective::grants_service;

impl Perform for ListPoliciesGrantingServiceAccess {
    fn perform(&self, tx: &Tx<'_>) -> Result<ListPoliciesGrantingServiceAccessOutput> {
        let entity = tx.policy_source(&self.arn)?;
        let found = tx.principal_policies(&entity)?.policies.identity;
        let of_service = |namespace: &String| {
            let service = catalog::service(namespace);
            let grants = |policy: &Attached| service.is_some_and(|service| grants_service(&policy.policy, service));
            let granting = found.iter().filter(|attached| grants(attached));
            ListPoliciesGrantingServiceAccessEntry {
                service_namespace: Some(namespace.clone()),
                policies: Some(granting.map(|attached| granting_policy(&entity, &attached.source)).collect()),
            }
        };
        Ok(ListPoliciesGrantingServiceAccessOutput {
            policies_granting_service_access: self.service_namespaces.iter().map(of_service).collect(),
            is_truncated: Some(false),
            marker: None,
        })
    }
}

fn granting_policy(entity: &Entity, source: &Source) -> PolicyGrantingServiceAccess {
    let owner = |kind: &str, name: &str| (Some(kind.to_owned()), Some(name.to_owned()));
    let (entity_type, entity_name) = match &source.via {
        Via::Inline => owner(&entity.kind.arn_type().to_uppercase(), &entity.name),
        Via::GroupInline(group) => owner("GROUP", group),
        Via::Attached | Via::Group(_) => (None, None),
    };
    let managed = entity_type.is_none();
    PolicyGrantingServiceAccess {
        policy_name: source.name.rsplit('/').next().unwrap_or_default().to_owned(),
        policy_type: if managed { "MANAGED" } else { "INLINE" }.to_owned(),
        policy_arn: managed.then(|| source.name.clone()),
        entity_type,
        entity_name,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::store::kit::Kit;

    #[test]
    fn inline_policies_are_named_with_their_owner() {
        let kit = Kit::new();
        kit.call("CreateUser", json!({"UserName": "ann"})).unwrap();
        let document = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}"#;
        let put = json!({"UserName": "ann", "PolicyName": "p", "PolicyDocument": document});
        kit.call("PutUserPolicy", put).unwrap();
        let managed = json!({"UserName": "ann", "PolicyArn": "arn:aws:iam::aws:policy/IAMReadOnlyAccess"});
        kit.call("AttachUserPolicy", managed).unwrap();
        let input = json!({"Arn": "arn:aws:iam::123456789012:user/ann", "ServiceNamespaces": ["s3", "iam", "ec2"]});
        let answer = kit.call("ListPoliciesGrantingServiceAccess", input).unwrap();
        assert_eq!(
            answer["PoliciesGrantingServiceAccess"],
            json!([
                {"ServiceNamespace": "s3", "Policies": [{"PolicyName": "p", "PolicyType": "INLINE", "EntityType": "USER", "EntityName": "ann"}]},
                {"ServiceNamespace": "iam", "Policies": [{"PolicyName": "IAMReadOnlyAccess", "PolicyType": "MANAGED", "PolicyArn": "arn:aws:iam::aws:policy/IAMReadOnlyAccess"}]},
                {"ServiceNamespace": "ec2", "Policies": []},
            ])
        );
    }
}
