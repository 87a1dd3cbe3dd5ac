//! The evaluator: it always ends, an explicit deny always wins, and the order of statements does not matter.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tiam::policy::compiled::Compiled;
use tiam::policy::decision::{Attached, Outcome, Policies, Principal, Request, decide};

const DENY: &str = r#"{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}"#;

fuzz_target!(|input: (&str, &str, &str, &str, &str)| {
    let (first, second, action, resource, value) = input;
    let user = "arn:aws:iam::123456789012:user/division/ann";
    let mut request = Request::new(Principal::parse(user), action, resource);
    request.context.set("aws:RequestTag/team", [value]);
    request.context.set("aws:TagKeys", value.split(','));
    request.context.set("aws:SourceIp", [value]);
    let attached = |text: &str| Attached::new("policy", Compiled::parse(text));
    let policies = |texts: &[&str]| Policies {
        identity: texts.iter().map(|text| attached(text)).collect(),
        ..Policies::default()
    };
    let one = decide(&request, &policies(&[first, second]));
    assert_eq!(one, decide(&request, &policies(&[second, first])));
    assert_eq!(decide(&request, &policies(&[first, second, DENY])).outcome, Outcome::ExplicitDeny);
    let mut bound = policies(&[first]);
    bound.resource = Some(attached(second));
    bound.boundary = Some(vec![attached(first)]);
    let _ = decide(&request, &bound);
});
