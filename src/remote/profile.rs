//! What a profile rests on: the profiles it goes back to, single sign-on, a device that shows codes.

use aws_credential_types::Credentials;
use aws_runtime::env_config::section::{EnvConfigSections, Profile};

use super::CredentialsError;

/// The selected profile and those it goes back to by `source_profile`, in order, each once.
pub(super) fn lineage(sections: &EnvConfigSections) -> Vec<&Profile> {
    let mut found: Vec<&Profile> = Vec::new();
    let mut next = Some(sections.selected_profile());
    while let Some(profile) = next.and_then(|name| sections.get_profile(name)) {
        if found.iter().any(|p| p.name() == profile.name()) {
            break;
        }
        found.push(profile);
        next = profile.get("source_profile").filter(|_| profile.get("role_arn").is_some());
    }
    found
}

/// The profile of the lineage that signs in by single sign-on.
pub(super) fn sso(sections: &EnvConfigSections) -> Option<&str> {
    let signs_in = |p: &&Profile| p.get("sso_session").is_some() || p.get("sso_start_url").is_some();
    lineage(sections).into_iter().find(signs_in).map(Profile::name)
}

/// A role that the selected profile assumes with a code from an MFA device, and who assumes it.
#[derive(Clone, Debug)]
pub(super) struct MfaRole {
    pub(super) profile: String,
    pub(super) serial: String,
    pub(super) role_arn: String,
    pub(super) session_name: String,
    pub(super) external_id: Option<String>,
    pub(super) duration_seconds: Option<i64>,
    pub(super) source: MfaSource,
}

/// Who assumes the role.
#[derive(Clone, Debug)]
pub(super) enum MfaSource {
    /// A user whose keys are in the files.
    Keys(Credentials),
    /// Whoever another profile makes.
    Profile(String),
}

/// The role with a device that the selected profile asks for, if it does.
///
/// # Errors
/// When a profile further back asks for a code too: it would take two.
pub(super) fn mfa_role(sections: &EnvConfigSections) -> Result<Option<MfaRole>, CredentialsError> {
    let line = lineage(sections);
    let asks = |p: &Profile| p.get("mfa_serial").is_some() && p.get("role_arn").is_some();
    let (Some(first), rest) = (line.first(), line.get(1..).unwrap_or_default()) else { return Ok(None) };
    if let Some(other) = rest.iter().find(|p| asks(p)) {
        let reason = format!("profile `{}` goes back to `{}`, which asks for an MFA code", first.name(), other.name());
        return Err(CredentialsError::Failed { reason });
    }
    let (Some(serial), Some(role_arn)) = (first.get("mfa_serial"), first.get("role_arn")) else { return Ok(None) };
    let Some(source) = first.get("source_profile") else { return Ok(None) };
    let text = |key| first.get(key).map(str::to_owned);
    let keys = sections.get_profile(source).and_then(keys);
    Ok(Some(MfaRole {
        profile: first.name().to_owned(),
        serial: serial.to_owned(),
        role_arn: role_arn.to_owned(),
        session_name: text("role_session_name").unwrap_or_else(|| "tiam".into()),
        external_id: text("external_id"),
        duration_seconds: first.get("duration_seconds").and_then(|seconds| seconds.parse().ok()),
        source: keys.map_or_else(|| MfaSource::Profile(source.to_owned()), MfaSource::Keys),
    }))
}

fn keys(profile: &Profile) -> Option<Credentials> {
    let token = profile.get("aws_session_token").map(str::to_owned);
    let (id, secret) = (profile.get("aws_access_key_id")?, profile.get("aws_secret_access_key")?);
    Some(Credentials::new(id, secret, token, None, "profile"))
}
