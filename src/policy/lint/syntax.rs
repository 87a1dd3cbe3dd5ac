//! What keeps a text from being JSON, with repairs; and policies that stand in the wrong wrapping.

use super::checks::error;
use super::{Edit, Finding, Linter};
use crate::policy::document::Document;
use crate::policy::json::{self, DEPTH_MAX, Fault, FaultKind, Node, Span, Value};

/// Whether the text is JSON. If not, that is all there is to say.
pub(super) fn check(linter: &mut Linter<'_>) -> bool {
    let document = linter.document;
    let faults = &document.json.faults;
    let sole = faults.len() == 1;
    for fault in faults {
        let finding = Finding::new(&error::JSON_SYNTAX_ERROR, fault.span).noted(said(linter.text(), fault));
        let repair = match &fault.kind {
            FaultKind::TrailingComma => Some(("Remove the comma", String::new())),
            FaultKind::Comment => Some(("Remove the comment", String::new())),
            FaultKind::WrongQuotes => Some(("Use straight quotes", straight(linter.text(), fault.span))),
            FaultKind::Expected("`,`") if sole => Some(("Add the comma", format!(",{}", fault.span.of(linter.text())))),
            _ => None,
        };
        linter.findings.push(match repair {
            Some((title, text)) => finding.fixed(title, vec![Edit { span: fault.span, text }]),
            None => finding,
        });
    }
    whole(linter);
    linter.findings.is_empty()
}

fn said(text: &str, fault: &Fault) -> String {
    let another = fault.kind == FaultKind::Trailing && fault.span.of(text).starts_with('{');
    if another { "a policy is one object: put all statements into one list".to_owned() } else { fault.kind.to_string() }
}

/// A string in other quotes as JSON writes it.
fn straight(text: &str, span: Span) -> String {
    let mut inner = span.of(text).chars();
    inner.next();
    inner.next_back();
    serde_json::Value::from(inner.as_str()).to_string()
}

/// Repairs of the whole text go to the first finding: all quotes at once, or the closers that lack at the end.
fn whole(linter: &mut Linter<'_>) {
    let document = linter.document;
    let (faults, text) = (&document.json.faults, document.text.as_str());
    let of_quotes = faults.iter().filter(|fault| fault.kind == FaultKind::WrongQuotes);
    let quotes: Vec<Edit> =
        of_quotes.map(|fault| Edit { span: fault.span, text: straight(text, fault.span) }).collect();
    let closer = |fault: &Fault| match fault.kind {
        FaultKind::Unclosed('{') => Some('}'),
        FaultKind::Unclosed(_) => Some(']'),
        _ => None,
    };
    let closers: Option<String> = faults.iter().rev().take(DEPTH_MAX + 1).map(closer).collect();
    let first = linter.findings.iter_mut().zip(faults);
    if quotes.len() > 1 {
        let mut wrong = first.filter(|(_, fault)| fault.kind == FaultKind::WrongQuotes);
        if let Some((finding, _)) = wrong.next() {
            *finding = finding.clone().fixed("Use straight quotes everywhere", quotes);
        }
    } else if let (Some(closers), Some(finding)) = (closers.filter(|all| !all.is_empty()), linter.findings.first_mut())
    {
        let end = text.trim_end().len();
        let edit = Edit { span: Span::new(end, end), text: closers };
        let repaired = finding.clone().fixed("Close what is open", vec![edit]);
        // What another closer has closed lacks its own further up.
        if repaired.fix.as_ref().is_some_and(|fix| json::parse(&fix.apply(text)).faults.is_empty()) {
            *finding = repaired;
        }
    }
}

/// A policy made of what stands there instead of one: a statement, a list of them, or what the AWS CLI prints around it.
pub(super) fn wrapped(finding: Finding, document: &Document) -> Finding {
    let Some(root) = &document.json.root else { return finding };
    let raw = root.span.of(&document.text);
    let is_statement = |node: &Node| node.get("Effect").is_some() && node.get("Version").is_none();
    let (title, text) = match &root.value {
        Value::Object(_) if is_statement(root) => {
            ("Make it a statement of a policy", format!("{{\"Version\": \"2012-10-17\", \"Statement\": [{raw}]}}"))
        }
        Value::Array(all) if !all.is_empty() && all.iter().all(is_statement) => {
            ("Make them the statements of a policy", format!("{{\"Version\": \"2012-10-17\", \"Statement\": {raw}}}"))
        }
        Value::Object(members) => match members.iter().find_map(|member| inner(&document.text, &member.value)) {
            Some(text) => ("Take the policy out of it", text),
            None => return finding,
        },
        _ => return finding,
    };
    finding.fixed(title, vec![Edit { span: root.span, text }])
}

/// A policy within a value, as an object or as text.
fn inner(text: &str, node: &Node) -> Option<String> {
    if node.get("Statement").is_some() {
        return Some(node.span.of(text).to_owned());
    }
    let parsed = node.as_str().filter(|text| text.trim_start().starts_with('{')).map(json::parse)?;
    let is_policy =
        parsed.faults.is_empty() && parsed.root.as_ref().is_some_and(|root| root.get("Statement").is_some());
    is_policy.then(|| node.as_str().unwrap_or_default().to_owned())
}

/// A condition of the wrong shape: a list of one, or a key where an operator is due.
pub(super) fn condition(finding: Finding, text: &str, statement: Option<&Node>) -> Finding {
    let span = finding.span();
    let Some(condition) = statement.and_then(|statement| statement.get("Condition")) else { return finding };
    match &condition.value {
        Value::Array(all) if condition.span == span => match all.as_slice() {
            [only] if only.as_object().is_some() => {
                let edit = Edit { span, text: only.span.of(text).to_owned() };
                finding.noted("a condition is one object").fixed("Take it out of the list", vec![edit])
            }
            _ => finding.noted("a condition is one object, with a key for each operator"),
        },
        Value::Object(members) => {
            let Some(member) = members.iter().find(|member| member.value.span == span && member.key.contains(':'))
            else {
                return finding;
            };
            let finding = finding.noted("an operator comes first: {\"StringEquals\": {…}}");
            if condition.get("StringEquals").is_some() {
                return finding;
            }
            let wrapped = format!("\"StringEquals\": {{{}}}", member.span().of(text));
            finding.fixed("Put it under StringEquals", vec![Edit { span: member.span(), text: wrapped }])
        }
        _ => finding,
    }
}

#[cfg(test)]
mod tests {
    use crate::policy::PolicyType;
    use crate::policy::document::Document;
    use crate::policy::lint::lint;

    const GOOD: &str = r#"{"Effect": "Deny", "Action": "s3:ListBucket", "Resource": "*"}"#;

    /// The text after one repair after the other, as long as there are any.
    fn mended(text: &str) -> String {
        let mut text = text.to_owned();
        for _ in 0..9 {
            let document = Document::parse(text.as_str());
            let fix = lint(&document, PolicyType::Identity).into_iter().find_map(|finding| finding.fix);
            let Some(fix) = fix else { break };
            text = fix.apply(&text);
        }
        text
    }

    #[test]
    fn broken_texts_can_be_mended_to_good_ones() {
        let policy = |statement: &str| format!(r#"{{"Version": "2012-10-17", "Statement": [{statement}]}}"#);
        let condition = |condition: &str| policy(&GOOD.replace('}', &format!(r#", "Condition": {condition}}}"#)));
        for (broken, good) in [
            (policy(GOOD).replace('}', ",}"), policy(GOOD)),
            (policy(GOOD).replace("\", \"A", "\" \"A"), policy(GOOD)),
            (policy(GOOD).replace('"', "'"), policy(GOOD)),
            (policy(GOOD).replace("\"Version\"", "“Version”").replace("\"Deny\"", "‘Deny’"), policy(GOOD)),
            (policy(GOOD).replace("]}", ""), policy(GOOD)),
            (GOOD.to_owned(), policy(GOOD)),
            (format!("[{GOOD}]"), policy(GOOD)),
            (format!(r#"{{"PolicyDocument": {}}}"#, policy(GOOD)), policy(GOOD)),
            (serde_json::json!({ "Policy": policy(GOOD) }).to_string(), policy(GOOD)),
            (
                condition(r#"[{"StringEquals": {"s3:prefix": "a"}}]"#),
                condition(r#"{"StringEquals": {"s3:prefix": "a"}}"#),
            ),
            (condition(r#"{"aws:username": "a"}"#), condition(r#"{"StringEquals": {"aws:username": "a"}}"#)),
        ] {
            assert_eq!(mended(&broken), good, "{broken}");
            assert!(lint(&Document::parse(good), PolicyType::Identity).iter().all(|finding| finding.fix.is_none()));
        }
        assert_eq!(mended(&format!("{} // why", policy(GOOD))).trim_end(), policy(GOOD));
    }

    #[test]
    fn what_lacks_its_closer_further_up_is_left_to_its_author() {
        let document = Document::parse(r#"{"Version": "2012-10-17", "Statement": [}"#);
        assert!(lint(&document, PolicyType::Identity).iter().all(|finding| finding.fix.is_none()));
    }

    #[test]
    fn two_policies_are_said_to_be_two() {
        let document = Document::parse("{} {}");
        let findings = lint(&document, PolicyType::Identity);
        assert!(findings[0].note.as_ref().unwrap().contains("one list"), "{findings:?}");
    }
}
