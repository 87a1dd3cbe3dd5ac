//! The policy simulator: `SimulateCustomPolicy`, `SimulatePrincipalPolicy`.
//!
//! The policy engine decides; here is only what goes into a simulation and how its answer reads. Follows the API
//! reference and recorded answers: positions count from 1, the last character of a statement included.

use super::error::Result;
use super::page::Page;
use super::perform::Perform;
use super::simulated::Simulation;
use super::tx::{Entity, Tx};
use crate::api::{
    ContextEntry, EvaluationResult, OrganizationsDecisionDetail, PolicyIdentifier, SimulateCustomPolicy,
    SimulateCustomPolicyOutput, SimulatePrincipalPolicy, SimulatePrincipalPolicyOutput,
};
use crate::iam::{Error, Kind};
use crate::policy::decision::{Attached, Level, Source, Via};
use crate::policy::document::Document;

/// The document that a text holds.
///
/// # Errors
/// `InvalidInput` for what is no policy.
pub(super) fn read_policy(text: &str) -> Result<Document> {
    let document = Document::parse(text);
    if document.is_well_formed() {
        return Ok(document);
    }
    Err(Error::invalid_input("Invalid policy: it is not a well-formed JSON policy document.").into())
}

impl Perform for SimulateCustomPolicy {
    fn perform(&self, tx: &Tx<'_>) -> Result<SimulateCustomPolicyOutput> {
        let mut simulation = Simulation::new(&tx.account.id, self.caller_arn.as_deref().unwrap_or_default());
        for (number, text) in (1..).zip(&self.policy_input_list) {
            simulation.add_identity(format!("PolicyInputList.{number}"), text)?;
        }
        simulation.set_boundary(self.permissions_boundary_policy_input_list.as_deref())?;
        for level in self.ordered_organization_policy_input_list.iter().flatten() {
            let texts = level.service_control_policy_input_list.as_deref().unwrap_or_default();
            let policies = simulation.documents("ServiceControlPolicyInputList", texts)?;
            simulation.policies.scps.push(Level { target: String::new(), policies });
        }
        simulation.set_resource_policy(self.resource_policy.as_deref(), self.resource_owner.as_deref())?;
        add_context(&mut simulation, self.context_entries.as_deref().unwrap_or_default());
        let results = simulation.run(&self.action_names, self.resource_arns.as_deref().unwrap_or_default())?;
        let (results, more, marker) = page(results, self.marker.as_deref(), self.max_items)?;
        Ok(SimulateCustomPolicyOutput { evaluation_results: Some(results), is_truncated: Some(more), marker })
    }
}

impl Perform for SimulatePrincipalPolicy {
    fn perform(&self, tx: &Tx<'_>) -> Result<SimulatePrincipalPolicyOutput> {
        let source = tx.policy_source(&self.policy_source_arn)?;
        if self.resource_policy.is_some() && self.caller_arn.is_none() && source.kind != Kind::User {
            let message = "A CallerArn is required with a ResourcePolicy when the policy source is not a user.";
            return Err(Error::invalid_input(message).into());
        }
        let mut simulation = Simulation::new(&tx.account.id, self.caller_arn.as_deref().unwrap_or(&source.arn));
        let found = tx.principal_policies(&source)?;
        let excluded = self.policy_exclusion_list.as_deref().unwrap_or_default();
        for attached in found.policies.identity.iter().filter(|attached| !is_excluded(attached, excluded)) {
            let name = name_of(&source, &attached.source);
            simulation.add_identity(name, &tx.text_of(&source, &attached.source)?)?;
        }
        for (number, text) in (1..).zip(self.policy_input_list.iter().flatten()) {
            simulation.add_identity(format!("PolicyInputList.{number}"), text)?;
        }
        simulation.policies.boundary = found.policies.boundary;
        simulation.set_boundary(self.permissions_boundary_policy_input_list.as_deref())?;
        simulation.set_resource_policy(self.resource_policy.as_deref(), self.resource_owner.as_deref())?;
        for (key, value) in &found.tags {
            simulation.context.set(&format!("aws:PrincipalTag/{key}"), [value]);
        }
        if source.kind == Kind::User {
            simulation.context.set("aws:username", [&source.name]);
            simulation.context.set("aws:userid", [&source.uid]);
        }
        add_context(&mut simulation, self.context_entries.as_deref().unwrap_or_default());
        let mut results = simulation.run(&self.action_names, self.resource_arns.as_deref().unwrap_or_default())?;
        for result in &mut results {
            result.organizations_decision_detail =
                Some(OrganizationsDecisionDetail { allowed_by_organizations: Some(true) });
        }
        let (results, more, marker) = page(results, self.marker.as_deref(), self.max_items)?;
        Ok(SimulatePrincipalPolicyOutput { evaluation_results: Some(results), is_truncated: Some(more), marker })
    }
}

fn add_context(simulation: &mut Simulation, entries: &[ContextEntry]) {
    for entry in entries {
        if let Some(name) = &entry.context_key_name {
            simulation.context.set(name, entry.context_key_values.as_deref().unwrap_or_default());
        }
    }
}

/// How answers name a policy of the principal: `user_ann_policy` for an inline one.
fn name_of(source: &Entity, policy: &Source) -> String {
    let short = || policy.name.rsplit('/').next().unwrap_or_default().to_owned();
    match &policy.via {
        Via::Attached | Via::Group(_) => short(),
        Via::Inline => format!("{}_{}_{}", source.kind.arn_type(), source.name, policy.name),
        Via::GroupInline(group) => format!("group_{group}_{}", policy.name),
    }
}

fn is_excluded(attached: &Attached, excluded: &[PolicyIdentifier]) -> bool {
    let Source { name, via } = attached.source.as_ref();
    excluded.iter().any(|identifier| match via {
        Via::Attached | Via::Group(_) => identifier.policy_arn.as_deref() == Some(name),
        Via::Inline | Via::GroupInline(_) => {
            identifier.inline_policy_identifier.as_ref().is_some_and(|inline| inline.policy_name == *name)
        }
    })
}

type Results = (Vec<EvaluationResult>, bool, Option<String>);

/// A page of results: the marker is the number of the last one before it.
fn page(results: Vec<EvaluationResult>, marker: Option<&str>, max_items: Option<i64>) -> Result<Results> {
    let page = Page::new(marker, max_items)?;
    let start = page.after.parse().unwrap_or(0);
    let rows: Vec<_> = (1_usize..).zip(results).skip(start).collect();
    let (rows, more, marker) = page.cut(rows, |(number, _)| number.to_string());
    Ok((rows.into_iter().map(|(_, result)| result).collect(), more, marker))
}

impl Tx<'_> {
    /// The user, group or role whose policies are simulated.
    ///
    /// # Errors
    /// `InvalidInput` for what has no policies, `NoSuchEntity`.
    pub(super) fn policy_source(&self, arn: &str) -> Result<Entity> {
        if !["user/", "group/", "role/"]
            .iter()
            .any(|kind| arn.splitn(6, ':').nth(5).is_some_and(|id| id.starts_with(kind)))
        {
            return Err(Error::invalid_input(format!("Invalid Entity Arn: {arn}")).into());
        }
        Ok(self
            .find_arn(arn)?
            .ok_or_else(|| Error::no_such_entity(format!("The entity with ARN {arn} cannot be found.")))?)
    }

    /// The text of a policy that reaches the entity.
    pub(super) fn text_of(&self, entity: &Entity, policy: &Source) -> Result<String> {
        let sql = "SELECT document FROM inline_policy WHERE entity = ?1 AND name = ?2";
        let inline = |owner: i64| self.one(sql, rusqlite::params![owner, policy.name], |row| row.get(0));
        let text = match &policy.via {
            Via::Attached | Via::Group(_) => self.policy_document(&policy.name)?,
            Via::Inline => inline(entity.id)?,
            Via::GroupInline(group) => inline(self.group(group)?.id)?,
        };
        Ok(text.unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::store::kit::Kit;

    fn policy(effect: &str, action: &str) -> String {
        json!({"Version": "2012-10-17", "Statement": [{"Sid": "", "Effect": effect, "Action": action, "Resource": "*"}]}).to_string()
    }

    fn kit() -> Kit {
        let kit = Kit::new();
        kit.call("CreateUser", json!({"UserName": "ann"})).unwrap();
        let text = r#"{"Version": "2012-10-17", "Statement": [{"Sid": "", "Effect": "Allow", "Action": "s3:PutObject", "Resource": "*"}]}"#;
        let sql = "INSERT INTO inline_policy (entity, name, document) SELECT id, 'p', ?1 FROM entity";
        kit.store.write(|db| Ok(db.execute(sql, [text])?)).unwrap();
        kit
    }

    fn decisions(results: &Value) -> Vec<&str> {
        results.as_array().unwrap().iter().map(|result| result["EvalDecision"].as_str().unwrap()).collect()
    }

    #[test]
    fn a_principal_is_simulated_as_aws_was_recorded_to() {
        let kit = kit();
        let input = json!({"PolicySourceArn": "arn:aws:iam::123456789012:user/ann",
            "ActionNames": ["s3:PutObject", "s3:GetObjectVersion"], "ResourceArns": ["arn:aws:s3:::bucket"]});
        let answer = kit.call("SimulatePrincipalPolicy", input).unwrap();
        let matched = json!([{
            "SourcePolicyId": "user_ann_p", "SourcePolicyType": "IAM Policy",
            "StartPosition": {"Line": 1, "Column": 41}, "EndPosition": {"Line": 1, "Column": 113},
        }]);
        assert_eq!(
            answer["EvaluationResults"][0],
            json!({
                "EvalActionName": "s3:PutObject", "EvalResourceName": "arn:aws:s3:::bucket", "EvalDecision": "allowed",
                "MatchedStatements": matched, "MissingContextValues": [],
                "OrganizationsDecisionDetail": {"AllowedByOrganizations": true}, "EvalDecisionDetails": {},
                "ResourceSpecificResults": [{
                    "EvalResourceName": "arn:aws:s3:::bucket", "EvalResourceDecision": "allowed",
                    "MatchedStatements": matched, "MissingContextValues": [],
                }],
            })
        );
        assert_eq!(decisions(&answer["EvaluationResults"]), ["allowed", "implicitDeny"]);
        let unknown = json!({"PolicySourceArn": "arn:aws:iam::123456789012:user/bob", "ActionNames": ["s3:PutObject"]});
        assert_eq!(kit.call("SimulatePrincipalPolicy", unknown).unwrap_err().code, "NoSuchEntity");
    }

    #[test]
    fn custom_policies_deny_and_are_bounded() {
        let kit = Kit::new();
        let run = |input: Value| kit.call("SimulateCustomPolicy", input).unwrap()["EvaluationResults"].clone();
        let all = policy("Allow", "s3:*");
        let answer = run(
            json!({"PolicyInputList": [all, policy("Deny", "s3:PutObject")], "ActionNames": ["s3:PutObject", "s3:GetObject"]}),
        );
        assert_eq!(decisions(&answer), ["explicitDeny", "allowed"]);
        assert_eq!(answer[0]["MatchedStatements"][0]["SourcePolicyId"], "PolicyInputList.2");
        let bounded = run(json!({"PolicyInputList": [all], "ActionNames": ["s3:PutObject"],
            "PermissionsBoundaryPolicyInputList": [policy("Allow", "ec2:*")]}));
        assert_eq!(decisions(&bounded), ["implicitDeny"]);
        assert_eq!(bounded[0]["PermissionsBoundaryDecisionDetail"], json!({"AllowedByPermissionsBoundary": false}));
    }

    #[test]
    fn context_decides_and_is_missed_by_name() {
        let kit = Kit::new();
        let text =
            json!({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
            "Condition": {"StringEquals": {"aws:PrincipalTag/Team": "red"}}}})
            .to_string();
        let run = |entries: Value| {
            let input = json!({"PolicyInputList": [text], "ActionNames": ["s3:GetObject"], "ContextEntries": entries});
            kit.call("SimulateCustomPolicy", input).unwrap()["EvaluationResults"][0].clone()
        };
        let without = run(json!([]));
        assert_eq!(
            (&without["EvalDecision"], &without["MissingContextValues"]),
            (&json!("implicitDeny"), &json!(["aws:PrincipalTag/Team"]))
        );
        let with = run(
            json!([{"ContextKeyName": "aws:PrincipalTag/Team", "ContextKeyValues": ["red"], "ContextKeyType": "string"}]),
        );
        assert_eq!((&with["EvalDecision"], &with["MissingContextValues"]), (&json!("allowed"), &json!([])));
    }

    #[test]
    fn results_come_in_pages() {
        let kit = Kit::new();
        let input = |marker: Value| {
            json!({"PolicyInputList": [policy("Allow", "s3:*")], "MaxItems": 2, "Marker": marker,
            "ActionNames": ["s3:GetObject", "s3:PutObject", "s3:ListBucket"]})
        };
        let first = kit.call("SimulateCustomPolicy", input(Value::Null)).unwrap();
        assert_eq!((first["EvaluationResults"].as_array().unwrap().len(), &first["IsTruncated"]), (2, &json!(true)));
        let rest = kit.call("SimulateCustomPolicy", input(first["Marker"].clone())).unwrap();
        assert_eq!(rest["EvaluationResults"][0]["EvalActionName"], "s3:ListBucket");
    }
}
