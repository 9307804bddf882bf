//! `onramp models show`: one model, whole.

use std::sync::Arc;

use jiff::Timestamp;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::Serialize;

use super::{ModelJson, tell_older};
use crate::cli::context::Context;
use crate::cli::output::{Outcome, print_json, print_line};
use crate::cli::tui;
use crate::domain::clean_text::CleanText;
use crate::domain::figures::Known;
use crate::domain::model_card::{ModelCard, card_of};
use crate::domain::model_detail::{Endpoint, ModelDetail, Prices};
use crate::domain::money::Usd;
use crate::domain::symptom::Symptom;
use crate::flow::usage::Account;
use crate::jobs::Access;
use crate::jobs::models;
use crate::jobs::near_models::near;
use crate::screens::models::describe;
use crate::ui::plain;

/// Tells everything about one model. Without a list its endpoints are told all the same.
pub(super) async fn run(context: &Context, access: &Access, id: &str, json: bool) -> Outcome {
    let account = Account {
        key: access.secret(),
        server: access.server.to_string(),
    };
    let now = Timestamp::now();
    let scene = &context.scene;
    let (listed, told) = tokio::join!(
        models::list(scene, &access.server, access.secret(), now),
        models::detail(scene, &account, id),
    );
    let listed = listed.ok();
    let is_old = listed.as_ref().is_some_and(|it| it.trouble.is_some());
    let models = listed.as_ref().map(|listed| &listed.models);
    let card = models.and_then(|it| card_of(&it.value, id));
    let told = match (told, models) {
        // A list that is not today's does not say that there is no such model.
        (Err(symptom), _) if is_old => return Err(super::super::diagnosed(&symptom)),
        // A list that lacks it says more than a refusal: which names are near.
        (Err(_) | Ok(None), Some(models)) if card.is_none() => {
            return Err(super::super::diagnosed(&Symptom::UnlistedModel {
                asked: CleanText::line(id),
                listed: models.value.len(),
                near: near(id, &models.value),
            }));
        }
        (told, _) => told.map_err(|symptom| super::super::diagnosed(&symptom))?,
    };
    if let Some(listed) = &listed {
        tell_older(context, listed);
    }
    if json {
        // A variant has the row of its model.
        let card = ModelCard {
            id: CleanText::line(id),
            ..card.cloned().unwrap_or_default()
        };
        print_json(&ShownJson::of(&card, told.as_ref()));
        return Ok(());
    }
    let mut facts = tui::facts(context);
    facts.models = models.cloned().map(Arc::new);
    if let Some(model) = context.chosen_model(access) {
        facts.model = model;
    }
    let told = told.map(|value| Box::new(Known { as_of: now, value }));
    let page = describe(id, told, &facts);
    for line in plain::page_lines(&page) {
        print_line(&line);
    }
    Ok(())
}

/// What scripts read: the row of the list, and what is told beyond it.
#[derive(Serialize)]
struct ShownJson<'a> {
    #[serde(flatten)]
    card: ModelJson<'a>,
    description: Option<&'a CleanText>,
    tokenizer: Option<&'a CleanText>,
    knowledge_cutoff: Option<&'a CleanText>,
    moderated: Option<bool>,
    alias_of: Option<&'a CleanText>,
    prices: Option<PricesJson>,
    endpoints: Option<Vec<EndpointJson<'a>>>,
}

impl<'a> ShownJson<'a> {
    fn of(card: &'a ModelCard, told: Option<&'a ModelDetail>) -> Self {
        Self {
            card: ModelJson::of(card),
            description: told.map(|told| &told.description),
            tokenizer: told.and_then(|told| told.tokenizer.as_ref()),
            knowledge_cutoff: told.and_then(|told| told.knowledge_cutoff.as_ref()),
            moderated: told.map(|told| told.is_moderated),
            alias_of: told.and_then(|told| told.alias_of.as_ref()),
            prices: told.map(|told| PricesJson::of(&told.prices)),
            endpoints: told.map(|told| told.endpoints.iter().map(EndpointJson::of).collect()),
        }
    }
}

/// Prices by the unit in their names.
#[derive(Serialize)]
struct PricesJson {
    prompt_usd_per_mtok: Option<Usd>,
    completion_usd_per_mtok: Option<Usd>,
    cache_read_usd_per_mtok: Option<Usd>,
    cache_write_usd_per_mtok: Option<Usd>,
    reasoning_usd_per_mtok: Option<Usd>,
    request_usd: Option<Usd>,
    image_usd: Option<Usd>,
    web_search_usd: Option<Usd>,
    long: Vec<LongJson>,
}

#[derive(Serialize)]
struct LongJson {
    over_tokens: u64,
    prompt_usd_per_mtok: Option<Usd>,
    completion_usd_per_mtok: Option<Usd>,
}

impl PricesJson {
    fn of(prices: &Prices) -> Self {
        let a_million = |price: Option<Usd>| price.map(|price| price.times(1_000_000));
        let long = prices.long.iter().map(|long| LongJson {
            over_tokens: long.over,
            prompt_usd_per_mtok: a_million(long.prompt),
            completion_usd_per_mtok: a_million(long.completion),
        });
        Self {
            prompt_usd_per_mtok: a_million(prices.prompt),
            completion_usd_per_mtok: a_million(prices.completion),
            cache_read_usd_per_mtok: a_million(prices.cache_read),
            cache_write_usd_per_mtok: a_million(prices.cache_write),
            reasoning_usd_per_mtok: a_million(prices.reasoning),
            request_usd: prices.request,
            image_usd: prices.image,
            web_search_usd: prices.web_search,
            long: long.collect(),
        }
    }
}

#[derive(Serialize)]
struct EndpointJson<'a> {
    provider: &'a CleanText,
    tag: &'a CleanText,
    context_length: Option<u64>,
    max_completion_tokens: Option<u64>,
    quantization: Option<&'a CleanText>,
    degraded: bool,
    uptime_percent_1d: Option<f64>,
    latency_ms_p50: Option<u64>,
    throughput_tokens_per_s_p50: Option<f64>,
    supported_parameters: &'a [CleanText],
    prices: PricesJson,
}

impl<'a> EndpointJson<'a> {
    fn of(endpoint: &'a Endpoint) -> Self {
        let number = |figure: Option<Decimal>| figure.and_then(|it| it.to_f64());
        Self {
            provider: &endpoint.provider,
            tag: &endpoint.tag,
            context_length: endpoint.context_length,
            max_completion_tokens: endpoint.max_completion_tokens,
            quantization: endpoint.quantization.as_ref(),
            degraded: endpoint.is_degraded,
            uptime_percent_1d: number(endpoint.uptime_day),
            latency_ms_p50: endpoint.latency_ms,
            throughput_tokens_per_s_p50: number(endpoint.throughput),
            supported_parameters: &endpoint.supported_parameters,
            prices: PricesJson::of(&endpoint.prices),
        }
    }
}
