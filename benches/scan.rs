//! 100,000 small files looked through for keys, beside walking over them and reading them alone, which is the
//! floor, and `git grep` for one word: `cargo bench --bench scan`.

use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use ignore::{WalkBuilder, WalkState};
use onramp::project::scan::{Limits, Watch, history, tree};

const FOLDERS: usize = 1000;
const FILES: usize = 100;
const RUNS: usize = 5;

fn main() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    fill(folder.path());
    let quiet = AtomicBool::new(false);
    let watch = Watch {
        stop: &quiet,
        until: None,
        tell: &|_| (),
    };
    let mut best = [Duration::MAX; 5];
    // In turns, so that whatever else the machine does hits all alike; the first turn warms the cache.
    for turn in 0..=RUNS {
        let times = [
            time(|| {
                let found = tree(folder.path(), Limits::default(), &watch);
                assert_eq!(
                    found.looked_at,
                    FOLDERS * FILES + 1,
                    "every file is looked at"
                );
                assert_eq!(found.leaks.len(), 1, "the one key is found");
            }),
            time(|| walk(folder.path(), false)),
            time(|| walk(folder.path(), true)),
            time(|| git(folder.path(), &["grep", "-q", "-I", "no-such-word"])),
            time(|| {
                let found = history(folder.path(), &watch).expect("there is a history");
                assert_eq!(found.leaks.len(), 1, "the one key is found");
            }),
        ];
        if turn > 0 {
            for (best, time) in best.iter_mut().zip(times) {
                *best = time.min(*best);
            }
        }
    }
    let [scan, walk, read, grep, past] = best;
    println!("100,000 files of about 1 KB, the best of {RUNS} runs, warm cache");
    println!(
        "onramp env scan            {}   goal 50,000 or what reading allows",
        rate(scan)
    );
    println!("walking alone              {}", rate(walk));
    println!("walking and reading alone  {}   the floor", rate(read));
    println!("git grep, one word         {}", rate(grep));
    println!("onramp env scan --history  {}", rate(past));
    println!(
        "scan / floor               {:.2}",
        scan.as_secs_f64() / read.as_secs_f64()
    );
}

fn rate(took: Duration) -> String {
    let files = f64::from(u32::try_from(FOLDERS * FILES).expect("a small number"));
    format!(
        "{:7.0} ms  {:8.0} files/s",
        took.as_secs_f64() * 1000.0,
        files / took.as_secs_f64()
    )
}

fn time(work: impl FnOnce()) -> Duration {
    let began = Instant::now();
    work();
    began.elapsed()
}

/// Sources as they are: a few dozen lines, all different; one of them holds a key.
#[expect(clippy::disallowed_methods, reason = "a benchmark makes its own files")]
fn fill(root: &Path) {
    git(root, &["init", "--quiet"]);
    fs::write(root.join(".gitignore"), "target\n*.log\n").expect("it can be written");
    for folder in 0..FOLDERS {
        let folder = root.join(format!("package-{}/part-{}", folder / 20, folder % 20));
        fs::create_dir_all(&folder).expect("it can be made");
        for file in 0..FILES {
            let mut text = String::new();
            for line in 0..20 {
                text.push_str(&format!(
                    "    let value_{line} = task.risk(\"{file}-{line}\");\n"
                ));
            }
            if text.len() > 100 && folder.ends_with("package-7/part-7") && file == 7 {
                let key: String = "0e6f44a47a05f1dad2ad7e88c4c1d6b7".repeat(2);
                let key = key.replacen("44", "9b", 1);
                text.push_str(&format!("key = \"sk-or-v1-{key}\"\n"));
            }
            text.push_str(&format!("// {}\n", folder.display()));
            fs::write(folder.join(format!("module_{file}.rs")), text).expect("it can be written");
        }
    }
    git(root, &["add", "."]);
    git(
        root,
        &[
            "-c",
            "user.name=T",
            "-c",
            "user.email=t@example.com",
            "commit",
            "--quiet",
            "--message=all",
        ],
    );
}

fn git(root: &Path, words: &[&str]) {
    let status = Command::new("git")
        .args(words)
        .current_dir(root)
        .stdout(Stdio::null())
        .status();
    status.expect("git is installed");
}

fn walk(root: &Path, reads: bool) {
    let count = AtomicUsize::new(0);
    let walk = WalkBuilder::new(root)
        .hidden(false)
        .filter_entry(|entry| entry.file_name() != ".git")
        .build_parallel();
    walk.run(|| {
        let mut buffer = vec![0; 64 * 1024];
        let count = &count;
        Box::new(move |entry| {
            let Ok(entry) = entry else {
                return WalkState::Continue;
            };
            if entry.file_type().is_some_and(|kind| kind.is_file()) {
                count.fetch_add(1, Ordering::Relaxed);
                if reads {
                    read(entry.path(), &mut buffer);
                }
            }
            WalkState::Continue
        })
    });
    assert!(count.into_inner() >= FOLDERS * FILES, "every file is met");
}

#[expect(
    clippy::disallowed_methods,
    reason = "the floor reads as plainly as can be"
)]
fn read(path: &Path, buffer: &mut [u8]) {
    let mut file = fs::File::open(path).expect("it can be opened");
    while file.read(buffer).expect("it can be read") > 0 {}
}
