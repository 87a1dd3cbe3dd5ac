# A policy is attached, counted, and detached.
p = create-policy --policy-name read --policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}]}'
create-user --user-name nikki
create-group --group-name Managers
create-role --role-name App --assume-role-policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}'
attach-user-policy --user-name nikki --policy-arn {p.Policy.Arn}
attach-user-policy --user-name nikki --policy-arn {p.Policy.Arn}
attach-group-policy --group-name Managers --policy-arn {p.Policy.Arn}
attach-role-policy --role-name App --policy-arn {p.Policy.Arn}
attach-user-policy --user-name nikki --policy-arn arn:aws:iam::aws:policy/ReadOnlyAccess
get-policy --policy-arn {p.Policy.Arn}
  Policy.AttachmentCount = 3
list-attached-user-policies --user-name nikki
  IsTruncated = false
list-entities-for-policy --policy-arn {p.Policy.Arn}
  PolicyUsers.0.UserName = "nikki"
  PolicyGroups.0.GroupName = "Managers"
  PolicyRoles.0.RoleName = "App"
attach-user-policy --user-name nikki --policy-arn arn:aws:iam::123456789012:policy/none
  ! NoSuchEntity Policy arn:aws:iam::123456789012:policy/none does not exist or is not attachable.
attach-role-policy --role-name App --policy-arn longpolicynamebutnoarn
  ! ValidationError ARN longpolicynamebutnoarn is not valid.
delete-policy --policy-arn {p.Policy.Arn}
  ! DeleteConflict Cannot delete a policy attached to entities.
delete-user --user-name nikki
  ! DeleteConflict Cannot delete entity, must detach all policies first.
detach-user-policy --user-name nikki --policy-arn {p.Policy.Arn}
detach-user-policy --user-name nikki --policy-arn {p.Policy.Arn}
  ! NoSuchEntity Policy arn:aws:iam::123456789012:policy/read was not found.
detach-group-policy --group-name Managers --policy-arn {p.Policy.Arn}
detach-role-policy --role-name App --policy-arn {p.Policy.Arn}
get-policy --policy-arn {p.Policy.Arn}
  Policy.AttachmentCount = 0
delete-policy --policy-arn {p.Policy.Arn}
