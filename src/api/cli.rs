//! The `aws` command line of a call.
