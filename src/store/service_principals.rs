//! Which services of AWS a trust policy may name.
//!
//! AWS refuses a service principal that does not exist, and publishes no list of those that do. Here one is known when a
//! label of its name is the prefix of a service that the catalog has (`states.us-east-1.amazonaws.com`), when it has a
//! service-linked role, or when it stands below.

use super::service_linked_roles;
use crate::policy::catalog;

/// Principals whose names hold no prefix of a service, without `.amazonaws.com`: from the conditions of AWS managed
/// policies on `iam:PassedToService`, and the services' own guides.
const OTHERS: [&str; 77] = [
    "airflow-env",
    "alexa-appkit",
    "alexa-connectedhome",
    "amazonmq",
    "application-insights",
    "assets.marketplace",
    "aws-artifact-account-sync",
    "aws-mcp",
    "billingconsole",
    "billingreports",
    "cassandra-streams",
    "channels.lexv2",
    "codecatalyst-runner",
    "codewhisperer-console",
    "cognito-identity-us-gov",
    "config-conforms",
    "config-multiaccountsetup",
    "cost.apidestinations.internal",
    "custom.rds-preview",
    "diode",
    "directoryservice",
    "directquery.opensearchservice",
    "dms-fleet-advisor",
    "dmsintegration.migrationhub",
    "ec2-images",
    "ec2fastlaunch",
    "ec2fleet",
    "ec2scheduled",
    "ec2sqlha",
    "ecs-compute",
    "ecs-tasks",
    "edgelambda",
    "eks-connector",
    "eks-fargate",
    "eks-fargate-pods",
    "eks-nodegroup",
    "emrwal",
    "im",
    "lexv2",
    "license-management.marketplace",
    "logdelivery.elb",
    "logdelivery.elb-v2",
    "macie",
    "managedservices",
    "marketplace",
    "marketplace-mcp",
    "metering-marketplace",
    "migrationhub",
    "mobilehub",
    "monitoring",
    "mwaa",
    "nat",
    "opensearchservice",
    "osis-pipelines",
    "pinpoint",
    "private-marketplace.marketplace",
    "public-ecr",
    "purchaseorders",
    "replication.lexv2",
    "resale-authorization.marketplace",
    "resource-snapshot-job.partnercentral-selling",
    "sdmp",
    "securityhubv2",
    "servicecatalog-appregistry",
    "simpledb",
    "smsintegration.migrationhub",
    "sns-event-notifications",
    "spot",
    "spotfleet",
    "sumerian",
    "transitgateway",
    "tunnel.vpn",
    "user-attribute-cost-allocation-data",
    "vmie",
    "vpc-flow-logs",
    "xks",
    "zocalo",
];
/// How principals end, and the only partition that has such, if it is one.
const ENDS: [(&str, Option<&str>); 6] = [
    (".amazonaws.com", None),
    (".amazon.com", None),
    (".aws.internal", None),
    (".amazonaws.com.cn", Some("aws-cn")),
    (".c2s.ic.gov", Some("aws-iso")),
    (".sc2s.sgov.gov", Some("aws-iso-b")),
];

/// Whether there is a service of that name in the partition.
pub(super) fn exists(principal: &str, partition: &str) -> bool {
    ENDS.iter().filter(|(_, only)| only.is_none_or(|only| only == partition)).any(|(end, _)| {
        principal.strip_suffix(end).is_some_and(|name| {
            name.split('.').any(|label| catalog::service(label).is_some())
                || OTHERS.contains(&name)
                || service_linked_roles::is_known(name)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::exists;

    #[test]
    fn services_are_known_by_a_label_of_their_names_or_by_list() {
        for name in ["lambda", "ecs-tasks", "states.us-east-1", "edgelambda", "delivery.logs", "monitoring.rds", "vmie"]
        {
            assert!(exists(&format!("{name}.amazonaws.com"), "aws"), "{name}");
        }
        for name in ["nope", "codepipeiine", "bedrock-agent", "tagging"] {
            assert!(!exists(&format!("{name}.amazonaws.com"), "aws"), "{name}");
        }
    }

    #[test]
    fn chinese_names_are_for_china() {
        assert!(exists("ec2.amazonaws.com.cn", "aws-cn") && exists("ec2.amazonaws.com", "aws-cn"));
        assert!(!exists("eks.amazonaws.com.cn", "aws"));
        assert!(exists("sagemaker.aws.internal", "aws"));
    }
}
