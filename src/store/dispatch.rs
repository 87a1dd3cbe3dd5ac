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
    api::CreateUser,
    api::DeleteUser,
    api::GetUser,
    api::ListUsers,
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
