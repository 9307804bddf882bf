//! What a key had spent when a day began: all that an ordinary key is told of its past, kept look by look.

use jiff::civil::{Date, Weekday};
use jiff::tz::Offset;
use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

use super::{Figures, KeyFigures};
use crate::domain::money::Usd;

/// Days that are kept.
const KEPT_DAYS: i64 = 40;

/// What a key had spent at 00:00 UTC of a day, USD.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayTotal {
    /// The UTC day.
    pub date: Date,
    /// All time, up to its beginning.
    pub usage: Usd,
}

impl Figures {
    /// Notes what the key in use had spent when the running day, week and month began. A week or a month
    /// that began with nothing spent is not noted: the key may be younger.
    pub fn note_totals(&mut self, key: &KeyFigures, now: Timestamp) {
        let today = Offset::UTC.to_datetime(now).date();
        let since_monday = today.weekday().since(Weekday::Monday);
        let monday = today.saturating_sub(i64::from(since_monday).days());
        let begun = [
            (today.first_of_month(), key.usage - key.usage_monthly),
            (monday, key.usage - key.usage_weekly),
        ];
        for (date, usage) in begun {
            if usage > Usd::ZERO {
                self.note(DayTotal { date, usage });
            }
        }
        let usage = key.usage - key.usage_daily;
        self.note(DayTotal { date: today, usage });
        let first = today.saturating_sub(KEPT_DAYS.days());
        self.key_totals
            .retain(|total| first <= total.date && total.date <= today);
    }

    fn note(&mut self, total: DayTotal) {
        let totals = &mut self.key_totals;
        match totals.binary_search_by_key(&total.date, |one| one.date) {
            // The later look may know of what was booked late.
            Ok(at) => totals[at] = total,
            Err(at) => totals.insert(at, total),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn key(total: i64, daily: i64, weekly: i64, monthly: i64) -> KeyFigures {
        KeyFigures {
            usage: Usd::from_cents(total),
            usage_daily: Usd::from_cents(daily),
            usage_weekly: Usd::from_cents(weekly),
            usage_monthly: Usd::from_cents(monthly),
            ..KeyFigures::from(&crate::domain::account::KeyFacts::default())
        }
    }

    #[test]
    fn each_look_tells_of_the_day_the_week_and_the_month() {
        let mut figures = Figures::default();
        let at = |text: &str| text.parse().unwrap();
        figures.note_totals(&key(900, 10, 40, 400), at("2026-11-24T10:00:00Z"));
        figures.note_totals(&key(950, 60, 90, 450), at("2026-11-24T20:00:00Z"));
        figures.note_totals(&key(1_000, 5, 140, 500), at("2026-11-26T08:00:00Z"));
        let told = figures.key_totals.iter();
        let told: Vec<_> = told.map(|it| (it.date, it.usage)).collect();
        let expected = [
            (date(2026, 11, 1), 500),
            (date(2026, 11, 23), 860),
            (date(2026, 11, 24), 890),
            (date(2026, 11, 26), 995),
        ];
        assert_eq!(
            told,
            expected.map(|(day, cents)| (day, Usd::from_cents(cents)))
        );
    }

    #[test]
    fn a_key_of_this_week_has_no_week_before() {
        let mut figures = Figures::default();
        let now = "2026-11-26T08:00:00Z".parse().unwrap();
        figures.note_totals(&key(140, 5, 140, 140), now);
        let days: Vec<_> = figures.key_totals.iter().map(|it| it.date).collect();
        assert_eq!(days, [date(2026, 11, 26)]);
    }
}
