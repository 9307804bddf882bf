//! One question to two models at once, in a real terminal.

use onramp::archive::{Archive, Which};
use onramp::domain::conversation::ReplyState;
use onramp::domain::kept::Shelf;
use onramp::domain::spend::{Outcome, Purpose, Recorded};
use onramp::ledger::Ledger;

use crate::server::Server;
use crate::terminal::{Desk, Terminal};

fn chatting(server: &Server, columns: u16, rows: u16) -> (Desk, Terminal) {
    let desk = Desk::beside(server).with("OPENROUTER_API_KEY", &server.api_key);
    let mut terminal = desk.start_sized(&["chat"], columns, rows);
    terminal.see("Ask anything");
    (desk, terminal)
}

fn requests(desk: &Desk, server: &Server) -> Vec<Recorded> {
    let state = desk.home.path().join("onramp/state");
    let ledger = Ledger::open(&state).expect("the ledger opens").ledger;
    let origin = server.base_url.trim_end_matches("/api/v1");
    ledger.latest(origin, 99).expect("it can be read")
}

#[test]
fn two_answers_stream_at_once_are_paid_once_each_and_the_chosen_one_goes_on() {
    let server = Server::start(&[]);
    let (desk, mut terminal) = chatting(&server, 120, 36);
    terminal.paste("/compare anthropic/claude-haiku-4.5");
    terminal.press("enter").see("goes to");
    terminal.paste("Say hello").press("enter");
    terminal.see("Alt+, goes on with the first");
    // Two rows of figures, and the sum of both.
    assert_eq!(terminal.frame().matches("· first word").count(), 2);
    terminal.see("so far").send("\x1b.");
    terminal.see("/branch shows the other answer");
    terminal.paste("And again").press("enter");
    terminal.see_times("· first word", 2);
    assert!(!terminal.frame().contains('✗'), "{}", terminal.frame());
    terminal.press("ctrl-c");
    assert_eq!(terminal.end(), 130);
    let all = requests(&desk, &server);
    let chats = all.iter().filter(|it| it.begun.purpose == Purpose::Chat);
    let mut models: Vec<&str> = chats.map(|it| it.begun.model.as_str()).collect();
    models.sort_unstable();
    assert_eq!(
        models,
        [
            "anthropic/claude-haiku-4.5",
            "anthropic/claude-haiku-4.5",
            "openai/gpt-5-mini"
        ]
    );
    let archive = Archive::open(&desk.home.path().join("onramp/state"), Shelf::Real);
    let archive = archive.expect("the archive opens").archive;
    let listed = archive.list(Which::All, 0, 9).expect("it can be read");
    let (talk, _) = archive
        .load(&listed[0].id)
        .expect("it can be read")
        .expect("it is kept");
    assert_eq!(talk.siblings(1), [1, 2]);
    assert_eq!(talk.turns[3].parent, Some(2));
    let costs = [1, 2].map(|turn| talk.turns[turn].reply().and_then(|it| it.cost));
    let booked = all.iter().rev().take(2).map(|it| it.ending.cost);
    let mut booked: Vec<_> = booked.collect();
    booked.sort_unstable();
    let mut costs = costs.to_vec();
    costs.sort_unstable();
    assert_eq!(costs, booked);
}

#[test]
fn one_that_stalls_is_stopped_while_the_other_is_whole() {
    let server = Server::start(&[]);
    let (desk, mut terminal) = chatting(&server, 80, 24);
    terminal.paste("/compare sandbox/stall").press("enter");
    terminal.see("goes to").paste("Say hello").press("enter");
    terminal.see("· first word").see("one answer is coming");
    terminal.press("esc").see("stopped");
    terminal.see("Alt+, goes on with the first").press("ctrl-c");
    assert_eq!(terminal.end(), 130);
    let all = requests(&desk, &server);
    let outcome = |model: &str| {
        let mut all = all.iter();
        all.find(|it| it.begun.model == model)
            .map(|it| it.ending.outcome.clone())
    };
    assert_eq!(outcome("openai/gpt-5-mini"), Some(Outcome::Done));
    assert_eq!(outcome("sandbox/stall"), Some(Outcome::Stopped));
    let archive = Archive::open(&desk.home.path().join("onramp/state"), Shelf::Real);
    let archive = archive.expect("the archive opens").archive;
    let listed = archive.list(Which::All, 0, 9).expect("it can be read");
    let (talk, _) = archive
        .load(&listed[0].id)
        .expect("it can be read")
        .expect("it is kept");
    let states = [1, 2].map(|turn| talk.turns[turn].reply().map(|it| it.state.clone()));
    assert_eq!(states, [Some(ReplyState::Whole), Some(ReplyState::Stopped)]);
}
