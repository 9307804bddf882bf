//! What the wizard leaves in the ledger.

use std::path::PathBuf;

use jiff::{SignedDuration, Timestamp};
use onramp::domain::chat::AnswerHead;
use onramp::domain::spend::{NewRequest, Outcome, Purpose, Recorded};
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

#[test]
fn the_usage_screen_completes_what_a_killed_program_left() {
    let server = Server::start(&[]);
    let desk = Desk::beside(&server).with("OPENROUTER_API_KEY", &server.api_key);
    assert_eq!(desk.start(&["ask", "Reply with ok"]).end(), 0);
    // The server knows an answer's bill a second late: another answer takes as long.
    let slow = ["ask", "-m", "sandbox/tokens-60@30", "hi"];
    assert_eq!(desk.start(&slow).end(), 0);
    let told = requests(&desk, &server).remove(1).ending;
    let ledger = Ledger::open(&state(&desk)).expect("it opens").ledger;
    let request = NewRequest {
        at: Timestamp::now() - SignedDuration::from_mins(2),
        purpose: Purpose::Chat,
        project: None,
        server: server.base_url.trim_end_matches("/api/v1").into(),
        model: "some/model".into(),
    };
    let id = ledger.begin(&request).expect("it can be written");
    let head = AnswerHead {
        generation_id: told.generation_id.clone(),
        ..AnswerHead::default()
    };
    ledger.note_started(id, &head).expect("it can be written");
    let mut terminal = desk.start_sized(&["usage"], 120, 36);
    terminal
        .see("day (UTC)")
        .see_no_more("asking the server")
        .press("right right right right")
        .see("own ledger")
        .see_no_more("running");
    assert!(!terminal.frame().contains("cost still open"));
    terminal.press("q");
    assert_eq!(terminal.end(), 0);
    let all = requests(&desk, &server);
    let completed = all.iter().find(|it| it.id == id).expect("it is there");
    assert_eq!(completed.ending.outcome, Outcome::Done);
    assert_eq!(completed.ending.cost, told.cost);
}
