//! What the command line, the environment and the shared AWS files say about where to send calls and as whom.
//!
//! The order of precedence is that of the AWS SDKs and Tools Reference Guide, "Service-specific endpoints" and "Shared
//! config and credentials files".

use std::fmt;
use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use aws_credential_types::Credentials;
use aws_runtime::env_config::EnvConfigValue;
use aws_runtime::env_config::file::EnvConfigFiles;
use aws_runtime::env_config::section::EnvConfigSections;
use aws_types::os_shim_internal::{Env, Fs};
use reqwest::Url;
use secrecy::{ExposeSecret, SecretString};

use super::SettingsError;
use super::partition;
use crate::api::Service;

/// Where to send calls, and as whom. All of it is optional: the environment and the shared files fill in.
#[derive(Clone, Default)]
pub struct Settings {
    /// The profile by name. A profile named here goes before credentials in the environment.
    pub profile: Option<String>,
    /// The endpoint for IAM and STS alike.
    pub endpoint_url: Option<String>,
    /// The region: it decides partition and STS endpoint.
    pub region: Option<String>,
    /// Bounds on time, size and patience.
    pub limits: Limits,
    pub(super) keys: Option<Credentials>,
    pub(super) sources: Sources,
}

/// Without the URL, in which somebody may have put a password, and without the files.
impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings").field("profile", &self.profile).field("region", &self.region).finish_non_exhaustive()
    }
}

impl Settings {
    /// The endpoint at that URL.
    pub fn at(endpoint_url: &str) -> Self {
        Self { endpoint_url: Some(endpoint_url.to_owned()), ..Self::default() }
    }

    /// Signs with these keys, whatever the environment and the files say.
    #[must_use]
    pub fn with_keys(
        mut self,
        access_key_id: &str,
        secret: &SecretString,
        session_token: Option<&SecretString>,
    ) -> Self {
        let token = session_token.map(|t| t.expose_secret().to_owned());
        self.keys = Some(Credentials::new(access_key_id, secret.expose_secret(), token, None, "given"));
        self
    }
}

/// Where settings come from beside the command line: the process and its home, but for tests.
#[derive(Clone, Default)]
pub(super) struct Sources {
    pub(super) env: Env,
    pub(super) fs: Fs,
    pub(super) files: EnvConfigFiles,
}

/// Bounds that no call goes beyond.
#[derive(Clone, Debug)]
pub struct Limits {
    /// To make a connection.
    pub connect_timeout: Duration,
    /// For one attempt as a whole, answer included.
    pub attempt_timeout: Duration,
    /// Of an answer, unpacked. A page of a thousand roles with full policies is about 40 MB.
    pub answer_bytes_max: usize,
    /// Attempts of one call.
    pub attempts_max: usize,
    /// Before the second attempt; it doubles from there.
    pub wait_min: Duration,
    /// Between two attempts.
    pub wait_max: Duration,
    /// Calls under way at once.
    pub concurrency_max: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(5),
            attempt_timeout: Duration::from_mins(1),
            answer_bytes_max: 128 << 20,
            attempts_max: 6,
            wait_min: Duration::from_millis(200),
            wait_max: Duration::from_secs(20),
            concurrency_max: 8,
        }
    }
}

/// Where a service answers.
#[derive(Clone, Debug)]
pub(super) struct Target {
    pub(super) url: Url,
    pub(super) signing_region: String,
}

/// Settings with every source read.
#[derive(Clone)]
pub(super) struct Resolved {
    pub(super) settings: Settings,
    pub(super) sections: EnvConfigSections,
    pub(super) region: Option<String>,
    pub(super) iam: Target,
    pub(super) sts: Target,
    pub(super) ca_bundle: Option<PathBuf>,
}

/// Without the sections of the files: keys stand there.
impl fmt::Debug for Resolved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { settings, iam, sts, .. } = self;
        f.debug_struct("Resolved")
            .field("settings", settings)
            .field("iam", iam)
            .field("sts", sts)
            .finish_non_exhaustive()
    }
}

impl Resolved {
    /// The profile in use, whoever named it.
    pub(super) fn profile(&self) -> &str {
        self.sections.selected_profile()
    }

    pub(super) fn target(&self, service: Service) -> &Target {
        match service {
            Service::Iam => &self.iam,
            Service::Sts => &self.sts,
        }
    }
}

/// Reads the environment and the shared files.
pub(super) async fn resolve(settings: Settings) -> Result<Resolved, SettingsError> {
    let sections = load(&settings).await?;
    let value = |env: &str, key: &str| {
        let value = settings.sources.env.get(env).ok().or_else(|| sections.get(key).map(str::to_owned));
        value.filter(|text| !text.is_empty())
    };
    let region =
        settings.region.clone().or_else(|| value("AWS_REGION", "")).or_else(|| value("AWS_DEFAULT_REGION", "region"));
    if let Some(region) = region.as_ref().filter(|r| !r.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')) {
        return Err(SettingsError::Region { region: region.clone() });
    }
    let ignore = value("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "ignore_configured_endpoint_urls");
    let configured = !ignore.is_some_and(|text| text.eq_ignore_ascii_case("true"));
    let target = |service: Service| {
        let given = settings.endpoint_url.clone().or_else(|| configured_url(&settings, &sections, service, configured));
        let url = parse_url(&given.unwrap_or_else(|| partition::endpoint_url(service, region.as_deref())))?;
        Ok(Target { url, signing_region: partition::signing_region(service, region.as_deref()).to_owned() })
    };
    let (iam, sts) = (target(Service::Iam)?, target(Service::Sts)?);
    let ca_bundle = value("AWS_CA_BUNDLE", "ca_bundle").map(PathBuf::from);
    Ok(Resolved { settings, sections, region, iam, sts, ca_bundle })
}

/// The shared files with the profile selected: the one named on the command line, or in AWS_PROFILE, or `default`.
async fn load(settings: &Settings) -> Result<EnvConfigSections, SettingsError> {
    let Sources { env, fs, files } = &settings.sources;
    let chosen = settings.profile.clone().or_else(|| env.get("AWS_PROFILE").ok().filter(|name| !name.is_empty()));
    let selected = chosen.clone().unwrap_or_else(|| "default".into());
    let sections = aws_config::profile::load(fs, env, files, Some(selected.into())).await;
    let sections = sections.map_err(|error| SettingsError::Files { reason: super::chain(&error) })?;
    match chosen {
        Some(name) if sections.get_profile(&name).is_none() && settings.keys.is_none() => {
            let mut known: Vec<String> = sections.profiles().map(str::to_owned).collect();
            known.sort();
            Err(SettingsError::UnknownProfile { name, known })
        }
        _ => Ok(sections),
    }
}

/// The endpoint that environment or profile name for a service, unless they also say to ignore such.
fn configured_url(
    settings: &Settings,
    sections: &EnvConfigSections,
    service: Service,
    configured: bool,
) -> Option<String> {
    let value = EnvConfigValue::new().env("AWS_ENDPOINT_URL").profile("endpoint_url").service_id(service.as_str());
    let (url, _) = value.load(&settings.sources.env, Some(sections)).filter(|_| configured)?;
    Some(url.into_owned()).filter(|url| !url.is_empty())
}

/// An endpoint's URL: https, or http to this machine, and nothing in it but host, port and path.
fn parse_url(text: &str) -> Result<Url, SettingsError> {
    let bad = |reason| SettingsError::Url { url: crate::text::visible(text).into_owned(), reason };
    let url = Url::parse(text).map_err(|_| bad("it has no scheme, or no host"))?;
    if !url.username().is_empty() || url.password().is_some() {
        // Not even in the message: what stands before the @ is likely a secret.
        return Err(SettingsError::Url {
            url: url.host_str().unwrap_or_default().to_owned(),
            reason: "it names a user",
        });
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(bad("it has a query or a fragment"));
    }
    match url.scheme() {
        "https" if url.host().is_some() => Ok(url),
        "http" if is_loopback(&url) => Ok(url),
        "http" => Err(SettingsError::PlainHttp { url: text.to_owned() }),
        _ => Err(bad("only https and http will do")),
    }
}

/// Whether the URL's host is this machine: 127.0.0.0/8, ::1 or localhost.
pub(super) fn is_loopback(url: &Url) -> bool {
    host_address(url).map_or_else(|| url.host_str() == Some("localhost"), |address| address.is_loopback())
}

/// The host as an address, if it is one.
pub(super) fn host_address(url: &Url) -> Option<IpAddr> {
    url.host_str()?.trim_matches(['[', ']']).parse().ok()
}

#[cfg(test)]
mod tests {
    use aws_types::os_shim_internal::{Env, Fs};

    use super::{Resolved, Settings, SettingsError, Sources, parse_url, resolve};

    const CONFIG: &str = "[default]\nregion = eu-west-1\n\
        [profile prod]\nregion = us-gov-west-1\nca_bundle = /etc/prod.pem\n\
        [profile local]\nendpoint_url = http://127.0.0.1:4566/\nservices = here\n\
        [services here]\niam =\n  endpoint_url = http://localhost:5000/\n";

    fn read(profile: Option<&str>, env: &[(&str, &str)]) -> Result<Resolved, SettingsError> {
        let mut vars = vec![("HOME", "/home/ann")];
        vars.extend(env);
        let (env, fs) = (Env::from_slice(&vars), Fs::from_slice(&[("/home/ann/.aws/config", CONFIG)]));
        let sources = Sources { env, fs, ..Sources::default() };
        let settings = Settings { profile: profile.map(str::to_owned), sources, ..Settings::default() };
        tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(resolve(settings))
    }

    fn urls(profile: Option<&str>, env: &[(&str, &str)]) -> (String, String) {
        let resolved = read(profile, env).unwrap();
        (resolved.iam.url.to_string(), resolved.sts.url.to_string())
    }

    #[test]
    fn the_region_decides_the_endpoints() {
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(urls(None, &[]), pair("https://iam.amazonaws.com/", "https://sts.eu-west-1.amazonaws.com/"));
        let gov = pair("https://iam.us-gov.amazonaws.com/", "https://sts.us-gov-west-1.amazonaws.com/");
        assert_eq!(urls(Some("prod"), &[]), gov);
        assert_eq!(urls(None, &[("AWS_PROFILE", "prod")]), gov);
        let china = pair("https://iam.cn-north-1.amazonaws.com.cn/", "https://sts.cn-north-1.amazonaws.com.cn/");
        assert_eq!(urls(Some("prod"), &[("AWS_REGION", "cn-north-1")]), china);
    }

    #[test]
    fn a_region_cannot_lead_elsewhere() {
        assert!(matches!(read(None, &[("AWS_REGION", "evil.example/")]), Err(SettingsError::Region { .. })));
    }

    #[test]
    fn endpoint_urls_follow_the_guides_order() {
        let (global, iam) =
            (("AWS_ENDPOINT_URL", "https://all.example/"), ("AWS_ENDPOINT_URL_IAM", "https://iam.example/"));
        assert_eq!(urls(Some("local"), &[]).0, "http://localhost:5000/", "the services section is more particular");
        assert_eq!(urls(Some("local"), &[]).1, "http://127.0.0.1:4566/");
        assert_eq!(urls(Some("local"), &[global]).0, "https://all.example/", "the environment goes first");
        assert_eq!(urls(Some("local"), &[global, iam]).0, "https://iam.example/");
        assert_eq!(urls(Some("local"), &[global, iam]).1, "https://all.example/");
        let ignore = ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true");
        assert_eq!(urls(Some("local"), &[global, ignore]).0, "https://iam.amazonaws.com/");
    }

    #[test]
    fn an_unknown_profile_names_those_that_are_known() {
        let error = read(Some("prdo"), &[]).unwrap_err();
        let known = ["default", "local", "prod"].map(str::to_owned).to_vec();
        assert_eq!(error, SettingsError::UnknownProfile { name: "prdo".into(), known });
    }

    #[test]
    fn the_certificate_bundle_comes_from_environment_or_profile() {
        let bundle = |env: &[_]| read(Some("prod"), env).unwrap().ca_bundle.unwrap();
        assert_eq!(bundle(&[]).to_str(), Some("/etc/prod.pem"));
        assert_eq!(bundle(&[("AWS_CA_BUNDLE", "/tmp/mine.pem")]).to_str(), Some("/tmp/mine.pem"));
    }

    #[test]
    fn plain_http_stays_on_this_machine() {
        for good in
            ["http://127.0.0.1:5000", "http://127.9.9.9/", "http://[::1]:80", "http://localhost:1", "https://a.b"]
        {
            assert!(parse_url(good).is_ok(), "{good}");
        }
        for bad in ["http://10.0.0.1/", "http://iam.example/", "http://localhost.example/", "http://127.0.0.1.example/"]
        {
            assert!(matches!(parse_url(bad), Err(SettingsError::PlainHttp { .. })), "{bad}");
        }
        for bad in ["iam.example", "ftp://iam.example/", "https://a.b/?x=1", "https://a.b/#x", ""] {
            assert!(matches!(parse_url(bad), Err(SettingsError::Url { .. })), "{bad}");
        }
        let error = parse_url("https://ann:hunter2@iam.example/").unwrap_err();
        assert!(!error.to_string().contains("hunter2"), "{error}");
    }
}
