# Tags of a user, a role and a policy.
create-user --user-name ann --tags Key=team,Value=blue
  User.Tags = [{"Key": "team", "Value": "blue"}]
tag-user --user-name ann --tags Key=Team,Value=red Key=cost,Value=
list-user-tags --user-name ann
  Tags.1.Value = ""
  IsTruncated = false
  - Tags.2
tag-user --user-name ann --tags Key=a,Value=1 Key=A,Value=2
  ! InvalidInput Duplicate tag keys found. Please note that Tag keys are case insensitive.
untag-user --user-name ann --tag-keys TEAM nothing
list-user-tags --user-name ann
  Tags = [{"Key": "cost", "Value": ""}]
get-user --user-name ann
  User.Tags = [{"Key": "cost", "Value": ""}]
list-users
  - Users.0.Tags
create-role --role-name R --tags Key=x,Value=y --assume-role-policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}'
  Role.Tags = [{"Key": "x", "Value": "y"}]
tag-role --role-name R --tags Key=z,Value=w
untag-role --role-name R --tag-keys x
list-role-tags --role-name R
  Tags = [{"Key": "z", "Value": "w"}]
list-roles
  - Roles.0.Tags
p = create-policy --policy-name P --tags Key=k,Value=v --policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}'
  Policy.Tags = [{"Key": "k", "Value": "v"}]
# A policy's tag keys differ by case.
tag-policy --policy-arn {p.Policy.Arn} --tags Key=K,Value=V
list-policy-tags --policy-arn {p.Policy.Arn}
tag-policy --policy-arn {p.Policy.Arn} --tags Key=a,Value=1 Key=a,Value=2
  ! InvalidInput Duplicate tag keys found.
untag-policy --policy-arn {p.Policy.Arn} --tag-keys k
tag-user --user-name nobody --tags Key=a,Value=b
  ! NoSuchEntity The user with name nobody cannot be found.
