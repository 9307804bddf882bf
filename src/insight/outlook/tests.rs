//! What the figures mean, and what is not said of stale ones.

use jiff::Timestamp;
use jiff::ToSpan;
use jiff::civil::{Date, date};

use super::*;
use crate::domain::figures::{AccountFigures, History, KeyDays, KeyFigures, Known};
use crate::domain::money::Usd;

const NOW: &str = "2026-11-24T12:00:00Z";

fn known<T>(value: T) -> Known<T> {
    let as_of = NOW.parse().unwrap();
    Known { as_of, value }
}

/// A dollar on every day from this one to yesterday.
fn a_dollar_a_day(first: Date, cached_tokens: u64) -> Vec<DayFigures> {
    let days = first.series(1.day());
    let days = days.take_while(|day| *day < date(2026, 11, 24));
    days.map(|date| DayFigures {
        date,
        model: "a/b".into(),
        provider: None,
        requests: 1,
        prompt_tokens: 1000,
        completion_tokens: 10,
        reasoning_tokens: 0,
        cached_tokens,
        cost_usd: Usd::from_cents(100),
        byok_usd: Usd::ZERO,
    })
    .collect()
}

fn outlook(figures: &Figures) -> Outlook {
    outlook_at(figures, NOW)
}

#[test]
fn last_month_is_known_whole_where_the_days_go_back_far_enough() {
    let mut figures = Figures {
        daily: Some(known(a_dollar_a_day(date(2026, 10, 25), 0))),
        ..Figures::default()
    };
    let month = outlook(&figures).month.unwrap();
    assert_eq!((month.last_whole, month.last_by_now), (None, None));
    figures.history = Some(known(History {
        first: date(2026, 8, 26),
        days: a_dollar_a_day(date(2026, 8, 26), 0),
    }));
    figures.today = Some(known(Vec::new()));
    let month = outlook(&figures).month.unwrap();
    assert_eq!(month.last_whole, Some(Usd::from_cents(3_100)));
    assert_eq!(month.last_by_now, Some(Usd::from_cents(2_350)));
    // 23 days, told by two sources, and added up once.
    assert_eq!(month.so_far, Some(Usd::from_cents(2_300)));
}

#[test]
fn what_came_from_a_cache_is_reviewed_by_whoever_tells_it() {
    let mut figures = Figures {
        daily: Some(known(a_dollar_a_day(date(2026, 10, 25), 0))),
        history: Some(known(History {
            first: date(2026, 8, 26),
            days: a_dollar_a_day(date(2026, 8, 26), 400),
        })),
        ..Figures::default()
    };
    let total = |figures: &Figures| outlook(figures).review.unwrap().total;
    assert_eq!(total(&figures).cached_tokens, 30 * 400);
    assert_eq!(total(&figures).cost, Usd::from_cents(3_000));
    // One request on an own provider key: only the activity tells it from the others.
    let daily = &mut figures.daily.as_mut().unwrap().value;
    daily[3].byok_usd = Usd::from_cents(1);
    assert_eq!(total(&figures).cached_tokens, 0);
}
fn outlook_at(figures: &Figures, now: &str) -> Outlook {
    let now: Timestamp = now.parse().unwrap();
    Outlook::of(&Seen::of(figures, &Thresholds::default(), now))
}

/// A key with a limit of $25, of which $10 are left.
fn key(reset: Option<&str>) -> KeyFigures {
    KeyFigures {
        label: "shop".into(),
        limit: Some(Usd::from_cents(2_500)),
        limit_remaining: Some(Usd::from_cents(1_000)),
        limit_reset: reset.map(str::to_owned),
        usage: Usd::from_cents(6_000),
        usage_daily: Usd::from_cents(100),
        usage_weekly: Usd::from_cents(200),
        usage_monthly: Usd::from_cents(2_400),
        byok_usage: Usd::ZERO,
        is_free_tier: false,
        expires_at: None,
        free_requests_used: None,
        free_requests_limit: None,
    }
}

/// An account, learned whole on 24 November.
fn whole() -> Figures {
    Figures {
        account: Some(known(AccountFigures {
            total_credits: Usd::from_cents(9_000),
            total_usage: Usd::from_cents(8_000),
            balance: Usd::from_cents(1_000),
        })),
        daily: Some(known(a_dollar_a_day(date(2026, 10, 25), 0))),
        today: Some(known(Vec::new())),
        key: Some(known(key(None))),
        key_days: Some(known(vec![KeyDays {
            history: None,
            today: None,
            hash: "own".into(),
            days: a_dollar_a_day(date(2026, 10, 25), 0),
        }])),
        ..Figures::default()
    }
}

#[test]
fn days_since_the_figures_were_learned_do_not_count_as_days_without_spend() {
    let figures = whole();
    let fresh = outlook(&figures);
    assert_eq!(fresh.month.unwrap().so_far, Some(Usd::from_cents(2_300)));
    let rate = |outlook: &Outlook| outlook.credits.as_ref().unwrap().pace().unwrap().likely;
    assert_eq!(rate(&fresh), Usd::from_cents(100));
    let stale = outlook_at(&figures, "2026-12-02T12:00:00Z");
    assert_eq!(rate(&stale), Usd::from_cents(100));
    // It ran out on the day it would have run out on the day of the balance, and not a week later.
    let day = |outlook: &Outlook| match outlook.credits {
        Some(Forecast::RunsOut { likely, .. }) => likely,
        _ => panic!("{:?}", outlook.credits),
    };
    assert_eq!(day(&stale), day(&fresh));
    // A day that is past is no forecast.
    assert_eq!(outlook_at(&figures, "2026-12-08T12:00:00Z").credits, None);
    assert_eq!(stale.month, None);
    let span = stale.review.unwrap().span;
    assert_eq!(
        (span.first(), span.last()),
        (date(2026, 10, 25), date(2026, 11, 23))
    );
}

#[test]
fn a_limit_that_began_anew_since_is_not_known() {
    let mut figures = whole();
    let limit = |figures: &Figures, now: &str| {
        let now = now.parse().unwrap();
        let thresholds = Thresholds::default();
        let seen = Seen {
            own_hash: Some("own"),
            ..Seen::of(figures, &thresholds, now)
        };
        Outlook::of(&seen).limit
    };
    figures.key = Some(known(key(Some("weekly"))));
    assert!(limit(&figures, "2026-11-29T23:00:00Z").is_some());
    assert_eq!(limit(&figures, "2026-11-30T00:00:00Z"), None);
}

#[test]
fn an_ordinary_key_has_a_pace_by_its_own_totals() {
    let mut figures = Figures::default();
    let mut key = key(None);
    figures.note_totals(&key, "2026-11-24T12:00:00Z".parse().unwrap());
    figures.key = Some(known(key.clone()));
    // $22 in the 22 days before Monday, $1 on Monday: $1 a day, and $10 are left.
    let told = outlook(&figures).limit.unwrap();
    assert_eq!(told.pace().unwrap().likely, Usd::from_cents(100));
    // What it spent today is far from that.
    let alerts = |figures: &Figures| {
        let alerts = outlook(figures).judgement.alerts;
        alerts.iter().map(|alert| alert.id).collect::<Vec<_>>()
    };
    assert!(!alerts(&figures).contains(&"day-spend"));
    key.usage_daily = Usd::from_cents(2_000);
    figures.key = Some(known(key));
    assert!(alerts(&figures).contains(&"day-spend"));
}

#[test]
fn without_the_accounts_days_the_ledger_is_reviewed_and_named() {
    let figures = Figures {
        key: Some(known(key(None))),
        ..Figures::default()
    };
    let rows = a_dollar_a_day(date(2026, 11, 20), 0);
    let thresholds = Thresholds::default();
    let old = ModelCard {
        id: "a/b".into(),
        expiration_date: Some("2026-11-30".into()),
        ..ModelCard::default()
    };
    let chosen = ModelCard {
        id: "c/d".into(),
        ..old.clone()
    };
    let models = [old, chosen];
    let seen = Seen {
        local: Some(&rows),
        models: Some(&models),
        model: Some("c/d"),
        ..Seen::of(&figures, &thresholds, NOW.parse().unwrap())
    };
    let told = Outlook::of(&seen);
    let review = told.review.unwrap();
    assert_eq!(told.reviewed, Some(Source::Ledger));
    assert_eq!(review.total.cost, Usd::from_cents(400));
    // Four days are no month: those of the week before count as days without a request.
    assert_eq!(review.span.days(), 7);
    let alerts = told.judgement.alerts.iter();
    let retiring: Vec<_> = alerts.filter(|it| it.id == "model-retires").collect();
    assert_eq!(retiring.len(), 2);
}
