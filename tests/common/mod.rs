//! What the whole-program tests share. Each test program is a crate of its own and uses only some of it.

#![allow(dead_code, reason = "no test program uses all of it")]

pub(crate) mod local;
pub(crate) mod moto;
#[cfg(unix)]
pub(crate) mod process;
pub(crate) mod served;
