//! What is kept of conversations, and what of a project goes into them.

use crate::support::gallery::Rehearsal;
use crate::support::gallery::start::surroundings;
use onramp::domain::chat::{Delta, Role};
use onramp::domain::conversation::{Conversation, Speaker};
use onramp::domain::kept::Kept;
use onramp::flow::keeping::TalkDeed;
use onramp::flow::talk::Opening;
use onramp::flow::{Effect, Reply, Ticket};
use onramp::keymap::{Chord, Key};
use onramp::text::Lang;

use crate::chat::{answer, asked, enter, stage, words};

/// What is kept, in few words and in order.
fn kept(stage: &Rehearsal) -> Vec<String> {
    let effects = stage.effects.iter();
    let deeds = effects.filter_map(|effect| match effect {
        Effect::KeepTalk { deed, .. } => Some(match deed {
            TalkDeed::Open { talk, .. } => format!("open {}", talk.turns.len()),
            TalkDeed::Add(turn) => format!("add {:?}", turn.text),
            TalkDeed::Grow { turn, text, .. } => format!("grow {turn} {text:?}"),
            TalkDeed::Finish { turn, whole, .. } => format!("finish {turn} {:?}", whole.text),
            TalkDeed::Show(tip) => format!("show {tip:?}"),
            TalkDeed::Rules(rules) => format!("rules {rules:?}"),
            TalkDeed::Title(title) => format!("title {title:?}"),
            TalkDeed::Delete { id, .. } => format!("delete {id:?}"),
        }),
        _ => None,
    });
    deeds.collect()
}

#[test]
fn a_conversation_is_kept_as_it_grows() {
    let mut stage = stage();
    stage.ask("one").hear(Delta::Text("fir".into()));
    stage.hear(Delta::Text("st".into())).answer_ends(None);
    stage.paste("/title Numbers");
    enter(&mut stage);
    let expected = [
        "open 0",
        "add \"one\"",
        "add \"\"",
        "grow 1 \"fir\"",
        "grow 1 \"st\"",
        "finish 1 \"first\"",
        "title \"Numbers\"",
    ];
    assert_eq!(kept(&stage), expected);
}

#[test]
fn a_kept_conversation_comes_back_and_goes_on() {
    let mut stage = stage();
    let now = "2026-11-25T14:00:00Z".parse().expect("a time");
    let mut talk = Conversation::new("kept-1".into(), None, now);
    let person = Speaker::person();
    talk.add(None, now, person, "one".into());
    let model = Speaker::Model(Box::default());
    talk.add(Some(0), now, model, "first".into());
    let listed = Kept {
        id: "kept-1".into(),
        ..one_kept("one", None)
    };
    stage.paste("/sessions numbers");
    enter(&mut stage);
    let Some(Effect::ListTalks {
        ticket,
        words: typed,
    }) = stage.effects.last().cloned()
    else {
        panic!("the archive is asked");
    };
    assert_eq!(typed, "numbers");
    let kept = Ok(vec![listed]);
    stage.reply(Reply::TalksListed { ticket, kept });
    assert!(stage.frame(80, 24).contains("› one"));
    enter(&mut stage);
    let Some(Effect::LoadTalk { ticket, id }) = stage.effects.last().cloned() else {
        panic!("it is loaded");
    };
    assert_eq!(id, "kept-1");
    let talk = Ok(Some(Box::new(talk)));
    stage.reply(Reply::TalkLoaded { ticket, talk });
    assert!(stage.frame(80, 24).contains("first"));
    answer(&mut stage, "two", "second");
    let said: Vec<String> = words(&asked(&stage)[0])
        .into_iter()
        .map(|(_, it)| it)
        .collect();
    assert_eq!(said, ["one", "first", "two"]);
    // Nothing is deleted without a second word.
    stage.paste("/delete");
    enter(&mut stage);
    enter(&mut stage);
    let deletes = |stage: &Rehearsal| self::kept(stage).contains(&"delete \"kept-1\"".to_owned());
    assert!(!deletes(&stage));
    stage.paste("/delete");
    enter(&mut stage);
    stage.keys("down enter");
    assert!(deletes(&stage));
}

/// The words that the archive was asked for last, and by whom.
fn sought(stage: &Rehearsal) -> (Ticket, String) {
    let last = stage.effects.iter().rev().find_map(|effect| match effect {
        Effect::ListTalks { ticket, words } => Some((*ticket, words.clone())),
        _ => None,
    });
    last.expect("the archive is asked")
}

fn one_kept(title: &str, project: Option<&str>) -> Kept {
    let now = "2026-11-25T14:00:00Z".parse().expect("a time");
    Kept {
        id: format!("id of {title}"),
        title: title.into(),
        project: project.map(Into::into),
        server: "https://openrouter.ai".into(),
        begun: now,
        touched: now,
        turns: 2,
        model: None,
        cost: None,
    }
}

#[test]
fn what_is_typed_into_the_list_of_conversations_is_looked_for() {
    let mut stage = stage();
    stage.press(Chord::ctrl('l'));
    let (ticket, typed) = sought(&stage);
    assert_eq!(typed, "");
    let kept = Ok(vec![
        one_kept("one", None),
        one_kept("two", Some("/home/ada/else")),
    ]);
    stage.reply(Reply::TalksListed { ticket, kept });
    let frame = stage.frame(80, 24);
    assert!(
        frame.contains("Find:") && frame.contains("else · 2026-11-25"),
        "{frame}"
    );
    // A digit is a part of a word here, and so is the letter that leaves elsewhere.
    stage.keys("q 2");
    let (late, _) = sought(&stage);
    assert_eq!(sought(&stage).1, "q2");
    stage.paste(" x");
    let (ticket, typed) = sought(&stage);
    assert_eq!(typed, "q2 x");
    // What earlier words found is not on show any more.
    let kept = Ok(vec![one_kept("of earlier words", None)]);
    stage.reply(Reply::TalksListed { ticket: late, kept });
    assert!(!stage.frame(80, 24).contains("earlier"));
    stage.reply(Reply::TalksListed {
        ticket,
        kept: Ok(vec![]),
    });
    let frame = stage.frame(80, 24);
    assert!(
        frame.contains("no such conversation is kept") && frame.contains("q2 x"),
        "{frame}"
    );
    enter(&mut stage);
    stage.press(Chord::plain(Key::Backspace));
    let (ticket, typed) = sought(&stage);
    assert_eq!(typed, "q2 ");
    let kept = Ok(vec![one_kept("found", None)]);
    stage.reply(Reply::TalksListed { ticket, kept });
    enter(&mut stage);
    let Some(Effect::LoadTalk { id, .. }) = stage.effects.last() else {
        panic!("it is loaded");
    };
    assert_eq!(id, "id of found");
}

#[test]
fn a_list_that_comes_after_it_was_closed_is_not_shown() {
    let mut stage = stage();
    stage.press(Chord::ctrl('l'));
    let (ticket, _) = sought(&stage);
    let kept = Ok(vec![one_kept("one", None)]);
    stage.reply(Reply::TalksListed { ticket, kept });
    stage.keys("x");
    let (ticket, _) = sought(&stage);
    stage.keys("esc");
    let kept = Ok(vec![one_kept("late", None)]);
    stage.reply(Reply::TalksListed { ticket, kept });
    assert!(!stage.frame(80, 24).contains("late"));
}

#[test]
fn a_conversation_is_written_to_a_file_as_it_is_kept_and_deleted_by_its_id() {
    let mut stage = stage();
    stage.paste("/export");
    enter(&mut stage);
    assert!(stage.frame(80, 24).contains("nothing was said yet"));
    answer(&mut stage, "one", "first");
    stage.paste("/delete");
    enter(&mut stage);
    assert!(stage.frame(80, 24).contains("is kept yet"));
    let begun = |talk: &str, kept: &str| Reply::TalkBegun {
        talk: talk.into(),
        kept: kept.into(),
    };
    stage.reply(begun("20261125T140300-abcd", "20261125-140300-k7mq"));
    // One that was begun before this one is another.
    stage.reply(begun("another", "20261125-140000-aaaa"));
    let named = |stage: &Rehearsal| stage.app.farewell().talk.clone();
    assert_eq!(named(&stage).as_deref(), Some("20261125-140300-k7mq"));
    stage.paste("/export notes.json");
    enter(&mut stage);
    let Some(Effect::ReviewTalk { export, .. }) = stage.effects.last() else {
        panic!("the file is worked out");
    };
    assert_eq!(export.talk.id, "20261125-140300-k7mq");
    assert_eq!(export.talk.turns.len(), 2);
    assert_eq!(export.path.as_deref(), Some("notes.json"));
    stage.paste("/delete");
    enter(&mut stage);
    stage.keys("down enter");
    let Some(Effect::KeepTalk { deed }) = stage.effects.last().cloned() else {
        panic!("it is deleted");
    };
    let TalkDeed::Delete { ticket, id } = deed else {
        panic!("it is deleted: {deed:?}");
    };
    assert_eq!(id, "20261125-140300-k7mq");
    // Another list is asked for meanwhile: each has a ticket of its own.
    stage.paste("/sessions");
    enter(&mut stage);
    stage.reply(Reply::TalkDeleted {
        ticket,
        outcome: Ok(()),
    });
    assert!(stage.frame(80, 24).contains("the conversation is gone"));
    // Nobody is told to go on with it.
    assert_eq!(named(&stage), None);
}

#[test]
fn nothing_is_kept_of_a_conversation_that_is_to_leave_no_trace() {
    let mut stage = Rehearsal::unkept(Lang::En, false);
    stage.chatting();
    answer(&mut stage, "one", "first");
    stage.paste("/title Secret plan");
    enter(&mut stage);
    assert!(
        stage
            .frame(80, 24)
            .contains("nothing of conversations is kept")
    );
    stage.paste("/system Be brief.");
    enter(&mut stage);
    answer(&mut stage, "two", "second");
    assert_eq!(asked(&stage).len(), 2);
    assert_eq!(kept(&stage), Vec::<String>::new());
    assert!(stage.frame(80, 24).contains("not kept · openai/gpt-5-mini"));
}

#[test]
fn a_conversation_begins_with_the_projects_rules_and_they_are_changed_for_both() {
    let mut stage = stage();
    stage.ruled("Be brief.");
    answer(&mut stage, "one", "first");
    assert_eq!(
        words(&asked(&stage)[0])[0],
        (Role::System, "Be brief.".to_owned())
    );
    stage.paste("/system Be kind.");
    enter(&mut stage);
    let remembered = Effect::KeepRules(Some("Be kind.".into()));
    assert!(stage.effects.contains(&remembered));
    // What is round here may be looked at again: a conversation that has begun keeps its rules.
    stage.ruled("Be late.");
    answer(&mut stage, "two", "second");
    assert_eq!(
        words(&asked(&stage)[1])[0],
        (Role::System, "Be kind.".to_owned())
    );
    stage.press(Chord::ctrl('n'));
    answer(&mut stage, "three", "third");
    assert_eq!(
        words(&asked(&stage)[2])[0],
        (Role::System, "Be late.".to_owned())
    );
    stage.paste("/system");
    enter(&mut stage);
    assert!(stage.effects.contains(&Effect::KeepTalk {
        deed: TalkDeed::Rules(None),
    }));
    assert!(stage.effects.contains(&Effect::KeepRules(None)));
}

#[test]
fn a_model_is_used_in_this_project_from_now_on() {
    let mut stage = stage();
    stage.paste("/model anthropic/claude-haiku-4.5");
    enter(&mut stage);
    let kept = Effect::KeepModel {
        model: "anthropic/claude-haiku-4.5".into(),
        server: stage.app.facts().base_url.clone(),
    };
    assert!(!stage.effects.contains(&kept));
    stage.paste("/project-model");
    enter(&mut stage);
    assert!(stage.effects.contains(&kept));
    answer(&mut stage, "one", "first");
    assert_eq!(asked(&stage)[0].model, "anthropic/claude-haiku-4.5");
}

#[test]
fn rules_in_the_sandbox_are_not_said_to_last() {
    let mut stage = Rehearsal::new(Lang::En, true);
    stage.chatting().paste("/system Be brief.");
    enter(&mut stage);
    let frame = stage.frame(100, 24);
    assert!(
        frame.contains("until you leave: the sandbox keeps no settings"),
        "{frame}"
    );
    assert!(!frame.contains("from now on"), "{frame}");
    stage.paste("/system");
    enter(&mut stage);
    let frame = stage.frame(100, 24);
    assert!(
        frame.contains("no rules go with the questions any more") && !frame.contains("project any"),
        "{frame}"
    );
}

#[test]
fn a_question_for_a_conversation_that_is_gone_is_asked_of_nobody() {
    let mut stage = Rehearsal::new(Lang::En, false);
    let opening = Opening {
        resume: Some("20261201-abcd".into()),
        question: Some("And then?".into()),
        ..Opening::default()
    };
    stage.app = stage.app.opening(opening);
    stage.keys("3");
    let wanted = |stage: &Rehearsal| {
        let mut effects = stage.effects.iter().rev();
        effects.find_map(|effect| match effect {
            Effect::LoadTalk { ticket, .. } => Some(*ticket),
            _ => None,
        })
    };
    // Which server and model are meant is not known yet.
    assert_eq!(wanted(&stage), None);
    stage.looked(surroundings());
    let ticket = wanted(&stage).expect("it is looked for");
    stage.looked(surroundings());
    stage.reply(Reply::TalkLoaded {
        ticket,
        talk: Ok(None),
    });
    assert!(stage.frame(80, 24).contains("│ And then? "));
    let mut effects = stage.effects.iter();
    assert!(!effects.any(|effect| matches!(effect, Effect::Compose { .. })));
}

#[test]
fn a_part_of_a_models_name_is_looked_for_before_anything_is_asked() {
    let mut stage = Rehearsal::new(Lang::En, false);
    let opening = Opening {
        model: Some("haiku".into()),
        question: Some("And then?".into()),
        ..Opening::default()
    };
    stage.app = stage.app.opening(opening);
    stage.keys("3");
    stage.looked(surroundings());
    stage.list_models();
    let frame = stage.frame(80, 24);
    assert!(frame.contains("anthropic/claude-haiku-4.5"), "{frame}");
    stage.keys("enter enter").compose();
    let asked = asked(&stage);
    assert_eq!(asked[0].model, "anthropic/claude-haiku-4.5");
}
