//! The answers that AWS was recorded to give, asked of the store: codes, messages, members and values.
//!
//! Each test of the recordings is played in its order on a store of its own. Differences are listed by name, with the
//! reason; the list is held to be exact.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test that cannot read its cases says so and fails"
)]

mod matching;
mod scenes;

use std::path::Path;
use std::sync::Arc;

use matching::Bindings;
use scenes::{Scene, Scenes, Step};
use serde_json::{Map, Value, json};
use tiam::api::{Call, Service, find};
use tiam::iam::{Caller, Partition};
use tiam::store::{Account, Error, Store};
use tiam::world::Real;

const ACCOUNT: &str = "123456789012";

/// Where the store answers otherwise than AWS did: test, key, reason.
const DIFFERENCES: &[(&str, &str, &str)] = &[
    ("test_get_aws_managed_policy", "get-policy", "no registry carries the descriptions of AWS managed policies"),
    ("test_list_policies_scope_aws", "list-policies-aws-page", "AWS has made newer versions since the recording"),
];

/// The recordings that are about the operations of users, groups, roles, policies and instance profiles.
const FILES: [&str; 8] = [
    "test_iam.py::TestIAMExtensions",
    "test_iam.py::TestIAMPolicyEncoding",
    "test_iam_account_authorization_details",
    "test_iam_account_summary",
    "test_iam_groups",
    "test_iam_instance_profiles",
    "test_iam_managed_policies",
    "test_iam_policies",
];
const MORE_FILES: [&str; 4] = [
    "test_iam_roles",
    "test_iam_users",
    "TestIAMIntegrations::test_user_attach_policy",
    "TestIAMIntegrations::test_delete_non_existent_policy",
];

/// Answers that cannot be asked for again: test, key, reason.
const NOT_PLAYED: &[(&str, &str, &str)] = &[
    ("filter_aws_managed_policy", "aws-managed-policy-result", "what the account had attached is not recorded"),
    ("test_get_account_summary_with_resources", "resource-deltas", "a difference of two answers, not an answer"),
    ("deletion_without_username", "delete-access-key", "signed with the key that it deletes"),
    ("preserves_access_key_identity", "identity-", "signed with the user's own key"),
    ("rename_updates_mfa_devices", "list-", "the device was enabled with codes of its seed"),
    ("rename_updates_service_specific", "list-", "played with the other credentials"),
    ("rename_updates_signing_certificates", "list-", "the certificate is not recorded"),
];

fn has(list: &[(&str, &str, &str)], test: &str, key: &str) -> bool {
    list.iter().any(|(in_test, in_key, _)| test.contains(in_test) && key.starts_with(in_key))
}

/// Here the key is the whole key, and the test the end of its name.
fn differs(test: &str, key: &str) -> bool {
    DIFFERENCES.iter().any(|(in_test, in_key, _)| test.ends_with(in_test) && key == *in_key)
}

fn entries() -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/facts/aws_recorded.json");
    let Ok(text) = std::fs::read_to_string(&path) else {
        eprintln!("SKIPPED: {} is not here", path.display());
        return Vec::new();
    };
    let recorded: Value = serde_json::from_str(&text).expect("the recordings are JSON");
    recorded["entries"].as_array().expect("a list").clone()
}

struct Stage {
    store: Store,
    account: Account,
    bindings: Bindings,
}

impl Stage {
    fn new(scene: Scene) -> Self {
        let store = Store::in_memory(Arc::new(Real)).expect("a store");
        let account = store.ensure_account(&ACCOUNT.parse().expect("an id"), Partition::Aws).expect("an account");
        Self { store, account, bindings: Bindings::new(scene.bind) }
    }

    fn perform(&self, operation: &str, input: Value) -> Result<Map<String, Value>, tiam::iam::Error> {
        let model = find(Service::Iam, operation).or_else(|| find(Service::Sts, operation)).expect("an operation");
        let Value::Object(input) = input else { panic!("the input of {operation} is no object") };
        let call = Call::new(model, input);
        self.store.perform_call(&self.account, &Caller::Root, &call).map_err(|error| match error {
            Error::Iam(error) => error,
            other => panic!("{operation}: {other}"),
        })
    }

    /// Plays one recorded answer; what is wrong with ours, or nothing.
    fn play(&mut self, entry: &Value, scene: &Scene) -> Result<(), String> {
        let recorded = &entry["response"];
        for Step(operation, input) in &scene.before {
            let input = self.bindings.request(input, recorded);
            self.perform(operation, input).map_err(|error| format!("before it, {operation}: {error}"))?;
        }
        let (operation, request) = match &scene.played_as {
            Some(Step(operation, input)) => (operation.as_str(), input),
            None => (entry["operation"].as_str().unwrap_or_default(), &entry["request"]),
        };
        let request = self.bindings.request(request, recorded);
        match (self.perform(operation, request.clone()), entry.get("error")) {
            (Ok(answer), None) => {
                let answer = json!(answer);
                let part = answer.pointer(&scene.at).ok_or("the place is not in the answer")?;
                self.bindings.compare(recorded, part, "")
            }
            (Err(error), Some(expected)) => {
                let status = entry["http"].as_u64() == Some(u64::from(error.status));
                let code = expected["Code"].as_str() == Some(error.code.as_ref());
                let message = expected["Message"].as_str().unwrap_or_default();
                if status && code && self.bindings.same_message(message, &error.message, &request) {
                    return Ok(());
                }
                Err(format!("{} {error} instead of {} {}: {message}", error.status, entry["http"], expected["Code"]))
            }
            (Ok(answer), Some(expected)) => Err(format!("{} instead of {expected}", json!(answer))),
            (Err(error), None) => Err(format!("{error} instead of an answer")),
        }
    }
}

#[test]
fn the_store_answers_as_aws_did() {
    let scenes = Scenes::read();
    let mut stage: Option<(String, Stage)> = None;
    let (mut played, mut wrong, mut outdated) = (0, Vec::new(), Vec::new());
    for entry in entries() {
        let (test, key) = (entry["test"].as_str().unwrap_or_default(), entry["key"].as_str().unwrap_or_default());
        if !FILES.iter().chain(&MORE_FILES).any(|file| test.contains(file)) || has(NOT_PLAYED, test, key) {
            continue;
        }
        if stage.as_ref().is_none_or(|(current, _)| current != test) {
            stage = Some((test.to_owned(), Stage::new(scenes.of(test, ""))));
        }
        let Some((_, stage)) = &mut stage else { continue };
        played += 1;
        match (stage.play(&entry, &scenes.of(test, key)), differs(test, key)) {
            (Err(why), false) => wrong.push(format!("{test} {key}: {why}")),
            (Ok(()), true) => outdated.push(format!("{test} {key}")),
            _ => {}
        }
    }
    eprintln!("{played} recorded answers played, {} known differences", DIFFERENCES.len());
    assert!(wrong.is_empty(), "{} answers differ:\n{}", wrong.len(), wrong.join("\n"));
    assert!(outdated.is_empty(), "listed as different, but the same: {outdated:?}");
}
