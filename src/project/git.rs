//! Asks the `git` program about a file: inside a repository, tracked, ignored, ever committed?
//!
//! Git alone knows all its rules (nested files, exceptions, worktrees, global excludes), so nothing of
//! them is read here. A checkout may come from a stranger, and its configuration may name programs to
//! run: each question is put so that none of them is, nothing is fetched, and nothing is written.

pub(super) mod ask;
pub mod hooks;
pub mod staged;

use std::io;
use std::path::{Path, PathBuf};
use std::process::Output;
use std::time::Duration;

/// What git says about a file. `None` means that git could not tell: it is not installed, it does not
/// trust the folder's owner, or it took too long.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GitFacts {
    /// The file lies in a work tree. Where it does not, there is nothing to warn about and the other
    /// answers are `Some(false)`.
    pub in_repository: Option<bool>,
    /// The file is in the index: its changes will be committed, whatever the ignore rules say.
    pub is_tracked: Option<bool>,
    /// The rules ignore the file, whether it is tracked or not.
    pub is_ignored: Option<bool>,
    /// Some commit on some branch, tag or stash touched the file: what it held is in the history.
    pub was_committed: Option<bool>,
}

impl GitFacts {
    /// `git add .` would take the file: it stands in a repository, and no rule ignores it. False where
    /// git cannot tell, and for a tracked file, which no rule keeps out any more.
    pub fn would_be_added(self) -> bool {
        self.in_repository == Some(true)
            && self.is_ignored == Some(false)
            && self.is_tracked != Some(true)
    }
}

/// How long one question may take. The history of a large repository takes longest.
const PATIENCE: Duration = Duration::from_secs(5);

/// Before a question that would take `*` in a name for a pattern. `check-ignore` takes names as they
/// are, and refuses this.
const LITERAL: &str = "--literal-pathspecs";

/// What git says about `file`, which need not exist. Its folder's links are followed, its own is not.
///
/// Blocks for some milliseconds, in a large repository for seconds: not for the thread that draws.
pub fn facts(file: &Path) -> GitFacts {
    Git::named("git").facts(file)
}

/// The git program.
struct Git<'a> {
    program: &'a str,
    patience: Duration,
}

/// A folder and a file's name in it.
struct Place<'a> {
    folder: &'a Path,
    name: &'a Path,
}

impl<'a> Git<'a> {
    fn named(program: &'a str) -> Self {
        Self {
            program,
            patience: PATIENCE,
        }
    }

    fn facts(&self, file: &Path) -> GitFacts {
        let (Some(name), Some(folder)) = (file.file_name(), file.parent()) else {
            return GitFacts::default();
        };
        let Ok(folder) = real(folder) else {
            return GitFacts::default();
        };
        let place = Place {
            folder: &folder,
            name: Path::new(name),
        };
        match self.in_repository(&place) {
            None => GitFacts::default(),
            Some(false) => GitFacts {
                in_repository: Some(false),
                is_tracked: Some(false),
                is_ignored: Some(false),
                was_committed: Some(false),
            },
            Some(true) => GitFacts {
                in_repository: Some(true),
                is_tracked: self.is_tracked(&place),
                is_ignored: self.is_ignored(&place),
                was_committed: self.was_committed(&place),
            },
        }
    }

    fn in_repository(&self, place: &Place) -> Option<bool> {
        let output = self.ask(place, &["rev-parse", "--is-inside-work-tree"], false)?;
        match output.status.code()? {
            // In a bare repository, and inside `.git` itself, it says `false`.
            0 => Some(output.stdout.starts_with(b"true")),
            // 128 also when the folder belongs to somebody git does not trust.
            128 if contains(&output.stderr, b"not a git repository") => Some(false),
            _ => None,
        }
    }

    fn is_tracked(&self, place: &Place) -> Option<bool> {
        match self
            .ask(place, &[LITERAL, "ls-files", "--error-unmatch"], true)?
            .status
            .code()?
        {
            0 => Some(true),
            1 => Some(false),
            _ => None,
        }
    }

    fn is_ignored(&self, place: &Place) -> Option<bool> {
        // Without `--no-index` a tracked file counts as not ignored.
        let question = ["check-ignore", "--quiet", "--no-index"];
        match self.ask(place, &question, true)?.status.code()? {
            0 => Some(true),
            1 => Some(false),
            _ => None,
        }
    }

    fn was_committed(&self, place: &Place) -> Option<bool> {
        let question = [
            LITERAL,
            "log",
            "--all",
            // A file added and removed on a merged branch would else be simplified away.
            "--full-history",
            "--max-count=1",
            "--format=%H",
            // A signature would be checked by a program that the repository names.
            "--no-show-signature",
        ];
        let output = self.ask(place, &question, true)?;
        output.status.success().then_some(!output.stdout.is_empty())
    }

    /// Puts one question, about the file where `about_file`.
    fn ask(&self, place: &Place, question: &[&str], about_file: bool) -> Option<Output> {
        let mut command = ask::command(self.program, place.folder, ask::Repository::OfFolder);
        command.args(question);
        if about_file {
            // With a dot in front no name is taken for an option or for a pattern with magic words.
            command.arg("--").arg(Path::new(".").join(place.name));
        }
        ask::run(&mut command, self.patience)
    }
}

/// The folder without links in it: `check-ignore` refuses a path that goes through one. On Windows the
/// real path would be a `\\?\` path, which git refuses.
fn real(folder: &Path) -> io::Result<PathBuf> {
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    if cfg!(windows) {
        std::path::absolute(folder)
    } else {
        std::fs::canonicalize(folder)
    }
}

fn contains(text: &[u8], words: &[u8]) -> bool {
    text.windows(words.len()).any(|window| window == words)
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;
    use crate::files;

    /// A fresh repository made by git itself; `None`, with a word, where git is not installed.
    struct Repository(tempfile::TempDir);

    impl Repository {
        fn new() -> Option<Self> {
            if Command::new("git").arg("--version").output().is_err() {
                println!("skipped: git is not installed");
                return None;
            }
            let repository = Self(tempfile::tempdir().unwrap());
            repository.git(&["init", "--quiet", "--initial-branch=main"]);
            // A global ignore rule of whoever runs the test must not answer for the repository.
            repository.git(&["config", "core.excludesFile", "/dev/null"]);
            Some(repository)
        }

        fn git(&self, arguments: &[&str]) {
            let output = Command::new("git")
                .args(["-c", "user.name=T", "-c", "user.email=t@example.com"])
                .args(["-c", "commit.gpgSign=false"])
                .args(arguments)
                .current_dir(self.0.path())
                .env("GIT_CONFIG_GLOBAL", "/dev/null")
                .env("GIT_CONFIG_NOSYSTEM", "1")
                .output()
                .unwrap();
            assert!(output.status.success(), "{arguments:?}: {output:?}");
        }

        fn write(&self, name: &str, text: &str) -> PathBuf {
            let path = self.0.path().join(name);
            files::save_private(&path, text.as_bytes()).unwrap();
            path
        }

        fn commit(&self, name: &str) {
            self.git(&["add", "--force", "--", name]);
            self.git(&["commit", "--quiet", "--message", "x"]);
        }
    }

    fn answers(tracked: bool, ignored: bool, committed: bool) -> GitFacts {
        GitFacts {
            in_repository: Some(true),
            is_tracked: Some(tracked),
            is_ignored: Some(ignored),
            was_committed: Some(committed),
        }
    }

    const OUTSIDE: GitFacts = GitFacts {
        in_repository: Some(false),
        is_tracked: Some(false),
        is_ignored: Some(false),
        was_committed: Some(false),
    };

    #[test]
    fn outside_a_repository_there_is_nothing_to_warn_about() {
        let Some(repository) = Repository::new() else {
            return;
        };
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(facts(&folder.path().join(".env")), OUTSIDE);
        assert_eq!(facts(&repository.0.path().join(".git/.env")), OUTSIDE);
    }

    #[test]
    fn a_new_file_in_a_repository_without_commits_is_none_of_all_this() {
        let Some(repository) = Repository::new() else {
            return;
        };
        assert_eq!(
            facts(&repository.write(".env", "")),
            answers(false, false, false)
        );
        let missing = repository.0.path().join(".env.local");
        assert_eq!(facts(&missing), answers(false, false, false));
    }

    #[test]
    fn an_ignored_file_is_ignored_unless_an_exception_follows() {
        let Some(repository) = Repository::new() else {
            return;
        };
        let env = repository.write("app/.env", "");
        repository.write(".gitignore", ".env\n");
        assert_eq!(facts(&env), answers(false, true, false));
        repository.write("app/.gitignore", "!.env\n");
        assert_eq!(facts(&env), answers(false, false, false));
    }

    #[test]
    fn a_tracked_file_is_tracked_even_where_a_rule_ignores_it() {
        let Some(repository) = Repository::new() else {
            return;
        };
        let env = repository.write(".env", "A=1\n");
        repository.git(&["add", "--", ".env"]);
        assert_eq!(facts(&env), answers(true, false, false));
        repository.commit(".env");
        repository.write(".gitignore", ".env\n");
        assert_eq!(facts(&env), answers(true, true, true));
    }

    #[test]
    fn a_file_taken_out_again_is_still_in_the_history() {
        let Some(repository) = Repository::new() else {
            return;
        };
        let env = repository.write(".env", "A=1\n");
        repository.commit(".env");
        repository.git(&["rm", "--quiet", "--cached", "--", ".env"]);
        repository.git(&["commit", "--quiet", "--message", "out"]);
        assert_eq!(facts(&env), answers(false, false, true));
    }

    #[test]
    fn a_file_that_came_and_went_on_a_merged_branch_is_in_the_history() {
        let Some(repository) = Repository::new() else {
            return;
        };
        repository.write("a", "1");
        repository.commit("a");
        repository.git(&["checkout", "--quiet", "-b", "side"]);
        let env = repository.write(".env", "A=1\n");
        repository.commit(".env");
        repository.git(&["rm", "--quiet", "--", ".env"]);
        repository.git(&["commit", "--quiet", "--message", "out"]);
        repository.git(&["checkout", "--quiet", "main"]);
        repository.write("a", "2");
        repository.commit("a");
        repository.git(&["merge", "--quiet", "--no-edit", "side"]);
        repository.git(&["branch", "--delete", "--quiet", "side"]);
        assert_eq!(facts(&env), answers(false, false, true));
    }

    #[test]
    fn a_name_that_looks_like_a_pattern_or_an_option_is_a_name() {
        let Some(repository) = Repository::new() else {
            return;
        };
        repository.write(".env", "A=1\n");
        repository.commit(".env");
        for name in [".en*", ":(exclude)x", "--help", ":.env"] {
            let facts = facts(&repository.0.path().join(name));
            assert_eq!(facts.is_tracked, Some(false), "{name}");
            assert_eq!(facts.was_committed, Some(false), "{name}");
        }
    }

    #[test]
    fn the_added_rules_are_understood_by_git() {
        let Some(repository) = Repository::new() else {
            return;
        };
        for name in [
            ".env",
            ".env.local",
            "a [1]*.env",
            "!x.env",
            "#x.env",
            "end .env",
        ] {
            let rules = super::super::ignore_file::rules_for(name);
            let text = super::super::ignore_file::with_rules(b"/target\r\n", &rules).unwrap();
            repository.write(".gitignore", std::str::from_utf8(&text).unwrap());
            let file = repository.0.path().join(name);
            assert_eq!(facts(&file).is_ignored, Some(true), "{name}");
            let template = repository.0.path().join(".env.example");
            assert_eq!(facts(&template).is_ignored, Some(false), "{name}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_reached_by_a_link_is_asked_where_it_really_is() {
        let Some(repository) = Repository::new() else {
            return;
        };
        repository.write("app/.env", "");
        repository.write(".gitignore", ".env\n");
        let elsewhere = tempfile::tempdir().unwrap();
        let link = elsewhere.path().join("link");
        std::os::unix::fs::symlink(repository.0.path().join("app"), &link).unwrap();
        assert_eq!(facts(&link.join(".env")), answers(false, true, false));
    }

    #[cfg(unix)]
    #[test]
    fn no_program_that_the_repository_names_is_run() {
        use std::os::unix::fs::PermissionsExt;
        let Some(repository) = Repository::new() else {
            return;
        };
        let env = repository.write(".env", "A=1\n");
        repository.commit(".env");
        let mark = repository.0.path().join("mark");
        let script = format!("#!/bin/sh\necho run >> '{}'\n", mark.display());
        let program = repository.write("evil", &script);
        let runnable = std::fs::Permissions::from_mode(0o700);
        std::fs::set_permissions(&program, runnable).unwrap();
        let hook = repository.write(".git/hooks/post-index-change", &script);
        std::fs::set_permissions(&hook, std::fs::Permissions::from_mode(0o700)).unwrap();
        let program = program.to_str().unwrap();
        for name in [
            "core.fsmonitor",
            "core.pager",
            "core.sshCommand",
            "core.askPass",
            "core.alternateRefsCommand",
            "diff.external",
            "gpg.program",
            "filter.evil.clean",
            "diff.evil.textconv",
        ] {
            repository.git(&["config", name, program]);
        }
        repository.git(&["config", "log.showSignature", "true"]);
        repository.write(".gitattributes", "* filter=evil diff=evil\n");
        repository.write(".env", "A=2\n");
        assert_eq!(facts(&env), answers(true, false, true));
        assert!(!mark.exists());
    }

    #[test]
    fn without_git_nothing_is_claimed() {
        let folder = tempfile::tempdir().unwrap();
        let git = Git::named("no-such-git-program");
        assert_eq!(git.facts(&folder.path().join(".env")), GitFacts::default());
    }

    #[test]
    fn a_folder_that_is_not_there_is_unknown_to_git() {
        assert_eq!(
            facts(Path::new("/no/such/folder/.env")),
            GitFacts::default()
        );
        assert_eq!(facts(Path::new("/")), GitFacts::default());
    }

    #[cfg(unix)]
    #[test]
    fn a_program_that_does_not_end_is_stopped() {
        let mut endless = Command::new("sleep");
        endless.arg("1000");
        assert!(ask::run(&mut endless, Duration::from_millis(1)).is_none());
    }
}
