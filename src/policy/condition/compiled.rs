//! One key of a condition, made ready to be held against requests.
//!
//! Where the documentation leaves a point open:
//! - An operator without quantifier on a key with several values asks for one that matches, negated for none: a negated
//!   operator is always the opposite of its counterpart.
//! - A key with an empty list of values is absent to all but `ForAllValues`, which is true of it as of an absent one.
//! - A value that is not of the operator's type matches nothing, so its negated counterpart is true.
//! - An operator that does not exist matches nothing.
//! - `Bool` takes no variables. The guide's page on operators says that it does, its page on variables that it does not, and
//!   Access Analyzer calls it an error.

use super::value::{self, Network};
use super::{Comparison, Context, Expanded, Instant, Lookup, Operator, Quantifier, Template, Truth, parse_date};
use crate::policy::document::{ConditionKey, Version};
use crate::policy::wildcard::arn::ArnPattern;
use crate::policy::wildcard::{Case, Pattern};

/// A key, how it is compared, and with what.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Condition {
    /// None if there is no such operator.
    operator: Option<Operator>,
    /// In lower case.
    key: Box<str>,
    values: Vec<Wanted>,
}

/// A value that a policy asks for.
#[derive(Clone, Debug, PartialEq)]
enum Wanted {
    Text(Box<str>),
    AnyCase(Box<str>),
    Like(Pattern),
    Arn(ArnPattern),
    /// A text or pattern with variables.
    Variable(Template),
    Number(f64),
    Date(Instant),
    Truth(bool),
    Bytes(Vec<u8>),
    Network(Network),
    /// Not of the operator's type.
    Nothing,
}

impl Condition {
    /// Makes a key of an operator's block ready.
    pub(crate) fn new(operator: &str, key: &ConditionKey, version: Version) -> Self {
        let operator = Operator::parse(operator);
        let comparison = operator.map(|operator| operator.comparison);
        let wanted =
            |text: &str| comparison.map_or(Wanted::Nothing, |comparison| Wanted::new(text, comparison, version));
        let values = key.values.texts().map(wanted).collect();
        Self { operator, key: key.key.text.to_ascii_lowercase().into(), values }
    }

    /// The key, in lower case.
    pub(crate) fn key(&self) -> &str {
        &self.key
    }

    /// Whether a request meets it.
    pub(crate) fn holds(&self, context: &Context) -> Truth {
        let Some(operator) = self.operator else { return Truth::No };
        let lookup = context.lookup(&self.key);
        if operator.comparison == Comparison::Null {
            return self.is_null(lookup);
        }
        let values = match lookup {
            Lookup::Unknown => return Truth::Unknown,
            Lookup::Absent => return absent(operator).into(),
            Lookup::Values(values) if is_empty(values, operator) => return absent(operator).into(),
            Lookup::Values(values) => values,
        };
        let one = |value: &String| {
            let found = Truth::any(self.values.iter().map(|wanted| wanted.meets(value, operator.comparison, context)));
            if operator.comparison.is_negated() { found.not() } else { found }
        };
        match operator.quantifier {
            Some(Quantifier::Any) => Truth::any(values.iter().map(one)),
            Some(Quantifier::All) => Truth::all(values.iter().map(one)),
            None if operator.comparison.is_negated() => Truth::all(values.iter().map(one)),
            None => Truth::any(values.iter().map(one)),
        }
    }

    /// `Null` asks whether the key is absent.
    fn is_null(&self, lookup: Lookup<'_>) -> Truth {
        let is_absent = match lookup {
            Lookup::Unknown => return Truth::Unknown,
            Lookup::Absent => true,
            Lookup::Values(values) => values.is_empty(),
        };
        self.values.contains(&Wanted::Truth(is_absent)).into()
    }

    /// The keys it looks at, its variables included, that the context does not know.
    pub(crate) fn unknown_keys<'c>(&'c self, context: &'c Context) -> impl Iterator<Item = &'c str> {
        let variables = self.values.iter().flat_map(|wanted| match wanted {
            Wanted::Variable(template) => template.keys().collect(),
            _ => Vec::new(),
        });
        std::iter::once(self.key()).chain(variables).filter(|key| context.lookup(key) == Lookup::Unknown)
    }
}

/// Whether there are no values to speak of. To `ForAllValues` and `ForAnyValue` an empty string is none.
fn is_empty(values: &[String], operator: Operator) -> bool {
    values.is_empty() || (operator.quantifier.is_some() && values.iter().all(String::is_empty))
}

/// What an operator says of a key without values. `IfExists` comes first: it makes any operator true.
fn absent(operator: Operator) -> bool {
    operator.if_exists
        || match operator.quantifier {
            Some(Quantifier::All) => true,
            Some(Quantifier::Any) => false,
            None => operator.comparison.is_negated(),
        }
}

/// The families of operators.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Family {
    Equal,
    AnyCase,
    Like,
    Arn,
    Number,
    Date,
    Truth,
    Bytes,
    Network,
}

fn family(comparison: Comparison) -> Family {
    use Comparison as C;
    match comparison {
        C::StringEquals | C::StringNotEquals => Family::Equal,
        C::StringEqualsIgnoreCase | C::StringNotEqualsIgnoreCase => Family::AnyCase,
        C::StringLike | C::StringNotLike => Family::Like,
        C::ArnEquals | C::ArnLike | C::ArnNotEquals | C::ArnNotLike => Family::Arn,
        C::NumericEquals
        | C::NumericNotEquals
        | C::NumericLessThan
        | C::NumericLessThanEquals
        | C::NumericGreaterThan
        | C::NumericGreaterThanEquals => Family::Number,
        C::DateEquals
        | C::DateNotEquals
        | C::DateLessThan
        | C::DateLessThanEquals
        | C::DateGreaterThan
        | C::DateGreaterThanEquals => Family::Date,
        C::Bool | C::Null => Family::Truth,
        C::BinaryEquals => Family::Bytes,
        C::IpAddress | C::NotIpAddress => Family::Network,
    }
}

impl Wanted {
    /// Variables count in text and ARNs only.
    fn new(text: &str, comparison: Comparison, version: Version) -> Self {
        let family = family(comparison);
        let read = match family {
            Family::Equal | Family::AnyCase | Family::Like | Family::Arn => {
                let template = Template::new(text, version);
                return if template.is_fixed() { Self::fixed(&template, family) } else { Self::Variable(template) };
            }
            Family::Number => value::number(text).map(Self::Number),
            Family::Date => parse_date(text).map(Self::Date),
            Family::Truth => value::truth(text).map(Self::Truth),
            Family::Bytes => value::bytes(text).map(Self::Bytes),
            Family::Network => Network::parse(text).map(Self::Network),
        };
        read.unwrap_or(Self::Nothing)
    }

    /// A text without variables.
    fn fixed(template: &Template, family: Family) -> Self {
        let nothing = Context::new();
        match family {
            Family::Like | Family::Arn => match (template.pattern(&nothing), family) {
                (Expanded::Value(builder), Family::Like) => Self::Like(builder.finish()),
                (Expanded::Value(builder), _) => Self::Arn(ArnPattern::from(builder)),
                _ => Self::Nothing,
            },
            _ => match (template.text(&nothing), family) {
                (Expanded::Value(text), Family::AnyCase) => Self::AnyCase(text.into()),
                (Expanded::Value(text), _) => Self::Text(text.into()),
                _ => Self::Nothing,
            },
        }
    }

    /// Whether a value of the request is what is wanted, leaving aside whether the operator is negated.
    fn meets(&self, value: &str, comparison: Comparison, context: &Context) -> Truth {
        match self {
            Self::Text(text) => **text == *value,
            Self::AnyCase(text) => value::same_but_case(text, value),
            Self::Like(pattern) => pattern.matches(value, Case::Sensitive),
            Self::Arn(pattern) => pattern.matches(value),
            Self::Variable(template) => return expanded(template, value, comparison, context),
            Self::Number(number) => value::number(value).is_some_and(|value| compare(comparison, &value, number)),
            Self::Date(date) => parse_date(value).is_some_and(|value| compare(comparison, &value, date)),
            Self::Truth(truth) => value::truth(value) == Some(*truth),
            Self::Bytes(bytes) => value::bytes(value).is_some_and(|value| value == *bytes),
            Self::Network(network) => value.parse().is_ok_and(|address| network.contains(address)),
            Self::Nothing => false,
        }
        .into()
    }
}

/// Fills in the variables, and compares.
fn expanded(template: &Template, value: &str, comparison: Comparison, context: &Context) -> Truth {
    let family = family(comparison);
    if matches!(family, Family::Like | Family::Arn) {
        return match template.pattern(context) {
            Expanded::Value(builder) if family == Family::Arn => ArnPattern::from(builder).matches(value).into(),
            Expanded::Value(builder) => builder.finish().matches(value, Case::Sensitive).into(),
            Expanded::Missing => Truth::No,
            Expanded::Unknown => Truth::Unknown,
        };
    }
    match template.text(context) {
        Expanded::Value(text) if family == Family::AnyCase => value::same_but_case(&text, value).into(),
        Expanded::Value(text) => (text == value).into(),
        Expanded::Missing => Truth::No,
        Expanded::Unknown => Truth::Unknown,
    }
}

/// Whether the request's value stands to the policy's as the operator asks; for the negated ones, whether it is equal.
fn compare<T: PartialOrd>(comparison: Comparison, value: &T, wanted: &T) -> bool {
    use Comparison as C;
    match comparison {
        C::NumericLessThan | C::DateLessThan => value < wanted,
        C::NumericLessThanEquals | C::DateLessThanEquals => value <= wanted,
        C::NumericGreaterThan | C::DateGreaterThan => value > wanted,
        C::NumericGreaterThanEquals | C::DateGreaterThanEquals => value >= wanted,
        _ => value == wanted,
    }
}
