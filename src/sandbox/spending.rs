//! Money spent, by UTC day.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use crate::domain::money::Usd;

/// What a key or an account has spent.
#[derive(Clone, Debug, Default)]
pub(super) struct Spending {
    /// Before the days that are kept apart.
    before: Usd,
    days: BTreeMap<Date, Usd>,
}

impl Spending {
    /// Spending that began with so much, long ago.
    pub(super) fn starting_at(before: Usd) -> Self {
        Self {
            before,
            days: BTreeMap::new(),
        }
    }

    /// So much more on that day.
    pub(super) fn add(&mut self, day: Date, amount: Usd) {
        let spent = self.days.entry(day).or_default();
        *spent = *spent + amount;
    }

    /// Ever.
    pub(super) fn total(&self) -> Usd {
        self.before + sum(self.days.values())
    }

    /// Since the start of that period.
    pub(super) fn within(&self, period: Period, today: Date) -> Usd {
        match period.began(today) {
            Some(first) => sum(self.days.range(first..).map(|(_, spent)| spent)),
            None => self.total(),
        }
    }
}

fn sum<'a>(amounts: impl Iterator<Item = &'a Usd>) -> Usd {
    amounts.fold(Usd::ZERO, |sum, &amount| sum + amount)
}

/// Over what a limit counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Period {
    /// A UTC day.
    Day,
    /// A week from Monday.
    Week,
    /// A calendar month.
    Month,
    /// For ever.
    Ever,
}

impl Period {
    /// The period that `limit_reset` names; `None` for a word that is none.
    pub(super) fn named(word: &str) -> Option<Self> {
        match word {
            "daily" => Some(Self::Day),
            "weekly" => Some(Self::Week),
            "monthly" => Some(Self::Month),
            _ => None,
        }
    }

    /// Its word in `limit_reset`; `None` where nothing resets.
    pub(super) fn word(self) -> Option<&'static str> {
        match self {
            Self::Day => Some("daily"),
            Self::Week => Some("weekly"),
            Self::Month => Some("monthly"),
            Self::Ever => None,
        }
    }

    /// Its first day; `None` for ever.
    fn began(self, today: Date) -> Option<Date> {
        match self {
            Self::Day => Some(today),
            Self::Week => {
                let since_monday = today.weekday().since(Weekday::Monday);
                Some(today.saturating_sub(i64::from(since_monday).days()))
            }
            Self::Month => Some(today.first_of_month()),
            Self::Ever => None,
        }
    }

    /// The first day of the next one; `None` for ever.
    pub(super) fn next(self, today: Date) -> Option<Date> {
        let first = self.began(today)?;
        Some(match self {
            Self::Day => first.saturating_add(1.day()),
            Self::Week => first.saturating_add(7.days()),
            Self::Month => first.saturating_add(1.month()),
            Self::Ever => first,
        })
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn weeks_begin_on_monday_and_months_on_the_first() {
        let mut spending = Spending::starting_at(Usd::from_cents(1000));
        let sunday = date(2026, 11, 22);
        let monday = date(2026, 11, 23);
        spending.add(date(2026, 10, 31), Usd::from_cents(1));
        spending.add(sunday, Usd::from_cents(10));
        spending.add(monday, Usd::from_cents(100));
        let within = |period| spending.within(period, date(2026, 11, 24));
        assert_eq!(within(Period::Day), Usd::ZERO);
        assert_eq!(within(Period::Week), Usd::from_cents(100));
        assert_eq!(within(Period::Month), Usd::from_cents(110));
        assert_eq!(within(Period::Ever), Usd::from_cents(1111));
        assert_eq!(Period::Week.next(monday), Some(date(2026, 11, 30)));
        assert_eq!(Period::Month.next(monday), Some(date(2026, 12, 1)));
    }
}
