//! One state, events in, effects out. Pure apart from itself: no clock, no channel, no terminal.

mod follow;
mod hear;
mod keys;
mod model;
mod update;
mod view;

pub use keys::{Action, BINDINGS};
pub use model::{App, Farewell};
