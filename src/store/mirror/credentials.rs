//! How users sign in, as an endpoint tells: access keys, passwords, MFA devices. Never a secret: no endpoint tells one
//! twice.

use std::collections::BTreeSet;

use jiff::Timestamp;
use rusqlite::params;

use super::{Credentials, Intake};
use crate::api::{AccessKeyLastUsed, AccessKeyMetadata, LoginProfile, MFADevice};
use crate::iam::Kind;
use crate::store::error::Result;
use crate::store::tx::fold;

impl Intake<'_> {
    pub(super) fn take_in_password_use(&self, name: &str, at: Option<Timestamp>) -> Result<()> {
        let Some(user) = self.find(Kind::User, name)? else { return Ok(()) };
        let sql = "UPDATE user SET password_last_used = ?2 WHERE entity = ?1 AND password_last_used IS NOT ?2";
        self.execute(sql, params![user.id, at.map(Timestamp::as_second)]).map(drop)
    }

    pub(super) fn take_in_credentials(&self, credentials: &Credentials) -> Result<()> {
        let Some(user) = self.find(Kind::User, &credentials.user)? else { return Ok(()) };
        if let Some(keys) = &credentials.keys {
            self.set_keys(user.id, keys)?;
        }
        if let Some(login) = &credentials.login {
            self.set_login(user.id, login.as_ref())?;
        }
        if let Some(devices) = &credentials.mfa {
            self.set_devices(user.id, devices)?;
        }
        Ok(())
    }

    fn set_keys(&self, user: i64, keys: &[(AccessKeyMetadata, Option<AccessKeyLastUsed>)]) -> Result<()> {
        let seen: BTreeSet<&str> = keys.iter().filter_map(|(key, _)| key.access_key_id.as_deref()).collect();
        let sql = "SELECT id FROM access_key WHERE user = ?1";
        for id in self.all(sql, [user], |row| row.get::<_, String>(0))? {
            if !seen.contains(id.as_str()) {
                self.execute("DELETE FROM access_key WHERE id = ?1", [id])?;
            }
        }
        keys.iter().try_for_each(|(key, used)| self.set_key(user, key, used.as_ref()))
    }

    fn set_key(&self, user: i64, key: &AccessKeyMetadata, last: Option<&AccessKeyLastUsed>) -> Result<()> {
        let Some(id) = &key.access_key_id else { return Ok(()) };
        self.execute(
            "INSERT INTO access_key (id, account, user, status, created) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT DO UPDATE SET user = excluded.user, status = excluded.status, created = excluded.created
             WHERE (user, status, created) IS NOT (excluded.user, excluded.status, excluded.created)",
            params![
                id,
                self.account.row,
                user,
                key.status.as_deref().unwrap_or("Active"),
                key.create_date.map_or(0, Timestamp::as_second)
            ],
        )?;
        let Some(last) = last else { return Ok(()) };
        // AWS says N/A of a key that was never used, or not since it began to keep track.
        let known = |text: &str| Some(text.to_owned()).filter(|text| text != "N/A" && !text.is_empty());
        self.execute(
            "UPDATE access_key SET last_used = ?2, last_used_service = ?3, last_used_region = ?4
             WHERE id = ?1 AND (last_used, last_used_service, last_used_region) IS NOT (?2, ?3, ?4)",
            params![id, last.last_used_date.map(Timestamp::as_second), known(&last.service_name), known(&last.region)],
        )?;
        Ok(())
    }

    fn set_login(&self, user: i64, login: Option<&LoginProfile>) -> Result<()> {
        let Some(login) = login else {
            return self.execute("DELETE FROM login_profile WHERE user = ?1", [user]).map(drop);
        };
        let created = login.create_date.as_second();
        self.execute(
            "INSERT INTO login_profile (user, created, changed, reset_required) VALUES (?1, ?2, ?2, ?3)
             ON CONFLICT DO UPDATE SET created = excluded.created, reset_required = excluded.reset_required,
                 changed = max(changed, excluded.changed)",
            params![user, created, login.password_reset_required.unwrap_or(false)],
        )?;
        Ok(())
    }

    fn set_devices(&self, user: i64, devices: &[MFADevice]) -> Result<()> {
        let sql = "SELECT e.arn, e.id FROM mfa_device m JOIN entity e ON e.id = m.entity WHERE m.user = ?1";
        for (serial, id) in self.all(sql, [user], |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?)))? {
            if !devices.iter().any(|device| device.serial_number == serial) {
                self.execute("DELETE FROM entity WHERE id = ?1", [id])?;
            }
        }
        devices.iter().try_for_each(|device| self.set_device(user, device))
    }

    fn set_device(&self, user: i64, device: &MFADevice) -> Result<()> {
        let enabled = device.enable_date.as_second();
        let id = match self.find_arn(&device.serial_number)? {
            Some(entity) => entity.id,
            None => self.make_device(&device.serial_number, enabled)?,
        };
        self.execute(
            "INSERT INTO mfa_device (entity, user, enabled) VALUES (?1, ?2, ?3)
             ON CONFLICT DO UPDATE SET user = excluded.user, enabled = excluded.enabled
             WHERE user IS NOT excluded.user OR enabled IS NOT excluded.enabled",
            params![id, user, enabled],
        )?;
        Ok(())
    }

    /// A device's ARN is its serial number; the name is what follows `mfa/`, or for a hardware device the number itself.
    fn make_device(&self, serial: &str, created: i64) -> Result<i64> {
        let name = serial.split_once(":mfa/").map_or(serial, |(_, name)| name);
        self.execute(
            "INSERT INTO entity (account, kind, name, name_key, arn, created) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![self.account.row, Kind::MfaDevice.number(), name, fold(name), serial, created],
        )?;
        Ok(self.sql.last_insert_rowid())
    }
}
