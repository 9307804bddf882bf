//! Conversations, kept as they grow, searched, and deleted for good.
//!
//! One SQLite file in the program's state folder, for the owner's eyes only. A turn is there from the moment
//! it is sent. An answer grows by pieces, each written once, so that saving costs the same however long it
//! is; when it ends it is written whole, and the pieces go. A program that is killed leaves all pieces but
//! the one it was about to write.
//!
//! ```text
//! begin ─> add (question) ─> add (answer: coming) ─> grow, grow, … ─> finish
//!                                                       └─(killed)─> load: the pieces, put together
//! ```
//!
//! Several programs write at once, also into one conversation: turns are only ever added, so that what two
//! say in the same place becomes two branches. What was held with the sandbox stands on a shelf of its own.
//!
//! All of it blocks, for less than a millisecond as a rule: never call it from a loop that draws.

mod list;
mod manage;
mod names;
mod read;
mod schema;
mod search;
mod words;
mod write;

#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};

pub use self::list::Which;
pub use self::names::Named;
pub use self::write::{Beginning, Pen, Piece};
use crate::database::{self, Database};
use crate::domain::kept::Shelf;
use crate::domain::symptom::FileTrouble;

/// The name of the file in the state folder.
pub const FILE: &str = "conversations.sqlite3";

/// How old the pieces of an answer are that nobody is still writing. Folding them too early does no harm.
const STALE: SignedDuration = SignedDuration::from_hours(1);

/// An open archive, of which one shelf is seen. It can be handed from thread to thread, and is used by one
/// at a time.
#[derive(Debug)]
pub struct Archive {
    database: Database,
    shelf: Shelf,
}

/// What opening an archive led to.
#[derive(Debug)]
pub struct Opened {
    /// The archive.
    pub archive: Archive,
    /// Where the damaged file is now that stood in its place. This must be said: the conversations it
    /// held are not listed any more.
    pub set_aside: Option<PathBuf>,
}

impl Archive {
    /// Opens the archive in a state folder; folder and file are made where they are missing, for the
    /// owner only (modes 0700 and 0600). A file that is no archive, or a damaged one, is set aside under
    /// the name `conversations.sqlite3.damaged-<time>` and a new one begun.
    ///
    /// # Errors
    /// No right to read or write, no room, something else than a file in its place, or an archive of a
    /// later version of this program, which is left alone.
    pub fn open(folder: &Path, shelf: Shelf) -> Result<Opened, FileTrouble> {
        let opened = Opened::of(Database::open(folder, &schema::LAYOUT)?, shelf);
        opened.archive.fold_older(Timestamp::now() - STALE)?;
        Ok(opened)
    }

    /// Whether there is an archive in a state folder: whoever only reads need not make one.
    pub fn exists(folder: &Path) -> bool {
        folder.join(FILE).exists()
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
    /// so in the meantime. Pens of the old one write nowhere any more.
    ///
    /// # Errors
    /// As for [`Archive::open`].
    pub fn begin_anew(self) -> Result<Opened, FileTrouble> {
        let Self { database, shelf } = self;
        Ok(Opened::of(database.begin_anew()?, shelf))
    }

    fn is_simulated(&self) -> bool {
        self.shelf == Shelf::Simulated
    }
}

impl Opened {
    fn of(opened: database::Opened, shelf: Shelf) -> Self {
        let database = opened.database;
        Self {
            archive: Archive { database, shelf },
            set_aside: opened.set_aside,
        }
    }
}
