//! The judgement, once, for wizard, chat and command line alike: what was seen becomes what is wrong,
//! why, and how it is mended.
//!
//! ```text
//! Symptom ─┬─ judge ────> Trouble (a row of the catalogue)  ─┐
//!          ├─ evidence ─> sentences, waits, models to offer ─┼─> Diagnosis
//!          └─ raw ──────> what was seen, secrets masked ─────┘
//! ```
//!
//! A row is whole without evidence, so that `onramp explain <id>` can print any of them.

mod catalogue;
mod evidence;
mod explain;
mod judge;
mod raw;
mod remedy;
mod span;
#[cfg(test)]
mod tests;
mod trouble;

pub use catalogue::{all, costs_nothing, find, is_unknown};
pub use explain::{explain, explain_at, explain_there};
pub use trouble::Trouble;
