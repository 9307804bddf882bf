//! What a conversation costs the whole program in a terminal of 120 × 40: memory, CPU, and what is written to the
//! terminal: `cargo bench --bench conversation`. Linux only: it reads `/proc`.
#![expect(unreachable_pub, reason = "one program in several files")]

use std::time::{Duration, Instant};

use portable_pty::CommandBuilder;

#[path = "support/process.rs"]
mod process;
#[path = "../tests/support/server.rs"]
mod server;
#[path = "support/terminal.rs"]
mod terminal;

use process::{cpu_of, peak_of, resident_of};
use server::Server;
use terminal::Terminal;

fn main() {
    let server = Server::start(&[]);
    let home = tempfile::tempdir().expect("a folder can be made");
    let mut terminal = chatting(&server, &home, "sandbox/tokens-20000");
    println!(
        "idle                               RSS   {:7.1} MB   goal 15",
        megabytes(resident_of(terminal.pid()))
    );
    let full = answer(&mut terminal);
    println!(
        "20,000 tokens at full speed        CPU   {:7.0} ms   goal 500",
        ms(full.cpu)
    );
    println!(
        "                                   wall  {:7.0} ms   goal 700",
        ms(full.wall)
    );
    println!(
        "                                   RSS   {:7.1} MB   goal 25, at most {:.1}",
        megabytes(resident_of(terminal.pid())),
        megabytes(peak_of(terminal.pid()))
    );
    drop(terminal);
    let home = tempfile::tempdir().expect("a folder can be made");
    let mut terminal = chatting(&server, &home, "sandbox/tokens-6000@300");
    let paced = answer(&mut terminal);
    println!(
        "6,000 tokens at 300 a second       CPU   {:7.0} ms   goal 800",
        ms(paced.cpu)
    );
    println!(
        "                                   bytes {:7.1} KB   goal 150",
        kilobytes(paced.bytes)
    );
}

struct Cost {
    wall: Duration,
    cpu: Duration,
    bytes: usize,
}

/// The chat with a model, ready to be asked.
fn chatting(server: &Server, home: &tempfile::TempDir, model: &str) -> Terminal {
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_onramp"));
    command.arg("chat");
    command.env("ONRAMP_HOME", home.path());
    command.env("OPENROUTER_API_KEY", &server.api_key);
    command.env("OPENROUTER_API_BASE", &server.base_url);
    command.env("TERM", "xterm-256color");
    command.env("LANG", "en_US.UTF-8");
    command.cwd(home.path());
    let mut terminal = Terminal::start(command);
    terminal.see("Ask anything");
    terminal.send(&format!("/model {model}\r"));
    terminal.see("is asked from now on");
    terminal
}

/// Asks, and waits for the figures under the answer.
fn answer(terminal: &mut Terminal) -> Cost {
    terminal.send("go on");
    terminal.see("go on");
    let (cpu, bytes, began) = (cpu_of(terminal.pid()), terminal.bytes, Instant::now());
    terminal.send("\r");
    terminal.see("· first word");
    Cost {
        wall: began.elapsed(),
        cpu: cpu_of(terminal.pid()).saturating_sub(cpu),
        bytes: terminal.bytes - bytes,
    }
}

fn ms(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

#[expect(clippy::cast_precision_loss, reason = "a figure for the eye")]
fn megabytes(kilobytes: u64) -> f64 {
    kilobytes as f64 / 1024.0
}

#[expect(clippy::cast_precision_loss, reason = "a figure for the eye")]
fn kilobytes(bytes: usize) -> f64 {
    bytes as f64 / 1024.0
}
