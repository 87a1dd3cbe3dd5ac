//! The phrases of the IAM User Guide, "IAM console search", as tasks, and a few of the same sort that it leaves out.

use super::task::{Argument, Task};

/// Id, phrase, what it is done to, other words, sentence.
type Phrase = (&'static str, &'static str, Option<Argument>, &'static str, &'static str);

const USER: Option<Argument> = Some(Argument::User);
const GROUP: Option<Argument> = Some(Argument::Group);
const ROLE: Option<Argument> = Some(Argument::Role);
const POLICY: Option<Argument> = Some(Argument::Policy);
const PROVIDER: Option<Argument> = Some(Argument::Provider);

const PHRASES: &[Phrase] = &[
    ("add-user-to-groups", "add user {user} to groups", USER, "join member", "the user's groups"),
    ("add-users-to-group", "add users to group {group}", GROUP, "join member", "the group's users"),
    ("remove-user-from-groups", "remove user {user} from groups", USER, "leave member", "the user's groups"),
    ("delete-user", "delete user {user}", USER, "remove", "asks first"),
    ("delete-group", "delete group {group}", GROUP, "remove", "asks first"),
    ("delete-role", "delete role {role}", ROLE, "remove", "asks first"),
    ("delete-policy", "delete policy {policy}", POLICY, "remove", "asks first"),
    ("delete-provider", "delete identity provider {provider}", PROVIDER, "remove saml oidc", "asks first"),
    ("manage-access-keys", "manage access keys {user}", USER, "credentials secret rotate create", "credentials"),
    ("manage-signing-certificates", "manage signing certificates {user}", USER, "x.509 credentials", "credentials"),
    ("manage-mfa", "manage MFA for {user}", USER, "multi-factor device token passkey", "MFA devices"),
    ("manage-password", "manage password for {user}", USER, "console login reset change", "console access"),
    ("manage-ssh-keys", "manage SSH public keys {user}", USER, "codecommit git credentials", "credentials"),
    (
        "manage-service-credentials",
        "manage service-specific credentials {user}",
        USER,
        "codecommit keyspaces bedrock https git",
        "credentials",
    ),
    ("create-role", "create role", None, "new add", "a new role"),
    ("create-user", "create user", None, "new add", "a new user"),
    ("create-group", "create group", None, "new add", "a new user group"),
    ("create-policy", "create managed policy", None, "new add", "a new policy"),
    ("create-provider", "create identity provider", None, "new add saml oidc openid", "a new identity provider"),
    ("password-policy", "password policy", None, "account settings", "account settings"),
    ("edit-trust-policy", "edit trust policy for role {role}", ROLE, "relationship assume", "the trust policy"),
    (
        "show-policy-document",
        "show policy document for role {role}",
        ROLE,
        "view json permissions",
        "the role's documents",
    ),
    ("attach-policy-to-role", "attach policy to role {role}", ROLE, "add permissions", "the policy picker"),
    ("attach-policy-to-group", "attach policy to group {group}", GROUP, "add permissions", "the policy picker"),
    ("attach-entities", "attach entities to {policy}", POLICY, "policy users roles", "the policy's entities"),
    ("detach-entities", "detach entities from {policy}", POLICY, "policy users roles", "the policy's entities"),
    ("dashboard", "dashboard", None, "account home", "the account at a glance"),
    ("users", "users", None, "list people", "the users"),
    ("groups", "user groups", None, "list", "the user groups"),
    ("roles", "roles", None, "list", "the roles"),
    ("policies", "policies", None, "list", "the managed policies"),
    ("providers", "identity providers", None, "list saml oidc", "the identity providers"),
    ("keys", "access keys", None, "list", "the access keys of all users"),
];

/// The documented phrases. Their ids are these: verb and kind, as `delete-user`; panes by their name.
pub fn documented() -> Vec<Task> {
    let task = |(id, phrase, takes, also, says): &Phrase| Task {
        id: (*id).to_owned(),
        phrase: (*phrase).to_owned(),
        takes: *takes,
        also: (*also).to_owned(),
        says: (*says).to_owned(),
        destroys: id.starts_with("delete-"),
    };
    PHRASES.iter().map(task).collect()
}
