//! The metadata document of a SAML identity provider (OASIS SAML 2.0 Metadata): what IAM and STS need to know of it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use jiff::Timestamp;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use x509_parser::prelude::{FromDer, X509Certificate};

/// What a metadata document says of the provider.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Metadata {
    /// The provider's entity id, which assertions name as their issuer.
    pub issuer: String,
    /// Until when the document is valid, if it says so.
    pub valid_until: Option<Timestamp>,
    /// The certificates that it signs with, DER.
    pub certificates: Vec<Vec<u8>>,
}

impl Metadata {
    /// Reads a document; `None` if it does not describe an identity provider that signs.
    pub(super) fn read(document: &str) -> Option<Self> {
        let mut reader = Reader::from_str(document);
        let (mut found, mut text) = (Self::default(), None::<String>);
        let (mut in_idp, mut signs) = (false, false);
        loop {
            match reader.read_event().ok()? {
                Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
                    "EntityDescriptor" => {
                        found.issuer = attribute(&tag, "entityID")?;
                        found.valid_until = attribute(&tag, "validUntil").and_then(|at| at.parse().ok());
                    }
                    "IDPSSODescriptor" => in_idp = true,
                    "KeyDescriptor" => signs = in_idp && attribute(&tag, "use").is_none_or(|word| word == "signing"),
                    "X509Certificate" if signs => text = Some(String::new()),
                    _ => {}
                },
                Event::Text(part) => {
                    if let Some(text) = &mut text {
                        text.push_str(&part);
                    }
                }
                Event::End(tag) => match tag.local_name().as_ref() {
                    "X509Certificate" => {
                        if let Some(text) = text.take() {
                            found.certificates.push(decode(&text)?);
                        }
                    }
                    "KeyDescriptor" => signs = false,
                    "IDPSSODescriptor" => in_idp = false,
                    _ => {}
                },
                Event::DocType(_) => return None,
                Event::Eof => break,
                _ => {}
            }
        }
        Some(found).filter(|found| !found.issuer.is_empty() && !found.certificates.is_empty())
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().flatten().find(|attribute| attribute.key.as_ref() == name)?;
    Some(found.value.into_owned())
}

fn decode(text: &str) -> Option<Vec<u8>> {
    let letters: String = text.split_ascii_whitespace().collect();
    let der = BASE64.decode(letters).ok()?;
    X509Certificate::from_der(&der).is_ok().then_some(der)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::Metadata;
    use crate::store::samples::CA;

    /// A metadata document, long enough for IAM, whose certificate is the authority of the samples.
    pub(crate) fn document(issuer: &str) -> String {
        let letters: String = CA.lines().filter(|line| !line.starts_with('-')).collect();
        let filler = "x".repeat(600);
        format!(
            "<?xml version=\"1.0\"?><!-- {filler} --><md:EntityDescriptor \
             xmlns:md=\"urn:oasis:names:tc:SAML:2.0:metadata\" entityID=\"{issuer}\" validUntil=\"2030-01-01T00:00:00Z\">\
             <md:IDPSSODescriptor protocolSupportEnumeration=\"urn:oasis:names:tc:SAML:2.0:protocol\">\
             <md:KeyDescriptor use=\"signing\"><ds:KeyInfo xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"><ds:X509Data>\
             <ds:X509Certificate>{letters}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>\
             <md:SingleSignOnService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST\" \
             Location=\"{issuer}/sso\"/></md:IDPSSODescriptor></md:EntityDescriptor>"
        )
    }

    #[test]
    fn issuer_validity_and_certificate_are_found() {
        let found = Metadata::read(&document("https://idp.example.com")).unwrap();
        assert_eq!(found.issuer, "https://idp.example.com");
        assert_eq!(found.valid_until.unwrap().to_string(), "2030-01-01T00:00:00Z");
        assert_eq!(found.certificates.len(), 1);
    }

    #[test]
    fn what_describes_no_signing_provider_is_refused() {
        let good = document("https://idp.example.com");
        let encrypts = good.replace("use=\"signing\"", "use=\"encryption\"");
        let service = good.replace("IDPSSODescriptor", "SPSSODescriptor");
        let damaged = good.replace("Certificate>MII", "Certificate>XXX");
        let entities = format!("<!DOCTYPE x [<!ENTITY a \"b\">]>{good}");
        for bad in ["", "text", "<a/>", &encrypts, &service, &damaged, &entities, &good[..good.len() - 5]] {
            assert_eq!(Metadata::read(bad), None, "{bad}");
        }
    }
}
