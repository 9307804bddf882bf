//! How a diagnosis reads: the evidence in its cause, the figures in its fixes.

use std::time::Duration;

use jiff::Timestamp;

use super::cases::{by_proxy, leaked, limited, page, refused, said, text, unavailable};
use crate::diagnosis::{explain, explain_at, find};
use crate::domain::diagnosis::{Act, Diagnosis};
use crate::domain::leak::Standing;
use crate::domain::page::Page;
use crate::domain::symptom::{Availability, NetworkTrouble, Refusal, Symptom};
use crate::text::Lang;

fn acts(diagnosis: &Diagnosis) -> Vec<Act> {
    diagnosis.fixes.iter().map(|fix| fix.act.clone()).collect()
}

fn words(diagnosis: &Diagnosis, lang: Lang) -> Vec<String> {
    diagnosis
        .fixes
        .iter()
        .map(|fix| fix.words.say(lang))
        .collect()
}

fn at(time: &str) -> Timestamp {
    time.parse().unwrap()
}

#[test]
fn the_servers_own_words_are_quoted_in_the_cause() {
    let diagnosis = explain(&said(401, "User not found."));
    assert!(
        diagnosis.cause.say(Lang::En).ends_with(
            "belongs to another service. The server said (status 401): “User not found.”"
        )
    );
    assert!(
        diagnosis
            .cause
            .say(Lang::Zh)
            .ends_with("或属于其他服务。服务器的原话（状态码 401）：“User not found.”")
    );
}

#[test]
fn long_words_are_quoted_in_part_on_one_line() {
    let diagnosis = explain(&said(400, &"ab\n".repeat(400)));
    let cause = diagnosis.cause.say(Lang::En);
    assert!(
        cause.chars().count() < 400 && !cause.contains('\n'),
        "{cause}"
    );
    assert!(diagnosis.raw.contains("ab\nab"));
}

#[test]
fn the_host_and_the_proxy_on_the_way_are_named() {
    let symptom = by_proxy(NetworkTrouble::Proxy, "unsuccessful");
    let cause = explain(&symptom).cause.say(Lang::En);
    let evidence =
        "Host: openrouter.ai. Proxy: http://proxy.corp:3128. The system said: “unsuccessful”";
    assert!(cause.ends_with(evidence), "{cause}");
}

#[test]
fn an_answer_that_can_be_afforded_is_one_keypress_away() {
    let diagnosis = explain(&limited(
        402,
        "openrouter_credits",
        "",
        "but can only afford 3919. To",
    ));
    assert_eq!(acts(&diagnosis)[0], Act::LowerMaxTokens(3919));
    assert_eq!(
        words(&diagnosis, Lang::Zh)[0],
        "要求更短的回答：把 max_tokens 设为 3919"
    );
    // Too short to be worth asking for: then it is only advice.
    let diagnosis = explain(&said(402, "fewer max_tokens, but can only afford 3"));
    assert_eq!(acts(&diagnosis)[0], Act::Advice);
}

#[test]
fn a_stated_wait_is_the_wait() {
    let diagnosis = explain(&refused(Refusal {
        status: 503,
        retry_after: Some(Duration::from_millis(7_200)),
        ..Refusal::default()
    }));
    assert_eq!(
        acts(&diagnosis)[0],
        Act::Retry(Duration::from_millis(7_200))
    );
    assert_eq!(words(&diagnosis, Lang::En)[0], "Try again in 8 s");
}

#[test]
fn a_reset_is_told_by_its_time_and_where_there_is_a_clock_by_the_wait() {
    let symptom = refused(Refusal {
        status: 429,
        limit_source: Some(text("openrouter_free_tier_daily")),
        resets_at: Some(at("2026-08-22T00:00:00Z")),
        ..Refusal::default()
    });
    let without = explain(&symptom).cause.say(Lang::En);
    assert!(
        without.contains("The limit resets at 2026-08-22 00:00 UTC."),
        "{without}"
    );
    let with = explain_at(&symptom, at("2026-08-21T19:10:00Z"));
    let cause = with.cause.say(Lang::En);
    assert!(
        cause.contains("resets at 2026-08-22 00:00 UTC (in 5 h)."),
        "{cause}"
    );
    // Nobody is told to ask again today.
    assert!(!acts(&with).iter().any(|act| matches!(act, Act::Retry(_))));
    let past = explain_at(&symptom, at("2026-08-22T00:00:01Z"))
        .cause
        .say(Lang::En);
    assert!(past.contains("00:00 UTC."), "{past}");
}

#[test]
fn the_minute_limit_waits_for_its_reset() {
    let symptom = refused(Refusal {
        status: 429,
        limit_source: Some(text("openrouter_free_tier_per_minute")),
        resets_at: Some(at("2026-08-21T10:00:40Z")),
        ..Refusal::default()
    });
    let now = at("2026-08-21T10:00:05Z");
    assert_eq!(
        acts(&explain_at(&symptom, now))[0],
        Act::Retry(Duration::from_secs(35))
    );
    assert_eq!(
        acts(&explain(&symptom))[0],
        Act::Retry(Duration::from_mins(1))
    );
}

#[test]
fn each_offered_model_is_a_fix_and_a_paid_one_says_so() {
    let with_models = |code: &str| {
        refused(Refusal {
            status: 404,
            availability: Some(Availability {
                code: text(code),
                fallback_models: vec![text("a/b"), text("c/d")],
                ..Availability::default()
            }),
            ..Refusal::default()
        })
    };
    let retired = explain(&with_models("model_deprecated"));
    assert_eq!(
        acts(&retired)[..2],
        [Act::UseModel("a/b".into()), Act::UseModel("c/d".into())]
    );
    let ended = words(&explain(&with_models("free_variant_ended")), Lang::En);
    assert_eq!(
        ended[..3],
        [
            "Use a free model",
            "Use a/b (it costs money)",
            "Use c/d (it costs money)"
        ]
    );
}

#[test]
fn what_excludes_a_model_is_named() {
    let diagnosis = explain(&refused(Refusal {
        status: 404,
        availability: Some(Availability {
            code: text("privacy_restricted"),
            excluded_by: vec![text("data_policy:zdr"), text("data_policy:training")],
            ..Availability::default()
        }),
        ..Refusal::default()
    }));
    let cause = diagnosis.cause.say(Lang::En);
    assert!(
        cause.contains("What excludes it: data_policy:zdr, data_policy:training."),
        "{cause}"
    );
}

#[test]
fn whoever_may_ask_again_is_told_so_even_where_it_is_not_usual() {
    let Symptom::Refused(mut refusal) = unavailable(404, "no_endpoints") else {
        unreachable!("`unavailable` makes a refusal")
    };
    assert!(
        !acts(&explain(&refused(*refusal.clone())))
            .iter()
            .any(|act| matches!(act, Act::Retry(_)))
    );
    if let Some(about) = &mut refusal.availability {
        about.retryable = true;
    }
    let last = acts(&explain(&refused(*refusal))).pop();
    assert_eq!(last, Some(Act::Retry(Duration::from_secs(20))));
}

#[test]
fn a_missing_path_is_mended_by_the_address_of_the_api() {
    let diagnosis = explain(&page(404, "<html>"));
    // The person's own address first: it may be a gateway's.
    let openrouter = Act::UseBaseUrl("https://openrouter.ai/api/v1".into());
    assert_eq!(acts(&diagnosis)[..2], [Act::EditBaseUrl, openrouter]);
    assert_eq!(
        acts(&diagnosis)[1].command().unwrap(),
        "onramp env set OPENROUTER_API_BASE=https://openrouter.ai/api/v1"
    );
}

#[test]
fn a_leaked_key_is_replaced_first_then_taken_out_and_the_history_comes_last() {
    let diagnosis = explain(&leaked(Standing::Tracked { is_ignored: false }, true));
    let acts = acts(&diagnosis);
    assert_eq!(acts[0], Act::Open(Page::Keys));
    let forget = r"git rm --cached -- '/home/ada/it'\''s/.env'";
    assert_eq!(acts[1], Act::Run(forget.into()));
    let last = acts.last().and_then(Act::command).unwrap();
    assert!(last.starts_with("git filter-repo"), "{last}");
    let cause = diagnosis.cause.say(Lang::En);
    let place =
        "In “/home/ada/it's/.env”, line 3, column 20: a key of OpenRouter (sk-or-v1-dea…eef).";
    assert!(cause.ends_with(place), "{cause}");
    let code = explain(&leaked(Standing::Tracked { is_ignored: false }, false));
    assert!(words(&code, Lang::En)[1].contains("the variable OPENROUTER_API_KEY"));
}

#[test]
fn a_row_can_be_read_without_a_case() {
    let diagnosis = find("cannot-afford-max-tokens").unwrap().plain();
    assert_eq!(
        words(&diagnosis, Lang::En)[0],
        "Ask for a shorter answer: a smaller max_tokens"
    );
    assert_eq!(diagnosis.raw.as_str(), "");
    assert!(find("no-such-id").is_none());
}
