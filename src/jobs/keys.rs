//! The account's keys, by a management key: who manages them, and which one is meant.

mod deeds;
mod find;
pub mod haven;
pub mod rotating;

pub use deeds::{perform, ring};
pub use find::{Found, find, guess};

use super::access::{self, Access};
use super::check::CLOCKS_AGREE;
use super::scene::Scene;
use crate::domain::account::{Change, CreatedKey, KeyChange, KeyFacts, ManagedKey, NewKey};
use crate::domain::clean_text::CleanText;
use crate::domain::guardrail::Guardrail;
use crate::domain::money::Usd;
use crate::domain::symptom::{Symptom, Whose};
use crate::flow::effect::LimitPlan;
use crate::openrouter::{BaseUrl, OpenRouter};

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
        let Some(key) = key.map_err(Symptom::File)? else {
            return Err(Symptom::NoManagementKey {
                key_in_use_is_one: is_management_key(scene, access).await,
            });
        };
        Ok(Self {
            client: OpenRouter::new(access.server.clone(), Some(key), &scene.network)?,
            own: access.secret().map(|key| key.hash()),
        })
    }

    /// The server, asked with the management key.
    pub fn client(&self) -> &OpenRouter {
        &self.client
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

    /// The server, its path settled as far as it was asked.
    pub fn server(&self) -> &BaseUrl {
        self.client.known_base()
    }

    /// Makes a key. The answer holds it, this once. Source: `POST /keys`.
    ///
    /// # Errors
    /// As [`Self::list`]. An end that the server says is past, and this machine says is to come, is told as
    /// clocks that do not agree.
    pub async fn create(&self, new: &NewKey) -> Result<CreatedKey, Symptom> {
        let made = self.judged(self.client.create_key(new).await).await;
        if let Err(Symptom::Refused(refusal)) = &made
            && refusal.status == 400
            && new.expires_at.is_some()
        {
            let ahead = self.client.skew();
            if ahead.abs() > CLOCKS_AGREE {
                return Err(Symptom::ClockSkew {
                    ahead_secs: ahead.as_secs(),
                });
            }
        }
        made
    }

    /// Changes a key, and holds the server's answer against what was asked for. Source: `PATCH /keys/{hash}`.
    ///
    /// # Errors
    /// As [`Self::list`]; [`Symptom::KeyGone`] where it was deleted meanwhile.
    pub async fn update(
        &self,
        key: &ManagedKey,
        change: &KeyChange,
    ) -> Result<ManagedKey, Symptom> {
        let changed = self.client.update_key(&key.hash, change).await;
        let after = self.judged(changed).await;
        let after = after.map_err(|symptom| or_gone(symptom, key))?;
        if is_done(change, &after) {
            Ok(after)
        } else {
            Err(Symptom::Misshapen {
                status: 200,
                detail: "the key is not as it was asked for".into(),
                whose: Whose::default(),
            })
        }
    }

    /// What every key of the account's own workspace may spend. Sources: `GET /workspaces/{slug}`, `GET /guardrails/{id}`.
    ///
    /// # Errors
    /// As [`Self::list`].
    pub async fn guardrail(&self) -> Result<Guardrail, Symptom> {
        self.judged(self.client.default_guardrail().await).await
    }

    /// Changes what every key may spend, and holds the server's answer against what was asked for. Source:
    /// `PATCH /guardrails/{id}`.
    ///
    /// # Errors
    /// As [`Self::list`].
    pub async fn cap_every_key(
        &self,
        guardrail: &Guardrail,
        limit: &Change<Usd>,
        reset: &Change<String>,
    ) -> Result<Guardrail, Symptom> {
        let id = guardrail.id.as_str();
        let changed = self.client.cap_every_key(id, limit, reset).await;
        let after = self.judged(changed).await?;
        if limit.is_met(after.limit.as_ref()) && begins_anew_so(reset, after.limit_reset.as_ref()) {
            Ok(after)
        } else {
            Err(Symptom::Misshapen {
                status: 200,
                detail: "the cap is not as it was asked for".into(),
                whose: Whose::default(),
            })
        }
    }

    /// Deletes a key for good; whether it was still there. Source: `DELETE /keys/{hash}`.
    ///
    /// # Errors
    /// As [`Self::list`].
    pub async fn delete(&self, key: &ManagedKey) -> Result<bool, Symptom> {
        let deleted = self.judged(self.client.delete_key(&key.hash).await).await;
        match deleted.map_err(|symptom| or_gone(symptom, key)) {
            Ok(()) => Ok(true),
            Err(Symptom::KeyGone(_)) => Ok(false),
            Err(symptom) => Err(symptom),
        }
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

/// Sets what the key in use may spend, by the account's management key, and asks the server what that key may
/// spend then. Sources: `PATCH /keys/{hash}`, `GET /key`.
///
/// # Errors
/// As for [`Manager::update`]; the limit is not there although the change was accepted.
pub async fn limit(scene: &Scene, plan: &LimitPlan) -> Result<Box<KeyFacts>, Symptom> {
    let LimitPlan {
        secret,
        server,
        change,
    } = plan;
    let access = access::in_use(scene, Some(secret), server)?;
    let manager = Manager::at(scene, &access).await?;
    let own = ManagedKey {
        hash: CleanText::line(&secret.hash()),
        name: CleanText::line(&secret.mask()),
        ..ManagedKey::default()
    };
    manager.update(&own, change).await?;
    let facts = access.client(&scene.network)?.key().await?;
    match &change.limit {
        Change::Set(limit) if facts.limit != Some(*limit) => Err(Symptom::Misshapen {
            status: 200,
            detail: "the key does not have the limit that was set".into(),
            whose: Whose::default(),
        }),
        _ => Ok(Box::new(facts)),
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

/// A key that the server does not find was deleted by somebody else since it was listed.
fn or_gone(symptom: Symptom, key: &ManagedKey) -> Symptom {
    match &symptom {
        Symptom::Refused(refusal) if refusal.status == 404 => Symptom::KeyGone(key.name.clone()),
        _ => symptom,
    }
}

/// Whether a limit begins anew as a change wanted it.
fn begins_anew_so(change: &Change<String>, word: Option<&CleanText>) -> bool {
    change.is_met(word.map(ToString::to_string).as_ref())
}

/// Whether a key is as a change wanted it. A key without a limit has nothing that could begin anew.
fn is_done(change: &KeyChange, after: &ManagedKey) -> bool {
    let limit = change.limit.is_met(after.limit.as_ref());
    let reset = begins_anew_so(&change.limit_reset, after.limit_reset.as_ref())
        || matches!(change.limit_reset, Change::Set(_)) && after.limit.is_none();
    let name = change.name.as_deref();
    let is_named = name.is_none_or(|name| after.name == CleanText::line(name));
    let is_on = change.disabled.is_none_or(|off| after.disabled == off);
    limit && reset && is_named && is_on
}
