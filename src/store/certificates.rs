//! X.509 certificates and their private keys, as server and signing certificates bring them: PEM in, facts out.

use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, ECDSA_P384_SHA384_ASN1_SIGNING, EcdsaKeyPair};
use sha1::Sha1;
use sha2::{Digest, Sha256};
use x509_parser::pem::Pem;
use x509_parser::prelude::{FromDer, X509Certificate};
use x509_parser::public_key::PublicKey;

use super::der::{OCTETS, OID, RSA, Reader, unsigned};

/// A certificate that could be read.
#[derive(Debug)]
pub(super) struct Certificate {
    der: Vec<u8>,
    /// The start of its validity, in seconds since 1970.
    pub not_before: i64,
    /// The end of its validity.
    pub not_after: i64,
}

impl Certificate {
    /// The one certificate of a PEM text.
    pub(super) fn from_pem(text: &str) -> Option<Self> {
        match Self::all_from_pem(text)?.as_mut_slice() {
            [one] => Some(Self { der: std::mem::take(&mut one.der), ..*one }),
            _ => None,
        }
    }

    /// Every certificate of a PEM text; `None` if there is none, or anything else between them.
    pub(super) fn all_from_pem(text: &str) -> Option<Vec<Self>> {
        let blocks: Vec<Pem> = Pem::iter_from_buffer(text.as_bytes()).collect::<Result<_, _>>().ok()?;
        let certificates: Option<Vec<_>> =
            blocks.into_iter().map(|pem| (pem.label == "CERTIFICATE").then(|| Self::from_der(pem.contents))?).collect();
        certificates.filter(|found| !found.is_empty())
    }

    fn from_der(der: Vec<u8>) -> Option<Self> {
        let (rest, parsed) = X509Certificate::from_der(&der).ok()?;
        let (not_before, not_after) =
            (parsed.validity().not_before.timestamp(), parsed.validity().not_after.timestamp());
        if !rest.is_empty() {
            return None;
        }
        Some(Self { der, not_before, not_after })
    }

    /// Its SHA-1 digest.
    pub(super) fn sha1(&self) -> [u8; 20] {
        Sha1::digest(&self.der).into()
    }

    /// Its SHA-256 digest in hex.
    pub(super) fn digest(&self) -> String {
        format!("{:x}", Sha256::digest(&self.der))
    }

    /// Whether the other certificate's key signed this one.
    pub(super) fn is_signed_by(&self, issuer: &Self) -> bool {
        let (Ok((_, this)), Ok((_, issuer))) =
            (X509Certificate::from_der(&self.der), X509Certificate::from_der(&issuer.der))
        else {
            return false;
        };
        this.issuer() == issuer.subject() && this.verify_signature(Some(issuer.public_key())).is_ok()
    }

    /// Whether the private key is the one of the certificate's public key.
    pub(super) fn fits(&self, key: &PrivateKey) -> bool {
        let Ok((_, parsed)) = X509Certificate::from_der(&self.der) else { return false };
        match (parsed.public_key().parsed(), key) {
            (Ok(PublicKey::RSA(public)), PrivateKey::Rsa { modulus, exponent }) => {
                unsigned(public.modulus) == modulus && unsigned(public.exponent) == exponent
            }
            (Ok(PublicKey::EC(point)), PrivateKey::Ec(secret)) => {
                [&ECDSA_P256_SHA256_ASN1_SIGNING, &ECDSA_P384_SHA384_ASN1_SIGNING].into_iter().any(|curve| {
                    EcdsaKeyPair::from_private_key_and_public_key(curve, secret, point.data(), &SystemRandom::new())
                        .is_ok()
                })
            }
            _ => false,
        }
    }
}

/// What of a private key tells which public key is its own.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum PrivateKey {
    /// RSA: the numbers that the public key consists of.
    Rsa {
        /// The modulus.
        modulus: Vec<u8>,
        /// The public exponent.
        exponent: Vec<u8>,
    },
    /// An elliptic curve: the secret number.
    Ec(Vec<u8>),
}

impl PrivateKey {
    /// The private key of a PEM text: PKCS#1, SEC 1 or PKCS#8, not encrypted.
    pub(super) fn from_pem(text: &str) -> Option<Self> {
        let blocks = Pem::iter_from_buffer(text.as_bytes()).filter_map(Result::ok);
        let encrypted = text.contains("Proc-Type: 4,ENCRYPTED");
        blocks.filter(|_| !encrypted).find_map(|pem| match pem.label.as_str() {
            "RSA PRIVATE KEY" => Self::pkcs1(&pem.contents),
            "EC PRIVATE KEY" => Self::sec1(&pem.contents),
            "PRIVATE KEY" => Self::pkcs8(&pem.contents),
            _ => None,
        })
    }

    fn pkcs1(der: &[u8]) -> Option<Self> {
        let mut fields = Reader(der).sequence()?;
        fields.number()?;
        Some(Self::Rsa { modulus: fields.number()?.to_vec(), exponent: fields.number()?.to_vec() })
    }

    fn sec1(der: &[u8]) -> Option<Self> {
        let mut fields = Reader(der).sequence()?;
        fields.number()?;
        Some(Self::Ec(fields.expect(OCTETS)?.to_vec()))
    }

    fn pkcs8(der: &[u8]) -> Option<Self> {
        let mut fields = Reader(der).sequence()?;
        fields.number()?;
        let algorithm = fields.sequence()?.expect(OID)?;
        let key = fields.expect(OCTETS)?;
        if algorithm == RSA { Self::pkcs1(key) } else { Self::sec1(key) }
    }
}

#[cfg(test)]
mod tests {
    use super::{Certificate, PrivateKey};
    use crate::store::samples::{CA, LEAF, LEAF_KEY, OTHER, OTHER_KEY};

    #[test]
    fn a_certificate_fits_its_own_key_only() {
        let (leaf, other) = (Certificate::from_pem(LEAF).unwrap(), Certificate::from_pem(OTHER).unwrap());
        let (rsa, ec) = (PrivateKey::from_pem(LEAF_KEY).unwrap(), PrivateKey::from_pem(OTHER_KEY).unwrap());
        assert!(leaf.fits(&rsa) && other.fits(&ec));
        assert!(!leaf.fits(&ec) && !other.fits(&rsa));
        assert_ne!(leaf.digest(), other.digest());
    }

    #[test]
    fn a_chain_is_held_together_by_signatures() {
        let (leaf, ca) = (Certificate::from_pem(LEAF).unwrap(), Certificate::from_pem(CA).unwrap());
        assert!(leaf.is_signed_by(&ca) && ca.is_signed_by(&ca));
        assert!(!leaf.is_signed_by(&leaf) && !ca.is_signed_by(&leaf));
    }

    #[test]
    fn what_is_no_certificate_or_key_is_not_read() {
        let cut = LEAF.replace("MII", "MIJ");
        for bad in ["", "certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", LEAF_KEY, &cut]
        {
            assert!(Certificate::from_pem(bad).is_none(), "{bad}");
        }
        assert!(Certificate::from_pem(&format!("{LEAF}{CA}")).is_none(), "one at a time");
        assert!(PrivateKey::from_pem(LEAF).is_none());
    }
}
