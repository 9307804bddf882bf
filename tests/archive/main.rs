//! Kept conversations and sudden death: this test binary again, as children that write and are killed.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops")]

#[path = "../support/killed.rs"]
mod killed;
mod sudden;
