//! What the system says about a file, as a symptom.

use std::io::{self, ErrorKind};
use std::path::Path;

use super::os;
use crate::domain::symptom::{FileProblem, FileTrouble};

/// The symptom of a system error about a file.
pub(super) fn of(path: &Path, error: &io::Error) -> FileTrouble {
    let kind = match error.kind() {
        ErrorKind::NotFound => FileProblem::Missing,
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => FileProblem::NoPermission,
        // A limit on the size of files is a full disk to the one who writes.
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
            FileProblem::Full
        }
        ErrorKind::IsADirectory => FileProblem::NotARegularFile,
        ErrorKind::AlreadyExists => FileProblem::Changed,
        _ if os::is_link_loop(error) => FileProblem::BrokenLink,
        _ => FileProblem::Other,
    };
    FileTrouble::new(path, kind, &error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_system_s_errors_are_sorted() {
        for (kind, problem) in [
            (ErrorKind::NotFound, FileProblem::Missing),
            (ErrorKind::PermissionDenied, FileProblem::NoPermission),
            (ErrorKind::ReadOnlyFilesystem, FileProblem::NoPermission),
            (ErrorKind::StorageFull, FileProblem::Full),
            (ErrorKind::QuotaExceeded, FileProblem::Full),
            (ErrorKind::TimedOut, FileProblem::Other),
        ] {
            assert_eq!(of(Path::new("x"), &kind.into()).kind, problem);
        }
    }
}
