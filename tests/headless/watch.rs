//! `onramp usage --watch`: what changes is told as it changes, alerts once each, and hooks see no key.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, ChildStdout};
use std::sync::Arc;
use std::sync::atomic::{AtomicI32, AtomicU16, Ordering};

use serde_json::{Value, json};

use crate::server::Server;
use crate::support::{Desk, KEY, holds_key, shape};
use crate::web::{Web, reply};

/// An account whose balance a test sets; one that answers with another status than 200 is in trouble.
struct Bank {
    web: Web,
    cents: Arc<AtomicI32>,
    status: Arc<AtomicU16>,
}

impl Bank {
    fn holding(cents: i32) -> Self {
        let balance = Arc::new(AtomicI32::new(cents));
        let status = Arc::new(AtomicU16::new(200));
        let (held, state) = (balance.clone(), status.clone());
        let web = Web::start(move |request| {
            let status = state.load(Ordering::SeqCst);
            if status != 200 {
                let error = json!({"error": {"code": status, "message": "not now"}});
                return reply(
                    status,
                    "application/json\r\nretry-after: 0",
                    &error.to_string(),
                );
            }
            let cents = held.load(Ordering::SeqCst);
            let data = match request.line.as_str() {
                "GET /api/v1/key" => {
                    json!({"label": "sk-or-v1-dea...eef", "limit": null, "usage": 0.5,
                    "usage_daily": 0.25, "is_free_tier": false, "is_management_key": false})
                }
                "GET /api/v1/credits" => {
                    json!({"total_credits": 100, "total_usage": 100.0 - f64::from(cents) / 100.0})
                }
                _ => json!([]),
            };
            let body = json!({ "data": data }).to_string();
            reply(200, "application/json", &body)
        });
        Self {
            web,
            cents: balance,
            status,
        }
    }

    fn holds(&self, cents: i32) {
        self.cents.store(cents, Ordering::SeqCst);
    }

    fn answers(&self, status: u16) {
        self.status.store(status, Ordering::SeqCst);
    }

    fn desk(&self) -> Desk {
        Desk::new()
            .with(
                "OPENROUTER_API_BASE",
                &format!("{}/api/v1", self.web.origin),
            )
            .with("OPENROUTER_API_KEY", KEY)
            .with("OPENROUTER_MANAGEMENT_KEY", KEY)
    }
}

/// A running watch; ended when dropped.
struct Watching {
    child: Child,
    out: BufReader<ChildStdout>,
}

impl Watching {
    fn start(desk: &Desk, words: &[&str]) -> Self {
        let words = [&["usage", "--watch", "1"], words].concat();
        let mut child = desk
            .command(&words)
            .spawn()
            .expect("the program can be run");
        let out = BufReader::new(child.stdout.take().expect("its output is piped"));
        Self { child, out }
    }

    /// The next line, as soon as it comes.
    #[track_caller]
    fn line(&mut self) -> String {
        let mut line = String::new();
        self.out.read_line(&mut line).expect("text");
        assert!(!holds_key(&line), "a key is shown whole");
        assert!(line.ends_with('\n'), "it ended: {}", self.said());
        line.trim_end().to_owned()
    }

    /// The next event: its name, and what it is about.
    #[track_caller]
    fn event(&mut self) -> (String, Value) {
        let line = self.line();
        let mut event: Value = serde_json::from_str(&line).expect("JSON");
        let name = event["event"].as_str().expect("a name").to_owned();
        assert!(event["at"].is_string(), "{line}");
        let about = match name.as_str() {
            "change" => json!([event["from"], event["to"]]),
            "alert" | "trouble" => event["id"].take(),
            _ => Value::Null,
        };
        (name, about)
    }

    /// What it says on stderr until its end, which comes now.
    fn said(&mut self) -> String {
        let _ = self.child.kill();
        let mut said = String::new();
        let err = self.child.stderr.as_mut().expect("it is piped");
        let _ = err.read_to_string(&mut said);
        said
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn what_changes_is_told_and_an_alert_once_even_after_a_restart() {
    let bank = Bank::holding(900);
    let desk = bank.desk();
    let mut watching = Watching::start(&desk, &["--json"]);
    let began: Value = serde_json::from_str(&watching.line()).expect("JSON");
    assert_eq!(
        shape(&began),
        "{at: text, balance_usd: number, event: text, limit_remaining_usd: null, limit_usd: null, \
         simulated: bool, spent_today_usd: number}"
    );
    assert_eq!(began["balance_usd"], json!(9.0));
    assert_eq!(began["simulated"], json!(false));
    bank.holds(400);
    let low = || ("alert".to_owned(), json!("balance-low"));
    let change = |from: f64, to: f64| ("change".to_owned(), json!([from, to]));
    assert_eq!(watching.event(), change(9.0, 4.0));
    assert_eq!(watching.event(), low());
    bank.holds(390);
    assert_eq!(watching.event(), change(4.0, 3.9));
    drop(watching);
    // Whoever starts it again is not told again, until the balance was up meanwhile.
    let mut again = Watching::start(&desk, &["--json"]);
    assert_eq!(again.event().0, "began");
    bank.holds(380);
    assert_eq!(again.event(), change(3.9, 3.8));
    bank.holds(900);
    assert_eq!(again.event(), change(3.8, 9.0));
    bank.holds(400);
    assert_eq!(again.event(), change(9.0, 4.0));
    assert_eq!(again.event(), low());
    // Another hook is another listener.
    desk.run(&["usage", "--watch", "1", "--exit-on-alert", "--hook", "true"])
        .ends(11)
        .says("! The balance is $4.00, below $5.00.");
}

#[test]
fn a_person_reads_sentences_in_the_own_language() {
    let bank = Bank::holding(900);
    let desk = bank.desk();
    let mut watching = Watching::start(&desk, &[]);
    let line = watching.line();
    assert!(
        line.ends_with(" UTC  balance $9.00 · spent today $0.25"),
        "{line}"
    );
    bank.holds(400);
    let line = watching.line();
    assert!(line.ends_with(" UTC  balance $9.00 → $4.00"), "{line}");
    let line = watching.line();
    assert!(
        line.ends_with(" UTC  ! The balance is $4.00, below $5.00."),
        "{line}"
    );
    let said = watching.said();
    assert!(said.contains("looking every 1 s"), "{said}");
    let mut watching = Watching::start(&desk, &["--lang", "zh", "--min-credit", "3"]);
    assert!(watching.line().ends_with("余额 $4.00 · 今日花费 $0.25"));
    bank.holds(200);
    assert!(watching.line().ends_with("余额 $4.00 → $2.00"));
    assert!(watching.line().ends_with("! 余额是 $2.00，低于 $3.00。"));
}

#[test]
fn a_bound_that_was_changed_tells_nothing_anew_that_was_told() {
    let bank = Bank::holding(400);
    let desk = bank.desk();
    let watch = ["usage", "--watch", "1", "--exit-on-alert"];
    desk.run(&watch).ends(11);
    // Below $5 before, and below $20 and $4.50 after: nobody is called a second time.
    for bound in ["20", "4.5"] {
        let mut watching = Watching::start(&desk, &["--json", "--min-credit", bound]);
        assert_eq!(watching.event().0, "began");
        bank.holds(390);
        assert_eq!(watching.event().0, "change");
        bank.holds(400);
        assert_eq!(watching.event().0, "change");
    }
    // By $3 it is not low, until it falls below that.
    let mut watching = Watching::start(&desk, &["--json", "--min-credit", "3"]);
    assert_eq!(watching.event().0, "began");
    bank.holds(200);
    assert_eq!(watching.event().0, "change");
    assert_eq!(watching.event(), ("alert".into(), json!("balance-low")));
}

#[test]
fn a_model_that_retires_and_that_this_program_alone_uses_is_told_to_an_ordinary_key() {
    let server = Server::start(&[]);
    let desk = Desk::at(&server);
    let preferences = r#"{"alerts": {"model_retirement_days": 90}}"#;
    desk.write_home("preferences.json", preferences);
    desk.run(&["ask", "-m", "openai/gpt-4-turbo", "hi"]).ends(0);
    desk.run(&["usage", "--watch", "1", "--exit-on-alert"])
        .ends(11)
        .says("The model openai/gpt-4-turbo retires on");
}

#[test]
fn a_status_bar_gets_its_line_whenever_that_changes() {
    let bank = Bank::holding(900);
    let desk = bank.desk();
    let mut watching = Watching::start(&desk, &["--line"]);
    assert_eq!(watching.line(), "$9.00 left · $0.25 today");
    bank.holds(400);
    assert_eq!(watching.line(), "$4.00 left · $0.25 today");
    let said = watching.said();
    assert!(said.contains("The balance is $4.00"), "{said}");
}

#[test]
fn too_many_requests_and_a_lost_server_are_told_once_and_waited_for() {
    let bank = Bank::holding(900);
    let desk = bank.desk();
    let mut watching = Watching::start(&desk, &["--json"]);
    assert_eq!(watching.event().0, "began");
    bank.answers(429);
    let (name, id) = watching.event();
    assert_eq!(name, "trouble");
    assert!(id.as_str().is_some_and(|id| id.contains("rate")), "{id}");
    bank.holds(800);
    bank.answers(200);
    assert_eq!(watching.event().0, "recovered");
    assert_eq!(watching.event(), ("change".into(), json!([9.0, 8.0])));
}

#[cfg(unix)]
#[test]
fn a_hook_gets_the_facts_and_no_key() {
    let server = Server::start(&[]);
    let desk = Desk::at(&server)
        .with("OPENROUTER_MANAGEMENT_KEY", &server.management_key)
        .with("MY_OWN_COPY", &server.api_key)
        .with("ONRAMP_ALERT_SUBJECT", "of another hook")
        .with("MAIL_TO", "ada");
    desk.run(&[
        "usage",
        "--watch",
        "1",
        "--json",
        "--min-credit",
        "1000",
        "--exit-on-alert",
        "--hook",
        "env > facts.$ONRAMP_ALERT_ID; echo not a result",
    ])
    .ends(11)
    .notes("not a result");
    let facts = desk.read("facts.balance-low");
    for line in [
        "ONRAMP_ALERT_ID=balance-low",
        "ONRAMP_ALERT_SEVERITY=warning",
        "ONRAMP_ALERT_MESSAGE=The balance is $",
        "ONRAMP_BALANCE_USD=",
        "ONRAMP_LIMIT_REMAINING_USD=",
        "ONRAMP_SPENT_TODAY_USD=",
        "ONRAMP_SERVER=http://127.0.0.1:",
        "ONRAMP_SIMULATED=1",
        "MAIL_TO=ada",
    ] {
        let is_told = facts.lines().any(|told| told.starts_with(line));
        assert!(is_told, "{line} is not among\n{facts}");
    }
    // The balance is nobody's in particular.
    assert!(!facts.contains("ONRAMP_ALERT_SUBJECT"), "{facts}");
    assert!(!holds_key(&facts), "a key is handed to the hook");
    for name in [
        "OPENROUTER_API_KEY",
        "OPENROUTER_MANAGEMENT_KEY",
        "MY_OWN_COPY",
    ] {
        assert!(!facts.contains(name), "{name} is handed to the hook");
    }
    assert!(!facts.contains(&server.management_key));
}

#[cfg(unix)]
#[test]
fn a_hook_that_fails_is_said_and_ends_nothing() {
    let bank = Bank::holding(400);
    let desk = bank.desk();
    let mut watching = Watching::start(&desk, &["--json", "--hook", "exit 3"]);
    assert_eq!(watching.event().0, "began");
    assert_eq!(watching.event().0, "alert");
    bank.holds(300);
    assert_eq!(watching.event().0, "change");
    let said = watching.said();
    assert!(said.contains("the hook ended in 3"), "{said}");
}

#[cfg(unix)]
#[expect(clippy::disallowed_methods, reason = "a door to files in these tests")]
#[test]
fn a_signal_ends_it_and_the_hook_under_way() {
    use rustix::process::{Pid, Signal, kill_process};
    for (signal, code) in [(Signal::TERM, 143), (Signal::INT, 130), (Signal::HUP, 129)] {
        let bank = Bank::holding(400);
        let desk = bank.desk();
        let pipe = desk.path("pipe");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        assert!(made.expect("mkfifo can be run").success());
        // It holds the pipe open as long as it lives.
        let hook = "exec 3> pipe; echo here >&3; sleep 1000";
        let mut watching = Watching::start(&desk, &["--hook", hook]);
        let pipe = std::fs::File::open(&pipe).expect("it is a pipe");
        let mut pipe = BufReader::new(pipe);
        let mut line = String::new();
        pipe.read_line(&mut line).expect("text");
        assert_eq!(line, "here\n");
        kill_process(Pid::from_child(&watching.child), signal).expect("it runs");
        let status = watching.child.wait().expect("it ends");
        assert_eq!(status.code(), Some(code), "{signal:?}: {status:?}");
        // Its end comes when the hook and its child are gone, and not before.
        assert_eq!(pipe.read_to_string(&mut line).expect("text"), 0);
    }
}

#[test]
fn what_this_program_spends_is_seen_by_a_watch_beside_it() {
    let server = Server::start(&[]);
    let desk = Desk::at(&server).with("OPENROUTER_MANAGEMENT_KEY", &server.management_key);
    let mut watching = Watching::start(&desk, &["--json"]);
    while watching.event().0 != "began" {}
    desk.run(&["ask", "hi"]).ends(0);
    let mut names = Vec::new();
    while names.len() < 3 {
        let line = watching.line();
        let event: Value = serde_json::from_str(&line).expect("JSON");
        names.extend(event["figure"].as_str().map(str::to_owned));
    }
    assert_eq!(
        names,
        ["balance_usd", "limit_remaining_usd", "spent_today_usd"]
    );
}

#[test]
fn where_there_is_nothing_to_watch_it_ends_at_once() {
    let server = Server::start(&[]);
    let watch = ["usage", "--watch", "1"];
    Desk::at(&server)
        .with("OPENROUTER_API_KEY", KEY)
        .run(&watch)
        .ends(4)
        .notes("error: ");
    let web = Web::compatible(Some("changeme"));
    Desk::new()
        .with("OPENROUTER_API_BASE", &web.origin)
        .with("OPENROUTER_API_KEY", "changeme")
        .run(&watch)
        .ends(2)
        .notes("nothing to watch");
    Desk::new().run(&watch).ends(3);
    let desk = Desk::at(&server);
    for words in [
        &["usage", "--watch", "0"][..],
        &["usage", "--watch", "soon"],
        &["usage", "--watch", "60", "--csv"],
        &["usage", "--watch", "60", "--days", "3"],
        &["usage", "--hook", "true"],
        &["usage", "--exit-on-alert"],
    ] {
        desk.run(words).ends(2).without_result();
    }
}

#[test]
fn without_a_management_key_it_is_said_what_cannot_be_watched() {
    let server = Server::start(&[]);
    let desk = Desk::at(&server);
    let mut watching = Watching::start(&desk, &[]);
    let line = watching.line();
    assert!(
        line.contains("SANDBOX: these figures are simulated"),
        "{line}"
    );
    let line = watching.line();
    assert!(
        line.contains("limit ") && !line.contains("balance"),
        "{line}"
    );
    let said = watching.said();
    assert!(said.contains("management key"), "{said}");
}
