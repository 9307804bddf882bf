//! The ledger as commands leave it: every request once, with what the answer said of itself.

use std::io::Read;
use std::path::Path;
use std::process::{Child, Stdio};

use jiff::{SignedDuration, Timestamp};
use onramp::domain::chat::AnswerHead;
use onramp::domain::money::Usd;
use onramp::domain::spend::{NewRequest, Outcome, Purpose, Recorded, SANDBOX};
use onramp::ledger::{FILE, Ledger};

use crate::support::{Desk, KEY, Ran};
use crate::web::{Web, reply};

fn open(desk: &Desk) -> Ledger {
    let opened = Ledger::open(&desk.home().join("state")).expect("the ledger opens");
    assert_eq!(opened.set_aside, None);
    opened.ledger
}

/// The scheme, host and port of a base URL.
fn origin(base_url: &str) -> String {
    let parts: Vec<&str> = base_url.split('/').take(3).collect();
    parts.join("/")
}

/// Every request of a desk, the earliest first; none of them to another server than its own.
fn requests(desk: &Desk) -> Vec<Recorded> {
    let server = origin(&desk.sandbox().base_url);
    let ledger = open(desk);
    let servers = ledger.servers().expect("it can be read");
    assert!(servers.iter().all(|other| *other == server), "{servers:?}");
    let mut all = ledger.latest(&server, 99).expect("it can be read");
    all.reverse();
    all
}

#[test]
fn a_question_is_one_request_with_all_that_its_answer_said() {
    let desk = Desk::sandboxed();
    let ran = desk
        .run(&["ask", "--json", "Reply with ok"])
        .ends(0)
        .quietly();
    let said = ran.json();
    let all = requests(&desk);
    assert_eq!(all.len(), 1);
    let Recorded { begun, ending, .. } = &all[0];
    assert_eq!(begun.purpose, Purpose::Ask);
    assert_eq!(begun.project.as_deref(), desk.folder().to_str());
    assert_eq!(begun.model, "openai/gpt-5-mini");
    assert_eq!(ending.outcome, Outcome::Done);
    assert_eq!(
        said["generation_id"],
        ending.generation_id.as_deref().unwrap_or_default()
    );
    assert_eq!(said["model"], ending.model.as_deref().unwrap_or_default());
    assert_eq!(
        said["provider"],
        ending.provider.as_deref().unwrap_or_default()
    );
    let usage = &said["usage"];
    for (name, kept) in [
        ("prompt_tokens", ending.prompt_tokens),
        ("completion_tokens", ending.completion_tokens),
        ("reasoning_tokens", ending.reasoning_tokens),
        ("cached_tokens", ending.cached_tokens),
    ] {
        assert_eq!(usage[name].as_u64(), kept, "{name}");
        assert!(kept.is_some(), "{name}");
    }
    let cost = Usd::parse(&usage["cost_usd"].to_string());
    assert!(cost.is_some_and(|cost| cost > Usd::ZERO));
    assert_eq!(ending.cost, cost);
    assert!(ending.first_token.is_some_and(|first| first <= ending.took));
    assert_eq!(
        said["duration_ms"],
        u64::try_from(ending.took.as_millis()).expect("a short time")
    );
    let day = begun.at.to_zoned(jiff::tz::TimeZone::UTC).date();
    let days = open(&desk)
        .days(&begun.server, day, day)
        .expect("it can be read");
    assert_eq!(days.len(), 1);
    assert_eq!(days[0].used, all[0].used());
}

#[test]
fn a_request_is_in_the_ledger_before_it_leaves() {
    let desk = Desk::new();
    let state = desk.home().join("state");
    let (seen, asked) = std::sync::mpsc::channel();
    let web = Web::start(move |request| {
        if request.line.starts_with("POST") {
            let ledger = Ledger::open(&state).expect("the ledger opens").ledger;
            let servers = ledger.servers().expect("it can be read");
            let latest = servers.first().map(|server| ledger.latest(server, 9));
            let _ = seen.send(latest.expect("a request").expect("it can be read"));
        }
        reply(404, "text/plain", "")
    });
    desk.run(&["ask", "--base-url", &web.origin, "-m", "some/model", "hi"]);
    let then = asked.recv().expect("it was asked");
    assert_eq!(then.len(), 1);
    assert_eq!(then[0].begun.model, "some/model");
    assert_eq!(then[0].ending.outcome, Outcome::Running);
}

#[test]
fn each_way_to_ask_is_recorded_once() {
    let desk = Desk::sandboxed();
    desk.run(&["ask", "Reply with ok"]).ends(0);
    desk.run(&["ask", "--no-stream", "Reply with ok"]).ends(0);
    desk.run(&["ask", "--json", "--no-stream", "Reply with ok"])
        .ends(0);
    // What asks no model leaves nothing.
    desk.run(&["models"]).ends(0);
    let all = requests(&desk);
    assert_eq!(all.len(), 3);
    for request in &all {
        assert_eq!(request.ending.outcome, Outcome::Done);
        assert!(request.ending.cost.is_some());
    }
    // Nothing streamed: there was no first token to time.
    let timed: Vec<bool> = all
        .iter()
        .map(|it| it.ending.first_token.is_some())
        .collect();
    assert_eq!(timed, [true, false, false]);
}

#[test]
fn the_tests_requests_are_in_it_too() {
    let desk = Desk::sandboxed();
    desk.run(&["check"]).ends(0);
    assert_eq!(requests(&desk).len(), 1);
    desk.run(&["check", "--full"]).ends(0);
    let all = requests(&desk);
    assert_eq!(all.len(), 3);
    for request in all {
        assert_eq!(request.begun.purpose, Purpose::Test);
        assert_eq!(request.ending.outcome, Outcome::Done);
        assert!(request.ending.cost.is_some());
    }
}

#[test]
fn a_failed_request_is_kept_with_its_reason() {
    let desk = Desk::sandboxed();
    for model in ["sandbox/402", "sandbox/cut"] {
        let ran = desk.run(&["ask", "--json", "-m", model, "hi"]);
        assert_ne!(ran.code, Some(0), "{ran}");
        let id = ran.json()["error"]["id"].as_str().map(str::to_owned);
        let last = requests(&desk).pop().expect("a request");
        let Outcome::Failed(reason) = last.ending.outcome else {
            panic!("{last:?}");
        };
        assert_eq!(Some(reason.into_string()), id, "{model}");
        assert_eq!(last.begun.model, model);
    }
}

#[test]
fn the_sandbox_inside_the_program_is_never_counted_as_money() {
    let desk = Desk::new();
    desk.run(&["--sandbox", "ask", "Reply with ok"]).ends(0);
    desk.run(&["--sandbox", "check"]).ends(0);
    let ledger = open(&desk);
    assert_eq!(ledger.servers().expect("it can be read"), [SANDBOX]);
    assert_eq!(ledger.latest(SANDBOX, 9).expect("it can be read").len(), 2);
}

#[test]
fn no_key_stands_in_the_ledger() {
    let desk = Desk::sandboxed();
    desk.run(&["ask", "Reply with ok"]).ends(0);
    desk.run(&["ask", "-m", &desk.sandbox().api_key, "hi"]);
    desk.run(&["check"]).ends(0);
    assert_eq!(requests(&desk).len(), 3);
    let bytes = bytes(&desk.home().join("state").join(FILE));
    let key = desk.sandbox().api_key.as_bytes();
    assert_eq!(memchr::memmem::find(&bytes, key), None);
}

#[test]
fn a_damaged_ledger_is_set_aside_and_said_and_the_answer_comes_all_the_same() {
    let desk = Desk::sandboxed();
    desk.write_home(&format!("state/{FILE}"), "no ledger at all");
    let ran = desk.run(&["ask", "Reply with ok"]).ends(0);
    assert_eq!(ran.out, "ok\n");
    let ran = ran.notes("the ledger was damaged").notes(".damaged-");
    assert_eq!(ran.err.matches("ledger was").count(), 1, "{ran}");
    assert_eq!(requests(&desk).len(), 1);
    let aside = ran
        .err
        .split_whitespace()
        .find(|word| word.contains(".damaged-"));
    assert_eq!(
        bytes(Path::new(aside.expect("a path"))),
        b"no ledger at all"
    );
    desk.run(&["ask", "-q", "Reply with ok"]).ends(0).quietly();
}

#[test]
fn a_ledger_that_cannot_be_written_stops_no_answer_and_is_said_once() {
    let desk = Desk::sandboxed();
    desk.write_home(&format!("state/{FILE}/in-the-way"), "");
    let said_once = |ran: Ran| {
        assert_eq!(ran.err.matches("not written down").count(), 1, "{ran}");
        ran
    };
    let ran = said_once(desk.run(&["ask", "Reply with ok"]).ends(0));
    assert_eq!(ran.out, "ok\n");
    // Two requests, one word.
    said_once(desk.run(&["check", "--full"]).ends(0));
    let ran = desk.run(&["ask", "--json", "Reply with ok"]).ends(0);
    assert_eq!(ran.json()["text"], "ok");
}

#[test]
fn programs_that_ask_at_once_are_all_recorded() {
    let desk = Desk::sandboxed();
    let children: Vec<Child> = (0..6)
        .map(|_| {
            desk.command(&["ask", "Reply with ok"])
                .spawn()
                .expect("it can be run")
        })
        .collect();
    for child in children {
        let output = child.wait_with_output().expect("it ends");
        assert_eq!(output.status.code(), Some(0));
        let err = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(
            !err.contains("ledger") && !err.contains("written down"),
            "{err}"
        );
    }
    let mut ids: Vec<_> = requests(&desk)
        .into_iter()
        .filter_map(|it| it.ending.generation_id)
        .collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 6);
}

/// Starts a question whose answer never ends, and waits until some of it is there and the ledger knows its id.
fn stalled(desk: &Desk) -> (Child, Recorded) {
    let mut command = desk.command(&["ask", "-m", "sandbox/stall", "hi"]);
    let mut child = command
        .stderr(Stdio::null())
        .spawn()
        .expect("it can be run");
    let mut first = [0];
    let out = child.stdout.as_mut().expect("its output is piped");
    out.read_exact(&mut first).expect("the answer begins");
    let found = loop {
        let found = requests(desk).pop();
        if let Some(found) = found.filter(|it| it.ending.model.is_some()) {
            break found;
        }
        assert_eq!(child.try_wait().expect("it is ours"), None, "it still runs");
        std::thread::yield_now();
    };
    (child, found)
}

#[test]
fn a_killed_question_is_there_as_running_with_its_id() {
    let desk = Desk::sandboxed();
    let (mut child, before) = stalled(&desk);
    child.kill().expect("it runs");
    child.wait().expect("it ends");
    let all = requests(&desk);
    assert_eq!(all, [before]);
    assert_eq!(all[0].ending.outcome, Outcome::Running);
    assert_eq!(all[0].ending.model.as_deref(), Some("sandbox/stall"));
    assert_eq!(all[0].ending.cost, None);
}

#[cfg(unix)]
#[test]
fn ctrl_c_is_recorded_as_stopped() {
    let desk = Desk::sandboxed();
    let (mut child, _) = stalled(&desk);
    let pid = rustix::process::Pid::from_child(&child);
    rustix::process::kill_process(pid, rustix::process::Signal::INT).expect("it runs");
    assert_eq!(child.wait().expect("it ends").code(), Some(130));
    let all = requests(&desk);
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].ending.outcome, Outcome::Stopped);
    assert!(all[0].ending.generation_id.is_some() && all[0].ending.first_token.is_some());
}

#[test]
fn a_reader_that_leaves_stops_the_request_and_that_is_recorded() {
    let desk = Desk::sandboxed();
    let mut command = desk.command(&["ask", "-m", "sandbox/tokens-6000@300", "hi"]);
    let mut child = command
        .stderr(Stdio::null())
        .spawn()
        .expect("it can be run");
    let mut first = [0];
    let mut out = child.stdout.take().expect("its output is piped");
    out.read_exact(&mut first).expect("the answer begins");
    drop(out);
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
    assert_eq!(requests(&desk)[0].ending.outcome, Outcome::Stopped);
}

/// Puts a request into the ledger that began some time ago, as a killed program leaves it.
fn cut_off(desk: &Desk, ago: SignedDuration, generation_id: Option<&str>) {
    let server = origin(&desk.sandbox().base_url);
    cut_off_at(desk, &server, ago, generation_id);
}

fn cut_off_at(desk: &Desk, server: &str, ago: SignedDuration, generation_id: Option<&str>) {
    let ledger = open(desk);
    let request = NewRequest {
        at: Timestamp::now() - ago,
        purpose: Purpose::Chat,
        project: None,
        server: server.to_owned(),
        model: "some/model".into(),
    };
    let id = ledger.begin(&request).expect("it can be written");
    let head = AnswerHead {
        generation_id: generation_id.map(Into::into),
        ..AnswerHead::default()
    };
    ledger.note_started(id, &head).expect("it can be written");
}

#[test]
fn what_was_cut_off_is_completed_beside_the_next_answer() {
    let desk = Desk::sandboxed();
    let ran = desk.run(&["ask", "--json", "Reply with ok"]).ends(0);
    let said = ran.json();
    let id = said["generation_id"].as_str().expect("an id");
    // The server knows an answer's bill a second late: another answer takes as long.
    let slow = ["ask", "-m", "sandbox/tokens-60@30", "hi"];
    desk.run(&slow).ends(0);
    let minutes = SignedDuration::from_mins;
    cut_off(&desk, minutes(2), Some(id));
    cut_off(&desk, minutes(3), None);
    cut_off(&desk, minutes(4), Some("gen-unknown"));
    cut_off(&desk, minutes(25 * 60), None);
    cut_off(&desk, minutes(26 * 60), Some("gen-unknown"));
    cut_off(&desk, SignedDuration::from_secs(10), Some(id));
    // Long enough for the questions beside it.
    desk.run(&slow).ends(0);
    let all = requests(&desk);
    let outcomes: Vec<&Outcome> = all.iter().map(|it| &it.ending.outcome).collect();
    let lost = Outcome::Failed("lost".into());
    let (running, done) = (Outcome::Running, Outcome::Done);
    let old = [&lost, &lost, &running, &running, &done, &running];
    assert_eq!(outcomes, [&old[..], &[&done, &done, &done]].concat());
    let completed = &all[4].ending;
    assert_eq!(
        completed.cost,
        Usd::parse(&said["usage"]["cost_usd"].to_string())
    );
    assert_eq!(completed.model.as_deref(), said["model"].as_str());
    assert_eq!(completed.provider.as_deref(), said["provider"].as_str());
    let written = said["usage"]["completion_tokens"].as_u64();
    assert_eq!(completed.completion_tokens, written);
    assert!(completed.reasoning_tokens.is_some() && completed.cached_tokens.is_some());
}

/// A server of OpenRouter's kind with an ordinary key; `knows`: of which answers it tells the bill.
fn billing(knows: impl Fn(&str) -> bool + Send + 'static) -> Web {
    Web::start(move |request| {
        if let Some(id) = request.line.strip_prefix("GET /api/v1/generation?id=") {
            if !knows(id) {
                return reply(
                    404,
                    "application/json",
                    r#"{"error":{"code":404,"message":"not found"}}"#,
                );
            }
            let told = format!(
                r#"{{"data":{{"id":"{id}","model":"a/b","total_cost":0.25,"usage":0.25,"cancelled":true}}}}"#
            );
            return reply(200, "application/json", &told);
        }
        match request.line.as_str() {
            "GET /api/v1/key" => reply(
                200,
                "application/json",
                r#"{"data":{"label":"k","limit":null,"limit_remaining":null,"usage":1,"usage_daily":0.5,
                    "usage_weekly":1,"usage_monthly":1,"is_free_tier":false,"is_management_key":false}}"#,
            ),
            _ => reply(
                404,
                "application/json",
                r#"{"error":{"code":404,"message":"no"}}"#,
            ),
        }
    })
}

/// Whose bills a server was asked for, in this order.
fn bills_asked(web: &Web) -> Vec<String> {
    let lines = web.lines().into_iter();
    lines
        .filter_map(|line| {
            let id = line.strip_prefix("GET /api/v1/generation?id=")?;
            Some(id.to_owned())
        })
        .collect()
}

fn desk_of(web: &Web) -> Desk {
    let base = format!("{}/api/v1", web.origin);
    Desk::new()
        .with("OPENROUTER_API_BASE", &base)
        .with("OPENROUTER_API_KEY", KEY)
}

#[test]
fn requests_that_died_before_their_first_byte_keep_no_bill_of_another_back() {
    let web = billing(|_| true);
    let desk = desk_of(&web);
    for minutes in 0..25 {
        cut_off_at(
            &desk,
            &web.origin,
            SignedDuration::from_mins(90 - minutes),
            None,
        );
    }
    for number in 0..3 {
        let ago = SignedDuration::from_mins(10 - number);
        cut_off_at(&desk, &web.origin, ago, Some(&format!("gen-{number}")));
    }
    let ran = desk.run(&["usage"]).ends(0);
    assert_eq!(bills_asked(&web), ["gen-0", "gen-1", "gen-2"]);
    assert!(!ran.out.contains("cost not known yet"), "{ran}");
    let all = open(&desk).latest(&web.origin, 99).expect("it can be read");
    let paid = all.iter().filter(|it| it.ending.cost == Usd::parse("0.25"));
    assert_eq!(paid.count(), 3);
    let lost = Outcome::Failed("lost".into());
    assert_eq!(
        all.iter().filter(|it| it.ending.outcome == lost).count(),
        25
    );
}

#[test]
fn bills_that_the_server_does_not_know_make_way_and_are_given_up_after_an_hour() {
    let web = billing(|id| id == "gen-20");
    let desk = desk_of(&web);
    // The oldest began more than an hour ago.
    for number in 0..21 {
        let ago = SignedDuration::from_mins(61 - 2 * number);
        cut_off_at(&desk, &web.origin, ago, Some(&format!("gen-{number}")));
    }
    let ran = desk.run(&["usage"]).ends(0);
    assert_eq!(bills_asked(&web).len(), 20);
    assert!(ran.out.contains("cost not known yet: 20 of"), "{ran}");
    let ran = desk.run(&["usage"]).ends(0);
    // Nobody is asked for again within the minute.
    assert_eq!(bills_asked(&web)[20..], ["gen-20"]);
    assert!(ran.out.contains("cost not known yet: 19 of"), "{ran}");
}

#[test]
fn a_server_that_tells_no_bills_is_not_asked_for_them() {
    let web = Web::compatible(None);
    let desk = Desk::new();
    let words = ["ask", "--base-url", &web.origin, "hi"];
    desk.run(&words).ends(0);
    let before = web.asked().len();
    let ledger = open(&desk);
    let [kept] = &ledger.latest(&web.origin, 9).expect("it can be read")[..] else {
        panic!("one request");
    };
    assert_eq!(kept.ending.outcome, Outcome::Done);
    assert_eq!(kept.ending.cost, None);
    let later = Timestamp::now() + SignedDuration::from_mins(2);
    assert_eq!(ledger.unfinished(&web.origin, later, 9), Ok(vec![]));
    drop(ledger);
    desk.run(&words).ends(0);
    assert!(web.asked().iter().all(|it| !it.line.contains("generation")));
    assert_eq!(web.asked().len(), before * 2);
}

#[expect(clippy::disallowed_methods, reason = "a door to files in these tests")]
fn bytes(path: &Path) -> Vec<u8> {
    std::fs::read(path).expect("it is there")
}
