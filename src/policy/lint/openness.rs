//! Values that match anything, and wildcards that do nothing or too much.

use super::checks::{error, suggestion, warning};
use super::condition::Test;
use super::{Check, Edit, Finding, Linter};
use crate::policy::catalog::ValueType;
use crate::policy::condition::{Comparison, Operator, Quantifier};

pub(super) fn check(linter: &mut Linter<'_>, test: &Test<'_>) {
    if let [item] = test.key.values.items.as_slice()
        && item.text == "*"
        && let Some(check) = any_value(test.operator)
    {
        return linter.push(mend(Finding::new(check, test.key.span), test, check));
    }
    literal_wildcards(linter, test);
    sensitive(linter, test);
}

/// What a comparison with `*` alone comes to.
fn any_value(operator: Operator) -> Option<&'static Check> {
    use Quantifier::{All, Any};
    let Operator { quantifier, comparison, if_exists } = operator;
    match comparison {
        Comparison::StringLike if if_exists || quantifier == Some(All) => {
            Some(&suggestion::REDUNDANT_KEY_DUE_TO_WILDCARD_IN_CONDITION)
        }
        Comparison::StringLike => Some(&suggestion::EQUIVALENT_TO_NULL_FALSE),
        Comparison::StringNotLike if quantifier == Some(Any) => {
            Some(&suggestion::REDUNDANT_STATEMENT_DUE_TO_WILDCARD_IN_CONDITION)
        }
        Comparison::StringNotLike => Some(&suggestion::EQUIVALENT_TO_NULL_TRUE),
        _ => None,
    }
}

/// The test said with Null, where the operator has no other key.
fn mend(finding: Finding, test: &Test<'_>, check: &Check) -> Finding {
    let absent = match check {
        check if check == &suggestion::EQUIVALENT_TO_NULL_FALSE => "false",
        check if check == &suggestion::EQUIVALENT_TO_NULL_TRUE => "true",
        _ => return finding,
    };
    let alone = test.block.keys.len() == 1;
    let taken = test.statement.conditions().iter().any(|block| block.operator.text == "Null");
    if !alone || taken {
        return finding;
    }
    let edits = vec![Edit::string(test.block.operator.span, "Null"), Edit::string(test.key.span, absent)];
    finding.fixed(format!("Use Null with {absent}"), edits)
}

fn literal_wildcards(linter: &mut Linter<'_>, test: &Test<'_>) {
    let literal = matches!(
        test.comparison(),
        Comparison::StringEquals
            | Comparison::StringNotEquals
            | Comparison::StringEqualsIgnoreCase
            | Comparison::StringNotEqualsIgnoreCase
    );
    if !literal {
        return;
    }
    let arn = test.known.is_some_and(|known| known.value_type == ValueType::Arn);
    let like = match (test.comparison(), arn) {
        (Comparison::StringEquals, false) => Some("StringLike"),
        (Comparison::StringNotEquals, false) => Some("StringNotLike"),
        (Comparison::StringEquals, true) => Some("ArnLike"),
        (Comparison::StringNotEquals, true) => Some("ArnNotLike"),
        _ => None,
    };
    for item in &test.key.values.items {
        // `${*}` is how a literal star is written.
        if !item.text.replace("${*}", "").replace("${?}", "").contains(['*', '?']) {
            continue;
        }
        let finding = Finding::new(&warning::WILDCARD_WITHOUT_LIKE_OPERATOR, item.span);
        linter.push(match like {
            Some(like) => test.moved(linter, finding, &test.with(like)),
            None => finding,
        });
    }
}

/// Keys that name who asks or for whom, by an id that AWS gave: the global condition keys whose documentation warns of
/// wildcards. Access Analyzer's own list is not public.
const SENSITIVE: [&str; 8] = [
    "aws:userid",
    "aws:PrincipalAccount",
    "aws:PrincipalOrgID",
    "aws:ResourceAccount",
    "aws:ResourceOrgID",
    "aws:SourceAccount",
    "aws:SourceOrgID",
    "aws:SourceVpce",
];
/// How many fixed characters make a value say something.
const FIXED_MIN: usize = 6;

fn sensitive(linter: &mut Linter<'_>, test: &Test<'_>) {
    let like = test.comparison() == Comparison::StringLike;
    let equal = matches!(test.comparison(), Comparison::StringEquals | Comparison::StringEqualsIgnoreCase);
    if !(like || equal) || !super::allows(test.statement) || !test.is_key(&SENSITIVE) {
        return;
    }
    for item in &test.key.values.items {
        let open = |at: usize| !is_fixed(&item.text, at, test.is_key(&["aws:userid"]));
        let variable = item.text.find("${").filter(|at| open(*at) && !is_callers(test, &item.text));
        let wildcard = item.text.find(['*', '?']).filter(|at| like && item.text != "*" && open(*at));
        if variable.is_some() {
            linter.find(&error::VARIABLE_USAGE_TOO_PERMISSIVE, item.span);
        } else if wildcard.is_some() {
            linter.find(&error::WILDCARD_USAGE_TOO_PERMISSIVE, item.span);
        }
    }
}

/// Comparing an account or organization with the caller's own is how access is kept to it.
fn is_callers(test: &Test<'_>, value: &str) -> bool {
    let own = ["${aws:PrincipalAccount}", "${aws:PrincipalOrgID}", "${aws:ResourceAccount}", "${aws:ResourceOrgID}"];
    !test.is_key(&["aws:userid"]) && own.iter().any(|own| own.eq_ignore_ascii_case(value))
}

/// Whether enough stands before the place. In aws:userid the id before the colon must be whole.
fn is_fixed(text: &str, at: usize, user_id: bool) -> bool {
    let before = text.get(..at).unwrap_or_default();
    before.len() >= FIXED_MIN && (!user_id || before.contains(':'))
}
