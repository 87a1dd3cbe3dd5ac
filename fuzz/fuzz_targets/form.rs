//! Forms: whatever can be read as a call is read as the same call when it is written again.

#![no_main]

use libfuzzer_sys::fuzz_target;
use tiam::api::query::{body, decode, encode, pairs};

fuzz_target!(|text: &str| {
    let Ok(call) = decode(&pairs(text)) else { return };
    let written = body(&encode(&call));
    let again = decode(&pairs(&written)).expect("what was written can be read");
    assert_eq!(body(&encode(&again)), written);
});
