//! What the chat asks the person before it does something, and to whom the answer goes.

use onramp::flow::keeping::TalkDeed;
use onramp::flow::talk::Composed;
use onramp::flow::{Effect, Event, Reply, ScreenName};
use onramp::keymap::{Chord, Key};
use onramp::text::Said;

use crate::chat::{answer, asked, enter, stage, words};
use crate::support::gallery::Rehearsal;

/// The world made the question ready, and something in it looks secret.
pub(crate) fn doubtful(stage: &mut Rehearsal) {
    let ticket = stage.chat_ticket();
    let composed = Box::new(Composed {
        at: "2026-11-25T14:00:00Z".parse().expect("a time"),
        fresh_id: "new".into(),
        project: None,
        sent: "one".into(),
        media: Vec::new(),
        tokens: 0,
        attached: Vec::new(),
        refused: Vec::new(),
        absent: None,
        over_budget: None,
        passed_over: vec![],
        secrets: vec![Said::verbatim("line 1: a key")],
    });
    stage.reply(Reply::Composed { ticket, composed });
}

#[test]
fn a_question_that_was_closed_without_an_answer_leaves_the_chat_free() {
    for key in ["esc", "q"] {
        let mut stage = stage();
        stage.paste("one");
        enter(&mut stage);
        doubtful(&mut stage);
        stage.keys(key);
        let frame = stage.frame(80, 24);
        assert!(frame.contains("│ one "), "{key}: {frame}");
        // Whatever is asked next is asked at once.
        stage.press(Chord::plain(Key::Backspace));
        answer(&mut stage, "ly two", "second");
        let all = asked(&stage);
        assert_eq!(words(&all[0])[0].1, "only two", "{key}");
        assert_eq!(all.len(), 1);
    }
}

#[test]
fn the_answer_goes_to_the_screen_that_asked_whichever_is_in_front() {
    let mut stage = stage();
    stage.paste("one");
    enter(&mut stage);
    stage.press(Chord::alt('2'));
    doubtful(&mut stage);
    assert_eq!(stage.app.front_name(), ScreenName::Usage);
    assert!(stage.frame(80, 24).contains("line 1: a key"));
    stage.keys("2");
    assert_eq!(asked(&stage).len(), 1);
    assert_eq!(stage.app.front_name(), ScreenName::Usage);
}

#[test]
fn closing_what_another_screen_asked_tells_that_screen() {
    let mut stage = stage();
    stage.paste("one");
    enter(&mut stage);
    stage.press(Chord::alt('2'));
    doubtful(&mut stage);
    stage.keys("esc").press(Chord::alt('3'));
    assert!(stage.frame(80, 24).contains("│ one "));
}

#[test]
fn the_sandbox_begins_a_conversation_of_its_own_and_stops_the_one_before() {
    let mut stage = stage();
    stage.paste("/model z-ai/glm-9");
    enter(&mut stage);
    stage.ask("one");
    let tickets = stage.converse_tickets();
    stage.paste("half typed");
    let before = stage.effects.len();
    stage.event(Event::Reply(Reply::SandboxStarted {
        base_url: Ok("http://127.0.0.1:4711/api/v1".into()),
    }));
    assert!(stage.effects[before..].contains(&Effect::Cancel(tickets[0])));
    // What came so far is kept as it stands.
    let mut after = stage.effects[before..].iter();
    assert!(after.any(|effect| matches!(
        effect,
        Effect::KeepTalk {
            deed: TalkDeed::Finish { turn: 1, .. }
        }
    )));
    // What was being typed is still there; wishes for a real model are not.
    stage.ask("!");
    let all = asked(&stage);
    assert_eq!(words(&all[1]).len(), 1);
    assert_eq!(words(&all[1])[0].1, "half typed!");
    assert_eq!(all[1].model, "openai/gpt-5-mini");
    // Each conversation is held with its own server.
    let servers = stage.effects.iter().filter_map(|effect| match effect {
        Effect::KeepTalk {
            deed: TalkDeed::Open { server, .. },
        } => Some(server.as_str()),
        _ => None,
    });
    let expected = [
        "https://openrouter.ai/api/v1",
        "http://127.0.0.1:4711/api/v1",
    ];
    assert_eq!(servers.collect::<Vec<_>>(), expected);
    // A ticket is used once: what is still under way for the old one finds nobody.
    let fresh = stage.converse_tickets();
    assert!(!tickets.contains(&fresh[1]));
}

#[test]
fn history_goes_on_through_commands_and_names_of_files() {
    let mut stage = stage();
    answer(&mut stage, "the first", "1");
    answer(&mut stage, "see @src/ma", "2");
    stage.paste("/max-tokens 100");
    enter(&mut stage);
    stage.keys("up");
    assert!(stage.frame(80, 24).contains("│ /max-tokens 100"));
    stage.keys("up");
    assert!(stage.frame(80, 24).contains("│ see @src/ma"));
    stage.keys("up");
    assert!(stage.frame(80, 24).contains("│ the first"));
    // What is typed on is completed as ever.
    stage.keys("down down");
    stage.press(Chord::plain(Key::Backspace));
    stage.press(Chord::ctrl('u'));
    stage.paste("/mod");
    assert!(stage.frame(80, 24).contains("/model"));
}
