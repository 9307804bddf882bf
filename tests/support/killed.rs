//! This test binary again, as children that write, say what they have written, and are killed.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// Set where a test runs as the child of another one, in a folder that was made for it.
const CHILD: &str = "ONRAMP_TEST_CHILD";

/// This test binary again, running one of its ignored tests in a folder until it is killed.
pub(crate) fn child(test: &str, folder: &Path, name: &str) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", test, "--ignored", "--nocapture"])
        .current_dir(folder)
        .env(CHILD, name)
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    command.spawn().unwrap()
}

/// What the parent calls this child; `None` where this is none.
#[expect(clippy::disallowed_methods, reason = "how the parent names its child")]
pub(crate) fn own_name() -> Option<String> {
    std::env::var(CHILD).ok()
}

/// Says on stdout what has been written, as soon as it has.
pub(crate) fn say(words: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{words}").unwrap();
    out.flush().unwrap();
}

/// Kills a child after it has said that it is ready, so many lines and a little more, and hears it to its
/// end.
pub(crate) fn kill(mut child: Child, lines: usize, spins: u32, mut hear: impl FnMut(&str)) {
    let mut said = BufReader::new(child.stdout.take().unwrap())
        .lines()
        .map_while(Result::ok);
    let is_ready = said.any(|line| line.contains("ready"));
    assert!(is_ready, "it opened its file");
    for line in said.by_ref().take(lines) {
        hear(&line);
    }
    for _ in 0..spins {
        std::hint::spin_loop();
    }
    child.kill().unwrap();
    child.wait().unwrap();
    for line in said {
        hear(&line);
    }
}
