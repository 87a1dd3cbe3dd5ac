# A role with its trust policy, changed and deleted.
create-role --role-name UpdateApp --description 'For the test team' --max-session-duration 7200 --assume-role-policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}'
  Role.Path = "/"
  Role.Arn = "arn:aws:iam::123456789012:role/UpdateApp"
  - Role.MaxSessionDuration
get-role --role-name UpdateApp
  Role.MaxSessionDuration = 7200
  Role.Description = "For the test team"
  Role.AssumeRolePolicyDocument = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"ec2.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}"
create-role --role-name UpdateApp --assume-role-policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}'
  ! EntityAlreadyExists Role with name UpdateApp already exists.
create-role --role-name Broken --assume-role-policy-document '{"Version":'
  ! MalformedPolicyDocument This policy contains invalid Json
update-assume-role-policy --role-name UpdateApp --policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}'
get-role --role-name UpdateApp
  Role.AssumeRolePolicyDocument = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"lambda.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}"
update-role --role-name UpdateApp --description Changed --max-session-duration 3600
update-role-description --role-name UpdateApp --description 'Changed again'
  Role.Description = "Changed again"
list-roles
  Roles.0.RoleName = "UpdateApp"
  Roles.0.MaxSessionDuration = 3600
  - Roles.1
get-role --role-name Nobody
  ! NoSuchEntity The role with name Nobody cannot be found.
put-role-policy --role-name UpdateApp --policy-name p --policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}'
delete-role --role-name UpdateApp
  ! DeleteConflict Cannot delete entity, must delete policies first.
delete-role-policy --role-name UpdateApp --policy-name p
delete-role --role-name UpdateApp
delete-role --role-name UpdateApp
  ! NoSuchEntity The role with name UpdateApp cannot be found.
