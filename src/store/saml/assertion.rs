//! What a provider asserts, once it is known that it does: whom, for whom, until when, and the attributes.
//!
//! Follows the User Guide, "Configure SAML assertions for the authentication response", and words refusals as its
//! "Troubleshoot SAML federation with IAM" does.

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use jiff::{SignedDuration, Timestamp};

use super::xml::{Element, parse};
use super::{ASSERTION, PROTOCOL, signature};
use crate::iam::Error;
use crate::store::saml_metadata::Metadata;

/// How long after its issuance a response may be redeemed; as much may clocks differ.
const REDEEMABLE: SignedDuration = SignedDuration::from_mins(5);
const SUCCESS: &str = "urn:oasis:names:tc:SAML:2.0:status:Success";
const BEARER: &str = "urn:oasis:names:tc:SAML:2.0:cm:bearer";
/// What is left out of the formats of subjects.
const FORMAT: &str = "urn:oasis:names:tc:SAML:2.0:nameid-format:";
const UNSPECIFIED: &str = "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified";

/// What is asserted.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::store) struct Assertion {
    pub issuer: String,
    pub subject: String,
    /// `persistent`, `transient`, or another format in full.
    pub subject_type: String,
    pub recipient: String,
    /// By name, each with all its values.
    pub attributes: Vec<(String, Vec<String>)>,
    /// When the provider wants the session to end.
    pub session_ends: Option<Timestamp>,
}

/// Whom a response has to be for, and when.
#[derive(Clone, Copy, Debug)]
pub(in crate::store) struct Expected<'a> {
    pub partition: &'a str,
    /// The provider's unique identifier, which may end the recipient.
    pub uuid: &'a str,
    pub now: Timestamp,
}

fn invalid(message: &str) -> Error {
    Error::invalid_identity_token(message)
}

impl Assertion {
    /// Reads a response in base 64 that the provider of the metadata has to have signed.
    ///
    /// # Errors
    /// `InvalidIdentityToken`, `IDPRejectedClaim` or `ExpiredTokenException`.
    pub(in crate::store) fn read(response: &str, metadata: &Metadata, expected: &Expected<'_>) -> Result<Self, Error> {
        let letters: String = response.split_ascii_whitespace().collect();
        let bytes = BASE64.decode(letters).map_err(|_| invalid("Invalid base64 SAMLResponse"))?;
        let text = String::from_utf8(bytes).map_err(|_| invalid("Invalid base64 SAMLResponse"))?;
        let response = parse(&text).filter(|root| root.is(PROTOCOL, "Response"));
        let response = response.ok_or_else(|| invalid("Could not parse SAMLResponse"))?;
        let names_issuer = |element: &Element| {
            element.only(ASSERTION, "Issuer").and_then(Element::text).is_some_and(|name| name == metadata.issuer)
        };
        let asserted = response.only(ASSERTION, "Assertion");
        if asserted.is_some_and(|asserted| !names_issuer(asserted)) {
            return Err(invalid("Issuer not present in specified provider"));
        }
        check_status(&response)?;
        let signed = signature::assertion(&response, &metadata.certificates);
        let signed = signed.ok_or_else(|| invalid("Response signature invalid"))?;
        check_time(signed, expected.now)?;
        check_audience(signed, expected)?;
        let (subject, recipient) = confirmed(signed, expected)?;
        let subject_type = subject.attribute("Format").unwrap_or(UNSPECIFIED);
        Ok(Self {
            issuer: metadata.issuer.clone(),
            subject: subject.text().unwrap_or_default(),
            subject_type: subject_type.strip_prefix(FORMAT).unwrap_or(subject_type).to_owned(),
            recipient,
            attributes: attributes(signed),
            session_ends: signed
                .all(ASSERTION, "AuthnStatement")
                .filter_map(|statement| moment(statement, "SessionNotOnOrAfter"))
                .min(),
        })
    }

    /// The values of an attribute of AWS's own.
    pub(in crate::store) fn values(&self, name: &str) -> impl Iterator<Item = &str> {
        let named = move |(full, _): &&(String, Vec<String>)| own(full).is_some_and(|known| known == name);
        self.attributes.iter().filter(named).flat_map(|(_, values)| values).map(String::as_str)
    }

    /// The session tags: key and value.
    pub(in crate::store) fn tags(&self) -> impl Iterator<Item = (&str, &str)> {
        self.attributes.iter().filter_map(|(full, values)| {
            Some((own(full)?.strip_prefix("PrincipalTag:")?, values.first().map_or("", String::as_str)))
        })
    }
}

/// The short name of one of AWS's attributes.
fn own(full: &str) -> Option<&str> {
    ["https://aws.amazon.com/SAML/Attributes/", "https://www.amazonaws.cn/SAML/Attributes/"]
        .into_iter()
        .find_map(|prefix| full.strip_prefix(prefix))
}

fn moment(element: &Element, attribute: &str) -> Option<Timestamp> {
    element.attribute(attribute)?.parse().ok()
}

/// Refuses a response in which the provider says no.
fn check_status(response: &Element) -> Result<(), Error> {
    let code = response.only(PROTOCOL, "Status").and_then(|status| status.only(PROTOCOL, "StatusCode"));
    if code.and_then(|code| code.attribute("Value")) == Some(SUCCESS) {
        return Ok(());
    }
    Err(Error::idp_rejected_claim("The identity provider reported that authentication failed."))
}

fn check_time(assertion: &Element, now: Timestamp) -> Result<(), Error> {
    let late = || Error::expired_token_exception("Token must be redeemed within 5 minutes of issuance");
    let issued =
        moment(assertion, "IssueInstant").ok_or_else(|| invalid("IssueInstant is required in AuthnResponse"))?;
    if issued + REDEEMABLE < now {
        return Err(late());
    }
    let conditions = assertion.only(ASSERTION, "Conditions");
    let bounded = |name: &str| {
        let bound = conditions.and_then(|conditions| conditions.attribute(name));
        let unreadable = |_| invalid(&format!("{name} in AuthnResponse is not a time"));
        bound.map(|text| text.parse::<Timestamp>().map_err(unreadable)).transpose()
    };
    if bounded("NotBefore")?.is_some_and(|start| start > now + REDEEMABLE) || issued > now + REDEEMABLE {
        return Err(invalid("Token is not valid yet"));
    }
    if bounded("NotOnOrAfter")?.is_some_and(|end| end <= now) {
        return Err(late());
    }
    Ok(())
}

/// Every audience restriction has to have AWS among its audiences, and there has to be one.
fn check_audience(assertion: &Element, expected: &Expected<'_>) -> Result<(), Error> {
    let conditions = assertion.only(ASSERTION, "Conditions");
    let mut restrictions =
        conditions.into_iter().flat_map(|conditions| conditions.all(ASSERTION, "AudienceRestriction")).peekable();
    let some = restrictions.peek().is_some();
    let is_aws = |restriction: &Element| {
        let mut audiences = restriction.all(ASSERTION, "Audience").filter_map(Element::text);
        audiences.any(|audience| audience == urn(expected.partition) || is_endpoint(&audience, expected))
    };
    if some && restrictions.all(is_aws) {
        return Ok(());
    }
    Err(invalid("Response does not contain the required audience."))
}

/// The subject and the recipient, confirmed as a bearer's.
fn confirmed<'e>(assertion: &'e Element, expected: &Expected<'_>) -> Result<(&'e Element, String), Error> {
    let subject =
        assertion.only(ASSERTION, "Subject").ok_or_else(|| invalid("Subject is required in AuthnResponse"))?;
    let name = subject.only(ASSERTION, "NameID").filter(|name| name.text().is_some_and(|text| !text.is_empty()));
    let name = name.ok_or_else(|| invalid("NameID is required in AuthnResponse"))?;
    let confirmation = subject.only(ASSERTION, "SubjectConfirmation");
    let confirmation = confirmation.filter(|confirmation| confirmation.attribute("Method") == Some(BEARER));
    let data = confirmation.and_then(|confirmation| confirmation.only(ASSERTION, "SubjectConfirmationData"));
    let data = data.ok_or_else(|| invalid("SubjectConfirmationData is required in AuthnResponse"))?;
    let ends = moment(data, "NotOnOrAfter").ok_or_else(|| invalid("NotOnOrAfter is required in AuthnResponse"))?;
    if ends <= expected.now {
        return Err(Error::expired_token_exception("Token must be redeemed within 5 minutes of issuance"));
    }
    let recipient = data.attribute("Recipient").filter(|recipient| is_endpoint(recipient, expected));
    let recipient = recipient.ok_or_else(|| invalid("Recipient in AuthnResponse is not an AWS sign-in endpoint"))?;
    Ok((name, recipient.to_owned()))
}

fn attributes(assertion: &Element) -> Vec<(String, Vec<String>)> {
    let statements = assertion.all(ASSERTION, "AttributeStatement");
    let attributes = statements.flat_map(|statement| statement.all(ASSERTION, "Attribute"));
    let values = |attribute: &Element| attribute.all(ASSERTION, "AttributeValue").filter_map(Element::text).collect();
    attributes.filter_map(|attribute| Some((attribute.attribute("Name")?.to_owned(), values(attribute)))).collect()
}

/// Whether this is AWS's sign-in endpoint, perhaps of a region, perhaps for that provider only.
fn is_endpoint(url: &str, expected: &Expected<'_>) -> bool {
    let Some((host, path)) = url.strip_prefix("https://").and_then(|rest| rest.split_once('/')) else { return false };
    let own = match expected.partition {
        "aws-cn" => "signin.amazonaws.cn",
        "aws-us-gov" => "signin.amazonaws-us-gov.com",
        _ => "signin.aws.amazon.com",
    };
    let is_label = |label: &str| !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let regional = |host: &str| host.strip_suffix(own).and_then(|front| front.strip_suffix('.')).is_some_and(is_label);
    let path = path.strip_suffix(expected.uuid).and_then(|path| path.strip_suffix("/acs/")).unwrap_or(path);
    (host == own || regional(host)) && path == "saml"
}

fn urn(partition: &str) -> &'static str {
    match partition {
        "aws-cn" => "urn:amazon:webservices:cn-north-1",
        "aws-us-gov" => "urn:amazon:webservices:govcloud",
        _ => "urn:amazon:webservices",
    }
}
