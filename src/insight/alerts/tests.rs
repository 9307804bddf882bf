//! Each rule on both sides of its bound; the sentences; the machine that tells once is in `once`.

use jiff::civil::{Date, date};

use super::*;
use crate::text::Lang;

mod kinds;
mod once;

fn usd(cents: i64) -> Usd {
    Usd::from_cents(cents)
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

const NOW: &str = "2026-11-10T12:00:00Z";

/// Nothing is known at noon of 10 November 2026.
fn figures() -> Figures<'static> {
    Figures {
        now: at(NOW),
        balance: None,
        keys: None,
        spend: None,
        models: None,
    }
}

fn ids(figures: &Figures<'_>) -> Vec<&'static str> {
    let told = judge(figures, &Thresholds::default()).alerts;
    told.iter().map(|alert| alert.id).collect()
}

fn with_balance(cents: i64) -> Figures<'static> {
    Figures {
        balance: Some(usd(cents)),
        ..figures()
    }
}

fn of_key(key: &KeyFigures) -> Vec<&'static str> {
    ids(&Figures {
        keys: Some(std::slice::from_ref(key)),
        ..figures()
    })
}

fn limited(left: i64, whole: i64) -> KeyFigures {
    KeyFigures {
        id: "k".into(),
        name: "laptop".into(),
        limit: Some(usd(whole)),
        limit_remaining: Some(usd(left)),
        ..KeyFigures::default()
    }
}

#[test]
fn a_balance_is_low_below_five_dollars_and_gone_at_nothing() {
    assert_eq!(ids(&with_balance(500)), [""; 0]);
    assert_eq!(ids(&with_balance(499)), ["balance-low"]);
    assert_eq!(ids(&with_balance(1)), ["balance-low"]);
    assert_eq!(ids(&with_balance(0)), ["balance-gone"]);
    let told = judge(&with_balance(499), &Thresholds::default()).alerts;
    assert_eq!(
        told[0].message.say(Lang::En),
        "The balance is $4.99, below $5.00."
    );
    assert_eq!(told[0].message.say(Lang::Zh), "余额是 $4.99，低于 $5.00。");
}

#[test]
fn a_limit_is_low_below_a_dollar_or_from_four_fifths_on() {
    assert_eq!(of_key(&limited(201, 1_000)), [""; 0]);
    assert_eq!(of_key(&limited(200, 1_000)), ["limit-share"]);
    assert_eq!(of_key(&limited(100, 1_000)), ["limit-share"]);
    assert_eq!(of_key(&limited(99, 1_000)), ["limit-low"]);
    assert_eq!(of_key(&limited(0, 1_000)), ["limit-gone"]);
    assert_eq!(of_key(&limited(-3, 1_000)), ["limit-gone"]);
}

#[test]
fn a_small_limit_is_judged_by_its_share_alone() {
    assert_eq!(of_key(&limited(50, 50)), [""; 0]);
    assert_eq!(of_key(&limited(10, 50)), ["limit-share"]);
    assert_eq!(of_key(&limited(0, 0)), ["limit-gone"]);
    // Unless the amount was named for this very look.
    let named = Thresholds {
        limit_left: Some(usd(3_000)),
        judges_small_limits: true,
        ..Thresholds::default()
    };
    let key = limited(2_493, 2_500);
    let seen = Figures {
        keys: Some(std::slice::from_ref(&key)),
        ..figures()
    };
    assert_eq!(judge(&seen, &named).alerts[0].id, "limit-low");
    let without = KeyFigures {
        limit: None,
        limit_remaining: None,
        ..limited(0, 0)
    };
    assert_eq!(of_key(&without), [""; 0]);
}

#[test]
fn a_key_expires_from_seven_days_before_on() {
    let expires = |text: &str| {
        of_key(&KeyFigures {
            expires_at: Some(at(text)),
            ..KeyFigures::default()
        })
    };
    assert_eq!(expires("2026-11-18T00:00:00Z"), [""; 0]);
    assert_eq!(expires("2026-11-17T23:00:00Z"), ["key-expires"]);
    assert_eq!(expires("2026-11-10T12:00:01Z"), ["key-expires"]);
    assert_eq!(expires("2026-11-10T12:00:00Z"), ["key-expired"]);
}

#[test]
fn a_key_is_old_after_180_days() {
    let made = |text: &str| {
        of_key(&KeyFigures {
            created_at: Some(at(text)),
            ..KeyFigures::default()
        })
    };
    assert_eq!(made("2026-05-14T12:00:00Z"), [""; 0]);
    assert_eq!(made("2026-05-13T12:00:00Z"), ["key-old"]);
}

/// Ten days before NOW with these cents in turn, and today.
fn spend(cents: [i64; 10], today: i64) -> DailySpend {
    let days = (0..).zip(cents).map(|(back, cents)| {
        let day = date(2026, 10, 31);
        (
            day.checked_add(jiff::Span::new().days(back)).unwrap(),
            usd(cents),
        )
    });
    DailySpend::new(days, usd(today), at(NOW))
}

fn of_spend(spend: &DailySpend) -> Vec<Alert> {
    let figures = Figures {
        spend: Some(spend),
        ..figures()
    };
    judge(&figures, &Thresholds::default()).alerts
}

#[test]
fn a_day_is_unusual_above_the_median_and_six_distances() {
    // Median $2.00, MAD $0.50: six distances above are $5.00.
    let days = [150, 250, 200, 150, 250, 200, 150, 250, 200, 200];
    assert_eq!(of_spend(&spend(days, 500)), []);
    let told = of_spend(&spend(days, 501));
    assert_eq!(told[0].id, "day-spend");
    assert_eq!(told[0].subject.as_deref(), Some("2026-11-10"));
    assert_eq!(
        told[0].message.say(Lang::En),
        "Today has cost $5.01 so far; a usual day costs about $2.00."
    );
}

#[test]
fn where_every_day_is_the_same_twice_as_much_is_unusual() {
    assert_eq!(of_spend(&spend([300; 10], 600)), []);
    assert_eq!(of_spend(&spend([300; 10], 601)).len(), 1);
}

#[test]
fn cents_are_never_unusual() {
    assert_eq!(of_spend(&spend([0; 10], 100)), []);
    assert_eq!(of_spend(&spend([0; 10], 101)).len(), 1);
}

#[test]
fn yesterday_is_judged_by_the_days_before_it() {
    let mut days = [100; 10];
    days[9] = 5_000;
    let told = of_spend(&spend(days, 100));
    assert_eq!(
        told[0].message.say(Lang::En),
        "2026-11-09 cost $50.00; a usual day costs about $1.00."
    );
    // The day before yesterday is past.
    days.swap(8, 9);
    assert_eq!(of_spend(&spend(days, 100)), []);
}

#[test]
fn six_days_make_no_habit() {
    let days = |from: Date| {
        let days = from.series(jiff::Span::new().days(1)).take(20);
        DailySpend::new(days.map(|day| (day, usd(100))), usd(9_000), at(NOW))
    };
    assert_eq!(of_spend(&days(date(2026, 11, 4))), []);
    assert_eq!(of_spend(&days(date(2026, 11, 3))).len(), 1);
}

#[test]
fn a_model_retires_from_thirty_days_before_on() {
    let retires = |text: &str| {
        let model = ModelCard {
            id: "a/b".into(),
            expiration_date: Some(text.into()),
            ..ModelCard::default()
        };
        let figures = Figures {
            models: Some(std::slice::from_ref(&model)),
            ..figures()
        };
        let told = judge(&figures, &Thresholds::default()).alerts;
        told.first().map(|alert| alert.message.say(Lang::En))
    };
    assert_eq!(retires("2026-12-11"), None);
    assert_eq!(
        retires("2026-12-10T00:00:00Z").unwrap(),
        "The model a/b retires on 2026-12-10."
    );
    assert_eq!(
        retires("2026-11-09").unwrap(),
        "The model a/b was to retire on 2026-11-09."
    );
    assert_eq!(
        retires("next spring").unwrap(),
        "The model a/b is planned to retire: next spring."
    );
    let stays = [ModelCard::default()];
    let figures = Figures {
        models: Some(&stays),
        ..figures()
    };
    assert_eq!(ids(&figures), [""; 0]);
}

#[test]
fn a_rule_that_is_switched_off_says_nothing() {
    let off = Thresholds {
        balance: None,
        limit_left: None,
        judges_small_limits: false,
        limit_share: None,
        day_spend: None,
        day_spend_distance: 0,
        expiry_days: None,
        key_age_days: None,
        retirement_days: None,
    };
    let spend = spend([0; 10], 9_000);
    let keys = [KeyFigures {
        created_at: Some(at("2020-01-01T00:00:00Z")),
        expires_at: Some(at("2021-01-01T00:00:00Z")),
        ..limited(0, 100)
    }];
    let models = [ModelCard {
        expiration_date: Some("2026-11-11".into()),
        ..ModelCard::default()
    }];
    let figures = Figures {
        balance: Some(usd(-1)),
        keys: Some(&keys),
        spend: Some(&spend),
        models: Some(&models),
        ..figures()
    };
    assert_eq!(judge(&figures, &off).alerts, []);
    let on = ids(&figures);
    assert_eq!(
        on,
        [
            "balance-gone",
            "limit-gone",
            "key-expired",
            "day-spend",
            "model-retires",
            "key-old"
        ]
    );
}

#[test]
fn every_alert_belongs_to_a_rule_and_covers_one_of_the_same_rule() {
    for (greater, lesser) in COVERS {
        let rule = RULES.iter().find(|rule| rule.ids.contains(greater));
        assert!(rule.unwrap().ids.contains(lesser), "{greater}");
    }
}
