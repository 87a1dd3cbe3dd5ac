//! The endpoint against a real server on loopback that answers by script.

pub(crate) mod server;
mod signing_in;

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use secrecy::SecretString;
use serde_json::{Map, json};
use tokio_util::sync::CancellationToken;

use self::server::{Reply, Server, error, list_users};
use super::{Endpoint, Error, Limits, Settings, Transport};
use crate::api::{AttachUserPolicy, Call, CreateAccessKey, CreateUser, DeleteUser, GetUser, ListUsers, Service, find};
use crate::world::Seeded;

/// 2026-11-22T05:12:00Z
const NOW: i64 = 1_795_324_320;

fn limits() -> Limits {
    let wait = Duration::from_millis(1);
    Limits { wait_min: wait, wait_max: wait, answer_bytes_max: 4096, ..Limits::default() }
}

pub(crate) async fn endpoint_at(url: &str) -> Endpoint {
    let settings = Settings { endpoint_url: Some(url.to_owned()), limits: limits(), ..Settings::default() }.with_keys(
        "AKIDEXAMPLE",
        &SecretString::from("hunter2hunter2"),
        None,
    );
    let world = Seeded::new(7, Timestamp::from_second(NOW).unwrap(), SignedDuration::from_secs(1));
    Endpoint::open(settings, Arc::new(world)).await.unwrap()
}

async fn scripted(script: Vec<Reply>) -> (Server, Endpoint) {
    let server = Server::start(script).await;
    let endpoint = endpoint_at(&server.url()).await;
    (server, endpoint)
}

fn throttled() -> Reply {
    error(400, "Throttling", "Rate exceeded")
}

fn user(name: &str) -> CreateUser {
    CreateUser { user_name: name.into(), ..CreateUser::default() }
}

#[tokio::test]
async fn a_call_goes_out_as_a_signed_form_and_its_answer_comes_back() {
    let (server, endpoint) = scripted(vec![list_users(&["ann", "bob"], None)]).await;
    let output = endpoint.send(&ListUsers { path_prefix: Some("/eng/".into()), ..ListUsers::default() }).await.unwrap();
    assert_eq!(output.users.iter().map(|u| u.user_name.as_str()).collect::<Vec<_>>(), ["ann", "bob"]);
    let request = &server.requests()[0];
    assert_eq!(request.body, "Action=ListUsers&Version=2010-05-08&PathPrefix=%2Feng%2F");
    assert!(request.head.starts_with("POST / HTTP/1.1\r\n"), "{}", request.head);
    let signed = "authorization: AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261122/us-east-1/iam/aws4_request, \
                  SignedHeaders=content-type;host;x-amz-date, Signature=";
    assert!(request.head.contains(signed), "{}", request.head);
    assert!(request.head.contains("accept-encoding: gzip"), "{}", request.head);
}

#[tokio::test]
async fn throttling_is_waited_out_even_for_a_creation() {
    let made = "<CreateAccessKeyResponse><CreateAccessKeyResult><AccessKey><UserName>ann</UserName>\
                <AccessKeyId>AKIAIOSFODNN7EXAMPLE</AccessKeyId><Status>Active</Status>\
                <SecretAccessKey>s</SecretAccessKey></AccessKey></CreateAccessKeyResult></CreateAccessKeyResponse>";
    let (server, endpoint) = scripted(vec![throttled(), throttled(), Reply::xml(200, made)]).await;
    let output = endpoint.send(&CreateAccessKey::default()).await.unwrap();
    assert_eq!(output.access_key.access_key_id, "AKIAIOSFODNN7EXAMPLE");
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn patience_ends() {
    let (server, endpoint) = scripted((0..20).map(|_| throttled()).collect()).await;
    let failed = endpoint.send(&ListUsers::default()).await.unwrap_err();
    assert_eq!(failed.service().unwrap().code, "Throttling");
    assert_eq!(server.requests().len(), limits().attempts_max);
}

#[tokio::test]
async fn a_quota_is_an_answer() {
    let quota = error(409, "LimitExceeded", "Cannot exceed quota for UsersPerAccount: 5000");
    let (server, endpoint) = scripted(vec![quota.with("x-amzn-requestid", "abc-123")]).await;
    let failed = endpoint.send(&user("ann")).await.unwrap_err();
    let Error::Service { operation, error, request_id } = &failed else { panic!("{failed:?}") };
    assert_eq!((*operation, error.status, request_id.as_deref()), ("CreateUser", 409, Some("abc-123")));
    assert_eq!(failed.to_string(), "LimitExceeded: Cannot exceed quota for UsersPerAccount: 5000");
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn reads_and_repeatable_writes_survive_a_bad_server() {
    let faults = || vec![error(503, "ServiceUnavailable", ""), Reply::Reset, Reply::Partial, Reply::xml(502, "<html>")];
    let script = [faults(), vec![list_users(&["ann"], None)]].concat();
    let (server, endpoint) = scripted(script).await;
    assert_eq!(endpoint.send(&ListUsers::default()).await.unwrap().users.len(), 1);
    assert_eq!(server.requests().len(), 5);

    let done = Reply::xml(200, "<AttachUserPolicyResponse/>");
    let (server, endpoint) = scripted([faults(), vec![done]].concat()).await;
    endpoint.send(&AttachUserPolicy::default()).await.unwrap();
    assert_eq!(server.requests().len(), 5);
}

#[tokio::test]
async fn a_creation_is_never_repeated_once_it_was_sent() {
    let success_cut_short = Reply::Partial;
    let garbled = Reply::xml(200, "<html>login</html>");
    for fault in [Reply::Reset, success_cut_short, error(500, "ServiceFailure", ""), garbled] {
        let (server, endpoint) = scripted(vec![fault, list_users(&[], None)]).await;
        let failed = endpoint.send(&CreateAccessKey::default()).await.unwrap_err();
        let Error::OutcomeUnknown { operation, read_back, .. } = &failed else { panic!("{failed:?}") };
        assert_eq!((operation.name, read_back.unwrap().name), ("CreateAccessKey", "ListAccessKeys"));
        assert!(failed.remedy().unwrap().contains("ListAccessKeys"));
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn a_creation_that_never_left_is_a_plain_failure() {
    let url = Server::start(vec![]).await.stop().await;
    let failed = endpoint_at(&url).await.send(&user("ann")).await.unwrap_err();
    assert!(matches!(failed, Error::Transport(Transport::Connect { .. })), "{failed:?}");
}

#[tokio::test]
async fn a_removal_that_was_done_unseen_is_done() {
    let gone = error(404, "NoSuchEntity", "The user with name ann cannot be found.");
    let (_server, endpoint) = scripted(vec![Reply::Reset, gone.clone()]).await;
    endpoint.send(&DeleteUser { user_name: "ann".into() }).await.unwrap();
    let (_server, endpoint) = scripted(vec![gone]).await;
    assert!(endpoint.send(&DeleteUser { user_name: "ann".into() }).await.is_err(), "nothing was lost before");
}

#[tokio::test]
async fn redirects_are_refused_and_named() {
    let away = Reply::xml(307, "").with("location", "https://evil.example/");
    let (server, endpoint) = scripted(vec![away]).await;
    let failed = endpoint.send(&ListUsers::default()).await.unwrap_err();
    assert!(matches!(&failed, Error::Redirected { location, .. } if location == "https://evil.example/"), "{failed:?}");
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn answers_beyond_the_limit_and_garbage_are_refused() {
    let bomb = Reply::gzip(&"x".repeat(1 << 20));
    for (reply, reason) in [
        (Reply::xml(200, &"x".repeat(5000)), "larger"),
        (bomb, "larger"),
        (Reply::xml(200, "<ListRolesResponse/>"), "not one of ListUsers"),
        (Reply::xml(200, "<ListUsersResponse><a></ListUsersResponse>"), "XML"),
        (Reply::xml(200, "\u{1b}[31m"), "XML"),
        (Reply::xml(403, "Forbidden by proxy"), "no error of IAM"),
    ] {
        let (server, endpoint) = scripted(vec![reply]).await;
        let failed = endpoint.send(&ListUsers::default()).await.unwrap_err();
        assert!(matches!(failed, Error::Unreadable { .. }), "{failed:?}");
        assert!(failed.to_string().contains(reason), "{failed}");
        assert_eq!(server.requests().len(), 1, "{reason}");
    }
}

#[tokio::test]
async fn a_wrong_clock_is_set_by_the_endpoints() {
    let refused = |date: &str| error(403, "SignatureDoesNotMatch", "Signature expired").with("date", date);
    let script = vec![refused("Sun, 22 Nov 2026 07:12:00 GMT"), list_users(&[], None), list_users(&[], None)];
    let (server, endpoint) = scripted(script).await;
    endpoint.send(&ListUsers::default()).await.unwrap();
    endpoint.send(&ListUsers::default()).await.unwrap();
    let dates: Vec<_> = server.requests().iter().map(|r| r.header("x-amz-date")).collect();
    assert!(dates[0].starts_with("20261122T0512"), "{dates:?}");
    assert!(dates[1..].iter().all(|d| d.starts_with("20261122T0712")), "{dates:?}");
}

#[tokio::test]
async fn a_wrong_secret_is_not_a_wrong_clock() {
    let refused = error(403, "SignatureDoesNotMatch", "…").with("date", "Sun, 22 Nov 2026 05:12:10 GMT");
    let (server, endpoint) = scripted(vec![refused]).await;
    let failed = endpoint.send(&ListUsers::default()).await.unwrap_err();
    assert_eq!(failed.service().unwrap().code, "SignatureDoesNotMatch");
    assert_eq!(server.requests().len(), 1);
    assert!(!format!("{endpoint:?} {failed:?} {failed}").contains("hunter2"));
}

#[tokio::test]
async fn pages_are_followed_to_the_end() {
    let script = vec![list_users(&["ann"], Some("A+/=")), list_users(&["bob"], Some("B")), list_users(&["cy"], None)];
    let (server, endpoint) = scripted(script).await;
    let pages = endpoint.typed_pages(&ListUsers::default(), CancellationToken::new());
    let whole = pages.all().await.unwrap();
    assert_eq!(whole.users.iter().map(|u| u.user_name.as_str()).collect::<Vec<_>>(), ["ann", "bob", "cy"]);
    assert_eq!((whole.marker, whole.is_truncated), (None, Some(false)));
    assert!(server.requests()[1].body.ends_with("&Marker=A%2B%2F%3D"), "{}", server.requests()[1].body);
}

#[tokio::test]
async fn a_listing_that_breaks_off_is_an_error() {
    let denied = error(403, "AccessDenied", "no");
    let lost_marker = Reply::xml(
        200,
        "<ListUsersResponse><ListUsersResult><IsTruncated>true</IsTruncated><Users/></ListUsersResult></ListUsersResponse>",
    );
    for end in [vec![denied], vec![lost_marker], vec![list_users(&["bob"], Some("A"))]] {
        let (_server, endpoint) = scripted([vec![list_users(&["ann"], Some("A"))], end].concat()).await;
        let pages = endpoint.typed_pages(&ListUsers::default(), CancellationToken::new());
        assert!(pages.all().await.is_err());
    }
}

#[tokio::test]
async fn pages_end_when_cancelled() {
    let (server, endpoint) = scripted(vec![list_users(&["ann"], Some("A")), Reply::Hang]).await;
    let cancel = CancellationToken::new();
    let mut pages = endpoint.pages(Call::new(find(Service::Iam, "ListUsers").unwrap(), Map::new()), cancel.clone());
    assert!(pages.next().await.unwrap().is_ok());
    let (page, ()) = tokio::join!(pages.next(), async {
        server.asked(2).await;
        cancel.cancel();
    });
    assert!(matches!(page, Some(Err(Error::Cancelled))));
    assert!(pages.next().await.is_none());
}

#[tokio::test]
async fn an_untyped_call_is_the_same_call() {
    let answer = "<GetUserResponse><GetUserResult><User><Path>/</Path><UserName>ann</UserName><UserId>AIDA</UserId>\
                  <Arn>arn:aws:iam::123456789012:user/ann</Arn><CreateDate>2026-01-02T03:04:05Z</CreateDate></User>\
                  </GetUserResult></GetUserResponse>";
    let (_server, endpoint) = scripted(vec![Reply::xml(200, answer), Reply::xml(200, answer)]).await;
    let output = endpoint.call(&Call::from(&GetUser::default())).await.unwrap();
    assert_eq!(output["User"]["UserName"], json!("ann"));
    assert_eq!(endpoint.send(&GetUser::default()).await.unwrap().user.user_name, "ann");
}
