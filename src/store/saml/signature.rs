//! XML signatures (W3C Recommendation "XML Signature Syntax and Processing") over an assertion or the whole response.
//!
//! Only one shape is believed: the signature stands inside the element it signs, refers to it by its id, and the caller gets
//! that very element back. So nothing can be read that was not signed, wherever else it stands.

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use ring::digest;
use ring::signature::{self as ring_signature, UnparsedPublicKey, VerificationAlgorithm};
use x509_parser::prelude::{FromDer, X509Certificate};

use super::c14n::Method;
use super::xml::Element;
use super::{ASSERTION, PROTOCOL};

const DS: &str = "http://www.w3.org/2000/09/xmldsig#";
const ENVELOPED: &str = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
/// Names of attributes that some processor takes for an id.
const IDS: [&str; 3] = ["ID", "Id", "id"];

/// The response's assertion, if one of the certificates (DER) signed it, or the response around it.
pub(super) fn assertion<'r>(response: &'r Element, certificates: &[Vec<u8>]) -> Option<&'r Element> {
    if !response.is(PROTOCOL, "Response") || !is_plain(response) {
        return None;
    }
    let assertion = response.only(ASSERTION, "Assertion")?;
    let signed = [response, assertion].map(|element| {
        let mut signatures = element.all(DS, "Signature").peekable();
        // No signature is no harm if the other element has one; a wrong one is.
        signatures.peek()?;
        let only = element.only(DS, "Signature");
        Some(only.is_some_and(|signature| is_signed(element, signature, certificates)))
    });
    let wrong = signed.contains(&Some(false));
    (signed.contains(&Some(true)) && !wrong).then_some(assertion)
}

/// Whether there is one assertion and every id is there once, so that no reference can mean another element.
fn is_plain(response: &Element) -> bool {
    let (mut ids, mut assertions) = (Vec::new(), 0);
    response.visit(&mut |element| {
        ids.extend(element.attributes.iter().filter(|a| IDS.contains(&a.local.as_str())).map(|a| a.value.as_str()));
        assertions += usize::from(element.local == "Assertion");
    });
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assertions == 1 && ids.len() == count
}

fn is_signed(element: &Element, signature: &Element, certificates: &[Vec<u8>]) -> bool {
    let verified = || -> Option<bool> {
        let info = signature.only(DS, "SignedInfo")?;
        if !refers_to(info, element, signature)? {
            return None;
        }
        let message = Method::read(info.only(DS, "CanonicalizationMethod")?)?.write(info, None);
        let algorithm = algorithm(info.only(DS, "SignatureMethod")?.attribute("Algorithm")?)?;
        let value = bytes(signature.only(DS, "SignatureValue")?)?;
        Some(certificates.iter().any(|certificate| {
            let Ok((_, certificate)) = X509Certificate::from_der(certificate) else { return false };
            let key = &certificate.public_key().subject_public_key.data;
            UnparsedPublicKey::new(algorithm, key).verify(message.as_bytes(), &value).is_ok()
        }))
    };
    verified().unwrap_or(false)
}

/// Whether the one reference is to the element, and its digest right.
fn refers_to(info: &Element, element: &Element, signature: &Element) -> Option<bool> {
    let reference = info.only(DS, "Reference")?;
    let id = element.attribute("ID").filter(|id| !id.is_empty())?;
    if reference.attribute("URI")?.strip_prefix('#')? != id {
        return None;
    }
    let mut transforms = reference.only(DS, "Transforms")?.all(DS, "Transform");
    if transforms.next()?.attribute("Algorithm")? != ENVELOPED {
        return None;
    }
    // A reference by id alone leaves comments out, whatever the method says (XML Signature, "Same-Document URI-References").
    let method = Method { comments: false, ..Method::read(transforms.next()?)? };
    if transforms.next().is_some() {
        return None;
    }
    let algorithm = match reference.only(DS, "DigestMethod")?.attribute("Algorithm")? {
        "http://www.w3.org/2000/09/xmldsig#sha1" => &digest::SHA1_FOR_LEGACY_USE_ONLY,
        "http://www.w3.org/2001/04/xmlenc#sha256" => &digest::SHA256,
        "http://www.w3.org/2001/04/xmldsig-more#sha384" => &digest::SHA384,
        "http://www.w3.org/2001/04/xmlenc#sha512" => &digest::SHA512,
        _ => return None,
    };
    let canonical = method.write(element, Some(signature));
    let digest = digest::digest(algorithm, canonical.as_bytes());
    Some(digest.as_ref() == bytes(reference.only(DS, "DigestValue")?)?)
}

/// The algorithm of a signature. Keys of 1024 bits are long enough for AWS (User Guide, "Create a SAML identity provider").
fn algorithm(name: &str) -> Option<&'static dyn VerificationAlgorithm> {
    Some(match name {
        "http://www.w3.org/2000/09/xmldsig#rsa-sha1" => {
            &ring_signature::RSA_PKCS1_1024_8192_SHA1_FOR_LEGACY_USE_ONLY as &dyn VerificationAlgorithm
        }
        "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256" => {
            &ring_signature::RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY
        }
        "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384" => &ring_signature::RSA_PKCS1_2048_8192_SHA384,
        "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512" => {
            &ring_signature::RSA_PKCS1_1024_8192_SHA512_FOR_LEGACY_USE_ONLY
        }
        "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256" => &ring_signature::ECDSA_P256_SHA256_FIXED,
        "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384" => &ring_signature::ECDSA_P384_SHA384_FIXED,
        _ => return None,
    })
}

/// The bytes that an element writes in base 64.
fn bytes(element: &Element) -> Option<Vec<u8>> {
    let letters: String = element.text()?.split_ascii_whitespace().collect();
    BASE64.decode(letters).ok()
}

#[cfg(test)]
mod tests {
    use super::assertion;
    use crate::store::saml::kit::{Provider, Signs};
    use crate::store::saml::xml::parse;

    fn is_believed(provider: &Provider, response: &str) -> bool {
        parse(response).is_some_and(|response| assertion(&response, &[provider.certificate()]).is_some())
    }

    #[test]
    fn what_the_provider_signed_is_believed() {
        for method in ["rsa-sha1", "rsa-sha256", "rsa-sha384", "rsa-sha512", "ecdsa-sha256"] {
            let provider = Provider::new(method);
            for signs in [Signs::Assertion, Signs::Response, Signs::Both] {
                assert!(is_believed(&provider, &provider.response(signs)), "{method} {signs:?}");
            }
            assert!(!is_believed(&provider, &provider.response(Signs::Nothing)));
        }
        let (provider, other) = (Provider::new("ecdsa-sha256"), Provider::new("ecdsa-sha256"));
        assert!(!is_believed(&other, &provider.response(Signs::Both)));
    }

    #[test]
    fn what_was_changed_is_not() {
        let provider = Provider::new("rsa-sha256");
        for signs in [Signs::Assertion, Signs::Response, Signs::Both] {
            let response = provider.response(signs);
            assert!(!is_believed(&provider, &response.replace("ann@example.com", "eve@example.com")), "{signs:?}");
        }
        // A comment does not count for the signature; it must not cut the text short either.
        let commented = provider.response(Signs::Assertion).replace("ann@example.com", "ann@example<!-- -->.com");
        let response = parse(&commented).unwrap();
        let found = assertion(&response, &[provider.certificate()]).unwrap();
        let mut names = Vec::new();
        found.visit(&mut |element| names.extend((element.local == "NameID").then(|| element.text().unwrap())));
        assert_eq!(names, ["ann@example.com"]);
    }

    #[test]
    fn a_signed_assertion_wrapped_into_another_response_is_not_believed() {
        let provider = Provider::new("rsa-sha256");
        let good = provider.response(Signs::Assertion);
        let (start, end) = (good.find("<saml:Assertion").unwrap(), good.find("</samlp:Response>").unwrap());
        let (before, signed, after) = (&good[..start], &good[start..end], &good[end..]);
        let forged = signed.replace("ann@example.com", "eve@example.com");
        let other_id = forged.replace("ID=\"_assertion\"", "ID=\"_evil\"");
        let unsigned = format!(
            "{}{}",
            &other_id[..other_id.find("<ds:Signature").unwrap()],
            &other_id[other_id.find("</ds:Signature>").unwrap() + 15..]
        );
        let signature = &signed[signed.find("<ds:Signature").unwrap()..signed.find("</ds:Signature>").unwrap() + 15];
        let within =
            |outer: &str, inner: &str| outer.replace("</saml:Assertion>", &format!("{inner}</saml:Assertion>"));
        let object = signature.replace("</ds:Signature>", &format!("<ds:Object>{signed}</ds:Object></ds:Signature>"));
        for (case, body) in [
            ("two assertions", format!("{unsigned}{signed}")),
            ("the signed one last", format!("{signed}{unsigned}")),
            ("the signed one inside", within(&unsigned, signed)),
            ("the same id", within(&forged, signed)),
            ("in extensions", format!("<samlp:Extensions>{signed}</samlp:Extensions>{unsigned}")),
            ("the signature moved", within(&unsigned, signature)),
            ("in an object of the signature", within(&unsigned, &object)),
        ] {
            assert!(!is_believed(&provider, &format!("{before}{body}{after}")), "{case}");
        }
        assert!(!is_believed(&provider, signed), "an assertion alone is no response");
    }
}
