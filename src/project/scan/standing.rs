//! How files with keys stand with git: asked of git for those few files only.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::domain::leak::Standing;
use crate::project::git::ask::{self, Repository};
use crate::project::git::hooks::path as path_of;
use crate::project::is_repository;

/// How long one question may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// How many names one command line holds; the shortest limit of a system is 32 KiB.
const NAMES: usize = 50;

/// How a file stands; `None` is a file that is kept out of git.
pub(super) type Verdict = Option<Standing>;

/// How each of these files stands. A repository inside another is asked about its own files.
pub(super) fn of(files: &BTreeSet<PathBuf>) -> BTreeMap<PathBuf, Verdict> {
    let mut by_root: BTreeMap<Option<&Path>, Vec<&Path>> = BTreeMap::new();
    for file in files {
        let root = file
            .ancestors()
            .skip(1)
            .find(|folder| is_repository(folder));
        by_root.entry(root).or_default().push(file);
    }
    let mut verdicts = BTreeMap::new();
    for (root, files) in by_root {
        let facts = root.and_then(|root| facts(root, &files));
        for file in files {
            let verdict = match &facts {
                None => Some(Standing::Outside),
                Some(facts) => facts.verdict(root.and_then(|root| file.strip_prefix(root).ok())),
            };
            verdicts.insert(file.to_owned(), verdict);
        }
    }
    verdicts
}

/// What git says about some files of one repository, their names as seen from its root.
struct Facts {
    tracked: BTreeSet<PathBuf>,
    ignored: BTreeSet<PathBuf>,
}

impl Facts {
    fn verdict(&self, file: Option<&Path>) -> Verdict {
        let file = file?;
        let is_ignored = self.ignored.contains(file);
        if self.tracked.contains(file) {
            return Some(Standing::Tracked { is_ignored });
        }
        (!is_ignored).then_some(Standing::Loose)
    }
}

fn facts(root: &Path, files: &[&Path]) -> Option<Facts> {
    let names: Vec<&Path> = files
        .iter()
        .filter_map(|file| file.strip_prefix(root).ok())
        .collect();
    let mut tracked = BTreeSet::new();
    for some in names.chunks(NAMES) {
        let mut command = ask::command("git", root, Repository::OfFolder);
        command.args(["--literal-pathspecs", "ls-files", "-z", "--"]);
        tracked.extend(list(&ask::answer(command.args(some), b"", PATIENCE)?));
    }
    let mut input = Vec::new();
    for name in &names {
        input.extend_from_slice(name.as_os_str().as_encoded_bytes());
        input.push(0);
    }
    let mut command = ask::command("git", root, Repository::OfFolder);
    command.args(["check-ignore", "--no-index", "--stdin", "-z"]);
    // It ends with 1 where nothing is ignored: no answer is no rule.
    let ignored = ask::answer(&mut command, &input, PATIENCE).unwrap_or_default();
    Some(Facts {
        tracked,
        ignored: list(&ignored).collect(),
    })
}

/// The files that are tracked although a rule ignores them: a walk that follows the rules misses them.
pub(super) fn tracked_and_ignored(folder: &Path) -> Vec<PathBuf> {
    let mut command = ask::command("git", folder, Repository::OfFolder);
    command.args([
        "ls-files",
        "-z",
        "--cached",
        "--ignored",
        "--exclude-standard",
    ]);
    let names = ask::answer(&mut command, b"", PATIENCE).unwrap_or_default();
    list(&names).map(|name| folder.join(name)).collect()
}

/// Names as git lists them with `-z`.
fn list(bytes: &[u8]) -> impl Iterator<Item = PathBuf> {
    bytes
        .split(|byte| *byte == 0)
        .filter(|name| !name.is_empty())
        .filter_map(|name| path_of(name.to_vec()))
}
