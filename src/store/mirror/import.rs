//! An account from a file: local, since nobody answers for it but the store, and replaced as a whole by the next import.

use rusqlite::{Connection, params};

use super::{Intake, Whole};
use crate::iam::{AccountId, Caller};
use crate::store::account::{Account, find, made};
use crate::store::error::{Error, Result};
use crate::store::log_debt::owe;
use crate::store::open::Store;
use crate::store::tx::Tx;

impl Store {
    /// Makes an account of what was read from a file, in place of what an earlier import made. All of it or nothing.
    ///
    /// # Errors
    /// [`Error::NotImported`] if the store has the account from elsewhere, and it is not empty.
    pub fn import(&self, id: &AccountId, partition: &str, whole: &Whole) -> Result<Account> {
        let now = self.now();
        self.write(|sql| {
            let account = self.room_for(sql, id, partition)?;
            let tx = Tx { sql, store: self, account: &account, caller: &Caller::Root, origin: None, now };
            let intake = Intake(tx);
            intake.clear()?;
            intake.take_in_whole(whole)?;
            intake.execute("UPDATE account SET refreshed = ?2 WHERE id = ?1", params![account.row, now.as_second()])?;
            made(sql, id)
        })
    }

    /// The account, made if it is not there; refused if it holds something that no import brought.
    fn room_for(&self, sql: &Connection, id: &AccountId, partition: &str) -> Result<Account> {
        let Some(account) = find(sql, id.as_str())? else {
            let text = "INSERT INTO account (account_id, partition, created) VALUES (?1, ?2, ?3)";
            sql.execute(text, params![id.as_str(), partition, self.now().as_second()])?;
            return made(sql, id);
        };
        let text = "SELECT ifnull(sum(count), 0) FROM tally WHERE account = ?1";
        let held: i64 = sql.query_row(text, [account.row], |row| row.get(0))?;
        if account.mirror.is_some() || (account.imported.is_none() && held > 0) {
            return Err(Error::NotImported(id.clone()));
        }
        Ok(account)
    }
}

impl Intake<'_> {
    /// Removes all that the account holds; keys may have been made since it was imported.
    fn clear(&self) -> Result<()> {
        owe(self.sql)?;
        for text in [
            "DELETE FROM mfa_device WHERE entity IN (SELECT id FROM entity WHERE account = ?1)",
            "DELETE FROM attachment WHERE account = ?1",
            "DELETE FROM access_key WHERE account = ?1",
            "DELETE FROM entity WHERE account = ?1",
        ] {
            self.execute(text, [self.account.row])?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Whole;
    use crate::api::GetAccountAuthorizationDetailsOutput;
    use crate::store::error::Error;
    use crate::store::kit::{ALLOW, Kit, TRUST};
    use crate::store::view::{Last, Mfa, Password};
    use crate::store::{Account, Store};

    fn whole(kit: &Kit) -> Whole {
        let answer = kit.call("GetAccountAuthorizationDetails", json!({})).unwrap();
        let found: GetAccountAuthorizationDetailsOutput = serde_json::from_value(answer.into()).unwrap();
        Whole {
            users: found.user_detail_list.unwrap(),
            groups: found.group_detail_list.unwrap(),
            roles: found.role_detail_list.unwrap(),
            policies: found.policies.unwrap(),
        }
    }

    fn kit() -> Kit {
        let kit = Kit::new();
        for (name, input) in [
            ("CreateUser", json!({"UserName": "ann", "Tags": [{"Key": "team", "Value": "a"}]})),
            ("CreateGroup", json!({"GroupName": "devs"})),
            ("AddUserToGroup", json!({"GroupName": "devs", "UserName": "ann"})),
            ("CreatePolicy", json!({"PolicyName": "p", "PolicyDocument": ALLOW})),
            ("AttachGroupPolicy", json!({"GroupName": "devs", "PolicyArn": "arn:aws:iam::123456789012:policy/p"})),
            ("CreateRole", json!({"RoleName": "r", "AssumeRolePolicyDocument": TRUST})),
        ] {
            kit.call(name, input).unwrap();
        }
        kit
    }

    fn import(store: &Store, whole: &Whole) -> Result<Account, Error> {
        store.import(&"123456789012".parse().unwrap(), "aws", whole)
    }

    #[test]
    fn an_import_holds_what_the_account_held_and_is_replaced_by_the_next() {
        let (source, target) = (kit(), Kit::new());
        let account = import(&target.store, &whole(&source)).unwrap();
        assert!(account.imported.is_some() && account.mirror.is_none());
        let details = |kit: &Kit| kit.call("GetAccountAuthorizationDetails", json!({})).unwrap();
        assert_eq!(details(&source), details(&target));
        target.call("CreateUser", json!({"UserName": "what-if"})).unwrap();
        source.call("RemoveUserFromGroup", json!({"GroupName": "devs", "UserName": "ann"})).unwrap();
        import(&target.store, &whole(&source)).unwrap();
        assert_eq!(details(&source), details(&target));
    }

    #[test]
    fn what_the_file_does_not_tell_is_unknown() {
        let target = Kit::new();
        let account = import(&target.store, &whole(&kit())).unwrap();
        let ann = target.store.view(&account).user("ann").unwrap().unwrap();
        assert_eq!((ann.row.mfa, ann.row.password, ann.row.activity), (Mfa::Unknown, Password::Unknown, Last::Unknown));
    }

    #[test]
    fn an_account_that_was_not_imported_is_left_alone() {
        let kit = kit();
        let before = kit.call("GetAccountAuthorizationDetails", json!({})).unwrap();
        let refused = import(&kit.store, &Whole::default());
        assert!(matches!(refused, Err(Error::NotImported(_))), "{refused:?}");
        assert_eq!(kit.call("GetAccountAuthorizationDetails", json!({})).unwrap(), before);
    }
}
