//! The recorded and documented policy cases, run from the shared facts. They are read, never copied in.

#![expect(clippy::expect_used, clippy::print_stderr, reason = "a test that cannot read its cases says so and fails")]

use std::path::Path;

use serde_json::Value;
use tiam::policy::{PolicyType, neutral, refusal};

/// The lines of a file of the facts, or none, loudly, where it is absent.
fn cases(name: &str) -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/facts").join(name);
    let Ok(text) = std::fs::read_to_string(&path) else {
        eprintln!("SKIPPED: {} is not here", path.display());
        return Vec::new();
    };
    text.lines().map(|line| serde_json::from_str(line).expect("a case is JSON")).collect()
}

#[test]
fn iam_refuses_what_it_was_recorded_to_refuse() {
    let mut wrong = Vec::new();
    for case in cases("malformed_cases.jsonl") {
        let text = case["documentText"].as_str().expect("a text");
        let found = refusal::refuse(text, PolicyType::Identity).err().map(|refusal| refusal.message);
        let expected = case["expected"]["message"].as_str().map(str::to_owned);
        if found != expected {
            wrong.push(format!("{}: {found:?} instead of {expected:?}", case["id"]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn requests_are_decided_as_documented() {
    let mut wrong = Vec::new();
    for case in cases("eval_cases.jsonl") {
        let found = neutral::answer_line(&case.to_string()).expect("a case has a request");
        let (name, expected) = (neutral::outcome_name(found.decision.outcome), &case["expected"]);
        let any_deny = expected["anyDeny"] == true && name != "allowed";
        if expected["decision"] != name && !any_deny {
            wrong.push(format!("{}: {name} instead of {}", case["id"], expected["decision"]));
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}
