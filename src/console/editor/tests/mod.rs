//! Hands in the editor: statements from lists, folds, the builder.

mod live;

use crate::console::context::Context;
use crate::console::editor::{Draft, Editor, Target};
use crate::console::screen::listing::Reading;
use crate::console::task::{Done, Work};
use crate::console::testkit::Bench;
use crate::insight::Site;
use crate::policy::PolicyType;

const POLICY: &str =
    r#"{"Version":"2012-10-17","Statement":[{"Sid":"A","Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}"#;

struct Nowhere;

impl Target for Nowhere {
    fn command(&self, _dropped: Option<&str>) -> String {
        "aws iam put-user-policy".to_owned()
    }
    fn save(&self, _document: String, _dropped: Option<String>) -> Work {
        Box::pin(async { Ok(Done::new("Saved")) })
    }
    fn current(&self, _cx: &Context) -> Reading<String> {
        Box::pin(async { Ok(POLICY.to_owned()) })
    }
}

/// A policy that is new nowhere and saved to nothing.
pub(super) fn draft() -> Draft {
    Draft {
        crumbs: ["Policies", "app", "v3"].map(str::to_owned).to_vec(),
        kind: PolicyType::Identity,
        document: POLICY.to_owned(),
        template: None,
        quota: 6144,
        taken: 0,
        saves: "saves as v4".to_owned(),
        droppable: Vec::new(),
        site: Site::New,
        target: Box::new(Nowhere),
    }
}

fn bench() -> Bench {
    Bench::over(|cx| Editor::new(draft(), cx))
}

#[test]
fn a_template_is_put_in_and_filled_in() {
    let mut bench = bench();
    bench.keys("f6").types("assume").keys("enter");
    bench.types("123456789012").keys("tab").types("Auditor");
    let screen = bench.screen();
    assert!(screen.contains("arn:aws:iam::123456789012:role/Auditor"), "{screen}");
    assert!(screen.contains("\"Sid\": \"A\"") && screen.contains("sts:AssumeRole"), "{screen}");
    bench.keys("ctrl-z");
    assert!(!bench.screen().contains("Auditor"), "{}", bench.screen());
}

#[test]
fn a_managed_policy_is_taken_over() {
    let mut bench = bench();
    bench.keys("alt-m").types("IAMReadOnlyAccess").keys("enter");
    bench.resize(120, 60);
    assert!(bench.screen().contains("iam:GenerateCredentialReport"), "{}", bench.screen());
}

#[test]
fn problems_are_listed_and_gone_to() {
    let mut bench = bench();
    bench.keys("f7");
    assert!(bench.screen().contains("There is nothing wrong with it."), "{}", bench.screen());
    bench.keys("down down down down down down end left left backspace").types("X").keys("ctrl-home f7");
    assert!(bench.screen().contains("Problems"), "{}", bench.screen());
    bench.keys("enter");
    assert!(bench.screen().contains("did you mean"), "{}", bench.screen());
}

#[test]
fn a_statement_is_folded_to_a_line() {
    let mut bench = bench();
    bench.keys("down down down down f9");
    assert!(!bench.screen().contains("s3:GetObject") && bench.screen().contains("5 lines"), "{}", bench.screen());
    bench.keys("down down");
    assert!(!bench.screen().contains("s3:GetObject"), "{}", bench.screen());
    bench.keys("up up f9");
    assert!(bench.screen().contains("s3:GetObject"), "{}", bench.screen());
}

#[test]
fn the_builder_changes_one_statement() {
    let mut bench = bench();
    bench.keys("down down down down f2");
    insta::assert_snapshot!(bench.screen());
    bench.keys("enter down down down enter").types("PutObjectAcl").keys("enter");
    bench.keys("down enter").types("object <").keys("space enter");
    bench.resize(120, 40);
    bench.keys("down enter").types("aws:SecureTransport").keys("enter");
    insta::assert_snapshot!(bench.screen());
    bench.keys("ctrl-s");
    let screen = bench.screen();
    assert!(
        screen.contains("\"Deny\"") && screen.contains("s3:PutObjectAcl") && screen.contains("\"Bool\""),
        "{screen}"
    );
    assert!(screen.contains("\"Sid\": \"A\""), "{screen}");
}

#[test]
fn a_document_with_line_ends_of_windows_is_not_changed_by_opening_it() {
    let document = POLICY.replace('{', "{\r\n");
    let mut bench = Bench::over(move |cx| Editor::new(Draft { document: document.clone(), ..draft() }, cx));
    assert!(!bench.screen().contains("changed"), "{}", bench.screen());
    bench.keys("ctrl-end").types(" ");
    assert!(bench.screen().contains("changed"), "{}", bench.screen());
}
