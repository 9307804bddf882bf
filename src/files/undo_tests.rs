//! Tests of going a step back.

use tempfile::TempDir;

use super::*;
use crate::files::save_private;

const NOW: &str = "2026-11-24T12:00:00Z";

struct Desk {
    folder: TempDir,
    now: Timestamp,
}

impl Desk {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            now: NOW.parse().unwrap(),
        }
    }

    fn env(&self) -> PathBuf {
        self.folder.path().canonicalize().unwrap().join(".env")
    }

    fn state(&self) -> PathBuf {
        self.folder.path().join("state/undo")
    }

    fn put(&self, text: &str) {
        save_private(&self.env(), text.as_bytes()).unwrap();
    }

    fn text(&self) -> Option<String> {
        let bytes = read(&self.env()).unwrap().bytes?;
        Some(String::from_utf8(bytes).unwrap())
    }

    fn save(&self, text: &str) {
        let before = read(&self.env()).unwrap();
        save_with_undo(&self.state(), &before, text.as_bytes(), self.now).unwrap();
    }

    fn undo(&self) -> Result<Undone, FileTrouble> {
        undo(&self.state(), &self.env(), self.now)
    }

    fn entries(&self) -> usize {
        std::fs::read_dir(self.state())
            .into_iter()
            .flatten()
            .count()
    }
}

#[test]
fn the_bytes_from_before_come_back_once() {
    let desk = Desk::new();
    desk.put("A=1\r\n");
    desk.save("A=2\r\n");
    assert!(matches!(desk.undo(), Ok(Undone::Restored(_))));
    assert_eq!(desk.text().as_deref(), Some("A=1\r\n"));
    assert_eq!(desk.undo(), Ok(Undone::Nothing));
    assert_eq!(desk.entries(), 0);
}

#[test]
fn a_file_that_was_new_is_removed() {
    let desk = Desk::new();
    desk.save("A=1\n");
    assert_eq!(desk.undo(), Ok(Undone::Removed(desk.env())));
    assert_eq!(desk.text(), None);
    // Whoever made it again by hand keeps it.
    desk.put("A=1\n");
    assert_eq!(desk.undo(), Ok(Undone::Nothing));
}

#[test]
fn a_file_that_changed_since_is_left_alone() {
    let desk = Desk::new();
    desk.put("A=1\n");
    desk.save("A=2\n");
    desk.put("A=3\n");
    assert_eq!(desk.undo().unwrap_err().kind, FileProblem::Changed);
    assert_eq!(desk.text().as_deref(), Some("A=3\n"));
}

#[test]
fn only_the_last_save_is_undone_and_the_same_bytes_are_none() {
    let desk = Desk::new();
    desk.put("A=1\n");
    desk.save("A=2\n");
    desk.save("A=3\n");
    desk.save("A=3\n");
    assert!(desk.undo().is_ok());
    assert_eq!(desk.text().as_deref(), Some("A=2\n"));
}

#[test]
fn a_save_that_fails_keeps_the_step_back_from_before() {
    let desk = Desk::new();
    desk.put("A=1\n");
    desk.save("A=2\n");
    let stale = read(&desk.env()).unwrap();
    desk.put("A=2\nB=1\n");
    assert!(save_with_undo(&desk.state(), &stale, b"A=9\n", desk.now).is_err());
    desk.put("A=2\n");
    assert!(desk.undo().is_ok());
    assert_eq!(desk.text().as_deref(), Some("A=1\n"));
}

#[test]
fn a_program_killed_right_behind_its_save_can_still_go_back() {
    let desk = Desk::new();
    desk.put("A=1\n");
    desk.save("A=2\n");
    let target = desk.env();
    let settled = entry_path(&desk.state(), &target, ENTRY);
    let (bytes, _) = read_regular(&settled).unwrap();
    save_private(&entry_path(&desk.state(), &target, PENDING), &bytes).unwrap();
    remove(&settled).unwrap();
    assert!(desk.undo().is_ok());
    assert_eq!(desk.text().as_deref(), Some("A=1\n"));
    assert_eq!(desk.entries(), 0);
}

#[test]
fn an_entry_that_another_run_has_put_in_its_place_is_not_taken_for_ones_own() {
    let desk = Desk::new();
    let (pending, settled) = (desk.state().join("a"), desk.state().join("b"));
    let ours = save_parts(&pending, &[b"ou", b"rs"]).unwrap();
    let theirs = save_parts(&pending, &[b"theirs"]).unwrap();
    let refused = rename_private(&pending, ours, &settled).unwrap_err();
    assert_eq!(refused.kind, FileProblem::Changed);
    assert!(!settled.exists());
    rename_private(&pending, theirs, &settled).unwrap();
    assert_eq!(read(&settled).unwrap().text(), b"theirs");
}

#[test]
fn old_entries_are_swept() {
    let mut desk = Desk::new();
    desk.put("A=1\n");
    desk.save("A=2\n");
    save_private(&desk.state().join("torn.undo"), b"{").unwrap();
    save_private(&desk.state().join("notes.txt"), b"mine").unwrap();
    desk.now = desk.now.checked_add(LIFETIME).unwrap();
    sweep(&desk.state(), desk.now);
    assert_eq!(desk.entries(), 2);
    desk.now = desk.now.checked_add(SignedDuration::from_secs(1)).unwrap();
    assert_eq!(desk.undo(), Ok(Undone::Nothing));
    assert_eq!(desk.entries(), 1);
    assert_eq!(desk.text().as_deref(), Some("A=2\n"));
}

#[cfg(unix)]
#[test]
fn entries_are_for_their_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let desk = Desk::new();
    desk.put("A=1\n");
    desk.save("A=2\n");
    assert_eq!(mode(&desk.state()), 0o700);
    assert_eq!(mode(&entry_path(&desk.state(), &desk.env(), ENTRY)), 0o600);
}
