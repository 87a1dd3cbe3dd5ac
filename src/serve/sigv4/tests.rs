//! Signatures that are right, and all the ways in which they are not.

use jiff::Timestamp;

use super::{Claim, Request, SecretKey};

/// The example of "Create a signed AWS API request" in AWS's documentation: `ListUsers` of IAM.
const SECRET: &[u8] = b"wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
fn secret(text: &[u8]) -> SecretKey {
    SecretKey::new(text.to_vec().into())
}

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
    let ours = secret(SECRET);
    claim.verify(&request, &ours).unwrap();
    assert!(claim.verify(&request, &secret(b"another")).is_err());
    assert!(claim.verify(&Request { body: b"x", ..request }, &ours).is_err());
    assert!(claim.verify(&Request { query: "Action=ListRoles&Version=2010-05-08", ..request }, &ours).is_err());
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
    let spaced = self::headers(&authorization(SIGNATURE).replace("Credential=", "Credential= "));
    let error = Claim::read(&request(&spaced)).unwrap_err();
    assert!(
        error.message.starts_with(
            "'AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request' not a valid key=value pair (missing equal-sign) in \
             Authorization header: 'AWS4-HMAC-SHA256 Credential= AKIDEXAMPLE"
        ),
        "{}",
        error.message
    );
}

/// A request that is signed with the documentation's secret, as its parts.
fn signed(form: &str) -> (Vec<(String, String)>, String) {
    let mut headers = headers(&authorization(&"0".repeat(64)));
    let request = Request { method: "POST", path: "/", query: "", headers: &headers, body: form.as_bytes() };
    let claim = Claim::read(&request).unwrap();
    let signature = claim.signature(&request, &secret(SECRET));
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
    let ours = secret(SECRET);
    let accepted = |method: &str, query: &str, headers: &[(String, String)], body: &str| {
        let request = Request { method, path: "/", query, headers, body: body.as_bytes() };
        Claim::read(&request)
            .and_then(|claim| {
                claim.check_scope("iam", now).and_then(|()| claim.verify(&request, &ours)).map(|()| claim)
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
                if folded(&value) == folded(&headers[at].1) || (is_claim && means_the_same(&value, &headers[at].1)) {
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

#[test]
fn the_signing_key_that_is_kept_is_good_for_its_scope_only() {
    let kept = secret(SECRET);
    for scope in ["20150830/us-east-1/iam/aws4_request", "20150831/us-east-1/iam/aws4_request"] {
        let fresh = secret(SECRET).signing(scope);
        assert_eq!((kept.signing(scope), kept.signing(scope)), (fresh.clone(), fresh));
    }
}
