//! From nothing to a tested key in .env.

use crate::server::Server;
use crate::terminal::Desk;

#[test]
fn a_newcomer_pastes_a_key_and_a_minute_later_all_is_set() {
    let server = Server::start(&[]);
    let desk = Desk::new().with("OPENROUTER_API_BASE", &server.base_url);
    desk.write(".env", "DEBUG=1\n");
    let mut terminal = desk.start(&[]);
    terminal.see("Step 1 of 6").press("enter");
    terminal.see("Step 2 of 6").press("enter");
    terminal.see("How would you like to get a key?");
    terminal.paste(&format!("export OPENROUTER_API_KEY='{}'\n", server.api_key));
    terminal
        .see("received: sk-or-v1-")
        .see("73 characters")
        .see("taken off: blanks and line ends, quotes, NAME=");
    terminal
        .press("enter")
        .see("The server accepts this key")
        .press("enter");
    terminal
        .see("This is the whole change")
        .see("+ OPENROUTER_API_KEY=")
        .press("enter");
    terminal.see("Written and read back").press("enter");
    terminal.see("Run the quick test").press("enter");
    terminal.see("The setup works").press("enter");
    terminal.see("Step 6 of 6").press("enter");
    terminal
        .see("Ready: your project can call a model")
        .press("q");
    assert_eq!(terminal.end(), 0);
    assert!(terminal.is_restored());
    assert!(
        terminal.frame().contains("wrote OPENROUTER_API_KEY"),
        "{}",
        terminal.frame()
    );
    let key = &server.api_key;
    let base = &server.base_url;
    assert_eq!(
        desk.read(".env"),
        format!("DEBUG=1\nOPENROUTER_API_KEY={key}\nOPENROUTER_API_BASE={base}\n")
    );
    assert_eq!(desk.read(".gitignore"), ".env\n.env.*\n!.env.example\n");
}
