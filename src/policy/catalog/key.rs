//! A condition key: its type, and the names a policy may give it.

/// What a condition key holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ValueType {
    /// Text.
    String,
    /// An ARN.
    Arn,
    /// `true` or `false`.
    Bool,
    /// A number.
    Numeric,
    /// A date, or seconds since 1970.
    Date,
    /// An address or a range of them.
    IpAddress,
    /// Base64.
    Binary,
}

impl ValueType {
    /// As the Service Authorization Reference writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::String => "String",
            Self::Arn => "ARN",
            Self::Bool => "Bool",
            Self::Numeric => "Numeric",
            Self::Date => "Date",
            Self::IpAddress => "IPAddress",
            Self::Binary => "Binary",
        }
    }
}

/// A condition key. Names are not case-sensitive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConditionKey {
    /// As AWS writes it: `aws:ResourceTag/${TagKey}`, `s3:ExistingObjectTag/<key>`, `glacier:ResourceTag/`.
    pub name: &'static str,
    /// What it holds.
    pub value_type: ValueType,
    /// Whether a request may carry several values, so that it wants `ForAnyValue` or `ForAllValues`.
    pub multivalued: bool,
    /// What stands before and after the part that the policy's author fills in.
    parts: Option<(&'static str, &'static str)>,
}

impl ConditionKey {
    pub(super) fn new(name: &'static str, value_type: ValueType, multivalued: bool) -> Self {
        Self { name, value_type, multivalued, parts: template(name) }
    }

    /// Whether a policy's key is this one, with the variable part filled in.
    pub fn matches(&self, key: &str) -> bool {
        let Some((before, after)) = self.parts else { return key.eq_ignore_ascii_case(self.name) };
        let room = key.len() > before.len() + after.len();
        let starts = || key.get(..before.len()).is_some_and(|start| start.eq_ignore_ascii_case(before));
        let ends = || key.get(key.len() - after.len()..).is_some_and(|end| end.eq_ignore_ascii_case(after));
        room && starts() && ends()
    }

    /// What stands before the part to fill in, `aws:ResourceTag/`; none if the name is whole.
    pub fn variable_prefix(&self) -> Option<&'static str> {
        self.parts.map(|(before, _)| before)
    }
}

/// The data writes what is to be filled in four ways: `${TagKey}`, `<key>`, `tag-key`, and nothing after a slash.
fn template(name: &'static str) -> Option<(&'static str, &'static str)> {
    if let Some((before, rest)) = name.split_once("${") {
        return Some((before, rest.split_once('}')?.1));
    }
    if let Some((before, rest)) = name.split_once('<') {
        return Some((before, rest.split_once('>')?.1));
    }
    if let Some(before) = name.strip_suffix("tag-key") {
        return Some((before, ""));
    }
    name.ends_with('/').then_some((name, ""))
}

#[cfg(test)]
mod tests {
    use super::{ConditionKey, ValueType};

    #[test]
    fn the_four_spellings_of_a_variable_part_all_match() {
        for name in ["aws:ResourceTag/${TagKey}", "x:ResourceTag/<key>", "x:ResourceTag/tag-key", "x:ResourceTag/"] {
            let key = ConditionKey::new(name, ValueType::String, false);
            let prefix = key.variable_prefix().unwrap();
            assert!(key.matches(&format!("{prefix}team")), "{name}");
            assert!(key.matches(&format!("{}team", prefix.to_uppercase())), "{name}");
            assert!(!key.matches(prefix), "{name}");
            assert!(!key.matches("x:Resource"), "{name}");
        }
    }

    #[test]
    fn a_variable_part_may_stand_in_the_middle() {
        let key = ConditionKey::new("cb:variables/${name}.value", ValueType::String, false);
        assert!(key.matches("cb:variables/A.value"));
        assert!(!key.matches("cb:variables/A.name"));
        assert!(!key.matches("cb:variables/.value"));
    }
}
