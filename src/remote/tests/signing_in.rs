//! Credentials: where they come from, what is said when there are none, and codes from a device.

use std::sync::Arc;

use aws_runtime::env_config::file::{EnvConfigFileKind, EnvConfigFiles};
use aws_types::os_shim_internal::Env;
use jiff::{SignedDuration, Timestamp};
use secrecy::SecretString;

use super::server::{Reply, Server, error, list_users};
use super::{NOW, limits};
use crate::api::ListUsers;
use crate::remote::settings::Sources;
use crate::remote::{CredentialsError, Endpoint, Error, Settings};
use crate::world::Seeded;

/// The profile of a configuration file that stands in for `~/.aws/config`.
async fn signed_in(profile: &str, config: &str, url: &str) -> Result<Endpoint, Error> {
    let files = EnvConfigFiles::builder().with_contents(EnvConfigFileKind::Config, config).build();
    let sources = Sources { env: Env::from_slice(&[("HOME", "/nowhere")]), files, ..Sources::default() };
    let (profile, endpoint_url) = (Some(profile.to_owned()), Some(url.to_owned()));
    let settings = Settings { profile, endpoint_url, limits: limits(), sources, ..Settings::default() };
    let world = Seeded::new(7, Timestamp::from_second(NOW).unwrap(), SignedDuration::from_secs(1));
    Endpoint::open(settings, Arc::new(world)).await
}

async fn list(endpoint: &Endpoint) -> Result<usize, Error> {
    endpoint.send(&ListUsers::default()).await.map(|output| output.users.len())
}

#[tokio::test]
async fn keys_of_a_named_profile_sign() {
    let server = Server::start(vec![list_users(&["ann"], None)]).await;
    let config = "[profile a]\naws_access_key_id = AKIDPROFILE\naws_secret_access_key = hunter2\n";
    let endpoint = signed_in("a", config, &server.url()).await.unwrap();
    assert_eq!(list(&endpoint).await.unwrap(), 1);
    assert!(server.requests()[0].header("authorization").contains("Credential=AKIDPROFILE/"));
    assert!(!format!("{endpoint:?}").contains("hunter2"), "{endpoint:?}");
}

#[tokio::test]
async fn a_process_is_asked_once_and_again_when_its_session_runs_out() {
    let process = |expiration: &str| {
        format!(
            "[profile p]\ncredential_process = printf '{{\"Version\":1,\"AccessKeyId\":\"ASIAPROCESS\",\
             \"SecretAccessKey\":\"s\",\"SessionToken\":\"t\",\"Expiration\":\"{expiration}\"}}'\n"
        )
    };
    let expired = error(403, "ExpiredToken", "The security token included in the request is expired");
    let script = vec![list_users(&[], None), expired, list_users(&[], None)];
    let server = Server::start(script).await;
    let endpoint = signed_in("p", &process("2099-01-01T00:00:00Z"), &server.url()).await.unwrap();
    list(&endpoint).await.unwrap();
    list(&endpoint).await.unwrap();
    assert_eq!(server.requests().len(), 3);
    assert!(server.requests().iter().all(|r| r.header("x-amz-security-token") == "t"));
}

#[tokio::test]
async fn a_failing_process_is_told_without_its_output() {
    let config = "[profile p]\ncredential_process = sh -c 'echo hunter2; exit 3'\n";
    let endpoint = signed_in("p", config, "http://127.0.0.1:9/").await.unwrap();
    let failed = list(&endpoint).await.unwrap_err();
    assert!(matches!(failed, Error::Credentials(CredentialsError::Failed { .. })), "{failed:?}");
    assert!(!failed.to_string().contains("hunter2"), "{failed}");
}

#[tokio::test]
async fn an_expired_single_sign_on_names_the_command() {
    let config = "[profile s]\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = Admin\n\
                  [sso-session corp]\nsso_region = eu-west-1\nsso_start_url = https://corp.awsapps.com/start\n";
    let endpoint = signed_in("s", config, "http://127.0.0.1:9/").await.unwrap();
    let failed = list(&endpoint).await.unwrap_err();
    let expected = CredentialsError::SsoExpired { profile: "s".into() };
    assert!(matches!(&failed, Error::Credentials(e) if *e == expected), "{failed:?}");
    assert_eq!(failed.remedy().unwrap(), "Run `aws sso login --profile s`.");
}

#[tokio::test]
async fn a_device_is_asked_for_its_code_and_the_role_is_assumed() {
    let config = "[profile base]\naws_access_key_id = AKIDBASE\naws_secret_access_key = s\n\
                  [profile admin]\nrole_arn = arn:aws:iam::123456789012:role/Admin\nsource_profile = base\n\
                  mfa_serial = arn:aws:iam::123456789012:mfa/ann\nrole_session_name = ann\n";
    let session = "<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIAROLE</AccessKeyId>\
                   <SecretAccessKey>s</SecretAccessKey><SessionToken>tok</SessionToken>\
                   <Expiration>2026-11-22T06:12:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>";
    let server = Server::start(vec![Reply::xml(200, session), list_users(&["ann"], None)]).await;
    let endpoint = signed_in("admin", config, &server.url()).await.unwrap();
    let failed = list(&endpoint).await.unwrap_err();
    let serial = "arn:aws:iam::123456789012:mfa/ann".to_owned();
    let expected = CredentialsError::MfaRequired { profile: "admin".into(), serial };
    assert!(matches!(&failed, Error::Credentials(e) if *e == expected), "{failed:?}");

    endpoint.enter_mfa_code(&SecretString::from("123456")).await.unwrap();
    assert_eq!(list(&endpoint).await.unwrap(), 1);
    let requests = server.requests();
    assert!(requests[0].header("authorization").contains("Credential=AKIDBASE/"));
    assert!(requests[0].body.contains("Action=AssumeRole") && requests[0].body.contains("&TokenCode=123456"));
    assert!(requests[1].header("authorization").contains("Credential=ASIAROLE/"));
}
