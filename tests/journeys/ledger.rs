//! What the wizard leaves in the ledger.

use std::path::PathBuf;

use onramp::domain::spend::{Outcome, Purpose, Recorded};
use onramp::ledger::{FILE, Ledger};

use crate::server::Server;
use crate::terminal::{Desk, Terminal};

/// A desk whose key is set, at the page of the test.
fn at_the_test(server: &Server) -> (Desk, Terminal) {
    let desk = Desk::beside(server);
    desk.write(".env", &format!("OPENROUTER_API_KEY={}\n", server.api_key));
    let mut terminal = desk.start(&["setup"]);
    terminal.see("Step 5 of 6").see("Run the quick test");
    (desk, terminal)
}

fn state(desk: &Desk) -> PathBuf {
    desk.home.path().join("onramp/state")
}

fn requests(desk: &Desk, server: &Server) -> Vec<Recorded> {
    let ledger = Ledger::open(&state(desk)).expect("the ledger opens").ledger;
    let origin = server.base_url.trim_end_matches("/api/v1");
    ledger.latest(origin, 99).expect("it can be read")
}

#[test]
fn the_wizards_test_is_one_request() {
    let server = Server::start(&[]);
    let (desk, mut terminal) = at_the_test(&server);
    terminal.press("enter").see("The setup works").press("q");
    assert_eq!(terminal.end(), 0);
    let all = requests(&desk, &server);
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].begun.purpose, Purpose::Test);
    assert_eq!(all[0].ending.outcome, Outcome::Done);
    assert!(all[0].ending.cost.is_some() && all[0].ending.generation_id.is_some());
}

#[test]
fn a_test_that_is_left_in_its_midst_was_stopped() {
    let server = Server::start(&["--fault", "stall"]);
    let (desk, mut terminal) = at_the_test(&server);
    terminal.press("enter");
    while requests(&desk, &server)
        .first()
        .is_none_or(|it| it.ending.model.is_none())
    {
        std::thread::yield_now();
    }
    terminal.send("\u{3}");
    assert_eq!(terminal.end(), 130);
    let all = requests(&desk, &server);
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].ending.outcome, Outcome::Stopped);
    assert!(all[0].ending.generation_id.is_some());
}

#[test]
fn a_ledger_in_trouble_is_a_notice_and_the_test_goes_on() {
    let server = Server::start(&[]);
    let (desk, mut terminal) = at_the_test(&server);
    std::fs::create_dir_all(state(&desk).join(FILE)).expect("a folder can be made");
    terminal.press("enter");
    terminal
        .see("requests are not written down")
        .see("The setup works");
}
