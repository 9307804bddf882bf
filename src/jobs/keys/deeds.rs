//! What a screen has done about the account's keys.

use jiff::{Timestamp, ToSpan};

use super::Manager;
use super::haven::{self, Unfit};
use crate::diagnosis;
use crate::domain::account::{CreatedKey, NewKey};
use crate::domain::diagnosis::Diagnosis;
use crate::domain::symptom::Symptom;
use crate::flow::keys::{Haven, KeyDeed, KeyDone, KeyMade, KeyPlan, KeyRing};
use crate::flow::usage::Account;
use crate::jobs::access;
use crate::jobs::scene::Scene;

/// The account's keys, and where a new one may go.
///
/// # Errors
/// There is no management key for this server, or what the server or the way to it said.
pub async fn ring(
    scene: &Scene,
    account: &Account,
    now: Timestamp,
) -> Result<Box<KeyRing>, Box<Diagnosis>> {
    let listed = async {
        let manager = manager(scene, account).await?;
        // Not every account may have one, and no key is the less for it.
        let (keys, guardrail) = tokio::join!(manager.list(), manager.guardrail());
        Ok((keys?, guardrail.ok(), manager))
    };
    let (keys, guardrail, manager) = listed.await.map_err(|symptom| explained(&symptom, now))?;
    Ok(Box::new(KeyRing {
        as_of: now,
        keys,
        own: manager.own().map(str::to_owned),
        guardrail,
        lodgings: haven::lodgings(scene),
    }))
}

/// Does it.
///
/// # Errors
/// As [`ring`]; a new key has no place where it was to go, and none was made.
pub async fn perform(
    scene: &Scene,
    account: &Account,
    deed: KeyDeed,
    now: Timestamp,
) -> Result<KeyDone, Box<Diagnosis>> {
    let why = |symptom: Symptom| explained(&symptom, now);
    let manager = manager(scene, account).await.map_err(why)?;
    match deed {
        KeyDeed::Change(key, change) => {
            let after = manager.update(&key, &change).await.map_err(why)?;
            Ok(KeyDone::Changed(Box::new(after)))
        }
        KeyDeed::Delete(key) => {
            let was_there = manager.delete(&key).await.map_err(why)?;
            let hash = key.hash.to_string();
            Ok(KeyDone::Deleted { hash, was_there })
        }
        KeyDeed::Cap(guardrail, limit, reset) => {
            let capped = manager.cap_every_key(&guardrail, &limit, &reset).await;
            Ok(KeyDone::Capped(capped.map_err(why)?))
        }
        KeyDeed::Create(plan) => {
            let made = create(scene, &manager, *plan, now).await?;
            Ok(KeyDone::Created(Box::new(made)))
        }
    }
}

pub(super) async fn manager(scene: &Scene, account: &Account) -> Result<Manager, Symptom> {
    let access = access::in_use_or_none(scene, account.key.as_ref(), &account.server)?;
    Manager::at(scene, &access).await
}

/// Makes a key once its place was looked at; it is told once, so what cannot be kept is handed over.
async fn create(
    scene: &Scene,
    manager: &Manager,
    plan: KeyPlan,
    now: Timestamp,
) -> Result<KeyMade, Box<Diagnosis>> {
    let KeyPlan { new, days, haven } = plan;
    let haven = match haven {
        Haven::Env(path) => Haven::Env(scene.folder.join(path)),
        other => other,
    };
    haven::look(scene, manager.server(), &haven, false).map_err(Unfit::explained)?;
    let expires_at = days.and_then(|days| now.checked_add((i64::from(days) * 24).hours()).ok());
    let new = NewKey { expires_at, ..new };
    let made = manager.create(&new).await;
    let CreatedKey { secret, key } = made.map_err(|symptom| explained(&symptom, now))?;
    // No await from here to where the key is kept: nothing can come between.
    let mut told = KeyMade {
        key,
        place: None,
        shown: None,
        trouble: None,
        warnings: Vec::new(),
    };
    match haven::keep(scene, manager.server(), &haven, &secret, Timestamp::now()) {
        Ok(kept) => {
            told.place = kept.place.map(|place| place.said(&scene.folder));
            told.warnings = kept.warnings;
        }
        Err(trouble) => told.trouble = Some(trouble),
    }
    if haven == Haven::Hands || told.trouble.is_some() {
        told.shown = Some(secret);
    }
    Ok(told)
}

pub(super) fn explained(symptom: &Symptom, now: Timestamp) -> Box<Diagnosis> {
    Box::new(diagnosis::explain_at(symptom, now))
}
