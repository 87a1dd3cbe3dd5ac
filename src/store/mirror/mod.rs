//! What was read of an endpoint's account, taken into the store: the SQL side of the mirror.
//!
//! [`Store::absorb`] takes in parts, each the whole truth about one entity; [`Store::absorb_all`] takes in a whole
//! account, and only that removes what was not seen. Either is one transaction. Nothing here asks whether IAM would allow
//! it: the endpoint has answered, and what it answered is so. Rows that say the same already are left alone.

mod credentials;
mod entities;
mod import;
#[cfg(test)]
mod tests;

use std::collections::HashSet;

use jiff::Timestamp;
use rusqlite::params;

use super::account::Account;
use super::error::Result;
use super::open::Store;
use super::tx::Tx;
use crate::api::{
    AccessKeyLastUsed, AccessKeyMetadata, GroupDetail, InstanceProfile, LoginProfile, MFADevice, ManagedPolicyDetail,
    PasswordPolicy, RoleDetail, Tag, UserDetail,
};
use crate::iam::{Caller, Kind};

/// One thing that was read, whole.
#[derive(Clone, Debug)]
pub enum Part {
    /// A user with its inline policies, groups, attachments, boundary and tags.
    User(Box<UserDetail>),
    /// A group with its policies.
    Group(Box<GroupDetail>),
    /// A role with its trust policy, policies, boundary, tags and instance profiles.
    Role(Box<RoleDetail>),
    /// A customer managed policy with its versions.
    Policy(Box<ManagedPolicyDetail>),
    /// What `GetAccountAuthorizationDetails` does not tell of a role.
    RoleMore {
        /// The role.
        name: String,
        /// Its description.
        description: Option<String>,
        /// Its longest session, in seconds.
        max_session: Option<i64>,
    },
    /// The members of a group.
    Members {
        /// The group.
        group: String,
        /// The names of all its users.
        users: Vec<String>,
    },
    /// When a user's password was last used.
    PasswordUsed {
        /// The user.
        name: String,
        /// `None` when it never was.
        at: Option<Timestamp>,
    },
    /// The tags of a customer managed policy.
    PolicyTags {
        /// The policy.
        arn: String,
        /// All of them.
        tags: Vec<Tag>,
    },
    /// How a user signs in.
    Credentials(Box<Credentials>),
    /// Every instance profile of the account.
    InstanceProfiles(Vec<InstanceProfile>),
    /// The account alias.
    Alias(Option<String>),
    /// The account's password policy.
    PasswordPolicy(Option<Box<PasswordPolicy>>),
    /// An entity that is no more, by its name, or a policy by its ARN.
    Gone(Kind, String),
}

impl Part {
    /// What a part names must be there before it: policies before those who have them, groups before members.
    fn rank(&self) -> u8 {
        match self {
            Self::Gone(..) => 0,
            Self::Policy(_) => 1,
            Self::Group(_) => 2,
            Self::User(_) | Self::Role(_) => 3,
            _ => 4,
        }
    }
}

/// How a user signs in. What could not be read is `None`, and stays as it was.
#[derive(Clone, Debug, Default)]
pub struct Credentials {
    /// The user.
    pub user: String,
    /// The access keys, and when each was last used.
    pub keys: Option<Vec<(AccessKeyMetadata, Option<AccessKeyLastUsed>)>>,
    /// The password, if there is one.
    pub login: Option<Option<LoginProfile>>,
    /// The MFA devices.
    pub mfa: Option<Vec<MFADevice>>,
}

/// All users, groups, roles and customer managed policies of an account: four listings, each read to its end.
#[derive(Clone, Debug, Default)]
pub struct Whole {
    /// Users.
    pub users: Vec<UserDetail>,
    /// Groups.
    pub groups: Vec<GroupDetail>,
    /// Roles.
    pub roles: Vec<RoleDetail>,
    /// Customer managed policies.
    pub policies: Vec<ManagedPolicyDetail>,
}

impl Store {
    /// Takes in what was read of single entities.
    pub fn absorb(&self, account: &Account, mut parts: Vec<Part>) -> Result<()> {
        parts.sort_by_key(Part::rank);
        self.mirroring(account, |intake| parts.iter().try_for_each(|part| intake.take_in(part)))
    }

    /// Takes in a whole account as it was at `at`, with `parts` that were read beside it. What was not seen is no more.
    pub fn absorb_all(&self, account: &Account, whole: &Whole, mut parts: Vec<Part>, at: Timestamp) -> Result<()> {
        parts.sort_by_key(Part::rank);
        self.mirroring(account, |intake| {
            let seen = intake.take_in_whole(whole)?;
            intake.remove_unseen(&seen)?;
            parts.iter().try_for_each(|part| intake.take_in(part))?;
            intake.execute("UPDATE account SET refreshed = ?2 WHERE id = ?1", params![account.row, at.as_second()])?;
            Ok(())
        })
    }

    /// The names of an account's users and the ARNs of its own policies, in order: what is still to be read one by one.
    pub fn mirrored(&self, account: &Account) -> Result<(Vec<String>, Vec<String>)> {
        let list = |column: &str, kind: Kind| {
            let text = format!("SELECT {column} FROM entity WHERE account = ?1 AND kind = ?2 ORDER BY name_key");
            self.read(|sql| {
                let mut statement = sql.prepare_cached(&text)?;
                let rows = statement.query_map(params![account.row, kind.number()], |row| row.get(0))?;
                Ok(rows.collect::<rusqlite::Result<Vec<String>>>()?)
            })
        };
        Ok((list("name", Kind::User)?, list("arn", Kind::Policy)?))
    }

    fn mirroring(&self, account: &Account, take_in: impl FnOnce(&Intake<'_>) -> Result<()>) -> Result<()> {
        let now = self.world.now();
        self.write(|sql| take_in(&Intake(Tx { sql, store: self, account, caller: &Caller::Root, origin: None, now })))
    }
}

/// A transaction that takes in what was read: beside the behaviours of the operations, and under none of their rules.
struct Intake<'a>(Tx<'a>);

impl<'a> std::ops::Deref for Intake<'a> {
    type Target = Tx<'a>;

    fn deref(&self) -> &Tx<'a> {
        &self.0
    }
}

impl Intake<'_> {
    fn take_in_whole(&self, whole: &Whole) -> Result<HashSet<i64>> {
        let mut seen = HashSet::new();
        for policy in &whole.policies {
            seen.insert(self.take_in_policy(policy)?);
        }
        for group in &whole.groups {
            seen.insert(self.take_in_group(group)?);
        }
        for user in &whole.users {
            seen.insert(self.take_in_user(user)?);
        }
        for role in &whole.roles {
            seen.insert(self.take_in_role(role)?);
        }
        Ok(seen)
    }

    fn remove_unseen(&self, seen: &HashSet<i64>) -> Result<()> {
        for kind in [Kind::User, Kind::Group, Kind::Role, Kind::Policy] {
            self.remove_others(kind, seen)?;
        }
        Ok(())
    }

    fn take_in(&self, part: &Part) -> Result<()> {
        match part {
            Part::User(user) => self.take_in_user(user).map(drop),
            Part::Group(group) => self.take_in_group(group).map(drop),
            Part::Role(role) => self.take_in_role(role).map(drop),
            Part::Policy(policy) => self.take_in_policy(policy).map(drop),
            Part::RoleMore { name, description, max_session } => {
                self.take_in_role_more(name, description.as_deref(), *max_session)
            }
            Part::Members { group, users } => self.take_in_members(group, users),
            Part::PasswordUsed { name, at } => self.take_in_password_use(name, *at),
            Part::PolicyTags { arn, tags } => match self.find_arn(arn)? {
                Some(policy) => self.set_tags(policy.id, Kind::Policy, tags),
                None => Ok(()),
            },
            Part::Credentials(credentials) => self.take_in_credentials(credentials),
            Part::InstanceProfiles(profiles) => self.take_in_instance_profiles(profiles),
            Part::Alias(alias) => {
                let sql = "UPDATE account SET alias = ?2 WHERE id = ?1 AND alias IS NOT ?2";
                self.execute(sql, params![self.account.row, alias]).map(drop)
            }
            Part::PasswordPolicy(policy) => {
                let policy = policy.as_ref().map(serde_json::to_string).transpose()?;
                let sql = "UPDATE account SET password_policy = ?2 WHERE id = ?1";
                self.execute(sql, params![self.account.row, policy]).map(drop)
            }
            Part::Gone(kind, name) => self.take_out(*kind, name),
        }
    }
}
