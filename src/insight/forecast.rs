//! When the credits or a key's limit run out, and how sure that is.
//!
//! What is left is spent at the slow, the likely and the fast [`Pace`]; the fast one may meet one heavy
//! day on top. A limit that begins anew before it is used up is carried on into its next periods, whole.
//! The likely day lies between the earliest and the latest, and more spend never makes any of them later.

mod words;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::daily::{DAY_SECONDS, DailySpend, day_of};
use super::pace::FEWEST_DAYS;
pub use super::pace::Pace;
use super::reset::Reset;
use crate::domain::money::Usd;

/// Nobody's habits hold longer: what would last ten years lasts.
const HORIZON_DAYS: i64 = 3650;
/// Whole periods that are tried: a limit that outlasts every month of a year outlasts all.
const PERIODS: usize = 14;

/// What is being used up, USD.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purse {
    /// The account's balance. Source: `GET /credits`. Its pace is that of the whole account.
    Credits {
        /// What is left; may be negative.
        left: Usd,
    },
    /// A key's limit. Source: `GET /key`. Its pace is that of this key alone.
    Limit {
        /// What is left of it; may be negative.
        left: Usd,
        /// The limit itself, which each reset restores.
        whole: Usd,
        /// How often it begins anew.
        reset: Reset,
    },
}

/// What becomes of it. Days are UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forecast {
    /// Nothing is left.
    Gone {
        /// The day the limit begins anew, where it does.
        back: Option<Date>,
    },
    /// Too few completed days are known to tell.
    NotEnoughDays {
        /// How many are.
        known: usize,
        /// How many it takes.
        needed: usize,
    },
    /// The limit begins anew at times this program does not know.
    UnknownReset,
    /// Not at this pace: nothing is spent, or it would last for years, or it begins anew before.
    Lasts {
        /// The day it could be used up all the same after a fast and heavy stretch.
        earliest: Option<Date>,
        /// The day the limit begins anew, where it does.
        resets: Option<Date>,
        /// Spend a day.
        pace: Pace,
    },
    /// It is used up.
    RunsOut {
        /// At the fast pace.
        earliest: Date,
        /// At the likely pace.
        likely: Date,
        /// At the slow pace; `None` where it would last.
        latest: Option<Date>,
        /// Spend a day.
        pace: Pace,
    },
}

/// Tells when `purse` is used up at the pace of `spend`.
pub fn forecast(purse: Purse, spend: &DailySpend) -> Forecast {
    let resets = purse.reset().after(spend.now()).map(day_of);
    if purse.left() <= Usd::ZERO {
        return Forecast::Gone { back: resets };
    }
    let Some(pace) = Pace::of(spend, purse.averaged()) else {
        return Forecast::NotEnoughDays {
            known: spend.before(spend.known_to(), FEWEST_DAYS).len(),
            needed: FEWEST_DAYS,
        };
    };
    if purse.reset() == Reset::Unknown {
        return Forecast::UnknownReset;
    }
    let steady = |rate: Usd| purse.used_up(spend.now(), |left| left.over(rate));
    let earliest = purse.used_up(spend.now(), |left| days_with_a_heavy_one(left, &pace));
    let Some(likely) = steady(pace.likely) else {
        return Forecast::Lasts {
            earliest,
            resets,
            pace,
        };
    };
    Forecast::RunsOut {
        // The same amount, divided by two ways, may differ in its 28th digit and so in its day.
        earliest: earliest.map_or(likely, |day| day.min(likely)),
        likely,
        latest: steady(pace.slow).map(|day| day.max(likely)),
        pace,
    }
}

/// How many days an amount lasts at the fast pace, one heavy day first: none if that day alone uses it
/// up. `None`: for ever.
fn days_with_a_heavy_one(left: Usd, pace: &Pace) -> Option<Decimal> {
    if left <= pace.heavy_day {
        return Some(Decimal::ZERO);
    }
    let after = (left - pace.heavy_day).over(pace.fast)?;
    after.checked_add(Decimal::ONE)
}

impl Purse {
    fn left(self) -> Usd {
        match self {
            Self::Credits { left } | Self::Limit { left, .. } => left,
        }
    }

    fn reset(self) -> Reset {
        match self {
            Self::Credits { .. } => Reset::Never,
            Self::Limit { reset, .. } => reset,
        }
    }

    /// Over how many days in a row its pace is averaged: a limit of one day meets single days.
    fn averaged(self) -> usize {
        if self.reset() == Reset::Daily { 1 } else { 7 }
    }

    /// The day it is used up, where an amount lasts as many days as `lasts` says.
    fn used_up(self, now: Timestamp, lasts: impl Fn(Usd) -> Option<Decimal>) -> Option<Date> {
        let Self::Limit { left, whole, reset } = self else {
            return moment_after(now, lasts(self.left())?).map(day_of);
        };
        if reset == Reset::Never {
            return moment_after(now, lasts(left)?).map(day_of);
        }
        let (mut from, mut left) = (now, left);
        for _ in 0..PERIODS {
            let anew = reset.after(from)?;
            let end = lasts(left).and_then(|days| moment_after(from, days));
            if let Some(end) = end.filter(|end| *end < anew) {
                return Some(day_of(end));
            }
            (from, left) = (anew, whole);
        }
        None
    }
}

/// The moment so many days later; `None` beyond the horizon.
fn moment_after(from: Timestamp, days: Decimal) -> Option<Timestamp> {
    let seconds = days.checked_mul(Decimal::from(DAY_SECONDS))?.to_i64()?;
    if seconds > HORIZON_DAYS * DAY_SECONDS {
        return None;
    }
    from.checked_add(SignedDuration::from_secs(seconds)).ok()
}

#[cfg(test)]
mod tests;
