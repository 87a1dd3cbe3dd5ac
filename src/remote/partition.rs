//! Where IAM and STS answer, partition by partition, and the region that their requests are signed for.
//!
//! Names follow the AWS General Reference, "AWS Identity and Access Management endpoints" and "AWS Security Token
//! Service endpoints". IAM has one endpoint a partition; STS has one a region.

use crate::api::Service;

/// A partition: what its regions start with, the suffix of its host names, and its IAM.
struct Partition {
    region_prefix: &'static str,
    suffix: &'static str,
    iam_host: &'static str,
    signing_region: &'static str,
}

/// The commercial partition comes last: its empty prefix fits every region that no other claims.
const PARTITIONS: [Partition; 8] = [
    partition("cn-", "amazonaws.com.cn", "iam.cn-north-1.amazonaws.com.cn", "cn-north-1"),
    partition("us-gov-", "amazonaws.com", "iam.us-gov.amazonaws.com", "us-gov-west-1"),
    partition("us-iso-", "c2s.ic.gov", "iam.us-iso-east-1.c2s.ic.gov", "us-iso-east-1"),
    partition("us-isob-", "sc2s.sgov.gov", "iam.us-isob-east-1.sc2s.sgov.gov", "us-isob-east-1"),
    partition("eu-isoe-", "cloud.adc-e.uk", "iam.eu-isoe-west-1.cloud.adc-e.uk", "eu-isoe-west-1"),
    partition("us-isof-", "csp.hci.ic.gov", "iam.us-isof-south-1.csp.hci.ic.gov", "us-isof-south-1"),
    partition("eusc-", "amazonaws.eu", "iam.eusc-de-east-1.amazonaws.eu", "eusc-de-east-1"),
    COMMERCIAL,
];

const COMMERCIAL: Partition = partition("", "amazonaws.com", "iam.amazonaws.com", "us-east-1");

const fn partition(
    region_prefix: &'static str,
    suffix: &'static str,
    iam_host: &'static str,
    signing_region: &'static str,
) -> Partition {
    Partition { region_prefix, suffix, iam_host, signing_region }
}

fn of_region(region: &str) -> &'static Partition {
    PARTITIONS.iter().find(|p| region.starts_with(p.region_prefix)).unwrap_or(&COMMERCIAL)
}

/// The URL at which AWS answers for the service, for an admin whose region is `region`.
pub(super) fn endpoint_url(service: Service, region: Option<&str>) -> String {
    let partition = of_region(region.unwrap_or_default());
    match service {
        Service::Iam => format!("https://{}/", partition.iam_host),
        Service::Sts => format!("https://sts.{}.{}/", region.unwrap_or(partition.signing_region), partition.suffix),
    }
}

/// The region that requests to the service are signed for.
pub(super) fn signing_region(service: Service, region: Option<&str>) -> &str {
    match (service, region) {
        (Service::Sts, Some(region)) => region,
        (_, region) => of_region(region.unwrap_or_default()).signing_region,
    }
}

#[cfg(test)]
mod tests {
    use super::{endpoint_url, signing_region};
    use crate::api::Service::{Iam, Sts};

    #[test]
    fn iam_has_one_endpoint_a_partition() {
        for (region, url, signed) in [
            (None, "https://iam.amazonaws.com/", "us-east-1"),
            (Some("eu-central-1"), "https://iam.amazonaws.com/", "us-east-1"),
            (Some("cn-northwest-1"), "https://iam.cn-north-1.amazonaws.com.cn/", "cn-north-1"),
            (Some("us-gov-east-1"), "https://iam.us-gov.amazonaws.com/", "us-gov-west-1"),
            (Some("us-iso-west-1"), "https://iam.us-iso-east-1.c2s.ic.gov/", "us-iso-east-1"),
            (Some("us-isob-east-1"), "https://iam.us-isob-east-1.sc2s.sgov.gov/", "us-isob-east-1"),
        ] {
            assert_eq!((endpoint_url(Iam, region).as_str(), signing_region(Iam, region)), (url, signed));
        }
    }

    #[test]
    fn sts_has_one_endpoint_a_region() {
        assert_eq!(endpoint_url(Sts, Some("eu-west-1")), "https://sts.eu-west-1.amazonaws.com/");
        assert_eq!(endpoint_url(Sts, Some("cn-north-1")), "https://sts.cn-north-1.amazonaws.com.cn/");
        assert_eq!(
            (endpoint_url(Sts, None).as_str(), signing_region(Sts, None)),
            ("https://sts.us-east-1.amazonaws.com/", "us-east-1")
        );
        assert_eq!(signing_region(Sts, Some("eu-west-1")), "eu-west-1");
    }
}
