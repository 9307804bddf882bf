//! What a keystroke behind `@` costs with 10,000 and 50,000 files, and how long their list takes:
//! `cargo bench --bench mention`.
#![expect(clippy::disallowed_methods, reason = "a benchmark makes its own files")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use onramp::controls::fuzzy::Matcher;
use onramp::controls::mention;
use onramp::jobs::attach;
use onramp::project::Project;

const RUNS: usize = 25;
/// As many as are offered at once.
const OFFERED: usize = 8;

fn main() {
    for count in [10_000, 50_000] {
        let names = names(count);
        let mut matcher = Matcher::new();
        for typed in ["", "src/", "m", "handler", "srvhndlrs", "zzzz"] {
            let took = best(|| {
                black_box(mention::complete(typed, &names, &mut matcher, OFFERED));
            });
            println!(
                "{count:>6} names, a keystroke behind @{typed:<10} {:6.2} ms   goal {}",
                ms(took),
                if count == 10_000 { "1 ms" } else { "8 ms" }
            );
        }
    }
    let folder = tempfile::tempdir().expect("a folder can be made");
    for name in names(10_000) {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("it has one")).expect("it can be made");
        std::fs::write(path, "x").expect("it can be written");
    }
    let project = Project::at(folder.path());
    let took = best(|| {
        black_box(attach::names_and_sizes(&project));
    });
    println!(
        "10,000 files listed with their sizes, beside the loop {:6.1} ms",
        ms(took)
    );
}

/// Names as a large service has them.
fn names(count: usize) -> Vec<String> {
    let folders = [
        "src/server",
        "src/client",
        "tests/unit",
        "docs/api",
        "web/components",
    ];
    let words = ["handler", "model", "service", "router", "widget", "index"];
    let names = (0..count).map(|at| {
        let (folder, word) = (folders[at % folders.len()], words[at % words.len()]);
        format!("{folder}/{}/{word}_{at}.rs", at / 100)
    });
    names.collect()
}

fn best(mut work: impl FnMut()) -> Duration {
    let runs = (0..RUNS).map(|_| {
        let began = Instant::now();
        work();
        began.elapsed()
    });
    runs.min().unwrap_or_default()
}

fn ms(took: Duration) -> f64 {
    took.as_secs_f64() * 1e3
}
