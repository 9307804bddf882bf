//! Editing a .env file of 10 MB: read as a program would, one value set, the change shown, and all of
//! it with the file read before and saved after: `cargo bench --bench dotenv`.

use std::hint::black_box;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use onramp::dotenv::{self, diff};
use onramp::files::{self, undo};

const RUNS: usize = 15;
const SIZE: usize = 10 * 1024 * 1024;

fn main() {
    let file = file("");
    let key = format!("sk-or-v1-{}", "deadbeef".repeat(8));
    let changes = [("OPENROUTER_API_KEY", key.as_str())];
    let edited = dotenv::set(&file, &changes, false).expect("an ordinary file");
    let tell = |what: &str, took: Duration, goal: &str| {
        println!("{what:<33} {:7.1} ms   {goal}", took.as_secs_f64() * 1000.0);
    };
    println!("a .env of {} MB", file.len() / 1024 / 1024);
    let set = median(|| black_box(dotenv::set(&file, &changes, false)).is_ok());
    tell("set one value", set, "goal 60 ms");
    let quoted = self::file("\"");
    let set = median(|| black_box(dotenv::set(&quoted, &changes, false)).is_ok());
    tell("the same, all values in quotes", set, "goal 60 ms");
    let copy = median(|| black_box(file.clone()).is_empty());
    tell("floor: copy the bytes", copy, "");
    let lookup = median(|| black_box(dotenv::lookup(&file, "NAME_1")).is_some());
    tell("look one value up", lookup, "");
    let shown = median(|| black_box(diff::diff(&file, &edited.bytes)).is_empty());
    tell("show the change", shown, "");
    tell(
        "read, set, show, save, keep undo",
        whole(&file),
        "goal 100 ms",
    );
}

/// What `onramp env set` does, but for git: a change worked out, shown, written and read back, with
/// one step back kept.
fn whole(file: &[u8]) -> Duration {
    let folder = tempfile::tempdir().expect("a folder of one's own");
    let (path, state) = (folder.path().join(".env"), folder.path().join("state"));
    files::save_private(&path, file).expect("a folder of one's own");
    let mut number = 0;
    median(|| {
        number += 1;
        let before = files::read(&path).expect("the file is there");
        let value = number.to_string();
        let edited = dotenv::set(before.text(), &[("FOO", &value)], false);
        let edited = edited.expect("an ordinary file");
        let shown = diff::diff(before.text(), &edited.bytes);
        let saved = undo::save_with_undo(&state, &before, &edited.bytes, Timestamp::now());
        saved.is_ok() && !shown.is_empty()
    })
}

/// Plain assignments with a comment now and then, as generated files have them.
fn file(quote: &str) -> Vec<u8> {
    let mut file = Vec::with_capacity(SIZE + 64);
    for number in 0.. {
        if file.len() >= SIZE {
            break;
        }
        if number % 20 == 0 {
            file.extend_from_slice(b"# a comment\n");
        }
        file.extend_from_slice(format!("NAME_{number}={quote}value-{number}{quote}\n").as_bytes());
    }
    file
}

fn median(mut run: impl FnMut() -> bool) -> Duration {
    let mut all: Vec<Duration> = (0..RUNS)
        .map(|_| {
            let began = Instant::now();
            black_box(run());
            began.elapsed()
        })
        .collect();
    all.sort_unstable();
    all[all.len() / 2]
}
