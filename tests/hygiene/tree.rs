//! Keys in the files of a project.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use onramp::domain::leak::Standing;
use onramp::project::scan::{self, End, Limits, MOST_BYTES, Watch};

use crate::repository::{Repository, key};

#[test]
fn a_key_in_the_code_is_found_with_its_place_and_how_its_file_stands() {
    let repository = Repository::new();
    let key = key("a");
    repository.write("src/tracked.py", format!("import x\nx(\"{key}\")\n"));
    repository.write("src/clean.py", "import x\n");
    repository.commit("one");
    repository.write("loose.py", format!("{key}\n"));
    let found = repository.tree();
    let expected = [
        ("loose.py".to_owned(), 1, 1),
        ("src/tracked.py".to_owned(), 2, 4),
    ];
    assert_eq!(repository.places(&found), expected);
    let standings: Vec<&Standing> = found.leaks.iter().map(|leak| &leak.standing).collect();
    let tracked = Standing::Tracked { is_ignored: false };
    assert_eq!(standings, [&Standing::Loose, &tracked]);
    assert_eq!((found.looked_at, found.end), (3, End::Whole));
    let masked = &found.leaks[0].key_masked;
    assert!(
        !key.contains(masked) && masked.starts_with("sk-or-v1-"),
        "{masked}"
    );
}

#[test]
fn what_git_ignores_is_not_looked_at_and_what_it_tracks_in_spite_of_a_rule_is() {
    let repository = Repository::new();
    let key = key("b");
    repository.write("forced/.env", format!("OPENROUTER_API_KEY={key}\n"));
    repository.commit("the file came before its rule");
    repository.write(".gitignore", ".env\ntarget/\n");
    repository.write(".env", format!("OPENROUTER_API_KEY={key}\n"));
    repository.write("target/out.js", &key);
    let found = repository.tree();
    assert_eq!(
        repository.places(&found),
        [("forced/.env".to_owned(), 1, 20)]
    );
    assert_eq!(
        found.leaks[0].standing,
        Standing::Tracked { is_ignored: true }
    );
}

#[test]
fn an_env_file_is_a_finding_only_where_git_would_take_it() {
    let line = format!("OPENROUTER_API_KEY={}\n", key("c"));
    let repository = Repository::new();
    repository.write(".env", &line);
    let found = repository.tree();
    assert_eq!(found.leaks[0].standing, Standing::Loose);
    assert!(found.leaks[0].is_env_file);
    repository.write(".git/info/exclude", ".env\n");
    let found = repository.tree();
    assert_eq!((found.leaks.len(), found.in_their_place), (0, 0));
    // Where there is no repository the key is where it belongs; in a template it never is.
    let folder = Repository::without_git();
    folder.write(".env", &line);
    folder.write(".env.example", &line);
    let found = folder.tree();
    assert_eq!(folder.places(&found), [(".env.example".to_owned(), 1, 20)]);
    assert_eq!(found.leaks[0].standing, Standing::Outside);
    assert_eq!(found.in_their_place, 1);
}

#[test]
fn placeholders_are_told_apart_from_keys() {
    let repository = Repository::new();
    repository.write(
        "README.md",
        "OPENROUTER_API_KEY=sk-or-your-actual-api-key-here\n",
    );
    repository.write(
        "test.py",
        format!("K = 'sk-or-v1-{}'\n", "deadbeef".repeat(8)),
    );
    let found = repository.tree();
    assert_eq!((found.leaks.len(), found.placeholders.len()), (0, 2));
}

#[test]
fn binary_and_huge_files_are_passed_over_and_counted() {
    let repository = Repository::new();
    let key = key("d");
    repository.write("program", format!("\u{7f}ELF\0\0{key}"));
    let mut huge = key.clone().into_bytes();
    huge.resize(MOST_BYTES + 1, b' ');
    repository.write("huge.txt", &huge);
    huge.truncate(MOST_BYTES);
    repository.write("large.txt", &huge);
    let found = repository.tree();
    assert_eq!(repository.places(&found), [("large.txt".to_owned(), 1, 1)]);
    let skipped = found.skipped;
    assert_eq!(
        (skipped.binary, skipped.large, skipped.unreadable),
        (1, 1, 0)
    );
}

#[test]
fn links_and_pipes_are_not_opened() {
    let repository = Repository::new();
    let outside = tempfile::tempdir().unwrap();
    let secret = outside.path().join("secret");
    std::fs::write(&secret, key("e")).unwrap();
    std::os::unix::fs::symlink(&secret, repository.path("link")).unwrap();
    std::os::unix::fs::symlink(outside.path(), repository.path("folder")).unwrap();
    let made = std::process::Command::new("mkfifo")
        .arg(repository.path("pipe"))
        .status();
    assert!(made.unwrap().success());
    assert_eq!(repository.tree().looked_at, 0);
}

#[test]
fn a_repository_inside_another_is_asked_about_its_own_files() {
    let repository = Repository::new();
    let key = key("f");
    repository.git(&["init", "--quiet", "inner"]);
    repository.write("inner/a.py", &key);
    repository.git(&["-C", "inner", "add", "a.py"]);
    let found = repository.tree();
    assert_eq!(
        found.leaks[0].standing,
        Standing::Tracked { is_ignored: false }
    );
}

#[test]
fn it_stops_when_told_and_at_its_limits() {
    let repository = Repository::new();
    for at in 0..2000 {
        repository.write(&format!("d{}/f{at}", at % 20), "x");
    }
    let stop = AtomicBool::new(false);
    let tell = |_| stop.store(true, Ordering::Relaxed);
    let watch = Watch {
        stop: &stop,
        until: None,
        tell: &tell,
    };
    let found = scan::tree(&repository.root(), Limits::default(), &watch);
    assert_eq!(found.end, End::Stopped);
    assert!(
        (256..2000).contains(&found.looked_at),
        "{}",
        found.looked_at
    );

    let calm = AtomicBool::new(false);
    let mut watch = Watch {
        stop: &calm,
        until: None,
        tell: &|_| (),
    };
    let found = scan::tree(&repository.root(), Limits { files: 100 }, &watch);
    assert_eq!((found.end, found.looked_at), (End::Bounded, 100));
    watch.until = Some(Instant::now());
    let found = scan::tree(&repository.root(), Limits::default(), &watch);
    assert_eq!((found.end, found.looked_at), (End::Bounded, 0));
}

#[test]
fn the_command_tells_scripts_by_its_exit_code_and_shows_no_key() {
    let repository = Repository::new();
    let key = key("g");
    repository.write("a.py", "x\n");
    repository.commit("one");
    let (code, out, _) = repository.onramp(&["env", "scan"]);
    assert_eq!((code, out.as_str()), (0, "No key found in 1 files.\n"));
    repository.write("a.py", format!("x\nk = '{key}'\n"));
    let (code, out, said) = repository.onramp(&["env", "scan"]);
    assert_eq!((code, said.as_str()), (11, ""));
    assert!(out.contains("  a.py:2:6  OpenRouter  sk-or-v1-"), "{out}");
    let order = [
        "First make a new key",
        "Take the key out",
        "--history",
        "filter-repo",
    ];
    let at = order.map(|words| out.find(words).unwrap());
    assert!(at.is_sorted(), "{out}");
    let (code, json, said) = repository.onramp(&["env", "scan", "--json"]);
    assert_eq!((code, said.as_str()), (11, ""));
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let finding = &json["findings"][0];
    assert_eq!(json["ok"], false);
    assert_eq!(
        (&finding["line"], &finding["column"]),
        (&2.into(), &6.into())
    );
    assert_eq!(
        (&finding["vendor"], &finding["tracked"]),
        (&"openrouter".into(), &true.into())
    );
    assert_eq!(finding["diagnosis"]["id"], "key-in-tracked-file");
    for text in [out, json.to_string()] {
        assert!(!text.contains(key.get(20..60).unwrap()), "{text}");
    }
    let (code, ..) = repository.onramp(&["env", "scan", "a.py", "--lang", "zh-CN"]);
    assert_eq!(code, 11);
    let (code, _, said) = repository.onramp(&["env", "scan", "no-such-folder"]);
    assert_eq!(code, 10);
    assert!(said.starts_with("error: "), "{said}");
}
