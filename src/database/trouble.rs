//! What SQLite says, as a symptom.

use std::path::Path;

use rusqlite::{Error, ErrorCode};

use crate::domain::symptom::{FileProblem, FileTrouble};

/// The file is no database, or a damaged one. A lock, a full disk or a missing right is not damage.
pub(super) fn is_damage(error: &Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase)
    )
}

/// The symptom of an error. SQLite's words name tables and columns, never what is in them.
pub(super) fn of(path: &Path, error: &Error) -> FileTrouble {
    let kind = match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => FileProblem::Full,
        // SQLite has one word for every failure to open. That the file is there was seen before, so what
        // is missing is the right to it, or to make a file beside it.
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen) => {
            FileProblem::NoPermission
        }
        _ => FileProblem::Other,
    };
    FileTrouble::new(path, kind, &error.to_string())
}
