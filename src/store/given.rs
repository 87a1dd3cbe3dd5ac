//! What tests in other rooms need of the store: samples that it takes, and the codes of a virtual MFA device.

use jiff::Timestamp;

pub(crate) use super::saml_metadata::tests::document as saml_document;
pub(crate) use super::samples::LEAF as CERTIFICATE;
pub(crate) use super::ssh_keys::tests::KEY as SSH_KEY;
use super::totp;

/// Two codes in a row, the second of that moment, of a device with this secret.
pub(crate) fn totp_codes(secret: &str, at: Timestamp) -> [String; 2] {
    let seed = totp::from_base32(secret.as_bytes()).expect("a secret in base 32");
    let step = totp::step(at.as_second());
    [step - 1, step].map(|step| totp::code(&seed, step))
}
