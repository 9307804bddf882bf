//! What is copied in a real terminal, and where it goes.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::Duration;

use base64::Engine;
use rustix::process::Signal;

use crate::server::Server;
use crate::terminal::{Desk, Terminal};

/// A desk with a program that stands for the clipboard's, and the pipe where it says what it was given.
fn with_clipboard(server: &Server) -> (Desk, PathBuf) {
    let desk = Desk::beside(server).with("OPENROUTER_API_KEY", &server.api_key);
    std::fs::create_dir(desk.path("bin")).expect("a folder can be made");
    let pipe = desk.path("given");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.expect("a pipe can be made").success());
    let program = desk.path("bin/wl-copy");
    let script = format!("#!/bin/sh\n{{ cat; env; }} > '{}'\n", pipe.display());
    std::fs::write(&program, script).expect("a program can be written");
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).expect("mine");
    let path = std::env::var("PATH").unwrap_or_default();
    let path = format!("{}:{path}", desk.path("bin").display());
    let desk = desk
        .with("PATH", &path)
        .with("WAYLAND_DISPLAY", "wayland-9");
    (desk, pipe)
}

/// What comes out of a pipe, once somebody has written into it.
fn given(pipe: &Path) -> String {
    let pipe = pipe.to_owned();
    let (done, came) = mpsc::channel();
    std::thread::spawn(move || done.send(std::fs::read_to_string(pipe)));
    let came = came.recv_timeout(Duration::from_secs(30));
    came.expect("the program of the clipboard was run")
        .expect("it wrote text")
}

fn by_terminal(text: &str) -> String {
    let coded = base64::engine::general_purpose::STANDARD.encode(text);
    format!("\x1b]52;c;{coded}")
}

/// Presses the button on the first of some words, and moves to behind the last of them.
fn drag(terminal: &mut Terminal, words: &str) {
    let (row, from) = terminal.place_of(words);
    let width = u16::try_from(onramp::ui::wrap::width(words)).expect("a row is short");
    let (row, from) = (row + 1, from + 1);
    let to = from + width - 1;
    terminal.send(&format!("\x1b[<0;{from};{row}M\x1b[<32;{to};{row}M"));
}

#[test]
fn code_goes_to_the_terminal_and_to_the_clipboard_of_this_machine() {
    let server = Server::start(&[]);
    let (desk, pipe) = with_clipboard(&server);
    let mut terminal = desk.start(&["chat"]);
    terminal.see("Ask anything").paste("Write a shell script");
    terminal.press("enter").see("· first word").send("\x1bc");
    let given = given(&pipe);
    let (code, environment) = given.split_once("#!/").map_or_else(
        || panic!("no script in {given}"),
        |(_, rest)| rest.split_once("PATH=").expect("the environment follows"),
    );
    assert!(code.contains("curl"), "{code}");
    assert!(!environment.contains("OPENROUTER"), "{environment}");
    terminal.receive("\x1b]52;c;").see("copied").press("ctrl-c");
    assert_eq!(terminal.end(), 130);
}

#[test]
fn what_is_dragged_over_is_copied_and_the_mouse_is_let_go_of() {
    let server = Server::start(&[]);
    let (desk, pipe) = with_clipboard(&server);
    let mut terminal = desk.start(&["chat"]);
    terminal.see("Ask anything").paste("Say hello to 世界 now");
    terminal.press("enter").see("· first word");
    drag(&mut terminal, "to 世界");
    terminal
        .send("\x1b[<0;1;1m")
        .receive(&by_terminal("to 世界"));
    assert!(given(&pipe).starts_with("to 世界"));
    // Killed while the button is held.
    drag(&mut terminal, "hello");
    terminal.signal(Signal::TERM);
    assert_eq!(terminal.end(), 143);
    assert!(terminal.is_restored());
}

#[test]
fn over_ssh_only_the_persons_own_terminal_is_told() {
    let server = Server::start(&[]);
    let (desk, _) = with_clipboard(&server);
    // Whoever runs the program of the clipboard here is caught.
    let caught = desk.path("caught");
    let script = format!("#!/bin/sh\ntouch '{}'\n", caught.display());
    std::fs::write(desk.path("bin/wl-copy"), script).expect("a program can be written");
    let desk = desk.with("SSH_CONNECTION", "192.0.2.1 50000 192.0.2.2 22");
    let mut terminal = desk.start(&["chat"]);
    terminal.see("Ask anything").paste("Say hello");
    terminal.press("enter").see("· first word");
    drag(&mut terminal, "hello");
    terminal.send("\x1b[<0;1;1m").receive(&by_terminal("hello"));
    terminal.press("ctrl-c");
    assert_eq!(terminal.end(), 130);
    assert!(!caught.exists());
}
