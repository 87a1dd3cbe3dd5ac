# A group is made, people join and leave it, it is renamed and deleted.
create-group --group-name Developers --path /eng/
  Group.Arn = "arn:aws:iam::123456789012:group/eng/Developers"
create-group --group-name Developers
  ! EntityAlreadyExists Group with name Developers already exists.
create-user --user-name mary
create-user --user-name zhang
add-user-to-group --group-name Developers --user-name mary
add-user-to-group --group-name Developers --user-name mary
add-user-to-group --group-name Developers --user-name zhang
add-user-to-group --group-name Nowhere --user-name mary
  ! NoSuchEntity The group with name Nowhere cannot be found.
add-user-to-group --group-name Developers --user-name nobody
  ! NoSuchEntity The user with name nobody cannot be found.
# The user is looked for before the group.
add-user-to-group --group-name Nowhere --user-name nobody
  ! NoSuchEntity The user with name nobody cannot be found.
get-group --group-name Developers
  Group.GroupName = "Developers"
  Users.0.UserName = "mary"
  Users.1.UserName = "zhang"
list-groups-for-user --user-name mary
  Groups.0.GroupName = "Developers"
remove-user-from-group --group-name Developers --user-name zhang
remove-user-from-group --group-name Developers --user-name zhang
list-groups-for-user --user-name zhang
  Groups = []
  IsTruncated = false
delete-group --group-name Developers
  ! DeleteConflict Cannot delete entity, must remove users from group first.
delete-user --user-name mary
  ! DeleteConflict Cannot delete entity, must remove users from group first.
update-group --group-name Developers --new-group-name Builders --new-path /
get-group --group-name Builders
  Group.Arn = "arn:aws:iam::123456789012:group/Builders"
list-groups
  Groups.0.GroupName = "Builders"
  - Groups.1
remove-user-from-group --group-name Builders --user-name mary
delete-group --group-name Builders
get-group --group-name Builders
  ! NoSuchEntity The group with name Builders cannot be found.
