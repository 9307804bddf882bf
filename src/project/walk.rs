//! The files of a folder, as git would take them: what its rules ignore is left out.

use std::path::{Path, PathBuf};

use ignore::gitignore::GitignoreBuilder;
use ignore::{DirEntry, WalkBuilder};

use super::is_repository;

/// A walk through a folder by git's own rules. Links are not followed, hidden files are met, and what a
/// version control keeps for itself is not.
pub(super) fn walk(folder: &Path) -> WalkBuilder {
    let mut builder = WalkBuilder::new(folder);
    let has_repository = folder.ancestors().any(is_repository);
    builder
        .hidden(false)
        // A tool's own rules hide nothing from git.
        .ignore(false)
        // Rules count before the first `git init`, too; without a repository nothing above is looked at.
        .require_git(false)
        .parents(has_repository)
        .follow_links(false)
        .filter_entry(|entry| !is_of_version_control(entry));
    builder
}

/// What a version control keeps for itself: the history is looked at by other means.
fn is_of_version_control(entry: &DirEntry) -> bool {
    let name = entry.file_name();
    entry.depth() > 0
        && [".git", ".hg", ".svn", ".jj"]
            .iter()
            .any(|own| name == *own)
}

/// The names below a folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// Each from the folder on, with `/` between its parts and, where it is a folder, behind them; sorted.
    pub names: Vec<String>,
    /// There are more than were asked for.
    pub is_cut: bool,
}

/// The files and folders below a folder, ignored ones left out, at most so many. Names that are no Unicode
/// are left out, too: nobody can type them.
///
/// Blocks: some ten milliseconds for 10,000 files.
pub fn listing(folder: &Path, most: usize) -> Listing {
    let mut listing = Listing::default();
    for entry in walk(folder).build().flatten() {
        let Some(name) = below(entry.path(), folder) else {
            continue;
        };
        if listing.names.len() == most {
            listing.is_cut = true;
            break;
        }
        let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
        listing
            .names
            .push(if is_folder { name + "/" } else { name });
    }
    listing.names.sort_unstable();
    listing
}

/// The files of [`listing`] that a glob names, such as `src/**/*.rs`, in order.
pub fn matching(folder: &Path, glob: &str, names: &[String]) -> Vec<PathBuf> {
    let mut rules = GitignoreBuilder::new(folder);
    // Anchored: `*.rs` are the files of this very folder, as a shell has it.
    let anchored = format!("/{}", glob.trim_start_matches('/'));
    if rules.add_line(None, &anchored).is_err() {
        return Vec::new();
    }
    let Ok(rules) = rules.build() else {
        return Vec::new();
    };
    let files = names.iter().filter(|name| !name.ends_with('/'));
    let files = files.map(|name| folder.join(name));
    files
        .filter(|path| rules.matched(path, false).is_ignore())
        .collect()
}

/// Whether git's rules ignore a path below a folder. Only the folders on its way are looked at.
pub fn is_ignored(folder: &Path, path: &Path) -> bool {
    let way = path.to_owned();
    let mut walk = walk(folder);
    walk.filter_entry(move |entry| way.starts_with(entry.path()));
    std::fs::symlink_metadata(path).is_ok()
        && !walk.build().flatten().any(|entry| entry.path() == path)
}

fn below(path: &Path, folder: &Path) -> Option<String> {
    let name = path.strip_prefix(folder).ok()?.to_str()?;
    let name = if cfg!(windows) {
        name.replace('\\', "/")
    } else {
        name.to_owned()
    };
    (!name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files;

    fn folder() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in [
            (".git/HEAD", ""),
            (".gitignore", "target/\n*.log\n!keep.log\n"),
            ("src/main.rs", ""),
            ("src/a/b.rs", ""),
            ("src/a/c.txt", ""),
            ("lib.rs", ""),
            ("target/x.rs", ""),
            ("a.log", ""),
            ("keep.log", ""),
        ] {
            files::save_private(&folder.path().join(name), text.as_bytes()).unwrap();
        }
        let path = folder.path().canonicalize().unwrap();
        (folder, path)
    }

    #[test]
    fn what_is_ignored_is_not_listed() {
        let (_folder, path) = folder();
        let names = listing(&path, 100).names;
        assert_eq!(
            names,
            [
                ".gitignore",
                "keep.log",
                "lib.rs",
                "src/",
                "src/a/",
                "src/a/b.rs",
                "src/a/c.txt",
                "src/main.rs",
            ]
        );
        let cut = listing(&path, 3);
        assert_eq!((cut.names.len(), cut.is_cut), (3, true));
    }

    #[test]
    fn a_glob_names_files_as_a_shell_has_it() {
        let (_folder, path) = folder();
        let names = listing(&path, 100).names;
        let found = |glob: &str| -> Vec<String> {
            let found = matching(&path, glob, &names).into_iter();
            found.filter_map(|it| below(&it, &path)).collect()
        };
        assert_eq!(found("src/**/*.rs"), ["src/a/b.rs", "src/main.rs"]);
        assert_eq!(found("*.rs"), ["lib.rs"]);
        assert_eq!(found("src/?/[bc].*"), ["src/a/b.rs", "src/a/c.txt"]);
        assert_eq!(found("nothing/*"), [""; 0]);
        assert_eq!(found("target/*.rs"), [""; 0]);
    }

    #[test]
    fn one_path_is_asked_about_without_a_walk_through_all() {
        let (_folder, path) = folder();
        for (name, is) in [
            ("src/main.rs", false),
            ("a.log", true),
            ("keep.log", false),
            ("target/x.rs", true),
            ("no/such/file", false),
        ] {
            assert_eq!(is_ignored(&path, &path.join(name)), is, "{name}");
        }
    }
}
