//! The sandbox's idea of the time: the machine's, or one that a test sets and moves.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// What time it is. Clones share one time, so that a test can move a running sandbox.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    /// Unix milliseconds where the time stands still; `None` follows the machine.
    set_to: Option<Arc<AtomicI64>>,
}

impl Clock {
    /// A clock that stands at `at` until it is moved.
    pub fn standing(at: Timestamp) -> Self {
        Self {
            set_to: Some(Arc::new(AtomicI64::new(at.as_millisecond()))),
        }
    }

    /// Moves a standing clock forward; the machine's clock cannot be moved.
    pub fn advance(&self, by: Duration) {
        if let Some(time) = &self.set_to {
            let millis = i64::try_from(by.as_millis()).unwrap_or(i64::MAX);
            time.fetch_add(millis, Ordering::SeqCst);
        }
    }

    /// Now.
    pub(super) fn now(&self) -> Timestamp {
        match &self.set_to {
            Some(time) => {
                Timestamp::from_millisecond(time.load(Ordering::SeqCst)).unwrap_or(Timestamp::MAX)
            }
            None => Timestamp::now(),
        }
    }
}

/// The UTC day of a moment: OpenRouter counts in these.
pub(super) fn day_of(moment: Timestamp) -> Date {
    moment.to_zoned(TimeZone::UTC).date()
}

/// The first moment of a UTC day.
pub(super) fn start_of(day: Date) -> Timestamp {
    day.to_zoned(TimeZone::UTC)
        .map_or(Timestamp::MAX, |start| start.timestamp())
}

/// As OpenRouter writes the birth of a key: `2026-03-02T09:14:55.120000+00:00`.
pub(super) fn long_form(moment: Timestamp) -> String {
    moment.strftime("%Y-%m-%dT%H:%M:%S%.6f+00:00").to_string()
}
