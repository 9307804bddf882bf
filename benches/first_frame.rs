//! From exec to the first painted frame and to the first answered key, in a terminal of 120 × 40,
//! beside a bare ratatui program that paints one frame: `cargo bench --bench first_frame`.

use std::io::{Read, Write};
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};

const RUNS: usize = 31;

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
}

struct Measured {
    first: Duration,
    typing: Duration,
}

/// Starts a program in a terminal and waits for words, then for the answer to a key.
fn measure(command: CommandBuilder, words: &str, key: Option<(&str, &str)>) -> Measured {
    let size = PtySize {
        rows: 40,
        cols: 120,
        pixel_width: 0,
        pixel_height: 0,
    };
    let pair = native_pty_system().openpty(size).expect("a terminal");
    let mut output = pair.master.try_clone_reader().expect("its output");
    let mut keyboard = pair.master.take_writer().expect("its keyboard");
    let began = Instant::now();
    let mut child = pair
        .slave
        .spawn_command(command)
        .expect("the program starts");
    let mut seen = vt100::Parser::default();
    seen.screen_mut().set_size(
        40.try_into().expect("not zero"),
        120.try_into().expect("not zero"),
    );
    wait_for(&mut output, &mut seen, words);
    let first = began.elapsed();
    if let Some((key, answer)) = key {
        keyboard.write_all(key.as_bytes()).expect("it listens");
        wait_for(&mut output, &mut seen, answer);
    }
    let typing = began.elapsed();
    child.kill().expect("it can be ended");
    child.wait().expect("it ends");
    Measured { first, typing }
}

fn wait_for(output: &mut impl Read, seen: &mut vt100::Parser, words: &str) {
    let mut chunk = [0; 8192];
    while !seen.screen().contents().contains(words) {
        let read = output.read(&mut chunk).expect("it writes");
        assert!(read > 0, "the program ended early");
        seen.process(&chunk[..read]);
    }
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
