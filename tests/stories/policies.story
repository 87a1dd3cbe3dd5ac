# A managed policy grows to five versions.
p = create-policy --policy-name view-billing --description Billing --policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"aws-portal:View*","Resource":"*"}]}'
  Policy.Arn = "arn:aws:iam::123456789012:policy/view-billing"
  Policy.DefaultVersionId = "v1"
  Policy.AttachmentCount = 0
  Policy.IsAttachable = true
  Policy.PermissionsBoundaryUsageCount = 0
create-policy --policy-name view-billing --policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}'
  ! EntityAlreadyExists A policy called view-billing already exists. Duplicate names are not allowed.
create-policy --policy-name broken --policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Resource":"*"}]}'
  ! MalformedPolicyDocument Policy statement must contain actions.
get-policy --policy-arn {p.Policy.Arn}
  Policy.Description = "Billing"
  Policy.Path = "/"
create-policy-version --policy-arn {p.Policy.Arn} --policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}]}' --set-as-default
  PolicyVersion.VersionId = "v2"
  PolicyVersion.IsDefaultVersion = true
create-policy-version --policy-arn {p.Policy.Arn} --policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:List*","Resource":"*"}]}'
  PolicyVersion.VersionId = "v3"
  PolicyVersion.IsDefaultVersion = false
create-policy-version --policy-arn {p.Policy.Arn} --policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:Put*","Resource":"*"}]}'
create-policy-version --policy-arn {p.Policy.Arn} --policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:Put*","Resource":"*"}]}'
create-policy-version --policy-arn {p.Policy.Arn} --policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:Put*","Resource":"*"}]}'
  ! LimitExceeded A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.
list-policy-versions --policy-arn {p.Policy.Arn}
  Versions.0.VersionId = "v5"
  Versions.4.VersionId = "v1"
  Versions.3.IsDefaultVersion = true
  - Versions.0.Document
get-policy-version --policy-arn {p.Policy.Arn} --version-id v1
  PolicyVersion.Document = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"aws-portal:View*\",\"Resource\":\"*\"}]}"
get-policy-version --policy-arn {p.Policy.Arn} --version-id v9
  ! NoSuchEntity Policy arn:aws:iam::123456789012:policy/view-billing version v9 does not exist or is not attachable.
delete-policy-version --policy-arn {p.Policy.Arn} --version-id v2
  ! DeleteConflict Cannot delete the default version of a policy.
delete-policy-version --policy-arn {p.Policy.Arn} --version-id v1
set-default-policy-version --policy-arn {p.Policy.Arn} --version-id v3
get-policy --policy-arn {p.Policy.Arn}
  Policy.DefaultVersionId = "v3"
list-policies --scope Local
  Policies.0.PolicyName = "view-billing"
  - Policies.1
get-policy --policy-arn arn:aws:iam::aws:policy/AdministratorAccess
  Policy.PolicyName = "AdministratorAccess"
  Policy.DefaultVersionId = "v1"
delete-policy --policy-arn {p.Policy.Arn}
  ! DeleteConflict This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.
delete-policy-version --policy-arn {p.Policy.Arn} --version-id v2
delete-policy-version --policy-arn {p.Policy.Arn} --version-id v4
delete-policy-version --policy-arn {p.Policy.Arn} --version-id v5
delete-policy --policy-arn {p.Policy.Arn}
delete-policy --policy-arn {p.Policy.Arn}
  ! NoSuchEntity Policy arn:aws:iam::123456789012:policy/view-billing was not found.
