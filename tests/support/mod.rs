//! What several test programs share.
#![allow(
    dead_code,
    unreachable_pub,
    clippy::allow_attributes,
    reason = "each test program uses its own part"
)]

pub mod gallery;

/// The key that stands in every test: no entropy, so that scanners stay calm.
pub const KEY: &str = "sk-or-v1-deadbeefdeadbeefdeadbeefdeadbeefdeadbeefdeadbeefdeadbeefdeadbeef";
