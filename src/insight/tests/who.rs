//! Who can, and why.

use std::sync::Arc;

use serde_json::json;

use super::{ROLE, allow, inline, kit, people, policy, question, role, trusting, user, varied, who};
use crate::insight::{
    Answer, Assumption, Error, ExternalKind, Holder, Question, SubjectKind, WhoCan, can, escalations, find, who_can,
    why,
};
use crate::policy::decision::Policies;
use crate::store::kit::TRUST;

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
        let one = |one: &Holder| (one.name.clone(), one.answer, one.resources[0].depends_on.clone());
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
    let grants = &found.principals[0].resources[0].grants;
    assert!(grants.iter().all(|clause| clause.layer == "identity"), "{grants:?}");
    let key = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    let found = who_can(&people(&kit), &question(&kit, "kms:Decrypt", Some(key), &[])).unwrap();
    assert_eq!((found.principals.len(), found.assumptions.len()), (1, 1));
}

#[test]
fn a_resource_that_the_action_does_not_work_on_is_told() {
    let kit = kit(&[user("ann")]);
    let told = |action: &str, resource: &str| {
        let found = who_can(&people(&kit), &question(&kit, action, Some(resource), &[])).unwrap();
        found.assumptions.iter().map(Assumption::sentence).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(told("s3:GetObject", "arn:aws:s3:::bucket/key"), "");
    assert_eq!(told("s3:GetObject", "*"), "");
    assert_eq!(told("sts:AssumeRole", "arn:aws:iam::111122223333:role/a").matches("does not work").count(), 0);
    assert!(
        told("s3:GetObject", "arn:aws:s3:::bucket")
            .starts_with("s3:GetObject does not work on this resource, but on: ")
    );
    assert!(told("s3:ListAllMyBuckets", "arn:aws:s3:::bucket").contains("no particular resource"));
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
    assert_eq!(of("arn:aws:iam::123456789012:user/zzz").unwrap_err().remedy().unwrap()[..11], *"Name a user");
    assert_eq!(of("anne").unwrap_err().remedy().unwrap(), "Did you mean ann?");
    let pattern = Question::read(&kit.store, &kit.account, ("s3:Get*", None), &[]).unwrap_err();
    assert!(pattern.remedy().unwrap().contains("--service"), "{pattern:?}");
    let near = Question::read(&kit.store, &kit.account, ("s3:GetObjekt", None), &[]).unwrap_err();
    assert!(near.remedy().unwrap().contains("s3:GetObject"), "{near:?}");
    assert!(matches!(
        Question::read(&kit.store, &kit.account, ("s3:GetObject", Some("b/k")), &[]),
        Err(Error::NotAResource(_))
    ));
}

#[test]
fn those_who_hold_the_same_are_answered_as_each_alone() {
    let kit = varied();
    let own = "arn:aws:iam::123456789012:user/${aws:username}";
    let mut tagged = allow("s3:PutObject", "arn:aws:s3:::home/${aws:username}/*");
    tagged["Condition"] = json!({"StringEquals": {"aws:PrincipalTag/team": "a"}});
    let statements = policy(&json!([
        allow("iam:CreateAccessKey", own),
        allow("iam:AddUserToGroup", "*"),
        allow("sts:AssumeRole", "*"),
        tagged
    ]));
    kit.call("CreateGroup", json!({"GroupName": "everybody"})).unwrap();
    kit.call("PutGroupPolicy", json!({"GroupName": "everybody", "PolicyName": "self", "PolicyDocument": statements}))
        .unwrap();
    for number in 0..40 {
        let name = format!("u{number}");
        kit.call("AddUserToGroup", json!({"GroupName": "everybody", "UserName": name})).unwrap();
        if number % 2 == 0 {
            let tags = json!([{"Key": "team", "Value": if number % 4 == 0 { "a" } else { "b" }}]);
            kit.call("TagUser", json!({"UserName": name, "Tags": tags})).unwrap();
        }
    }
    let trust = json!([trusting(json!({"AWS": ["arn:aws:iam::123456789012:user/u3", "123456789012"]}))]);
    kit.call("UpdateAssumeRolePolicy", json!({"RoleName": "r1", "PolicyDocument": policy(&trust)})).unwrap();
    let everybody = people(&kit);
    // Nobody shares anything with anybody.
    let mut apart = everybody.clone();
    apart.subjects.iter_mut().for_each(|one| one.policies = Arc::new(Policies::clone(&one.policies)));
    let role = "arn:aws:iam::123456789012:role/r1";
    for (action, resource) in [
        ("s3:GetObject", None),
        ("s3:PutObject", Some("arn:aws:s3:::home/u4/x")),
        ("s3:PutObject", None),
        ("iam:CreateAccessKey", Some("arn:aws:iam::123456789012:user/u5")),
        ("iam:CreateAccessKey", None),
        ("sts:AssumeRole", Some(role)),
        ("sts:AssumeRole", None),
    ] {
        let asked = question(&kit, action, resource, &[]);
        let told = |found: &WhoCan| -> Vec<String> {
            let holders = found.principals.iter().map(|one| serde_json::to_string(one).unwrap());
            holders.chain(found.barred.iter().map(|one| serde_json::to_string(one).unwrap())).collect()
        };
        let together = told(&who_can(&everybody, &asked).unwrap());
        assert_eq!(together, told(&who_can(&apart, &asked).unwrap()), "{action} {resource:?}");
        assert!(!together.is_empty(), "{action} {resource:?}");
    }
    let ways = escalations(&kit.store, &everybody).unwrap();
    assert_eq!(ways, escalations(&kit.store, &apart).unwrap());
    assert!(ways.len() > 5, "{ways:?}");
}
