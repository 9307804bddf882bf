//! The list of models, kept for when there is no network and for what cannot wait: a list is near a
//! megabyte, and a picker opens with a key press.
//!
//! One file per server, and per key where the list may depend on it; a server's list is never shown as
//! another's. A list younger than an hour is not asked for again, but of a server on this machine, where
//! another may stand at its port by now. The sandbox inside this program is asked each time and nothing of
//! it is kept: its list is simulated.

mod form;

use std::path::PathBuf;

use jiff::{SignedDuration, Timestamp};

use super::hashed::name_of;
use crate::domain::figures::Known;
use crate::domain::model_card::ModelCard;
use crate::domain::model_detail::ModelDetail;
use crate::domain::secret::Secret;
use crate::domain::symptom::Symptom;
use crate::files;
use crate::flow::usage::Account;
use crate::jobs::access;
use crate::jobs::scene::Scene;
use crate::openrouter::{BaseUrl, OpenRouter};

/// How long a list is taken to be what it was.
const HOLDS: SignedDuration = SignedDuration::from_hours(1);

/// A list, and what was in the way of a younger one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The list, and when it was learned.
    pub models: Known<Vec<ModelCard>>,
    /// Why it is an older one.
    pub trouble: Option<Symptom>,
}

/// The server's list of models: the kept one while it is young, else asked for, else the last that was
/// kept. OpenRouter's own list is public: no key is sent for it, and none can be in the way. Source:
/// `GET /models`.
///
/// # Errors
/// The server does not tell, and nothing is kept.
pub async fn list(
    scene: &Scene,
    server: &BaseUrl,
    key: Option<Secret>,
    now: Timestamp,
) -> Result<Listed, Symptom> {
    let known = kept(scene, server, key.as_ref());
    let may_stand = !server.is_loopback();
    if let Some(models) = known
        .clone()
        .filter(|it| may_stand && is_young(it.as_of, now))
    {
        return Ok(Listed {
            models,
            trouble: None,
        });
    }
    let asked = ask(scene, server, key.clone()).await;
    match (asked, known) {
        (Ok(value), _) => {
            let models = Known { as_of: now, value };
            keep(scene, server, key.as_ref(), &models);
            Ok(Listed {
                models,
                trouble: None,
            })
        }
        (Err(symptom), Some(models)) => Ok(Listed {
            models,
            trouble: Some(symptom),
        }),
        (Err(symptom), None) => Err(symptom),
    }
}

/// The list for a screen: the kept one is told at once, and a younger one when it has come.
///
/// # Errors
/// There is no younger one; what was told before stands.
pub async fn listed(
    scene: &Scene,
    account: &Account,
    now: Timestamp,
    mut tell: impl FnMut(Known<Vec<ModelCard>>),
) -> Result<(), Symptom> {
    let access = access::in_use(scene, account.key.as_ref(), &account.server);
    let (server, key) = match access {
        Ok(access) => (access.server.clone(), access.secret()),
        // OpenRouter tells its list to whoever asks.
        Err(_) => (BaseUrl::parse(&account.server)?, None),
    };
    if let Some(models) = kept(scene, &server, key.as_ref()) {
        tell(models);
    }
    let listed = list(scene, &server, key, now).await?;
    tell(listed.models);
    listed.trouble.map_or(Ok(()), Err)
}

/// Everything the server tells of one model; `None` where it tells no more than its list. The key goes
/// along: without one the server keeps the speed of endpoints to itself.
///
/// # Errors
/// The server does not tell, or does not know the model.
pub async fn detail(
    scene: &Scene,
    account: &Account,
    id: &str,
) -> Result<Option<ModelDetail>, Symptom> {
    let access = access::in_use(scene, account.key.as_ref(), &account.server);
    let client = match access.and_then(|access| access.client(&scene.network)) {
        Ok(client) => client,
        // What is told to anybody is told without a key, too.
        Err(_) => OpenRouter::new(BaseUrl::parse(&account.server)?, None, &scene.network)?,
    };
    client.model_detail(id).await
}

/// The list that was learned last, without asking anybody: in a few milliseconds. A file that cannot be
/// read counts as none.
pub fn kept(
    scene: &Scene,
    server: &BaseUrl,
    key: Option<&Secret>,
) -> Option<Known<Vec<ModelCard>>> {
    let bytes = files::read(&file(scene, server, key)?).ok()?.bytes?;
    form::read(std::str::from_utf8(&bytes).ok()?)
}

/// Not to be able to keep a list is no reason not to show it.
fn keep(scene: &Scene, server: &BaseUrl, key: Option<&Secret>, models: &Known<Vec<ModelCard>>) {
    if let Some(file) = file(scene, server, key) {
        let _ = files::save_private(&file, form::write(models).as_bytes());
    }
}

async fn ask(
    scene: &Scene,
    server: &BaseUrl,
    key: Option<Secret>,
) -> Result<Vec<ModelCard>, Symptom> {
    let key = key.filter(|_| !server.is_openrouter());
    OpenRouter::new(server.clone(), key, &scene.network)?
        .models()
        .await
}

/// Where the list is kept; `None` for what is simulated.
fn file(scene: &Scene, server: &BaseUrl, key: Option<&Secret>) -> Option<PathBuf> {
    if scene.sandbox.is_some() {
        return None;
    }
    // Only OpenRouter's list is the same for every key.
    let key = key.filter(|_| !server.is_openrouter()).map(Secret::hash);
    let name = name_of(&[&server.to_string(), key.as_deref().unwrap_or_default()]);
    Some(scene.paths.cache.join("models").join(name + ".txt"))
}

/// Whether a list that was learned then may still be what it was.
pub(super) fn is_young(as_of: Timestamp, now: Timestamp) -> bool {
    // A clock that was set back must not stop the asking.
    now.duration_since(as_of).abs() < HOLDS
}

#[cfg(test)]
mod tests;
