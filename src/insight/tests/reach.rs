//! Which roles can be reached, from inside and outside, and who can become more than they are.

use serde_json::{Value, json};

use super::{allow, inline, kit, people, role, role_inline, trusting, user};
use crate::insight::{ExternalKind, escalations, external, reach};

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
    let found = escalations(&kit.store, &people(&kit)).unwrap();
    let told: Vec<_> = found
        .iter()
        .map(|one| (one.name.as_str(), one.ways.iter().map(|way| (way.name, way.certain)).collect::<Vec<_>>()))
        .collect();
    assert_eq!(told, [("bob", vec![("attach to user", true), ("another's access key", true)])]);
    assert_eq!(found[0].ways[1].targets, ["user/ann", "user/chief"]);
}
