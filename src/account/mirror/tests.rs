//! The mirror against a server on loopback that answers by rule.

use std::sync::Arc;

use tokio_util::sync::CancellationToken;

use crate::account::{Account, Error, Mode};
use crate::api::{CreateUser, DeleteUser, Operation, Service, find, xml};
use crate::iam::Caller;
use crate::remote;
use crate::remote::tests::endpoint_at;
use crate::remote::tests::server::{Reply, Request, Server, error};
use crate::store::kit::Kit;
use crate::store::{EndpointName, Store};

/// The output of an operation as an endpoint sends it.
fn output(name: &str, output: &serde_json::Value) -> Reply {
    let model = find(Service::Iam, name).unwrap();
    Reply::xml(200, &xml::render(model, output.as_object().unwrap(), "id"))
}

fn user(name: &str) -> serde_json::Value {
    let arn = format!("arn:aws:iam::123456789012:user/{name}");
    serde_json::json!({"Path": "/", "UserName": name, "UserId": format!("AIDA{name}"), "Arn": arn,
        "CreateDate": "2026-01-02T03:04:05Z"})
}

/// An account of the users ann and bob, in two pages, and nothing else.
fn example(request: &Request) -> Reply {
    let body = &request.body;
    let users = |names: &[&str]| names.iter().map(|n| user(n)).collect::<Vec<_>>();
    match request.action() {
        "GetAccountAuthorizationDetails" if !body.contains("Filter.member.1=User") => {
            output("GetAccountAuthorizationDetails", &serde_json::json!({"IsTruncated": false}))
        }
        "GetAccountAuthorizationDetails" if body.contains("&Marker=2") => {
            output("GetAccountAuthorizationDetails", &serde_json::json!({"UserDetailList": users(&["bob"])}))
        }
        "GetAccountAuthorizationDetails" => output(
            "GetAccountAuthorizationDetails",
            &serde_json::json!({"UserDetailList": users(&["ann"]), "IsTruncated": true, "Marker": "2"}),
        ),
        "GetAccountPasswordPolicy" | "GetLoginProfile" => error(404, "NoSuchEntity", "none"),
        "GetUser" => output("GetUser", &serde_json::json!({"User": user("cy")})),
        "CreateUser" => output("CreateUser", &serde_json::json!({"User": user("cy")})),
        action => output(action, &serde_json::json!({})),
    }
}

async fn mirrored(mode: Mode, rule: impl FnMut(&Request) -> Reply + Send + 'static) -> (Server, Account) {
    mirrored_in(Kit::new().store, mode, rule).await
}

async fn mirrored_in(
    store: Store,
    mode: Mode,
    rule: impl FnMut(&Request) -> Reply + Send + 'static,
) -> (Server, Account) {
    let server = Server::answering(rule).await;
    let endpoint = endpoint_at(&server.url()).await;
    let id = "111122223333".parse().unwrap();
    let account = store.ensure_mirror(&id, crate::iam::Partition::Aws, &EndpointName::default()).unwrap();
    (server, Account::mirrored(Arc::new(store), account, mode, (endpoint, Caller::Root)))
}

async fn users(account: &Account) -> Vec<String> {
    account.read(Store::mirrored).await.unwrap().0
}

fn refreshed(account: &Account) -> bool {
    account.info().mirror.unwrap().refreshed.is_some()
}

fn create(name: &str) -> CreateUser {
    CreateUser { user_name: name.into(), ..CreateUser::default() }
}

#[tokio::test]
async fn an_account_is_read_whole_with_all_its_pages() {
    let (server, account) = mirrored(Mode::ReadOnly, example).await;
    assert!(!refreshed(&account));
    let pulled = account.refresh(&CancellationToken::new()).await.unwrap();
    assert_eq!((pulled.users, pulled.groups, pulled.gaps.len()), (2, 0, 0));
    assert_eq!(users(&account).await, ["ann", "bob"]);
    assert!(refreshed(&account));
    let asked = |filter: &str| server.requests().iter().filter(|r| r.body.contains(filter)).count();
    assert_eq!((asked("Filter.member.1=User"), asked("Filter.member.1=Role"), asked("AWSManagedPolicy")), (2, 1, 0));
}

#[tokio::test]
async fn a_listing_that_breaks_off_deletes_nothing_and_marks_nothing() {
    let mut refusing = false;
    let rule = move |request: &Request| {
        refusing |= request.action() == "CreateUser";
        let is_second_page = request.body.contains("&Marker=2");
        if refusing && is_second_page { error(403, "AccessDenied", "no longer") } else { example(request) }
    };
    let (_server, account) = mirrored(Mode::ReadWrite, rule).await;
    account.refresh(&CancellationToken::new()).await.unwrap();
    let before = account.info().mirror;
    account.send(&create("cy")).await.unwrap();
    assert!(account.refresh(&CancellationToken::new()).await.is_err());
    assert_eq!(users(&account).await, ["ann", "bob", "cy"]);
    assert_eq!(account.info().mirror, before);
}

#[tokio::test]
async fn what_the_caller_may_not_read_is_a_gap_and_not_a_failure() {
    let denied = ["ListUsers", "ListAccountAliases", "GetAccountPasswordPolicy", "ListMFADevices", "ListAccessKeys"];
    let rule = move |request: &Request| {
        if denied.contains(&request.action()) { error(403, "AccessDenied", "no") } else { example(request) }
    };
    let (_server, account) = mirrored(Mode::ReadOnly, rule).await;
    let pulled = account.refresh(&CancellationToken::new()).await.unwrap();
    let gaps: Vec<_> = pulled.gaps.keys().copied().collect();
    assert_eq!(gaps, ["GetAccountPasswordPolicy", "ListAccountAliases", "ListUsers"]);
    assert_eq!(users(&account).await, ["ann", "bob"]);
    let gaps = account.refresh_credentials(&CancellationToken::new(), &|_, _| {}).await.unwrap();
    assert_eq!(gaps.keys().copied().collect::<Vec<_>>(), ["ListAccessKeys", "ListMFADevices"]);
}

#[tokio::test]
async fn a_change_goes_to_the_endpoint_first_and_then_into_the_store() {
    let (server, account) = mirrored(Mode::ReadWrite, example).await;
    account.send(&create("cy")).await.unwrap();
    assert_eq!(users(&account).await, ["cy"]);
    assert_eq!(server.requests()[0].action(), "CreateUser");
    account.send(&DeleteUser { user_name: "cy".into() }).await.unwrap();
    assert_eq!(users(&account).await, Vec::<String>::new());
    assert_eq!(server.requests().last().unwrap().action(), "DeleteUser", "what is gone is not asked for");
}

#[tokio::test]
async fn what_the_endpoint_answered_is_not_lost_with_the_journal() {
    let kit = Kit::new();
    kit.fill_journal();
    let (_server, account) = mirrored_in(kit.store, Mode::ReadWrite, example).await;
    let made = account.send(&create("cy")).await.unwrap();
    assert_eq!(made.user.unwrap().user_name, "cy");
    assert_eq!(users(&account).await, ["cy"]);
}

#[tokio::test]
async fn a_refused_change_leaves_the_store_as_it_was() {
    let taken = |_: &Request| error(409, "EntityAlreadyExists", "User with name cy already exists.");
    let (server, account) = mirrored(Mode::ReadWrite, taken).await;
    let refused = account.send(&create("cy")).await.unwrap_err();
    assert_eq!(refused.iam().unwrap().code, "EntityAlreadyExists");
    assert_eq!(users(&account).await, Vec::<String>::new());
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_change_with_an_unknown_outcome_is_looked_up() {
    let rule = |request: &Request| if request.action() == "CreateUser" { Reply::Reset } else { example(request) };
    let (_server, account) = mirrored(Mode::ReadWrite, rule).await;
    let failed = account.send(&create("cy")).await.unwrap_err();
    let unknown = matches!(&failed, Error::Remote(remote::Error::OutcomeUnknown { operation, .. })
        if operation.name == CreateUser::MODEL.name);
    assert!(unknown, "{failed:?}");
    assert_eq!(users(&account).await, ["cy"], "it was done after all");
}

#[tokio::test]
async fn read_only_sends_no_change() {
    let (server, account) = mirrored(Mode::ReadOnly, example).await;
    assert!(matches!(account.send(&create("cy")).await, Err(Error::ReadOnly("CreateUser"))));
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_cancelled_refresh_takes_nothing_in() {
    let cancel = CancellationToken::new();
    cancel.cancel();
    let (_server, account) = mirrored(Mode::ReadOnly, example).await;
    let stopped = account.refresh(&cancel).await.unwrap_err();
    assert!(matches!(stopped, Error::Remote(remote::Error::Cancelled)), "{stopped:?}");
    assert!(!refreshed(&account) && users(&account).await.is_empty());
}
