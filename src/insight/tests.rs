//! Questions over small accounts, and over the demo account.

#![expect(clippy::needless_pass_by_value, reason = "a case reads best with its values in place")]

use std::sync::Arc;

use serde_json::{Value, json};

use super::{
    Answer, Error, ExternalKind, People, Question, SubjectKind, UnusedKind, can, effective_policy, escalations,
    external, find, findings, reach, unused, who_can, why,
};
use crate::store::kit::{Kit, TRUST};
use crate::store::{Account, Store};
use crate::world::{Seeded, World};

const ROLE: &str = "arn:aws:iam::123456789012:role/r";

fn policy(statements: &Value) -> String {
    json!({"Version": "2012-10-17", "Statement": statements}).to_string()
}

fn allow(action: &str, resource: &str) -> Value {
    json!({"Effect": "Allow", "Action": action, "Resource": resource})
}

fn trusting(principal: Value) -> Value {
    json!({"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"})
}

/// An account in which these calls were made.
fn kit(calls: &[(&str, Value)]) -> Kit {
    let kit = Kit::new();
    for (name, input) in calls {
        kit.call(name, input.clone()).unwrap_or_else(|error| panic!("{name}: {error}"));
    }
    kit
}

fn user(name: &str) -> (&'static str, Value) {
    ("CreateUser", json!({"UserName": name}))
}

fn inline(name: &str, statements: Value) -> (&'static str, Value) {
    ("PutUserPolicy", json!({"UserName": name, "PolicyName": "own", "PolicyDocument": policy(&statements)}))
}

fn role(name: &str, trust: &Value) -> (&'static str, Value) {
    ("CreateRole", json!({"RoleName": name, "AssumeRolePolicyDocument": policy(trust)}))
}

fn role_inline(name: &str, statements: Value) -> (&'static str, Value) {
    ("PutRolePolicy", json!({"RoleName": name, "PolicyName": "own", "PolicyDocument": policy(&statements)}))
}

fn people(kit: &Kit) -> People {
    People::read(&kit.store, &kit.account).unwrap()
}

fn question(kit: &Kit, action: &str, resource: Option<&str>, context: &[&str]) -> Question {
    let context: Vec<String> = context.iter().map(|&entry| entry.to_owned()).collect();
    Question::read(&kit.store, &kit.account, (action, resource), &context).unwrap()
}

/// Who may, each with the answer and the first way.
fn who(kit: &Kit, asked: &Question) -> Vec<(String, Answer, String)> {
    let found = who_can(&people(kit), asked).unwrap();
    let way = |one: &super::Holder| one.resources[0].grants[0].path();
    found.principals.iter().map(|one| (one.name.clone(), one.answer, way(one))).collect()
}

fn demo() -> (Store, Account) {
    let start = "2026-11-22T12:00:00Z".parse().unwrap();
    let world: Arc<dyn World> = Arc::new(Seeded::new(7, start, jiff::SignedDuration::ZERO));
    Store::demo(world).unwrap()
}

#[test]
fn who_can_tells_the_ways() {
    let managed = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess";
    let kit = kit(&[
        user("ann"),
        user("bob"),
        user("cat"),
        ("CreateGroup", json!({"GroupName": "devs"})),
        ("AddUserToGroup", json!({"GroupName": "devs", "UserName": "bob"})),
        ("AttachGroupPolicy", json!({"GroupName": "devs", "PolicyArn": managed})),
        inline("ann", json!([allow("s3:Get*", "arn:aws:s3:::b/*")])),
        ("CreateRole", json!({"RoleName": "r", "AssumeRolePolicyDocument": TRUST})),
        ("AttachRolePolicy", json!({"RoleName": "r", "PolicyArn": managed})),
    ]);
    let of = |name: &str, way: &str| (name.to_owned(), Answer::Yes, way.to_owned());
    let read = "AmazonS3ReadOnlyAccess";
    assert_eq!(
        who(&kit, &question(&kit, "S3:getobject", Some("arn:aws:s3:::b/k"), &[])),
        [of("ann", "inline policy own"), of("bob", &format!("{read} through devs")), of("r", read)]
    );
    assert_eq!(who(&kit, &question(&kit, "s3:GetObject", Some("arn:aws:s3:::c/k"), &[])).len(), 2);
    assert!(who(&kit, &question(&kit, "s3:PutObject", Some("arn:aws:s3:::b/k"), &[])).is_empty());
    let anywhere = who_can(&people(&kit), &question(&kit, "s3:GetObject", None, &[])).unwrap();
    let resources: Vec<_> = anywhere.principals.iter().map(|one| one.resources[0].resource.as_str()).collect();
    assert_eq!((resources, anywhere.others, anywhere.root), (vec!["arn:aws:s3:::b/*", "*", "*"], 1, Answer::Yes));
}

#[test]
fn a_pattern_may_leave_the_account_open() {
    let own = json!([allow("iam:*AccessKey*", "arn:aws:iam::*:user/${aws:username}")]);
    let kit = kit(&[user("ann"), inline("ann", own)]);
    let found = who_can(&people(&kit), &question(&kit, "iam:CreateAccessKey", None, &[])).unwrap();
    assert_eq!(found.principals[0].resources[0].resource, "arn:aws:iam::*:user/ann");
    let aws = json!([allow("iam:GetPolicy", "*")]);
    kit.call("PutUserPolicy", json!({"UserName": "ann", "PolicyName": "p", "PolicyDocument": policy(&aws)})).unwrap();
    let asked = question(&kit, "iam:GetPolicy", Some("arn:aws:iam::aws:policy/ReadOnlyAccess"), &[]);
    assert_eq!(who_can(&people(&kit), &asked).unwrap().principals.len(), 1);
}

#[test]
fn a_policy_is_asked_about_by_itself() {
    let kit =
        kit(&[("CreatePolicy", json!({"PolicyName": "p", "PolicyDocument": policy(&json!([allow("s3:Get*", "*")]))}))]);
    for text in ["policy/p", "arn:aws:iam::123456789012:policy/p", "policy/AmazonS3ReadOnlyAccess"] {
        let found = find(&kit.store, &kit.account, text).unwrap();
        assert_eq!(found.kind, SubjectKind::Policy, "{text}");
        let asked = question(&kit, "s3:GetObject", Some("arn:aws:s3:::b/k"), &[]);
        assert_eq!(why(&kit.store, &kit.account, &found, &asked).unwrap().decision, "allowed", "{text}");
        assert!(can(&kit.store, &kit.account, &found).unwrap().allowed.iter().any(|row| row.service == "s3"), "{text}");
    }
}

#[test]
fn what_is_unknown_is_a_condition_and_what_is_said_decides() {
    let mut statement = allow("s3:GetObject", "*");
    statement["Condition"] =
        json!({"Bool": {"aws:MultiFactorAuthPresent": "true"}, "StringEquals": {"aws:PrincipalTag/team": "a"}});
    let tagged = json!({"UserName": "ann", "Tags": [{"Key": "team", "Value": "a"}]});
    let kit = kit(&[
        ("CreateUser", tagged),
        user("bob"),
        inline("ann", json!([statement])),
        inline("bob", json!([statement])),
    ]);
    let asked = |context: &[&str]| {
        let found = who_can(&people(&kit), &question(&kit, "s3:GetObject", Some("arn:aws:s3:::b/k"), context)).unwrap();
        let one = |one: &super::Holder| (one.name.clone(), one.answer, one.resources[0].depends_on.clone());
        found.principals.iter().map(one).collect::<Vec<_>>()
    };
    let mfa = vec!["aws:MultiFactorAuthPresent".to_owned()];
    assert_eq!(asked(&[]), [("ann".to_owned(), Answer::Depends, mfa)]);
    assert_eq!(asked(&["aws:MultiFactorAuthPresent=true"]), [("ann".to_owned(), Answer::Yes, vec![])]);
    assert!(asked(&["aws:MultiFactorAuthPresent=false"]).is_empty());
    assert!(asked(&["aws:MultiFactorAuthPresent"]).is_empty(), "a key without a value is absent");
}

#[test]
fn a_boundary_bars_and_is_said_to() {
    let boundary = json!({"PolicyName": "limit", "PolicyDocument": policy(&json!([allow("ec2:*", "*")]))});
    let kit = kit(&[
        ("CreatePolicy", boundary),
        ("CreateUser", json!({"UserName": "ann", "PermissionsBoundary": "arn:aws:iam::123456789012:policy/limit"})),
        inline("ann", json!([allow("*", "*")])),
    ]);
    let found = who_can(&people(&kit), &question(&kit, "s3:GetObject", None, &[])).unwrap();
    assert!(found.principals.is_empty());
    assert_eq!((found.barred[0].name.as_str(), &found.barred[0].blocked_by), ("ann", &vec!["boundary"]));
    let asked = question(&kit, "ec2:RunInstances", None, &[]);
    let found = who_can(&people(&kit), &asked).unwrap();
    assert_eq!(found.principals[0].resources[0].limits[0].path(), "limit");
}

#[test]
fn a_role_is_asked_by_its_trust_policy_too() {
    let all = json!([
        trusting(json!({"AWS": "arn:aws:iam::123456789012:root"})),
        trusting(json!({"Service": "ec2.amazonaws.com"})),
        trusting(json!({"AWS": "111122223333"}))
    ]);
    let named = json!([trusting(json!({"AWS": "arn:aws:iam::123456789012:user/bob"}))]);
    let kit = kit(&[
        user("ann"),
        user("bob"),
        inline("ann", json!([allow("sts:AssumeRole", "*")])),
        role("r", &all),
        role("direct", &named),
    ]);
    let found = who_can(&people(&kit), &question(&kit, "sts:AssumeRole", Some("role/r"), &[])).unwrap();
    assert_eq!(found.principals.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["ann"]);
    assert_eq!(found.root, Answer::No, "the root user cannot assume a role");
    let outside: Vec<_> = found.outside.iter().map(|one| (one.kind, one.who.as_str())).collect();
    assert_eq!(outside, [(ExternalKind::Service, "ec2.amazonaws.com"), (ExternalKind::Account, "111122223333")]);
    let direct = who(&kit, &question(&kit, "sts:AssumeRole", Some("role/direct"), &[]));
    assert_eq!(direct, [("bob".to_owned(), Answer::Yes, "trust policy".to_owned())]);
    let gone = question(&kit, "sts:AssumeRole", Some("arn:aws:iam::123456789012:role/none"), &[]);
    assert!(matches!(who_can(&people(&kit), &gone), Err(Error::UnknownRole(_))));
}

#[test]
fn what_other_accounts_hold_is_taken_for_granted_and_told() {
    let foreign = "arn:aws:iam::111122223333:role/theirs";
    let kit = kit(&[user("ann"), inline("ann", json!([allow("sts:AssumeRole", foreign), allow("kms:Decrypt", "*")]))]);
    let found = who_can(&people(&kit), &question(&kit, "sts:AssumeRole", Some(foreign), &[])).unwrap();
    assert_eq!((found.principals.len(), found.assumptions.len()), (1, 1));
    let key = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    let found = who_can(&people(&kit), &question(&kit, "kms:Decrypt", Some(key), &[])).unwrap();
    assert_eq!((found.principals.len(), found.assumptions.len()), (1, 1));
}

#[test]
fn a_request_is_explained() {
    let mut deny = allow("s3:*", "*");
    deny["Effect"] = json!("Deny");
    deny["Sid"] = json!("Office");
    deny["Condition"] = json!({"NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}});
    let kit = kit(&[user("ann"), inline("ann", json!([allow("s3:Get*", "*"), deny]))]);
    let ann = find(&kit.store, &kit.account, "ann").unwrap();
    let ask =
        |context: &[&str]| why(&kit.store, &kit.account, &ann, &question(&kit, "s3:GetObject", None, context)).unwrap();
    let open = ask(&[]);
    assert_eq!((open.decision, &open.depends_on), ("depends", &vec!["aws:SourceIp".to_owned()]));
    assert_eq!(open.layers[0].says, "depends");
    let inside = ask(&["aws:SourceIp=203.0.113.9"]);
    assert_eq!((inside.decision, inside.reason), ("allowed", None));
    let outside = ask(&["aws:SourceIp=198.51.100.1"]);
    assert_eq!((outside.decision, outside.blocked_by), ("explicitDeny", vec!["identity"]));
    assert_eq!(outside.reason.unwrap(), "with an explicit deny in an identity-based policy");
    let clause = &outside.layers[0].statements[1];
    assert_eq!(
        (clause.name(), clause.applies, clause.line, clause.effect),
        ("Office".into(), Answer::Yes, Some(1), "Deny")
    );
}

#[test]
fn principals_are_found_by_every_name_they_have() {
    let kit = kit(&[
        user("ann"),
        user("app"),
        role("app", &json!([trusting(json!({"AWS": "111122223333"}))])),
        role("r", &json!([trusting(json!({"AWS": "111122223333"}))])),
    ]);
    let of = |text: &str| find(&kit.store, &kit.account, text);
    for (text, kind) in [
        ("ann", SubjectKind::User),
        ("ANN", SubjectKind::User),
        ("user/app", SubjectKind::User),
        ("role/app", SubjectKind::Role),
        ("r", SubjectKind::Role),
        (ROLE, SubjectKind::Role),
        ("arn:aws:sts::123456789012:assumed-role/r/session", SubjectKind::Role),
        ("root", SubjectKind::Root),
    ] {
        assert_eq!(of(text).unwrap().kind, kind, "{text}");
    }
    let both = of("app").unwrap_err();
    assert_eq!(both.remedy().unwrap(), "Ask for user/app or role/app.");
    assert_eq!(of("role/rr").unwrap_err().to_string(), "the account has no user, role, user group or policy `role/rr`");
    assert!(matches!(of("arn:aws:iam::111122223333:user/ann"), Err(Error::OtherAccount(_))));
    let near = Question::read(&kit.store, &kit.account, ("s3:GetObjekt", None), &[]).unwrap_err();
    assert!(near.remedy().unwrap().contains("s3:GetObject"), "{near:?}");
    assert!(matches!(
        Question::read(&kit.store, &kit.account, ("s3:GetObject", Some("b/k")), &[]),
        Err(Error::NotAResource(_))
    ));
}

#[test]
fn roles_are_reached_step_by_step_and_cycles_end() {
    let by = |arn: &str| json!([trusting(json!({"AWS": arn}))]);
    let arn = |name: &str| format!("arn:aws:iam::123456789012:role/{name}");
    let own = "arn:aws:iam::123456789012:root";
    let kit = kit(&[
        user("ann"),
        inline(
            "ann",
            json!([allow("sts:AssumeRole", &arn("a")), allow("sts:AssumeRole", "arn:aws:iam::111122223333:role/far")]),
        ),
        role("a", &by(own)),
        role("b", &by(own)),
        role("c", &by(&arn("b"))),
        role("closed", &json!([trusting(json!({"Service": "ec2.amazonaws.com"}))])),
        role_inline("a", json!([allow("sts:AssumeRole", "*")])),
        role_inline("b", json!([allow("sts:AssumeRole", &arn("a"))])),
    ]);
    let people = people(&kit);
    let steps = reach(&people, people.users().next().unwrap());
    let told: Vec<_> = steps.iter().map(|one| (one.role.as_str(), one.depth, one.from, one.outside)).collect();
    assert_eq!(
        told,
        [("a", 1, None, false), ("far", 1, None, true), ("b", 2, Some(0), false), ("c", 3, Some(2), false)]
    );
}

#[test]
fn outsiders_are_found_and_narrowed() {
    let conditioned = |principal: Value, condition: Value| {
        let mut statement = trusting(principal);
        statement["Condition"] = condition;
        json!([statement])
    };
    let kit = kit(&[
        role("anyone", &json!([trusting(json!("*"))])),
        role("office", &conditioned(json!({"AWS": "*"}), json!({"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}))),
        role(
            "one",
            &conditioned(json!({"AWS": "*"}), json!({"StringEquals": {"aws:PrincipalAccount": "111122223333"}})),
        ),
        role("org", &conditioned(json!({"AWS": "*"}), json!({"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}))),
        role(
            "own",
            &conditioned(json!({"AWS": "*"}), json!({"StringEquals": {"aws:PrincipalAccount": "123456789012"}})),
        ),
        role(
            "partner",
            &conditioned(
                json!({"AWS": "arn:aws:iam::444455556666:root"}),
                json!({"StringEquals": {"sts:ExternalId": "x"}}),
            ),
        ),
        role("service", &json!([trusting(json!({"Service": "ec2.amazonaws.com"}))])),
        role("user", &json!([trusting(json!({"AWS": "arn:aws:iam::444455556666:user/bob"}))])),
        role(
            "closed",
            &json!([trusting(json!({"AWS": "111122223333"})), {"Effect": "Deny", "Principal": "*", "Action": "sts:AssumeRole"}]),
        ),
    ]);
    let found = external(&people(&kit));
    let told: Vec<_> = found.iter().map(|one| (one.role.as_str(), one.kind, one.who.as_str(), one.is_public)).collect();
    let user = "arn:aws:iam::444455556666:user/bob";
    assert_eq!(
        told,
        [
            ("anyone", ExternalKind::Public, "*", true),
            ("office", ExternalKind::Public, "*", false),
            ("one", ExternalKind::Account, "111122223333", false),
            ("org", ExternalKind::Organization, "o-a1b2c3d4e5", false),
            ("partner", ExternalKind::Account, "444455556666", false),
            ("user", ExternalKind::Principal, user, false),
        ]
    );
    assert_eq!(
        (found[4].depends_on.clone(), found[4].conditions_text()),
        (vec!["sts:ExternalId".to_owned()], "sts:ExternalId is x".into())
    );
}

#[test]
fn ways_to_escalate_are_those_that_reach_something() {
    let own = "arn:aws:iam::*:user/${aws:username}";
    let kit = kit(&[
        user("ann"),
        user("bob"),
        user("chief"),
        inline("ann", json!([allow("iam:*AccessKey*", own)])),
        inline("bob", json!([allow("iam:CreateAccessKey", "*"), allow("iam:AttachUserPolicy", own)])),
        inline("chief", json!([allow("*", "*")])),
    ]);
    let found = escalations(&people(&kit));
    let told: Vec<_> = found
        .iter()
        .map(|one| (one.name.as_str(), one.ways.iter().map(|way| (way.name, way.certain)).collect::<Vec<_>>()))
        .collect();
    assert_eq!(told, [("bob", vec![("attach to user", true), ("another's access key", true)])]);
    assert_eq!(found[0].ways[1].targets, ["user/ann", "user/chief"]);
}

#[test]
fn a_summary_is_the_consoles() {
    let mut deny = allow("sqs:DeleteQueue", "arn:aws:sqs:*:*:keep");
    deny["Effect"] = json!("Deny");
    let kit = kit(&[
        user("ann"),
        inline("ann", json!([allow("sqs:*", "*"), allow("s3:GetObjekt", "*"), allow("iam:Get*", "*"), deny])),
    ]);
    let ann = find(&kit.store, &kit.account, "ann").unwrap();
    let found = can(&kit.store, &kit.account, &ann).unwrap();
    let rows: Vec<_> = found.allowed.iter().map(|row| (row.service, row.access())).collect();
    assert_eq!(rows[1], ("sqs", "Full access".to_owned()));
    assert!(rows[0].1.starts_with("Limited: List, Read") || rows[0].1.contains("Limited"), "{rows:?}");
    assert_eq!((found.denied[0].service, found.denied[0].resource()), ("sqs", "arn:aws:sqs:*:*:keep".to_owned()));
    assert_eq!((found.uncategorized, found.administrator), (vec!["s3:GetObjekt".to_owned()], false));
}

#[test]
fn all_policies_become_one_within_the_boundary() {
    let limit = |statement: Value| json!({"PolicyName": "limit", "PolicyDocument": policy(&json!([statement]))});
    let made = |statement: Value| {
        kit(&[
            ("CreatePolicy", limit(statement)),
            ("CreateUser", json!({"UserName": "ann", "PermissionsBoundary": "arn:aws:iam::123456789012:policy/limit"})),
            inline("ann", json!([allow("s3:*", "*")])),
        ])
    };
    let wide = made(allow("s3:Get*", "*"));
    let ann = find(&wide.store, &wide.account, "ann").unwrap();
    let (one, is_exact) = effective_policy(&wide.store, &wide.account, &ann).unwrap();
    assert!(is_exact);
    assert_eq!(one["Statement"][1]["NotAction"], json!(["s3:Get*"]));
    let narrow = made(allow("s3:Get*", "arn:aws:s3:::b/*"));
    let ann = find(&narrow.store, &narrow.account, "ann").unwrap();
    assert!(!effective_policy(&narrow.store, &narrow.account, &ann).unwrap().1);
}

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
