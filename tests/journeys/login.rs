//! `onramp login`: the browser sign-in on the command line, with a browser beside the terminal and without.

use crate::browser::{self, Browser};
use crate::server::Server;
use crate::terminal::{Desk, Terminal};

fn store(desk: &Desk) -> String {
    let path = desk.home.path().join("onramp/credentials.json");
    std::fs::read_to_string(path).unwrap_or_default()
}

fn beside(server: &Server) -> (Desk, Browser, Terminal, String) {
    let desk = Desk::beside(server);
    let browser = Browser::in_home(&desk);
    let desk = desk.with("BROWSER", browser.program.to_str().expect("UTF-8"));
    let terminal = desk.start_sized(&["login"], 160, 40);
    let page = browser.wait();
    (desk, browser, terminal, page)
}

fn far_away(server: &Server) -> (Desk, Terminal) {
    let desk = Desk::beside(server)
        .with("BROWSER", "")
        .with("SSH_CONNECTION", "far away");
    let terminal = desk.start_sized(&["login"], 200, 60);
    (desk, terminal)
}

#[test]
fn the_browser_answers_and_strangers_get_nothing() {
    let server = Server::start(&[]);
    let (desk, _browser, mut terminal, page) = beside(&server);
    terminal.see("Agree there").see("Or paste the code");
    let back = browser::press(&page, "grant").location;
    let back = back.expect("the browser is sent back");
    let (origin, rest) = back.split_once("/callback/").expect("our own path");
    let nonce = rest.split('?').next().expect("a path");
    // A guessed path, a name that was made to point here, a visit without a code, one with a strange code.
    let status = |url: &str| browser::get(&format!("{origin}{url}")).status;
    assert_eq!(status("/callback/guess?code=x"), 404);
    assert_eq!(status("/"), 404);
    assert_eq!(browser::get_under(&back, "evil.example").status, 404);
    assert_eq!(status(&format!("/callback/{nonce}")), 400);
    assert_eq!(status(&format!("/callback/{nonce}?code=%00")), 400);
    let landed = browser::get(&back);
    assert_eq!(landed.status, 200);
    assert!(
        landed.body.contains("You can close this tab"),
        "{}",
        landed.body
    );
    terminal
        .see("label")
        .see("only you can read")
        .see("Next: onramp setup");
    assert_eq!(terminal.end(), 0);
    let store = store(&desk);
    assert!(store.contains("\"api_key\": \"sk-or-v1-"), "{store}");
    let key = store.split('"').find(|it| it.starts_with("sk-or-v1-"));
    let key = key.expect("it is kept").to_owned();
    assert!(!terminal.everything().contains(&key), "the key was shown");
    // It is the one that is used from now on.
    let mut terminal = desk.start_sized(&["check"], 160, 40);
    assert_eq!(terminal.end(), 0);
    assert!(terminal.everything().contains("onramp's own store"));
}

#[test]
fn a_code_is_pasted_unseen_and_may_be_pasted_again() {
    let server = Server::start(&[]);
    let (desk, mut terminal) = far_away(&server);
    terminal
        .see("It shows a code; paste it here")
        .see("The code (");
    assert!(terminal.frame().contains('█'), "{}", terminal.frame());
    terminal.see_hidden_typing();
    terminal.send("sk-or-v1-looks-like-a-key\r");
    terminal
        .see("not a sign-in code")
        .see_times("The code (", 2);
    terminal.see_hidden_typing();
    terminal.send("not-the-code\r");
    terminal
        .see("The sign-in code was refused")
        .see_times("The code (", 3);
    // The QR code may have moved it off the screen since.
    let everything = terminal.everything();
    let page = everything.split(['\x1b', '\\', ';', '\r', '\n']);
    let mut page = page.filter(|it| it.starts_with("http") && it.contains("/auth?"));
    let page = page.next().expect("the address was shown");
    let code = browser::shown_code(&browser::press(page, "grant"));
    terminal.see_hidden_typing();
    terminal.send(&format!("{code}\r")).see("only you can read");
    assert_eq!(terminal.end(), 0);
    assert!(!terminal.everything().contains(&code), "the code was shown");
    assert!(store(&desk).contains("sk-or-v1-"));
}

#[test]
fn a_no_in_the_browser_ends_the_sign_in_with_nothing_kept() {
    let server = Server::start(&[]);
    let (desk, _browser, mut terminal, page) = beside(&server);
    let back = browser::press(&page, "deny").location;
    let back = back.expect("the browser is sent back");
    assert!(browser::get(&back).body.contains("Nothing was changed"));
    terminal.see("The sign-in was declined in the browser");
    assert_eq!(terminal.end(), 4);
    assert_eq!(store(&desk), "");
}

#[test]
fn ctrl_c_stops_it_at_every_point_and_the_terminal_shows_again_what_is_typed() {
    let server = Server::start(&[]);
    let (desk, _browser, mut terminal, _page) = beside(&server);
    terminal.see("Or paste the code").see_hidden_typing();
    terminal.send("\u{3}");
    assert_eq!(terminal.end(), 130);
    assert_eq!(store(&desk), "");
    let (desk, mut terminal) = far_away(&server);
    terminal.see("The code (").see_hidden_typing();
    terminal.send("half a code\u{3}");
    assert_eq!(terminal.end(), 130);
    assert!(terminal.is_cooked(), "what is typed stays hidden");
    let mut terminal = desk.start_sized(&["login", "--management"], 100, 30);
    terminal.see("The management key (").see_hidden_typing();
    terminal.send("\u{3}");
    assert_eq!(terminal.end(), 130);
    assert_eq!(store(&desk), "");
}

#[test]
fn a_management_key_is_pasted_unseen() {
    let server = Server::start(&[]);
    let desk = Desk::beside(&server);
    let mut terminal = desk.start_sized(&["login", "--management"], 120, 30);
    terminal.see("The management key (").see_hidden_typing();
    terminal.send(&format!("{}\r", server.management_key));
    terminal.see("received: sk-or-v1-").see("only you can read");
    assert_eq!(terminal.end(), 0);
    assert!(!terminal.everything().contains(&server.management_key));
    assert!(store(&desk).contains(&server.management_key));
}
