# Two keys, one after the other, as a rotation goes.
create-user --user-name shirley
old = create-access-key --user-name shirley
  AccessKey.UserName = "shirley"
  AccessKey.Status = "Active"
new = create-access-key --user-name shirley
create-access-key --user-name shirley
  ! LimitExceeded Cannot exceed quota for AccessKeysPerUser: 2
list-access-keys --user-name shirley
  AccessKeyMetadata.0.UserName = "shirley"
  AccessKeyMetadata.1.Status = "Active"
  - AccessKeyMetadata.2
  IsTruncated = false
update-access-key --user-name shirley --access-key-id {old.AccessKey.AccessKeyId} --status Inactive
get-access-key-last-used --access-key-id {old.AccessKey.AccessKeyId}
  UserName = "shirley"
  AccessKeyLastUsed.ServiceName = "N/A"
  AccessKeyLastUsed.Region = "N/A"
  - AccessKeyLastUsed.LastUsedDate
update-access-key --user-name shirley --access-key-id AKIA0000000000000000 --status Inactive
  ! NoSuchEntity The Access Key with id AKIA0000000000000000 cannot be found.
delete-user --user-name shirley
  ! DeleteConflict Cannot delete entity, must delete access keys first.
delete-access-key --user-name shirley --access-key-id {old.AccessKey.AccessKeyId}
list-access-keys --user-name shirley
  AccessKeyMetadata.0.Status = "Active"
  - AccessKeyMetadata.1
delete-access-key --user-name shirley --access-key-id {new.AccessKey.AccessKeyId}
create-access-key --user-name nobody
  ! NoSuchEntity The user with name nobody cannot be found.
delete-user --user-name shirley
