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

/// A younger one may still be under way, in this program or in another.
const YOUNGEST: SignedDuration = SignedDuration::from_mins(1);
/// So many are asked for at once.
const AT_ONCE: usize = 20;
/// Of an older one nothing more will be learned.
const OLDEST: SignedDuration = SignedDuration::from_hours(24);

/// Completes the ledger's open requests to this client's server, a few at a time: each is asked for once by its
/// generation id. One that is a day old is asked for a last time; one that never got
/// an id has failed as lost then. Ends at the first trouble: the next time will do.
/// Source: `GET /generation`.
pub async fn complete_unfinished(client: &OpenRouter, recorder: &Recorder, now: Timestamp) {
    let open = recorder.unfinished(client, now - YOUNGEST).await;
    let is_old = |open: &Recorded| open.begun.at < now - OLDEST;
    let (mut known, nameless): (Vec<_>, Vec<_>) =
        open.into_iter().partition(|open| asked_by(open).is_some());
    for lost in nameless.iter().filter(|open| is_old(open)) {
        recorder.given_up(lost.id);
    }
    // Where there are more than can be asked for at once, others have their turn another minute: what the server does
    // not know is not to keep the rest waiting.
    if known.len() > AT_ONCE {
        let minutes = usize::try_from(now.as_second() / 60).unwrap_or_default();
        let turn = minutes.wrapping_mul(AT_ONCE) % known.len();
        known.rotate_left(turn);
    }
    for open in known.into_iter().take(AT_ONCE) {
        let is_old = is_old(&open);
        if let Some(id) = asked_by(&open) {
            match client.known_generation(id).await {
                Ok(Some(generation)) => recorder.learned(open.id, ending(&open, &generation)),
                Ok(None) => {}
                Err(Symptom::Refused(refusal)) if knows_no_more(refusal.status) => {}
                // No way there, no key that is taken, too much at once: nothing is learned from that.
                Err(_) => return,
            }
        }
        if is_old {
            recorder.given_up(open.id);
        }
    }
}

/// What an answer cost that came without its bill, by its generation id: asked for once. The ledger learns it, too.
/// Source: `GET /generation`.
pub async fn bill(
    scene: &Scene,
    account: &Account,
    id: &str,
    recorder: Option<&Recorder>,
    now: Timestamp,
) -> Bill {
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
        let open = recorder.unfinished(&client, now).await.into_iter();
        for open in open.filter(|open| asked_by(open) == Some(id)) {
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
