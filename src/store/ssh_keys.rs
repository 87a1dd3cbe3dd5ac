//! RSA public keys as SSH and PEM write them: read, fingerprinted, written in the other form.

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use md5::{Digest, Md5};
use x509_parser::pem::Pem;

use super::der::{BITS, NULL, OID, RSA, Reader, SEQUENCE, number, unsigned, value};

/// The shortest modulus that IAM takes, in bits.
const BITS_MIN: usize = 2048;
/// The longest.
const BITS_MAX: usize = 16_384;
const ALGORITHM: &str = "ssh-rsa";
/// Base-64 letters in a line of PEM.
const LINE: usize = 64;

/// Why a text is not a key that IAM takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// It is neither in SSH's form nor PEM.
    Encoding,
    /// It is not an RSA key, or one that is too short.
    Key,
}

/// An RSA public key.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct RsaKey {
    exponent: Vec<u8>,
    modulus: Vec<u8>,
}

impl RsaKey {
    /// Reads a key in the form of SSH (`ssh-rsa AAAA… comment`) or PEM.
    pub(super) fn read(text: &str) -> Result<Self, Refusal> {
        let text = text.trim();
        let key = if text.starts_with("-----BEGIN") {
            let (pem, _) = Pem::read(std::io::Cursor::new(text)).map_err(|_| Refusal::Encoding)?;
            Self::from_der(&pem.label, &pem.contents)
        } else {
            let mut words = text.split_ascii_whitespace();
            let algorithm = words.next().filter(|word| word.starts_with("ssh-") || word.starts_with("ecdsa-"));
            let blob = algorithm.and(words.next()).ok_or(Refusal::Encoding)?;
            Self::from_blob(&BASE64.decode(blob).map_err(|_| Refusal::Encoding)?)
        };
        key.filter(Self::has_good_length).ok_or(Refusal::Key)
    }

    fn has_good_length(&self) -> bool {
        let leading = self.modulus.first().map_or(0, |byte| byte.leading_zeros());
        let bits = (self.modulus.len() * 8).saturating_sub(usize::try_from(leading).unwrap_or(0));
        (BITS_MIN..=BITS_MAX).contains(&bits)
    }

    /// `SubjectPublicKeyInfo` (RFC 5280) or `RSAPublicKey` (RFC 8017).
    fn from_der(label: &str, der: &[u8]) -> Option<Self> {
        let mut fields = Reader(der).sequence()?;
        if label == "PUBLIC KEY" {
            if fields.sequence()?.expect(OID)? != RSA {
                return None;
            }
            fields = Reader(fields.expect(BITS)?.get(1..)?).sequence()?;
        }
        let modulus = fields.number()?.to_vec();
        Some(Self { exponent: fields.number()?.to_vec(), modulus })
    }

    /// The blob of RFC 4253, section 6.6: algorithm, exponent, modulus, each with its length before it.
    fn from_blob(mut blob: &[u8]) -> Option<Self> {
        let mut next = || {
            let (length, rest) = blob.split_first_chunk::<4>()?;
            let (field, rest) = rest.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)?;
            blob = rest;
            Some(field)
        };
        if next()? != ALGORITHM.as_bytes() {
            return None;
        }
        Some(Self { exponent: unsigned(next()?).to_vec(), modulus: unsigned(next()?).to_vec() })
    }

    fn blob(&self) -> Vec<u8> {
        let mut out = Vec::new();
        let mut push = |field: &[u8]| {
            out.extend(u32::try_from(field.len()).unwrap_or(0).to_be_bytes());
            out.extend(field);
        };
        push(ALGORITHM.as_bytes());
        for field in [&self.exponent, &self.modulus] {
            let sign = field.first().is_some_and(|byte| *byte >= 0x80);
            push(&[if sign { &[0][..] } else { &[] }, field].concat());
        }
        out
    }

    /// The key in the form of SSH, without a comment.
    pub(super) fn ssh(&self) -> String {
        format!("{ALGORITHM} {}", BASE64.encode(self.blob()))
    }

    /// The key in PEM.
    pub(super) fn pem(&self) -> String {
        let key = value(SEQUENCE, &[number(&self.modulus), number(&self.exponent)].concat());
        let algorithm = value(SEQUENCE, &[value(OID, RSA), value(NULL, &[])].concat());
        let info = value(SEQUENCE, &[algorithm, value(BITS, &[&[0][..], &key].concat())].concat());
        let letters = BASE64.encode(info);
        let lines: Vec<_> = letters.as_bytes().chunks(LINE).map(String::from_utf8_lossy).collect();
        format!("-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n", lines.join("\n"))
    }

    /// The MD5 fingerprint, as `ssh-keygen -l -E md5` gives it.
    pub(super) fn fingerprint(&self) -> String {
        Md5::digest(self.blob()).iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join(":")
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::{Refusal, RsaKey};

    /// Made by `ssh-keygen -t rsa -b 2048` for these tests.
    pub(crate) const KEY: &str = "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQCwqZOXsdXdKMoKERHwANr7//apVJceBJa1RILnNpeVIeSPSvXD3QXPpa+OtAZczgAuOzLGPe\
        l0eXBHCyKGSqvmE5lJaNGT+ZdM+/rtuTiMGVQLPkLVb2Zoq2s+O196f7WXRb4TUnCmg7HoIPfQVfy7YPpwHljRKDznNZmtA7EztJiTWH+M4+f5\
        hnd4luBTFFk5Kx1Fg0REeHxp/OotNmc1HPvMJnafAtmwjQwTEgE6mU9Uks2x9KmylodtDoH1a+zRo/UuiW+DAqooPmh74/bR6LMGBorBINnVpp\
        hjwKqtY61ojw5sMT/Lv65zCG2UaBeSiHkN05J5NuT0Xmqx3HJP ann@example";

    #[test]
    fn a_key_has_the_fingerprint_that_ssh_keygen_gives() {
        let key = RsaKey::read(KEY).unwrap();
        assert_eq!(key.fingerprint(), "0d:cb:c7:5f:c4:f6:5f:ca:a2:41:0b:d9:2d:d9:ec:72");
        assert_eq!(format!("{} ann@example", key.ssh()), KEY);
    }

    #[test]
    fn pem_and_ssh_are_the_same_key() {
        let key = RsaKey::read(KEY).unwrap();
        assert_eq!(RsaKey::read(&key.pem()), Ok(key));
    }

    #[test]
    fn other_keys_and_other_texts_are_told_apart() {
        let ed25519 = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIuoxVqKUzMWi6wCbsB0ZFOeLeA2aH2BVHc4J2FJ1Vxu";
        assert_eq!(RsaKey::read(ed25519), Err(Refusal::Key));
        // A key of 512 bits.
        let short = "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAQQDDh5Z4b5T7nG5o9n0L2a5mX8vJrYp0bX9Wc3T1uQzvYw5e8mKx2rGd7sHf4jL6pN1tB3cV9kZ0yEoAqWiRuMlX";
        assert_eq!(RsaKey::read(short), Err(Refusal::Key));
        for bad in ["", "ssh-rsa", "ssh-rsa ***", "hello world", "-----BEGIN PUBLIC KEY-----\nAA"] {
            assert_eq!(RsaKey::read(bad), Err(Refusal::Encoding), "{bad}");
        }
    }
}
