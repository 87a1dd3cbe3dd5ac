//! Journeys over a user's credentials: MFA devices, certificates, SSH keys, service-specific credentials.

use serde_json::json;

use super::{bench, example_corp};
use crate::console::screen::atlas::Atlas;
use crate::console::testkit::{Bench, now};
use crate::store::given::totp_codes;

/// To a section of a user's credentials, as the search leads there.
fn at(bench: &mut Bench, phrase: &str) {
    bench.keys("s").types(phrase).keys("enter");
}

/// The secret that the screen shows in groups of four letters.
fn secret(screen: &str) -> String {
    let is_group = |word: &&str| word.len() == 4 && word.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
    screen
        .lines()
        .filter(|line| line.split_whitespace().filter(is_group).count() > 2)
        .fold(String::new(), |all, line| all + &line.split_whitespace().filter(is_group).collect::<String>())
}

#[test]
fn a_virtual_mfa_device_is_assigned_and_taken_away() {
    let mut bench = bench();
    at(&mut bench, "manage mfa nikki");
    bench.keys("n ctrl-s");
    insta::assert_snapshot!("mfa_enroll", bench.screen());
    bench.types("123456654321").keys("enter");
    assert!(bench.screen().contains("InvalidAuthenticationCode"), "{}", bench.screen());
    let [first, second] = totp_codes(&secret(&bench.screen()), now());
    bench.keys("ctrl-u shift-tab ctrl-u").types(&first).types(&second).keys("ctrl-s");
    assert!(bench.screen().contains("Assigned the MFA device to nikki"), "{}", bench.screen());
    assert!(bench.line_with(":mfa/nikki").contains("virtual"), "{}", bench.screen());
    at(&mut bench, "manage mfa nikki");
    assert!(bench.reversed().contains(":mfa/nikki") && bench.screen().contains("S resync"), "{}", bench.screen());
    bench.keys("d down enter");
    assert!(bench.line_with("none !").contains("none"), "{}", bench.screen());
    assert_eq!(bench.calls("ListVirtualMFADevices", json!({}))["VirtualMFADevices"], json!([]));
}

#[test]
fn a_device_that_is_not_assigned_does_not_stay() {
    let mut wide = Bench::on(120, 40, example_corp(), Box::new(Atlas));
    at(&mut wide, "manage mfa nikki");
    wide.keys("n ctrl-s");
    insta::assert_snapshot!("mfa_enroll_wide", wide.screen());
    wide.keys("esc down enter");
    assert!(wide.screen().contains("Deleted the MFA device"), "{}", wide.screen());
    assert_eq!(wide.calls("ListVirtualMFADevices", json!({}))["VirtualMFADevices"], json!([]));
}

#[test]
fn an_ssh_key_is_uploaded_switched_off_and_deleted() {
    let mut bench = bench();
    at(&mut bench, "manage ssh public keys mary");
    bench.keys("n").types("/nowhere/id.pub").keys("ctrl-s");
    assert!(bench.screen().contains("/nowhere/id.pub cannot be read"), "{}", bench.screen());
    bench.keys("ctrl-u").pastes(crate::store::given::SSH_KEY).keys("ctrl-s");
    assert!(bench.line_with("APKA").contains("active"), "{}", bench.screen());
    at(&mut bench, "manage ssh public keys mary");
    bench.keys("i");
    assert!(bench.line_with("APKA").contains("inactive"), "{}", bench.screen());
    bench.keys("d down enter");
    assert_eq!(bench.calls("ListSSHPublicKeys", json!({"UserName": "mary"}))["SSHPublicKeys"], json!([]));
}

#[test]
fn a_signing_certificate_is_uploaded_from_its_file() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("certificate.pem");
    std::fs::write(&path, crate::store::given::CERTIFICATE).unwrap();
    let mut bench = bench();
    at(&mut bench, "manage signing certificates mary");
    bench.keys("n").types(path.to_str().unwrap()).keys("ctrl-s");
    assert!(bench.screen().contains("Uploaded the signing certificate for mary"), "{}", bench.screen());
    at(&mut bench, "manage signing certificates mary");
    bench.keys("i d down enter");
    assert!(bench.screen().contains("Deleted signing certificate"), "{}", bench.screen());
}

#[test]
fn the_password_of_a_service_is_shown_once() {
    let mut bench = bench();
    at(&mut bench, "manage service-specific mary");
    bench.keys("n enter");
    assert!(bench.screen().contains("Password") && bench.screen().contains("only time"), "{}", bench.screen());
    bench.keys("ctrl-y esc");
    at(&mut bench, "manage service-specific mary");
    bench.keys("R");
    assert!(bench.screen().contains("only time"), "{}", bench.screen());
    bench.keys("ctrl-y esc");
    insta::assert_snapshot!("service_credentials", bench.screen());
}
