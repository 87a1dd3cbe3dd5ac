//! The evaluator: it always ends, an explicit deny always wins, and neither the order of statements nor that of policies
//! matters. Statements are whole, their texts are anything.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tiam::policy::compiled::Compiled;
use tiam::policy::condition::Comparison;
use tiam::policy::decision::{Answer, Attached, Outcome, Policies, Principal, Request, answer, decide, explain};

const DENY: &str = r#"{"Effect":"Deny","Action":"*","Resource":"*"}"#;
const PREFIXES: [&str; 3] = ["", "ForAllValues:", "ForAnyValue:"];

/// What a statement is made of: bits that choose, an action, a resource, a value.
type Parts<'t> = (u16, &'t str, &'t str, &'t str);

fn statement((bits, action, resource, value): Parts<'_>) -> String {
    let chosen = |from: u16, many: usize| usize::from(bits >> from) % many;
    let (_, comparison) = Comparison::ALL[chosen(4, Comparison::ALL.len())];
    let operator = format!("{}{comparison}{}", PREFIXES[chosen(9, 3)], ["", "IfExists"][chosen(11, 2)]);
    let (action_key, resource_key) = (["Action", "NotAction"][chosen(1, 2)], ["Resource", "NotResource"][chosen(2, 2)]);
    let effect = ["Allow", "Deny"][chosen(0, 2)];
    let mut statement = serde_json::json!({"Effect": effect, action_key: action});
    statement[resource_key] = format!("arn:aws:s3:::{resource}").into();
    if bits & 8 == 0 {
        let mut block = serde_json::json!({});
        block[operator] = serde_json::json!({"aws:TagKeys": [value, "x"]});
        statement["Condition"] = block;
    }
    statement.to_string()
}

fn policy(statements: &[&str]) -> Attached {
    let text = format!(r#"{{"Version":"2012-10-17","Statement":[{}]}}"#, statements.join(","));
    Attached::new("policy", Compiled::parse(&text))
}

fuzz_target!(|input: (Parts<'_>, Parts<'_>, &str, &str, &str)| {
    let (first, second, action, resource, value) = input;
    let user = "arn:aws:iam::123456789012:user/division/ann";
    let mut request = Request::new(Principal::parse(user), action, format!("arn:aws:s3:::{resource}"));
    request.context.set("aws:TagKeys", value.split(','));
    request.context.set("aws:username", [value]);
    let (first, second) = (statement(first), statement(second));
    let of = |identity: Vec<Attached>| Policies { identity, ..Policies::default() };
    let one = decide(&request, &of(vec![policy(&[&first, &second])]));
    assert_eq!(one, decide(&request, &of(vec![policy(&[&second, &first])])));
    assert_eq!(one, decide(&request, &of(vec![policy(&[&second]), policy(&[&first])])));
    assert_eq!(decide(&request, &of(vec![policy(&[&first, &second, DENY])])).outcome, Outcome::ExplicitDeny);
    assert_eq!(explain(&request, &of(vec![policy(&[&first, &second])])).decision, one);
    assert!(matches!(answer(&request, &of(vec![policy(&[&first, &second])])), Answer::Decided(same) if same == one));
    let mut bound = of(vec![policy(&[&first])]);
    bound.resource = Some(policy(&[&second]));
    bound.boundary = Some(vec![policy(&[&first])]);
    let _ = decide(&request, &bound);
});
