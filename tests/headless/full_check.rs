//! `onramp check --full`: every stage, what it depends on, and what is said beside it.

use serde_json::{Value, json};

use crate::server::Server;
use crate::support::{Desk, KEY, Ran};
use crate::web::{Web, reply};

const STAGES: [&str; 11] = [
    "config",
    "dns",
    "connect",
    "tls",
    "auth",
    "limit",
    "credits",
    "models",
    "completion",
    "stream",
    "cost",
];

fn check(desk: &Desk, words: &[&str]) -> Ran {
    desk.run(&[&["check", "--full", "--json"], words].concat())
}

/// The stages of a report with one status.
fn with_status(ran: &Ran, status: &str) -> Vec<String> {
    let report = ran.json();
    let stages = report["stages"].as_array().expect("a list");
    let those = stages.iter().filter(|stage| stage["status"] == status);
    those
        .map(|stage| stage["id"].as_str().expect("a text").to_owned())
        .collect()
}

fn stage(ran: &Ran, id: &str) -> Value {
    let report = ran.json();
    let stages = report["stages"].as_array().expect("a list");
    let found = stages.iter().find(|stage| stage["id"] == id);
    found.cloned().unwrap_or_else(|| panic!("no {id}: {ran}"))
}

#[test]
fn every_stage_is_told_once_in_its_order() {
    let desk = Desk::sandboxed();
    let ran = check(&desk, &[]).ends(0).quietly();
    let report = ran.json();
    let ids: Vec<&str> = report["stages"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|stage| stage["id"].as_str().expect("a text"))
        .collect();
    assert_eq!(ids, STAGES);
    // http on this machine is not encrypted, and no management key is set.
    assert_eq!(with_status(&ran, "skip"), ["tls", "credits"]);
    assert_eq!(with_status(&ran, "pass").len(), 9, "{ran}");
    assert!(
        stage(&ran, "stream")["detail"]
            .as_str()
            .is_some_and(|it| it.contains("usage told"))
    );
    assert!(
        stage(&ran, "cost")["detail"]
            .as_str()
            .is_some_and(|it| it.contains("price list"))
    );
}

#[test]
fn for_a_person_it_ends_in_a_sentence() {
    let desk = Desk::sandboxed();
    let words = "\nThe setup works: a model answered.\n";
    let ran = desk.run(&["check", "--full"]).ends(0).quietly();
    assert!(ran.out.ends_with(words), "{ran}");
    let ran = desk
        .run(&["check", "--full", "-m", "sandbox/402"])
        .ends(5)
        .says("\nIt does not work yet: The account does not have enough credits.\n");
    // Two stages met the same trouble; how it is mended is said once.
    assert_eq!(
        ran.out.matches("hint: Use a free model").count(),
        1,
        "{ran}"
    );
}

#[test]
fn a_management_key_tells_the_balance() {
    let server = Server::start(&[]);
    let desk = Desk::at(&server).with("OPENROUTER_MANAGEMENT_KEY", &server.management_key);
    let ran = check(&desk, &[]).ends(0);
    let credits = stage(&ran, "credits");
    assert_eq!(credits["status"], "pass", "{ran}");
    assert!(
        credits["detail"]
            .as_str()
            .is_some_and(|it| it.contains("left of"))
    );
    // The quick test does not ask, and does not say that it may not.
    let ran = desk.run(&["check", "--json"]).ends(0);
    let credits = stage(&ran, "credits");
    assert_eq!(credits["status"], "skip");
    assert_eq!(credits["detail"], "the full test asks for it");
    // One that does not work is a word of warning: models answer all the same.
    let desk = desk.with("OPENROUTER_MANAGEMENT_KEY", KEY);
    let ran = check(&desk, &[]).ends(0);
    assert_eq!(stage(&ran, "credits")["diagnosis"]["id"], "key-refused");
}

#[test]
fn without_a_way_everything_behind_it_is_left_out() {
    let desk = Desk::sandboxed();
    let ran = check(&desk, &["--base-url", "http://127.0.0.1:1/api/v1"]).ends(7);
    assert_eq!(with_status(&ran, "fail"), ["connect"]);
    // What runs already is nobody's advice.
    assert!(!ran.out.contains("onramp check --full"), "{ran}");
    let words = ["check", "--base-url", "http://127.0.0.1:1/api/v1"];
    desk.run(&words).ends(7).says("onramp check --full");
    assert_eq!(
        with_status(&ran, "skip"),
        STAGES.get(3..).expect("the rest")
    );
    let ran = check(&desk, &["--base-url", "https://nowhere.invalid/v1"]).ends(7);
    assert_eq!(with_status(&ran, "fail"), ["dns"]);
}

#[test]
fn without_a_key_the_models_are_listed_and_nobody_is_asked() {
    let desk = Desk::sandboxed().with("OPENROUTER_API_KEY", KEY);
    let ran = check(&desk, &[]).ends(4);
    assert_eq!(with_status(&ran, "fail"), ["auth"]);
    assert_eq!(stage(&ran, "models")["status"], "pass");
    for id in ["limit", "credits", "completion", "stream", "cost"] {
        assert_eq!(stage(&ran, id)["status"], "skip", "{id}: {ran}");
    }
}

#[test]
fn a_name_that_is_not_listed_gets_the_nearest_and_is_not_asked() {
    let desk = Desk::sandboxed();
    let ran = check(&desk, &["-m", "gpt-4"]).ends(9);
    let models = stage(&ran, "models");
    assert_eq!(models["diagnosis"]["id"], "unknown-model");
    assert_eq!(
        models["diagnosis"]["fixes"][0],
        "Use openai/gpt-4 (-m openai/gpt-4)"
    );
    let cause = models["diagnosis"]["cause"].as_str().expect("a text");
    assert!(cause.contains("author/model"), "{cause}");
    assert_eq!(
        with_status(&ran, "skip"),
        ["tls", "credits", "completion", "stream", "cost"]
    );
    // The quick test and a question learn of it from the server, and name the nearest all the same.
    let ran = desk.run(&["check", "-m", "gpt-4"]).ends(9);
    ran.says("hint: Use openai/gpt-4 (-m openai/gpt-4)\n");
    desk.run(&["ask", "-m", "gpt-4", "hi"])
        .ends(9)
        .notes("hint: Use openai/gpt-4 (-m openai/gpt-4)\n");
}

#[test]
fn variants_and_aliases_exist() {
    let desk = Desk::sandboxed();
    for model in [
        "openai/gpt-5-mini:nitro",
        "~anthropic/claude-sonnet-latest",
        "openrouter/auto",
    ] {
        let ran = check(&desk, &["-m", model]).ends(0);
        assert_eq!(stage(&ran, "models")["status"], "pass", "{model}: {ran}");
    }
}

#[test]
fn a_model_that_goes_soon_is_told_with_what_could_follow() {
    let ran = check(&Desk::sandboxed(), &["-m", "openai/gpt-4-turbo"]).ends(0);
    let models = stage(&ran, "models");
    assert_eq!(models["status"], "warn");
    assert_eq!(models["diagnosis"]["id"], "model-retiring");
    let first = models["diagnosis"]["fixes"][0].as_str().expect("a text");
    assert!(first.starts_with("Use openai/gpt-"), "{first}");
}

#[test]
fn the_quick_test_and_a_question_tell_it_by_the_list_that_is_at_hand() {
    let desk = Desk::sandboxed();
    let going = "openai/gpt-4-turbo";
    let quick = |desk: &Desk| desk.run(&["check", "--json", "-m", going]).ends(0);
    let ids = |ran: &Ran| with_status(ran, "warn");
    // Nobody is asked for a list.
    assert_eq!(ids(&quick(&desk)), Vec::<String>::new());
    let ran = desk.run(&["ask", "-m", going, "hi"]).ends(0);
    assert!(!ran.err.contains("retires on"), "{ran}");

    desk.run(&["models"]).ends(0);
    let ran = quick(&desk);
    assert_eq!(ids(&ran), ["models"]);
    assert_eq!(stage(&ran, "models")["diagnosis"]["id"], "model-retiring");
    let ran = desk.run(&["ask", "-m", going, "hi"]).ends(0);
    let line = ran.err.lines().find(|line| line.contains("retires on"));
    let line = line.unwrap_or_else(|| panic!("{ran}"));
    assert!(line.contains("; openai/gpt-"), "{line}");
    // A model that stays, and a person who wants quiet, hear nothing.
    for words in [
        &["ask", "-m", "openai/gpt-5-mini", "hi"][..],
        &["ask", "--quiet", "-m", going, "hi"],
    ] {
        let ran = desk.run(words).ends(0);
        assert!(!ran.err.contains("retires on"), "{ran}");
    }
}

#[test]
fn a_clock_that_is_off_is_told() {
    let server = Server::start(&["--fault", "clock-skew"]);
    let ran = check(&Desk::at(&server), &[]).ends(0);
    let auth = stage(&ran, "auth");
    assert_eq!(auth["status"], "warn");
    assert_eq!(auth["diagnosis"]["id"], "clock-skew");
    let cause = auth["diagnosis"]["cause"].as_str().expect("a text");
    assert!(cause.contains("behind the server's clock"), "{cause}");
}

#[test]
fn a_path_that_is_missing_is_found() {
    let web = Web::start(|request| {
        let key = json!({"data": {"label": "x", "limit": null, "usage": 0}}).to_string();
        match (request.line.as_str(), &request.authorization) {
            ("GET /llm/api/v1/key", None) => reply(401, "application/json", "{\"error\":{}}"),
            ("GET /llm/api/v1/key", Some(_)) => reply(200, "application/json", &key),
            _ => reply(404, "text/html", "<html>404"),
        }
    });
    let base = format!("{}/llm", web.origin);
    let desk = Desk::new().with("OPENROUTER_API_KEY", KEY);
    let ran = desk.run(&["check", "--json", "--base-url", &base]).ends(3);
    let auth = stage(&ran, "auth");
    assert_eq!(auth["diagnosis"]["id"], "base-url-wrong-path");
    let right = format!("onramp env set OPENROUTER_API_BASE={base}/api/v1");
    let first = auth["diagnosis"]["fixes"][0].as_str().expect("a text");
    assert!(first.ends_with(&right), "{first}");
    // Whoever is asked says the same, and how it is mended.
    for words in [&["setup"][..], &["ask", "-m", "tiny", "hi"], &["ask", "hi"]] {
        let ran = desk.run(&[words, &["--base-url", &base]].concat()).ends(3);
        ran.notes(&right);
    }
    let guessed = web.asked().into_iter();
    let mut guessed = guessed.filter(|asked| asked.line.contains("/llm/api/v1/"));
    assert!(
        guessed.all(|asked| asked.authorization.is_none()),
        "no key is sent to a guess"
    );
}

#[test]
fn an_address_that_other_programs_would_misread_is_told() {
    let proxy = Web::proxy();
    let desk = Desk::new()
        .with("HTTPS_PROXY", &proxy.origin)
        .with("OPENROUTER_API_KEY", KEY)
        .with("OPENROUTER_API_BASE", "https://openrouter.ai");
    let ran = desk.run(&["check", "--json"]).ends(7);
    let config = stage(&ran, "config");
    assert_eq!(config["status"], "warn");
    assert_eq!(config["diagnosis"]["id"], "base-url-wrong-path");
    assert_eq!(ran.json()["base_url"], "https://openrouter.ai/api/v1");
}

#[test]
fn a_server_that_is_not_openrouter_is_tested_as_far_as_it_goes() {
    let web = Web::compatible(Some("changeme"));
    let desk = Desk::new()
        .with("OPENROUTER_API_BASE", &web.origin)
        .with("OPENROUTER_API_KEY", "changeme");
    let ran = check(&desk, &[]).ends(0);
    assert_eq!(
        with_status(&ran, "skip"),
        ["tls", "limit", "credits", "cost"]
    );
    // A name that it does not list is asked all the same: some servers answer to any.
    let ran = check(&desk, &["-m", "tony"]).ends(0);
    assert_eq!(stage(&ran, "models")["status"], "warn");
    assert_eq!(stage(&ran, "completion")["status"], "pass");
}

#[test]
fn an_answer_on_an_own_provider_key_is_no_wrong_bill() {
    let ran = check(&Desk::sandboxed(), &["--model", "sandbox/byok"]).ends(0);
    let cost = stage(&ran, "cost");
    assert_eq!(cost["status"], "pass", "{ran}");
    let detail = cost["detail"].as_str().expect("a text");
    assert!(
        detail.contains("$0.00 of credits") && detail.contains("own provider key"),
        "{ran}"
    );
}
