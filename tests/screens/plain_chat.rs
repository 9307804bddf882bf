//! The chat as plain lines: what is said, in order, and nothing twice.

use onramp::domain::chat::{Delta, FinishReason};
use onramp::domain::symptom::{Refusal, Symptom};
use onramp::flow::{Effect, Event, Reply};
use onramp::keymap::{Chord, Key};
use onramp::text::Lang;

use crate::support::gallery::Rehearsal;
use crate::support::gallery::chat::{started, usage};

fn stage(lang: Lang) -> Rehearsal {
    let mut stage = Rehearsal::new(lang, false);
    stage.chatting();
    stage
}

fn line(stage: &mut Rehearsal, line: &str) {
    stage.event(Event::Line(line.into()));
}

fn text(text: &str) -> Delta {
    Delta::Text(text.into())
}

fn broken() -> Symptom {
    Symptom::Refused(Box::new(Refusal {
        status: 503,
        ..Refusal::default()
    }))
}

/// What is said of two questions, one of which fails.
fn walk(lang: Lang) -> String {
    let mut stage = stage(lang);
    let mut said = String::new();
    line(&mut stage, "How do I sort?");
    stage.compose();
    said += &stage.app.say_new();
    stage.hear(started()).hear(text("Use `so"));
    said += &stage.app.say_new();
    stage.hear(text("rt`, it is stable.\n\n按字节"));
    said += &stage.app.say_new();
    // Typed meanwhile: it waits.
    line(&mut stage, "and backwards?");
    said += &stage.app.say_new();
    stage
        .hear(text("顺序\u{1b}]0;x\u{7}."))
        .hear(Delta::Finished(FinishReason::Stop));
    stage
        .hear(Delta::Usage(usage()))
        .answer_ends(None)
        .compose();
    said += &stage.app.say_new();
    stage.hear(text("Half an ans")).answer_ends(Some(&broken()));
    said += &stage.app.say_new();
    line(&mut stage, "/edit");
    said += &stage.app.say_new();
    // Once said, nothing is said again.
    assert_eq!(stage.app.say_new(), "");
    said
}

#[test]
fn what_comes_is_said_once_and_in_order_in_both_languages() {
    let said = format!("{}\n──\n{}", walk(Lang::En), walk(Lang::Zh));
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false, snapshot_path => "../snapshots" }, {
        insta::assert_snapshot!("chat-plain", said);
    });
}

#[test]
fn of_two_answers_the_second_is_said_when_the_first_has_ended() {
    let mut stage = stage(Lang::En);
    line(&mut stage, "/compare anthropic/claude-haiku-4.5 Which one?");
    stage.compose();
    stage
        .hear_of(0, text("the first "))
        .hear_of(1, text("the second "));
    let said = stage.app.say_new();
    assert_eq!(said, "[1] openai/gpt-5-mini:\nthe first ");
    stage.hear_of(1, text("whole")).ends_of(1, 900, None);
    assert_eq!(stage.app.say_new(), "");
    stage.hear_of(0, text("one")).ends_of(0, 1_900, None);
    let said = stage.app.say_new();
    let (one, two) = (
        said.find("one\n"),
        said.find("[2] anthropic/claude-haiku-4.5:\nthe second whole\n"),
    );
    assert!(one < two && one.is_some(), "{said}");
    assert!(
        said.ends_with("Two answers: /first or /second goes on with one of them.\n"),
        "{said}"
    );
    line(&mut stage, "/second");
    assert_eq!(stage.app.say_new(), "");
    let notice = stage.app.take_notice().expect("it is told");
    assert!(
        notice
            .words
            .say(Lang::En)
            .contains("claude-haiku-4.5 goes on")
    );
    line(&mut stage, "/branch");
    assert!(
        stage
            .app
            .say_new()
            .starts_with("openai/gpt-5-mini:\nthe first one\n")
    );
}

#[test]
fn a_line_takes_the_place_of_what_was_in_the_editor() {
    let mut stage = stage(Lang::En);
    line(&mut stage, "one");
    stage
        .compose()
        .hear(text("```sh\nls\n```\n"))
        .answer_ends(None);
    // The path is missing: in the editor it would be typed behind this.
    line(&mut stage, "/save 1");
    line(&mut stage, "two");
    stage.compose();
    let asked = stage.effects.iter().rev().find_map(|effect| match effect {
        Effect::Converse { talk, .. } => talk.request.messages.last().cloned(),
        _ => None,
    });
    assert_eq!(asked.expect("it was asked").content, "two");
}

#[test]
fn words_that_are_looked_for_among_models_take_the_place_of_those_before() {
    let mut stage = stage(Lang::En);
    stage.list_models();
    line(&mut stage, "/model");
    line(&mut stage, "zzzz");
    line(&mut stage, "haiku");
    stage.event(Event::Choose(0));
    line(&mut stage, "one");
    stage.compose();
    let asked = stage.effects.iter().rev().find_map(|effect| match effect {
        Effect::Converse { talk, .. } => Some(talk.request.model.clone()),
        _ => None,
    });
    assert_eq!(asked.as_deref(), Some("anthropic/claude-haiku-4.5"));
}

#[test]
fn a_template_that_is_filled_while_something_waits_is_asked_about_in_lines_all_the_same() {
    let mut stage = stage(Lang::En);
    line(&mut stage, "one");
    stage.compose();
    line(&mut stage, "/template release 2.0");
    line(&mut stage, "two");
    assert!(stage.app.say_new().contains("1 waiting to be asked"));
    stage.filled();
    let overlay = stage.app.overlay().expect("it is asked about");
    let page = overlay.page(stage.app.facts()).expect("it can be said");
    assert_eq!(page.choices(), 2);
}

#[test]
fn a_conversation_that_comes_back_is_said_whole() {
    let mut stage = stage(Lang::En);
    let now = "2026-11-25T14:00:00Z".parse().expect("a time");
    let mut talk = onramp::domain::conversation::Conversation::new("kept-1".into(), None, now);
    talk.add(
        None,
        now,
        onramp::domain::conversation::Speaker::person(),
        "one".into(),
    );
    let reply = onramp::domain::conversation::Reply {
        asked: "a/b".into(),
        ..Default::default()
    };
    let model = onramp::domain::conversation::Speaker::Model(Box::new(reply));
    talk.add(Some(0), now, model, "first".into());
    stage.paste("/sessions").press(Chord::plain(Key::Enter));
    let Some(Effect::ListTalks { ticket, .. }) = stage.effects.last().cloned() else {
        panic!("the archive is asked");
    };
    let kept = onramp::domain::kept::Kept {
        id: "kept-1".into(),
        title: "one".into(),
        project: None,
        server: "https://openrouter.ai".into(),
        begun: now,
        touched: now,
        turns: 2,
        model: None,
        cost: None,
    };
    stage.reply(Reply::TalksListed {
        ticket,
        kept: Ok(vec![kept]),
    });
    stage.event(Event::Choose(0));
    let Some(Effect::LoadTalk { ticket, .. }) = stage.effects.last().cloned() else {
        panic!("it is loaded");
    };
    stage.reply(Reply::TalkLoaded {
        ticket,
        talk: Ok(Some(Box::new(talk))),
    });
    let said = stage.app.say_new();
    assert!(said.starts_with("You:\none\na/b:\nfirst\n"), "{said}");
    assert_eq!(stage.app.say_new(), "");
}

#[test]
fn what_an_answer_holds_is_named_by_what_commands_call_it() {
    let mut stage = stage(Lang::En);
    for (asked, code) in [
        (
            "one",
            "```sh\nls\n```\n```rust src/main.rs\nfn main() {}\n```\n",
        ),
        ("two", "```\nx\n```\n"),
    ] {
        line(&mut stage, asked);
        stage.compose().hear(Delta::Reasoning("Hm.".into()));
        stage
            .hear(text(code))
            .hear(Delta::Finished(FinishReason::Stop));
        stage.answer_ends(None);
    }
    let said = stage.app.say_new();
    assert!(
        said.contains("Code: [1] sh, [2] rust src/main.rs\n"),
        "{said}"
    );
    assert!(said.contains("Code: [3]\n"), "{said}");
    assert_eq!(said.matches("/reasoning shows that").count(), 2, "{said}");
}
