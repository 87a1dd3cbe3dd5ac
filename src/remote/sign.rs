//! Signature Version 4, header form, as the IAM User Guide's "AWS Signature Version 4 for API requests" asks.

use std::time::SystemTime;

use aws_credential_types::Credentials;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use jiff::Timestamp;
use reqwest::{Request, Url};

use super::settings::Target;
use crate::api::Service;

/// What every request of the Query protocol says its body is.
const FORM: &str = "application/x-www-form-urlencoded; charset=utf-8";

/// The form as a request to the target, signed at `time`.
///
/// # Errors
/// A reason, for the caller to put into words: only a URL or key that cannot stand in a header makes one.
pub(super) fn request(
    (service, target): (Service, &Target),
    form: &str,
    credentials: &Credentials,
    time: Timestamp,
) -> Result<Request, String> {
    let identity = credentials.clone().into();
    let params = v4::SigningParams::builder()
        .identity(&identity)
        .region(&target.signing_region)
        .name(service.as_str())
        .time(SystemTime::from(time))
        .settings(SigningSettings::default())
        .build()
        .map_err(|error| error.to_string())?;
    let headers = [(CONTENT_TYPE.as_str(), FORM)];
    let signable =
        SignableRequest::new("POST", target.url.as_str(), headers.into_iter(), SignableBody::Bytes(form.as_bytes()));
    let signable = signable.map_err(|error| super::chain(&error))?;
    let output = sign(signable, &params.into()).map_err(|error| super::chain(&error))?;
    assemble(&target.url, form, output.output().headers())
}

fn assemble<'a>(url: &Url, form: &str, signed: impl Iterator<Item = (&'a str, &'a str)>) -> Result<Request, String> {
    let mut headers = HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_static(FORM))]);
    for (name, value) in signed {
        let name: HeaderName = name.parse().map_err(|_| "a header has no name".to_owned())?;
        let mut value = HeaderValue::from_str(value).map_err(|_| format!("{name} holds what no header can"))?;
        value.set_sensitive(true);
        headers.insert(name, value);
    }
    let mut request = Request::new(Method::POST, url.clone());
    *request.headers_mut() = headers;
    *request.body_mut() = Some(form.to_owned().into());
    Ok(request)
}

#[cfg(test)]
mod tests {
    use aws_credential_types::Credentials;
    use hmac::{Hmac, Mac};
    use sha2::{Digest, Sha256};

    use super::{FORM, Target, request};
    use crate::api::Service;

    fn hex(bytes: &[u8]) -> String {
        use std::fmt::Write;
        bytes.iter().fold(String::new(), |mut out, byte| {
            write!(out, "{byte:02x}").unwrap();
            out
        })
    }

    fn hmac(key: &[u8], text: &str) -> Vec<u8> {
        let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap();
        mac.update(text.as_bytes());
        mac.finalize().into_bytes().to_vec()
    }

    /// The signature worked out by hand, step by step as the User Guide writes it.
    fn by_hand(host: &str, path: &str, token: Option<&str>, form: &str, region: &str) -> String {
        let signed_token = token.map(|t| format!("x-amz-security-token:{t}\n")).unwrap_or_default();
        let names =
            format!("content-type;host;x-amz-date{}", if token.is_some() { ";x-amz-security-token" } else { "" });
        let canonical = format!(
            "POST\n{path}\n\ncontent-type:{FORM}\nhost:{host}\nx-amz-date:20261122T051200Z\n{signed_token}\n{names}\n{}",
            hex(&Sha256::digest(form))
        );
        let scope = format!("20261122/{region}/iam/aws4_request");
        let text = format!("AWS4-HMAC-SHA256\n20261122T051200Z\n{scope}\n{}", hex(&Sha256::digest(canonical)));
        let key = ["20261122", region, "iam", "aws4_request"]
            .iter()
            .fold(b"AWS4wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY".to_vec(), |key, part| hmac(&key, part));
        format!(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/{scope}, SignedHeaders={names}, Signature={}",
            hex(&hmac(&key, &text))
        )
    }

    #[test]
    fn the_signature_is_the_one_worked_out_by_hand() {
        let form = "Action=CreateUser&Version=2010-05-08&UserName=ann%2Bb";
        for (url, host, path) in [
            ("https://iam.amazonaws.com/", "iam.amazonaws.com", "/"),
            ("http://localhost:5000/iam", "localhost:5000", "/iam"),
            ("https://iam.example:443/", "iam.example", "/"),
        ] {
            for token in [None, Some("FwoGZXIvYXdzEXAMPLE")] {
                let target = Target { url: url.parse().unwrap(), signing_region: "us-east-1".into() };
                let secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
                let keys = Credentials::new("AKIDEXAMPLE", secret, token.map(str::to_owned), None, "test");
                let time = "2026-11-22T05:12:00Z".parse().unwrap();
                let request = request((Service::Iam, &target), form, &keys, time).unwrap();
                let header = request.headers()["authorization"].to_str().unwrap();
                assert_eq!(header, by_hand(host, path, token, form, "us-east-1"), "{url}");
                assert_eq!(request.body().unwrap().as_bytes().unwrap(), form.as_bytes());
                assert!(!format!("{request:?}").contains("FwoGZXIv"), "the session token is marked sensitive");
            }
        }
    }
}
