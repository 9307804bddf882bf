//! Every `.env` of a whole project: those that programs started here read, and those in folders beside and
//! below, as a repository of several parts has them.

use std::collections::BTreeSet;
use std::path::PathBuf;

use ignore::WalkBuilder;

use super::{Project, env_files, is_repository};

/// The most files and folders that are looked at.
const MOST: usize = 100_000;
/// How deep below a folder that is no repository: it may be somebody's home.
const SHALLOW: usize = 3;

/// Folders that others fill: what is in them is nobody's settings.
const FOREIGN: &[&str] = &[
    ".git",
    ".hg",
    ".svn",
    ".jj",
    "node_modules",
    "bower_components",
    "target",
    ".venv",
    "venv",
    "__pycache__",
    ".tox",
    ".next",
    ".nuxt",
    ".svelte-kit",
    ".cache",
    ".terraform",
];

/// The `.env` files of a project, templates left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Everywhere {
    /// Those that programs started in the folder read first, then the others by name.
    pub files: Vec<PathBuf>,
    /// Not every folder was looked into: the project is too large, or is no repository and deep.
    pub is_cut: bool,
}

impl Project {
    /// Every `.env` file of the project. What git ignores is looked at, since it ignores them; folders that
    /// package managers and compilers fill are not, and links are not followed.
    ///
    /// Blocks.
    pub fn env_files_everywhere(&self) -> Everywhere {
        let mut files = self.env_files();
        let is_bounded = !is_repository(&self.root);
        let mut walk = WalkBuilder::new(&self.root);
        walk.standard_filters(false)
            .follow_links(false)
            .max_depth(is_bounded.then_some(SHALLOW))
            .filter_entry(|entry| {
                entry.depth() == 0 || !FOREIGN.iter().any(|name| entry.file_name() == *name)
            });
        let mut others = BTreeSet::new();
        let mut is_cut = false;
        for (at, entry) in walk.build().flatten().enumerate() {
            if at == MOST {
                is_cut = true;
                break;
            }
            let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
            is_cut |= is_bounded && is_folder && entry.depth() == SHALLOW;
            let is_env = entry.file_name().to_str().is_some_and(env_files::is_read);
            if is_env && env_files::is_there(entry.path()) {
                others.insert(entry.into_path());
            }
        }
        files.extend(
            others
                .into_iter()
                .filter(|path| !files.contains(path))
                .collect::<Vec<_>>(),
        );
        Everywhere { files, is_cut }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files;

    fn at(files: &[&str]) -> (tempfile::TempDir, Project) {
        let folder = tempfile::tempdir().unwrap();
        for name in files {
            files::save_private(&folder.path().join(name), b"").unwrap();
        }
        let project = Project::at(&folder.path().join("web"));
        (folder, project)
    }

    #[test]
    fn files_beside_and_below_count_and_those_of_packages_do_not() {
        let (_folder, project) = at(&[
            ".git/HEAD",
            ".gitignore",
            ".env",
            "web/.env.local",
            "api/a/b/c/.env",
            "api/.env.example",
            "web/node_modules/x/.env",
        ]);
        let everywhere = project.env_files_everywhere();
        let expected = ["web/.env.local", ".env", "api/a/b/c/.env"];
        assert_eq!(
            everywhere.files,
            expected.map(|name| project.root.join(name))
        );
        assert!(!everywhere.is_cut);
    }

    #[test]
    fn a_folder_that_is_no_repository_is_not_followed_for_ever() {
        let (_folder, project) = at(&["web/.env", "web/a/.env", "web/a/b/c/d/.env"]);
        let everywhere = project.env_files_everywhere();
        assert_eq!(everywhere.files.len(), 2);
        assert!(everywhere.is_cut);
    }
}
