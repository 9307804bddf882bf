//! Whatever moment kills a program in the midst of an answer, all that it was told to be written is there,
//! in its order, and at most one piece more.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Child;

use jiff::Timestamp;
use onramp::archive::{Archive, Beginning, Piece, Which};
use onramp::domain::conversation::{Conversation, Reply, ReplyState, Speaker, Turn};
use onramp::domain::kept::Shelf;

use crate::killed::{child, kill, own_name, say};

/// How many pieces an answer has.
const PIECES: usize = 40;

fn writer(folder: &Path, name: &str) -> Child {
    child("sudden::child_writes_in_a_loop", folder, name)
}

fn open(folder: &Path) -> Archive {
    let opened = Archive::open(folder, Shelf::Real).unwrap();
    assert_eq!(opened.set_aside, None);
    opened.archive
}

fn now() -> Timestamp {
    "2026-09-03T10:15:30Z".parse().unwrap()
}

fn turn(parent: Option<usize>, speaker: Speaker, text: String) -> Turn {
    Turn {
        parent,
        at: now(),
        speaker,
        text,
    }
}

fn answer(parent: usize, state: ReplyState, text: String) -> Turn {
    let reply = Reply {
        asked: "a/one".into(),
        state,
        ..Reply::default()
    };
    turn(Some(parent), Speaker::Model(Box::new(reply)), text)
}

/// What a writer writes as its piece of that number.
fn piece(name: &str, round: usize, number: usize) -> String {
    format!("<{name}.{round}.{number}>")
}

fn all_pieces(name: &str, round: usize, count: usize) -> String {
    (0..count)
        .map(|number| piece(name, round, number))
        .collect()
}

#[test]
#[ignore = "run, and killed, by the tests below"]
fn child_writes_in_a_loop() {
    let Some(name) = own_name() else {
        return;
    };
    let archive = open(Path::new("state"));
    // A second writer goes on with the conversation that is there.
    let latest = archive.list(Which::All, 0, 1).unwrap();
    let mut pen = if let Some(kept) = latest.first() {
        archive.load(&kept.id).unwrap().unwrap().1
    } else {
        let beginning = Beginning {
            project: None,
            server: "https://openrouter.ai".into(),
            title: String::new(),
            system: None,
            at: now(),
        };
        archive.begin(&beginning).unwrap()
    };
    say("ready");
    for round in 0.. {
        let parent = pen.turns().checked_sub(1);
        let person = Speaker::person();
        let asked = turn(parent, person, format!("asked {name}.{round}"));
        let asked = archive.add(&mut pen, &asked).unwrap();
        say(&format!("asked {name}.{round}"));
        let coming = answer(asked, ReplyState::Coming, String::new());
        let number = archive.add(&mut pen, &coming).unwrap();
        for at in 0..PIECES {
            let text = piece(&name, round, at);
            let grown = Piece {
                text: &text,
                reasoning: &text,
            };
            archive.grow(&pen, number, grown, now()).unwrap();
            say(&format!("grown {name}.{round} {at}"));
        }
        let text = all_pieces(&name, round, PIECES);
        let whole = answer(asked, ReplyState::Whole, text);
        archive.finish(&pen, number, &whole, now()).unwrap();
        say(&format!("ended {name}.{round}"));
    }
}

/// What children said before they were killed: each answer by its name, with how many pieces it had.
#[derive(Default)]
struct Heard {
    grown: BTreeMap<String, usize>,
    asked: Vec<String>,
    ended: Vec<String>,
}

impl Heard {
    fn hear(&mut self, line: &str) {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words[..] {
            ["asked", name] => self.asked.push(name.into()),
            ["grown", name, piece] => {
                let pieces = piece.parse::<usize>().unwrap() + 1;
                self.grown.insert(name.into(), pieces);
            }
            ["ended", name] => self.ended.push(name.into()),
            // The words of the test runner.
            _ => {}
        }
    }
}

/// Everything that was said to be written is there.
fn check(archive: &Archive, heard: &Heard) {
    let kept = archive.list(Which::All, 0, 99).unwrap();
    let all: Vec<Conversation> = kept
        .iter()
        .map(|kept| archive.load(&kept.id).unwrap().unwrap().0)
        .collect();
    let turns = || all.iter().flat_map(|it| it.turns.iter());
    for name in &heard.asked {
        let asked = turns().filter(|it| it.text == format!("asked {name}"));
        assert_eq!(asked.count(), 1, "{name}");
    }
    for (name, pieces) in &heard.grown {
        let (who, round) = name.split_once('.').unwrap();
        let round = round.parse().unwrap();
        let begins = piece(who, round, 0);
        let found: Vec<&Turn> = turns().filter(|it| it.text.starts_with(&begins)).collect();
        let [answer] = found[..] else {
            panic!("{name} is there {} times", found.len());
        };
        let reply = answer.reply().unwrap();
        if heard.ended.contains(name) {
            assert_eq!(reply.state, ReplyState::Whole, "{name}");
            assert_eq!(answer.text, all_pieces(who, round, PIECES));
            continue;
        }
        let least = all_pieces(who, round, *pieces);
        let more = all_pieces(who, round, (pieces + 1).min(PIECES));
        assert!(
            answer.text == least || answer.text == more,
            "{name}: {}",
            answer.text
        );
        if reply.state == ReplyState::Coming {
            assert_eq!(reply.reasoning, answer.text);
        }
    }
    for conversation in &all {
        assert_eq!(conversation.branch().last().copied(), conversation.tip);
    }
}

#[test]
fn whatever_moment_kills_a_writer_all_but_the_last_moment_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let mut heard = Heard::default();
    for round in 0..30_u32 {
        let child = writer(folder.path(), &format!("a{round}"));
        kill(child, (round * 3) as usize, round * 20_000, |line| {
            heard.hear(line);
        });
        check(&open(&folder.path().join("state")), &heard);
    }
    assert!(heard.ended.len() > 5 && heard.grown.len() > heard.ended.len());
}

#[test]
fn two_programs_write_into_one_conversation_and_are_killed() {
    let folder = tempfile::tempdir().unwrap();
    let mut heard = Heard::default();
    kill(writer(folder.path(), "first"), 9, 0, |line| {
        heard.hear(line);
    });
    for round in 0..5_u32 {
        let one = writer(folder.path(), &format!("one{round}"));
        let other = writer(folder.path(), &format!("other{round}"));
        kill(one, 60, round * 30_000, |line| heard.hear(line));
        kill(other, 60, 0, |line| heard.hear(line));
        let archive = open(&folder.path().join("state"));
        check(&archive, &heard);
        assert_eq!(archive.list(Which::All, 0, 9).unwrap().len(), 1);
    }
}
