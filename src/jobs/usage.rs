//! What was spent and what is left, as far as this server tells this key; what was learned last is kept,
//! so that there is something to show without a network.
//!
//! ```text
//! GET /key ─ with a management key ─┬ GET /credits
//!                                   ├ GET /activity
//!                                   ├ keys       GET /keys, and the activity of each that spent
//!                                   └ analytics  today, and the days further back
//! ```

mod account;
mod analytics;
mod cache;
mod keys;
mod learn;

use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};

use crate::domain::account::KeyFacts;
use crate::domain::figures::{Figures, Gathered, KeyFigures, Known, Part, Untold};
use crate::domain::secret::Secret;
use crate::domain::symptom::Symptom;
use crate::jobs::access::{self, Access};
use crate::jobs::scene::Scene;
use crate::openrouter::{Dialect, OpenRouter};

pub use cache::{keep, kept};
pub use learn::{learn, recall, requests};

/// How long what is told of completed days is not asked for again: they change no more, but the first
/// minutes of a day may still lack something of the last.
const YOUNG: SignedDuration = SignedDuration::from_hours(1);

/// Asks for everything that this key, and a management key where there is one, may ask for.
pub async fn gather(scene: &Scene, access: &Access, now: Timestamp) -> Gathered {
    let mut gathered = Gathered {
        figures: kept(scene, access).unwrap_or_default(),
        ..Gathered::default()
    };
    let client = match access.client(&scene.network) {
        Ok(client) => client,
        Err(symptom) => {
            gathered.troubles.push((Part::Key, symptom));
            return gathered;
        }
    };
    match client.identify().await {
        Ok(Dialect::OpenRouter(known)) => {
            gathered.learn_key(&known, now);
            let manager = manager(scene, access, &client, &known);
            let own = access.secret().map(|key| key.hash());
            gathered
                .learn_account(manager, own.as_deref().unwrap_or_default(), now)
                .await;
        }
        Ok(Dialect::OpenAiCompatible) => {
            gathered.figures = Figures::default();
            gathered.untold.push(Untold::NotOpenRouter);
        }
        Err(symptom) => {
            let symptom = access::or_no_key(symptom, access.key.as_ref());
            gathered.troubles.push((Part::Key, symptom));
        }
    }
    gathered
}

/// The client that may ask about the account: this one where its key is a management key, else one with
/// the management key that is known.
fn manager(
    scene: &Scene,
    access: &Access,
    client: &OpenRouter,
    known: &KeyFacts,
) -> Result<Option<OpenRouter>, Symptom> {
    if known.is_management_key {
        return Ok(Some(client.clone()));
    }
    let key: Option<Secret> = access::management_key(scene, &access.server, access.base.as_ref());
    key.map(|key| client.with_key(key)).transpose()
}

impl Gathered {
    fn learn_key(&mut self, known: &KeyFacts, now: Timestamp) {
        // A management key spends nothing: its own facts would be mistaken for the project's key.
        self.figures.key = (!known.is_management_key).then(|| Known {
            as_of: now,
            value: KeyFigures::from(known),
        });
    }

    /// Takes what came of asking for a part; where nothing did, what was known of it stays.
    fn learn<T>(
        &mut self,
        part: Part,
        answer: Result<T, Symptom>,
        place: impl FnOnce(&mut Figures, T),
    ) {
        match answer {
            Ok(value) => place(&mut self.figures, value),
            Err(symptom) => self.troubles.push((part, symptom)),
        }
    }
}

/// What was learned of completed days is whole, and need not be asked for again yet.
fn is_young(as_of: Timestamp, now: Timestamp) -> bool {
    let day = |moment: Timestamp| Offset::UTC.to_datetime(moment).date();
    day(as_of) == day(now) && now.duration_since(as_of) < YOUNG
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_day_or_an_hour_makes_completed_days_old() {
        let young = |as_of: &str, now: &str| is_young(as_of.parse().unwrap(), now.parse().unwrap());
        assert!(young("2026-11-24T11:00:01Z", "2026-11-24T12:00:00Z"));
        assert!(!young("2026-11-24T11:00:00Z", "2026-11-24T12:00:00Z"));
        assert!(!young("2026-11-23T23:59:00Z", "2026-11-24T00:01:00Z"));
    }
}
