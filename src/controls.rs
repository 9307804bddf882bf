//! Choosing without drawing: what a typed word may have meant.

pub mod fuzzy;
pub mod nearest;
pub mod polling;
