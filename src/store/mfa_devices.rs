//! Virtual MFA devices: create, list, delete; and what is shared with `mfa_enabling.rs`.
//!
//! A device is an entity whose ARN is its serial number. Its seed is shown once, when it is made.

use rusqlite::{Row, params};

use super::error::{Error as StoreError, Result};
use super::page::Page;
use super::perform::Perform;
use super::tags::check_tags;
use super::tx::{ENTITY, Entity, NewEntity, Tx, name_key, time};
use super::users::user;
use super::{qr, totp};
use crate::api::{
    Blob, CreateVirtualMFADevice, CreateVirtualMFADeviceOutput, DeleteVirtualMFADevice, DeleteVirtualMFADeviceOutput,
    ListVirtualMFADevices, ListVirtualMFADevicesOutput, User, VirtualMFADevice,
};
use crate::iam::{Error, Kind};

/// Bytes of a seed: 64 letters in base 32.
const SEED_BYTES: usize = 40;

/// An MFA device, assigned or not.
#[derive(Debug)]
pub(super) struct Device {
    pub entity: Entity,
    pub user: Option<i64>,
    pub root: bool,
    pub enabled: Option<i64>,
    pub seed: Option<Vec<u8>>,
    pub drift: i64,
    pub last_step: i64,
    /// Steps whose codes STS took, as JSON.
    pub used: String,
}

impl Device {
    /// Reads a device from the columns of [`ENTITY`] and of `mfa_device` after them.
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            entity: Entity::read(row)?,
            user: row.get(9)?,
            root: row.get(10)?,
            enabled: row.get(11)?,
            seed: row.get(12)?,
            drift: row.get(13)?,
            last_step: row.get(14)?,
            used: row.get(15)?,
        })
    }

    pub(super) fn is_assigned(&self) -> bool {
        self.user.is_some() || self.root
    }
}

pub(super) fn missing(serial: &str) -> Error {
    Error::no_such_entity(format!("MFA Device with serial number {serial} does not exist."))
}

impl Perform for CreateVirtualMFADevice {
    fn perform(&self, tx: &Tx<'_>) -> Result<CreateVirtualMFADeviceOutput> {
        let tags = self.tags.as_deref().unwrap_or_default();
        check_tags(Kind::MfaDevice, tags)?;
        let path = self.path.as_deref().unwrap_or("/");
        let key = name_key(Kind::MfaDevice, path, &self.virtual_mfa_device_name);
        if tx.find(Kind::MfaDevice, &key)?.is_some() {
            return Err(Error::already_exists("MFA device already exists.").into());
        }
        let entity = tx.insert(&NewEntity {
            kind: Kind::MfaDevice,
            name: &self.virtual_mfa_device_name,
            path: self.path.as_deref(),
            description: None,
            boundary: None,
        })?;
        tx.put_tags(&entity, tags)?;
        let seed = totp::base32(&tx.random::<SEED_BYTES>());
        tx.execute(
            "INSERT INTO mfa_device (entity, seed) VALUES (?1, ?2)",
            params![entity.id, tx.seal(&entity.arn, &seed)?],
        )?;
        let account = tx.account.alias.as_deref().unwrap_or(tx.account.id.as_str());
        let image = qr::png(&format!("otpauth://totp/{}@{account}?secret={seed}", entity.name))?;
        let device = VirtualMFADevice {
            base32_string_seed: Some(Blob(seed.into_bytes())),
            qr_code_png: Some(Blob(image)),
            tags: tx.tags(entity.id)?,
            serial_number: entity.arn,
            ..VirtualMFADevice::default()
        };
        Ok(CreateVirtualMFADeviceOutput { virtual_mfa_device: device })
    }
}

impl Perform for DeleteVirtualMFADevice {
    fn perform(&self, tx: &Tx<'_>) -> Result<DeleteVirtualMFADeviceOutput> {
        let device = tx.mfa_device(&self.serial_number)?;
        if device.is_assigned() {
            return Err(Error::delete_conflict("MFA VirtualDevice in use. Must deactivate first.").into());
        }
        tx.delete(&device.entity)?;
        Ok(DeleteVirtualMFADeviceOutput {})
    }
}

impl Perform for ListVirtualMFADevices {
    fn perform(&self, tx: &Tx<'_>) -> Result<ListVirtualMFADevicesOutput> {
        let page = Page::new(self.marker.as_deref(), self.max_items)?;
        let assigned = match self.assignment_status.as_deref() {
            Some("Assigned") => "AND (m.user IS NOT NULL OR m.root)",
            Some("Unassigned") => "AND m.user IS NULL AND NOT m.root",
            _ => "",
        };
        let rows = tx.all(
            &format!(
                "SELECT {ENTITY}, {DEVICE} FROM entity e JOIN mfa_device m ON m.entity = e.id
                 WHERE e.account = ?1 AND e.kind = ?2 AND e.name_key > ?3 AND e.arn LIKE 'arn:%:mfa/%' {assigned}
                 ORDER BY e.name_key LIMIT ?4"
            ),
            params![tx.account.row, Kind::MfaDevice.number(), page.after, page.limit],
            Device::read,
        )?;
        let (devices, more, marker) =
            page.cut(rows, |device| name_key(device.entity.kind, &device.entity.path, &device.entity.name));
        let virtual_mfa_devices = devices.iter().map(|device| tx.listed(device)).collect::<Result<_>>()?;
        Ok(ListVirtualMFADevicesOutput { virtual_mfa_devices, is_truncated: Some(more), marker })
    }
}

const DEVICE: &str = "m.user, m.root, m.enabled, m.seed, m.drift, m.last_step, m.used";

impl Tx<'_> {
    /// The device with that serial number.
    ///
    /// # Errors
    /// `NoSuchEntity`.
    pub(super) fn mfa_device(&self, serial: &str) -> Result<Device> {
        let sql = format!(
            "SELECT {ENTITY}, {DEVICE} FROM entity e JOIN mfa_device m ON m.entity = e.id
             WHERE e.account = ?1 AND e.arn = ?2"
        );
        Ok(self.one(&sql, params![self.account.row, serial], Device::read)?.ok_or_else(|| missing(serial))?)
    }

    /// The seed of a device, as its letters spell it.
    pub(super) fn seed(&self, device: &Device) -> Result<Option<zeroize::Zeroizing<Vec<u8>>>> {
        let Some(sealed) = &device.seed else { return Ok(None) };
        let letters = self.store.vault.unseal(&device.entity.arn, sealed)?;
        let seed = totp::from_base32(&letters).ok_or_else(|| StoreError::Corrupt("an MFA seed".into()))?;
        Ok(Some(zeroize::Zeroizing::new(seed)))
    }

    fn listed(&self, device: &Device) -> Result<VirtualMFADevice> {
        let owner = match device.user {
            Some(id) => self.user_of_row(id)?,
            None if device.root => Some(self.root_user()?),
            None => None,
        };
        Ok(VirtualMFADevice {
            serial_number: device.entity.arn.clone(),
            user: owner,
            enable_date: device.enabled.map(time),
            ..VirtualMFADevice::default()
        })
    }

    fn user_of_row(&self, id: i64) -> Result<Option<User>> {
        let sql = format!(
            "SELECT {ENTITY}, u.password_last_used FROM entity e JOIN user u ON u.entity = e.id WHERE e.id = ?1"
        );
        self.one(&sql, [id], |row| Ok(user(&Entity::read(row)?, row.get(9)?)))
    }
}

#[cfg(test)]
mod tests {
    use crate::api::{CreateVirtualMFADevice, DeleteVirtualMFADevice, ListVirtualMFADevices, VirtualMFADevice};
    use crate::store::kit::Kit;

    fn create(name: &str) -> CreateVirtualMFADevice {
        CreateVirtualMFADevice { virtual_mfa_device_name: name.into(), ..CreateVirtualMFADevice::default() }
    }

    #[test]
    fn a_device_shows_its_seed_once() {
        let kit = Kit::new();
        let made = kit.ok(&create("ann")).virtual_mfa_device;
        assert_eq!(made.serial_number, "arn:aws:iam::123456789012:mfa/ann");
        let seed = made.base32_string_seed.unwrap().0;
        assert!(seed.len() == 64 && seed.iter().all(|b| b.is_ascii_uppercase() || (b'2'..=b'7').contains(b)));
        assert!(made.qr_code_png.unwrap().0.starts_with(b"\x89PNG"));
        let listed = kit.ok(&ListVirtualMFADevices::default()).virtual_mfa_devices;
        let expected = VirtualMFADevice { serial_number: made.serial_number, ..VirtualMFADevice::default() };
        assert_eq!(listed, [expected]);
        assert_eq!(kit.refused(&create("ann")).message, "MFA device already exists.");
    }

    #[test]
    fn a_device_is_deleted_by_its_serial_number() {
        let kit = Kit::new();
        let serial_number = kit.ok(&create("ann")).virtual_mfa_device.serial_number;
        let delete = DeleteVirtualMFADevice { serial_number };
        kit.ok(&delete);
        assert_eq!(
            kit.refused(&delete).message,
            "MFA Device with serial number arn:aws:iam::123456789012:mfa/ann does not exist."
        );
    }
}
