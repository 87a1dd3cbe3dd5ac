//! The guide's rules, page by page: each row a rule, the policies that show it, and what must come of the request.

use super::{Attached, Level, Outcome, Policies, Principal, Request, decide};
use crate::policy::compiled::Compiled;

const USER: &str = "arn:aws:iam::111122223333:user/ann";
const ROLE: &str = "arn:aws:iam::111122223333:role/path/app";
const SESSION: &str = "arn:aws:sts::111122223333:assumed-role/app/s";
const FEDERATED: &str = "arn:aws:sts::111122223333:federated-user/ann";
const ROOT: &str = "arn:aws:iam::111122223333:root";
const OBJECT: &str = "arn:aws:s3:::b/k";
/// Allows all that is asked.
const ALL: &str = r#"{"Effect": "Allow", "Action": "*", "Resource": "*"}"#;
/// Allows nothing that is asked.
const NONE: &str = r#"{"Effect": "Allow", "Action": "ec2:*", "Resource": "*"}"#;
const NO: &str = r#"{"Effect": "Deny", "Action": "*", "Resource": "*"}"#;

use Outcome::{Allowed, ExplicitDeny, ImplicitDeny};

fn policy(statements: &str) -> Attached {
    Attached::new("p", Compiled::parse(&format!(r#"{{"Version": "2012-10-17", "Statement": [{statements}]}}"#)))
}

fn to(principal: &str) -> Attached {
    let principal =
        if principal.starts_with('{') { principal.to_owned() } else { format!(r#"{{"AWS": "{principal}"}}"#) };
    policy(&format!(r#"{{"Effect": "Allow", "Principal": {principal}, "Action": "*", "Resource": "*"}}"#))
}

fn identity(statements: &str) -> Policies {
    Policies { identity: vec![policy(statements)], ..Policies::default() }
}

fn level(statements: &[&str]) -> Level {
    Level { target: "l".into(), policies: statements.iter().map(|statement| policy(statement)).collect() }
}

fn outcome(principal: &str, action: &str, resource: &str, policies: &Policies) -> Outcome {
    decide(&Request::new(Principal::parse(principal), action, resource), policies).outcome
}

/// "Determining whether a request is allowed or denied within an account": the table of implicit denies. Who asks, whom
/// the resource's policy names, and whether it grants past the boundary and the session policy, neither of which allows.
#[test]
fn resource_policies_and_implicit_denies_in_one_account() {
    let rows = [
        (USER, USER, Allowed),
        (USER, ROOT, ImplicitDeny),
        (USER, "111122223333", ImplicitDeny),
        (USER, "arn:aws:iam::111122223333:user/bob", ImplicitDeny),
        (USER, "arn:aws:iam::111122223333:user/ANN", ImplicitDeny),
        (SESSION, SESSION, Allowed),
        (SESSION, "arn:aws:sts::111122223333:assumed-role/app/other", ImplicitDeny),
        (SESSION, ROLE, ImplicitDeny),
        (FEDERATED, FEDERATED, Allowed),
        (FEDERATED, USER, ImplicitDeny),
        (USER, "*", Allowed),
    ];
    for (who, named, expected) in rows {
        let limits = |statement: &str| Policies {
            boundary: Some(vec![policy(statement)]),
            session: Some(vec![policy(statement)]),
            resource: Some(to(named)),
            ..Policies::default()
        };
        assert_eq!(outcome(who, "s3:GetObject", OBJECT, &limits(NONE)), expected, "{who} named as {named}");
        assert_eq!(outcome(who, "s3:GetObject", OBJECT, &limits(NO)), ExplicitDeny, "{who} denied as {named}");
    }
}

/// The same table: what is granted to the role or the federating user is limited by boundary and session, not by the lack
/// of an identity policy.
#[test]
fn a_grant_to_the_parent_of_a_session_stays_within_its_limits() {
    let granted = |principal: Principal, named: &str, boundary: &str, session: &str| {
        let policies = Policies {
            boundary: Some(vec![policy(boundary)]),
            session: Some(vec![policy(session)]),
            resource: Some(to(named)),
            ..Policies::default()
        };
        decide(&Request::new(principal, "s3:GetObject", OBJECT), &policies).is_allowed()
    };
    let session = || Principal::parse(SESSION);
    assert!(granted(session(), ROLE, ALL, ALL));
    assert!(!granted(session(), ROLE, NONE, ALL) && !granted(session(), ROLE, ALL, NONE));
    let federated = || Principal::parse(FEDERATED).federated_by(USER);
    assert!(granted(federated(), USER, ALL, ALL));
    assert!(!granted(federated(), USER, NONE, ALL) && !granted(federated(), USER, ALL, NONE));
    assert!(!granted(Principal::parse(FEDERATED), USER, ALL, ALL), "the session does not tell its user");
    assert!(granted(Principal::parse(USER).federated_by("arn:aws:iam::111122223333:user/bob"), USER, NONE, NONE));
}

/// "Permissions boundaries", "Session policies": they limit and never grant.
#[test]
fn limits_do_not_grant() {
    for who in [USER, SESSION, FEDERATED] {
        let policies =
            Policies { boundary: Some(vec![policy(ALL)]), session: Some(vec![policy(ALL)]), ..Policies::default() };
        assert_eq!(outcome(who, "s3:GetObject", OBJECT, &policies), ImplicitDeny, "{who}");
        let with = Policies { identity: vec![policy(ALL)], ..policies };
        assert_eq!(outcome(who, "s3:GetObject", OBJECT, &with), Allowed, "{who}");
        let without = Policies { session: Some(vec![policy(NONE)]), ..with };
        assert_eq!(outcome(who, "s3:GetObject", OBJECT, &without), ImplicitDeny, "{who}");
    }
}

/// Organizations User Guide, "SCP evaluation" and "RCP evaluation".
#[test]
fn control_policies_by_level() {
    let scps = |levels: &[&[&str]]| Policies { scps: levels.iter().map(|l| level(l)).collect(), ..identity(ALL) };
    let rows: [(&[&[&str]], Outcome); 6] = [
        (&[&[ALL], &[ALL], &[ALL]], Allowed),
        (&[&[ALL], &[NONE], &[ALL]], ImplicitDeny),
        (&[&[ALL], &[NONE, ALL], &[ALL]], Allowed),
        (&[&[ALL], &[], &[ALL]], ImplicitDeny),
        (&[&[ALL], &[ALL, NO], &[ALL]], ExplicitDeny),
        (&[], Allowed),
    ];
    for (levels, expected) in rows {
        assert_eq!(outcome(USER, "s3:GetObject", OBJECT, &scps(levels)), expected, "{levels:?}");
    }
    let rcp = |statement: &str| Policies {
        rcps: vec![level(&[statement])],
        resource: Some(to(r#"{"AWS": "*"}"#)),
        ..Policies::default()
    };
    let denies = r#"{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*"}"#;
    let others = r#"{"Effect": "Deny", "Principal": "*", "Action": "sqs:*", "Resource": "*"}"#;
    for who in [USER, ROOT, "anonymous", "lambda.amazonaws.com", "arn:aws:iam::444455556666:user/eve"] {
        assert_eq!(outcome(who, "s3:GetObject", OBJECT, &rcp(denies)), ExplicitDeny, "{who}");
    }
    assert_eq!(outcome("anonymous", "s3:GetObject", OBJECT, &rcp(others)), Allowed, "RCPFullAWSAccess is implied");
    let service = Policies { scps: vec![level(&[NO])], ..rcp(others) };
    assert_eq!(outcome("lambda.amazonaws.com", "s3:GetObject", OBJECT, &service), Allowed, "SCPs reach no service");
}

/// "Cross-account policy evaluation logic": both sides, whomever of the other account the resource's policy names.
#[test]
fn across_accounts_both_sides_allow() {
    let queue = "arn:aws:sqs:eu-west-1:444455556666:q";
    let ours = "111122223333";
    let rows = [
        (USER, ours, ALL, Allowed),
        (USER, ROOT, ALL, Allowed),
        (USER, USER, ALL, Allowed),
        (USER, "*", ALL, Allowed),
        (USER, USER, NONE, ImplicitDeny),
        (USER, "*", NONE, ImplicitDeny),
        (USER, "444455556666", ALL, ImplicitDeny),
        (SESSION, ROLE, ALL, Allowed),
        (SESSION, SESSION, NONE, ImplicitDeny),
        (ROOT, ROOT, NONE, Allowed),
    ];
    for (who, named, own, expected) in rows {
        let policies = Policies { resource: Some(to(named)), ..identity(own) };
        assert_eq!(outcome(who, "sqs:SendMessage", queue, &policies), expected, "{who} named as {named}, own {own}");
    }
    let alone = Policies { resource: None, ..identity(ALL) };
    assert_eq!(outcome(USER, "sqs:SendMessage", queue, &alone), ImplicitDeny);
    assert_eq!(outcome(ROOT, "sqs:SendMessage", queue, &alone), ImplicitDeny);
}

/// KMS Developer Guide, "Key policies", and IAM User Guide, "How IAM roles differ from resource-based policies".
#[test]
fn keys_and_roles_must_open_themselves() {
    let key = ("kms:Decrypt", "arn:aws:kms:eu-west-1:111122223333:key/1");
    let role = ("sts:AssumeRole", "arn:aws:iam::111122223333:role/r");
    for (action, resource) in [key, role] {
        let with = |named: Option<&str>, own: &str| {
            let policies = Policies { resource: named.map(to), ..identity(own) };
            outcome(USER, action, resource, &policies)
        };
        assert_eq!(with(None, ALL), ImplicitDeny, "{action}");
        assert_eq!(with(Some(USER), NONE), Allowed, "{action}");
        assert_eq!(with(Some(ROOT), NONE), ImplicitDeny, "{action}");
        assert_eq!(with(Some(ROOT), ALL), Allowed, "{action}");
        assert_eq!(with(Some(SESSION), ALL), ImplicitDeny, "{action}");
    }
    assert_eq!(outcome(ROOT, key.0, key.1, &Policies::default()), ImplicitDeny, "not even the root user");
    let trust = |principal: &str| Policies { resource: Some(to(principal)), ..Policies::default() };
    let ec2 = r#"{"Service": "ec2.amazonaws.com"}"#;
    assert_eq!(outcome("ec2.amazonaws.com", role.0, role.1, &trust(ec2)), Allowed);
    assert_eq!(outcome("lambda.amazonaws.com", role.0, role.1, &trust(ec2)), ImplicitDeny);
    let saml = "arn:aws:iam::111122223333:saml-provider/x";
    let federated = format!(r#"{{"Federated": "{saml}"}}"#);
    assert_eq!(outcome(saml, "sts:AssumeRoleWithSAML", role.1, &trust(&federated)), Allowed);
    assert_eq!(outcome(saml, "sts:AssumeRoleWithSAML", role.1, &trust(ROOT)), ImplicitDeny);
}

/// "AWS JSON policy elements: NotPrincipal": all three of account, role and session, or account and user.
#[test]
fn not_principal_spares_whom_it_names() {
    let bob = "arn:aws:iam::444455556666:user/Bob";
    let eve = "arn:aws:iam::444455556666:user/Eve";
    let account = "arn:aws:iam::444455556666:root";
    let session = "arn:aws:sts::444455556666:assumed-role/audit/app";
    let other = "arn:aws:sts::444455556666:assumed-role/audit/else";
    let role = "arn:aws:iam::444455556666:role/audit";
    let rows = [
        (bob, vec![bob, account], Allowed),
        (eve, vec![bob, account], ExplicitDeny),
        ("arn:aws:iam::123123123123:user/Zed", vec![bob, account], ExplicitDeny),
        ("anonymous", vec![bob, account], ExplicitDeny),
        (session, vec![session, role, account], Allowed),
        (other, vec![session, role, account], ExplicitDeny),
        (account, vec![bob, account], Allowed),
    ];
    for (who, spared, expected) in rows {
        let statements = format!(
            r#"{{"Effect": "Deny", "NotPrincipal": {{"AWS": {spared:?}}}, "Action": "s3:*", "Resource": "*"}},
            {{"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*"}}"#
        );
        let policies = Policies { resource: Some(policy(&statements)), ..identity(ALL) };
        assert_eq!(outcome(who, "s3:GetObject", OBJECT, &policies), expected, "{who} but {spared:?}");
    }
}

/// "AWS PrivateLink: endpoint policies": one more limit, for whoever comes through, and no grant.
#[test]
fn an_endpoint_lets_through_or_not() {
    let through = |statement: &str, own: &str| {
        let policies = Policies { endpoint: Some(vec![policy(statement)]), ..identity(own) };
        outcome(USER, "s3:GetObject", OBJECT, &policies)
    };
    let all = r#"{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}"#;
    let eve = r#"{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:user/eve"}, "Action": "*", "Resource": "*"}"#;
    assert_eq!(through(all, ALL), Allowed);
    assert_eq!(through(all, NONE), ImplicitDeny);
    assert_eq!(through(eve, ALL), ImplicitDeny);
}

/// "IAM JSON policy elements: Action, NotAction, Resource, NotResource".
#[test]
fn actions_and_resources() {
    let rows = [
        (r#""Action": "S3:getOBJECT", "Resource": "*""#, true),
        (r#""Action": "s3:Get?bject", "Resource": "*""#, true),
        (r#""Action": "s3:GetObject?", "Resource": "*""#, false),
        (r#""Action": "s3", "Resource": "*""#, false),
        (r#""Action": "s3:", "Resource": "*""#, false),
        (r#""NotAction": ["iam:*", "s3:Put*"], "Resource": "*""#, true),
        (r#""NotAction": "S3:*", "Resource": "*""#, false),
        (r#""Action": "*", "Resource": "arn:aws:s3:::b""#, false),
        (r#""Action": "*", "Resource": "arn:aws:s3:::B/k""#, false),
        (r#""Action": "*", "Resource": "arn:aws:s3:::b*""#, true),
        (r#""Action": "*", "Resource": "arn:*:s3:::b/?""#, true),
        (r#""Action": "*", "Resource": "arn:aws-cn:s3:::b/k""#, false),
        (r#""Action": "*", "Resource": "arn:aws:s3:::*/*/k""#, false),
        (r#""Action": "*", "NotResource": "arn:aws:s3:::c/*""#, true),
        (r#""Action": "*", "NotResource": ["arn:aws:s3:::c/*", "arn:aws:s3:::b/*"]"#, false),
    ];
    for (elements, expected) in rows {
        let policies = identity(&format!(r#"{{"Effect": "Allow", {elements}}}"#));
        assert_eq!(outcome(USER, "s3:GetObject", OBJECT, &policies) == Allowed, expected, "{elements}");
    }
}

/// "IAM policy elements: Variables and tags", in `Resource`.
#[test]
fn variables_in_resources() {
    let rows = [
        ("2012-10-17", "home/${aws:username}/*", "home/ann/x", true),
        ("2012-10-17", "home/${AWS:UserName}/*", "home/ann/x", true),
        ("2008-10-17", "home/${aws:username}/*", "home/ann/x", false),
        ("2008-10-17", "home/${aws:username}/*", "home/${aws:username}/x", true),
        ("2012-10-17", "home/${aws:userid}/*", "home//x", false),
        ("2012-10-17", "home/${aws:userid, 'none'}/*", "home/none/x", true),
        ("2012-10-17", "home/${aws:username, 'none'}/*", "home/none/x", false),
        ("2012-10-17", "${*}${?}${$}/*", "*?$/x", true),
        ("2012-10-17", "${*}/*", "a/x", false),
        ("2012-10-17", "${aws:PrincipalTag/team}/*", "a*/x", true),
        ("2012-10-17", "${aws:PrincipalTag/team}/*", "ab/x", false),
        ("2012-10-17", "${aws:username", "${aws:username", true),
    ];
    for (version, pattern, key, expected) in rows {
        let text = format!(
            r#"{{"Version": "{version}", "Statement": {{"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::{pattern}"}}}}"#
        );
        let policies = Policies { identity: vec![Attached::new("p", Compiled::parse(&text))], ..Policies::default() };
        let mut request = Request::new(Principal::parse(USER), "s3:GetObject", format!("arn:aws:s3:::{key}"));
        request.context.set("aws:username", ["ann"]);
        request.context.set("aws:PrincipalTag/Team", ["a*"]);
        assert_eq!(decide(&request, &policies).is_allowed(), expected, "{pattern} on {key}");
    }
}
