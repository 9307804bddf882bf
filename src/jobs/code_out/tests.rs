//! Where code goes, and where it does not.

use super::*;
use crate::files::save_private;

struct Place {
    _outside: tempfile::TempDir,
    root: std::path::PathBuf,
    scene: Scene,
}

/// A repository with a source and a .env file; a file beside it.
fn place() -> Place {
    let outside = tempfile::tempdir().unwrap();
    for (name, text) in [
        ("beside.txt", "beside\n"),
        ("repo/.git/HEAD", "ref: refs/heads/main\n"),
        ("repo/src/main.rs", "fn main() {\n    old();\n}\n"),
        ("repo/.env", "PW=hunter2\n"),
        ("repo/blob.rs", "\0\0"),
    ] {
        save_private(&outside.path().join(name), text.as_bytes()).unwrap();
    }
    let root = outside.path().canonicalize().unwrap().join("repo");
    let home = outside.path().join("home");
    let scene = Scene {
        folder: root.clone(),
        ..Scene::in_folder(&home)
    };
    Place {
        _outside: outside,
        root,
        scene,
    }
}

impl Place {
    fn review(&self, path: &str, code: &str) -> Result<(CodeReview, Prepared), Box<Diagnosis>> {
        let plan = CodePlan {
            path: path.into(),
            code: code.into(),
            is_unfinished: false,
        };
        review(&self.scene, &plan)
    }

    fn save(&self, path: &str, code: &str) -> Result<CodeSaved, Box<Diagnosis>> {
        let (_, prepared) = self.review(path, code)?;
        write(&self.scene, prepared, Timestamp::UNIX_EPOCH)
    }

    fn text(&self, path: &str) -> Option<String> {
        let bytes = files::read(&self.root.join(path)).unwrap().bytes?;
        Some(String::from_utf8(bytes).unwrap())
    }
}

fn drawn(review: &CodeReview) -> Vec<String> {
    let mark = |kind| match kind {
        DiffKind::Kept => ' ',
        DiffKind::Removed => '-',
        DiffKind::Added => '+',
    };
    let lines = review.change.lines.iter();
    lines
        .map(|line| format!("{}{} {}", mark(line.kind), line.number, line.text))
        .collect()
}

#[test]
fn code_is_shown_against_what_is_there_and_written_as_shown() {
    let place = place();
    let code = "fn main() {\n    new();\n}\n";
    let (review, prepared) = place.review("src/main.rs", code).unwrap();
    assert_eq!(
        drawn(&review),
        [" 1 fn main() {", "-2     old();", "+2     new();", " 3 }"]
    );
    assert_eq!((review.added, review.removed), (1, 1));
    assert_eq!((review.doubts.len(), review.is_unchanged), (0, false));
    assert_eq!(
        place.text("src/main.rs").unwrap(),
        "fn main() {\n    old();\n}\n"
    );
    let saved = write(&place.scene, prepared, Timestamp::UNIX_EPOCH).unwrap();
    assert_eq!(saved.shown, "src/main.rs");
    assert_eq!(place.text("src/main.rs").unwrap(), code);
    let undone = env_change::undo(&place.scene, &saved.path, Timestamp::UNIX_EPOCH);
    assert!(undone.is_ok());
    assert_eq!(
        place.text("src/main.rs").unwrap(),
        "fn main() {\n    old();\n}\n"
    );
}

#[test]
fn a_new_file_comes_with_its_folders() {
    let place = place();
    let (review, _) = place.review("src/deep/er/new.rs", "x\n").unwrap();
    assert!(review.change.is_new);
    assert!(!place.root.join("src/deep").exists());
    place.save("src/deep/er/new.rs", "x\n").unwrap();
    assert_eq!(place.text("src/deep/er/new.rs").unwrap(), "x\n");
    let again = place.save("src/deep/er/new.rs", "x\n").unwrap();
    assert!(again.was_unchanged);
}

#[cfg(unix)]
#[test]
fn modes_are_kept_and_new_files_are_for_all_who_see_the_folder() {
    use std::fs::{Permissions, metadata, set_permissions};
    use std::os::unix::fs::PermissionsExt;
    let place = place();
    let path = place.root.join("src/main.rs");
    set_permissions(&path, Permissions::from_mode(0o755)).unwrap();
    set_permissions(place.root.join("src"), Permissions::from_mode(0o755)).unwrap();
    place.save("src/main.rs", "x\n").unwrap();
    place.save("src/other.rs", "x\n").unwrap();
    let mode = |path: &Path| metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&path), 0o755);
    assert_eq!(mode(&place.root.join("src/other.rs")), 0o644);
}

#[test]
fn no_code_goes_where_it_could_be_run_or_is_no_file() {
    let place = place();
    let patch = "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n";
    for (path, code) in [
        (".git/hooks/pre-commit", "x"),
        ("src/.GIT/config", "x"),
        ("src", "x"),
        ("", "x"),
        ("a\u{1b}[2J", "x"),
        ("~/x.rs", "x"),
        ("blob.rs", "x"),
        ("src/main.rs", patch),
    ] {
        let refused = place.review(path, code).unwrap_err();
        assert_eq!(refused.id, "file-not-a-target", "{path}");
    }
    assert!(place.review("x.patch", patch).is_ok());
}

#[test]
fn what_lies_outside_or_holds_settings_is_doubted() {
    let place = place();
    for (path, doubt) in [
        ("../beside.txt", Doubt::Outside),
        ("../new/x.rs", Doubt::Outside),
        (".env", Doubt::EnvFile),
    ] {
        let (review, _) = place.review(path, "PW=other\n").unwrap();
        assert_eq!(review.doubts, [doubt], "{path}");
        assert!(!format!("{review:?}").contains("hunter2"));
    }
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_project_is_doubted_and_one_planted_later_is_not_followed() {
    use std::os::unix::fs::symlink;
    let place = place();
    symlink("..", place.root.join("up")).unwrap();
    let (review, _) = place.review("up/x.rs", "x\n").unwrap();
    assert_eq!(review.doubts, [Doubt::LinkedOut]);
    let (review, prepared) = place.review("lib/x.rs", "x\n").unwrap();
    assert_eq!(review.doubts, []);
    symlink("..", place.root.join("lib")).unwrap();
    let refused = write(&place.scene, prepared, Timestamp::UNIX_EPOCH).unwrap_err();
    assert_eq!(refused.id, "file-changed");
    assert!(!place.root.join("../x.rs").exists());
    symlink("nowhere", place.root.join("dangling")).unwrap();
    let refused = place.review("dangling", "x\n").unwrap_err();
    assert_eq!(refused.id, "file-broken-link");
}

#[test]
fn a_file_that_changed_since_it_was_shown_is_left_alone() {
    let place = place();
    let (_, prepared) = place.review("src/main.rs", "new\n").unwrap();
    save_private(&place.root.join("src/main.rs"), b"theirs\n").unwrap();
    let refused = write(&place.scene, prepared, Timestamp::UNIX_EPOCH).unwrap_err();
    assert_eq!(refused.id, "file-changed");
    assert_eq!(place.text("src/main.rs").unwrap(), "theirs\n");
    let (_, prepared) = place.review("fresh.rs", "new\n").unwrap();
    save_private(&place.root.join("fresh.rs"), b"theirs\n").unwrap();
    assert!(write(&place.scene, prepared, Timestamp::UNIX_EPOCH).is_err());
    assert_eq!(place.text("fresh.rs").unwrap(), "theirs\n");
}

#[test]
fn line_ends_and_the_mark_stay_as_the_file_has_them() {
    let place = place();
    let path = place.root.join("win.txt");
    save_private(&path, "\u{feff}a\r\nb\r\n".as_bytes()).unwrap();
    let (review, _) = place.review("win.txt", "a\nc\n").unwrap();
    assert_eq!(drawn(&review), [" 1 a", "-2 b", "+2 c"]);
    place.save("win.txt", "a\nc\n").unwrap();
    assert_eq!(place.text("win.txt").unwrap(), "\u{feff}a\r\nc\r\n");
}

#[test]
fn of_several_blocks_for_one_file_the_last_counts() {
    let block = |path: Option<&str>, code: &str| CodeBlock {
        lang: None,
        path: path.map(Into::into),
        code: code.into(),
        is_unfinished: false,
    };
    let blocks = [
        block(Some("a.rs"), "1"),
        block(None, "2"),
        block(Some("b.rs"), "3"),
        block(Some("a.rs"), "4"),
        block(Some("c.rs"), "--- a\n+++ b\n@@ -1 +1 @@\n"),
    ];
    let plans: Vec<(String, String)> = named(&blocks)
        .into_iter()
        .map(|plan| (plan.path, plan.code))
        .collect();
    let expected = [("b.rs", "3"), ("a.rs", "4")].map(|(a, b)| (a.to_owned(), b.to_owned()));
    assert_eq!(plans, expected);
}
