//! The wizard as plain lines, walked through a pipe as a person would: read, then answer.

use std::io::{Read, Write};
use std::process::{Child, ChildStdin, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use crate::server::Server;
use crate::support::{Desk, KEY, MASKED, holds_key};

/// The key of every sandbox, the one inside the program included.
fn sandbox_key() -> String {
    format!("sk-or-v1-{}", "5a4db0c5".repeat(8))
}

/// How long a person would wait for the next words; the machine may be busy.
const PATIENCE: Duration = Duration::from_secs(30);

/// A wizard that is being talked to.
pub struct Talk {
    child: Child,
    typed: ChildStdin,
    said: Receiver<String>,
    /// What it said since the last answer.
    since: String,
    /// All that it said.
    heard: String,
}

impl Talk {
    pub fn start(desk: &Desk, words: &[&str]) -> Self {
        let mut command = desk.command(words);
        let child = command.stdin(Stdio::piped()).spawn();
        let mut child = child.expect("the program can be run");
        let mut out = child.stdout.take().expect("its output is piped");
        let (pieces, said) = channel();
        std::thread::spawn(move || {
            let mut bytes = Vec::new();
            let mut chunk = [0; 4096];
            while let Ok(read @ 1..) = out.read(&mut chunk) {
                bytes.extend_from_slice(&chunk[..read]);
                // A chunk may end inside a character: then the next one completes it.
                if let Ok(text) = String::from_utf8(bytes.clone()) {
                    bytes.clear();
                    let _ = pieces.send(text);
                }
            }
        });
        Self {
            typed: child.stdin.take().expect("its input is piped"),
            said,
            child,
            since: String::new(),
            heard: String::new(),
        }
    }

    /// Reads until these words were said and an answer is asked for.
    #[track_caller]
    pub fn hear(&mut self, words: &str) -> &mut Self {
        while !(self.since.contains(words) && self.since.ends_with("\n> ")) {
            let Ok(new) = self.said.recv_timeout(PATIENCE) else {
                let _ = self.child.kill();
                panic!("{words:?} did not come: {}", self.heard);
            };
            self.since.push_str(&new);
            self.heard.push_str(&new);
        }
        self
    }

    /// Types the number of a choice that was offered.
    #[track_caller]
    pub fn choose(&mut self, label: &str) -> &mut Self {
        let line = self.since.lines().rfind(|line| line.contains(label));
        let number = line.and_then(|line| line.split_once(". "));
        let Some((number, _)) = number else {
            panic!("no choice {label:?}: {}", self.since);
        };
        let number = number.trim().to_owned();
        self.answer(&number)
    }

    /// Types a line.
    pub fn answer(&mut self, line: &str) -> &mut Self {
        self.since.clear();
        writeln!(self.typed, "{line}").expect("it reads");
        self
    }

    /// Ends the input, and tells all that was said and the exit code.
    pub fn end(mut self) -> (String, Option<i32>) {
        drop(self.typed);
        self.heard.extend(self.said.iter());
        let status = self.child.wait().expect("it ends");
        (self.heard, status.code())
    }
}

/// As far as the key.
fn walk_to_the_key(desk: &Desk) -> Talk {
    let mut talk = Talk::start(desk, &["setup", "--plain", "--sandbox"]);
    talk.hear("Step 1 of 6").choose("I have an account");
    talk.hear("Step 2 of 6").choose("Continue");
    // Once this is offered, all is: what is here already was looked at.
    talk.hear("Use the key from the sandbox")
        .choose("Paste a key I have");
    talk.hear("type it here");
    talk
}

#[test]
fn by_numbers_to_a_tested_key_in_the_file() {
    let desk = Desk::repository();
    desk.write(".env", "DEBUG=1\n");
    let mut talk = walk_to_the_key(&desk);
    talk.answer(&format!("export OPENROUTER_API_KEY='{}'", sandbox_key()));
    talk.hear("The server accepts this key")
        .choose("Continue with this key");
    talk.hear("The whole change")
        .hear("+ OPENROUTER_API_KEY=sk-or-v1-5a4…0c5");
    assert_eq!(desk.read(".env"), "DEBUG=1\n", "nothing is written before");
    talk.choose("Write this change");
    talk.hear("Written and read back").choose("Continue");
    talk.hear("Run the quick test").choose("Run the quick test");
    talk.hear("The setup works").choose("Continue");
    talk.hear("Step 6 of 6").choose("Continue");
    talk.hear("Ready").answer("q");
    let (heard, code) = talk.end();
    assert_eq!(code, Some(0), "{heard}");
    assert!(
        heard.contains("onramp: wrote OPENROUTER_API_KEY to "),
        "{heard}"
    );
    assert!(!holds_key(&heard), "{heard}");
    assert!(!heard.contains('\u{1b}'), "{heard}");
    let env = desk.read(".env");
    let key = sandbox_key();
    let written =
        format!("DEBUG=1\nOPENROUTER_API_KEY={key}\nOPENROUTER_API_BASE=http://127.0.0.1:");
    assert!(env.starts_with(&written), "{env}");
    assert_eq!(desk.read(".gitignore"), ".env\n.env.*\n!.env.example\n");
}

#[test]
fn which_program_reads_which_key_is_told_in_lines_and_in_the_sandbox_of_files_alone() {
    let desk = Desk::repository().with("OPENROUTER_API_KEY", KEY);
    let other = KEY.replace("dead", "cafe");
    desk.write(".env", &format!("OPENROUTER_API_KEY={other}\n"));
    let mut pipe = std::process::Command::new("mkfifo");
    let made = pipe.arg(desk.path(".env.local")).status();
    assert!(made.expect("it can be run").success());
    let mut talk = walk_to_the_key(&desk);
    talk.answer(&sandbox_key());
    talk.hear("The server accepts this key")
        .choose("Continue with this key");
    talk.hear("The whole change")
        .choose("Which program reads which key?");
    talk.hear("In the sandbox only the project's files are looked at.")
        .hear("  .env line 1  sk-or-v1-caf…eef\n")
        .hear("! .env.local  This file is a pipe, filled by another program\n")
        .hear("\n    python-dotenv                      .env line 1\n")
        .choose("Back");
    talk.hear("The whole change");
    let (heard, _) = talk.end();
    assert!(!heard.contains(MASKED), "{heard}");
    assert!(!holds_key(&heard), "{heard}");
}

#[test]
fn a_wait_is_told_once_and_can_be_cut_short() {
    let server = Server::start(&["--fault", "capacity"]);
    let desk = Desk::new();
    let file = format!(
        "OPENROUTER_API_KEY={}\nOPENROUTER_API_BASE={}\n",
        server.api_key, server.base_url
    );
    desk.write(".env", &file);
    let mut talk = Talk::start(&desk, &["setup", "--plain"]);
    talk.hear("Run the quick test").choose("Run the quick test");
    talk.hear("Try again in").choose("Try again in");
    talk.hear("Trying again in").choose("Try now");
    talk.hear("Show what was seen").choose("Try again in");
    talk.hear("Trying again in").choose("Stop");
    talk.hear("Run it again").answer("q");
    let (heard, code) = talk.end();
    assert_eq!(code, Some(0), "{heard}");
    assert_eq!(heard.matches("Trying again in").count(), 2, "{heard}");
}

#[test]
fn alerts_are_set_by_numbers_and_kept() {
    let server = Server::start(&[]);
    let desk = Desk::new();
    let file = format!(
        "OPENROUTER_API_KEY={}\nOPENROUTER_API_BASE={}\n",
        server.api_key, server.base_url
    );
    desk.write(".env", &file);
    desk.write_home("preferences.json", r#"{"lang": "en", "theirs": 1.0}"#);
    let mut talk = Talk::start(&desk, &["setup", "--plain"]);
    talk.hear("Run the quick test").answer("s");
    talk.hear("Step 6 of 6").choose("Alerts (below $5.00");
    talk.hear("Good as it is")
        .choose("The balance is low (below $5.00)");
    // A number is an amount here, and no choice.
    talk.hear("Below which balance").answer("much");
    talk.hear("! much is no amount").answer("2");
    talk.hear("The balance is low (below $2.00)")
        .choose("The terminal calls you (off)");
    talk.hear("The terminal calls you (by its bell)")
        .answer("q");
    let (heard, code) = talk.end();
    assert_eq!(code, Some(0), "{heard}");
    // Its bell does not ring in a pipe.
    assert!(!heard.contains(['\u{7}', '\u{1b}']), "{heard}");
    let kept = desk.read_home("preferences.json");
    let kept: serde_json::Value = serde_json::from_str(&kept).expect("JSON");
    let expected = serde_json::json!({
        "alerts": {"balance_usd": 2.0}, "lang": "en", "notify": "bell", "theirs": 1.0,
    });
    assert_eq!(kept, expected);
    // And they are understood.
    let ran = desk.run(&["usage", "--json"]).ends(0);
    assert!(!ran.err.contains("preferences"), "{ran}");
}

#[test]
fn the_end_of_the_input_ends_it_and_nothing_was_changed() {
    let desk = Desk::repository();
    desk.run(&["setup", "--plain", "--sandbox"])
        .ends(0)
        .says("Step 1 of 6")
        .says("onramp: nothing was changed");
    desk.feed("1\n1\n", &["--plain", "--sandbox"])
        .ends(0)
        .says("How would you like to get a key?")
        .says("onramp: nothing was changed");
    assert!(!desk.path(".env").exists());
}

#[test]
fn an_answer_that_is_none_is_asked_again() {
    let desk = Desk::repository();
    let mut talk = Talk::start(&desk, &["setup", "--plain", "--sandbox"]);
    talk.hear("Step 1 of 6").answer("9");
    talk.answer("nonsense").answer("s");
    talk.hear("Step 2 of 6").answer("b");
    talk.hear("Step 1 of 6").answer("l");
    talk.hear("我已有账户").answer("q");
    let (heard, code) = talk.end();
    assert_eq!(code, Some(0), "{heard}");
    assert!(heard.contains("There is no choice 9."), "{heard}");
    assert!(heard.contains("There is no choice nonsense."), "{heard}");
}

#[test]
fn a_key_that_the_server_refuses_is_told_and_never_shown() {
    let desk = Desk::repository();
    let mut talk = walk_to_the_key(&desk);
    talk.answer(KEY).hear("The server refused this key");
    let (heard, code) = talk.end();
    assert_eq!(code, Some(0), "{heard}");
    assert!(!holds_key(&heard), "{heard}");
    assert!(heard.contains(MASKED), "{heard}");
    assert!(!desk.path(".env").exists());
}

#[test]
fn a_dumb_terminal_is_plain_by_itself() {
    let desk = Desk::repository().with("TERM", "dumb");
    desk.run(&["setup", "--sandbox"])
        .ends(0)
        .says("Step 1 of 6");
}
