//! The policy parser: it never panics, and what it has read well it prints so that it reads the same again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tiam::policy::PolicyType;
use tiam::policy::document::Document;
use tiam::policy::json::{Style, parse, print, tokens};
use tiam::policy::{lint, refusal};

fuzz_target!(|text: &str| {
    let document = Document::parse(text);
    for span in tokens(text).iter().map(|token| token.span) {
        assert!(text.get(span.range()).is_some(), "a token ends within a character");
    }
    for kind in [PolicyType::Identity, PolicyType::RoleTrust, PolicyType::Resource, PolicyType::ResourceControl] {
        let _ = refusal::check(&document, kind);
        for finding in lint::lint(&document, kind) {
            assert!(finding.spans.iter().all(|span| text.get(span.range()).is_some()), "{}", finding.check.code);
            if let Some(fix) = finding.fix {
                fix.apply(text);
            }
        }
    }
    let Some(root) = document.json.root.as_ref().filter(|_| document.json.faults.is_empty()) else { return };
    for style in [Style::Compact, Style::Python, Style::Pretty(2)] {
        let printed = print(root, style);
        let again = parse(&printed);
        assert!(again.faults.is_empty(), "{printed}");
        let again = again.root.map(|root| print(&root, style));
        assert_eq!(again.as_deref(), Some(printed.as_str()));
    }
});
