//! The folder we stand in: which project it is, which `.env` files its programs read, where a key goes.
//!
//! Everything is derived from the files at the moment it is asked for; nothing is changed here, and
//! nothing above the repository is looked at.

pub mod docker;
mod env_files;
mod environments;
mod everywhere;
pub mod git;
pub mod guard;
pub mod ignore_file;
mod kind;
mod manifest;
pub mod memory;
mod place;
mod programs;
pub mod scan;
mod signs;
mod target;
mod walk;

pub use environments::EnvironmentFiles;
pub use everywhere::Everywhere;
pub use kind::Kind;
pub use place::{OddPath, Placed, Standing, is_env_file};
pub use programs::Program;
pub use target::Target;
pub use walk::{Listing, is_ignored, listing, matching};

use std::path::{Path, PathBuf};

use crate::domain::env_reader::EnvReader;

/// What the environment is called that an `.env` file is for: `production` for `.env.production.local`;
/// `None` for one that is for all.
pub fn mode_of(file: &Path) -> Option<String> {
    let name = file.file_name()?.to_string_lossy();
    env_files::mode(&name).map(str::to_owned)
}

/// The project around a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Project {
    /// The folder the program was started in: absolute, and with its links resolved.
    pub folder: PathBuf,
    /// The nearest folder from there upwards that holds `.git`, a file or a folder; without one, the
    /// folder itself.
    pub root: PathBuf,
    /// What its description calls it, else the name of the root folder; safe to draw.
    pub name: String,
}

impl Project {
    /// The project around `folder`.
    pub fn at(folder: &Path) -> Self {
        let folder = resolved(folder);
        let root = folder
            .ancestors()
            .find(|ancestor| is_repository(ancestor))
            .unwrap_or(&folder)
            .to_owned();
        let name = up_to(&folder, &root)
            .find_map(manifest::name)
            .or_else(|| manifest::readable(&root.file_name()?.to_string_lossy()))
            .unwrap_or_else(|| root.display().to_string());
        Self { folder, root, name }
    }

    /// What the project is made with, what decides most first: of the nearest folder, upwards within
    /// the repository, that tells anything. Empty when none does.
    pub fn kinds(&self) -> Vec<Kind> {
        self.folders()
            .map(Kind::of_folder)
            .find(|kinds| !kinds.is_empty())
            .unwrap_or_default()
    }

    /// The existing `.env` files that programs read, templates left out: the nearest folder first,
    /// upwards to the root, and within each in the order in which its framework reads them. A plain
    /// program reads only the first `.env`.
    pub fn env_files(&self) -> Vec<PathBuf> {
        self.folders()
            .flat_map(|folder| env_files::in_folder(folder, &Kind::of_folder(folder)))
            .collect()
    }

    /// The nearest `.env` upwards within the repository: what `dotenvy` and `python-dotenv` find.
    pub fn nearest_env(&self) -> Option<PathBuf> {
        self.folders()
            .map(|folder| folder.join(".env"))
            .find(|path| env_files::is_there(path))
    }

    /// The files a key could go into, the recommended one first; never a template, and never empty.
    /// Those that do not exist yet can be made.
    pub fn targets(&self) -> Vec<Target> {
        target::in_project(&self.folders().collect::<Vec<_>>())
    }

    /// The programs that read `.env` files and that this project shows signs of.
    pub fn readers(&self) -> Vec<EnvReader> {
        signs::readers(&self.folders().collect::<Vec<_>>())
    }

    /// The usual kinds of programs with the files each would read here, those in use first.
    pub fn programs(&self) -> Vec<Program> {
        programs::all(&self.folders().collect::<Vec<_>>())
    }

    /// The environments that this project has files for, each with its files, the strongest first; the
    /// one of a program started by hand first.
    pub fn environments(&self) -> Vec<EnvironmentFiles> {
        environments::all(&self.folders().collect::<Vec<_>>())
    }

    /// The template that is committed to be copied, beside where the `.env` files are.
    pub fn template(&self) -> Option<PathBuf> {
        self.templates().into_iter().next()
    }

    /// Every template from the folder up to the root, the nearest first.
    pub fn templates(&self) -> Vec<PathBuf> {
        self.folders().flat_map(env_files::templates).collect()
    }

    /// From the folder up to the root.
    pub fn folders(&self) -> impl Iterator<Item = &Path> {
        up_to(&self.folder, &self.root)
    }
}

fn up_to<'a>(folder: &'a Path, root: &'a Path) -> impl Iterator<Item = &'a Path> {
    folder
        .ancestors()
        .take_while(move |ancestor| ancestor.starts_with(root))
}

/// Worktrees and submodules have a file there, ordinary checkouts a folder.
fn is_repository(folder: &Path) -> bool {
    std::fs::metadata(folder.join(".git")).is_ok_and(|facts| facts.is_file() || facts.is_dir())
}

fn resolved(folder: &Path) -> PathBuf {
    // Windows answers with `\\?\` paths, which many programs cannot read back.
    let canonical = if cfg!(windows) {
        None
    } else {
        std::fs::canonicalize(folder).ok()
    };
    canonical
        .or_else(|| std::path::absolute(folder).ok())
        .unwrap_or_else(|| folder.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files;

    fn write(folder: &Path, name: &str, text: &str) {
        files::save_private(&folder.join(name), text.as_bytes()).unwrap();
    }

    /// `repo/.git` and `repo/app/src`, inside a folder with a `.env` that is none of our business.
    fn repository() -> (tempfile::TempDir, PathBuf) {
        let outside = tempfile::tempdir().unwrap();
        write(outside.path(), ".env", "");
        let repo = resolved(outside.path()).join("repo");
        write(&repo, ".git/HEAD", "ref: refs/heads/main\n");
        write(&repo, "app/src/x", "");
        (outside, repo)
    }

    #[test]
    fn the_root_is_the_nearest_repository() {
        let (_outside, repo) = repository();
        let project = Project::at(&repo.join("app/src"));
        assert_eq!(project.root, repo);
        assert_eq!(project.folder, repo.join("app/src"));
    }

    #[test]
    fn a_git_file_is_a_repository_too() {
        let (_outside, repo) = repository();
        write(&repo, "app/.git", "gitdir: ../.git/modules/app\n");
        assert_eq!(Project::at(&repo.join("app/src")).root, repo.join("app"));
    }

    #[test]
    fn without_a_repository_nothing_above_the_folder_counts() {
        let outside = tempfile::tempdir().unwrap();
        write(outside.path(), ".env", "");
        write(outside.path(), "inside/x", "");
        let project = Project::at(&outside.path().join("inside"));
        assert_eq!(project.root, project.folder);
        assert_eq!(project.name, "inside");
        assert_eq!(project.nearest_env(), None);
        assert_eq!(project.env_files(), Vec::<PathBuf>::new());
    }

    #[test]
    fn the_name_comes_from_the_nearest_description_else_from_the_root() {
        let (_outside, repo) = repository();
        let name = || Project::at(&repo.join("app/src")).name;
        assert_eq!(name(), "repo");
        write(&repo, "go.mod", "module example.com/whole\n");
        assert_eq!(name(), "whole");
        write(&repo, "app/Cargo.toml", "[package]\nname = \"part\"\n");
        assert_eq!(name(), "part");
    }

    #[test]
    fn env_files_come_nearest_folder_first_each_in_its_own_order() {
        let (_outside, repo) = repository();
        write(&repo, "package.json", r#"{"dependencies":{"next":"16"}}"#);
        for file in [
            ".env",
            ".env.local",
            ".env.example",
            "app/.env",
            "app/.env.local",
        ] {
            write(&repo, file, "");
        }
        let expected = ["app/.env", "app/.env.local", ".env.local", ".env"];
        assert_eq!(
            Project::at(&repo.join("app/src")).env_files(),
            expected.map(|file| repo.join(file))
        );
    }

    #[test]
    fn the_nearest_env_is_found_upwards_and_never_above_the_repository() {
        let (_outside, repo) = repository();
        let nearest = || Project::at(&repo.join("app/src")).nearest_env();
        assert_eq!(nearest(), None);
        write(&repo, ".env", "");
        assert_eq!(nearest(), Some(repo.join(".env")));
        write(&repo, "app/.env", "");
        assert_eq!(nearest(), Some(repo.join("app/.env")));
    }

    #[test]
    fn kinds_are_those_of_the_nearest_folder_that_tells() {
        let (_outside, repo) = repository();
        write(&repo, "Cargo.toml", "");
        write(&repo, "app/pyproject.toml", "");
        assert_eq!(Project::at(&repo.join("app/src")).kinds(), [Kind::Python]);
        assert_eq!(Project::at(&repo).kinds(), [Kind::Rust]);
    }

    #[test]
    fn a_folder_that_is_gone_is_no_panic() {
        let project = Project::at(Path::new("/no/such/folder"));
        assert_eq!(project.root, project.folder);
        assert!(!project.targets().is_empty());
    }
}
