//! SAML responses: the canonical form of a document is its own canonical form, and no document is believed without a key.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Some(once) = tiam::store::canonical(text) {
        assert_eq!(tiam::store::canonical(&once).as_deref(), Some(once.as_str()));
    }
});
