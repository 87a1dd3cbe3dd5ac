//! What AWS offers: its managed policies, as dated facts packed into the program.
//!
//! The assets are made by `assets/make_catalog.py` and opened once, when first asked for. Nothing here is read from
//! a disk or a network, and no description is carried.

pub mod managed;

/// An asset unpacked to text. A broken asset reads as empty; the tests of each reader hold that none is.
fn unpack(asset: &[u8]) -> String {
    zstd::decode_all(asset).ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}
