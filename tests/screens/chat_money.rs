//! What a question would cost, and what a conversation may cost.

use onramp::domain::chat::{Delta, FinishReason};
use onramp::domain::figures::Known;
use onramp::domain::model_card::ModelCard;
use onramp::domain::money::Usd;
use onramp::domain::symptom::{NetworkTrouble, Symptom};
use onramp::flow::Effect;
use onramp::keymap::Chord;
use onramp::settings::{ColorDepth, Ground};
use onramp::text::Lang;
use onramp::ui::theme::{Theme, Tone};

use crate::chat::{answer, asked, enter, stage};
use crate::support::gallery::Rehearsal;
use crate::support::gallery::chat::{started, usage};

fn usd(text: &str) -> Usd {
    Usd::parse(text).expect("an amount")
}

#[test]
fn a_question_that_would_pass_the_budget_stays_in_the_editor() {
    let mut stage = stage();
    stage.list_models();
    answer(&mut stage, "one", "first");
    stage.paste("/budget 0.002");
    enter(&mut stage);
    let long = "many words ".repeat(8_000);
    stage.ask(&long);
    assert_eq!(asked(&stage).len(), 1);
    let frame = stage.frame(120, 36);
    assert!(frame.contains("this would pass the budget"), "{frame}");
    assert!(frame.contains("many words"), "{frame}");
}

#[test]
fn an_answer_is_asked_for_no_longer_than_the_budget_pays_for() {
    let mut stage = stage();
    stage.list_models();
    stage.ask("one");
    stage.answer_ends(None);
    stage.paste("/budget 0.002");
    enter(&mut stage);
    stage.ask("two");
    let all = asked(&stage);
    assert!(all[1].max_tokens < all[0].max_tokens);
    let models = stage.app.facts().models.clone().expect("a list");
    let card = models
        .value
        .iter()
        .find(|card| card.id.as_str() == all[1].model);
    let price = card.expect("it is listed").completion_price;
    let most = price.expect("a price").times(all[1].max_tokens.into());
    assert!(most <= usd("0.002") && most > usd("0.0019"), "{most}");
}

#[test]
fn files_that_are_named_are_in_the_price() {
    let mut stage = stage();
    stage.list_models().paste("Explain @src/main.rs");
    // Their sizes are not known yet.
    let frame = stage.frame(120, 36);
    assert!(frame.contains("+ tokens in · at most $"), "{frame}");
    let frame = stage.list_files().frame(120, 36);
    assert!(
        frame.contains("~4,12") && !frame.contains("+ tokens"),
        "{frame}"
    );
    stage.paste(" and @docs/");
    let frame = stage.list_files().frame(120, 36);
    assert!(frame.contains("~37,"), "{frame}");
    // Nobody knows what a pattern finds before it is read.
    stage.paste(" and @src/*.rs ");
    assert!(stage.list_files().frame(120, 36).contains("+ tokens in"));
    stage.press(Chord::ctrl('u'));
    assert!(stage.frame(120, 36).contains("Ask anything"));
    stage.press(Chord::ctrl('7'));
    assert!(stage.frame(120, 36).contains("Explain @src/main.rs"));
}

/// The row above the editor that tells the price.
fn price(stage: &mut Rehearsal) -> String {
    let frame = stage.frame(120, 36);
    let row = frame.lines().find(|line| line.contains(" in · "));
    row.unwrap_or_default().to_owned()
}

fn type_anew(stage: &mut Rehearsal, text: &str) {
    stage.press(Chord::ctrl('u')).paste(text);
}

#[test]
fn the_price_has_the_answer_in_it_as_long_as_the_last_ones_were() {
    let mut stage = stage();
    stage.list_models().paste("Sort a list");
    // 8,192 tokens at $2 the million.
    assert!(
        price(&mut stage).contains("· at most $0.02"),
        "{}",
        price(&mut stage)
    );
    stage.tell_lengths(&[500, 400, 600]);
    assert!(
        price(&mut stage).contains("~$0.001, at most $0.02"),
        "{}",
        price(&mut stage)
    );
    // It is asked once for each model.
    let asked = |stage: &Rehearsal| {
        let effects = stage.effects.iter();
        effects
            .filter_map(|effect| match effect {
                Effect::TellLengths { models, .. } => Some(models.clone()),
                _ => None,
            })
            .collect::<Vec<_>>()
    };
    type_anew(&mut stage, "/model anthropic/claude-haiku-4.5");
    enter(&mut stage);
    stage.paste("Sort a list");
    let haiku = "anthropic/claude-haiku-4.5".to_owned();
    assert_eq!(
        asked(&stage),
        [vec!["openai/gpt-5-mini".to_owned()], vec![haiku]]
    );
    // Too few answers tell nothing.
    stage.tell_lengths(&[500, 400]);
    assert!(
        price(&mut stage).contains("· at most $0.04"),
        "{}",
        price(&mut stage)
    );
}

#[test]
fn an_answer_that_was_heard_here_counts_for_the_next_one() {
    let mut stage = stage();
    stage.list_models();
    for question in ["one", "two", "three"] {
        answer(&mut stage, question, "as long as ever");
    }
    stage.paste("four");
    assert!(
        price(&mut stage).contains("~$0.001"),
        "{}",
        price(&mut stage)
    );
}

#[test]
fn the_price_stands_out_by_what_the_answer_is_likely_to_cost() {
    let mut stage = Rehearsal::with_theme(Lang::En, false, coloured());
    stage.chatting();
    stage
        .list_models()
        .paste("/model anthropic/claude-sonnet-4.5");
    enter(&mut stage);
    stage.paste("Sort a list");
    // 8,192 tokens at $15 the million are 12 cents.
    assert!(is_warned(&mut stage));
    stage.tell_lengths(&[500, 400, 600]);
    assert!(price(&mut stage).contains("at most $0.12"));
    assert!(!is_warned(&mut stage));
}

/// Whether the price is drawn as a warning.
fn is_warned(stage: &mut Rehearsal) -> bool {
    let row = price(stage);
    let frame = stage.frame(120, 36);
    let y = frame.lines().position(|line| line == row).expect("a price");
    let at = row.find("at most").expect("a price");
    let x = row.split_at(at).0.chars().count();
    let place = |it: usize| u16::try_from(it).expect("it is on the screen");
    let style = stage.buffer(120, 36)[(place(x), place(y))].style();
    style.fg == coloured().tone(Tone::Warn).fg
}

fn coloured() -> Theme {
    Theme::new(ColorDepth::Sixteen, Ground::Dark)
}

#[test]
fn what_is_free_costs_nothing() {
    let mut stage = stage();
    stage
        .list_models()
        .paste("/model meta-llama/llama-3.3-70b-instruct:free");
    enter(&mut stage);
    stage.paste("Sort a list");
    assert!(
        price(&mut stage).contains("in · free"),
        "{}",
        price(&mut stage)
    );
}

#[test]
fn an_answer_is_asked_for_no_longer_than_the_model_can_give() {
    let mut stage = stage();
    let small = ModelCard {
        id: "old/small".into(),
        context_length: Some(4096),
        ..ModelCard::default()
    };
    let models = Known {
        as_of: "2026-11-25T14:00:00Z".parse().expect("a time"),
        value: vec![small],
    };
    stage.hear_list(Ok(models.into()));
    stage.paste("/model old/small");
    enter(&mut stage);
    stage.ask("hi");
    let longest = asked(&stage)[0].max_tokens;
    assert!((3000..4096).contains(&longest), "{longest}");
}

#[test]
fn what_was_charged_already_is_said_when_it_is_asked_again() {
    let mut stage = stage();
    stage.ask("one").hear(started());
    stage.hear(Delta::Text("some".into()));
    stage.hear(Delta::Finished(FinishReason::ContentFilter));
    stage.hear(Delta::Usage(usage())).answer_ends(None);
    stage.press(Chord::ctrl('t')).compose();
    let frame = stage.frame(120, 24);
    assert!(frame.contains("the first try cost $0.0015"), "{frame}");
}

#[test]
fn what_was_refused_cost_nothing_and_nobody_says_otherwise() {
    let mut stage = stage();
    stage.ask("one").answer_fails(&Symptom::NoKey);
    let frame = stage.frame(120, 24);
    assert!(frame.contains("not answered, and not charged"), "{frame}");
    assert!(
        !frame.contains("broke off") && !frame.contains("cost not told"),
        "{frame}"
    );
    stage.press(Chord::ctrl('t')).compose();
    assert!(!stage.frame(120, 24).contains("charged, too"));
    // Nobody knows what became of what was sent and met silence.
    stage.answer_fails(&Symptom::Network {
        trouble: NetworkTrouble::FirstByteTimeout,
        host: "openrouter.ai".into(),
        proxy: None,
        detail: "".into(),
        ignored: Vec::new(),
    });
    let frame = stage.frame(120, 24);
    assert!(
        frame.contains("no answer came; it may be charged"),
        "{frame}"
    );
    stage.press(Chord::ctrl('t')).compose();
    assert!(stage.frame(120, 24).contains("may be charged, too"));
}

#[test]
fn the_sum_says_that_a_cost_is_still_open() {
    let mut stage = stage();
    stage.ask("one").hear(started());
    stage.hear(Delta::Text("some".into())).keys("esc");
    answer(&mut stage, "two", "2");
    let frame = stage.frame(120, 24);
    assert!(frame.contains("$0.0015+ so far"), "{frame}");
}
