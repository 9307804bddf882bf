//! Costs and savings reckoned by hand.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::text::Lang;

fn usd(cents: i64) -> Usd {
    Usd::from_cents(cents)
}

/// A text model with tools, at so many USD a million tokens.
fn card(id: &str, prompt: &str, completion: &str, cache_read: Option<&str>) -> ModelCard {
    let a_token = |price: &str| Usd::parse(&format!("{price}e-6"));
    ModelCard {
        id: id.into(),
        context_length: Some(200_000),
        prompt_price: a_token(prompt),
        completion_price: a_token(completion),
        cache_read_price: cache_read.and_then(a_token),
        input_modalities: vec!["text".into()],
        output_modalities: vec!["text".into()],
        supported_parameters: vec!["tools".into()],
        ..ModelCard::default()
    }
}

fn list() -> Vec<ModelCard> {
    vec![
        card("ada/large", "3", "15", Some("0.3")),
        card("ada/middle", "1", "5", Some("0.1")),
        card("ada/little", "0.1", "0.5", None),
        card("bo/one", "0.2", "1", None),
    ]
}

/// One row of 1 November: 4 M tokens read, of these 1 M from a cache, 1 M written, 400 requests.
fn row(model: &str, cents: i64) -> DayRow {
    DayRow {
        day: date(2026, 11, 1),
        model: model.into(),
        provider: None,
        used: Used {
            requests: 400,
            prompt_tokens: 4_000_000,
            completion_tokens: 1_000_000,
            reasoning_tokens: 250_000,
            cached_tokens: 1_000_000,
            cost: usd(cents),
            byok_cost: Usd::ZERO,
        },
    }
}

/// Over ten days, so that a month is three times as much.
fn records<'a>(rows: &'a [DayRow], models: &'a [ModelCard]) -> Records<'a> {
    Records {
        rows,
        span: Span::new(date(2026, 11, 1), date(2026, 11, 10)),
        models,
        longest_request: Some(100_000),
    }
}

fn names(review: &Review) -> Vec<&str> {
    let elsewhere = review.models[0].elsewhere.iter();
    elsewhere.map(|other| other.model.as_str()).collect()
}

fn say(review: &Review, id: &str) -> Option<String> {
    let remark = review.remarks.iter().find(|remark| remark.id == id)?;
    Some(remark.said.say(Lang::En))
}

#[test]
fn the_same_tokens_are_priced_elsewhere_as_one_reckons_by_hand() {
    // ada/large: 3 M × $3 + 1 M × $0.30 + 1 M × $15 = $24.30, which is what was paid.
    let rows = [row("ada/large", 2_430)];
    let models = list();
    let review = review(&records(&rows, &models));
    assert_eq!(names(&review), ["ada/little", "bo/one", "ada/middle"]);
    // ada/middle: 3 M × $1 + 1 M × $0.10 + 1 M × $5 = $8.10 in ten days.
    let middle = &review.models[0].elsewhere[2];
    assert_eq!(
        *middle,
        Elsewhere {
            model: "ada/middle".to_owned(),
            here: usd(7_290),
            is_paid: true,
            there: usd(2_430),
            saving: usd(4_860),
            is_kin: true,
            counts_on_cache: true,
        }
    );
    // ada/little: 4 M × $0.10 + 1 M × $0.50 = $0.90; its cache has no price of its own.
    let little = &review.models[0].elsewhere[0];
    assert_eq!((little.there, little.counts_on_cache), (usd(270), false));
    assert_eq!(
        say(&review, "same-author").unwrap(),
        "The same tokens cost about $24.30 a month on ada/middle by today's list prices instead \
         of the $72.90 that was paid on ada/large: $48.60 less, if it is good enough for the task. This counts on its cache being hit as often."
    );
    let cheapest = review.remarks.iter().find(|remark| remark.id == "cheapest");
    let cheapest = cheapest.unwrap();
    assert_eq!(cheapest.instead.as_deref(), Some("ada/little"));
    assert_eq!(cheapest.monthly, Some(usd(7_020)));
    assert!(cheapest.said.say(Lang::Zh).contains("前提是它足以胜任"));
}

#[test]
fn what_was_never_paid_is_not_said_to_be_saved() {
    // A provider below the list price: $9.00 instead of $24.30.
    let rows = [row("ada/large", 900)];
    let models = list();
    let review = review(&records(&rows, &models));
    let middle = review.models[0].elsewhere.iter();
    let middle = middle.clone().find(|other| other.model == "ada/middle");
    assert_eq!(middle.unwrap().saving, usd(270));
}

#[test]
fn what_cost_more_than_the_list_says_is_compared_at_list_prices() {
    let rows = [row("ada/large", 9_000)];
    let models = list();
    let review = review(&records(&rows, &models));
    assert_eq!(review.models[0].elsewhere[0].here, usd(7_290));
}

/// Makes a good model unfit.
type Spoil = fn(&mut ModelCard);

#[test]
fn a_model_that_cannot_be_asked_the_same_is_not_named() {
    let unfit: [(&str, Spoil); 9] = [
        ("retiring", |it| {
            it.expiration_date = Some("2027-01-01".into());
        }),
        ("short", |it| it.context_length = Some(99_999)),
        ("of unknown length", |it| it.context_length = None),
        ("without tools", |it| it.supported_parameters.clear()),
        ("blind", |it| it.input_modalities = vec!["image".into()]),
        ("drawing", |it| it.output_modalities.push("image".into())),
        ("variable", |it| it.prompt_price = None),
        ("free", |it| {
            it.prompt_price = Some(Usd::ZERO);
            it.completion_price = Some(Usd::ZERO);
        }),
        ("a router", |it| it.id = "openrouter/auto".into()),
    ];
    let rows = [row("ada/large", 2_430)];
    let good = card("bo/one", "0.2", "1", None);
    let large = card("ada/large", "3", "15", Some("0.3"));
    let fit = [large.clone(), good.clone()];
    assert_eq!(names(&review(&records(&rows, &fit))), ["bo/one"]);
    for (why, spoil) in unfit {
        let mut spoilt = good.clone();
        spoil(&mut spoilt);
        let models = [large.clone(), spoilt];
        assert_eq!(names(&review(&records(&rows, &models))), [""; 0], "{why}");
    }
}

#[test]
fn the_context_needed_is_guessed_from_the_average_and_never_beyond_the_present_one() {
    // 12,500 tokens a request on average: four times as many are needed.
    let rows = [row("ada/large", 2_430)];
    let of_length = |length| ModelCard {
        context_length: Some(length),
        ..card("bo/one", "0.2", "1", None)
    };
    let named = |length, present| {
        let mut large = card("ada/large", "3", "15", None);
        large.context_length = Some(present);
        let models = [large, of_length(length)];
        let records = Records {
            longest_request: None,
            ..records(&rows, &models)
        };
        !review(&records).models[0].elsewhere.is_empty()
    };
    assert!(named(50_000, 200_000) && !named(49_999, 200_000));
    assert!(named(40_000, 40_000));
}

#[test]
fn a_model_that_is_not_on_the_list_is_compared_with_nothing() {
    let rows = [row("ada/gone", 2_430)];
    let models = list();
    let review = review(&records(&rows, &models));
    assert_eq!(review.models[0].elsewhere, []);
    assert_eq!(say(&review, "cheapest"), None);
}

#[test]
fn a_dear_model_is_told_from_twice_the_whole_on() {
    // $50 and $10 for 5 M tokens each, and $30 for 20 M: $3 a million on the whole.
    let mut many = row("bo/many", 3_000);
    many.used.prompt_tokens = 19_000_000;
    let rows = [row("ada/dear", 5_000), row("bo/cheap", 1_000), many];
    let told = review(&records(&rows, &[]));
    assert_eq!(told.blended, Some(usd(300)));
    assert_eq!(told.models[0].blended, Some(usd(1_000)));
    assert_eq!(
        say(&told, "dear-model").unwrap(),
        "ada/dear comes to $10.00 per million tokens, 3.3 times the $3.00 of all models together; $150.00 a month was paid."
    );
    // Alone, it is the whole.
    assert_eq!(say(&review(&records(&rows[..1], &[])), "dear-model"), None);
}

#[test]
fn cache_and_reasoning_are_told_with_their_dollars() {
    let rows = [row("ada/large", 2_430)];
    let models = list();
    let told = review(&records(&rows, &models));
    // 1 M × ($3 − $0.30) and 0.25 M × $15 in ten days.
    assert_eq!(
        say(&told, "cached").unwrap(),
        "At least 25 % of the tokens read came from a cache; at full price they would be about $8.10 a month more."
    );
    assert_eq!(
        say(&told, "reasoning").unwrap(),
        "Reasoning is 25 % of the tokens written, about $11.25 a month at list prices."
    );
    let unpriced = review(&records(&rows, &[]));
    assert_eq!(
        say(&unpriced, "reasoning").unwrap(),
        "Reasoning is 25 % of the tokens written."
    );
}

#[test]
fn own_keys_and_other_days_stay_apart() {
    let mut own = row("ada/large", 0);
    own.used.byok_cost = usd(900);
    let mut earlier = row("ada/large", 900);
    earlier.day = date(2026, 10, 31);
    let rows = [own, earlier];
    let told = review(&records(&rows, &[]));
    assert_eq!(told.total, Used::default());
    assert_eq!(told.own_keys.byok_cost, usd(900));
    assert_eq!((told.blended, told.models.len()), (None, 0));
    assert_eq!(told.remarks, []);
}

#[test]
fn cents_are_not_worth_a_sentence() {
    let mut small = row("ada/large", 0);
    small.used = Used {
        requests: 1,
        prompt_tokens: 10_000,
        completion_tokens: 1_000,
        cost: usd(5),
        ..Used::default()
    };
    let rows = [small];
    let models = list();
    let told = review(&records(&rows, &models));
    assert!(!told.models[0].elsewhere.is_empty());
    assert_eq!(told.remarks, []);
}

proptest! {
    #[test]
    fn no_record_makes_it_panic_and_no_saving_exceeds_what_was_paid(
        counts in proptest::collection::vec((any::<u64>(), any::<u64>(), any::<u64>(), any::<u64>()), 1..8),
        cost in any::<i64>(),
        prices in proptest::collection::vec("[0-9]{1,12}", 3),
        longest in proptest::option::of(any::<u64>()),
    ) {
        let rows: Vec<DayRow> = counts
            .iter()
            .map(|&(requests, prompt, completion, cached)| {
                let mut row = row("ada/large", cost);
                row.used.requests = requests;
                row.used.prompt_tokens = prompt;
                row.used.completion_tokens = completion;
                row.used.cached_tokens = cached;
                row
            })
            .collect();
        let mut models = list();
        models[0] = card("ada/large", &prices[0], &prices[1], Some(&prices[2]));
        let records = Records { longest_request: longest, ..records(&rows, &models) };
        let told = review(&records);
        for other in &told.models[0].elsewhere {
            prop_assert!(other.saving > Usd::ZERO && other.saving <= told.models[0].monthly);
        }
        for remark in &told.remarks {
            prop_assert!(!remark.said.say(Lang::Zh).is_empty());
        }
    }
}
