//! The chat as plain lines, through a pipe; and what comes of bad streams there, in the archive and in the ledger.

use onramp::archive::{Archive, Which};
use onramp::domain::conversation::{Conversation, ReplyState};
use onramp::domain::kept::Shelf;
use onramp::ledger::Ledger;

use crate::plain::Talk;
use crate::server::Server;
use crate::support::Desk;

/// The conversations that are kept, the latest first.
fn kept(desk: &Desk) -> Vec<Conversation> {
    let archive = Archive::open(&desk.home().join("state"), Shelf::Real);
    let archive = archive.expect("the archive opens").archive;
    let listed = archive.list(Which::All, 0, 99).expect("it can be read");
    let load = |id: &str| {
        archive
            .load(id)
            .expect("it can be read")
            .map(|(talk, _)| talk)
    };
    listed.iter().filter_map(|it| load(&it.id)).collect()
}

fn asked_models(desk: &Desk, server: &Server) -> Vec<String> {
    let ledger = Ledger::open(&desk.home().join("state")).expect("the ledger opens");
    let origin = server.base_url.trim_end_matches("/api/v1");
    let all = ledger.ledger.latest(origin, 999).expect("it can be read");
    all.into_iter().map(|it| it.begun.model).collect()
}

#[test]
fn questions_through_a_pipe_are_answered_one_after_the_other_and_kept() {
    let server = Server::start(&[]);
    let desk = Desk::at(&server);
    let ran = desk.feed("Say hello\nAnd\\\nagain\n", &["chat"]).ends(0);
    let (first, second) = (
        ran.out.find("openai/gpt-5-mini:\n"),
        ran.out.rfind("openai/gpt-5-mini:\n"),
    );
    assert!(first.is_some() && first < second, "{ran}");
    assert_eq!(ran.out.matches("· first word").count(), 2, "{ran}");
    assert!(!ran.out.contains('\u{1b}'), "{ran}");
    let talks = kept(&desk);
    assert_eq!(talks.len(), 1);
    assert_eq!(talks[0].turns[2].text, "And\nagain");
    assert!(
        talks[0].turns[3]
            .reply()
            .is_some_and(|it| it.state == ReplyState::Whole)
    );
    assert_eq!(asked_models(&desk, &server).len(), 2);
}

#[test]
fn a_question_of_the_command_line_comes_first_and_behind_who_answers() {
    let server = Server::start(&[]);
    let desk = Desk::at(&server);
    let haiku = "anthropic/claude-haiku-4.5";
    let ran = desk.feed("And then?\n", &["chat", "-m", haiku, "Say hello"]);
    let ran = ran.ends(0);
    let at = |words: &str| {
        ran.out
            .find(words)
            .unwrap_or_else(|| panic!("{words}: {ran}"))
    };
    let places = [
        at("answers; /model takes another one"),
        at("is asked from now on"),
        at("Say hello"),
        at(&format!("{haiku}:\n")),
    ];
    assert!(places.is_sorted(), "{}", ran.out);
    assert_eq!(asked_models(&desk, &server), [haiku, haiku]);
    assert_eq!(kept(&desk)[0].turns.len(), 4);
}

#[test]
fn what_is_copied_goes_into_no_pipe() {
    let server = Server::start(&[]);
    let desk = Desk::at(&server);
    let ran = desk.feed("Say hello\n/copy-answer\n", &["chat"]).ends(0);
    assert!(!format!("{}{}", ran.out, ran.err).contains("]52;"), "{ran}");
    assert!(
        format!("{}{}", ran.out, ran.err).contains("no clipboard can be reached from here"),
        "{ran}"
    );
}

#[test]
fn what_is_asked_back_is_answered_in_lines() {
    let server = Server::start(&[]);
    let desk = Desk::at(&server);
    let mut talk = Talk::start(&desk, &["chat", "--plain"]);
    talk.hear("/help lists the commands").answer("/help");
    talk.hear("/compare").answer("Write a function in Rust");
    talk.hear("· first word").answer("/save 1 made.rs");
    talk.hear("y yes, n no").answer("perhaps");
    talk.hear("y yes, n no").answer("n");
    talk.hear("> ").answer("/save 1 made.rs");
    assert_eq!(desk.read("made.rs"), "");
    talk.hear("y yes, n no").answer("y");
    talk.hear("wrote made.rs").answer("/model sandbox/402");
    talk.hear("is asked from now on").answer("more");
    talk.hear("/mend mends it").answer("/mend");
    talk.hear("Use a free model").choose("Use a free model");
    talk.hear("· first word")
        .answer("/compare openai/gpt-5-mini two?");
    talk.hear("/first or /second goes on").answer("/second");
    talk.hear("openai/gpt-5-mini goes on").answer("/model");
    talk.hear("other words to look for").answer("haiku-4");
    talk.hear("haiku-4.5").choose("haiku-4.5");
    talk.hear("haiku-4.5 is asked from now on")
        .answer("/nonsense");
    talk.hear("no command /nonsense").answer("/quit");
    let (said, code) = talk.end();
    assert_eq!(code, Some(0), "{said}");
    assert!(desk.read("made.rs").contains("fn "), "{said}");
    let talks = kept(&desk);
    // Side by side in the archive, too.
    let pair = talks[0].siblings(talks[0].turns.len() - 1);
    assert_eq!(pair.len(), 2);
}

#[test]
fn a_secret_is_sent_only_after_a_yes() {
    let server = Server::start(&[]);
    let desk = Desk::at(&server);
    let halves = [
        "3f9a0c71e5b8d264a7c9120fe38b56d4",
        "9b1e47c05da263f81c7f0e94b2d85a36",
    ];
    let key = format!("sk-or-v1-{}", halves.concat());
    let mut talk = Talk::start(&desk, &["chat", "--plain"]);
    talk.hear("/help lists the commands");
    talk.answer(&format!("Is {key} a key?"));
    talk.hear("y yes, n no").answer("n");
    talk.hear("> ").answer("/quit");
    let (said, code) = talk.end();
    assert_eq!((code, said.contains(&key)), (Some(0), false), "{said}");
    assert_eq!(asked_models(&desk, &server), Vec::<String>::new());
}

/// A fault; the diagnosis of the answer, where it broke off, or how else it ended; whether text came.
type Row = (&'static str, &'static str, bool);

const BAD: &[Row] = &[
    ("stall", "stream-idle", true),
    ("hang", "first-byte-timeout", false),
    ("cut", "stream-cut", true),
    ("mid-stream", "stream-error", true),
    ("mid-stream-429", "provider-rate-limited", true),
    ("mid-stream-word", "stream-error", true),
    ("mid-stream-bare", "overloaded", true),
    ("error-in-200", "provider-down", false),
    ("bad-json", "misshapen-answer", false),
    ("empty", "empty-answer", false),
    ("captive-portal", "captive-portal", false),
    ("html-500", "gateway-error", false),
    ("content-filter", "filtered", true),
    ("empty-answer", "whole", false),
    ("tool-call", "whole", false),
    ("no-usage", "whole", true),
    ("usage-with-choice", "whole", true),
    ("no-done", "whole", true),
    ("odd-chunks", "whole", true),
    ("one-byte", "whole", true),
    ("crlf", "whole", true),
    ("hostile-text", "whole", true),
    ("reasoning-twin", "whole", true),
];

#[test]
fn of_a_bad_stream_what_came_is_kept_and_nothing_is_asked_twice() {
    let server = Server::start(&[]);
    let desk = Desk::at(&server);
    let mut lines = String::new();
    for (fault, _, _) in BAD {
        lines += &format!("/new\n/model sandbox/{fault}\nAbout {fault}\n");
    }
    let ran = desk
        .feed(&lines, &["chat", "--plain", "--timeout", "2"])
        .ends(0);
    assert!(
        !ran.out.contains('\u{1b}') && !ran.out.contains('\u{202e}'),
        "{ran}"
    );
    let talks = kept(&desk);
    let asked = asked_models(&desk, &server);
    for (fault, expected, has_text) in BAD {
        let title = format!("About {fault}");
        let talk = talks.iter().find(|talk| talk.title == title);
        let talk = talk.unwrap_or_else(|| panic!("{fault} is kept: {ran}"));
        let state = match talk.turns[1].reply().map(|it| &it.state) {
            Some(ReplyState::Broken(id)) => id.as_str(),
            Some(ReplyState::Whole) => "whole",
            Some(ReplyState::Filtered) => "filtered",
            other => panic!("{fault}: {other:?}"),
        };
        assert_eq!(
            (state, !talk.turns[1].text.is_empty()),
            (*expected, *has_text),
            "{fault}: {ran}"
        );
        let model = format!("sandbox/{fault}");
        assert_eq!(
            asked.iter().filter(|it| **it == model).count(),
            1,
            "{fault}"
        );
        // What is wrong stands behind the answer, with the word that asks again.
        let said = ran
            .out
            .split(&format!("{model}:\n"))
            .nth(1)
            .unwrap_or_default();
        let said = said
            .split("is asked from now on")
            .next()
            .unwrap_or_default();
        let is_poor = *expected != "whole" || !has_text;
        assert_eq!(
            said.contains("/retry asks again"),
            is_poor,
            "{fault}: {said}"
        );
    }
}

#[test]
fn the_model_of_a_project_is_the_model_of_one_server() {
    let server = Server::start(&[]);
    let desk = Desk::at(&server);
    desk.feed("/project-model mistralai/mistral-small-2603\n", &["chat"])
        .ends(0);
    let asked = |desk: &Desk| {
        let ran = desk.run(&["ask", "hi", "--json"]).ends(0);
        ran.json()["model"].as_str().map(str::to_owned)
    };
    let chosen = "mistralai/mistral-small-2603";
    assert_eq!(asked(&desk).as_deref(), Some(chosen));
    // Another server may not know the name, or may mean something else by it.
    let other = Server::start(&[]);
    let desk = desk
        .with("OPENROUTER_API_BASE", &other.base_url)
        .with("OPENROUTER_API_KEY", &other.api_key);
    assert_ne!(asked(&desk).as_deref(), Some(chosen));
}
