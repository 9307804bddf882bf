//! When the usage screen looks, and when it asks for nothing.

use onramp::domain::figures::Part;
use onramp::domain::notify::NotifyBy;
use onramp::domain::symptom::{Refusal, Symptom};
use onramp::flow::usage::{OwnUsage, UsageTold};
use onramp::flow::{Effect, Event, Reply, Ticket};
use onramp::keymap::Chord;
use onramp::text::Lang;
use std::time::Duration;

use crate::support::gallery::Rehearsal;
use crate::support::gallery::key::key_facts;
use crate::support::gallery::usage::{figures, nearly_used_up, told};
use crate::usage::looking;

/// How many times the server was asked.
fn looks(stage: &Rehearsal) -> usize {
    let effects = stage.effects.iter();
    effects
        .filter(|effect| matches!(effect, Effect::LearnUsage { .. }))
        .count()
}

/// The wait that was begun last, in seconds.
fn waits(stage: &Rehearsal) -> Option<u64> {
    let effects = stage.effects.iter().rev();
    effects.clone().find_map(|effect| match effect {
        Effect::Wait { secs, .. } => Some(*secs),
        _ => None,
    })
}

fn time_comes(stage: &mut Rehearsal) {
    let ticket = stage.effects.iter().rev().find_map(|effect| match effect {
        Effect::Wait { ticket, .. } => Some(*ticket),
        _ => None,
    });
    let ticket = ticket.expect("it waits");
    stage.reply(Reply::Waited { ticket });
}

#[test]
fn it_looks_every_minute_and_seldom_while_one_who_wants_to_be_called_is_elsewhere() {
    let mut stage = Rehearsal::calling(NotifyBy::Bell);
    stage.keys("2").learn(told(figures()));
    assert_eq!((looks(&stage), waits(&stage)), (1, Some(60)));
    time_comes(&mut stage);
    assert_eq!(looks(&stage), 2);
    stage.event(Event::Focus(false)).learn(told(figures()));
    assert_eq!(waits(&stage), Some(300));
    // Who comes back after a while finds figures of now, and only then.
    stage.event(Event::Focus(true));
    assert_eq!(looks(&stage), 3);
    stage.learn(told(figures()));
    stage.event(Event::Focus(false)).event(Event::Focus(true));
    assert_eq!((looks(&stage), waits(&stage)), (3, Some(60)));
}

#[test]
fn to_come_back_within_the_minute_asks_the_ledger_and_nobody_else() {
    let mut stage = looking();
    for _ in 0..10 {
        stage.keys("1 2");
    }
    assert_eq!(looks(&stage), 1);
    let ticket = stage.effects.iter().rev().find_map(|effect| match effect {
        Effect::SumOwnUsage { ticket, .. } => Some(*ticket),
        _ => None,
    });
    let mut row = told(figures()).local.expect("a ledger").remove(0);
    row.model = "new/model".into();
    stage.keys("tab").reply(Reply::OwnUsageSummed {
        ticket: ticket.expect("the ledger is summed up"),
        own: Box::new(OwnUsage {
            local: Ok(vec![row]),
            open_requests: 0,
            budget: None,
            set_aside: None,
        }),
    });
    stage.keys("s");
    let frame = stage.frame(80, 24);
    assert!(frame.contains("new/model"), "{frame}");
    // The minute goes on from the look, not from the coming back.
    time_comes(&mut stage);
    assert_eq!(looks(&stage), 2);
}

#[test]
fn who_leaves_before_the_answer_and_comes_back_after_it_asks_nobody() {
    let mut stage = Rehearsal::new(Lang::En, false);
    stage.keys("2 1").learn(told(figures()));
    stage.keys("2");
    assert_eq!((looks(&stage), waits(&stage)), (1, Some(60)));
}

#[test]
fn another_screen_is_to_be_seen_at_once_while_the_server_is_slow() {
    let mut stage = Rehearsal::new(Lang::En, false);
    // Nothing is learned yet, and nothing more is asked.
    stage.keys("2 1");
    let outcome = stage.app.update(Event::Press(Chord::char('2')));
    assert_eq!(looks(&stage), 1);
    assert!(outcome.effects.is_empty(), "{outcome:?}");
    assert!(outcome.is_changed);
}

#[test]
fn figures_of_another_key_are_asked_for_at_once() {
    let mut stage = Rehearsal::new(Lang::En, false);
    let of = |hash: &str| {
        let server = "https://openrouter.ai/api/v1".to_owned();
        UsageTold {
            of: Some((server, Some(hash.to_owned()))),
            ..told(figures())
        }
    };
    stage.checked();
    let own = stage.app.facts().key.as_ref().expect("a key in use");
    let own = own.secret.hash();
    stage.keys("2").learn(of("another")).keys("1 2");
    assert_eq!(looks(&stage), 2);
    stage.learn(of(&own)).keys("1 2");
    assert_eq!(looks(&stage), 2);
}

#[test]
fn a_limit_that_was_changed_behind_another_screen_is_looked_at_at_once() {
    let mut stage = looking();
    stage.keys("1").reply(Reply::KeyChecked {
        ticket: Ticket(77_777),
        server: "https://openrouter.ai/api/v1".into(),
        verdict: Ok(Some(key_facts())),
    });
    assert!(matches!(stage.effects.last(), Some(Effect::Cancel(_))));
    stage.keys("2");
    assert_eq!(looks(&stage), 2);
}

#[test]
fn nothing_is_asked_for_while_another_screen_is_in_front() {
    let mut stage = looking();
    stage.keys("1");
    // Who comes back soon finds figures that are young enough.
    stage.keys("2").keys("1");
    assert_eq!(looks(&stage), 1);
    time_comes(&mut stage);
    assert_eq!(looks(&stage), 1);
    stage.keys("2");
    assert_eq!(looks(&stage), 2);
    // Figures that come while another screen is in front are as good.
    stage.keys("1").learn(told(figures())).keys("2");
    assert_eq!(looks(&stage), 2);
}

#[test]
fn a_screen_that_still_waits_for_its_figures_is_drawn_as_soon_as_it_is_in_front() {
    let mut stage = Rehearsal::new(Lang::En, false);
    stage.keys("2 1");
    let came = stage.app.update(Event::Press(Chord::char('2')));
    assert!(came.is_changed);
}

#[test]
fn a_server_that_says_too_many_is_left_alone_as_long_as_it_says() {
    let mut stage = Rehearsal::new(Lang::En, false);
    let mut gathered = figures();
    let refusal = Refusal {
        status: 429,
        retry_after: Some(Duration::from_secs(700)),
        ..Refusal::default()
    };
    gathered.troubles = vec![(Part::Key, Symptom::Refused(Box::new(refusal)))];
    stage.keys("2").learn(told(gathered));
    assert_eq!(waits(&stage), Some(700));
}

#[test]
fn to_come_back_is_no_reason_to_ask_a_server_that_wants_to_be_left_alone() {
    let mut stage = Rehearsal::new(Lang::En, false);
    let mut gathered = figures();
    let refusal = Refusal {
        status: 429,
        retry_after: Some(Duration::from_secs(700)),
        ..Refusal::default()
    };
    gathered.troubles = vec![(Part::Key, Symptom::Refused(Box::new(refusal)))];
    stage.keys("2").learn(told(gathered)).keys("1");
    stage.keys("2");
    assert_eq!(looks(&stage), 1);
    stage.keys("1");
    time_comes(&mut stage);
    assert_eq!(looks(&stage), 1);
    stage.keys("2");
    assert_eq!(looks(&stage), 2);
}

#[test]
fn nothing_is_asked_for_while_the_window_has_no_keyboard_and_nobody_wants_to_be_called() {
    let mut stage = looking();
    stage.event(Event::Focus(false));
    time_comes(&mut stage);
    assert_eq!(looks(&stage), 1);
    stage.event(Event::Focus(true));
    assert_eq!(looks(&stage), 2);
    stage.learn(told(figures()));
    assert_eq!(waits(&stage), Some(60));
}

#[test]
fn a_late_answer_to_an_old_question_changes_nothing() {
    let mut stage = looking();
    let first = stage.ticket();
    let before = stage.frame(80, 24);
    let late = Box::new(told(nearly_used_up()));
    stage.reply(Reply::UsageLearned {
        ticket: first,
        told: late,
    });
    assert_eq!(stage.frame(80, 24), before);
}

#[test]
fn the_terminal_calls_once_for_what_is_new_and_only_when_it_may() {
    let calls = |notify: NotifyBy| {
        let mut stage = Rehearsal::calling(notify);
        let low = told(nearly_used_up());
        let crossed = low.outlook.judgement.alerts.clone();
        let asked = crossed.len();
        stage.keys("2").learn(UsageTold {
            crossed,
            ..low.clone()
        });
        time_comes(&mut stage);
        stage.learn(low);
        let effects = stage.effects.iter();
        let calls = effects.filter(|effect| matches!(effect, Effect::Notify { .. }));
        (calls.count(), asked)
    };
    assert_eq!(calls(NotifyBy::Off).0, 0);
    let (called, asked) = calls(NotifyBy::Osc9);
    assert!(asked > 0 && called == asked);
}

#[test]
fn without_a_key_there_is_nobody_to_ask_again() {
    let mut stage = Rehearsal::new(Lang::En, false);
    let mut gathered = figures();
    gathered.troubles = vec![(Part::Key, Symptom::NoKey)];
    stage.keys("2").learn(told(gathered));
    assert_eq!(waits(&stage), None);
}
