//! Opening: as the ledger's, by the same code; here what is the archive's own.

use std::fs;

use rusqlite::Connection;

use super::*;

#[cfg(unix)]
#[test]
fn nobody_else_may_read_what_was_said() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("deep/state");
    let archive = Archive::open(&state, Shelf::Real).unwrap().archive;
    held(&archive, 0, "how?", "so");
    assert!(Archive::exists(&state));
    for entry in fs::read_dir(&state).unwrap() {
        let entry = entry.unwrap();
        let mode = entry.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{entry:?}");
    }
    assert!(!Archive::exists(folder.path()));
}

#[test]
fn a_damaged_archive_is_set_aside_whole_and_a_new_one_begun() {
    let (folder, archive) = archive();
    let pen = held(&archive, 0, "how?", "so");
    drop(archive);
    let path = folder.path().join(FILE);
    let mut bytes = fs::read(&path).unwrap();
    bytes[..100].fill(0x5a);
    fs::write(&path, &bytes).unwrap();
    let opened = Archive::open(folder.path(), Shelf::Real).unwrap();
    let aside = opened.set_aside.unwrap();
    assert!(
        aside
            .to_str()
            .unwrap()
            .contains("/conversations.sqlite3.damaged-20")
    );
    assert!(
        fs::read(aside).unwrap() == bytes,
        "the bytes are as they were"
    );
    assert_eq!(opened.archive.load(pen.id()), Ok(None));
    held(&opened.archive, 1, "again?", "so");
}

#[test]
fn damage_that_shows_later_is_set_aside_then_and_a_pen_of_it_writes_nowhere() {
    let (folder, archive) = archive();
    let long = "word ".repeat(20_000);
    let mut pen = held(&archive, 0, "how?", &long);
    for _ in 0..20 {
        held(&archive, 1, "how?", &long);
    }
    drop(archive);
    let path = folder.path().join(FILE);
    let mut bytes = fs::read(&path).unwrap();
    let (from, to) = (bytes.len() / 8, bytes.len() / 2);
    bytes[from..to].fill(0xff);
    fs::write(&path, &bytes).unwrap();
    let opened = Archive::open(folder.path(), Shelf::Real).unwrap();
    assert_eq!(opened.set_aside, None);
    let archive = opened.archive;
    let mut read = archive.list(Which::All, 0, 99).unwrap_or_default();
    read.retain(|kept| archive.load(&kept.id).is_err());
    assert!(archive.is_damaged());
    let anew = archive.begin_anew().unwrap();
    assert!(anew.set_aside.is_some());
    let trouble = anew
        .archive
        .add(&mut pen, &question(None, "x"))
        .unwrap_err();
    assert_eq!(trouble.kind, FileProblem::Missing);
}

#[test]
fn a_ledger_is_no_archive() {
    let folder = tempfile::tempdir().unwrap();
    let foreign = Connection::open(folder.path().join(FILE)).unwrap();
    foreign
        .pragma_update(None, "application_id", 0x6f6e_726c)
        .unwrap();
    foreign
        .execute_batch("CREATE TABLE conversation (id)")
        .unwrap();
    foreign.close().unwrap();
    let opened = Archive::open(folder.path(), Shelf::Real).unwrap();
    assert!(opened.set_aside.is_some());
}
