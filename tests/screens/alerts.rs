//! The wizard's page of alerts: bounds set with a few keys, kept at once, and nothing lost to a slip.

use onramp::domain::money::Usd;
use onramp::domain::notify::NotifyBy;
use onramp::flow::Effect;
use onramp::insight::alerts::{AlertSettings, Thresholds};
use onramp::text::Lang;

use crate::support::gallery::Rehearsal;

/// The page, open.
fn opened() -> Rehearsal {
    let mut stage = Rehearsal::new(Lang::En, false);
    stage.setting_alerts();
    stage.effects.clear();
    stage
}

/// What was to be kept, one after the other.
fn kept(stage: &Rehearsal) -> Vec<AlertSettings> {
    let kept = stage.effects.iter().filter_map(|effect| match effect {
        Effect::KeepAlerts(settings) => Some(*settings),
        _ => None,
    });
    kept.collect()
}

fn with(thresholds: Thresholds) -> AlertSettings {
    AlertSettings {
        thresholds,
        ..AlertSettings::default()
    }
}

#[test]
fn a_bound_is_kept_as_soon_as_it_is_entered() {
    let mut stage = opened();
    stage.keys("down enter 7 . 5 enter");
    let balance = Thresholds {
        balance: Some(Usd::from_cents(750)),
        ..Thresholds::default()
    };
    assert_eq!(kept(&stage), [with(balance)]);
    // The row is still chosen: the next ones are a step away.
    stage.keys("down enter 9 0 % enter down enter 0 enter");
    let all = Thresholds {
        limit_share: Some(90),
        day_spend: None,
        ..balance
    };
    assert_eq!(kept(&stage).last(), Some(&with(all)));
    let frame = stage.frame(80, 24);
    for row in [
        "The balance is low      below $7.50",
        "A limit is nearly used  from 90 % on",
        "An unusually dear day   off",
    ] {
        assert!(frame.contains(row), "{row}: {frame}");
    }
    // Enter where nothing is to be changed leads on.
    stage.keys("up up up enter");
    assert!(
        stage
            .frame(80, 24)
            .contains("below $7.50 · 90 % of a limit")
    );
}

#[test]
fn what_is_no_amount_is_said_and_stays_to_be_mended() {
    for (row, typed, said) in [
        ("down", "5,5", "! 5,5 is no amount"),
        ("down", "- 1", "! -1 is no amount"),
        ("down down", "101", "! 101 is no share"),
        ("down down", "8.5", "! 8.5 is no share"),
        ("down down down", "lots", "! lots is no amount"),
    ] {
        let mut stage = opened();
        stage.keys(row).keys("enter");
        for typed in typed.chars().filter(|typed| *typed != ' ') {
            stage.keys(&typed.to_string());
        }
        stage.keys("enter");
        let frame = stage.frame(80, 24);
        assert!(frame.contains(said), "{frame}");
        assert!(frame.contains(&format!("> {}", typed.replace(' ', ""))));
        assert_eq!(kept(&stage), []);
        // The next key begins to mend it, Esc leaves all as it was.
        stage.keys("1");
        assert!(!stage.frame(80, 24).contains(said));
        stage.keys("esc");
        assert!(stage.frame(80, 24).contains("below $5.00"));
        stage.keys("esc");
        assert!(stage.frame(80, 24).contains("› Open this key's page"));
        assert_eq!(kept(&stage), []);
    }
}

#[test]
fn a_paste_is_the_whole_bound() {
    let mut stage = opened();
    stage.keys("down enter 5 , 5 enter").paste(" $12 \n");
    stage.keys("enter");
    let balance = kept(&stage).last().and_then(|it| it.thresholds.balance);
    assert_eq!(balance, Some(Usd::from_cents(1_200)));
}

#[test]
fn each_way_of_calling_is_tried_when_it_is_chosen() {
    let mut stage = opened();
    stage.keys("down down down down");
    for way in [
        NotifyBy::Bell,
        NotifyBy::Osc9,
        NotifyBy::Osc777,
        NotifyBy::Off,
    ] {
        stage.keys("enter");
        assert_eq!(kept(&stage).last().map(|it| it.notify), Some(way));
        let tried = stage.effects.iter().rev().find_map(|effect| match effect {
            Effect::Notify { by, words } => Some((*by, words.to_string())),
            _ => None,
        });
        let words = "this is how an alert will be told".to_owned();
        assert_eq!(tried, Some((way, words)));
    }
}

#[test]
fn all_are_switched_off_and_on_at_once() {
    let mut stage = opened();
    stage.keys("down down down down down enter");
    assert_eq!(kept(&stage), [with(Thresholds::OFF)]);
    assert!(!stage.frame(120, 36).contains("a key expires"));
    stage.keys("enter");
    assert_eq!(kept(&stage).last(), Some(&AlertSettings::default()));
    assert!(stage.frame(120, 36).contains("a key expires"));
}

#[test]
fn own_bounds_come_back_as_they_were_when_all_are_switched_on_again() {
    let mut stage = opened();
    stage.keys("down enter 7 . 5 enter down down down down enter");
    assert_eq!(kept(&stage).last(), Some(&with(Thresholds::OFF)));
    assert!(stage.frame(80, 24).contains("Switch them on as they were"));
    stage.keys("enter");
    let own = Thresholds {
        balance: Some(Usd::from_cents(750)),
        ..Thresholds::default()
    };
    assert_eq!(kept(&stage).last(), Some(&with(own)));
}
