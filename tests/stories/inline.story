# Inline policies of a user, a group and a role.
create-user --user-name paulo
create-group --group-name SupportUsers
create-role --role-name Help --assume-role-policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}'
put-user-policy --user-name paulo --policy-name own --policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}'
put-user-policy --user-name paulo --policy-name own --policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"s3:*","Resource":"*"}]}'
get-user-policy --user-name paulo --policy-name own
  UserName = "paulo"
  PolicyName = "own"
  PolicyDocument = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"Action\":\"s3:*\",\"Resource\":\"*\"}]}"
list-user-policies --user-name paulo
  PolicyNames = ["own"]
  IsTruncated = false
get-user-policy --user-name paulo --policy-name other
  ! NoSuchEntity The user policy with name other cannot be found.
delete-user --user-name paulo
  ! DeleteConflict Cannot delete entity, must delete policies first.
delete-user-policy --user-name paulo --policy-name own
delete-user-policy --user-name paulo --policy-name own
  ! NoSuchEntity The user policy with name own cannot be found.
put-group-policy --group-name SupportUsers --policy-name g --policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"support:*","Resource":"*"}]}'
list-group-policies --group-name SupportUsers
  PolicyNames = ["g"]
get-group-policy --group-name SupportUsers --policy-name other
  ! NoSuchEntity The group policy with name other cannot be found.
delete-group-policy --group-name SupportUsers --policy-name g
put-role-policy --role-name Help --policy-name r --policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}'
list-role-policies --role-name Help
  PolicyNames = ["r"]
get-role-policy --role-name Help --policy-name other
  ! NoSuchEntity The role policy with name other cannot be found.
put-role-policy --role-name Nobody --policy-name r --policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}'
  ! NoSuchEntity The role with name Nobody cannot be found.
put-user-policy --user-name paulo --policy-name bad --policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"*"}]}'
  ! MalformedPolicyDocument Policy document should not specify a principal.
delete-role-policy --role-name Help --policy-name r
