//! What several steps know.

use crate::domain::leak::Leak;
use crate::flow::env::EnvSaved;
use crate::flow::step::Tickets;
use crate::flow::surroundings::Surroundings;

/// What several steps know.
#[derive(Debug)]
pub struct Shared {
    /// What was found round here; `None` until the first look came back.
    pub around: Option<Surroundings>,
    /// Keys that others may read, as far as a quick look found any.
    pub leaks: Vec<Leak>,
    /// What was written in this session.
    pub saved: Option<EnvSaved>,
    /// How the last test of the key in use went.
    pub tested: Option<Tested>,
    /// Where requests take their numbers.
    pub tickets: Tickets,
}

/// How a test went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tested {
    /// An answer came.
    Works,
    /// Something is in the way.
    Fails,
}
