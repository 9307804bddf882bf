//! The terminal is taken with care and always given back.

use rustix::process::Signal;

use crate::terminal::Desk;
use crate::walks::at_the_key;

#[test]
fn signals_end_it_with_the_terminal_restored() {
    for (signal, code) in [(Signal::TERM, 143), (Signal::HUP, 129), (Signal::INT, 130)] {
        let desk = Desk::new();
        let mut terminal = desk.start(&["--sandbox"]);
        terminal.see("Step 1 of 6").signal(signal);
        assert_eq!(terminal.end(), code);
        assert!(terminal.is_restored(), "{signal:?}");
    }
}

#[cfg(debug_assertions)]
#[test]
fn a_panic_gives_the_terminal_back_and_shows_no_key() {
    let key = format!("sk-or-v1-{}", "deadbeef".repeat(8));
    let desk = Desk::new().with("ONRAMP_PANIC_WITH", &key);
    let mut terminal = desk.start(&["--sandbox"]);
    assert_eq!(terminal.end(), 101);
    assert!(terminal.is_restored());
    assert!(
        terminal.frame().contains("onramp stopped"),
        "{}",
        terminal.frame()
    );
    assert!(
        terminal.frame().contains("sk-or-v1-dea…eef"),
        "{}",
        terminal.frame()
    );
    assert!(!terminal.everything().contains(&key));
}

#[test]
fn ctrl_z_suspends_and_fg_brings_it_back() {
    let desk = Desk::new().with("PS1", "shell> ");
    let mut shell = portable_pty::CommandBuilder::new("bash");
    // Without line editing: it would switch paste marks on for itself.
    shell.args(["--norc", "--noprofile", "--noediting", "-i"]);
    let mut terminal = desk.start_command(shell, 80, 24);
    terminal
        .see("shell>")
        .send(&format!("{} --sandbox\n", env!("CARGO_BIN_EXE_onramp")));
    terminal
        .see("Step 1 of 6")
        .press("enter")
        .see("Step 2 of 6")
        .press("ctrl-z");
    terminal.see("Stopped").see("shell>");
    assert!(terminal.is_restored());
    terminal.send("fg\n").see("Step 2 of 6").press("q");
    terminal
        .see("nothing was changed")
        .see("shell>")
        .send("exit\n");
}

#[test]
fn the_mouse_help_and_the_palette_do_what_the_keys_do() {
    let desk = Desk::new();
    let mut terminal = desk.start(&[]);
    terminal
        .see("Step 1 of 6")
        .click("I have an account")
        .see("Step 2 of 6");
    terminal.click("back").see("Step 1 of 6");
    terminal
        .press("?")
        .see("Keys of this screen")
        .send("\x1b[6~\x1b[6~")
        .see("support@openrouter.ai");
    terminal.press("esc").see_no_more("Support");
    terminal
        .press("ctrl-p")
        .see("Type a part of the name")
        .press("sk")
        .see("› skip");
    terminal
        .press("enter")
        .see("Step 2 of 6")
        .see("- 1 Account");
    terminal.click("EN/中文").see("第 2 步");
    terminal.press("f2").see("Step 2 of 6").press("q");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn the_cursor_stands_at_the_caret() {
    let desk = Desk::new();
    let mut terminal = at_the_key(&desk);
    terminal.paste("sk-or-v1-half").see("received");
    let field = terminal.place_of("> ∙∙∙");
    terminal.see_cursor_at((field.0, field.1 + 2 + 13));
}

#[test]
fn without_colour_no_colour_is_sent() {
    let desk = Desk::new().with("NO_COLOR", "1");
    let mut terminal = desk.start(&["--sandbox"]);
    terminal
        .see("SANDBOX")
        .press("enter")
        .see("Step 2 of 6")
        .press("q");
    assert_eq!(terminal.end(), 0);
    let sent = terminal.everything();
    for sequence in sent.split("\x1b[").skip(1) {
        let Some((numbers, _)) = sequence.split_once('m') else {
            continue;
        };
        let numbers: Vec<u16> = numbers
            .split(';')
            .filter_map(|it| it.parse().ok())
            .collect();
        let is_colour = |n: &u16| matches!(n, 30..=38 | 40..=48 | 90..=107);
        assert!(!numbers.iter().any(is_colour), "{sequence:?}");
    }
}

#[test]
fn sixteen_colours_and_all_colours_are_used_where_they_are() {
    let sent = |term: &str, colorterm: &str| {
        let desk = Desk::new().with("TERM", term).with("COLORTERM", colorterm);
        let mut terminal = desk.start(&["--sandbox"]);
        terminal.see("SANDBOX").press("q");
        assert_eq!(terminal.end(), 0);
        terminal.everything()
    };
    assert!(sent("xterm-256color", "truecolor").contains("[38;2;"));
    let indexed = sent("xterm-256color", "");
    assert!(indexed.contains("[38;5;") && !indexed.contains("[38;2;"));
    assert!(!sent("xterm", "").contains("38;2;"));
}

#[cfg(target_os = "linux")]
#[test]
fn an_idle_program_draws_nothing_and_wakes_for_nothing() {
    let desk = Desk::new();
    let mut terminal = desk.start(&["--sandbox"]);
    terminal
        .see("Step 1 of 6")
        .press("enter")
        .see("Step 2 of 6");
    terminal.settle();
    let (bytes, wakeups) = (terminal.bytes(), terminal.wakeups());
    // Nothing is what is waited for here.
    std::thread::sleep(std::time::Duration::from_millis(700));
    assert_eq!(terminal.bytes(), bytes);
    assert_eq!(terminal.wakeups(), wakeups);
    // A key that means nothing draws nothing: only the next one does.
    terminal
        .send("\x1b[20~")
        .press("ctrl-p")
        .see("Type a part of the name");
}

#[test]
fn plain_lines_walk_the_same_wizard() {
    let desk = Desk::new();
    let mut terminal = desk.start(&["--sandbox", "--plain"]);
    terminal
        .see("== Step 1 of 6 · Account ==")
        .see("1. I have an account")
        .send("1\n");
    terminal.see("== Step 2 of 6").send("1\n");
    terminal.see("Use the key from the sandbox").send("1\n");
    terminal.see("The server accepts this key").send("1\n");
    terminal
        .see("The whole change")
        .see("+ OPENROUTER_API_KEY=")
        .send("1\n");
    terminal.see("Written and read back").send("1\n");
    terminal.see("Run the quick test").send("1\n");
    terminal.see("The setup works").send("1\n");
    terminal.see("A limit is set").send("1\n");
    terminal.see("What next").send("q\n");
    assert_eq!(terminal.end(), 0);
    assert!(
        !terminal.everything().contains("\x1b["),
        "plain lines move no cursor"
    );
    assert!(desk.read(".env").contains("OPENROUTER_API_KEY=sk-or-v1-"));
}

#[test]
fn a_key_typed_into_plain_lines_stays_unseen() {
    let server = crate::server::Server::start(&[]);
    let desk = Desk::beside(&server);
    let mut terminal = desk.start(&["--plain"]);
    terminal
        .see("== Step 1 of 6")
        .send("1\n")
        .see("== Step 2 of 6")
        .send("1\n");
    terminal
        .see("Paste a key I have")
        .send("3\n")
        .see("type it here");
    terminal.see_hidden_typing();
    terminal
        .send(&format!("{}\n", server.api_key))
        .see("The server accepts this key");
    terminal.send("q\n");
    assert_eq!(terminal.end(), 0);
    assert!(!terminal.everything().contains(&server.api_key));
    assert!(terminal.is_cooked());
}
