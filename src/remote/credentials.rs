//! Credentials: found once, held, and renewed before they run out.
//!
//! The sources and their order are those of the AWS SDKs and Tools Reference Guide, "Standardized credential providers",
//! but that a profile named on the command line goes before keys in the environment, as with the aws command line.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use aws_config::ecs::EcsCredentialsProvider;
use aws_config::environment::EnvironmentVariableCredentialsProvider;
use aws_config::imds::credentials::ImdsCredentialsProvider;
use aws_config::meta::credentials::CredentialsProviderChain;
use aws_config::profile::ProfileFileCredentialsProvider;
use aws_config::provider_config::ProviderConfig;
use aws_config::web_identity_token::WebIdentityTokenCredentialsProvider;
use aws_credential_types::Credentials;
use aws_credential_types::provider::error::CredentialsError as ProviderError;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use aws_types::region::Region;
use reqwest::Client;
use tokio::sync::Mutex;

use super::CredentialsError;
use super::connector::Connector;
use super::profile::{self, MfaRole, MfaSource};
use super::settings::Resolved;
use crate::world::World;

/// Credentials are renewed when they have less than this left.
const RENEW_BEFORE: Duration = Duration::from_mins(5);
/// For all sources together: a credential process may have to ask somebody.
const LOAD_TIMEOUT: Duration = Duration::from_mins(2);
/// Off EC2 nobody answers for instance metadata: one try is enough.
const METADATA_ATTEMPTS: u32 = 1;

/// Where credentials come from, and those held now.
#[derive(Debug)]
pub(super) struct Wallet {
    world: Arc<dyn World>,
    source: Source,
    held: Mutex<Option<Credentials>>,
}

#[derive(Debug)]
enum Source {
    /// Found without help, by the resolved settings.
    Found(SharedCredentialsProvider, Box<Resolved>),
    /// A role that takes a code, and the wallet of who assumes it.
    Mfa(Box<MfaRole>, Box<Wallet>),
}

impl Wallet {
    /// The wallet that the settings call for.
    pub(super) fn open(resolved: &Resolved, client: &Client, world: &Arc<dyn World>) -> Result<Self, CredentialsError> {
        if let Some(keys) = &resolved.settings.keys {
            return Ok(Self::found(SharedCredentialsProvider::new(keys.clone()), resolved, world));
        }
        let config = provider_config(resolved, client);
        if !environment_goes_first(resolved)
            && let Some(role) = profile::mfa_role(&resolved.sections)?
        {
            let provider = match &role.source {
                MfaSource::Keys(keys) => SharedCredentialsProvider::new(keys.clone()),
                MfaSource::Profile(name) => SharedCredentialsProvider::new(from_profile(resolved, name, &config)),
            };
            let base = Box::new(Self::found(provider, resolved, world));
            return Ok(Self::of(Source::Mfa(Box::new(role), base), world));
        }
        Ok(Self::found(SharedCredentialsProvider::new(chain(resolved, &config)), resolved, world))
    }

    fn found(provider: SharedCredentialsProvider, resolved: &Resolved, world: &Arc<dyn World>) -> Self {
        Self::of(Source::Found(provider, Box::new(resolved.clone())), world)
    }

    fn of(source: Source, world: &Arc<dyn World>) -> Self {
        Self { world: world.clone(), source, held: Mutex::new(None) }
    }

    /// Credentials that hold for some time yet. Callers side by side wait for one look-up.
    pub(super) async fn credentials(&self) -> Result<Credentials, CredentialsError> {
        let mut held = self.held.lock().await;
        if let Some(credentials) = held.as_ref().filter(|c| self.lasts(c, RENEW_BEFORE)) {
            return Ok(credentials.clone());
        }
        match self.load().await {
            Ok(credentials) => Ok(held.insert(credentials).clone()),
            // What is held may be good for a few minutes more.
            Err(error) => held.clone().filter(|c| self.lasts(c, Duration::ZERO)).ok_or(error),
        }
    }

    fn lasts(&self, credentials: &Credentials, time: Duration) -> bool {
        credentials.expiry().is_none_or(|expiry| expiry > SystemTime::from(self.world.now()) + time)
    }

    async fn load(&self) -> Result<Credentials, CredentialsError> {
        match &self.source {
            Source::Found(provider, resolved) => {
                let loaded = tokio::time::timeout(LOAD_TIMEOUT, provider.provide_credentials()).await;
                let timed_out = |_| ProviderError::provider_timed_out(LOAD_TIMEOUT);
                loaded.map_err(timed_out).flatten().map_err(|error| explain(&error, resolved))
            }
            Source::Mfa(role, _) => {
                let (profile, serial) = (role.profile.clone(), role.serial.clone());
                Err(CredentialsError::MfaRequired { profile, serial })
            }
        }
    }

    /// The role that takes a code, and the wallet of who assumes it.
    pub(super) fn mfa(&self) -> Option<(&MfaRole, &Wallet)> {
        match &self.source {
            Source::Mfa(role, base) => Some((role, base)),
            Source::Found(..) => None,
        }
    }

    /// Holds credentials that came another way.
    pub(super) async fn hold(&self, credentials: Credentials) {
        *self.held.lock().await = Some(credentials);
    }

    /// Lets go of credentials that the endpoint took no more, unless newer ones are held.
    pub(super) async fn discard(&self, used: &Credentials) {
        let mut held = self.held.lock().await;
        held.take_if(|c| c.access_key_id() == used.access_key_id());
    }
}

/// Keys in the environment count only where no profile was named on the command line.
fn environment_goes_first(resolved: &Resolved) -> bool {
    resolved.settings.profile.is_none() && resolved.settings.sources.env.get("AWS_ACCESS_KEY_ID").is_ok()
}

fn provider_config(resolved: &Resolved, client: &Client) -> ProviderConfig {
    let region = resolved.region.clone().unwrap_or_else(|| resolved.sts.signing_region.clone());
    ProviderConfig::without_region()
        .with_region(Some(Region::new(region)))
        .with_http_client(Connector::new(client.clone()))
}

fn from_profile(resolved: &Resolved, name: &str, config: &ProviderConfig) -> ProfileFileCredentialsProvider {
    ProfileFileCredentialsProvider::builder()
        .configure(config)
        .profile_files(resolved.settings.sources.files.clone())
        .profile_name(name)
        .build()
}

fn chain(resolved: &Resolved, config: &ProviderConfig) -> CredentialsProviderChain {
    let profile = from_profile(resolved, resolved.profile(), config);
    let metadata = aws_config::imds::Client::builder().configure(config).max_attempts(METADATA_ATTEMPTS).build();
    let chain = match resolved.settings.profile {
        Some(_) => CredentialsProviderChain::first_try("Profile", profile),
        None => CredentialsProviderChain::first_try("Environment", EnvironmentVariableCredentialsProvider::new())
            .or_else("Profile", profile)
            .or_else("WebIdentityToken", WebIdentityTokenCredentialsProvider::builder().configure(config).build()),
    };
    chain.or_else("EcsContainer", EcsCredentialsProvider::builder().configure(config).build()).or_else(
        "Ec2InstanceMetadata",
        ImdsCredentialsProvider::builder().configure(config).imds_client(metadata).build(),
    )
}

/// The source's error in plain words. Sources put no secrets into errors; hostile characters they may.
fn explain(error: &ProviderError, resolved: &Resolved) -> CredentialsError {
    let profile = || resolved.profile().to_owned();
    let text = super::chain(error);
    let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
    match error {
        ProviderError::CredentialsNotLoaded(_) => CredentialsError::None { profile: resolved.settings.profile.clone() },
        _ if says(&["credentials-login"]) => CredentialsError::LoginSession { profile: profile() },
        _ => match profile::sso(&resolved.sections) {
            Some(sso) if says(&["SSO token", "sso/cache", "UnauthorizedException", "Session token not found"]) => {
                CredentialsError::SsoExpired { profile: sso.to_owned() }
            }
            _ => CredentialsError::Failed { reason: text },
        },
    }
}
