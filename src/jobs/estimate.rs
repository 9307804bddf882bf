//! An estimate of a request before it is sent, by the list of models and this program's own ledger.

use super::access;
use super::scene::Scene;
use crate::domain::chat::ChatRequest;
use crate::domain::model_card::{ModelCard, card_of};
use crate::domain::token_estimate;
use crate::flow::usage::Account;
use crate::insight::estimate::Estimate;
use crate::ledger::Ledger;
use crate::openrouter::BaseUrl;

/// How many of a model's last answers count.
const ANSWERS: usize = 20;

/// The estimate of a request, by what the list tells of the models that may answer it. A ledger that cannot be
/// read counts as an empty one: an estimate is no bill.
pub fn estimate(
    scene: &Scene,
    server: &BaseUrl,
    request: &ChatRequest,
    cards: &[ModelCard],
) -> Estimate {
    let tokens = token_estimate::of_request(request);
    let of = |model: &String| {
        let card = card_of(cards, model);
        about(scene, server, model, card, tokens, request.max_tokens)
    };
    let fallbacks = request.fallbacks.iter().map(of);
    fallbacks.fold(of(&request.model), |first, other| first.or_by(&other))
}

/// The estimate of one model's answer to a question of so many tokens, of `max_tokens` at most.
pub fn about(
    scene: &Scene,
    server: &BaseUrl,
    model: &str,
    card: Option<&ModelCard>,
    tokens: u64,
    max_tokens: u32,
) -> Estimate {
    let mut estimate = Estimate::about(tokens, max_tokens, card, &recent(scene, server, model));
    // A router's price is that of the model it chooses: what it chose lately tells more than nothing.
    if estimate.dearest.is_none() {
        let name = scene.name_in_ledger(server);
        let dearest = Ledger::open(&scene.paths.state)
            .and_then(|opened| opened.ledger.dearest_answer(&name, model, ANSWERS));
        estimate.dearest = dearest.unwrap_or_default();
    }
    estimate
}

/// The tokens of the last answers of each of these models, the latest first. It reads a file: it blocks.
pub fn lengths(scene: &Scene, account: &Account, models: &[String]) -> Vec<(String, Vec<u64>)> {
    let Ok(access) = access::in_use(scene, account.key.as_ref(), &account.server) else {
        return Vec::new();
    };
    let of = |model: &String| (model.clone(), recent(scene, &access.server, model));
    models.iter().map(of).collect()
}

/// The tokens of a model's last answers, by the ledger.
fn recent(scene: &Scene, server: &BaseUrl, model: &str) -> Vec<u64> {
    let name = scene.name_in_ledger(server);
    let recent = Ledger::open(&scene.paths.state)
        .and_then(|opened| opened.ledger.last_answers(&name, model, ANSWERS));
    recent.unwrap_or_default()
}
