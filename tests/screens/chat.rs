//! What the chat asks of the world, and what it makes of the answers.

use onramp::domain::chat::{ChatRequest, Delta, FinishReason, Role};
use onramp::domain::symptom::{Refusal, Symptom};
use onramp::flow::code_out::{CodeReview, Doubt};
use onramp::flow::env::FileChange;
use onramp::flow::talk::Composed;
use onramp::flow::{Effect, Reply, ScreenName};
use onramp::keymap::{Chord, Key};
use onramp::text::Lang;

use crate::support::gallery::Rehearsal;
use crate::support::gallery::chat::{started, usage};

pub(crate) fn stage() -> Rehearsal {
    let mut stage = Rehearsal::new(Lang::En, false);
    stage.chatting();
    stage
}

/// What was asked of models, in order.
pub(crate) fn asked(stage: &Rehearsal) -> Vec<ChatRequest> {
    let effects = stage.effects.iter();
    let talks = effects.filter_map(|effect| match effect {
        Effect::Converse { talk, .. } => Some(talk.request.clone()),
        _ => None,
    });
    talks.collect()
}

pub(crate) fn words(request: &ChatRequest) -> Vec<(Role, String)> {
    let messages = request.messages.iter();
    messages
        .map(|message| (message.role, message.content.clone()))
        .collect()
}

pub(crate) fn answer(stage: &mut Rehearsal, question: &str, text: &str) {
    stage.ask(question).hear(started());
    stage.hear(Delta::Text(text.into()));
    stage.hear(Delta::Finished(FinishReason::Stop));
    stage.hear(Delta::Usage(usage())).answer_ends(None);
}

pub(crate) fn enter(stage: &mut Rehearsal) {
    stage.press(Chord::plain(Key::Enter));
}

#[test]
fn every_question_takes_what_was_said_before_along() {
    let mut stage = stage();
    answer(&mut stage, "one", "first");
    answer(&mut stage, "two", "second");
    let all = asked(&stage);
    let said = |role, text: &str| (role, text.to_owned());
    assert_eq!(words(&all[0]), [said(Role::User, "one")]);
    let expected = [
        said(Role::User, "one"),
        said(Role::Assistant, "first"),
        said(Role::User, "two"),
    ];
    assert_eq!(words(&all[1]), expected);
    // A conversation keeps its providers' caches warm.
    assert!(all[0].session.is_some() && all[0].session == all[1].session);
    assert!(all[0].max_tokens > 0);
}

#[test]
fn what_is_sent_while_an_answer_comes_waits_its_turn() {
    let mut stage = stage();
    stage.ask("one").hear(Delta::Text("fir".into()));
    stage.paste("two");
    enter(&mut stage);
    assert_eq!(asked(&stage).len(), 1);
    assert!(stage.frame(80, 24).contains("1 waiting to be asked"));
    stage
        .hear(Delta::Text("st".into()))
        .answer_ends(None)
        .compose();
    let all = asked(&stage);
    assert_eq!(
        words(&all[1]).last().map(|(_, text)| text.as_str()),
        Some("two")
    );
    assert_eq!(words(&all[1])[1].1, "first");
}

#[test]
fn esc_stops_the_answer_and_keeps_what_came() {
    let mut stage = stage();
    stage.ask("one").hear(Delta::Text("half an ans".into()));
    let ticket = stage.chat_ticket();
    stage.keys("esc");
    assert_eq!(stage.effects.last(), Some(&Effect::Cancel(ticket)));
    // A piece that was on its way finds nobody.
    stage.reply(Reply::Spoken {
        ticket,
        delta: Delta::Text("wer".into()),
    });
    let frame = stage.frame(80, 24);
    assert!(
        frame.contains("half an ans") && !frame.contains("answer") && frame.contains("stopped")
    );
    answer(&mut stage, "two", "second");
    assert_eq!(words(&asked(&stage)[1])[1].1, "half an ans");
}

#[test]
fn another_answer_stands_beside_the_first_and_is_switched_to_and_from() {
    let mut stage = stage();
    answer(&mut stage, "one", "first answer");
    stage.press(Chord::ctrl('r')).compose();
    stage
        .hear(Delta::Text("second answer".into()))
        .answer_ends(None);
    let all = asked(&stage);
    assert_eq!(words(&all[0]), words(&all[1]));
    let frame = stage.frame(80, 24);
    assert!(frame.contains("second answer") && !frame.contains("first answer"));
    stage.press(Chord::alt('b'));
    assert!(stage.frame(80, 24).contains("first answer"));
    // Both were paid for.
    assert!(stage.frame(80, 24).contains("$0.0015+ so far"));
}

#[test]
fn an_edited_question_is_a_branch_of_its_own() {
    let mut stage = stage();
    answer(&mut stage, "one", "first");
    answer(&mut stage, "two", "second");
    stage.press(Chord::alt('e'));
    assert!(stage.frame(80, 24).contains("editing a question"));
    stage.press(Chord::char('!'));
    enter(&mut stage);
    stage.compose();
    let all = asked(&stage);
    let last: Vec<String> = words(&all[2]).into_iter().map(|(_, text)| text).collect();
    assert_eq!(last, ["one", "first", "two!"]);
}

#[test]
fn a_cut_answer_goes_on_when_it_is_told_to() {
    let mut stage = stage();
    stage.ask("one").hear(Delta::Text("fir".into()));
    stage
        .hear(Delta::Finished(FinishReason::Length))
        .answer_ends(None);
    assert!(stage.frame(80, 24).contains("/continue"));
    stage.paste("/continue");
    enter(&mut stage);
    stage.compose();
    let all = asked(&stage);
    assert_eq!(words(&all[1]).len(), 3);
}

#[test]
fn a_failed_question_is_asked_again_only_when_the_person_says_so() {
    let mut stage = stage();
    stage.ask("one").hear(Delta::Text("some".into()));
    stage.paste("two");
    enter(&mut stage);
    stage.answer_ends(Some(&Symptom::StreamCut {
        had_text: true,
        detail: "closed".into(),
    }));
    let frame = stage.frame(80, 24);
    assert!(
        frame.contains("some") && frame.contains("broke off") && frame.contains("✗"),
        "{frame}"
    );
    // What was queued waits until the person has seen it.
    assert_eq!(asked(&stage).len(), 1);
    stage.press(Chord::ctrl('t')).compose();
    assert_eq!(words(&asked(&stage)[1]), words(&asked(&stage)[0]));
}

#[test]
fn what_can_be_afforded_is_asked_for_on_a_key() {
    let mut stage = stage();
    stage.ask("one");
    let refusal = Refusal {
        status: 402,
        message: "This request requires more credits, or fewer max_tokens. You requested up to 8192 tokens, but can only \
                  afford 1234."
            .into(),
        ..Refusal::default()
    };
    stage.answer_ends(Some(&Symptom::Refused(Box::new(refusal))));
    stage.press(Chord::alt('m'));
    let frame = stage.frame(120, 36);
    let choice = frame
        .lines()
        .find(|line| line.contains("1,234") || line.contains("1234"));
    assert!(choice.is_some(), "{frame}");
    enter(&mut stage);
    stage.compose();
    let all = asked(&stage);
    assert_eq!(all[1].max_tokens, 1234);
    assert_eq!(words(&all[1]), words(&all[0]));
}

#[test]
fn a_model_is_chosen_for_this_conversation() {
    let mut stage = stage();
    stage.list_models().press(Chord::ctrl('o'));
    stage.paste("haiku");
    enter(&mut stage);
    answer(&mut stage, "one", "first");
    assert_eq!(asked(&stage)[0].model, "anthropic/claude-haiku-4.5");
    stage.paste("/model z-ai/glm-9");
    enter(&mut stage);
    answer(&mut stage, "two", "second");
    assert_eq!(asked(&stage)[1].model, "z-ai/glm-9");
}

#[test]
fn an_unknown_command_and_a_wrong_amount_are_told_and_nothing_is_sent() {
    let mut stage = stage();
    for (typed, told) in [
        ("/nonsense", "there is no command /nonsense"),
        ("/budget lots", "lots is no amount"),
        ("/max-tokens -1", "-1 is no number"),
    ] {
        stage.paste(typed);
        enter(&mut stage);
        assert!(stage.frame(80, 24).contains(told), "{typed}");
    }
    assert_eq!(asked(&stage).len(), 0);
}

#[test]
fn rules_go_first_with_every_question_until_they_are_taken_back() {
    let mut stage = stage();
    stage.paste("/system Answer in one word.");
    enter(&mut stage);
    answer(&mut stage, "one", "first");
    stage.paste("/system");
    enter(&mut stage);
    answer(&mut stage, "two", "second");
    let all = asked(&stage);
    assert_eq!(
        words(&all[0])[0],
        (Role::System, "Answer in one word.".to_owned())
    );
    assert!(words(&all[1]).iter().all(|(role, _)| *role != Role::System));
}

#[test]
fn code_is_copied_verbatim() {
    let mut stage = stage();
    answer(
        &mut stage,
        "one",
        "```rust\nfn main() {}\n```\n\n```sh\nls\n```\n",
    );
    stage.paste("/copy 1");
    enter(&mut stage);
    assert_eq!(
        stage.effects.last(),
        Some(&Effect::Copy("fn main() {}\n".into()))
    );
    stage.press(Chord::alt('c'));
    assert_eq!(stage.effects.last(), Some(&Effect::Copy("ls\n".into())));
}

#[test]
fn what_became_of_a_copy_is_said() {
    let mut stage = stage();
    for (reply, said) in [
        (Reply::Copied { unseen: 0 }, "copied"),
        (
            Reply::Copied { unseen: 2 },
            "copied, with 2 control or invisible characters in it",
        ),
        (Reply::NotCopied, "no clipboard can be reached from here"),
    ] {
        stage.reply(reply);
        assert!(stage.frame(80, 24).contains(said), "{said}");
    }
}

#[test]
fn letters_are_typed_and_screens_are_changed_with_alt() {
    let mut stage = stage();
    stage.keys("q 1 ?");
    assert!(stage.frame(80, 24).contains("q1?"));
    stage.press(Chord::alt('2'));
    assert_eq!(stage.app.front_name(), ScreenName::Usage);
}

#[test]
fn no_byte_of_a_model_reaches_the_terminal_as_control() {
    let mut stage = stage();
    let evil = "\u{1b}]0;owned\u{7}a\u{202e}b\u{200b}c\u{9b}31m\r\n\u{8}d";
    answer(&mut stage, evil, evil);
    for cell in &stage.buffer(80, 24).content {
        let is_harmless = |c: char| !c.is_control() && !('\u{200b}'..='\u{202e}').contains(&c);
        assert!(
            cell.symbol().chars().all(is_harmless),
            "{:?}",
            cell.symbol()
        );
    }
}

#[test]
fn a_budget_stops_before_the_next_question_and_keeps_the_words() {
    let mut stage = stage();
    stage.paste("/budget 0.001");
    enter(&mut stage);
    answer(&mut stage, "one", "first");
    stage.paste("two");
    enter(&mut stage);
    let frame = stage.frame(80, 24);
    assert!(
        frame.contains("the budget of this conversation") && frame.contains("two"),
        "{frame}"
    );
    assert_eq!(asked(&stage).len(), 1);
}

#[test]
fn another_key_or_address_is_entered_in_the_wizard() {
    let mut stage = stage();
    stage.ask("one").answer_ends(Some(&Symptom::NoKey));
    stage.press(Chord::alt('m'));
    enter(&mut stage);
    assert_eq!(stage.app.front_name(), ScreenName::Setup);
    assert!(stage.frame(80, 24).contains("Step 3 of 6"));
}

#[test]
fn what_looks_secret_is_sent_only_after_a_second_word() {
    let mut stage = stage();
    stage.paste("my key is sk-proj-abc");
    enter(&mut stage);
    let compose = |stage: &mut Rehearsal| {
        let ticket = stage.chat_ticket();
        let composed = Box::new(Composed {
            at: "2026-11-25T14:00:00Z".parse().expect("a time"),
            fresh_id: "new".into(),
            project: None,
            sent: "my key is sk-proj-abc".into(),
            media: Vec::new(),
            tokens: 0,
            attached: Vec::new(),
            refused: vec![onramp::text::Said::verbatim(".env is not sent")],
            absent: None,
            over_budget: None,
            passed_over: vec![],
            secrets: vec![onramp::text::Said::verbatim("line 1: a key")],
        });
        stage.reply(Reply::Composed { ticket, composed });
    };
    compose(&mut stage);
    let frame = stage.frame(80, 24);
    assert!(
        frame.contains("line 1: a key") && frame.contains(".env is not sent"),
        "{frame}"
    );
    // Enter takes the careful answer: the words are back where they can be changed.
    enter(&mut stage);
    assert_eq!(asked(&stage).len(), 0);
    assert!(stage.frame(80, 24).contains("my key is"));
    enter(&mut stage);
    compose(&mut stage);
    // So does a menu that is only closed, by whichever key.
    for key in ["esc", "q"] {
        stage.keys(key);
        assert_eq!(asked(&stage).len(), 0);
        assert!(stage.frame(80, 24).contains("my key is"), "{key}");
        enter(&mut stage);
        compose(&mut stage);
    }
    stage.keys("esc");
    enter(&mut stage);
    compose(&mut stage);
    stage.keys("2");
    assert_eq!(asked(&stage).len(), 1);
}

#[test]
fn code_is_written_only_after_its_change_was_seen_and_agreed_to() {
    let mut stage = stage();
    let answer_text = "```rust src/a.rs\nfn a() {}\n```\n\n```rust\nfn b() {}\n```\n";
    answer(&mut stage, "one", answer_text);
    let planned = |stage: &Rehearsal| {
        let effects = stage.effects.iter().rev();
        effects.clone().find_map(|effect| match effect {
            Effect::ReviewCode { ticket, plan } => Some((*ticket, plan.clone())),
            _ => None,
        })
    };
    // A block without a name asks for one.
    stage.paste("/save 2");
    enter(&mut stage);
    assert_eq!(planned(&stage), None);
    assert!(stage.frame(80, 24).contains("/save 2"));
    stage.paste("lib/b.rs");
    enter(&mut stage);
    let (_, plan) = planned(&stage).expect("it is worked out");
    assert_eq!(
        (plan.path.as_str(), plan.code.as_str()),
        ("lib/b.rs", "fn b() {}\n")
    );
    stage.paste("/save 1");
    enter(&mut stage);
    let (ticket, plan) = planned(&stage).expect("it is worked out");
    assert_eq!(plan.path, "src/a.rs");
    let review = |doubts| CodeReview {
        is_over: false,
        change: FileChange {
            path: "/home/ada/shop/src/a.rs".into(),
            is_new: true,
            lines: Vec::new(),
        },
        shown: "src/a.rs".into(),
        added: 1,
        removed: 0,
        is_unchanged: false,
        doubts,
    };
    let writes = |stage: &Rehearsal| stage.effects.contains(&Effect::WriteCode { ticket });
    stage.reply(Reply::CodeReviewed {
        ticket,
        review: Ok(Box::new(review(vec![Doubt::Outside]))),
    });
    // What is doubtful is not done by Enter alone.
    assert!(stage.frame(80, 24).contains("outside of the project"));
    enter(&mut stage);
    assert!(!writes(&stage));
    stage.paste("/save 1");
    enter(&mut stage);
    let (ticket, _) = planned(&stage).expect("it is worked out");
    stage.reply(Reply::CodeReviewed {
        ticket,
        review: Ok(Box::new(review(Vec::new()))),
    });
    enter(&mut stage);
    assert_eq!(stage.effects.last(), Some(&Effect::WriteCode { ticket }));
}
