//! Finding a model and taking it, in a real terminal.

use crate::server::Server;
use crate::terminal::Desk;

#[test]
fn a_model_is_found_looked_at_asked_and_remembered() {
    let server = Server::start(&[]);
    let desk = Desk::beside(&server).with("OPENROUTER_API_KEY", &server.api_key);
    let mut terminal = desk.start(&["chat"]);
    terminal.see("Ask anything").send("\x1b4");
    terminal.see(" models · as of ").press("/");
    terminal.paste("haiku-4.5");
    terminal.see("› anthropic/claude-haiku-4.5").press("enter");
    terminal
        .see("Anthropic: Claude Haiku 4.5")
        .see("run it, as of")
        .see("tokens/s");
    terminal.press("*").see("is a favourite").press("a");
    terminal.see("anthropic/claude-haiku-4.5 is asked from now on");
    terminal.paste("Say hello").press("enter");
    terminal.see("· first word").press("ctrl-c");
    assert_eq!(terminal.end(), 130);
    // Favourites and what was used lately come back, in the screen and in the picker.
    let mut terminal = desk.start(&["models"]);
    terminal.see("* anthropic/claude-haiku-4.5").press("m");
    terminal.see("1 of ").press("u").see("from now on");
    terminal.press("q");
    assert_eq!(terminal.end(), 0);
    let mut terminal = desk.start(&["chat"]);
    terminal.see("anthropic/claude-haiku-4.5").send("\x0f");
    // Whoever is faster than the list is told so, and asks again.
    while !terminal.frame().contains("› * anthropic/claude-haiku-4.5") {
        if terminal.frame().contains("is not here yet") {
            terminal.press("esc").see_no_more("is not here yet");
            terminal.send("\x0f");
        }
        std::thread::yield_now();
    }
    terminal.press("ctrl-c");
    assert_eq!(terminal.end(), 130);
}

#[test]
fn without_a_network_the_kept_list_stays_and_says_so() {
    let server = Server::start(&[]);
    let desk = Desk::beside(&server).with("OPENROUTER_API_KEY", &server.api_key);
    let mut terminal = desk.start(&["models"]);
    terminal.see(" models · as of ").press("q");
    assert_eq!(terminal.end(), 0);
    drop(server);
    let mut terminal = desk.start(&["models"]);
    terminal.see("this is the list of").press("enter");
    terminal.see("✗").press("esc").see("this is the list of");
}

#[test]
fn one_model_is_told_as_lines_at_a_terminal_too() {
    let desk = Desk::new();
    let mut terminal = desk.start(&["--sandbox", "models", "show", "openai/gpt-5-mini"]);
    assert_eq!(terminal.end(), 0);
    let told = terminal.everything();
    assert!(
        told.contains("openai/gpt-5-mini") && !told.contains("\x1b[?1049h"),
        "{told}"
    );
}
