//! The operations of the group "outbound web identity": what goes in, what comes out, and what may go wrong.

use super::model::operations;
use super::shapes::{BOOLEAN, STRING};

operations! { iam "outbound-web-identity";

    /// [`DisableOutboundWebIdentityFederation`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_DisableOutboundWebIdentityFederation.html).
    write(takes_secret) DisableOutboundWebIdentityFederation -> DisableOutboundWebIdentityFederationOutput ["FeatureDisabled"] {} {}

    /// [`EnableOutboundWebIdentityFederation`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_EnableOutboundWebIdentityFederation.html).
    write EnableOutboundWebIdentityFederation -> EnableOutboundWebIdentityFederationOutput ["FeatureEnabled"] {} {
        opt "IssuerIdentifier" issuer_identifier: Option<String> = STRING,
    }

    /// [`GetOutboundWebIdentityFederationInfo`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetOutboundWebIdentityFederationInfo.html).
    read GetOutboundWebIdentityFederationInfo -> GetOutboundWebIdentityFederationInfoOutput ["FeatureDisabled"] {} {
        opt "IssuerIdentifier" issuer_identifier: Option<String> = STRING,
        opt "JwtVendingEnabled" jwt_vending_enabled: Option<bool> = BOOLEAN,
    }
}
