//! The names of condition operators.

/// What a single value is held against, without quantifier and `IfExists`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names are those of the operators")]
pub enum Comparison {
    StringEquals,
    StringNotEquals,
    StringEqualsIgnoreCase,
    StringNotEqualsIgnoreCase,
    StringLike,
    StringNotLike,
    NumericEquals,
    NumericNotEquals,
    NumericLessThan,
    NumericLessThanEquals,
    NumericGreaterThan,
    NumericGreaterThanEquals,
    DateEquals,
    DateNotEquals,
    DateLessThan,
    DateLessThanEquals,
    DateGreaterThan,
    DateGreaterThanEquals,
    Bool,
    BinaryEquals,
    IpAddress,
    NotIpAddress,
    ArnEquals,
    ArnLike,
    ArnNotEquals,
    ArnNotLike,
    Null,
}

/// How the values of a multivalued key are taken together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Quantifier {
    /// `ForAllValues:`, true of no values.
    All,
    /// `ForAnyValue:`, false of no values.
    Any,
}

/// A condition operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Operator {
    /// The prefix.
    pub quantifier: Option<Quantifier>,
    /// What it compares, and how.
    pub comparison: Comparison,
    /// Whether it is true when the key is absent: `…IfExists`.
    pub if_exists: bool,
}

impl Operator {
    /// Reads an operator's name. Its case does not count.
    pub fn parse(name: &str) -> Option<Self> {
        let (quantifier, rest) = match (strip(name, "ForAllValues:"), strip(name, "ForAnyValue:")) {
            (Some(rest), _) => (Some(Quantifier::All), rest),
            (_, Some(rest)) => (Some(Quantifier::Any), rest),
            _ => (None, name),
        };
        let at = rest.len().saturating_sub("IfExists".len());
        let if_exists = at > 0 && rest.get(at..).is_some_and(|end| end.eq_ignore_ascii_case("IfExists"));
        let comparison = Comparison::parse(if if_exists { rest.get(..at)? } else { rest })?;
        Some(Self { quantifier, comparison, if_exists })
    }
}

/// The rest of a text after a prefix of any case.
fn strip<'t>(text: &'t str, prefix: &str) -> Option<&'t str> {
    let start = text.get(..prefix.len())?;
    if start.eq_ignore_ascii_case(prefix) { text.get(prefix.len()..) } else { None }
}

impl Comparison {
    /// All of them, with their names.
    pub const ALL: [(Self, &'static str); 27] = [
        (Self::StringEquals, "StringEquals"),
        (Self::StringNotEquals, "StringNotEquals"),
        (Self::StringEqualsIgnoreCase, "StringEqualsIgnoreCase"),
        (Self::StringNotEqualsIgnoreCase, "StringNotEqualsIgnoreCase"),
        (Self::StringLike, "StringLike"),
        (Self::StringNotLike, "StringNotLike"),
        (Self::NumericEquals, "NumericEquals"),
        (Self::NumericNotEquals, "NumericNotEquals"),
        (Self::NumericLessThan, "NumericLessThan"),
        (Self::NumericLessThanEquals, "NumericLessThanEquals"),
        (Self::NumericGreaterThan, "NumericGreaterThan"),
        (Self::NumericGreaterThanEquals, "NumericGreaterThanEquals"),
        (Self::DateEquals, "DateEquals"),
        (Self::DateNotEquals, "DateNotEquals"),
        (Self::DateLessThan, "DateLessThan"),
        (Self::DateLessThanEquals, "DateLessThanEquals"),
        (Self::DateGreaterThan, "DateGreaterThan"),
        (Self::DateGreaterThanEquals, "DateGreaterThanEquals"),
        (Self::Bool, "Bool"),
        (Self::BinaryEquals, "BinaryEquals"),
        (Self::IpAddress, "IpAddress"),
        (Self::NotIpAddress, "NotIpAddress"),
        (Self::ArnEquals, "ArnEquals"),
        (Self::ArnLike, "ArnLike"),
        (Self::ArnNotEquals, "ArnNotEquals"),
        (Self::ArnNotLike, "ArnNotLike"),
        (Self::Null, "Null"),
    ];

    fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| known.eq_ignore_ascii_case(name)).map(|(comparison, _)| *comparison)
    }

    /// The operator's name.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(known, _)| *known == self).map_or("", |(_, name)| name)
    }

    /// Whether it is true where its counterpart is false, and so true when the key is absent.
    pub fn is_negated(self) -> bool {
        matches!(
            self,
            Self::StringNotEquals
                | Self::StringNotEqualsIgnoreCase
                | Self::StringNotLike
                | Self::NumericNotEquals
                | Self::DateNotEquals
                | Self::NotIpAddress
                | Self::ArnNotEquals
                | Self::ArnNotLike
        )
    }
}

#[cfg(test)]
mod tests {
    use super::{Comparison, Operator, Quantifier};

    #[test]
    fn names_come_apart() {
        let operator = Operator::parse("foranyvalue:stringlikeifexists").unwrap();
        assert_eq!(operator.quantifier, Some(Quantifier::Any));
        assert_eq!(operator.comparison, Comparison::StringLike);
        assert!(operator.if_exists);
        for (comparison, name) in Comparison::ALL {
            assert_eq!(Operator::parse(name).unwrap().comparison, comparison);
        }
        for bad in ["", "IfExists", "ForAnyValue::StringEquals", "StringEqual", "ForAllValues:", "BoolIfExistsIfExists"]
        {
            assert!(Operator::parse(bad).is_none(), "{bad}");
        }
    }
}
