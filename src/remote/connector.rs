//! Our HTTP client behind the trait through which `aws-config` talks to STS, SSO, containers and instance metadata.

use std::net::IpAddr;

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use reqwest::{Client, Url};

use super::Transport;
use super::client::{Answer, Failure, exchange};
use super::settings::{host_address, is_loopback};

/// Answers with credentials are short.
const ANSWER_BYTES_MAX: usize = 1 << 20;

/// The client that `aws-config` is given.
#[derive(Clone, Debug)]
pub(super) struct Connector {
    client: Client,
    settings: HttpConnectorSettings,
}

impl Connector {
    pub(super) fn new(client: Client) -> Self {
        Self { client, settings: HttpConnectorSettings::default() }
    }

    fn request(&self, request: HttpRequest) -> Result<reqwest::Request, ConnectorError> {
        let user = |error: Box<dyn std::error::Error + Send + Sync>| ConnectorError::user(error);
        let request = request.try_into_http1x().map_err(|error| user(error.into()))?;
        let (parts, body) = request.into_parts();
        let bytes = body.bytes().map(<[u8]>::to_vec).ok_or_else(|| user("the body is a stream".into()))?;
        let url = Url::parse(&parts.uri.to_string()).map_err(|error| user(error.into()))?;
        if url.scheme() != "https" && !may_be_plain(&url) {
            return Err(user("credentials do not go over plain http".into()));
        }
        let mut built = reqwest::Request::new(parts.method, url);
        *built.headers_mut() = parts.headers;
        *built.body_mut() = Some(bytes.into());
        *built.timeout_mut() = match (self.settings.connect_timeout(), self.settings.read_timeout()) {
            (None, None) => None,
            (connect, read) => Some(connect.unwrap_or_default() + read.unwrap_or_default()),
        };
        Ok(built)
    }
}

/// Loopback, and the link-local addresses at which machines and containers hand out their own credentials.
fn may_be_plain(url: &Url) -> bool {
    is_loopback(url)
        || host_address(url).is_some_and(|address| match address {
            IpAddr::V4(address) => address.is_link_local(),
            IpAddr::V6(address) => address.is_unique_local() || address.is_unicast_link_local(),
        })
}

impl HttpClient for Connector {
    fn http_connector(&self, settings: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(Self { client: self.client.clone(), settings: settings.clone() })
    }
}

impl HttpConnector for Connector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let (client, request) = (self.client.clone(), self.request(request));
        HttpConnectorFuture::new(async move {
            match exchange(&client, request?, ANSWER_BYTES_MAX).await {
                Ok(answer) => response(answer),
                Err(Failure::TooLarge(_)) => Err(ConnectorError::other("the answer is too large".into(), None)),
                Err(Failure::Lost(lost)) => Err(match lost.transport {
                    transport @ Transport::Timeout { .. } => ConnectorError::timeout(transport.into()),
                    transport => ConnectorError::io(transport.into()),
                }),
            }
        })
    }
}

fn response(answer: Answer) -> Result<HttpResponse, ConnectorError> {
    let mut response = http::Response::new(SdkBody::from(answer.body));
    *response.status_mut() = answer.status;
    *response.headers_mut() = answer.headers;
    HttpResponse::try_from(response).map_err(|error| ConnectorError::other(error.into(), None))
}

#[cfg(test)]
mod tests {
    use super::may_be_plain;

    #[test]
    fn only_the_machines_own_addresses_may_be_plain() {
        for (url, plain) in [
            ("http://169.254.169.254/latest/api/token", true),
            ("http://169.254.170.2/v2/credentials", true),
            ("http://[fd00:ec2::254]/latest", true),
            ("http://127.0.0.1:8080/", true),
            ("http://sts.amazonaws.com/", false),
            ("http://10.1.2.3/", false),
        ] {
            assert_eq!(may_be_plain(&url.parse().unwrap()), plain, "{url}");
        }
    }
}
