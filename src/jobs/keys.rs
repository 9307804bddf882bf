//! The account's keys, by a management key: who manages them, and which one is meant.

mod find;

pub use find::{Found, find};

use super::access::{self, Access};
use super::scene::Scene;
use crate::domain::account::ManagedKey;
use crate::domain::symptom::Symptom;
use crate::openrouter::OpenRouter;

/// Who manages the account's keys.
#[derive(Debug)]
pub struct Manager {
    client: OpenRouter,
    /// The hash of the key in use here, which it may manage, too.
    own: Option<String>,
}

impl Manager {
    /// The manager for the server in force. Nothing is asked yet, unless there is no management key: then
    /// the server, whether the key in use is one.
    ///
    /// # Errors
    /// There is no management key for this server, or it can be no key.
    pub async fn at(scene: &Scene, access: &Access) -> Result<Self, Symptom> {
        let key = access::management_key(scene, &access.server, access.base.as_ref());
        let Some(key) = key else {
            return Err(Symptom::NoManagementKey {
                key_in_use_is_one: is_management_key(scene, access).await,
            });
        };
        Ok(Self {
            client: OpenRouter::new(access.server.clone(), Some(key), &scene.network)?,
            own: access.secret().map(|key| key.hash()),
        })
    }

    /// The hash of the key in use here.
    pub fn own(&self) -> Option<&str> {
        self.own.as_deref()
    }

    /// Whether this is the key in use here.
    pub fn is_own(&self, key: &ManagedKey) -> bool {
        self.own.as_deref() == Some(key.hash.as_str())
    }

    /// All keys of the default workspace, disabled ones too, the newest first. Source: `GET /keys`.
    ///
    /// # Errors
    /// What the server or the way to it said; an ordinary key in place of a management key is told apart.
    pub async fn list(&self) -> Result<Vec<ManagedKey>, Symptom> {
        self.judged(self.client.keys().await).await
    }

    /// A refusal that an ordinary key explains is told as that: services word it in several ways.
    async fn judged<T>(&self, answer: Result<T, Symptom>) -> Result<T, Symptom> {
        let Err(Symptom::Refused(refusal)) = &answer else {
            return answer;
        };
        if matches!(refusal.status, 401 | 403)
            && let Ok(facts) = self.client.key().await
            && !facts.is_management_key
        {
            return Err(Symptom::NotAManagementKey);
        }
        answer
    }
}

/// Whether the key in use is a management key; where that cannot be told, it is none.
async fn is_management_key(scene: &Scene, access: &Access) -> bool {
    if access.key.is_none() {
        return false;
    }
    match access.client(&scene.network) {
        Ok(client) => client
            .key()
            .await
            .is_ok_and(|facts| facts.is_management_key),
        Err(_) => false,
    }
}
