//! What a user has besides password and access keys: MFA devices, certificates, SSH keys, service-specific credentials.

use jiff::Timestamp;

use super::Read;
use super::users::Mfa;
use crate::store::error::Result;
use crate::store::tx::time;

/// An MFA device that somebody uses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MfaDevice {
    /// Its serial number; of a virtual device its ARN.
    pub serial: String,
    /// What sort of device it is.
    pub kind: Mfa,
    /// When it was enabled.
    pub enabled: Option<Timestamp>,
}

/// The sort of a [`Credential`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CredentialKind {
    /// An X.509 certificate to sign with.
    SigningCertificate,
    /// An SSH public key for CodeCommit.
    SshPublicKey,
    /// A user name and password, or a key, for one service.
    ServiceSpecific,
}

/// A credential other than password and access keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credential {
    /// Its sort.
    pub kind: CredentialKind,
    /// Its id.
    pub id: String,
    /// Whether it works.
    pub is_active: bool,
    /// When it was made or uploaded.
    pub created: Timestamp,
    /// For which service, if for one.
    pub service: Option<String>,
}

/// Sort, id, status, time, service.
const CREDENTIALS: &str = "SELECT 0, id, status, uploaded, NULL FROM signing_certificate WHERE user = ?1
    UNION ALL SELECT 1, id, status, uploaded, NULL FROM ssh_public_key WHERE user = ?1
    UNION ALL SELECT 2, id, status, created, service FROM service_credential WHERE user = ?1 ORDER BY 1, 4, 2";

impl Read<'_> {
    /// The MFA devices of a user.
    pub(super) fn mfa_devices(&self, user: i64) -> Result<Vec<MfaDevice>> {
        let sql = "SELECT e.arn, d.enabled FROM mfa_device d JOIN entity e ON e.id = d.entity WHERE d.user = ?1
            ORDER BY d.enabled, e.arn";
        self.all(sql, [user], |row| {
            let serial: String = row.get(0)?;
            Ok(MfaDevice { kind: sort(&serial), serial, enabled: row.get::<_, Option<i64>>(1)?.map(time) })
        })
    }

    /// The credentials of a user that are neither password nor access keys.
    pub(super) fn credentials(&self, user: i64) -> Result<Vec<Credential>> {
        self.all(CREDENTIALS, [user], |row| {
            let kind = match row.get(0)? {
                0 => CredentialKind::SigningCertificate,
                1 => CredentialKind::SshPublicKey,
                _ => CredentialKind::ServiceSpecific,
            };
            Ok(Credential {
                kind,
                id: row.get(1)?,
                is_active: row.get::<_, String>(2)? == "Active",
                created: time(row.get(3)?),
                service: row.get(4)?,
            })
        })
    }
}

/// What the serial number says of a device (IAM User Guide, "AWS Multi-factor authentication in IAM").
fn sort(serial: &str) -> Mfa {
    if serial.contains(":mfa/") {
        Mfa::Virtual
    } else if serial.contains(":u2f/") {
        Mfa::Passkey
    } else {
        Mfa::Hardware
    }
}
