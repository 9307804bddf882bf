//! What is written is read back, exactly, and nothing else is there.
#![expect(clippy::disallowed_methods, reason = "a test may look anywhere")]

mod opening;
mod sums;

use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::{Date, date};

use super::{FILE, Ledger};
use crate::domain::chat::AnswerHead;
use crate::domain::clean_text::CleanText;
use crate::domain::money::Usd;
use crate::domain::spend::{
    DayRow, Ending, LOST, NewRequest, Outcome, Purpose, Recorded, RequestId, Used,
};

const SERVER: &str = "https://openrouter.ai";
const DAY: Date = date(2026, 9, 3);

fn ledger() -> (tempfile::TempDir, Ledger) {
    let folder = tempfile::tempdir().unwrap();
    let opened = Ledger::open(folder.path()).unwrap();
    assert_eq!(opened.set_aside, None);
    (folder, opened.ledger)
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn usd(text: &str) -> Usd {
    Usd::parse(text).unwrap()
}

fn request(time: &str, model: &str) -> NewRequest {
    NewRequest {
        at: at(time),
        purpose: Purpose::Ask,
        project: Some("/home/me/shop".into()),
        server: SERVER.into(),
        model: model.into(),
    }
}

/// An ending in which everything is told.
fn whole() -> Ending {
    Ending {
        outcome: Outcome::Done,
        generation_id: Some("gen-1".into()),
        model: Some("a/one-2026".into()),
        provider: Some("P".into()),
        prompt_tokens: Some(1000),
        completion_tokens: Some(200),
        reasoning_tokens: Some(50),
        cached_tokens: Some(10),
        cost: Some(usd("0.000123456789")),
        byok_cost: Some(usd("0.002000000001")),
        first_token: Some(Duration::from_micros(321_456)),
        took: Duration::from_micros(2_000_001),
    }
}

fn head(id: &str, model: &str) -> AnswerHead {
    AnswerHead {
        generation_id: Some(id.into()),
        model: Some(model.into()),
        provider: None,
    }
}

fn read(ledger: &Ledger, id: RequestId) -> Recorded {
    ledger.request(id).unwrap().unwrap()
}

fn row(model: &str, provider: Option<&str>, used: Used) -> DayRow {
    DayRow {
        day: DAY,
        model: model.into(),
        provider: provider.map(CleanText::from),
        used,
    }
}

#[test]
fn a_request_is_there_from_its_beginning_to_its_end() {
    let (_folder, ledger) = ledger();
    let begun = request("2026-09-03T10:00:00.123456Z", "a/one");
    let id = ledger.begin(&begun).unwrap();
    let running = Ending::of(Outcome::Running);
    let mut expected = Recorded {
        id,
        begun,
        ending: running,
        is_open: true,
    };
    assert_eq!(read(&ledger, id), expected);
    ledger
        .note_started(id, &head("gen-1", "a/one-2026"))
        .unwrap();
    expected.ending.generation_id = Some("gen-1".into());
    expected.ending.model = Some("a/one-2026".into());
    assert_eq!(read(&ledger, id), expected);
    ledger.finish(id, &whole()).unwrap();
    expected.ending = whole();
    expected.is_open = false;
    assert_eq!(read(&ledger, id), expected);
    assert_eq!(ledger.latest(SERVER, 10), Ok(vec![expected]));
    assert_eq!(ledger.request(RequestId(99)), Ok(None));
}

#[test]
fn one_that_runs_counts_as_a_request_without_cost_and_moves_to_who_answered() {
    let (_folder, ledger) = ledger();
    let id = ledger
        .begin(&request("2026-09-03T10:00:00Z", "a/one"))
        .unwrap();
    let one = Used {
        requests: 1,
        ..Used::default()
    };
    let days = || ledger.days(SERVER, DAY, DAY).unwrap();
    assert_eq!(days(), [row("a/one", None, one)]);
    ledger
        .note_started(id, &head("gen-1", "a/one-2026"))
        .unwrap();
    assert_eq!(days(), [row("a/one-2026", None, one)]);
    ledger.finish(id, &whole()).unwrap();
    let used = Used {
        requests: 1,
        prompt_tokens: 1000,
        completion_tokens: 200,
        reasoning_tokens: 50,
        cached_tokens: 10,
        cost: usd("0.000123456789"),
        byok_cost: usd("0.002000000001"),
    };
    assert_eq!(days(), [row("a/one-2026", Some("P"), used)]);
    ledger.finish(id, &whole()).unwrap();
    assert_eq!(days(), [row("a/one-2026", Some("P"), used)]);
    let other = Ending {
        model: Some("b/two".into()),
        provider: Some("Q".into()),
        ..whole()
    };
    ledger.finish(id, &other).unwrap();
    assert_eq!(days(), [row("b/two", Some("Q"), used)]);
}

#[test]
fn a_day_begins_and_ends_at_midnight_in_greenwich() {
    let (_folder, ledger) = ledger();
    for (time, day) in [
        ("2026-09-02T23:59:59.999999Z", date(2026, 9, 2)),
        ("2026-09-03T00:00:00Z", DAY),
        ("2026-09-03T23:59:59.999999Z", DAY),
        ("2026-09-04T00:00:00Z", date(2026, 9, 4)),
        ("1969-12-31T23:59:59.999999Z", date(1969, 12, 31)),
        ("1970-01-01T00:00:00Z", date(1970, 1, 1)),
    ] {
        let id = ledger.begin(&request(time, "m")).unwrap();
        let of_day = ledger.requests(SERVER, day, None, None, 9).unwrap();
        assert!(of_day.iter().any(|it| it.id == id), "{time}");
    }
    let days = ledger
        .days(SERVER, date(1969, 1, 1), date(2026, 12, 31))
        .unwrap();
    let counts: Vec<_> = days
        .iter()
        .map(|row| (row.day, row.used.requests))
        .collect();
    assert_eq!(
        counts,
        [
            (date(1969, 12, 31), 1),
            (date(1970, 1, 1), 1),
            (date(2026, 9, 2), 1),
            (DAY, 2),
            (date(2026, 9, 4), 1)
        ]
    );
    assert_eq!(ledger.first_day(SERVER), Ok(Some(date(1969, 12, 31))));
    assert_eq!(ledger.first_day("https://example.com"), Ok(None));
    assert_eq!(ledger.days(SERVER, Date::MIN, Date::MAX).unwrap().len(), 5);
}

#[test]
fn servers_are_never_mixed() {
    let (_folder, ledger) = ledger();
    let begun = request("2026-09-03T10:00:00Z", "a/one");
    let real = ledger.begin(&begun).unwrap();
    let simulated = NewRequest {
        server: crate::domain::spend::SANDBOX.into(),
        ..begun
    };
    let simulated = ledger.begin(&simulated).unwrap();
    ledger.finish(simulated, &whole()).unwrap();
    for (server, id) in [(SERVER, real), ("sandbox", simulated)] {
        let ids = |found: Vec<Recorded>| found.iter().map(|it| it.id).collect::<Vec<_>>();
        assert_eq!(ids(ledger.latest(server, 9).unwrap()), [id]);
        assert_eq!(
            ids(ledger.requests(server, DAY, None, None, 9).unwrap()),
            [id]
        );
        assert_eq!(ids(ledger.search(server, "a/one", 9).unwrap()), [id]);
        assert_eq!(ledger.days(server, DAY, DAY).unwrap().len(), 1);
    }
    let cost: Usd = ledger.days(SERVER, DAY, DAY).unwrap()[0].used.cost;
    assert_eq!(cost, Usd::ZERO);
    assert_eq!(ledger.servers().unwrap(), [SERVER, "sandbox"]);
}

#[test]
fn what_was_known_stays_when_an_ending_does_not_say_it() {
    let (_folder, ledger) = ledger();
    let id = ledger
        .begin(&request("2026-09-03T10:00:00Z", "a/one"))
        .unwrap();
    ledger
        .note_started(id, &head("gen-1", "a/one-2026"))
        .unwrap();
    let stopped = Ending {
        took: Duration::from_millis(700),
        ..Ending::of(Outcome::Stopped)
    };
    ledger.finish(id, &stopped).unwrap();
    let heard = Ending {
        took: Duration::from_secs(9),
        ..whole()
    };
    ledger.complete(id, &heard).unwrap();
    // Late, and no news: the program that made the request says once more that it was stopped.
    ledger.finish(id, &stopped).unwrap();
    ledger.finish(id, &Ending::of(Outcome::Running)).unwrap();
    let expected = Ending {
        outcome: Outcome::Stopped,
        took: Duration::from_millis(700),
        ..whole()
    };
    assert_eq!(read(&ledger, id).ending, expected);
}

#[test]
fn unfinished_are_those_that_can_be_asked_for_and_of_which_more_may_be_learned() {
    let (_folder, ledger) = ledger();
    let begin = |second: u8| {
        let time = format!("2026-09-03T10:00:{second:02}Z");
        ledger.begin(&request(&time, "m")).unwrap()
    };
    let [unnamed, running, done, stopped, silent, elsewhere, young] =
        [1, 2, 3, 4, 5, 6, 30].map(begin);
    ledger.note_started(running, &head("gen-1", "m")).unwrap();
    ledger.finish(done, &whole()).unwrap();
    ledger.note_started(stopped, &head("gen-2", "m")).unwrap();
    ledger
        .finish(stopped, &Ending::of(Outcome::Stopped))
        .unwrap();
    ledger
        .finish(silent, &Ending::of(Outcome::Stopped))
        .unwrap();
    // A server that is not OpenRouter knows no bills.
    ledger
        .note_started(elsewhere, &head("chatcmpl-1", "m"))
        .unwrap();
    ledger
        .finish(elsewhere, &Ending::of(Outcome::Done))
        .unwrap();
    ledger.note_started(young, &head("gen-3", "m")).unwrap();
    let open = |limit| {
        let found = ledger.unfinished(SERVER, at("2026-09-03T10:00:20Z"), limit);
        found.unwrap().iter().map(|it| it.id).collect::<Vec<_>>()
    };
    assert_eq!(open(9), [running, stopped]);
    assert_eq!(open(1), [running]);
    ledger.complete(stopped, &whole()).unwrap();
    ledger.give_up(running).unwrap();
    assert_eq!(open(9), []);
    let lost = Outcome::Failed(LOST.into());
    assert_eq!(read(&ledger, running).ending.outcome, lost);
    assert_eq!(read(&ledger, stopped).ending.outcome, Outcome::Stopped);
    ledger.give_up(stopped).unwrap();
    assert_eq!(read(&ledger, stopped).ending.outcome, Outcome::Stopped);
    // Its own word, however late, stands above what others concluded.
    ledger.finish(running, &whole()).unwrap();
    assert_eq!(read(&ledger, running).ending, whole());
    assert_eq!(read(&ledger, young).ending.outcome, Outcome::Running);
    assert_eq!(read(&ledger, unnamed).ending.outcome, Outcome::Running);
}

#[test]
fn who_was_asked_for_in_vain_makes_way_for_the_others() {
    let (_folder, ledger) = ledger();
    let begin = |second: u8| {
        let time = format!("2026-09-03T10:00:{second:02}Z");
        let id = ledger.begin(&request(&time, "m")).unwrap();
        let head = head(&format!("gen-{second}"), "m");
        ledger.note_started(id, &head).unwrap();
        id
    };
    let [first, second, third] = [1, 2, 3].map(begin);
    let open = |before: &str, limit| {
        let found = ledger.unfinished(SERVER, at(before), limit).unwrap();
        found.iter().map(|it| it.id).collect::<Vec<_>>()
    };
    assert_eq!(open("2026-09-03T10:01:00Z", 2), [first, second]);
    let asked = at("2026-09-03T10:02:00Z");
    ledger.note_looked_up(first, asked).unwrap();
    assert_eq!(open("2026-09-03T10:01:00Z", 2), [second, third]);
    assert_eq!(open("2026-09-03T10:03:00Z", 9), [second, third, first]);
    // By its id it is found wherever it stands.
    let found = ledger.open_by_generation(SERVER, "gen-1").unwrap();
    assert_eq!(found.iter().map(|it| it.id).collect::<Vec<_>>(), [first]);
    assert_eq!(
        ledger.open_by_generation("https://other", "gen-1"),
        Ok(vec![])
    );
}

#[test]
fn those_that_nobody_can_be_asked_for_are_closed_with_their_sums() {
    let (_folder, ledger) = ledger();
    let begin = |second: u8| {
        let time = format!("2026-09-03T10:00:{second:02}Z");
        ledger.begin(&request(&time, "m")).unwrap()
    };
    let [unnamed, elsewhere, named, young] = [1, 2, 3, 30].map(begin);
    ledger
        .note_started(elsewhere, &head("chatcmpl-1", "m"))
        .unwrap();
    ledger.note_started(named, &head("gen-1", "m")).unwrap();
    let before = at("2026-09-03T10:00:20Z");
    ledger.give_up_unnamed("https://other", before).unwrap();
    assert_eq!(ledger.open_requests(SERVER), Ok(4));
    ledger.give_up_unnamed(SERVER, before).unwrap();
    let seen = [unnamed, elsewhere, named, young].map(|id| {
        let read = read(&ledger, id);
        (read.ending.outcome, read.is_open)
    });
    let lost = (Outcome::Failed(LOST.into()), false);
    let running = (Outcome::Running, true);
    assert_eq!(seen, [lost.clone(), lost, running.clone(), running]);
    assert_eq!(ledger.open_requests(SERVER), Ok(2));
    let rows = ledger.days(SERVER, DAY, DAY).unwrap();
    assert_eq!(rows.iter().map(|row| row.used.requests).sum::<u64>(), 4);
    assert_eq!(ledger.rebuild(), Ok(4));
    assert_eq!(ledger.days(SERVER, DAY, DAY), Ok(rows));
}

#[test]
fn a_search_finds_parts_of_every_name_literally() {
    let (_folder, ledger) = ledger();
    let first = ledger
        .begin(&request("2026-09-03T10:00:00Z", "a/100%_pure"))
        .unwrap();
    ledger.finish(first, &whole()).unwrap();
    let second = NewRequest {
        project: None,
        ..request("2026-09-04T10:00:00Z", "b/two")
    };
    let second = ledger.begin(&second).unwrap();
    let found = |text: &str| {
        let found = ledger.search(SERVER, text, 9).unwrap();
        found.iter().map(|it| it.id).collect::<Vec<_>>()
    };
    for text in ["100%_", "A/ONE-2026", "shop", "GEN-1", "p"] {
        assert_eq!(found(text).last(), Some(&first), "{text}");
    }
    assert_eq!(found("b/t"), [second]);
    assert_eq!(found(""), [second, first]);
    for text in ["%two", "_ne", "\\", "'; DROP TABLE request; --"] {
        assert_eq!(found(text), [], "{text}");
    }
    assert_eq!(ledger.search(SERVER, "", 1).unwrap().len(), 1);
}

#[test]
fn requests_of_a_day_are_found_under_the_name_its_sums_have() {
    let (_folder, ledger) = ledger();
    let asked = ledger
        .begin(&request("2026-09-03T10:00:00Z", "a/one"))
        .unwrap();
    let answered = ledger
        .begin(&request("2026-09-03T11:00:00Z", "a/one"))
        .unwrap();
    ledger.finish(answered, &whole()).unwrap();
    let ids = |model| {
        let found = ledger.requests(SERVER, DAY, model, None, 9).unwrap();
        found.iter().map(|it| it.id).collect::<Vec<_>>()
    };
    assert_eq!(ids(None), [answered, asked]);
    assert_eq!(ids(Some("a/one")), [asked]);
    assert_eq!(ids(Some("a/one-2026")), [answered]);
    assert_eq!(ids(Some("none")), []);
    assert_eq!(
        ledger.requests(SERVER, DAY, None, None, 1).unwrap().len(),
        1
    );
    let by = |provider: Option<&str>| {
        let found = ledger.requests(SERVER, DAY, None, Some(provider), 9);
        found.unwrap().iter().map(|it| it.id).collect::<Vec<_>>()
    };
    let provider = whole().provider.unwrap();
    assert_eq!(by(Some(&provider)), [answered]);
    assert_eq!(by(None), [asked]);
    assert_eq!(ledger.open_requests(SERVER).unwrap(), 1);
    assert_eq!(ledger.open_requests("https://other").unwrap(), 0);
}

#[test]
fn amounts_and_counts_that_do_not_fit_end_at_the_greatest() {
    let (_folder, ledger) = ledger();
    let hostile = Ending {
        prompt_tokens: Some(u64::MAX),
        cost: Some(usd("79228162514264337593543950335")),
        took: Duration::MAX,
        ..whole()
    };
    for _ in 0..3 {
        let id = ledger.begin(&request("2026-09-03T10:00:00Z", "m")).unwrap();
        ledger.finish(id, &hostile).unwrap();
        ledger.finish(id, &hostile).unwrap();
    }
    let sum = ledger.days(SERVER, DAY, DAY).unwrap()[0].used;
    assert_eq!(sum.requests, 3);
    assert_eq!(sum.prompt_tokens, 3_000_000_000_000);
    assert_eq!(sum.cost, usd("27670116.110564327421"));
    assert_eq!(ledger.rebuild(), Ok(3));
    assert_eq!(ledger.days(SERVER, DAY, DAY).unwrap()[0].used, sum);
}

#[test]
fn no_key_is_kept_wherever_it_was_pasted_and_no_text_drives_a_terminal() {
    let (folder, ledger) = ledger();
    let key = format!("sk-or-v1-{}", "deadbeef".repeat(8));
    let id = ledger
        .begin(&request("2026-09-03T10:00:00Z", &key))
        .unwrap();
    let hidden = format!(
        "{}\u{200b}{}",
        &key.get(..20).unwrap(),
        &key.get(20..).unwrap()
    );
    ledger.note_started(id, &head(&key, &hidden)).unwrap();
    let ending = Ending {
        outcome: Outcome::Failed(CleanText::new(&key)),
        provider: Some(CleanText::new(&key)),
        ..Ending::of(Outcome::Done)
    };
    ledger.finish(id, &ending).unwrap();
    let odd = ledger
        .begin(&request("2026-09-03T10:00:00Z", "\x1b[2Jm\u{202e}\n"))
        .unwrap();
    assert_eq!(read(&ledger, odd).begun.model, "␛[2Jm<U+202E>");
    let long = ledger
        .begin(&request("2026-09-03T10:00:00Z", &"m".repeat(9999)))
        .unwrap();
    assert_eq!(read(&ledger, long).begun.model.chars().count(), 200);
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        assert_eq!(
            memchr::memmem::find(&bytes, &key.as_bytes()[9..]),
            None,
            "{path:?}"
        );
    }
    assert_eq!(read(&ledger, id).begun.model, "sk-or-v1-dea…eef");
}

#[test]
fn a_request_that_is_not_there_cannot_be_ended() {
    let (_folder, ledger) = ledger();
    let nobody = RequestId(7);
    assert!(ledger.finish(nobody, &whole()).is_err());
    assert!(ledger.complete(nobody, &whole()).is_err());
    assert!(ledger.note_started(nobody, &head("gen-1", "m")).is_err());
    assert!(ledger.give_up(nobody).is_err());
    assert!(!ledger.is_damaged());
    assert_eq!(ledger.days(SERVER, Date::MIN, Date::MAX), Ok(vec![]));
}
