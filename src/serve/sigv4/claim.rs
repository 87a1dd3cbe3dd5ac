//! What the `Authorization` header of a request claims, and whether everything that matters is covered by it.

use super::{ALGORITHM, MISMATCH, Request, TERMINATOR};
use crate::iam::Error;
use crate::text::visible;

/// What the `Authorization` header claims.
#[derive(Debug)]
pub(in crate::serve) struct Claim {
    pub(in crate::serve) access_key_id: String,
    pub(super) date: String,
    pub(in crate::serve) region: String,
    pub(super) service: String,
    pub(super) signed_headers: Vec<String>,
    pub(super) signature: String,
    /// `20260102T030405Z`.
    pub(super) stamp: String,
}

/// Headers that decide about a request: one of each, or none.
const SINGLE: [&str; 6] =
    ["authorization", "host", "x-amz-date", "date", "x-amz-security-token", "x-amz-content-sha256"];

/// The parameters of the header.
const PARAMETERS: [&str; 3] = ["Credential", "Signature", "SignedHeaders"];

pub(super) fn incomplete(message: impl Into<String>) -> Error {
    Error::incomplete_signature(message)
}

impl Claim {
    /// Reads the claim.
    ///
    /// # Errors
    /// `MissingAuthenticationToken` for a request without a signature, `IncompleteSignature` for one that is not whole or
    /// not in header form; `SignatureDoesNotMatch` or `AccessDenied` for one that leaves out what it must cover.
    pub(in crate::serve) fn read(request: &Request<'_>) -> Result<Self, Error> {
        for name in SINGLE {
            if request.headers.iter().filter(|(n, _)| n == name).count() > 1 {
                return Err(incomplete(format!("Header '{name}' must occur once.")));
            }
        }
        let Some(header) = request.header("authorization") else {
            return Err(Error::missing_authentication_token("Request is missing Authentication Token"));
        };
        let parameters = parameters(header)?;
        let stamp = request.header("x-amz-date").or_else(|| request.header("date"));
        let ([Some(credential), Some(signature), Some(signed)], Some(stamp)) = (parameters, stamp) else {
            return Err(lacking(parameters, stamp));
        };
        let scope: Vec<&str> = credential.split('/').collect();
        let [key, date, region, service, TERMINATOR] = scope.as_slice() else {
            return Err(incomplete(format!(
                "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '{}'",
                visible(credential)
            )));
        };
        let claim = Self {
            access_key_id: (*key).to_owned(),
            date: (*date).to_owned(),
            region: (*region).to_owned(),
            service: (*service).to_owned(),
            signed_headers: signed.split(';').map(str::to_ascii_lowercase).collect(),
            signature: signature.to_owned(),
            stamp: stamp.to_owned(),
        };
        claim.check_headers(request)?;
        Ok(claim)
    }

    /// The host and every `x-amz-` header must be signed; a payload must not be left out of the signature.
    fn check_headers(&self, request: &Request<'_>) -> Result<(), Error> {
        if !self.signed_headers.iter().any(|h| h == "host") {
            return Err(Error::signature_does_not_match(
                "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
            ));
        }
        let unsigned: Vec<_> = request
            .headers
            .iter()
            .map(|(name, _)| name.as_str())
            .filter(|name| name.starts_with("x-amz-") && !self.signed_headers.iter().any(|h| h == name))
            .collect();
        if !unsigned.is_empty() {
            return Err(Error::access_denied(format!(
                "There were headers present in the request which were not signed: {}",
                unsigned.join(", ")
            )));
        }
        if self.signed_headers.iter().any(|h| request.header(h).is_none()) {
            return Err(Error::signature_does_not_match(MISMATCH));
        }
        match request.header("x-amz-content-sha256") {
            Some(hash) if hash.len() != 64 => Err(Error::signature_does_not_match(MISMATCH)),
            _ => Ok(()),
        }
    }
}

/// The values of [`PARAMETERS`]; of several of one name the first.
fn parameters(header: &str) -> Result<[Option<&str>; 3], Error> {
    let Some(rest) = header.strip_prefix(ALGORITHM) else {
        let algorithm = header.split(' ').next().unwrap_or_default();
        return Err(incomplete(format!("Unsupported AWS 'algorithm': '{}'.", visible(algorithm))));
    };
    let mut found = [None; 3];
    for word in rest.split([',', ' ', '\t']).filter(|word| !word.is_empty()) {
        let Some((name, value)) = word.split_once('=') else {
            return Err(incomplete(format!(
                "'{}' not a valid key=value pair (missing equal-sign) in Authorization header: '{}'.",
                visible(word),
                visible(header)
            )));
        };
        let place = PARAMETERS.iter().position(|parameter| *parameter == name).and_then(|at| found.get_mut(at));
        if let Some(place) = place.filter(|_| !value.is_empty()) {
            place.get_or_insert(value);
        }
    }
    Ok(found)
}

/// Says everything that is not there.
fn lacking(found: [Option<&str>; 3], stamp: Option<&str>) -> Error {
    let absent = PARAMETERS.iter().zip(found).filter(|(_, value)| value.is_none());
    let mut lacks: Vec<_> =
        absent.map(|(name, _)| format!("Authorization header requires '{name}' parameter.")).collect();
    if stamp.is_none() {
        lacks.push("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.".into());
    }
    incomplete(lacks.join(" "))
}
