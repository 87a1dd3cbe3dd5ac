//! What a text would change in permissions, shown while it is typed.

use std::rc::Rc;

use serde_json::json;

use super::{POLICY, draft};
use crate::console::editor::{Editor, Review};
use crate::console::journeys::example_corp;
use crate::console::screen::atlas::Atlas;
use crate::console::testkit::Bench;

const APP: &str = "arn:aws:iam::123456789012:policy/read-write-app-bucket";

/// The editor on a policy that the role `UpdateApp`, `mary`, and the administrator `mateo` have.
fn bench() -> Bench {
    let mut bench = Bench::on(80, 24, example_corp(), Box::new(Atlas));
    for user in ["mary", "mateo"] {
        bench.calls("AttachUserPolicy", json!({"UserName": user, "PolicyArn": APP}));
    }
    bench.keys("5 e");
    bench
}

/// Goes behind the last letter of the first action.
fn into_the_action(bench: &mut Bench) {
    bench.keys("ctrl-f").types("s3:GetObject").keys("enter esc end left left");
    if !bench.screen().contains("s3:GetObject\",") {
        bench.keys("right");
    }
}

fn line(bench: &Bench) -> String {
    bench.screen().lines().nth(1).unwrap_or_default().to_owned()
}

#[test]
fn before_a_change_it_says_for_whom_the_policy_decides() {
    let bench = bench();
    assert_eq!(line(&bench).trim(), "decides for 2 users, 1 role");
}

#[test]
fn a_change_is_told_in_a_line_and_listed_with_one_key() {
    let mut bench = bench();
    into_the_action(&mut bench);
    bench.types("Acl");
    insta::assert_snapshot!("line", bench.screen());
    bench.keys("alt-p");
    insta::assert_snapshot!("list", bench.screen());
    bench.keys("esc");
    assert!(bench.screen().contains("s3:GetObjectAcl"));
    bench.resize(160, 50);
    insta::assert_snapshot!("wide", bench.screen());
}

#[test]
fn typing_on_never_waits_for_it() {
    let mut bench = bench();
    into_the_action(&mut bench);
    let held = bench.holds_work();
    bench.hurries("Acl");
    assert!(bench.screen().contains("s3:GetObjectAcl"), "{}", bench.screen());
    assert_eq!(line(&bench).trim(), "decides for 2 users, 1 role");
    drop(held);
    bench.settle();
    assert!(line(&bench).contains("+1 read") && line(&bench).contains("for 1 user, 1 role"), "{}", bench.screen());
}

#[test]
fn what_was_known_stays_while_the_text_is_no_policy() {
    let mut bench = bench();
    into_the_action(&mut bench);
    bench.types("Acl");
    let known = line(&bench);
    bench.types("\\");
    assert_eq!(line(&bench), known);
    bench.keys("backspace backspace backspace backspace");
    assert_eq!(line(&bench).trim(), "decides for 2 users, 1 role");
    bench.keys("alt-p");
    assert!(bench.screen().contains("Nothing was changed."), "{}", bench.screen());
}

#[test]
fn the_review_says_the_same() {
    let mut bench = bench();
    into_the_action(&mut bench);
    bench.types("Acl").keys("ctrl-s");
    let screen = bench.screen();
    assert!(line(&bench).contains("+1 read"), "{screen}");
    assert!(screen.contains("newly allows 1 action for 1 user, 1 role: s3:GetObjectAcl"), "{screen}");
    bench.keys("alt-p");
    assert!(bench.screen().contains("Newly allowed for user mary, role UpdateApp"), "{}", bench.screen());
    bench.keys("esc esc");
    assert!(bench.screen().contains("s3:GetObjectAcl"));
}

const COMING: &str = "What changes in permissions is still being worked out.";
const FAILED: &str = "What changes in permissions is not known: disk I/O error";

#[test]
fn what_is_known_of_an_older_text_is_not_said_of_this_one() {
    let mut bench = bench();
    bench.keys("ctrl-f").types("\"Version\"").keys("enter esc home").types(" ").keys("alt-p");
    assert!(bench.screen().contains("Nothing changes in permissions."), "{}", bench.screen());
    bench.keys("backspace");
    into_the_action(&mut bench);
    bench.types("Acl");
    let held = bench.holds_work();
    bench.hurry("backspace".parse().unwrap());
    bench.hurry("alt-p".parse().unwrap());
    assert!(bench.screen().contains(COMING), "{}", bench.screen());
    drop(held);
    bench.settle();
}

#[test]
fn a_review_gives_no_all_clear_before_it_knows() {
    let mut bench = bench();
    into_the_action(&mut bench);
    bench.types("Acl");
    let held = bench.holds_work();
    bench.hurry("ctrl-s".parse().unwrap());
    assert!(bench.screen().contains(COMING), "{}", bench.screen());
    bench.hurry("alt-p".parse().unwrap());
    assert!(!bench.screen().contains("Nothing changes"), "{}", bench.screen());
    drop(held);
    bench.settle();
    assert!(bench.screen().contains("newly allows 1 action"), "{}", bench.screen());
}

#[test]
fn an_account_that_cannot_be_read_is_told() {
    let mut editor = Bench::over(|cx| {
        let mut editor = Editor::new(draft(), cx);
        editor.live.fail(cx);
        editor
    });
    editor.types(" ");
    assert_eq!(line(&editor).trim(), FAILED);
    let mut review = Bench::over(|cx| {
        let mut review = Review::new(Rc::new(draft()), POLICY.replace("Get", "Put"), cx);
        review.live.fail(cx);
        review
    });
    assert_eq!(review.screen().matches(FAILED).count(), 2, "{}", review.screen());
    for bench in [&mut editor, &mut review] {
        let before = bench.screen().matches(FAILED).count();
        bench.keys("alt-p");
        assert_eq!(bench.screen().matches(FAILED).count(), before + 1, "{}", bench.screen());
    }
}

#[test]
fn a_trust_policy_tells_who_gets_in() {
    let mut bench = Bench::on(80, 24, example_corp(), Box::new(Atlas));
    bench.keys("4 T ctrl-f").types("AWS").keys("enter esc end").keys("ctrl-u").types("\"AWS\": \"*\"");
    assert!(line(&bench).contains("may assume the role"), "{}", bench.screen());
}

#[test]
fn the_accounts_names_are_offered_as_soon_as_they_are_read() {
    let mut bench = bench();
    bench.keys("ctrl-f").types("productionapp").keys("enter esc down end");
    let held = bench.holds_work();
    bench.hurries(", {\"Action\": \"iam:PassRole\", \"Resource\": \"");
    assert!(!bench.screen().contains("UpdateApp"), "{}", bench.screen());
    drop(held);
    bench.settle();
    let screen = bench.screen();
    assert!(screen.contains(":role/UpdateApp") && !screen.contains(":user/"), "{screen}");
}
