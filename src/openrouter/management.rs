//! The account's keys, by a management key: listed, made, changed, deleted.

use std::collections::HashSet;

use reqwest::Method;

use super::client::{OpenRouter, Size};
use super::transport::Whole;
use super::wire::key::KeyWire;
use super::wire::management::{CreatedWire, DeletedWire, KeyChangeBody, NewKeyBody};
use super::wire::{Many, One};
use crate::domain::account::{CreatedKey, KeyChange, ManagedKey, NewKey};
use crate::domain::secret::Secret;
use crate::domain::symptom::Symptom;

/// Rows of a full page. Source: the documentation of `GET /keys`.
const PAGE: usize = 100;
/// No account has more pages than this.
const MOST_PAGES: usize = 100;

impl OpenRouter {
    /// All keys of the default workspace, disabled ones too, newest first. Source: `GET /keys`.
    pub async fn keys(&self) -> Result<Vec<ManagedKey>, Symptom> {
        self.needs_key()?;
        let scrub = self.scrub();
        let mut keys: Vec<ManagedKey> = Vec::new();
        let mut seen = HashSet::new();
        for page in 0..MOST_PAGES {
            let offset = (page * PAGE).to_string();
            let query = [("include_disabled", "true"), ("offset", offset.as_str())];
            let answer = self.get(&["keys"], &query, Size::Large).await?;
            let envelope: Many<KeyWire> = answer.json()?;
            let Some(rows) = envelope.data.0 else {
                return Err(answer.another_shape("no list of keys"));
            };
            let is_last = rows.len() < PAGE;
            let before = keys.len();
            let rows = rows.into_iter().map(|row| row.managed_key(&scrub));
            // There is no total, and a server that ignores the offset repeats itself for ever.
            keys.extend(rows.filter(|key| seen.insert(key.hash.clone())));
            if is_last || keys.len() == before {
                break;
            }
        }
        Ok(keys)
    }

    /// One key by its hash. Source: `GET /keys/{hash}`.
    pub async fn managed_key(&self, hash: &str) -> Result<ManagedKey, Symptom> {
        self.needs_key()?;
        let answer = self.get(&["keys", hash], &[], Size::Small).await?;
        self.read_key(&answer)
    }

    /// Makes a key. The answer holds it, this once. Source: `POST /keys`.
    pub async fn create_key(&self, key: &NewKey) -> Result<CreatedKey, Symptom> {
        self.needs_key()?;
        let answer = self
            .send(Method::POST, &["keys"], &NewKeyBody::of(key))
            .await?;
        // From here on the body is never reported: it holds a key that this client does not know.
        let mut created: CreatedWire = answer.json().map_err(|_| without_body(&answer))?;
        let (Some(secret), Some(data)) = (created.take_key(), created.data.0) else {
            return Err(match answer.described_error() {
                Some(refusal) => Symptom::Refused(Box::new(refusal)),
                None => without_body(&answer),
            });
        };
        Ok(CreatedKey {
            secret: Secret::new(secret),
            key: data.managed_key(&self.scrub()),
        })
    }

    /// Changes a key. Source: `PATCH /keys/{hash}`.
    pub async fn update_key(&self, hash: &str, change: &KeyChange) -> Result<ManagedKey, Symptom> {
        self.needs_key()?;
        let body = KeyChangeBody::of(change);
        let answer = self.send(Method::PATCH, &["keys", hash], &body).await?;
        self.read_key(&answer)
    }

    /// Deletes a key for good. Source: `DELETE /keys/{hash}`.
    pub async fn delete_key(&self, hash: &str) -> Result<(), Symptom> {
        self.needs_key()?;
        let answer = self.delete(&["keys", hash]).await?;
        if answer.status == 204 {
            return Ok(());
        }
        let deleted: DeletedWire = answer.json()?;
        if deleted.deleted.0 {
            Ok(())
        } else {
            Err(answer.another_shape("it was not deleted"))
        }
    }

    fn read_key(&self, answer: &Whole) -> Result<ManagedKey, Symptom> {
        let envelope: One<KeyWire> = answer.json()?;
        match envelope.data.0 {
            Some(key) => Ok(key.managed_key(&self.scrub())),
            None => Err(answer.another_shape("no key")),
        }
    }
}

fn without_body(answer: &Whole) -> Symptom {
    Symptom::Misshapen {
        status: answer.status,
        detail: "no new key in the answer".into(),
        whose: answer.whose,
    }
}
