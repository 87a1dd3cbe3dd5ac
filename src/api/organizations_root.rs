//! The operations of the group "organizations root": what goes in, what comes out, and what may go wrong.

use super::model::{Shape, UNBOUNDED, list, operations, text};

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

/// The shape `FeatureType`.
static FEATURE: Shape = Shape::Text(text().values(&["RootCredentialsManagement", "RootSessions"]));
/// The shape `FeaturesListType`.
static FEATURES_LIST: Shape = list(&FEATURE, 0, UNBOUNDED);
/// The shape `OrganizationIdType`.
static ORGANIZATION_ID: Shape = Shape::Text(text().length(0, 34).pattern(r"^o-[a-z0-9]{10,32}$"));
