//! Verifying Signature Version 4: what a request claims, and whether the secret bears it out.
//!
//! Follows the AWS documentation "Signature Version 4 signing process", header form only. Everything here is pure: the
//! caller brings the request, the secret and the time. Messages are those that AWS sends.

use hmac::{Hmac, Mac};
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::iam::Error;

/// How far a request's clock may be from ours.
pub(super) const SKEW_MAX: SignedDuration = SignedDuration::from_mins(5);
const ALGORITHM: &str = "AWS4-HMAC-SHA256";
const TERMINATOR: &str = "aws4_request";
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');
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

/// What the `Authorization` header claims.
#[derive(Debug)]
pub(super) struct Claim {
    pub access_key_id: String,
    pub date: String,
    pub region: String,
    pub service: String,
    signed_headers: Vec<String>,
    signature: String,
    /// `20260102T030405Z`.
    stamp: String,
}

/// Headers that decide about a request: one of each, or none.
const SINGLE: [&str; 6] =
    ["authorization", "host", "x-amz-date", "date", "x-amz-security-token", "x-amz-content-sha256"];

fn incomplete(message: impl Into<String>) -> Error {
    Error::incomplete_signature(message)
}

impl Claim {
    /// Reads the claim.
    ///
    /// # Errors
    /// `MissingAuthenticationToken` for a request without a signature, `IncompleteSignature` for one that is not whole or
    /// not in header form.
    pub(super) fn read(request: &Request<'_>) -> Result<Self, Error> {
        for name in SINGLE {
            if request.headers.iter().filter(|(n, _)| n == name).count() > 1 {
                return Err(incomplete(format!("Header '{name}' must occur once.")));
            }
        }
        let Some(header) = request.header("authorization") else {
            return Err(Error::missing_authentication_token("Request is missing Authentication Token"));
        };
        let Some(rest) = header.strip_prefix(ALGORITHM) else {
            return Err(incomplete(format!("Unsupported AWS 'algorithm': '{}'.", word(header))));
        };
        let part = |name: &str| {
            let mut parts = rest.split([',', ' ']).map(str::trim);
            parts.find_map(|p| p.strip_prefix(name)?.strip_prefix('=')).filter(|v| !v.is_empty())
        };
        let stamp = request.header("x-amz-date").or_else(|| request.header("date"));
        let (Some(credential), Some(headers), Some(signature), Some(stamp)) =
            (part("Credential"), part("SignedHeaders"), part("Signature"), stamp)
        else {
            let lacks = [
                (part("Credential").is_none(), "Authorization header requires 'Credential' parameter."),
                (part("Signature").is_none(), "Authorization header requires 'Signature' parameter."),
                (part("SignedHeaders").is_none(), "Authorization header requires 'SignedHeaders' parameter."),
                (
                    stamp.is_none(),
                    "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.",
                ),
            ];
            let lacks: Vec<_> = lacks.into_iter().filter(|(is, _)| *is).map(|(_, text)| text).collect();
            return Err(incomplete(lacks.join(" ")));
        };
        let scope: Vec<&str> = credential.split('/').collect();
        let [key, date, region, service, TERMINATOR] = scope.as_slice() else {
            return Err(incomplete(format!(
                "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '{}'",
                crate::text::visible(credential)
            )));
        };
        let claim = Self {
            access_key_id: (*key).to_owned(),
            date: (*date).to_owned(),
            region: (*region).to_owned(),
            service: (*service).to_owned(),
            signed_headers: headers.split(';').map(str::to_ascii_lowercase).collect(),
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

    /// Whether the claim is about this service, today.
    ///
    /// # Errors
    /// `SignatureDoesNotMatch`, saying what is off.
    pub(super) fn check_scope(&self, service: &str, now: Timestamp) -> Result<(), Error> {
        if self.service != service {
            return Err(Error::signature_does_not_match(format!(
                "Credential should be scoped to correct service: '{service}'. "
            )));
        }
        let at = moment(&self.stamp)
            .ok_or_else(|| incomplete(format!("Date must be in ISO-8601 'basic format'. Got '{}'.", self.stamp)))?;
        let day = self.stamp.get(..8).unwrap_or_default();
        if self.date != day {
            return Err(Error::signature_does_not_match(format!(
                "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '{}' != \
                 '{day}', from '{}'.",
                self.date, self.stamp
            )));
        }
        let (early, late) = (now - SKEW_MAX, now + SKEW_MAX);
        if at < early {
            return Err(Error::signature_does_not_match(format!(
                "Signature expired: {} is now earlier than {} ({} - 5 min.)",
                self.stamp,
                stamp(early),
                stamp(now)
            )));
        }
        if at > late {
            return Err(Error::signature_does_not_match(format!(
                "Signature not yet current: {} is still later than {} ({} + 5 min.)",
                self.stamp,
                stamp(late),
                stamp(now)
            )));
        }
        Ok(())
    }

    /// Whether the secret bears the signature out. Takes the same time whether it does or not.
    ///
    /// # Errors
    /// `SignatureDoesNotMatch`.
    pub(super) fn verify(&self, request: &Request<'_>, secret: &[u8]) -> Result<(), Error> {
        if bool::from(self.signature(request, secret).as_bytes().ct_eq(self.signature.as_bytes())) {
            return Ok(());
        }
        Err(Error::signature_does_not_match(MISMATCH))
    }

    /// The signature that the secret gives the request, in hex.
    fn signature(&self, request: &Request<'_>, secret: &[u8]) -> String {
        let scope = format!("{}/{}/{}/{TERMINATOR}", self.date, self.region, self.service);
        let canonical = canonical_request(request, &self.signed_headers);
        let to_sign = format!("{ALGORITHM}\n{}\n{scope}\n{}", self.stamp, hex(&Sha256::digest(canonical)));
        let key = [self.date.as_str(), &self.region, &self.service, TERMINATOR]
            .into_iter()
            .fold([b"AWS4", secret].concat(), |key, part| hmac(&key, part.as_bytes()));
        hex(&hmac(&key, to_sign.as_bytes()))
    }
}

fn word(text: &str) -> std::borrow::Cow<'_, str> {
    crate::text::visible(text.split(' ').next().unwrap_or_default())
}

/// The canonical form of a request over the headers that were signed.
fn canonical_request(request: &Request<'_>, signed: &[String]) -> String {
    let encode = |text: &str| utf8_percent_encode(text, UNRESERVED).to_string();
    let path: Vec<String> = request.path.split('/').map(encode).collect();
    let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    let mut query: Vec<(String, String)> = request
        .query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(k, v)| (encode(&decoded(k)), encode(&decoded(v))))
        .collect();
    query.sort();
    let query: Vec<String> = query.into_iter().map(|(k, v)| format!("{k}={v}")).collect();
    let headers: Vec<String> = signed.iter().map(|name| format!("{name}:{}\n", values(request, name))).collect();
    format!(
        "{}\n{}\n{}\n{}\n{}\n{}",
        request.method,
        path.join("/"),
        query.join("&"),
        headers.concat(),
        signed.join(";"),
        hex(&Sha256::digest(request.body))
    )
}

/// The values of a header, joined, white space folded.
fn values(request: &Request<'_>, name: &str) -> String {
    let values = request.headers.iter().filter(|(n, _)| n == name);
    let folded = values.map(|(_, v)| v.split_ascii_whitespace().collect::<Vec<_>>().join(" "));
    folded.collect::<Vec<_>>().join(",")
}

fn hmac(key: &[u8], data: &[u8]) -> Vec<u8> {
    // HMAC takes keys of every length, so this cannot fail.
    Hmac::<Sha256>::new_from_slice(key)
        .map(|mac| mac.chain_update(data).finalize().into_bytes().to_vec())
        .unwrap_or_default()
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// `20260102T030405Z`, the basic form of ISO 8601.
fn moment(stamp: &str) -> Option<Timestamp> {
    jiff::civil::DateTime::strptime("%Y%m%dT%H%M%SZ", stamp).ok()?.to_zoned(TimeZone::UTC).ok().map(|z| z.timestamp())
}

fn stamp(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::{Claim, Request};

    /// The example of "Create a signed AWS API request" in AWS's documentation: `ListUsers` of IAM.
    const SECRET: &[u8] = b"wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    const SIGNATURE: &str = "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7";

    fn headers(authorization: &str) -> Vec<(String, String)> {
        [
            ("content-type", "application/x-www-form-urlencoded; charset=utf-8"),
            ("host", "iam.amazonaws.com"),
            ("x-amz-date", "20150830T123600Z"),
            ("authorization", authorization),
        ]
        .map(|(k, v)| (k.to_owned(), v.to_owned()))
        .to_vec()
    }

    fn authorization(signature: &str) -> String {
        format!(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, \
             SignedHeaders=content-type;host;x-amz-date, Signature={signature}"
        )
    }

    fn request(headers: &[(String, String)]) -> Request<'_> {
        Request { method: "GET", path: "/", query: "Action=ListUsers&Version=2010-05-08", headers, body: b"" }
    }

    #[test]
    fn the_example_of_the_documentation_verifies() {
        let headers = headers(&authorization(SIGNATURE));
        let request = request(&headers);
        let claim = Claim::read(&request).unwrap();
        assert_eq!(claim.access_key_id, "AKIDEXAMPLE");
        claim.verify(&request, SECRET).unwrap();
        assert!(claim.verify(&request, b"another").is_err());
        assert!(claim.verify(&Request { body: b"x", ..request }, SECRET).is_err());
        assert!(claim.verify(&Request { query: "Action=ListRoles&Version=2010-05-08", ..request }, SECRET).is_err());
    }

    #[test]
    fn the_clock_may_be_five_minutes_off() {
        let headers = headers(&authorization(SIGNATURE));
        let claim = Claim::read(&request(&headers)).unwrap();
        let check = |now: &str| claim.check_scope("iam", now.parse::<Timestamp>().unwrap());
        assert!(check("2015-08-30T12:41:00Z").is_ok());
        assert!(check("2015-08-30T12:31:00Z").is_ok());
        assert_eq!(
            check("2015-08-30T12:41:01Z").unwrap_err().message,
            "Signature expired: 20150830T123600Z is now earlier than 20150830T123601Z (20150830T124101Z - 5 min.)"
        );
        assert!(check("2015-08-30T12:30:59Z").unwrap_err().message.starts_with("Signature not yet current"));
        assert!(claim.check_scope("sts", "2015-08-30T12:36:00Z".parse().unwrap()).is_err());
    }

    #[test]
    fn what_is_not_signed_is_refused() {
        let mut unsigned = headers(&authorization(SIGNATURE));
        unsigned.push(("x-amz-security-token".into(), "t".into()));
        assert_eq!(Claim::read(&request(&unsigned)).unwrap_err().code, "AccessDenied");
        let mut twice = headers(&authorization(SIGNATURE));
        twice.push(("host".into(), "elsewhere".into()));
        assert_eq!(Claim::read(&request(&twice)).unwrap_err().code, "IncompleteSignature");
        let mut streaming = headers(&authorization(SIGNATURE).replace("host;", "host;x-amz-content-sha256;"));
        streaming.push(("x-amz-content-sha256".into(), "UNSIGNED-PAYLOAD".into()));
        assert!(Claim::read(&request(&streaming)).is_err());
        let none: Vec<_> = headers("").into_iter().filter(|(n, _)| n != "authorization").collect();
        assert_eq!(Claim::read(&request(&none)).unwrap_err().code, "MissingAuthenticationToken");
    }

    #[test]
    fn what_a_header_lacks_is_named() {
        let headers = headers("AWS4-HMAC-SHA256 Credential=a/b/c/d/aws4_request");
        let error = Claim::read(&request(&headers)).unwrap_err();
        assert_eq!(error.code, "IncompleteSignature");
        assert!(error.message.contains("'Signature'") && error.message.contains("'SignedHeaders'"));
    }

    /// A request that is signed with the documentation's secret, as its parts.
    fn signed(form: &str) -> (Vec<(String, String)>, String) {
        let mut headers = headers(&authorization(&"0".repeat(64)));
        let request = Request { method: "POST", path: "/", query: "", headers: &headers, body: form.as_bytes() };
        let claim = Claim::read(&request).unwrap();
        let signature = claim.signature(&request, SECRET);
        headers.last_mut().unwrap().1 = authorization(&signature);
        (headers, form.to_owned())
    }

    /// How many requests are changed and tried; a million with TIAM_MUTATIONS=1000000.
    fn mutations() -> u32 {
        std::env::var("TIAM_MUTATIONS").ok().and_then(|text| text.parse().ok()).unwrap_or(5_000)
    }

    /// One of the parts with one byte changed, put in or taken out.
    fn mutated(text: &str, random: &mut impl FnMut(usize) -> usize) -> String {
        let mut bytes = text.as_bytes().to_vec();
        let at = random(bytes.len());
        let byte = u8::try_from(32 + random(95)).unwrap();
        match random(4) {
            0 => bytes.insert(at, byte),
            1 if bytes.len() > 1 => drop(bytes.remove(at)),
            2 => bytes[at] ^= 0x20,
            _ => bytes[at] = byte,
        }
        String::from_utf8_lossy(&bytes).into_owned()
    }

    #[test]
    fn no_request_that_was_changed_is_accepted() {
        let form = "Action=CreateUser&Version=2010-05-08&UserName=ann&Path=%2Feng%2F";
        let (headers, body) = signed(form);
        let now: Timestamp = "2015-08-30T12:36:00Z".parse().unwrap();
        let accepted = |method: &str, query: &str, headers: &[(String, String)], body: &str| {
            let request = Request { method, path: "/", query, headers, body: body.as_bytes() };
            Claim::read(&request)
                .and_then(|claim| {
                    claim.check_scope("iam", now).and_then(|()| claim.verify(&request, SECRET)).map(|()| claim)
                })
                // Another key has another secret.
                .is_ok_and(|claim| claim.access_key_id == "AKIDEXAMPLE")
        };
        assert!(accepted("POST", "", &headers, &body));
        let world = crate::world::Seeded::new(11, now, jiff::SignedDuration::ZERO);
        let mut random = |below: usize| {
            let mut bytes = [0; 8];
            crate::world::World::fill(&world, &mut bytes);
            usize::try_from(u64::from_le_bytes(bytes) % u64::try_from(below.max(1)).unwrap()).unwrap()
        };
        // What a signature does not bind: white space at the ends of a header's value and between its words, and how the
        // authorization header itself is written.
        let folded = |text: &str| text.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
        for _ in 0..mutations() {
            let (mut headers, mut body, mut query) = (headers.clone(), body.clone(), String::new());
            let (mut method, which) = ("POST", random(8));
            match which {
                0..3 => body = mutated(&body, &mut random),
                3 => query = format!("{}=1", mutated("Action", &mut random)),
                4 => method = ["GET", "PUT", "post", "POST "][random(4)],
                _ => {
                    let at = random(headers.len());
                    let value = mutated(&headers[at].1, &mut random);
                    let is_claim = headers[at].0 == "authorization";
                    if folded(&value) == folded(&headers[at].1) || (is_claim && means_the_same(&value, &headers[at].1))
                    {
                        continue;
                    }
                    headers[at].1 = value;
                }
            }
            let same = body == form && query.is_empty() && method == "POST" && which < 5;
            assert!(same || !accepted(method, &query, &headers, &body), "{method} {query} {headers:?} {body}");
        }
    }

    /// Whether two authorization headers claim the same.
    fn means_the_same(one: &str, other: &str) -> bool {
        let parts = |text: &str| {
            let claim = Claim::read(&request(&headers(text))).ok()?;
            let Claim { access_key_id, date, region, service, signed_headers, signature, stamp } = claim;
            Some((access_key_id, date, region, service, (signed_headers, signature, stamp)))
        };
        parts(one).is_some_and(|parsed| Some(parsed) == parts(other))
    }
}
