//! `onramp keys create`, `update`, `enable`, `disable`, `delete`, as scripts meet them.

use serde_json::{Value, json};

use crate::keys::{managing, named};
use crate::server::Server;
use crate::support::{Desk, Ran, holds_key, shape};

fn listed(desk: &Desk) -> Value {
    desk.run(&["keys", "list", "--json"]).ends(0).json()
}

fn has(desk: &Desk, name: &str) -> bool {
    let rows = listed(desk);
    let rows = rows.as_array().expect("a list");
    rows.iter().any(|row| row["name"] == name)
}

/// Adds a repository, so that there is a .gitignore to mend.
fn in_repository(server: &Server) -> Desk {
    let desk = managing(server);
    desk.git(&["init", "--quiet"]);
    desk
}

#[test]
fn a_new_key_goes_into_the_file_and_nowhere_else_and_works() {
    let server = Server::start(&[]);
    let desk = in_repository(&server);
    desk.write("package.json", r#"{"name": "shop"}"#);
    desk.write(".env.production", "A=1\n");
    let ran = desk.run(&[
        "keys",
        "create",
        "--to-env",
        ".env.production",
        "--limit",
        "5",
        "--reset",
        "weekly",
        "--expires",
        "90d",
        "--json",
    ]);
    let made = ran.ends(0).json();
    assert_eq!(made["key"]["name"], "shop production");
    assert_eq!(
        (
            &made["key"]["limit"],
            &made["key"]["limit_reset"],
            &made["secret"]
        ),
        (&json!(5.0), &json!("weekly"), &Value::Null)
    );
    assert_eq!(
        shape(&made["place"]),
        "{kind: text, line: count, path: text}"
    );
    assert_eq!(
        (&made["place"]["kind"], &made["place"]["line"]),
        (&json!("dotenv"), &json!(2))
    );
    let text = desk.read(".env.production");
    assert!(
        text.starts_with("A=1\nOPENROUTER_API_KEY=sk-or-v1-"),
        "{text}"
    );
    assert!(text.contains(&server.base_url));
    assert!(desk.read(".gitignore").contains(".env"));
    // The key in the file is the one that was made.
    let fresh = Desk::new();
    fresh.write(".env", &text);
    fresh.run(&["check", "--json"]).ends(0);
    let listed = listed(&desk);
    let row = named(&listed, "shop production");
    assert_eq!(row["hash"], made["key"]["hash"]);
    assert_eq!(row["age_days"], 0);
    // Once more makes no second key of that name, unless that is said.
    let again = ["keys", "create", "--to-env", ".env.production"];
    desk.run(&again)
        .ends(2)
        .notes("there already: shop production")
        .notes("--another");
    assert_eq!(desk.read(".env.production"), text);
    desk.run(&[&again[..], &["--another"]].concat())
        .ends(0)
        .says(".env.production")
        .notes("made shop production");
    assert_ne!(desk.read(".env.production"), text);
}

#[test]
fn a_key_is_stored_or_printed_once_and_only_where_that_was_asked_for() {
    let server = Server::start(&[]);
    let desk = managing(&server);
    desk.run(&["keys", "create", "shop"]).ends(2);
    desk.run(&["keys", "create", "shop", "--store", "--print"])
        .ends(2);
    desk.run(&["keys", "create", "shop", "--store"])
        .ends(0)
        .without_result()
        .notes("onramp's own store");
    let stored = desk.read_home("credentials.json");
    assert!(holds_key(&stored));
    // The store may hold the only copy of a key.
    desk.run(&["keys", "create", "blog", "--store"])
        .ends(2)
        .notes("holds another key");
    assert!(!has(&desk, "blog"));
    assert_eq!(desk.read_home("credentials.json"), stored);
    let printed = desk
        .command(&["keys", "create", "blog", "--print"])
        .output()
        .expect("it runs");
    assert!(printed.status.success());
    let out = String::from_utf8(printed.stdout).expect("text");
    assert_eq!((out.lines().count(), holds_key(&out)), (1, true));
    assert!(!holds_key(&String::from_utf8_lossy(&printed.stderr)));
    let desk = desk.with("OPENROUTER_API_KEY", out.trim());
    let own = desk.run(&["keys", "show", "this", "--json"]).ends(0).json();
    assert_eq!(own["name"], "blog");
}

#[test]
fn what_cannot_take_a_key_is_told_before_one_is_made() {
    let server = Server::start(&[]);
    let desk = in_repository(&server);
    let create = ["keys", "create", "shop", "--to-env", ".env"];
    desk.write("folder/x", "");
    desk.run(&["keys", "create", "shop", "--to-env", "folder"])
        .ends(10)
        .without_result();
    desk.write(".env", "A=1\n");
    desk.git(&["add", "--force", ".env"]);
    desk.run(&create)
        .ends(10)
        .notes("Git tracks")
        .notes("No key was made");
    assert!(!has(&desk, "shop"));
    assert_eq!(desk.read(".env"), "A=1\n");
    desk.run(&["keys", "create", "", "--print"]).ends(2);
    for when in ["soon", "0d", "2020-01-01", "99999d"] {
        desk.run(&["keys", "create", "shop", "--print", "--expires", when])
            .ends(2);
    }
    desk.run(&["keys", "create", "shop", "--print", "--reset", "daily"])
        .ends(2);
    assert!(!has(&desk, "shop"));
}

#[test]
fn a_key_that_cannot_be_written_is_kept_elsewhere_or_taken_back() {
    let server = Server::start(&[]);
    let desk = managing(&server);
    desk.write(".env", "A=1\n");
    // No step back can be kept, so nothing is written: looking does not tell, writing does.
    desk.write_home("state/undo", "in the way");
    let create = |name: &str| desk.run(&["keys", "create", name, "--to-env", ".env"]);
    create("shop")
        .ends(10)
        .notes("kept in onramp's own store instead");
    assert!(has(&desk, "shop"));
    assert!(holds_key(&desk.read_home("credentials.json")));
    create("blog").ends(10).notes("it was deleted again");
    assert!(!has(&desk, "blog"));
    assert_eq!(desk.read(".env"), "A=1\n");
}

#[test]
fn a_key_is_renamed_limited_switched_off_and_on() {
    let server = Server::start(&[]);
    let desk = managing(&server);
    desk.run(&["keys", "update", "uncapped"])
        .ends(2)
        .notes("what is to change?");
    let limit = [
        "keys", "update", "uncapped", "--limit", "10", "--reset", "daily",
    ];
    desk.run(&limit)
        .ends(0)
        .quietly()
        .says("uncapped: limit none → $10.00, daily (UTC)");
    desk.run(&limit).ends(0).says("uncapped is so already");
    let ran = desk.run(&[
        "keys", "update", "uncapped", "--name", "shop", "--limit", "off", "--json",
    ]);
    let after = ran.ends(0).json();
    assert_eq!(
        (&after["name"], &after["limit"]),
        (&json!("shop"), &Value::Null)
    );
    desk.run(&["keys", "update", "shop", "--name", "capped"])
        .ends(2)
        .notes("another key is called “capped” already");
    let switched = |words: &[&str]| -> Ran { desk.run(words).ends(0) };
    switched(&["keys", "disable", "shop"]).says("shop is switched off");
    assert_eq!(named(&listed(&desk), "shop")["disabled"], true);
    switched(&["keys", "disable", "shop"]).says("so already");
    switched(&["keys", "enable", "shop"]).says("shop is switched on");
    assert_eq!(named(&listed(&desk), "shop")["disabled"], false);
    // The key in use here is not switched off unasked.
    desk.run(&["keys", "disable", "this"])
        .ends(2)
        .notes("--yes switches it off");
    let ran = switched(&["keys", "disable", "this", "--yes", "--json"]);
    assert_eq!(ran.json()["disabled"], true);
    desk.run(&["check"]).ends(4);
}

#[test]
fn a_key_is_deleted_by_its_whole_name_and_once() {
    let server = Server::start(&[]);
    let desk = managing(&server);
    desk.run(&["keys", "delete", "capped"])
        .ends(2)
        .notes("--yes NAME");
    desk.run(&["keys", "delete", "capped", "--yes", "capp"])
        .ends(2)
        .notes("is called “capped”; nothing was deleted");
    let ran = desk.run(&["keys", "delete", "CAPPED", "--yes", "capped", "--json"]);
    let deleted = ran.ends(0).quietly().json();
    assert_eq!(
        (&deleted["name"], &deleted["deleted"], &deleted["was_there"]),
        (&json!("capped"), &json!(true), &json!(true))
    );
    assert!(!has(&desk, "capped"));
    desk.run(&["keys", "delete", "capped", "--yes", "capped"])
        .ends(2)
        .notes("no key is called “capped”");
}
