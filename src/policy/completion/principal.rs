//! Principals: their types, and who they can be.

use super::element::unless_there;
use super::{Candidate, CandidateKind, Place, candidate};
use crate::policy::PolicyType;

/// Services that policies most often name, without `.amazonaws.com`.
const SERVICES: &str = "apigateway backup cloudformation cloudfront cloudtrail codebuild codepipeline config delivery.logs \
    ec2 ecs-tasks eks events firehose glue lambda logging.s3 rds s3 sagemaker sns states";
/// Others that assume roles or act on resources.
const OTHERS: &str = "airflow airflow-env amplify application-autoscaling appsync autoscaling batch bedrock \
    bedrock-agentcore cassandra.application-autoscaling codedeploy cognito-idp connect datapipeline \
    datasync dlm dms ds ecs edgelambda eks-fargate-pods elasticbeanstalk elasticmapreduce \
    elastictranscoder emr-containers emr-serverless es export.rds fis forecast gamelift greengrass \
    guardduty imagebuilder inspector iot ivs kafkaconnect kendra kinesisanalytics lakeformation lex \
    lexv2 logs mediaconvert medialive mediapackage monitoring.rds network-firewall opensearchservice \
    opsworks osis-pipelines personalize pipes pods.eks quicksight redshift rekognition robomaker \
    rolesanywhere scheduler secretsmanager servicecatalog ses signer spotfleet sqs ssm ssm-incidents \
    storagegateway swf textract transcribe transfer translate vmie vpc-flow-logs vpc-lattice \
    workspaces xray";
/// Identity providers that IAM knows by their host.
const PROVIDERS: [&str; 4] =
    ["cognito-identity.amazonaws.com", "accounts.google.com", "graph.facebook.com", "www.amazon.com"];

pub(super) fn types(place: &Place<'_>) -> Vec<Candidate> {
    let kind = |name: &str, detail: &str| candidate(CandidateKind::Element, name, detail);
    let all = vec![
        kind("AWS", "accounts, users, roles, sessions"),
        kind("Service", "AWS services"),
        kind("Federated", "identity providers"),
        kind("CanonicalUser", "accounts by their id in Amazon S3"),
    ];
    unless_there(place, all)
}

/// Service principals, for principals and for keys that hold one.
pub(super) fn services() -> impl Iterator<Item = Candidate> {
    let all = SERVICES.split_ascii_whitespace().chain(OTHERS.split_ascii_whitespace());
    all.map(|name| candidate(CandidateKind::Principal, format!("{name}.amazonaws.com"), "service"))
}

pub(super) fn values(place: &Place<'_>, kind: Option<&str>) -> Vec<Candidate> {
    let everyone = || candidate(CandidateKind::Principal, "*", "everyone");
    match kind {
        None => vec![everyone()],
        Some("Service") => services().collect(),
        Some("Federated") => providers(place),
        Some("AWS") => {
            let star = (place.kind != PolicyType::RoleTrust).then(everyone);
            star.into_iter().chain(people(place)).collect()
        }
        Some(_) => Vec::new(),
    }
}

fn people(place: &Place<'_>) -> impl Iterator<Item = Candidate> {
    let account = place.names.account.as_deref();
    let root =
        account.map(|id| candidate(CandidateKind::Principal, format!("arn:aws:iam::{id}:root"), "whole account"));
    let id = account.map(|id| candidate(CandidateKind::Principal, id, "whole account"));
    let named = ["role", "user"].into_iter().flat_map(|kind| super::resource::named(place.names, kind));
    let named = named.map(|found| Candidate { kind: CandidateKind::Principal, ..found });
    root.into_iter().chain(named).chain(id)
}

fn providers(place: &Place<'_>) -> Vec<Candidate> {
    let own = place.names.providers.iter();
    let own = own.map(|arn| candidate(CandidateKind::Principal, arn, "provider of this account"));
    let known = PROVIDERS.iter().map(|host| candidate(CandidateKind::Principal, *host, "identity provider"));
    own.chain(known).collect()
}
