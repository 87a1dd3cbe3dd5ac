//! `GetContextKeysFor…`: the condition keys that policies ask for.

use super::error::Result;
use super::perform::Perform;
use super::simulation::read_policy;
use super::tx::Tx;
use crate::api::{
    GetContextKeysForCustomPolicy, GetContextKeysForCustomPolicyOutput, GetContextKeysForPrincipalPolicy,
    GetContextKeysForPrincipalPolicyOutput,
};
use crate::policy::document::Document;

impl Perform for GetContextKeysForCustomPolicy {
    fn perform(&self, _: &Tx<'_>) -> Result<GetContextKeysForCustomPolicyOutput> {
        let mut names = Vec::new();
        for text in &self.policy_input_list {
            collect(&read_policy(text)?, &mut names);
        }
        Ok(GetContextKeysForCustomPolicyOutput { context_key_names: Some(names) })
    }
}

impl Perform for GetContextKeysForPrincipalPolicy {
    fn perform(&self, tx: &Tx<'_>) -> Result<GetContextKeysForPrincipalPolicyOutput> {
        let source = tx.policy_source(&self.policy_source_arn)?;
        let found = tx.principal_policies(&source)?;
        let mut names = Vec::new();
        for attached in &found.policies.identity {
            collect(&Document::parse(tx.text_of(&source, &attached.source)?), &mut names);
        }
        for text in self.policy_input_list.as_deref().unwrap_or_default() {
            collect(&read_policy(text)?, &mut names);
        }
        Ok(GetContextKeysForPrincipalPolicyOutput { context_key_names: Some(names) })
    }
}

/// Adds the keys of the document's conditions and variables, as they are written, each once.
fn collect(document: &Document, names: &mut Vec<String>) {
    let mut add = |name: &str| {
        if !names.iter().any(|known| known.eq_ignore_ascii_case(name)) {
            names.push(name.to_owned());
        }
    };
    for statement in document.statements() {
        for block in statement.conditions() {
            block.keys.iter().for_each(|key| add(&key.key.text));
            block.keys.iter().flat_map(|key| key.values.texts()).flat_map(variables).for_each(&mut add);
        }
        let resources = statement.resource.iter().chain(&statement.not_resource);
        resources.flat_map(|field| field.value.texts()).flat_map(variables).for_each(&mut add);
    }
}

/// The policy variables of a text: `aws:username` in `${aws:username}` and in `${aws:username, 'nobody'}`.
fn variables(text: &str) -> impl Iterator<Item = &str> {
    let starts = text.split("${").skip(1);
    let inside =
        starts.filter_map(|rest| rest.split_once('}')).map(|(name, _)| name.split(',').next().unwrap_or_default());
    inside.map(str::trim).filter(|name| name.contains(':'))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::store::kit::Kit;

    #[test]
    fn keys_of_conditions_and_variables_are_found_once() {
        let kit = Kit::new();
        let policy = json!({"Version": "2012-10-17", "Statement": [{
            "Effect": "Allow", "Action": "s3:*", "Resource": ["arn:aws:s3:::home/${aws:username, 'x'}/${*}", "arn:aws:s3:::${AWS:Username}"],
            "Condition": {"Bool": {"aws:SecureTransport": "true"}, "StringEquals": {"aws:PrincipalTag/team": "${aws:RequestTag/team}"}},
        }]});
        let call = |policies| kit.call("GetContextKeysForCustomPolicy", json!({ "PolicyInputList": policies }));
        let found = call(json!([policy.to_string(), policy.to_string()])).unwrap();
        assert_eq!(
            found["ContextKeyNames"],
            json!(["aws:SecureTransport", "aws:PrincipalTag/team", "aws:RequestTag/team", "aws:username"])
        );
        assert_eq!(call(json!(["{"])).unwrap_err().code, "InvalidInput");
    }

    #[test]
    fn a_principal_is_asked_for_by_its_arn() {
        let kit = Kit::new();
        kit.call("CreateUser", json!({"UserName": "ann"})).unwrap();
        let call = |arn: &str| kit.call("GetContextKeysForPrincipalPolicy", json!({ "PolicySourceArn": arn }));
        assert_eq!(call("arn:aws:iam::123456789012:user/ann").unwrap()["ContextKeyNames"], json!([]));
        assert_eq!(call("arn:aws:iam::123456789012:user/bob").unwrap_err().code, "NoSuchEntity");
    }
}
