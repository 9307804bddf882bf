//! `onramp usage` where the server or the ledger does not tell all it should.

use crate::server::Server;
use crate::support::{Desk, KEY};
use crate::usage::json;
use crate::web::{Web, reply};

#[test]
fn a_key_that_is_refused_and_a_server_that_tells_nothing_are_said() {
    let server = Server::start(&[]);
    let desk = Desk::at(&server).with("OPENROUTER_API_KEY", KEY);
    json(&desk).ends(4);
    desk.run(&["usage"]).ends(4).notes("key: ");
    let web = Web::compatible(Some("changeme"));
    let desk = Desk::new()
        .with("OPENROUTER_API_BASE", &web.origin)
        .with("OPENROUTER_API_KEY", "changeme");
    let ran = json(&desk).ends(0).notes("not OpenRouter");
    assert!(ran.json()["key"].is_null(), "{ran}");
    Desk::new().run(&["usage"]).ends(3);
}

#[test]
fn a_management_key_that_fails_costs_only_what_it_would_have_told() {
    let server = Server::start(&[]);
    let desk = Desk::at(&server).with("OPENROUTER_MANAGEMENT_KEY", KEY);
    let ran = json(&desk).ends(0).notes("account: ").notes("days: ");
    assert!(ran.json()["account"].is_null(), "{ran}");
}

#[test]
fn days_of_an_odd_shape_are_read_or_left_out() {
    let key = r#"{"data":{"label":"it","limit":null,"usage":1,"is_management_key":true}}"#;
    let activity = r#"{"data":[{"date":"2026-11-20T00:00:00Z","model":"a/b","usage":0.5},
        {"date":"someday","model":"c/d","usage":9},{"date":null,"model":"=cmd()","usage":1e-7}]}"#;
    let web = Web::start(move |request| match request.line.as_str() {
        "GET /api/v1/key" => reply(200, "application/json", key),
        "GET /api/v1/credits" => {
            let credits = r#"{"data":{"total_credits":5,"total_usage":7.25}}"#;
            reply(200, "application/json", credits)
        }
        _ => reply(200, "application/json", activity),
    });
    let desk = Desk::new()
        .with("OPENROUTER_API_BASE", &format!("{}/api/v1", web.origin))
        .with("OPENROUTER_API_KEY", KEY);
    let report = desk
        .run(&["usage", "--json", "--days", "400"])
        .ends(0)
        .json();
    assert_eq!(report["account"]["balance"].to_string(), "-2.25");
    assert_eq!(
        report["daily"].as_array().map(Vec::len),
        Some(1),
        "{report}"
    );
    assert!(
        report["key"].is_null(),
        "a management key's own facts are nobody's spending"
    );
}

/// A server that tells an ordinary key's facts, and with a management key what `more` tells of a path.
fn telling(more: impl Fn(&str) -> Option<&'static str> + Send + 'static) -> Web {
    let key = r#"{"data":{"label":"it","limit":null,"usage":5,"usage_daily":0.4,"usage_weekly":0.4,
        "usage_monthly":0.4,"is_management_key":false}}"#;
    Web::start(move |request| {
        let path = request.line.strip_prefix("GET /api/v1/");
        match path.and_then(|path| if path == "key" { Some(key) } else { more(path) }) {
            Some(body) => reply(200, "application/json", body),
            None => reply(
                404,
                "application/json",
                r#"{"error":{"code":404,"message":"no"}}"#,
            ),
        }
    })
}

fn desk_of(web: &Web) -> Desk {
    Desk::new()
        .with("OPENROUTER_API_BASE", &format!("{}/api/v1", web.origin))
        .with("OPENROUTER_API_KEY", KEY)
}

#[test]
fn the_key_is_asked_about_once() {
    let web = telling(|_| None);
    desk_of(&web).run(&["usage"]).ends(0);
    let asked = web.lines().into_iter();
    assert_eq!(asked.filter(|line| line.ends_with("/key")).count(), 1);
}

#[test]
fn an_account_whose_keys_lack_the_one_in_use_spent_no_untrue_nothing() {
    let web = telling(|path| match path {
        "credits" => Some(r#"{"data":{"total_credits":5,"total_usage":1}}"#),
        path if path.starts_with("keys?") || path.starts_with("activity") => Some(r#"{"data":[]}"#),
        _ => None,
    });
    let desk = desk_of(&web).with("OPENROUTER_MANAGEMENT_KEY", &KEY.replace("dead", "feed"));
    let report = json(&desk).ends(0).json();
    assert_eq!(report["today"]["cost_usd"].to_string(), "0.4", "{report}");
    assert_eq!(report["sources"]["today"], "key");
    let said = report["month"]["message"].as_str().unwrap_or_default();
    assert!(!said.contains("$0.00 so far"), "{said}");
}

#[test]
fn a_ledger_that_cannot_be_read_takes_no_figure_of_the_servers_away() {
    let web = telling(|_| None);
    for lang in ["en", "zh-CN"] {
        let desk = desk_of(&web);
        desk.run(&["usage"]).ends(0);
        desk.ledger_of_a_later_version();
        let ran = desk.run(&["usage", "--lang", lang]).ends(0);
        assert!(ran.out.contains("$5.00"), "{ran}");
        let (unread, why, mend) = match lang {
            "en" => (
                "ledger cannot be read",
                "A later version of onramp",
                "Update onramp",
            ),
            _ => ("无法读取账本", "由更新版本的 onramp 创建", "请更新 onramp"),
        };
        assert!(ran.out.contains(unread), "{ran}");
        let ran = ran
            .notes(unread)
            .notes(why)
            .notes(mend)
            .notes("ledger.sqlite3");
        assert!(!ran.err.contains(".env"), "{ran}");
        let report = desk.run(&["usage", "--json"]).ends(0).json();
        assert!(
            report["local"].is_null() && report["local_open"].is_null(),
            "{report}"
        );
        assert_eq!(report["key"]["usage"].to_string(), "5.0");
        desk.run(&["usage", "--csv"]).ends(0);
        desk.run(&["usage", "--rebuild"]).ends(10);
        desk.run(&["--sandbox", "usage"]).ends(0).says("left of");
    }
}

#[cfg(unix)]
#[test]
fn a_pipe_in_the_ledgers_place_is_no_env_file() {
    let web = telling(|_| None);
    let desk = desk_of(&web);
    desk.write_home("state/before", "");
    let path = desk.home().join("state/ledger.sqlite3");
    let made = std::process::Command::new("mkfifo").arg(&path).status();
    assert!(made.expect("mkfifo can be run").success());
    let ran = desk.run(&["usage"]).ends(0).notes("Move it away");
    assert!(
        !ran.err.contains("1Password") && !ran.err.contains(".env"),
        "{ran}"
    );
}

#[test]
fn a_damaged_ledger_is_said_even_to_who_wants_quiet() {
    let web = telling(|_| None);
    let desk = desk_of(&web);
    desk.write_home("state/ledger.sqlite3", "no ledger at all");
    desk.run(&["usage", "-q"])
        .ends(0)
        .notes("the ledger was damaged");
}
