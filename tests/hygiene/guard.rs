//! The guard: in and out of the hook byte for byte, and what it stops.

use crate::repository::{Repository, key};

const HOOK: &str = ".git/hooks/pre-commit";

fn guarded() -> Repository {
    let repository = Repository::new();
    let (code, out, said) = repository.onramp(&["env", "guard", "install"]);
    assert_eq!(code, 0, "{out}{said}");
    repository
}

/// Whether git takes the commit, and what was said on the way.
fn commit(repository: &Repository, words: &[&str]) -> (bool, String) {
    let words = [&["commit", "--quiet", "--message", "x"], words].concat();
    let output = repository.try_git(&words);
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8(said).unwrap())
}

#[test]
fn a_commit_with_a_key_is_stopped_and_a_clean_one_goes_through() {
    let repository = guarded();
    repository.write("a.py", "x\n");
    repository.git(&["add", "."]);
    assert_eq!(commit(&repository, &[]), (true, String::new()));
    let key = key("a");
    repository.write("a.py", format!("x\nk = '{key}'\n"));
    repository.git(&["add", "."]);
    // The file is clean again; what counts is what is staged.
    repository.write("a.py", "x\n");
    let (taken, said) = commit(&repository, &[]);
    assert!(!taken);
    assert!(said.contains("a.py:2:6  OpenRouter  sk-or-v1-"), "{said}");
    assert!(said.contains("git commit --no-verify"), "{said}");
    assert!(!said.contains(&key), "{said}");
    assert!(commit(&repository, &["--no-verify"]).0);
}

#[test]
fn what_commit_takes_by_itself_is_looked_at_too() {
    let repository = guarded();
    repository.write("a.py", "x\n");
    repository.write("b.py", "x\n");
    repository.commit("one");
    repository.write("a.py", key("b"));
    // Both make an index of their own, which only the hook's environment names.
    assert!(!commit(&repository, &["--all"]).0);
    assert!(!commit(&repository, &["--", "a.py"]).0);
    repository.write("b.py", "y\n");
    assert!(commit(&repository, &["--", "b.py"]).0);
}

#[test]
fn a_key_that_the_file_held_before_does_not_stop_a_commit() {
    let repository = guarded();
    let key = key("c");
    repository.write("a.py", format!("{key}\n"));
    repository.commit("past the guard");
    repository.write("a.py", format!("{key}\nmore\n"));
    assert!(commit(&repository, &["--all"]).0);
    repository.write("b.py", format!("{key}\n"));
    repository.git(&["add", "b.py"]);
    assert!(!commit(&repository, &[]).0);
}

#[test]
fn placeholders_binaries_and_strange_names_do_not_stop_a_commit() {
    let repository = guarded();
    repository.write("README.md", "sk-or-your-actual-api-key-here\n");
    repository.write("test.py", format!("sk-or-v1-{}\n", "deadbeef".repeat(8)));
    repository.write("a\nb \"c\".txt", "x\n");
    repository.write("program", format!("\0{}", key("d")));
    repository.git(&["add", "."]);
    assert_eq!(commit(&repository, &[]), (true, String::new()));
    repository.write("a\nb \"c\".txt", key("e"));
    assert!(!commit(&repository, &["--all"]).0);
}

#[test]
fn from_a_worktree_and_from_a_folder_below_it_works_as_well() {
    let repository = guarded();
    repository.write("app/a.py", "x\n");
    repository.commit("one");
    repository.git(&["worktree", "add", "--quiet", "../beside", "-b", "beside"]);
    let beside = repository.root().parent().unwrap().join("beside/app");
    std::fs::write(beside.join("a.py"), key("f")).unwrap();
    let beside = beside.to_str().unwrap();
    let output = repository.try_git(&["-C", beside, "commit", "--all", "--message", "x"]);
    assert!(!output.status.success());
    repository.write("app/b.py", key("g"));
    repository.git(&["add", "."]);
    assert!(!commit(&repository, &[]).0);
}

#[test]
fn without_the_program_every_commit_goes_through() {
    let repository = guarded();
    repository.write("a.py", key("h"));
    repository.git(&["add", "."]);
    let output = std::process::Command::new("sh")
        .arg(repository.path(HOOK))
        .current_dir(repository.root())
        .env("PATH", "/nowhere")
        .output();
    let output = output.or_else(|_| {
        std::process::Command::new("/bin/sh")
            .arg(repository.path(HOOK))
            .env("PATH", "/nowhere")
            .output()
    });
    let output = output.unwrap();
    assert!(output.status.success(), "{output:?}");
    assert!(output.stderr.is_empty(), "{output:?}");
}

#[test]
fn a_hook_of_ones_own_is_kept_byte_for_byte() {
    for hook in [
        "#!/bin/sh\nexec true\n",
        "#!/bin/sh\ntrue",
        "#!/bin/sh",
        "#!/bin/sh\r\ntrue\r\n",
        "#!/usr/bin/env bash\n\n\nset -e\n# é\ntrue\n\n",
    ] {
        let repository = Repository::new();
        repository.write(HOOK, hook);
        repository.make_runnable(HOOK);
        let (code, out, _) = repository.onramp(&["env", "guard", "install"]);
        assert_eq!(code, 0, "{hook:?}");
        assert!(out.contains("+ if command -v onramp"), "{out}");
        assert!(!out.contains("- "), "nothing of the hook goes: {out}");
        let guarded = repository.read(HOOK);
        let (_, out, _) = repository.onramp(&["env", "guard", "install"]);
        assert!(out.starts_with("unchanged: "), "{out}");
        assert_eq!(repository.read(HOOK), guarded);
        let (code, ..) = repository.onramp(&["env", "guard", "remove"]);
        assert_eq!(code, 0, "{hook:?}");
        assert_eq!(repository.read(HOOK), hook.as_bytes());
        let (code, out, _) = repository.onramp(&["env", "guard", "remove"]);
        assert_eq!((code, out.starts_with("unchanged: ")), (0, true));
    }
}

#[test]
fn the_guard_holds_before_a_hook_that_ends_by_exec_and_its_own_verdict_stands() {
    let repository = Repository::new();
    repository.write(HOOK, "#!/bin/sh\nexec test ! -e stop\n");
    repository.make_runnable(HOOK);
    repository.onramp(&["env", "guard", "install"]);
    repository.write("a.py", key("i"));
    repository.git(&["add", "."]);
    assert!(!commit(&repository, &[]).0);
    repository.write("a.py", "x\n");
    repository.git(&["add", "."]);
    repository.write("stop", "");
    assert!(
        !commit(&repository, &[]).0,
        "the hook's own check still counts"
    );
    std::fs::remove_file(repository.path("stop")).unwrap();
    assert!(commit(&repository, &[]).0);
}

#[test]
fn a_hook_of_our_own_goes_whole() {
    let repository = guarded();
    let (code, out, _) = repository.onramp(&["env", "guard", "status"]);
    assert_eq!((code, out.starts_with("The guard is on")), (0, true));
    let (code, ..) = repository.onramp(&["env", "guard", "remove", "--dry-run"]);
    assert_eq!((code, repository.path(HOOK).exists()), (0, true));
    repository.onramp(&["env", "guard", "remove"]);
    assert!(!repository.path(HOOK).exists());
    let (code, out, _) = repository.onramp(&["env", "guard", "status"]);
    assert_eq!((code, out.starts_with("The guard is off")), (0, true));
}

#[test]
fn a_repository_without_a_folder_of_hooks_gets_one() {
    let repository = Repository::new();
    std::fs::remove_dir_all(repository.path(".git/hooks")).unwrap();
    repository.onramp(&["env", "guard", "install"]);
    repository.write("a.py", key("j"));
    repository.git(&["add", "."]);
    assert!(!commit(&repository, &[]).0);
}

#[test]
fn what_is_not_ours_to_change_is_left_alone_with_the_line_to_add() {
    let refused = |repository: &Repository, words: &str| {
        let (code, _, said) = repository.onramp(&["env", "guard", "install"]);
        assert_eq!(code, 10, "{said}");
        assert!(said.contains(words), "{said}");
        assert!(said.contains("! command -v onramp >/dev/null || onramp env guard check"));
    };
    let repository = Repository::new();
    repository.write(HOOK, "#!/usr/bin/env node\n1\n");
    repository.make_runnable(HOOK);
    refused(&repository, "not a shell script");
    assert_eq!(repository.read(HOOK), b"#!/usr/bin/env node\n1\n");

    let repository = Repository::new();
    repository.write(HOOK, "#!/bin/sh\nfalse\n");
    refused(&repository, "not executable");

    let repository = Repository::new();
    repository.write("shared.sh", "#!/bin/sh\n");
    repository.make_runnable("shared.sh");
    std::os::unix::fs::symlink(repository.path("shared.sh"), repository.path(HOOK)).unwrap();
    refused(&repository, "is a link");

    let repository = Repository::new();
    repository.git(&["config", "core.hooksPath", ".husky"]);
    refused(&repository, "core.hooksPath");
    assert!(!repository.path(HOOK).exists() && !repository.path(".husky").exists());

    let folder = Repository::without_git();
    let (code, _, said) = folder.onramp(&["env", "guard", "install"]);
    assert_eq!(code, 10);
    assert!(said.contains("no git repository here"), "{said}");
}

#[test]
fn the_line_to_add_by_hand_stops_a_key_and_nothing_else() {
    let repository = Repository::new();
    let line = onramp::project::guard::LINE;
    repository.write(".husky/pre-commit", format!("#!/bin/sh\nset -e\n{line}\n"));
    repository.make_runnable(".husky/pre-commit");
    repository.git(&["config", "core.hooksPath", ".husky"]);
    repository.git(&["add", "."]);
    assert!(commit(&repository, &[]).0);
    repository.write("a.py", key("k"));
    repository.git(&["add", "."]);
    assert!(!commit(&repository, &[]).0);
    let output = std::process::Command::new("/bin/sh")
        .arg(repository.path(".husky/pre-commit"))
        .env("PATH", "/nowhere")
        .output();
    assert!(output.unwrap().status.success());
}
