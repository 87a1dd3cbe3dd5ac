//! An account from a file: what `aws iam get-account-authorization-details` prints.
//!
//! One JSON document, or several one after the other as a loop over pages prints them. Documents of policies stand in it as
//! objects, or as texts that may be percent-encoded, as they travel. Nothing is taken on trust: a listing that is not whole
//! must not look whole, so a page that says there is more, a group or a policy that is named and not there, or things of
//! several accounts are refused.

use std::collections::HashSet;

use percent_encoding::percent_decode_str;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::api::ManagedPolicyDetail;
use crate::iam::{AccountId, Arn};
use crate::policy::catalog::managed;
use crate::store::mirror::Whole;

/// The lists of an answer.
const LISTS: [&str; 4] = ["UserDetailList", "GroupDetailList", "RoleDetailList", "Policies"];
/// Members that hold a policy document.
const DOCUMENTS: [&str; 3] = ["AssumeRolePolicyDocument", "PolicyDocument", "Document"];

/// An account that was read from a file.
#[derive(Clone, Debug)]
pub struct Details {
    /// Its id; none if the file has nothing of it.
    pub id: Option<AccountId>,
    /// Its partition.
    pub partition: String,
    /// All that it holds.
    pub whole: Whole,
    /// The AWS managed policies that it uses and that are in no catalog here: nothing is known of them.
    pub unknown_policies: Vec<String>,
}

/// Why a file is not an account.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DetailsError {
    /// It is not JSON.
    #[error("line {line}, column {column}: {message}")]
    Json {
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
        /// What is wrong there.
        message: String,
    },
    /// It is something else.
    #[error("document {0} is not what `aws iam get-account-authorization-details` prints: it has none of its lists")]
    Other(usize),
    /// Something in it is not as it should be.
    #[error("{list}, item {item}{name}: {message}")]
    Item {
        /// The list.
        list: &'static str,
        /// Which of it, from 1.
        item: usize,
        /// Its name, where it has one, in brackets.
        name: String,
        /// What is wrong with it.
        message: String,
    },
    /// It ends before the account does.
    #[error("the file is not the whole account: {0}")]
    Partial(String),
    /// It speaks of several accounts.
    #[error("the file holds the accounts {}", .0.join(" and "))]
    Several(Vec<String>),
}

impl DetailsError {
    /// What to do about it.
    pub fn remedy(&self) -> Option<&'static str> {
        match self {
            Self::Json { .. } | Self::Item { .. } => Some("Nothing was imported."),
            Self::Other(_) | Self::Partial(_) => {
                Some("Save what `aws iam get-account-authorization-details` prints, without --filter and --max-items.")
            }
            Self::Several(_) => Some("Import each account from a file of its own."),
        }
    }
}

/// Reads an account.
///
/// # Errors
/// If the text is not JSON, not such an answer, or not a whole one.
pub fn read(text: &str) -> Result<Details, DetailsError> {
    let mut whole = Whole::default();
    let (mut is_open, mut pages) = (false, 0);
    for page in serde_json::Deserializer::from_str(text).into_iter::<Value>() {
        let page = page.map_err(|error| json_error(text, &error))?;
        pages += 1;
        is_open = take_page(&mut whole, page, pages)?;
    }
    if pages == 0 {
        return Err(DetailsError::Other(1));
    }
    if is_open {
        return Err(DetailsError::Partial("its last page says that there are more".into()));
    }
    whole.policies.retain(|policy| policy.arn.as_deref().is_some_and(|arn| !arn.contains(":iam::aws:")));
    check_whole(&whole)?;
    let (id, partition) = owner(&whole)?;
    let unknown_policies = unknown_policies(&whole);
    Ok(Details { id, partition, whole, unknown_policies })
}

fn json_error(text: &str, error: &serde_json::Error) -> DetailsError {
    let message = error.to_string();
    // serde_json says the place itself; it is said at the start here.
    let message = message.split(" at line ").next().unwrap_or_default().to_owned();
    // At the end of a file there is no line to point at but the last.
    let line = error.line().clamp(1, text.lines().count().max(1));
    DetailsError::Json { line, column: error.column().max(1), message }
}

/// Takes in a page; whether it says that there are more.
fn take_page(whole: &mut Whole, page: Value, number: usize) -> Result<bool, DetailsError> {
    let Value::Object(mut page) = page else { return Err(DetailsError::Other(number)) };
    if !LISTS.iter().any(|list| page.contains_key(*list)) {
        return Err(DetailsError::Other(number));
    }
    whole.users.extend(items(&mut page, "UserDetailList", "UserName")?);
    whole.groups.extend(items(&mut page, "GroupDetailList", "GroupName")?);
    whole.roles.extend(items(&mut page, "RoleDetailList", "RoleName")?);
    whole.policies.extend(items(&mut page, "Policies", "PolicyName")?);
    Ok(page.get("IsTruncated").and_then(Value::as_bool).unwrap_or(false) || page.contains_key("NextToken"))
}

fn items<T: DeserializeOwned>(
    page: &mut Map<String, Value>,
    list: &'static str,
    named: &str,
) -> Result<Vec<T>, DetailsError> {
    let found = page.remove(list).unwrap_or(Value::Array(Vec::new()));
    let wrong = |item, name, message| DetailsError::Item { list, item, name, message };
    let Value::Array(found) = found else { return Err(wrong(0, String::new(), "this is no list".into())) };
    let one = |(at, mut value): (usize, Value)| {
        let name = value.get(named).and_then(Value::as_str).map(|name| format!(" ({name})")).unwrap_or_default();
        if value.get("Arn").and_then(Value::as_str).is_none() {
            return Err(wrong(at + 1, name, "it has no Arn".into()));
        }
        documents_as_text(&mut value);
        serde_json::from_value(value).map_err(|error| wrong(at + 1, name, error.to_string()))
    };
    found.into_iter().enumerate().map(one).collect()
}

/// Policy documents become the texts that they are.
fn documents_as_text(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(documents_as_text),
        Value::Object(members) => {
            for (key, value) in members.iter_mut() {
                match value {
                    Value::Object(_) if DOCUMENTS.contains(&key.as_str()) => *value = Value::String(value.to_string()),
                    Value::String(text) if DOCUMENTS.contains(&key.as_str()) && text.starts_with('%') => {
                        *text = percent_decode_str(text).decode_utf8_lossy().into_owned();
                    }
                    value => documents_as_text(value),
                }
            }
        }
        _ => {}
    }
}

/// Refuses an account of which a part is named and not there.
fn check_whole(whole: &Whole) -> Result<(), DetailsError> {
    let groups: HashSet<&str> = whole.groups.iter().filter_map(|group| group.group_name.as_deref()).collect();
    for user in &whole.users {
        if let Some(group) = user.group_list.iter().flatten().find(|group| !groups.contains(group.as_str())) {
            let user = user.user_name.as_deref().unwrap_or_default();
            return Err(DetailsError::Partial(format!("user {user} is in the group {group}, which is not in it")));
        }
    }
    let policies: HashSet<&str> = whole.policies.iter().filter_map(|policy| policy.arn.as_deref()).collect();
    let missing = used_policies(whole).find(|arn| !arn.contains(":iam::aws:") && !policies.contains(arn));
    match missing {
        Some(arn) => Err(DetailsError::Partial(format!("the policy {arn} is used, and is not in it"))),
        None => Ok(()),
    }
}

/// The ARNs of policies that are attached or a boundary.
fn used_policies(whole: &Whole) -> impl Iterator<Item = &str> {
    let users = whole.users.iter().flat_map(|user| &user.attached_managed_policies);
    let groups = whole.groups.iter().flat_map(|group| &group.attached_managed_policies);
    let roles = whole.roles.iter().flat_map(|role| &role.attached_managed_policies);
    let attached = users.chain(groups).chain(roles).flatten().filter_map(|policy| policy.policy_arn.as_deref());
    let of_users = whole.users.iter().filter_map(|user| user.permissions_boundary.as_ref());
    let of_roles = whole.roles.iter().filter_map(|role| role.permissions_boundary.as_ref());
    attached.chain(of_users.chain(of_roles).filter_map(|boundary| boundary.permissions_boundary_arn.as_deref()))
}

/// The account and partition that all ARNs name.
fn owner(whole: &Whole) -> Result<(Option<AccountId>, String), DetailsError> {
    let users = whole.users.iter().map(|user| &user.arn);
    let groups = whole.groups.iter().map(|group| &group.arn);
    let roles = whole.roles.iter().map(|role| &role.arn);
    let policies = whole.policies.iter().map(|policy: &ManagedPolicyDetail| &policy.arn);
    let mut owners: Vec<(String, String)> = Vec::new();
    for arn in users.chain(groups).chain(roles).chain(policies).flatten() {
        let owner = arn.parse::<Arn>().map(|arn| (arn.account, arn.partition)).unwrap_or_default();
        if !owners.contains(&owner) {
            owners.push(owner);
        }
    }
    match owners.as_slice() {
        [] => Ok((None, "aws".into())),
        [(id, partition)] => match id.parse() {
            Ok(id) => Ok((Some(id), partition.clone())),
            Err(_) => Err(DetailsError::Partial(format!("its ARNs name no account, but `{id}`"))),
        },
        several => Err(DetailsError::Several(several.iter().map(|(id, _)| id.clone()).collect())),
    }
}

/// AWS's policies that are used and that nobody here has heard of.
fn unknown_policies(whole: &Whole) -> Vec<String> {
    let mut unknown: Vec<String> = used_policies(whole)
        .filter(|arn| arn.contains(":iam::aws:") && managed::find(arn).is_none())
        .map(str::to_owned)
        .collect();
    unknown.sort_unstable();
    unknown.dedup();
    unknown
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{DetailsError, read};

    const TRUST: &str = r#"{"Version":"2012-10-17","Statement":[]}"#;

    fn user(name: &str, account: &str) -> Value {
        json!({"UserName": name, "Arn": format!("arn:aws:iam::{account}:user/{name}"), "Path": "/", "UserId": "AIDAX",
               "CreateDate": "2024-01-02T03:04:05+00:00", "GroupList": []})
    }

    fn page(users: &[Value], more: bool) -> Value {
        json!({"UserDetailList": users, "GroupDetailList": [], "RoleDetailList": [], "Policies": [], "IsTruncated": more})
    }

    #[test]
    fn pages_are_one_account() {
        let pages = [page(&[user("ann", "111122223333")], true), page(&[user("bob", "111122223333")], false)];
        let text = pages.map(|page| page.to_string()).join("\n");
        let found = read(&text).unwrap();
        assert_eq!((found.id.unwrap().as_str(), found.partition.as_str()), ("111122223333", "aws"));
        assert_eq!(found.whole.users.len(), 2);
    }

    #[test]
    fn documents_may_be_objects_texts_or_encoded() {
        let role = |name: &str, document: Value| json!({"RoleName": name, "Arn": format!("arn:aws:iam::111122223333:role/{name}"), "AssumeRolePolicyDocument": document});
        let encoded = "%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%5B%5D%7D";
        let object: Value = serde_json::from_str(TRUST).unwrap();
        let roles = [role("a", object), role("b", TRUST.into()), role("c", encoded.into())];
        let found = read(&json!({"RoleDetailList": roles}).to_string()).unwrap();
        let texts = found.whole.roles.iter().map(|role| role.assume_role_policy_document.as_deref());
        assert!(texts.clone().all(|text| text == Some(TRUST)), "{:?}", texts.collect::<Vec<_>>());
    }

    #[test]
    fn what_is_broken_is_told_with_its_place() {
        assert_eq!(
            read("{\"UserDetailList\": [\n  {\"UserName\": }]}").unwrap_err(),
            DetailsError::Json { line: 2, column: 16, message: "expected value".into() }
        );
        assert!(matches!(read("{\"UserDetailList\": ["), Err(DetailsError::Json { line: 1, .. })));
        assert_eq!(read("[]").unwrap_err(), DetailsError::Other(1));
        assert_eq!(read("").unwrap_err(), DetailsError::Other(1));
        let wrong =
            json!({"UserDetailList": [user("ann", "111122223333"), {"UserName": "bob", "Arn": "x", "CreateDate": 7}]});
        let Err(DetailsError::Item { list, item, name, .. }) = read(&wrong.to_string()) else { panic!("an item") };
        assert_eq!((list, item, name.as_str()), ("UserDetailList", 2, " (bob)"));
    }

    #[test]
    fn a_part_is_no_account() {
        let more = page(&[user("ann", "111122223333")], true).to_string();
        assert!(matches!(read(&more), Err(DetailsError::Partial(_))));
        let mut grouped = user("ann", "111122223333");
        grouped["GroupList"] = json!(["devs"]);
        let Err(DetailsError::Partial(text)) = read(&page(&[grouped], false).to_string()) else { panic!("a part") };
        assert_eq!(text, "user ann is in the group devs, which is not in it");
        let mut attached = user("ann", "111122223333");
        attached["AttachedManagedPolicies"] =
            json!([{"PolicyName": "p", "PolicyArn": "arn:aws:iam::111122223333:policy/p"}]);
        assert!(matches!(read(&page(&[attached], false).to_string()), Err(DetailsError::Partial(_))));
        let two = page(&[user("ann", "111122223333"), user("bob", "444455556666")], false);
        assert_eq!(
            read(&two.to_string()).unwrap_err(),
            DetailsError::Several(vec!["111122223333".into(), "444455556666".into()])
        );
    }
}
