//! One user, group, role or policy, put together from the calls that tell of it.

use std::time::Duration;

use super::subjects::Subject;
use super::{Reading, credentials, existing, whole};
use crate::api::{
    Call, GetGroup, GetGroupPolicy, GetPolicy, GetPolicyVersion, GetRole, GetRolePolicy, GetUser, GetUserPolicy, Group,
    GroupDetail, ListAttachedGroupPolicies, ListAttachedRolePolicies, ListAttachedUserPolicies, ListGroupPolicies,
    ListGroupsForUser, ListInstanceProfiles, ListInstanceProfilesForRole, ListPolicyVersions, ListRolePolicies,
    ListUserPolicies, ManagedPolicyDetail, PolicyDetail, PolicyVersion, RoleDetail, UserDetail,
};
use crate::iam::Kind;
use crate::remote::Error;
use crate::store::mirror::Part;

/// IAM is eventually consistent: what was just made may not be there at once.
const LOOKS_AFTER_CREATION: u32 = 5;
/// Between two such looks.
const BETWEEN_LOOKS: Duration = Duration::from_millis(400);

/// What the endpoint says of the subject now.
pub(super) async fn read(reading: &Reading<'_>, subject: &Subject, call: &Call) -> Result<Vec<Part>, Error> {
    let looks = if call.model().name.starts_with("Create") { LOOKS_AFTER_CREATION } else { 1 };
    for look in 1..=looks {
        let parts = look_at(reading, subject).await?;
        let is_missing = matches!(parts.first(), Some(Part::Gone(..)));
        if looks == 1 || !is_missing {
            return Ok(parts);
        }
        if look < looks {
            tokio::time::sleep(BETWEEN_LOOKS).await;
        }
    }
    // Made and not yet seen: the next refresh brings it. It is not taken for deleted.
    Ok(Vec::new())
}

async fn look_at(reading: &Reading<'_>, subject: &Subject) -> Result<Vec<Part>, Error> {
    let (found, kind, name) = match subject {
        Subject::User(name) => (existing(user(reading, name).await)?, Kind::User, name),
        Subject::Group(name) => (existing(group(reading, name).await)?, Kind::Group, name),
        Subject::Role(name) => (existing(role(reading, name).await)?, Kind::Role, name),
        Subject::Policy(arn) => (existing(policy(reading, arn).await)?, Kind::Policy, arn),
        Subject::Deleted(kind, name) => (None, *kind, name),
        Subject::InstanceProfiles => {
            let listed = reading.list(&ListInstanceProfiles::default()).await?;
            return Ok(vec![Part::InstanceProfiles(listed.instance_profiles)]);
        }
        Subject::Account => return whole::of_account(reading).await,
    };
    Ok(found.unwrap_or_else(|| vec![Part::Gone(kind, name.clone())]))
}

async fn user(reading: &Reading<'_>, name: &str) -> Result<Vec<Part>, Error> {
    let user_name = name.to_owned();
    let get = GetUser { user_name: Some(user_name.clone()) };
    let groups = ListGroupsForUser { user_name: user_name.clone(), ..ListGroupsForUser::default() };
    let attached = ListAttachedUserPolicies { user_name: user_name.clone(), ..ListAttachedUserPolicies::default() };
    let inline = ListUserPolicies { user_name: user_name.clone(), ..ListUserPolicies::default() };
    let (user, groups, attached, inline, signs_in) = tokio::try_join!(
        reading.ask(&get),
        reading.list(&groups),
        reading.list(&attached),
        reading.list(&inline),
        credentials::of_user(reading, name),
    )?;
    let mut documents = Vec::new();
    for policy_name in inline.policy_names {
        let get = GetUserPolicy { user_name: user_name.clone(), policy_name };
        documents.extend(existing(reading.ask(&get).await)?.map(|p| detail(p.policy_name, p.policy_document)));
    }
    let groups = groups.groups.into_iter().map(|group: Group| group.group_name).collect();
    let last_used = Part::PasswordUsed { name: user.user.user_name.clone(), at: user.user.password_last_used };
    let detail = UserDetail {
        user_policy_list: Some(documents),
        group_list: Some(groups),
        attached_managed_policies: attached.attached_policies,
        ..user.user.into()
    };
    Ok([Part::User(Box::new(detail)), last_used].into_iter().chain(signs_in).collect())
}

fn detail(policy_name: String, policy_document: String) -> PolicyDetail {
    PolicyDetail { policy_name: Some(policy_name), policy_document: Some(policy_document) }
}

async fn group(reading: &Reading<'_>, name: &str) -> Result<Vec<Part>, Error> {
    let group_name = name.to_owned();
    let get = GetGroup { group_name: group_name.clone(), ..GetGroup::default() };
    let attached = ListAttachedGroupPolicies { group_name: group_name.clone(), ..ListAttachedGroupPolicies::default() };
    let inline = ListGroupPolicies { group_name: group_name.clone(), ..ListGroupPolicies::default() };
    let (found, attached, inline) =
        tokio::try_join!(reading.list(&get), reading.list(&attached), reading.list(&inline))?;
    let mut documents = Vec::new();
    for policy_name in inline.policy_names {
        let get = GetGroupPolicy { group_name: group_name.clone(), policy_name };
        documents.extend(existing(reading.ask(&get).await)?.map(|p| detail(p.policy_name, p.policy_document)));
    }
    let users = found.users.into_iter().map(|user| user.user_name).collect();
    let members = Part::Members { group: found.group.group_name.clone(), users };
    let detail = GroupDetail {
        group_policy_list: Some(documents),
        attached_managed_policies: attached.attached_policies,
        ..found.group.into()
    };
    Ok(vec![Part::Group(Box::new(detail)), members])
}

async fn role(reading: &Reading<'_>, name: &str) -> Result<Vec<Part>, Error> {
    let role_name = name.to_owned();
    let get = GetRole { role_name: role_name.clone() };
    let attached = ListAttachedRolePolicies { role_name: role_name.clone(), ..ListAttachedRolePolicies::default() };
    let inline = ListRolePolicies { role_name: role_name.clone(), ..ListRolePolicies::default() };
    let profiles =
        ListInstanceProfilesForRole { role_name: role_name.clone(), ..ListInstanceProfilesForRole::default() };
    let (found, attached, inline, profiles) =
        tokio::try_join!(reading.ask(&get), reading.list(&attached), reading.list(&inline), reading.list(&profiles))?;
    let mut documents = Vec::new();
    for policy_name in inline.policy_names {
        let get = GetRolePolicy { role_name: role_name.clone(), policy_name };
        documents.extend(existing(reading.ask(&get).await)?.map(|p| detail(p.policy_name, p.policy_document)));
    }
    let (description, max_session) = (found.role.description.clone(), found.role.max_session_duration);
    let more = Part::RoleMore { name: found.role.role_name.clone(), description, max_session };
    let detail = RoleDetail {
        role_policy_list: Some(documents),
        attached_managed_policies: attached.attached_policies,
        instance_profile_list: Some(profiles.instance_profiles),
        ..found.role.into()
    };
    Ok(vec![Part::Role(Box::new(detail)), more])
}

async fn policy(reading: &Reading<'_>, arn: &str) -> Result<Vec<Part>, Error> {
    let policy_arn = arn.to_owned();
    let get = GetPolicy { policy_arn: policy_arn.clone() };
    let list = ListPolicyVersions { policy_arn: policy_arn.clone(), ..ListPolicyVersions::default() };
    let (found, versions) = tokio::try_join!(reading.ask(&get), reading.list(&list))?;
    let mut documents: Vec<PolicyVersion> = Vec::new();
    for version in versions.versions.unwrap_or_default() {
        let version_id = version.version_id.unwrap_or_default();
        let get = GetPolicyVersion { policy_arn: policy_arn.clone(), version_id };
        documents.extend(existing(reading.ask(&get).await)?.and_then(|output| output.policy_version));
    }
    let found = found.policy.unwrap_or_default();
    let tags = Part::PolicyTags { arn: policy_arn, tags: found.tags.clone().unwrap_or_default() };
    let detail = ManagedPolicyDetail { policy_version_list: Some(documents), ..found.into() };
    Ok(vec![Part::Policy(Box::new(detail)), tags])
}
