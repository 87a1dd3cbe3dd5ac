//! The operations of the group "organizations root": what goes in, what comes out, and what may go wrong.

use super::model::operations;
use super::shapes::{FEATURES_LIST, ORGANIZATION_ID};

operations! { iam "organizations-root";

    /// [`DisableOrganizationsRootCredentialsManagement`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_DisableOrganizationsRootCredentialsManagement.html).
    write DisableOrganizationsRootCredentialsManagement -> DisableOrganizationsRootCredentialsManagementOutput ["ServiceAccessNotEnabledException", "AccountNotManagementOrDelegatedAdministratorException", "OrganizationNotFoundException", "OrganizationNotInAllFeaturesModeException"] {} {
        opt "OrganizationId" organization_id: Option<String> = ORGANIZATION_ID,
        opt "EnabledFeatures" enabled_features: Option<Vec<String>> = FEATURES_LIST,
    }

    /// [`DisableOrganizationsRootSessions`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_DisableOrganizationsRootSessions.html).
    write DisableOrganizationsRootSessions -> DisableOrganizationsRootSessionsOutput ["ServiceAccessNotEnabledException", "AccountNotManagementOrDelegatedAdministratorException", "OrganizationNotFoundException", "OrganizationNotInAllFeaturesModeException"] {} {
        opt "OrganizationId" organization_id: Option<String> = ORGANIZATION_ID,
        opt "EnabledFeatures" enabled_features: Option<Vec<String>> = FEATURES_LIST,
    }

    /// [`EnableOrganizationsRootCredentialsManagement`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_EnableOrganizationsRootCredentialsManagement.html).
    write EnableOrganizationsRootCredentialsManagement -> EnableOrganizationsRootCredentialsManagementOutput ["ServiceAccessNotEnabledException", "AccountNotManagementOrDelegatedAdministratorException", "OrganizationNotFoundException", "OrganizationNotInAllFeaturesModeException", "CallerIsNotManagementAccountException"] {} {
        opt "OrganizationId" organization_id: Option<String> = ORGANIZATION_ID,
        opt "EnabledFeatures" enabled_features: Option<Vec<String>> = FEATURES_LIST,
    }

    /// [`EnableOrganizationsRootSessions`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_EnableOrganizationsRootSessions.html).
    write EnableOrganizationsRootSessions -> EnableOrganizationsRootSessionsOutput ["ServiceAccessNotEnabledException", "AccountNotManagementOrDelegatedAdministratorException", "OrganizationNotFoundException", "OrganizationNotInAllFeaturesModeException", "CallerIsNotManagementAccountException"] {} {
        opt "OrganizationId" organization_id: Option<String> = ORGANIZATION_ID,
        opt "EnabledFeatures" enabled_features: Option<Vec<String>> = FEATURES_LIST,
    }

    /// [`ListOrganizationsFeatures`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOrganizationsFeatures.html).
    read ListOrganizationsFeatures -> ListOrganizationsFeaturesOutput ["ServiceAccessNotEnabledException", "AccountNotManagementOrDelegatedAdministratorException", "OrganizationNotFoundException", "OrganizationNotInAllFeaturesModeException"] {} {
        opt "OrganizationId" organization_id: Option<String> = ORGANIZATION_ID,
        opt "EnabledFeatures" enabled_features: Option<Vec<String>> = FEATURES_LIST,
    }
}
