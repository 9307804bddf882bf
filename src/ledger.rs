//! Every request this program makes, written down once and for good, and what they sum up to by day.
//!
//! One SQLite file in the program's state folder, for the owner's eyes only. A request is a row from the
//! moment it begins, so that one whose program was killed is known of; the sums by day, model and
//! provider are kept by triggers in the very transaction that changes a row, so that they cannot
//! disagree. Several programs write at once. Every row and every sum belongs to one server, and
//! whoever asks for figures names it.
//!
//! ```text
//! begin ─> running ─(finish)─> done · stopped · failed ─(complete)─> with what the server knew of it
//!             └──(killed)──> unfinished ─(complete)─> …   ─(give up)─> failed: lost
//! ```
//!
//! All of it blocks, for microseconds as a rule: never call it from a loop that draws.

mod read;
mod schema;
mod write;

#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use crate::database::{self, Database};
use crate::domain::symptom::FileTrouble;

/// The name of the file in the state folder.
pub const FILE: &str = "ledger.sqlite3";

/// An open ledger. It can be handed from thread to thread, and is used by one at a time.
#[derive(Debug)]
pub struct Ledger {
    database: Database,
}

/// What opening a ledger led to.
#[derive(Debug)]
pub struct Opened {
    /// The ledger.
    pub ledger: Ledger,
    /// Where the damaged file is now that stood in its place. This must be said: what it held is not in
    /// the figures.
    pub set_aside: Option<PathBuf>,
}

impl Ledger {
    /// Opens the ledger in a state folder; folder and file are made where they are missing, for the
    /// owner only (modes 0700 and 0600). A file that is no ledger, or a damaged one, is set aside under
    /// the name `ledger.sqlite3.damaged-<time>` and a new one begun.
    ///
    /// The look at the file is a short one: damage inside an old page shows only when that is read
    /// ([`Ledger::is_damaged`]).
    ///
    /// # Errors
    /// No right to read or write, no room, something else than a file in its place, or a ledger of a
    /// later version of this program, which is left alone.
    pub fn open(folder: &Path) -> Result<Opened, FileTrouble> {
        Database::open(folder, &schema::LAYOUT).map(Opened::of)
    }

    /// The file.
    pub fn path(&self) -> &Path {
        self.database.path()
    }

    /// Damage was met on the way: what was asked for failed for it, and will again.
    pub fn is_damaged(&self) -> bool {
        self.database.is_damaged()
    }

    /// Sets the damaged file aside and begins a new one. Nothing is set aside when another program did
    /// so in the meantime.
    ///
    /// # Errors
    /// As for [`Ledger::open`].
    pub fn begin_anew(self) -> Result<Opened, FileTrouble> {
        self.database.begin_anew().map(Opened::of)
    }
}

impl Opened {
    fn of(opened: database::Opened) -> Self {
        Self {
            ledger: Ledger {
                database: opened.database,
            },
            set_aside: opened.set_aside,
        }
    }
}
