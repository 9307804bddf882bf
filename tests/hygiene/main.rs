//! Keys found in real repositories, by the library and by the real program: in the tree, in what is staged, in
//! the history; and the guard that stops a commit.
#![cfg(unix)]
#![expect(clippy::disallowed_methods, reason = "a test may look anywhere")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod guard;
mod history;
mod hostile;
mod mending;
mod repository;
mod tree;
