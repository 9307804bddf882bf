//! What was spent day by day, and today so far.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;
use rust_decimal::Decimal;

use crate::domain::money::Usd;
use crate::domain::spend::DayRow;

/// Credits spent on each UTC day from the first known one to the last known one, and today, in USD. A day
/// in between that nobody named cost nothing; one that is not known is not told. Spend through a person's
/// own provider keys is not part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DailySpend {
    first: Date,
    /// The first day of which nothing is known, or today.
    end: Date,
    days: BTreeMap<Date, Usd>,
    today: Option<Usd>,
    now: Timestamp,
}

impl DailySpend {
    /// From completed days, days without spend included, and what today has cost by `now`. Amounts of
    /// one day add up; a day that has not ended by `now` is left out, and an amount below zero is
    /// none: a refund is no negative pace.
    pub fn new(
        completed: impl IntoIterator<Item = (Date, Usd)>,
        spent_today: Usd,
        now: Timestamp,
    ) -> Self {
        let today = day_of(now);
        let mut days: BTreeMap<Date, Usd> = BTreeMap::new();
        for (day, amount) in completed.into_iter().filter(|(day, _)| *day < today) {
            let sum = days.entry(day).or_default();
            *sum = *sum + amount.max(Usd::ZERO);
        }
        Self {
            first: days.keys().next().copied().unwrap_or(today),
            end: today,
            days,
            today: Some(spent_today.max(Usd::ZERO)),
            now,
        }
    }

    /// From rows that are known to be whole from the day `known_from` on: `GET /activity` tells of the
    /// last 30 completed days, the ledger of every day since it was begun.
    pub fn of_rows(rows: &[DayRow], known_from: Date, now: Timestamp) -> Self {
        let today = day_of(now);
        let rows = rows.iter().filter(|row| row.day >= known_from);
        let spent_today = rows.clone().filter(|row| row.day == today);
        let spent_today = spent_today.fold(Usd::ZERO, |sum, row| sum + row.used.cost);
        let completed = rows.map(|row| (row.day, row.used.cost));
        Self::new([(known_from, Usd::ZERO)], spent_today, now).and(completed)
    }

    fn and(self, completed: impl Iterator<Item = (Date, Usd)>) -> Self {
        let today = self.today.unwrap_or_default();
        Self::new(self.days.into_iter().chain(completed), today, self.now)
    }

    /// The same where nothing is known of this day and of the days after it: they were learned on it. Then
    /// today is not known, either.
    #[must_use]
    pub fn known_until(mut self, learned_on: Date) -> Self {
        if learned_on < self.today() {
            self.end = learned_on;
            self.first = self.first.min(learned_on);
            self.today = None;
        }
        self
    }

    /// The same where nobody told what today has cost.
    #[must_use]
    pub fn without_today(mut self) -> Self {
        self.today = None;
        self
    }

    /// The same days with the server's own figure for today. Source: `GET /key`, `usage_daily`.
    #[must_use]
    pub fn with_today(mut self, spent_today: Usd) -> Self {
        self.today = Some(spent_today.max(Usd::ZERO));
        self
    }

    /// The time up to which today is counted.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// The running UTC day.
    pub fn today(&self) -> Date {
        day_of(self.now)
    }

    /// What it has cost so far, USD; `None` where that is not known.
    pub fn spent_today(&self) -> Option<Usd> {
        self.today
    }

    /// The first day of which nothing is known; today where all completed days are.
    pub fn known_to(&self) -> Date {
        self.end
    }

    /// The first day that is known; today when no completed one is.
    pub fn known_from(&self) -> Date {
        self.first
    }

    /// How much of today has gone: 0 at 00:00 UTC, below 1 always.
    pub fn share_of_today(&self) -> Decimal {
        let time = Offset::UTC.to_datetime(self.now).time();
        let seconds = i64::from(time.hour()) * 3600
            + i64::from(time.minute()) * 60
            + i64::from(time.second());
        Decimal::from(seconds) / Decimal::from(DAY_SECONDS)
    }

    /// What a completed day cost, USD; `None` for a day that is not known or has not ended.
    pub fn on(&self, day: Date) -> Option<Usd> {
        let is_known = self.first <= day && day < self.end;
        is_known.then(|| self.days.get(&day).copied().unwrap_or_default())
    }

    /// What the days before `day` cost, the oldest first: at most `most` of them, only known ones.
    pub fn before(&self, day: Date, most: usize) -> Vec<Usd> {
        let mut amounts = Vec::new();
        let mut at = day;
        while amounts.len() < most
            && let Ok(earlier) = at.yesterday()
            && let Some(amount) = self.on(earlier)
        {
            amounts.push(amount);
            at = earlier;
        }
        amounts.reverse();
        amounts
    }

    /// What the completed days from `first` to `last`, both included, cost together, USD; `None`
    /// unless every one of them is known. No days cost nothing.
    pub fn sum(&self, first: Date, last: Date) -> Option<Usd> {
        if first > last {
            return Some(Usd::ZERO);
        }
        self.on(first)?;
        self.on(last)?;
        let days = self.days.range(first..=last);
        Some(days.fold(Usd::ZERO, |sum, (_, &amount)| sum + amount))
    }
}

/// A UTC day has no leap second on this clock.
pub(super) const DAY_SECONDS: i64 = 86_400;

/// The UTC day of a moment.
pub(super) fn day_of(moment: Timestamp) -> Date {
    Offset::UTC.to_datetime(moment).date()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::domain::spend::Used;

    fn usd(cents: i64) -> Usd {
        Usd::from_cents(cents)
    }

    fn now() -> Timestamp {
        "2026-11-10T18:00:00Z".parse().unwrap()
    }

    #[test]
    fn a_day_nobody_named_cost_nothing_and_one_before_the_first_is_unknown() {
        let spend = DailySpend::new(
            [
                (date(2026, 11, 9), usd(5)),
                (date(2026, 11, 6), usd(2)),
                (date(2026, 11, 6), usd(1)),
                (date(2026, 11, 10), usd(99)),
            ],
            usd(7),
            now(),
        );
        assert_eq!(
            spend.before(spend.today(), 30),
            [usd(3), usd(0), usd(0), usd(5)]
        );
        assert_eq!(spend.before(spend.today(), 2), [usd(0), usd(5)]);
        assert_eq!(spend.on(date(2026, 11, 5)), None);
        assert_eq!(spend.on(date(2026, 11, 10)), None);
        assert_eq!(
            spend.sum(date(2026, 11, 6), date(2026, 11, 9)),
            Some(usd(8))
        );
        assert_eq!(spend.sum(date(2026, 11, 5), date(2026, 11, 9)), None);
        assert_eq!(spend.share_of_today(), Decimal::new(75, 2));
    }

    #[test]
    fn rows_are_summed_by_day_from_the_day_they_are_whole() {
        let row = |day, cents| DayRow {
            day,
            model: "a/b".into(),
            provider: None,
            used: Used {
                cost: usd(cents),
                byok_cost: usd(500),
                ..Used::default()
            },
        };
        let rows = [
            row(date(2026, 11, 1), 50),
            row(date(2026, 11, 8), 3),
            row(date(2026, 11, 8), 4),
            row(date(2026, 11, 10), 9),
        ];
        let spend = DailySpend::of_rows(&rows, date(2026, 11, 7), now());
        assert_eq!(spend.before(spend.today(), 30), [usd(0), usd(7), usd(0)]);
        assert_eq!(spend.spent_today(), Some(usd(9)));
        assert_eq!(spend.with_today(usd(11)).spent_today(), Some(usd(11)));
    }

    #[test]
    fn days_since_the_figures_were_learned_are_unknown_and_did_not_cost_nothing() {
        let spend = DailySpend::new([(date(2026, 11, 1), usd(4))], usd(7), now());
        let spend = spend.known_until(date(2026, 11, 4));
        assert_eq!(spend.on(date(2026, 11, 3)), Some(usd(0)));
        assert_eq!(spend.on(date(2026, 11, 4)), None);
        assert_eq!(spend.sum(date(2026, 11, 1), date(2026, 11, 9)), None);
        assert_eq!(spend.before(spend.today(), 30), []);
        assert_eq!(spend.before(spend.known_to(), 30), [usd(4), usd(0), usd(0)]);
        assert_eq!(spend.spent_today(), None);
        assert_eq!(spend.with_today(usd(9)).spent_today(), Some(usd(9)));
    }
}
