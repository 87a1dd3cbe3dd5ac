//! The account alias: one at most, and no two accounts of a store share one.

use rusqlite::params;

use super::error::Result;
use super::page::Page;
use super::perform::Perform;
use super::tx::Tx;
use crate::api::{
    CreateAccountAlias, CreateAccountAliasOutput, DeleteAccountAlias, DeleteAccountAliasOutput, ListAccountAliases,
    ListAccountAliasesOutput,
};
use crate::iam::Error;

/// A new alias takes the place of the old one (IAM User Guide, "Your AWS account ID and its alias").
impl Perform for CreateAccountAlias {
    fn perform(&self, tx: &Tx<'_>) -> Result<CreateAccountAliasOutput> {
        let alias = &self.account_alias;
        if tx.count("SELECT count(*) FROM account WHERE alias = ?1", [alias])? > 0 {
            return Err(Error::already_exists(format!("The account alias {alias} already exists.")).into());
        }
        tx.execute("UPDATE account SET alias = ?2 WHERE id = ?1", params![tx.account.row, alias])?;
        Ok(CreateAccountAliasOutput {})
    }
}

impl Perform for DeleteAccountAlias {
    fn perform(&self, tx: &Tx<'_>) -> Result<DeleteAccountAliasOutput> {
        let alias = &self.account_alias;
        let sql = "UPDATE account SET alias = NULL WHERE id = ?1 AND alias = ?2";
        if tx.execute(sql, params![tx.account.row, alias])? == 0 {
            return Err(Error::no_such_entity(format!("The account alias {alias} cannot be found.")).into());
        }
        Ok(DeleteAccountAliasOutput {})
    }
}

impl Perform for ListAccountAliases {
    fn perform(&self, tx: &Tx<'_>) -> Result<ListAccountAliasesOutput> {
        let page = Page::new(self.marker.as_deref(), self.max_items)?;
        let sql = "SELECT alias FROM account WHERE id = ?1 AND alias IS NOT NULL";
        let aliases = tx.all(sql, [tx.account.row], |row| row.get(0))?;
        let (account_aliases, more, marker) = page.pick(aliases, Clone::clone);
        Ok(ListAccountAliasesOutput { account_aliases, is_truncated: Some(more), marker })
    }
}

#[cfg(test)]
mod tests {
    use crate::api::{CreateAccountAlias, DeleteAccountAlias, ListAccountAliases};
    use crate::iam::{Caller, Partition};
    use crate::store::kit::Kit;

    fn create(alias: &str) -> CreateAccountAlias {
        CreateAccountAlias { account_alias: alias.into() }
    }

    fn delete(alias: &str) -> DeleteAccountAlias {
        DeleteAccountAlias { account_alias: alias.into() }
    }

    fn aliases(kit: &Kit) -> Vec<String> {
        kit.ok(&ListAccountAliases::default()).account_aliases
    }

    #[test]
    fn a_new_alias_takes_the_place_of_the_old() {
        let kit = Kit::new();
        assert!(aliases(&kit).is_empty());
        kit.ok(&create("example"));
        kit.ok(&create("example-corp"));
        assert_eq!(aliases(&kit), ["example-corp"]);
        assert_eq!(kit.refused(&delete("example")).code, "NoSuchEntity");
        kit.ok(&delete("example-corp"));
        assert!(aliases(&kit).is_empty());
    }

    #[test]
    fn an_alias_belongs_to_one_account() {
        let kit = Kit::new();
        kit.ok(&create("example"));
        let other = kit.store.ensure_account(&"210987654321".parse().unwrap(), Partition::Aws).unwrap();
        let error = kit.store.perform(&other, &Caller::Root, &create("example")).unwrap_err();
        assert_eq!(error.iam().unwrap().code, "EntityAlreadyExists");
        assert_eq!(kit.store.account("example").unwrap().unwrap().id, kit.account.id);
    }
}
