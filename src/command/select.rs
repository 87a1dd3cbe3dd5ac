//! From the account options to an open account.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use tokio_util::sync::CancellationToken;

use crate::account::{self, Account, Mode};
use crate::api::cli::Status;
use crate::iam::{AccountId, Partition};
use crate::remote::{self, Endpoint, Settings};
use crate::store::{self, EndpointName, Store};
use crate::world::World;

use super::args::Select;
use super::{places, terminal};

/// The account of a new store for which no id was given: the one of AWS's own examples.
const EXAMPLE_ID: &str = "123456789012";
/// How long a mirror that was read is not read again for a question.
const FRESH: SignedDuration = SignedDuration::from_mins(5);

/// Why no account could be opened.
#[derive(Debug, thiserror::Error)]
pub(super) enum SelectError {
    /// The platform says nothing of where files go.
    #[error("there is no home folder to keep a store in")]
    NoHome,
    /// The store holds several, and none was named.
    #[error("the store holds the accounts {}", .0.join(", "))]
    Several(Vec<String>),
    /// The store has no account of that alias.
    #[error("the store has no account `{name}`")]
    Unknown {
        /// What was asked for.
        name: String,
        /// What there is.
        known: Vec<String>,
    },
    /// A mirror, where only a local account will do.
    #[error("account {0} is a mirror; only a local account can be served")]
    NotLocal(AccountId),
    /// The store cannot be opened.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// The endpoint's settings cannot be used.
    #[error(transparent)]
    Remote(#[from] remote::Error),
    /// The endpoint's account cannot be opened.
    #[error(transparent)]
    Account(#[from] account::Error),
}

impl SelectError {
    pub(super) fn status(&self) -> Status {
        match self {
            Self::Several(_) | Self::Unknown { .. } | Self::NotLocal(_) => Status::Usage,
            Self::NoHome => Status::Configuration,
            Self::Remote(_) | Self::Account(account::Error::Remote(remote::Error::Credentials(_))) => {
                Status::Configuration
            }
            Self::Store(_) | Self::Account(_) => Status::Other,
        }
    }

    pub(super) fn remedy(&self) -> Option<String> {
        match self {
            Self::NoHome => Some("Say where with --store FILE.".into()),
            Self::Several(_) => Some("Name one with --account.".into()),
            Self::Unknown { known, .. } if known.is_empty() => {
                Some("The store is empty: give an id of twelve digits to make an account.".into())
            }
            Self::Unknown { known, .. } => {
                Some(format!("It has {}; an id of twelve digits would make a new account.", known.join(", ")))
            }
            Self::Remote(error) => error.remedy(),
            Self::Account(error) => error.remedy(),
            Self::Store(error) => error.remedy().map(str::to_owned),
            Self::NotLocal(_) => None,
        }
    }
}

/// Opens the account that the options name. A store that is not there is made, with an empty account. A mirror is opened
/// on its endpoint, or read-only on what is known of it while that is out of reach.
pub(super) async fn open(select: &Select, world: Arc<dyn World>) -> Result<Account, SelectError> {
    let mode = if select.read_only { Mode::ReadOnly } else { Mode::ReadWrite };
    if select.demo {
        let (store, account) = Store::demo(world)?;
        return Ok(Account::local(Arc::new(store), account, mode));
    }
    let store = Arc::new(open_store(select, Arc::clone(&world))?);
    if let Some(name) = endpoint(select) {
        return connect(store, name, mode, world).await;
    }
    let account = find(&store, select.account.as_deref())?;
    match account.mirror.clone() {
        Some(mirror) => connect(store, mirror.endpoint, mode, world).await,
        None => Ok(Account::local(store, account, mode)),
    }
}

/// Opens the account that the options name, for a subcommand that asks and changes nothing.
pub(super) fn open_to_read(select: &Select) -> Result<Account, super::Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(open_fresh(select))
}

/// The same within a runtime. A mirror is read first if it is not fresh; where that fails, what is known of it is asked, and
/// said to be old. One of which nothing is known answers nothing: it would seem to be an empty account.
pub(super) async fn open_fresh(select: &Select) -> Result<Account, super::Failure> {
    let account = open(select, Arc::new(crate::world::Real)).await?;
    let Some(mirror) = account.info().mirror else { return Ok(account) };
    let is_fresh = |read: Timestamp| account.store().now().duration_since(read) < FRESH;
    if mirror.refreshed.is_some_and(is_fresh) {
        return Ok(account);
    }
    match (account.refresh(&CancellationToken::new()).await, mirror.refreshed) {
        (Ok(_), _) => {}
        (Err(error), None) => return Err(error.into()),
        (Err(error), Some(read)) => {
            let sentence = format!("asked of what was read on {read}, for the endpoint cannot be read now: {error}");
            terminal::complain(&sentence, None);
        }
    }
    Ok(account)
}

/// Where the store would be made, if this is the first start and nothing else was asked for.
pub(super) fn first_start(select: &Select) -> Option<PathBuf> {
    let path = select.store.clone().or_else(places::store)?;
    let is_plain = !select.demo && select.account.is_none() && endpoint(select).is_none();
    (is_plain && !path.exists()).then_some(path)
}

/// The endpoint that the options name.
fn endpoint(select: &Select) -> Option<EndpointName> {
    let Select { profile, endpoint_url, region, .. } = select;
    let is_named = profile.is_some() || endpoint_url.is_some() || region.is_some();
    is_named.then(|| EndpointName { profile: profile.clone(), url: endpoint_url.clone(), region: region.clone() })
}

async fn connect(
    store: Arc<Store>,
    name: EndpointName,
    mode: Mode,
    world: Arc<dyn World>,
) -> Result<Account, SelectError> {
    let mut settings = Settings::default();
    (settings.profile, settings.endpoint_url, settings.region) =
        (name.profile.clone(), name.url.clone(), name.region.clone());
    let endpoint = Endpoint::open(settings, world).await?;
    Ok(Account::connect(store, endpoint, &name, mode).await?)
}

/// Opens a local account.
pub(super) fn open_local(select: &Select, world: Arc<dyn World>) -> Result<Account, SelectError> {
    let store = open_store(select, world)?;
    let account = find(&store, select.account.as_deref())?;
    match account.mirror {
        Some(_) => Err(SelectError::NotLocal(account.id)),
        None => Ok(Account::local(Arc::new(store), account, Mode::ReadWrite)),
    }
}

pub(super) fn open_store(select: &Select, world: Arc<dyn World>) -> Result<Store, SelectError> {
    let path = select.store.clone().or_else(places::store).ok_or(SelectError::NoHome)?;
    Ok(Store::open(&path, world)?)
}

fn find(store: &Store, name: Option<&str>) -> Result<store::Account, SelectError> {
    let make = |id: &AccountId| Ok(store.ensure_account(id, Partition::Aws)?);
    let Some(name) = name else {
        let mut all = store.accounts()?;
        return match all.len() {
            // The example id has twelve digits.
            0 => EXAMPLE_ID.parse().map_or(Err(SelectError::NoHome), |id| make(&id)),
            1 => Ok(all.swap_remove(0)),
            _ => Err(SelectError::Several(all.iter().map(label).collect())),
        };
    };
    match (store.account(name)?, name.parse()) {
        (Some(account), _) => Ok(account),
        (None, Ok(id)) => make(&id),
        (None, Err(_)) => {
            Err(SelectError::Unknown { name: name.to_owned(), known: store.accounts()?.iter().map(label).collect() })
        }
    }
}

/// An account by id, and by alias where it has one.
fn label(account: &store::Account) -> String {
    match &account.alias {
        Some(alias) => format!("{} ({alias})", account.id),
        None => account.id.to_string(),
    }
}
