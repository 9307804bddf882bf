//! How much is spent a day, and how sure that is.
//!
//! The days are averaged over every few days in a row, and of these averages the middle one and the
//! first and last decile are taken. With seven days in a row each average holds one of each weekday, so
//! that quiet weekends bend nothing; one strange day reaches seven averages of some twenty, and the
//! middle stays. Every rank rises with every day: more spend never looks like less. (A median with a
//! MAD around it does not promise that: one dear day more widens it downwards too.)

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::daily::DailySpend;
use super::robust::Ranked;
use crate::domain::money::Usd;
use crate::text::{Phrase, Said};

/// Completed days that are needed before a pace is named.
pub(super) const FEWEST_DAYS: usize = 5;
/// Completed days that count: habits older than this are past. Also all that `GET /activity` tells.
const MOST_DAYS: usize = 30;

/// Spend a day in USD, from slow to fast, and where it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// One time in ten it is slower than this.
    pub slow: Usd,
    /// Half of the time it is slower.
    pub likely: Usd,
    /// One time in ten it is faster than this.
    pub fast: Usd,
    /// One single day in ten is dearer than this; never below `fast`.
    pub heavy_day: Usd,
    /// How many completed days it comes from.
    pub days: usize,
    /// Over how many days in a row they were averaged.
    pub averaged: usize,
    /// The last of the days where the days after it, and today, are not known.
    pub until: Option<Date>,
}

impl Pace {
    /// From the last completed days and today; `None` where fewer than [`FEWEST_DAYS`] are known.
    /// Averages go over `averaged` days, and over fewer while few days are known.
    pub(super) fn of(spend: &DailySpend, averaged: usize) -> Option<Self> {
        let mut days = spend.before(spend.known_to(), MOST_DAYS);
        let completed = days.len();
        if completed < FEWEST_DAYS {
            return None;
        }
        let averaged = averaged.clamp(1, completed.div_ceil(2));
        // Today has cost what it has cost, and its rest costs what is usual.
        let usual = Ranked::of(averages(&days, averaged))?.middle();
        let rest = usual * (Decimal::ONE - spend.share_of_today());
        let is_current = spend.known_to() == spend.today();
        let today = spend.spent_today().filter(|_| is_current);
        days.extend(today.map(|today| today + rest));
        let until = spend.known_to().yesterday().ok();
        let paces = Ranked::of(averages(&days, averaged))?;
        Some(Self {
            slow: paces.low(),
            likely: paces.middle(),
            fast: paces.high(),
            heavy_day: Ranked::of(days)?.high().max(paces.high()),
            days: completed,
            averaged,
            until: until.filter(|_| today.is_none()),
        })
    }

    /// How it was found, in one line.
    pub fn method(&self) -> Said {
        const SINGLE: Phrase = Phrase::new(
            "median of the last {} days and today; the range leaves out the lowest and the highest tenth",
            "取最近 {} 天和今天的中位数；区间去掉最低和最高的十分之一",
        );
        const AVERAGED: Phrase = Phrase::new(
            "median of all {}-day averages of the last {} days and today; the range leaves out the lowest and the highest tenth",
            "取每连续 {} 天的平均值（最近 {} 天和今天）的中位数；区间去掉最低和最高的十分之一",
        );
        const UNTIL: Phrase = Phrase::new(
            "median of all {}-day averages of the {} days to {}, the last that are known; the range leaves out the lowest and the highest tenth",
            "取每连续 {} 天的平均值（{} 天，截至 {}，之后未知）的中位数；区间去掉最低和最高的十分之一",
        );
        if let Some(last) = self.until {
            return Said::new(UNTIL, &[&self.averaged, &self.days, &last]);
        }
        if self.averaged == 1 {
            return Said::new(SINGLE, &[&self.days]);
        }
        Said::new(AVERAGED, &[&self.averaged, &self.days])
    }
}

/// The averages of every `length` days in a row.
fn averages(days: &[Usd], length: usize) -> Vec<Usd> {
    days.windows(length)
        .filter_map(|window| {
            let sum = window.iter().fold(Usd::ZERO, |sum, &day| sum + day);
            sum.shared(u64::try_from(length).ok()?)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::text::Lang;

    /// November 2026 from the first on; today is the day after the last, at this hour, without spend.
    fn spend(cents: &[i64], today: i64, hour: &str) -> DailySpend {
        let days = (1..).zip(cents).map(|(day, &amount)| {
            let day = date(2026, 11, day);
            (day, Usd::from_cents(amount))
        });
        let now = format!("2026-11-{:02}T{hour}:00:00Z", cents.len() + 1);
        DailySpend::new(days, Usd::from_cents(today), now.parse().unwrap())
    }

    #[test]
    fn four_days_are_not_enough_and_five_are() {
        assert_eq!(Pace::of(&spend(&[1; 4], 0, "12"), 7), None);
        let five = Pace::of(&spend(&[100; 5], 0, "00"), 7).unwrap();
        assert_eq!(five.likely, Usd::from_cents(100));
        assert_eq!((five.days, five.averaged), (5, 3));
    }

    #[test]
    fn quiet_weekends_bend_nothing() {
        // From Sunday, 1 November on: five days of $7, two of nothing, in every week $35.
        let days: Vec<i64> = (0..28)
            .map(|day| [0, 700, 700, 700, 700, 700, 0][day % 7])
            .collect();
        let pace = Pace::of(&spend(&days, 0, "00"), 7).unwrap();
        let [slow, likely, fast] = [pace.slow, pace.likely, pace.fast];
        assert_eq!((slow, likely), (likely, Usd::from_cents(500)));
        assert_eq!(fast, likely);
        assert_eq!(pace.heavy_day, Usd::from_cents(700));
    }

    #[test]
    fn one_strange_day_leaves_the_likely_pace_alone() {
        let mut days = [100; 28];
        days[14] = 50_000;
        let pace = Pace::of(&spend(&days, 100, "23"), 7).unwrap();
        assert!(pace.likely < Usd::from_cents(102), "{}", pace.likely);
        assert!(pace.fast > Usd::from_cents(5_000), "{}", pace.fast);
        // Single days like it are rarer than one in ten, but a heavy day is never lighter than a fast one.
        assert_eq!(pace.heavy_day, pace.fast);
    }

    #[test]
    fn the_rest_of_today_costs_what_is_usual() {
        // $1 a day, nothing so far, a quarter of the day gone: today comes to $0.75.
        let pace = Pace::of(&spend(&[100; 9], 0, "06"), 1).unwrap();
        assert_eq!(pace.slow, Usd::from_cents(75));
        assert_eq!(pace.likely, Usd::from_cents(100));
    }

    #[test]
    fn the_method_is_told_in_both_languages() {
        let pace = Pace::of(&spend(&[100; 20], 0, "06"), 7).unwrap();
        assert!(
            pace.method()
                .say(Lang::En)
                .starts_with("median of all 7-day averages of the last 20 days")
        );
        assert!(pace.method().say(Lang::Zh).contains("每连续 7 天"));
        let single = Pace::of(&spend(&[100; 20], 0, "06"), 1).unwrap();
        assert!(
            single
                .method()
                .say(Lang::En)
                .starts_with("median of the last 20 days")
        );
    }
}
