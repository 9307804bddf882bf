//! What holds for every row and for anything a server may send.

use std::collections::BTreeSet;
use std::time::Duration;

use jiff::Timestamp;
use proptest::prelude::*;

use super::cases::{refused, text};
use super::{refusals, symptoms};
use crate::diagnosis::{all, explain, explain_at, find};
use crate::domain::clean_text::CleanText;
use crate::domain::diagnosis::{Act, Diagnosis};
use crate::domain::symptom::{Availability, Refusal, Symptom, Whose};
use crate::text::Lang;

/// Everything a person could read of a diagnosis.
fn every_word(diagnosis: &Diagnosis) -> Vec<String> {
    let mut words = Vec::new();
    for lang in [Lang::En, Lang::Zh] {
        words.push(diagnosis.title.say(lang));
        words.push(diagnosis.cause.say(lang));
        words.extend(diagnosis.fixes.iter().map(|fix| fix.words.say(lang)));
    }
    words
}

#[test]
fn every_row_is_reached_by_some_symptom() {
    let reached: BTreeSet<&str> = refusals::all()
        .into_iter()
        .chain(symptoms::all())
        .map(|(_, id, _)| id)
        .collect();
    let known: BTreeSet<&str> = all().map(|trouble| trouble.id).collect();
    assert_eq!(reached, known);
}

#[test]
fn every_id_is_kebab_case_and_stands_once() {
    let mut seen = BTreeSet::new();
    for trouble in all() {
        let id = trouble.id;
        assert!(seen.insert(id), "{id} stands twice");
        assert!(!id.starts_with('-') && !id.ends_with('-'), "{id}");
        assert!(
            id.chars().all(|c| c.is_ascii_lowercase() || c == '-'),
            "{id}"
        );
        assert_eq!(find(id).map(|found| found.id), Some(id));
    }
}

#[test]
fn every_row_says_all_it_has_to_say_in_both_languages() {
    for trouble in all() {
        let diagnosis = trouble.plain();
        assert!(!diagnosis.fixes.is_empty(), "{}", trouble.id);
        for phrase in [trouble.title, trouble.cause] {
            assert!(
                !phrase.say(Lang::En).contains("{}"),
                "{} has a blank",
                trouble.id
            );
        }
        let (title, cause) = (diagnosis.title, diagnosis.cause);
        assert!(
            cause.say(Lang::En).ends_with('.') && cause.say(Lang::Zh).ends_with('。'),
            "{}",
            trouble.id
        );
        // Titles and fixes may be followed by an address or a command.
        let lines = diagnosis.fixes.iter().map(|fix| &fix.words).chain([&title]);
        for said in lines {
            assert!(!said.say(Lang::En).ends_with('.'), "{}", trouble.id);
            assert!(!said.say(Lang::Zh).ends_with('。'), "{}", trouble.id);
            let is_chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
            assert!(said.say(Lang::Zh).contains(is_chinese), "{}", trouble.id);
            assert!(!said.say(Lang::En).contains(is_chinese), "{}", trouble.id);
        }
    }
}

#[test]
fn only_commands_that_exist_are_named() {
    const COMMANDS: [&str; 13] = [
        "onramp budget",
        "onramp setup",
        "onramp login",
        "onramp check",
        "onramp ask",
        "onramp env ",
        "onramp keys list",
        "onramp models",
        "onramp sandbox",
        "git rm --cached --",
        "git restore --staged --",
        "git commit --no-verify",
        "git filter-repo --replace-text",
    ];
    for trouble in all() {
        for fix in trouble.plain().fixes {
            if let Some(command) = fix.act.command() {
                assert!(
                    COMMANDS.iter().any(|known| command.starts_with(known)),
                    "{command}"
                );
            }
        }
    }
}

#[test]
fn no_title_is_longer_than_a_line() {
    for trouble in all() {
        assert!(trouble.title.say(Lang::En).len() <= 68, "{}", trouble.id);
    }
}

fn key() -> String {
    format!("sk-or-v1-{}", "deadbeef".repeat(8))
}

/// What stands in a field: words that mean something, and any others.
fn word() -> impl Strategy<Value = CleanText> {
    let known = prop::sample::select(vec![
        "openrouter_credits",
        "openrouter_key_limit",
        "openrouter_in_flight_budget",
        "weight_exceeds_budget",
        "authentication",
        "payment_required",
        "permission_denied",
        "not_found",
        "rate_limit_exceeded",
        "capacity_exhausted",
        "privacy_restricted",
        "insufficient_quota",
        "can only afford 99999999999999999999",
        "can only afford 17, at most 5 > 3",
        "No endpoints found",
    ]);
    prop_oneof![
        known.prop_map(text),
        any::<String>().prop_map(|word| CleanText::new(&word)),
        "[ -~]{0,400}".prop_map(|word| CleanText::new(&format!("{word}{}{word}", key()))),
    ]
}

fn availability() -> impl Strategy<Value = Availability> {
    let list = || prop::collection::vec(word(), 0..6);
    (
        word(),
        any::<bool>(),
        list(),
        list(),
        prop::option::of(word()),
    )
        .prop_map(
            |(code, retryable, fallback_models, excluded_by, constraint)| Availability {
                code,
                retryable,
                fallback_models,
                excluded_by,
                constraint,
            },
        )
}

fn moment() -> impl Strategy<Value = Timestamp> {
    prop_oneof![
        Just(Timestamp::MIN),
        Just(Timestamp::MAX),
        (-1_000_000_000_i64..4_000_000_000).prop_map(|secs| Timestamp::from_second(secs).unwrap()),
    ]
}

fn wait() -> impl Strategy<Value = Duration> {
    prop_oneof![
        Just(Duration::MAX),
        Just(Duration::ZERO),
        any::<u32>().prop_map(|ms| Duration::from_millis(ms.into())),
    ]
}

fn whose() -> impl Strategy<Value = Whose> {
    prop_oneof![
        Just(Whose::OpenRouter),
        Just(Whose::OpenAi),
        Just(Whose::Another)
    ]
}

prop_compose! {
    fn refusal()(
        status in prop_oneof![any::<u16>(), 390_u16..600],
        code in prop::option::of(word()),
        message in word(),
        error_type in prop::option::of(word()),
        limit_source in prop::option::of(word()),
        reasons in prop::collection::vec(word(), 0..4),
        availability in prop::option::of(availability()),
        provider in prop::option::of(word()),
        retry_after in prop::option::of(wait()),
        resets_at in prop::option::of(moment()),
        (mid_stream, of_facts) in any::<(bool, bool)>(),
        (raw, whose) in (word(), whose()),
    ) -> Refusal {
        Refusal {
            status, code, message, error_type, limit_source, reasons, availability, provider,
            retry_after, resets_at, mid_stream, of_facts, whose, raw,
        }
    }
}

fn assert_sound(diagnosis: &Diagnosis) {
    assert!(
        find(diagnosis.id).is_some(),
        "{} is not in the catalogue",
        diagnosis.id
    );
    assert!(!diagnosis.fixes.is_empty());
    for words in every_word(diagnosis) {
        assert!(
            !words.contains(&key()) && !words.contains("deadbeefdeadbeef"),
            "{words}"
        );
        assert!(!words.is_empty());
    }
    for fix in &diagnosis.fixes {
        if let Act::LowerMaxTokens(tokens) = fix.act {
            assert!(tokens >= 16);
        }
    }
}

proptest! {
    #[test]
    fn any_refusal_yields_a_sound_diagnosis(refusal in refusal(), now in moment()) {
        let symptom = refused(refusal);
        assert_sound(&explain(&symptom));
        assert_sound(&explain_at(&symptom, now));
    }

    #[test]
    fn any_status_with_any_text_yields_a_sound_diagnosis(
        status in any::<u16>(),
        is_html in any::<bool>(),
        snippet in word(),
        whose in whose(),
    ) {
        assert_sound(&explain(&Symptom::Misshapen { status, detail: snippet.clone(), whose }));
        assert_sound(&explain(&Symptom::NotJson { status, is_html, snippet, whose }));
    }
}
