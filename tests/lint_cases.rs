//! Lint measured on the cases of `../shared/facts`: the trigger and clean document of every check, and findings that
//! Access Analyzer really gave. The recorded cases are GPL and only run against here. Floors hold what has been reached.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test fails by panicking, and says what it measured"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use serde_json::Value;
use tiam::policy::PolicyType;
use tiam::policy::catalog::managed;
use tiam::policy::document::Document;
use tiam::policy::lint::{self, neutral};

/// A file of the shared facts; none, said loudly, where they are not at hand.
fn facts(name: &str) -> Option<String> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/facts").join(name);
    let text = std::fs::read_to_string(&path).ok();
    if text.is_none() {
        println!("SKIPPED: {} is not here, nothing was measured", path.display());
    }
    text
}

fn kind(name: &str) -> PolicyType {
    match name {
        "IDENTITY_POLICY" => PolicyType::Identity,
        "RESOURCE_POLICY" => PolicyType::Resource,
        "SERVICE_CONTROL_POLICY" => PolicyType::ServiceControl,
        "RESOURCE_CONTROL_POLICY" => PolicyType::ResourceControl,
        _ => PolicyType::RoleTrust,
    }
}

fn read(document: &Value) -> Document {
    match document.as_str() {
        Some(text) => Document::parse(text),
        None => Document::from_value(document),
    }
}

fn finds(document: &Document, kind: PolicyType, code: &str) -> bool {
    lint::lint(document, kind).iter().any(|finding| finding.check.code == code)
}

/// A document as long as a size check needs one to be.
fn padded(kind: PolicyType) -> Value {
    let names: Vec<String> = (0..2_000).map(|at| format!("s3:Get{at:08}")).collect();
    let mut document = serde_json::json!({"Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Action": names, "Resource": "*"}]});
    if kind.has_principal() {
        document["Statement"][0]["Principal"] = serde_json::json!({"AWS": "111122223333"});
    }
    document
}

#[test]
fn every_check_finds_its_trigger_and_spares_its_clean_document() {
    let Some(text) = facts("policy_checks.json") else { return };
    let file: Value = serde_json::from_str(&text).unwrap();
    let mut wrong = Vec::new();
    for check in file["checks"].as_array().unwrap() {
        let code = check["code"].as_str().unwrap();
        for name in check["policyTypes"].as_array().unwrap() {
            let kind = kind(name.as_str().unwrap());
            let trigger = &check["triggers"];
            let generated = trigger.get("generate").is_some();
            let trigger = if generated { read(&padded(kind)) } else { read(trigger) };
            if !finds(&trigger, kind, code) {
                wrong.push(format!("{code} misses its trigger as {kind:?}"));
            }
            if finds(&read(&check["clean"]), kind, code) {
                wrong.push(format!("{code} finds its clean document as {kind:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// The places of findings, `(code, start, end)`.
type Places = BTreeSet<(String, u64, u64)>;

fn expected(case: &Value) -> Places {
    let place = |finding: &Value| {
        let offset = &finding["locations"][0]["offset"];
        let at = |number: usize| offset[number].as_u64().unwrap();
        (finding["code"].as_str().unwrap().to_owned(), at(0), at(1))
    };
    case["expected"].as_array().unwrap().iter().map(place).collect()
}

fn answered(line: &str) -> Places {
    let answer: Value = serde_json::from_str(&neutral::answer(line).unwrap()).unwrap();
    let place = |finding: &Value| {
        let at = |key: &str| finding[key].as_u64().unwrap();
        (finding["code"].as_str().unwrap().to_owned(), at("start"), at("end"))
    };
    answer["findings"].as_array().unwrap().iter().map(place).collect()
}

/// Policies exact of those with findings, and silent of those without, each with their number.
fn measure(name: &str) -> Option<[(usize, usize); 2]> {
    let text = facts(name)?;
    let (mut exact, mut silent) = ((0, 0), (0, 0));
    for line in text.lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        let (want, got) = (expected(&case), answered(line));
        let count = if want.is_empty() { &mut silent } else { &mut exact };
        count.1 += 1;
        if want == got {
            count.0 += 1;
            continue;
        }
        println!("{} ({})", case["id"].as_str().unwrap(), case["origin"]["date"].as_str().unwrap_or_default());
        want.difference(&got).for_each(|place| println!("   misses {place:?}"));
        got.difference(&want).for_each(|place| println!("   says {place:?}"));
    }
    println!("{name}: exact on {} of {}, silent on {} of {}", exact.0, exact.1, silent.0, silent.1);
    Some([exact, silent])
}

#[test]
fn findings_are_those_of_access_analyzer() {
    let Some([exact, silent]) = measure("validate_cases.jsonl") else { return };
    assert!(exact.0 * 100 >= exact.1 * 97, "exact on {} of {}", exact.0, exact.1);
    assert!(silent.0 * 1000 >= silent.1 * 995, "silent on {} of {}", silent.0, silent.1);
}

#[test]
fn old_findings_are_those_of_access_analyzer() {
    // These are from 2021 on, and judged by the names that were listed on their day, as old packages tell it to some weeks.
    // Five of them hold the findings of another version of the policy.
    let Some([exact, _]) = measure("validate_cases_history.jsonl") else { return };
    assert!(exact.0 * 100 >= exact.1 * 85, "exact on {} of {}", exact.0, exact.1);
}

/// How often each check speaks.
fn counts(document: &Document, kind: PolicyType) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for finding in lint::lint(document, kind) {
        *counts.entry(finding.check.code).or_default() += 1;
    }
    counts
}

/// What a document's repairs leave undone or bring up.
fn bad_repairs(document: &Document, kind: PolicyType) -> Vec<String> {
    let before = counts(document, kind);
    let mut bad = Vec::new();
    for finding in lint::lint(document, kind) {
        let (code, Some(fix)) = (finding.check.code, &finding.fix) else { continue };
        let mended = Document::parse(fix.apply(&document.text));
        let after = counts(&mended, kind);
        let count = |counts: &BTreeMap<&str, usize>, code| counts.get(code).copied().unwrap_or_default();
        if count(&after, code) >= count(&before, code) {
            bad.push(format!("{code} stays: {}", mended.text));
        }
        let new = after.keys().filter(|new| **new != code && count(&after, new) > count(&before, new));
        bad.extend(new.map(|new| format!("mending {code} brings {new}: {}", mended.text)));
    }
    bad
}

#[test]
fn a_repair_mends_its_finding_and_brings_no_other() {
    let mut bad = Vec::new();
    for policy in managed::all() {
        if let Some(text) = managed::document(policy.name) {
            bad.extend(bad_repairs(&Document::parse(text), PolicyType::Identity));
        }
    }
    let triggers = facts("policy_checks.json").map(|text| serde_json::from_str::<Value>(&text).unwrap());
    for check in triggers.iter().flat_map(|file| file["checks"].as_array().unwrap()) {
        for name in check["policyTypes"].as_array().unwrap() {
            for document in [&check["triggers"], &check["clean"]] {
                bad.extend(bad_repairs(&read(document), kind(name.as_str().unwrap())));
            }
        }
    }
    assert!(bad.is_empty(), "{} bad:\n{}", bad.len(), bad.join("\n"));
}
