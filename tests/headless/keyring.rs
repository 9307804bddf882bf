//! Keys in the keyring of the system: a Secret Service on a bus of the tests' own. Without a bus daemon there is nothing to
//! try: the store's own tests have a keyring in memory.

mod service;

use crate::server::Server;
use crate::support::{Desk, holds_key};
use service::Bus;

fn desk(server: &Server, bus: &Bus) -> Desk {
    Desk::new()
        .with("OPENROUTER_API_BASE", &server.base_url)
        .with("DBUS_SESSION_BUS_ADDRESS", &bus.address)
        .with("ONRAMP_KEYRING", "auto")
}

fn file(desk: &Desk) -> String {
    let bytes = onramp::files::read(&desk.home().join("credentials.json")).expect("it can be read");
    String::from_utf8(bytes.bytes.unwrap_or_default()).expect("it is text")
}

#[test]
fn a_key_rests_in_the_keyring_is_used_from_there_and_forgotten() {
    let Some(bus) = Bus::start() else { return };
    let bus = bus.with_keyring();
    let server = Server::start(&[]);
    let desk = desk(&server, &bus);
    let login = ["login", "--management", "--stdin"];
    let ran = desk.feed(&server.management_key, &login);
    ran.ends(0).says("in this system's keyring").quietly();
    assert_eq!(bus.secrets(), [server.management_key.as_str()]);
    assert!(!holds_key(&file(&desk)), "{}", file(&desk));
    desk.run(&["keys", "list"]).ends(0).says("inference");
    // A new one takes the place of the old one.
    let created = desk.run(&["keys", "create", "--store", "mine"]);
    created.ends(0).notes("this system's keyring");
    assert_eq!(bus.secrets().len(), 2);
    assert!(!holds_key(&file(&desk)), "{}", file(&desk));
    let check = desk.run(&["check", "--json"]).ends(0).json();
    assert_eq!(check["source"]["kind"], "store");
    assert_eq!(check["source"]["path"], serde_json::Value::Null);
    desk.run(&["logout"]).ends(0).says("forgot the API key");
    assert_eq!(bus.secrets(), [""; 0]);
    assert_eq!(file(&desk), "");
}

#[test]
fn a_locked_keyring_is_said_and_costs_nothing() {
    let Some(bus) = Bus::start() else { return };
    let bus = bus.with_keyring();
    let server = Server::start(&[]);
    let desk = desk(&server, &bus);
    let login = ["login", "--management", "--stdin"];
    desk.feed(&server.management_key, &login).ends(0);
    desk.run(&["keys", "create", "--store", "mine"]).ends(0);
    bus.lock(true);
    // With the key out of reach nothing is asked, and nothing is said to be forgotten.
    desk.run(&["check"]).ends(10).says("keyring");
    desk.run(&["ask", "hi"]).ends(10).notes("keyring");
    desk.run(&["keys", "list"]).ends(10).notes("keyring");
    desk.run(&["logout"]).ends(10).notes("keyring");
    // A key of the project goes before it, and the keyring is not asked.
    desk.write(".env", &format!("OPENROUTER_API_KEY={}\n", server.api_key));
    desk.run(&["check"]).ends(0);
    let ran = desk.feed(&server.management_key, &login).ends(0);
    ran.says("which only you can read")
        .notes("the keyring did not take the key");
    assert!(file(&desk).contains(&server.management_key));
    bus.lock(false);
    desk.run(&["logout"]).ends(0).says("forgot the API key");
    assert_eq!(file(&desk), "");
}

#[test]
fn without_a_keyring_the_file_keeps_the_key() {
    let Some(bus) = Bus::start() else { return };
    let server = Server::start(&[]);
    let desk = desk(&server, &bus);
    let login = ["login", "--management", "--stdin"];
    let ran = desk.feed(&server.management_key, &login).ends(0);
    ran.says("which only you can read")
        .notes("the keyring did not take the key");
    assert!(file(&desk).contains(&server.management_key));
}
