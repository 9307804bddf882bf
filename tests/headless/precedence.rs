//! Which key and which server count: flag, then environment, then .env, then the credential store.
//! `check --json` tells where it took them from.

use serde_json::{Value, json};

use crate::support::{Desk, KEY, MASKED, Ran};
use crate::web::Web;

const OTHER: &str = "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";
const OTHER_MASKED: &str = "sk-or-v1-caf…123";

/// A place on this machine where nobody listens: whatever is meant for it goes nowhere.
const NOWHERE: &str = "http://127.0.0.1:1/api/v1";

/// Where the key came from, and the server it went to.
fn source(ran: &Ran) -> (Value, Value) {
    let report = ran.json();
    (report["source"].clone(), report["base_url"].clone())
}

fn check(desk: &Desk) -> (Value, Value) {
    source(&desk.run(&["check", "--json"]))
}

fn from_env(key: &str, shadowed: &Value) -> Value {
    json!({"kind": "env", "path": null, "line": null, "name": "OPENROUTER_API_KEY", "key": key,
        "shadowed": shadowed})
}

fn in_file(desk: &Desk, name: &str, line: usize, key: &str) -> Value {
    json!({"kind": "dotenv", "path": desk.path(name), "line": line,
        "name": "OPENROUTER_API_KEY", "key": key})
}

fn from_file(desk: &Desk, name: &str, line: usize, key: &str, shadowed: Value) -> Value {
    let mut source = in_file(desk, name, line, key);
    source["shadowed"] = shadowed;
    source
}

fn in_store(desk: &Desk, key: &str) -> Value {
    json!({"kind": "store", "path": desk.home().join("credentials.json"), "line": null,
        "name": null, "key": key})
}

#[test]
fn the_environment_comes_before_the_file_and_the_file_before_the_store() {
    let desk = Desk::repository().with("OPENROUTER_API_BASE", NOWHERE);
    desk.store("http://127.0.0.1:1", KEY);
    let mut stored = in_store(&desk, MASKED);
    stored["shadowed"] = json!([]);
    assert_eq!(check(&desk).0, stored);
    desk.write(".env", &format!("# mine\n\nOPENROUTER_API_KEY={OTHER}\n"));
    assert_eq!(
        check(&desk).0,
        from_file(
            &desk,
            ".env",
            3,
            OTHER_MASKED,
            json!([in_store(&desk, MASKED)])
        )
    );
    let file = in_file(&desk, ".env", 3, OTHER_MASKED);
    let store = in_store(&desk, MASKED);
    let desk = desk.with("OPENROUTER_API_KEY", KEY);
    assert_eq!(check(&desk).0, from_env(MASKED, &json!([file, store])));
    // A variable without a value is none.
    let desk = desk.with("OPENROUTER_API_KEY", "");
    assert_eq!(check(&desk).0["kind"], "dotenv");
}

#[test]
fn hiding_another_key_deserves_a_word_and_the_same_key_twice_none() {
    let desk = Desk::sandboxed();
    let config = |desk: &Desk| desk.run(&["check", "--json"]).ends(0).json()["stages"][0].clone();
    let key = &desk.sandbox().api_key;
    desk.write(".env", &format!("OPENROUTER_API_KEY={key}\n"));
    assert_eq!(config(&desk)["status"], "pass");
    desk.write(".env", &format!("OPENROUTER_API_KEY={OTHER}\n"));
    let stage = config(&desk);
    assert_eq!(stage["status"], "warn");
    let detail = stage["detail"].as_str().expect("a text");
    assert!(
        detail.contains("hides another key from .env line 1"),
        "{detail}"
    );
}

#[test]
fn the_store_keeps_a_key_for_one_server_only() {
    let desk = Desk::new().with("OPENROUTER_API_BASE", NOWHERE);
    desk.store("https://openrouter.ai", KEY);
    assert_eq!(check(&desk).0["kind"], "none");
}

#[test]
fn a_flag_names_the_server_before_the_environment_and_the_file_do() {
    let desk = Desk::repository().with("OPENROUTER_API_KEY", KEY);
    assert_eq!(check(&desk).1, "https://openrouter.ai/api/v1");
    desk.write(".env", "OPENROUTER_API_BASE=http://127.0.0.1:1/file\n");
    assert_eq!(check(&desk).1, "http://127.0.0.1:1/file");
    let desk = desk.with("OPENROUTER_BASE_URL", "http://127.0.0.1:1/node");
    assert_eq!(check(&desk).1, "http://127.0.0.1:1/node");
    let desk = desk.with("OPENROUTER_API_BASE", "http://127.0.0.1:1/env");
    assert_eq!(check(&desk).1, "http://127.0.0.1:1/env");
    let flag = desk.run(&["check", "--json", "--base-url", "http://127.0.0.1:1/flag"]);
    assert_eq!(source(&flag).1, "http://127.0.0.1:1/flag");
}

#[test]
fn the_nearest_file_counts_upwards_to_the_root_of_the_repository_and_not_above() {
    let outside = Desk::new().with("OPENROUTER_API_BASE", NOWHERE);
    outside.write(".env", &format!("OPENROUTER_API_KEY={KEY}\n"));
    outside.write("repo/app/src/main.rs", "");
    outside.git(&["init", "--quiet", "repo"]);
    let from = |below: &str| {
        let ran = outside.run_in(below, b"", &["check", "--json"]);
        source(&ran).0
    };
    assert_eq!(from("repo/app/src")["kind"], "none");
    outside.write("repo/.env", &format!("OPENROUTER_API_KEY={OTHER}\n"));
    assert_eq!(
        from("repo/app/src"),
        from_file(&outside, "repo/.env", 1, OTHER_MASKED, json!([]))
    );
    outside.write("repo/app/.env", &format!("A=1\nOPENROUTER_API_KEY={KEY}\n"));
    let root = in_file(&outside, "repo/.env", 1, OTHER_MASKED);
    assert_eq!(
        from("repo/app/src"),
        from_file(&outside, "repo/app/.env", 2, MASKED, json!([root]))
    );
    assert_eq!(from("repo")["line"], 1);
    assert_eq!(from("")["path"], json!(outside.path(".env")));
}

#[test]
fn a_named_file_is_read_in_place_of_the_others() {
    let desk = Desk::repository().with("OPENROUTER_API_BASE", NOWHERE);
    desk.write(".env", &format!("OPENROUTER_API_KEY={KEY}\n"));
    desk.write("config/prod.env", &format!("OPENROUTER_API_KEY={OTHER}\n"));
    let ran = desk.run(&["check", "--json", "--env-file", "config/prod.env"]);
    assert_eq!(
        source(&ran).0,
        from_file(&desk, "config/prod.env", 1, OTHER_MASKED, json!([]))
    );
}

#[test]
fn a_named_file_that_is_not_there_is_said_whatever_else_is() {
    let lone = Desk::new();
    let with_key = Desk::sandboxed();
    let with_another = Desk::new().with("OPENAI_API_KEY", "sk-deadbeef");
    for desk in [lone, with_key, with_another] {
        let ran = desk
            .run(&["check", "--json", "--env-file", "gone.env"])
            .ends(10);
        let stage = &ran.json()["stages"][0];
        assert_eq!(stage["diagnosis"]["id"], "file-missing", "{ran}");
        desk.run(&["ask", "--env-file", "gone.env", "hi"])
            .ends(10)
            .without_result()
            .notes("gone.env");
    }
}

#[test]
fn a_store_that_cannot_be_read_explains_the_missing_key() {
    let desk = Desk::new();
    let broken = "{\"servers\": ";
    desk.write_home("credentials.json", broken);
    let ran = desk.run(&["check", "--json"]).ends(10);
    let cause = ran.json()["stages"][0]["diagnosis"]["cause"].to_string();
    assert!(cause.contains("credentials.json"), "{ran}");
    // Whoever has a key elsewhere does not need it.
    let desk = Desk::sandboxed();
    desk.write_home("credentials.json", broken);
    desk.run(&["check"]).ends(0);
}

#[test]
fn the_sandbox_inside_takes_no_key_of_the_persons() {
    let web = Web::compatible(None);
    let desk = Desk::new()
        .with("OPENROUTER_API_KEY", KEY)
        .with("OPENROUTER_API_BASE", &web.origin);
    let ran = desk.run(&["--sandbox", "ask", "Reply with ok"]).ends(0);
    assert_eq!(ran.out, "ok\n");
    desk.run(&["--sandbox", "check"])
        .ends(0)
        .says("key from the sandbox (simulated)");
    assert_eq!(web.lines(), Vec::<String>::new());
}
