//! Values set in a file: all or nothing, every other byte kept, and a second time is no change.

use std::borrow::Cow;
use std::fmt;

use super::refusal::{Reason, Refusal};
use super::syntax::{Scan, trouble};
use super::warning::{self, Warning};
use super::{insert, replace, spelling, value};
use crate::domain::clean_text::CleanText;

/// A file with a change made. Its `Debug` shows no bytes: they are somebody's secrets.
#[derive(Clone, PartialEq, Eq)]
pub struct Edited {
    /// The whole file as it should be.
    pub bytes: Vec<u8>,
    /// What became of each name, in the order given.
    pub changes: Vec<Changed>,
    /// What deserves a word before it is written.
    pub warnings: Vec<Warning>,
}

impl fmt::Debug for Edited {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Edited")
            .field("length", &self.bytes.len())
            .field("changes", &self.changes)
            .field("warnings", &self.warnings)
            .finish()
    }
}

/// What became of one name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// The name.
    pub name: CleanText,
    /// The first line it stands on, from 1: in the new file, or in the old one where it was removed.
    pub line: usize,
    /// What happened to it.
    pub kind: ChangeKind,
}

/// What happened to a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeKind {
    /// It has another value now, at this many places.
    Replaced {
        /// How often the name stands in the file.
        occurrences: usize,
    },
    /// It has a line now.
    Inserted,
    /// It had this value already.
    Unchanged,
    /// Its lines are gone.
    Removed {
        /// How often the name stood in the file.
        occurrences: usize,
    },
}

/// Sets names to values. `force` lets plain text replace a reference to a secret kept elsewhere.
///
/// New lines come in the order given, each at the place for its own name; of a name that is given
/// twice the last value counts. A file that does not exist is set as an empty one.
pub fn set(before: &[u8], changes: &[(&str, &str)], force: bool) -> Result<Edited, Refusal> {
    for (name, new) in changes {
        value::check(new).map_err(Refusal::of_change)?;
        if !value::is_name(name) {
            return Err(Refusal::of_change(Reason::BadName(CleanText::line(name))));
        }
    }
    set_checked(before, changes, force)
}

/// As [`set`], for names and values that were checked already; an empty value is let through.
pub(super) fn set_checked(
    before: &[u8],
    changes: &[(&str, &str)],
    force: bool,
) -> Result<Edited, Refusal> {
    trouble(before)?;
    let mut kinds: Vec<(&str, ChangeKind)> = Vec::new();
    let mut bytes = Cow::Borrowed(before);
    for (at, &(name, new)) in changes.iter().enumerate() {
        if changes[at + 1..].iter().any(|(later, _)| *later == name) {
            continue;
        }
        let (made, kind) = set_one(&Scan::new(&bytes), name, new, force)?;
        bytes = made.map_or(bytes, Cow::Owned);
        kinds.push((name, kind));
    }
    let after = Scan::new(&bytes);
    let line_of = |name| {
        let first = after.assignments_to(name).next();
        first.map_or(1, |(item, _)| item.line)
    };
    let changes = kinds
        .iter()
        .map(|&(name, kind)| Changed {
            name: CleanText::line(name),
            line: line_of(name),
            kind,
        })
        .collect();
    let mut warnings: Vec<Warning> = kinds
        .iter()
        .flat_map(|(name, _)| warning::about(&after, name))
        .collect();
    // What is true of the whole file is said once.
    let mut has_line_ends = false;
    warnings.retain(|warning| {
        let is_line_end = matches!(warning, Warning::CrLf { .. });
        let is_new = !(is_line_end && has_line_ends);
        has_line_ends |= is_line_end;
        is_new
    });
    Ok(Edited {
        bytes: bytes.into_owned(),
        changes,
        warnings,
    })
}

/// The file with one name set; `None` where it stays as it is.
fn set_one(
    scan: &Scan<'_>,
    name: &str,
    new: &str,
    force: bool,
) -> Result<(Option<Vec<u8>>, ChangeKind), Refusal> {
    if let Some(item) = spelling::in_heredoc(scan, name) {
        return Err(Refusal::at(item.line, Reason::InHeredoc));
    }
    let occurrences = scan.assignments_to(name).count();
    let (patch, kind) = match occurrences {
        0 => (insert::patch(scan, name, new)?, ChangeKind::Inserted),
        _ => (
            replace::patch(scan, name, new, force)?,
            ChangeKind::Replaced { occurrences },
        ),
    };
    if patch.changes_nothing(scan.bytes) {
        return Ok((None, ChangeKind::Unchanged));
    }
    Ok((Some(patch.apply(scan.bytes)), kind))
}

#[cfg(test)]
#[path = "edit_tests.rs"]
mod tests;
