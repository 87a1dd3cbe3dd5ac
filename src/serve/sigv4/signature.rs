//! The signature itself: the canonical form of a request, and what the secret makes of it.

use hmac::{Hmac, Mac};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use super::{ALGORITHM, Claim, MISMATCH, Request, SecretKey, TERMINATOR};
use crate::iam::Error;

const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

impl Claim {
    /// Whether the secret bears the signature out. Takes the same time whether it does or not.
    ///
    /// # Errors
    /// `SignatureDoesNotMatch`.
    pub(in crate::serve) fn verify(&self, request: &Request<'_>, secret: &SecretKey) -> Result<(), Error> {
        if bool::from(self.signature(request, secret).as_bytes().ct_eq(self.signature.as_bytes())) {
            return Ok(());
        }
        Err(Error::signature_does_not_match(MISMATCH))
    }

    /// The signature that the secret gives the request, in hex.
    pub(super) fn signature(&self, request: &Request<'_>, secret: &SecretKey) -> String {
        let scope = format!("{}/{}/{}/{TERMINATOR}", self.date, self.region, self.service);
        let canonical = canonical_request(request, &self.signed_headers);
        let to_sign = format!("{ALGORITHM}\n{}\n{scope}\n{}", self.stamp, hex(&Sha256::digest(canonical)));
        hex(&hmac(&secret.signing(&scope), to_sign.as_bytes()))
    }
}

/// The canonical form of a request over the headers that were signed.
fn canonical_request(request: &Request<'_>, signed: &[String]) -> String {
    let headers: Vec<String> = signed.iter().map(|name| format!("{name}:{}\n", values(request, name))).collect();
    format!(
        "{}\n{}\n{}\n{}\n{}\n{}",
        request.method,
        request.path.split('/').map(encode).collect::<Vec<_>>().join("/"),
        canonical_query(request.query),
        headers.concat(),
        signed.join(";"),
        hex(&Sha256::digest(request.body))
    )
}

fn canonical_query(query: &str) -> String {
    let coded = |text: &str| encode(&percent_decode_str(text).decode_utf8_lossy());
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    let mut pairs: Vec<(String, String)> = pairs.map(|(key, value)| (coded(key), coded(value))).collect();
    pairs.sort();
    pairs.into_iter().map(|(key, value)| format!("{key}={value}")).collect::<Vec<_>>().join("&")
}

fn encode(text: &str) -> String {
    utf8_percent_encode(text, UNRESERVED).to_string()
}

/// The values of a header, joined, white space folded.
fn values(request: &Request<'_>, name: &str) -> String {
    let values = request.headers.iter().filter(|(n, _)| n == name);
    let folded = values.map(|(_, v)| v.split_ascii_whitespace().collect::<Vec<_>>().join(" "));
    folded.collect::<Vec<_>>().join(",")
}

pub(super) fn hmac(key: &[u8], data: &[u8]) -> Zeroizing<Vec<u8>> {
    // HMAC takes keys of every length, so this cannot fail.
    let mac = Hmac::<Sha256>::new_from_slice(key).map(|mac| mac.chain_update(data).finalize().into_bytes().to_vec());
    mac.unwrap_or_default().into()
}

fn hex(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect()
}
