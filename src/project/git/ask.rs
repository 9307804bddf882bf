//! How the git program is asked: in a folder that a stranger may have filled.
//!
//! A checkout's own configuration may name programs to run. Every command made here switches that off,
//! fetches nothing, asks the person nothing, and reads the repository of its folder alone.

use std::io::{BufReader, Read, Write};
use std::path::Path;
use std::process::{ChildStdout, Command, Output, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

/// Whose repository is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::project) enum Repository {
    /// That of the folder, whatever the environment says.
    OfFolder,
    /// The one git itself is at work in: inside a hook its variables name another index, which holds
    /// what `git commit -a` and `git commit FILE` are about to take.
    OfHook,
}

/// A git command in a folder, safe in a stranger's checkout; the question is still to be added.
pub(in crate::project) fn command(program: &str, folder: &Path, whose: Repository) -> Command {
    let mut command = bare(program, folder, whose);
    command.args(["-c", "core.hooksPath=/dev/null"]);
    command
}

/// The same without hiding where the repository's hooks are: for questions about them, which run none.
pub(super) fn bare(program: &str, folder: &Path, whose: Repository) -> Command {
    let mut command = Command::new(program);
    command
        .arg("--no-pager")
        // What a repository's own configuration could run.
        .args(["-c", "core.fsmonitor=false"])
        .args(["-c", "log.showSignature=false"])
        .args(["-c", "protocol.allow=never"])
        .current_dir(folder)
        .env("LC_ALL", "C")
        .env("GIT_OPTIONAL_LOCKS", "0")
        .env("GIT_TERMINAL_PROMPT", "0")
        // A partial clone would fetch what it lacks.
        .env("GIT_NO_LAZY_FETCH", "1")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    if whose == Repository::OfFolder {
        // Inside a hook these point to another repository than the file's.
        for name in MISLEADING {
            command.env_remove(name);
        }
    }
    for name in PATTERNS {
        command.env_remove(name);
    }
    command
}

const MISLEADING: &[&str] = &[
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_COMMON_DIR",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_NAMESPACE",
    "GIT_PREFIX",
];

/// They change how names of files are read.
const PATTERNS: &[&str] = &[
    "GIT_GLOB_PATHSPECS",
    "GIT_NOGLOB_PATHSPECS",
    "GIT_ICASE_PATHSPECS",
];

/// Runs a program to its end; `None` when it cannot be started or takes longer than `patience`. Its
/// answers are a few lines, so they fit into the pipes until it has ended.
pub(super) fn run(command: &mut Command, patience: Duration) -> Option<Output> {
    let mut child = command.spawn().ok()?;
    let deadline = Instant::now() + patience;
    let mut pause = Duration::from_millis(1);
    loop {
        match child.try_wait() {
            Ok(Some(_)) => return child.wait_with_output().ok(),
            Ok(None) if Instant::now() < deadline => std::thread::sleep(pause),
            _ => {
                // Both fail only when it has just ended by itself.
                let _ = child.kill();
                let _ = child.wait();
                return None;
            }
        }
        pause = (pause * 2).min(Duration::from_millis(20));
    }
}

/// How often it is looked whether a running program should stop.
const GLANCE: Duration = Duration::from_millis(20);

/// Runs a program, hands it `input`, and lets `read` take its output as it comes, however much that is.
/// As soon as `stop` says so the program is ended, and its output with it.
///
/// `None` when it cannot be started, or did not end well.
pub(in crate::project) fn stream<T>(
    command: &mut Command,
    input: &[u8],
    stop: &(dyn Fn() -> bool + Sync),
    read: impl FnOnce(&mut BufReader<ChildStdout>) -> T,
) -> Option<T> {
    let mut child = command
        .stdin(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let (to, from) = (child.stdin.take(), child.stdout.take());
    let mut from = BufReader::with_capacity(1 << 16, from?);
    std::thread::scope(|scope| {
        scope.spawn(move || {
            // A program that reads no further says so by ending.
            let _ = to.map(|mut to| to.write_all(input));
        });
        let (done, is_done) = mpsc::channel::<()>();
        let watch = scope.spawn(move || {
            while let Err(mpsc::RecvTimeoutError::Timeout) = is_done.recv_timeout(GLANCE) {
                if stop() {
                    let _ = child.kill();
                    break;
                }
            }
            child
        });
        let taken = read(&mut from);
        // Whatever was left unread must not hold the program up.
        let _ = std::io::copy(&mut from.by_ref(), &mut std::io::sink());
        drop(done);
        let mut child = watch.join().ok()?;
        child.wait().ok()?.success().then_some(taken)
    })
}

/// The whole output of a program that is handed `input`; `None` as for [`stream`], and when it takes
/// longer than `patience`.
pub(in crate::project) fn answer(
    command: &mut Command,
    input: &[u8],
    patience: Duration,
) -> Option<Vec<u8>> {
    let deadline = Instant::now() + patience;
    let is_late = || Instant::now() >= deadline;
    stream(command, input, &is_late, |from| {
        let mut whole = Vec::new();
        from.read_to_end(&mut whole).is_ok().then_some(whole)
    })?
}
