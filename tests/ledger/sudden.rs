//! Whatever moment kills a program that records, what it was told to be written is there, once.

use std::collections::HashMap;
use std::path::Path;
use std::process::Child;

use jiff::civil::Date;
use onramp::domain::chat::AnswerHead;
use onramp::domain::clean_text::CleanText;
use onramp::domain::money::Usd;
use onramp::domain::spend::{DayRow, Ending, NewRequest, Outcome, Purpose, Recorded, Used};
use onramp::ledger::Ledger;

use crate::killed::{child, kill, own_name, say};

const SERVER: &str = "https://openrouter.ai";

/// This test binary again, recording in a folder until it is killed.
fn recorder(folder: &Path, name: &str) -> Child {
    child("sudden::child_records_in_a_loop", folder, name)
}

#[test]
#[ignore = "run, and killed, by the tests below"]
fn child_records_in_a_loop() {
    let Some(name) = own_name() else {
        return;
    };
    let ledger = Ledger::open(Path::new("state")).unwrap().ledger;
    say("ready");
    for round in 0.. {
        let model = format!("model-{}", round % 3);
        let generation = format!("gen-{name}-{round}");
        let request = NewRequest {
            at: "2026-09-03T10:00:00Z".parse().unwrap(),
            purpose: Purpose::Chat,
            project: None,
            server: SERVER.into(),
            model: model.clone(),
        };
        let id = ledger.begin(&request).unwrap();
        say(&format!("begun {}", id.0));
        let head = AnswerHead {
            generation_id: Some(CleanText::new(&generation)),
            model: Some(CleanText::new(&format!("{model}-answered"))),
            provider: None,
        };
        ledger.note_started(id, &head).unwrap();
        say(&format!("started {} {generation}", id.0));
        let ending = Ending {
            provider: Some("P".into()),
            completion_tokens: Some(7),
            cost: Usd::parse("0.000123456789"),
            ..Ending::of(Outcome::Done)
        };
        ledger.finish(id, &ending).unwrap();
        say(&format!("ended {}", id.0));
    }
}

/// What a child said before it was killed.
#[derive(Default)]
struct Heard {
    begun: Vec<i64>,
    started: Vec<(i64, String)>,
    ended: Vec<i64>,
}

impl Heard {
    fn hear(&mut self, line: &str) {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words[..] {
            ["begun", id] => self.begun.push(id.parse().unwrap()),
            ["started", id, generation] => {
                self.started.push((id.parse().unwrap(), generation.into()));
            }
            ["ended", id] => self.ended.push(id.parse().unwrap()),
            // The words of the test runner.
            _ => {}
        }
    }
}

/// Everything that was said to be written is there, once, and the sums are those of the requests.
fn check(ledger: &Ledger, heard: &Heard) {
    let requests = ledger.latest(SERVER, usize::MAX).unwrap();
    let by_id: HashMap<i64, &Recorded> = requests.iter().map(|it| (it.id.0, it)).collect();
    assert_eq!(by_id.len(), requests.len());
    for id in &heard.begun {
        assert!(by_id.contains_key(id), "{id} is lost");
    }
    for (id, generation) in &heard.started {
        let kept = by_id[id].ending.generation_id.as_deref();
        assert_eq!(kept, Some(generation.as_str()));
    }
    for id in &heard.ended {
        assert_eq!(by_id[id].ending.outcome, Outcome::Done);
    }
    let mut generations: Vec<_> = requests
        .iter()
        .filter_map(|it| it.ending.generation_id.clone())
        .collect();
    let all = generations.len();
    generations.sort();
    generations.dedup();
    assert_eq!(generations.len(), all, "none is there twice");
    let sum = |rows: &[DayRow]| rows.iter().map(|row| row.used).sum::<Used>();
    let days = ledger.days(SERVER, Date::MIN, Date::MAX).unwrap();
    assert_eq!(sum(&days), requests.iter().map(Recorded::used).sum());
    ledger.rebuild().unwrap();
    assert_eq!(ledger.days(SERVER, Date::MIN, Date::MAX).unwrap(), days);
}

#[test]
fn whatever_moment_kills_a_recorder_nothing_is_lost_and_nothing_is_there_twice() {
    let folder = tempfile::tempdir().unwrap();
    let mut heard = Heard::default();
    for round in 0..30_u32 {
        let child = recorder(folder.path(), &format!("a{round}"));
        kill(child, (round % 5) as usize, round * 20_000, |line| {
            heard.hear(line);
        });
        let opened = Ledger::open(&folder.path().join("state")).unwrap();
        assert_eq!(opened.set_aside, None, "round {round}");
        check(&opened.ledger, &heard);
    }
    assert!(heard.ended.len() > 30, "the children did record");
}

#[test]
fn two_programs_record_at_once_and_one_is_killed() {
    let folder = tempfile::tempdir().unwrap();
    let mut heard = Heard::default();
    for round in 0..5_u32 {
        let one = recorder(folder.path(), &format!("one{round}"));
        let other = recorder(folder.path(), &format!("other{round}"));
        kill(one, 60, round * 30_000, |line| heard.hear(line));
        kill(other, 60, 0, |line| heard.hear(line));
        let opened = Ledger::open(&folder.path().join("state")).unwrap();
        assert_eq!(opened.set_aside, None, "round {round}");
        check(&opened.ledger, &heard);
    }
}

#[test]
fn whatever_moment_kills_the_first_opening_the_next_one_finds_nothing_amiss() {
    for round in 0..40_u32 {
        let folder = tempfile::tempdir().unwrap();
        let mut child = recorder(folder.path(), "first");
        // The program starts, makes its folder, its file, and what the file holds.
        for _ in 0..round * 50_000 {
            std::hint::spin_loop();
        }
        child.kill().unwrap();
        child.wait().unwrap();
        let opened = Ledger::open(&folder.path().join("state")).unwrap();
        assert_eq!(opened.set_aside, None, "round {round}");
        check(&opened.ledger, &Heard::default());
    }
}
