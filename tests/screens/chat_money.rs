//! What a question would cost, and what a conversation may cost.

use onramp::domain::figures::Known;
use onramp::domain::model_card::ModelCard;
use onramp::domain::money::Usd;
use onramp::flow::Reply;
use onramp::keymap::Chord;

use crate::chat::{answer, asked, enter, stage};

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
    assert!(frame.contains("+ tokens in, $"), "{frame}");
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
    stage.reply(Reply::ModelsListed(Ok(models.into())));
    stage.paste("/model old/small");
    enter(&mut stage);
    stage.ask("hi");
    let longest = asked(&stage)[0].max_tokens;
    assert!((3000..4096).contains(&longest), "{longest}");
}
