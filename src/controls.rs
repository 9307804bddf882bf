//! What stands between a person and the figures without being drawn: what a typed word may have meant, which
//! of many are wanted, how often to look.

pub mod fuzzy;
pub mod mention;
pub mod nearest;
pub mod rhythm;
pub mod wanted;
