//! `tiam serve`: the account of a store as an IAM endpoint, for any AWS client.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use crate::account::Account;
use crate::serve::{AccessLog, Limits, Options, RootKey, Server, Tls};
use crate::world::Real;

use super::args::{Select, Serve};
use super::{Failure, select, terminal};

/// Follows the store's name in the name of its root credentials.
const CREDENTIALS_END: &str = ".root-credentials";

/// Serves until it is interrupted.
pub(super) fn run(serve: &Serve, select: &Select) -> Result<ExitCode, Failure> {
    if select.read_only {
        return Err(Failure::Usage(
            "a served account cannot be read-only: give its clients a policy that allows reads",
        ));
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let account = select::open_local(select, Arc::new(Real))?;
        let credentials = credentials(serve, &account);
        let root = RootKey::load(&credentials, &account.info().id, &Real)?;
        let store = Arc::clone(account.store());
        let server = Server::bind(serve.listen, store, &account.info(), root, options(serve)?).await?;
        // Before anybody knows of the server, so that whoever does can end it in good order.
        let stop = interrupted()?;
        terminal::say(&directions(server.address()?, serve, &credentials, &account))?;
        server.run(stop).await;
        Ok(ExitCode::SUCCESS)
    })
}

/// What the arguments say of how to serve.
fn options(serve: &Serve) -> Result<Options, Failure> {
    let tls = match (&serve.tls_cert, &serve.tls_key) {
        (Some(certificate), Some(key)) => Some(Tls::load(certificate, key)?),
        _ => None,
    };
    let log = match serve.log.as_deref() {
        Some(path) if path == Path::new("-") => Some(AccessLog::new(std::io::stdout())),
        Some(path) => Some(AccessLog::append(path).map_err(|error| terminal::of_file(path, &error))?),
        None => None,
    };
    let issuer_keys = serve.issuer_keys.iter().map(|given| issuer_keys(given)).collect::<Result<_, _>>()?;
    Ok(Options { limits: Limits::default(), tls, log, issuer_keys })
}

/// The issuer and its key set, of `URL=FILE`.
fn issuer_keys(given: &str) -> Result<(String, String), Failure> {
    let usage = "--issuer-keys takes the issuer's https URL, `=` and a file with its key set";
    let (url, file) =
        given.split_once('=').filter(|(url, _)| url.starts_with("https://")).ok_or(Failure::Usage(usage))?;
    let keys = terminal::read(Path::new(file))?;
    serde_json::from_str::<serde_json::Value>(&keys)
        .map_err(|error| terminal::of_file(Path::new(file), &error.into()))?;
    Ok((url.trim_end_matches('/').to_owned(), keys))
}

/// The file of the root credentials: beside the store, if it is not said.
fn credentials(serve: &Serve, account: &Account) -> PathBuf {
    serve.root_credentials.clone().unwrap_or_else(|| {
        let mut path = account.store().path().unwrap_or(Path::new("tiam")).as_os_str().to_owned();
        path.push(CREDENTIALS_END);
        path.into()
    })
}

/// How to point the `aws` command at the server.
fn directions(address: SocketAddr, serve: &Serve, credentials: &Path, account: &Account) -> String {
    let scheme = if serve.tls_cert.is_some() { "https" } else { "http" };
    let (file, id) = (crate::text::visible(&credentials.display().to_string()).into_owned(), account.info().id);
    format!(
        "Serving account {id} on {scheme}://{address}\n\n  \
         export AWS_ENDPOINT_URL={scheme}://{address} AWS_REGION=us-east-1 AWS_SHARED_CREDENTIALS_FILE='{file}'\n  \
         aws sts get-caller-identity"
    )
}

/// Ends on Ctrl-C, and on the signal that asks a server to end.
#[cfg(unix)]
fn interrupted() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Ends on Ctrl-C.
#[cfg(not(unix))]
fn interrupted() -> std::io::Result<impl Future<Output = ()>> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}

#[cfg(test)]
mod tests {
    use super::issuer_keys;

    #[test]
    fn a_key_set_that_cannot_be_used_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("keys.json").display().to_string();
        let refused = || issuer_keys(&format!("https://idp.example.com={file}")).unwrap_err().to_string();
        assert!(refused().starts_with(&file), "{}", refused());
        std::fs::write(&file, "{").unwrap();
        assert!(refused().starts_with(&file), "{}", refused());
        std::fs::write(&file, "{}").unwrap();
        let (url, keys) = issuer_keys(&format!("https://idp.example.com/={file}")).unwrap();
        assert_eq!((url.as_str(), keys.as_str()), ("https://idp.example.com", "{}"));
    }
}
