//! Journeys over lists: preview, columns, recommendations, copying.

use serde_json::json;

use super::{bench, example_corp};
use crate::console::screen::atlas::Atlas;
use crate::console::testkit::Bench;

fn wide() -> Bench {
    Bench::on(160, 40, example_corp(), Box::new(Atlas))
}

#[test]
fn the_preview_follows_the_selection_and_is_put_away() {
    let mut bench = wide();
    assert!(bench.screen().contains("mary  Permissions"), "{}", bench.screen());
    bench.keys("j j");
    insta::assert_snapshot!("users_preview", bench.screen());
    bench.keys("p");
    assert!(!bench.screen().contains("nikki  Permissions"), "{}", bench.screen());
    bench.keys("p w");
    assert!(bench.line_with("Name ▲").contains("Path") && !bench.screen().contains("nikki  Permissions"));
    bench.resize(80, 24);
    bench.keys("w");
    assert!(!bench.screen().contains("nikki  Permissions"), "{}", bench.screen());
}

#[test]
fn columns_are_chosen_and_moved() {
    let mut bench = bench();
    bench.keys(", j space j ctrl-down");
    insta::assert_snapshot!("columns", bench.screen());
    bench.keys("enter");
    let heads = bench.line_with("Name ▲");
    let at = |title: &str| heads.find(title);
    assert!(at("Groups").is_none() && at("MFA") < at("Last activity") && at("MFA").is_some(), "{heads}");
    bench.keys("o");
    assert!(bench.screen().contains("MFA ▲"), "{}", bench.screen());
}

#[test]
fn marks_end_with_the_change_also_where_a_form_made_it() {
    let mut bench = bench();
    bench.keys("2 space space");
    assert!(bench.line_with("enter open").contains("d delete 2"), "{}", bench.screen());
    bench.keys("t").types("team").keys("tab").types("core").keys("ctrl-s j");
    assert!(!bench.line_with("enter open").contains("d delete 2"), "{}", bench.screen());
}

#[test]
fn a_recommendation_opens_the_rows_that_it_speaks_of() {
    let mut bench = bench();
    bench.keys("2 G 1 enter");
    assert!(bench.screen().contains("MFA ▲") && bench.line_with("▌").contains("none"), "{}", bench.screen());
}

#[test]
fn hostile_characters_are_shown() {
    let mut bench = bench();
    // IAM takes the line separator in tags.
    bench.calls("TagRole", json!({"RoleName": "UpdateApp", "Tags": [{"Key": "note", "Value": "a\u{2028}b"}]}));
    bench.keys("4 enter shift-tab");
    assert!(bench.line_with("note").contains("a\\u{2028}b"), "{}", bench.screen());
    assert!(bench.screen().chars().all(|c| c != '\u{2028}'));
}

#[test]
fn the_copy_menu_copies_the_value_and_not_what_is_shown() {
    let policy = "{\"Version\":\"2012-10-17\",\n\t\"Statement\":[{\"Sid\":\"A\",\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"arn:aws:s3:::\u{e9}\"}]}";
    let mut bench = bench();
    bench.calls("CreatePolicy", json!({"PolicyName": "odd", "PolicyDocument": policy}));
    bench.keys("5 /").types("odd").keys("enter y");
    assert!(
        bench.line_with("JSON").contains("\\n\\t") || bench.line_with("JSON").contains("\\u{a}"),
        "{}",
        bench.screen()
    );
    bench.types("JSON").keys("enter");
    assert_eq!(bench.copied(), Some(policy));
}
