//! `tiam api` as a shell sees it: stdout, stderr, exit status, and the files it leaves.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;

/// The program with a home of its own, so that no test touches the user's.
struct Tiam {
    home: tempfile::TempDir,
}

/// How a run ended: exit status, stdout, stderr.
type Ended = (i32, String, String);

impl Tiam {
    fn new() -> Self {
        Self { home: tempfile::tempdir().unwrap() }
    }

    fn run(&self, args: &[&str]) -> Ended {
        let mut command = Command::cargo_bin("tiam").unwrap();
        command.env_clear().env("HOME", self.home.path()).env("TZ", "UTC").current_dir(self.home.path());
        let output = command.args(args).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
    }

    fn line(&self, line: &str) -> Ended {
        self.run(&line.split(' ').collect::<Vec<_>>())
    }

    fn ok(&self, line: &str) -> Value {
        let (status, out, err) = self.line(line);
        assert_eq!((status, err.as_str()), (0, ""), "{line}");
        if out.is_empty() { Value::Null } else { serde_json::from_str(&out).unwrap() }
    }
}

#[cfg(unix)]
fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn a_user_lives_and_dies() {
    let tiam = Tiam::new();
    let made = tiam.ok("api create-user --user-name ann --path /eng/");
    assert_eq!(made["User"]["Arn"], "arn:aws:iam::123456789012:user/eng/ann");
    let (_, out, _) = tiam.line("api list-users");
    assert!(out.starts_with("{\n    \"Users\": [\n        {\n            \"Path\": \"/eng/\",\n"), "{out}");
    assert!(made["User"]["CreateDate"].as_str().unwrap().ends_with("+00:00"));
    assert_eq!(tiam.line("api delete-user --user-name ann"), (0, String::new(), String::new()));
    assert_eq!(
        tiam.line("api get-user --user-name ann"),
        (
            254,
            String::new(),
            "\nAn error occurred (NoSuchEntity) when calling the GetUser operation: The user with name ann cannot be \
             found.\n"
                .to_owned()
        )
    );
}

#[test]
fn an_absent_store_becomes_an_empty_account_with_that_id() {
    let tiam = Tiam::new();
    let store = "--store new/folder/s.db";
    let made = tiam.ok(&format!("{store} --account 210987654321 api create-user --user-name ann"));
    assert_eq!(made["User"]["Arn"], "arn:aws:iam::210987654321:user/ann");
    // One account in a store needs no name; the options may also follow, as in a line that is pasted.
    assert_eq!(tiam.ok(&format!("api iam list-users {store}"))["Users"][0]["UserName"], "ann");
    assert_eq!(tiam.ok(&format!("{store} --account 111122223333 api list-users"))["Users"], Value::Array(vec![]));
    let (status, _, err) = tiam.line(&format!("{store} api list-users"));
    assert_eq!(status, 252);
    assert!(err.contains("210987654321, 111122223333"), "{err}");
    let (status, _, err) = tiam.line(&format!("{store} --account nobody api list-users"));
    assert_eq!(status, 252);
    assert!(err.contains("no account `nobody`"), "{err}");
    #[cfg(unix)]
    {
        let folder = tiam.home.path().join("new/folder");
        assert_eq!((mode(&folder), mode(&folder.join("s.db"))), (0o700, 0o600));
    }
}

#[test]
fn read_only_lets_no_change_through() {
    let tiam = Tiam::new();
    tiam.ok("api create-user --user-name ann");
    let (status, out, err) = tiam.line("--read-only api delete-user --user-name ann");
    assert_eq!((status, out.as_str()), (255, ""));
    assert!(err.contains("read-only"), "{err}");
    assert_eq!(tiam.ok("--read-only api list-users")["Users"][0]["UserName"], "ann");
}

#[test]
fn a_wrong_line_is_told_as_the_aws_command_tells_it() {
    let tiam = Tiam::new();
    let (status, _, err) = tiam.line("api create-user");
    assert_eq!(status, 252);
    assert!(err.ends_with("\n\ntiam: error: the following arguments are required: --user-name\n"), "{err}");
    let (status, _, err) = tiam.line("api list-users --color on --bogus");
    assert_eq!((status, err.ends_with("\n\nUnknown options: --bogus\n")), (252, true), "{err}");
    // Nothing was opened for it.
    assert!(!tiam.home.path().join(".local/share").exists());
}

#[test]
fn listings_come_whole_or_in_parts() {
    let tiam = Tiam::new();
    for name in ["a", "b", "c", "d", "e"] {
        tiam.ok(&format!("api create-user --user-name {name}"));
    }
    let names = |answer: &Value| {
        answer["Users"].as_array().unwrap().iter().map(|u| u["UserName"].as_str().unwrap()).collect::<String>()
    };
    assert_eq!(names(&tiam.ok("api list-users --page-size 2")), "abcde");
    let first = tiam.ok("api list-users --page-size 2 --max-items 3");
    assert_eq!(names(&first), "abc");
    let token = first["NextToken"].as_str().unwrap();
    let rest = tiam.ok(&format!("api list-users --page-size 2 --starting-token {token}"));
    assert_eq!((names(&rest).as_str(), rest.get("NextToken")), ("de", None));
    let page = tiam.ok("api list-users --no-paginate --max-items 2");
    assert_eq!((names(&page).as_str(), &page["IsTruncated"]), ("ab", &Value::Bool(true)));
}

#[test]
fn nothing_hostile_reaches_the_terminal() {
    let tiam = Tiam::new();
    let (status, out, err) = tiam.run(&["api", "create-user", "--user-name", "a\u{1b}[31m\u{202e}b"]);
    assert_eq!((status, out.as_str()), (254, ""));
    assert!(err.chars().all(|c| c == '\n' || tiam::text::is_plain(c)), "{err:?}");
    let (_, _, err) = tiam.run(&["api", "create-user", "--\u{1b}[2J"]);
    assert!(err.chars().all(|c| c == '\n' || tiam::text::is_plain(c)), "{err:?}");
}

#[test]
fn the_log_holds_no_secret_and_is_the_owners_alone() {
    let tiam = Tiam::new();
    tiam.run(&["api", "create-login-profile", "--user-name", "nobody", "--password", "hunter2hunter2"]);
    let folder = tiam.home.path().join(".local/state/tiam");
    if cfg!(target_os = "linux") {
        for entry in std::fs::read_dir(&folder).unwrap() {
            assert!(!std::fs::read_to_string(entry.unwrap().path()).unwrap().contains("hunter2"));
        }
        #[cfg(unix)]
        assert_eq!(mode(&folder), 0o700);
    }
}

#[test]
fn version_help_and_completions() {
    let tiam = Tiam::new();
    assert_eq!(tiam.line("--version"), (0, format!("tiam {}\n", env!("CARGO_PKG_VERSION")), String::new()));
    assert!(tiam.line("--help").1.contains("--read-only"));
    for shell in ["bash", "zsh", "fish"] {
        let (status, out, _) = tiam.line(&format!("completions {shell}"));
        assert_eq!((status, out.contains("read-only")), (0, true), "{shell}");
    }
    assert_eq!(tiam.line("no-such-command").0, 2);
}

#[test]
fn policies_are_linted_with_line_and_column() {
    let tiam = Tiam::new();
    let good = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/k"}}"#;
    std::fs::write(tiam.home.path().join("good.json"), good).unwrap();
    std::fs::write(
        tiam.home.path().join("bad.json"),
        good.replace("GetObject", "GetObjekt").replace("\"Action", "\n\"Action"),
    )
    .unwrap();
    assert_eq!(tiam.line("lint good.json"), (0, String::new(), String::new()));
    let (status, out, _) = tiam.line("lint good.json bad.json");
    assert_eq!(status, 1);
    assert!(out.starts_with("bad.json:2:11: ERROR INVALID_ACTION: "), "{out}");
    let (status, out, _) = tiam.line("lint --json --type identity bad.json");
    let rows: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((status, &rows[0]["line"], &rows[0]["code"]), (1, &2.into(), &"INVALID_ACTION".into()));
    assert_eq!(tiam.line("lint no-such-file.json").0, 255);
    assert_eq!(tiam.line("lint").0, 2);
}

#[test]
fn cases_are_answered_a_line_each() {
    let tiam = Tiam::new();
    let case = r#"{"id": 1, "policies": [], "request": {"principal": "arn:aws:iam::123456789012:user/a", "action": "s3:GetObject", "resource": "*"}}"#;
    std::fs::write(tiam.home.path().join("cases.jsonl"), format!("{case}\n\nno case\n{case}\n")).unwrap();
    let (status, out, err) = tiam.line("simulate --cases cases.jsonl");
    let answer = "{\"id\":1,\"decision\":\"implicitDeny\",\"blockedBy\":[\"identity\"]}\n";
    assert_eq!(status, 1);
    assert_eq!(out.replace(answer, "").len(), 0, "{out}");
    assert!(err.starts_with("tiam: line 3: "), "{err}");
    let lint = r#"{"id": "a", "documentText": "{}"}"#;
    std::fs::write(tiam.home.path().join("lint.jsonl"), lint).unwrap();
    let (status, out, _) = tiam.line("lint --cases lint.jsonl");
    assert_eq!((status, serde_json::from_str::<Value>(&out).unwrap()["id"].as_str()), (0, Some("a")));
}

#[test]
fn the_demo_is_there_to_be_searched() {
    let tiam = Tiam::new();
    let (status, out, err) = tiam.line("--demo search mateo");
    assert_eq!((status, err.as_str()), (0, ""));
    assert!(out.lines().next().unwrap().contains("user        mateo"), "{out}");
    let hits = tiam.ok("search --demo --json nikki");
    assert_eq!((&hits[0]["text"], &hits[0]["target"]["name"]), (&"nikki".into(), &"nikki".into()));
    assert_eq!(tiam.line("search zzzzzz").0, 1);
    assert!(!tiam.ok("--demo api list-users")["Users"].as_array().unwrap().is_empty());
}
