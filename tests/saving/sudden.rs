//! Full disks, mounted files and sudden death: each met by this test binary again, as a child.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use onramp::domain::symptom::FileProblem;
use onramp::files::{read, save, save_private};

use crate::project::{Project, kind};

/// Set where a test runs as the child of another one, in a folder that was made for it.
const CHILD: &str = "ONRAMP_TEST_CHILD";

fn is_child() -> bool {
    std::env::var_os(CHILD).is_some()
}

/// This test binary again, in a folder, running one of the tests that are ignored here.
fn again(test: &str, folder: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args([
            "--exact",
            &format!("sudden::{test}"),
            "--ignored",
            "--nocapture",
        ])
        .current_dir(folder)
        .env(CHILD, "yes");
    command.stdout(Stdio::piped()).stderr(Stdio::null());
    command
}

/// As [`again`], but a shell does something first.
fn again_after(shell_first: &str, test: &str, folder: &Path) -> Command {
    let child = again(test, folder);
    let mut command = Command::new("sh");
    command.args(["-c", &format!("{shell_first} && exec \"$0\" \"$@\"")]);
    command.arg(child.get_program()).args(child.get_args());
    command.current_dir(folder).env(CHILD, "yes");
    command
}

fn succeeds(mut command: Command) {
    let outcome = command.output().unwrap();
    assert!(outcome.status.success(), "{outcome:?}");
    assert!(
        String::from_utf8_lossy(&outcome.stdout).contains("1 passed"),
        "{outcome:?}"
    );
}

#[test]
fn a_full_disk_costs_nothing() {
    for has_other_name in [false, true] {
        let project = Project::with("A=1\n");
        if has_other_name {
            fs::hard_link(project.path(".env"), project.path("other")).unwrap();
        }
        let names = project.names();
        // A limit of 512 or 1024 bytes a file: the system refuses as it does on a full disk.
        let limit = "trap '' XFSZ; ulimit -f 1";
        succeeds(again_after(
            limit,
            "child_saves_too_much",
            project.folder.path(),
        ));
        assert_eq!(project.text(), "A=1\n");
        assert_eq!(project.names(), names);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_that_is_mounted_by_itself_is_written_in_place() {
    let project = Project::with("A=1\n");
    fs::write(project.path("outside"), "B=1\n").unwrap();
    let mount = "mount --bind outside .env";
    let may_mount = Command::new("unshare")
        .args(["-Urm", "sh", "-c", mount])
        .current_dir(project.folder.path())
        .output();
    if !may_mount.is_ok_and(|outcome| outcome.status.success()) {
        eprintln!("no right to mount here: nothing to try");
        return;
    }
    let child = again_after(mount, "child_saves_on_a_mount", project.folder.path());
    let mut command = Command::new("unshare");
    command
        .arg("-Urm")
        .arg(child.get_program())
        .args(child.get_args());
    command.current_dir(project.folder.path()).env(CHILD, "yes");
    succeeds(command);
    assert_eq!(project.text(), "A=1\n");
    assert_eq!(
        fs::read_to_string(project.path("outside")).unwrap(),
        "B=2\nlonger\n"
    );
    assert_eq!(project.names(), [".env", "outside"]);
}

#[test]
#[ignore = "run by the test above in a mount namespace of its own"]
fn child_saves_on_a_mount() {
    if is_child() {
        let before = read(Path::new(".env")).unwrap();
        let after = save(&before, b"B=2\nlonger\n").unwrap();
        assert_eq!(after.text(), b"B=2\nlonger\n");
    }
}

#[test]
#[ignore = "run by a_full_disk_costs_nothing under a limit"]
fn child_saves_too_much() {
    if !is_child() {
        return;
    }
    let before = read(Path::new(".env")).unwrap();
    assert_eq!(kind(save(&before, &[b'x'; 4096])), FileProblem::Full);
    assert_eq!(
        kind(save_private(Path::new("mine"), &[b'x'; 4096])),
        FileProblem::Full
    );
}

/// Two contents of different lengths, over many pages.
fn contents() -> [String; 2] {
    ["A=old\n".repeat(20_000), "B=newer\n".repeat(40_000)]
}

#[test]
#[ignore = "run, and killed, by the tests below"]
fn child_saves_in_a_loop() {
    if !is_child() {
        return;
    }
    let contents = contents();
    println!("ready");
    for round in 0.. {
        let before = read(Path::new(".env")).unwrap();
        save(&before, contents[round % 2].as_bytes()).unwrap();
        println!("saved");
    }
}

/// Lets a child save, and kills it at ever other moments; then `check` looks at what is left.
fn kill_at_many_moments(project: &Project, check: impl Fn(u32)) {
    for round in 0..40 {
        let mut child = again("child_saves_in_a_loop", project.folder.path())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let saves = lines
            .map_while(Result::ok)
            .filter(|line| line.contains("saved"));
        assert_eq!(
            saves.take(1 + round as usize % 3).count(),
            1 + round as usize % 3
        );
        for _ in 0..round * 20_000 {
            std::hint::spin_loop();
        }
        child.kill().unwrap();
        child.wait().unwrap();
        check(round);
    }
}

#[test]
fn whatever_moment_kills_a_save_the_bytes_are_the_old_or_the_new() {
    let [old, new] = contents();
    let project = Project::with(&old);
    kill_at_many_moments(&project, |round| {
        let text = project.text();
        assert!(text == old || text == new, "torn in round {round}");
        assert_eq!(project.mode(".env") & 0o777, project.read().mode().unwrap());
    });
    save(&project.read(), b"A=1\n").unwrap();
    assert_eq!(project.names(), [".env"]);
}

#[test]
fn a_torn_write_in_place_is_mended_by_the_next_save() {
    let [old, new] = contents();
    let project = Project::with(&old);
    fs::hard_link(project.path(".env"), project.path("other")).unwrap();
    kill_at_many_moments(&project, |round| {
        // Torn or not: what the next save finds, or leaves behind when it refuses, is whole.
        let before = project.read();
        let is_whole = |text: &str| text == old || text == new;
        match save(&before, b"A=1\n") {
            Ok(_) => assert!(
                is_whole(std::str::from_utf8(before.text()).unwrap()),
                "{round}"
            ),
            Err(trouble) => {
                assert_eq!(trouble.kind, FileProblem::Changed);
                assert!(is_whole(&project.text()), "still torn in round {round}");
            }
        }
        assert_eq!(project.names(), [".env", "other"], "round {round}");
        save(&project.read(), old.as_bytes()).unwrap();
    });
}
