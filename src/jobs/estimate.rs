//! An estimate of a request before it is sent, by the list of models and this program's own ledger.

use super::scene::Scene;
use crate::domain::chat::ChatRequest;
use crate::domain::model_card::ModelCard;
use crate::insight::estimate::Estimate;
use crate::ledger::Ledger;
use crate::openrouter::BaseUrl;

/// How many of a model's last answers count.
const ANSWERS: usize = 20;

/// The estimate of a request. A ledger that cannot be read counts as an empty one: an estimate is no bill.
pub fn estimate(
    scene: &Scene,
    server: &BaseUrl,
    request: &ChatRequest,
    card: Option<&ModelCard>,
) -> Estimate {
    Estimate::of(request, card, &recent(scene, server, &request.model))
}

/// The tokens of a model's last answers, by the ledger.
pub fn recent(scene: &Scene, server: &BaseUrl, model: &str) -> Vec<u64> {
    let name = scene.name_in_ledger(server);
    let recent = Ledger::open(&scene.paths.state)
        .and_then(|opened| opened.ledger.last_answers(&name, model, ANSWERS));
    recent.unwrap_or_default()
}
