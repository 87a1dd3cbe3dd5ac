//! The root credentials of a served account: a file in the shared-credentials format.
//!
//! Used if it is there, made with mode 0600 and a fresh key if it is not.

use std::io::{ErrorKind, Write};
use std::path::Path;

use secrecy::{ExposeSecret, SecretString};

use crate::iam::{AccountId, access_key_id, secret_access_key};
use crate::store::files::create_private;
use crate::world::World;

/// An access key of the account's root user.
#[derive(Clone, Debug)]
pub struct RootKey {
    /// `AKIA…`
    pub id: String,
    /// Its secret.
    pub secret: SecretString,
}

/// Why the root credentials cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum RootKeyError {
    /// The file cannot be read or made.
    #[error("{path}: {source}")]
    File {
        /// Which.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// The file has no key in it.
    #[error("{0} has no aws_access_key_id and aws_secret_access_key; remove it to have one made")]
    Empty(String),
}

impl RootKey {
    /// A fresh key for the account.
    pub fn generate(account: &AccountId, world: &dyn World) -> Self {
        let (mut id, mut secret) = ([0; 8], [0; 40]);
        world.fill(&mut id);
        world.fill(&mut secret);
        Self { id: access_key_id(false, account.as_str(), id), secret: secret_access_key(secret).into() }
    }

    /// The key in the file, made if there is no file.
    ///
    /// # Errors
    /// When the file cannot be read, made, or holds no key.
    pub fn load(path: &Path, account: &AccountId, world: &dyn World) -> Result<Self, RootKeyError> {
        let shown = || path.display().to_string();
        let failed = |source| RootKeyError::File { path: shown(), source };
        match std::fs::read_to_string(path) {
            Ok(text) => Self::parse(&text).ok_or_else(|| RootKeyError::Empty(shown())),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                let key = Self::generate(account, world);
                key.write(path).map_err(failed)?;
                Ok(key)
            }
            Err(error) => Err(failed(error)),
        }
    }

    /// The first key that a file in the shared-credentials format holds.
    fn parse(text: &str) -> Option<Self> {
        let value = |name: &str| {
            text.lines()
                .filter_map(|line| line.split_once('='))
                .find(|(key, _)| key.trim() == name)
                .map(|(_, v)| v.trim())
        };
        let (id, secret) = (value("aws_access_key_id")?, value("aws_secret_access_key")?);
        (!id.is_empty() && !secret.is_empty()).then(|| Self { id: id.to_owned(), secret: secret.to_owned().into() })
    }

    fn write(&self, path: &Path) -> std::io::Result<()> {
        let mut file = create_private(path)?;
        let secret = self.secret.expose_secret();
        write!(file, "[default]\naws_access_key_id = {}\naws_secret_access_key = {secret}\n", self.id)?;
        file.sync_all()
    }
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::RootKey;
    use crate::world::Real;

    #[test]
    fn a_key_is_made_once_and_read_afterwards() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("root");
        let account = "123456789012".parse().unwrap();
        let made = RootKey::load(&path, &account, &Real).unwrap();
        let read = RootKey::load(&path, &account, &Real).unwrap();
        assert_eq!((&made.id, made.secret.expose_secret()), (&read.id, read.secret.expose_secret()));
        assert!(!format!("{made:?}").contains(made.secret.expose_secret()));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }

    #[test]
    fn a_file_without_a_key_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("root");
        std::fs::write(&path, "[default]\nregion = us-east-1\n").unwrap();
        assert!(RootKey::load(&path, &"123456789012".parse().unwrap(), &Real).is_err());
    }
}
