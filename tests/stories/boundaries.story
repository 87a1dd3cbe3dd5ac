# The most that somebody may ever do.
p = create-policy --policy-name XCompanyBoundaries --policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}'
create-user --user-name zhang --permissions-boundary {p.Policy.Arn}
  User.PermissionsBoundary.PermissionsBoundaryType = "Policy"
  User.PermissionsBoundary.PermissionsBoundaryArn = "arn:aws:iam::123456789012:policy/XCompanyBoundaries"
get-user --user-name zhang
  User.PermissionsBoundary.PermissionsBoundaryArn = "arn:aws:iam::123456789012:policy/XCompanyBoundaries"
list-users
  - Users.0.PermissionsBoundary
get-policy --policy-arn {p.Policy.Arn}
  Policy.PermissionsBoundaryUsageCount = 1
  Policy.AttachmentCount = 0
delete-policy --policy-arn {p.Policy.Arn}
  ! DeleteConflict Cannot delete a policy attached to entities.
delete-user-permissions-boundary --user-name zhang
get-user --user-name zhang
  - User.PermissionsBoundary
create-role --role-name Deploy --assume-role-policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}'
put-role-permissions-boundary --role-name Deploy --permissions-boundary {p.Policy.Arn}
get-role --role-name Deploy
  Role.PermissionsBoundary.PermissionsBoundaryType = "Policy"
put-role-permissions-boundary --role-name Deploy --permissions-boundary arn:aws:iam::123456789012:policy/none
  ! NoSuchEntity Scope ARN: arn:aws:iam::123456789012:policy/none does not exist or is not attachable.
delete-role-permissions-boundary --role-name Deploy
get-role --role-name Deploy
  - Role.PermissionsBoundary
put-user-permissions-boundary --user-name zhang --permissions-boundary arn:aws:iam::aws:policy/PowerUserAccess
get-user --user-name zhang
  User.PermissionsBoundary.PermissionsBoundaryArn = "arn:aws:iam::aws:policy/PowerUserAccess"
