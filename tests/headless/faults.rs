//! Every way in which the sandbox can fail, and the exit code and diagnosis that come of it.

use serde_json::Value;

use crate::server::Server;
use crate::support::{Desk, Ran};

/// A fault, the exit code, the diagnosis; neither where a model answers all the same.
type Row = (&'static str, i32, &'static str);

/// What asking a model comes to.
const ANSWERS: &[Row] = &[
    ("cut", 7, "stream-cut"),
    ("context-too-long", 9, "context-too-long"),
    ("bad-parameter", 9, "bad-parameter"),
    ("content-policy", 9, "content-policy"),
    ("provider-refuses", 9, "bad-parameter"),
    ("model-not-found", 9, "unknown-model"),
    ("wrong-endpoint", 9, "wrong-endpoint-for-model"),
    ("no-credits", 5, "credits-used-up"),
    ("never-bought", 5, "credits-never-bought"),
    ("negative-balance", 5, "balance-negative"),
    ("max-tokens-unaffordable", 5, "cannot-afford-max-tokens"),
    ("key-limit", 5, "key-limit-used-up"),
    ("key-limit-unaffordable", 5, "key-limit-below-max-tokens"),
    ("prompt-unaffordable", 5, "prompt-too-dear"),
    ("in-flight", 5, "in-flight-hold"),
    ("in-flight-too-big", 5, "too-big-for-balance"),
    ("moderation", 9, "moderation"),
    ("guardrail", 9, "guardrail"),
    ("budget", 5, "budget-used-up"),
    ("key-budget", 5, "key-limit-used-up"),
    ("region", 9, "region-refused"),
    ("not-management", 4, "not-a-management-key"),
    ("management-key", 4, "management-key-for-inference"),
    ("privacy", 9, "privacy-restricted"),
    ("no-endpoints", 9, "no-endpoint"),
    ("constraint", 9, "constraint-filtered"),
    ("free-ended", 9, "free-variant-ended"),
    ("model-deprecated", 9, "model-retired"),
    ("model-unavailable", 9, "no-endpoint"),
    ("timeout", 8, "timeout"),
    ("too-large", 9, "payload-too-large"),
    ("unprocessable", 9, "unprocessable"),
    ("free-minute", 6, "free-per-minute"),
    ("free-day", 6, "free-per-day"),
    ("upstream-limit", 6, "provider-rate-limited"),
    ("capacity", 6, "capacity"),
    ("capacity-bare", 6, "capacity"),
    ("provider-down", 8, "provider-down"),
    ("unavailable", 8, "overloaded"),
    ("upstream-timeout", 8, "timeout"),
    ("edge-timeout-json", 8, "timeout"),
    ("overloaded", 8, "overloaded"),
    ("word-code", 5, "insufficient-quota"),
    ("edge-timeout", 8, "timeout"),
    ("error-in-200", 8, "provider-down"),
    ("mid-stream", 8, "stream-error"),
    ("mid-stream-429", 6, "provider-rate-limited"),
    ("mid-stream-word", 8, "stream-error"),
    ("mid-stream-bare", 8, "overloaded"),
    ("leading-space", 0, ""),
    ("one-byte", 0, ""),
    ("crlf", 0, ""),
    ("no-done", 0, ""),
    ("no-usage", 0, ""),
    ("usage-with-choice", 0, ""),
    ("reasoning-twin", 0, ""),
    ("tool-call", 0, ""),
    ("hostile-text", 0, ""),
    ("content-filter", 0, ""),
    ("empty-answer", 0, ""),
    ("byok", 0, ""),
    ("odd-chunks", 0, ""),
    ("whole", 0, ""),
];

/// What any request comes to. A whole server has them; a model can have them too.
const EVERYTHING: &[Row] = &[
    ("key-missing", 4, "no-auth-sent"),
    ("key-unknown", 4, "key-refused"),
    ("key-disabled", 4, "key-disabled"),
    ("key-expired", 4, "key-expired"),
    ("internal", 8, "server-error"),
    ("cdn-502", 8, "gateway-error"),
    ("cdn-429", 6, "rate-limited"),
    ("html-500", 8, "gateway-error"),
    ("captive-portal", 7, "captive-portal"),
    ("redirect", 7, "redirected"),
    ("empty", 8, "empty-answer"),
    ("bad-json", 8, "misshapen-answer"),
    ("clock-skew", 0, ""),
];

/// Lists of another shape: what is read of them is read all the same.
const LISTS: &[&str] = &[
    "old-key",
    "zero-credits",
    "odd-models",
    "endless-models",
    "long-dates",
    "no-activity",
    "no-analytics",
    "slow-analytics",
    "cut-analytics",
    "odd-analytics",
];

/// These take their time, by their nature: what comes of them when one second of silence is borne.
const SLOW: &[Row] = &[
    ("hang", 7, "first-byte-timeout"),
    ("stall", 7, "stream-idle"),
    // A byte a second is no answer; keep-alive comments for ten seconds are signs of life.
    ("slow", 7, "stream-idle"),
    ("late-start", 0, ""),
];

/// The stage that failed, and the id of its diagnosis.
fn failure(ran: &Ran) -> Option<(String, String)> {
    let report = ran.json();
    let stages = report["stages"].as_array().expect("a list");
    let failed = stages.iter().find(|stage| stage["status"] == "fail")?;
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    Some((text(&failed["id"]), text(&failed["diagnosis"]["id"])))
}

fn expected(stage: &str, id: &str) -> Option<(String, String)> {
    (!id.is_empty()).then(|| (stage.to_owned(), id.to_owned()))
}

/// The rows in two halves, each on its own thread: most of the time is waiting for processes.
fn for_each(rows: &[Row], test: impl Fn(Row) + Sync) {
    let (one, other) = rows.split_at(rows.len() / 2);
    std::thread::scope(|scope| {
        for half in [one, other] {
            scope.spawn(|| half.iter().for_each(|row| test(*row)));
        }
    });
}

#[test]
fn every_fault_is_in_these_tables() {
    let listed = Desk::new().run(&["sandbox", "--faults"]).ends(0).out;
    let listed: Vec<&str> = listed
        .lines()
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    let rows = [ANSWERS, EVERYTHING, SLOW].concat();
    let rows = rows.iter().map(|(name, ..)| *name);
    let known: Vec<&str> = rows.chain(LISTS.iter().copied()).collect();
    for name in &listed {
        assert!(known.contains(name), "no row for {name}");
    }
    for name in &known {
        assert!(listed.contains(name), "{name} is no fault any more");
    }
}

#[test]
fn a_model_in_trouble_has_its_diagnosis_and_its_exit_code() {
    let desk = Desk::sandboxed();
    let rows = [ANSWERS, EVERYTHING].concat();
    for_each(&rows, |(fault, code, id)| {
        let model = format!("sandbox/{fault}");
        let ran = desk
            .run(&["check", "--json", "--model", &model])
            .ends(code)
            .quietly();
        assert_eq!(failure(&ran), expected("completion", id), "{ran}");
        assert_eq!(ran.json()["ok"], id.is_empty(), "{ran}");
    });
}

#[test]
fn a_silence_ends_when_it_was_told_to_and_slowness_is_none() {
    let desk = Desk::sandboxed();
    for_each(SLOW, |(fault, code, id)| {
        let model = format!("sandbox/{fault}");
        let ran = desk
            .run(&["ask", "--json", "--timeout", "2", "-m", &model, "hi"])
            .ends(code)
            .quietly();
        let told = ran.json()["error"]["id"].as_str().map(str::to_owned);
        assert_eq!(told.unwrap_or_default(), id, "{ran}");
    });
}

#[test]
fn a_whole_server_in_trouble_fails_at_the_key_already() {
    for_each(EVERYTHING, |(fault, code, id)| {
        let server = Server::start(&["--fault", fault]);
        let desk = Desk::at(&server);
        let ran = desk.run(&["check", "--json"]).ends(code).quietly();
        // No model was asked there.
        let of_facts = match id {
            "server-error" | "provider-down" | "overloaded" | "timeout" => "out-of-service",
            id => id,
        };
        assert_eq!(failure(&ran), expected("auth", of_facts), "{ran}");
        let ran = desk.run(&["ask", "--json", "hi"]).ends(code).quietly();
        let told = ran.json()["error"]["id"].as_str().map(str::to_owned);
        assert_eq!(told.unwrap_or_default(), of_facts, "{ran}");
        desk.run(&["models", "--json"]).ends(code);
        desk.run(&["setup"]).ends(code);
    });
}

#[test]
fn lists_of_another_shape_are_read_all_the_same() {
    for fault in LISTS {
        let server = Server::start(&["--fault", fault]);
        let desk = Desk::at(&server);
        let ran = desk.run(&["check", "--json"]).ends(0);
        assert_eq!(failure(&ran), None, "{fault}: {ran}");
        let models = desk.run(&["models", "--json"]).ends(0).json();
        assert!(
            models.as_array().is_some_and(|list| !list.is_empty()),
            "{fault}"
        );
    }
}

#[test]
fn an_answer_that_breaks_off_is_a_network_trouble() {
    let desk = Desk::sandboxed();
    let ask = ["ask", "-m", "sandbox/cut", "Tell me all about it"];
    let ran = desk.run(&ask).ends(7).notes("broke off before its end");
    assert!(!ran.out.trim().is_empty(), "what came is printed: {ran}");
    let ran = desk
        .run(&[&["--quiet"], &ask[..], &["--json"]].concat())
        .ends(7);
    assert_eq!(ran.json()["error"]["id"], "stream-cut");
}

#[test]
fn an_answer_without_a_word_passes_with_a_word_of_warning() {
    let desk = Desk::sandboxed();
    for (fault, reason) in [
        ("empty-answer", "without a word"),
        ("tool-call", "tool_calls"),
        ("content-filter", "stopped by a content filter"),
    ] {
        let model = format!("sandbox/{fault}");
        let ran = desk.run(&["check", "--json", "-m", &model]).ends(0);
        let report = ran.json();
        let stages = report["stages"].as_array().expect("a list");
        let answer = stages.last().expect("the last stage");
        assert_eq!(answer["status"], "warn", "{ran}");
        let detail = answer["detail"].as_str().expect("a text");
        assert!(detail.contains(reason), "{ran}");
        desk.run(&["check", "-m", &model])
            .ends(0)
            .says("Everything up to the model works, but its answer holds no words.");
    }
}
