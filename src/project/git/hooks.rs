//! Where a repository's hooks lie.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::ask::{self, Repository};

/// How long one question may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// Where the hooks are that git runs for a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hooks {
    /// In the repository's own folder, shared by its worktrees.
    Own(PathBuf),
    /// `core.hooksPath` names another folder: another program's, or one that the repository commits.
    Elsewhere(PathBuf),
    /// There is no repository, or git cannot tell.
    Nowhere,
}

/// Where the hooks of the repository around `folder` are. None of them is run.
pub fn of(folder: &Path) -> Hooks {
    let ask = |question: &[&str]| {
        let mut command = ask::bare("git", folder, Repository::OfFolder);
        let output = ask::run(command.args(question), PATIENCE)?;
        let mut line = output.status.success().then_some(output.stdout)?;
        if line.ends_with(b"\n") {
            line.pop();
        }
        path(line)
    };
    let Some(folder_of_hooks) = ask(&["rev-parse", "--git-path", "hooks"]) else {
        return Hooks::Nowhere;
    };
    // Git answers as seen from the folder.
    let folder_of_hooks = folder.join(folder_of_hooks);
    match ask(&["config", "--get", "core.hooksPath"]) {
        Some(_) => Hooks::Elsewhere(folder_of_hooks),
        None => Hooks::Own(folder_of_hooks),
    }
}

/// A path as git prints it.
#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere not every name is one")]
pub(in crate::project) fn path(bytes: Vec<u8>) -> Option<PathBuf> {
    use std::os::unix::ffi::OsStringExt;
    Some(PathBuf::from(std::ffi::OsString::from_vec(bytes)))
}

/// A path as git prints it: in UTF-8.
#[cfg(not(unix))]
pub(in crate::project) fn path(bytes: Vec<u8>) -> Option<PathBuf> {
    String::from_utf8(bytes).ok().map(PathBuf::from)
}
