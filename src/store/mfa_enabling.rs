//! MFA devices of users: enable, resync, deactivate, get, list; and checking a code.
//!
//! Hardware and FIDO devices are only known from a mirror: nobody but AWS and the console can register one.

use rusqlite::params;

use super::error::Result;
use super::mfa_devices::Device;
use super::page::Page;
use super::perform::Perform;
use super::totp;
use super::tx::{Entity, Tx, check_room, time};
use crate::api::{
    DeactivateMFADevice, DeactivateMFADeviceOutput, EnableMFADevice, EnableMFADeviceOutput, GetMFADevice,
    GetMFADeviceOutput, ListMFADevices, ListMFADevicesOutput, MFADevice, ResyncMFADevice, ResyncMFADeviceOutput,
};
use crate::iam::{Caller, Error, Kind};

/// The user name that listings give the root user's devices.
const ROOT: &str = "root";

impl Perform for EnableMFADevice {
    fn perform(&self, tx: &Tx<'_>) -> Result<EnableMFADeviceOutput> {
        let user = tx.user(&self.user_name)?;
        let device = tx.mfa_device(&self.serial_number)?;
        if device.user == Some(user.id) {
            let message = format!("MFA Device for user {} already exists.", user.name);
            return Err(Error::already_exists(message).into());
        }
        if device.is_assigned() {
            return Err(Error::already_exists("MFA Device is already in use.").into());
        }
        let quota = tx.account.quotas.mfa_devices_per_user;
        let held = tx.count("SELECT mfa_devices FROM user WHERE entity = ?1", [user.id])?;
        check_room(held, "MFADevicesPerUser", quota)?;
        tx.synchronize(&device, (&self.authentication_code1, &self.authentication_code2))?;
        tx.execute(
            "UPDATE mfa_device SET user = ?2, enabled = ?3 WHERE entity = ?1",
            params![device.entity.id, user.id, tx.seconds()],
        )?;
        Ok(EnableMFADeviceOutput {})
    }
}

impl Perform for ResyncMFADevice {
    fn perform(&self, tx: &Tx<'_>) -> Result<ResyncMFADeviceOutput> {
        let user = tx.user(&self.user_name)?;
        let device = tx.mfa_device_of(&user, &self.serial_number)?;
        tx.synchronize(&device, (&self.authentication_code1, &self.authentication_code2))?;
        Ok(ResyncMFADeviceOutput {})
    }
}

impl Perform for DeactivateMFADevice {
    fn perform(&self, tx: &Tx<'_>) -> Result<DeactivateMFADeviceOutput> {
        let user = tx.user_or_caller(self.user_name.as_deref())?;
        let device = tx.mfa_device_of(&user, &self.serial_number)?;
        if device.seed.is_none() && !is_virtual(&device.entity) {
            tx.execute("DELETE FROM mfa_device WHERE entity = ?1", [device.entity.id])?;
            tx.delete(&device.entity)?;
        } else {
            tx.execute("UPDATE mfa_device SET user = NULL, enabled = NULL WHERE entity = ?1", [device.entity.id])?;
        }
        Ok(DeactivateMFADeviceOutput {})
    }
}

impl Perform for GetMFADevice {
    fn perform(&self, tx: &Tx<'_>) -> Result<GetMFADeviceOutput> {
        let named = self.user_name.as_deref().map(|name| tx.user(name)).transpose()?;
        let device = match &named {
            Some(user) => tx.mfa_device_of(user, &self.serial_number)?,
            None => tx.mfa_device(&self.serial_number)?,
        };
        if is_virtual(&device.entity) {
            return Err(Error::validation(
                "The MFA device serial number sent in the request is invalid or not supported by this API. Currently, only \
                 hardware FIDO security keys are supported. Please use the compatible device or API.",
            )
            .into());
        }
        let sql = "SELECT name FROM entity WHERE id = ?1";
        let user_name = device.user.map(|id| tx.one(sql, [id], |row| row.get(0))).transpose()?.flatten();
        Ok(GetMFADeviceOutput {
            user_name,
            serial_number: device.entity.arn,
            enable_date: device.enabled.map(time),
            // Only FIDO devices have certifications, and the store has none of those.
            certifications: None,
        })
    }
}

impl Perform for ListMFADevices {
    fn perform(&self, tx: &Tx<'_>) -> Result<ListMFADevicesOutput> {
        let page = Page::new(self.marker.as_deref(), self.max_items)?;
        let owner = match (&self.user_name, tx.caller) {
            (None, Caller::Root) => None,
            (name, _) => Some(tx.user_or_caller(name.as_deref())?),
        };
        let name = owner.as_ref().map_or(ROOT, |user| user.name.as_str());
        let rows = tx.all(
            "SELECT e.arn, m.enabled FROM mfa_device m JOIN entity e ON e.id = m.entity
             WHERE e.account = ?1 AND (m.user = ?2 OR ?2 IS NULL AND m.root) AND e.arn > ?3 ORDER BY e.arn LIMIT ?4",
            params![tx.account.row, owner.as_ref().map(|user| user.id), page.after, page.limit],
            |row| {
                let enable_date = time(row.get::<_, Option<i64>>(1)?.unwrap_or_default());
                Ok(MFADevice { user_name: name.to_owned(), serial_number: row.get(0)?, enable_date })
            },
        )?;
        let (mfa_devices, more, marker) = page.cut(rows, |device| device.serial_number.clone());
        Ok(ListMFADevicesOutput { mfa_devices, is_truncated: Some(more), marker })
    }
}

fn is_virtual(entity: &Entity) -> bool {
    entity.kind == Kind::MfaDevice && entity.arn.contains(":mfa/")
}

impl Tx<'_> {
    /// The device with that serial number, if it is the user's.
    ///
    /// # Errors
    /// `NoSuchEntity`.
    fn mfa_device_of(&self, user: &Entity, serial: &str) -> Result<Device> {
        let device = self.mfa_device(serial)?;
        let invalid = || Error::no_such_entity("MFA Device invalid for user.");
        if device.user == Some(user.id) { Ok(device) } else { Err(invalid().into()) }
    }

    /// Sets the device's clock by two codes in a row.
    ///
    /// # Errors
    /// `InvalidAuthenticationCode`.
    fn synchronize(&self, device: &Device, codes: (&str, &str)) -> Result<()> {
        let now = totp::step(self.seconds());
        let seed = self.seed(device)?;
        let step = seed.and_then(|seed| totp::consecutive(&seed, (now + device.drift, device.last_step), codes));
        let wrong = || Error::invalid_authentication_code("Authentication code for device is not valid.");
        self.take_step(device, step.ok_or_else(wrong)?, now)
    }

    /// Whether the code is one that the user's device (`None`: the root user's) shows now. The code is then spent; those
    /// that set the device's clock are not (observed on AWS).
    pub(super) fn spend_code(&self, user: Option<i64>, serial: &str, code: &str) -> Result<bool> {
        let device = match self.mfa_device(serial) {
            Ok(device) if device.user == user && device.root == user.is_none() => device,
            Ok(_) => return Ok(false),
            Err(error) if error.iam().is_some() => return Ok(false),
            Err(error) => return Err(error),
        };
        let time = totp::step(self.seconds()) + device.drift;
        let Some(seed) = self.seed(&device)? else { return Ok(false) };
        let mut spent: Vec<i64> = serde_json::from_str(&device.used)?;
        let Some(step) = totp::single(&seed, time, &spent, code) else { return Ok(false) };
        spent.retain(|step| *step >= time - totp::SLACK_STEPS);
        spent.push(step);
        let sql = "UPDATE mfa_device SET used = ?2 WHERE entity = ?1";
        self.execute(sql, params![device.entity.id, serde_json::to_string(&spent)?])?;
        Ok(true)
    }

    fn take_step(&self, device: &Device, step: i64, now: i64) -> Result<()> {
        self.execute(
            "UPDATE mfa_device SET drift = ?2, last_step = ?3 WHERE entity = ?1",
            params![device.entity.id, step - now, step],
        )?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::api::{
        CreateUser, CreateVirtualMFADevice, DeactivateMFADevice, DeleteUser, DeleteVirtualMFADevice, EnableMFADevice,
        GetMFADevice, ListMFADevices, ListVirtualMFADevices, ResyncMFADevice,
    };
    use crate::store::kit::Kit;
    use crate::store::totp::{code, from_base32, step};

    const SERIAL: &str = "arn:aws:iam::123456789012:mfa/phone";

    /// A store with the user ann and a device, and the device's seed.
    fn kit() -> (Kit, Vec<u8>) {
        let kit = Kit::new();
        kit.ok(&CreateUser { user_name: "ann".into(), ..CreateUser::default() });
        let create =
            CreateVirtualMFADevice { virtual_mfa_device_name: "phone".into(), ..CreateVirtualMFADevice::default() };
        let seed = kit.ok(&create).virtual_mfa_device.base32_string_seed.unwrap().0;
        (kit, from_base32(&seed).unwrap())
    }

    /// Two codes in a row, some steps from now.
    fn codes(kit: &Kit, seed: &[u8], from: i64) -> (String, String) {
        let now = step(kit.store.world.now().as_second());
        (code(seed, now + from), code(seed, now + from + 1))
    }

    fn enable((first, second): (String, String)) -> EnableMFADevice {
        EnableMFADevice {
            user_name: "ann".into(),
            serial_number: SERIAL.into(),
            authentication_code1: first,
            authentication_code2: second,
        }
    }

    fn mfa_devices(kit: &Kit) -> i64 {
        kit.store.read(|sql| Ok(sql.query_row("SELECT mfa_devices FROM user", [], |row| row.get(0))?)).unwrap()
    }

    #[test]
    fn two_codes_in_a_row_assign_a_device() {
        let (kit, seed) = kit();
        let (first, second) = codes(&kit, &seed, 0);
        assert_eq!(kit.refused(&enable((second.clone(), first.clone()))).code, "InvalidAuthenticationCode");
        kit.ok(&enable((first.clone(), second.clone())));
        let again = enable((first, second));
        assert_eq!(kit.refused(&again).message, "MFA Device for user ann already exists.");
        kit.ok(&CreateUser { user_name: "bob".into(), ..CreateUser::default() });
        let theirs = EnableMFADevice { user_name: "bob".into(), ..again };
        assert_eq!(kit.refused(&theirs).message, "MFA Device is already in use.");
        let deactivate = DeactivateMFADevice { user_name: Some("bob".into()), serial_number: SERIAL.into() };
        assert_eq!(kit.refused(&deactivate).message, "MFA Device invalid for user.");
        let listed = kit.ok(&ListMFADevices { user_name: Some("ann".into()), ..ListMFADevices::default() });
        assert_eq!(listed.mfa_devices[0].serial_number, SERIAL);
        let all = kit.ok(&ListVirtualMFADevices { assignment_status: Some("Assigned".into()), ..Default::default() });
        assert_eq!(all.virtual_mfa_devices[0].user.as_ref().unwrap().user_name, "ann");
        let get = GetMFADevice { serial_number: SERIAL.into(), user_name: None };
        assert_eq!(kit.refused(&get).code, "ValidationError", "only FIDO keys can be asked about");
    }

    #[test]
    fn a_device_in_use_holds_its_user_and_itself() {
        let (kit, seed) = kit();
        kit.ok(&enable(codes(&kit, &seed, -5)));
        assert_eq!(mfa_devices(&kit), 1);
        assert_eq!(
            kit.refused(&DeleteUser { user_name: "ann".into() }).message,
            "Cannot delete entity, must remove tokens from principal first."
        );
        let delete = DeleteVirtualMFADevice { serial_number: SERIAL.into() };
        assert_eq!(kit.refused(&delete).code, "DeleteConflict");
        kit.ok(&DeactivateMFADevice { user_name: Some("ann".into()), serial_number: SERIAL.into() });
        assert_eq!(mfa_devices(&kit), 0);
        kit.ok(&delete);
        kit.ok(&DeleteUser { user_name: "ann".into() });
    }

    #[test]
    fn a_device_out_of_step_is_set_right() {
        let (kit, seed) = kit();
        kit.ok(&enable(codes(&kit, &seed, -1)));
        let (first, second) = codes(&kit, &seed, 20);
        let resync = ResyncMFADevice {
            user_name: "ann".into(),
            serial_number: SERIAL.into(),
            authentication_code1: first,
            authentication_code2: second,
        };
        kit.ok(&resync);
        assert_eq!(kit.refused(&resync).code, "InvalidAuthenticationCode", "no code is taken twice");
    }
}
