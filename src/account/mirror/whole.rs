//! A whole account: four listings side by side, and what they leave out.

use super::{Reading, existing};
use crate::api::{
    GetAccountAuthorizationDetails, GetAccountAuthorizationDetailsOutput, GetAccountPasswordPolicy, ListAccountAliases,
    ListInstanceProfiles, ListRoles, ListUsers,
};
use crate::remote::Error;
use crate::store::mirror::{Part, Whole};

/// Items of a page: the most that IAM gives.
const PAGE_ITEMS: i64 = 1000;

/// Users, groups, roles and customer managed policies. The filters page independently, so they are read side by side.
pub(super) async fn read(reading: &Reading<'_>) -> Result<Whole, Error> {
    let (users, groups, roles, policies) = tokio::try_join!(
        chain(reading, "User"),
        chain(reading, "Group"),
        chain(reading, "Role"),
        chain(reading, "LocalManagedPolicy"),
    )?;
    Ok(Whole {
        users: users.user_detail_list.unwrap_or_default(),
        groups: groups.group_detail_list.unwrap_or_default(),
        roles: roles.role_detail_list.unwrap_or_default(),
        policies: policies.policies.unwrap_or_default(),
    })
}

async fn chain(reading: &Reading<'_>, filter: &str) -> Result<GetAccountAuthorizationDetailsOutput, Error> {
    let filter = Some(vec![filter.to_owned()]);
    reading.list(&GetAccountAuthorizationDetails { filter, max_items: Some(PAGE_ITEMS), marker: None }).await
}

/// What stands in no authorization detail: last uses of passwords, descriptions and sessions of roles, instance
/// profiles without a role, the alias, the password policy. A caller who may not read one of them goes without.
pub(super) async fn beside(reading: &Reading<'_>) -> Result<Vec<Part>, Error> {
    let max_items = Some(PAGE_ITEMS);
    let (list_users, list_roles) =
        (ListUsers { max_items, ..ListUsers::default() }, ListRoles { max_items, ..ListRoles::default() });
    let list_profiles = ListInstanceProfiles { max_items, ..ListInstanceProfiles::default() };
    let (users, roles, profiles, of_account) = tokio::try_join!(
        reading.try_list(&list_users),
        reading.try_list(&list_roles),
        reading.try_list(&list_profiles),
        of_account(reading),
    )?;
    let mut parts = of_account;
    for user in users.map(|output| output.users).unwrap_or_default() {
        parts.push(Part::PasswordUsed { name: user.user_name, at: user.password_last_used });
    }
    for role in roles.map(|output| output.roles).unwrap_or_default() {
        let (description, max_session) = (role.description, role.max_session_duration);
        parts.push(Part::RoleMore { name: role.role_name, description, max_session });
    }
    parts.extend(profiles.map(|output| Part::InstanceProfiles(output.instance_profiles)));
    Ok(parts)
}

/// What belongs to the account as a whole.
pub(super) async fn of_account(reading: &Reading<'_>) -> Result<Vec<Part>, Error> {
    let (list_aliases, get_policy) = (ListAccountAliases::default(), GetAccountPasswordPolicy {});
    let (aliases, policy) = tokio::join!(reading.try_list(&list_aliases), reading.ask(&get_policy));
    let mut parts = Vec::new();
    parts.extend(aliases?.map(|output| Part::Alias(output.account_aliases.into_iter().next())));
    let policy = reading.permitted::<GetAccountPasswordPolicy, _>(existing(policy))?;
    parts.extend(policy.map(|output| Part::PasswordPolicy(output.map(|output| Box::new(output.password_policy)))));
    Ok(parts)
}
