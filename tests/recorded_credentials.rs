//! What AWS was recorded to answer about credentials, providers, reports, the simulator and STS, replayed.
//!
//! The recordings are a sample: what a test of theirs set up unrecorded is set up here. Placeholders such as
//! `<user-name:1>` take the value they first meet. What cannot be replayed, or is answered otherwise, is listed by name.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::print_stderr, reason = "a test")]

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value, json};
use tiam::api::{Call, Service, find};
use tiam::iam::{Caller, Partition};
use tiam::store::{Account, Store};
use tiam::world::Seeded;

#[path = "../src/store/samples.rs"]
#[expect(dead_code, reason = "not every sample is needed here")]
mod samples;

const ACCOUNT: &str = "111111111111";
const SSH_KEY: &str = "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQCwqZOXsdXdKMoKERHwANr7//apVJceBJa1RILnNpeVIeSPSvXD3QXPpa+OtAZczgAuOzLGPe\
    l0eXBHCyKGSqvmE5lJaNGT+ZdM+/rtuTiMGVQLPkLVb2Zoq2s+O196f7WXRb4TUnCmg7HoIPfQVfy7YPpwHljRKDznNZmtA7EztJiTWH+M4+f5\
    hnd4luBTFFk5Kx1Fg0REeHxp/OotNmc1HPvMJnafAtmwjQwTEgE6mU9Uks2x9KmylodtDoH1a+zRo/UuiW+DAqooPmh74/bR6LMGBorBINnVpp\
    hjwKqtY61ojw5sMT/Lv65zCG2UaBeSiHkN05J5NuT0Xmqx3HJP";

/// Tests whose recordings are replayed, by a part of their names.
const TESTS: [&str; 20] = [
    "ServiceSpecificCredentials",
    "test_service_role",
    "test_simulate_principle_policy",
    "TestAccountPasswordPolicy",
    "TestIAMCredentialReport",
    "TestVirtualMfaDevice",
    "TestOIDCProvider",
    "TestServerCertificate",
    "TestSigningCertificate",
    "TestSSHPublicKeys",
    "TestSAMLProviders",
    "test_user_rename_updates_service_specific_credentials",
    "test_user_rename_updates_signing_certificates",
    "test_user_rename_preserves_access_key_identity",
    "TestSTSCallerIdentity",
    "test_get_federation_token",
    "test_get_session_token",
    "test_assume_role",
    "test_iam_role_chaining",
    "test_sts_invalid_parameters",
];

/// Why the answer about a role tells of a last use.
const USED: &str = "AWS's service had used the role by then";

/// What is not replayed or differs, by test and key, and why.
const DIFFERENCES: [(&str, &str); 11] = [
    ("lifecycle[kafka.amazonaws.com]", USED),
    ("lifecycle[resource-explorer-2.amazonaws.com]", USED),
    ("lifecycle[ssm.amazonaws.com]", USED),
    ("lifecycle[sso.amazonaws.com]", USED),
    (
        "test_enable_mfa_device_already_attached",
        "codes of a device whose seed was not recorded; a test of the store has its own",
    ),
    (
        "test_create_open_id_connect_provider_duplicate_error",
        "the recorded message names another URL than the recorded request",
    ),
    ("TestSAMLProviders", "the metadata documents were not recorded"),
    ("TestOIDCProviderOperations", "the provider's URL was not recorded"),
    ("TestOIDCProviderList", "the providers' URLs were not recorded"),
    ("test_list_open_id_connect_provider_tags_max_items", "a note of the test, no answer of AWS"),
    ("test_untag_open_id_connect_provider", "a note of the test, no answer of AWS"),
];

struct Replay {
    store: Store,
    account: Account,
    caller: Caller,
    bound: BTreeMap<String, String>,
}

impl Replay {
    fn new() -> Self {
        let start: Timestamp = "2026-03-06T00:00:00Z".parse().unwrap();
        let store = Store::in_memory(Arc::new(Seeded::new(1, start, SignedDuration::from_secs(1)))).unwrap();
        let account = store.ensure_account(&ACCOUNT.parse().unwrap(), Partition::Aws).unwrap();
        Self { store, account, caller: Caller::Root, bound: BTreeMap::new() }
    }

    fn call(&self, name: &str, input: Value) -> Result<Value, Value> {
        let Value::Object(input) = input else { panic!("{name}: no object") };
        let model = find(Service::Iam, name).or_else(|| find(Service::Sts, name)).unwrap();
        match self.store.perform_call(&self.account, &self.caller, &Call::new(model, input)) {
            Ok(output) => Ok(Value::Object(output)),
            Err(error) => {
                let error = error.iam().unwrap_or_else(|| panic!("{name}: {error}"));
                Err(json!({"Code": error.code, "Message": error.message, "Type": error.fault(), "http": error.status}))
            }
        }
    }

    fn bind(&mut self, name: &str, value: &str) {
        self.bound.insert(format!("<{name}>"), value.to_owned());
    }

    /// The text with its placeholders filled in; those that are new get a value.
    fn fill(&mut self, text: &str) -> String {
        let mut out = text.replace("<partition>", "aws");
        while let Some(start) = out.find('<') {
            let Some(length) = out[start..].find('>') else { break };
            let placeholder = out[start..=start + length].to_owned();
            let fresh = placeholder.trim_matches(['<', '>']).replace(':', "-");
            let value = self.bound.entry(placeholder.clone()).or_insert(fresh).clone();
            out = out.replace(&placeholder, &value);
        }
        out
    }

    fn fill_all(&mut self, value: &Value) -> Value {
        match value {
            Value::String(text) => Value::String(self.fill(text)),
            Value::Array(items) => items.iter().map(|item| self.fill_all(item)).collect(),
            Value::Object(map) => {
                map.iter().map(|(key, value)| (key.clone(), self.fill_all(value))).collect::<Map<_, _>>().into()
            }
            other => other.clone(),
        }
    }

    /// Where the answer differs from the recorded one.
    fn differs(&mut self, at: &str, recorded: &Value, actual: &Value) -> Option<String> {
        match (recorded, actual) {
            (Value::Object(want), Value::String(text)) => {
                let document: Value = serde_json::from_str(text).unwrap_or_default();
                self.differs(at, &Value::Object(want.clone()), &document)
            }
            (Value::Object(want), Value::Object(have)) => {
                if let Some(extra) = have.keys().find(|key| !want.contains_key(*key)) {
                    return Some(format!("{at}.{extra} was not recorded"));
                }
                want.iter().find_map(|(key, value)| {
                    let path = format!("{at}.{key}");
                    match have.get(key) {
                        Some(actual) => self.differs(&path, value, actual),
                        None => Some(format!("{path} is missing")),
                    }
                })
            }
            (Value::Array(want), Value::Array(have)) if want.len() == have.len() => {
                want.iter().zip(have).enumerate().find_map(|(i, (a, b))| self.differs(&format!("{at}[{i}]"), a, b))
            }
            (Value::String(want), Value::String(have)) => {
                (!self.fits(&want.replace("<partition>", "aws"), have)).then(|| format!("{at}: `{want}` but `{have}`"))
            }
            (want, have) => (want != have).then(|| format!("{at}: {want} but {have}")),
        }
    }

    /// Whether a text is the recorded one. A placeholder that is new takes what stands in its place.
    fn fits(&mut self, want: &str, have: &str) -> bool {
        let Some((before, rest)) = want.split_once('<') else { return want == have };
        let Some((name, after)) = rest.split_once('>') else { return want == have };
        let Some(tail) = have.strip_prefix(before) else { return false };
        if matches!(name, "datetime" | "base32-seed" | "qr-code-png") {
            return !tail.is_empty();
        }
        let placeholder = format!("<{name}>");
        if let Some(value) = self.bound.get(&placeholder).cloned() {
            return tail.strip_prefix(&*value).is_some_and(|tail| self.fits(after, tail));
        }
        let literal = after.split('<').next().unwrap_or_default();
        let end = if literal.is_empty() { tail.len() } else { tail.find(literal).unwrap_or(tail.len()) };
        self.bound.insert(placeholder, tail[..end].to_owned());
        self.fits(after, &tail[end..])
    }

    /// A user who may do everything, as the caller.
    fn be_an_administrator(&mut self) {
        self.call("CreateUser", json!({"UserName": "admin"})).unwrap();
        let arn = "arn:aws:iam::aws:policy/AdministratorAccess";
        self.call("AttachUserPolicy", json!({"UserName": "admin", "PolicyArn": arn})).unwrap();
        self.become_user("admin");
    }

    fn become_user(&mut self, name: &str) {
        let user = self.call("GetUser", json!({ "UserName": name })).unwrap()["User"].clone();
        let text = |key: &str| user[key].as_str().unwrap().to_owned();
        self.caller = Caller::User { name: text("UserName"), arn: text("Arn"), id: text("UserId") };
    }
}

/// What the recorded test had done before.
fn set_up(replay: &mut Replay, test: &str, entries: &[&Value]) {
    let makes_user = entries.iter().any(|entry| entry["operation"] == "CreateUser");
    let is = |part: &str| test.contains(part);
    for (part, placeholder, value) in [
        ("satisfiesregexbutstillinvalid", "service-specific-credential-id:2", "satisfiesregexbutstillinvalid"),
        ("test_id_match_user_mismatch", "user-name:2", "wrong-user-name"),
        ("test_signing_certificate_errors", "user-name:2", "nonexistent-user"),
        ("test_signing_certificate_errors", "certificate-id:1", "NONEXISTENTCERTID12345678901"),
        ("test_enable_mfa_device_errors", "user-name:1", "nonexistent-user"),
        ("TestSSHPublicKeys", "ssh-public-key:1", SSH_KEY),
    ] {
        if is(part) {
            replay.bind(placeholder, value);
        }
    }
    if is("sts/") {
        replay.be_an_administrator();
    }
    let user = match () {
        () if is("test_enable_mfa_device_errors") => Some("<user-name:2>".to_owned()),
        () if is("ssh_public_key_not_found") => entries[0]["request"]["UserName"].as_str().map(str::to_owned),
        () if (is("SSHPublicKeys") || is("ServiceSpecificCredentials")) && !makes_user => {
            Some("<user-name:1>".to_owned())
        }
        () => None,
    };
    if let Some(user) = user {
        let name = replay.fill(&user);
        replay.call("CreateUser", json!({ "UserName": name })).unwrap();
    }
    if is("test_get_ssh_public_key") && !is("not_found") || is("test_update_ssh_public_key") && !is("not_found") {
        let name = replay.fill("<user-name:1>");
        let made = replay.call("UploadSSHPublicKey", json!({"UserName": name, "SSHPublicKeyBody": SSH_KEY})).unwrap();
        replay.bind("ssh-public-key-id:1", made["SSHPublicKey"]["SSHPublicKeyId"].as_str().unwrap());
    }
    if let Some(service) = test.split("test_service_role_lifecycle[").nth(1) {
        replay.call("CreateServiceLinkedRole", json!({"AWSServiceName": service.trim_end_matches(']')})).unwrap();
    }
    if is("test_service_role_already_exists") || is("test_service_role_deletion") {
        replay.call("CreateServiceLinkedRole", json!({"AWSServiceName": "batch.amazonaws.com"})).unwrap();
    }
    if is("test_delete_account_password_policy") || is("custom_values") {
        let policy = json!({"MinimumPasswordLength": 10, "RequireSymbols": true, "RequireNumbers": true,
            "RequireUppercaseCharacters": true, "RequireLowercaseCharacters": true, "AllowUsersToChangePassword": true,
            "MaxPasswordAge": 60, "PasswordReusePrevention": 3, "HardExpiry": true});
        replay.call("UpdateAccountPasswordPolicy", policy).unwrap();
    }
    if is("test_simulate_principle_policy") {
        let name = entries[0]["request"]["PolicySourceArn"].as_str().unwrap().rsplit('/').next().unwrap();
        let kind = if is("[group]") { "Group" } else { "User" };
        let document = r#"{"Version": "2012-10-17", "Statement": [{"Sid": "", "Effect": "Allow", "Action": "s3:PutObject", "Resource": "*"}]}"#;
        replay.call(&format!("Create{kind}"), json!({format!("{kind}Name"): name})).unwrap();
        let put = json!({format!("{kind}Name"): name, "PolicyName": "policy", "PolicyDocument": document});
        replay.call(&format!("Put{kind}Policy"), put).unwrap();
    }
    if is("TestOIDCProviderTags") {
        let arn = entries[0]["request"]["OpenIDConnectProviderArn"].as_str().unwrap();
        let url = format!("https://{}", arn.split_once("oidc-provider/").unwrap().1);
        let many: Vec<Value> = (0..50).map(|n| json!({"Key": format!("k{n}"), "Value": "v"})).collect();
        let two = json!([{"Key": "k1", "Value": "v1"}, {"Key": "k2", "Value": "v2"}]);
        let tags = if is("tags_limit") { Value::from(many) } else { two };
        replay
            .call("CreateOpenIDConnectProvider", json!({"Url": url, "ThumbprintList": ["a".repeat(40)], "Tags": tags}))
            .unwrap();
    }
}

/// What the recorded test did unrecorded before this entry.
fn step_before(replay: &mut Replay, test: &str, entry: &Value) {
    let key = entry["key"].as_str().unwrap();
    if key.contains("before-rename") {
        let name = replay.fill("<user-name:1>");
        if test.contains("service_specific") {
            let made = json!({"UserName": name, "ServiceName": "codecommit.amazonaws.com"});
            replay.call("CreateServiceSpecificCredential", made).unwrap();
        } else if test.contains("signing") {
            replay
                .call("UploadSigningCertificate", json!({"UserName": name, "CertificateBody": samples::LEAF}))
                .unwrap();
            replay.bind("cert", samples::LEAF);
        }
    }
    if key == "get-user-after-update" {
        let (old, new) = (replay.fill("<user-name:1>"), replay.fill("<user-name:2>"));
        replay.caller = Caller::Root;
        replay.call("UpdateUser", json!({"UserName": old, "NewUserName": new})).unwrap();
    }
    if key.starts_with("identity-before") || key == "caller-identity-user" {
        let name = replay.fill("<user-name:1>");
        replay.become_user(&name);
    }
    if key.starts_with("identity-after") {
        let name = replay.fill("<user-name:2>");
        replay.become_user(&name);
    }
    if test.contains("TestSigningCertificate") && entry["operation"] == "UploadSigningCertificate" {
        let body = match key {
            "upload-invalid-certificate-error" => "invalid-certificate-body",
            "upload-certificate-1" => samples::LEAF,
            "upload-certificate-2" => samples::CA,
            _ => samples::OTHER,
        };
        replay.bind("certificate-body", body);
        if key == "upload-certificate-1" {
            replay.bound.remove("<certificate-id:1>");
        }
    }
    if key.starts_with("override-transitive") && replay.caller.session().is_none() {
        let role = replay.fill("arn:<partition>:iam::111111111111:role/<role-name:1>");
        let tags = json!([{"Key": "SessionTag1", "Value": "SessionValue1"}]);
        let made = replay
            .call("AssumeRole", json!({"RoleArn": role, "RoleSessionName": "Session1", "Tags": tags, "TransitiveTagKeys": ["SessionTag1"]}))
            .unwrap();
        let id = made["Credentials"]["AccessKeyId"].as_str().unwrap();
        replay.caller = replay.store.credential(&replay.account, id).unwrap().unwrap().caller;
    }
}

/// The request, with certificates in place of the words for them, and documents as texts.
fn request(replay: &mut Replay, entry: &Value) -> Value {
    let mut request = replay.fill_all(&entry["request"]);
    if entry["operation"] == "UploadServerCertificate" {
        request["CertificateBody"] = samples::LEAF.into();
        request["PrivateKey"] = samples::LEAF_KEY.into();
    }
    for document in ["AssumeRolePolicyDocument", "PolicyDocument"] {
        if request[document].is_object() {
            request[document] = request[document].to_string().into();
        }
    }
    request.as_object_mut().unwrap().retain(|_, value| !value.is_null());
    request
}

fn replay_entry(replay: &mut Replay, test: &str, entry: &Value) -> Option<String> {
    let operation = entry["operation"].as_str()?;
    step_before(replay, test, entry);
    let input = request(replay, entry);
    let server_certificate = operation == "GetServerCertificate";
    match (replay.call(operation, input), entry.get("response")) {
        (Ok(mut output), Some(recorded)) => {
            if server_certificate {
                output["ServerCertificate"]["CertificateBody"] = "certificate-body".into();
            }
            replay.differs(operation, recorded, &output)
        }
        (Err(mut error), None) => {
            let http = error.as_object_mut().unwrap().remove("http");
            let same_status = http.as_ref() == entry.get("http");
            let recorded = entry["error"].clone();
            if same_status {
                replay.differs(operation, &recorded, &error)
            } else {
                Some(format!("{operation}: {http:?} {error}"))
            }
        }
        (Ok(_), None) => Some(format!("{operation} should have failed")),
        (Err(error), Some(_)) => Some(format!("{operation} failed: {error}")),
    }
}

#[test]
fn recorded_answers_are_given() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/facts/aws_recorded.json");
    let Ok(content) = std::fs::read_to_string(&path) else {
        eprintln!("skipped: {} is not here", path.display());
        return;
    };
    let recorded: Value = serde_json::from_str(&content).unwrap();
    let mut tests: Vec<(&str, Vec<&Value>)> = Vec::new();
    for entry in recorded["entries"].as_array().unwrap() {
        let test = entry["test"].as_str().unwrap();
        if !TESTS.iter().any(|part| test.contains(part)) || DIFFERENCES.iter().any(|(part, _)| test.contains(part)) {
            continue;
        }
        match tests.iter_mut().find(|(name, _)| *name == test) {
            Some((_, entries)) => entries.push(entry),
            None => tests.push((test, vec![entry])),
        }
    }
    let (mut replayed, mut wrong) = (0, Vec::new());
    for (test, entries) in tests {
        let mut replay = Replay::new();
        set_up(&mut replay, test, &entries);
        for entry in entries.iter().filter(|entry| !entry["operation"].is_null()) {
            replayed += 1;
            if let Some(difference) = replay_entry(&mut replay, test, entry) {
                wrong.push(format!("{test} {}: {difference}", entry["key"]));
            }
        }
    }
    eprintln!("{replayed} recorded answers replayed, {} differ", wrong.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
