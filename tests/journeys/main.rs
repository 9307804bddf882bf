//! Whole ways through the real program, in a real terminal, against the sandbox.
#![expect(unreachable_pub, reason = "one program in several files")]

mod first_run;
mod server;
mod terminal;
