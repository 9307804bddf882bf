//! One question to two models at once.

use onramp::domain::chat::{ChatRequest, Delta};
use onramp::domain::symptom::{Refusal, Symptom};
use onramp::flow::keeping::TalkDeed;
use onramp::flow::{Effect, Reply};
use onramp::keymap::{Chord, Key};
use onramp::text::Lang;

use crate::support::gallery::Rehearsal;

fn stage() -> Rehearsal {
    Rehearsal::new(Lang::En, false)
}

fn asked(stage: &Rehearsal) -> Vec<ChatRequest> {
    let effects = stage.effects.iter();
    let talks = effects.filter_map(|effect| match effect {
        Effect::Converse { talk, .. } => Some(talk.request.clone()),
        _ => None,
    });
    talks.collect()
}

fn models(stage: &Rehearsal) -> Vec<String> {
    asked(stage).into_iter().map(|it| it.model).collect()
}

fn said(request: &ChatRequest) -> Vec<&str> {
    let messages = request.messages.iter();
    messages.map(|it| it.content.as_str()).collect()
}

fn type_in(stage: &mut Rehearsal, text: &str) {
    stage.paste(text).press(Chord::plain(Key::Enter));
}

fn text(text: &str) -> Delta {
    Delta::Text(text.into())
}

const BOTH: [&str; 2] = ["openai/gpt-5-mini", "anthropic/claude-haiku-4.5"];

fn broken() -> Symptom {
    Symptom::Refused(Box::new(Refusal {
        status: 503,
        ..Refusal::default()
    }))
}

#[test]
fn one_question_goes_to_both_and_the_answers_do_not_mix() {
    let mut stage = stage();
    stage.compare();
    assert_eq!(models(&stage), BOTH);
    let all = asked(&stage);
    assert_eq!(said(&all[0]), ["How do I sort a list?"]);
    assert_eq!(said(&all[0]), said(&all[1]));
    stage.hear_of(0, text("le")).hear_of(1, text("ri"));
    stage.hear_of(0, text("ft")).hear_of(1, text("ght"));
    for size in [(80, 24), (120, 36)] {
        let frame = stage.frame(size.0, size.1);
        assert!(frame.contains("left") && frame.contains("right"), "{frame}");
    }
    // Beside each other where there is room, one above the other where there is not.
    let row = |frame: String, word: &str| frame.lines().position(|line| line.contains(word));
    assert_eq!(
        row(stage.frame(120, 36), "left"),
        row(stage.frame(120, 36), "right")
    );
    assert!(row(stage.frame(80, 24), "left") < row(stage.frame(80, 24), "right"));
}

#[test]
fn the_one_that_is_chosen_goes_on_and_the_other_stays_a_branch() {
    let mut stage = stage();
    stage.compared();
    // Nothing goes on before one is chosen, and the words stay.
    type_in(&mut stage, "and backwards?");
    assert_eq!(asked(&stage).len(), 2);
    let frame = stage.frame(80, 24);
    assert!(frame.contains("choose the answer") && frame.contains("and backwards?"));
    stage.press(Chord::alt('.'));
    stage.press(Chord::plain(Key::Enter)).compose();
    let all = asked(&stage);
    assert_eq!(all[2].model, BOTH[1]);
    assert!(
        said(&all[2])[1].starts_with("Call `sort`"),
        "{:?}",
        said(&all[2])
    );
    stage.hear_of(2, text("reversed")).ends_of(2, 900, None);
    stage.press(Chord::alt('b'));
    assert!(stage.frame(120, 36).contains("sort_by_key"));
    // Both were paid for.
    assert!(stage.frame(120, 36).contains("$0.0019+ so far"));
    stage.press(Chord::alt('b'));
    assert!(stage.frame(120, 36).contains("reversed"));
}

#[test]
fn each_is_stopped_alone() {
    let mut stage = stage();
    stage.compare().hear_of(0, text("half of one"));
    stage.hear_of(1, text("half of two"));
    let tickets = stage.converse_tickets();
    stage.press(Chord::plain(Key::Tab)).keys("esc");
    assert_eq!(stage.effects.last(), Some(&Effect::Cancel(tickets[1])));
    stage
        .hear_of(0, text(" and more"))
        .hear_of(1, text(" lost"));
    let frame = stage.frame(120, 36);
    assert!(
        frame.contains("half of one and more") && !frame.contains("lost"),
        "{frame}"
    );
    stage.keys("esc");
    assert_eq!(stage.effects.last(), Some(&Effect::Cancel(tickets[0])));
    // By its number, too.
    let mut stage = self::stage();
    stage.compare();
    let tickets = stage.converse_tickets();
    type_in(&mut stage, "/stop 2");
    assert_eq!(stage.effects.last(), Some(&Effect::Cancel(tickets[1])));
}

#[test]
fn an_error_in_one_leaves_the_other_and_is_asked_again_alone() {
    let mut stage = stage();
    stage.compare().ends_of(1, 200, Some(&broken()));
    stage.hear_of(0, text("still here"));
    assert!(stage.frame(120, 36).contains("still here"));
    // The trouble belongs to the second side; turned to it, it is asked again on a key while the first goes on.
    stage.press(Chord::ctrl('t'));
    assert_eq!(asked(&stage).len(), 2);
    stage.press(Chord::plain(Key::Tab)).press(Chord::ctrl('t'));
    stage.compose();
    assert_eq!(models(&stage), [BOTH[0], BOTH[1], BOTH[1]]);
    stage
        .hear_of(2, text("back again"))
        .hear_of(0, text(", going on"));
    let frame = stage.frame(120, 36);
    assert!(
        frame.contains("back again") && frame.contains("still here, going on"),
        "{frame}"
    );
    assert!(!frame.contains('✗'), "{frame}");
}

#[test]
fn choosing_one_stops_the_other_and_what_waited_is_asked_of_the_one_that_goes_on() {
    let mut stage = stage();
    stage
        .compare()
        .hear_of(0, text("one"))
        .hear_of(1, text("two"));
    type_in(&mut stage, "next");
    let tickets = stage.converse_tickets();
    stage.ends_of(0, 500, None).press(Chord::alt(','));
    assert!(stage.effects.contains(&Effect::Cancel(tickets[1])));
    stage.compose();
    let all = asked(&stage);
    assert_eq!(all.len(), 3);
    assert_eq!(
        (all[2].model.as_str(), said(&all[2])),
        (BOTH[0], vec!["How do I sort a list?", "one", "next"])
    );
}

#[test]
fn the_one_that_is_chosen_while_it_comes_comes_on() {
    let mut stage = stage();
    stage
        .compare()
        .hear_of(0, text("one"))
        .hear_of(1, text("tw"));
    let tickets = stage.converse_tickets();
    stage.press(Chord::alt('.'));
    assert!(stage.effects.contains(&Effect::Cancel(tickets[0])));
    assert!(!stage.effects.contains(&Effect::Cancel(tickets[1])));
    stage.hear_of(1, text("o whole")).ends_of(1, 500, None);
    assert!(stage.frame(80, 24).contains("two whole"));
}

#[test]
fn both_are_kept_as_siblings_and_ended_once_each() {
    let mut stage = stage();
    stage.compared().press(Chord::alt(','));
    let deeds = stage.effects.iter().filter_map(|effect| match effect {
        Effect::KeepTalk { deed, .. } => Some(deed),
        _ => None,
    });
    let mut parents = Vec::new();
    let mut ended = Vec::new();
    let mut shown = None;
    for deed in deeds {
        match deed {
            TalkDeed::Add(turn) => parents.push(turn.parent),
            TalkDeed::Finish { turn, .. } => ended.push(*turn),
            TalkDeed::Show(tip) => shown = *tip,
            _ => {}
        }
    }
    assert_eq!(parents, [None, Some(0), Some(0)]);
    assert_eq!((ended, shown), (vec![1, 2], Some(1)));
}

#[test]
fn the_estimate_and_the_drafts_count_both() {
    let mut stage = stage();
    stage.chatting().list_models().paste(&"word ".repeat(2_000));
    let price = |stage: &mut Rehearsal| {
        let frame = stage.frame(120, 36);
        let line = frame.lines().find(|line| line.contains("at most"));
        let line = line.expect("an estimate").to_owned();
        let after = line.split('$').nth(1).expect("a price").to_owned();
        after
            .split_whitespace()
            .next()
            .and_then(|it| it.parse::<f64>().ok())
    };
    let one = price(&mut stage).expect("a price");
    stage.keys("esc").press(Chord::alt('v')).paste("haiku");
    stage.press(Chord::plain(Key::Enter));
    let both = price(&mut stage).expect("a price");
    assert!(both > one * 1.5, "{one} {both}");
    stage.press(Chord::plain(Key::Enter));
    let drafted = stage.effects.iter().rev().find_map(|effect| match effect {
        Effect::Compose { draft, .. } => Some(draft.asked.clone()),
        _ => None,
    });
    let drafted: Vec<String> = drafted
        .expect("a draft")
        .into_iter()
        .map(|it| it.model)
        .collect();
    assert_eq!(drafted, BOTH);
}

#[test]
fn esc_leaves_comparing_and_a_new_conversation_leaves_the_pair() {
    let mut stage = stage();
    stage.chatting();
    type_in(&mut stage, "/compare z-ai/glm-9");
    assert!(
        stage
            .frame(80, 24)
            .contains("openai/gpt-5-mini + z-ai/glm-9")
    );
    stage.keys("esc").ask("one");
    assert_eq!(models(&stage), BOTH[..1]);
    let mut stage = self::stage();
    stage.compare();
    let tickets = stage.converse_tickets();
    stage.press(Chord::ctrl('n'));
    for ticket in tickets {
        assert!(stage.effects.contains(&Effect::Cancel(ticket)));
        stage.reply(Reply::Spoken {
            ticket,
            delta: text("late"),
        });
    }
    assert!(!stage.frame(80, 24).contains("late"));
    // It asks one model, as every conversation does that was not told else.
    let before = asked(&stage).len();
    stage.ask("two");
    assert_eq!(models(&stage)[before..], BOTH[..1]);
}

#[test]
fn code_is_copied_from_the_answer_that_is_marked() {
    let mut stage = stage();
    stage.compared().press(Chord::plain(Key::Tab));
    type_in(&mut stage, "/copy 1");
    assert_eq!(
        stage.effects.last(),
        Some(&Effect::Copy("names.sort();\n".into()))
    );
}
