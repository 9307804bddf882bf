//! What the figures mean: when the money ends, what is unusual, what another choice would cost.
//!
//! ```text
//! DailySpend ─> Pace ─┬─ forecast  the day the credits or a limit run out, and how sure that is
//!                     └─ month     this month against the last one
//! figures, bounds ───── alerts     what crossed a bound, told once per crossing
//! figures, figures ──── changes    what is another figure than before
//! keys, bounds ──────── key_advice what deserves a word about a key
//! rows, live prices ─┬─ review     what costs most, and the same tokens on other models
//!                    └─ prices     what a job costs, the fee on credits and the vendor's own price
//! ```
//!
//! All of them together, for one look at a server's figures: outlook.
//!
//! Pure: no file, no network, no clock; the time is passed in. Money is exact decimal from end to end.
//! Days are UTC, as the server counts them.

pub mod alerts;
pub mod changes;
pub mod daily;
pub mod estimate;
pub mod forecast;
pub mod key_advice;
pub mod month;
pub mod outlook;
pub mod own_month;
mod pace;
pub mod prices;
pub mod ranking;
pub mod reset;
pub mod review;
mod robust;
pub mod span;
pub mod tokens;
