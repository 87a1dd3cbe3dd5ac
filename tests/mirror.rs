//! The mirror of a real endpoint: a moto server on loopback, changed through the door and read again from nothing.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test fails by panicking, and says when it skips"
)]

mod common;

use std::sync::Arc;

use common::moto::Moto;
use secrecy::SecretString;
use serde_json::{Map, Value, json};
use tiam::account::{Account, Mode};
use tiam::api::{Call, Service, find};
use tiam::iam::Caller;
use tiam::remote::{Endpoint, Settings};
use tiam::store::{EndpointName, Store};
use tiam::world::Real;
use tokio_util::sync::CancellationToken;

const ALLOW: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}"#;
const DENY: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"s3:*","Resource":"*"}]}"#;
const TRUST: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}"#;
const OURS: [&str; 4] = ["User", "Group", "Role", "LocalManagedPolicy"];
const AWS: &str = "arn:aws:iam::aws:policy/ReadOnlyAccess";
const OWN: &str = "arn:aws:iam::123456789012:policy/read";

async fn connect(moto: &Moto) -> Account {
    let settings = Settings::at(moto.url()).with_keys("AKIDEXAMPLE", &SecretString::from("secret"), None);
    let endpoint = Endpoint::open(settings, Arc::new(Real)).await.unwrap();
    let store = Arc::new(Store::in_memory(Arc::new(Real)).unwrap());
    let name = EndpointName { url: Some(moto.url().to_owned()), ..EndpointName::default() };
    Account::connect(store, endpoint, &name, Mode::ReadWrite).await.unwrap()
}

fn call(name: &str, input: &Value) -> Call {
    Call::new(find(Service::Iam, name).unwrap(), input.as_object().unwrap().clone())
}

/// Changes the endpoint through the door.
async fn change(account: &Account, name: &str, input: Value) -> Map<String, Value> {
    account.call_confirmed(call(name, &input)).await.unwrap()
}

/// What the store alone answers, without the endpoint.
async fn known(account: &Account, name: &str, input: Value) -> Value {
    let call = call(name, &input);
    let read = move |store: &Store, account: &_| store.perform_call(account, &Caller::Root, &call);
    Value::Object(account.read(read).await.unwrap())
}

async fn build(account: &Account) {
    let user = json!({"UserName": "ann", "Path": "/eng/", "Tags": [{"Key": "team", "Value": "a"}]});
    change(account, "CreateUser", user).await;
    change(account, "CreateUser", json!({"UserName": "bob"})).await;
    change(account, "CreateGroup", json!({"GroupName": "devs"})).await;
    change(account, "AddUserToGroup", json!({"GroupName": "devs", "UserName": "ann"})).await;
    let policy = json!({"PolicyName": "read", "PolicyDocument": ALLOW, "Description": "reads"});
    change(account, "CreatePolicy", policy).await;
    change(account, "CreatePolicyVersion", json!({"PolicyArn": OWN, "PolicyDocument": DENY, "SetAsDefault": true}))
        .await;
    change(account, "AttachUserPolicy", json!({"UserName": "ann", "PolicyArn": OWN})).await;
    change(account, "AttachGroupPolicy", json!({"GroupName": "devs", "PolicyArn": AWS})).await;
    change(account, "PutUserPolicy", json!({"UserName": "ann", "PolicyName": "own", "PolicyDocument": ALLOW})).await;
    change(account, "PutGroupPolicy", json!({"GroupName": "devs", "PolicyName": "own", "PolicyDocument": ALLOW})).await;
    let role = json!({"RoleName": "app", "AssumeRolePolicyDocument": TRUST, "Description": "runs", "MaxSessionDuration": 7200});
    change(account, "CreateRole", role).await;
    change(account, "AttachRolePolicy", json!({"RoleName": "app", "PolicyArn": OWN})).await;
    change(account, "CreateInstanceProfile", json!({"InstanceProfileName": "web"})).await;
    change(account, "AddRoleToInstanceProfile", json!({"InstanceProfileName": "web", "RoleName": "app"})).await;
    change(account, "CreateAccessKey", json!({"UserName": "ann"})).await;
    change(account, "CreateLoginProfile", json!({"UserName": "ann", "Password": "Sesame-123-open"})).await;
    change(account, "CreateAccountAlias", json!({"AccountAlias": "example-corp"})).await;
    change(account, "UpdateAccountPasswordPolicy", json!({"MinimumPasswordLength": 12})).await;
    change(account, "DeleteUser", json!({"UserName": "bob"})).await;
}

/// What the store holds, as its own answers tell it.
async fn content(account: &Account) -> Value {
    let arn = json!({"PolicyArn": OWN});
    json!({
        "details": known(account, "GetAccountAuthorizationDetails", json!({"Filter": OURS})).await,
        "keys": known(account, "ListAccessKeys", json!({"UserName": "ann"})).await,
        "login": known(account, "GetLoginProfile", json!({"UserName": "ann"})).await,
        "role": known(account, "GetRole", json!({"RoleName": "app"})).await,
        "policy": known(account, "GetPolicy", arn.clone()).await,
        "versions": known(account, "ListPolicyVersions", arn).await,
        "profiles": known(account, "ListInstanceProfiles", json!({})).await,
        "alias": known(account, "ListAccountAliases", json!({})).await,
        "passwords": known(account, "GetAccountPasswordPolicy", json!({})).await,
    })
}

#[tokio::test]
async fn a_mirror_read_anew_is_the_mirror_that_followed_every_change() {
    let Some(moto) = Moto::start() else { return };
    let (followed, cancel) = (connect(&moto).await, CancellationToken::new());
    build(&followed).await;
    let anew = connect(&moto).await;
    let pulled = anew.refresh(&cancel).await.unwrap();
    assert_eq!((pulled.users, pulled.groups, pulled.roles, pulled.policies), (1, 1, 1, 1));
    assert!(pulled.gaps.is_empty(), "{:?}", pulled.gaps);
    let gaps = anew.refresh_credentials(&cancel, &|_, _| {}).await.unwrap();
    assert!(gaps.is_empty(), "{gaps:?}");

    let (mut followed, mut anew) = (content(&followed).await, content(&anew).await);
    // moto leaves a policy's id out of the authorization details.
    for content in [&mut followed, &mut anew] {
        content["details"]["Policies"][0]["PolicyId"].take();
        content["policy"]["Policy"]["PolicyId"].take();
    }
    assert_eq!(followed, anew);
    let user = &anew["details"]["UserDetailList"][0];
    assert_eq!((&user["UserName"], &user["GroupList"]), (&json!("ann"), &json!(["devs"])));
    assert_eq!(user["UserPolicyList"][0]["PolicyDocument"], ALLOW);
    assert_eq!(anew["role"]["Role"]["MaxSessionDuration"], 7200);
    assert_eq!(anew["keys"]["AccessKeyMetadata"].as_array().unwrap().len(), 1);
    assert_eq!(anew["alias"]["AccountAliases"], json!(["example-corp"]));
    assert_eq!(anew["passwords"]["PasswordPolicy"]["MinimumPasswordLength"], 12);
}

#[tokio::test]
async fn what_others_remove_is_gone_after_a_refresh() {
    let Some(moto) = Moto::start() else { return };
    let (mine, theirs, cancel) = (connect(&moto).await, connect(&moto).await, CancellationToken::new());
    change(&mine, "CreateUser", json!({"UserName": "ann"})).await;
    change(&theirs, "DeleteUser", json!({"UserName": "ann"})).await;
    assert_eq!(known(&mine, "ListUsers", json!({})).await["Users"][0]["UserName"], "ann");
    mine.refresh(&cancel).await.unwrap();
    assert_eq!(known(&mine, "ListUsers", json!({})).await["Users"], json!([]));
    assert!(mine.info().mirror.unwrap().refreshed.is_some());
}
