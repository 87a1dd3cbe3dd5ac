//! `tiam serve` as a process: how it ends, and that it shares its store with everybody else.
#![cfg(unix)]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test fails by panicking, and says when it skips"
)]

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::Command;

use common::process::Process;
use common::served::{Ask, Key, element, escaped, exchange, read};
use rustix::process::{Pid, Signal, kill_process};
use secrecy::ExposeSecret;
use serde_json::{Value, json};
use tiam::world::{Real, World};

mod common;

#[test]
fn a_signal_lets_requests_end_and_nobody_new_in() {
    for signal in [Signal::TERM, Signal::INT] {
        let folder = tempfile::tempdir().unwrap();
        let mut process = Process::start(&folder.path().join("store"));
        let (mut idle, mut busy) = (process.connect(), process.connect());
        assert_eq!(exchange(&mut idle, &process.text("Action=CreateUser&UserName=ann")).status, 200);
        let request = process.text("Action=CreateUser&UserName=bob");
        let (most, rest) = request.split_at(request.len() - 5);
        // Whoever waits for the word to go on knows that the server has begun with the request.
        let most = most.replacen("\r\n\r\n", "\r\nexpect: 100-continue\r\n\r\n", 1);
        assert_eq!(exchange(&mut busy, &most).status, 100);

        kill_process(Pid::from_child(&process.child), signal).unwrap();
        assert_eq!(idle.read(&mut [0]).unwrap(), 0, "who asks nothing is let go at once");
        assert!(TcpStream::connect(process.address).is_err(), "nobody new is let in");
        busy.write_all(rest.as_bytes()).unwrap();
        let answer = read(&mut busy);
        assert_eq!(answer.status, 200, "{}", answer.body);

        assert_eq!(process.child.wait().unwrap().code(), Some(0));
        let mut more = String::new();
        process.said.read_to_string(&mut more).unwrap();
        assert!(more.contains("AWS_ENDPOINT_URL"), "{more}");
        // SQLite takes its log away when the last connection is closed in good order.
        assert!(!folder.path().join("store-wal").exists());
        assert!(process.beside(&["api", "get-user", "--user-name", "bob"]).status.success());
    }
}

/// `tiam` on the endpoint, with a store of its own.
fn ask(process: &Process, store: &Path, arguments: &[&str]) -> (Option<i32>, Value) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tiam"));
    command.env("HOME", store.parent().unwrap()).env("AWS_ACCESS_KEY_ID", &process.root.id);
    command.env("AWS_SECRET_ACCESS_KEY", process.root.secret.expose_secret());
    command.arg("--store").arg(store).args(["--endpoint-url", &format!("http://{}", process.address)]);
    let output = command.args(arguments).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let answer = serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {said}"));
    (output.status.code(), answer)
}

#[test]
fn a_mirror_asks_its_endpoint_what_was_used() {
    let folder = tempfile::tempdir().unwrap();
    let process = Process::start(&folder.path().join("store"));
    let mut client = process.connect();
    let mut root = |form: &str| {
        let answer = exchange(&mut client, &process.text(form));
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.body
    };
    let policy = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["iam:ListUsers","iam:GetUser","sqs:*"],"Resource":"*"}]}"#;
    root("Action=CreateUser&UserName=ann");
    root(&format!("Action=PutUserPolicy&UserName=ann&PolicyName=p&PolicyDocument={}", escaped(policy)));
    let made = root("Action=CreateAccessKey&UserName=ann");
    let (id, secret) = (element(&made, "AccessKeyId"), element(&made, "SecretAccessKey").into());
    let ann = Key { id, secret, token: None };
    let listed = Ask::signed(process.address, &ann, ("Action=ListUsers", Real.now())).send(process.address);
    assert_eq!(listed.status, 200, "{}", listed.body);

    let store = folder.path().join("mirror");
    let (_, before) = ask(&process, &store, &["findings", "--json"]);
    assert_eq!((&before["unusedActions"], before["unknown"].as_array().unwrap().len()), (&json!([]), 1));
    let (status, found) = ask(&process, &store, &["findings", "--last-accessed", "--json"]);
    assert_eq!((status, &found["unknown"]), (Some(1), &json!([])));
    let (services, actions) = (&found["unusedServices"][0], &found["unusedActions"][0]);
    assert_eq!(
        (&services["name"], &services["used"], &services["unused"][0]["service"]),
        (&json!("ann"), &json!(["iam"]), &json!("sqs"))
    );
    assert_eq!((&actions["service"], &actions["used"]), (&json!("iam"), &json!(["ListUsers"])));
    assert_eq!(actions["unused"], json!([{"action": "GetUser"}]));
    assert!(actions["asOf"].is_string() && services["asOf"].is_string());
}

#[test]
fn processes_see_what_the_others_change() {
    let folder = tempfile::tempdir().unwrap();
    let process = Process::start(&folder.path().join("store"));
    let mut client = process.connect();
    let mut ask = |form: &str| exchange(&mut client, &process.text(form));
    let made = process.beside(&["api", "create-user", "--user-name", "ann"]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    assert_eq!(ask("Action=GetUser&UserName=ann").status, 200);
    assert_eq!(ask("Action=TagUser&UserName=ann&Tags.member.1.Key=team&Tags.member.1.Value=red").status, 200);
    let tags = process.beside(&["api", "list-user-tags", "--user-name", "ann"]);
    assert!(String::from_utf8(tags.stdout).unwrap().contains("red"));

    let quota = process.beside(&["quota", "groups", "1"]);
    assert!(quota.status.success(), "{}", String::from_utf8_lossy(&quota.stderr));
    assert_eq!(ask("Action=CreateGroup&GroupName=one").status, 200);
    let second = ask("Action=CreateGroup&GroupName=two");
    assert_eq!((second.status, second.code().as_str()), (409, "LimitExceeded"));
}
