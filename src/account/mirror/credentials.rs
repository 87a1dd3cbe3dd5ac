//! How users sign in: a few calls a user, several users side by side. And the tags of policies, a call a policy.

use futures_util::{StreamExt, TryStreamExt, stream};

use super::{Reading, existing};
use crate::api::{
    AccessKeyLastUsed, AccessKeyMetadata, GetAccessKeyLastUsed, GetLoginProfile, ListAccessKeys, ListMFADevices,
    ListPolicyTags, LoginProfile,
};
use crate::remote::Error;
use crate::store::mirror::{Credentials, Part};

/// Users read side by side; the endpoint bounds the calls under way.
const SIDE_BY_SIDE: usize = 8;

/// The credentials of these users. Users that are no more are left out.
pub(super) async fn of_users(reading: &Reading<'_>, users: &[String]) -> Result<Vec<Part>, Error> {
    // Owned names: a closure over borrowed ones is not general enough for a task that may move between threads.
    let reads = stream::iter(users.to_vec()).map(|user| async move { of_user(reading, &user).await });
    let reads = reads.buffer_unordered(SIDE_BY_SIDE);
    let found: Vec<Option<Part>> = reads.try_collect().await?;
    Ok(found.into_iter().flatten().collect())
}

/// The credentials of one user.
pub(super) async fn of_user(reading: &Reading<'_>, user: &str) -> Result<Option<Part>, Error> {
    let devices = ListMFADevices { user_name: Some(user.to_owned()), ..ListMFADevices::default() };
    let (keys, login, mfa) = tokio::join!(keys_of(reading, user), login_of(reading, user), reading.try_list(&devices));
    let (Some(keys), Some(mfa)) = (existing(keys)?, existing(mfa)?) else { return Ok(None) };
    let (login, mfa) = (login?, mfa.map(|output| output.mfa_devices));
    Ok(Some(Part::Credentials(Box::new(Credentials { user: user.to_owned(), keys, login, mfa }))))
}

type Keys = Vec<(AccessKeyMetadata, Option<AccessKeyLastUsed>)>;

async fn keys_of(reading: &Reading<'_>, user: &str) -> Result<Option<Keys>, Error> {
    let list = ListAccessKeys { user_name: Some(user.to_owned()), ..ListAccessKeys::default() };
    let Some(listed) = reading.try_list(&list).await? else { return Ok(None) };
    let mut keys = Vec::new();
    for key in listed.access_key_metadata {
        let id = key.access_key_id.clone().unwrap_or_default();
        // A key deleted in between answers AccessDenied, as AWS does not say whether it ever was.
        let answer = reading.try_ask(&GetAccessKeyLastUsed { access_key_id: id }).await?;
        keys.push((key, answer.and_then(|output| output.access_key_last_used)));
    }
    Ok(Some(keys))
}

async fn login_of(reading: &Reading<'_>, user: &str) -> Result<Option<Option<LoginProfile>>, Error> {
    let answer = reading.try_ask(&GetLoginProfile { user_name: Some(user.to_owned()) }).await;
    Ok(match existing(answer)? {
        None => Some(None),
        Some(permitted) => permitted.map(|output| Some(output.login_profile)),
    })
}

/// The tags of these policies.
pub(super) async fn tags_of(reading: &Reading<'_>, arns: &[String]) -> Result<Vec<Part>, Error> {
    let reads = stream::iter(arns.to_vec()).map(|arn| async move { tags_of_one(reading, &arn).await });
    let reads = reads.buffer_unordered(SIDE_BY_SIDE);
    let found: Vec<Option<Part>> = reads.try_collect().await?;
    Ok(found.into_iter().flatten().collect())
}

async fn tags_of_one(reading: &Reading<'_>, arn: &str) -> Result<Option<Part>, Error> {
    let list = ListPolicyTags { policy_arn: arn.to_owned(), ..ListPolicyTags::default() };
    let listed = existing(reading.try_list(&list).await)?.flatten();
    Ok(listed.map(|output| Part::PolicyTags { arn: arn.to_owned(), tags: output.tags }))
}
