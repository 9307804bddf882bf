//! Which figures of a key still hold: those of a day, a week or a month end with it.

use jiff::Timestamp;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use jiff::tz::Offset;

use super::{KeyFigures, Known};
use crate::domain::account::FreeRequests;

fn day_of(moment: Timestamp) -> Date {
    Offset::UTC.to_datetime(moment).date()
}

fn week_of(moment: Timestamp) -> Date {
    let day = day_of(moment);
    let since_monday = day.weekday().since(Weekday::Monday);
    day.saturating_sub(i64::from(since_monday).days())
}

/// Both lie in one UTC day.
pub fn is_same_day(one: Timestamp, other: Timestamp) -> bool {
    day_of(one) == day_of(other)
}

impl<T> Known<T> {
    /// It was learned on the UTC day of `now`: what it says of "today" holds.
    pub fn is_of_today(&self, now: Timestamp) -> bool {
        is_same_day(self.as_of, now)
    }

    /// It was learned in the UTC week of `now`, from Monday.
    pub fn is_of_this_week(&self, now: Timestamp) -> bool {
        week_of(self.as_of) == week_of(now)
    }

    /// It was learned in the UTC month of `now`.
    pub fn is_of_this_month(&self, now: Timestamp) -> bool {
        day_of(self.as_of).first_of_month() == day_of(now).first_of_month()
    }
}

impl KeyFigures {
    /// Requests to free models, on the UTC day these figures were learned.
    pub fn free_requests(&self) -> Option<FreeRequests> {
        let (used, limit) = self.free_requests_used.zip(self.free_requests_limit)?;
        Some(FreeRequests { used, limit })
    }
}

impl FreeRequests {
    /// What is left of the day.
    pub fn left(self) -> u64 {
        self.limit.saturating_sub(self.used)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_of_sunday_night_is_not_of_this_week_on_monday() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let known = Known {
            as_of: at("2026-11-29T23:59:00Z"),
            value: (),
        };
        let monday = at("2026-11-30T00:01:00Z");
        let holds = |now| {
            [
                known.is_of_today(now),
                known.is_of_this_week(now),
                known.is_of_this_month(now),
            ]
        };
        assert_eq!(holds(at("2026-11-29T00:00:00Z")), [true, true, true]);
        assert_eq!(holds(monday), [false, false, true]);
        assert_eq!(holds(at("2026-12-01T00:00:00Z")), [false, false, false]);
    }
}
