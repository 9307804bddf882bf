//! Whole ways through the real program, in a real terminal, against the sandbox.
#![expect(clippy::disallowed_methods, reason = "a test may look anywhere")]
#![cfg(unix)]
#![expect(unreachable_pub, reason = "one program in several files")]

mod account_keys;
mod alerts;
mod ask;
mod bad_input;
mod browser;
mod chat;
mod coming_back;
mod copying;
mod doctor;
mod first_run;
mod keys;
mod ledger;
mod limits;
mod login;
mod models;
mod pair;
mod plain_chat;
mod secrets;
#[path = "../support/server.rs"]
mod server;
mod terminal;
mod the_terminal;
mod usage;
mod walks;
#[path = "../headless/web.rs"]
#[allow(
    dead_code,
    clippy::allow_attributes,
    reason = "each test program uses its own part"
)]
mod web;
