//! The Keys screen: what its keys come to.

use onramp::domain::account::{Change, KeyChange, ManagedKey};
use onramp::domain::guardrail::Guardrail;
use onramp::domain::money::Usd;
use onramp::domain::secret::Secret;
use onramp::domain::symptom::Symptom;
use onramp::flow::facts::{KeyInUse, Origin};
use onramp::flow::keys::{Haven, KeyDeed, KeyDone, KeyMade};
use onramp::flow::rotation::{RotationEnd, RotationTold};
use onramp::flow::{Effect, Reply};
use onramp::keymap::{Chord, Key};
use onramp::text::{Lang, Said};

use crate::support::gallery::Rehearsal;
use crate::support::gallery::account_keys::{key, ring, rotation_plan};

fn listed() -> Rehearsal {
    let mut stage = Rehearsal::new(Lang::En, false);
    stage.keys("5").list_keys();
    stage
}

/// How many times something was to be done.
fn deeds(stage: &Rehearsal) -> usize {
    let effects = stage.effects.iter();
    effects
        .filter(|effect| matches!(effect, Effect::DoToKey { .. }))
        .count()
}

fn listings(stage: &Rehearsal) -> usize {
    let effects = stage.effects.iter();
    effects
        .filter(|effect| matches!(effect, Effect::ListKeys { .. }))
        .count()
}

#[test]
fn a_new_key_is_as_it_was_filled_in() {
    let mut stage = listed();
    stage.keys("n");
    // The limit is another one; the place is the second, and the name follows it.
    stage.keys("down").press(Chord::ctrl('u')).paste("2.50");
    stage.keys("down right down right right down right down");
    assert_eq!(deeds(&stage), 0);
    stage.keys("enter");
    let (_, KeyDeed::Create(plan)) = stage.key_deed() else {
        panic!("a key is made");
    };
    assert_eq!(plan.new.name, "web shop production");
    assert_eq!(plan.new.limit, Some(Usd::from_cents(250)));
    assert_eq!(plan.new.limit_reset.as_deref(), Some("weekly"));
    assert_eq!(plan.days, Some(90));
    let place = Haven::Env("/home/ada/shop/.env.production".into());
    assert_eq!(plan.haven, place);
}

#[test]
fn a_name_that_was_typed_follows_no_place_and_no_limit_has_no_reset() {
    let mut stage = listed();
    stage.keys("n").press(Chord::ctrl('u')).paste("mine");
    stage.keys("down").press(Chord::ctrl('u'));
    stage.keys("down down down right down enter");
    let (_, KeyDeed::Create(plan)) = stage.key_deed() else {
        panic!("a key is made");
    };
    assert_eq!((plan.new.name.as_str(), plan.new.limit), ("mine", None));
    assert_eq!((plan.new.limit_reset, plan.days), (None, None));
}

#[test]
fn what_cannot_be_meant_is_said_and_nothing_is_done() {
    let mut stage = listed();
    stage.keys("n").press(Chord::ctrl('u')).paste("blog");
    stage.keys("down down down down down enter");
    assert!(stage.frame(80, 24).contains("called “blog” already"));
    stage.keys("up up up up up").press(Chord::ctrl('u'));
    stage.keys("down down down down down enter");
    assert!(stage.frame(80, 24).contains("The name is empty."));
    for bad in ["ten", "0", "-1", "1,5"] {
        stage.keys("esc down l").press(Chord::ctrl('u')).paste(bad);
        stage.keys("down down enter");
        assert!(
            stage.frame(80, 24).contains("no amount above nothing"),
            "{bad}"
        );
    }
    assert_eq!(deeds(&stage), 0);
}

#[test]
fn a_limit_is_set_and_taken_away() {
    let mut stage = listed();
    stage.keys("l").press(Chord::ctrl('u')).paste("5");
    stage.keys("down left down enter");
    let expected = |limit, reset| KeyChange {
        limit,
        limit_reset: reset,
        ..KeyChange::default()
    };
    let (_, deed) = stage.key_deed();
    let KeyDeed::Change(shop, change) = deed else {
        panic!("it is changed");
    };
    assert_eq!(*shop.hash, *"bbbb");
    assert_eq!(
        change,
        expected(Change::Set(Usd::from_cents(500)), Change::Clear)
    );
    let after = ManagedKey {
        limit: Some(Usd::from_cents(500)),
        limit_remaining: Some(Usd::from_cents(500)),
        limit_reset: None,
        ..(*shop).clone()
    };
    stage.key_done(Ok(KeyDone::Changed(Box::new(after))));
    assert!(stage.frame(80, 24).contains("$0.00 of $5.00 used"));
    stage
        .keys("l")
        .press(Chord::ctrl('u'))
        .keys("down down enter");
    let (_, KeyDeed::Change(_, change)) = stage.key_deed() else {
        panic!("it is changed");
    };
    assert_eq!(change, expected(Change::Clear, Change::Clear));
}

#[test]
fn only_the_key_in_use_is_switched_off_after_a_question() {
    let mut stage = listed();
    stage.keys("d");
    assert_eq!(deeds(&stage), 0);
    stage.keys("enter");
    assert_eq!(deeds(&stage), 0);
    stage.keys("d down enter");
    let (_, KeyDeed::Change(shop, change)) = stage.key_deed() else {
        panic!("it is switched off");
    };
    assert_eq!((shop.hash.as_str(), change.disabled), ("bbbb", Some(true)));
    let off = ManagedKey {
        disabled: true,
        ..(*shop).clone()
    };
    stage.key_done(Ok(KeyDone::Changed(Box::new(off))));
    assert!(stage.frame(80, 24).contains("shop is switched off"));
    stage.keys("down down d");
    let (_, KeyDeed::Change(old, change)) = stage.key_deed() else {
        panic!("it is switched on");
    };
    assert_eq!((old.hash.as_str(), change.disabled), ("dddd", Some(false)));
}

#[test]
fn a_key_is_deleted_only_by_its_name() {
    let mut stage = listed();
    stage.keys("x").paste("sho");
    stage.keys("enter");
    assert!(stage.frame(80, 24).contains("in use here"));
    assert_eq!(deeds(&stage), 0);
    stage.paste("p");
    stage.keys("enter");
    let (_, KeyDeed::Delete(shop)) = stage.key_deed() else {
        panic!("it is deleted");
    };
    assert_eq!(*shop.hash, *"bbbb");
    stage.key_done(Ok(KeyDone::Deleted {
        hash: "bbbb".into(),
        was_there: false,
    }));
    let frame = stage.frame(80, 24);
    assert!(frame.contains("shop was deleted already"), "{frame}");
    assert!(frame.contains("2 of 2 keys"), "{frame}");
}

#[test]
fn a_key_that_is_shown_once_stays_until_it_is_put_away_and_is_copied_on_a_key() {
    let mut stage = listed();
    stage.keys("n");
    stage.make_key("sk-or-v1-new");
    stage.keys("1 q j");
    let frame = stage.frame(80, 24);
    assert!(
        frame.contains("sk-or-v1-new") && frame.contains("Alt+C copy the key"),
        "{frame}"
    );
    assert!(!stage.app.is_over());
    stage.keys("c");
    assert_eq!(
        stage.effects.last(),
        Some(&Effect::Copy("sk-or-v1-new".into()))
    );
    stage.keys("enter");
    let frame = stage.frame(80, 24);
    assert!(!frame.contains("sk-or-v1-new"), "{frame}");
    assert!(frame.contains("4 of 4 keys"), "{frame}");
}

#[test]
fn the_wizard_leads_here_with_a_management_key_and_looks_again_when_a_key_was_made() {
    let mut stage = Rehearsal::new(Lang::En, false);
    let around = onramp::flow::surroundings::Surroundings {
        has_management_key: true,
        ..onramp::flow::surroundings::Surroundings::default()
    };
    stage.looked(around).keys("right right");
    let label = "› Create one with the management key";
    while !stage.frame(80, 24).contains(label) {
        let before = stage.frame(80, 24);
        stage.keys("down");
        assert_ne!(stage.frame(80, 24), before, "it is offered");
    }
    stage.keys("enter").list_keys().keys("n");
    let looks = |stage: &Rehearsal| {
        let effects = stage.effects.iter();
        effects
            .filter(|effect| **effect == Effect::LookAround)
            .count()
    };
    let before = looks(&stage);
    stage.make_key("sk-or-v1-new");
    assert_eq!(looks(&stage), before + 1);
}

#[test]
fn what_could_not_be_done_is_told_and_the_list_is_asked_for_anew() {
    let mut stage = listed();
    let before = listings(&stage);
    stage.keys("r").press(Chord::ctrl('u')).paste("other");
    stage.keys("enter");
    let gone = Symptom::KeyGone("shop".into());
    stage.key_done(Err(Box::new(onramp::diagnosis::explain(&gone))));
    assert_eq!(listings(&stage), before + 1);
    let title = onramp::diagnosis::explain(&gone).title.say(Lang::En);
    assert!(stage.frame(80, 24).contains(&title));
    // What was typed stands there still.
    stage.keys("esc");
    assert!(stage.frame(80, 24).contains("> other"));
}

#[test]
fn other_keys_take_nothing_of_the_old_ones_and_leave_no_form_behind() {
    let mut stage = listed();
    stage.keys("n");
    stage.keys("enter enter enter enter enter enter");
    // Another server answers meanwhile, and the screen is come back to.
    stage.press(Chord::alt('1')).reply(Reply::SandboxStarted {
        base_url: Ok("http://127.0.0.1:1/api/v1".into()),
    });
    stage.keys("5").list_keys();
    let frame = stage.frame(80, 24);
    assert!(!frame.contains("Make the key"), "{frame}");
    let made = KeyMade {
        key: key("of the old one", "ffff"),
        place: None,
        shown: Some(Secret::new("sk-or-v1-old")),
        trouble: None,
        warnings: vec![],
    };
    stage.key_done(Ok(KeyDone::Created(Box::new(made))));
    assert!(stage.frame(80, 24).contains("sk-or-v1-old"));
    stage.keys("enter");
    let frame = stage.frame(80, 24);
    assert!(
        frame.contains("3 of 3 keys") && !frame.contains("of the old one"),
        "{frame}"
    );
}

#[test]
fn one_thing_is_done_at_a_time() {
    let mut stage = listed();
    stage.keys("down d");
    stage.keys("down d");
    assert_eq!(deeds(&stage), 1);
    assert!(stage.frame(80, 24).contains("still under way"));
}

#[test]
fn another_server_has_other_keys_and_to_come_back_asks_nobody() {
    let mut stage = listed();
    let before = listings(&stage);
    stage.keys("1 5");
    assert_eq!(listings(&stage), before);
    assert_eq!(ring().keys.len(), 3);
    // A late answer to an old question changes nothing.
    stage.keys("f5").keys("f5");
    assert_eq!(listings(&stage), before + 2);
    stage.reply(Reply::KeysListed {
        ticket: onramp::flow::Ticket(4_000_001),
        ring: Ok(Box::new(onramp::flow::keys::KeyRing {
            keys: vec![key("late", "eeee")],
            ..ring()
        })),
    });
    assert!(!stage.frame(80, 24).contains("late"));
}

#[test]
fn every_key_is_capped_at_once() {
    let mut stage = listed();
    stage.keys("a");
    assert!(stage.frame(80, 24).contains("every key of the account"));
    stage.paste("20").keys("down down enter");
    let (_, KeyDeed::Cap(guardrail, limit, reset)) = stage.key_deed() else {
        panic!("all are capped");
    };
    assert_eq!(*guardrail.id, *"g-1");
    assert_eq!(limit, Change::Set(Usd::from_cents(2000)));
    assert_eq!(reset, Change::Set("monthly".into()));
    stage.key_done(Ok(KeyDone::Capped(Guardrail {
        limit: Some(Usd::from_cents(2000)),
        limit_reset: Some("monthly".into()),
        ..guardrail
    })));
    let frame = stage.frame(120, 36);
    assert!(
        frame.contains("each at most $20.00, monthly (UTC)"),
        "{frame}"
    );
}

#[test]
fn a_new_key_goes_into_a_file_that_the_person_names() {
    let mut stage = listed();
    stage.keys("n down down down down left");
    let frame = stage.frame(80, 24);
    assert!(
        frame.contains("another .env file") && frame.contains("The file"),
        "{frame}"
    );
    stage.keys("down down enter");
    assert!(stage.frame(80, 24).contains("Which file?"));
    stage.keys("up").paste("api/.env.staging");
    stage.keys("down enter");
    let (_, KeyDeed::Create(plan)) = stage.key_deed() else {
        panic!("a key is made");
    };
    assert_eq!(plan.haven, Haven::Env("api/.env.staging".into()));
    assert_eq!(plan.new.name, "web shop");
}

/// How often rotations were begun, and how often one was stopped.
fn rotations(stage: &Rehearsal) -> (usize, usize) {
    let mut counts = (0, 0);
    for effect in &stage.effects {
        match effect {
            Effect::Rotate { .. } => counts.0 += 1,
            Effect::StopRotation(_) => counts.1 += 1,
            _ => {}
        }
    }
    counts
}

#[test]
fn a_key_is_rotated_only_as_it_was_agreed_to() {
    let mut stage = listed();
    stage.keys("o").rotation_planned();
    // Not by a stray letter, and not by leaving.
    stage.keys("q y esc");
    assert_eq!(rotations(&stage), (0, 0));
    stage.keys("o").rotation_planned().keys("down enter");
    let wish = stage.effects.iter().rev().find_map(|effect| match effect {
        Effect::Rotate { wish, .. } => wish.clone(),
        _ => None,
    });
    let wish = wish.expect("it is agreed to");
    assert!(wish.deletes_old);
    assert_eq!(wish.plan, rotation_plan());
    // It is another plan by now: nothing was done, and it is asked again.
    let mut other = rotation_plan();
    other.lines.remove(2);
    stage.rotation_told(RotationTold::Planned(Box::new(other)));
    let frame = stage.frame(80, 24);
    assert!(
        frame.contains("look again") && frame.contains("› Rotate it"),
        "{frame}"
    );
    assert_eq!(rotations(&stage), (1, 0));
}

#[test]
fn a_rotation_under_way_is_stopped_by_esc_and_by_ctrl_c_and_left_by_neither() {
    for chord in [Chord::plain(Key::Esc), Chord::ctrl('c')] {
        let mut stage = listed();
        stage.keys("o").rotation_planned().keys("enter");
        stage.rotation_steps(&[true]).press(chord);
        assert_eq!(rotations(&stage), (1, 1));
        stage.keys("q esc");
        assert!(!stage.app.is_over());
        assert_eq!(rotations(&stage), (1, 1));
        assert!(stage.frame(80, 24).contains("putting everything back"));
        // Whoever cannot wait for it leaves it to the next run.
        stage.press(Chord::ctrl('c'));
        assert!(stage.app.is_interrupted());
    }
}

#[test]
fn what_is_asked_after_a_rotation_is_asked_with_the_successor() {
    let mut stage = listed();
    let successor = KeyInUse {
        secret: Secret::new("sk-or-v1-successor"),
        origin: Origin::Pasted,
        facts: None,
    };
    stage.keys("o").rotation_planned().keys("enter");
    stage.rotation_told(RotationTold::Ended(Box::new(RotationEnd {
        is_rotated: true,
        said: Said::verbatim("rotated"),
        notes: Vec::new(),
        in_use: Some(Box::new(successor)),
        trouble: None,
    })));
    stage.keys("enter");
    let asked = stage.effects.iter().rev().find_map(|effect| match effect {
        Effect::ListKeys { account, .. } => account.key.clone(),
        _ => None,
    });
    assert_eq!(asked, Some(Secret::new("sk-or-v1-successor")));
    assert_eq!(stage.app.farewell().wrote.len(), 1);
}

#[test]
fn an_interrupted_rotation_is_ended_before_anything_else() {
    let mut stage = listed();
    stage.keys("o");
    stage.rotation_told(RotationTold::Waits(Said::verbatim("interrupted")));
    stage.keys("enter");
    let ends = stage.effects.iter().rev().find_map(|effect| match effect {
        Effect::Rotate { wish, .. } => Some(wish.is_none()),
        _ => None,
    });
    assert_eq!(ends, Some(true));
}
