//! `onramp login` and `onramp logout` as scripts meet them.

use crate::server::Server;
use crate::support::{Desk, KEY, shape};

fn desk(server: &Server) -> Desk {
    Desk::new().with("OPENROUTER_API_BASE", &server.base_url)
}

fn store(desk: &Desk) -> String {
    let bytes = onramp::files::read(&desk.home().join("credentials.json")).expect("it can be read");
    String::from_utf8(bytes.bytes.unwrap_or_default()).expect("it is text")
}

#[test]
fn a_management_key_is_judged_kept_used_and_forgotten() {
    let server = Server::start(&[]);
    let desk = desk(&server);
    // With what comes along when a line of a file is copied.
    let pasted = format!("OPENROUTER_MANAGEMENT_KEY=\"{}\"\n", server.management_key);
    let ran = desk.feed(&pasted, &["login", "--management", "--stdin"]);
    ran.ends(0)
        .says("management key: it makes and limits other keys")
        .says("which only you can read")
        .quietly();
    assert!(store(&desk).contains(&server.management_key));
    let out = desk.run(&["logout"]).ends(0);
    let out = out.says("forgot the management key sk-or-v1-");
    out.says("It still works until it is deleted: http")
        .notes("stay as they are");
    assert_eq!(store(&desk), "");
    desk.run(&["logout"]).ends(0).says("nothing was kept for");
}

#[test]
fn what_login_and_logout_tell_scripts() {
    let server = Server::start(&[]);
    let desk = desk(&server);
    let words = ["login", "--management", "--stdin", "--json"];
    let ran = desk.feed(&server.management_key, &words).ends(0);
    let told = ran.quietly().json();
    assert_eq!(told["kind"], "management");
    assert_eq!(told["kept"]["kind"], "store");
    assert_eq!(
        shape(&told),
        "{hash: text, kept: {kind: text, path: text}, key: text, kind: text, label: text, \
         limit_remaining_usd: null, limit_reset: null, limit_usd: null, server: text}"
    );
    let told = desk.run(&["logout", "--json"]).ends(0).quietly().json();
    assert_eq!(told["forgot"], true);
    assert_eq!(
        shape(&told),
        "{forgot: bool, keys: [{hash: text, key: text, kind: text, server: text}]}"
    );
    let told = desk.run(&["logout", "--all", "--json"]).ends(0).json();
    assert_eq!(told, serde_json::json!({"forgot": false, "keys": []}));
}

#[test]
fn an_api_key_in_place_of_a_management_key_is_named_and_not_kept() {
    let server = Server::start(&[]);
    let desk = desk(&server);
    let words = ["login", "--management", "--stdin"];
    desk.feed(&server.api_key, &words)
        .ends(4)
        .without_result()
        .notes("This needs a management key")
        .notes("ordinary API key")
        .notes("It was not kept");
    // Nor is one that no server knows, that another service made, or that is two.
    desk.feed(KEY, &words).ends(4).notes("refused");
    desk.feed("ghp_", &words).ends(4);
    desk.feed(format!("{KEY}\n{}", server.management_key), &words)
        .ends(2)
        .notes("several keys");
    desk.feed("\n", &words).ends(2).notes("no key came");
    assert_eq!(store(&desk), "");
}

#[test]
fn a_second_management_key_says_what_becomes_of_the_first() {
    let (first, second) = (Server::start(&[]), Server::start(&[]));
    let desk = desk(&first);
    let words = ["login", "--management", "--stdin"];
    desk.feed(&first.management_key, &words).ends(0).quietly();
    // The same once more replaces nothing.
    desk.feed(&first.management_key, &words).ends(0).quietly();
    let desk = desk.with("OPENROUTER_API_BASE", &second.base_url);
    desk.feed(&second.management_key, &words).ends(0).quietly();
    desk.run(&["logout"]).ends(0).says("forgot");
    assert!(store(&desk).contains(&first.management_key));
    desk.run(&["logout", "--all"])
        .ends(0)
        .says("forgot every key that was kept in");
    assert_eq!(store(&desk), "");
}

#[test]
fn a_store_that_cannot_be_written_loses_no_key_unsaid() {
    let server = Server::start(&[]);
    let desk = desk(&server);
    let broken = desk.home().join("credentials.json");
    onramp::files::save_private(&broken, b"{").unwrap();
    desk.feed(
        &server.management_key,
        &["login", "--management", "--stdin"],
    )
    .ends(10)
    .notes("not a credential store");
    assert_eq!(store(&desk), "{");
}

#[test]
fn without_a_terminal_a_sign_in_says_what_it_lacks() {
    let server = Server::start(&[]);
    let desk = desk(&server);
    desk.run(&["login", "--no-browser"])
        .ends(2)
        .without_result()
        .notes("/auth?")
        .notes("nobody is here to paste the code");
    desk.run(&["login", "--management"])
        .ends(2)
        .notes("--management --stdin < FILE");
    desk.run(&["login", "--stdin"]).ends(2);
    desk.feed("sk-or-v1-looks-like-a-key\n", &["login", "--no-browser"])
        .ends(2)
        .notes("This is a key, not a sign-in code");
    desk.feed("not-the-code\n", &["login", "--no-browser"])
        .ends(2)
        .notes("The sign-in code was refused");
    desk.run(&["logout", "--sandbox"])
        .ends(0)
        .says("nothing of the sandbox is kept");
    assert_eq!(store(&desk), "");
}
