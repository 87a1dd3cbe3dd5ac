//! The server: listening, limits, TLS, connections, a clean end.

use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_rustls::TlsAcceptor;

use super::desk::{Client, Desk};
use super::patience::Patient;
use super::{AccessLog, IssuerKeys, RootKey, Tls};
use crate::store::{Account, Store};

/// What a client may ask of the server.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes of all headers together.
    pub header_bytes_max: usize,
    /// Bytes of a body; more is answered with 413.
    pub body_bytes_max: usize,
    /// Connections at once; more wait to be accepted.
    pub connections_max: usize,
    /// How long a client may take for the TLS handshake, then to send its headers, its body, and to take its answer.
    pub patience: Duration,
    /// How long open requests may take to end when the server stops.
    pub drain: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            header_bytes_max: 64 * 1024,
            body_bytes_max: 4 * 1024 * 1024,
            connections_max: 1024,
            patience: Duration::from_secs(20),
            drain: Duration::from_secs(10),
        }
    }
}

/// How an account is served.
#[derive(Debug, Default)]
pub struct Options {
    /// Bounds on what clients may ask.
    pub limits: Limits,
    /// Certificate and key; without them only the loopback is served.
    pub tls: Option<Tls>,
    /// Where a line about each request goes.
    pub log: Option<AccessLog>,
    /// Key sets of identity providers that are not to be fetched.
    pub issuer_keys: IssuerKeys,
}

/// Why the server cannot start.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// Only the loopback may be served without TLS.
    #[error("{0} is not a loopback address: serving it without TLS would show every request to the network")]
    NotLoopback(SocketAddr),
    /// The address cannot be listened on.
    #[error("{0} cannot be listened on: {1}")]
    Listen(SocketAddr, std::io::Error),
}

/// A server that listens.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    limits: Limits,
    tls: Option<Tls>,
    desk: Arc<Desk>,
}

impl Server {
    /// Listens on the address; port 0 takes a free one.
    ///
    /// # Errors
    /// For an address that is taken, or not loopback while there is no TLS.
    pub async fn bind(
        address: SocketAddr,
        store: Arc<Store>,
        account: &Account,
        root: RootKey,
        options: Options,
    ) -> Result<Self, ServeError> {
        if options.tls.is_none() && !address.ip().is_loopback() {
            return Err(ServeError::NotLoopback(address));
        }
        let listener = TcpListener::bind(address).await.map_err(|e| ServeError::Listen(address, e))?;
        let Options { limits, tls, log, issuer_keys } = options;
        let desk = Desk::new(store, account, root, (limits, log, issuer_keys));
        Ok(Self { listener, limits, tls, desk: Arc::new(desk) })
    }

    /// The address it listens on.
    ///
    /// # Errors
    /// When the socket is gone.
    pub fn address(&self) -> std::io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Serves until `stop` is there; then nobody new is let in, and open requests may end.
    pub async fn run(self, stop: impl Future<Output = ()>) {
        let Self { listener, limits, tls, desk } = self;
        let graceful = GracefulShutdown::new();
        let places = Arc::new(Semaphore::new(limits.connections_max));
        tokio::pin!(stop);
        loop {
            let place = tokio::select! {
                () = &mut stop => break,
                place = Arc::clone(&places).acquire_owned() => place,
            };
            let Ok(place) = place else { break };
            let stream = tokio::select! {
                () = &mut stop => break,
                accepted = listener.accept() => accepted,
            };
            let Ok((stream, client)) = stream else {
                // Out of descriptors, most likely: what is open has to end first.
                tokio::time::sleep(ACCEPT_AGAIN).await;
                continue;
            };
            let _ = stream.set_nodelay(true);
            let (desk, acceptor, watcher) = (Arc::clone(&desk), tls.as_ref().map(Tls::acceptor), graceful.watcher());
            tokio::spawn(async move {
                serve(desk, limits, (stream, client.ip(), acceptor), watcher).await;
                drop(place);
            });
        }
        drop(listener);
        let _ = tokio::time::timeout(limits.drain, graceful.shutdown()).await;
    }
}

/// How long no connection is accepted after one could not be.
const ACCEPT_AGAIN: Duration = Duration::from_millis(50);

async fn serve(
    desk: Arc<Desk>,
    limits: Limits,
    (stream, address, acceptor): (TcpStream, std::net::IpAddr, Option<TlsAcceptor>),
    watcher: Watcher,
) {
    let Some(acceptor) = acceptor else {
        return talk(desk, limits, (stream, Client { address, secure: false }), watcher).await;
    };
    match tokio::time::timeout(limits.patience, acceptor.accept(stream)).await {
        Ok(Ok(stream)) => talk(desk, limits, (stream, Client { address, secure: true }), watcher).await,
        Ok(Err(error)) => tracing::debug!(%error, "no TLS came about"),
        Err(_) => tracing::debug!("a TLS handshake took too long"),
    }
}

/// Speaks HTTP until the client goes, or is too slow.
async fn talk<S: AsyncRead + AsyncWrite + Unpin + Send + 'static>(
    desk: Arc<Desk>,
    limits: Limits,
    (stream, client): (S, Client),
    watcher: Watcher,
) {
    let mut builder = hyper::server::conn::http1::Builder::new();
    builder
        .timer(TokioTimer::new())
        .header_read_timeout(limits.patience)
        .max_buf_size(limits.header_bytes_max)
        .pipeline_flush(true);
    let service = service_fn(move |request| {
        let desk = Arc::clone(&desk);
        async move { Ok::<_, std::convert::Infallible>(desk.serve(request, client).await) }
    });
    let stream = TokioIo::new(Patient::new(stream, limits.patience));
    if let Err(error) = watcher.watch(builder.serve_connection(stream, service)).await {
        tracing::debug!(%error, "a connection ended early");
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::sync::Arc;

    use serde_json::json;

    use super::{Options, RootKey, Server};
    use crate::store::kit::Kit;
    use crate::store::saml_kit::{Provider, Said, Signs};
    use crate::world::Real;

    const PROVIDER: &str = "arn:aws:iam::123456789012:saml-provider/corp";

    /// Sends a request without a signature, and reads until the server hangs up.
    fn exchange(to: std::net::SocketAddr, form: &str) -> String {
        let mut stream = std::net::TcpStream::connect(to).unwrap();
        let head = "POST / HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: application/x-www-form-urlencoded";
        stream.write_all(format!("{head}\r\ncontent-length: {}\r\n\r\n{form}", form.len()).as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    #[test]
    fn whom_a_saml_provider_vouches_for_needs_no_signature() {
        let (kit, provider) = (Kit::new(), Provider::new("ecdsa-sha256"));
        kit.call("CreateSAMLProvider", json!({"Name": "corp", "SAMLMetadataDocument": provider.metadata()})).unwrap();
        let trust = json!({"Version": "2012-10-17", "Statement": [{
            "Effect": "Allow", "Principal": {"Federated": PROVIDER}, "Action": "sts:AssumeRoleWithSAML",
            "Condition": {"IpAddress": {"aws:SourceIp": "127.0.0.1"}},
        }]});
        kit.call("CreateRole", json!({"RoleName": "r", "AssumeRolePolicyDocument": trust.to_string()})).unwrap();
        let root = RootKey::generate(&kit.account.id, &Real);
        let (address, store) = ("127.0.0.1:0".parse().unwrap(), Arc::new(kit.store));
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let bound = Server::bind(address, store, &kit.account, root, Options::default());
        let server = runtime.block_on(bound).unwrap();
        let to = server.address().unwrap();
        runtime.spawn(server.run(std::future::pending()));

        let assume = |assertion: &str| {
            let assertion = percent_encoding::utf8_percent_encode(assertion, percent_encoding::NON_ALPHANUMERIC);
            let role = "arn:aws:iam::123456789012:role/r";
            exchange(
                to,
                &format!(
                    "Action=AssumeRoleWithSAML&Version=2011-06-15&RoleArn={role}&PrincipalArn={PROVIDER}\
                     &SAMLAssertion={assertion}"
                ),
            )
        };
        let made = assume(&provider.encoded(&Said::default(), Signs::Assertion));
        assert!(made.starts_with("HTTP/1.1 200 OK\r\n"), "{made}");
        assert!(made.contains("<Arn>arn:aws:sts::123456789012:assumed-role/r/ann</Arn>"), "{made}");
        let forged = assume(&Provider::new("ecdsa-sha256").encoded(&Said::default(), Signs::Assertion));
        assert!(
            forged.starts_with("HTTP/1.1 400 ") && forged.contains("<Code>InvalidIdentityToken</Code>"),
            "{forged}"
        );
        let unsigned = exchange(to, "Action=GetCallerIdentity&Version=2011-06-15");
        assert!(unsigned.contains("<Code>MissingAuthenticationToken</Code>"), "{unsigned}");
    }
}
