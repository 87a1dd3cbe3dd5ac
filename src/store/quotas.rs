//! The quotas of an account as its settings: what AWS's defaults are not good for is set by name.

use rusqlite::params;

use super::account::{self, Account};
use super::error::{Error, Result};
use super::open::Store;
use crate::iam::quota::QuotaName;

impl Store {
    /// Sets a quota of the account, or with `None` gives it AWS's default again. The account as it is from then on.
    ///
    /// # Errors
    /// When the store fails.
    pub fn set_quota(&self, account: &Account, name: QuotaName, value: Option<u32>) -> Result<Account> {
        let path = format!("$.{}", name.as_str());
        self.write(|sql| {
            sql.execute(
                "UPDATE account SET quotas = iif(?3 IS NULL, json_remove(quotas, ?2), json_set(quotas, ?2, ?3))
                 WHERE id = ?1",
                params![account.row, path, value],
            )?;
            account::find(sql, account.id.as_str())?.ok_or_else(|| Error::Corrupt("an account is gone".into()))
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::iam::quota::{QuotaName, Quotas};
    use crate::store::kit::Kit;

    #[test]
    fn a_quota_is_set_kept_and_given_back() {
        let mut kit = Kit::new();
        let name: QuotaName = "groups".parse().unwrap();
        kit.account = kit.store.set_quota(&kit.account, name, Some(1)).unwrap();
        assert_eq!(kit.account.quotas, Quotas { groups: 1, ..Quotas::default() });
        kit.call("CreateGroup", json!({"GroupName": "one"})).unwrap();
        let refused = kit.call("CreateGroup", json!({"GroupName": "two"})).unwrap_err();
        assert_eq!(
            (refused.code.as_ref(), refused.message.as_str()),
            ("LimitExceeded", "Cannot exceed quota for GroupsPerAccount: 1")
        );
        assert_eq!(kit.call("GetAccountSummary", json!({})).unwrap()["SummaryMap"]["GroupsQuota"], 1);
        kit.account = kit.store.set_quota(&kit.account, name, None).unwrap();
        assert_eq!(kit.account.quotas, Quotas::default());
        kit.call("CreateGroup", json!({"GroupName": "two"})).unwrap();
        assert!("group".parse::<QuotaName>().is_err());
    }
}
