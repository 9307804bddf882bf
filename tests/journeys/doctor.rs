//! What stands in the way of a file, mended on a keypress: in the wizard, and at the prompt.

use crate::server::Server;
use crate::terminal::Desk;
use crate::walks::to_the_key;

#[test]
fn a_finding_is_looked_at_and_mended_before_the_key_is_written() {
    let server = Server::start(&[]);
    let desk = Desk::beside(&server).with("OPENROUTER_API_KEY", &server.api_key);
    desk.write("package.json", "{}");
    desk.write(".env", "CACHE= \nPORT=80\n");
    let mut terminal = desk.start(&["setup"]);
    terminal
        .see("Step 4 of 6")
        .see("CACHE is empty but for blanks")
        .see("findings about this file");
    terminal
        .press("down down enter")
        .see("› Mend it  take the blanks out")
        .press("enter");
    terminal
        .see("› Make this change")
        .see("1 - CACHE=")
        .press("enter");
    terminal
        .see("mended .env")
        .see("› Mend it  keep it to yourself");
    assert_eq!(desk.read(".env"), "CACHE=\nPORT=80\n");
    // What is left is about the rights to the file; then the change is where it was.
    terminal
        .press("esc")
        .see("› Write this change")
        .press("enter");
    terminal.see("Written and read back");
    assert!(
        desk.read(".env")
            .starts_with("CACHE=\nPORT=80\nOPENROUTER_API_KEY=")
    );
}

#[test]
fn which_program_reads_which_key_is_told_before_the_key_is_written_and_after() {
    let server = Server::start(&[]);
    let desk = Desk::beside(&server);
    desk.write("package.json", r#"{"dependencies":{"next":"16"}}"#);
    let mut terminal = desk.start_sized(&[], 100, 40);
    to_the_key(&mut terminal);
    terminal.paste(&server.api_key);
    terminal.see("received:").press("enter");
    terminal.see("The server accepts this key").press("enter");
    terminal
        .see("The whole change")
        .click("Which program reads which key?");
    terminal
        .see("the change is not written yet")
        .see("* Next.js, Bun                       nothing")
        .press("enter");
    terminal.see("› Write this change").press("enter");
    terminal
        .see("Written and read back")
        .click("Which program reads which key?");
    terminal
        .see("* Next.js, Bun                       .env.local line 1")
        .see("python-dotenv                      nothing")
        .press("esc");
    terminal.see("› Continue");
}

#[test]
fn at_the_prompt_each_change_is_shown_and_agreed_to_or_not() {
    let desk = Desk::bare();
    let key = format!("sk-or-v1-{}", "deadbeef".repeat(8));
    desk.write(
        ".env",
        &format!("OPENROUTER_API_KEY = {key}\nhello there\nA=x#y\n"),
    );
    let mut terminal = desk.start_sized(&["env", "doctor", "--fix"], 120, 60);
    terminal
        .see("OPENROUTER_API_KEY=sk-or-v1-dea…eef")
        .see("Make this change? [Y/n]")
        .send("y\r");
    terminal.see("mode 0644 → 0600").send("n\r");
    // What only a person can judge is asked line by line, and no is the default.
    terminal.see("# ••••••••").see("[y/N]").send("\r");
    terminal.see("A='••••••••'").send("y\r");
    terminal.see("What deserves a word");
    assert_eq!(terminal.end(), 11);
    assert_eq!(
        desk.read(".env"),
        format!("OPENROUTER_API_KEY={key}\nhello there\nA='x#y'\n")
    );
}
