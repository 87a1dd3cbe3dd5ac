//! What a change touches, told by the members that it names: no operation has code of its own.

use serde_json::{Map, Value};

use crate::api::Call;
use crate::iam::Kind;

/// What is to be read again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    /// The user of that name, and how it signs in.
    User(String),
    /// The group of that name.
    Group(String),
    /// The role of that name.
    Role(String),
    /// The customer managed policy with that ARN.
    Policy(String),
    /// The instance profiles.
    InstanceProfiles,
    /// The account's alias and password policy.
    Account,
    /// It was deleted: nothing is to be read.
    Deleted(Kind, String),
}

/// Groups of operations whose `PolicyArn` names what they change, and not what they attach.
const OF_POLICIES: [&str; 2] = ["managed-policies", "tags"];
/// Groups of operations that without a user name mean the caller's own user.
const OF_CALLER: [&str; 3] = ["access-keys", "login-profiles-passwords", "mfa-devices"];
/// Operations that delete what is mirrored as an entity, the member that names it, and its kind.
const DELETIONS: [(&str, &str, Kind); 4] = [
    ("DeleteUser", "UserName", Kind::User),
    ("DeleteGroup", "GroupName", Kind::Group),
    ("DeleteRole", "RoleName", Kind::Role),
    ("DeletePolicy", "PolicyArn", Kind::Policy),
];

/// What the call touched; `own` is the caller's user name.
pub(super) fn touched(call: &Call, output: &Map<String, Value>, own: Option<&str>) -> Vec<Subject> {
    let (name, group) = (call.model().name, call.model().group);
    if let Some((_, member, kind)) = DELETIONS.iter().find(|(deletion, ..)| *deletion == name) {
        return call.text(member).map(|text| Subject::Deleted(*kind, text.to_owned())).into_iter().collect();
    }
    let inside = |kind: &str, member: &str| output.get(kind).and_then(|v| v.get(member)).and_then(Value::as_str);
    let mut found = Vec::new();
    let user =
        named(call, "UserName").or_else(|| inside("User", "UserName")).or_else(|| inside("AccessKey", "UserName"));
    let user = user.or(own.filter(|_| OF_CALLER.contains(&group) || name == "ChangePassword"));
    found.extend(user.map(|name| Subject::User(name.to_owned())));
    // Membership is read with the user.
    let of_group = named(call, "GroupName").filter(|_| user.is_none());
    found.extend(of_group.map(|name| Subject::Group(name.to_owned())));
    let role = named(call, "RoleName").or_else(|| inside("Role", "RoleName"));
    found.extend(role.map(|name| Subject::Role(name.to_owned())));
    let arn = call.text("PolicyArn").filter(|_| OF_POLICIES.contains(&group)).or_else(|| inside("Policy", "Arn"));
    found.extend(arn.map(|arn| Subject::Policy(arn.to_owned())));
    if call.text("InstanceProfileName").is_some() && role.is_none() {
        found.push(Subject::InstanceProfiles);
    }
    if group == "account" {
        found.push(Subject::Account);
    }
    found
}

/// The name after the call: the new one where the call gives one.
fn named<'a>(call: &'a Call, member: &str) -> Option<&'a str> {
    call.text(&format!("New{member}")).or_else(|| call.text(member))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Kind, Subject, touched};
    use crate::api::{Call, Service, find};

    fn of(name: &str, input: &Value, output: &Value) -> Vec<Subject> {
        let call = Call::new(find(Service::Iam, name).unwrap(), input.as_object().unwrap().clone());
        touched(&call, output.as_object().unwrap(), Some("me"))
    }

    #[test]
    fn a_change_touches_what_it_names() {
        let none = json!({});
        let user = |name: &str| vec![Subject::User(name.into())];
        assert_eq!(of("TagUser", &json!({"UserName": "ann", "Tags": []}), &none), user("ann"));
        assert_eq!(of("UpdateUser", &json!({"UserName": "ann", "NewUserName": "anna"}), &none), user("anna"));
        assert_eq!(of("AddUserToGroup", &json!({"UserName": "ann", "GroupName": "devs"}), &none), user("ann"));
        let attach = json!({"GroupName": "devs", "PolicyArn": "arn:aws:iam::aws:policy/ReadOnlyAccess"});
        assert_eq!(of("AttachGroupPolicy", &attach, &none), [Subject::Group("devs".into())]);
        let arn = "arn:aws:iam::123456789012:policy/p";
        let version = json!({"PolicyArn": arn, "PolicyDocument": "{}"});
        assert_eq!(of("CreatePolicyVersion", &version, &none), [Subject::Policy(arn.into())]);
        assert_eq!(of("CreateAccountAlias", &json!({"AccountAlias": "x"}), &none), [Subject::Account]);
    }

    #[test]
    fn what_is_made_is_named_by_the_answer() {
        let arn = "arn:aws:iam::123456789012:policy/x/p";
        let made = of("CreatePolicy", &json!({"PolicyName": "p"}), &json!({"Policy": {"Arn": arn}}));
        assert_eq!(made, [Subject::Policy(arn.into())]);
        let linked = json!({"Role": {"RoleName": "AWSServiceRoleForX"}});
        let made = of("CreateServiceLinkedRole", &json!({"AWSServiceName": "x"}), &linked);
        assert_eq!(made, [Subject::Role("AWSServiceRoleForX".into())]);
    }

    #[test]
    fn what_is_deleted_is_not_asked_for() {
        let gone = of("DeleteUser", &json!({"UserName": "ann"}), &json!({}));
        assert_eq!(gone, [Subject::Deleted(Kind::User, "ann".into())]);
    }

    #[test]
    fn without_a_name_it_is_the_callers_own() {
        assert_eq!(of("DeleteAccessKey", &json!({"AccessKeyId": "AKIA"}), &json!({})), [Subject::User("me".into())]);
    }
}
