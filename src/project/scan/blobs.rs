//! What git keeps, read through one running git program.

use std::io::{BufRead, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::MOST_BYTES;
use crate::project::git::ask::{self, Repository};
use crate::project::git::hooks::path as path_of;

/// How long git may take to say where the repository's root is.
const PATIENCE: Duration = Duration::from_secs(10);

/// A blob as git hands it over; `None` instead of bytes where it is too large or not here.
pub(super) type Blob<'a> = (&'a str, Option<&'a [u8]>);

/// Reads these blobs one after the other, in this order. False from `take`, or `stop`, ends it.
///
/// `None` when git could not be asked, or was stopped.
pub(super) fn read(
    folder: &Path,
    whose: Repository,
    ids: &[String],
    stop: &(dyn Fn() -> bool + Sync),
    mut take: impl FnMut(Blob<'_>) -> bool,
) -> Option<()> {
    if ids.is_empty() {
        return Some(());
    }
    let mut input = ids.join("\n").into_bytes();
    input.push(b'\n');
    let mut command = ask::command("git", folder, whose);
    command.args(["--no-replace-objects", "cat-file", "--batch", "--buffer"]);
    ask::stream(&mut command, &input, stop, |from| {
        let mut line = String::new();
        let mut bytes = Vec::new();
        for id in ids {
            line.clear();
            if from.read_line(&mut line).ok()? == 0 {
                return None;
            }
            // `<id> blob <size>`, or `<id> missing`.
            let Some(size) = line.split_whitespace().nth(2) else {
                if !take((id, None)) {
                    return Some(());
                }
                continue;
            };
            let size = size.parse::<u64>().ok()?;
            let is_small = usize::try_from(size).is_ok_and(|size| size <= MOST_BYTES);
            let mut blob = from.by_ref().take(size.checked_add(1)?);
            if is_small {
                bytes.clear();
                blob.read_to_end(&mut bytes).ok()?;
                if bytes.pop() != Some(b'\n') {
                    return None;
                }
            } else {
                std::io::copy(&mut blob, &mut std::io::sink()).ok()?;
            }
            if !take((id, is_small.then_some(bytes.as_slice()))) {
                return Some(());
            }
        }
        Some(())
    })?
}

/// The folder that git's names of files start from.
pub(super) fn root(folder: &Path, whose: Repository) -> Option<PathBuf> {
    let mut command = ask::command("git", folder, whose);
    command.args(["rev-parse", "--show-toplevel"]);
    let mut line = ask::answer(&mut command, b"", PATIENCE)?;
    if line.ends_with(b"\n") {
        line.pop();
    }
    path_of(line)
}
