//! Opening the mirror of an endpoint's account: whose credentials are these, and what does the store have of them?

use std::sync::Arc;

use super::{Account, Error, Mode, Result};
use crate::api::sts::{GetCallerIdentity, GetCallerIdentityOutput};
use crate::iam::{Arn, Caller, Partition};
use crate::remote::{self, Endpoint};
use crate::store::{self, EndpointName, Store};

impl Account {
    /// Opens the mirror of the account that the endpoint's credentials belong to, made if the store does not have it.
    /// An endpoint out of reach opens what was last read of it, read-only.
    ///
    /// # Errors
    /// [`Error::NotAMirror`] when the store holds a local account of the same id; what the endpoint answered otherwise.
    pub async fn connect(store: Arc<Store>, endpoint: Endpoint, name: &EndpointName, mode: Mode) -> Result<Self> {
        match endpoint.send(&GetCallerIdentity {}).await {
            Ok(identity) => {
                let (account, caller) = ensure(&store, &identity, name)?;
                Ok(Self::mirrored(store, account, mode, (endpoint, caller)))
            }
            Err(error @ remote::Error::Transport(_)) => {
                let known = known(&store, name)?.ok_or(error)?;
                Ok(Self::mirrored(store, known, Mode::ReadOnly, (endpoint, Caller::Root)))
            }
            Err(error) => Err(error.into()),
        }
    }
}

/// The mirror of the caller's account.
fn ensure(store: &Store, identity: &GetCallerIdentityOutput, name: &EndpointName) -> Result<(store::Account, Caller)> {
    let broken = || remote::Error::Unreadable {
        operation: "GetCallerIdentity",
        status: 200,
        reason: "it names no account".into(),
    };
    let (id, arn) = (identity.account.as_deref().unwrap_or_default(), identity.arn.as_deref().unwrap_or_default());
    let (id, arn): (_, Arn) = (id.parse().map_err(|_| broken())?, arn.parse().map_err(|_| broken())?);
    let account = store.ensure_mirror(&id, partition(&arn), name)?;
    if account.mirror.is_none() {
        return Err(Error::NotAMirror(id));
    }
    Ok((account, caller(&arn, identity.user_id.clone().unwrap_or_default())))
}

/// The mirror that was read through an endpoint of that name.
fn known(store: &Store, name: &EndpointName) -> Result<Option<store::Account>> {
    let is_it = |account: &store::Account| account.mirror.as_ref().is_some_and(|m| m.endpoint == *name);
    Ok(store.accounts()?.into_iter().find(is_it))
}

fn partition(arn: &Arn) -> Partition {
    match arn.partition.as_str() {
        "aws-cn" => Partition::AwsCn,
        "aws-us-gov" => Partition::AwsUsGov,
        _ => Partition::Aws,
    }
}

/// Who the ARN of `GetCallerIdentity` stands for.
fn caller(arn: &Arn, id: String) -> Caller {
    let text = arn.to_string();
    match arn.resource_parts().0 {
        "user" => Caller::User { name: arn.name().to_owned(), arn: text, id },
        "assumed-role" => Caller::AssumedRole { arn: text, id },
        "federated-user" => Caller::Federated { arn: text, id },
        _ => Caller::Root,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{Account, Caller, EndpointName, Error, Mode, caller};
    use crate::remote::tests::endpoint_at;
    use crate::remote::tests::server::{Reply, Server};
    use crate::store::kit::Kit;

    fn identity(account: &str, resource: &str) -> Reply {
        let (open, close) = ("<GetCallerIdentityResponse><GetCallerIdentityResult>", "</GetCallerIdentityResult>");
        let arn = format!("arn:aws:iam::{account}:{resource}");
        let body = format!("{open}<UserId>AIDA1</UserId><Account>{account}</Account><Arn>{arn}</Arn>{close}");
        Reply::xml(200, &format!("{body}</GetCallerIdentityResponse>"))
    }

    fn name() -> EndpointName {
        EndpointName { profile: Some("prod".into()), ..EndpointName::default() }
    }

    #[test]
    fn the_caller_is_told_by_its_arn() {
        let who =
            |resource: &str| caller(&format!("arn:aws:iam::123456789012:{resource}").parse().unwrap(), "id".into());
        assert_eq!(who("user/eng/ann").user_name(), Some("ann"));
        assert!(matches!(who("assumed-role/Admin/ann"), Caller::AssumedRole { .. }));
        assert!(matches!(who("federated-user/ann"), Caller::Federated { .. }));
        assert_eq!(who("root"), Caller::Root);
    }

    #[tokio::test]
    async fn a_mirror_is_made_once_and_opened_offline() {
        let store = Arc::new(Kit::new().store);
        let server = Server::start(vec![identity("111122223333", "user/ann")]).await;
        let endpoint = endpoint_at(&server.url()).await;
        let account = Account::connect(store.clone(), endpoint, &name(), Mode::ReadWrite).await.unwrap();
        assert_eq!((account.info().id.as_str(), account.caller().user_name()), ("111122223333", Some("ann")));
        assert_eq!(account.mode(), Mode::ReadWrite);

        let url = server.stop().await;
        let offline = Account::connect(store.clone(), endpoint_at(&url).await, &name(), Mode::ReadWrite).await.unwrap();
        assert_eq!((offline.info().row, offline.mode()), (account.info().row, Mode::ReadOnly));
        let other = EndpointName::default();
        let unknown = Account::connect(store, endpoint_at(&url).await, &other, Mode::ReadOnly).await;
        assert!(matches!(unknown, Err(Error::Remote(_))), "nothing was ever read of it");
    }

    #[tokio::test]
    async fn a_local_account_is_never_overwritten_by_a_mirror() {
        let kit = Kit::new();
        let server = Server::start(vec![identity(kit.account.id.as_str(), "root")]).await;
        let endpoint = endpoint_at(&server.url()).await;
        let refused = Account::connect(Arc::new(kit.store), endpoint, &name(), Mode::ReadWrite).await;
        assert!(matches!(refused, Err(Error::NotAMirror(_))), "{refused:?}");
    }
}
