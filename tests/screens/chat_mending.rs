//! What a trouble in the chat leads to on a keypress: each act, with a key and without one.

use onramp::domain::page::Page;
use onramp::domain::symptom::{
    Availability, FileProblem, FileTrouble, NetworkTrouble, Refusal, Symptom,
};
use onramp::flow::effect::TestPlan;
use onramp::flow::surroundings::Surroundings;
use onramp::flow::{Effect, Reply, SignInWay};
use onramp::keymap::Chord;
use onramp::text::Lang;

use crate::chat::{asked, enter};
use crate::support::KEY;
use crate::support::gallery::Rehearsal;
use crate::support::gallery::start::surroundings;
use crate::support::gallery::usage::now;

const OWN: &str = "http://127.0.0.1:9/v1";

fn refused(status: u16, message: &str) -> Symptom {
    Symptom::Refused(Box::new(Refusal {
        status,
        message: message.into(),
        ..Refusal::default()
    }))
}

/// A chat whose first question failed so; by a key that was accepted.
fn failed(symptom: &Symptom) -> Rehearsal {
    let mut stage = Rehearsal::new(Lang::En, false);
    stage.checked().chatting();
    stage.ask("one").answer_ends(Some(symptom));
    stage
}

/// The same at a server of the person's own, without a key.
fn failed_without_a_key(server: &str, symptom: &Symptom) -> Rehearsal {
    let mut stage = Rehearsal::new(Lang::En, false);
    stage.looked(Surroundings {
        server: Some(server.into()),
        ..surroundings()
    });
    stage.chatting();
    stage.ask("one").answer_ends(Some(symptom));
    stage
}

/// What the menu of a trouble shows.
fn menu(stage: &mut Rehearsal) -> String {
    stage.press(Chord::alt('m'));
    stage.frame(120, 36)
}

/// Takes the fix that reads so.
fn take(stage: &mut Rehearsal, words: &str) {
    let shown = menu(stage);
    for _ in 0..12 {
        let frame = stage.frame(120, 36);
        let mut rows = frame.lines().filter(|line| line.contains('›'));
        if rows.any(|row| row.contains(words)) {
            enter(stage);
            return;
        }
        stage.keys("down");
    }
    panic!("{words} is not offered: {shown}");
}

fn nowhere() -> Symptom {
    Symptom::Network {
        trouble: NetworkTrouble::ConnectRefused,
        host: "127.0.0.1".into(),
        proxy: None,
        detail: "Connection refused".into(),
        ignored: Vec::new(),
    }
}

fn no_key() -> Symptom {
    refused(401, "User not found.")
}

fn plans<'a>(stage: &'a Rehearsal) -> Vec<&'a TestPlan> {
    let plan = |effect: &'a Effect| match effect {
        Effect::RunTest { plan, .. } => Some(plan),
        _ => None,
    };
    stage.effects.iter().filter_map(plan).collect()
}

#[test]
fn a_model_that_exists_is_asked_the_same_question() {
    let unknown = Symptom::Refused(Box::new(Refusal {
        status: 404,
        availability: Some(Availability {
            code: "model_not_found".into(),
            fallback_models: vec!["openai/gpt-4".into()],
            ..Availability::default()
        }),
        ..Refusal::default()
    }));
    for mut stage in [failed(&unknown), failed_without_a_key(OWN, &unknown)] {
        take(&mut stage, "Use openai/gpt-4");
        stage.compose();
        let all = asked(&stage);
        assert_eq!(all[1].model, "openai/gpt-4");
        assert_eq!(all[1].messages, all[0].messages);
    }
}

#[test]
fn a_free_model_is_asked_and_not_offered_where_it_was_the_one() {
    let broke = refused(402, "Insufficient credits");
    for mut stage in [failed(&broke), failed_without_a_key(OWN, &broke)] {
        take(&mut stage, "Use a free model");
        stage.compose();
        assert_eq!(asked(&stage)[1].model, "openrouter/free");
        stage.answer_ends(Some(&broke));
        let shown = menu(&mut stage);
        assert!(!shown.contains("Use a free model"), "{shown}");
    }
}

#[test]
fn a_shorter_answer_is_offered_once() {
    let unaffordable = refused(
        402,
        "You requested up to 8192 tokens, but can only afford 19.",
    );
    for mut stage in [
        failed(&unaffordable),
        failed_without_a_key(OWN, &unaffordable),
    ] {
        take(&mut stage, "max_tokens 19");
        stage.compose();
        assert_eq!(asked(&stage)[1].max_tokens, 19);
        stage.answer_ends(Some(&unaffordable));
        let shown = menu(&mut stage);
        assert!(!shown.contains("max_tokens 19"), "{shown}");
    }
}

#[test]
fn the_right_address_is_taken_over_and_asked() {
    let right = "http://127.0.0.1:9/api/v1";
    let wrong_path = Symptom::WrongPath {
        url: OWN.into(),
        right: right.into(),
    };
    for mut stage in [failed(&wrong_path), failed_without_a_key(OWN, &wrong_path)] {
        take(&mut stage, "Send requests to http://127.0.0.1:9");
        assert_eq!(stage.app.facts().base_url, right);
        stage.compose();
        assert_eq!(asked(&stage).len(), 2);
    }
}

#[test]
fn a_page_is_opened() {
    let broke = refused(402, "Insufficient credits");
    for mut stage in [failed(&broke), failed_without_a_key(OWN, &broke)] {
        take(&mut stage, "credits");
        let opened = stage.effects.last();
        assert_eq!(opened, Some(&Effect::OpenPage(Page::Credits)));
    }
}

#[test]
fn another_key_means_the_page_where_one_is_chosen() {
    let mut stage = failed(&no_key());
    take(&mut stage, "Copy the key again");
    let frame = stage.frame(120, 36);
    assert!(
        frame.contains("How would you like to get a key?"),
        "{frame}"
    );
    assert!(frame.contains("Paste a key I have"), "{frame}");
    assert!(!frame.contains("The server accepts this key"), "{frame}");
    assert!(!frame.contains("Continue with this key"), "{frame}");
    // Whoever looks elsewhere and comes back is told nothing stale either.
    stage.go_to(2).go_to(3);
    let frame = stage.frame(120, 36);
    assert!(!frame.contains("The server accepts this key"), "{frame}");

    let mut stage = failed_without_a_key(OWN, &no_key());
    take(&mut stage, "Copy the key again");
    let frame = stage.frame(120, 36);
    assert!(frame.contains("Paste a key I have"), "{frame}");
}

#[test]
fn an_accepted_key_ends_the_doubt() {
    let mut stage = failed(&no_key());
    take(&mut stage, "Copy the key again");
    stage.paste(KEY).keys("enter");
    stage.accept(crate::support::gallery::key::key_facts());
    let frame = stage.frame(120, 36);
    assert!(frame.contains("The server accepts this key"), "{frame}");
}

#[test]
fn signing_in_begins_at_once() {
    for mut stage in [
        failed(&no_key()),
        failed_without_a_key("https://openrouter.ai/api/v1", &Symptom::NoKey),
    ] {
        take(&mut stage, "Sign in");
        let Some(Effect::SignIn { way, .. }) = stage.effects.last() else {
            panic!("{:?}", stage.effects.last());
        };
        assert_eq!(*way, SignInWay::Loopback);
        let frame = stage.frame(120, 36);
        assert!(!frame.contains("The server accepts this key"), "{frame}");
    }
}

#[test]
fn the_base_url_is_changed_and_tested_even_without_a_key() {
    let mut stage = failed_without_a_key(OWN, &nowhere());
    take(&mut stage, "Change the base URL");
    let frame = stage.frame(120, 36);
    assert!(frame.contains(&format!("> {OWN}")), "{frame}");
    stage.keys("x enter");
    let [plan] = plans(&stage)[..] else {
        panic!("{:?}", stage.effects);
    };
    let typed = format!("{OWN}x");
    assert_eq!(
        (plan.secret.as_ref(), plan.server.as_str()),
        (None, &*typed)
    );
    stage.ended();
    assert_eq!(stage.app.facts().base_url, typed);
    let frame = stage.frame(120, 36);
    assert!(
        frame.contains("OPENROUTER_API_BASE=http://127.0.0.1:9/v1x"),
        "{frame}"
    );

    let mut stage = failed(&nowhere());
    take(&mut stage, "Change the base URL");
    stage.keys("x enter");
    assert!(plans(&stage)[0].secret.is_some());
}

#[test]
fn leaving_the_address_as_it_was_says_nothing_of_a_test() {
    let mut stage = failed_without_a_key(OWN, &nowhere());
    take(&mut stage, "Change the base URL");
    stage.keys("esc");
    let frame = stage.frame(120, 36);
    assert!(!frame.contains("The setup works"), "{frame}");
    // What may want no key can be tested without one.
    assert!(frame.contains("Run the quick test"), "{frame}");
    stage.keys("enter");
    assert_eq!(plans(&stage)[0].secret, None);
}

#[test]
fn in_the_sandbox_the_address_is_changed_too() {
    let mut stage = Rehearsal::new(Lang::En, true);
    stage.chatting();
    stage.ask("one").answer_ends(Some(&nowhere()));
    take(&mut stage, "Change the base URL");
    let frame = stage.frame(120, 36);
    assert!(!frame.contains("There is no key to test yet"), "{frame}");
    assert!(frame.contains("The base URL; Enter tests it"), "{frame}");
}

#[test]
fn another_file_is_chosen_in_step_four() {
    let unreadable = Symptom::File(FileTrouble::new(
        "/home/ada/shop/.env".as_ref(),
        FileProblem::NoPermission,
        "Permission denied",
    ));
    for (mut stage, has_key) in [
        (failed(&unreadable), true),
        (failed_without_a_key(OWN, &unreadable), false),
    ] {
        take(&mut stage, "Choose another file");
        let frame = stage.frame(120, 36);
        assert!(frame.contains(".env.local"), "{frame}");
        stage.keys("down enter");
        let frame = stage.frame(120, 36);
        if has_key {
            let planned = stage.effects.iter().rev().find_map(|effect| match effect {
                Effect::ReviewEnv { plan, .. } => Some(plan.path.clone()),
                _ => None,
            });
            assert_eq!(planned, Some("/home/ada/shop/.env.local".into()));
        } else {
            // The key comes first, and then goes there.
            assert!(
                frame.contains("How would you like to get a key?"),
                "{frame}"
            );
        }
    }
}

#[test]
fn advice_that_a_command_follows_says_which() {
    let mut stage = failed(&nowhere());
    let shown = menu(&mut stage);
    assert!(
        shown.contains("Test the way step by step: onramp check --full"),
        "{shown}"
    );
}

#[test]
fn a_wait_ends_with_the_same_question() {
    let mut stage = failed(&nowhere());
    take(&mut stage, "Try again in 5 s");
    let counted = stage.effects.iter().rev().find_map(|effect| match effect {
        Effect::CountDown { ticket, wait } => Some((*ticket, *wait)),
        _ => None,
    });
    let (ticket, wait) = counted.unwrap();
    assert_eq!(wait.secs, 5);
    assert_eq!(wait.since, Some(now()), "it counts from the answer");
    stage.reply(Reply::Counted { ticket, left: 0 }).compose();
    assert_eq!(asked(&stage).len(), 2);
}
