//! `onramp keys rotate`: killed, stopped and failed behind every step, it leaves all new or all old.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Stdio};

use serde_json::Value;

use crate::gate::{Gate, Says, ask};
use crate::server::Server;
use crate::support::{Desk, KEY, Ran, holds_key};

/// The steps up to the one that switches the old key off, each of which can still be taken back.
const STEPS: [&str; 8] = [
    "begin", "create", "keep", "write", "write:2", "store", "test", "name",
];

/// A project of two parts whose files, and onramp's own store, hold the sandbox's key.
struct Bench {
    server: Server,
    desk: Desk,
}

/// What a rotation left.
#[derive(Debug, PartialEq, Eq)]
enum Left {
    New,
    Old,
}

impl Bench {
    fn new() -> Self {
        let server = Server::start(&[]);
        let desk = Desk::new()
            .with("OPENROUTER_API_BASE", &server.base_url)
            .with("OPENROUTER_MANAGEMENT_KEY", &server.management_key);
        let key = &server.api_key;
        desk.write(".env", &format!("# mine\nOPENROUTER_API_KEY={key}\nA=1\n"));
        desk.write(
            "api/.env.local",
            &format!("B=2\nexport LLM_KEY=\"{key}\" # x\n"),
        );
        desk.store(server.base_url.trim_end_matches("/api/v1"), key);
        Self { server, desk }
    }

    /// The same through a gate that answers some requests itself.
    fn behind(rule: impl Fn(&str, &str) -> Says + Send + Sync + 'static) -> Self {
        let mut bench = Self::new();
        let gate = Gate::before(&bench.server.base_url, rule);
        let key = &bench.server.api_key;
        bench.desk.store(gate.trim_end_matches("/api/v1"), key);
        bench.desk = bench.desk.with("OPENROUTER_API_BASE", &gate);
        bench
    }

    fn rotate(&self, more: &[&str]) -> Ran {
        let words = ["keys", "rotate", "--yes", "--json"];
        self.desk.run(&[&words, more].concat())
    }

    /// The program, halted behind a step.
    fn halted(&self, step: &str) -> Halted {
        let mut command = self.desk.command(&["keys", "rotate", "--yes"]);
        let command = command.env("ONRAMP_HALT_AFTER", step);
        let mut child = command.stdin(Stdio::piped()).spawn().expect("it runs");
        let mut err = BufReader::new(child.stderr.take().expect("it is piped"));
        let mut said = String::new();
        while !said.ends_with("halted\n") {
            let read = err.read_line(&mut said).expect("text");
            assert!(read > 0, "it never came to {step}: {said}");
        }
        self.works();
        Halted { child, err, said }
    }

    /// The keys in the files and in the store, in this order.
    fn keys(&self) -> Vec<String> {
        let texts = [
            self.desk.read(".env"),
            self.desk.read("api/.env.local"),
            self.desk.read_home("credentials.json"),
        ];
        let key = |text: &String| {
            let at = text.find("sk-or-v1-").expect("it holds a key");
            text.get(at..at + 73).expect("it is whole").to_owned()
        };
        texts.iter().map(key).collect()
    }

    /// Every key that is written works.
    #[track_caller]
    fn works(&self) {
        for key in self.keys() {
            let (status, answer) = ask(&self.server.base_url, "GET", "/key", &key, "");
            assert_eq!(status, 200, "a written key does not work: {answer}");
        }
    }

    fn manage(&self, method: &str, path: &str, body: &str) -> Value {
        let key = &self.server.management_key;
        let (status, answer) = ask(&self.server.base_url, method, path, key, body);
        assert!(status < 300, "{status} {answer}");
        answer
    }

    /// The old key's object in a list of all keys.
    fn rows(&self) -> Vec<Value> {
        let all = self.manage("GET", "/keys?include_disabled=true", "");
        let rows = all["data"].as_array().expect("a list").iter().cloned();
        let is_ours = |row: &Value| {
            let name = row["name"].as_str().unwrap_or_default();
            name == "inference" || name.contains("rotation")
        };
        rows.filter(is_ours).collect()
    }

    fn old_hash(&self) -> String {
        let own = ask(
            &self.server.base_url,
            "GET",
            "/key",
            &self.server.api_key,
            "",
        )
        .1;
        let rows = self.rows();
        let row = rows.iter().find(|row| row["label"] == own["data"]["label"]);
        row.expect("it is listed")["hash"]
            .as_str()
            .expect("text")
            .into()
    }

    /// All new and the old one off, or all old and nothing more: never anything between.
    #[track_caller]
    fn left(&self) -> Left {
        self.works();
        let keys = self.keys();
        assert!(keys.iter().all(|key| *key == keys[0]), "one key everywhere");
        let journals = std::fs::read_dir(self.desk.home().join("state/rotation"));
        let journals = journals.into_iter().flatten().flatten();
        let journals = journals.filter(|entry| entry.path().is_file());
        assert_eq!(journals.count(), 0, "nothing is left to take up");
        let rows = self.rows();
        let is_on = |row: &&Value| row["disabled"] == false;
        let on: Vec<&Value> = rows.iter().filter(is_on).collect();
        assert_eq!(on.len(), 1, "{rows:?}");
        assert_eq!(
            (&on[0]["name"], &on[0]["limit"]),
            (&"inference".into(), &25.0.into())
        );
        assert_eq!(on[0]["limit_reset"], "monthly");
        if keys[0] == self.server.api_key {
            assert_eq!(rows.len(), 1, "no orphan: {rows:?}");
            return Left::Old;
        }
        let tail = keys[0].get(70..).expect("a whole key");
        let label = on[0]["label"].as_str().expect("text");
        assert!(label.ends_with(tail), "{label}");
        Left::New
    }
}

/// A program that waits behind a step.
struct Halted {
    child: Child,
    err: BufReader<std::process::ChildStderr>,
    said: String,
}

impl Halted {
    fn kill(mut self) {
        self.child.kill().expect("it runs");
        self.child.wait().expect("it ends");
    }

    fn go_on(mut self) -> (Option<i32>, String) {
        let mut input = self.child.stdin.take().expect("it is piped");
        input.write_all(b"\n").expect("it reads");
        self.end()
    }

    #[cfg(unix)]
    fn interrupt(self) -> (Option<i32>, String) {
        use rustix::process::{Pid, Signal, kill_process};
        kill_process(Pid::from_child(&self.child), Signal::INT).expect("it runs");
        self.end()
    }

    /// How it ended, and all it said.
    fn end(mut self) -> (Option<i32>, String) {
        self.err.read_to_string(&mut self.said).expect("text");
        let ended = self.child.wait_with_output().expect("it ends");
        let said = self.said + &String::from_utf8_lossy(&ended.stdout);
        assert!(!holds_key(&said), "a key is shown whole: {said}");
        (ended.status.code(), said)
    }
}

#[test]
fn a_rotation_writes_the_successor_everywhere_and_switches_the_old_key_off() {
    let bench = Bench::new();
    let ran = bench.rotate(&[]).ends(0);
    let told = ran.json();
    assert_eq!(told["outcome"], "rotated");
    assert_eq!(told["files"].as_array().map(Vec::len), Some(2));
    assert_eq!(
        (&told["store"], &told["resumed"]),
        (&true.into(), &false.into())
    );
    assert_eq!(bench.left(), Left::New);
    let key = &bench.keys()[0];
    assert_eq!(
        (bench.desk.read(".env"), bench.desk.read("api/.env.local")),
        (
            format!("# mine\nOPENROUTER_API_KEY={key}\nA=1\n"),
            format!("B=2\nexport LLM_KEY=\"{key}\" # x\n")
        )
    );
}

#[test]
fn the_step_back_that_would_bring_the_old_key_is_forgotten() {
    let bench = Bench::new();
    let before = bench.desk.read(".env");
    bench.desk.run(&["env", "set", "B=1"]).ends(0);
    bench.rotate(&[]).ends(0);
    let rotated = bench.desk.read(".env");
    assert_ne!(rotated, before);
    let undo = bench.desk.run(&["env", "undo"]).ends(10);
    undo.notes("There is nothing to take back");
    assert_eq!(bench.desk.read(".env"), rotated);
}

#[test]
fn the_old_key_can_be_deleted_for_good() {
    let bench = Bench::new();
    bench.rotate(&["this", "--delete-old"]).ends(0);
    assert_eq!(bench.left(), Left::New);
    assert_eq!(bench.rows().len(), 1);
}

#[test]
fn a_plan_changes_nothing_and_shows_everything() {
    let bench = Bench::new();
    let before = (bench.keys(), bench.rows());
    bench
        .desk
        .run(&["keys", "rotate", "--dry-run"])
        .ends(0)
        .says("inference, limit $25.00, resets monthly")
        .says(".env line 2: OPENROUTER_API_KEY")
        .says(".env.local line 2: LLM_KEY")
        .says("switch the old key off");
    let ran = bench.rotate(&["--dry-run"]).ends(0);
    assert_eq!(ran.json()["outcome"], "planned");
    assert_eq!((bench.keys(), bench.rows()), before);
    assert!(!bench.desk.home().join("state").exists(), "no file is made");
    // Nobody is here to agree.
    bench.desk.run(&["keys", "rotate"]).ends(2).notes("--yes");
    assert_eq!(bench.left(), Left::Old);
}

#[test]
fn killed_behind_every_step_the_next_run_goes_on_or_back_and_says_which() {
    for step in STEPS.into_iter().chain(["retire"]) {
        let bench = Bench::new();
        bench.halted(step).kill();
        bench.works();
        let pending = bench.desk.run(&["keys", "rotate", "--dry-run"]);
        assert!(pending.err.contains("interrupted"), "{step}: {pending}");
        let listed = bench.desk.run(&["keys", "list"]).ends(0);
        assert!(listed.err.contains("interrupted"), "{step}: {listed}");
        let ran = bench.rotate(&[]);
        let told = ran.json();
        assert_eq!(told["resumed"], true, "{step}: {ran}");
        let (outcome, code, left) = match step {
            "begin" | "create" => ("rolled_back", 11, Left::Old),
            _ => ("rotated", 0, Left::New),
        };
        assert_eq!(
            (&told["outcome"], ran.code),
            (&outcome.into(), Some(code)),
            "{step}: {ran}"
        );
        assert_eq!(
            told["notes"].as_array().map(Vec::len),
            Some(usize::from(step == "create"))
        );
        assert_eq!(bench.left(), left, "{step}");
    }
    let bench = Bench::new();
    bench.halted("end").kill();
    assert_eq!(bench.left(), Left::New);
}

#[cfg(unix)]
#[test]
fn stopped_behind_every_step_it_puts_everything_back_until_the_old_key_is_off() {
    for step in STEPS {
        let bench = Bench::new();
        let (code, said) = bench.halted(step).interrupt();
        assert_eq!(code, Some(130), "{step}: {said}");
        assert!(said.contains("rolled back"), "{step}: {said}");
        assert_eq!(bench.left(), Left::Old, "{step}");
    }
    let bench = Bench::new();
    let (code, said) = bench.halted("retire").interrupt();
    assert_eq!((code, bench.left()), (Some(0), Left::New), "{said}");
}

#[test]
fn refused_anywhere_it_puts_everything_back() {
    let create = |head: &str, _: &str| head.starts_with("POST ");
    let name =
        |_: &str, body: &str| body.contains("\"name\":\"inference\"") && !body.contains("limit");
    let retire = |_: &str, body: &str| body.contains("\"disabled\":true");
    let steps: [fn(&str, &str) -> bool; 3] = [create, name, retire];
    for (at, is_step) in steps.into_iter().enumerate() {
        for status in [403, 404, 409, 429, 500] {
            let bench = Bench::behind(move |head, body| {
                if is_step(head, body) {
                    Says::Itself(status)
                } else {
                    Says::AsItIs
                }
            });
            let ran = bench.rotate(&[]);
            let told = ran.json();
            if (at, status) == (2, 404) {
                // Who says that there is no such key says that it is off.
                assert_eq!(
                    (&told["outcome"], ran.code),
                    (&"rotated".into(), Some(0)),
                    "{ran}"
                );
                continue;
            }
            assert_eq!(told["outcome"], "rolled_back", "{at} {status}: {ran}");
            assert!(
                ran.code != Some(0) && told["trouble"]["id"].is_string(),
                "{ran}"
            );
            assert_eq!(bench.left(), Left::Old, "{at} {status}");
        }
    }
}

#[test]
fn an_answer_that_is_lost_leaves_no_orphan_and_no_dead_key() {
    for word in ["\"name\":\"onramp rotation", "\"disabled\":true"] {
        let bench = Bench::behind(move |_, body| {
            if body.contains(word) {
                Says::NothingBack
            } else {
                Says::AsItIs
            }
        });
        let ran = bench.rotate(&[]).ends(7);
        assert_eq!(ran.json()["outcome"], "rolled_back", "{ran}");
        assert_eq!(bench.left(), Left::Old, "{word}");
    }
}

#[test]
fn killed_on_the_way_back_the_next_run_goes_on_back() {
    for step in ["put_back", "put_back:2", "put_back_store", "remove"] {
        let bench = Bench::behind(|_, body| {
            if body.contains("\"disabled\":true") {
                Says::Itself(403)
            } else {
                Says::AsItIs
            }
        });
        bench.halted(step).kill();
        let ran = bench.rotate(&[]).ends(11);
        assert_eq!(ran.json()["outcome"], "rolled_back", "{ran}");
        assert_eq!(bench.left(), Left::Old, "{step}");
    }
}

#[test]
fn what_cannot_be_put_back_is_told_and_taken_up_by_the_next_run() {
    let bench = Bench::new();
    let halted = bench.halted("write:2");
    // Another program has turned the file into a folder's prey: it cannot be read as a file any more.
    let kept = bench.desk.bytes(".env");
    let path = bench.desk.path(".env");
    remove(&path);
    std::fs::create_dir(&path).expect("a folder can be made");
    let rows = bench.rows();
    let successor = rows.iter().find(|row| row["name"] != "inference");
    let hash = successor.expect("it is made")["hash"]
        .as_str()
        .expect("text");
    bench.manage("PATCH", &format!("/keys/{hash}"), r#"{"disabled":true}"#);
    let (code, said) = halted.go_on();
    assert_ne!(code, Some(0), "{said}");
    assert!(
        said.contains("not put back whole") && said.contains(".env"),
        "{said}"
    );
    bench.manage("PATCH", &format!("/keys/{hash}"), r#"{"disabled":false}"#);
    std::fs::remove_dir(&path).expect("it is empty");
    bench.desk.write(".env", &kept);
    let ran = bench.rotate(&[]).ends(11);
    assert_eq!(
        (&ran.json()["outcome"], bench.left()),
        (&"rolled_back".into(), Left::Old)
    );
}

#[expect(clippy::disallowed_methods, reason = "a door to files in these tests")]
fn remove(path: &std::path::Path) {
    std::fs::remove_file(path).expect("it is there");
}

#[test]
fn a_file_that_somebody_changes_meanwhile_keeps_the_change() {
    // Before it is written: it is not what was shown any more.
    let bench = Bench::new();
    let halted = bench.halted("keep");
    let changed = bench.desk.read(".env") + "MINE=1\n";
    bench.desk.write(".env", &changed);
    let (code, said) = halted.go_on();
    assert_eq!(code, Some(10), "{said}");
    assert_eq!(
        (bench.left(), bench.desk.read(".env")),
        (Left::Old, changed)
    );
    // After it is written, and everything is put back: only the key is.
    let bench = Bench::behind(|_, body| {
        if body.contains("\"disabled\":true") {
            Says::Itself(403)
        } else {
            Says::AsItIs
        }
    });
    let before = bench.desk.read(".env");
    let halted = bench.halted("write:2");
    bench
        .desk
        .write(".env", &(bench.desk.read(".env") + "MINE=1\n"));
    halted.go_on();
    assert_eq!(
        (bench.left(), bench.desk.read(".env")),
        (Left::Old, before + "MINE=1\n")
    );
}

#[test]
fn another_key_that_somebody_puts_in_meanwhile_stays() {
    let bench = Bench::behind(|_, body| {
        if body.contains("\"disabled\":true") {
            Says::Itself(403)
        } else {
            Says::AsItIs
        }
    });
    let halted = bench.halted("write:2");
    let other = format!("OPENROUTER_API_KEY={KEY}\n");
    bench.desk.write(".env", &other);
    halted.go_on();
    assert_eq!(bench.desk.read(".env"), other);
    assert_eq!(bench.keys()[1], bench.server.api_key);
    assert_eq!(bench.rows().len(), 1);
}

#[test]
fn an_old_key_that_is_deleted_elsewhere_meanwhile_ends_well() {
    let bench = Bench::new();
    let halted = bench.halted("test");
    let old = bench.old_hash();
    bench.manage("DELETE", &format!("/keys/{old}"), "");
    let (code, said) = halted.go_on();
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("deleted elsewhere"), "{said}");
    assert_eq!(bench.left(), Left::New);
}

#[test]
fn of_two_at_once_the_second_is_refused() {
    let bench = Bench::new();
    let first = bench.halted("write");
    bench
        .desk
        .run(&["keys", "rotate", "--yes"])
        .ends(10)
        .notes("Another onramp is just rotating");
    let (code, said) = first.go_on();
    assert_eq!((code, bench.left()), (Some(0), Left::New), "{said}");
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_written_is_refused_before_anything_is_made() {
    use std::os::unix::fs::PermissionsExt;
    let bench = Bench::new();
    let read_only = std::fs::Permissions::from_mode(0o400);
    std::fs::set_permissions(bench.desk.path("api/.env.local"), read_only).expect("it is there");
    bench.rotate(&[]).ends(10).notes("read");
    assert_eq!(bench.left(), Left::Old);
}

#[test]
fn a_key_that_stands_in_no_file_here_is_not_rotated() {
    let bench = Bench::new();
    bench
        .rotate(&["uncapped"])
        .ends(2)
        .notes("its successor would be written nowhere");
    assert_eq!(bench.left(), Left::Old);
}

#[test]
fn a_place_that_is_only_read_is_pointed_out() {
    let bench = Bench::new();
    let key = bench.server.api_key.clone();
    let desk = bench.desk.with("OPENROUTER_API_KEY", &key);
    desk.run(&["keys", "rotate", "--dry-run"])
        .ends(0)
        .says("the shell's OPENROUTER_API_KEY holds the old key too");
    desk.run(&["keys", "rotate", "--dry-run", "--lang", "zh-CN"])
        .ends(0)
        .says("最后    停用旧密钥");
}
