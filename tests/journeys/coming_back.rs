//! Coming back: with a key, with two, in the middle of things.

use crate::server::Server;
use crate::terminal::Desk;
use crate::walks::at_the_key;

#[test]
fn a_key_in_the_env_file_is_found_proven_and_not_asked_for_again() {
    let server = Server::start(&[]);
    let desk = Desk::beside(&server);
    desk.write(
        ".env",
        &format!("A=1\nOPENROUTER_API_KEY={}\n", server.api_key),
    );
    let mut terminal = desk.start(&["setup"]);
    // What facts prove is done; the first open step is the test.
    terminal
        .see("Step 5 of 6")
        .see("Run the quick test")
        .press("enter");
    terminal.see("key from .env line 2").see("The setup works");
    terminal.press("q");
    assert_eq!(terminal.end(), 0);
    assert!(
        terminal.frame().contains("nothing was changed"),
        "{}",
        terminal.frame()
    );
}

#[test]
fn a_key_in_a_parent_folder_of_the_repository_is_found() {
    let server = Server::start(&[]);
    let desk = Desk::beside(&server);
    desk.write(".env", &format!("OPENROUTER_API_KEY={}\n", server.api_key));
    std::fs::create_dir(desk.path("inside")).expect("a folder can be made");
    let mut terminal = desk.start_in("inside", &["setup"]);
    terminal
        .see("Run the quick test")
        .press("enter")
        .see("The setup works");
}

#[test]
fn two_different_keys_are_shown_with_the_one_a_program_reads() {
    let server = Server::start(&[]);
    let other = format!("sk-or-v1-{}", "deadbeef".repeat(8));
    let desk = Desk::beside(&server).with("OPENROUTER_API_KEY", &server.api_key);
    desk.write(".env", &format!("OPENROUTER_API_KEY={other}\n"));
    let mut terminal = desk.start(&["setup"]);
    // The file holds another key, so the step that writes it is the first open one.
    terminal.see("Step 4 of 6").press("left");
    terminal
        .see("Different keys are set here")
        .see("the shell's OPENROUTER_API")
        .see(".env line 1");
    terminal.see("sk-or-v1-dea…eef");
}

#[test]
fn a_refused_key_leads_to_the_key_step_with_the_reason() {
    let server = Server::start(&[]);
    let refused = format!("sk-or-v1-{}", "deadbeef".repeat(8));
    let desk = Desk::beside(&server);
    desk.write(".env", &format!("OPENROUTER_API_KEY={refused}\n"));
    let mut terminal = desk.start(&[]);
    terminal
        .see("Step 3 of 6")
        .see("The server refused this key");
    terminal
        .paste(&server.api_key)
        .see("received")
        .press("enter");
    terminal.see("The server accepts this key").press("enter");
    terminal
        .see("- OPENROUTER_API_KEY=sk-or-v1-dea…eef")
        .see("+ OPENROUTER_API_KEY=")
        .press("enter");
    terminal.see("Written and read back");
    assert!(!desk.read(".env").contains("deadbeef"));
    // One step takes it back.
    terminal.press("down enter").see("The whole change");
    assert_eq!(desk.read(".env"), format!("OPENROUTER_API_KEY={refused}\n"));
}

#[test]
fn skipped_steps_are_skipped_when_one_comes_back() {
    let server = Server::start(&[]);
    let desk = Desk::beside(&server);
    let mut terminal = desk.start(&[]);
    terminal
        .see("Step 1 of 6")
        .press("s")
        .see("Step 2 of 6")
        .press("s")
        .see("Step 3 of 6");
    terminal.see("- 1 Account").see("- 2 Credits").press("q");
    assert_eq!(terminal.end(), 0);
    let mut terminal = desk.start(&[]);
    terminal
        .see("Step 3 of 6")
        .see("- 1 Account")
        .see("- 2 Credits");
    // Every step can be visited again.
    terminal.click("1 Account").see("Step 1 of 6");
}

#[test]
fn a_wizard_can_be_left_in_the_middle_of_each_step_with_nothing_changed() {
    let server = Server::start(&[]);
    let steps = [
        "Account",
        "Credits",
        "API key",
        ".env file",
        "API test",
        "Limits",
    ];
    for (step, name) in (1..).zip(steps) {
        let desk = Desk::beside(&server).with("OPENROUTER_API_KEY", &server.api_key);
        let mut terminal = desk.start(&["setup"]);
        terminal.see("Step 4 of 6").see("The whole change");
        terminal
            .click(&format!("{step} {name}"))
            .see(&format!("Step {step} of 6"));
        // Ctrl+C leaves from anywhere, q wherever nothing is typed.
        let (keys, code) = if step % 2 == 0 {
            ("ctrl-c", 130)
        } else {
            ("q", 0)
        };
        terminal.press(keys);
        assert_eq!(terminal.end(), code, "step {step}");
        assert!(terminal.is_restored(), "step {step}");
        assert!(
            terminal.frame().contains("nothing was changed"),
            "step {step}: {}",
            terminal.frame()
        );
        assert!(!desk.path(".env").exists(), "step {step}");
    }
}

#[test]
fn a_wizard_can_be_left_while_a_key_is_typed_and_while_a_sign_in_waits() {
    let server = Server::start(&[]);
    let desk = Desk::beside(&server);
    let mut terminal = at_the_key(&desk);
    terminal
        .paste("sk-or-v1-half")
        .see("unusual shape")
        .press("ctrl-c");
    assert_eq!(terminal.end(), 130);
    assert!(terminal.is_restored());
    let mut terminal = desk.start(&[]);
    terminal
        .see("How would you like")
        .press("enter")
        .see("Open the page again")
        .press("ctrl-c");
    assert_eq!(terminal.end(), 130);
    assert!(terminal.is_restored());
}
