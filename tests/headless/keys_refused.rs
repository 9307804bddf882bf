//! `onramp keys` and servers that refuse, that forget, or that disagree about the time.

use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::{Value, json};

use crate::support::{Desk, KEY};
use crate::web::{Request, Web, error, reply};

fn row(hash: &str, name: &str) -> Value {
    json!({"hash": hash, "name": name, "label": format!("sk-or-v1-{hash}...{hash}"), "disabled": false})
}

fn data(value: &Value) -> String {
    reply(200, "application/json", &json!({"data": value}).to_string())
}

/// A service with one key; `answer` decides about everything but looking.
fn service(answer: impl Fn(&Request) -> String + Send + 'static) -> (Web, Desk) {
    let web = Web::start(move |request| match request.line.as_str() {
        "GET /api/v1/key" => data(&json!({"label": "m", "is_management_key": true})),
        "GET /api/v1/keys?include_disabled=true&offset=0" => data(&json!([row("aaaa", "shop")])),
        _ => answer(request),
    });
    let desk = desk(&web);
    (web, desk)
}

fn desk(web: &Web) -> Desk {
    Desk::new()
        .with("OPENROUTER_API_BASE", &format!("{}/api/v1", web.origin))
        .with("OPENROUTER_MANAGEMENT_KEY", KEY)
}

#[test]
fn each_refusal_of_a_change_is_told_as_what_it_is() {
    for (status, message, code, words) in [
        (403, "Forbidden", 4, "This key is not allowed to do that"),
        (
            404,
            "API key not found",
            9,
            "This key does not exist any more",
        ),
        (404, "Not Found", 9, "This key does not exist any more"),
        (409, "Conflict", 9, "two changes that do not agree"),
        (429, "Rate limit exceeded", 6, "Try again in"),
        (500, "Internal Server Error", 8, "error:"),
    ] {
        let (_web, desk) = service(move |_| error(status, message, "x"));
        for change in [
            ["update", "shop", "--limit", "5"],
            ["disable", "shop", "--yes", "--json"],
        ] {
            desk.run(&[&["keys"], &change[..]].concat())
                .ends(code)
                .without_result()
                .notes(words);
        }
    }
}

#[test]
fn a_key_that_somebody_else_deleted_meanwhile_is_deleted() {
    let (web, desk) = service(|_| error(404, "API key not found", "x"));
    let delete = ["keys", "delete", "shop", "--yes", "shop"];
    desk.run(&delete).ends(0).says("was deleted already");
    let ran = desk.run(&[&delete[..], &["--json"]].concat()).ends(0);
    assert_eq!(ran.json()["was_there"], false);
    assert!(web.lines().contains(&"DELETE /api/v1/keys/aaaa".into()));
}

#[test]
fn a_change_that_the_server_did_not_make_is_no_success() {
    let (_web, desk) = service(|_| data(&row("aaaa", "shop")));
    desk.run(&["keys", "update", "shop", "--limit", "5"])
        .ends(8)
        .without_result();
}

#[test]
fn a_key_whose_answer_was_lost_is_named_so_that_it_can_be_deleted() {
    let made = AtomicBool::new(false);
    let web = Web::start(move |request| match request.line.as_str() {
        "GET /api/v1/key" => data(&json!({"label": "m", "is_management_key": true})),
        "POST /api/v1/keys" => {
            made.store(true, Ordering::Relaxed);
            reply(200, "text/plain", "")
        }
        _ if made.load(Ordering::Relaxed) => {
            data(&json!([row("bbbb", "blog"), row("aaaa", "shop")]))
        }
        _ => data(&json!([row("aaaa", "shop")])),
    });
    let ran = desk(&web).run(&["keys", "create", "blog", "--print"]);
    assert_ne!(ran.code, Some(0), "{ran}");
    ran.without_result()
        .notes("onramp keys delete sk-or-v1-bbbb...bbbb removes it");
}

#[test]
fn clocks_that_do_not_agree_are_why_an_end_is_past() {
    let (_web, desk) = service(|_| {
        let body = json!({"error": {"code": 400, "message": "expires_at: Must be in the future"}});
        let body = body.to_string();
        format!(
            "HTTP/1.1 400 Bad Request\r\ndate: Mon, 01 Jan 2035 00:00:00 GMT\r\ncontent-type: \
             application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
            body.len()
        )
    });
    let ran = desk.run(&["keys", "create", "blog", "--print", "--expires", "30d"]);
    assert_ne!(ran.code, Some(0), "{ran}");
    ran.without_result().notes("clock");
}
