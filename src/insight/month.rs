//! This month against the last one, and what it comes to. Months are UTC.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::daily::DailySpend;
use super::pace::Pace;
use crate::domain::money::Usd;
use crate::text::{Phrase, Said};

/// Two months of spend, USD.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Month {
    /// From the first of the month to now; `None` where not all of it is known.
    pub so_far: Option<Usd>,
    /// Last month from its first to the same day and hour (its last day, where it is shorter); `None`
    /// where not all of it is known.
    pub last_by_now: Option<Usd>,
    /// Last month whole; `None` where not all of it is known.
    pub last_whole: Option<Usd>,
    /// What this month comes to; `None` without enough days to tell.
    pub projection: Option<Projection>,
}

/// What a month comes to if the rest of it goes at the pace of the last days, USD.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Projection {
    /// At the slow pace.
    pub low: Usd,
    /// At the likely pace.
    pub likely: Usd,
    /// At the fast pace.
    pub high: Usd,
    /// The pace.
    pub pace: Pace,
}

/// Compares the months. `said` is the server's own figure for the running month, which is taken before
/// the sum of the days: `GET /key`, `usage_monthly`.
pub fn month(spend: &DailySpend, said: Option<Usd>) -> Month {
    let today = spend.today();
    let so_far = said.or_else(|| {
        let completed = match today.yesterday() {
            Ok(yesterday) => spend.sum(today.first_of_month(), yesterday)?,
            Err(_) => Usd::ZERO,
        };
        Some(completed + spend.spent_today()?)
    });
    let last = today.first_of_month().yesterday().ok();
    Month {
        so_far,
        last_by_now: last.and_then(|last| by_now(spend, last)),
        last_whole: last.and_then(|last| spend.sum(last.first_of_month(), last)),
        projection: so_far.and_then(|so_far| project(spend, so_far)),
    }
}

/// What the month that ended on `last` had cost by the same day and hour. The hour is a share of the
/// day's spend: when on that day it was spent is not known.
fn by_now(spend: &DailySpend, last: Date) -> Option<Usd> {
    let (day, share) = if spend.today().day() > last.day() {
        (last, Decimal::ONE)
    } else {
        let day = last.with().day(spend.today().day()).build().ok()?;
        (day, spend.share_of_today())
    };
    let before = if day.day() == 1 {
        Usd::ZERO
    } else {
        spend.sum(day.first_of_month(), day.yesterday().ok()?)?
    };
    Some(before + spend.on(day)? * share)
}

fn project(spend: &DailySpend, so_far: Usd) -> Option<Projection> {
    let pace = Pace::of(spend, 7)?;
    let today = spend.today();
    let whole_days = i64::from(today.days_in_month() - today.day());
    let days = Decimal::from(whole_days) + (Decimal::ONE - spend.share_of_today());
    Some(Projection {
        low: so_far + pace.slow * days,
        likely: so_far + pace.likely * days,
        high: so_far + pace.fast * days,
        pace,
    })
}

impl Month {
    /// The comparison in sentences, of what is known; `None` where nothing is.
    pub fn say(&self) -> Option<Said> {
        const SO_FAR: Phrase = Phrase::new("{} so far this month.", "本月至今 {}。");
        const BY_NOW: Phrase = Phrase::new(
            "By the same day and hour last month it was about {}, that day's cost spread evenly over its hours.",
            "上月到同日同一时刻约为 {}（当天的花费按小时平均计）。",
        );
        const WHOLE: Phrase = Phrase::new("Last month came to {}.", "上月共 {}。");
        const PROJECTED: Phrase = Phrase::new(
            "At this pace the month comes to about {}, between {} and {}.",
            "按目前的速度，本月大约 {}，在 {} 到 {} 之间。",
        );
        const ALIKE: Phrase = Phrase::new(
            "At this pace the month comes to about {}; the last weeks cost alike.",
            "按目前的速度，本月大约 {}；最近几周的花费相近。",
        );
        let one = |phrase, amount: Option<Usd>| amount.map(|amount| Said::new(phrase, &[&amount]));
        let projected = self.projection.map(|projection| {
            let Projection {
                low, likely, high, ..
            } = projection;
            if low == high {
                return Said::new(ALIKE, &[&likely]);
            }
            Said::new(PROJECTED, &[&likely, &low, &high])
        });
        [
            one(SO_FAR, self.so_far),
            one(BY_NOW, self.last_by_now),
            one(WHOLE, self.last_whole),
            projected,
        ]
        .into_iter()
        .flatten()
        .reduce(Said::then)
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::text::Lang;

    fn usd(cents: i64) -> Usd {
        Usd::from_cents(cents)
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    /// A dollar on every day from `first` to before `now`.
    fn a_dollar_a_day(first: Date, now: Timestamp, today: i64) -> DailySpend {
        let days = first.series(jiff::Span::new().days(1)).take(100);
        DailySpend::new(days.map(|day| (day, usd(100))), usd(today), now)
    }

    #[test]
    fn months_are_compared_to_the_same_hour() {
        let now = at("2026-11-10T06:00:00Z");
        let told = month(&a_dollar_a_day(date(2026, 10, 1), now, 40), None);
        // Nine days and $0.40; nine days and a quarter; October's 31; 20 days and three quarters to go.
        assert_eq!(told.so_far, Some(usd(940)));
        assert_eq!(told.last_by_now, Some(usd(925)));
        assert_eq!(told.last_whole, Some(usd(3_100)));
        assert_eq!(told.projection.unwrap().likely, usd(940 + 2_075));
        assert_eq!(
            told.say().unwrap().say(Lang::En),
            "$9.40 so far this month. By the same day and hour last month it was about $9.25, that day's \
             cost spread evenly over its hours. Last month came to $31.00. At this pace the month comes to \
             about $30.15; the last weeks cost alike."
        );
    }

    #[test]
    fn a_shorter_last_month_is_compared_whole() {
        let now = at("2026-03-30T12:00:00Z");
        let told = month(&a_dollar_a_day(date(2026, 1, 20), now, 0), None);
        assert_eq!(told.last_by_now, Some(usd(2_800)));
        assert_eq!(told.last_whole, Some(usd(2_800)));
    }

    #[test]
    fn the_first_of_a_month_is_compared_with_the_first() {
        let now = at("2026-11-01T12:00:00Z");
        let told = month(&a_dollar_a_day(date(2026, 10, 1), now, 70), None);
        assert_eq!(told.so_far, Some(usd(70)));
        assert_eq!(told.last_by_now, Some(usd(50)));
    }

    #[test]
    fn what_is_not_known_whole_is_not_told() {
        let now = at("2026-11-10T06:00:00Z");
        let spend = a_dollar_a_day(date(2026, 11, 8), now, 40);
        let told = month(&spend, None);
        assert_eq!((told.so_far, told.last_by_now), (None, None));
        assert_eq!((told.last_whole, told.projection), (None, None));
        assert_eq!(told.say(), None);
        assert_eq!(month(&spend, Some(usd(77))).so_far, Some(usd(77)));
    }

    proptest! {
        #[test]
        fn no_month_makes_it_panic(
            seconds in i64::from(i32::MIN) * 170..253_402_200_000_i64,
            back in proptest::collection::vec((0_i64..90, 0_i64..1_000), 0..90),
        ) {
            let now = Timestamp::from_second(seconds).unwrap();
            let today = super::super::daily::day_of(now);
            let days = back.iter().filter_map(|&(back, cents)| {
                Some((today.checked_sub(jiff::Span::new().days(back)).ok()?, usd(cents)))
            });
            let told = month(&DailySpend::new(days, usd(5), now), None);
            if let Some(Projection { low, likely, high, .. }) = told.projection {
                prop_assert!(told.so_far.unwrap() <= low && low <= likely && likely <= high);
            }
        }
    }
}
