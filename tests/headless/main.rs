//! The command line as scripts meet it: the real program without a terminal, against the sandbox and
//! against servers of other kinds.
//!
//! What stands on stdout, the members of the JSON and the exit codes are contracts.
#![expect(unreachable_pub, reason = "one program in several files")]

mod ask;
mod ask_code;
mod ask_files;
mod ask_wishes;
mod check;
mod doors;
mod env;
mod explain;
mod faults;
mod foreign;
mod full_check;
mod gate;
mod json_out;
#[cfg(target_os = "linux")]
mod keyring;
mod keys;
mod keys_cap;
mod keys_change;
mod keys_refused;
mod ledger;
mod login;
mod models;
mod plain;
mod plain_chat;
mod precedence;
mod rotate;
mod sandbox;
#[path = "../support/server.rs"]
mod server;
mod sessions;
mod support;
mod templates;
mod usage;
mod usage_bounds;
mod usage_troubles;
mod watch;
mod web;
