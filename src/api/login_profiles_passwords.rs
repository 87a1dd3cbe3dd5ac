//! The operations of the group "login profiles passwords": what goes in, what comes out, and what may go wrong.

use jiff::Timestamp;

use super::model::{Shape, operations, structure, text};
use super::shapes::{BOOLEAN, BOOLEAN_OBJECT, DATE, USER_NAME};

structure! {
    /// `LoginProfile` of the API model.
    LoginProfile {
        req "UserName" user_name: String = USER_NAME,
        req "CreateDate" create_date: Timestamp = DATE,
        opt "PasswordResetRequired" password_reset_required: Option<bool> = BOOLEAN,
    }
}

operations! { iam "login-profiles-passwords";

    /// [`ChangePassword`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_ChangePassword.html).
    write(slow, takes_secret) ChangePassword -> ChangePasswordOutput ["NoSuchEntity", "InvalidUserType", "LimitExceeded", "EntityTemporarilyUnmodifiable", "PasswordPolicyViolation", "ServiceFailure"] {
        req "OldPassword" old_password: String = PASSWORD,
        req "NewPassword" new_password: String = PASSWORD,
    } {}

    /// [`CreateLoginProfile`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateLoginProfile.html).
    write(slow) CreateLoginProfile -> CreateLoginProfileOutput ["EntityAlreadyExists", "NoSuchEntity", "PasswordPolicyViolation", "LimitExceeded", "ServiceFailure"] {
        opt "UserName" user_name: Option<String> = USER_NAME,
        opt "Password" password: Option<String> = PASSWORD,
        opt "PasswordResetRequired" password_reset_required: Option<bool> = BOOLEAN,
    } {
        req "LoginProfile" login_profile: LoginProfile = LOGIN_PROFILE,
    }

    /// [`DeleteLoginProfile`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteLoginProfile.html).
    write(takes_secret) DeleteLoginProfile -> DeleteLoginProfileOutput ["EntityTemporarilyUnmodifiable", "NoSuchEntity", "LimitExceeded", "ServiceFailure"] {
        opt "UserName" user_name: Option<String> = USER_NAME,
    } {}

    /// [`GetLoginProfile`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetLoginProfile.html).
    read GetLoginProfile -> GetLoginProfileOutput ["NoSuchEntity", "ServiceFailure"] {
        opt "UserName" user_name: Option<String> = USER_NAME,
    } {
        req "LoginProfile" login_profile: LoginProfile = LOGIN_PROFILE,
    }

    /// [`UpdateLoginProfile`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateLoginProfile.html).
    write(slow, takes_secret) UpdateLoginProfile -> UpdateLoginProfileOutput ["EntityTemporarilyUnmodifiable", "NoSuchEntity", "PasswordPolicyViolation", "LimitExceeded", "ServiceFailure"] {
        req "UserName" user_name: String = USER_NAME,
        opt "Password" password: Option<String> = PASSWORD,
        opt "PasswordResetRequired" password_reset_required: Option<bool> = BOOLEAN_OBJECT,
    } {}
}

/// The structure `LoginProfile`.
static LOGIN_PROFILE: Shape = Shape::Structure(LoginProfile::MEMBERS);
/// The shape `passwordType`.
static PASSWORD: Shape = Shape::Text(text().length(1, 128).pattern(r"[\u0009\u000A\u000D\u0020-\u00FF]+").secret());
