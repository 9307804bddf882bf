//! Opens the file, makes it where it is missing, and sets it aside where it is none.

use std::cell::Cell;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rusqlite::{Connection, OpenFlags};

use super::schema::{self, APPLICATION, STEPS};
use super::{FILE, Ledger, Opened, trouble};
use crate::domain::symptom::{FileProblem, FileTrouble};
use crate::files::private::{self, Held};

/// How long another program's write is waited for. One takes less than a millisecond.
const PATIENCE: Duration = Duration::from_secs(5);
/// What SQLite keeps beside its file: the writes that are not in it yet, and who reads which.
const BESIDE: [&str; 2] = ["-wal", "-shm"];

/// What stands in the ledger's place.
enum Found {
    Ledger(Ledger),
    Nothing,
    Damaged,
}

pub(super) fn open(folder: &Path) -> Result<Opened, FileTrouble> {
    private::make_folder(folder)?;
    let path = folder.join(FILE);
    if let Found::Ledger(ledger) = look(&path)? {
        let set_aside = None;
        return Ok(Opened { ledger, set_aside });
    }
    make(&path)
}

pub(super) fn begin_anew(ledger: Ledger) -> Result<Opened, FileTrouble> {
    let (path, identity) = (ledger.path.clone(), ledger.identity);
    let held = hold(&path)?;
    drop(ledger);
    // Another program that met the same damage may have begun a new one by now.
    let still_there = private::glimpse(&path)?.is_some_and(|now| now.identity == identity);
    let set_aside = match still_there.then(|| set_aside(&held, &path)) {
        Some(moved) => Some(moved?),
        None => None,
    };
    drop(held);
    let opened = open(path.parent().unwrap_or(Path::new("/")))?;
    Ok(Opened {
        set_aside: set_aside.or(opened.set_aside),
        ..opened
    })
}

/// Makes a ledger where there is none. Under a lock, so that of two programs that met the same damage
/// the later one does not set the new ledger of the other aside.
fn make(path: &Path) -> Result<Opened, FileTrouble> {
    let held = hold(path)?;
    let set_aside = match look(path)? {
        Found::Ledger(ledger) => {
            let set_aside = None;
            return Ok(Opened { ledger, set_aside });
        }
        Found::Damaged => Some(set_aside(&held, path)?),
        // What was written beside a ledger that is gone would be taken for the new one's.
        Found::Nothing if beside(path, BESIDE[0]).exists() => Some(set_aside(&held, path)?),
        Found::Nothing => None,
    };
    held.make(path, |empty| {
        schema::fill(empty).map_err(|error| trouble::of(path, &error))
    })?;
    match look(path)? {
        Found::Ledger(ledger) => Ok(Opened { ledger, set_aside }),
        Found::Nothing | Found::Damaged => {
            let detail = "what was just written cannot be read";
            Err(FileTrouble::new(path, FileProblem::Other, detail))
        }
    }
}

fn hold(path: &Path) -> Result<Held, FileTrouble> {
    private::hold(path.parent().unwrap_or(Path::new("/")))
}

fn look(path: &Path) -> Result<Found, FileTrouble> {
    let Some(seen) = private::glimpse(path)? else {
        return Ok(Found::Nothing);
    };
    // A new ledger gets its name when it is whole, so an empty file was another one once.
    if seen.bytes == 0 {
        return Ok(Found::Damaged);
    }
    match connect(path) {
        Ok(Some(connection)) => readied(Ledger {
            connection,
            path: path.to_owned(),
            identity: seen.identity,
            is_damaged: Cell::new(false),
        }),
        Ok(None) => Ok(Found::Damaged),
        Err(error) if trouble::is_damage(&error) => Ok(Found::Damaged),
        Err(error) => Err(trouble::of(path, &error)),
    }
}

/// A connection to what says that it is a ledger.
fn connect(path: &Path) -> rusqlite::Result<Option<Connection>> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(PATIENCE)?;
    // A write is in the system's hands when it returns, and a killed program loses none of it. Only a
    // power cut can take the last moment's, and the file stays whole: it is synced before pages move
    // into it. FULL would wait for the disk twice in each request.
    connection.pragma_update(None, "synchronous", "normal")?;
    connection.set_prepared_statement_cache_capacity(32);
    let application: i32 =
        connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    Ok((application == APPLICATION).then_some(connection))
}

/// Brings an older ledger up to date, and leaves a newer one alone.
fn readied(ledger: Ledger) -> Result<Found, FileTrouble> {
    let Ledger {
        connection, path, ..
    } = &ledger;
    if ledger.told(connection.is_readonly("main"))? {
        let detail = "the file is read-only";
        return Err(FileTrouble::new(path, FileProblem::NoPermission, detail));
    }
    let version = ledger.told(schema::version(connection))?;
    let newest = schema::newest(STEPS);
    if version > newest {
        let detail = format!(
            "a later version of onramp made this ledger (format {version}, this one knows {newest}); it is left alone"
        );
        return Err(FileTrouble::new(path, FileProblem::Other, &detail));
    }
    if version < newest {
        ledger.told(schema::migrate(connection, STEPS))?;
    }
    match ledger.told(probe(connection)) {
        Ok(true) => Ok(Found::Ledger(ledger)),
        Ok(false) => Ok(Found::Damaged),
        Err(_) if ledger.is_damaged() => Ok(Found::Damaged),
        Err(trouble) => Err(trouble),
    }
}

/// A short look: everything is there, and the pages written last can be read. A look at all of it would
/// take a second for a million requests.
fn probe(connection: &Connection) -> rusqlite::Result<bool> {
    const PARTS: &str = "SELECT count(*) FROM sqlite_schema WHERE name IN ('name', 'request', \
        'request_by_time', 'request_open', 'daily', 'counted', 'request_begun', 'request_changes', \
        'request_changed')";
    let parts: i64 = connection.query_row(PARTS, [], |row| row.get(0))?;
    if parts != 9 {
        return Ok(false);
    }
    for newest in [
        "SELECT max(id) FROM name",
        "SELECT max(id) FROM request",
        "SELECT max(day) FROM daily WHERE server = (SELECT max(server) FROM daily)",
        "SELECT max(at) FROM request WHERE server = (SELECT max(server) FROM daily)",
    ] {
        connection.query_row(newest, [], |row| row.get::<_, Option<i64>>(0))?;
    }
    Ok(true)
}

/// Moves the file and what is beside it out of the way, and tells where it is now.
fn set_aside(held: &Held, path: &Path) -> Result<PathBuf, FileTrouble> {
    let now = Timestamp::now().to_zoned(TimeZone::UTC);
    let mut name = OsString::from(path);
    name.push(now.strftime(".damaged-%Y%m%dT%H%M%S.%6fZ").to_string());
    let aside = PathBuf::from(name);
    // The file first: without what is beside it, it would be read as if that had never been.
    held.move_aside(path, &aside)?;
    for end in BESIDE {
        held.move_aside(&beside(path, end), &beside(&aside, end))?;
    }
    Ok(aside)
}

fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(end);
    PathBuf::from(name)
}
