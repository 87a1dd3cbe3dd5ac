//! From a call's name to the behaviour of its type.

use serde_json::{Map, Value};

use super::error::{Error, Result};
use super::perform::Perform;
use super::tx::Tx;
use crate::api::{self, Call, Operation, Service};

type Behaviour = fn(&Call, &Tx<'_>) -> Result<Map<String, Value>>;

fn behave<O: Perform>(call: &Call, tx: &Tx<'_>) -> Result<Map<String, Value>> {
    let operation: O = call.typed().map_err(|e| crate::iam::Error::of_code("MalformedInput".into(), e.to_string()))?;
    match serde_json::to_value(operation.perform(tx)?)? {
        Value::Object(map) => Ok(map),
        _ => Ok(Map::new()),
    }
}

macro_rules! behaviours {
    ($($operation:path,)*) => {
        /// Every operation that the store performs.
        static BEHAVIOURS: &[(&api::Model, Behaviour)] = &[$((<$operation as Operation>::MODEL, behave::<$operation>),)*];
    };
}

behaviours! {
    api::AddRoleToInstanceProfile,
    api::AddUserToGroup,
    api::AttachGroupPolicy,
    api::AttachRolePolicy,
    api::AttachUserPolicy,
    api::CreateAccessKey,
    api::CreateAccountAlias,
    api::CreateGroup,
    api::CreateInstanceProfile,
    api::CreateLoginProfile,
    api::CreatePolicy,
    api::CreatePolicyVersion,
    api::CreateRole,
    api::CreateUser,
    api::DeleteAccessKey,
    api::DeleteAccountAlias,
    api::DeleteGroup,
    api::DeleteGroupPolicy,
    api::DeleteInstanceProfile,
    api::DeleteLoginProfile,
    api::DeletePolicy,
    api::DeletePolicyVersion,
    api::DeleteRole,
    api::DeleteRolePermissionsBoundary,
    api::DeleteRolePolicy,
    api::DeleteUser,
    api::DeleteUserPermissionsBoundary,
    api::DeleteUserPolicy,
    api::DetachGroupPolicy,
    api::DetachRolePolicy,
    api::DetachUserPolicy,
    api::GetAccessKeyLastUsed,
    api::GetAccountAuthorizationDetails,
    api::GetAccountSummary,
    api::GetGroup,
    api::GetGroupPolicy,
    api::GetInstanceProfile,
    api::GetLoginProfile,
    api::GetPolicy,
    api::GetPolicyVersion,
    api::GetRole,
    api::GetRolePolicy,
    api::GetUser,
    api::GetUserPolicy,
    api::ListAccessKeys,
    api::ListAccountAliases,
    api::ListAttachedGroupPolicies,
    api::ListAttachedRolePolicies,
    api::ListAttachedUserPolicies,
    api::ListEntitiesForPolicy,
    api::ListGroupPolicies,
    api::ListGroups,
    api::ListGroupsForUser,
    api::ListInstanceProfileTags,
    api::ListInstanceProfiles,
    api::ListInstanceProfilesForRole,
    api::ListPolicies,
    api::ListPolicyTags,
    api::ListPolicyVersions,
    api::ListRolePolicies,
    api::ListRoleTags,
    api::ListRoles,
    api::ListUserPolicies,
    api::ListUserTags,
    api::ListUsers,
    api::PutGroupPolicy,
    api::PutRolePermissionsBoundary,
    api::PutRolePolicy,
    api::PutUserPermissionsBoundary,
    api::PutUserPolicy,
    api::RemoveRoleFromInstanceProfile,
    api::RemoveUserFromGroup,
    api::SetDefaultPolicyVersion,
    api::TagInstanceProfile,
    api::TagPolicy,
    api::TagRole,
    api::TagUser,
    api::UntagInstanceProfile,
    api::UntagPolicy,
    api::UntagRole,
    api::UntagUser,
    api::UpdateAccessKey,
    api::UpdateAssumeRolePolicy,
    api::UpdateGroup,
    api::UpdateLoginProfile,
    api::UpdateRole,
    api::UpdateRoleDescription,
    api::UpdateUser,

    api::ChangePassword,
    api::DeleteAccountPasswordPolicy,
    api::GetAccountPasswordPolicy,
    api::SetSecurityTokenServicePreferences,
    api::UpdateAccountPasswordPolicy,
    api::CreateVirtualMFADevice,
    api::DeactivateMFADevice,
    api::DeleteVirtualMFADevice,
    api::EnableMFADevice,
    api::GetMFADevice,
    api::ListMFADevices,
    api::ListVirtualMFADevices,
    api::ResyncMFADevice,
    api::DeleteSigningCertificate,
    api::ListSigningCertificates,
    api::UpdateSigningCertificate,
    api::UploadSigningCertificate,
    api::DeleteServerCertificate,
    api::GetServerCertificate,
    api::ListServerCertificates,
    api::UpdateServerCertificate,
    api::UploadServerCertificate,
    api::DeleteSSHPublicKey,
    api::GetSSHPublicKey,
    api::ListSSHPublicKeys,
    api::UpdateSSHPublicKey,
    api::UploadSSHPublicKey,
    api::CreateServiceSpecificCredential,
    api::DeleteServiceSpecificCredential,
    api::ListServiceSpecificCredentials,
    api::ResetServiceSpecificCredential,
    api::UpdateServiceSpecificCredential,
    api::AddClientIDToOpenIDConnectProvider,
    api::CreateOpenIDConnectProvider,
    api::DeleteOpenIDConnectProvider,
    api::GetOpenIDConnectProvider,
    api::ListOpenIDConnectProviders,
    api::RemoveClientIDFromOpenIDConnectProvider,
    api::UpdateOpenIDConnectProviderThumbprint,
    api::CreateSAMLProvider,
    api::DeleteSAMLProvider,
    api::GetSAMLProvider,
    api::ListSAMLProviders,
    api::UpdateSAMLProvider,
    api::ListMFADeviceTags,
    api::TagMFADevice,
    api::UntagMFADevice,
    api::ListServerCertificateTags,
    api::TagServerCertificate,
    api::UntagServerCertificate,
    api::ListSAMLProviderTags,
    api::TagSAMLProvider,
    api::UntagSAMLProvider,
    api::ListOpenIDConnectProviderTags,
    api::TagOpenIDConnectProvider,
    api::UntagOpenIDConnectProvider,
    api::CreateServiceLinkedRole,
    api::DeleteServiceLinkedRole,
    api::GetServiceLinkedRoleDeletionStatus,
    api::GenerateCredentialReport,
    api::GetCredentialReport,
    api::DisableOrganizationsRootCredentialsManagement,
    api::DisableOrganizationsRootSessions,
    api::EnableOrganizationsRootCredentialsManagement,
    api::EnableOrganizationsRootSessions,
    api::ListOrganizationsFeatures,
    api::EnableOutboundWebIdentityFederation,
    api::DisableOutboundWebIdentityFederation,
    api::GetOutboundWebIdentityFederationInfo,
    api::GetAccountProperties,
    api::PutAccountProperties,
    api::AcquireRole,
    api::GetRoleTemplateVersion,
    api::CreateDelegationRequest,
    api::AssociateDelegationRequest,
    api::AcceptDelegationRequest,
    api::RejectDelegationRequest,
    api::UpdateDelegationRequest,
    api::SendDelegationToken,
    api::GetDelegationRequest,
    api::ListDelegationRequests,
    api::GetHumanReadableSummary,
}

/// Performs a call.
///
/// # Errors
/// `InvalidAction` for an operation that the store does not perform.
pub(super) fn dispatch(call: &Call, tx: &Tx<'_>) -> Result<Map<String, Value>> {
    let behaviour = BEHAVIOURS.iter().find(|(model, _)| *model == call.model()).map(|(_, behaviour)| behaviour);
    match behaviour {
        Some(behaviour) => behaviour(call, tx),
        None => Err(Error::Iam(crate::iam::Error::invalid_action(format!(
            "Could not find operation {} for version {}",
            call.model().name,
            call.model().service.version()
        )))),
    }
}

/// Whether the store performs the operation.
pub fn performs(service: Service, name: &str) -> bool {
    BEHAVIOURS.iter().any(|(model, _)| model.service == service && model.name == name)
}
