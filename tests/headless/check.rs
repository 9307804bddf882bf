//! `onramp check`: which key from where, what the server says to it, whether a model answers.

use crate::support::{Desk, KEY, MASKED, Ran, shape};
use crate::web::{Web, reply};

/// One of the keys that every sandbox begins with.
fn seeded(digits: &str) -> String {
    format!("sk-or-v1-{}", digits.repeat(8))
}

fn desk_with_key(key: &str) -> Desk {
    Desk::sandboxed().with("OPENROUTER_API_KEY", key)
}

/// The stages of a report, with their states.
fn stages(ran: &Ran) -> Vec<(String, String)> {
    let text = |value: &serde_json::Value| value.as_str().expect("a text").to_owned();
    let report = ran.json();
    let stages = report["stages"].as_array().expect("a list");
    let named = stages
        .iter()
        .map(|stage| (text(&stage["id"]), text(&stage["status"])));
    named.collect()
}

/// The id of the first trouble.
fn trouble(ran: &Ran) -> String {
    let report = ran.json();
    let stages = report["stages"].as_array().expect("a list");
    let id = stages
        .iter()
        .find_map(|stage| stage["diagnosis"]["id"].as_str());
    id.unwrap_or_default().to_owned()
}

#[test]
fn a_working_key_passes_and_the_last_line_says_so() {
    let ran = Desk::sandboxed().run(&["check"]).ends(0).quietly();
    assert!(
        ran.out.ends_with("\nThe setup works: a model answered.\n"),
        "{ran}"
    );
    assert!(!ran.out.contains('\u{1b}'), "a pipe gets no colour: {ran}");
    ran.says("✓ Key").says("✓ Answer");
}

#[test]
fn the_json_has_the_members_of_the_contract_and_nothing_stands_beside_it() {
    let desk = Desk::sandboxed();
    let ran = desk.run(&["check", "--json"]).ends(0).quietly();
    let report = ran.json();
    assert_eq!(
        shape(&report),
        "{base_url: text, ok: bool, source: {key: text, kind: text, line: null, name: text, \
         path: null, shadowed: []}, stages: [{detail: text, diagnosis: null, id: text, ms: count, \
         status: text}]}"
    );
    assert_eq!(report["ok"], true);
    assert_eq!(report["base_url"], desk.sandbox().base_url);
    assert_eq!(report["source"]["kind"], "env");
    let expected = [
        ("config", "pass"),
        ("auth", "pass"),
        ("limit", "pass"),
        ("credits", "skip"),
        ("completion", "pass"),
    ];
    assert_eq!(
        stages(&ran),
        expected.map(|(id, status)| (id.to_owned(), status.to_owned()))
    );
}

#[test]
fn a_failed_stage_carries_its_diagnosis_with_fixes_and_links() {
    let ran = desk_with_key(KEY).run(&["check", "--json"]).ends(4);
    let report = ran.json();
    assert_eq!(report["ok"], false);
    assert_eq!(
        shape(&report["stages"][1]),
        "{detail: text, diagnosis: {cause: text, fixes: [text], id: text, links: [text], raw: text, \
         title: text}, id: text, ms: count, status: text}"
    );
    assert_eq!(report["stages"][1]["diagnosis"]["id"], "key-refused");
    assert_eq!(report["source"]["key"], MASKED);
}

#[test]
fn without_a_key_there_is_nothing_to_test() {
    let desk = Desk::new();
    let ran = desk.run(&["check", "--json"]).ends(3).quietly();
    let report = ran.json();
    assert_eq!(
        shape(&report["source"]),
        "{key: null, kind: text, line: null, name: null, path: null, shadowed: []}"
    );
    assert_eq!(report["source"]["kind"], "none");
    assert_eq!(trouble(&ran), "no-key");
    desk.run(&["check"])
        .ends(3)
        .says("✗ Settings")
        .says("hint: ");
}

#[test]
fn a_server_that_wants_a_key_and_gets_none_is_told_as_a_missing_key() {
    let desk = Desk::sandboxed().with("OPENROUTER_API_KEY", "");
    let ran = desk.run(&["check", "--json"]).ends(3);
    assert_eq!(trouble(&ran), "no-key");
    desk.run(&["setup"])
        .ends(3)
        .notes("There is no API key yet");
    desk.run(&["ask", "hi"]).ends(3).without_result();
    desk.run(&["ask", "-m", "openai/gpt-5-mini", "hi"]).ends(3);
}

#[test]
fn each_key_of_the_sandbox_gets_its_own_verdict() {
    let management = Desk::sandboxed().sandbox().management_key.clone();
    for (key, code, id) in [
        (management, 4, "management-key-for-inference"),
        (KEY.to_owned(), 4, "key-refused"),
        (seeded("e4a05733"), 5, "key-limit-used-up"),
        (seeded("2e40c4ed"), 5, "credits-used-up"),
        (seeded("1debdeb1"), 5, "balance-negative"),
        (seeded("0ca9ca91"), 0, ""),
        (seeded("e4914150"), 0, ""),
    ] {
        let ran = desk_with_key(&key).run(&["check", "--json"]).ends(code);
        assert_eq!(trouble(&ran), id, "{ran}");
    }
}

#[test]
fn a_key_that_dies_soon_works_with_a_word_of_warning() {
    let ran = desk_with_key(&seeded("e4914150"))
        .run(&["check", "--json"])
        .ends(0);
    let limit = stages(&ran).swap_remove(2);
    assert_eq!(limit, ("limit".to_owned(), "warn".to_owned()));
}

#[test]
fn an_account_that_never_bought_credits_is_tested_with_a_free_model() {
    let ran = desk_with_key(&seeded("f4ee713a")).run(&["check"]).ends(0);
    ran.says("! Limit")
        .says("free models only")
        .says(":free answered");
}

#[test]
fn a_key_that_cannot_be_openrouters_is_not_sent_and_its_place_is_told() {
    for (key, code, id) in [
        ("sk-ant-api03-deadbeef", 4, "other-vendor-key"),
        ("gsk_deadbeef", 4, "other-vendor-key"),
        ("sk-or-your-actual-api-key-here", 3, "placeholder-key"),
        ("your-key-here", 3, "placeholder-key"),
        ("changeme", 3, "placeholder-key"),
    ] {
        // Were it sent, there would be no such network: exit code 7.
        let desk = Desk::new();
        desk.write(".env", &format!("A=1\nOPENROUTER_API_KEY={key}\n"));
        let ran = desk.run(&["check", "--json"]).ends(code).quietly();
        assert_eq!(trouble(&ran), id, "{ran}");
        let report = ran.json();
        assert_eq!(report["source"]["kind"], "dotenv");
        assert_eq!(report["source"]["line"], 2);
        assert_eq!(report["base_url"], "https://openrouter.ai/api/v1");
        assert!(!ran.out.contains(key), "{ran}");
        desk.run(&["ask", "hi"]).ends(code).without_result();
    }
}

#[test]
fn a_key_that_openrouter_could_never_know_is_not_sent() {
    for (key, around) in [
        (format!("Bearer {KEY}"), "Bearer"),
        (format!("OPENROUTER_API_KEY={KEY}"), "NAME="),
        (format!("'\"{KEY}\"'"), "quotes"),
        (KEY.repeat(2), "146 characters"),
        ("kéy-kéy-kéy".to_owned(), "11 characters"),
    ] {
        // Were it sent, there would be no such network: exit code 7.
        let desk = Desk::new().with("OPENROUTER_API_KEY", &key);
        let ran = desk.run(&["check", "--json"]).ends(4).quietly();
        assert_eq!(trouble(&ran), "malformed-key", "{ran}");
        let report = ran.json();
        let cause = report["stages"][0]["diagnosis"]["cause"].as_str();
        assert!(cause.is_some_and(|cause| cause.contains(around)), "{ran}");
    }
}

#[test]
fn a_server_of_ones_own_may_take_any_word_for_a_key() {
    let web = Web::compatible(Some("changeme"));
    let desk = Desk::new()
        .with("OPENROUTER_API_BASE", &web.origin)
        .with("OPENROUTER_API_KEY", "changeme");
    desk.run(&["check"]).ends(0);
}

#[test]
fn words_are_in_the_language_that_was_chosen_and_ids_in_none() {
    let desk = desk_with_key(KEY);
    let ran = desk.run(&["check", "--json", "--lang", "zh-CN"]).ends(4);
    let report = ran.json();
    let auth = &report["stages"][1];
    assert_eq!(auth["id"], "auth");
    assert_eq!(auth["detail"], "服务器拒绝了这个密钥");
    assert_eq!(auth["diagnosis"]["id"], "key-refused");
    desk.run(&["check", "--lang", "zh-CN"])
        .ends(4)
        .says("✗ 密钥")
        .says("提示");
    desk.with("LANG", "zh_CN.UTF-8")
        .run(&["check"])
        .ends(4)
        .says("✗ 密钥");
}

#[test]
fn a_server_that_nobody_runs_is_a_network_trouble() {
    let desk = Desk::sandboxed();
    let gone = ["--base-url", "http://127.0.0.1:1/api/v1"];
    let ran = desk
        .run(&[&["check", "--json"], &gone[..]].concat())
        .ends(7);
    assert_eq!(trouble(&ran), "connection-refused");
    desk.run(&[&["ask", "hi"], &gone[..]].concat())
        .ends(7)
        .without_result();
    desk.run(&[&["models"], &gone[..]].concat())
        .ends(7)
        .without_result();
}

#[test]
fn what_nobody_foresaw_is_called_unknown_and_shown_as_it_came() {
    let body = format!("{{\"error\":{{\"message\":\"short and stout, {KEY}\"}}}}");
    let web = Web::start(move |_| reply(418, "application/json", &body));
    let desk = Desk::new()
        .with("OPENROUTER_API_BASE", &web.origin)
        .with("OPENROUTER_API_KEY", KEY);
    let ran = desk.run(&["check", "--json"]).ends(9);
    assert_eq!(trouble(&ran), "unknown-refusal");
    let raw = &ran.json()["stages"][1]["diagnosis"]["raw"];
    assert!(
        raw.as_str().is_some_and(|raw| raw.contains("status: 418")),
        "{ran}"
    );
    // Keys are masked in it: every run looks for them.
    desk.run(&["check"])
        .ends(9)
        .says("What was seen, for a report:")
        .says("short and stout");
}

#[test]
fn a_base_url_that_is_none_is_told_before_anything_is_sent() {
    for (url, id) in [
        ("openrouter.ai", "base-url-invalid"),
        ("ftp://openrouter.ai", "base-url-scheme"),
        ("http://openrouter.ai/api/v1", "base-url-plain-http"),
        ("https://me:hunter2@openrouter.ai", "base-url-credentials"),
    ] {
        let desk = Desk::new().with("OPENROUTER_API_KEY", KEY);
        let ran = desk.run(&["check", "--json", "--base-url", url]).ends(3);
        assert_eq!(trouble(&ran), id, "{ran}");
        assert!(!ran.out.contains("hunter2"), "{ran}");
    }
}

#[test]
fn a_test_that_cannot_begin_tells_every_stage_and_its_verdict() {
    let skipped = |ran: &Ran| {
        let all = stages(ran);
        assert_eq!(all[0], ("config".to_owned(), "fail".to_owned()));
        assert!(
            all[1..].iter().all(|(_, status)| status == "skip"),
            "{all:?}"
        );
        all.len()
    };
    let desk = Desk::new();
    assert_eq!(skipped(&desk.run(&["check", "--json"]).ends(3)), 5);
    assert_eq!(
        skipped(&desk.run(&["check", "--full", "--json"]).ends(3)),
        11
    );
    desk.run(&["check"])
        .ends(3)
        .says("It does not work yet: There is no API key yet.");

    let desk = Desk::new();
    desk.write(".env", "A=1\nOPENROUTER_API_KEY=your-key-here\n");
    desk.run(&["check"])
        .ends(3)
        .says("The key is still a placeholder (.env line 2)")
        .says("It does not work yet: ");
    assert_eq!(skipped(&desk.run(&["check", "--json"]).ends(3)), 5);

    let desk = Desk::new().with("OPENROUTER_API_KEY", KEY);
    desk.write(".env", "OPENROUTER_API_BASE=ftp://far.example\n");
    let ran = desk.run(&["check", "--json"]).ends(3);
    assert_eq!(skipped(&ran), 5);
    let report = ran.json();
    assert_eq!(report["source"]["kind"], "env");
    assert_eq!(report["source"]["key"], MASKED);
    desk.run(&["check"])
        .ends(3)
        .says("(.env line 1)")
        .says("It does not work yet: ");
}
