//! A change to a .env file: planned, shown, written.

use std::path::PathBuf;

use crate::domain::finding::Finding;
use crate::domain::line_diff::DiffLine;
use crate::domain::secret::Secret;
use crate::domain::service_group::ServiceGroup;
use crate::text::Said;

/// A file the key could go into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnvTarget {
    /// The file, absolute.
    pub path: PathBuf,
    /// It stands already.
    pub exists: bool,
    /// What speaks for it.
    pub why: Said,
}

/// What is about to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnvPlan {
    /// The file.
    pub path: PathBuf,
    /// The key.
    pub key: Secret,
    /// The base URL beside it.
    pub base_url: String,
    /// These groups of the service template, too.
    pub groups: Vec<ServiceGroup>,
    /// Mend `.gitignore` where it does not cover the file.
    pub with_ignore: bool,
    /// Write `.env.example` beside it, where there is none.
    pub with_example: bool,
}

/// One file of a planned change, as shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileChange {
    /// The file, links resolved.
    pub path: PathBuf,
    /// It does not exist yet.
    pub is_new: bool,
    /// The changed lines with a little round them; empty when nothing changes.
    pub lines: Vec<DiffLine>,
}

/// A planned change, as shown before anything is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnvReview {
    /// The .env file first, then `.gitignore` and `.env.example` where they change.
    pub files: Vec<FileChange>,
    /// What deserves a word before writing.
    pub warnings: Vec<Said>,
    /// What else some program would stumble over in the file, the worst first.
    pub findings: Vec<Finding>,
    /// The file is tracked by git: writing needs a second yes.
    pub is_tracked: bool,
    /// The file is not ignored by git, and could be.
    pub could_ignore: bool,
    /// What else reads the same name and wins over this file.
    pub shadowed_by: Option<Said>,
}

/// What mends a finding, as shown before anything is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CureReview {
    /// The file with its changed lines; none where only what no line shows changes.
    pub change: FileChange,
    /// What changes besides lines: line ends, rights.
    pub note: Option<Said>,
}

/// What was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnvSaved {
    /// The .env file.
    pub path: PathBuf,
    /// The key's line in it, from 1.
    pub line: usize,
    /// The file stood like this already; nothing was written.
    pub was_unchanged: bool,
    /// Other files that were written with it.
    pub also: Vec<PathBuf>,
}
