//! What a change of a document means: which actions it newly allows, denies, widens or narrows, in sentences.

use crate::policy::compiled::Compiled;
use crate::policy::decision::{Attached, Policies};
use crate::policy::effective::{ChangeKind, diff};

/// How many actions a sentence names.
const NAMED_MAX: usize = 4;

/// The sentences about a change from one document to another, as they stand alone; none when nothing changes.
pub fn of(before: &str, after: &str) -> Vec<String> {
    let alone = |text: &str| {
        let identity = if text.is_empty() { Vec::new() } else { vec![Attached::new("policy", Compiled::parse(text))] };
        Policies { identity, ..Policies::default() }
    };
    let changes = diff(&alone(before), &alone(after));
    let kinds = [
        (ChangeKind::Allowed, "newly allows"),
        (ChangeKind::Widened, "allows more widely"),
        (ChangeKind::Changed, "allows differently"),
        (ChangeKind::Narrowed, "allows more narrowly"),
        (ChangeKind::Denied, "no longer allows"),
    ];
    let sentence = |(kind, verb): (ChangeKind, &str)| {
        let actions: Vec<String> =
            changes.iter().filter(|change| change.kind == kind).map(|change| change.action.full_name()).collect();
        let count = actions.len();
        let named = actions.into_iter().take(NAMED_MAX).collect::<Vec<_>>().join(", ");
        let more = if count > NAMED_MAX { format!(" and {} more", count - NAMED_MAX) } else { String::new() };
        (count > 0).then(|| format!("{verb} {count} {}: {named}{more}", if count == 1 { "action" } else { "actions" }))
    };
    kinds.into_iter().filter_map(sentence).collect()
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn changes_are_told_by_action() {
        let policy = |action: &str| {
            format!(
                r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Action":"{action}","Resource":"*"}}]}}"#
            )
        };
        let told = of(&policy("s3:GetObject"), &policy("s3:PutObject"));
        assert_eq!(told, ["newly allows 1 action: s3:PutObject", "no longer allows 1 action: s3:GetObject"]);
        assert!(of(&policy("s3:GetObject"), &policy("s3:GetObject")).is_empty());
    }
}
