//! A question that is longer than the window.

use onramp::domain::line_diff::{DiffKind, DiffLine};
use onramp::flow::code_out::CodeReview;
use onramp::flow::env::FileChange;
use onramp::flow::{Effect, Reply};
use onramp::keymap::{Chord, Key};

use crate::chat::{answer, enter, stage};

#[test]
fn a_long_change_is_read_from_its_beginning_with_the_answers_in_sight() {
    let mut stage = stage();
    answer(&mut stage, "one", "```rust\nfn main() {}\n```\n");
    stage.paste("/save 1 src/main.rs");
    enter(&mut stage);
    let Some(Effect::ReviewCode { ticket, .. }) = stage.effects.last().cloned() else {
        panic!("the change is worked out");
    };
    let line = |number: usize| DiffLine {
        kind: DiffKind::Added,
        number,
        text: format!("line number {number}").as_str().into(),
    };
    let change = FileChange {
        path: "/home/ada/shop/src/main.rs".into(),
        is_new: false,
        lines: (1..=60).map(line).collect(),
    };
    let review = CodeReview {
        change,
        shown: "src/main.rs".into(),
        added: 60,
        removed: 0,
        is_unchanged: false,
        is_over: true,
        doubts: Vec::new(),
    };
    let review = Ok(Box::new(review));
    stage.reply(Reply::CodeReviewed { ticket, review });
    let frame = stage.frame(80, 24);
    for words in ["60 lines", "line number 1 ", "Write this change", "PgDn"] {
        assert!(frame.contains(words), "{words}: {frame}");
    }
    stage.press(Chord::plain(Key::PageDown));
    let frame = stage.frame(80, 24);
    assert!(
        !frame.contains("60 lines") && frame.contains("line number 12"),
        "{frame}"
    );
    assert!(frame.contains("› Write this change"), "{frame}");
    for _ in 0..40 {
        stage.press(Chord::plain(Key::PageDown));
    }
    stage.press(Chord::plain(Key::Down));
    let frame = stage.frame(80, 24);
    assert!(frame.contains("line number 60"), "{frame}");
    assert!(frame.contains("› Leave the file as it is"), "{frame}");
}
