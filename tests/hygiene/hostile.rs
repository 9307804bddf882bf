//! A repository made by a stranger runs nothing of its own.

use std::fs;

use crate::repository::{Repository, key};

#[test]
fn no_program_that_the_repository_names_is_run() {
    let repository = Repository::new();
    let key = key("a");
    repository.write("a.py", format!("{key}\n"));
    repository.commit("one");
    repository.write("a.py", "x\n");
    repository.commit("two");
    let mark = repository.root().parent().unwrap().join("mark");
    let script = format!("#!/bin/sh\necho \"$0 $*\" >> '{}'\ncat\n", mark.display());
    repository.write(".git/evil", &script);
    repository.make_runnable(".git/evil");
    for hook in [
        "post-index-change",
        "post-checkout",
        "pre-commit",
        "reference-transaction",
    ] {
        repository.write(&format!(".git/hooks/{hook}"), &script);
        repository.make_runnable(&format!(".git/hooks/{hook}"));
    }
    let evil = repository.path(".git/evil");
    let evil = evil.to_str().unwrap();
    for name in [
        "core.fsmonitor",
        "core.pager",
        "core.editor",
        "core.sshCommand",
        "core.askPass",
        "core.alternateRefsCommand",
        "diff.external",
        "gpg.program",
        "filter.evil.clean",
        "filter.evil.smudge",
        "filter.evil.process",
        "diff.evil.textconv",
        "diff.evil.command",
        "pager.log",
        "pager.diff",
    ] {
        repository.git(&["config", name, evil]);
    }
    repository.git(&["config", "log.showSignature", "true"]);
    repository.git(&["config", "log.showRoot", "false"]);
    repository.git(&["config", "filter.evil.required", "true"]);
    repository.write(".gitattributes", "* filter=evil diff=evil\n");
    repository.write("b.py", format!("{key}\n"));
    repository.try_git(&["status"]);
    assert!(mark.exists(), "the traps are set");
    fs::remove_file(&mark).unwrap();

    let (code, out, _) = repository.onramp(&["env", "scan", "--history"]);
    assert_eq!(code, 11, "{out}");
    assert!(
        out.contains("b.py:1:1") && out.contains("a.py:1:1"),
        "{out}"
    );
    let (code, ..) = repository.onramp(&["env", "guard", "check"]);
    assert_eq!(code, 0);
    let (code, ..) = repository.onramp(&["env", "guard", "status"]);
    assert_eq!(code, 0);
    let (code, ..) = repository.onramp(&["env", "guard", "install", "--dry-run"]);
    assert_eq!(code, 0);
    assert!(
        !mark.exists(),
        "{}",
        fs::read_to_string(&mark).unwrap_or_default()
    );
}

#[test]
fn names_in_a_repository_cannot_drive_the_terminal() {
    let repository = Repository::new();
    repository.write("a\u{1b}]0;title\u{7}\nb.py", key("b"));
    repository.commit("one");
    let (code, out, _) = repository.onramp(&["env", "scan", "--history"]);
    assert_eq!(code, 11);
    assert!(!out.contains('\u{1b}') && !out.contains('\u{7}'), "{out:?}");
}
