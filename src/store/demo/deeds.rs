//! What happens in the demo's past that no operation of IAM does.

use argon2::password_hash::{PasswordHasher, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use rusqlite::params;
use serde_json::{Map, Value, json};

use super::super::account::Account;
use super::super::error::{Error, Result};
use super::super::open::Store;
use crate::api::{Call, Service, find};
use crate::iam::{Caller, Kind};

/// Everybody's password. The account is a demo: it guards nothing.
const PASSWORD: &str = "Example-Corp-2026";
/// Argon2 at its cheapest: the hash says so itself, so it is verified like any other.
const COST: (u32, u32, u32) = (8, 1, 1);

impl Store {
    /// Does what the script calls by a name of its own.
    pub(super) fn deed(&self, account: &Account, name: &str, with: &Map<String, Value>) -> Result<()> {
        let text = |member: &str| with.get(member).and_then(Value::as_str).unwrap_or_default();
        let now = self.world.now().as_second();
        let of = |kind: Kind, name: &str| (account.row, kind.number(), name.to_owned());
        match name {
            "password" => {
                let reset = with.get("reset").and_then(Value::as_bool).unwrap_or(false);
                let (row, kind, user) = of(Kind::User, text("user"));
                self.run_sql(
                    "INSERT INTO login_profile (user, password, created, changed, reset_required)
                     SELECT id, ?4, ?5, ?5, ?6 FROM entity WHERE account = ?1 AND kind = ?2 AND name = ?3",
                    params![row, kind, user, self.cheap_hash()?, now, reset],
                )
            }
            "used-password" => {
                let (row, kind, user) = of(Kind::User, text("user"));
                let sql = format!("UPDATE user SET password_last_used = ?4 WHERE entity = {NAMED}");
                self.run_sql(&sql, params![row, kind, user, now])
            }
            "used-key" => {
                let (row, kind, user) = of(Kind::User, text("user"));
                let sql = format!(
                    "UPDATE access_key SET last_used = ?4, last_used_service = ?5, last_used_region = ?6
                     WHERE rowid = (SELECT rowid FROM access_key WHERE user = {NAMED} ORDER BY created LIMIT 1 OFFSET ?7)"
                );
                let nth = with.get("nth").and_then(Value::as_i64).unwrap_or(0);
                self.run_sql(&sql, params![row, kind, user, now, text("service"), text("region"), nth])
            }
            "used-service" => {
                let (row, kind, role) = of(Kind::Role, text("role"));
                let sql = format!(
                    "INSERT INTO service_use (entity, service, last_used, region) VALUES ({NAMED}, ?4, ?5, ?6)
                     ON CONFLICT (entity, service) DO UPDATE SET last_used = excluded.last_used"
                );
                self.run_sql(&sql, params![row, kind, role, text("service"), now, text("region")])
            }
            "deactivate-key" => {
                let (row, kind, user) = of(Kind::User, text("user"));
                let sql = format!("UPDATE access_key SET status = 'Inactive' WHERE user = {NAMED}");
                self.run_sql(&sql, params![row, kind, user])
            }
            "used-role" => {
                let (row, kind, role) = of(Kind::Role, text("role"));
                let sql = format!("UPDATE role SET last_used = ?4, last_used_region = ?5 WHERE entity = {NAMED}");
                self.run_sql(&sql, params![row, kind, role, now, text("region")])
            }
            "mfa" => self.switch_on(account, text("user"), text("device")),
            _ => Err(Error::Corrupt(format!("the demo knows no deed `{name}`"))),
        }
    }

    /// Makes a virtual MFA device and enables it, without the two codes that its owner would type.
    fn switch_on(&self, account: &Account, user: &str, device: &str) -> Result<()> {
        let Some(model) = find(Service::Iam, "CreateVirtualMFADevice") else { return Ok(()) };
        let Value::Object(input) = json!({"VirtualMFADeviceName": device}) else { return Ok(()) };
        self.perform_call(account, &Caller::Root, &Call::new(model, input))?;
        let sql = format!(
            "UPDATE mfa_device SET user = {NAMED}, enabled = ?4
             WHERE entity = (SELECT id FROM entity WHERE account = ?1 AND kind = ?5 AND name = ?6)"
        );
        let now = self.world.now().as_second();
        let kinds = (Kind::User.number(), Kind::MfaDevice.number());
        self.run_sql(&sql, params![account.row, kinds.0, user, now, kinds.1, device])
    }

    /// Changes one row.
    fn run_sql(&self, sql: &str, params: impl rusqlite::Params) -> Result<()> {
        let changed = self.write(|connection| Ok(connection.prepare_cached(sql)?.execute(params)?))?;
        if changed == 0 { Err(Error::Corrupt(format!("the demo's script changes nothing by `{sql}`"))) } else { Ok(()) }
    }

    fn cheap_hash(&self) -> Result<String> {
        let failed = |e: &dyn std::fmt::Display| Error::Corrupt(format!("a password could not be hashed: {e}"));
        let mut salt = [0; 16];
        self.world.fill(&mut salt);
        let salt = SaltString::encode_b64(&salt).map_err(|e| failed(&e))?;
        let params = Params::new(COST.0, COST.1, COST.2, None).map_err(|e| failed(&e))?;
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        Ok(argon2.hash_password(PASSWORD.as_bytes(), &salt).map_err(|e| failed(&e))?.to_string())
    }
}

/// The row of the entity of that name: `?1` is the account, `?2` the kind.
const NAMED: &str = "(SELECT id FROM entity WHERE account = ?1 AND kind = ?2 AND name = ?3)";
