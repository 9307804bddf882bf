//! Counts requests: so many in any sixty seconds.

use std::collections::VecDeque;
use std::time::Duration;

use jiff::Timestamp;

const MINUTE: Duration = Duration::from_mins(1);

/// When requests came, as far as that still counts.
#[derive(Clone, Debug, Default)]
pub(super) struct PerMinute {
    seen: VecDeque<Timestamp>,
}

impl PerMinute {
    /// Counts one more; how many the last sixty seconds saw, this one included.
    pub(super) fn count(&mut self, now: Timestamp) -> u64 {
        while let Some(&first) = self.seen.front()
            && now.duration_since(first).unsigned_abs() >= MINUTE
        {
            self.seen.pop_front();
        }
        self.seen.push_back(now);
        self.seen.len() as u64
    }
}
