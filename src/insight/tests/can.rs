//! What somebody can do.

use serde_json::{Value, json};

use super::{allow, inline, kit, policy, user};
use crate::insight::{can, effective_policy, find};

#[test]
fn a_summary_is_the_consoles() {
    let mut deny = allow("sqs:DeleteQueue", "arn:aws:sqs:*:*:keep");
    deny["Effect"] = json!("Deny");
    let kit = kit(&[
        user("ann"),
        inline("ann", json!([allow("sqs:*", "*"), allow("s3:GetObjekt", "*"), allow("iam:Get*", "*"), deny])),
    ]);
    let ann = find(&kit.store, &kit.account, "ann").unwrap();
    let found = can(&kit.store, &kit.account, &ann).unwrap();
    let rows: Vec<_> = found.allowed.iter().map(|row| (row.service, row.access())).collect();
    assert_eq!(rows[1], ("sqs", "Full access".to_owned()));
    assert!(rows[0].1.starts_with("Limited: List, Read") || rows[0].1.contains("Limited"), "{rows:?}");
    assert_eq!((found.denied[0].service, found.denied[0].resource()), ("sqs", "arn:aws:sqs:*:*:keep".to_owned()));
    assert_eq!((found.uncategorized, found.administrator), (vec!["s3:GetObjekt".to_owned()], false));
}

#[test]
fn all_policies_become_one_within_the_boundary() {
    let limit = |statement: Value| json!({"PolicyName": "limit", "PolicyDocument": policy(&json!([statement]))});
    let made = |statement: Value| {
        kit(&[
            ("CreatePolicy", limit(statement)),
            ("CreateUser", json!({"UserName": "ann", "PermissionsBoundary": "arn:aws:iam::123456789012:policy/limit"})),
            inline("ann", json!([allow("s3:*", "*")])),
        ])
    };
    let wide = made(allow("s3:Get*", "*"));
    let ann = find(&wide.store, &wide.account, "ann").unwrap();
    let (one, is_exact) = effective_policy(&wide.store, &wide.account, &ann).unwrap();
    assert!(is_exact);
    assert_eq!(one["Statement"][1]["NotAction"], json!(["s3:Get*"]));
    let narrow = made(allow("s3:Get*", "arn:aws:s3:::b/*"));
    let ann = find(&narrow.store, &narrow.account, "ann").unwrap();
    assert!(!effective_policy(&narrow.store, &narrow.account, &ann).unwrap().1);
}
