//! Where a path leads that a person or a model wrote, told before anything is read or written there.
//!
//! A path is made plain first (`.` and `..` fall away by their letters), then every link on its way is
//! followed. What stands where the links end decides: a name inside the project that leads out of it is no
//! place inside.

use std::ffi::OsStr;
use std::path::{Component, Path, PathBuf};

use super::Project;
use super::env_files;
use crate::domain::clean_text::CleanText;

/// A place that a path leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// The path, absolute and plain; links on its way are not resolved in it.
    pub path: PathBuf,
    /// The same with every link on its way followed; `None` where one leads nowhere.
    pub real: Option<PathBuf>,
    /// How it is shown: from the folder on where it lies below it, from the project's root where it lies
    /// elsewhere in the project, else whole.
    pub shown: String,
    /// What there is to know before it is touched.
    pub standing: Standing,
}

/// How a place stands to the project.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is in the project.
    Inside,
    /// It is a `.env` file of the project, or one anywhere.
    EnvFile,
    /// It belongs to a version control: hooks there are run, whatever is written is believed.
    VersionControl,
    /// A link inside the project leads out of it, or nowhere.
    LinkedOut,
    /// It is outside of the project.
    Outside,
}

/// What is no path to a place: empty, of another system, from the home folder that only a shell knows, or
/// with characters that a name on a screen must not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OddPath;

/// The longest path that is looked at, in bytes: what Linux takes.
const MOST_BYTES: usize = 4096;

impl Project {
    /// Where a path leads, as seen from the folder.
    ///
    /// # Errors
    /// It is no path to a place.
    pub fn place(&self, written: &str) -> Result<Placed, OddPath> {
        let path = plain(&self.folder.join(readable(&self.folder, written)?));
        Ok(self.place_of(path))
    }

    /// Where an absolute, plain path leads.
    pub fn place_of(&self, path: PathBuf) -> Placed {
        let real = resolved(&path);
        Placed {
            shown: self.shown(&path),
            standing: self.standing(&path, real.as_deref()),
            path,
            real,
        }
    }

    /// A path for the eye, with `/` between its parts.
    pub fn shown(&self, path: &Path) -> String {
        let below = path
            .strip_prefix(&self.folder)
            .or_else(|_| path.strip_prefix(&self.root))
            .ok()
            .filter(|below| !below.as_os_str().is_empty());
        let text = below.unwrap_or(path).to_string_lossy();
        if cfg!(windows) {
            text.replace('\\', "/")
        } else {
            text.into_owned()
        }
    }

    fn standing(&self, path: &Path, real: Option<&Path>) -> Standing {
        let is_inside = real.and_then(|real| real.strip_prefix(&self.root).ok());
        let Some(below) = is_inside else {
            return if path.starts_with(&self.root) {
                Standing::LinkedOut
            } else {
                Standing::Outside
            };
        };
        // The name that was written counts as much as the one it leads to.
        let written = path.strip_prefix(&self.root).unwrap_or(below);
        if is_of_version_control(below) || is_of_version_control(written) {
            Standing::VersionControl
        } else if is_env_file(below) || is_env_file(written) {
            Standing::EnvFile
        } else {
            Standing::Inside
        }
    }
}

/// The text as a path of this system. Models write `src\main.rs`, too.
fn readable(folder: &Path, written: &str) -> Result<String, OddPath> {
    let text = written.trim();
    let is_drive =
        text.as_bytes().get(1) == Some(&b':') && text.as_bytes()[0].is_ascii_alphabetic();
    let is_odd = text.is_empty()
        || text.len() > MOST_BYTES
        || CleanText::new(text).as_str() != text
        || text.contains(['\n', '\t'])
        || text.contains("://")
        || (text == "~" || text.starts_with("~/"))
        || (is_drive && !cfg!(windows));
    if is_odd {
        return Err(OddPath);
    }
    if text.contains('\\') && !cfg!(windows) && !folder.join(text).exists() {
        return Ok(text.replace('\\', "/"));
    }
    Ok(text.to_owned())
}

/// The path without `.` and `..`, by its letters alone.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            part => plain.push(part),
        }
    }
    plain
}

/// The path with every link on its way followed, as far as there is something; `None` where a link leads
/// nowhere, or what stands on the way cannot be looked at.
fn resolved(path: &Path) -> Option<PathBuf> {
    let mut missing: Vec<&OsStr> = Vec::new();
    let mut at = path;
    loop {
        match std::fs::symlink_metadata(at) {
            Ok(_) => {
                let mut real = std::fs::canonicalize(at).ok()?;
                real.extend(missing.iter().rev());
                return Some(real);
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                missing.push(at.file_name()?);
                at = at.parent()?;
            }
            Err(_) => return None,
        }
    }
}

/// Some file systems do not tell `.GIT` from `.git`, and one calls it `GIT~1` as well.
fn is_of_version_control(below: &Path) -> bool {
    let owned = [".git", ".hg", ".svn", ".jj", "git~1"];
    below.components().any(|part| {
        let name = part.as_os_str().to_string_lossy();
        let name = name.trim_end_matches(['.', ' ']);
        owned.iter().any(|own| name.eq_ignore_ascii_case(own))
    })
}

/// `.env` and its kin, templates left out; `.envrc` holds the same.
pub fn is_env_file(path: &Path) -> bool {
    let Some(name) = path.file_name() else {
        return false;
    };
    let name = name.to_string_lossy().to_ascii_lowercase();
    name == ".envrc" || env_files::is_read(&name)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::files;

    /// `repo/.git`, `repo/src/main.rs`, and beside the repository `secret.txt`.
    fn project() -> (tempfile::TempDir, Project) {
        let outside = tempfile::tempdir().unwrap();
        for name in ["repo/.git/HEAD", "repo/src/main.rs", "secret.txt"] {
            files::save_private(&outside.path().join(name), b"x").unwrap();
        }
        let project = Project::at(&outside.path().join("repo"));
        (outside, project)
    }

    fn standing(project: &Project, written: &str) -> Option<Standing> {
        Some(project.place(written).ok()?.standing)
    }

    #[test]
    fn a_path_is_told_by_where_it_leads() {
        let (_outside, project) = project();
        for (written, expected) in [
            ("src/main.rs", Standing::Inside),
            ("./src/../src/new/deep.rs", Standing::Inside),
            (r"src\main.rs", Standing::Inside),
            ("..", Standing::Outside),
            ("../secret.txt", Standing::Outside),
            ("src/../../secret.txt", Standing::Outside),
            ("/etc/passwd", Standing::Outside),
            ("../repository/x", Standing::Outside),
            (".git/hooks/pre-commit", Standing::VersionControl),
            ("sub/.GIT/config", Standing::VersionControl),
            (".git./config", Standing::VersionControl),
            ("GIT~1/config", Standing::VersionControl),
            (".env", Standing::EnvFile),
            ("app/.ENV.local", Standing::EnvFile),
            (".envrc", Standing::EnvFile),
            (".env.example", Standing::Inside),
            (".gitignore", Standing::Inside),
        ] {
            assert_eq!(standing(&project, written), Some(expected), "{written}");
        }
        let absolute = project.root.join("src/x.rs");
        let placed = project.place(&absolute.to_string_lossy()).unwrap();
        assert_eq!(
            (placed.standing, placed.shown.as_str()),
            (Standing::Inside, "src/x.rs")
        );
    }

    #[test]
    fn what_is_no_path_is_no_place() {
        let (_outside, project) = project();
        for written in [
            "",
            "  ",
            "~/x",
            "a\nb",
            "a\u{202e}b",
            "a\u{1b}[2Jb",
            "https://x.org/a.rs",
            "a\0b",
        ] {
            assert_eq!(project.place(written), Err(OddPath), "{written:?}");
        }
        #[cfg(unix)]
        assert_eq!(project.place(r"C:\Windows\x"), Err(OddPath));
        assert_eq!(project.place(&"a/".repeat(5000)), Err(OddPath));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_out_of_the_project_is_told_wherever_it_stands_on_the_way() {
        use std::os::unix::fs::symlink;
        let (outside, project) = project();
        symlink(outside.path(), project.root.join("out")).unwrap();
        symlink("../secret.txt", project.root.join("link.txt")).unwrap();
        symlink("nowhere", project.root.join("dangling")).unwrap();
        symlink("src", project.root.join("inner")).unwrap();
        symlink(".git", project.root.join("innocent")).unwrap();
        symlink("loop", project.root.join("loop")).unwrap();
        files::save_private(&project.root.join(".env"), b"A=1").unwrap();
        symlink(".env", project.root.join("settings.txt")).unwrap();
        for (written, expected) in [
            ("out/secret.txt", Standing::LinkedOut),
            ("out/new/file.rs", Standing::LinkedOut),
            ("link.txt", Standing::LinkedOut),
            ("dangling", Standing::LinkedOut),
            ("dangling/x", Standing::LinkedOut),
            ("loop", Standing::LinkedOut),
            ("inner/main.rs", Standing::Inside),
            ("innocent/config", Standing::VersionControl),
            ("settings.txt", Standing::EnvFile),
        ] {
            assert_eq!(standing(&project, written), Some(expected), "{written}");
        }
    }

    proptest! {
        #[test]
        fn no_path_is_inside_that_leads_out(
            parts in prop::collection::vec(
                prop::sample::select(vec!["..", ".", "src", "a", "main.rs", "", ".git", "/"]),
                0..8,
            ),
        ) {
            let (_outside, project) = project();
            let written = parts.join("/");
            if let Ok(placed) = project.place(&written)
                && placed.standing == Standing::Inside
            {
                prop_assert!(placed.path.starts_with(&project.root), "{}", written);
                let text = placed.path.to_string_lossy().into_owned();
                prop_assert!(!text.contains(".."), "{}", text);
            }
        }
    }
}
