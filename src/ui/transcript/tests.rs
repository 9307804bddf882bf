//! What a reader meets in a transcript.

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::layout::Position;

use super::*;
use crate::settings::{ColorDepth, Ground};
use crate::text::Lang;
use crate::ui::Canvas;
use crate::ui::theme::Theme;

/// The rows of a frame, without the blanks at their ends.
fn frame(transcript: &Transcript, columns: u16, rows: u16) -> Vec<String> {
    let theme = Theme::new(ColorDepth::True, Ground::Dark);
    let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
    let drawn = terminal.draw(|frame| {
        let mut canvas = Canvas::new(frame, theme, Lang::En);
        let area = canvas.area();
        transcript.draw(&mut canvas, area);
    });
    let drawn = drawn.unwrap();
    let rows = (0..rows).map(|y| {
        let mut row = String::new();
        let mut x = 0;
        while x < columns {
            let symbol = drawn.buffer[(x, y)].symbol();
            row.push_str(symbol);
            x += u16::try_from(crate::ui::wrap::width(symbol).max(1)).unwrap();
        }
        row.trim_end().to_owned()
    });
    rows.collect()
}

fn talk(lines: usize) -> Transcript {
    let mut transcript = Transcript::new();
    transcript.push(Entry::question("You", "Count."));
    let answer = transcript.push(Entry::answer("a/model", ""));
    for line in 1..=lines {
        transcript.push_str(answer, &format!("line {line}\n"));
    }
    transcript
}

#[test]
fn all_that_stands_around_an_answer_has_its_row() {
    let mut transcript = Transcript::new();
    transcript.push(Entry::question("You", "Why?"));
    let answer = Entry::answer("a/model", "Be\u{1b}cause.")
        .with_reasoning("hmm", Some(1_512))
        .with_trouble("It broke off.")
        .with_figures("$0.01");
    transcript.push(answer);
    assert_eq!(
        frame(&transcript, 60, 10),
        [
            "You",
            "Why?",
            "",
            "a/model",
            "▸ reasoning, 1,512 tokens",
            "Be␛cause.",
            "! 1 control or invisible character, shown as what it is",
            "It broke off.",
            "$0.01",
            "",
        ]
    );
    transcript.show_reasoning(true);
    assert_eq!(
        frame(&transcript, 60, 8)[2..5],
        ["hmm", "", "Be␛cause."],
        "it follows the end"
    );
}

#[test]
fn the_end_is_followed_only_while_the_reader_is_there() {
    let mut transcript = talk(20);
    assert_eq!(frame(&transcript, 20, 3)[2], "line 20");
    transcript.scroll(-5);
    assert_eq!(frame(&transcript, 20, 3)[0], "line 13");
    transcript.push_str(1, "line 21\n");
    assert_eq!(frame(&transcript, 20, 3)[0], "line 13");
    assert_eq!(
        frame(&transcript, 30, 3)[2],
        "line 15         ↓ 6 rows below"
    );
    transcript.scroll(99);
    transcript.push_str(1, "line 22\n");
    assert_eq!(frame(&transcript, 20, 3)[2], "line 22");
}

#[test]
fn what_is_dragged_over_is_copied_as_it_was_said() {
    let mut transcript = Transcript::new();
    transcript.push(Entry::question("You", "one two three four"));
    frame(&transcript, 12, 6);
    assert!(transcript.press(Position::new(4, 1)));
    transcript.drag(Position::new(4, 2));
    assert_eq!(transcript.release().as_deref(), Some("two three"));
    assert!(!transcript.press(Position::new(30, 1)));
}
