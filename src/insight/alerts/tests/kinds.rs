//! Every kind of alert: told at its crossing, silent while it lasts, told again after its figure was clearly away and
//! came back.

use super::*;

/// What is known at a look.
#[derive(Clone, Debug, Default)]
struct Look {
    now: Option<&'static str>,
    cents: Option<i64>,
    keys: Vec<KeyFigures>,
    spend: Option<DailySpend>,
    models: Vec<ModelCard>,
}

/// What each look tells, one after the other.
fn told(looks: &[&Look]) -> Vec<Vec<&'static str>> {
    let mut crossings = Crossings::default();
    let look = |look: &&Look| {
        let figures = Figures {
            now: at(look.now.unwrap_or(NOW)),
            balance: look.cents.map(usd),
            keys: Some(&look.keys),
            spend: look.spend.as_ref(),
            models: Some(&look.models),
        };
        let new = crossings.take(&judge(&figures, &Thresholds::default()));
        new.iter().map(|alert| alert.id).collect()
    };
    looks.iter().map(look).collect()
}

/// Away, there, there, away, there: it is told at the second and at the last look alone.
#[track_caller]
fn assert_told_at_each_crossing(id: &'static str, away: &Look, there: &Look) {
    let silent: Vec<&'static str> = Vec::new();
    assert_eq!(
        told(&[away, there, there, away, there, there]),
        [
            silent.clone(),
            vec![id],
            silent.clone(),
            silent.clone(),
            vec![id],
            silent
        ],
        "{id}"
    );
}

fn holding(cents: i64) -> Look {
    Look {
        cents: Some(cents),
        ..Look::default()
    }
}

fn with_key(key: KeyFigures) -> Look {
    Look {
        keys: vec![key],
        ..Look::default()
    }
}

#[test]
fn a_balance() {
    assert_told_at_each_crossing("balance-low", &holding(600), &holding(499));
    assert_told_at_each_crossing("balance-gone", &holding(600), &holding(0));
}

#[test]
fn what_a_limit_leaves_and_how_much_of_it_is_used() {
    let limit = |left| with_key(limited(left, 10_000));
    assert_told_at_each_crossing("limit-low", &limit(9_000), &limit(99));
    assert_told_at_each_crossing("limit-share", &limit(9_000), &limit(2_000));
    assert_told_at_each_crossing("limit-gone", &limit(9_000), &limit(0));
    // A step back across the share's bound is no way away.
    let [away, there, near] = [9_000, 2_000, 2_100].map(limit);
    let silent: Vec<&str> = Vec::new();
    assert_eq!(
        told(&[&away, &there, &near, &there]),
        [silent.clone(), vec!["limit-share"], silent.clone(), silent]
    );
}

#[test]
fn the_spend_of_a_day() {
    let spending = |today| Look {
        spend: Some(spend(
            [200, 150, 250, 200, 150, 250, 200, 150, 250, 200],
            today,
        )),
        ..Look::default()
    };
    // A server that corrects itself takes the day back, and it is spent after all.
    assert_told_at_each_crossing("day-spend", &spending(100), &spending(900));
    // The amount that is least, where days cost nothing.
    let poor = |today| Look {
        spend: Some(spend([0; 10], today)),
        ..Look::default()
    };
    assert_told_at_each_crossing("day-spend", &poor(80), &poor(101));
    // The next dear day is another crossing.
    let tomorrow = Look {
        now: Some("2026-11-11T12:00:00Z"),
        spend: Some(DailySpend::new(
            (1..=10).map(|day| (date(2026, 11, day), usd(200))),
            usd(900),
            at("2026-11-11T12:00:00Z"),
        )),
        ..Look::default()
    };
    assert_eq!(
        told(&[&spending(900), &tomorrow, &tomorrow]),
        [vec!["day-spend"], vec!["day-spend"], Vec::new()]
    );
}

#[test]
fn the_end_of_a_key() {
    let expiring = |when: &str| {
        with_key(KeyFigures {
            id: "k".into(),
            expires_at: Some(at(when)),
            ..KeyFigures::default()
        })
    };
    let far = expiring("2027-11-10T12:00:00Z");
    assert_told_at_each_crossing("key-expires", &far, &expiring("2026-11-12T12:00:00Z"));
    assert_told_at_each_crossing("key-expired", &far, &expiring("2026-11-10T11:00:00Z"));
    // What expires and then has expired is two things to tell.
    let soon = expiring("2026-11-12T12:00:00Z");
    let later = Look {
        now: Some("2026-11-13T12:00:00Z"),
        ..soon.clone()
    };
    assert_eq!(
        told(&[&soon, &later, &later]),
        [vec!["key-expires"], vec!["key-expired"], Vec::new()]
    );
}

#[test]
fn the_age_of_a_key() {
    let made = |when: &str| {
        with_key(KeyFigures {
            id: "k".into(),
            created_at: Some(at(when)),
            ..KeyFigures::default()
        })
    };
    let [young, old] = ["2026-11-01T00:00:00Z", "2026-01-01T00:00:00Z"].map(made);
    assert_told_at_each_crossing("key-old", &young, &old);
}

#[test]
fn the_end_of_a_model() {
    let listed = |day: Option<&str>| Look {
        models: vec![ModelCard {
            id: "a/b".into(),
            expiration_date: day.map(Into::into),
            ..ModelCard::default()
        }],
        ..Look::default()
    };
    assert_told_at_each_crossing("model-retires", &listed(None), &listed(Some("2026-11-20")));
}

#[test]
fn a_bound_that_is_moved_tells_only_what_it_changes() {
    let mut crossings = Crossings::default();
    let mut told = |bound: i64, cents: i64| {
        let thresholds = Thresholds {
            balance: Some(usd(bound)),
            ..Thresholds::default()
        };
        let new = crossings.take(&judge(&with_balance(cents), &thresholds));
        new.iter().map(|alert| alert.id).collect::<Vec<_>>()
    };
    assert_eq!(told(2_000, 400), ["balance-low"]);
    // Below before and after.
    assert_eq!(told(500, 400), [""; 0]);
    assert_eq!(told(1_000, 400), [""; 0]);
    // It is not low by this one, and by the next it is again.
    assert_eq!(told(200, 400), [""; 0]);
    assert_eq!(told(500, 400), ["balance-low"]);
}
