//! From exec to the first painted frame and to the first answered key, in a terminal of 120 × 40,
//! beside a bare ratatui program that paints one frame: `cargo bench --bench first_frame`.
#![expect(unreachable_pub, reason = "one program in several files")]

use std::time::{Duration, Instant};

use portable_pty::CommandBuilder;

#[path = "support/terminal.rs"]
mod terminal;

use terminal::Terminal;

const RUNS: usize = 31;
/// A line program of the same kind, measured where it is installed.
const PEER: &str = "aichat";

fn main() {
    if std::env::args().any(|word| word == "--bare") {
        return bare();
    }
    let own = env!("CARGO_BIN_EXE_onramp");
    let this = std::env::current_exe().expect("this program has a path");
    let home = tempfile::tempdir().expect("a folder can be made");
    let onramp = || {
        let mut command = CommandBuilder::new(own);
        command.env("ONRAMP_HOME", home.path());
        command.env("BROWSER", "true");
        command.env("TERM", "xterm-256color");
        command.env("LANG", "en_US.UTF-8");
        command.cwd(home.path());
        command
    };
    let bare = || {
        let mut command = CommandBuilder::new(&this);
        command.arg("--bare");
        command.env("TERM", "xterm-256color");
        command
    };
    let frames: Vec<Measured> = (0..RUNS)
        .map(|_| measure(onramp(), "Checklist", Some(("?", "F1"))))
        .collect();
    let floors: Vec<Measured> = (0..RUNS).map(|_| measure(bare(), "bare", None)).collect();
    let first = median(frames.iter().map(|run| run.first));
    let typing = median(frames.iter().map(|run| run.typing));
    let floor = median(floors.iter().map(|run| run.first));
    println!("first painted frame   {:6.1} ms   goal 15.0 ms", ms(first));
    println!("first answered key    {:6.1} ms   goal 25.0 ms", ms(typing));
    println!(
        "bare ratatui program  {:6.1} ms   ratio {:.2}, goal 2.00",
        ms(floor),
        first.as_secs_f64() / floor.as_secs_f64()
    );
    let help = median((0..RUNS).map(|_| time_help(own)));
    println!("--help                {:6.1} ms   goal 5.0 ms", ms(help));
    if std::process::Command::new(PEER)
        .arg("--version")
        .output()
        .is_ok()
    {
        let peer = median((0..RUNS).map(|_| time_help(PEER)));
        println!("{PEER} --help         {:6.1} ms", ms(peer));
    }
}

struct Measured {
    first: Duration,
    typing: Duration,
}

/// Starts a program in a terminal and waits for words, then for the answer to a key.
fn measure(command: CommandBuilder, words: &str, key: Option<(&str, &str)>) -> Measured {
    let began = Instant::now();
    let mut terminal = Terminal::start(command);
    terminal.see(words);
    let first = began.elapsed();
    if let Some((key, answer)) = key {
        terminal.send(key);
        terminal.see(answer);
    }
    let typing = began.elapsed();
    Measured { first, typing }
}

fn time_help(program: &str) -> Duration {
    let began = Instant::now();
    std::process::Command::new(program)
        .arg("--help")
        .output()
        .expect("it runs");
    began.elapsed()
}

fn median(durations: impl Iterator<Item = Duration>) -> Duration {
    let mut all: Vec<Duration> = durations.collect();
    all.sort_unstable();
    all[all.len() / 2]
}

fn ms(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

/// The least a ratatui program can do: take the terminal, paint one frame, wait for a key.
fn bare() {
    let mut terminal = ratatui::init();
    terminal
        .draw(|frame| frame.render_widget("bare", frame.area()))
        .expect("a frame");
    let _ = crossterm::event::read();
    ratatui::restore();
}
