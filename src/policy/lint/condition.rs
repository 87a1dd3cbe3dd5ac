//! Conditions: operators, the shape of their values, and how operator and key fit.

use std::collections::HashSet;

use super::checks::{error, security, suggestion, warning};
use super::{Edit, Finding, Linter, key, near, openness, value};
use crate::policy::catalog::{ConditionKey as Known, ValueType};
use crate::policy::condition::{Comparison, Operator, Quantifier};
use crate::policy::document::{ConditionBlock, ConditionKey, ItemKind, Statement};
use crate::policy::json::Span;

/// A condition key in its statement, with what is known of it.
pub(super) struct Test<'d> {
    pub(super) statement: &'d Statement,
    pub(super) block: &'d ConditionBlock,
    pub(super) key: &'d ConditionKey,
    pub(super) operator: Operator,
    /// The key as the catalog has it.
    pub(super) known: Option<&'static Known>,
}

impl Test<'_> {
    pub(super) fn comparison(&self) -> Comparison {
        self.operator.comparison
    }

    /// The edits that put the key under another operator, beside its own one if that has other keys. None if the statement
    /// has that operator already: two of one name are not JSON.
    pub(super) fn under(&self, text: &str, operator: &str) -> Option<Vec<Edit>> {
        if self.statement.conditions().iter().any(|block| block.operator.text == operator) {
            return None;
        }
        let span = self.block.operator.span;
        if self.block.keys.len() == 1 {
            return Some(vec![Edit::string(span, operator)]);
        }
        let member = self.key.key.span.to(self.key.span);
        let name = serde_json::Value::from(operator);
        let before =
            Edit { span: Span::new(span.start, span.start), text: format!("{name}: {{{}}}, ", member.of(text)) };
        Some(vec![before, Edit::remove(text, member)])
    }

    /// A finding with the repair that puts the key under another operator, where that can be done.
    pub(super) fn moved(&self, linter: &Linter<'_>, finding: Finding, operator: &str) -> Finding {
        match self.under(linter.text(), operator) {
            Some(edits) => finding.fixed(format!("Use {operator}"), edits),
            None => finding.noted(format!("use {operator}")),
        }
    }

    /// The operator with another comparison, its prefix and suffix kept.
    pub(super) fn with(&self, comparison: &str) -> String {
        let prefix = self.block.operator.text.split_once(':').map_or(String::new(), |(prefix, _)| format!("{prefix}:"));
        format!("{prefix}{comparison}{}", if self.operator.if_exists { "IfExists" } else { "" })
    }

    /// Whether the operator has another key of that name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.block.keys.iter().any(|key| key.key.text.eq_ignore_ascii_case(name))
    }

    /// Whether the key is one of these, in whatever case.
    pub(super) fn is_key(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.key.key.text.eq_ignore_ascii_case(name))
    }
}

pub(super) fn check(linter: &mut Linter<'_>, statement: &Statement) {
    for block in statement.conditions() {
        duplicates(linter, block);
        let operator = Operator::parse(&block.operator.text);
        operator_checks(linter, block, operator);
        for key in &block.keys {
            let known = key::check(linter, key);
            if let Some(operator) = operator {
                test(linter, &Test { statement, block, key, operator, known });
            }
        }
    }
}

fn duplicates(linter: &mut Linter<'_>, block: &ConditionBlock) {
    if block.keys.len() < 2 {
        return;
    }
    let mut seen = HashSet::with_capacity(block.keys.len());
    for key in &block.keys {
        if !seen.insert(key.key.text.to_ascii_lowercase()) {
            linter.find(&error::DUPLICATE_KEYS_WITH_DIFFERENT_CASE, key.key.span);
        }
    }
}

fn operator_checks(linter: &mut Linter<'_>, block: &ConditionBlock, operator: Option<Operator>) {
    let span = block.operator.span;
    let Some(operator) = operator else {
        let finding = Finding::new(&error::INVALID_CONDITION_OPERATOR, span);
        let meant = if linter.guess() { meant(&block.operator.text) } else { None };
        return linter.push(match meant {
            Some(name) => finding
                .noted(format!("did you mean {name}?"))
                .fixed(format!("Use {name}"), vec![Edit::string(span, &name)]),
            None => finding,
        });
    };
    if operator.comparison != Comparison::Null {
        return;
    }
    let plain = vec![Edit::string(span, "Null")];
    if operator.if_exists {
        linter.push(Finding::new(&error::NULL_WITH_IF_EXISTS, span).fixed("Use Null", plain));
    } else if operator.quantifier.is_some() {
        linter.push(Finding::new(&suggestion::NULL_WITH_QUALIFIER, span).fixed("Use Null", plain));
    }
}

/// What operators are called elsewhere.
const ALIASES: [(&str, &str); 4] =
    [("Boolean", "Bool"), ("Equals", "StringEquals"), ("Like", "StringLike"), ("NotEquals", "StringNotEquals")];

/// The operator that was most likely meant, prefix and suffix included.
fn meant(text: &str) -> Option<String> {
    let (prefix, rest) = text.rsplit_once(':').map_or(("", text), |(prefix, rest)| (prefix, rest));
    let sets = [("ForAllValues", "ForAllValues:"), ("ForAnyValue", "ForAnyValue:"), ("", "")];
    let set = near::nearest(prefix, sets.into_iter())?;
    if let Some((_, name)) = ALIASES.iter().find(|(alias, _)| alias.eq_ignore_ascii_case(rest)) {
        return Some(format!("{set}{name}"));
    }
    let plain = Comparison::ALL.iter().map(|(_, name)| (*name).to_owned());
    let optional = Comparison::ALL.iter().filter(|(comparison, _)| *comparison != Comparison::Null);
    let names: Vec<String> = plain.chain(optional.map(|(_, name)| format!("{name}IfExists"))).collect();
    near::nearest(rest, names.iter().map(|name| (name.as_str(), name))).map(|name| format!("{set}{name}"))
}

fn test(linter: &mut Linter<'_>, test: &Test<'_>) {
    shape(linter, test);
    if test.comparison() != Comparison::Null {
        quantifier(linter, test);
        types(linter, test);
        openness::check(linter, test);
    }
    value::check(linter, test);
}

/// How many values there are, and of which JSON types.
fn shape(linter: &mut Linter<'_>, test: &Test<'_>) {
    let key = test.key;
    let items = &key.values.items;
    if items.is_empty() && key.values.is_list && linter.document.problems.is_empty() {
        let check = match test.operator {
            Operator { quantifier: Some(Quantifier::All), .. } => &suggestion::EMPTY_ARRAY_CONDITION_FORALLVALUES,
            Operator { quantifier: Some(Quantifier::Any), .. } => &suggestion::EMPTY_ARRAY_CONDITION_FORANYVALUE,
            Operator { if_exists: true, .. } => &suggestion::EMPTY_ARRAY_CONDITION_IFEXISTS,
            _ => &suggestion::EMPTY_ARRAY_CONDITION,
        };
        linter.find(check, key.span);
    }
    for item in items.iter().filter(|item| item.kind == ItemKind::Null) {
        linter.find(&error::DATA_TYPE_MISMATCH, item.span);
    }
    if let [first, rest @ ..] = items.as_slice()
        && rest.iter().any(|item| item.kind != first.kind)
    {
        let mixed = items.iter().filter(|item| item.kind != ItemKind::String);
        let edits = mixed.map(|item| Edit::string(item.span, &item.text)).collect();
        let finding = Finding::new(&error::INVALID_CONDITION_DATA_TYPE, key.span);
        linter.push(finding.fixed("Write all values as strings", edits));
    }
    let boolean = matches!(test.comparison(), Comparison::Bool | Comparison::Null);
    if boolean && items.len() > 1 {
        linter.find(&error::INVALID_CONDITION_MULTIPLE_BOOLEAN, key.span);
    }
}

/// Keys that requests carry several values of are compared with a prefix, others without.
fn quantifier(linter: &mut Linter<'_>, test: &Test<'_>) {
    let Some(known) = test.known else { return };
    match test.operator.quantifier {
        None if known.multivalued => {
            let prefixed = format!("ForAnyValue:{}", test.block.operator.text);
            let finding = Finding::new(&error::MISSING_QUALIFIER, test.key.key.span);
            linter.push(test.moved(linter, finding, &prefixed));
        }
        Some(Quantifier::All) if !known.multivalued && super::allows(test.statement) => {
            let name = test.block.operator.text.split_once(':').map_or("", |(_, name)| name);
            let finding = Finding::new(&security::FORALLVALUES_WITH_SINGLE_VALUED_KEY, test.key.span);
            linter.push(test.moved(linter, finding, name));
        }
        _ => {}
    }
}

/// The type of a key against what the operator compares.
fn types(linter: &mut Linter<'_>, test: &Test<'_>) {
    let Some(known) = test.known else { return };
    let comparison = test.comparison();
    let like = matches!(comparison, Comparison::StringLike | Comparison::StringNotLike);
    if like && known.value_type == ValueType::Arn {
        let name = test.with(if comparison.is_negated() { "ArnNotLike" } else { "ArnLike" });
        let finding = Finding::new(&security::STRING_LIKE_OPERATOR_WITH_ARN_CONDITION_KEYS, test.key.key.span);
        return linter.push(test.moved(linter, finding, &name));
    }
    if !fits(comparison, known.value_type) {
        let finding = Finding::new(&warning::TYPE_MISMATCH, test.key.key.span);
        let ordered = comparison.name().contains("Than");
        let suit = || test.key.values.texts().all(|text| value::suits(known.value_type, text));
        linter.push(match equal(known.value_type, comparison.is_negated()).filter(|_| !ordered && suit()) {
            Some(name) => test.moved(linter, finding, &test.with(name)),
            None => finding.noted(format!("it holds a value of type {}", known.value_type.as_str())),
        });
    }
}

/// The operator that tests a value of some type for being, or not being, what is listed.
fn equal(value_type: ValueType, negated: bool) -> Option<&'static str> {
    Some(match (value_type, negated) {
        (ValueType::String, false) => "StringEquals",
        (ValueType::String, true) => "StringNotEquals",
        (ValueType::Arn, false) => "ArnLike",
        (ValueType::Arn, true) => "ArnNotLike",
        (ValueType::Bool, false) => "Bool",
        (ValueType::Numeric, false) => "NumericEquals",
        (ValueType::Numeric, true) => "NumericNotEquals",
        (ValueType::Date, false) => "DateEquals",
        (ValueType::Date, true) => "DateNotEquals",
        (ValueType::IpAddress, false) => "IpAddress",
        (ValueType::IpAddress, true) => "NotIpAddress",
        (ValueType::Binary, false) => "BinaryEquals",
        (ValueType::Bool | ValueType::Binary, true) => return None,
    })
}

/// Whether an operator may be used with a key of that type. Real findings are few: only what can hardly have been meant
/// counts.
fn fits(comparison: Comparison, value_type: ValueType) -> bool {
    let name = comparison.name();
    let is = |start: &str| name.starts_with(start);
    match value_type {
        ValueType::String => is("String") || is("Arn"),
        ValueType::Arn => is("String") || is("Arn"),
        ValueType::Bool => is("Bool"),
        ValueType::Numeric => is("Numeric"),
        ValueType::Date => is("Date") || is("Numeric"),
        ValueType::IpAddress => is("IpAddress") || is("NotIpAddress"),
        ValueType::Binary => is("Binary"),
    }
}

#[cfg(test)]
mod tests {
    use super::meant;

    #[test]
    fn operators_are_understood_with_prefix_and_suffix() {
        for (typed, wanted) in [
            ("StringEqual", "StringEquals"),
            ("StringLikes", "StringLike"),
            ("StringEqualsIfExist", "StringEqualsIfExists"),
            ("ForAnyValues:StringLike", "ForAnyValue:StringLike"),
            ("ForAllValue:StringEqual", "ForAllValues:StringEquals"),
            ("NumericLessThanOrEquals", "NumericLessThanEquals"),
            ("Boolean", "Bool"),
            ("IpAdress", "IpAddress"),
        ] {
            assert_eq!(meant(typed).as_deref(), Some(wanted), "{typed}");
        }
        for typed in ["", "Is", "StringMatches", "Exists", "ForEach:StringEquals", "In"] {
            assert_eq!(meant(typed), None, "{typed}");
        }
    }
}
