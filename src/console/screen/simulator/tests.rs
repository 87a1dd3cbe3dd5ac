//! Journeys through the questions: keys in, screens out, on the demo account.

use std::sync::Arc;

use crate::account::{Account, Mode};
use crate::console::screen::atlas::Atlas;
use crate::console::testkit::{Bench, world};
use crate::store::Store;

fn bench(columns: u16, rows: u16) -> Bench {
    let (store, account) = Store::demo(world()).unwrap();
    Bench::on(columns, rows, Account::local(Arc::new(store), account, Mode::ReadWrite), Box::new(Atlas))
}

#[test]
fn a_request_is_simulated_as_it_is_typed_and_the_leaf_opens_the_policy() {
    let mut bench = bench(80, 24);
    bench.keys("1 E").types("mary").keys("tab").types("s3:GetObject").keys("tab").types("arn:aws:s3:::productionapp/x");
    insta::assert_snapshot!("simulate_80", bench.screen());
    bench.keys("tab").types("aws:RequestedRegion=eu-west-1 aws:MultiFactorAuthPresent=true");
    assert!(bench.screen().contains("Allowed"), "{}", bench.screen());
    bench.keys("tab j j j enter");
    insta::assert_snapshot!("statement_80", bench.screen());
    bench.keys("e");
    assert!(bench.screen().contains("Policies › DeveloperBoundary"), "{}", bench.screen());
    bench.keys("f9");
    assert!(bench.screen().contains("{ … StayInEurope, "), "{}", bench.screen());
    bench.keys("esc esc");
    assert!(bench.screen().contains("Allowed"), "{}", bench.screen());
}

#[test]
fn who_can_is_the_other_face_and_leads_to_why() {
    let mut bench = bench(120, 40);
    bench.keys("1 E ctrl-t").types("s3:PutObject").keys("tab").types("arn:aws:s3:::productionapp/x").keys("tab tab");
    insta::assert_snapshot!("who_can_120", bench.screen());
    bench.keys("j enter");
    assert!(
        bench.screen().contains("Questions › Simulate") && bench.line_with("Principal").contains("user/ftp-drop"),
        "{}",
        bench.screen()
    );
    assert!(bench.screen().contains("Allowed"), "{}", bench.screen());
}

#[test]
fn a_name_that_is_nearly_right_is_taken_with_enter() {
    let mut bench = bench(80, 24);
    bench.keys("1 W").types("s3:GetObjekt");
    assert!(bench.screen().contains("no service has the action `s3:GetObjekt`"), "{}", bench.screen());
    bench.keys("enter");
    assert!(bench.line_with("Action").contains("s3:GetObject"), "{}", bench.screen());
    assert!(bench.screen().contains("Under conditions that are not known here"), "{}", bench.screen());
}

#[test]
fn a_row_asks_about_itself() {
    let mut bench = bench(80, 24);
    bench.keys("4 c");
    assert!(bench.line_with("Principal").contains("role/app-server"), "{}", bench.screen());
    insta::assert_snapshot!("can_80", bench.screen());
    bench.keys("esc enter W");
    assert!(bench.line_with("Resource").contains("role/app-server"), "{}", bench.screen());
    assert!(bench.line_with("Action").contains("sts:AssumeRole"), "{}", bench.screen());
    assert!(bench.screen().contains("the service ec2.amazonaws.com"), "{}", bench.screen());
}

#[test]
fn a_policy_is_summarized_by_itself_and_found_as_a_task() {
    let mut bench = bench(80, 24);
    bench.keys("s").types("what policy can do");
    assert!(bench.screen().contains("what policy can do"), "{}", bench.screen());
    bench.keys("esc").keys(":").types("what role can do").keys("enter").types("UpdateApp").keys("enter");
    assert!(bench.line_with("Principal").contains("role/UpdateApp"), "{}", bench.screen());
    bench.keys("esc 5 enter c");
    assert!(bench.line_with("Principal").contains(":policy/"), "{}", bench.screen());
    assert!(bench.screen().contains("Allowed"), "{}", bench.screen());
}

#[test]
fn findings_lead_to_what_they_are_about() {
    let mut bench = bench(120, 40);
    bench.keys("F");
    insta::assert_snapshot!("findings_120", bench.screen());
    bench.keys("j enter");
    assert!(bench.screen().contains("trust policy › statement 1"), "{}", bench.screen());
    bench.keys("esc G enter");
    assert!(bench.screen().contains("Roles ›"), "{}", bench.screen());
}

#[test]
fn why_is_asked_of_what_who_can_found() {
    let mut bench = bench(80, 24);
    bench.keys("1 W").types("iam:PassRole").keys("tab tab tab j enter");
    assert!(bench.line_with("Principal").contains("user/jorge"), "{}", bench.screen());
    assert!(bench.line_with("Resource").contains("rds-monitoring-role"), "{}", bench.screen());
    assert!(bench.screen().contains("Depends on aws:MultiFactorAuthPresent"), "{}", bench.screen());
}
