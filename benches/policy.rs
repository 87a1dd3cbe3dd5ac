//! How fast policies are read, made ready, and decided: a user with ten realistic policies, and a mix of requests.
//!
//! Six of the policies are AWS managed ones, four are of the kinds that administrators write: deny without MFA, deny
//! outside regions, one's own credentials, tags. The requests are a third allowed, a third denied, a third not spoken of.

#![expect(clippy::expect_used, reason = "a benchmark that cannot find its policies must stop")]

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use tiam::policy::catalog::{self, managed};
use tiam::policy::compiled::Compiled;
use tiam::policy::decision::{Attached, Policies, Principal, Request, decide, explain};
use tiam::policy::document::Document;
use tiam::policy::effective::{diff, summary};

const MANAGED: [&str; 6] = [
    "AmazonS3ReadOnlyAccess",
    "AmazonEC2ReadOnlyAccess",
    "IAMReadOnlyAccess",
    "CloudWatchLogsFullAccess",
    "AmazonDynamoDBFullAccess",
    "ReadOnlyAccess",
];

const OWN: [&str; 4] = [
    r#"{"Version": "2012-10-17", "Statement": [{"Sid": "NoMfa", "Effect": "Deny",
        "NotAction": ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice", "iam:GetUser", "iam:ListMFADevices", "sts:GetSessionToken"],
        "Resource": "*", "Condition": {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}}]}"#,
    r#"{"Version": "2012-10-17", "Statement": [{"Sid": "Regions", "Effect": "Deny",
        "NotAction": ["iam:*", "sts:*", "organizations:*", "route53:*", "support:*", "cloudfront:*"], "Resource": "*",
        "Condition": {"StringNotEquals": {"aws:RequestedRegion": ["eu-central-1", "eu-west-1"]}}}]}"#,
    r#"{"Version": "2012-10-17", "Statement": [{"Sid": "Own", "Effect": "Allow",
        "Action": ["iam:*AccessKey*", "iam:ChangePassword", "iam:GetUser", "iam:*MFADevice"],
        "Resource": ["arn:aws:iam::*:user/${aws:username}", "arn:aws:iam::*:mfa/${aws:username}"]},
        {"Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject"], "Resource": "arn:aws:s3:::home/${aws:username}/*"}]}"#,
    r#"{"Version": "2012-10-17", "Statement": [{"Sid": "Tags", "Effect": "Allow",
        "Action": ["ec2:StartInstances", "ec2:StopInstances", "ec2:RebootInstances"], "Resource": "arn:aws:ec2:*:*:instance/*",
        "Condition": {"StringEquals": {"ec2:ResourceTag/team": "${aws:PrincipalTag/team}"}}},
        {"Effect": "Deny", "Action": ["s3:DeleteBucket", "s3:PutBucketPolicy", "ec2:TerminateInstances"], "Resource": "*"}]}"#,
];

/// What is asked: an action, and the resource.
const ASKED: [(&str, &str); 12] = [
    ("s3:GetObject", "arn:aws:s3:::home/ann/report.txt"),
    ("s3:PutObject", "arn:aws:s3:::home/bob/report.txt"),
    ("s3:DeleteBucket", "arn:aws:s3:::home"),
    ("ec2:StartInstances", "arn:aws:ec2:eu-west-1:111122223333:instance/i-0123456789abcdef0"),
    ("ec2:TerminateInstances", "arn:aws:ec2:eu-west-1:111122223333:instance/i-0123456789abcdef0"),
    ("ec2:DescribeInstances", "*"),
    ("iam:CreateAccessKey", "arn:aws:iam::111122223333:user/ann"),
    ("iam:CreateUser", "arn:aws:iam::111122223333:user/new"),
    ("dynamodb:PutItem", "arn:aws:dynamodb:eu-west-1:111122223333:table/orders"),
    ("logs:CreateLogGroup", "arn:aws:logs:eu-west-1:111122223333:log-group:app"),
    ("kms:Decrypt", "arn:aws:kms:eu-west-1:111122223333:alias/app"),
    ("lambda:InvokeFunction", "arn:aws:lambda:eu-west-1:111122223333:function:app"),
];

fn main() {
    divan::main();
}

fn texts() -> Vec<String> {
    let managed = MANAGED.iter().map(|name| managed::document(name).expect("an AWS managed policy").to_owned());
    managed.chain(OWN.iter().map(|text| (*text).to_owned())).collect()
}

fn user() -> Policies {
    let attached = |text: &String| Attached::new("policy", Compiled::parse(text));
    Policies { identity: texts().iter().map(attached).collect(), ..Policies::default() }
}

/// The requests, half of them without MFA or outside the regions.
fn requests() -> Vec<Request> {
    let contexts = [("true", "eu-west-1"), ("true", "eu-central-1"), ("false", "eu-west-1"), ("true", "us-east-1")];
    let one = |(action, resource): &(&str, &str), (mfa, region): (&str, &str)| {
        let mut request = Request::new(Principal::parse("arn:aws:iam::111122223333:user/ann"), action, *resource);
        for (key, value) in [
            ("aws:username", "ann"),
            ("aws:PrincipalTag/team", "blue"),
            ("ec2:ResourceTag/team", "blue"),
            ("aws:SourceIp", "203.0.113.7"),
            ("aws:SecureTransport", "true"),
            ("aws:CurrentTime", "2026-05-01T12:00:00Z"),
            ("aws:MultiFactorAuthPresent", mfa),
            ("aws:RequestedRegion", region),
        ] {
            request.context.set(key, [value]);
        }
        request
    };
    contexts.iter().flat_map(|context| ASKED.iter().map(move |asked| one(asked, *context))).collect()
}

#[divan::bench]
fn decisions(bencher: Bencher<'_, '_>) {
    let (policies, requests) = (user(), requests());
    bencher.counter(ItemsCount::new(requests.len())).bench(|| {
        requests.iter().filter(|request| decide(black_box(request), black_box(&policies)).is_allowed()).count()
    });
}

#[divan::bench]
fn explanations(bencher: Bencher<'_, '_>) {
    let (policies, requests) = (user(), requests());
    bencher
        .counter(ItemsCount::new(requests.len()))
        .bench(|| requests.iter().map(|request| explain(black_box(request), &policies).layers.len()).sum::<usize>());
}

/// Who can: one action on one resource, over 1,000 roles of 3 or 4 policies each.
#[divan::bench]
fn who_can_over_1000_roles(bencher: Bencher<'_, '_>) {
    let all = user().identity;
    let role = |at: usize| Policies {
        identity: (0..3 + at % 2).filter_map(|nth| all.get((at + nth * 3) % all.len()).cloned()).collect(),
        ..Policies::default()
    };
    let roles: Vec<Policies> = (0..1_000).map(role).collect();
    let request = requests().into_iter().next().expect("some request");
    bencher.bench(|| roles.iter().filter(|policies| decide(black_box(&request), policies).is_allowed()).count());
}

#[divan::bench]
fn documents_read(bencher: Bencher<'_, '_>) {
    let texts = texts();
    let bytes: usize = texts.iter().map(String::len).sum();
    bencher
        .counter(divan::counter::BytesCount::new(bytes))
        .bench(|| texts.iter().map(|text| Document::parse(black_box(text.as_str())).statements().len()).sum::<usize>());
}

#[divan::bench]
fn documents_made_ready(bencher: Bencher<'_, '_>) {
    let documents: Vec<Document> = texts().into_iter().map(Document::parse).collect();
    bencher.counter(ItemsCount::new(documents.len())).bench(|| {
        documents.iter().map(|document| black_box(Compiled::new(document)).context_keys().len()).sum::<usize>()
    });
}

/// Every current action of the catalog, before and after a change of one policy of ten.
#[divan::bench]
fn permission_diff(bencher: Bencher<'_, '_>) {
    let before = user();
    let mut after = before.clone();
    after.identity.pop();
    bencher.bench(|| diff(black_box(&before), black_box(&after)).len());
}

#[divan::bench]
fn policy_summary(bencher: Bencher<'_, '_>) {
    let user = user();
    bencher.bench(|| summary(black_box(&user)).allowed.len());
}

/// What the first question about a service costs. Each opening keeps its memory, so there are few.
#[divan::bench(sample_count = 20, sample_size = 1)]
fn catalog_opened() -> usize {
    catalog::open_once_more()
}
