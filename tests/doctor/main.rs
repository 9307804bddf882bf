//! `onramp env doctor`, `env init` and `env show` as scripts use them: the real program, without a
//! terminal.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test may look anywhere, and stops at the first surprise"
)]
#![cfg(unix)]

mod desk;
mod environments;
mod findings;
mod fixing;
mod init;
mod places;
