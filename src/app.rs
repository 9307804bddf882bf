//! One state, events in, effects out. Pure apart from itself: no clock, no channel, no terminal.

mod model;
mod update;
mod view;

pub use model::{App, Farewell};
pub use update::{Action, BINDINGS};
