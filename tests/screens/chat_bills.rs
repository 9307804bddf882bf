//! Answers that came without their cost: the line under them, and the sum, change when the server knows it.

use onramp::domain::account::Generation;
use onramp::domain::chat::{AnswerHead, Delta, FinishReason};
use onramp::domain::money::Usd;
use onramp::flow::keeping::TalkDeed;
use onramp::flow::talk::Bill;
use onramp::flow::{Effect, Event, Reply, Ticket};
use onramp::keymap::{Chord, Key};

use crate::chat::stage;
use crate::support::gallery::Rehearsal;
use crate::support::gallery::chat::started;

/// Seconds of the waits, in their order.
fn waits(stage: &Rehearsal) -> Vec<(Ticket, u64)> {
    let effects = stage.effects.iter();
    let waits = effects.filter_map(|effect| match effect {
        Effect::Wait { ticket, secs } => Some((*ticket, *secs)),
        _ => None,
    });
    waits.collect()
}

/// The bills that were asked for.
fn bills(stage: &Rehearsal) -> Vec<(Ticket, String)> {
    let effects = stage.effects.iter();
    let bills = effects.filter_map(|effect| match effect {
        Effect::AskBill {
            ticket, generation, ..
        } => Some((*ticket, generation.clone())),
        _ => None,
    });
    bills.collect()
}

fn stopped() -> Rehearsal {
    let mut stage = stage();
    stage.ask("one").hear(started());
    stage.hear(Delta::Text("Once upon".into())).keys("esc");
    stage
}

/// The wait that began last is over; the ticket of the question that follows.
fn wait_over(stage: &mut Rehearsal) -> Ticket {
    let (ticket, _) = *waits(stage).last().expect("a wait");
    stage.reply(Reply::Waited { ticket });
    bills(stage).last().expect("it is asked").0
}

fn told(cost: &str) -> Bill {
    Bill::Told(Box::new(Generation {
        cost: Usd::parse(cost),
        prompt_tokens: Some(12),
        completion_tokens: Some(34),
        ..Generation::default()
    }))
}

#[test]
fn the_cost_of_a_stopped_answer_comes_later_and_is_kept() {
    let mut stage = stopped();
    assert!(stage.frame(80, 24).contains("cost pending · stopped"));
    let ticket = wait_over(&mut stage);
    assert_eq!(bills(&stage)[0].1, "gen-1758000000-abc");
    stage.reply(Reply::BillTold {
        ticket,
        bill: Bill::NotYet,
    });
    assert!(stage.frame(80, 24).contains("cost pending"));
    let ticket = wait_over(&mut stage);
    let bill = told("0.0021");
    stage.reply(Reply::BillTold { ticket, bill });
    let frame = stage.frame(80, 24);
    assert!(
        frame.contains("OpenAI · 12 in, 34 out · $0.0021 · stopped"),
        "{frame}"
    );
    assert!(frame.contains("$0.0021 so far"), "{frame}");
    let kept = stage.effects.iter().rev().find_map(|effect| match effect {
        Effect::KeepTalk {
            deed: TalkDeed::Finish { turn: 1, whole, .. },
        } => whole.reply().and_then(|reply| reply.cost),
        _ => None,
    });
    assert_eq!(kept, Usd::parse("0.0021"));
    // Each time is later than the one before.
    let secs: Vec<u64> = waits(&stage).into_iter().map(|it| it.1).collect();
    assert!(secs.len() == 2 && secs[0] < secs[1], "{secs:?}");
}

#[test]
fn a_whole_answer_without_a_cost_is_asked_about_and_one_with_it_is_not() {
    let mut stage = stage();
    stage.ask("one").hear(started());
    stage.hear(Delta::Text("so".into()));
    stage.hear(Delta::Finished(FinishReason::Stop));
    stage.answer_ends(None);
    assert_eq!(waits(&stage).len(), 1);
    assert!(stage.frame(80, 24).contains("cost pending"));
    crate::chat::answer(&mut stage, "two", "second");
    assert_eq!(waits(&stage).len(), 1);
}

#[test]
fn a_server_that_is_not_openrouter_is_not_asked() {
    let mut stage = stage();
    stage.ask("one").hear(Delta::Started(AnswerHead {
        generation_id: Some("chatcmpl-1".into()),
        ..AnswerHead::default()
    }));
    stage.hear(Delta::Text("so".into())).keys("esc");
    assert_eq!(waits(&stage), []);
    assert!(stage.frame(80, 24).contains("cost not told · stopped"));
}

#[test]
fn what_is_never_told_is_given_up_with_a_word() {
    let mut stage = stopped();
    let mut asked = 0;
    while stage.frame(80, 24).contains("cost pending") {
        let ticket = wait_over(&mut stage);
        stage.reply(Reply::BillTold {
            ticket,
            bill: Bill::NotYet,
        });
        asked += 1;
        assert!(asked < 10);
    }
    assert!(asked > 2);
    assert!(stage.frame(80, 24).contains("cost not told · stopped"));
    let secs: Vec<u64> = waits(&stage).into_iter().map(|it| it.1).collect();
    assert!(
        secs.is_sorted() && secs.iter().sum::<u64>() < 120,
        "{secs:?}"
    );
    let mut stage = stopped();
    let ticket = wait_over(&mut stage);
    let bill = Bill::Never;
    stage.reply(Reply::BillTold { ticket, bill });
    assert!(stage.frame(80, 24).contains("cost not told · stopped"));
}

#[test]
fn another_conversation_waits_for_no_bill_of_the_last_one() {
    let mut stage = stopped();
    let (ticket, _) = waits(&stage)[0];
    stage.press(Chord::ctrl('n'));
    assert!(stage.effects.contains(&Effect::Cancel(ticket)));
    let before = stage.effects.len();
    stage.reply(Reply::Waited { ticket });
    assert_eq!(stage.effects.len(), before);
}

#[test]
fn by_lines_the_cost_is_said_when_it_is_known() {
    let mut stage = stage();
    stage.event(Event::Line("one".into())).compose();
    stage.hear(started()).hear(Delta::Text("Once".into()));
    stage.event(Event::Line("/stop".into()));
    let ticket = wait_over(&mut stage);
    let bill = told("0.0021");
    stage.reply(Reply::BillTold { ticket, bill });
    let notice = stage.app.notice().expect("it is said");
    let said = notice.words.say(onramp::text::Lang::En);
    assert_eq!(said, "that answer of openai/gpt-5-mini cost $0.0021");
    stage.press(Chord::plain(Key::Esc));
}
