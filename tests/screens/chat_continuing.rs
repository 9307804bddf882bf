//! An answer that broke off goes on: both parts are one, on the screen, in what is sent and in files.

use onramp::domain::chat::{Delta, FinishReason, Role};
use onramp::domain::conversation::{Conversation, Reply as Answer, ReplyState, Speaker};
use onramp::domain::symptom::Symptom;
use onramp::flow::code_out::CodePlan;
use onramp::flow::{Effect, Event, Reply};
use onramp::keymap::{Chord, Key};

use crate::chat::{answer, asked, enter, stage, words};
use crate::support::gallery::Rehearsal;
use crate::support::gallery::chat::{started, usage};

const HALF: &str = "So:\n\n```rust src/a.rs\nfn a() {\n    b";

fn type_in(stage: &mut Rehearsal, text: &str) {
    stage.paste(text);
    enter(stage);
}

/// An answer that was cut in the midst of a block of code.
fn cut() -> Rehearsal {
    let mut stage = stage();
    stage.ask("one").hear(started());
    stage.hear(Delta::Text(HALF.into()));
    stage.hear(Delta::Finished(FinishReason::Length));
    stage.hear(Delta::Usage(usage())).answer_ends(None);
    stage
}

fn go_on(stage: &mut Rehearsal) {
    type_in(stage, "/continue");
    stage.compose();
}

/// The file that is to be written.
fn plan(stage: &mut Rehearsal) -> CodePlan {
    type_in(stage, "/save 1");
    match stage.effects.last() {
        Some(Effect::ReviewCode { plan, .. }) => plan.clone(),
        other => panic!("a file is worked out: {other:?}"),
    }
}

#[test]
fn a_block_that_was_cut_in_two_is_one() {
    let mut stage = cut();
    assert!(plan(&mut stage).is_unfinished);
    go_on(&mut stage);
    let all = asked(&stage);
    let said = words(&all[1]);
    assert_eq!(
        said[..2],
        [
            (Role::User, "one".to_owned()),
            (Role::Assistant, HALF.to_owned())
        ]
    );
    assert!(
        said[2].1.contains("do not open the block of code"),
        "{said:?}"
    );
    // Models like to open it once more.
    for piece in ["```ru", "st\n", "();\n}\n```\n", "Done."] {
        stage.hear(Delta::Text(piece.into()));
    }
    stage.hear(Delta::Finished(FinishReason::Stop));
    stage.hear(Delta::Usage(usage())).answer_ends(None);
    let frame = stage.frame(80, 24);
    assert!(
        frame.contains("    b();") && frame.contains("Done."),
        "{frame}"
    );
    assert!(
        !frame.contains("Continue exactly") && !frame.contains("[2]"),
        "{frame}"
    );
    // What both parts took.
    assert!(frame.contains("3,680 in, 1,024 out"), "{frame}");
    let plan = plan(&mut stage);
    assert_eq!(plan.code, "fn a() {\n    b();\n}\n");
    assert!(!plan.is_unfinished);
    type_in(&mut stage, "/copy-answer");
    let whole = format!("{HALF}();\n}}\n```\nDone.");
    assert_eq!(stage.effects.last(), Some(&Effect::Copy(whole.clone())));
    answer(&mut stage, "two", "second");
    let all = asked(&stage);
    assert_eq!(words(&all[2])[1], (Role::Assistant, whole));
    assert_eq!(words(&all[2]).len(), 3);
}

#[test]
fn what_was_stopped_or_broke_off_goes_on_and_what_is_whole_does_not() {
    let mut stage = stage();
    answer(&mut stage, "one", "first");
    type_in(&mut stage, "/continue");
    assert!(stage.frame(80, 24).contains("the last answer came whole"));
    stage.ask("two").hear(Delta::Text("sec".into())).keys("esc");
    go_on(&mut stage);
    assert_eq!(asked(&stage).len(), 3);
    let cut = Symptom::StreamCut {
        had_text: false,
        detail: "closed".into(),
    };
    stage.answer_ends(Some(&cut));
    assert!(stage.frame(80, 24).contains("✗"));
    // Asked again is what failed: it goes on with the same words.
    stage.press(Chord::ctrl('t')).compose();
    let all = asked(&stage);
    assert_eq!(words(&all[3]), words(&all[2]));
    stage.hear(Delta::Text("ond".into()));
    stage.answer_ends(Some(&cut));
    go_on(&mut stage);
    assert_eq!(words(&asked(&stage)[4])[3].1, "second");
    // Another answer is another answer to the question.
    stage.keys("esc").press(Chord::ctrl('r')).compose();
    assert_eq!(words(&asked(&stage)[5]).len(), 3);
}

#[test]
fn an_answer_without_a_word_has_nothing_to_go_on_with() {
    let mut stage = stage();
    stage.ask("one").keys("esc");
    type_in(&mut stage, "/continue");
    assert!(stage.frame(80, 24).contains("no words to go on with"));
}

#[test]
fn an_end_that_nobody_knows_is_told() {
    let mut stage = stage();
    stage.ask("one").hear(started());
    stage.hear(Delta::Text("half".into()));
    stage.hear(Delta::Finished(FinishReason::Other("function_call".into())));
    stage.hear(Delta::Usage(usage())).answer_ends(None);
    let frame = stage.frame(120, 36);
    assert!(frame.contains("ended oddly: function_call"), "{frame}");
    go_on(&mut stage);
    assert_eq!(words(&asked(&stage)[1])[1].1, "half");
}

#[test]
fn an_answer_that_a_kill_cut_says_so_and_goes_on() {
    let mut stage = stage();
    let now = "2026-11-25T14:00:00Z".parse().expect("a time");
    let mut talk = Conversation::new("kept-1".into(), None, now);
    talk.add(None, now, Speaker::person(), "how?".into());
    let killed = Answer {
        asked: "openai/gpt-5-mini".into(),
        state: ReplyState::Coming,
        ..Answer::default()
    };
    let killed = Speaker::Model(Box::new(killed));
    talk.add(Some(0), now, killed, "so fa".into());
    type_in(&mut stage, "/sessions");
    let Some(Effect::ListTalks { ticket, .. }) = stage.effects.last().cloned() else {
        panic!("the archive is asked");
    };
    let kept = onramp::domain::kept::Kept {
        id: "kept-1".into(),
        title: "how?".into(),
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
    enter(&mut stage);
    let Some(Effect::LoadTalk { ticket, .. }) = stage.effects.last().cloned() else {
        panic!("it is loaded");
    };
    stage.reply(Reply::TalkLoaded {
        ticket,
        talk: Ok(Some(Box::new(talk))),
    });
    assert!(
        stage
            .frame(80, 24)
            .contains("the program was ended here; /continue")
    );
    // What was asked there comes back, as after any question.
    stage.press(Chord::plain(Key::Up));
    assert!(stage.frame(80, 24).matches("how?").count() > 1);
    stage.press(Chord::ctrl('u'));
    go_on(&mut stage);
    assert_eq!(words(&asked(&stage)[0])[1].1, "so fa");
    stage
        .hear(Delta::Text("r so good".into()))
        .answer_ends(None);
    let frame = stage.frame(80, 24);
    assert!(
        frame.contains("so far so good") && !frame.contains("was ended here"),
        "{frame}"
    );
}

#[test]
fn plain_lines_say_the_rest_alone() {
    let mut stage = cut();
    stage.app.say_new();
    stage.event(Event::Line("/continue".into()));
    stage.compose();
    stage
        .hear(Delta::Text("();\n}\n```\n".into()))
        .answer_ends(None);
    let said = stage.app.say_new();
    assert!(
        said.contains("();\n}\n") && !said.contains("fn a()"),
        "{said}"
    );
}

#[test]
fn the_table_of_keys_names_undo() {
    let mut stage = stage();
    stage.paste("some words").press(Chord::char('!'));
    stage.keys("ctrl-p").paste("undo typ");
    assert!(stage.frame(80, 24).contains("Ctrl+/"));
    enter(&mut stage);
    assert!(!stage.frame(80, 24).contains("some words!"));
    stage.press(Chord::ctrl('y'));
    assert!(stage.frame(80, 24).contains("some words!"));
}
