//! What the next commit takes: the staged blobs themselves, not the files in the tree.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::blobs::{self, root};
use super::found::Found;
use super::matcher::{self, Match};
use super::watch::Watch;
use crate::domain::leak::Standing;
use crate::files::is_binary;
use crate::project::git::ask::{self, Repository};
use crate::project::git::hooks::path as path_of;

/// How long git may take to list what is staged.
const PATIENCE: Duration = Duration::from_mins(1);

/// The mode of another repository inside this one, which has no blob here.
const COMMIT: &str = "160000";

/// A staged file: its blob, and the one the last commit holds under the same name.
struct Change {
    path: PathBuf,
    new: String,
    old: String,
}

/// Looks for keys in what is staged in the repository around `folder`, inside a hook in what that commit
/// takes. A key that the last commit holds in the same file is no news.
///
/// `None` when git could not be asked.
pub fn staged(folder: &Path, watch: &Watch<'_>) -> Option<Found> {
    let root = root(folder, Repository::OfHook)?;
    let changes = changes(folder)?;
    let ids: Vec<String> = changes
        .iter()
        .flat_map(|change| [change.new.clone(), change.old.clone()])
        .filter(|id| !is_none(id))
        .collect();
    let mut matches: HashMap<String, Vec<Match>> = HashMap::new();
    let mut found = Found::default();
    let stop = || watch.is_over();
    blobs::read(folder, Repository::OfHook, &ids, &stop, |(id, bytes)| {
        match bytes {
            None => found.skipped.large += 1,
            Some(bytes) if is_binary(bytes) => found.skipped.binary += 1,
            Some(bytes) => {
                matches.insert(id.to_owned(), matcher::find(bytes));
            }
        }
        true
    })?;
    found.looked_at = changes.len();
    let none = Vec::new();
    for change in &changes {
        let before = matches.get(&change.old).unwrap_or(&none);
        for one in matches.get(&change.new).unwrap_or(&none) {
            if !before.iter().any(|other| other.key == one.key) {
                found.add(one, &root.join(&change.path), Standing::Staged);
            }
        }
    }
    found.sort();
    Some(found)
}

/// Where there is no blob.
fn is_none(id: &str) -> bool {
    id.bytes().all(|digit| digit == b'0')
}

fn changes(folder: &Path) -> Option<Vec<Change>> {
    let mut command = ask::command("git", folder, Repository::OfHook);
    command.args([
        "diff",
        "--cached",
        "--raw",
        "-z",
        "--no-abbrev",
        "--no-renames",
    ]);
    // What a repository's attributes and settings could run.
    command.args(["--no-ext-diff", "--no-textconv", "--diff-filter=ACMT"]);
    let listed = ask::answer(&mut command, b"", PATIENCE)?;
    let mut words = listed.split(|byte| *byte == 0);
    let mut changes = Vec::new();
    // `:<mode> <mode> <id> <id> <letter>`, then the path.
    while let (Some(head), Some(path)) = (words.next(), words.next()) {
        let head = std::str::from_utf8(head).ok()?;
        let parts: Vec<&str> = head.trim_start_matches(':').split(' ').collect();
        let [_, mode, old, new, _] = parts.as_slice() else {
            return None;
        };
        if *mode != COMMIT && !is_none(new) {
            changes.push(Change {
                path: path_of(path.to_vec())?,
                new: (*new).to_owned(),
                old: (*old).to_owned(),
            });
        }
    }
    Some(changes)
}
