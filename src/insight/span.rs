//! The days that figures cover, and what they come to in a month.

use jiff::civil::Date;

use crate::domain::money::Usd;

/// Days of a month where figures are carried over to one. Shown amounts "a month" mean this many days.
pub const MONTH_DAYS: u64 = 30;

/// UTC days, both ends included; at least one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    first: Date,
    last: Date,
}

impl Span {
    /// The days between two, whichever comes first.
    pub fn new(one: Date, other: Date) -> Self {
        Self {
            first: one.min(other),
            last: one.max(other),
        }
    }

    /// The first day.
    pub fn first(self) -> Date {
        self.first
    }

    /// The last day.
    pub fn last(self) -> Date {
        self.last
    }

    /// The day is one of them.
    pub fn holds(self, day: Date) -> bool {
        self.first <= day && day <= self.last
    }

    /// How many they are.
    pub fn days(self) -> u64 {
        let between = self.last.duration_since(self.first).as_hours() / 24;
        u64::try_from(between).unwrap_or_default() + 1
    }

    /// What an amount of these days comes to in a month of [`MONTH_DAYS`], USD.
    #[must_use]
    pub fn a_month(self, amount: Usd) -> Usd {
        let month = amount.times(MONTH_DAYS).shared(self.days());
        month.expect("a span has at least one day")
    }

    /// What a count of these days comes to in a month of [`MONTH_DAYS`], rounded down.
    #[must_use]
    pub fn count_a_month(self, count: u64) -> u64 {
        let month = u128::from(count) * u128::from(MONTH_DAYS) / u128::from(self.days());
        u64::try_from(month).unwrap_or(u64::MAX)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn ten_days_are_a_third_of_a_month() {
        let span = Span::new(date(2026, 11, 10), date(2026, 11, 1));
        assert_eq!(span.days(), 10);
        assert_eq!(span.a_month(Usd::from_cents(250)), Usd::from_cents(750));
        assert_eq!(span.count_a_month(7), 21);
        assert!(span.holds(date(2026, 11, 1)) && !span.holds(date(2026, 11, 11)));
    }

    #[test]
    fn the_longest_span_and_the_greatest_count_end_at_the_greatest() {
        let day = Span::new(Date::MIN, Date::MIN);
        assert_eq!(day.count_a_month(u64::MAX), u64::MAX);
        assert!(Span::new(Date::MIN, Date::MAX).days() > 7_000_000);
    }
}
