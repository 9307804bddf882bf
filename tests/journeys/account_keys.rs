//! The Keys screen, with a management key.

use std::sync::Mutex;
use std::sync::mpsc::channel;

use crate::server::Server;
use crate::terminal::Desk;
use crate::web::{Web, reply};

/// Nobody's key.
const KEY: &str = "sk-or-v1-deaddeaddeaddeaddeaddeaddeaddeaddeaddeaddeaddeaddeaddeaddeaddead";

#[test]
fn a_key_is_made_into_a_file_limited_and_deleted() {
    let server = Server::start(&[]);
    let desk = Desk::beside(&server)
        .with("OPENROUTER_API_KEY", &server.api_key)
        .with("OPENROUTER_MANAGEMENT_KEY", &server.management_key);
    let mut terminal = desk.start(&["usage"]);
    terminal.press("5").see("* inference").see("8 of 8 keys");
    terminal.press("n").see("Make the key");
    terminal.send("\x15shop");
    terminal.press("down down down down down enter");
    terminal.see("Made shop sk-or-v1-").see("It is in .env");
    let line = desk.read(".env");
    let key = line
        .lines()
        .find_map(|line| line.strip_prefix("OPENROUTER_API_KEY="));
    let key = key.expect("the key is in the file").to_owned();
    terminal
        .press("enter")
        .see("9 of 9 keys")
        .see("of $10.00 used");
    terminal.press("l").see("What shop may spend");
    terminal.send("\x155");
    terminal.press("down down enter").see("$0.00 of $5.00 used");
    terminal.press("x").see("Type its name").send("shop");
    terminal
        .press("enter")
        .see("shop is deleted")
        .see("8 of 8 keys");
    terminal.press("q");
    assert_eq!(terminal.end(), 0);
    let said = terminal.everything();
    assert!(said.contains("made the key shop sk-or-v1-"), "{said}");
    assert!(!said.contains("nothing was changed"), "{said}");
    assert!(
        !terminal.everything().contains(&key),
        "the key is on no frame"
    );
}

#[test]
fn a_key_is_rotated_and_what_follows_is_asked_with_its_successor() {
    let server = Server::start(&[]);
    let desk = Desk::beside(&server).with("OPENROUTER_MANAGEMENT_KEY", &server.management_key);
    let line = format!("OPENROUTER_API_KEY={}\n", server.api_key);
    desk.write(".env", &line);
    desk.write(".env.production", &line);
    let mut terminal = desk.start(&["usage"]);
    terminal.press("5").see("* inference").press("o");
    terminal.see(".env.production line 1").press("enter");
    terminal
        .see("✓ test the successor")
        .see("rotated: “inference”");
    terminal.press("enter").see("9 of 9 keys");
    // The successor is the one in use; the old one is off.
    terminal.see("* inference       $0.00");
    terminal.press("q");
    assert_eq!(terminal.end(), 0);
    let said = terminal.everything();
    assert!(said.contains("onramp: rotated: “inference”"), "{said}");
    let written = desk.read(".env");
    assert!(!written.contains(&server.api_key));
    assert_eq!(written, desk.read(".env.production"));
}

#[test]
fn a_key_that_is_being_made_is_kept_though_the_person_leaves() {
    let (open, gate) = channel::<()>();
    let gate = Mutex::new(gate);
    let web = Web::start(move |request| {
        let json = "application/json";
        match request.line.as_str() {
            "GET /api/v1/key" => reply(
                200,
                json,
                r#"{"data":{"label":"it","limit":null,"usage":1,"is_management_key":false}}"#,
            ),
            line if line.starts_with("GET /api/v1/keys") => reply(200, json, r#"{"data":[]}"#),
            "POST /api/v1/keys" => {
                let _ = gate.lock().expect("one waits").recv();
                let key = format!("sk-or-v1-{}", "5a".repeat(32));
                let body = format!(
                    r#"{{"data":{{"hash":"{}","name":"shop","label":"sk-or-v1-5a5...a5a"}},"key":"{key}"}}"#,
                    "0".repeat(64)
                );
                reply(201, json, &body)
            }
            _ => reply(404, json, r#"{"error":{"code":404,"message":"no"}}"#),
        }
    });
    let desk = Desk::new()
        .with("OPENROUTER_API_BASE", &format!("{}/api/v1", web.origin))
        .with("OPENROUTER_API_KEY", KEY)
        .with("OPENROUTER_MANAGEMENT_KEY", &KEY.replace("dead", "feed"));
    let mut terminal = desk.start(&["usage"]);
    terminal.press("5").see("n makes one");
    terminal.press("n").see("Make the key");
    terminal.press("down down down down down enter");
    terminal.see("asking the server").press("ctrl-c");
    open.send(()).expect("the server waits");
    assert_eq!(terminal.end(), 130);
    assert!(
        desk.read(".env")
            .contains("OPENROUTER_API_KEY=sk-or-v1-5a5a")
    );
}
