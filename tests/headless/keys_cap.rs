//! `onramp keys cap`: what every key may spend, by the default guardrail.

use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::{Value, json};

use crate::keys::managing;
use crate::server::Server;
use crate::support::{Desk, KEY};
use crate::web::{Web, error, reply};

#[test]
fn a_cap_is_shown_set_enforced_and_taken_away() {
    let server = Server::start(&[]);
    let desk = managing(&server);
    let desk = desk.with("OPENROUTER_API_KEY", &server.api_key);
    desk.run(&["keys", "cap"])
        .ends(0)
        .says("each key may spend: none")
        .notes("the lower one holds");
    // The key in use here has spent more than that this month, and is far from its own limit.
    let set = ["keys", "cap", "--limit", "0.01", "--reset", "monthly"];
    desk.run(&set).ends(2).notes("--yes sets it");
    let set = [&set[..], &["--yes", "--json"]].concat();
    let now = desk.run(&set).ends(0).json();
    assert_eq!(now, json!({"limit_usd": 0.01, "limit_reset": "monthly"}));
    desk.run(&set[..7])
        .ends(0)
        .says("that is so already: $0.01, monthly (UTC)");
    desk.run(&["ask", "hi"]).ends(5).notes("budget");
    desk.run(&["keys", "cap", "--limit", "off", "--yes"])
        .ends(0)
        .says("each key may spend: none; before: $0.01");
    desk.run(&["ask", "hi"]).ends(0);
}

#[test]
fn a_cap_is_no_cap_where_there_is_none() {
    let server = Server::start(&[]);
    let desk = managing(&server);
    desk.run(&["keys", "cap", "--reset", "daily", "--yes"])
        .ends(2)
        .notes("no cap");
    for odd in ["0", "-1", "lots"] {
        desk.run(&["keys", "cap", "--limit", odd, "--yes"]).ends(2);
    }
    // An ordinary key caps nothing.
    let desk = desk.with("OPENROUTER_MANAGEMENT_KEY", &server.api_key);
    desk.run(&["keys", "cap"]).ends(4);
}

/// A service whose workspace has another slug, and that does not do what it says.
#[test]
fn a_workspace_of_another_slug_is_found_and_an_answer_is_held_against_the_wish() {
    static LIES: AtomicBool = AtomicBool::new(false);
    let data = |value: &Value| reply(200, "application/json", &json!({"data": value}).to_string());
    let web = Web::start(move |request| match request.line.as_str() {
        "GET /api/v1/key" => data(&json!({"label": "m", "is_management_key": true})),
        "GET /api/v1/workspaces" => data(&json!([{"slug": "mine", "default_guardrail_id": "g-1"}])),
        "PATCH /api/v1/guardrails/g-1" if LIES.load(Ordering::SeqCst) => {
            data(&json!({"id": "g-1", "limit_usd": null}))
        }
        "PATCH /api/v1/guardrails/g-1" => data(&json!({"id": "g-1", "limit_usd": 5})),
        _ => error(404, "Not found", "not_found"),
    });
    let desk = Desk::new()
        .with("OPENROUTER_API_BASE", &format!("{}/api/v1", web.origin))
        .with("OPENROUTER_MANAGEMENT_KEY", KEY);
    let set = ["keys", "cap", "--limit", "5", "--yes"];
    desk.run(&set).ends(0).says("each key may spend: $5.00");
    LIES.store(true, Ordering::SeqCst);
    desk.run(&set)
        .ends(8)
        .notes("the cap is not as it was asked for");
}
