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
pub mod alerts;
mod analytics;
mod cache;
pub mod csv;
mod export;
mod glance;
mod holding;
pub mod hook;
mod keys;
mod learn;
mod open;
mod own_month;
pub mod report;
pub mod watch;

use jiff::Timestamp;

use crate::domain::account::KeyFacts;
use crate::domain::figures::{Figures, Gathered, KeyFigures, Known, Part, Untold};
use crate::domain::secret::Secret;
use crate::domain::symptom::Symptom;
use crate::jobs::access::{self, Access};
use crate::jobs::asked_once::Asker;
use crate::jobs::hashed::name_of;
use crate::jobs::scene::Scene;
use crate::openrouter::{Dialect, OpenRouter};

pub use cache::{keep, kept};
pub use export::export;
pub use learn::{Looks, Wanted, own_usage, recall, requests};
pub use open::complete;
pub use own_month::own_month;

/// Asks for everything that this key, and a management key where there is one, may ask for.
pub async fn gather(scene: &Scene, access: &Access, now: Timestamp) -> Gathered {
    gather_telling(scene, access, now, &mut |_| {}).await
}

/// Hears what is known by now, each time something was learned.
type Telling<'a> = &'a mut (dyn FnMut(&Gathered) + Send);

async fn gather_telling(
    scene: &Scene,
    access: &Access,
    now: Timestamp,
    tell: Telling<'_>,
) -> Gathered {
    let (mut gathered, manager) = begin(scene, access, now).await;
    if let Some(manager) = manager {
        tell(&gathered);
        let own = access.secret().map(|key| key.hash());
        let own = own.as_deref().unwrap_or_default();
        gathered.learn_account(manager, own, now, tell).await;
    }
    gathered
}

/// Who may be asked about the account: nobody where no management key is known.
type Manager = Result<Option<OpenRouter>, Symptom>;

/// What is known from before, and what the server says about the key; `None`: it has nothing to say about
/// an account.
async fn begin(scene: &Scene, access: &Access, now: Timestamp) -> (Gathered, Option<Manager>) {
    let mut gathered = Gathered {
        figures: kept(scene, access).unwrap_or_default(),
        ..Gathered::default()
    };
    let client = match access.client(&scene.network) {
        Ok(client) => client,
        Err(symptom) => {
            gathered.troubles.push((Part::Key, symptom));
            return (gathered, None);
        }
    };
    let key = access.secret();
    let (client, dialect) = scene
        .asked_once
        .identify(client, key.as_ref(), Asker::Figures)
        .await;
    gathered.says_simulated = dialect
        .is_ok()
        .then(|| client.says_simulated_by_now())
        .flatten();
    if let Some(says_simulated) = gathered.says_simulated {
        gathered.figures.is_simulated = says_simulated;
    }
    match dialect {
        Ok(Dialect::OpenRouter(known)) => {
            gathered.learn_key(&known, now);
            (gathered, Some(manager(scene, access, &client, &known)))
        }
        Ok(Dialect::OpenAiCompatible) => {
            gathered.figures = Figures::default();
            gathered.untold.push(Untold::NotOpenRouter);
            (gathered, None)
        }
        Err(symptom) => {
            let symptom = access::or_no_key(symptom, access.key.as_ref());
            gathered.troubles.push((Part::Key, symptom));
            (gathered, None)
        }
    }
}

/// The client that may ask about the account: this one where its key is a management key, else one with
/// the management key that is known.
fn manager(scene: &Scene, access: &Access, client: &OpenRouter, known: &KeyFacts) -> Manager {
    if known.is_management_key {
        return Ok(Some(client.clone()));
    }
    let key = access::management_key(scene, &access.server, access.base.as_ref());
    let key: Option<Secret> = key.map_err(Symptom::File)?;
    key.map(|key| client.with_key(key)).transpose()
}

/// The name of a file about this key on this server: a hash of both, which tells neither. `more` keeps
/// files apart that are about the same.
fn file_name(access: &Access, more: &str) -> String {
    let key = access.secret().map(|key| key.hash()).unwrap_or_default();
    name_of(&[&access.server.origin(), &key, more]) + ".json"
}

impl Gathered {
    fn learn_key(&mut self, known: &KeyFacts, now: Timestamp) {
        // A management key spends nothing: its own facts would be mistaken for the project's key.
        self.figures.key = (!known.is_management_key).then(|| Known {
            as_of: now,
            value: KeyFigures::from(known),
        });
        if let Some(key) = &self.figures.key {
            let value = key.value.clone();
            self.figures.note_totals(&value, now);
        }
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

    /// Who may be asked about the account; why it is nobody is noted.
    fn who_may_tell(&mut self, manager: Manager) -> Option<OpenRouter> {
        match manager {
            Ok(Some(manager)) => Some(manager),
            // The zeros that an ordinary key has been seen to get are no balance.
            Ok(None) => {
                self.forget_account();
                self.untold.push(Untold::NeedsManagementKey);
                None
            }
            Err(symptom) => {
                self.troubles.push((Part::Account, symptom));
                None
            }
        }
    }
}
