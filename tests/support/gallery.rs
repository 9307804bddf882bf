//! Every state of every screen, by name, made the way a person makes it: by events.

pub mod account_keys;
pub mod chat;
pub mod elsewhere;
mod env;
pub mod findings;
mod keeping;
pub mod key;
mod limits;
pub mod models;
mod overlays;
mod rehearsal;
pub mod start;
mod summary;
mod test;
pub mod usage;
pub mod winners;

pub use rehearsal::Rehearsal;

/// Brings a rehearsal into a state.
pub type Make = fn(&mut Rehearsal);

/// The states by name, step by step.
pub fn states() -> Vec<(&'static str, Make)> {
    let steps = [
        start::states(),
        key::states(),
        env::states(),
        findings::states(),
        winners::states(),
        test::states(),
        elsewhere::states(),
        limits::states(),
        summary::states(),
        overlays::states(),
        usage::states(),
        chat::states(),
        keeping::states(),
        models::states(),
        account_keys::states(),
    ];
    steps.concat()
}
