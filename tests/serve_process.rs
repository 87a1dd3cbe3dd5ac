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

use common::process::Process;
use common::served::{exchange, read};
use rustix::process::{Pid, Signal, kill_process};

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
