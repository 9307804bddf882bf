//! Asking for code, in a real terminal.

use onramp::archive::{Archive, Which};
use onramp::domain::conversation::{Conversation, ReplyState};
use onramp::domain::kept::Shelf;
use onramp::ledger::Ledger;

use crate::server::Server;
use crate::terminal::{Desk, Terminal};

fn chatting(server: &Server) -> (Desk, Terminal) {
    let desk = Desk::beside(server).with("OPENROUTER_API_KEY", &server.api_key);
    let mut terminal = desk.start(&["chat"]);
    terminal.see("Ask anything");
    (desk, terminal)
}

fn archive(desk: &Desk) -> Option<Archive> {
    let state = desk.home.path().join("onramp/state");
    Some(Archive::open(&state, Shelf::Real).ok()?.archive)
}

/// The conversation that was kept last.
fn kept(desk: &Desk) -> Option<Conversation> {
    let archive = archive(desk)?;
    let listed = archive.list(Which::All, 0, 9).ok()?;
    Some(archive.load(&listed.first()?.id).ok()??.0)
}

#[test]
fn an_answer_streams_is_paid_for_and_comes_back_another_day() {
    let server = Server::start(&[]);
    let (desk, mut terminal) = chatting(&server);
    terminal.paste("Say hello").press("enter");
    terminal.see("· first word").see("so far").press("ctrl-c");
    assert_eq!(terminal.end(), 130);
    let mut terminal = desk.start(&["chat"]);
    terminal.see("Ask anything").paste("/sessions hello");
    terminal.press("enter").see("Say hello").press("enter");
    terminal.see("· first word").press("ctrl-c");
    assert_eq!(terminal.end(), 130);
}

#[test]
fn the_command_line_names_the_model_the_question_and_the_conversation() {
    let server = Server::start(&[]);
    let desk = Desk::beside(&server).with("OPENROUTER_API_KEY", &server.api_key);
    let haiku = "anthropic/claude-haiku-4.5";
    let mut terminal = desk.start(&["chat", "-m", haiku, "Say", "hello"]);
    terminal.see("Say hello").see("· first word").see(haiku);
    terminal.press("ctrl-c");
    assert_eq!(terminal.end(), 130);
    let said = terminal.everything();
    assert!(said.contains("onramp chat --resume "), "{said}");
    assert!(!said.contains("nothing was changed"), "{said}");
    let mut terminal = desk.start(&["chat", "--last", "Say it again"]);
    terminal.see("Say it again").see_times("· first word", 2);
    assert!(terminal.frame().contains("Say hello"));
    terminal.press("ctrl-c");
    assert_eq!(terminal.end(), 130);
    let archive = archive(&desk).expect("there is one");
    let listed = archive.list(Which::All, 0, 9).expect("readable");
    let models: Vec<String> = listed
        .iter()
        .filter_map(|it| it.model.as_ref().map(ToString::to_string))
        .collect();
    assert_eq!(models, [haiku], "one conversation, gone on with as it was");
}

#[test]
fn a_program_killed_in_the_midst_of_an_answer_has_kept_what_came() {
    let server = Server::start(&[]);
    let (desk, mut terminal) = chatting(&server);
    terminal.paste("/model sandbox/stall").press("enter");
    terminal.see("is asked from now on");
    terminal.paste("Write a long story").press("enter");
    // Half of the answer comes, then silence; when it is in the archive, the program dies.
    let has_come = |talk: &Conversation| talk.turns.get(1).is_some_and(|it| !it.text.is_empty());
    while !kept(&desk).as_ref().is_some_and(has_come) {
        assert!(!terminal.frame().contains('✗'), "{}", terminal.frame());
        std::thread::yield_now();
    }
    terminal.kill();
    let talk = kept(&desk).expect("it is kept");
    assert_eq!(talk.turns[0].text, "Write a long story");
    assert_eq!(
        talk.turns[1].reply().map(|it| &it.state),
        Some(&ReplyState::Coming)
    );
    let mut terminal = desk.start(&["chat"]);
    terminal.see("Ask anything").paste("/sessions story");
    terminal.press("enter").see("› Write a long story");
    terminal.press("enter").see("sandbox/stall").press("ctrl-c");
    assert_eq!(terminal.end(), 130);
}

#[test]
fn a_trouble_stands_beside_what_came_and_is_mended_on_a_key() {
    let server = Server::start(&[]);
    let (_desk, mut terminal) = chatting(&server);
    terminal.paste("/model sandbox/503").press("enter");
    terminal.see("sandbox/503 is asked").paste("hello");
    terminal.press("enter").see("✗").see("Ctrl+T asks again");
    terminal.paste("/model openai/gpt-5-mini").press("enter");
    terminal.see("is asked from now on").send("\x14");
    terminal
        .see("· first word")
        .paste("/model sandbox/402")
        .press("enter");
    terminal.see("sandbox/402 is asked").paste("more");
    terminal.press("enter").see("Alt+M mends it").send("\x1bm");
    terminal.see("Use a free model").press("ctrl-c");
    assert_eq!(terminal.end(), 130);
}

#[test]
fn code_of_an_answer_becomes_a_file_after_its_change_was_seen() {
    let server = Server::start(&[]);
    let (desk, mut terminal) = chatting(&server);
    terminal.paste("Write a function in Rust").press("enter");
    terminal.see("· first word").paste("/save 1 src/made.rs");
    terminal.press("enter").see("Write this change");
    assert!(!desk.path("src/made.rs").exists());
    terminal.press("enter").see("wrote src/made.rs");
    assert!(desk.read("src/made.rs").contains("fn "));
    terminal.press("ctrl-c");
    assert_eq!(terminal.end(), 130);
}

#[test]
fn a_question_is_written_in_the_persons_own_editor() {
    let server = Server::start(&[]);
    let state = |desk: &Desk| desk.home.path().join("onramp/state");
    let left_over = |desk: &Desk| {
        let files = std::fs::read_dir(state(desk)).expect("the folder is there");
        let names = files.map(|file| file.expect("it can be listed").file_name());
        names
            .filter(|name| name.to_string_lossy().contains("question"))
            .count()
    };
    // It reads the keyboard, and changes the file that it was given.
    let editor =
        r#"sh -c 'ls -l "$0" | cut -c1-10; echo ready; read word; sed -i "s/blue/$word/" "$0"'"#;
    let desk = Desk::beside(&server)
        .with("OPENROUTER_API_KEY", &server.api_key)
        .with("EDITOR", editor);
    let mut terminal = desk.start(&["chat"]);
    terminal
        .see("Ask anything")
        .paste("a blue sky\nabove")
        .send("\x07");
    terminal.see("-rw-------").see("ready").send("green\r");
    terminal.see("a green sky").see("above");
    assert_eq!(left_over(&desk), 0);
    leave_a_draft(&mut terminal);
    assert_eq!(terminal.end(), 130);
    assert!(terminal.is_restored());
    for (editor, says) in [
        ("false", "ended with an error"),
        ("no-such-editor-here", "could not be started"),
    ] {
        let desk = Desk::beside(&server)
            .with("OPENROUTER_API_KEY", &server.api_key)
            .with("VISUAL", editor);
        let mut terminal = desk.start(&["chat"]);
        terminal
            .see("Ask anything")
            .paste("a blue sky")
            .send("\x07");
        terminal.see(says).see("a blue sky");
        leave_a_draft(&mut terminal);
        assert_eq!(terminal.end(), 130);
        assert_eq!(left_over(&desk), 0);
    }
}

/// What is being typed is put away by the first Ctrl+C; the second one leaves.
fn leave_a_draft(terminal: &mut Terminal) {
    terminal.press("ctrl-c").see("Ctrl+/ brings it back");
    terminal.press("ctrl-c");
}

#[test]
fn keys_that_look_alike_are_told_apart_where_the_terminal_can() {
    let server = Server::start(&[]);
    let (_desk, mut terminal) = chatting(&server);
    assert!(terminal.everything().contains("\x1b[>1u"));
    // Shift+Enter as the kitty keyboard protocol tells it.
    terminal
        .paste("first line")
        .send("\x1b[13;2u")
        .paste("second line");
    terminal.see("first line").see("second line");
    let row = |words| terminal.place_of(words).0;
    assert_eq!(row("second line"), row("first line") + 1);
    leave_a_draft(&mut terminal);
    assert_eq!(terminal.end(), 130);
    assert!(terminal.everything().contains("\x1b[<1u"));
}

#[test]
fn a_kept_conversation_is_listed_shown_exported_and_deleted_from_the_shell() {
    let server = Server::start(&[]);
    let (desk, mut terminal) = chatting(&server);
    terminal.paste("Say hello").press("enter");
    terminal.see("· first word").paste("/export").press("enter");
    terminal.see("Write this change").press("enter");
    terminal.see("wrote say-hello.md").press("ctrl-c");
    assert_eq!(terminal.end(), 130);
    let written = desk.read("say-hello.md");
    assert!(written.starts_with("# Say hello\n"), "{written}");
    let sessions = |words: &[&str]| desk.start(&[&["sessions"], words].concat());
    let mut terminal = sessions(&["list"]);
    terminal.see("Say hello").see("openai/gpt-5-mini");
    assert_eq!(terminal.end(), 0);
    let mut terminal = sessions(&["show", "20"]);
    terminal.see("── You").see("· first word");
    assert_eq!(terminal.end(), 0);
    let mut terminal = sessions(&["export", "20", "-o", "say-hello.md"]);
    terminal.see("say-hello.md is so already");
    assert_eq!(terminal.end(), 0);
    desk.write("say-hello.md", "mine\n");
    let mut terminal = sessions(&["export", "20", "-o", "say-hello.md"]);
    terminal.see("Write this change? [y/N]").press("enter");
    terminal.see("nothing was written");
    assert_eq!(terminal.end(), 0);
    assert_eq!(desk.read("say-hello.md"), "mine\n");
    let mut terminal = sessions(&["delete", "20"]);
    terminal.see("Delete for good?").press("y enter");
    terminal.see("deleted 20");
    assert_eq!(terminal.end(), 0);
    let mut terminal = sessions(&["list"]);
    terminal.see("no conversation of this project is kept");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn a_conversation_without_history_leaves_no_trace_and_still_costs() {
    let server = Server::start(&[]);
    let desk = Desk::beside(&server).with("OPENROUTER_API_KEY", &server.api_key);
    let mut terminal = desk.start(&["chat", "--no-history"]);
    terminal.see("Nothing that is said here is kept");
    terminal.paste("Say xylophone").press("enter");
    terminal.see("not kept").see("so far").press("ctrl-c");
    assert_eq!(terminal.end(), 130);
    let state = desk.home.path().join("onramp/state");
    assert!(!Archive::exists(&state));
    let ledger = std::fs::read(state.join("ledger.sqlite3")).expect("it is kept");
    assert!(!ledger.windows(9).any(|it| it == b"xylophone"));
    let mut terminal = desk.start(&["usage", "--json"]);
    terminal.receive("requests");
    terminal.end();
}

#[test]
fn a_template_of_the_persons_own_is_completed_and_sent() {
    let server = Server::start(&[]);
    let desk = Desk::beside(&server).with("OPENROUTER_API_KEY", &server.api_key);
    let templates = desk.home.path().join("onramp/templates");
    std::fs::create_dir_all(&templates).expect("it can be made");
    std::fs::write(templates.join("greet.md"), "Reply with {{input}}").expect("it can be written");
    let mut terminal = desk.start(&["chat"]);
    terminal
        .see("Ask anything")
        .paste("/template gret hi")
        .press("enter");
    terminal.see("did you mean greet?").paste("/template gre");
    terminal.see("› greet").press("enter");
    terminal
        .see("/template greet")
        .paste("hello")
        .press("enter")
        .see("Reply with hello")
        .press("enter");
    terminal.see("· first word").press("ctrl-c");
    assert_eq!(terminal.end(), 130);
}

#[test]
fn a_file_is_found_by_its_letters_goes_along_and_is_read_again_another_day() {
    let server = Server::start(&[]);
    let (desk, mut terminal) = chatting(&server);
    desk.write("parser.rs", "fn parse() {}\n");
    desk.write("plan.pdf", "%PDF-1.7\n");
    terminal.send("explain @pars").see("@parser.rs").see("14B");
    terminal
        .press("enter")
        .see_no_more("14B")
        .send("and @plan\t");
    terminal
        .see("explain @parser.rs and @plan.pdf")
        .press("enter");
    terminal.see("· first word").press("ctrl-c");
    assert_eq!(terminal.end(), 130);
    let talk = kept(&desk).expect("it is there");
    assert!(talk.turns[0].sent().contains("fn parse() {}"), "{talk:?}");
    std::fs::remove_file(desk.path("plan.pdf")).expect("it is there");
    let mut terminal = desk.start(&["chat"]);
    terminal
        .see("Ask anything")
        .paste("/sessions explain")
        .press("enter");
    terminal
        .see("› explain")
        .press("enter")
        .see("not there any more");
    terminal.see("plan.pdf").press("ctrl-c");
    assert_eq!(terminal.end(), 130);
}

#[test]
fn what_a_stopped_answer_cost_is_told_a_little_later_and_kept() {
    let server = Server::start(&[]);
    let (desk, mut terminal) = chatting(&server);
    terminal.paste("/model sandbox/stall").press("enter");
    terminal.see("is asked from now on");
    terminal.paste("Write a long story").press("enter");
    let text = |talk: Conversation| talk.turns.get(1).map(|turn| turn.text.clone());
    while kept(&desk)
        .and_then(text)
        .is_none_or(|text| text.is_empty())
    {
        std::thread::yield_now();
    }
    terminal.press("esc").see("cost pending · stopped");
    terminal.see("so far");
    assert!(!terminal.frame().contains("cost pending"));
    let cost = || kept(&desk)?.turns.get(1)?.reply()?.cost;
    while cost().is_none() {
        std::thread::yield_now();
    }
    terminal.press("ctrl-c");
    assert_eq!(terminal.end(), 130);
    // The ledger has learned it, too.
    let state = desk.home.path().join("onramp/state");
    let ledger = Ledger::open(&state).expect("it opens").ledger;
    let origin = server.base_url.trim_end_matches("/api/v1");
    let rows = ledger.latest(origin, 9).expect("it can be read");
    assert_eq!(rows[0].ending.cost, cost());
    assert!(rows[0].ending.cost.is_some());
}
