//! Opens the file, makes it where it is missing, and sets it aside where it is none.

use std::cell::Cell;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rusqlite::{Connection, OpenFlags};

use super::{Database, Layout, Opened, migration, trouble};
use crate::domain::symptom::{FileProblem, FileTrouble};
use crate::files::private::{self, Held};

/// How long another program's write is waited for. One takes less than a millisecond.
const PATIENCE: Duration = Duration::from_secs(5);
/// What SQLite keeps beside its file: the writes that are not in it yet, and who reads which.
const BESIDE: [&str; 2] = ["-wal", "-shm"];

/// What stands in the file's place.
enum Found {
    Database(Database),
    Nothing,
    Damaged,
}

pub(super) fn open(folder: &Path, layout: &'static Layout) -> Result<Opened, FileTrouble> {
    private::make_folder(folder)?;
    let path = folder.join(layout.file);
    if let Found::Database(database) = look(&path, layout)? {
        let set_aside = None;
        return Ok(Opened {
            database,
            set_aside,
        });
    }
    make(&path, layout)
}

pub(super) fn begin_anew(database: Database) -> Result<Opened, FileTrouble> {
    let Database {
        layout,
        path,
        identity,
        connection,
        ..
    } = database;
    let held = hold(&path)?;
    drop(connection);
    // Another program that met the same damage may have begun a new one by now.
    let still_there = private::glimpse(&path)?.is_some_and(|now| now.identity == identity);
    let set_aside = match still_there.then(|| set_aside(&held, &path)) {
        Some(moved) => Some(moved?),
        None => None,
    };
    drop(held);
    let opened = open(path.parent().unwrap_or(Path::new("/")), layout)?;
    Ok(Opened {
        set_aside: set_aside.or(opened.set_aside),
        ..opened
    })
}

/// Makes a file where there is none. Under a lock, so that of two programs that met the same damage
/// the later one does not set the new file of the other aside.
fn make(path: &Path, layout: &'static Layout) -> Result<Opened, FileTrouble> {
    let held = hold(path)?;
    let set_aside = match look(path, layout)? {
        Found::Database(database) => {
            let set_aside = None;
            return Ok(Opened {
                database,
                set_aside,
            });
        }
        Found::Damaged => Some(set_aside(&held, path)?),
        // What was written beside a file that is gone would be taken for the new one's.
        Found::Nothing if beside(path, BESIDE[0]).exists() => Some(set_aside(&held, path)?),
        Found::Nothing => None,
    };
    held.make(path, |empty| {
        migration::fill(empty, layout).map_err(|error| trouble::of(path, &error))
    })?;
    match look(path, layout)? {
        Found::Database(database) => Ok(Opened {
            database,
            set_aside,
        }),
        Found::Nothing | Found::Damaged => {
            let detail = "what was just written cannot be read";
            Err(FileTrouble::new(path, FileProblem::Other, detail))
        }
    }
}

fn hold(path: &Path) -> Result<Held, FileTrouble> {
    private::hold(path.parent().unwrap_or(Path::new("/")))
}

fn look(path: &Path, layout: &'static Layout) -> Result<Found, FileTrouble> {
    let Some(seen) = private::glimpse(path).map_err(displaced)? else {
        return Ok(Found::Nothing);
    };
    // A new file gets its name when it is whole, so an empty one was another one once.
    if seen.bytes == 0 {
        return Ok(Found::Damaged);
    }
    match connect(path, layout) {
        Ok(Some(connection)) => readied(Database {
            layout,
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

/// What nobody chose is nobody's wrong choice of a file.
fn displaced(trouble: FileTrouble) -> FileTrouble {
    match trouble.kind {
        FileProblem::NotARegularFile => FileTrouble {
            kind: FileProblem::Displaced,
            ..trouble
        },
        _ => trouble,
    }
}

/// A connection to what says that it is a file of this kind.
fn connect(path: &Path, layout: &Layout) -> rusqlite::Result<Option<Connection>> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(PATIENCE)?;
    // A write is in the system's hands when it returns, and a killed program loses none of it. Only a
    // power cut can take the last moment's, and the file stays whole: it is synced before pages move
    // into it. FULL would wait for the disk twice in each request.
    connection.pragma_update(None, "synchronous", "normal")?;
    for (name, value) in layout.pragmas {
        connection.pragma_update(None, name, value)?;
    }
    connection.set_prepared_statement_cache_capacity(32);
    let application: i32 =
        connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    Ok((application == layout.application).then_some(connection))
}

/// Brings an older file up to date, and leaves a newer one alone.
fn readied(database: Database) -> Result<Found, FileTrouble> {
    let Database {
        layout,
        connection,
        path,
        ..
    } = &database;
    if database.told(connection.is_readonly("main"))? {
        let detail = "the file is read-only";
        return Err(FileTrouble::new(path, FileProblem::NoPermission, detail));
    }
    let version = database.told(migration::version(connection))?;
    let newest = migration::newest(layout.steps);
    if version > newest {
        let detail = format!("format {version} > {newest}");
        return Err(FileTrouble::new(path, FileProblem::Newer, &detail));
    }
    if version < newest {
        database.told(migration::migrate(connection, layout.steps))?;
    }
    match database.told(probe(connection, layout)) {
        Ok(true) => Ok(Found::Database(database)),
        Ok(false) => Ok(Found::Damaged),
        Err(_) if database.is_damaged() => Ok(Found::Damaged),
        Err(trouble) => Err(trouble),
    }
}

/// A short look: everything is there, and the pages written last can be read. A look at all of it would
/// take a second for a million rows.
fn probe(connection: &Connection, layout: &Layout) -> rusqlite::Result<bool> {
    let mut asked = connection.prepare("SELECT 1 FROM sqlite_schema WHERE name = ?1")?;
    for part in layout.parts {
        if !asked.exists([part])? {
            return Ok(false);
        }
    }
    for newest in layout.looks {
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
