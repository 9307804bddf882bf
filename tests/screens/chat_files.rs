//! Files in the chat: offered behind `@`, and sent again with what follows them.

use std::sync::Arc;

use onramp::domain::chat::Delta;
use onramp::domain::conversation::{Conversation, Reply as Answer, Speaker};
use onramp::domain::kept::Kept;
use onramp::domain::media::{Media, MediaKind};
use onramp::flow::attach::{FileNames, ReadAgain};
use onramp::flow::keeping::TalkDeed;
use onramp::flow::{Effect, Reply, Ticket};
use onramp::keymap::{Chord, Key};
use onramp::text::Lang;

use crate::support::gallery::Rehearsal;

fn stage() -> Rehearsal {
    let mut stage = Rehearsal::new(Lang::En, false);
    stage.chatting();
    stage
}

/// What stands in the editor: the question that is sent.
#[track_caller]
fn sent(stage: &mut Rehearsal) -> String {
    stage.press(Chord::plain(Key::Enter));
    let mut effects = stage.effects.iter().rev();
    let found = effects.find_map(|effect| match effect {
        Effect::Compose { draft, .. } => Some(draft.text.clone()),
        _ => None,
    });
    found.expect("a question is sent")
}

fn lists(stage: &Rehearsal) -> usize {
    let effects = stage.effects.iter();
    let asked = effects.filter(|effect| matches!(effect, Effect::ListFiles { .. }));
    asked.count()
}

#[test]
fn a_file_is_offered_by_its_letters_and_taken_on_tab_or_enter() {
    for key in [Key::Tab, Key::Enter] {
        let mut stage = stage();
        stage.paste("why ").keys("@").list_files();
        let frame = stage.frame(80, 24);
        for words in ["@src/", "folder", "812B · ~271 tokens", "@clipboard"] {
            assert!(frame.contains(words), "{words}: {frame}");
        }
        stage.keys("m a i").press(Chord::plain(key));
        assert!(!stage.frame(80, 24).contains("12.3kB"));
        stage.paste("?");
        assert_eq!(sent(&mut stage), "why @src/main.rs ?");
    }
}

#[test]
fn a_folder_is_walked_into_and_names_with_blanks_get_their_quotes() {
    let mut stage = stage();
    stage.keys("@").list_files().keys("d o c s");
    stage.press(Chord::plain(Key::Tab));
    let frame = stage.frame(80, 24);
    assert!(
        frame.contains("@docs/manual.pdf") && !frame.contains("@Makefile"),
        "{frame}"
    );
    stage.keys("down").press(Chord::plain(Key::Tab));
    assert_eq!(sent(&mut stage), "@\"docs/项目 说明.md\" ");
}

#[test]
fn esc_puts_the_list_away_until_another_name_begins() {
    let mut stage = stage();
    stage.keys("@").list_files().keys("esc m a");
    assert!(!stage.frame(80, 24).contains("12.3kB"));
    stage.paste(" ").keys("@");
    assert!(stage.frame(80, 24).contains("812B"));
    // Files come and go: each name asks anew.
    assert_eq!(lists(&stage), 2);
    stage.list_files().keys("esc");
    assert_eq!(sent(&mut stage), "@ma @");
}

#[test]
fn a_name_that_is_whole_is_sent_by_enter_at_once() {
    let mut stage = stage();
    stage.keys("@").list_files();
    for letter in "Makefile".chars() {
        stage.press(Chord::plain(Key::Char(letter)));
    }
    assert_eq!(sent(&mut stage), "@Makefile");
}

#[test]
fn a_list_that_nobody_waits_for_any_more_is_dropped() {
    let mut stage = stage();
    stage.keys("@");
    let Some(Effect::ListFiles { ticket }) = stage.effects.last().cloned() else {
        panic!("the files are asked for");
    };
    // The name is taken back, and another one begins: the list that was asked for first is old by now.
    stage.press(Chord::plain(Key::Backspace)).keys("@");
    let names = |name: &str| FileNames {
        names: vec![name.into()],
        bytes: vec![Some(812)],
    };
    let files = Arc::new(names("old.rs"));
    stage.reply(Reply::FilesListed { ticket, files });
    assert!(!stage.frame(80, 24).contains("812B"));
    let Some(Effect::ListFiles { ticket }) = stage.effects.last().cloned() else {
        panic!("the files are asked for anew");
    };
    let files = Arc::new(names("new.rs"));
    stage.reply(Reply::FilesListed { ticket, files });
    assert!(stage.frame(80, 24).contains("@new.rs"));
}

/// Takes a kept conversation up again.
fn resume(stage: &mut Rehearsal, talk: Conversation) {
    let listed = Kept {
        id: talk.id.clone(),
        title: "kept".into(),
        project: None,
        server: "https://openrouter.ai".into(),
        begun: talk.begun,
        touched: talk.begun,
        turns: 2,
        model: None,
        cost: None,
    };
    stage
        .paste("/sessions kept")
        .press(Chord::plain(Key::Enter));
    let Some(Effect::ListTalks { ticket, .. }) = stage.effects.last().cloned() else {
        panic!("the archive is asked");
    };
    let kept = Ok(vec![listed]);
    stage.reply(Reply::TalksListed { ticket, kept });
    stage.press(Chord::plain(Key::Enter));
    let Some(Effect::LoadTalk { ticket, .. }) = stage.effects.last().cloned() else {
        panic!("it is loaded");
    };
    let talk = Ok(Some(Box::new(talk)));
    stage.reply(Reply::TalkLoaded { ticket, talk });
}

#[test]
fn a_conversation_goes_on_as_it_was_asked_and_never_less_private() {
    let at = "2026-11-25T14:03:00Z".parse().expect("a time");
    let mut talk = Conversation::new("kept".into(), None, at);
    let turn = talk.add(None, at, Speaker::person(), "one".into());
    let mut reply = Answer {
        asked: "a/b".into(),
        ..Answer::default()
    };
    reply.terms.tuning.seed = Some(7);
    reply.terms.routing.zdr = true;
    talk.add(Some(turn), at, Speaker::Model(Box::new(reply)), "1".into());
    let mut other = Conversation::new("other".into(), None, at);
    other.add(None, at, Speaker::person(), "two".into());
    let mut stage = stage();
    resume(&mut stage, talk);
    stage.ask("and now?");
    let asked = |stage: &Rehearsal| {
        let mut effects = stage.effects.iter().rev();
        let talk = effects.find_map(|effect| match effect {
            Effect::Converse { talk, .. } => Some(talk.request.clone()),
            _ => None,
        });
        talk.expect("a model is asked")
    };
    let request = asked(&stage);
    assert_eq!(request.tuning.seed, Some(7));
    assert!(request.routing.zdr);
    assert_eq!(request.model, "a/b");
    let kept = stage.effects.iter().rev().find_map(|effect| match effect {
        Effect::KeepTalk {
            deed: TalkDeed::Add(turn),
        } => turn.reply().cloned(),
        _ => None,
    });
    let kept = kept.expect("the answer is kept from its beginning");
    assert!(kept.terms.routing.zdr && kept.terms.tuning.seed == Some(7));
    stage.press(Chord::plain(Key::Esc));
    resume(&mut stage, other);
    stage.ask("and here?");
    let request = asked(&stage);
    assert_eq!(request.tuning.seed, None);
    assert!(request.routing.zdr, "what was wished in this session stays");
}

#[test]
fn the_editor_knows_what_was_asked_in_earlier_conversations() {
    let mut stage = stage();
    let recalled = stage.effects.iter().find_map(|effect| match effect {
        Effect::RecallQuestions { ticket, .. } => Some(*ticket),
        _ => None,
    });
    stage.ask("the newest").press(Chord::plain(Key::Esc));
    stage.reply(Reply::QuestionsRecalled {
        ticket: recalled.expect("they are asked for"),
        questions: vec!["the oldest".into(), "the old one".into()],
    });
    for expected in ["the newest", "the old one", "the oldest", "the oldest"] {
        stage.press(Chord::plain(Key::Up));
        let frame = stage.frame(80, 24);
        assert!(
            frame.contains(&format!("│ {expected}")),
            "{expected}\n{frame}"
        );
    }
}

/// A conversation that was kept, with a picture in its first question.
fn resumed(again: impl FnOnce(Ticket) -> Reply) -> Rehearsal {
    let mut stage = stage();
    let at = "2026-11-25T14:03:00Z".parse().expect("a time");
    let mut talk = Conversation::new("kept".into(), Some("/home/ada/shop".into()), at);
    let person = Speaker::Person {
        attached: vec!["src/main.rs".into(), "p.png".into(), "d.pdf".into()],
        sent: None,
    };
    let turn = talk.add(None, at, person, "what is it?".into());
    talk.add(
        Some(turn),
        at,
        Speaker::Model(Box::default()),
        "a cat".into(),
    );
    resume(&mut stage, talk);
    let mut effects = stage.effects.iter().rev();
    let asked = effects.find_map(|effect| match effect {
        Effect::ReadAgain {
            ticket,
            project,
            wanted,
        } => Some((*ticket, project.clone(), wanted.clone())),
        _ => None,
    });
    let (ticket, project, wanted) = asked.expect("they are read again");
    assert_eq!(project.as_deref(), Some("/home/ada/shop"));
    let names = ["p.png", "d.pdf"].map(str::to_owned).to_vec();
    assert_eq!(wanted, [(turn, names)]);
    stage.reply(again(ticket));
    stage
}

#[test]
fn pictures_of_a_conversation_that_is_resumed_are_sent_again() {
    let media = Media {
        name: "p.png".into(),
        kind: MediaKind::Png,
        bytes: b"\x89PNG".as_slice().into(),
    };
    let mut stage = resumed(|ticket| Reply::ReadAgain {
        ticket,
        again: ReadAgain {
            media: vec![(0, vec![media.clone()])],
            missing: vec!["d.pdf".into()],
        },
    });
    let frame = stage.frame(80, 24);
    assert!(
        frame.contains("not there any more") && frame.contains("d.pdf"),
        "{frame}"
    );
    stage.ask("and now?").hear(Delta::Text("a dog".into()));
    let mut effects = stage.effects.iter().rev();
    let request = effects.find_map(|effect| match effect {
        Effect::Converse { talk, .. } => Some(talk.request.clone()),
        _ => None,
    });
    let request = request.expect("it is asked");
    assert_eq!(request.messages[0].media, [media]);
}

#[test]
fn pictures_of_a_conversation_that_was_left_stay_in_it() {
    let media = Media {
        name: "p.png".into(),
        kind: MediaKind::Png,
        bytes: b"\x89PNG".as_slice().into(),
    };
    let again = ReadAgain {
        media: vec![(0, vec![media])],
        missing: vec!["d.pdf".into()],
    };
    let mut late = None;
    let mut stage = resumed(|ticket| {
        late = Some(ticket);
        // Somebody else's ticket: ours is still under way.
        Reply::FilesListed {
            ticket,
            files: Arc::default(),
        }
    });
    stage.press(Chord::ctrl('n')).ask("one");
    let ticket = late.expect("they are read again");
    stage.reply(Reply::ReadAgain { ticket, again });
    assert!(!stage.frame(80, 24).contains("d.pdf"));
    stage.answer_ends(None).ask("two");
    let mut effects = stage.effects.iter().rev();
    let request = effects.find_map(|effect| match effect {
        Effect::Converse { talk, .. } => Some(talk.request.clone()),
        _ => None,
    });
    let request = request.expect("it is asked");
    assert!(request.messages.iter().all(|it| it.media.is_empty()));
}

#[test]
fn a_model_that_reads_no_pictures_gets_none_of_earlier_questions_and_that_is_told() {
    let media = Media {
        name: "p.png".into(),
        kind: MediaKind::Png,
        bytes: b"\x89PNG".as_slice().into(),
    };
    let mut stage = resumed(|ticket| Reply::ReadAgain {
        ticket,
        again: ReadAgain {
            media: vec![(0, vec![media])],
            missing: Vec::new(),
        },
    });
    stage.list_models().ask("and now?");
    let request = crate::chat::asked(&stage).pop().expect("it is asked");
    assert!(request.messages.iter().all(|it| it.media.is_empty()));
    let frame = stage.frame(120, 24);
    assert!(
        frame.contains("openai/gpt-5-mini does not read what went along before; not sent to it: 1"),
        "{frame}"
    );
}
