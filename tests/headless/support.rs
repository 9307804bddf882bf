//! The program without a terminal, in a folder and with an environment of its own.

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use serde_json::Value;

use crate::server::Server;

/// A key of the right shape that no server knows: no entropy, so that scanners stay calm.
pub const KEY: &str = "sk-or-v1-deadbeefdeadbeefdeadbeefdeadbeefdeadbeefdeadbeefdeadbeefdeadbeef";
/// How it is shown.
pub const MASKED: &str = "sk-or-v1-dea…eef";

/// How long before a program that says nothing counts as hanging; the machine may be busy.
const PATIENCE: Duration = Duration::from_mins(1);

/// The sandbox that tests share; it ends with the last of them that uses it.
fn shared_sandbox() -> Arc<Server> {
    static SHARED: Mutex<Weak<Server>> = Mutex::new(Weak::new());
    let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
    shared.upgrade().unwrap_or_else(|| {
        let server = Arc::new(Server::start(&[]));
        *shared = Arc::downgrade(&server);
        server
    })
}

/// A folder to work in, a home, and the whole environment: nothing of the machine's leaks in.
pub struct Desk {
    folder: tempfile::TempDir,
    home: tempfile::TempDir,
    environment: Vec<(String, String)>,
    sandbox: Option<Arc<Server>>,
}

impl Desk {
    /// An empty folder, and no key anywhere.
    #[expect(clippy::disallowed_methods, reason = "programs are found by it")]
    pub fn new() -> Self {
        let path = std::env::var("PATH").unwrap_or_default();
        Self {
            folder: tempfile::tempdir().expect("a folder can be made"),
            home: tempfile::tempdir().expect("a folder can be made"),
            environment: Vec::new(),
            sandbox: None,
        }
        .with("PATH", &path)
        .with("LANG", "en_US.UTF-8")
    }

    /// The same with a repository in the folder.
    pub fn repository() -> Self {
        let desk = Self::new();
        desk.git(&["init", "--quiet"]);
        desk
    }

    /// An empty folder, and everything set for the sandbox that tests share.
    pub fn sandboxed() -> Self {
        let sandbox = shared_sandbox();
        let mut desk = Self::at(&sandbox);
        desk.sandbox = Some(sandbox);
        desk
    }

    /// The sandbox that this desk shares with others.
    pub fn sandbox(&self) -> &Server {
        self.sandbox.as_ref().expect("the desk was made for it")
    }

    /// An empty folder, and everything set for this server.
    pub fn at(server: &Server) -> Self {
        Self::new()
            .with("OPENROUTER_API_BASE", &server.base_url)
            .with("OPENROUTER_API_KEY", &server.api_key)
    }

    /// With a variable in the environment, in place of one that was there.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.environment.retain(|(other, _)| other != name);
        self.environment.push((name.into(), value.into()));
        self
    }

    /// The folder, as the program names it.
    pub fn folder(&self) -> PathBuf {
        self.folder.path().canonicalize().expect("it is there")
    }

    /// A path in the folder, as the program names it.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder().join(name)
    }

    /// The program's own folder.
    pub fn home(&self) -> PathBuf {
        self.home.path().join("onramp")
    }

    /// Changes the figures that were kept.
    #[expect(clippy::disallowed_methods, reason = "a door to files in these tests")]
    pub fn rewrite_kept(&self, change: impl FnOnce(&mut Value)) {
        let files = std::fs::read_dir(self.home().join("cache/usage")).expect("figures are kept");
        let paths = files.map(|file| file.expect("a file").path());
        let path = paths.last().expect("one file");
        let text = std::fs::read_to_string(&path).expect("text");
        let mut figures = serde_json::from_str(&text).expect("JSON");
        change(&mut figures);
        std::fs::write(&path, figures.to_string()).expect("it can be written");
    }

    /// The text in a file of the folder; nothing where there is none.
    pub fn read(&self, name: &str) -> String {
        String::from_utf8(self.bytes(name)).expect("text")
    }

    /// The bytes of a file of the folder; none where it is not there.
    #[expect(clippy::disallowed_methods, reason = "a door to files in these tests")]
    pub fn bytes(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.path(name)).unwrap_or_default()
    }

    /// The rights on a file of the folder.
    #[cfg(unix)]
    pub fn mode(&self, name: &str) -> u32 {
        use std::os::unix::fs::PermissionsExt;
        let facts = std::fs::metadata(self.path(name)).expect("it is there");
        facts.permissions().mode() & 0o777
    }

    /// Writes a file of the folder.
    pub fn write(&self, name: &str, bytes: &(impl AsRef<[u8]> + ?Sized)) {
        write(&self.path(name), bytes.as_ref());
    }

    /// Writes a file of the program's own.
    pub fn write_home(&self, name: &str, text: &str) {
        write(&self.home().join(name), text.as_bytes());
    }

    /// Makes the ledger one of a later version of the program.
    pub fn ledger_of_a_later_version(&self) {
        let path = self.home().join("state/ledger.sqlite3");
        let ledger = rusqlite::Connection::open(path).expect("it is there");
        ledger
            .pragma_update(None, "user_version", 99)
            .expect("it can be written");
    }

    /// The text in a file of the program's own; nothing where there is none.
    #[expect(clippy::disallowed_methods, reason = "a door to files in these tests")]
    pub fn read_home(&self, name: &str) -> String {
        std::fs::read_to_string(self.home().join(name)).unwrap_or_default()
    }

    /// Keeps a key for a server in the credential store.
    pub fn store(&self, origin: &str, key: &str) {
        let kept = serde_json::json!({"servers": {origin: {"api_key": key}}});
        self.write_home("credentials.json", &kept.to_string());
    }

    /// Runs git in the folder.
    pub fn git(&self, words: &[&str]) {
        let mut git = Command::new("git");
        git.args(words).current_dir(self.folder.path());
        assert!(git.status().expect("git can be run").success(), "{words:?}");
    }

    /// Runs the program with nothing on its standard input.
    #[track_caller]
    pub fn run(&self, words: &[&str]) -> Ran {
        self.run_in("", b"", words)
    }

    /// Runs the program with these bytes on its standard input.
    #[track_caller]
    pub fn feed(&self, input: impl AsRef<[u8]>, words: &[&str]) -> Ran {
        self.run_in("", input.as_ref(), words)
    }

    /// Runs the program in a folder below this one.
    #[track_caller]
    pub fn run_in(&self, below: &str, input: &[u8], words: &[&str]) -> Ran {
        let mut command = self.command(words);
        command.current_dir(self.path(below));
        let output = assert_cmd::Command::from_std(command)
            .timeout(PATIENCE)
            .write_stdin(input)
            .output()
            .expect("the program can be run");
        let ran = Ran {
            words: words.join(" "),
            code: output.status.code(),
            out: String::from_utf8(output.stdout).expect("text"),
            err: String::from_utf8(output.stderr).expect("text"),
        };
        ran.holds_no_key();
        ran
    }

    /// The program, not started yet.
    pub fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_onramp"));
        command
            .args(words)
            .env_clear()
            .env("HOME", self.home.path())
            .env("ONRAMP_HOME", self.home())
            // No test meets the keyring of whoever runs it.
            .env("ONRAMP_KEYRING", "never")
            .envs(self.environment.iter().cloned())
            .current_dir(self.folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }
}

/// Writes a file and the folders that lead to it.
#[expect(clippy::disallowed_methods, reason = "a door to files in these tests")]
fn write(path: &Path, bytes: &[u8]) {
    let folder = path.parent().expect("a file stands in a folder");
    std::fs::create_dir_all(folder).expect("a folder can be made");
    std::fs::write(path, bytes).expect("a file can be written");
}

/// What a program said, and how it ended.
pub struct Ran {
    words: String,
    /// The exit code; `None` when a signal ended it.
    pub code: Option<i32>,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Ran {
    /// It ended with this code.
    #[track_caller]
    pub fn ends(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{self}");
        self
    }

    /// Standard output holds these words.
    #[track_caller]
    pub fn says(self, words: &str) -> Self {
        assert!(
            self.out.contains(words),
            "{words:?} is not on stdout: {self}"
        );
        self
    }

    /// Standard error holds these words.
    #[track_caller]
    pub fn notes(self, words: &str) -> Self {
        assert!(
            self.err.contains(words),
            "{words:?} is not on stderr: {self}"
        );
        self
    }

    /// Standard error is empty.
    #[track_caller]
    pub fn quietly(self) -> Self {
        assert_eq!(self.err, "", "{self}");
        self
    }

    /// Standard output is empty.
    #[track_caller]
    pub fn without_result(self) -> Self {
        assert_eq!(self.out, "", "{self}");
        self
    }

    /// The JSON that is all of standard output: one line.
    #[track_caller]
    pub fn json(&self) -> Value {
        assert_eq!(self.out.lines().count(), 1, "{self}");
        match serde_json::from_str(&self.out) {
            Ok(value) => value,
            Err(error) => panic!("{error}: {self}"),
        }
    }

    /// No key of OpenRouter's stands anywhere in it, whichever it is.
    #[track_caller]
    fn holds_no_key(&self) {
        for text in [&self.out, &self.err] {
            assert!(!holds_key(text), "a key is shown whole: {self}");
        }
    }
}

impl fmt::Display for Ran {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            words,
            code,
            out,
            err,
        } = self;
        write!(
            f,
            "onramp {words}: {code:?}\n--- stdout\n{out}\n--- stderr\n{err}"
        )
    }
}

/// Whether a key of OpenRouter's stands in a text, whole or nearly so.
pub fn holds_key(text: &str) -> bool {
    text.split("sk-or-v1-")
        .skip(1)
        .any(|rest| rest.chars().take_while(char::is_ascii_hexdigit).count() >= 16)
}

/// The shape of a JSON value: its members and their types, the members of lists side by side.
pub fn shape(value: &Value) -> String {
    match value {
        Value::Null => "null".into(),
        Value::Bool(_) => "bool".into(),
        Value::Number(number) if number.is_u64() => "count".into(),
        Value::Number(_) => "number".into(),
        Value::String(_) => "text".into(),
        Value::Array(values) => {
            let mut shapes: Vec<String> = values.iter().map(shape).collect();
            shapes.sort_unstable();
            shapes.dedup();
            format!("[{}]", shapes.join(" | "))
        }
        Value::Object(members) => {
            let members = members.iter();
            let members = members.map(|(name, value)| format!("{name}: {}", shape(value)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(", "))
        }
    }
}
