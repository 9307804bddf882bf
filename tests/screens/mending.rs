//! What the program mends at a keypress: a wait, an address, a model, the length of an answer.

use std::time::Duration;

use onramp::domain::page::Page;
use onramp::domain::symptom::{Availability, NetworkTrouble, Refusal, Symptom};
use onramp::flow::effect::{StatedWait, TestPlan};
use onramp::flow::surroundings::Surroundings;
use onramp::flow::{Effect, Event, Reply};
use onramp::text::Lang;

use crate::support::KEY;
use crate::support::gallery::Rehearsal;
use crate::support::gallery::start::surroundings;
use crate::support::gallery::usage::now;

fn refusal(status: u16, message: &str) -> Refusal {
    Refusal {
        status,
        message: message.into(),
        ..Refusal::default()
    }
}

fn refused(refusal: Refusal) -> Symptom {
    Symptom::Refused(Box::new(refusal))
}

/// A quick test of a server of the person's own, without a key, that failed for this reason.
fn failed_without_a_key(symptom: &Symptom) -> Rehearsal {
    let mut stage = Rehearsal::new(Lang::En, false);
    stage.looked(Surroundings {
        server: Some("http://127.0.0.1:9/v1".into()),
        ..surroundings()
    });
    stage.go_to(5).keys("enter");
    assert_eq!(plans(&stage)[0].secret, None);
    stage.stopped_by(symptom);
    stage
}

/// The same with a key that was accepted.
fn failed_with_a_key(symptom: &Symptom) -> Rehearsal {
    let mut stage = Rehearsal::new(Lang::En, false);
    stage.failed_for(symptom);
    stage
}

/// Takes the cure that reads so.
fn take(stage: &mut Rehearsal, words: &str) {
    for _ in 0..12 {
        let frame = stage.frame(120, 36);
        let mut rows = frame.lines().filter(|line| line.contains('›'));
        if rows.any(|row| row.contains(words)) {
            stage.keys("enter");
            return;
        }
        stage.keys("down");
    }
    panic!("{words} is not offered: {}", stage.frame(120, 36));
}

/// A test that failed for this reason, with its first cure taken.
fn mended(symptom: &Symptom) -> Rehearsal {
    let mut stage = Rehearsal::new(Lang::En, false);
    stage.failed_for(symptom).keys("enter");
    stage
}

/// What the last test was to look at, and how many were begun.
fn plans<'a>(stage: &'a Rehearsal) -> Vec<&'a TestPlan> {
    let plan = |effect: &'a Effect| match effect {
        Effect::RunTest { plan, .. } => Some(plan),
        _ => None,
    };
    stage.effects.iter().filter_map(plan).collect()
}

#[test]
fn a_stated_wait_is_counted_down_and_then_the_same_test_runs() {
    let mut stage = mended(&refused(Refusal {
        retry_after: Some(Duration::from_millis(1500)),
        limit_source: Some("openrouter_free_tier_per_minute".into()),
        ..refusal(429, "")
    }));
    let ticket = stage.ticket();
    let counting = Effect::CountDown {
        ticket,
        // It was stated when it was judged, not when it was taken up.
        wait: StatedWait {
            secs: 2,
            since: Some(now()),
        },
    };
    assert_eq!(stage.effects.last(), Some(&counting));
    stage.reply(Reply::Counted { ticket, left: 1 });
    assert!(stage.frame(80, 24).contains("Trying again in 1 s"));
    assert_eq!(plans(&stage).len(), 1);
    stage.reply(Reply::Counted { ticket, left: 0 });
    let [first, second] = plans(&stage)[..] else {
        panic!("{:?}", stage.effects);
    };
    assert_eq!(first, second);
}

#[test]
fn a_wait_ends_early_by_trying_now_and_without_a_try_by_esc() {
    let symptom = refused(Refusal {
        retry_after: Some(Duration::from_secs(9)),
        ..refusal(503, "")
    });
    let mut stage = mended(&symptom);
    let ticket = stage.ticket();
    stage.keys("enter");
    assert!(stage.effects.contains(&Effect::Cancel(ticket)));
    assert_eq!(plans(&stage).len(), 2);

    let mut stage = mended(&symptom);
    let ticket = stage.ticket();
    stage.keys("esc");
    assert_eq!(stage.effects.last(), Some(&Effect::Cancel(ticket)));
    assert_eq!(plans(&stage).len(), 1);
    // The trouble and its cures are there again; a late second is nobody's.
    stage.reply(Reply::Counted { ticket, left: 0 });
    assert_eq!(plans(&stage).len(), 1);
    assert!(stage.frame(80, 24).contains("Run it again"));
}

#[test]
fn nobody_is_made_to_watch_a_wait_of_hours() {
    let mut stage = Rehearsal::new(Lang::En, false);
    stage.failed_for(&refused(Refusal {
        retry_after: Some(Duration::from_hours(5)),
        ..refusal(503, "")
    }));
    let frame = stage.frame(120, 36);
    assert!(frame.contains("- Try again in 5 h"), "{frame}");
}

#[test]
fn what_can_be_afforded_is_asked_for() {
    let stage = mended(&refused(refusal(
        402,
        "You requested up to 64 tokens, but can only afford 19. To increase, visit \
         https://openrouter.ai/settings/credits",
    )));
    let lengths: Vec<_> = plans(&stage).iter().map(|plan| plan.max_tokens).collect();
    assert_eq!(lengths, [None, Some(19)]);
}

#[test]
fn a_shorter_answer_is_tested_without_a_key_too_and_offered_once() {
    let unaffordable = refused(refusal(
        402,
        "You requested up to 64 tokens, but can only afford 19.",
    ));
    for mut stage in [
        failed_with_a_key(&unaffordable),
        failed_without_a_key(&unaffordable),
    ] {
        take(&mut stage, "max_tokens 19");
        assert_eq!(plans(&stage)[1].max_tokens, Some(19));
        assert_eq!(plans(&stage)[1].secret, plans(&stage)[0].secret);
        stage.stopped_by(&unaffordable);
        let frame = stage.frame(120, 36);
        assert!(!frame.contains("› Ask for a shorter"), "{frame}");
    }
}

#[test]
fn a_free_model_is_tested_kept_and_not_offered_again() {
    let broke = refused(refusal(402, "Insufficient credits"));
    for mut stage in [failed_with_a_key(&broke), failed_without_a_key(&broke)] {
        take(&mut stage, "Use a free model");
        assert_eq!(plans(&stage)[1].model, "openrouter/free");
        assert_eq!(stage.app.facts().model, "openrouter/free");
        stage.stopped_by(&broke);
        let frame = stage.frame(120, 36);
        assert!(!frame.contains("Use a free model"), "{frame}");
    }
}

#[test]
fn a_page_is_opened_and_the_trouble_stays() {
    let broke = refused(refusal(402, "Insufficient credits"));
    for mut stage in [failed_with_a_key(&broke), failed_without_a_key(&broke)] {
        take(&mut stage, "Add credits");
        let opened = stage.effects.last();
        assert_eq!(opened, Some(&Effect::OpenPage(Page::Credits)));
        assert_eq!(plans(&stage).len(), 1);
        let frame = stage.frame(120, 36);
        assert!(frame.contains("Run it again"), "{frame}");
    }
}

#[test]
fn the_list_that_is_at_hand_goes_along_with_its_own_server_only() {
    let nowhere = Symptom::WrongPath {
        url: "https://gateway.example/llm".into(),
        right: "https://gateway.example/llm/api/v1".into(),
    };
    let mut stage = Rehearsal::new(Lang::En, false);
    stage.list_models().failed_for(&nowhere).keys("enter");
    let [first, second] = plans(&stage)[..] else {
        panic!("{} tests", plans(&stage).len());
    };
    assert!(first.listed.is_some());
    assert!(second.listed.is_none(), "another server's list");
}

#[test]
fn a_model_that_exists_is_tested_and_kept() {
    let stage = mended(&refused(Refusal {
        availability: Some(Availability {
            code: "model_not_found".into(),
            fallback_models: vec!["openai/gpt-4".into()],
            ..Availability::default()
        }),
        ..refusal(400, "")
    }));
    assert_eq!(plans(&stage)[1].model, "openai/gpt-4");
    assert_eq!(stage.app.facts().model, "openai/gpt-4");
    let kept = Effect::KeepModel {
        model: "openai/gpt-4".into(),
        server: stage.app.facts().base_url.clone(),
    };
    assert!(stage.effects.contains(&kept));
}

#[test]
fn a_better_address_is_tested_kept_and_offered_for_the_file() {
    let right = "https://gateway.example/llm/api/v1";
    let mut stage = mended(&Symptom::WrongPath {
        url: "https://gateway.example/llm".into(),
        right: right.into(),
    });
    assert_eq!(plans(&stage)[1].server, right);
    assert_ne!(
        stage.app.facts().base_url,
        right,
        "not before it has worked"
    );
    stage.ended();
    assert_eq!(stage.app.facts().base_url, right);
    assert!(stage.frame(80, 24).contains("› Write the new address"));
    stage.keys("enter");
    let planned = stage.effects.iter().rev().find_map(|effect| match effect {
        Effect::ReviewEnv { plan, .. } => Some(plan.base_url.as_str()),
        _ => None,
    });
    assert_eq!(planned, Some(right));
}

#[test]
fn an_address_is_changed_by_hand_and_tested() {
    let nowhere = Symptom::Network {
        trouble: NetworkTrouble::Dns,
        host: "opnrouter.ai".into(),
        proxy: None,
        detail: "failed to lookup address".into(),
        ignored: Vec::new(),
    };
    let mut stage = mended(&nowhere);
    assert!(
        stage
            .frame(80, 24)
            .contains("> https://openrouter.ai/api/v1")
    );
    stage.keys("/ x enter");
    let typed = "https://openrouter.ai/api/v1/x";
    assert_eq!(plans(&stage)[1].server, typed);
    assert_ne!(
        stage.app.facts().base_url,
        typed,
        "not before it has worked"
    );

    let mut stage = mended(&nowhere);
    stage.keys("x esc");
    assert_eq!(plans(&stage).len(), 1, "left as it was");
    assert_eq!(stage.app.facts().base_url, "https://openrouter.ai/api/v1");
    assert!(stage.frame(80, 24).contains("Run it again"));

    let mut stage = Rehearsal::new(Lang::En, false);
    stage.pasted().keys("enter").refuse(&nowhere);
    stage.event(Event::Choose(0));
    stage.keys("x enter");
    let asked = stage.effects.iter().rev().find_map(|effect| match effect {
        Effect::CheckKey { server, .. } => Some(server.as_str()),
        _ => None,
    });
    assert_eq!(asked, Some("https://openrouter.ai/api/v1x"));
}

#[test]
fn a_gateways_own_key_is_not_offered_to_openrouter() {
    let nothing_there = refused(refusal(404, "Not Found"));
    let at_a_gateway = |key: &str| {
        let mut stage = Rehearsal::new(Lang::En, false);
        stage.reply(Reply::Surroundings(Box::new(Surroundings {
            server: Some("https://gateway.example/llm".into()),
            ..surroundings()
        })));
        stage.keys("enter enter").paste(key).keys("enter");
        stage.refuse(&nothing_there);
        stage.frame(120, 36)
    };
    let theirs = at_a_gateway("gw-secret-abcdef0123456789");
    assert!(
        !theirs.contains("Send requests to https://openrouter.ai"),
        "{theirs}"
    );
    assert!(theirs.contains("› Change the base URL"), "{theirs}");
    let ours = at_a_gateway(KEY);
    assert!(
        ours.contains("Send requests to https://openrouter.ai"),
        "{ours}"
    );
}

#[test]
fn at_a_gateway_a_key_is_pasted_and_nothing_of_openrouters_is_offered() {
    let doors_at = |server: &str| {
        let mut stage = Rehearsal::new(Lang::En, false);
        stage.looked(Surroundings {
            server: Some(server.into()),
            keys: Vec::new(),
            ..surroundings()
        });
        stage.go_to(3);
        let doors = stage.frame(120, 36);
        take(&mut stage, "Paste a key I have");
        (doors, stage.frame(120, 36))
    };
    let (doors, pasting) = doors_at("https://gateway.example/llm/v1");
    for frame in [&doors, &pasting] {
        for theirs in ["Sign in", "openrouter.ai/settings", "sk-or-v1"] {
            assert!(!frame.contains(theirs), "{theirs}: {frame}");
        }
    }
    let (_, pasting) = doors_at("https://openrouter.ai/api/v1");
    assert!(pasting.contains("openrouter.ai/settings/keys"), "{pasting}");
}

#[test]
fn a_key_that_no_server_has_judged_is_tried_again() {
    let down = Symptom::Network {
        trouble: NetworkTrouble::Reset,
        host: "openrouter.ai".into(),
        proxy: None,
        detail: "closed".into(),
        ignored: Vec::new(),
    };
    let mut stage = Rehearsal::new(Lang::En, false);
    stage.pasted().keys("enter").refuse(&down);
    let asked = |stage: &Rehearsal| {
        let asks = |effect: &&Effect| matches!(effect, Effect::CheckKey { .. });
        stage.effects.iter().filter(asks).count()
    };
    let before = asked(&stage);
    stage.event(Event::Choose(0));
    let Some(&Effect::CountDown { ticket, .. }) = stage.effects.last() else {
        panic!("{:?}", stage.effects.last());
    };
    stage.reply(Reply::Counted { ticket, left: 0 });
    assert_eq!(asked(&stage), before + 1);
}

#[test]
fn an_address_that_stayed_as_it_was_is_not_to_be_written() {
    let mut stage = mended(&Symptom::Network {
        trouble: NetworkTrouble::Dns,
        host: "openrouter.ai".into(),
        proxy: None,
        detail: "failed to lookup address".into(),
        ignored: Vec::new(),
    });
    stage.keys("/ enter").ended();
    let frame = stage.frame(80, 24);
    assert!(frame.contains("The setup works"), "{frame}");
    assert!(!frame.contains("Write the new address"), "{frame}");
    assert_eq!(stage.app.facts().base_url, "https://openrouter.ai/api/v1");
}

#[test]
fn another_key_after_a_failed_test_is_no_old_acceptance() {
    let mut stage = mended(&refused(refusal(401, "User not found.")));
    let frame = stage.frame(80, 24);
    assert!(!frame.contains("Continue with this key"), "{frame}");
}
