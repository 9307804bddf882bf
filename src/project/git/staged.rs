//! What the next commit takes, as people read it.

use std::path::Path;
use std::time::Duration;

use super::ask::{self, Repository};

/// How long git may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// What is staged in the repository round a folder, as a unified diff; empty where nothing is. `None` where git
/// cannot tell, or the change takes more than `most` bytes.
///
/// Blocks, for some seconds at most.
pub fn diff(folder: &Path, most: usize) -> Option<String> {
    let mut command = ask::command("git", folder, Repository::OfFolder);
    // No program that the repository names shows a file in its own way.
    let plain = ["--no-color", "--no-ext-diff", "--no-textconv"];
    command.args(["diff", "--staged"]).args(plain);
    let bytes = ask::answer(&mut command, b"", PATIENCE)?;
    (bytes.len() <= most).then(|| String::from_utf8_lossy(&bytes).into_owned())
}
