//! The stage of the chosen model: whether it exists, how long it will, what it costs.

use std::time::{Duration, Instant};

use super::{Run, words};
use crate::domain::clean_text::CleanText;
use crate::domain::model_card::{ModelCard, card_of};
use crate::domain::stage::{Stage, StageId};
use crate::domain::symptom::Symptom;
use crate::jobs::access;
use crate::jobs::near_models::near;
use crate::jobs::retirement::Retirement;
use crate::text::Said;

/// A preset of the account's: it stands in no list.
const PRESET: &str = "@preset/";

/// The server's list, and how long it took to come.
pub(super) type List = (Result<Vec<ModelCard>, Symptom>, Duration);

impl<F: FnMut(Stage)> Run<'_, F> {
    pub(super) async fn list(&self) -> List {
        self.board.begin(StageId::Models, words::READING_LIST);
        let began = Instant::now();
        let cards = self.client.models().await;
        let key = self.check.key.as_ref();
        let cards = cards.map_err(|symptom| access::or_no_key(symptom, key));
        (cards, began.elapsed())
    }

    /// Looks for the model in the list. The cards where it makes sense to ask it; `None` where it does
    /// not exist.
    pub(super) async fn models(
        &self,
        (list, took): List,
        model: Option<&str>,
        speaks_openrouter: bool,
    ) -> Option<Vec<ModelCard>> {
        let cards = match list {
            Ok(cards) => cards,
            // The model may answer although the list does not come.
            Err(symptom) => {
                self.board
                    .warn_of(StageId::Models, took, words::NO_LIST, &symptom);
                return Some(Vec::new());
            }
        };
        let Some(model) = model else {
            let detail = Said::new(words::LISTED, &[&cards.len()]);
            self.board.pass(StageId::Models, took, detail);
            return Some(cards);
        };
        if cards.is_empty() {
            self.board.skip(StageId::Models, words::EMPTY_LIST);
            return Some(cards);
        }
        if model.contains(PRESET) {
            self.board.pass(StageId::Models, took, words::A_PRESET);
            return Some(cards);
        }
        let found = find(model, &cards, speaks_openrouter).cloned();
        let found = match found {
            // What is not listed may exist all the same: an alias, a model of this account's.
            None if speaks_openrouter => self.client.model(model).await.ok(),
            found => found,
        };
        let shown = CleanText::line(model);
        if let Some(card) = found {
            self.known(&shown, &card, &cards, took);
            return Some(cards);
        }
        let symptom = Symptom::UnlistedModel {
            asked: shown.clone(),
            listed: cards.len(),
            near: near(model, &cards),
        };
        if speaks_openrouter {
            self.board.fail(StageId::Models, took, &symptom);
            return None;
        }
        // Other servers may answer to any name.
        let detail = Said::new(words::UNLISTED, &[&shown, &cards.len()]);
        self.board.warn_of(StageId::Models, took, detail, &symptom);
        Some(cards)
    }

    /// Of the quick test: a word of the model's end, where a list is at hand. None is asked for.
    pub(super) fn remind(&self, model: &str) {
        let Some(listed) = &self.check.listed else {
            return;
        };
        if let Some(retirement) = Retirement::in_list(model, &listed.value, self.check.now) {
            self.retiring(&retirement, Duration::ZERO);
        }
    }

    fn retiring(&self, retirement: &Retirement, took: Duration) {
        let symptom = retirement.symptom();
        self.board
            .warn_of(StageId::Models, took, retirement.end(), &symptom);
    }

    fn known(&self, shown: &CleanText, card: &ModelCard, cards: &[ModelCard], took: Duration) {
        if let Some(retirement) = Retirement::of_card(shown, card, cards, self.check.now) {
            return self.retiring(&retirement, took);
        }
        let detail = match (card.prompt_price, card.completion_price) {
            _ if card.is_free() => Said::new(words::IS_FREE, &[shown]),
            (Some(prompt), Some(completion)) => {
                let per_million = |price: crate::domain::money::Usd| price.times(1_000_000);
                let (read, written) = (per_million(prompt), per_million(completion));
                Said::new(words::PRICED, &[shown, &read, &written])
            }
            _ => Said::new(words::EXISTS, &[shown, &cards.len()]),
        };
        self.board.pass(StageId::Models, took, detail);
    }
}

/// The card of a model; of a variant that every model has, the model's own.
pub(super) fn find<'a>(
    model: &str,
    cards: &'a [ModelCard],
    has_variants: bool,
) -> Option<&'a ModelCard> {
    if has_variants {
        return card_of(cards, model);
    }
    cards.iter().find(|card| card.id.as_str() == model)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(id: &str) -> ModelCard {
        ModelCard {
            id: id.into(),
            ..ModelCard::default()
        }
    }

    #[test]
    fn a_variant_of_any_model_is_that_model_and_a_free_one_is_its_own() {
        let cards = [card("openai/gpt-5"), card("qwen/qwen3:free")];
        let found = |model, has_variants| {
            find(model, &cards, has_variants).map(|card| card.id.as_str().to_owned())
        };
        assert_eq!(found("openai/gpt-5:nitro", true).unwrap(), "openai/gpt-5");
        assert_eq!(found("qwen/qwen3:free", true).unwrap(), "qwen/qwen3:free");
        assert_eq!(found("openai/gpt-5:free", true), None);
        // Elsewhere a colon is a tag: `llama3.2:latest`.
        assert_eq!(found("openai/gpt-5:nitro", false), None);
    }
}
