//! The key set of an OpenID Connect issuer, fetched as AWS does: discovery document first, then the keys it points to.
//!
//! Follows OpenID Connect Discovery 1.0, and the API reference of `CreateOpenIDConnectProvider` for thumbprints: they count
//! where no authority that this machine trusts vouches for the issuer.

use std::sync::Arc;
use std::time::Duration;

use reqwest::{Client, ClientBuilder, Method, Request, Url};
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme};
use serde_json::Value;
use sha1::{Digest, Sha1};

use super::Transport;
use super::client::{Failure, exchange};
use super::settings::is_loopback;

/// Discovery documents and key sets are short.
const ANSWER_BYTES_MAX: usize = 256 * 1024;
/// How long one of the two answers may take.
const TIMEOUT: Duration = Duration::from_secs(5);
const DISCOVERY: &str = "/.well-known/openid-configuration";

/// Why an issuer's keys are not there.
#[derive(Debug, thiserror::Error)]
pub enum IssuerError {
    /// Something is no https URL.
    #[error("`{0}` is not an https URL")]
    Url(String),
    /// The issuer could not be reached, or not be trusted.
    #[error(transparent)]
    Transport(#[from] Transport),
    /// It answered, but not with what the specification asks for.
    #[error("`{url}` gives {what}")]
    Answer {
        /// Which document.
        url: String,
        /// What is wrong with it.
        what: String,
    },
    /// No client could be made.
    #[error("{0}")]
    Client(String),
}

/// The key set (RFC 7517, JSON) of the issuer at `issuer`.
///
/// `thumbprints` are SHA-1 digests in hex of the last certificate that a server may show when no trusted authority vouches
/// for it.
///
/// # Errors
/// When either document cannot be had, within bounds of time and size.
pub async fn issuer_keys(issuer: &str, thumbprints: &[String]) -> Result<String, IssuerError> {
    super::init();
    let fetcher = Fetcher { trusting: client(issuer, |builder| builder)?, pinning: pinning(issuer, thumbprints)? };
    let discovery = format!("{}{DISCOVERY}", issuer.trim_end_matches('/'));
    let (document, _) = fetcher.json(&discovery).await?;
    let wrong = |what: &str| IssuerError::Answer { url: discovery.clone(), what: what.to_owned() };
    if document.get("issuer").and_then(Value::as_str) != Some(issuer) {
        return Err(wrong("another issuer than the one that was asked"));
    }
    let keys = document.get("jwks_uri").and_then(Value::as_str).ok_or_else(|| wrong("no jwks_uri"))?;
    let (set, text) = fetcher.json(keys).await?;
    if set.get("keys").is_none_or(|keys| !keys.is_array()) {
        return Err(IssuerError::Answer { url: keys.to_owned(), what: "no key set".into() });
    }
    Ok(text)
}

/// Two ways to trust a server.
struct Fetcher {
    trusting: Client,
    /// Without thumbprints there is no second way.
    pinning: Option<Client>,
}

impl Fetcher {
    async fn json(&self, url: &str) -> Result<(Value, String), IssuerError> {
        let not_https = || IssuerError::Url(url.to_owned());
        let parsed: Url = url.parse().map_err(|_| not_https())?;
        if parsed.scheme() != "https" {
            return Err(not_https());
        }
        let wrong = |what: String| IssuerError::Answer { url: url.to_owned(), what };
        let ask = |client: Client| {
            let request = Request::new(Method::GET, parsed.clone());
            async move { exchange(&client, request, ANSWER_BYTES_MAX).await }
        };
        let mut answer = ask(self.trusting.clone()).await;
        if let (Err(Failure::Lost(lost)), Some(pinning)) = (&answer, &self.pinning)
            && matches!(lost.transport, Transport::Tls { .. })
        {
            answer = ask(pinning.clone()).await;
        }
        let answer = match answer {
            Ok(answer) => answer,
            Err(Failure::TooLarge(_)) => return Err(wrong(format!("more than {ANSWER_BYTES_MAX} bytes"))),
            Err(Failure::Lost(lost)) => return Err(lost.transport.into()),
        };
        if !answer.status.is_success() {
            return Err(wrong(format!("status {}", answer.status.as_u16())));
        }
        let text = String::from_utf8(answer.body).map_err(|_| wrong("bytes that are no text".into()))?;
        let value = serde_json::from_str(&text).map_err(|error| wrong(format!("no JSON ({error})")))?;
        Ok((value, text))
    }
}

fn client(issuer: &str, with: impl FnOnce(ClientBuilder) -> ClientBuilder) -> Result<Client, IssuerError> {
    let builder = Client::builder()
        .user_agent(concat!("tiam/", env!("CARGO_PKG_VERSION")))
        .redirect(reqwest::redirect::Policy::none())
        .https_only(true)
        .timeout(TIMEOUT);
    // A proxy cannot reach what listens on this machine's loopback.
    let is_here = issuer.parse().is_ok_and(|url| is_loopback(&url));
    let builder = if is_here { builder.no_proxy() } else { builder };
    with(builder).build().map_err(|error| IssuerError::Client(super::chain(&error)))
}

/// A client that trusts the certificates with these digests and no others.
fn pinning(issuer: &str, thumbprints: &[String]) -> Result<Option<Client>, IssuerError> {
    if thumbprints.is_empty() {
        return Ok(None);
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let thumbprints = thumbprints.iter().map(|thumbprint| thumbprint.to_ascii_lowercase()).collect();
    let pinned = Arc::new(Pinned { thumbprints, provider: Arc::clone(&provider) });
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| IssuerError::Client(error.to_string()))?
        .dangerous()
        .with_custom_certificate_verifier(pinned)
        .with_no_client_auth();
    client(issuer, |builder| builder.tls_backend_preconfigured(config)).map(Some)
}

/// Trusts a chain whose last certificate is known by its thumbprint, if it vouches for the server's name now.
#[derive(Debug)]
struct Pinned {
    thumbprints: Vec<String>,
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for Pinned {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let last = intermediates.last().unwrap_or(end_entity);
        let thumbprint = format!("{:x}", Sha1::digest(last));
        if !self.thumbprints.contains(&thumbprint) {
            return Err(rustls::Error::General("no thumbprint of the provider fits".into()));
        }
        let mut roots = RootCertStore::empty();
        roots.add(last.clone().into_owned())?;
        let verifier = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&self.provider))
            .build()
            .map_err(|error| rustls::Error::General(error.to_string()))?;
        verifier.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(message, certificate, signature, &self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(message, certificate, signature, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}
