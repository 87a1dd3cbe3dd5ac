//! What to do about IAM's errors, in our words, below its own.

use crate::iam;

/// The remedy for an error, by its code.
pub fn of(error: &iam::Error) -> Option<&'static str> {
    Some(match error.code.as_ref() {
        "EntityAlreadyExists" => "Choose another name: names are unique in the account whatever their case.",
        "NoSuchEntity" => "It is gone, or was renamed; `r` reads again.",
        "DeleteConflict" => "Something still depends on it: delete from the list, which takes the whole chain.",
        "LimitExceeded" => "A quota is reached: delete what is not used, or ask AWS to raise it.",
        "MalformedPolicyDocument" => "Correct the document; the editor marks what it can.",
        "AccessDenied" | "AccessDeniedException" => "Your own identity lacks this permission.",
        "InvalidClientTokenId" | "SignatureDoesNotMatch" => "Check the credentials of this profile.",
        "ExpiredToken" => "The credentials have expired: sign in again.",
        "Throttling" => "The endpoint asks to go slower; try again in a moment.",
        "ConcurrentModification" => "Somebody changed it at the same time: look again and repeat.",
        "EntityTemporarilyUnmodifiable" => "It is still being created; try again in a moment.",
        "PasswordPolicyViolation" => "Choose a password that the account's password policy allows.",
        "UnmodifiableEntity" => "Only AWS can change it.",
        "PolicyNotAttachable" => "AWS keeps this policy for its own roles.",
        _ => return None,
    })
}
