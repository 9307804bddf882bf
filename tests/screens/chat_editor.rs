//! What is offered for a text in the editor goes when the text goes.

use onramp::flow::{Effect, Reply};
use onramp::keymap::{Chord, Key};

use crate::chat::{answer, stage};
use crate::support::gallery::Rehearsal;

/// The row that a file which is offered has.
const OFFERED: &str = "812B";

/// A file is offered for what is being typed behind an answer.
fn offering() -> Rehearsal {
    let mut stage = stage();
    answer(&mut stage, "one @m", "first");
    stage.keys("@").list_files().keys("m");
    assert!(stage.frame(80, 24).contains(OFFERED));
    stage
}

/// Enter sends exactly this.
#[track_caller]
fn sends(stage: &mut Rehearsal, text: &str) {
    let frame = stage.frame(80, 24);
    assert!(!frame.contains(OFFERED), "{frame}");
    let before = stage.effects.len();
    stage.press(Chord::plain(Key::Enter));
    let sent = stage.effects[before..].iter().find_map(|it| match it {
        Effect::Compose { draft, .. } => Some(draft.text.clone()),
        _ => None,
    });
    assert_eq!(sent.as_deref(), Some(text));
}

#[test]
fn a_question_that_is_edited_is_sent_as_it_stands() {
    let mut stage = offering();
    stage.press(Chord::alt('e'));
    sends(&mut stage, "one @m");
}

#[test]
fn a_text_from_the_persons_own_editor_is_sent_as_it_stands() {
    let mut stage = offering();
    stage.press(Chord::ctrl('g'));
    let Some(Effect::EditElsewhere { ticket, .. }) = stage.effects.last().cloned() else {
        panic!("the editor is asked for");
    };
    let outcome = Ok("from elsewhere".to_owned());
    stage.reply(Reply::Edited { ticket, outcome });
    sends(&mut stage, "from elsewhere");
}

#[test]
fn a_line_that_is_broken_ends_what_was_offered_for_it() {
    let mut stage = offering();
    stage.press(Chord::ctrl('j'));
    sends(&mut stage, "@m\n");
}

#[test]
fn a_command_from_the_palette_takes_the_place_of_what_was_typed() {
    let mut stage = offering();
    stage.keys("ctrl-p").paste("title");
    stage.press(Chord::plain(Key::Enter));
    let frame = stage.frame(80, 24);
    assert!(
        frame.contains("/title ") && !frame.contains(OFFERED),
        "{frame}"
    );
}

#[test]
fn the_next_question_asks_for_the_files_anew() {
    let mut stage = stage();
    let lists = |stage: &Rehearsal| {
        let effects = stage.effects.iter();
        let asked = effects.filter(|effect| matches!(effect, Effect::ListFiles { .. }));
        asked.count()
    };
    stage.keys("@").list_files();
    for letter in "Makefile".chars() {
        stage.press(Chord::plain(Key::Char(letter)));
    }
    stage.press(Chord::plain(Key::Enter));
    stage.keys("@");
    assert_eq!(lists(&stage), 2);
}
