//! The models there are, and who runs them.

use std::collections::HashSet;

use super::account::is_no_such_endpoint;
use super::client::{OpenRouter, Size};
use super::wire::catalogue::{ModelWire, ModelsPage, ProviderWire};
use super::wire::model_detail::DetailWire;
use super::wire::{Many, One};
use crate::domain::model_card::{ModelCard, Provider};
use crate::domain::model_detail::ModelDetail;
use crate::domain::symptom::Symptom;

/// Pages of one list at most: 500 models each where it is paged at all.
const MOST_PAGES: usize = 40;

impl OpenRouter {
    /// All models that answer with text. Needs no key at OpenRouter, so it proves none. Source:
    /// `GET /models`.
    pub async fn models(&self) -> Result<Vec<ModelCard>, Symptom> {
        self.list(&["models"]).await
    }

    /// The models that this account may use, its privacy settings considered. Source:
    /// `GET /models/user`.
    pub async fn user_models(&self) -> Result<Vec<ModelCard>, Symptom> {
        self.needs_key()?;
        self.list(&["models", "user"]).await
    }

    /// One model by its id, variants and aliases understood; where OpenRouter is spoken. Source:
    /// `GET /model/{author}/{slug}`.
    pub async fn model(&self, id: &str) -> Result<ModelCard, Symptom> {
        let mut path = vec!["model"];
        path.extend(id.splitn(2, '/'));
        let answer = self.get(&path, &[], Size::Small).await?;
        let envelope: One<ModelWire> = answer.json()?;
        let card = envelope.data.0.and_then(ModelWire::card);
        card.ok_or_else(|| answer.another_shape("no model"))
    }

    /// Everything about one model by its id, who runs it included; `None` where the server tells no more than
    /// its list. Routers may have no endpoints of their own. Speed is told only to those who bring a key.
    /// Source: `GET /model/{author}/{slug}`, `GET /models/{author}/{slug}/endpoints`.
    pub async fn model_detail(&self, id: &str) -> Result<Option<ModelDetail>, Symptom> {
        let (about, run) = tokio::join!(self.about_model(id), self.who_runs(id));
        let is_told_here = |seen: &Symptom| !is_no_such_endpoint(seen, self.base());
        match (about, run) {
            (Ok(about), Ok(run)) => Ok(Some(ModelDetail {
                endpoints: run.endpoints,
                ..about
            })),
            (Err(_), Ok(run)) => Ok(Some(run)),
            (Ok(about), Err(seen)) if is_not_found(&seen) => Ok(Some(about)),
            (_, Err(seen)) if is_told_here(&seen) => Err(seen),
            (_, Err(_)) => Ok(None),
        }
    }

    async fn about_model(&self, id: &str) -> Result<ModelDetail, Symptom> {
        let mut path = vec!["model"];
        path.extend(id.splitn(2, '/'));
        self.detail_at(&path).await
    }

    async fn who_runs(&self, id: &str) -> Result<ModelDetail, Symptom> {
        let mut path = vec!["models"];
        path.extend(id.splitn(2, '/'));
        path.push("endpoints");
        self.detail_at(&path).await
    }

    async fn detail_at(&self, path: &[&str]) -> Result<ModelDetail, Symptom> {
        let answer = self.get(path, &[], Size::Small).await?;
        let envelope: One<DetailWire> = answer.json()?;
        let detail = envelope.data.0.and_then(DetailWire::detail);
        detail.ok_or_else(|| answer.another_shape("no model"))
    }

    /// The companies that run models. Source: `GET /providers`.
    pub async fn providers(&self) -> Result<Vec<Provider>, Symptom> {
        let answer = self.get(&["providers"], &[], Size::Large).await?;
        let envelope: Many<ProviderWire> = answer.json()?;
        match envelope.data.0 {
            Some(rows) => Ok(rows.into_iter().map(ProviderWire::provider).collect()),
            None => Err(answer.another_shape("no list of providers")),
        }
    }

    /// A list of models, all its pages. A server may name a next page for ever, so only new models
    /// lead to another question.
    async fn list(&self, path: &[&str]) -> Result<Vec<ModelCard>, Symptom> {
        let mut cards: Vec<ModelCard> = Vec::new();
        let mut seen = HashSet::new();
        let mut query: Vec<(String, String)> = Vec::new();
        for _ in 0..MOST_PAGES {
            let pairs: Vec<(&str, &str)> = query
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str()))
                .collect();
            let answer = self.get(path, &pairs, Size::Large).await?;
            let page = match ModelsPage::read(&answer.text) {
                Ok(page) => page,
                Err(error) => return Err(answer.unreadable(&error)),
            };
            let Some(rows) = page.models else {
                return Err(answer.another_shape("no list of models"));
            };
            let before = cards.len();
            let rows = rows.into_iter().filter_map(ModelWire::card);
            cards.extend(rows.filter(|card| seen.insert(card.id.clone())));
            let is_whole = page.total.is_some_and(|total| cards.len() as u64 >= total);
            let next = page.next.as_deref().and_then(query_of);
            match next {
                Some(next) if !is_whole && cards.len() > before => query = next,
                _ => break,
            }
        }
        Ok(cards)
    }
}

fn is_not_found(seen: &Symptom) -> bool {
    matches!(seen, Symptom::Refused(refusal) if refusal.status == 404)
}

/// The query of a next page's address. Only the query: the key goes to no other address.
fn query_of(next: &str) -> Option<Vec<(String, String)>> {
    let (_, query) = next.split_once('?')?;
    let url = reqwest::Url::parse(&format!("http://localhost/?{query}")).ok()?;
    let pairs: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    (!pairs.is_empty()).then_some(pairs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_query_of_a_next_page_counts() {
        let pairs = query_of("https://elsewhere.example.com/x?offset=500&limit=500#y").unwrap();
        assert_eq!(
            pairs,
            [
                ("offset".to_owned(), "500".to_owned()),
                ("limit".to_owned(), "500".to_owned()),
            ]
        );
        assert_eq!(query_of("/api/v1/models"), None);
        assert_eq!(query_of("/api/v1/models?"), None);
    }
}
