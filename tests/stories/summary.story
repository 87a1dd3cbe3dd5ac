# What the account holds, against what it may hold.
get-account-summary
  SummaryMap.Users = 0
  SummaryMap.UsersQuota = 5000
  SummaryMap.GroupsQuota = 300
  SummaryMap.AccessKeysPerUserQuota = 2
  SummaryMap.VersionsPerPolicyQuota = 5
create-user --user-name a
create-user --user-name b
create-group --group-name g
create-policy --policy-name p --policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}'
create-role --role-name r --assume-role-policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}'
get-account-summary
  SummaryMap.Users = 2
  SummaryMap.Groups = 1
  SummaryMap.Policies = 1
  SummaryMap.Roles = 1
