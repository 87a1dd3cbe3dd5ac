//! `tiam serve`: the account of a store as an IAM endpoint, for any AWS client.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use crate::account::Account;
use crate::serve::{Limits, RootKey, Server};
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
        let server = Server::bind(serve.listen, store, account.info(), root, Limits::default()).await?;
        terminal::say(&directions(server.address()?, &credentials, &account))?;
        server.run(interrupted()?).await;
        Ok(ExitCode::SUCCESS)
    })
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
fn directions(address: SocketAddr, credentials: &Path, account: &Account) -> String {
    let (file, id) = (crate::text::visible(&credentials.display().to_string()).into_owned(), account.info().id);
    format!(
        "Serving account {id} on http://{address}\n\n  \
         export AWS_ENDPOINT_URL=http://{address} AWS_REGION=us-east-1 AWS_SHARED_CREDENTIALS_FILE='{file}'\n  \
         aws sts get-caller-identity"
    )
}

/// Ends on Ctrl-C, and on the signals that ask a server to end.
fn interrupted() -> std::io::Result<impl Future<Output = ()>> {
    #[cfg(unix)]
    let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
    Ok(async move {
        #[cfg(unix)]
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminate.recv() => {}
        }
        #[cfg(not(unix))]
        let _ = tokio::signal::ctrl_c().await;
    })
}
