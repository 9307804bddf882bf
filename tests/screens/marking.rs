//! Selecting and copying what was said, and folding it.

use onramp::domain::chat::{Delta, FinishReason};
use onramp::flow::{Effect, Event};
use onramp::keymap::{Chord, Key};
use onramp::text::Lang;

use crate::support::gallery::Rehearsal;
use crate::support::gallery::chat::{started, usage};

const ANSWER: &str =
    "Use **sort**, it is stable:\n\n```rust\nfn main() {\n    sort();\n}\n```\n\nThat is all.\n";

fn stage(answer: &str) -> Rehearsal {
    let mut stage = Rehearsal::new(Lang::En, false);
    stage.chatting().ask("one").hear(started());
    stage.hear(Delta::Text(answer.into()));
    stage.hear(Delta::Finished(FinishReason::Stop));
    stage.hear(Delta::Usage(usage())).answer_ends(None);
    stage.frame(80, 24);
    stage
}

/// The row of the frame that holds these words.
fn row_of(stage: &mut Rehearsal, words: &str) -> u16 {
    let frame = stage.frame(80, 24);
    let row = frame.lines().position(|line| line.contains(words));
    let row = row.expect("the words stand in the frame");
    u16::try_from(row).expect("a frame has few rows")
}

fn drag(stage: &mut Rehearsal, from: (u16, u16), to: (u16, u16)) {
    stage.event(Event::Click(from.0, from.1));
    stage.event(Event::Drag(to.0, to.1));
    stage.event(Event::Release);
}

fn copied(stage: &Rehearsal) -> Option<&str> {
    let effects = stage.effects.iter().rev();
    let mut copies = effects.filter_map(|effect| match effect {
        Effect::Copy(text) => Some(text.as_str()),
        _ => None,
    });
    copies.next()
}

#[test]
fn what_the_mouse_is_dragged_over_is_copied_as_it_was_written() {
    let mut stage = stage(ANSWER);
    let row = row_of(&mut stage, "it is stable");
    drag(&mut stage, (0, row), (79, row));
    assert_eq!(copied(&stage), Some("Use **sort**, it is stable:"));
    let (first, last) = (row_of(&mut stage, "fn main"), row_of(&mut stage, "│ }"));
    drag(&mut stage, (2, first), (40, last));
    assert_eq!(copied(&stage), Some("fn main() {\n    sort();\n}"));
}

#[test]
fn a_click_alone_copies_nothing() {
    let mut stage = stage(ANSWER);
    let row = row_of(&mut stage, "it is stable");
    stage.event(Event::Click(3, row));
    stage.event(Event::Release);
    assert_eq!(copied(&stage), None);
}

#[test]
fn text_is_marked_and_copied_by_the_keyboard_alone() {
    let mut stage = stage(ANSWER);
    let shifted = |key| Chord {
        shift: true,
        ..Chord::plain(key)
    };
    stage.press(Chord::alt('k'));
    assert!(
        stage
            .frame(80, 24)
            .lines()
            .last()
            .is_some_and(|bar| bar.contains("copy"))
    );
    // Down from the question to the answer's first row, then to its end.
    stage.press(Chord::plain(Key::Down)).press(Chord::alt('k'));
    stage
        .press(Chord::plain(Key::End))
        .press(Chord::plain(Key::Enter));
    assert_eq!(copied(&stage), Some("Use **sort**, it is stable:"));
    stage.press(Chord::alt('k')).press(shifted(Key::Right));
    stage.press(Chord::char('y'));
    assert_eq!(copied(&stage), Some("on"));
    // The letters went nowhere else, and the editor has the keys again.
    stage.paste("next");
    assert!(stage.frame(80, 24).contains("│ next "));
}

#[test]
fn a_click_on_the_last_line_does_what_stands_there_while_text_is_marked() {
    let mut stage = stage(ANSWER);
    stage.paste("not to be sent").press(Chord::alt('k'));
    let shifted = Chord {
        shift: true,
        ..Chord::plain(Key::Right)
    };
    stage.press(shifted);
    let frame = stage.frame(80, 24);
    let bar = frame.lines().last().expect("a last line");
    let column = bar.find("copy").expect("copying is offered");
    let column = u16::try_from(column).expect("a frame has few columns");
    let before = stage.effects.len();
    stage.event(Event::Click(column, 23));
    assert_eq!(stage.effects[before..], [Effect::Copy("on".into())]);
    assert!(stage.frame(80, 24).contains("not to be sent"));
}

#[test]
fn escape_puts_a_selection_away_before_anything_else() {
    let mut stage = stage(ANSWER);
    stage.ask("two").hear(started());
    let row = row_of(&mut stage, "it is stable");
    drag(&mut stage, (0, row), (9, row));
    let before = stage.effects.len();
    stage.press(Chord::plain(Key::Esc));
    assert_eq!(stage.effects.len(), before, "the answer goes on");
    stage.press(Chord::plain(Key::Esc));
    assert!(stage.effects.len() > before, "the answer is stopped");
}

#[test]
fn the_mouse_is_followed_in_the_chat_only() {
    let mut stage = Rehearsal::new(Lang::En, false);
    let follows = |stage: &Rehearsal| {
        let effects = stage.effects.iter().rev();
        let mut follows = effects.filter_map(|effect| match effect {
            Effect::FollowMouse(follows) => Some(*follows),
            _ => None,
        });
        follows.next()
    };
    stage.chatting();
    assert_eq!(follows(&stage), Some(true));
    stage.press(Chord::alt('2'));
    assert_eq!(follows(&stage), Some(false));
}

#[test]
fn a_long_block_is_folded_and_unfolded_by_a_key() {
    let lines: Vec<String> = (1..=40).map(|line| format!("line({line});")).collect();
    let mut stage = stage(&format!("```rust\n{}\n```\n", lines.join("\n")));
    assert!(stage.frame(80, 24).contains("line(40);"));
    stage.press(Chord::alt('f'));
    let frame = stage.frame(80, 24);
    assert!(frame.contains("… 28 more lines (Alt+F)"), "{frame}");
    assert!(!frame.contains("line(40);"));
    stage.press(Chord::alt('f'));
    assert!(stage.frame(80, 24).contains("line(40);"));
}

#[test]
fn the_keyboard_marks_upwards_over_rows_that_show_nothing() {
    let mut stage = stage("First.\n\n1. one\n2. two\n\nThen:\n\n```\na\n\nb\n```\n\nLast.\n");
    stage.press(Chord::alt('k')).press(Chord::char('G'));
    for _ in 0..20 {
        let up = Chord {
            shift: true,
            ..Chord::plain(Key::Up)
        };
        stage.press(up);
    }
    stage.press(Chord::char('y'));
    let copied = copied(&stage).expect("something is marked");
    assert!(copied.contains("First."), "{copied:?}");
}
