//! Limits that a person sets, and what of them is in sight.

use onramp::domain::symptom::{Refusal, Symptom};
use onramp::flow::{Effect, Reply};
use onramp::keymap::Chord;
use onramp::text::Lang;

use crate::chat::{answer, asked, enter, stage};
use crate::support::gallery::Rehearsal;

fn line(stage: &mut Rehearsal, text: &str) {
    stage.paste(text);
    enter(stage);
}

/// The server says what the credits pay for.
fn unaffordable(tokens: u32) -> Symptom {
    let words = "This request requires more credits, or fewer max_tokens. You requested up to 8192 tokens, but can only";
    Symptom::Refused(Box::new(Refusal {
        status: 402,
        message: format!("{words} afford {tokens}. To increase, visit the settings")
            .as_str()
            .into(),
        ..Refusal::default()
    }))
}

/// The line above the editor, of a screen with 120 columns.
fn status(stage: &mut Rehearsal) -> String {
    let frame = stage.frame(120, 36);
    let lines: Vec<&str> = frame.lines().collect();
    let editor = lines.iter().rposition(|line| line.contains('┌'));
    lines[editor.expect("an editor") - 1].to_owned()
}

#[test]
fn a_budget_is_told_and_only_off_takes_it_away() {
    let mut stage = stage();
    stage.list_models();
    answer(&mut stage, "one", "first");
    line(&mut stage, "/budget 0.50");
    assert!(status(&mut stage).contains("$0.0015 of $0.50 spent"));
    line(&mut stage, "/budget");
    let frame = stage.frame(120, 36);
    assert!(
        frame.contains("stops at $0.50; $0.0015 of it is spent"),
        "{frame}"
    );
    assert!(status(&mut stage).contains("of $0.50"));
    line(&mut stage, "/set");
    let frame = stage.frame(120, 36);
    assert!(frame.contains("budget: $0.50"), "{frame}");
    stage.keys("esc");
    line(&mut stage, "/budget off");
    assert!(status(&mut stage).contains("$0.0015 so far"));
}

#[test]
fn a_budget_stays_with_its_conversation_and_comes_back_with_it() {
    let mut stage = stage();
    stage.list_models();
    answer(&mut stage, "one", "first");
    line(&mut stage, "/budget 0.50");
    stage.press(Chord::ctrl('n'));
    let frame = stage.frame(120, 36);
    assert!(!status(&mut stage).contains("$0.50"), "{frame}");
    assert!(
        frame.contains("stays with the conversation before"),
        "{frame}"
    );
    line(&mut stage, "/budget");
    assert!(stage.frame(120, 36).contains("has no budget"));
}

#[test]
fn the_longest_answer_is_in_sight_where_it_is_not_the_usual_one() {
    let mut stage = stage();
    assert!(!status(&mut stage).contains("max-tokens"));
    line(&mut stage, "/max-tokens 2000");
    assert!(status(&mut stage).contains("max-tokens 2,000"));
    line(&mut stage, "/max-tokens");
    assert!(stage.frame(120, 36).contains("answers end at 2,000 tokens"));
    line(&mut stage, "/set max-tokens 500");
    stage.ask("one");
    assert_eq!(asked(&stage)[0].max_tokens, 500);
    stage.answer_ends(None);
    line(&mut stage, "/set max-tokens");
    assert!(!status(&mut stage).contains("max-tokens"));
    // It is the person's own wish: another conversation has it, too.
    line(&mut stage, "/max-tokens 2,500");
    stage.press(Chord::ctrl('n'));
    assert!(status(&mut stage).contains("max-tokens 2,500"));
}

#[test]
fn what_the_credits_pay_for_is_asked_for_on_one_key_and_in_this_conversation_only() {
    let mut stage = stage();
    stage.ask("one").answer_ends(Some(&unaffordable(3919)));
    let frame = stage.frame(120, 36);
    assert!(frame.contains("Ctrl+T asks again, for "), "{frame}");
    stage.press(Chord::ctrl('t')).compose();
    let all = asked(&stage);
    assert_eq!(all.len(), 2);
    assert!(
        all[1].max_tokens < all[0].max_tokens,
        "{}",
        all[1].max_tokens
    );
    let told = format!("for {} tokens at most", grouped(all[1].max_tokens));
    assert!(frame.contains(&told), "{told}: {frame}");
    stage.answer_ends(None);
    assert!(status(&mut stage).contains("max-tokens"));
    stage.press(Chord::ctrl('n'));
    assert!(!status(&mut stage).contains("max-tokens"));
    stage.ask("two");
    assert_eq!(asked(&stage)[2].max_tokens, all[0].max_tokens);
}

fn grouped(tokens: u32) -> String {
    onramp::domain::count::grouped(tokens.into())
}

#[test]
fn answering_again_is_no_mending() {
    let mut stage = stage();
    stage.ask("one").answer_ends(Some(&unaffordable(3919)));
    stage.press(Chord::ctrl('r')).compose();
    let all = asked(&stage);
    assert_eq!(all[0].max_tokens, all[1].max_tokens);
}

#[test]
fn a_context_that_is_nearly_full_is_told_before_it_is_too_late() {
    let mut stage = stage();
    stage.list_models().paste(&"many words ".repeat(90_000));
    assert!(
        !status(&mut stage).contains("context"),
        "{}",
        status(&mut stage)
    );
    stage.paste(&"many words ".repeat(40_000));
    let told = status(&mut stage);
    assert!(
        told.contains("context ") && told.contains("% full"),
        "{told}"
    );
}

#[test]
fn an_effort_is_offered_and_taken_as_the_list_has_it() {
    let mut stage = stage();
    let mut models = crate::support::gallery::usage::models();
    for card in &mut models {
        card.supported_parameters = vec!["reasoning".into(), "max_tokens".into()];
        card.efforts = vec!["high".into(), "low".into()];
    }
    list(&mut stage, models);
    line(&mut stage, "/set");
    let frame = stage.frame(120, 36);
    assert!(frame.contains("high, low"), "{frame}");
    // What the model does not take is not offered, and that is said.
    assert!(
        frame.contains("not in the list: temperature, top-p, seed,"),
        "{frame}"
    );
    // The first row is the effort now.
    enter(&mut stage);
    assert!(stage.frame(120, 36).contains("│ /set effort"));
    stage.press(Chord::ctrl('u'));
    line(&mut stage, "/set effort max");
    let frame = stage.frame(120, 36);
    assert!(frame.contains("no effort “max”, but high, low"), "{frame}");
    stage.ask("one");
    assert_eq!(asked(&stage)[0].tuning.thinking, None);
    stage.answer_ends(None);
    line(&mut stage, "/set effort HIGH");
    stage.ask("two");
    assert!(asked(&stage)[1].tuning.thinking.is_some());
}

fn list(stage: &mut Rehearsal, models: Vec<onramp::domain::model_card::ModelCard>) {
    stage.hear_list(Ok(std::sync::Arc::new(onramp::domain::figures::Known {
        as_of: jiff::Timestamp::UNIX_EPOCH,
        value: models,
    })));
}

#[test]
fn what_is_wished_stays_in_the_list_though_the_model_does_not_take_it() {
    let mut stage = stage();
    line(&mut stage, "/set temperature 0.2");
    let mut models = crate::support::gallery::usage::models();
    for card in &mut models {
        card.supported_parameters = vec!["max_tokens".into()];
    }
    list(&mut stage, models);
    line(&mut stage, "/set");
    let frame = stage.frame(120, 36);
    assert!(frame.contains("temperature: 0.2"), "{frame}");
    assert!(frame.contains("this model does not take it"), "{frame}");
    stage.keys("esc");
    assert!(status(&mut stage).contains("not sent to this model: temperature"));
}

#[test]
fn all_code_is_copied_at_once() {
    let mut stage = stage();
    answer(&mut stage, "one", "```rust\nfn a() {}\n```\n");
    answer(&mut stage, "two", "```rust\nfn b() {}\n```\n");
    line(&mut stage, "/copy all");
    let copied = Effect::Copy("fn a() {}\n\nfn b() {}\n".into());
    assert_eq!(stage.effects.last(), Some(&copied));
    line(&mut stage, "/copy-all");
    assert_eq!(stage.effects.last(), Some(&copied));
    stage.press(Chord::ctrl('n'));
    line(&mut stage, "/copy all");
    assert!(stage.frame(80, 24).contains("there is no such code block"));
}

#[test]
fn nobody_is_told_that_there_is_no_key_before_keys_were_looked_for() {
    let mut stage = Rehearsal::new(Lang::En, false);
    stage.keys("3");
    assert!(stage.frame(80, 24).contains("Looking for a key"));
    let around = onramp::flow::surroundings::Surroundings::default();
    stage.reply(Reply::Surroundings(Box::new(around)));
    assert!(stage.frame(80, 24).contains("There is no key in use yet"));
}
