//! The wizard's last step with a management key: the limit is on the key afterwards.

use crate::server::Server;
use crate::terminal::Desk;

#[test]
fn a_limit_is_set_on_this_very_key_and_the_key_itself_tells_it() {
    let server = Server::start(&[]);
    let desk = Desk::beside(&server).with("OPENROUTER_MANAGEMENT_KEY", &server.management_key);
    // The sandbox's key without a limit.
    let key = format!("sk-or-v1-{}", "0ca9ca91".repeat(8));
    desk.write(".env", &format!("OPENROUTER_API_KEY={key}\n"));
    let mut terminal = desk.start(&["setup"]);
    terminal.see("Run the quick test").press("s");
    terminal
        .see("This key has no limit")
        .see("Set the limit here")
        .press("enter");
    terminal.see("US dollars").send("7.5").press("enter");
    terminal
        .see("$7.50: how often")
        .press("enter")
        .see("A limit is set")
        .see("of $7.50 left")
        .press("q");
    assert_eq!(terminal.end(), 0);
    let mut terminal = desk.start(&["keys", "show", "uncapped"]);
    terminal.see("of $7.50 used").see("resets monthly");
    assert_eq!(terminal.end(), 0);
}
