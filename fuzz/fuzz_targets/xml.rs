//! Answers: whatever can be read as one is read as the same one when it is written again.

#![no_main]

use libfuzzer_sys::fuzz_target;
use tiam::api::{Service, find, xml};

const OPERATIONS: [&str; 5] =
    ["GetUser", "GetAccountAuthorizationDetails", "ListRoles", "GetAccountSummary", "SimulateCustomPolicy"];

fuzz_target!(|text: &str| {
    let _ = xml::parse_error(text, 400);
    for model in OPERATIONS.iter().filter_map(|name| find(Service::Iam, name)) {
        let Ok(output) = xml::parse(model, text) else { continue };
        let written = xml::render(model, &output, "id");
        let again = xml::parse(model, &written).expect("what was written can be read");
        assert_eq!(xml::render(model, &again, "id"), written);
    }
});
