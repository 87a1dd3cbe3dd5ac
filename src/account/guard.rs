//! The guard against locking oneself out: changes that take away the caller's own way into the account.
//!
//! It looks at what the call names, not at what the policies say; it would rather ask once too often.

use crate::api::Call;
use crate::iam::Caller;

/// Operations that take something from the user whose name they carry.
const TAKES_FROM_USER: [&str; 7] = [
    "DeleteUser",
    "DeleteUserPolicy",
    "DetachUserPolicy",
    "PutUserPermissionsBoundary",
    "RemoveUserFromGroup",
    "DeactivateMFADevice",
    "UpdateUser",
];

/// The sentence that says how the call would lock its caller out; `None` when it would not.
pub(super) fn locks_out(caller: &Caller, call: &Call) -> Option<String> {
    let own = caller.user_name()?;
    let name = call.model().name;
    let named = call.text("UserName");
    let is_own = named.is_some_and(|n| n.eq_ignore_ascii_case(own));
    if TAKES_FROM_USER.contains(&name) && is_own {
        return Some(format!("{name} on {own} changes your own access: you are signed in as {own}"));
    }
    let takes_key = name == "DeleteAccessKey" || (name == "UpdateAccessKey" && call.text("Status") == Some("Inactive"));
    if takes_key && (is_own || named.is_none()) {
        return Some(format!("{name} may take away the access key you are signed in with"));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::locks_out;
    use crate::api::{Call, DeleteAccessKey, DeleteUser, GetUser};
    use crate::iam::Caller;

    fn ann() -> Caller {
        Caller::User { name: "ann".into(), arn: "arn:aws:iam::123456789012:user/ann".into(), id: "AIDA".into() }
    }

    #[test]
    fn one_cannot_take_away_ones_own_access_unasked() {
        assert!(locks_out(&ann(), &Call::from(&DeleteUser { user_name: "Ann".into() })).is_some());
        let key = DeleteAccessKey { user_name: None, access_key_id: "AKIA1234567890123456".into() };
        assert!(locks_out(&ann(), &Call::from(&key)).is_some());
    }

    #[test]
    fn everything_else_passes() {
        assert!(locks_out(&ann(), &Call::from(&DeleteUser { user_name: "bob".into() })).is_none());
        assert!(locks_out(&ann(), &Call::from(&GetUser { user_name: Some("ann".into()) })).is_none());
        assert!(locks_out(&Caller::Root, &Call::from(&DeleteUser { user_name: "ann".into() })).is_none());
    }
}
