//! The headers of a request, as somebody may send them who knows no secret: read, verified, and never accepted.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    assert!(!tiam::serve::accepts(text), "a signature was forged");
});
