//! One question at a terminal: what is asked back there.

use crate::terminal::Desk;

#[test]
fn ctrl_c_is_heard_while_a_template_of_the_project_waits_for_a_yes() {
    let desk = Desk::new();
    std::fs::create_dir_all(desk.path(".onramp/templates")).expect("a folder");
    desk.write(".onramp/templates/release.md", "Tell all. {{input}}");
    // Whether it is heard must not hang on which of two waits is looked at first.
    for _ in 0..8 {
        let mut terminal = desk.start(&["--sandbox", "ask", "-t", "release", "x"]);
        terminal.see("Tell all. x").see("Send it? [y/N]");
        terminal.press("ctrl-c");
        assert_eq!(terminal.end(), 130);
    }
    let mut terminal = desk.start(&["--sandbox", "ask", "-t", "release", "Reply with ok"]);
    terminal
        .see("Send it? [y/N]")
        .send("n\n")
        .see("nothing was sent");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn what_a_model_may_not_do_to_the_terminal_is_taken_out_and_counted() {
    let desk = Desk::new();
    let mut terminal = desk.start(&["--sandbox", "ask", "-m", "sandbox/hostile-text", "hi"]);
    terminal.see("control or invisible characters, shown as what they are");
    assert_eq!(terminal.end(), 0);
}
