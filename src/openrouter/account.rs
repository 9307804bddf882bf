//! Who am I, what is left, what was used; and who is the server?

use std::time::Duration;

use super::base_url::BaseUrl;
use super::client::{OpenRouter, Size};
use super::wire::account::{ActivityWire, CreditsWire, GenerationWire};
use super::wire::key::KeyWire;
use super::wire::{Many, One};
use crate::domain::account::{ActivityRow, Credits, Generation, KeyFacts};
use crate::domain::symptom::{Symptom, Whose};

/// What a server speaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// `GET /key` answers in OpenRouter's shape: credits, costs and routing are to be had.
    OpenRouter(Box<KeyFacts>),
    /// Models and completions only.
    OpenAiCompatible,
}

/// A generation is not to be found right after its answer; these are the waits between questions.
const GENERATION_WAITS: [Duration; 4] = [
    Duration::from_millis(500),
    Duration::from_secs(1),
    Duration::from_millis(1500),
    Duration::from_secs(2),
];

impl OpenRouter {
    /// What the server says about the key. Source: `GET /key`.
    pub async fn key(&self) -> Result<KeyFacts, Symptom> {
        self.needs_key()?;
        let answer = self.get(&["key"], &[], Size::Small).await?;
        let envelope: One<KeyWire> = answer.json()?;
        match envelope.data.0.filter(KeyWire::is_openrouters) {
            Some(key) => Ok(key.facts(&self.scrub())),
            None => Err(answer.another_shape("no facts about a key")),
        }
    }

    /// Whether a server on this machine says of its answers that they are simulated, asked by `GET /key`, with a key or
    /// without. Elsewhere that says nothing, and nothing is asked.
    pub async fn says_simulated(&self) -> bool {
        if !self.base().is_loopback() {
            return false;
        }
        // A refusal tells it as well as facts do.
        let _ = self.get(&["key"], &[], Size::Small).await;
        self.is_heard_simulated()
    }

    /// The same by the last answer, without asking.
    pub fn is_heard_simulated(&self) -> bool {
        self.base().is_loopback() && self.whose() == Whose::OpenRouter
    }

    /// The same of a server on this machine; `None` elsewhere, where it says nothing.
    pub fn says_simulated_by_now(&self) -> Option<bool> {
        let is_here = self.base().is_loopback();
        is_here.then(|| self.is_heard_simulated())
    }

    /// Who the server is, asked with the key: `GET /key` where OpenRouter is spoken, else whether
    /// `GET /models` takes the key.
    pub async fn identify(&self) -> Result<Dialect, Symptom> {
        self.needs_key()?;
        if !self.base().is_openai() {
            match self.key().await {
                Ok(facts) => return Ok(Dialect::OpenRouter(Box::new(facts))),
                Err(seen) if !is_no_such_endpoint(&seen, self.base()) => return Err(seen),
                Err(_) => {}
            }
        }
        self.models().await.map(|_| Dialect::OpenAiCompatible)
    }

    /// Whether the server is OpenRouter or answers like it: only then are fallbacks, providers and
    /// sessions heeded. A server of unknown kind is asked, once for each client; one that cannot tell now
    /// counts as another today.
    pub async fn speaks_openrouter(&self) -> bool {
        let base = self.base();
        if base.is_openrouter() || base.is_openai() {
            return base.is_openrouter();
        }
        let asked = self
            .spoken()
            .get_or_try_init(async || match self.key().await {
                Ok(_) => Ok(true),
                Err(seen) if is_no_such_endpoint(&seen, base) => Ok(false),
                Err(_) => Err(()),
            });
        asked.await.copied().unwrap_or(false)
    }

    /// The account's money, with a management key only: for another key the server has been seen
    /// to answer with zeros. Source: `GET /credits`.
    pub async fn credits(&self) -> Result<Credits, Symptom> {
        self.needs_key()?;
        let answer = self.get(&["credits"], &[], Size::Small).await?;
        let envelope: One<CreditsWire> = answer.json()?;
        let credits = envelope.data.0.and_then(|credits| credits.credits());
        credits.ok_or_else(|| answer.another_shape("no amounts"))
    }

    /// What the account spent on the last 30 completed UTC days, with a management key; for one key
    /// by its hash, or for all. Source: `GET /activity`.
    pub async fn activity(&self, key_hash: Option<&str>) -> Result<Vec<ActivityRow>, Symptom> {
        self.needs_key()?;
        let query: Vec<(&str, &str)> = key_hash
            .map(|hash| ("api_key_hash", hash))
            .into_iter()
            .collect();
        let answer = self.get(&["activity"], &query, Size::Large).await?;
        let envelope: Many<ActivityWire> = answer.json()?;
        match envelope.data.0 {
            Some(rows) => Ok(rows.into_iter().map(ActivityWire::row).collect()),
            None => Err(answer.another_shape("no rows")),
        }
    }

    /// What is known of one answer by its `gen-…` id. Right after the answer the server does not
    /// know it yet: it is asked again for up to five seconds. Source: `GET /generation`.
    pub async fn generation(&self, id: &str) -> Result<Generation, Symptom> {
        self.needs_key()?;
        for wait in GENERATION_WAITS {
            if let Some(known) = self.known_generation(id).await? {
                return Ok(known);
            }
            tokio::time::sleep(wait).await;
        }
        self.generation_now(id).await
    }

    /// The same, asked once; `None` where the server does not know it, or not yet.
    pub async fn known_generation(&self, id: &str) -> Result<Option<Generation>, Symptom> {
        self.needs_key()?;
        match self.generation_now(id).await {
            Err(Symptom::Refused(refusal)) if refusal.status == 404 => Ok(None),
            known => known.map(Some),
        }
    }

    async fn generation_now(&self, id: &str) -> Result<Generation, Symptom> {
        let answer = self
            .get(&["generation"], &[("id", id)], Size::Small)
            .await?;
        let envelope: One<GenerationWire> = answer.json()?;
        match envelope.data.0 {
            Some(generation) => Ok(generation.generation()),
            None => Err(answer.another_shape("no generation")),
        }
    }
}

/// The server has no `GET /key`. OpenRouter itself has one, so there it is news.
pub(super) fn is_no_such_endpoint(seen: &Symptom, base: &BaseUrl) -> bool {
    if base.is_openrouter() {
        return false;
    }
    match seen {
        Symptom::Refused(refusal) => {
            matches!(refusal.status, 404 | 405 | 501) || refusal.status < 400
        }
        Symptom::NotJson { status, .. } => *status < 400 || matches!(status, 404 | 405 | 501),
        Symptom::Misshapen { status, .. } => *status < 400,
        // Where a web page would be, a server of models may still be beside it.
        Symptom::Redirected { .. } => true,
        _ => false,
    }
}
