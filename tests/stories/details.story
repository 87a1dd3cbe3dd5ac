# Everything at once.
p = create-policy --policy-name own --policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}'
create-group --group-name g
attach-group-policy --group-name g --policy-arn {p.Policy.Arn}
create-user --user-name ann --tags Key=team,Value=blue
add-user-to-group --group-name g --user-name ann
put-user-policy --user-name ann --policy-name inline --policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"s3:*","Resource":"*"}]}'
create-role --role-name r --assume-role-policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}'
get-account-authorization-details --filter User Group Role LocalManagedPolicy
  UserDetailList.0.UserName = "ann"
  UserDetailList.0.GroupList = ["g"]
  UserDetailList.0.Tags = [{"Key": "team", "Value": "blue"}]
  UserDetailList.0.UserPolicyList.0.PolicyName = "inline"
  UserDetailList.0.AttachedManagedPolicies = []
  GroupDetailList.0.AttachedManagedPolicies.0.PolicyName = "own"
  GroupDetailList.0.GroupPolicyList = []
  RoleDetailList.0.RoleName = "r"
  RoleDetailList.0.RolePolicyList = []
  RoleDetailList.0.InstanceProfileList = []
  Policies.0.PolicyName = "own"
  Policies.0.AttachmentCount = 1
  Policies.0.PolicyVersionList.0.VersionId = "v1"
  Policies.0.PolicyVersionList.0.IsDefaultVersion = true
get-account-authorization-details --filter User
  UserDetailList.0.UserName = "ann"
  GroupDetailList = []
  RoleDetailList = []
  Policies = []
