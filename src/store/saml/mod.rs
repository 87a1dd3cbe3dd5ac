//! SAML responses of identity providers (OASIS SAML 2.0): read, and believed only as far as a signature reaches.
//!
//! Text becomes a tree ([`xml`]), the tree its canonical form ([`c14n`]), the canonical form is what a [`signature`] is
//! about, and an [`assertion`] is read from the element that was signed and nothing else.

pub(super) mod assertion;
mod c14n;
pub(super) mod keys;
#[cfg(test)]
pub(crate) mod kit;
mod signature;
mod xml;

/// The namespace of assertions.
const ASSERTION: &str = "urn:oasis:names:tc:SAML:2.0:assertion";
/// The namespace of responses.
const PROTOCOL: &str = "urn:oasis:names:tc:SAML:2.0:protocol";

/// For the fuzz target: the canonical form of a document, comments kept.
#[cfg(fuzzing)]
pub fn canonical(document: &str) -> Option<String> {
    let method = c14n::Method { comments: true, ..c14n::Method::default() };
    xml::parse(document).map(|root| method.write(&root, None))
}
