//! `onramp keys`: the account's keys as scripts meet them.

use serde_json::Value;

use crate::server::Server;
use crate::support::{Desk, KEY, shape};

/// A desk with the sandbox's management key.
pub fn managing(server: &Server) -> Desk {
    Desk::at(server).with("OPENROUTER_MANAGEMENT_KEY", &server.management_key)
}

pub fn named<'a>(rows: &'a Value, name: &str) -> &'a Value {
    let rows = rows.as_array().expect("a list");
    let found = rows.iter().find(|row| row["name"] == name);
    found.unwrap_or_else(|| panic!("{name} is not listed"))
}

#[test]
fn keys_are_listed_with_what_they_spent_and_what_deserves_a_word() {
    let server = Server::start(&[]);
    let desk = managing(&server);
    let ran = desk.run(&["keys", "list", "--json"]).ends(0).quietly();
    let rows = ran.json();
    assert_eq!(
        shape(&named(&rows, "uncapped")["advice"]),
        "[{id: text, message: text}]",
        "it has no limit"
    );
    let own = named(&rows, "inference");
    assert_eq!(
        (&own["in_use_here"], &own["limit_reset"], &own["limit"]),
        (&true.into(), &"monthly".into(), &25.0.into())
    );
    let marked = rows.as_array().expect("a list").iter();
    assert_eq!(marked.filter(|row| row["in_use_here"] == true).count(), 1);
    let advice = |name: &str| {
        let advice = named(&rows, name)["advice"].as_array().expect("a list");
        let ids: Vec<&str> = advice.iter().filter_map(|it| it["id"].as_str()).collect();
        ids.join(" ")
    };
    assert_eq!(advice("expired"), "expired");
    assert!(advice("expiring").starts_with("expires"));
    assert!(advice("exhausted").starts_with("limit-used-up"));
    assert!(advice("uncapped").starts_with("no-limit"));
    assert_eq!(advice("disabled"), "");
    // The same for a person.
    let ran = desk.run(&["keys"]).ends(0);
    let lines: Vec<&str> = ran.out.lines().collect();
    let own = lines
        .iter()
        .position(|line| line.starts_with("* inference"));
    let below = lines[own.expect("it is listed") + 1];
    assert!(below.contains("of $25.00 used · resets monthly"), "{ran}");
    ran.says("switched off")
        .says("! It has no limit")
        .notes("* is the key in use here");
    desk.run(&["keys", "--lang", "zh-CN"])
        .ends(0)
        .says("已停用");
}

#[test]
fn one_key_is_found_by_name_label_hash_or_as_the_one_in_use() {
    let server = Server::start(&[]);
    let desk = managing(&server);
    let rows = desk.run(&["keys", "--json"]).ends(0).json();
    let own = named(&rows, "inference");
    let text = |member: &str| own[member].as_str().expect("text").to_owned();
    for word in [
        "inference",
        "INFER",
        "this",
        &text("label"),
        &text("hash").chars().take(8).collect::<String>(),
    ] {
        let ran = desk.run(&["keys", "show", word, "--json"]).ends(0);
        assert_eq!(ran.quietly().json()["hash"], own["hash"], "{word}");
    }
    desk.run(&["keys", "show", "this"])
        .ends(0)
        .quietly()
        .says("inference\n")
        .says("in use here");
    desk.run(&["keys", "show", "exp"])
        .ends(2)
        .without_result()
        .notes("fits several keys")
        .notes("expiring")
        .notes("expired");
    let pasted = server.api_key.as_str();
    desk.run(&["keys", "show", pasted])
        .ends(2)
        .notes("no key is called");
}

#[test]
fn a_key_of_the_wrong_kind_is_named_as_what_it_is() {
    let server = Server::start(&[]);
    let desk = Desk::at(&server);
    desk.run(&["keys"])
        .ends(3)
        .without_result()
        .notes("There is no management key")
        .notes("OPENROUTER_MANAGEMENT_KEY");
    // The one place a management key is often put by mistake.
    let desk = desk.with("OPENROUTER_API_KEY", &server.management_key);
    desk.run(&["keys"])
        .ends(3)
        .notes("The key in use here is one");
    let desk = Desk::at(&server).with("OPENROUTER_MANAGEMENT_KEY", &server.api_key);
    desk.run(&["keys"])
        .ends(4)
        .notes("This needs a management key");
    let desk = desk.with("OPENROUTER_MANAGEMENT_KEY", KEY);
    desk.run(&["keys"])
        .ends(4)
        .notes("The server refused this key");
    Desk::new()
        .run(&["keys"])
        .ends(3)
        .notes("no management key");
    Desk::new().run(&["--sandbox", "keys"]).ends(0).says("* ");
}
