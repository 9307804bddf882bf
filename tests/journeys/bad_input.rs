//! Bad input: a clear word, and nothing lost.

use crate::server::Server;
use crate::terminal::Desk;
use crate::walks::at_the_key;

#[test]
fn another_vendors_key_is_named_and_half_a_key_is_a_warning() {
    let server = Server::start(&[]);
    let desk = Desk::beside(&server);
    let mut terminal = at_the_key(&desk);
    terminal
        .paste("sk-ant-api03-abcdefghijklmnopqrstuvwxyz")
        .see("a key of Anthropic");
    terminal.press("esc").see("How would you like");
    terminal
        .paste("sk-or-v1-deadbeefdeadbeef")
        .see("Half a paste,")
        .press("enter");
    terminal.see("The server refused this key");
}

#[test]
fn ten_kilobytes_of_pasted_text_are_taken_calmly() {
    let server = Server::start(&[]);
    let desk = Desk::beside(&server);
    let mut terminal = at_the_key(&desk);
    terminal.paste(&"lorem ipsum\n".repeat(850)).see("received");
    terminal.press("esc").see("How would you like").press("q");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn a_paste_that_is_empty_and_one_of_two_keys_are_told() {
    let server = Server::start(&[]);
    let desk = Desk::beside(&server);
    let mut terminal = at_the_key(&desk);
    terminal
        .paste("  \n ")
        .see("There was no key in that paste");
    let other = format!("sk-or-v1-{}", "deadbeef".repeat(8));
    terminal.paste(&format!("{other}\n{}\n", server.api_key));
    terminal
        .see("There are 2 keys in that paste")
        .press("down enter");
    terminal.see("The server accepts this key");
}

#[test]
fn a_directory_named_env_is_told_and_another_file_offered() {
    let server = Server::start(&[]);
    let desk = Desk::beside(&server).with("OPENROUTER_API_KEY", &server.api_key);
    std::fs::create_dir(desk.path(".env")).expect("a folder can be made");
    let mut terminal = desk.start(&["setup"]);
    terminal
        .see("Step 4 of 6")
        .see("This is not an ordinary file");
    terminal
        .see("Choose another file")
        .press("enter")
        .see("Which file should hold the key?");
    assert!(desk.path(".env").is_dir());
}

#[test]
fn a_change_by_another_program_is_noticed_and_shown_again() {
    let server = Server::start(&[]);
    let desk = Desk::beside(&server).with("OPENROUTER_API_KEY", &server.api_key);
    desk.write(".env", "A=1\n");
    let mut terminal = desk.start(&["setup"]);
    terminal.see("The whole change").see("A=");
    desk.write(".env", "A=1\nB=2\n");
    terminal
        .press("enter")
        .see("The file was changed in the meantime");
    assert_eq!(desk.read(".env"), "A=1\nB=2\n");
    terminal
        .press("down enter")
        .see("The whole change")
        .see("B=");
    terminal.press("enter").see("Written and read back");
    assert!(
        desk.read(".env")
            .starts_with("A=1\nB=2\nOPENROUTER_API_KEY=")
    );
}

#[test]
fn a_file_that_git_tracks_needs_a_second_yes() {
    let server = Server::start(&[]);
    let desk = Desk::beside(&server).with("OPENROUTER_API_KEY", &server.api_key);
    desk.write(".env", "A=1\n");
    desk.git(&["add", "-f", ".env"]);
    let mut terminal = desk.start(&["setup"]);
    terminal
        .see("git tracks this file")
        .see("› Choose another file");
    terminal.press("q");
    assert_eq!(terminal.end(), 0);
    assert_eq!(desk.read(".env"), "A=1\n");
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_takes_no_file_is_told() {
    let server = Server::start(&[]);
    let desk = Desk::beside(&server).with("OPENROUTER_API_KEY", &server.api_key);
    // Nobody can make a file there, root included.
    let mut terminal = desk.start(&["setup", "--env-file", "/sys/.env"]);
    terminal
        .see("Step 4 of 6")
        .see("The whole change")
        .press("enter");
    terminal.see("✗").see("Choose another file");
}

#[test]
fn a_server_that_answers_html_or_nothing_is_told() {
    for (fault, words) in [("html", "wants you to sign in"), ("empty", "empty")] {
        let server = Server::start(&["--fault", fault]);
        let desk = Desk::beside(&server).with("OPENROUTER_API_KEY", &server.api_key);
        let mut terminal = desk.start(&[]);
        terminal.see("Step 3 of 6").see("✗").see(words);
        terminal.press("q");
        assert_eq!(terminal.end(), 0);
    }
}

#[test]
fn a_terminal_of_ten_by_three_says_so_and_recovers() {
    let desk = Desk::new();
    let mut terminal = desk.start_sized(&[], 10, 3);
    terminal.see("The window");
    terminal.resize(80, 24).see("Step 1 of 6").see("Checklist");
    terminal
        .resize(60, 18)
        .see_no_more("Checklist")
        .see("Step 1 of 6");
    terminal.resize(120, 36).see("Checklist").press("q");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn a_management_key_is_stopped_before_it_reaches_the_env_file() {
    let server = Server::start(&[]);
    let desk = Desk::beside(&server);
    let mut terminal = at_the_key(&desk);
    terminal
        .paste(&server.management_key)
        .see("received")
        .press("enter");
    terminal.see("This is a management key");
    terminal
        .press("esc")
        .see("How would you like")
        .press("right");
    terminal.see("There is no key to write yet").press("q");
    assert_eq!(terminal.end(), 0);
    assert!(!desk.path(".env").exists());
}
