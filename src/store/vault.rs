//! Secrets at rest: sealed under a key file that lies outside the database.
//!
//! Verifying a SigV4 signature needs the secret itself, so it cannot be hashed. It is sealed by XChaCha20-Poly1305, bound
//! to the name of what it belongs to, under 32 random bytes in a file of mode 0600 beside the store.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{Key, KeyInit, XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

use super::error::{Error, Result};
use crate::world::World;

const KEY_BYTES: usize = 32;
const NONCE_BYTES: usize = 24;

/// Seals and unseals the secrets of one store.
pub(super) struct Vault {
    cipher: XChaCha20Poly1305,
    path: PathBuf,
}

impl Vault {
    /// The vault of a store in memory: its key goes when the store goes.
    pub(super) fn in_memory(world: &dyn World) -> Self {
        let mut key = Zeroizing::new([0; KEY_BYTES]);
        world.fill(key.as_mut_slice());
        Self { cipher: XChaCha20Poly1305::new(Key::from_slice(key.as_slice())), path: PathBuf::new() }
    }

    /// The vault whose key lies in the file, made if it is not there. `sealed` tells what another key has sealed.
    ///
    /// # Errors
    /// [`Error::NoKey`] when the key is not there although something is sealed: a new one could not unseal it.
    pub(super) fn open(path: &Path, world: &dyn World, sealed: impl FnOnce() -> Result<Vec<String>>) -> Result<Self> {
        let failed = |source| Error::File { path: path.to_owned(), source };
        let key = match std::fs::read(path) {
            Ok(key) => Zeroizing::new(key),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                let sealed = sealed()?;
                if !sealed.is_empty() {
                    return Err(Error::NoKey { path: path.to_owned(), sealed });
                }
                make_key(path, world).map_err(failed)?
            }
            Err(error) => return Err(failed(error)),
        };
        if key.len() != KEY_BYTES {
            return Err(Error::Key(path.to_owned()));
        }
        Ok(Self { cipher: XChaCha20Poly1305::new(Key::from_slice(&key)), path: path.to_owned() })
    }

    /// The secret, sealed; only unsealed again under the same name.
    pub(super) fn seal(&self, world: &dyn World, name: &str, secret: &[u8]) -> Result<Vec<u8>> {
        let mut nonce = [0; NONCE_BYTES];
        world.fill(&mut nonce);
        let payload = Payload { msg: secret, aad: name.as_bytes() };
        let sealed = self.cipher.encrypt(XNonce::from_slice(&nonce), payload);
        let mut out = nonce.to_vec();
        out.extend(sealed.map_err(|_| Error::Corrupt("a secret could not be sealed".into()))?);
        Ok(out)
    }

    /// The secret that was sealed under the name.
    pub(super) fn unseal(&self, name: &str, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
        let wrong = || Error::Key(self.path.clone());
        let (nonce, body) = sealed.split_at_checked(NONCE_BYTES).ok_or_else(wrong)?;
        let payload = Payload { msg: body, aad: name.as_bytes() };
        self.cipher.decrypt(XNonce::from_slice(nonce), payload).map(Zeroizing::new).map_err(|_| wrong())
    }
}

/// Writes a fresh key beside its place and links it there, so that of two processes one wins and both read the same.
fn make_key(path: &Path, world: &dyn World) -> std::io::Result<Zeroizing<Vec<u8>>> {
    let mut key = Zeroizing::new(vec![0; KEY_BYTES]);
    world.fill(&mut key);
    let mut suffix = [0; 8];
    world.fill(&mut suffix);
    let draft = path.with_extension(format!("{:016x}", u64::from_le_bytes(suffix)));
    super::files::write_private(&draft, &key)?;
    let linked = std::fs::hard_link(&draft, path);
    std::fs::remove_file(&draft)?;
    match linked {
        Ok(()) => Ok(key),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => std::fs::read(path).map(Zeroizing::new),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::Vault;
    use crate::world::Real;

    #[test]
    fn a_secret_is_unsealed_under_its_own_name_only() {
        let vault = Vault::in_memory(&Real);
        let sealed = vault.seal(&Real, "AKIA1", b"wJalrXUtnFEMI").unwrap();
        assert!(!sealed.windows(8).any(|w| w == b"wJalrXUt"));
        assert_eq!(vault.unseal("AKIA1", &sealed).unwrap().as_slice(), b"wJalrXUtnFEMI");
        assert!(vault.unseal("AKIA2", &sealed).is_err());
        assert!(vault.unseal("AKIA1", &sealed[..10]).is_err());
    }

    #[test]
    fn the_key_file_is_private_and_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tiam.key");
        let open = || Vault::open(&path, &Real, || Ok(Vec::new())).unwrap();
        let sealed = open().seal(&Real, "a", b"b").unwrap();
        assert_eq!(open().unseal("a", &sealed).unwrap().as_slice(), b"b");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
