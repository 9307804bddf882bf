//! What a hook gets to see, how it ends, and that it cannot hold anybody up.
#![expect(clippy::disallowed_methods, reason = "a test may look anywhere")]

use std::path::Path;

use jiff::Timestamp;

use super::*;
use crate::domain::figures::{AccountFigures, Known};
use crate::domain::money::Usd;
use crate::domain::sighting::{Place, Sighting};
use crate::insight::alerts::Severity;
use crate::openrouter::BaseUrl;
use crate::text::Said;

const LONG: Duration = Duration::from_mins(10);

fn hook(line: String) -> Hook {
    Hook {
        line,
        patience: LONG,
        withheld: Vec::new(),
    }
}

fn alert() -> Alert {
    Alert {
        id: "balance-low",
        subject: None,
        severity: Severity::Warning,
        message: Said::verbatim("low; $(touch x)\nreally"),
    }
}

fn with_balance() -> Figures {
    Figures {
        account: Some(Known {
            as_of: Timestamp::UNIX_EPOCH,
            value: AccountFigures {
                total_credits: Usd::from_cents(10),
                total_usage: Usd::from_cents(6),
                balance: Usd::from_cents(4),
            },
        }),
        ..Figures::default()
    }
}

fn run(hook: &Hook) -> Ended {
    let occasion = Occasion {
        alert: &alert(),
        figures: &with_balance(),
        is_simulated: false,
        at: Timestamp::UNIX_EPOCH,
        lang: Lang::En,
    };
    runtime().block_on(hook.run(&occasion, "https://openrouter.ai"))
}

fn runtime() -> tokio::runtime::Runtime {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    runtime.enable_all().build().unwrap()
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

#[test]
fn the_facts_stand_in_its_environment_and_nothing_runs_by_itself() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let line = format!(
        "cd '{}' && printf '%s|' \"$ONRAMP_ALERT_ID\" \"$ONRAMP_ALERT_SEVERITY\" \"$ONRAMP_ALERT_MESSAGE\" \
         \"$ONRAMP_ALERT_AT\" \"$ONRAMP_SERVER\" \"$ONRAMP_BALANCE_USD\" \
         \"${{ONRAMP_LIMIT_REMAINING_USD-unset}}\" \"${{ONRAMP_ALERT_SUBJECT-unset}}\" > out",
        folder.path().display()
    );
    assert_eq!(run(&hook(line)), Ended::Well);
    assert_eq!(
        read(&out),
        "balance-low|warning|low; $(touch x) really|1970-01-01T00:00:00Z|https://openrouter.ai|0.04|\
         unset|unset|"
    );
    assert!(!folder.path().join("x").exists());
}

#[test]
fn how_it_ends_is_told() {
    assert_eq!(run(&hook("exit 3".into())), Ended::Badly(Some(3)));
    assert_eq!(run(&hook("kill -9 $$".into())), Ended::Badly(None));
    assert_eq!(
        run(&hook("/no/such/program 2>/dev/null".into())),
        Ended::Badly(Some(127))
    );
}

#[test]
fn one_that_does_not_end_is_stopped_with_all_that_it_started() {
    let folder = tempfile::tempdir().unwrap();
    let pids = folder.path().join("pids");
    let line = format!("sleep 1000 & echo $$ $! > '{}'; wait", pids.display());
    let endless = hook(line);
    let events = runtime();
    let is_alive = |pid: &str| Path::new("/proc").join(pid).join("cwd").exists();
    events.block_on(async {
        let occasion = Occasion {
            alert: &alert(),
            figures: &with_balance(),
            is_simulated: false,
            at: Timestamp::UNIX_EPOCH,
            lang: Lang::En,
        };
        let started = async {
            while !pids.exists() || read(&pids).split_whitespace().count() < 2 {
                tokio::task::yield_now().await;
            }
        };
        // Dropped in its midst, as by Ctrl+C.
        tokio::select! {
            ended = endless.run(&occasion, "") => panic!("{ended:?}"),
            () = started => {}
        }
    });
    let pids = read(&pids);
    let mut pids = pids.split_whitespace();
    if cfg!(target_os = "linux") {
        // What was killed may need a moment until it is gone.
        while pids.clone().any(is_alive) {
            std::thread::yield_now();
        }
    }
    assert_eq!(pids.by_ref().count(), 2);
    let short = Hook {
        patience: Duration::from_millis(1),
        ..hook("sleep 1000".into())
    };
    assert_eq!(run(&short), Ended::TooLong);
}

#[test]
fn no_variable_that_holds_a_key_is_handed_on() {
    let key = "letmein-2026/secret";
    let environment = Environment::new([
        ("PATH", "/bin"),
        ("HOME", "/home/ada"),
        ("SLACK_TOKEN", "xoxb-1"),
        ("OPENROUTER_API_KEY", "placeholder"),
        ("MINE", "Bearer letmein-2026/secret"),
        ("OTHER", "sk-or-v1-deadbeef"),
    ]);
    let access = Access {
        server: BaseUrl::default(),
        key: Some(Sighting {
            place: Place::Flag,
            secret: Secret::new(key),
        }),
        shadowed: Vec::new(),
        base: None,
    };
    let mut names = withheld(&environment, &access);
    names.sort_unstable();
    assert_eq!(
        names,
        [
            "MINE",
            "OPENAI_API_KEY",
            "OPENROUTER_API_KEY",
            "OPENROUTER_MANAGEMENT_KEY",
            "OTHER"
        ]
    );
}
