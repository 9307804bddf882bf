//! A fresh repository, made by git itself, and the program in it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::AtomicBool;

use onramp::project::scan::{self, Found, Limits, Progress, Watch};
use sha2::{Digest, Sha256};

/// A key that looks random, made from a word, so that none stands in this source.
pub(crate) fn key(word: &str) -> String {
    let digits = Sha256::digest(word);
    let digits: Vec<String> = digits.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sk-or-v1-{}", digits.join(""))
}

/// A repository in a folder of its own, with a home of its own beside it.
pub(crate) struct Repository {
    whole: tempfile::TempDir,
}

impl Repository {
    pub(crate) fn new() -> Self {
        let repository = Self::without_git();
        repository.git(&["init", "--quiet", "--initial-branch=main"]);
        repository
    }

    /// A folder in which nobody has run `git init`.
    pub(crate) fn without_git() -> Self {
        let whole = tempfile::tempdir().unwrap();
        fs::create_dir(whole.path().join("repository")).unwrap();
        Self { whole }
    }

    pub(crate) fn root(&self) -> PathBuf {
        self.whole.path().join("repository").canonicalize().unwrap()
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.root().join(name)
    }

    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    pub(crate) fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap()
    }

    pub(crate) fn make_runnable(&self, name: &str) {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(self.path(name), fs::Permissions::from_mode(0o755)).unwrap();
    }

    fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        // The hook finds the program where a person's shell would.
        let own = Path::new(env!("CARGO_BIN_EXE_onramp")).parent().unwrap();
        let path = std::env::var("PATH").unwrap_or_default();
        command
            .current_dir(self.root())
            .env("PATH", format!("{}:{path}", own.display()))
            .env("ONRAMP_HOME", self.whole.path().join("home"))
            .env("ONRAMP_KEYRING", "never")
            .env("HOME", self.whole.path())
            .env("LANG", "en_US.UTF-8")
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1");
        for name in [
            "GIT_DIR",
            "GIT_INDEX_FILE",
            "GIT_WORK_TREE",
            "XDG_CONFIG_HOME",
        ] {
            command.env_remove(name);
        }
        command
    }

    /// Runs git, however it ends.
    pub(crate) fn try_git(&self, words: &[&str]) -> Output {
        let mut command = self.command(Path::new("git"));
        command
            .args(["-c", "user.name=T", "-c", "user.email=t@example.com"])
            .args(["-c", "commit.gpgSign=false"])
            .args(words);
        command.output().unwrap()
    }

    pub(crate) fn git(&self, words: &[&str]) -> String {
        let output = self.try_git(words);
        assert!(output.status.success(), "{words:?}: {output:?}");
        String::from_utf8(output.stdout).unwrap()
    }

    pub(crate) fn commit(&self, message: &str) {
        self.git(&["add", "--all", "--force"]);
        self.git(&["commit", "--quiet", "--no-verify", "--message", message]);
    }

    /// Runs the program; its exit code, what it prints, and what it says beside it.
    pub(crate) fn onramp(&self, words: &[&str]) -> (i32, String, String) {
        let mut command = self.command(Path::new(env!("CARGO_BIN_EXE_onramp")));
        let output = command.args(words).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        let code = output.status.code().unwrap();
        (code, text(output.stdout), text(output.stderr))
    }

    /// The tree, looked through to its end.
    pub(crate) fn tree(&self) -> Found {
        watched(&|_| (), |watch| {
            scan::tree(&self.root(), Limits::default(), watch)
        })
    }

    /// The history, looked through to its end.
    pub(crate) fn history(&self) -> Found {
        watched(&|_| (), |watch| scan::history(&self.root(), watch)).unwrap()
    }

    /// Where keys were found: name from the root, line, column.
    pub(crate) fn places(&self, found: &Found) -> Vec<(String, usize, usize)> {
        let name = |path: &Path| {
            path.strip_prefix(self.root())
                .unwrap()
                .display()
                .to_string()
        };
        let leaks = found.leaks.iter();
        leaks
            .map(|leak| (name(&leak.path), leak.line, leak.column))
            .collect()
    }
}

/// Scans with somebody who only listens.
pub(crate) fn watched<T>(
    tell: &(dyn Fn(Progress) + Sync),
    scan: impl FnOnce(&Watch<'_>) -> T,
) -> T {
    let stop = AtomicBool::new(false);
    scan(&Watch {
        stop: &stop,
        until: None,
        tell,
    })
}
