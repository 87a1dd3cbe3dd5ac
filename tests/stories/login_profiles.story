# A password for the console.
create-user --user-name mary
get-login-profile --user-name mary
  ! NoSuchEntity Login Profile for User mary cannot be found.
create-login-profile --user-name mary --password 'Correct-Horse-1!' --password-reset-required
  LoginProfile.UserName = "mary"
  LoginProfile.PasswordResetRequired = true
create-login-profile --user-name mary --password 'Correct-Horse-2!'
  ! EntityAlreadyExists Login Profile for user mary already exists.
get-login-profile --user-name mary
  LoginProfile.UserName = "mary"
  LoginProfile.PasswordResetRequired = true
update-login-profile --user-name mary --no-password-reset-required
get-login-profile --user-name mary
  LoginProfile.PasswordResetRequired = false
delete-user --user-name mary
  ! DeleteConflict Cannot delete entity, must delete login profile first.
delete-login-profile --user-name mary
delete-login-profile --user-name mary
  ! NoSuchEntity Login Profile for User mary cannot be found.
create-login-profile --user-name nobody --password 'Correct-Horse-3!'
  ! NoSuchEntity The user with name nobody cannot be found.
delete-user --user-name mary
