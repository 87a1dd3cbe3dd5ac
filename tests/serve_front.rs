//! `tiam serve` over a real socket: what AWS's front ends refuse, what they let through, and what they answer to odd requests.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test fails by panicking, and says when it skips"
)]

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::Duration;

use common::served::{Ask, Served, element, escaped, exchange, read};
use jiff::SignedDuration;
use serde_json::{Value, json};
use tiam::serve::{Limits, Options, RootKey, ServeError, Server, Tls};
use tiam::world::Real;

mod common;

/// A policy that allows some actions on everything, under a condition.
fn allow(actions: &Value, condition: &Value) -> Value {
    json!({"Version": "2012-10-17", "Statement": [{
        "Effect": "Allow", "Action": actions, "Resource": "*", "Condition": condition,
    }]})
}

fn limits(change: impl FnOnce(&mut Limits)) -> Options {
    let mut limits = Limits::default();
    change(&mut limits);
    Options { limits, ..Options::default() }
}

/// The status and error code of a request.
fn outcome(served: &Served, ask: &Ask) -> (u16, String) {
    let answer = ask.send(served.address);
    (answer.status, answer.code())
}

#[test]
fn a_signed_call_is_answered_by_post_and_get() {
    let served = Served::new();
    served.ok(&served.root, "Action=CreateUser&UserName=ann");
    let answer = served.ask("Action=GetUser&UserName=ann").send(served.address);
    assert!(answer.body.contains("<Arn>arn:aws:iam::123456789012:user/ann</Arn>"));
    assert!(answer.head.contains("\r\nx-amzn-requestid: ") && answer.head.contains("\r\ncontent-type: text/xml\r\n"));
    let get = Ask {
        method: "GET",
        query: "Action=GetUser&UserName=ann&Version=2010-05-08".into(),
        body: String::new(),
        ..served.ask("")
    };
    assert_eq!(outcome(&served, &get), (200, String::new()));
    let sts = served.ok(&served.root, "Action=GetCallerIdentity");
    assert_eq!(element(&sts, "Arn"), "arn:aws:iam::123456789012:root");
}

#[test]
fn what_is_not_wholly_signed_is_refused() {
    let served = Served::new();
    let good = served.ask("Action=ListUsers");
    let header = |name: &str, value: &str| vec![(name.to_owned(), value.to_owned())];
    let with_signed = |name: &str, value: &str| {
        let mut ask = good.clone();
        ask.headers.extend(header(name, value));
        outcome(&served, &ask)
    };
    assert_eq!(outcome(&served, &good).0, 200);
    for payload in ["UNSIGNED-PAYLOAD", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"] {
        assert_eq!(with_signed("x-amz-content-sha256", payload), (403, "SignatureDoesNotMatch".into()));
    }
    let unsigned = Ask { unsigned: header("x-amz-target", "evil"), ..good.clone() };
    assert_eq!(outcome(&served, &unsigned), (403, "AccessDenied".into()));
    let twice = Ask { unsigned: header("x-amz-date", "20200101T000000Z"), ..good.clone() };
    assert_eq!(outcome(&served, &twice), (400, "IncompleteSignature".into()));
    let text = good.text();
    let send = |text: &str| exchange(&mut TcpStream::connect(served.address).unwrap(), text);
    let bare = text.lines().filter(|line| !line.starts_with("authorization")).collect::<Vec<_>>().join("\r\n");
    assert_eq!(send(&bare).code(), "MissingAuthenticationToken");
    let presigned = "GET /?Action=ListUsers&Version=2010-05-08&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=a%2F20260101\
                     %2Fus-east-1%2Fiam%2Faws4_request&X-Amz-Date=20260101T000000Z&X-Amz-SignedHeaders=host&X-Amz-Signature=00 \
                     HTTP/1.1\r\nhost: iam.amazonaws.com\r\n\r\n";
    let answer = send(presigned);
    assert_eq!((answer.status, answer.code().as_str()), (403, "MissingAuthenticationToken"));
    assert_eq!(send(&text.replace("Action=ListUsers", "Action=ListRoles")).code(), "SignatureDoesNotMatch");
    let elsewhere = text.replacen(&format!("host: {}", served.address), "host: iam.amazonaws.com", 1);
    assert_eq!(send(&elsewhere).code(), "SignatureDoesNotMatch");
}

#[test]
fn the_clock_may_be_five_minutes_off_and_no_more() {
    let served = Served::new();
    let at = |seconds: i64| {
        let good = served.ask("Action=ListUsers");
        outcome(&served, &Ask { at: good.at + SignedDuration::from_secs(seconds), ..good })
    };
    assert_eq!((at(-290).0, at(290).0), (200, 200));
    assert_eq!(at(-310), (403, "SignatureDoesNotMatch".into()));
    assert_eq!(at(310), (403, "SignatureDoesNotMatch".into()));
}

#[test]
fn keys_that_are_unknown_inactive_or_expired_are_refused() {
    let served = Served::new();
    let ann = served.user("ann", &allow(&json!("*"), &json!({})));
    served.ok(&ann, "Action=GetUser");
    let mut unknown = ann.clone();
    unknown.id = ann.id.chars().rev().collect();
    assert_eq!(served.refused(&unknown, "Action=GetUser").0, "InvalidClientTokenId");
    let mut wrong = ann.clone();
    wrong.secret = "x".repeat(40).into();
    assert_eq!(served.refused(&wrong, "Action=GetUser").0, "SignatureDoesNotMatch");
    let made = served.ok(&ann, "Action=GetSessionToken&DurationSeconds=900");
    let mut session = ann.clone();
    session.id = element(&made, "AccessKeyId");
    session.secret = element(&made, "SecretAccessKey").into();
    session.token = Some(element(&made, "SessionToken"));
    served.ok(&session, "Action=GetCallerIdentity");
    // A session without MFA may not call IAM at all.
    assert_eq!(served.refused(&session, "Action=GetUser").0, "InvalidClientTokenId");
    let mut bare = session.clone();
    bare.token = None;
    assert_eq!(served.refused(&bare, "Action=GetCallerIdentity").0, "InvalidClientTokenId");
    served.clock.forward(901);
    assert_eq!(served.refused(&session, "Action=GetCallerIdentity").0, "ExpiredToken");
    served.ok(&served.root, &format!("Action=UpdateAccessKey&UserName=ann&Status=Inactive&AccessKeyId={}", ann.id));
    assert_eq!(served.refused(&ann, "Action=GetUser").0, "InvalidClientTokenId");
}

#[test]
fn odd_requests_are_answered_as_aws_answers_them() {
    let served = Served::with(limits(|limits| {
        limits.body_bytes_max = 10_000;
        limits.header_bytes_max = 16_384;
    }));
    let send = |text: &str| exchange(&mut TcpStream::connect(served.address).unwrap(), text);
    let home = send("GET / HTTP/1.1\r\nhost: x\r\n\r\n");
    assert_eq!(home.status, 302);
    assert!(home.head.contains("\r\nlocation: https://aws.amazon.com/iam\r\n"));
    let unknown = served.ask("Action=Nope").send(served.address);
    assert_eq!((unknown.status, unknown.code().as_str()), (400, "InvalidAction"));
    assert!(unknown.body.contains("xmlns=\"http://webservices.amazon.com/AWSFault/2005-15-09\""));
    let first = served.ask("Action=CreateUser&UserName=ann&UserName=bob&Action=DeleteUser").send(served.address);
    assert_eq!(element(&first.body, "UserName"), "ann");
    let value = escaped("a <b> & \"c\" =");
    served.ok(
        &served.root,
        &format!("Action=CreateRole&RoleName=r&Description={value}&AssumeRolePolicyDocument={}", escaped(&json!({
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}],
    }).to_string())),
    );
    assert!(served.ok(&served.root, "Action=GetRole&RoleName=r").contains("a &lt;b&gt; &amp; "));
    let long = served.ask(&format!("Action=GetUser&UserName={}", "x".repeat(20_000))).send(served.address);
    assert_eq!(long.status, 413);
    let headers = format!("GET / HTTP/1.1\r\nhost: x\r\nx-long: {}\r\n\r\n", "x".repeat(40_000));
    let (mut stream, mut answer) = (TcpStream::connect(served.address).unwrap(), String::new());
    // The server may hang up before it has read all of it.
    let _ = stream.write_all(headers.as_bytes()).and_then(|()| stream.read_to_string(&mut answer));
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 431"), "{answer}");
}

#[test]
fn access_denied_says_who_what_and_why() {
    let served = Served::new();
    let ann = served.user("ann", &allow(&json!("iam:GetUser"), &json!({})));
    served.ok(&ann, "Action=GetUser");
    let denied = |form: &str| served.refused(&ann, form);
    let user = "User: arn:aws:iam::123456789012:user/ann is not authorized to perform:";
    assert_eq!(
        denied("Action=DeleteUser&UserName=bob"),
        (
            "AccessDenied".into(),
            format!(
                "{user} iam:DeleteUser on resource: user bob because no identity-based policy allows the iam:DeleteUser action"
            )
        )
    );
    let boundary = served.ok(
        &served.root,
        &format!(
            "Action=CreatePolicy&PolicyName=b&PolicyDocument={}",
            escaped(&allow(&json!("iam:List*"), &json!({})).to_string())
        ),
    );
    served.ok(
        &served.root,
        &format!("Action=PutUserPermissionsBoundary&UserName=ann&PermissionsBoundary={}", element(&boundary, "Arn")),
    );
    assert!(denied("Action=GetUser").1.ends_with("because no permissions boundary allows the iam:GetUser action"));
    let deny = json!({"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "*", "Resource": "*"}]});
    served.ok(
        &served.root,
        &format!("Action=PutUserPolicy&UserName=ann&PolicyName=d&PolicyDocument={}", escaped(&deny.to_string())),
    );
    assert!(denied("Action=GetUser").1.ends_with("with an explicit deny in an identity-based policy"));
}

#[test]
fn conditions_see_the_connection_the_call_and_the_entity() {
    let served = Served::new();
    let ann = served.user(
        "ann",
        &json!({"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Action": "iam:CreateUser", "Resource": "*", "Condition": {
                "IpAddress": {"aws:SourceIp": "127.0.0.0/8"}, "Bool": {"aws:SecureTransport": "false"},
                "StringEquals": {"aws:RequestTag/team": "red", "aws:RequestedRegion": "us-east-1", "aws:username": "ann"},
                "ForAllValues:StringEquals": {"aws:TagKeys": ["team"]}, "Null": {"aws:MultiFactorAuthPresent": "true"},
            }},
            {"Effect": "Allow", "Action": "iam:TagUser", "Resource": "*", "Condition": {"StringEquals": {"aws:RequestTag/team": "red"}}},
            {"Effect": "Allow", "Action": "iam:DeleteUser", "Resource": "*", "Condition": {"StringEquals": {"aws:ResourceTag/team": "red"}}},
            {"Effect": "Allow", "Action": "iam:AddRoleToInstanceProfile", "Resource": "*"},
            {"Effect": "Allow", "Action": "iam:PassRole", "Resource": "arn:aws:iam::*:role/web", "Condition": {
                "StringEquals": {"iam:PassedToService": "ec2.amazonaws.com"}}},
            {"Effect": "Allow", "Action": "iam:AttachUserPolicy", "Resource": "*", "Condition": {
                "ArnEquals": {"iam:PolicyARN": "arn:aws:iam::aws:policy/ReadOnlyAccess"}}},
        ]}),
    );
    let tagged = "&Tags.member.1.Key=team&Tags.member.1.Value=";
    served.ok(&ann, &format!("Action=CreateUser&UserName=bob{tagged}red"));
    assert_eq!(served.refused(&ann, &format!("Action=CreateUser&UserName=eve{tagged}blue")).0, "AccessDenied");
    served.ok(&served.root, "Action=CreateUser&UserName=eve");
    assert_eq!(served.refused(&ann, "Action=DeleteUser&UserName=eve").0, "AccessDenied");
    let attach = |name: &str| format!("Action=AttachUserPolicy&UserName=bob&PolicyArn=arn:aws:iam::aws:policy/{name}");
    served.ok(&ann, &attach("ReadOnlyAccess"));
    assert_eq!(served.refused(&ann, &attach("AdministratorAccess")).0, "AccessDenied");
    served.ok(&served.root, "Action=DetachUserPolicy&UserName=bob&PolicyArn=arn:aws:iam::aws:policy/ReadOnlyAccess");
    served.ok(&ann, "Action=DeleteUser&UserName=bob");
    let trust = escaped(
        &json!({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}]})
        .to_string(),
    );
    for role in ["web", "admin"] {
        served.ok(&served.root, &format!("Action=CreateRole&RoleName={role}&AssumeRolePolicyDocument={trust}"));
        served.ok(&served.root, &format!("Action=CreateInstanceProfile&InstanceProfileName={role}"));
    }
    let add = |role: &str| format!("Action=AddRoleToInstanceProfile&InstanceProfileName={role}&RoleName={role}");
    served.ok(&ann, &add("web"));
    let (_, message) = served.refused(&ann, &add("admin"));
    assert!(
        message
            .contains("is not authorized to perform: iam:PassRole on resource: arn:aws:iam::123456789012:role/admin"),
        "{message}"
    );
}

#[test]
fn a_trust_policy_sees_the_connection() {
    let served = Served::new();
    let ann = served.user("ann", &allow(&json!("sts:AssumeRole"), &json!({})));
    let role = |name: &str, network: &str| {
        let trust = json!({"Version": "2012-10-17", "Statement": [{
            "Effect": "Allow", "Principal": {"AWS": "123456789012"}, "Action": "sts:AssumeRole",
            "Condition": {"IpAddress": {"aws:SourceIp": network}},
        }]});
        served.ok(
            &served.root,
            &format!("Action=CreateRole&RoleName={name}&AssumeRolePolicyDocument={}", escaped(&trust.to_string())),
        );
        format!("Action=AssumeRole&RoleSessionName=s1&RoleArn=arn:aws:iam::123456789012:role/{name}")
    };
    served.ok(&ann, &role("here", "127.0.0.1/32"));
    assert_eq!(served.refused(&ann, &role("there", "10.0.0.0/8")).0, "AccessDenied");
}

#[test]
fn a_client_that_sends_nothing_more_is_left() {
    let served = Served::with(limits(|limits| limits.patience = Duration::from_millis(100)));
    for start in ["", "POST / HTTP/1.1\r\nhost: x\r\n", "POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\nabc"] {
        let mut stream = TcpStream::connect(served.address).unwrap();
        stream.write_all(start.as_bytes()).unwrap();
        let mut rest = String::new();
        stream.read_to_string(&mut rest).unwrap();
        assert!(rest.is_empty() || rest.starts_with("HTTP/1.1 408"), "{rest}");
    }
}

#[test]
fn beyond_its_number_of_connections_a_server_lets_them_wait() {
    let served = Served::with(limits(|limits| limits.connections_max = 1));
    let mut first = TcpStream::connect(served.address).unwrap();
    assert_eq!(exchange(&mut first, &served.ask("Action=ListUsers").text()).status, 200);
    let mut second = TcpStream::connect(served.address).unwrap();
    second.write_all(served.ask("Action=ListRoles").text().as_bytes()).unwrap();
    assert_eq!(exchange(&mut first, &served.ask("Action=ListGroups").text()).status, 200);
    drop(first);
    assert_eq!(read(&mut second).status, 200);
    let actions: Vec<String> =
        served.log.text().lines().map(|line| line.split(' ').nth(3).unwrap().to_owned()).collect();
    assert_eq!(actions, ["iam:ListUsers", "iam:ListGroups", "iam:ListRoles"]);
}

#[test]
fn the_access_log_tells_who_did_what_and_no_secret() {
    let served = Served::new();
    let ann = served.user("ann", &allow(&json!("iam:CreateLoginProfile"), &json!({})));
    served.ok(&ann, "Action=CreateLoginProfile&UserName=ann&Password=Correct-Horse-9");
    served.refused(&ann, "Action=DeleteUser&UserName=bob");
    exchange(&mut TcpStream::connect(served.address).unwrap(), "GET /?secret HTTP/1.1\r\nhost: x\r\n\r\n");
    let log = served.log.text();
    let lines: Vec<Vec<&str>> = log.lines().map(|line| line.split(' ').collect()).collect();
    assert!(lines.iter().all(|words| words.len() == 7), "{log}");
    let told: Vec<&[&str]> = lines.iter().map(|words| &words[2..6]).collect();
    let user = "arn:aws:iam::123456789012:user/ann";
    assert_eq!(told[3], [user, "iam:CreateLoginProfile", "200", "-"]);
    assert_eq!(told[4], [user, "iam:DeleteUser", "403", "AccessDenied"]);
    assert_eq!(told[5], ["-", "-", "302", "-"]);
    assert!(!log.contains("Horse") && !log.contains("secret"), "{log}");
}

#[test]
fn over_tls_any_address_is_served_and_policies_know() {
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let (certificate, key) = (folder.path().join("cert"), folder.path().join("key"));
    std::fs::write(&certificate, made.cert.pem()).unwrap();
    std::fs::write(&key, made.signing_key.serialize_pem()).unwrap();
    let tls = Tls::load(&certificate, &key).unwrap();
    let served = Served::with(Options { tls: Some(tls), ..Options::default() });
    let connect = || {
        let mut roots = rustls::RootCertStore::empty();
        roots.add(made.cert.der().clone()).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = rustls::ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        let session = rustls::ClientConnection::new(Arc::new(config), "localhost".try_into().unwrap()).unwrap();
        rustls::StreamOwned::new(session, TcpStream::connect(served.address).unwrap())
    };
    let ask = |key: &common::served::Key, form: &str| {
        let ask = Ask { key: key.clone(), ..served.ask(form) };
        let answer = exchange(&mut connect(), &ask.text());
        (answer.status, answer.body)
    };
    assert_eq!(ask(&served.root, "Action=CreateUser&UserName=ann").0, 200);
    let policy = allow(&json!("iam:GetUser"), &json!({"Bool": {"aws:SecureTransport": "true"}}));
    let put = format!("Action=PutUserPolicy&UserName=ann&PolicyName=p&PolicyDocument={}", escaped(&policy.to_string()));
    assert_eq!(ask(&served.root, &put).0, 200);
    let (_, made_key) = ask(&served.root, "Action=CreateAccessKey&UserName=ann");
    let ann = common::served::Key {
        id: element(&made_key, "AccessKeyId"),
        secret: element(&made_key, "SecretAccessKey").into(),
        token: None,
    };
    assert_eq!(ask(&ann, "Action=GetUser").0, 200);

    let runtime = tokio::runtime::Runtime::new().unwrap();
    let root = RootKey::generate(&served.account.id, &Real);
    let bound = Server::bind(
        "0.0.0.0:0".parse().unwrap(),
        Arc::clone(&served.store),
        &served.account,
        root,
        Options::default(),
    );
    assert!(matches!(runtime.block_on(bound).unwrap_err(), ServeError::NotLoopback(_)));
}

#[test]
fn another_process_changes_the_store_while_it_is_served() {
    let served = Served::new();
    let ann = served.user("ann", &allow(&json!("iam:GetUser"), &json!({})));
    served.ok(&ann, "Action=GetUser");
    let tiam = |arguments: &[&str]| {
        let mut command = assert_cmd::Command::cargo_bin("tiam").unwrap();
        command.env("HOME", served.folder.path()).arg("--store").arg(served.folder.path().join("store"));
        command.args(arguments).assert().success();
    };
    tiam(&["api", "create-user", "--user-name", "bob"]);
    served.ok(&ann, "Action=GetUser&UserName=bob");
    tiam(&["--yes", "api", "delete-user-policy", "--user-name", "ann", "--policy-name", "p"]);
    assert_eq!(served.refused(&ann, "Action=GetUser").0, "AccessDenied");
}
