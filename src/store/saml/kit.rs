//! An identity provider for the tests: it has a key of its own, says what it is told to, and signs it.

use std::fmt::Write as _;

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, RsaKeyPair};
use ring::{digest, signature};
use x509_parser::pem::Pem;

use super::c14n::Method;
use super::xml::parse;
use crate::store::samples::{LEAF, LEAF_KEY};

/// What is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Signs {
    Assertion,
    Response,
    Both,
    Nothing,
}

/// What a response says.
#[derive(Clone, Debug)]
pub(crate) struct Said {
    pub(crate) issuer: String,
    pub(crate) subject: String,
    pub(crate) status: String,
    pub(crate) audience: String,
    pub(crate) recipient: String,
    pub(crate) issued: String,
    pub(crate) begins: String,
    pub(crate) ends: String,
    pub(crate) role: String,
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, Vec<String>)>,
}

impl Default for Said {
    /// A response that the world of [`crate::store::kit::Kit`] believes.
    fn default() -> Self {
        Self {
            issuer: "https://idp.example.com".into(),
            subject: "ann@example.com".into(),
            status: "Success".into(),
            audience: "https://signin.aws.amazon.com/saml".into(),
            recipient: "https://signin.aws.amazon.com/saml".into(),
            issued: "2026-01-02T03:04:05Z".into(),
            begins: "2026-01-02T03:00:00Z".into(),
            ends: "2026-01-02T03:14:00Z".into(),
            role: "arn:aws:iam::123456789012:role/r,arn:aws:iam::123456789012:saml-provider/corp".into(),
            name: "ann".into(),
            attributes: Vec::new(),
        }
    }
}

impl Said {
    /// With one more of AWS's attributes.
    pub(crate) fn with(mut self, name: &str, values: &[&str]) -> Self {
        let values = values.iter().map(|value| (*value).to_owned()).collect();
        self.attributes.push((format!("https://aws.amazon.com/SAML/Attributes/{name}"), values));
        self
    }

    fn assertion(&self) -> String {
        let own = "https://aws.amazon.com/SAML/Attributes/";
        let mut attributes = String::new();
        let given = [
            (format!("{own}Role"), vec![self.role.clone()]),
            (format!("{own}RoleSessionName"), vec![self.name.clone()]),
            ("urn:oid:1.3.6.1.4.1.5923.1.1.1.1".to_owned(), vec!["member".to_owned(), "staff".to_owned()]),
        ];
        for (name, values) in given.iter().chain(&self.attributes) {
            let _ = write!(attributes, "<saml:Attribute Name=\"{name}\">");
            for value in values {
                let _ =
                    write!(attributes, "<saml:AttributeValue xsi:type=\"xs:string\">{value}</saml:AttributeValue>\n  ");
            }
            attributes.push_str("</saml:Attribute>");
        }
        let Self { issuer, subject, audience, recipient, issued, begins, ends, .. } = self;
        format!(
            "<saml:Assertion xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" Version=\"2.0\" ID=\"_assertion\" \
             IssueInstant=\"{issued}\"><saml:Issuer>{issuer}</saml:Issuer><saml:Subject>\
             <saml:NameID Format=\"urn:oasis:names:tc:SAML:2.0:nameid-format:persistent\">{subject}</saml:NameID>\
             <saml:SubjectConfirmation Method=\"urn:oasis:names:tc:SAML:2.0:cm:bearer\"><saml:SubjectConfirmationData \
             NotOnOrAfter=\"{ends}\" Recipient=\"{recipient}\"/></saml:SubjectConfirmation></saml:Subject>\n\
             <saml:Conditions NotBefore=\"{begins}\" NotOnOrAfter=\"{ends}\"><saml:AudienceRestriction>\
             <saml:Audience>{audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions>\
             <saml:AttributeStatement>{attributes}</saml:AttributeStatement></saml:Assertion>"
        )
    }

    fn response(&self) -> String {
        format!(
            "<?xml version=\"1.0\"?>\n<samlp:Response xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\" \
             xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\" xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" \
             ID=\"_response\" Version=\"2.0\" IssueInstant=\"{}\"><saml:Issuer>{}</saml:Issuer><samlp:Status>\
             <samlp:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:{}\"/></samlp:Status>{}</samlp:Response>",
            self.issued,
            self.issuer,
            self.status,
            self.assertion()
        )
    }
}

enum Key {
    Rsa(RsaKeyPair),
    Ec(EcdsaKeyPair),
}

/// A provider.
pub(crate) struct Provider {
    key: Key,
    /// DER.
    certificate: Vec<u8>,
    method: &'static str,
}

impl Provider {
    /// A provider that signs with `rsa-sha256`, `ecdsa-sha256` and the like.
    pub(crate) fn new(method: &'static str) -> Self {
        if method.starts_with("rsa") {
            let key = Key::Rsa(RsaKeyPair::from_der(&der(LEAF_KEY)).unwrap());
            return Self { key, certificate: der(LEAF), method };
        }
        let made = rcgen::generate_simple_self_signed(vec!["idp.example.com".to_owned()]).unwrap();
        let key = EcdsaKeyPair::from_pkcs8(
            &ECDSA_P256_SHA256_FIXED_SIGNING,
            &made.signing_key.serialize_der(),
            &SystemRandom::new(),
        );
        Self { key: Key::Ec(key.unwrap()), certificate: made.cert.der().to_vec(), method }
    }

    pub(crate) fn certificate(&self) -> Vec<u8> {
        self.certificate.clone()
    }

    /// Its metadata document.
    pub(crate) fn metadata(&self) -> String {
        format!(
            "<!--{}--><EntityDescriptor xmlns=\"urn:oasis:names:tc:SAML:2.0:metadata\" \
             entityID=\"https://idp.example.com\"><IDPSSODescriptor \
             protocolSupportEnumeration=\"urn:oasis:names:tc:SAML:2.0:protocol\"><KeyDescriptor use=\"signing\">\
             <KeyInfo xmlns=\"http://www.w3.org/2000/09/xmldsig#\"><X509Data><X509Certificate>{}</X509Certificate>\
             </X509Data></KeyInfo></KeyDescriptor></IDPSSODescriptor></EntityDescriptor>",
            "x".repeat(1000),
            BASE64.encode(&self.certificate)
        )
    }

    /// A response in which everything is as it should be.
    pub(crate) fn response(&self, signs: Signs) -> String {
        self.say(&Said::default(), signs)
    }

    /// The response in base 64.
    pub(crate) fn encoded(&self, said: &Said, signs: Signs) -> String {
        BASE64.encode(self.say(said, signs))
    }

    fn say(&self, said: &Said, signs: Signs) -> String {
        let mut response = said.response();
        if matches!(signs, Signs::Assertion | Signs::Both) {
            response = self.sign(&response, "_assertion");
        }
        if matches!(signs, Signs::Response | Signs::Both) {
            response = self.sign(&response, "_response");
        }
        response
    }

    /// Puts a signature into the element with that id, after its issuer.
    fn sign(&self, response: &str, id: &str) -> String {
        let root = parse(response).unwrap();
        let mut canonical = String::new();
        root.visit(&mut |element| {
            if element.attribute("ID") == Some(id) {
                canonical = Method::default().write(element, None);
            }
        });
        let digest = BASE64.encode(digest::digest(&digest::SHA256, canonical.as_bytes()));
        let methods = if self.method == "rsa-sha1" { "2000/09/xmldsig#" } else { "2001/04/xmldsig-more#" };
        let info = format!(
            "<ds:SignedInfo xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"><ds:CanonicalizationMethod \
             Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"></ds:CanonicalizationMethod><ds:SignatureMethod \
             Algorithm=\"http://www.w3.org/{methods}{}\"></ds:SignatureMethod><ds:Reference URI=\"#{id}\">\
             <ds:Transforms><ds:Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\">\
             </ds:Transform><ds:Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"></ds:Transform>\
             </ds:Transforms><ds:DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"></ds:DigestMethod>\
             <ds:DigestValue>{digest}</ds:DigestValue></ds:Reference></ds:SignedInfo>",
            self.method
        );
        let value = BASE64.encode(self.raw(info.as_bytes()));
        let signature = format!(
            "<ds:Signature xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\">{info}<ds:SignatureValue>{value}\
             </ds:SignatureValue></ds:Signature>"
        );
        let start = response.find(&format!("ID=\"{id}\"")).unwrap();
        let issuer = "</saml:Issuer>";
        let at = start + response[start..].find(issuer).unwrap() + issuer.len();
        format!("{}{signature}{}", &response[..at], &response[at..])
    }

    fn raw(&self, message: &[u8]) -> Vec<u8> {
        let random = SystemRandom::new();
        if self.method == "rsa-sha1" {
            return sha1(message);
        }
        let rsa: &dyn signature::RsaEncoding = match (&self.key, self.method) {
            (Key::Ec(key), _) => return key.sign(&random, message).unwrap().as_ref().to_vec(),
            (Key::Rsa(_), "rsa-sha384") => &signature::RSA_PKCS1_SHA384,
            (Key::Rsa(_), "rsa-sha512") => &signature::RSA_PKCS1_SHA512,
            (Key::Rsa(_), _) => &signature::RSA_PKCS1_SHA256,
        };
        let Key::Rsa(key) = &self.key else { unreachable!() };
        let mut value = vec![0; key.public().modulus_len()];
        key.sign(rsa, &random, message, &mut value).unwrap();
        value
    }
}

/// What a PEM text holds.
fn der(pem: &str) -> Vec<u8> {
    Pem::iter_from_buffer(pem.as_bytes()).next().unwrap().unwrap().contents
}

/// An RSA signature over SHA-1, which ring only verifies.
fn sha1(message: &[u8]) -> Vec<u8> {
    use rsa::pkcs1::DecodeRsaPrivateKey;
    let prefix = [0x30, 0x21, 0x30, 0x09, 0x06, 0x05, 0x2b, 0x0e, 0x03, 0x02, 0x1a, 0x05, 0x00, 0x04, 0x14];
    let padding = rsa::Pkcs1v15Sign { hash_len: Some(20), prefix: prefix.into() };
    let key = rsa::RsaPrivateKey::from_pkcs1_der(&der(LEAF_KEY)).unwrap();
    key.sign(padding, digest::digest(&digest::SHA1_FOR_LEGACY_USE_ONLY, message).as_ref()).unwrap()
}
