//! The IAM Query API over HTTP in front of a store, authenticated and authorised.

#[allow(dead_code, reason = "the server that asks lands next")]
mod sigv4;
