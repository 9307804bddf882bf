//! The chat as plain lines, in a real terminal.

use onramp::archive::{Archive, Which};
use onramp::domain::conversation::{Conversation, ReplyState};
use onramp::domain::kept::Shelf;

use crate::server::Server;
use crate::terminal::Desk;

fn kept(desk: &Desk) -> Option<Conversation> {
    let state = desk.home.path().join("onramp/state");
    let archive = Archive::open(&state, Shelf::Real).ok()?.archive;
    let listed = archive.list(Which::All, 0, 9).ok()?;
    Some(archive.load(&listed.first()?.id).ok()??.0)
}

#[test]
fn ctrl_c_stops_the_answer_and_keeps_what_came_and_once_more_leaves() {
    let server = Server::start(&[]);
    let desk = Desk::beside(&server).with("OPENROUTER_API_KEY", &server.api_key);
    // A terminal that can do nothing but lines.
    let desk = desk.with("TERM", "dumb");
    let mut terminal = desk.start_sized(&["chat"], 100, 60);
    terminal.see("/help lists the commands");
    terminal
        .send("/model sandbox/stall\r")
        .see("is asked from now on");
    // A piece of the answer comes, then nothing; what is typed meanwhile waits until it is asked for.
    terminal.send("Write a story\r").see("sandbox/stall:");
    while kept(&desk).is_none_or(|talk| talk.turns.get(1).is_none_or(|it| it.text.is_empty())) {
        std::thread::yield_now();
    }
    terminal.send("and then?\r").see("1 waiting to be asked");
    terminal.send("/stop\r").see("· stopped)");
    terminal.see("an empty line asks it").send("\r").see("You:");
    terminal.send("\u{3}").see_times("· stopped)", 2);
    terminal.send("\u{3}");
    assert_eq!(terminal.end(), 130);
    let talk = kept(&desk).expect("it is kept");
    let reply = talk.turns[1].reply().expect("an answer");
    assert_eq!(reply.state, ReplyState::Stopped);
    assert!(!talk.turns[1].text.is_empty());
}

#[test]
fn what_is_asked_gives_way_to_a_command_and_a_choice_is_told() {
    let server = Server::start(&[]);
    let desk = Desk::beside(&server).with("OPENROUTER_API_KEY", &server.api_key);
    let desk = desk.with("TERM", "dumb");
    let mut terminal = desk.start_sized(&["chat"], 100, 60);
    terminal.see("/help lists the commands");
    terminal.send("Write a story\r").see("openai/gpt-5-mini:");
    // The answer goes on; it is read on when this was answered.
    terminal.send("/set\r").see("or n for none of them");
    terminal
        .send("/set seed 3\r")
        .see("seed 3")
        .see("· first word");
    assert_eq!(terminal.frame().matches("n for none of them").count(), 1);
    terminal.send("/set\r").see_times("n for none of them", 2);
    terminal.send("3\r").see("type /set");
    terminal.send("/set\r").see_times("n for none of them", 3);
    terminal.send("/quit\r");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn an_answer_waits_while_something_is_asked_and_is_read_on_behind_it() {
    let server = Server::start(&[]);
    let desk = Desk::beside(&server).with("OPENROUTER_API_KEY", &server.api_key);
    let desk = desk.with("TERM", "dumb");
    let mut terminal = desk.start_sized(&["chat"], 100, 60);
    terminal.see("/help lists the commands");
    terminal
        .send("/model sandbox/tokens-60@30\r")
        .see("is asked from now on");
    terminal.send("hi\r").see("sandbox/tokens-60@30:");
    terminal.send("/set\r").see("or n for none of them");
    let is_whole = |talk: &Conversation| {
        let reply = talk.turns.get(1).and_then(|turn| turn.reply());
        reply.is_some_and(|reply| reply.state == ReplyState::Whole)
    };
    while !kept(&desk).as_ref().is_some_and(is_whole) {
        std::thread::yield_now();
    }
    // It is asked once more, and nothing of the answer comes between.
    terminal.send("perhaps\r");
    terminal.see_times("or n for none of them", 2);
    let frame = terminal.frame();
    assert!(!frame.contains("· first word"), "{frame}");
    terminal.send("n\r").see("· first word");
    terminal.send("/quit\r");
    assert_eq!(terminal.end(), 0);
}
