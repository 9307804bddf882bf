//! What every command has in common: help, the language, the log, quiet, and no terminal.

use crate::support::{Desk, KEY, holds_key};

#[test]
fn help_and_the_version_are_results() {
    let desk = Desk::new();
    for words in [
        &["--help"][..],
        &["-h"],
        &["ask", "--help"],
        &["env", "set", "-h"],
    ] {
        desk.run(words).ends(0).quietly().says("Usage: onramp");
        let chinese = [words, &["--lang", "zh-CN"]].concat();
        desk.run(&chinese).ends(0).quietly().says("用法：onramp");
    }
    for words in [&["-V"][..], &["--version"], &["-V", "--lang=zh-CN"]] {
        let ran = desk.run(words).ends(0).quietly();
        assert_eq!(ran.out, format!("onramp {}\n", env!("CARGO_PKG_VERSION")));
    }
    let system = Desk::new().with("LANG", "zh_CN.UTF-8");
    system.run(&["--help"]).ends(0).says("测试密钥");
}

#[test]
fn a_command_line_that_makes_no_sense_is_told_on_stderr() {
    let desk = Desk::new();
    for words in [
        &["frobnicate"][..],
        &["check", "--frobnicate"],
        &["ask", "--max-tokens", "many", "hi"],
        &["--lang", "klingon", "check"],
        &["--theme", "pink", "check"],
        &["env"],
        &["env", "frobnicate"],
        &["models", "--sort"],
    ] {
        let ran = desk.run(words).ends(2).without_result();
        assert!(!ran.err.is_empty(), "{ran}");
    }
}

#[test]
fn without_a_terminal_and_without_a_key_the_wizard_says_what_is_missing() {
    let desk = Desk::new();
    for words in [&[][..], &["setup"]] {
        desk.run(words)
            .ends(3)
            .without_result()
            .notes("--plain")
            .notes("error: There is no API key yet");
    }
    let ran = desk.run(&["setup", "--quiet"]).ends(3);
    assert!(ran.err.starts_with("error: "), "{ran}");
}

#[test]
fn without_a_terminal_and_with_a_key_the_wizard_says_how_things_stand() {
    let desk = Desk::sandboxed();
    for words in [
        &[][..],
        &["setup"],
        &["--no-color", "--theme", "dark", "setup"],
    ] {
        desk.run(words)
            .ends(0)
            .says("key: sk-or-v1-5a4…0c5 from the shell's OPENROUTER_API_KEY")
            .says("accepts it")
            .says("the key is in no file of this project")
            .says("next: onramp check");
    }
    desk.write(
        ".env",
        &format!("OPENROUTER_API_KEY={}\n", desk.sandbox().api_key),
    );
    desk.run(&["setup", "--quiet"])
        .ends(0)
        .quietly()
        .says(".env: the key stands in .env line 1");
    desk.run(&["--lang", "zh-CN"]).ends(0).says("密钥：");
    let management = desk.sandbox().management_key.clone();
    for (key, words) in [
        (KEY, "The server refused this key"),
        (&management, "This is a management key"),
    ] {
        let other = Desk::at(desk.sandbox()).with("OPENROUTER_API_KEY", key);
        other.run(&[]).ends(4).notes(words);
    }
}

#[test]
fn the_log_is_the_persons_alone_and_tells_what_was_asked_without_the_key() {
    let desk = Desk::sandboxed();
    desk.run(&["check", "--log", "log.txt"]).ends(0);
    let check = desk.read("log.txt");
    assert!(check.contains("asked for an answer"), "{check}");
    assert!(check.contains("openai/gpt-5-mini"), "{check}");
    assert!(check.contains("stage=\"auth\" status=\"pass\""), "{check}");
    let question = "What is a borrow checker?";
    desk.run(&["ask", "--log", "log.txt", "-m", "sandbox/402", question])
        .ends(5);
    let log = desk.read("log.txt");
    let added = log.strip_prefix(&check).expect("it is added to");
    assert!(added.contains("credits-used-up"), "{added}");
    assert!(!log.contains(question), "{log}");
    assert!(!log.contains('\u{1b}'), "{log}");
    assert!(!holds_key(&log), "{log}");
    #[cfg(unix)]
    assert_eq!(desk.mode("log.txt"), 0o600);
}

#[test]
fn a_log_that_cannot_be_written_stops_the_command_before_it_begins() {
    let desk = Desk::sandboxed();
    desk.run(&["ask", "--log", "nowhere/log.txt", "hi"])
        .ends(10)
        .without_result()
        .notes("nowhere/log.txt");
    desk.run(&["ask", "--log", ".", "hi"])
        .ends(10)
        .without_result();
}

#[cfg(target_os = "linux")]
#[test]
fn a_result_that_finds_no_room_is_no_success() {
    use std::fs::OpenOptions;
    let desk = Desk::sandboxed();
    for words in [
        &["ask", "Reply with ok"][..],
        &["ask", "--json", "Reply with ok"],
        &["models"],
        &["check", "--json"],
        &["sandbox", "--faults"],
    ] {
        let full = OpenOptions::new().write(true).open("/dev/full");
        let full = full.expect("Linux has it");
        let mut command = desk.command(words);
        let output = command
            .stdout(full)
            .output()
            .expect("the program can be run");
        let err = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(10), "{words:?}: {err}");
        assert!(err.contains("No space left"), "{words:?}: {err}");
        assert!(!err.contains("another file"), "{words:?}: {err}");
    }
}

#[test]
fn preferences_that_make_no_sense_stop_nothing() {
    let desk = Desk::sandboxed();
    desk.write_home("preferences.json", "{");
    let ran = desk.run(&["check", "--json"]).ends(0);
    assert_eq!(ran.json()["ok"], true);
}

#[cfg(debug_assertions)]
#[test]
fn a_panic_shows_no_key_and_ends_in_a_code_of_its_own() {
    let desk = Desk::new().with("ONRAMP_PANIC_WITH", KEY);
    for words in [&["check"][..], &["--sandbox", "usage"]] {
        // No run may show a key: `run` looks.
        let ran = desk.run(words).ends(101).without_result();
        ran.notes("onramp stopped: ").notes("Please report this");
    }
}
