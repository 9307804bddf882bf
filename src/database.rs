//! One SQLite file of this program's own: opened, made where it is missing, brought up to date, set aside
//! where it is damaged.
//!
//! What the file holds is the business of the room that names it by its [`Layout`]. It stands in a folder
//! for the owner's eyes only, several programs write it at once, and it gets its name when it is whole.

mod migration;
mod opening;
mod trouble;

#[cfg(test)]
mod tests;

use std::cell::Cell;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, Params, Row, Transaction, TransactionBehavior};

use crate::domain::symptom::FileTrouble;

/// What tells one file from another, and how it is made.
#[derive(Debug)]
pub struct Layout {
    /// Its name in the folder.
    pub file: &'static str,
    /// Says in the file's header whose it is.
    pub application: i32,
    /// What makes each version from the one before; the first makes it from nothing. A step that was
    /// released is never changed.
    pub steps: &'static [&'static str],
    /// The tables, indexes, views and triggers without which it is damaged.
    pub parts: &'static [&'static str],
    /// Questions for one number each that read the pages written last.
    pub looks: &'static [&'static str],
    /// What each connection is told: names of pragmas and their values.
    pub pragmas: &'static [(&'static str, &'static str)],
}

/// An open file. It can be handed from thread to thread, and is used by one at a time.
#[derive(Debug)]
pub struct Database {
    layout: &'static Layout,
    connection: Connection,
    path: PathBuf,
    /// Which file was opened: its name may be another's by now.
    identity: Option<(u64, u64)>,
    is_damaged: Cell<bool>,
}

/// What opening led to.
#[derive(Debug)]
pub struct Opened {
    /// The file.
    pub database: Database,
    /// Where the damaged file is now that stood in its place.
    pub set_aside: Option<PathBuf>,
}

impl Database {
    /// Opens the file in a folder; both are made where they are missing, for the owner only (modes 0700
    /// and 0600). A file of another kind, or a damaged one, is set aside under the name
    /// `<file>.damaged-<time>` and a new one begun.
    ///
    /// The look at the file is a short one: damage inside an old page shows only when that is read
    /// ([`Database::is_damaged`]).
    ///
    /// # Errors
    /// No right to read or write, no room, something else than a file in its place, or a file of a later
    /// version of this program, which is left alone.
    pub fn open(folder: &Path, layout: &'static Layout) -> Result<Opened, FileTrouble> {
        opening::open(folder, layout)
    }

    /// Sets the damaged file aside and begins a new one. Nothing is set aside when another program did
    /// so in the meantime.
    ///
    /// # Errors
    /// As for [`Database::open`].
    pub fn begin_anew(self) -> Result<Opened, FileTrouble> {
        opening::begin_anew(self)
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Damage was met on the way: what was asked for failed for it, and will again.
    pub fn is_damaged(&self) -> bool {
        self.is_damaged.get()
    }

    /// The connection, for questions.
    pub fn connection(&self) -> &Connection {
        &self.connection
    }

    /// A transaction that may write from its beginning: one that only begins to write later could
    /// find that another program was faster, and fail.
    pub fn writing(&self) -> rusqlite::Result<Transaction<'_>> {
        Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)
    }

    /// A transaction that only reads, all of one moment.
    pub fn reading(&self) -> rusqlite::Result<Transaction<'_>> {
        Transaction::new_unchecked(&self.connection, TransactionBehavior::Deferred)
    }

    /// All rows of an answer.
    ///
    /// # Errors
    /// The file could not be read.
    pub fn all<T>(
        &self,
        sql: &str,
        values: impl Params,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, FileTrouble> {
        let rows = self.connection.prepare_cached(sql).and_then(|mut asked| {
            let rows = asked.query_map(values, read)?;
            rows.collect()
        });
        self.told(rows)
    }

    /// What a step brought, its failure as a symptom.
    ///
    /// # Errors
    /// The step's.
    pub fn told<T>(&self, outcome: rusqlite::Result<T>) -> Result<T, FileTrouble> {
        outcome.map_err(|error| {
            if trouble::is_damage(&error) {
                self.is_damaged.set(true);
            }
            trouble::of(&self.path, &error)
        })
    }
}
