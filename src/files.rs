//! Files read without being led astray, and saved so that a crash leaves the old bytes or the new.
//!
//! This is the one door to files that people own. Reading never blocks on a pipe and follows links
//! to the file behind them. Saving writes a private neighbour, syncs it, looks once more whether
//! the file still is what was read, and renames it over; mode, owner and links stay. Where a rename
//! is impossible the bytes are written in place, with a copy kept beside until that has succeeded.
//!
//! ```text
//! read ─> Snapshot ─(the change is shown)─> save: lock folder ─ sweep ─ same as read? ─ temp ─ rename
//! ```

pub mod undo;

mod exposure;
mod folder;
mod in_place;
mod names;
#[cfg(not(unix))]
#[path = "files/os_plain.rs"]
mod os;
#[cfg(unix)]
#[path = "files/os_unix.rs"]
mod os;
mod peek;
pub mod private;
mod save;
mod snapshot;
mod temp;
mod trouble;

pub use exposure::{exposure, make_private};
pub use names::names;
pub use peek::{Peek, Peeker, is_binary};
pub use save::{
    make_folders, may_save, remove, remove_unchanged, save, save_private, save_runnable,
    save_shared,
};
pub use snapshot::{Snapshot, read};
pub use temp::remove_temps;
