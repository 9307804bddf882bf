//! Each crossing is told once.

use proptest::prelude::*;

use super::*;

/// What is told of a balance that changes.
fn told(crossings: &mut Crossings, cents: i64) -> Vec<&'static str> {
    let judgement = judge(&with_balance(cents), &Thresholds::default());
    let new = crossings.take(&judgement);
    new.iter().map(|alert| alert.id).collect()
}

#[test]
fn a_crossing_is_told_once_and_again_only_after_a_clear_return() {
    let mut crossings = Crossings::default();
    assert_eq!(told(&mut crossings, 600), [""; 0]);
    assert_eq!(told(&mut crossings, 499), ["balance-low"]);
    assert_eq!(told(&mut crossings, 480), [""; 0]);
    // A tenth above the bound is $5.50: below it, nothing has changed.
    assert_eq!(told(&mut crossings, 549), [""; 0]);
    assert_eq!(told(&mut crossings, 499), [""; 0]);
    assert_eq!(told(&mut crossings, 550), [""; 0]);
    assert_eq!(told(&mut crossings, 499), ["balance-low"]);
}

#[test]
fn what_gets_worse_is_told_and_what_gets_better_is_not() {
    let mut crossings = Crossings::default();
    assert_eq!(told(&mut crossings, 100), ["balance-low"]);
    assert_eq!(told(&mut crossings, -1), ["balance-gone"]);
    assert_eq!(told(&mut crossings, 5), [""; 0]);
    assert_eq!(told(&mut crossings, -1), [""; 0]);
    assert_eq!(told(&mut crossings, 50), [""; 0]);
    assert_eq!(told(&mut crossings, -1), ["balance-gone"]);
}

#[test]
fn a_figure_that_is_not_known_for_a_while_changes_nothing() {
    let mut crossings = Crossings::default();
    assert_eq!(told(&mut crossings, 100), ["balance-low"]);
    let offline = judge(&figures(), &Thresholds::default());
    assert_eq!(crossings.take(&offline), []);
    assert_eq!(told(&mut crossings, 100), [""; 0]);
}

#[test]
fn two_keys_are_two_crossings() {
    let mut crossings = Crossings::default();
    let mut look = |keys: &[KeyFigures]| {
        let figures = Figures {
            keys: Some(keys),
            ..figures()
        };
        let new = crossings.take(&judge(&figures, &Thresholds::default()));
        let subjects = new.into_iter().map(|alert| alert.subject.unwrap());
        subjects.collect::<Vec<_>>()
    };
    let other = KeyFigures {
        id: "other".into(),
        ..limited(10, 1_000)
    };
    assert_eq!(look(&[limited(10, 1_000)]), ["k"]);
    assert_eq!(look(&[limited(10, 1_000), other.clone()]), ["other"]);
    assert_eq!(look(&[limited(10, 1_000), other]), [""; 0]);
    // It begins anew, and is used up once more.
    assert_eq!(look(&[limited(1_000, 1_000)]), [""; 0]);
    assert_eq!(look(&[limited(0, 1_000)]), ["k"]);
}

#[test]
fn a_dear_day_is_told_once_though_it_becomes_yesterday() {
    let mut crossings = Crossings::default();
    let mut look = |spend: &DailySpend| {
        let figures = Figures {
            spend: Some(spend),
            ..figures()
        };
        let judgement = judge(&figures, &Thresholds::default());
        crossings.take(&judgement).len()
    };
    let today = spend([100; 10], 5_000);
    assert_eq!(look(&today), 1);
    assert_eq!(look(&today.clone().with_today(usd(6_000))), 0);
    let mut days: Vec<(Date, Usd)> = (1..=10)
        .map(|day| (date(2026, 11, day), usd(100)))
        .collect();
    days[9].1 = usd(6_000);
    let tomorrow = DailySpend::new(days, usd(0), at("2026-11-11T09:00:00Z"));
    assert_eq!(look(&tomorrow), 0);
}

#[test]
fn it_is_kept_between_two_runs() {
    let mut crossings = Crossings::default();
    told(&mut crossings, 100);
    let json = serde_json::to_string(&crossings).unwrap();
    assert_eq!(json, r#"[{"id":"balance-low"}]"#);
    let mut again: Crossings = serde_json::from_str(&json).unwrap();
    assert_eq!(told(&mut again, 100), [""; 0]);
    // A rule that a later version dropped is forgotten.
    let mut old: Crossings = serde_json::from_str(r#"[{"id":"gone","subject":"x"}]"#).unwrap();
    told(&mut old, 100);
    assert_eq!(
        old.active().map(Crossing::id).collect::<Vec<_>>(),
        ["balance-low"]
    );
}

proptest! {
    #[test]
    fn a_balance_that_trembles_at_the_bound_is_told_once(
        cents in proptest::collection::vec(460_i64..550, 1..60),
    ) {
        let mut crossings = Crossings::default();
        let times: usize = cents.iter().map(|&cents| told(&mut crossings, cents).len()).sum();
        let ever = cents.iter().any(|&cents| cents < 500);
        prop_assert_eq!(times, usize::from(ever));
    }

    #[test]
    fn what_is_told_holds_and_the_same_look_tells_nothing_more(
        cents in proptest::collection::vec(-100_i64..1_000, 1..40),
    ) {
        let mut crossings = Crossings::default();
        for cents in cents {
            for id in told(&mut crossings, cents) {
                prop_assert!(ids(&with_balance(cents)).contains(&id));
            }
            prop_assert!(told(&mut crossings, cents).is_empty());
        }
    }
}
