//! Keys in what git has kept.

use std::sync::atomic::{AtomicBool, Ordering};

use onramp::domain::leak::Standing;
use onramp::project::scan::{self, End, Watch};

use crate::repository::{Repository, key};

#[test]
fn a_key_that_was_taken_out_again_is_still_found() {
    let repository = Repository::new();
    let key = key("a");
    repository.write("docs/how to.md", format!("# x\n\nuse {key}\n"));
    repository.commit("in");
    let brought = repository.git(&["rev-parse", "HEAD"]);
    repository.write("docs/how to.md", format!("# changed\n\nuse {key}\n"));
    repository.commit("the key in a second version");
    repository.git(&["rm", "--quiet", "docs/how to.md"]);
    repository.commit("out");
    assert_eq!(repository.tree().leaks, []);
    let found = repository.history();
    assert_eq!(
        repository.places(&found),
        [("docs/how to.md".to_owned(), 3, 5)]
    );
    let Standing::Past { commit, .. } = &found.leaks[0].standing else {
        panic!("{found:?}");
    };
    assert_eq!(commit, brought.trim(), "the oldest commit that brought it");
    let (code, out, _) = repository.onramp(&["env", "scan", "--history"]);
    assert_eq!(code, 11);
    assert!(out.contains("commit "), "{out}");
    assert!(!out.contains(&key), "{out}");
}

#[test]
fn branches_stashes_and_merges_are_looked_through_and_what_nothing_reaches_is_not() {
    let repository = Repository::new();
    repository.write("a", "1\n");
    repository.commit("one");
    repository.git(&["checkout", "--quiet", "-b", "side"]);
    repository.write("branch.py", key("branch"));
    repository.commit("on a branch");
    repository.git(&["checkout", "--quiet", "main"]);
    repository.write("a", key("stash"));
    repository.git(&["stash", "--quiet"]);
    repository.git(&["checkout", "--quiet", "-b", "other"]);
    repository.write("b", "2\n");
    repository.commit("two");
    repository.git(&["checkout", "--quiet", "main"]);
    repository.git(&["merge", "--quiet", "--no-ff", "--no-commit", "other"]);
    repository.write("merge.py", key("merge"));
    repository.commit("a merge that brings more than its sides");
    // Staged once, in no commit.
    repository.write("lost.py", key("lost"));
    repository.git(&["add", "lost.py"]);
    repository.git(&["rm", "--quiet", "--cached", "lost.py"]);
    let found = repository.history();
    let mut names: Vec<String> = repository
        .places(&found)
        .into_iter()
        .map(|it| it.0)
        .collect();
    names.dedup();
    assert_eq!(names, ["a", "branch.py", "merge.py"]);
}

#[test]
fn two_paths_of_one_blob_are_both_told() {
    let repository = Repository::new();
    repository.write("one.py", key("same"));
    repository.write("two.py", key("same"));
    repository.commit("both");
    let found = repository.history();
    let names: Vec<String> = repository
        .places(&found)
        .into_iter()
        .map(|it| it.0)
        .collect();
    assert_eq!(names, ["one.py", "two.py"]);
}

#[test]
fn it_stops_when_told_and_says_how_far_it_is() {
    let repository = Repository::new();
    for at in 0..600 {
        repository.write(&format!("f{at}"), format!("{at}\n"));
    }
    repository.commit("many");
    let stop = AtomicBool::new(false);
    let tell = |progress: scan::Progress| {
        assert_eq!((progress.done, progress.of), (256, Some(600)));
        stop.store(true, Ordering::Relaxed);
    };
    let watch = Watch {
        stop: &stop,
        until: None,
        tell: &tell,
    };
    let found = scan::history(&repository.root(), &watch).unwrap();
    assert_eq!((found.end, found.looked_at), (End::Stopped, 256));
}

#[test]
fn without_a_repository_there_is_a_clear_word() {
    let folder = Repository::without_git();
    let (code, _, said) = folder.onramp(&["env", "scan", "--history"]);
    assert_eq!(code, 2);
    assert!(said.contains("There is no git history here"), "{said}");
    // An empty repository has one, with nothing in it.
    let empty = Repository::new();
    assert_eq!(empty.history().looked_at, 0);
}
