//! How long what was learned holds, before it is asked for again.

use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};

/// How long completed days are taken to be what they were: they change no more, but the first minutes of a
/// day may still lack something of the last.
pub(super) const DAYS_HOLD: SignedDuration = SignedDuration::from_hours(1);

/// Less than this lies between the two.
pub(super) fn is_within(at: Timestamp, holds: SignedDuration, now: Timestamp) -> bool {
    // A clock that was set back must not stop the asking.
    now.duration_since(at).abs() < holds
}

/// What was learned of days then still holds. Another UTC day has one more completed day.
pub(super) fn days_hold(at: Timestamp, holds: SignedDuration, now: Timestamp) -> bool {
    let day = |moment: Timestamp| Offset::UTC.to_datetime(moment).date();
    is_within(at, holds, now) && day(at) == day(now)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_day_an_hour_or_a_clock_set_back_makes_completed_days_old() {
        let hold =
            |at: &str, now: &str| days_hold(at.parse().unwrap(), DAYS_HOLD, now.parse().unwrap());
        assert!(hold("2026-11-24T11:00:01Z", "2026-11-24T12:00:00Z"));
        assert!(!hold("2026-11-24T11:00:00Z", "2026-11-24T12:00:00Z"));
        assert!(!hold("2026-11-23T23:59:00Z", "2026-11-24T00:01:00Z"));
        assert!(!hold("2026-11-24T12:00:00Z", "2026-11-24T10:30:00Z"));
    }
}
