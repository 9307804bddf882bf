//! Asks the server what became of requests that were cut off: their cost, and how far they came.

use jiff::{SignedDuration, Timestamp};

use crate::domain::account::Generation;
use crate::domain::spend::{Ending, Outcome, Recorded};
use crate::domain::symptom::Symptom;
use crate::flow::talk::Bill;
use crate::flow::usage::Account;
use crate::jobs::access;
use crate::jobs::recorder::Recorder;
use crate::jobs::scene::Scene;
use crate::openrouter::OpenRouter;

/// A younger one may still be under way, in this program or in another; one that was asked for lately is let be.
const YOUNGEST: SignedDuration = SignedDuration::from_mins(1);
/// No request takes longer. A server knows its answer a second or two after the end (api.md 3.3): one that does not know
/// an older request never will, and one that never got an id can be asked for by nobody.
const LONGEST: SignedDuration = SignedDuration::from_hours(1);
/// So long a bill is waited for that the server does not tell, or not this key.
const OLDEST: SignedDuration = SignedDuration::from_hours(24);

/// Completes the ledger's open requests to this client's server, a few at a time, who waited longest first: each is
/// asked for once by its generation id. One that the server does not know makes way for the others, and an hour after it
/// began its cost counts as never told. Ends at the first trouble: the next time will do.
/// Source: `GET /generation`.
pub async fn complete_unfinished(client: &OpenRouter, recorder: &Recorder, now: Timestamp) {
    recorder.unnamed_given_up(client, now - LONGEST);
    for open in recorder.unfinished(client, now - YOUNGEST).await {
        let Some(id) = asked_by(&open) else {
            continue;
        };
        let waits = match client.known_generation(id).await {
            Ok(Some(generation)) => {
                recorder.learned(open.id, ending(&open, &generation));
                OLDEST
            }
            // Not yet, or never.
            Ok(None) => LONGEST,
            Err(Symptom::Refused(refusal)) if knows_no_more(refusal.status) => OLDEST,
            // No way there, no key that is taken, too much at once: nothing is learned from that. Were it this request's
            // own trouble, it must not stand before the others the next time.
            Err(_) => {
                recorder.looked_up(open.id, now);
                return;
            }
        };
        if open.begun.at < now - waits {
            recorder.given_up(open.id);
        } else {
            recorder.looked_up(open.id, now);
        }
    }
}

/// What an answer cost that came without its bill, by its generation id: asked for once. The ledger learns it, too.
/// Source: `GET /generation`.
pub async fn bill(scene: &Scene, account: &Account, id: &str, recorder: Option<&Recorder>) -> Bill {
    let access = access::in_use(scene, account.key.as_ref(), &account.server);
    let Ok(client) = access.and_then(|access| access.client(&scene.network)) else {
        return Bill::NotYet;
    };
    let generation = match client.known_generation(id).await {
        Ok(Some(generation)) if generation.cost.is_some() => generation,
        Err(Symptom::Refused(refusal)) if knows_no_more(refusal.status) => return Bill::Never,
        Ok(_) | Err(_) => return Bill::NotYet,
    };
    if let Some(recorder) = recorder {
        for open in recorder.open_by(&client, id).await {
            recorder.learned(open.id, ending(&open, &generation));
        }
    }
    Bill::Told(Box::new(generation))
}

/// Another account's, or a server without this endpoint: it will not know more tomorrow.
fn knows_no_more(status: u16) -> bool {
    matches!(status, 400 | 403 | 405)
}

/// The id to ask by. Servers that are not OpenRouter name their answers otherwise, and tell no bills.
fn asked_by(open: &Recorded) -> Option<&str> {
    let id = open.ending.generation_id.as_deref();
    id.filter(|id| id.starts_with("gen-"))
}

fn ending(open: &Recorded, generation: &Generation) -> Ending {
    Ending {
        outcome: if generation.is_cancelled {
            Outcome::Stopped
        } else {
            Outcome::Done
        },
        generation_id: None,
        model: Some(generation.model.clone()).filter(|model| !model.is_empty()),
        provider: generation.provider.clone(),
        prompt_tokens: generation.prompt_tokens,
        completion_tokens: generation.completion_tokens,
        reasoning_tokens: generation.reasoning_tokens,
        cached_tokens: generation.cached_tokens,
        cost: generation.cost,
        byok_cost: generation.byok_cost,
        first_token: open.ending.first_token.or(generation.first_token),
        took: generation.took.unwrap_or_default(),
    }
}
