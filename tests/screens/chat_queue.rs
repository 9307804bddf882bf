//! What waits to be asked: what was typed while an answer came, and what is asked again after a while.

use std::time::Duration;

use onramp::domain::chat::{Delta, FinishReason};
use onramp::domain::symptom::{Refusal, Symptom};
use onramp::flow::surroundings::{Memory, Surroundings};
use onramp::flow::{Effect, Reply, Ticket};
use onramp::keymap::{Chord, Key};
use onramp::text::Lang;

use crate::chat::{answer, asked, enter, stage, words};
use crate::chat_asking::doubtful;
use crate::support::gallery::Rehearsal;
use crate::support::gallery::start::surroundings;

const OTHER: &str = "anthropic/claude-haiku-4.5";

fn type_in(stage: &mut Rehearsal, text: &str) {
    stage.paste(text);
    enter(stage);
}

fn busy_server() -> Symptom {
    Symptom::Refused(Box::new(Refusal {
        status: 503,
        retry_after: Some(Duration::from_secs(30)),
        ..Refusal::default()
    }))
}

fn models(stage: &Rehearsal) -> Vec<String> {
    asked(stage).into_iter().map(|it| it.model).collect()
}

/// The words of the last message of each request, in order.
fn last_words(stage: &Rehearsal) -> Vec<String> {
    let asked = asked(stage);
    let last = asked.iter().filter_map(|request| words(request).pop());
    last.map(|(_, text)| text).collect()
}

/// Has the last trouble mended by waiting; the ticket of the wait.
fn wait(stage: &mut Rehearsal) -> Ticket {
    stage.press(Chord::alt('m'));
    enter(stage);
    assert!(stage.frame(80, 24).contains("asks again in 30 s"));
    let mut effects = stage.effects.iter().rev();
    let found = effects.find_map(|effect| match effect {
        Effect::CountDown { ticket, .. } => Some(*ticket),
        _ => None,
    });
    found.expect("a wait begins")
}

#[test]
fn what_is_asked_before_the_look_round_goes_where_the_project_says() {
    let mut stage = Rehearsal::new(Lang::En, false);
    stage.keys("3");
    type_in(&mut stage, "one");
    type_in(&mut stage, "two");
    let drafts = |stage: &Rehearsal| -> Vec<(String, String, String)> {
        let drafts = stage.effects.iter().filter_map(|effect| match effect {
            Effect::Compose { draft, .. } => Some(draft),
            _ => None,
        });
        let told = drafts.map(|draft| {
            let model = draft.asked[0].model.clone();
            (draft.text.clone(), draft.account.server.clone(), model)
        });
        told.collect()
    };
    assert_eq!(drafts(&stage), []);
    let around = surroundings();
    stage.looked(Surroundings {
        server: Some("http://127.0.0.1:8080/v1".into()),
        memory: Memory {
            model: Some(OTHER.into()),
            ..around.memory.clone()
        },
        ..around
    });
    let first = (
        "one".into(),
        "http://127.0.0.1:8080/v1".into(),
        OTHER.into(),
    );
    assert_eq!(drafts(&stage), [first]);
    assert!(stage.frame(80, 24).contains("1 waiting to be asked"));
}

#[test]
fn a_wait_ends_with_the_very_question_and_side_that_it_began_for() {
    let mut stage = Rehearsal::new(Lang::En, false);
    stage.compare();
    stage.ends_of(0, 300, Some(&busy_server()));
    stage.ends_of(1, 300, None);
    let ticket = wait(&mut stage);
    // The person looks at the other answer meanwhile.
    stage.press(Chord::plain(Key::Tab));
    stage.reply(Reply::Counted { ticket, left: 0 }).compose();
    assert_eq!(models(&stage)[2..], ["openai/gpt-5-mini"]);
}

#[test]
fn a_wait_ends_when_something_else_is_begun() {
    for key in ['e', 'b'] {
        let mut stage = stage();
        answer(&mut stage, "one", "first");
        stage.press(Chord::ctrl('r')).compose();
        stage.answer_ends(Some(&busy_server()));
        let ticket = wait(&mut stage);
        stage.press(Chord::alt(key));
        assert!(stage.effects.contains(&Effect::Cancel(ticket)), "{key}");
        assert!(!stage.frame(80, 24).contains("asks again in"), "{key}");
        let before = stage.effects.len();
        stage.reply(Reply::Counted { ticket, left: 0 });
        assert_eq!(stage.effects.len(), before, "{key}");
    }
}

#[test]
fn nothing_goes_round_the_choice_between_two_answers() {
    let mut stage = Rehearsal::new(Lang::En, false);
    stage.compare();
    for side in [0, 1] {
        stage.hear_of(side, Delta::Finished(FinishReason::Length));
        stage.ends_of(side, 300, None);
    }
    type_in(&mut stage, "/continue");
    assert!(stage.frame(80, 24).contains("choose the answer"));
    let line = onramp::flow::Event::Line("/template release 2.0".into());
    stage.event(line);
    stage.filled().keys("2");
    assert!(stage.frame(80, 24).contains("choose the answer"));
    let composed = stage.effects.iter();
    let composed = composed.filter(|it| matches!(it, Effect::Compose { .. }));
    assert_eq!(composed.count(), 1);
}

#[test]
fn going_on_with_a_cut_answer_takes_no_questions_place() {
    let mut stage = stage();
    stage.ask("one").hear(Delta::Text("fir".into()));
    stage.hear(Delta::Finished(FinishReason::Length));
    stage.answer_ends(None);
    stage.press(Chord::alt('e'));
    // By the palette: what is being typed stays.
    stage.keys("ctrl-p").paste("continue");
    enter(&mut stage);
    stage.compose();
    let said: Vec<String> = words(&asked(&stage)[1])
        .into_iter()
        .map(|it| it.1)
        .collect();
    assert_eq!(said[..2], ["one", "fir"]);
    assert_eq!(said.len(), 3);
}

#[test]
fn whom_a_question_goes_to_is_settled_when_it_is_typed() {
    let mut stage = stage();
    stage.list_models();
    stage.ask("one").hear(Delta::Text("first".into()));
    type_in(&mut stage, "two");
    type_in(&mut stage, &format!("/compare {OTHER} three"));
    type_in(&mut stage, "four");
    stage.answer_ends(None).compose();
    assert_eq!(models(&stage)[1..], ["openai/gpt-5-mini"]);
    stage.answer_ends(None).compose();
    assert_eq!(models(&stage)[2..], ["openai/gpt-5-mini", OTHER]);
    assert_eq!(last_words(&stage), ["one", "two", "three", "three"]);
    stage.ends_of(2, 300, None).ends_of(3, 300, None);
    stage.press(Chord::alt('.')).compose();
    assert_eq!(models(&stage)[4..], [OTHER]);
    assert_eq!(last_words(&stage)[4], "four");
}

#[test]
fn back_to_the_editor_keeps_the_question_in_its_place() {
    let mut stage = stage();
    answer(&mut stage, "one", "first");
    stage.press(Chord::alt('e')).paste(" more");
    enter(&mut stage);
    doubtful(&mut stage);
    enter(&mut stage);
    let frame = stage.frame(80, 24);
    assert!(
        frame.contains("│ one more ") && frame.contains("editing a question"),
        "{frame}"
    );
    enter(&mut stage);
    stage.compose();
    let said = words(&asked(&stage)[1]);
    assert_eq!(said.len(), 1);
}

#[test]
fn what_waits_is_seen_after_a_trouble_and_comes_back_one_by_one() {
    let mut stage = stage();
    stage.ask("one");
    type_in(&mut stage, "two");
    type_in(&mut stage, "three");
    stage.answer_ends(Some(&busy_server()));
    stage.paste("four");
    assert!(stage.frame(80, 24).contains("2 waiting to be asked"));
    stage.keys("esc");
    // What was being typed waits behind the others.
    let frame = stage.frame(80, 24);
    assert!(
        frame.contains("2 waiting to be asked") && frame.contains("│ two "),
        "{frame}"
    );
    enter(&mut stage);
    stage.compose().answer_ends(None);
    stage.compose().answer_ends(None);
    stage.compose().answer_ends(None);
    assert_eq!(last_words(&stage), ["one", "two", "three", "four"]);
}

#[test]
fn what_waits_comes_back_with_its_place_and_its_models() {
    let mut stage = stage();
    stage.list_models();
    answer(&mut stage, "one", "first");
    stage.press(Chord::alt('e')).paste(" more");
    stage.press(Chord::ctrl('r')).compose();
    // Behind the answer that is coming: the question that is changed, and one for another model.
    enter(&mut stage);
    type_in(&mut stage, &format!("/model {OTHER}"));
    type_in(&mut stage, "two");
    type_in(&mut stage, "/model openai/gpt-5-mini");
    stage.answer_ends(Some(&busy_server()));
    stage.keys("esc");
    let frame = stage.frame(80, 24);
    assert!(
        frame.contains("│ one more ") && frame.contains("editing a question"),
        "{frame}"
    );
    enter(&mut stage);
    stage.compose().answer_ends(Some(&busy_server()));
    stage.keys("esc");
    let frame = stage.frame(120, 36);
    assert!(frame.contains("│ two ") && frame.contains(OTHER), "{frame}");
    enter(&mut stage);
    stage.compose();
    assert_eq!(models(&stage).pop().as_deref(), Some(OTHER));
    let said = words(asked(&stage).last().expect("it is asked"));
    let said: Vec<&str> = said.iter().map(|(_, text)| text.as_str()).collect();
    assert_eq!(said, ["one more", "two"]);
}

#[test]
fn a_model_that_is_chosen_anew_stands_above_what_came_back() {
    let mut stage = stage();
    stage.list_models();
    stage.ask("one");
    type_in(&mut stage, "two");
    type_in(&mut stage, &format!("/model {OTHER}"));
    stage.answer_ends(Some(&busy_server()));
    stage.keys("esc");
    assert!(stage.frame(80, 24).contains(" openai/gpt-5-mini"));
    stage.press(Chord::ctrl('o')).paste("haiku-4.5");
    enter(&mut stage);
    enter(&mut stage);
    stage.compose();
    assert_eq!(models(&stage), ["openai/gpt-5-mini", OTHER]);
}

#[test]
fn a_question_that_was_changed_and_waits_keeps_its_place() {
    let mut stage = stage();
    answer(&mut stage, "one", "first");
    stage.press(Chord::alt('e')).paste(" more");
    stage.press(Chord::ctrl('r')).compose();
    enter(&mut stage);
    stage.answer_ends(None).compose();
    let said: Vec<String> = words(&asked(&stage)[2])
        .into_iter()
        .map(|it| it.1)
        .collect();
    assert_eq!(said, ["one more"]);
}

#[test]
fn nobody_who_stops_an_answer_asks_for_the_next_one_by_it() {
    let mut stage = stage();
    stage.ask("one").hear(Delta::Text("first".into()));
    type_in(&mut stage, "two");
    type_in(&mut stage, "three\nof two lines");
    let frame = stage.frame(80, 24);
    assert!(
        frame.contains("… two") && frame.contains("… three"),
        "{frame}"
    );
    stage.keys("esc");
    assert_eq!(last_words(&stage), ["one"]);
    let frame = stage.frame(80, 24);
    assert!(frame.contains("Enter ask what waits"), "{frame}");
    // Once, though two keys do it.
    assert_eq!(frame.matches("take back what waits").count(), 1, "{frame}");
    enter(&mut stage);
    stage.compose();
    assert_eq!(last_words(&stage), ["one", "two"]);
}

#[test]
fn what_waits_is_taken_back_while_an_answer_comes() {
    let mut stage = stage();
    stage.ask("one").hear(Delta::Text("first".into()));
    type_in(&mut stage, "two");
    type_in(&mut stage, "three");
    stage.press(Chord::alt('q'));
    let frame = stage.frame(80, 24);
    assert!(
        frame.contains("│ two ") && frame.contains("1 waiting to be asked"),
        "{frame}"
    );
    // Nothing is lost by pressing it again: they take turns.
    stage.press(Chord::alt('q'));
    let frame = stage.frame(80, 24);
    assert!(
        frame.contains("│ three ") && frame.contains("… two"),
        "{frame}"
    );
    stage.answer_ends(None).compose();
    assert_eq!(last_words(&stage), ["one", "two"]);
}

#[test]
fn ctrl_c_stops_then_puts_away_then_leaves() {
    let mut stage = stage();
    stage.ask("one").hear(Delta::Text("first".into()));
    type_in(&mut stage, "two");
    stage.paste("a long draft");
    stage.press(Chord::ctrl('c'));
    let frame = stage.frame(80, 24);
    assert!(
        frame.contains("first") && frame.contains("stopped") && frame.contains("a long draft"),
        "{frame}"
    );
    assert_eq!(last_words(&stage), ["one"]);
    stage.press(Chord::ctrl('c'));
    let frame = stage.frame(80, 24);
    assert!(
        !frame.contains("a long draft") && frame.contains("Ctrl+/ brings it back"),
        "{frame}"
    );
    stage.press(Chord::ctrl('/'));
    assert!(stage.frame(80, 24).contains("a long draft"));
    stage.press(Chord::ctrl('c')).press(Chord::ctrl('c'));
    assert!(stage.app.is_interrupted());
    let farewell = stage.app.farewell();
    assert!(farewell.has_kept, "an answer was paid for");
}

#[test]
fn two_who_were_chosen_before_the_look_round_are_both_asked() {
    let mut stage = Rehearsal::new(Lang::En, false);
    stage.keys("3");
    type_in(&mut stage, &format!("/compare {OTHER}"));
    type_in(&mut stage, "one");
    type_in(&mut stage, "two");
    stage.looked(surroundings()).compose();
    assert_eq!(models(&stage), ["openai/gpt-5-mini", OTHER]);
    // What waits behind goes to the one that is chosen.
    stage.ends_of(0, 300, None).ends_of(1, 300, None);
    stage.press(Chord::alt('.')).compose();
    assert_eq!(models(&stage)[2..], [OTHER]);
    assert_eq!(last_words(&stage), ["one", "one", "two"]);
}
