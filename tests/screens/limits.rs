//! The wizard's step 6 with a management key: a limit is set on this very key, and nothing before all is known.

use onramp::domain::account::{Change, KeyChange};
use onramp::domain::money::Usd;
use onramp::flow::Effect;
use onramp::keymap::Chord;
use onramp::text::Lang;

use crate::support::gallery::Rehearsal;

fn at_limits() -> Rehearsal {
    let mut stage = Rehearsal::new(Lang::En, false);
    stage.limiting();
    stage.effects.clear();
    stage
}

/// The changes that were asked for.
fn asked(stage: &Rehearsal) -> Vec<KeyChange> {
    let asked = stage.effects.iter().filter_map(|effect| match effect {
        Effect::LimitKey { plan, .. } => Some(plan.change.clone()),
        _ => None,
    });
    asked.collect()
}

/// Takes the choice that is called so.
fn take(stage: &mut Rehearsal, label: &str) {
    stage.keys("up up up up up up");
    let chosen = format!("› {label}");
    let rows = (0..6).find(|_| {
        let is_there = stage.frame(80, 24).contains(&chosen);
        if !is_there {
            stage.keys("down");
        }
        is_there
    });
    assert!(rows.is_some(), "{label}");
    stage.keys("enter");
}

#[test]
fn an_amount_and_a_period_make_one_change_of_this_key() {
    let mut stage = at_limits();
    stage.keys("enter 1 2 . 5 enter");
    assert_eq!(asked(&stage), []);
    stage.keys("down enter");
    let weekly = KeyChange {
        limit: Change::Set(Usd::from_cents(1250)),
        limit_reset: Change::Set("weekly".into()),
        ..KeyChange::default()
    };
    assert_eq!(asked(&stage), [weekly]);
    let mut stage = at_limits();
    stage.keys("enter 5 enter down down down enter");
    let never = KeyChange {
        limit: Change::Set(Usd::from_cents(500)),
        limit_reset: Change::Clear,
        ..KeyChange::default()
    };
    assert_eq!(asked(&stage), [never]);
}

#[test]
fn esc_leaves_step_by_step_and_changes_nothing() {
    let mut stage = at_limits();
    stage.keys("enter 5 enter esc");
    assert!(stage.frame(80, 24).contains("US dollars"));
    stage.keys("esc");
    assert!(stage.frame(80, 24).contains("Set the limit here"));
    // An amount of nothing would refuse every request.
    stage.keys("enter");
    stage.keys("0 enter");
    assert!(stage.frame(80, 24).contains("is no amount above nothing"));
    assert_eq!(asked(&stage), []);
}

#[test]
fn a_budget_of_ones_own_is_set_a_day_and_a_month_and_taken_away_with_nothing() {
    let mut stage = at_limits();
    let kept = |stage: &Rehearsal| {
        let last = stage.effects.iter().rev().find_map(|effect| match effect {
            Effect::KeepBudget(budget) => Some(*budget),
            _ => None,
        });
        last.map(|budget| (budget.day, budget.month))
    };
    take(&mut stage, "Your own budget");
    take(&mut stage, "A day (UTC)");
    stage.keys("x enter");
    assert!(stage.frame(80, 24).contains("x is no amount"));
    assert_eq!(kept(&stage), None);
    stage.press(Chord::ctrl('u')).paste("2.5");
    stage.keys("enter");
    let two = Some(Usd::from_cents(250));
    assert_eq!(kept(&stage), Some((two, None)));
    take(&mut stage, "A month (UTC)");
    stage.keys("2 0 enter");
    assert_eq!(kept(&stage), Some((two, Some(Usd::from_cents(2_000)))));
    take(&mut stage, "A day (UTC)");
    stage.keys("0 enter");
    assert_eq!(kept(&stage), Some((None, Some(Usd::from_cents(2_000)))));
    stage.keys("esc");
    assert!(stage.frame(80, 24).contains("$20.00 a month"));
}
