//! Opening: private from birth, damaged ones set aside and never lost, later ones left alone.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::*;
use crate::domain::symptom::FileProblem;

/// A ledger that was written, closed, and holds this many requests.
fn written(requests: usize) -> (tempfile::TempDir, PathBuf) {
    let (folder, ledger) = ledger();
    for _ in 0..requests {
        ledger
            .begin(&request("2026-09-03T10:00:00Z", "a/one"))
            .unwrap();
    }
    let path = ledger.path().to_owned();
    (folder, path)
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// Opens a damaged ledger: the bytes are where they are said to be, and the new one works.
fn set_aside(folder: &Path) -> PathBuf {
    let bytes = fs::read(folder.join(FILE)).unwrap();
    let opened = Ledger::open(folder).unwrap();
    let aside = opened.set_aside.expect("it was set aside");
    assert!(
        aside
            .to_str()
            .unwrap()
            .contains("/ledger.sqlite3.damaged-20")
    );
    assert!(
        fs::read(&aside).unwrap() == bytes,
        "the bytes are as they were"
    );
    let ledger = opened.ledger;
    assert_eq!(ledger.latest(SERVER, 9), Ok(vec![]));
    ledger
        .begin(&request("2026-09-03T10:00:00Z", "a/one"))
        .unwrap();
    drop(ledger);
    let again = Ledger::open(folder).unwrap();
    assert_eq!(again.set_aside, None);
    assert_eq!(again.ledger.latest(SERVER, 9).unwrap().len(), 1);
    aside
}

#[cfg(unix)]
#[test]
fn everything_is_private_from_birth_and_a_wider_mode_is_taken_back() {
    use std::os::unix::fs::PermissionsExt;
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("deep/state");
    let ledger = Ledger::open(&state).unwrap().ledger;
    ledger.begin(&request("2026-09-03T10:00:00Z", "m")).unwrap();
    assert_eq!(mode(&state), 0o700);
    assert_eq!(
        names(&state),
        [FILE, "ledger.sqlite3-shm", "ledger.sqlite3-wal"]
    );
    for name in names(&state) {
        assert_eq!(mode(&state.join(&name)), 0o600, "{name}");
    }
    let path = ledger.path().to_owned();
    drop(ledger);
    assert_eq!(names(&state), [FILE]);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    Ledger::open(&state).unwrap();
    assert_eq!(mode(&path), 0o600);
}

/// What becomes of a file's bytes.
type Harm = fn(&[u8]) -> Vec<u8>;

#[test]
fn a_truncated_a_garbled_and_an_empty_ledger_are_set_aside_whole() {
    let harms: [Harm; 5] = [
        |bytes| bytes[..bytes.len() / 2].to_vec(),
        |bytes| vec![0x5a; bytes.len()],
        |bytes| [&[0; 100], &bytes[100..]].concat(),
        |_| Vec::new(),
        |_| b"not a database, but long enough to be looked at".to_vec(),
    ];
    for (number, harm) in harms.into_iter().enumerate() {
        let (folder, path) = written(300);
        let harmed = harm(&fs::read(&path).unwrap());
        fs::write(&path, harmed).unwrap();
        set_aside(folder.path());
        assert_eq!(names(folder.path()).len(), 2, "harm {number}");
    }
}

#[test]
fn another_programs_database_is_set_aside_not_written_into() {
    let folder = tempfile::tempdir().unwrap();
    let foreign = Connection::open(folder.path().join(FILE)).unwrap();
    foreign.execute_batch("CREATE TABLE request (id)").unwrap();
    foreign.close().unwrap();
    let aside = set_aside(folder.path());
    let foreign = Connection::open(aside).unwrap();
    assert!(foreign.table_exists(None, "request").unwrap());
}

#[test]
fn a_ledger_that_lacks_a_part_is_set_aside() {
    let (folder, path) = written(1);
    let meddler = Connection::open(path).unwrap();
    meddler
        .execute_batch("DROP TRIGGER request_changed")
        .unwrap();
    meddler.close().unwrap();
    set_aside(folder.path());
}

#[test]
fn what_is_beside_a_damaged_ledger_goes_with_it() {
    let (folder, path) = written(1);
    fs::write(&path, b"").unwrap();
    let wal = path.with_file_name("ledger.sqlite3-wal");
    fs::write(&wal, b"the last writes").unwrap();
    let aside = Ledger::open(folder.path()).unwrap().set_aside.unwrap();
    let mut beside = aside.into_os_string();
    beside.push("-wal");
    assert_eq!(fs::read(beside).unwrap(), b"the last writes");
}

#[test]
fn what_is_left_of_a_ledger_that_is_gone_is_not_taken_for_the_new_ones() {
    let folder = tempfile::tempdir().unwrap();
    let wal = folder.path().join("ledger.sqlite3-wal");
    fs::write(&wal, b"of another time").unwrap();
    let opened = Ledger::open(folder.path()).unwrap();
    assert!(opened.set_aside.is_some());
    let names = names(folder.path());
    assert!(
        names
            .iter()
            .any(|name| name.contains(".damaged-") && name.ends_with("-wal"))
    );
}

#[test]
fn a_folder_in_its_place_is_said_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join(FILE)).unwrap();
    let trouble = Ledger::open(folder.path()).unwrap_err();
    assert_eq!(trouble.kind, FileProblem::Displaced);
    assert_eq!(trouble.path, folder.path().join(FILE));
    assert_eq!(names(folder.path()), [FILE]);
}

#[test]
fn a_later_version_is_left_alone_and_said() {
    let (folder, path) = written(2);
    let later = Connection::open(&path).unwrap();
    later.pragma_update(None, "user_version", 99).unwrap();
    later.close().unwrap();
    let bytes = fs::read(&path).unwrap();
    let trouble = Ledger::open(folder.path()).unwrap_err();
    assert!(trouble.detail.contains("format 99 > 3"), "{trouble:?}");
    assert!(fs::read(&path).unwrap() == bytes, "nothing was written");
    assert_eq!(names(folder.path()), [FILE]);
}

/// A ledger that the first version of the format wrote: one request done, one failed, one running, one in the
/// sandbox.
const FORMAT_1: &[u8] = include_bytes!("kept/format-1.sqlite3");

#[test]
fn a_ledger_of_the_first_format_keeps_all_that_it_holds_and_counts_on() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(FILE), FORMAT_1).unwrap();
    let opened = Ledger::open(folder.path()).unwrap();
    assert_eq!(opened.set_aside, None);
    let ledger = opened.ledger;
    let one = read(&ledger, RequestId(1));
    let before = Ending {
        byok_cost: None,
        ..whole()
    };
    assert_eq!(one.ending, before);
    assert_eq!(one.begun.project.as_deref(), Some("/home/me/shop"));
    let failed = read(&ledger, RequestId(2)).ending;
    assert_eq!(failed.outcome, Outcome::Failed("network".into()));
    assert_eq!(failed.cost, Some(usd("1.5")));
    let used = |ledger: &Ledger| {
        let rows = ledger.days(SERVER, Date::MIN, Date::MAX).unwrap();
        rows.iter().map(|row| row.used).sum::<Used>()
    };
    let all = Used {
        requests: 3,
        prompt_tokens: 1_007,
        completion_tokens: 200,
        reasoning_tokens: 50,
        cached_tokens: 10,
        cost: usd("1.500123456789"),
        byok_cost: Usd::ZERO,
    };
    assert_eq!(used(&ledger), all);
    // The request that was running then ends now, on an own key.
    let own = Ending {
        byok_cost: Some(usd("0.25")),
        cost: Some(Usd::ZERO),
        ..Ending::of(Outcome::Done)
    };
    ledger.finish(RequestId(3), &own).unwrap();
    let with_own = Used {
        byok_cost: usd("0.25"),
        ..all
    };
    assert_eq!(used(&ledger), with_own);
    assert_eq!(ledger.rebuild(), Ok(4));
    assert_eq!(used(&ledger), with_own);
    drop(ledger);
    let again = Ledger::open(folder.path()).unwrap();
    assert_eq!(again.set_aside, None);
    assert_eq!(used(&again.ledger), with_own);
    assert_eq!(again.ledger.servers().unwrap(), [SERVER, "sandbox"]);
}

#[cfg(unix)]
#[test]
fn a_folder_that_takes_no_files_is_said() {
    use std::os::unix::fs::PermissionsExt;
    // A file where a folder should be holds for root as well; the rights below do not.
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("file"), "").unwrap();
    assert!(Ledger::open(&folder.path().join("file/state")).is_err());
    if rustix::process::geteuid().is_root() {
        #[cfg(target_os = "linux")]
        {
            let trouble = Ledger::open(Path::new("/sys/onramp")).unwrap_err();
            assert_eq!(trouble.kind, FileProblem::NoPermission);
        }
        return;
    }
    let (state, path) = written(1);
    let chmod = |path: &Path, mode| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    chmod(&path, 0o400);
    assert_eq!(
        Ledger::open(state.path()).unwrap_err().kind,
        FileProblem::NoPermission
    );
    chmod(&path, 0o600);
    chmod(state.path(), 0o500);
    let outcome = Ledger::open(state.path());
    chmod(state.path(), 0o700);
    assert_eq!(outcome.unwrap_err().kind, FileProblem::NoPermission);
}

#[test]
fn damage_that_shows_later_is_set_aside_then() {
    let (folder, path) = written(3000);
    let mut bytes = fs::read(&path).unwrap();
    // The pages in the middle, which no short look meets.
    let (from, to) = (bytes.len() / 4, bytes.len() / 2);
    bytes[from..to].fill(0xff);
    fs::write(&path, &bytes).unwrap();
    let opened = Ledger::open(folder.path()).unwrap();
    assert_eq!(opened.set_aside, None);
    let (ledger, other) = (opened.ledger, Ledger::open(folder.path()).unwrap().ledger);
    for ledger in [&ledger, &other] {
        assert!(ledger.latest(SERVER, usize::MAX).is_err());
        assert!(ledger.is_damaged());
    }
    let anew = ledger.begin_anew().unwrap();
    assert!(fs::read(anew.set_aside.unwrap()).unwrap().len() >= bytes.len());
    anew.ledger
        .begin(&request("2026-09-03T10:00:00Z", "m"))
        .unwrap();
    // The other one comes to the same end, and leaves the new ledger where it is.
    let found = other.begin_anew().unwrap();
    assert_eq!(found.set_aside, None);
    assert_eq!(found.ledger.latest(SERVER, 9).unwrap().len(), 1);
}

#[test]
fn many_that_open_a_ledger_that_is_not_there_yet_get_the_same_one() {
    let folder = tempfile::tempdir().unwrap();
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                let opened = Ledger::open(folder.path()).unwrap();
                assert_eq!(opened.set_aside, None);
                let ledger = opened.ledger;
                for _ in 0..20 {
                    ledger.begin(&request("2026-09-03T10:00:00Z", "m")).unwrap();
                }
            });
        }
    });
    let ledger = Ledger::open(folder.path()).unwrap().ledger;
    assert_eq!(ledger.latest(SERVER, usize::MAX).unwrap().len(), 160);
    assert_eq!(ledger.days(SERVER, DAY, DAY).unwrap()[0].used.requests, 160);
    assert_eq!(names(folder.path()).first().map(String::as_str), Some(FILE));
}
