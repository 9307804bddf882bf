//! Other wordings of a question and other answers to it: all of them stay within reach.

use onramp::domain::chat::Delta;
use onramp::flow::Event;
use onramp::keymap::{Chord, Key};

use crate::chat::{answer, asked, enter, stage, words};
use crate::support::gallery::Rehearsal;

fn alt(key: Key) -> Chord {
    Chord {
        alt: true,
        ..Chord::plain(key)
    }
}

/// A question of which there are two wordings; behind the second one another question with two answers.
fn forked_twice() -> Rehearsal {
    let mut stage = stage();
    answer(&mut stage, "one", "first");
    stage.press(Chord::alt('e')).press(Chord::char('!'));
    enter(&mut stage);
    stage.compose();
    stage.hear(Delta::Text("other".into())).answer_ends(None);
    answer(&mut stage, "two", "second");
    stage.press(Chord::ctrl('r')).compose();
    stage.hear(Delta::Text("third".into())).answer_ends(None);
    stage
}

#[test]
fn the_first_of_two_forks_is_turned_to_where_the_reader_points() {
    let mut stage = forked_twice();
    let frame = stage.frame(80, 24);
    assert!(
        frame.contains("You · 2/2") && frame.contains("gpt-5-mini · 2/2"),
        "{frame}"
    );
    // At the end the last fork is meant.
    stage.press(Chord::alt('b'));
    let frame = stage.frame(80, 24);
    assert!(frame.contains("second") && frame.contains("· 1/2") && !frame.contains("third"));
    stage.press(alt(Key::Up));
    assert!(!stage.frame(80, 24).contains("▸ You · 2/2"));
    stage.press(alt(Key::Up));
    assert!(stage.frame(80, 24).contains("▸ You · 2/2"));
    stage.press(Chord::alt('b'));
    let frame = stage.frame(80, 24);
    assert!(
        frame.contains("▸ You · 1/2") && frame.contains("first") && !frame.contains("two"),
        "{frame}"
    );
    // And back, with what followed last.
    stage.press(Chord::alt('b'));
    assert!(stage.frame(80, 24).contains("third"));
    stage.press(alt(Key::Down)).press(alt(Key::Down));
    assert!(!stage.frame(80, 24).contains("▸ You"));
}

#[test]
fn a_number_names_the_question() {
    let mut stage = forked_twice();
    stage.paste("/branch 1");
    enter(&mut stage);
    let frame = stage.frame(80, 24);
    assert!(frame.contains("first") && !frame.contains("two"), "{frame}");
    stage.paste("/branch 7");
    enter(&mut stage);
    assert!(
        stage
            .frame(80, 24)
            .contains("there is no question 7: there are 1")
    );
}

#[test]
fn an_earlier_question_is_edited_and_answered_again_where_it_stands() {
    let mut stage = stage();
    answer(&mut stage, "one", "first");
    answer(&mut stage, "two", "second");
    stage.press(alt(Key::Up)).press(alt(Key::Up));
    stage.press(Chord::alt('e')).press(Chord::char('!'));
    enter(&mut stage);
    stage.compose();
    let last = |stage: &Rehearsal| -> Vec<String> {
        let all = asked(stage);
        let last = words(all.last().expect("it is asked")).into_iter();
        last.map(|(_, text)| text).collect()
    };
    assert_eq!(last(&stage), ["one!"]);
    stage.hear(Delta::Text("other".into())).answer_ends(None);
    stage.paste("/branch 1");
    enter(&mut stage);
    assert!(stage.frame(80, 24).contains("second"));
    stage.paste("/regenerate 1");
    enter(&mut stage);
    stage.compose();
    assert_eq!(last(&stage), ["one"]);
    stage.hear(Delta::Text("again".into())).answer_ends(None);
    stage.paste("/edit 1");
    enter(&mut stage);
    assert!(stage.frame(80, 24).contains("editing a question"));
}

#[test]
fn in_a_long_conversation_the_question_before_the_reader_is_meant() {
    let mut stage = stage();
    answer(&mut stage, "one", &"first\n\n".repeat(30));
    answer(&mut stage, "two", &"second\n\n".repeat(30));
    // By hand, into the midst of the first answer.
    stage.frame(80, 24);
    for _ in 0..5 {
        stage.press(Chord::plain(Key::PageUp));
    }
    stage.press(Chord::alt('e'));
    enter(&mut stage);
    stage.compose();
    let all = asked(&stage);
    assert_eq!(words(&all[2]).len(), 1);
}

#[test]
fn plain_lines_tell_the_wording_and_take_a_number() {
    let mut stage = forked_twice();
    stage.app.say_new();
    stage.event(Event::Line("/branch 1".into()));
    let said = stage.app.say_new();
    assert!(said.starts_with("You · 1/2:\none\n"), "{said}");
}
