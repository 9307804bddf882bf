//! How a file becomes what it is today: from nothing, or from what an older version left.

use std::path::Path;

use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::Layout;

/// Fills an empty file. Whoever opens it afterwards finds all of it.
pub(super) fn fill(path: &Path, layout: &Layout) -> rusqlite::Result<()> {
    let connection = Connection::open(path)?;
    // No journal beside a file that nobody knows yet: it is thrown away when this does not succeed.
    connection.pragma_update(None, "journal_mode", "off")?;
    connection.pragma_update(None, "application_id", layout.application)?;
    migrate(&connection, layout.steps)?;
    // Kept in the file, for whoever opens it. With it one program writes while others read.
    connection.pragma_update(None, "journal_mode", "wal")?;
    connection.close().map_err(|(_, error)| error)
}

/// Makes an older file what it is today, all of it or nothing.
pub(super) fn migrate(connection: &Connection, steps: &[&str]) -> rusqlite::Result<()> {
    let all = Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
    // Asked again within: another program may have been faster.
    let done = usize::try_from(version(&all)?).unwrap_or_default();
    for step in steps.iter().skip(done) {
        all.execute_batch(step)?;
    }
    all.pragma_update(None, "user_version", newest(steps).max(version(&all)?))?;
    all.commit()
}

/// The version of the file.
pub(super) fn version(connection: &Connection) -> rusqlite::Result<i32> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// The version that the steps lead to.
pub(super) fn newest(steps: &[&str]) -> i32 {
    i32::try_from(steps.len()).unwrap_or(i32::MAX)
}
