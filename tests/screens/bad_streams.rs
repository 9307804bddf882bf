//! Bad streams in the chat: what came is kept, the trouble stands beside it, asking again is one key, and nothing is
//! asked, and so paid, by itself.

use onramp::domain::chat::{Delta, FinishReason};
use onramp::domain::symptom::{Refusal, Symptom};
use onramp::flow::Effect;
use onramp::keymap::Chord;
use onramp::text::Lang;

use crate::support::gallery::Rehearsal;
use crate::support::gallery::chat::{started, usage};

/// What comes, how it ends, and what is shown besides.
struct Row {
    name: &'static str,
    deltas: Vec<Delta>,
    symptom: Option<Symptom>,
    shown: &'static [&'static str],
}

fn text(text: &str) -> Delta {
    Delta::Text(text.into())
}

fn filtered() -> Delta {
    Delta::Finished(FinishReason::ContentFilter)
}

fn stop() -> Delta {
    Delta::Finished(FinishReason::Stop)
}

fn refused(status: u16, mid_stream: bool) -> Symptom {
    Symptom::Refused(Box::new(Refusal {
        status,
        message: "the provider said no".into(),
        mid_stream,
        ..Refusal::default()
    }))
}

fn rows() -> Vec<Row> {
    let row = |name, deltas: Vec<Delta>, symptom, shown| Row {
        name,
        deltas,
        symptom,
        shown,
    };
    let cut = |had_text| {
        Some(Symptom::StreamCut {
            had_text,
            detail: "closed".into(),
        })
    };
    vec![
        row(
            "cut",
            vec![started(), text("what came")],
            cut(true),
            &["what came", "✗", "broke off", "cost pending"],
        ),
        row("cut before a word", vec![], cut(false), &["✗", "broke off"]),
        row(
            "an error among the events",
            vec![started(), text("what came")],
            Some(refused(502, true)),
            &["what came", "✗", "the provider said no"],
        ),
        row(
            "a rate limit among the events",
            vec![text("what came")],
            Some(refused(429, true)),
            &["what came", "✗"],
        ),
        row(
            "an error inside a 200",
            vec![],
            Some(refused(500, false)),
            &["✗"],
        ),
        row(
            "a filter halfway",
            vec![text("what came"), filtered()],
            None,
            &["what came", "A content filter stopped the answer"],
        ),
        row(
            "a tool that was not offered",
            vec![Delta::ToolCall("run\u{1b}[31m_command".into()), stop()],
            None,
            &["called a tool", "Nothing was run"],
        ),
        row("no word", vec![started(), stop()], None, &["has no words"]),
        row(
            "usage told twice",
            vec![
                started(),
                text("what came"),
                Delta::Usage(usage()),
                stop(),
                Delta::Usage(usage()),
            ],
            None,
            &["what came", "$0.0015 so far"],
        ),
        row(
            "no usage",
            vec![started(), text("what came"), stop()],
            None,
            &["what came", "cost pending"],
        ),
    ]
}

fn asked(stage: &Rehearsal) -> Vec<Vec<String>> {
    let effects = stage.effects.iter();
    let talks = effects.filter_map(|effect| match effect {
        Effect::Converse { talk, .. } => Some(&talk.request.messages),
        _ => None,
    });
    let words = talks.map(|all| all.iter().map(|it| it.content.clone()).collect());
    words.collect()
}

#[test]
fn what_came_is_kept_and_asking_again_is_one_key() {
    for Row {
        name,
        deltas,
        symptom,
        shown,
    } in rows()
    {
        let mut stage = Rehearsal::new(Lang::En, false);
        stage.chatting().ask("one");
        for delta in deltas {
            stage.hear(delta);
        }
        stage.answer_ends(symptom.as_ref());
        let frame = stage.frame(120, 36);
        for words in shown {
            assert!(frame.contains(words), "{name}: {words}\n{frame}");
        }
        // Nothing is asked twice by itself.
        assert_eq!(asked(&stage).len(), 1, "{name}");
        stage.press(Chord::ctrl('t')).compose();
        let all = asked(&stage);
        assert_eq!(all.len(), 2, "{name}");
        assert_eq!(all[0], all[1], "{name}");
        let told = stage.app.take_notice();
        let told = told
            .map(|notice| notice.words.say(Lang::En))
            .unwrap_or_default();
        // Where something is wrong with the first one, it was paid for, or may have been.
        let is_poor = ["\n✗ ", "\n! "].iter().any(|mark| frame.contains(mark));
        assert_eq!(told.contains("charged, too"), is_poor, "{name}: {told}");
        // The first one stays, as a branch beside the second.
        stage.hear(text("at last")).answer_ends(None);
        assert!(stage.frame(120, 36).contains("at last"), "{name}");
        stage.press(Chord::alt('b'));
        let frame = stage.frame(120, 36);
        for words in shown.iter().filter(|words| !words.contains("so far")) {
            assert!(frame.contains(words), "{name}, again: {words}\n{frame}");
        }
    }
}

#[test]
fn a_wait_ends_when_something_else_is_asked() {
    let mut stage = Rehearsal::new(Lang::En, false);
    stage.chatting().ask("one");
    let refusal = Refusal {
        status: 429,
        retry_after: Some(std::time::Duration::from_secs(30)),
        ..Refusal::default()
    };
    stage.answer_ends(Some(&Symptom::Refused(Box::new(refusal))));
    stage.press(Chord::alt('m')).keys("enter");
    let ticket = stage.ticket();
    assert!(stage.frame(120, 36).contains("asks again in"));
    stage.ask("two").hear(text("an answer")).answer_ends(None);
    assert!(stage.effects.contains(&Effect::Cancel(ticket)));
    stage.reply(onramp::flow::Reply::Counted { ticket, left: 0 });
    assert_eq!(asked(&stage).len(), 2);
}

#[test]
fn a_new_conversation_forgets_the_question_that_was_made_ready() {
    let mut stage = Rehearsal::new(Lang::En, false);
    stage.chatting().paste("one").keys("enter");
    stage.press(Chord::ctrl('n')).compose();
    assert_eq!(asked(&stage).len(), 0);
}
