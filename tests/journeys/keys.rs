//! `onramp keys` at a terminal: what is asked before a key is gone for good.

use crate::server::Server;
use crate::terminal::Desk;

#[test]
fn a_key_is_deleted_when_its_name_is_typed_and_by_nothing_else() {
    let server = Server::start(&[]);
    let desk = Desk::beside(&server)
        .with("OPENROUTER_API_KEY", &server.api_key)
        .with("OPENROUTER_MANAGEMENT_KEY", &server.management_key);
    for typed in ["\n", "y\n", "cap\n"] {
        let mut terminal = desk.start(&["keys", "delete", "capped"]);
        terminal
            .see("resets Mondays")
            .see("Type its name to delete it")
            .send(typed)
            .see("nothing was deleted");
        assert_eq!(terminal.end(), 0);
    }
    let mut terminal = desk.start(&["keys", "delete", "capped"]);
    terminal.see("Type its name to delete it").press("ctrl-c");
    assert_eq!(terminal.end(), 130);
    let mut terminal = desk.start(&["keys", "delete", "capped"]);
    terminal
        .see("Type its name to delete it")
        .send("capped\n")
        .see("deleted capped sk-or-v1-5ca...ed1");
    assert_eq!(terminal.end(), 0);
    let mut terminal = desk.start(&["keys", "disable", "this"]);
    terminal
        .see("in use here")
        .see("[y/N]")
        .send("n\n")
        .see("nothing was changed");
    assert_eq!(terminal.end(), 0);
}
