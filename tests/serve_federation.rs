//! `AssumeRoleWithWebIdentity` through `tiam serve`: unsigned, with keys that are given, or fetched from an issuer over https.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, and says when it skips"
)]

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use common::served::{Served, element, escaped, exchange};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use rustls::pki_types::PrivateKeyDer;
use serde_json::{Value, json};
use sha1::{Digest, Sha1};
use tiam::serve::Options;

mod common;

/// A key that signs tokens.
struct Signer(EcdsaKeyPair);

impl Signer {
    fn new() -> Self {
        let (random, algorithm) = (SystemRandom::new(), &ECDSA_P256_SHA256_FIXED_SIGNING);
        let document = EcdsaKeyPair::generate_pkcs8(algorithm, &random).unwrap();
        Self(EcdsaKeyPair::from_pkcs8(algorithm, document.as_ref(), &random).unwrap())
    }

    fn keys(&self) -> String {
        let point = self.0.public_key().as_ref();
        let (x, y) = (BASE64.encode(&point[1..33]), BASE64.encode(&point[33..]));
        json!({"keys": [{"kty": "EC", "crv": "P-256", "kid": "k1", "x": x, "y": y}]}).to_string()
    }

    fn token(&self, issuer: &str) -> String {
        let encode = |value: &Value| BASE64.encode(value.to_string());
        let claims = json!({"iss": issuer, "sub": "repo:main", "aud": "app", "exp": 4_000_000_000_i64});
        let signed = format!("{}.{}", encode(&json!({"alg": "ES256", "kid": "k1"})), encode(&claims));
        let signature = self.0.sign(&SystemRandom::new(), signed.as_bytes()).unwrap();
        format!("{signed}.{}", BASE64.encode(signature))
    }
}

/// Registers a provider and a role that trusts it.
fn register(served: &Served, url: &str, thumbprint: &str) {
    served.ok(
        &served.root,
        &format!(
            "Action=CreateOpenIDConnectProvider&Url={}&ClientIDList.member.1=app&ThumbprintList.member.1={thumbprint}",
            escaped(url)
        ),
    );
    let host = url.strip_prefix("https://").unwrap();
    let trust = json!({"Version": "2012-10-17", "Statement": [{
        "Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
        "Principal": {"Federated": format!("arn:aws:iam::123456789012:oidc-provider/{host}")},
        "Condition": {"StringEquals": {format!("{host}:sub"): "repo:main"}, "IpAddress": {"aws:SourceIp": "127.0.0.1"}},
    }]});
    served.ok(
        &served.root,
        &format!("Action=CreateRole&RoleName=r&AssumeRolePolicyDocument={}", escaped(&trust.to_string())),
    );
}

/// Assumes the role without a signature.
fn assume(served: &Served, token: &str) -> (u16, String) {
    let body = format!(
        "Action=AssumeRoleWithWebIdentity&Version=2011-06-15&RoleArn=arn:aws:iam::123456789012:role/r&RoleSessionName=s1\
         &WebIdentityToken={token}"
    );
    let request = format!(
        "POST / HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    let answer = exchange(&mut TcpStream::connect(served.address).unwrap(), &request);
    (answer.status, answer.body)
}

#[test]
fn keys_that_are_given_are_not_fetched() {
    let (signer, url) = (Signer::new(), "https://idp.invalid");
    let issuer_keys = [(url.to_owned(), signer.keys())].into();
    let served = Served::with(Options { issuer_keys, ..Options::default() });
    register(&served, url, &"a".repeat(40));
    let (status, body) = assume(&served, &signer.token(url));
    assert_eq!(status, 200, "{body}");
    assert_eq!(element(&body, "SubjectFromWebIdentityToken"), "repo:main");
    let session = common::served::Key {
        id: element(&body, "AccessKeyId"),
        secret: element(&body, "SecretAccessKey").into(),
        token: Some(element(&body, "SessionToken")),
    };
    let who = served.ok(&session, "Action=GetCallerIdentity");
    assert_eq!(element(&who, "Arn"), "arn:aws:sts::123456789012:assumed-role/r/s1");
    let (status, body) = assume(&served, &Signer::new().token(url));
    assert_eq!((status, element(&body, "Code").as_str()), (400, "InvalidIdentityToken"));
    assert!(served.log.text().lines().any(|line| line.contains(" - sts:AssumeRoleWithWebIdentity 200 - ")));
}

#[test]
fn an_issuer_is_asked_for_its_keys_once() {
    let signer = Signer::new();
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let thumbprint = format!("{:x}", Sha1::digest(made.cert.der()));
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://localhost:{}", listener.local_addr().unwrap().port());
    let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
    let config = rustls::ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .unwrap();
    let asked = Arc::new(AtomicUsize::new(0));
    let (count, config) = (Arc::clone(&asked), Arc::new(config));
    let (keys, discovery) = (signer.keys(), json!({"issuer": url, "jwks_uri": format!("{url}/keys")}).to_string());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let session = rustls::ServerConnection::new(Arc::clone(&config)).unwrap();
            let mut stream = rustls::StreamOwned::new(session, stream.unwrap());
            // One request a connection; a handshake that is refused ends in an error here.
            let mut request = Vec::new();
            let mut bytes = [0; 1024];
            while !request.windows(4).any(|end| end == b"\r\n\r\n") {
                match stream.read(&mut bytes) {
                    Ok(count) if count > 0 => request.extend_from_slice(&bytes[..count]),
                    _ => break,
                }
            }
            let body = match request.as_slice() {
                text if text.starts_with(b"GET /.well-known/openid-configuration ") => &discovery,
                text if text.starts_with(b"GET /keys ") => &keys,
                _ => continue,
            };
            count.fetch_add(1, Ordering::SeqCst);
            let head = format!("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: {}\r\n\r\n", body.len());
            let _ = stream.write_all(format!("{head}{body}").as_bytes());
            stream.conn.send_close_notify();
            let _ = stream.flush();
        }
    });
    let served = Served::new();
    register(&served, &url, &thumbprint);
    let (status, body) = assume(&served, &signer.token(&url));
    assert_eq!(status, 200, "{body}");
    assert_eq!(assume(&served, &signer.token(&url)).0, 200);
    assert_eq!(asked.load(Ordering::SeqCst), 2, "discovery and keys, once");
    // Tokens that no key bears out do not make the server ask again and again.
    assert_eq!(assume(&served, &Signer::new().token(&url)).0, 400);
    assert_eq!(asked.load(Ordering::SeqCst), 2);
}

#[test]
fn an_issuer_that_nobody_vouches_for_is_not_believed() {
    let (signer, served) = (Signer::new(), Served::new());
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://localhost:{}", listener.local_addr().unwrap().port());
    drop(listener);
    register(&served, &url, &"b".repeat(40));
    let (status, body) = assume(&served, &signer.token(&url));
    assert_eq!((status, element(&body, "Code").as_str()), (400, "InvalidIdentityToken"));
    assert!(element(&body, "Message").contains("retrieve verification key from your identity provider"));
}
