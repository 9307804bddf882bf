//! What was said is read back, byte for byte, and nothing is left of what was deleted.
#![expect(clippy::disallowed_methods, reason = "a test may look anywhere")]

mod deleting;
mod finding;
mod opening;

use jiff::{SignedDuration, Timestamp};

use super::{Archive, Beginning, FILE, Named, Pen, Piece, Which};
use crate::domain::conversation::{Conversation, Reply, ReplyState, Speaker, Turn};
use crate::domain::kept::{Kept, Shelf};
use crate::domain::money::Usd;
use crate::domain::routing::Routing;
use crate::domain::symptom::FileProblem;
use crate::domain::terms::Terms;

const SERVER: &str = "https://openrouter.ai";
const SHOP: &str = "/home/me/shop";

fn archive() -> (tempfile::TempDir, Archive) {
    let folder = tempfile::tempdir().unwrap();
    let archive = again(&folder, Shelf::Real);
    (folder, archive)
}

fn again(folder: &tempfile::TempDir, shelf: Shelf) -> Archive {
    let opened = Archive::open(folder.path(), shelf).unwrap();
    assert_eq!(opened.set_aside, None);
    opened.archive
}

/// So many seconds after a certain time.
fn at(seconds: i64) -> Timestamp {
    let first: Timestamp = "2026-09-03T10:15:30Z".parse().unwrap();
    first + SignedDuration::from_secs(seconds)
}

fn beginning(seconds: i64) -> Beginning {
    Beginning {
        project: Some(SHOP.into()),
        server: SERVER.into(),
        title: String::new(),
        system: None,
        at: at(seconds),
    }
}

fn question(parent: Option<usize>, text: &str) -> Turn {
    Turn {
        parent,
        at: at(0),
        speaker: Speaker::Person {
            attached: vec!["src/a b.rs".into()],
            sent: None,
        },
        text: text.into(),
    }
}

fn coming(parent: usize) -> Turn {
    Turn {
        parent: Some(parent),
        at: at(1),
        speaker: Speaker::Model(Box::new(Reply {
            asked: "a/one".into(),
            ..Reply::default()
        })),
        text: String::new(),
    }
}

/// An answer of which everything is told.
fn whole(parent: usize, text: &str) -> Turn {
    Turn {
        speaker: Speaker::Model(Box::new(Reply {
            asked: "a/one".into(),
            terms: Terms {
                routing: Routing {
                    zdr: true,
                    ..Routing::default()
                },
                ..Terms::default()
            },
            model: Some("a/one-2026".into()),
            provider: Some("P".into()),
            generation_id: Some("gen-1".into()),
            reasoning: "let me see\n".into(),
            tool_calls: Vec::new(),
            state: ReplyState::Whole,
            prompt_tokens: Some(1000),
            completion_tokens: Some(200),
            reasoning_tokens: Some(50),
            cached_tokens: Some(10),
            cost: Usd::parse("0.0001234567890123"),
            first_token_ms: Some(321),
            is_untold: false,
            took_ms: 2000,
        })),
        text: text.into(),
        ..coming(parent)
    }
}

/// A conversation with a question and its answer.
fn held(archive: &Archive, seconds: i64, asked: &str, answered: &str) -> Pen {
    let mut pen = archive.begin(&beginning(seconds)).unwrap();
    let asked = archive.add(&mut pen, &question(None, asked)).unwrap();
    archive.add(&mut pen, &whole(asked, answered)).unwrap();
    pen
}

fn read(archive: &Archive, pen: &Pen) -> Conversation {
    archive.load(pen.id()).unwrap().unwrap().0
}

fn ids(kept: &[Kept]) -> Vec<&str> {
    kept.iter().map(|kept| kept.id.as_str()).collect()
}

#[test]
fn a_conversation_is_read_back_as_it_was_held() {
    let (folder, archive) = archive();
    let begun = Beginning {
        system: Some("Be brief.".into()),
        ..beginning(0)
    };
    let mut pen = archive.begin(&begun).unwrap();
    let mut held = Conversation::new(pen.id().into(), begun.project.clone(), begun.at);
    held.system = begun.system;
    for turn in [
        question(None, "how?\nand why?"),
        whole(0, "so"),
        whole(0, "thus"),
    ] {
        let number = archive.add(&mut pen, &turn).unwrap();
        let same = held.add(turn.parent, turn.at, turn.speaker, turn.text);
        assert_eq!(number, same);
    }
    assert_eq!(read(&archive, &pen), held);
    archive.show(&pen, Some(1)).unwrap();
    archive.set_system(&pen, None).unwrap();
    held.switch_to(1);
    held.system = None;
    drop(archive);
    let (loaded, again) = self::again(&folder, Shelf::Real)
        .load(pen.id())
        .unwrap()
        .unwrap();
    assert_eq!(loaded, held);
    assert_eq!(again, pen);
    assert_eq!(loaded.title, "how? and why?");
}

#[test]
fn an_answer_grows_by_pieces_and_is_whole_at_its_end() {
    let (_folder, archive) = archive();
    let mut pen = archive.begin(&beginning(0)).unwrap();
    archive.add(&mut pen, &question(None, "how?")).unwrap();
    let answer = archive.add(&mut pen, &coming(0)).unwrap();
    for (text, reasoning) in [("", "let "), ("", "me see\n"), ("so", ""), (" be it", "")] {
        let piece = Piece { text, reasoning };
        archive.grow(&pen, answer, piece, at(2)).unwrap();
    }
    let turn = read(&archive, &pen).turns.remove(answer);
    assert_eq!(turn.text, "so be it");
    let reply = turn.reply().unwrap();
    assert_eq!(reply.reasoning, "let me see\n");
    assert_eq!(reply.state, ReplyState::Coming);
    let ended = whole(0, "so be it.");
    archive.finish(&pen, answer, &ended, at(9)).unwrap();
    let loaded = read(&archive, &pen);
    assert_eq!(loaded.turns[answer], ended);
    assert_eq!(loaded.touched, at(9));
    let pieces = archive.database.all("SELECT 1 FROM piece", [], |_| Ok(()));
    assert_eq!(pieces.unwrap().len(), 0);
}

#[test]
fn what_a_killed_program_left_is_put_together_without_losing_anything() {
    let (folder, archive) = archive();
    let mut pen = archive.begin(&beginning(0)).unwrap();
    archive.add(&mut pen, &question(None, "how?")).unwrap();
    let answer = archive.add(&mut pen, &coming(0)).unwrap();
    let grow = |archive: &Archive, text| {
        let piece = Piece {
            text,
            reasoning: "…",
        };
        archive.grow(&pen, answer, piece, at(2)).unwrap();
    };
    grow(&archive, "first the leopard, ");
    // Opening looks for such answers; one that is being written after all goes on.
    let other = again(&folder, Shelf::Real);
    let hits = other.search("leopard", Which::All, 9).unwrap();
    assert_eq!(hits.len(), 1);
    grow(&archive, "then the lizard");
    let turn = read(&other, &pen).turns.remove(answer);
    assert_eq!(turn.text, "first the leopard, then the lizard");
    assert_eq!(turn.reply().unwrap().reasoning, "……");
    assert_eq!(turn.reply().unwrap().state, ReplyState::Coming);
    for word in ["leopard", "lizard"] {
        assert_eq!(
            other.search(word, Which::All, 9).unwrap().len(),
            1,
            "{word}"
        );
    }
    archive
        .finish(&pen, answer, &whole(0, "a cat"), at(3))
        .unwrap();
    assert_eq!(other.search("leopard", Which::All, 9), Ok(vec![]));
    assert_eq!(read(&other, &pen).turns[answer].text, "a cat");
}

#[test]
fn hostile_texts_come_back_byte_for_byte() {
    let (folder, archive) = archive();
    let texts = [
        "\0a\0",
        "\x1b[2J\x1b]0;x\x07",
        "\u{202e}evil\u{200b}\u{feff}",
        "'; DROP TABLE turn; --",
        "\r\n\r\n \t",
        "👩\u{200d}🚀 密钥 e\u{301}\u{10ffff}",
        "\"{}\\u0000",
        "",
    ];
    let mut pen = archive.begin(&beginning(0)).unwrap();
    for text in texts {
        let asked = archive.add(&mut pen, &question(None, text)).unwrap();
        let answer = archive.add(&mut pen, &coming(asked)).unwrap();
        for _ in 0..2 {
            let piece = Piece {
                text,
                reasoning: text,
            };
            archive.grow(&pen, answer, piece, at(1)).unwrap();
        }
        archive.set_system(&pen, Some(text)).unwrap();
        let (loaded, _) = again(&folder, Shelf::Real).load(pen.id()).unwrap().unwrap();
        assert_eq!(loaded.turns[asked].text, text);
        assert_eq!(loaded.turns[answer].text, [text, text].concat());
        assert_eq!(
            loaded.turns[answer].reply().unwrap().reasoning,
            [text, text].concat()
        );
        assert_eq!(loaded.system.as_deref(), Some(text));
        assert!(
            !archive.list(Which::All, 0, 9).unwrap()[0]
                .title
                .contains('\x1b')
        );
    }
}

#[test]
fn what_two_programs_say_in_one_place_are_two_branches() {
    let (folder, one) = archive();
    let mut first = held(&one, 0, "how?", "so");
    let other = again(&folder, Shelf::Real);
    let (_, mut second) = other.load(first.id()).unwrap().unwrap();
    for (archive, pen, text) in [
        (&one, &mut first, "and why?"),
        (&other, &mut second, "and when?"),
    ] {
        assert_eq!(archive.add(pen, &question(Some(1), text)).unwrap(), 2);
        let answer = archive.add(pen, &coming(2)).unwrap();
        archive
            .finish(pen, answer, &whole(2, &format!("to {text}")), at(3))
            .unwrap();
    }
    let loaded = read(&one, &first);
    assert_eq!(loaded.siblings(2), [2, 4]);
    let said = |branch: Vec<usize>| -> Vec<&str> {
        branch
            .iter()
            .map(|it| loaded.turns[*it].text.as_str())
            .collect()
    };
    assert_eq!(
        said(loaded.branch_to(Some(3))),
        ["how?", "so", "and why?", "to and why?"]
    );
    assert_eq!(
        said(loaded.branch()),
        ["how?", "so", "and when?", "to and when?"]
    );
}

#[test]
fn a_turn_that_is_not_there_is_said() {
    let (_folder, archive) = archive();
    let mut pen = held(&archive, 0, "how?", "so");
    for trouble in [
        archive.add(&mut pen, &question(Some(7), "x")).unwrap_err(),
        archive.grow(&pen, 7, Piece::default(), at(1)).unwrap_err(),
        archive.finish(&pen, 7, &whole(0, "x"), at(1)).unwrap_err(),
        archive.show(&pen, Some(7)).unwrap_err(),
    ] {
        assert!(trouble.detail.contains("has no turn 7"), "{trouble:?}");
    }
    assert_eq!(read(&archive, &pen).turns.len(), 2);
    assert_eq!(archive.load("20260903-101530-none"), Ok(None));
}

#[test]
fn ids_sort_by_time_and_are_one_of_a_kind() {
    let (_folder, archive) = archive();
    let mut all: Vec<Pen> = (0..200)
        .map(|number| archive.begin(&beginning(number / 100)).unwrap())
        .collect();
    all.dedup_by(|one, other| one.id == other.id);
    assert_eq!(all.len(), 200);
    assert!(all[0].id().starts_with("20260903-101530-"));
    assert!(all[0].id() < all[100].id());
    assert_eq!(all[0].id().len(), "20260903-101530-k7mq".len());
}
