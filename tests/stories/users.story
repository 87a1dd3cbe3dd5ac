# Somebody arrives, is renamed, and leaves.
made = create-user --user-name mateo --path /eng/
  User.Path = "/eng/"
  User.UserName = "mateo"
  User.Arn = "arn:aws:iam::123456789012:user/eng/mateo"
  - User.Tags
create-user --user-name MATEO
  ! EntityAlreadyExists User with name MATEO already exists.
create-user --user-name nikki
  User.Path = "/"
get-user --user-name mateo
  User.Arn = "arn:aws:iam::123456789012:user/eng/mateo"
  - User.PermissionsBoundary
get-user --user-name zhang
  ! NoSuchEntity The user with name zhang cannot be found.
list-users
  Users.0.UserName = "mateo"
  Users.1.UserName = "nikki"
  - Users.2
  IsTruncated = false
list-users --path-prefix /eng/
  Users.0.UserName = "mateo"
  - Users.1
update-user --user-name mateo --new-user-name paulo --new-path /ops/
get-user --user-name paulo
  User.Arn = "arn:aws:iam::123456789012:user/ops/paulo"
get-user --user-name mateo
  ! NoSuchEntity The user with name mateo cannot be found.
update-user --user-name paulo --new-user-name nikki
  ! EntityAlreadyExists User with name nikki already exists.
delete-user --user-name paulo
delete-user --user-name paulo
  ! NoSuchEntity The user with name paulo cannot be found.
list-users
  Users.0.UserName = "nikki"
  - Users.1
