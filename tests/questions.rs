//! Questions over an account as a shell sees them: the demo account, and an account imported from a file.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::path::PathBuf;

use assert_cmd::Command;
use serde_json::{Value, json};

/// The program with a home of its own, so that no test touches the user's.
struct Tiam {
    home: tempfile::TempDir,
}

impl Tiam {
    fn new() -> Self {
        Self { home: tempfile::tempdir().unwrap() }
    }

    /// Exit status, stdout and stderr.
    fn line(&self, line: &str) -> (i32, String, String) {
        let mut command = Command::cargo_bin("tiam").unwrap();
        command.env_clear().env("HOME", self.home.path()).env("TZ", "UTC").current_dir(self.home.path());
        let output = command.args(line.split(' ')).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
    }

    fn json(&self, line: &str) -> Value {
        let (_, out, err) = self.line(line);
        serde_json::from_str(&out).unwrap_or_else(|error| panic!("{line}: {error}: {out}{err}"))
    }

    fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// The demo account in a file, as the `aws` command prints it.
    fn export(&self, name: &str) -> Value {
        let (status, out, _) = self.line("--demo api get-account-authorization-details");
        assert_eq!(status, 0);
        std::fs::write(self.path(name), &out).unwrap();
        serde_json::from_str(&out).unwrap()
    }
}

#[test]
fn who_can_names_everybody_with_the_way() {
    let tiam = Tiam::new();
    let (status, out, err) = tiam.line("--demo who-can s3:PutObject arn:aws:s3:::productionapp/x");
    assert_eq!((status, err.as_str()), (0, ""));
    assert!(
        out.starts_with(
            "s3:PutObject on arn:aws:s3:::productionapp/x\n\nYes\n  user  ci-deploy       read-write-app-bucket\n"
        ),
        "{out}"
    );
    assert!(
        out.contains(
            "PowerUserAccess through Developers, within DeveloperBoundary; depends on aws:MultiFactorAuthPresent"
        ),
        "{out}"
    );
    assert!(out.trim_end().ends_with("The root user may; 13 others may not."), "{out}");
    let found = tiam.json("--demo who-can s3:PutObject arn:aws:s3:::productionapp/x --json");
    let mary = found["principals"].as_array().unwrap().iter().find(|one| one["name"] == "mary").unwrap();
    assert_eq!((&mary["kind"], &mary["answer"]), (&json!("user"), &json!("depends")));
    assert_eq!(mary["resources"][0]["dependsOn"], json!(["aws:MultiFactorAuthPresent", "aws:RequestedRegion"]));
    let grant = &mary["resources"][0]["grants"][0];
    assert_eq!(
        (&grant["policy"], &grant["via"], &grant["group"]),
        (&json!("PowerUserAccess"), &json!("group"), &json!("Developers"))
    );
}

#[test]
fn nobody_is_a_status_and_a_role_is_asked_by_its_trust() {
    let tiam = Tiam::new();
    let (status, out, _) = tiam.line("--demo who-can ec2:RunInstances --context aws:MultiFactorAuthPresent=false");
    assert_eq!(status, 0, "{out}");
    let (status, out, _) = tiam.line("--account 111122223333 who-can s3:GetObject");
    assert_eq!((status, out.as_str()), (1, "s3:GetObject on anything\n\nThe root user may.\n"));
    let found = tiam.json("--demo who-can sts:AssumeRole role/ThirdPartyAudit --json");
    assert_eq!(found["principals"], json!([]));
    assert_eq!(found["outside"][0]["who"], "444455556666");
    assert_eq!(found["root"], "no");
}

#[test]
fn can_shows_the_summary() {
    let tiam = Tiam::new();
    let (status, out, _) = tiam.line("--demo can role/app-server");
    assert_eq!(status, 0);
    assert!(out.starts_with("arn:aws:iam::123456789012:role/app-server  2 policies\n\nAllowed\n  service"), "{out}");
    assert!(out.contains("Amazon S3"), "{out}");
    assert!(out.contains("Roles it can assume\n  migration-2024\n"), "{out}");
    let found = tiam.json("--demo can role/app-server --json");
    assert_eq!(
        (&found["kind"], &found["administrator"], &found["roles"][0]["role"]),
        (&json!("role"), &json!(false), &json!("migration-2024"))
    );
    let (_, actions, _) = tiam.line("--demo can ci-deploy --service s3");
    assert!(actions.contains("DeleteObject  arn:aws:s3:::productionapp/*  None"), "{actions}");
    let policy = tiam.json("--demo can ci-deploy --policy");
    assert_eq!(policy["Statement"].as_array().unwrap().len(), 2);
    assert!(tiam.line("--demo can role/migration-2024").1.contains("It may do everything, on everything."));
}

#[test]
fn simulate_decides_and_says_why() {
    let tiam = Tiam::new();
    let given = "--context aws:RequestedRegion=eu-west-1 --context aws:MultiFactorAuthPresent=true";
    let ask = "--demo simulate mary s3:GetObject arn:aws:s3:::productionapp/x";
    let (status, out, _) = tiam.line(ask);
    assert_eq!(
        (status, out.starts_with("Depends on aws:MultiFactorAuthPresent, aws:RequestedRegion")),
        (3, true),
        "{out}"
    );
    let (status, out, _) = tiam.line(&format!("{ask} {given}"));
    assert_eq!((status, out.starts_with("Allowed\n")), (0, true), "{out}");
    assert!(
        out.contains("Permissions boundary: allows it\n  Allow  DeveloperBoundary  ServicesInUse, line 4"),
        "{out}"
    );
    let (status, out, _) = tiam.line("--demo simulate mary iam:CreateUser");
    assert_eq!(
        (status, out.starts_with("Denied, because no identity-based policy allows the iam:CreateUser action")),
        (1, true),
        "{out}"
    );
    let denied = tiam.json(&format!(
        "{ask} --context aws:RequestedRegion=us-west-2 --context aws:MultiFactorAuthPresent=true --json"
    ));
    assert_eq!((&denied["decision"], &denied["blockedBy"]), (&json!("explicitDeny"), &json!(["boundary"])));
    assert_eq!(denied["layers"][1]["statements"][1]["sid"], "StayInEurope");
}

#[test]
fn what_cannot_be_asked_is_told_with_the_way_on() {
    let tiam = Tiam::new();
    for (line, sentence, remedy) in [
        ("can nobody-knows", "the account has no user, role, user group or policy `nobody-knows`", "Name a user"),
        ("can nikk", "the account has no user, role, user group or policy `nikk`", "Did you mean nikki"),
        ("who-can s3:GetObjekt", "no service has the action `s3:GetObjekt`", "Did you mean s3:GetObject"),
        ("who-can s3:GetObject bucket/key", "`bucket/key` is no ARN", "A resource is an ARN"),
        ("simulate mary s3:GetObject --context region", "`region` has no condition key", ""),
    ] {
        let (status, out, err) = tiam.line(&format!("--demo {line}"));
        assert_eq!((status, out.as_str()), (252, ""), "{line}: {err}");
        assert!(err.contains(sentence) && err.contains(remedy), "{line}: {err}");
    }
}

#[test]
fn findings_name_what_to_look_at() {
    let tiam = Tiam::new();
    let (status, out, _) = tiam.line("--demo findings");
    assert_eq!(status, 1);
    assert!(out.contains("public-reports   anyone with an AWS account"), "{out}");
    assert!(out.contains("nightly-batch") && out.contains("role unused for 402 days"), "{out}");
    let found = tiam.json("--demo findings --json");
    assert_eq!(found["external"].as_array().unwrap().len(), 4);
    assert!(out.contains("Services not used for more than 90 days"), "{out}");
    let services = found["unusedServices"].as_array().unwrap();
    let thumbnails = services.iter().find(|one| one["name"] == "thumbnails").unwrap();
    assert_eq!((&thumbnails["kind"], &thumbnails["used"]), (&"role".into(), &json!(["s3"])));
}

#[test]
fn an_imported_account_answers_as_its_source() {
    let tiam = Tiam::new();
    let whole = tiam.export("whole.json");
    let (status, out, err) = tiam.line("import whole.json");
    assert_eq!((status, err.as_str()), (0, ""));
    assert_eq!(out, "Imported account 123456789012: 18 users, 8 user groups, 10 roles, 8 policies.\n");
    for line in [
        "who-can s3:PutObject --json",
        "who-can sts:AssumeRole role/migration-2024 --json",
        "can zhang --json",
        "can role/thumbnails --json",
    ] {
        assert_eq!(tiam.json(line), tiam.json(&format!("--demo {line}")), "{line}");
    }
    // The `aws` command prints documents as objects, so that lines are others.
    let line = "simulate mary s3:GetObject arn:aws:s3:::productionapp/x --json";
    let (ours, theirs) = (tiam.json(line), tiam.json(&format!("--demo {line}")));
    for member in ["decision", "dependsOn", "blockedBy", "reason"] {
        assert_eq!(ours[member], theirs[member], "{member}");
    }
    let names =
        |answer: &Value| answer["Users"].as_array().unwrap().iter().map(|user| user["Arn"].clone()).collect::<Vec<_>>();
    assert_eq!(names(&tiam.json("api list-users")), names(&tiam.json("--demo api list-users")));
    // A loop over pages prints one document after the other.
    let mut pages = whole.clone();
    for list in ["GroupDetailList", "RoleDetailList", "Policies"] {
        pages[list] = json!([]);
    }
    pages["IsTruncated"] = json!(true);
    let mut last = whole;
    (last["UserDetailList"], last["IsTruncated"]) = (json!([]), json!(false));
    std::fs::write(tiam.path("pages.json"), format!("{pages}\n{last}\n")).unwrap();
    assert_eq!(tiam.line("import pages.json").0, 0);
    assert_eq!(names(&tiam.json("api list-users")), names(&tiam.json("--demo api list-users")));
}

#[test]
fn a_broken_file_leaves_the_store_as_it_was() {
    let tiam = Tiam::new();
    tiam.export("whole.json");
    tiam.line("import whole.json");
    let before = tiam.line("api get-account-authorization-details").1;
    std::fs::write(tiam.path("broken.json"), "{\"UserDetailList\": [\n  {\"UserName\": }]}").unwrap();
    let (status, out, err) = tiam.line("import broken.json");
    assert_eq!((status, out.as_str()), (255, ""));
    assert!(err.contains("broken.json: line 2, column 16: expected value"), "{err}");
    assert_eq!(tiam.line("api get-account-authorization-details").1, before);
    // What was not imported is not overwritten.
    tiam.line("--store own.db api create-user --user-name ann");
    let (status, _, err) = tiam.line("--store own.db import whole.json");
    assert_eq!(status, 255);
    assert!(err.contains("the store has account 123456789012 already, and not from an import"), "{err}");
    assert_eq!(tiam.json("--store own.db api list-users")["Users"].as_array().unwrap().len(), 1);
    assert_eq!(tiam.line("--demo import whole.json").0, 252);
    assert_eq!(tiam.line("--account 111122223333 import whole.json").0, 255);
}

/// A neutral case; the action is allowed if it is `s3:GetObject`.
fn case(id: &str, action: &str) -> String {
    let policy =
        json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]});
    let request = json!({
        "principal": "arn:aws:iam::123456789012:user/ann", "action": action, "resource": "arn:aws:s3:::b/k",
        "resourceAccount": "123456789012", "context": {}
    });
    json!({"id": id, "policies": [policy], "request": request}).to_string()
}

#[test]
fn a_broken_line_keeps_the_other_cases_from_nothing() {
    let tiam = Tiam::new();
    let lines = [case("a", "s3:GetObject").into_bytes(), b"{\"id\": broken".to_vec(), b"x\xff\xfe".to_vec()];
    let last = case("b", "s3:PutObject").into_bytes();
    std::fs::write(tiam.path("cases.jsonl"), [&lines[..], &[last]].concat().join(&b'\n')).unwrap();
    let (status, out, err) = tiam.line("simulate --cases cases.jsonl");
    assert_eq!(status, 1);
    let answers: Vec<Value> = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let told: Vec<(&str, &str)> =
        answers.iter().map(|one| (one["id"].as_str().unwrap(), one["decision"].as_str().unwrap())).collect();
    assert_eq!(told, [("a", "allowed"), ("b", "implicitDeny")]);
    assert!(err.contains("line 2: ") && err.contains("line 3: it is no UTF-8"), "{err}");
}

#[test]
fn files_that_cannot_be_read_are_named_and_the_others_linted() {
    let tiam = Tiam::new();
    let broken = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*"}]}"#;
    std::fs::write(tiam.path("broken.json"), broken).unwrap();
    let (status, out, err) = tiam.line("lint gone.json broken.json");
    assert_eq!(status, 255);
    assert!(out.contains("broken.json:1:") && out.contains("Policy statement must contain resources."), "{out}");
    assert!(err.starts_with("tiam: gone.json: "), "{err}");
    let (status, out, err) = tiam.line("import gone.json");
    assert_eq!((status, out.as_str()), (255, ""));
    assert!(err.contains("gone.json") && err.contains("aws iam get-account-authorization-details"), "{err}");
    let (status, _, err) = tiam.line("simulate --cases gone.jsonl");
    assert_eq!((status, err.starts_with("tiam: gone.jsonl: ")), (255, true), "{err}");
}
