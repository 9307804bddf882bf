//! Days reckoned by hand, and what holds whatever comes in.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::text::Lang;

fn usd(cents: i64) -> Usd {
    Usd::from_cents(cents)
}

/// So many cents on each of the days before 10 November 2026 (a Tuesday), noon.
fn spend(cents: &[i64], today: i64) -> DailySpend {
    let now = "2026-11-10T12:00:00Z".parse().unwrap();
    let mut day = date(2026, 11, 10);
    let days: Vec<(Date, Usd)> = cents
        .iter()
        .rev()
        .map(|&amount| {
            day = day.yesterday().unwrap();
            (day, usd(amount))
        })
        .collect();
    DailySpend::new(days, usd(today), now)
}

fn credits(cents: i64) -> Purse {
    Purse::Credits { left: usd(cents) }
}

fn limit(left: i64, whole: i64, reset: Reset) -> Purse {
    Purse::Limit {
        left: usd(left),
        whole: usd(whole),
        reset,
    }
}

#[test]
fn a_dollar_a_day_uses_up_ten_dollars_in_ten_days() {
    let told = forecast(credits(1_000), &spend(&[100; 30], 50));
    let Forecast::RunsOut {
        earliest,
        likely,
        latest,
        pace,
    } = told
    else {
        panic!("{told:?}");
    };
    assert_eq!(pace.likely, usd(100));
    assert_eq!(
        (earliest, likely, latest),
        (
            date(2026, 11, 20),
            date(2026, 11, 20),
            Some(date(2026, 11, 20))
        )
    );
    assert_eq!(
        told.say().say(Lang::En),
        "At about $1.00 a day it is used up around 2026-11-20."
    );
}

#[test]
fn a_changing_pace_gives_an_interval() {
    // Fourteen days of $1, fourteen of $3, noon of a day of $3.
    let days: Vec<i64> = [[100; 14], [300; 14]].concat();
    let told = forecast(credits(3_000), &spend(&days, 150));
    let Forecast::RunsOut {
        earliest,
        likely,
        latest,
        pace,
    } = told
    else {
        panic!("{told:?}");
    };
    assert_eq!((pace.slow, pace.fast), (usd(100), usd(300)));
    assert_eq!(earliest, date(2026, 11, 20));
    assert!(earliest < likely && likely < latest.unwrap());
    assert_eq!(latest, Some(date(2026, 12, 10)));
}

#[test]
fn four_days_are_told_to_be_too_few() {
    let told = forecast(credits(1_000), &spend(&[100; 4], 50));
    assert_eq!(
        told,
        Forecast::NotEnoughDays {
            known: 4,
            needed: 5
        }
    );
    assert_eq!(
        told.say().say(Lang::Zh),
        "天数还不够，无法预测：已有 4 天，需要 5 天。"
    );
}

#[test]
fn without_spend_it_lasts() {
    let told = forecast(credits(1_000), &spend(&[0; 30], 0));
    assert!(matches!(
        told,
        Forecast::Lasts {
            earliest: None,
            resets: None,
            ..
        }
    ));
    assert_eq!(
        told.say().say(Lang::En),
        "Not at this pace: hardly anything is spent."
    );
}

#[test]
fn what_is_gone_is_gone_even_before_there_are_days() {
    let none = spend(&[], 0);
    assert_eq!(forecast(credits(-5), &none), Forecast::Gone { back: None });
    assert_eq!(
        forecast(limit(0, 500, Reset::Weekly), &none),
        Forecast::Gone {
            back: Some(date(2026, 11, 16))
        }
    );
}

#[test]
fn a_limit_that_begins_anew_before_it_is_used_up_never_runs_out() {
    // $1 a day; $40 a month are more than any month needs, and $8 a week more than any week.
    for purse in [
        limit(2_500, 4_000, Reset::Monthly),
        limit(650, 800, Reset::Weekly),
        limit(160, 200, Reset::Daily),
    ] {
        let told = forecast(purse, &spend(&[100; 30], 50));
        let Forecast::Lasts {
            earliest: None,
            resets: Some(_),
            ..
        } = told
        else {
            panic!("{purse:?}: {told:?}");
        };
    }
}

#[test]
fn a_limit_too_small_for_its_period_runs_out_in_the_next_one() {
    // $1 a day: $22 last until the 1st of December, and the next $15 until its 16th.
    let told = forecast(limit(2_200, 1_500, Reset::Monthly), &spend(&[100; 30], 50));
    let Forecast::RunsOut { likely, .. } = told else {
        panic!("{told:?}");
    };
    assert_eq!(likely, date(2026, 12, 16));
}

#[test]
fn a_daily_limit_meets_single_heavy_days() {
    // Every fifth day costs $9, the others $1: on average $2.60, far below $5 a day.
    let days: Vec<i64> = (0..30)
        .map(|day| if day % 5 == 0 { 900 } else { 100 })
        .collect();
    let told = forecast(limit(450, 500, Reset::Daily), &spend(&days, 50));
    let Forecast::Lasts {
        earliest: Some(earliest),
        ..
    } = told
    else {
        panic!("{told:?}");
    };
    assert_eq!(earliest, date(2026, 11, 10));
}

#[test]
fn no_day_is_named_for_a_limit_that_begins_anew_at_unknown_times() {
    let told = forecast(limit(450, 500, Reset::Unknown), &spend(&[100; 30], 50));
    assert_eq!(told, Forecast::UnknownReset);
}

/// Its days in order, those that never come last.
fn days(told: Forecast) -> Option<[Date; 3]> {
    let end = |day: Option<Date>| day.unwrap_or(Date::MAX);
    match told {
        Forecast::RunsOut {
            earliest,
            likely,
            latest,
            ..
        } => Some([earliest, likely, end(latest)]),
        Forecast::Lasts { earliest, .. } => Some([end(earliest), Date::MAX, Date::MAX]),
        _ => None,
    }
}

fn any_reset() -> impl Strategy<Value = Reset> {
    prop_oneof![
        Just(Reset::Never),
        Just(Reset::Daily),
        Just(Reset::Weekly),
        Just(Reset::Monthly)
    ]
}

fn any_purse() -> impl Strategy<Value = Purse> {
    prop_oneof![
        (1_i64..100_000).prop_map(credits),
        (1_i64..10_000, 1_i64..10_000, any_reset())
            .prop_map(|(left, whole, reset)| limit(left, whole, reset)),
    ]
}

proptest! {
    #[test]
    fn the_likely_day_lies_in_the_interval(
        purse in any_purse(),
        cents in proptest::collection::vec(0_i64..1_000, 5..40),
        today in 0_i64..2_000,
    ) {
        let [earliest, likely, latest] = days(forecast(purse, &spend(&cents, today))).unwrap();
        prop_assert!(earliest <= likely && likely <= latest);
        prop_assert!(earliest >= date(2026, 11, 10));
    }

    #[test]
    fn more_spend_never_gives_a_later_day(
        purse in any_purse(),
        cents in proptest::collection::vec(0_i64..1_000, 5..40),
        more in proptest::collection::vec(0_i64..500, 40),
        today in 0_i64..2_000,
        more_today in 0_i64..2_000,
    ) {
        let before = days(forecast(purse, &spend(&cents, today))).unwrap();
        let dearer: Vec<i64> = cents.iter().zip(&more).map(|(cents, more)| cents + more).collect();
        let after = days(forecast(purse, &spend(&dearer, today + more_today))).unwrap();
        for (before, after) in before.iter().zip(&after) {
            prop_assert!(after <= before, "{after} after {before}");
        }
    }

    #[test]
    fn no_input_makes_it_panic(
        seconds in i64::from(i32::MIN) * 170..253_402_200_000_i64,
        amounts in proptest::collection::vec((any::<i64>(), -30_000_i64..10), 0..40),
        left in any::<i64>(),
        whole in any::<i64>(),
        scale in 0_u32..28,
        reset in any_reset(),
    ) {
        let now = Timestamp::from_second(seconds).unwrap();
        let today = day_of(now);
        let any_amount = |units: i64| usd(100) * Decimal::from_i128_with_scale(i128::from(units) << 20, scale);
        let completed: Vec<(Date, Usd)> = amounts
            .iter()
            .filter_map(|&(units, back)| {
                let day = today.checked_add(jiff::Span::new().days(back)).ok()?;
                Some((day, any_amount(units)))
            })
            .collect();
        let spend = DailySpend::new(completed, any_amount(whole), now);
        for purse in [
            Purse::Credits { left: any_amount(left) },
            Purse::Limit { left: any_amount(left), whole: any_amount(whole), reset },
        ] {
            let told = forecast(purse, &spend);
            prop_assert!(!told.say().say(Lang::En).is_empty());
        }
    }
}
