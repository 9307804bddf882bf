//! How a sandbox is to behave.

use std::time::Duration;

use super::clock::Clock;
use super::fault::Fault;

/// How a sandbox is to behave.
#[derive(Clone, Debug)]
pub struct Options {
    /// The port to listen on; 0 takes any free one.
    pub port: u16,
    /// Trouble for the whole server: for inference, or for every endpoint, as the fault's row says.
    pub fault: Option<Fault>,
    /// Tokens a second of an answer; 0 sends as fast as it goes.
    pub tokens_per_second: u32,
    /// How long after an answer `GET /generation` still says 404.
    pub generation_delay: Duration,
    /// The pause between two bytes of the fault `slow`.
    pub slow_pause: Duration,
    /// What time it is.
    pub clock: Clock,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            port: 0,
            fault: None,
            tokens_per_second: 60,
            // The real service is about this late.
            generation_delay: Duration::from_secs(1),
            slow_pause: Duration::from_secs(1),
            clock: Clock::default(),
        }
    }
}
