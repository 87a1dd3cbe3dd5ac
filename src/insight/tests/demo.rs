//! The demo account.

use serde_json::json;

use super::demo;
use crate::insight::{ExternalKind, People, Question, UnusedKind, findings, unused, why};

#[test]
fn the_demo_account_has_its_findings() {
    let (store, account) = demo();
    let people = People::read(&store, &account).unwrap();
    let found = findings(&store, &people).unwrap();
    let outside: Vec<_> = found.external.iter().map(|one| (one.role.as_str(), one.kind, one.is_public)).collect();
    assert_eq!(
        outside,
        [
            ("GitHubDeploy", ExternalKind::Federated, false),
            ("public-reports", ExternalKind::Public, true),
            ("ThirdPartyAudit", ExternalKind::Account, false),
            ("UpdateApp", ExternalKind::Account, false),
        ]
    );
    let idle = unused(&store, &account).unwrap();
    assert!(
        idle.iter().any(|one| one.name == "paulo" && one.kind == UnusedKind::Password && one.days == 94),
        "{idle:?}"
    );
    assert!(idle.iter().any(|one| one.name == "nightly-batch" && one.kind == UnusedKind::Role));
    assert!(
        !found.escalation.iter().any(|one| one.name == "ana"),
        "who manages their own keys does not reach another's"
    );
}

/// IAM's own simulator and the questions agree on everybody of the demo account.
#[test]
fn the_simulator_of_iam_agrees() {
    let (store, account) = demo();
    let people = People::read(&store, &account).unwrap();
    let asked = [
        ("s3:GetObject", "arn:aws:s3:::productionapp/x"),
        ("s3:PutObject", "arn:aws:s3:::examplecorp-backups/x"),
        ("iam:CreateAccessKey", "arn:aws:iam::123456789012:user/zhang"),
        ("iam:CreateUser", "arn:aws:iam::123456789012:user/new"),
        ("ec2:DescribeInstances", "*"),
        ("ce:GetCostAndUsage", "*"),
    ];
    // The simulator takes what it is not told for absent. Here that must be said.
    let absent =
        ["aws:MultiFactorAuthPresent", "aws:RequestedRegion", "aws:SourceIp", "aws:ViaAWSService", "aws:CalledVia"];
    let mut compared = 0;
    for subject in &people.subjects {
        for (action, resource) in asked {
            let call = json!({"PolicySourceArn": subject.arn, "ActionNames": [action], "ResourceArns": [resource]});
            let model = crate::api::find(crate::api::Service::Iam, "SimulatePrincipalPolicy").unwrap();
            let call = crate::api::Call::new(model, call.as_object().unwrap().clone());
            let answer = store.perform_call(&account, &crate::iam::Caller::Root, &call).unwrap();
            let theirs = answer["EvaluationResults"][0]["EvalDecision"].as_str().unwrap().to_owned();
            let context: Vec<String> = absent.iter().map(|&key| key.to_owned()).collect();
            let question = Question::read(&store, &account, (action, Some(resource)), &context).unwrap();
            let ours = why(&store, &account, subject, &question).unwrap();
            assert_eq!(ours.decision, theirs, "{} {action} {resource}: {ours:#?}", subject.arn);
            compared += 1;
        }
    }
    assert!(compared > 100, "{compared}");
}
