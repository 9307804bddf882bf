//! A project, a home of its own, and the program run in it.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// The key that stands in every test: no entropy, so that scanners stay calm.
pub(crate) const KEY: &str =
    "sk-or-v1-deadbeefdeadbeefdeadbeefdeadbeefdeadbeefdeadbeefdeadbeefdeadbeef";
/// Another one.
pub(crate) const OTHER: &str =
    "sk-or-v1-cafebeefcafebeefcafebeefcafebeefcafebeefcafebeefcafebeefcafebeef";

pub(crate) struct Desk {
    folder: TempDir,
    home: TempDir,
    environment: Vec<(String, String)>,
}

/// What came of a run.
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Desk {
    /// A folder with these files, readable by their owner alone.
    pub(crate) fn with(files: &[(&str, &str)]) -> Self {
        let desk = Self {
            folder: tempfile::tempdir().unwrap(),
            home: tempfile::tempdir().unwrap(),
            environment: Vec::new(),
        };
        for (name, text) in files {
            desk.write(name, text);
        }
        desk
    }

    /// The same in a git repository that ignores `.env` and its variants.
    pub(crate) fn repository(files: &[(&str, &str)]) -> Self {
        let desk = Self::with(files);
        desk.git(&["init", "--quiet"]);
        desk
    }

    pub(crate) fn git(&self, words: &[&str]) {
        let mut command = Command::new("git");
        command.args(["-c", "user.name=a", "-c", "user.email=a@b"]);
        let made = command.args(words).current_dir(self.folder.path()).status();
        assert!(made.unwrap().success(), "git {words:?}");
    }

    /// This, with a variable in the environment.
    pub(crate) fn exporting(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.into(), value.into()));
        self
    }

    /// This, with a file in the home folder.
    pub(crate) fn at_home(self, name: &str, text: &str) -> Self {
        fs::write(self.home.path().join(name), text).unwrap();
        self
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().canonicalize().unwrap().join(name)
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        let path = self.folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        self.chmod(name, 0o600);
    }

    pub(crate) fn chmod(&self, name: &str, mode: u32) {
        fs::set_permissions(self.folder.path().join(name), Permissions::from_mode(mode)).unwrap();
    }

    pub(crate) fn mode(&self, name: &str) -> u32 {
        let facts = fs::metadata(self.folder.path().join(name)).unwrap();
        facts.permissions().mode() & 0o777
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.folder.path().join(name)).unwrap_or_default()
    }

    pub(crate) fn home_path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    pub(crate) fn home_file(&self, name: &str) -> String {
        fs::read_to_string(self.home.path().join(name)).unwrap_or_default()
    }

    /// Runs the program with nobody at the terminal; no key is ever in what it says.
    pub(crate) fn run(&self, words: &[&str]) -> Ran {
        let output: Output = Command::new(env!("CARGO_BIN_EXE_onramp"))
            .args(words)
            .current_dir(self.folder.path())
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.home.path())
            .env("ONRAMP_HOME", self.home.path().join("onramp"))
            .env("ONRAMP_KEYRING", "never")
            .env("LANG", "en_US.UTF-8")
            .envs(self.environment.iter().cloned())
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let ran = Ran {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        };
        for key in [KEY, OTHER] {
            assert!(
                !ran.out.contains(key) && !ran.err.contains(key),
                "{words:?}"
            );
        }
        ran
    }

    /// What `env doctor --json` says, and its exit code.
    pub(crate) fn doctor(&self, more: &[&str]) -> (Value, i32) {
        let ran = self.run(&[&["env", "doctor", "--json"], more].concat());
        let said = serde_json::from_str(&ran.out);
        (
            said.unwrap_or_else(|_| panic!("{}{}", ran.out, ran.err)),
            ran.code,
        )
    }

    /// The findings as `id file:line severity`.
    pub(crate) fn findings(&self) -> Vec<String> {
        let (said, _) = self.doctor(&[]);
        let all = said["findings"].as_array().unwrap().iter();
        all.map(|finding| {
            let text = |name: &str| finding[name].as_str().unwrap_or_default().to_owned();
            let file = text("file");
            let file = file.rsplit('/').next().unwrap_or_default();
            let line = finding["line"].as_u64().unwrap_or(0);
            format!("{} {file}:{line} {}", text("id"), text("severity"))
        })
        .collect()
    }
}
