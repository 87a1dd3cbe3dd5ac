//! Verifying Signature Version 4: what a request claims, and whether the secret bears it out.
//!
//! Follows the AWS documentation "Signature Version 4 signing process", header form only. Everything here is pure: the
//! caller brings the request, the secret and the time. Messages are those that AWS sends.

mod claim;
mod key;
mod scope;
mod signature;
#[cfg(test)]
mod tests;

pub(super) use claim::Claim;
pub(super) use key::SecretKey;

const ALGORITHM: &str = "AWS4-HMAC-SHA256";
const TERMINATOR: &str = "aws4_request";
const MISMATCH: &str = "The request signature we calculated does not match the signature you provided. Check your AWS \
                        Secret Access Key and signing method. Consult the service documentation for details.";

/// What of a request is signed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Request<'a> {
    pub method: &'a str,
    pub path: &'a str,
    pub query: &'a str,
    /// Names in lower case, in the order received.
    pub headers: &'a [(String, String)],
    pub body: &'a [u8],
}

impl Request<'_> {
    /// The only value of a header. `None` without one; more than one is refused by [`Claim::read`].
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }
}
