//! Certificate and key of the server.

use std::path::Path;
use std::sync::Arc;

use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::TlsAcceptor;

/// What the server proves with who it is.
#[derive(Clone)]
pub struct Tls(Arc<ServerConfig>);

/// Without the key.
impl std::fmt::Debug for Tls {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Tls")
    }
}

/// Why certificate and key cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A file cannot be read, or holds nothing of the kind.
    #[error("{path}: {reason}")]
    File {
        /// Which.
        path: String,
        /// Why.
        reason: String,
    },
    /// They do not go together.
    #[error("certificate and key cannot be used: {0}")]
    Pair(#[from] rustls::Error),
}

impl Tls {
    /// The certificate chain and its key, both PEM.
    ///
    /// # Errors
    /// When a file cannot be read, or the two do not go together.
    pub fn load(certificates: &Path, key: &Path) -> Result<Self, TlsError> {
        let unusable = |path: &Path, reason: &dyn std::fmt::Display| TlsError::File {
            path: path.display().to_string(),
            reason: reason.to_string(),
        };
        let chain: Vec<_> = CertificateDer::pem_file_iter(certificates)
            .and_then(Iterator::collect)
            .map_err(|error| unusable(certificates, &error))?;
        if chain.is_empty() {
            return Err(unusable(certificates, &"it holds no certificate"));
        }
        let key = PrivateKeyDer::from_pem_file(key).map_err(|error| unusable(key, &error))?;
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(chain, key)?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self(Arc::new(config)))
    }

    pub(super) fn acceptor(&self) -> TlsAcceptor {
        TlsAcceptor::from(Arc::clone(&self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::Tls;

    #[test]
    fn a_chain_needs_the_key_that_fits() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: String| {
            let path = folder.path().join(name);
            std::fs::write(&path, text).unwrap();
            path
        };
        let made = || rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
        let (ours, theirs) = (made(), made());
        let certificate = write("cert.pem", ours.cert.pem());
        let (key, other) = (
            write("key.pem", ours.signing_key.serialize_pem()),
            write("other.pem", theirs.signing_key.serialize_pem()),
        );
        Tls::load(&certificate, &key).unwrap();
        assert!(Tls::load(&certificate, &other).is_err());
        assert!(Tls::load(&key, &key).unwrap_err().to_string().ends_with("it holds no certificate"));
        assert!(Tls::load(&certificate, &folder.path().join("absent")).is_err());
    }
}
