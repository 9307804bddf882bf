//! The terminal calls its person: as the wizard tries it out, and from a watch.

use crate::server::Server;
use crate::terminal::Desk;

#[test]
fn a_watch_on_a_terminal_is_a_watch() {
    let server = Server::start(&[]);
    let desk = Desk::beside(&server).with("OPENROUTER_API_KEY", &server.api_key);
    let mut terminal = desk.start(&["usage", "--watch", "60"]);
    terminal.see("looking every").press("ctrl-c");
    assert_eq!(terminal.end(), 130);
}

#[test]
fn the_way_of_calling_is_tried_in_the_wizard_and_used_by_a_watch() {
    let server = Server::start(&[]);
    let desk = Desk::beside(&server);
    desk.write(".env", &format!("OPENROUTER_API_KEY={}\n", server.api_key));
    let mut terminal = desk.start(&["setup"]);
    terminal.see("Run the quick test").press("s");
    terminal
        .see("Step 6 of 6")
        .press("down down down down enter");
    terminal
        .see("Good as it is")
        .press("down down down down enter");
    terminal.see("by its bell").press("enter");
    terminal
        .see("by the desktop (OSC 9)")
        .receive("\x1b]9;onramp: this is how an alert will be told\x07");
    // The call moved nothing on the screen.
    terminal
        .press("up")
        .see("› An unusually dear day")
        .press("q");
    assert_eq!(terminal.end(), 0);
    let desk = desk.with("OPENROUTER_MANAGEMENT_KEY", &server.management_key);
    let watch = ["usage", "--watch", "1", "--min-credit", "1000"];
    let mut terminal = desk.start(&watch);
    terminal
        .see("! The balance is $")
        .receive("\x1b]9;onramp: SANDBOX, not real: The balance is $")
        .press("ctrl-c");
    assert_eq!(terminal.end(), 130);
    // tmux hands it on only wrapped, and rings by itself.
    let desk = desk.with("TMUX", "/tmp/tmux/default,1,0");
    let mut terminal = desk.start(&[&watch[..], &["--hook", "true"]].concat());
    terminal
        .receive("\x1bPtmux;\x1b\x1b]9;onramp: SANDBOX, not real: The balance is $")
        .press("ctrl-c");
    assert_eq!(terminal.end(), 130);
}
