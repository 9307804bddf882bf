//! Which models a name may have meant, and which could follow one that goes.

use crate::controls::nearest::{nearest, nearest_with_last};
use crate::diagnosis;
use crate::domain::clean_text::CleanText;
use crate::domain::media::MediaKind;
use crate::domain::model_card::{ModelCard, card_of};
use crate::domain::money::Usd;
use crate::domain::symptom::Symptom;
use crate::openrouter::OpenRouter;
use crate::text::{Phrase, Said};

/// How many are named: more would be a list, not a suggestion.
const MOST: usize = 3;

/// The names of the list that come nearest to one that is not in it, the nearest first; of equally near ones those
/// that stay before those that retire.
pub fn near(asked: &str, cards: &[ModelCard]) -> Vec<CleanText> {
    let ids: Vec<&str> = cards.iter().map(|card| card.id.as_str()).collect();
    let retires = |place: usize| cards[place].expiration_date.is_some();
    let places = nearest_with_last(asked, &ids, MOST, retires);
    let found = places.into_iter().filter_map(|place| cards.get(place));
    found.map(|card| card.id.clone()).collect()
}

/// Models that could follow this one: its author's later ones that stay, the likest first.
pub fn successors(card: &ModelCard, cards: &[ModelCard]) -> Vec<CleanText> {
    let author = |card: &ModelCard| card.id.split('/').next().map(str::to_owned);
    let mut later: Vec<&ModelCard> = cards
        .iter()
        .filter(|other| {
            author(other) == author(card)
                && other.id != card.id
                && other.expiration_date.is_none()
                && other.is_free() == card.is_free()
                && other.created > card.created
        })
        .collect();
    later.sort_by_key(|other| std::cmp::Reverse(other.created));
    let ids: Vec<&str> = later.iter().map(|other| other.id.as_str()).collect();
    let likest = nearest(&card.id, &ids, MOST);
    let newest = (0..later.len()).filter(|place| !likest.contains(place));
    let places = likest.iter().copied().chain(newest).take(MOST);
    let found = places.filter_map(|place| later.get(place));
    found.map(|other| other.id.clone()).collect()
}

/// What is said of models of the list that read a picture or a document, where one does not: those of the same author
/// first, then the cheapest.
pub fn readers_said(asked: &str, kind: MediaKind, cards: &[ModelCard]) -> Option<Said> {
    const READERS: Phrase = Phrase::new("Models that read it: {}", "可以读取它的模型：{}");
    let author = |id: &str| id.split('/').next().map(str::to_owned);
    let mut readers: Vec<&ModelCard> = cards
        .iter()
        .filter(|card| {
            let reads = &card.input_modalities;
            card.expiration_date.is_none() && reads.iter().any(|word| **word == *kind.modality())
        })
        .collect();
    // What a router's answer will cost nobody knows.
    readers.retain(|card| card.prompt_price.is_some_and(|price| price >= Usd::ZERO));
    readers.sort_by_key(|card| (author(&card.id) != author(asked), card.prompt_price));
    let ids: Vec<&str> = readers
        .iter()
        .take(MOST)
        .map(|card| card.id.as_str())
        .collect();
    (!ids.is_empty()).then(|| Said::new(READERS, &[&ids.join(", ")]))
}

/// The same symptom; where the server does not know the model, with the names of its list that come nearest before those
/// that it offers; where it no longer serves it and offers none, with those that could follow.
pub async fn with_near(symptom: Symptom, asked: &str, client: &OpenRouter) -> Symptom {
    let cards = if missing(&symptom).is_some() {
        client.models().await.unwrap_or_default()
    } else {
        Vec::new()
    };
    with_near_of(symptom, asked, &cards)
}

/// The same with a list that is at hand.
pub fn with_near_of(mut symptom: Symptom, asked: &str, cards: &[ModelCard]) -> Symptom {
    // Some servers name the model that was just refused.
    if let Symptom::Refused(refusal) = &mut symptom
        && let Some(about) = &mut refusal.availability
    {
        about
            .fallback_models
            .retain(|model| model.as_str() != asked);
    }
    let missing = missing(&symptom);
    if let Some(missing) = missing
        && let Symptom::Refused(refusal) = &mut symptom
    {
        let about = refusal.availability.get_or_insert_default();
        let found = match (missing, card_of(cards, asked)) {
            (Missing::Retired, Some(card)) => successors(card, cards),
            (Missing::Retired, None) => {
                let stays = |card: &&ModelCard| card.expiration_date.is_none();
                let stay: Vec<ModelCard> = cards.iter().filter(stays).cloned().collect();
                near(asked, &stay)
            }
            (Missing::Unknown, _) => near(asked, cards),
            (Missing::FreeRequests, _) => {
                let paid = asked.strip_suffix(":free").unwrap_or_default();
                let paid = cards.iter().filter(|card| *card.id == *paid);
                paid.map(|card| card.id.clone()).collect()
            }
        };
        // Who mistypes a name means one that is like it, which the server does not look for.
        about
            .fallback_models
            .retain(|theirs| !found.contains(theirs));
        about.fallback_models.splice(0..0, found);
        about.fallback_models.truncate(MOST);
    }
    symptom
}

/// Why a model is not to be had.
#[derive(Clone, Copy)]
enum Missing {
    Unknown,
    Retired,
    /// The free requests are used up; the paid version answers.
    FreeRequests,
}

/// A model that is not to be had, unless the server itself names what follows one that it no longer serves.
fn missing(symptom: &Symptom) -> Option<Missing> {
    let Symptom::Refused(refusal) = symptom else {
        return None;
    };
    let about = refusal.availability.as_ref();
    let names_others = about.is_some_and(|about| !about.fallback_models.is_empty());
    match diagnosis::explain(symptom).id {
        "unknown-model" => Some(Missing::Unknown),
        "model-retired" if !names_others => Some(Missing::Retired),
        "free-per-minute" | "free-per-day" if !names_others => Some(Missing::FreeRequests),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::diagnosis::Act;
    use crate::domain::symptom::{Availability, Refusal};

    fn card(id: &str, created: i64) -> ModelCard {
        ModelCard {
            id: id.into(),
            created: Some(created),
            ..ModelCard::default()
        }
    }

    fn ids(found: &[CleanText]) -> Vec<&str> {
        found.iter().map(CleanText::as_str).collect()
    }

    #[test]
    fn models_that_read_pictures_are_named_the_same_authors_first_then_the_cheapest() {
        let sees = |id: &str, price: &str, reads: &[&str]| ModelCard {
            prompt_price: Usd::parse(price),
            input_modalities: reads.iter().map(|word| CleanText::line(word)).collect(),
            ..card(id, 1)
        };
        let cards = [
            sees("a/text", "0", &["text"]),
            sees("b/dear", "0.002", &["text", "image"]),
            sees("b/cheap", "0.001", &["image"]),
            sees("a/own", "0.005", &["text", "image"]),
            sees("r/auto", "-1", &["image"]),
            sees("c/pdf", "0", &["text", "file"]),
            sees("d/dearest", "0.009", &["image"]),
        ];
        let said = readers_said("a/text", MediaKind::Png, &cards).expect("some read pictures");
        let words = said.say(crate::text::Lang::En);
        assert_eq!(words, "Models that read it: a/own, b/cheap, b/dear");
        assert_eq!(readers_said("a/text", MediaKind::Png, &cards[..1]), None);
    }

    #[test]
    fn a_bare_name_is_found_with_its_author() {
        let cards = [card("openai/gpt-4", 1), card("openai/gpt-4-turbo", 2)];
        assert_eq!(
            ids(&near("gpt-4", &cards)),
            ["openai/gpt-4", "openai/gpt-4-turbo"]
        );
    }

    #[test]
    fn a_model_that_retires_is_named_behind_one_that_is_as_near_and_stays() {
        let goes = ModelCard {
            expiration_date: Some("2026-12-31".into()),
            ..card("anthropic/claude-3-haiku", 1)
        };
        let cards = [goes, card("anthropic/claude-haiku-4", 2)];
        assert_eq!(
            ids(&near("claude-haiku", &cards))[0],
            "anthropic/claude-haiku-4"
        );
    }

    #[test]
    fn what_follows_is_later_of_the_same_author_and_stays() {
        let goes = ModelCard {
            expiration_date: Some("2026-12-31".into()),
            ..card("openai/gpt-4-turbo", 10)
        };
        let also_goes = ModelCard {
            expiration_date: Some("2027-01-31".into()),
            ..card("openai/gpt-4.5", 30)
        };
        let cards = [
            goes.clone(),
            also_goes,
            card("openai/gpt-3.5-turbo", 5),
            card("openai/gpt-5-mini", 40),
            card("openai/gpt-4-turbo-2", 20),
            card("anthropic/claude-opus-4", 50),
        ];
        assert_eq!(
            ids(&successors(&goes, &cards)),
            ["openai/gpt-4-turbo-2", "openai/gpt-5-mini"]
        );
    }

    #[test]
    fn a_model_that_is_no_longer_served_gets_what_could_follow() {
        let gone = ModelCard {
            expiration_date: Some("2025-12-31".into()),
            ..card("openai/gpt-4-turbo", 10)
        };
        let cards = [gone, card("openai/gpt-3.5", 5), card("openai/gpt-5", 40)];
        let retired = || {
            Symptom::Refused(Box::new(Refusal {
                status: 404,
                message: "This model has been deprecated".into(),
                ..Refusal::default()
            }))
        };
        let offered = |asked| match with_near_of(retired(), asked, &cards) {
            Symptom::Refused(refusal) => refusal.availability.unwrap().fallback_models,
            other => panic!("{other:?}"),
        };
        assert_eq!(ids(&offered("openai/gpt-4-turbo")), ["openai/gpt-5"]);
        // Gone from the list, too.
        assert_eq!(ids(&offered("gpt-5")), ["openai/gpt-5", "openai/gpt-3.5"]);
    }

    #[test]
    fn the_names_that_come_nearest_stand_before_what_the_server_offers() {
        let cards = [
            card("anthropic/claude-sonnet-4.5", 1),
            card("openai/gpt-5", 2),
        ];
        let unknown = Symptom::Refused(Box::new(Refusal {
            status: 400,
            message: "sonnet is not a valid model ID".into(),
            availability: Some(Availability {
                fallback_models: vec!["openrouter/auto".into(), "sonnet".into()],
                ..Availability::default()
            }),
            ..Refusal::default()
        }));
        assert_eq!(diagnosis::explain(&unknown).id, "unknown-model");
        let Symptom::Refused(refusal) = with_near_of(unknown, "sonnet", &cards) else {
            unreachable!("it stays a refusal");
        };
        let offered = refusal.availability.unwrap().fallback_models;
        assert_eq!(
            ids(&offered),
            ["anthropic/claude-sonnet-4.5", "openrouter/auto"]
        );
    }

    #[test]
    fn where_the_free_requests_are_used_up_the_paid_version_is_named_if_there_is_one() {
        let cards = [
            card("openai/gpt-oss-20b", 1),
            card("openai/gpt-oss-20b:free", 2),
        ];
        let used_up = || {
            Symptom::Refused(Box::new(Refusal {
                status: 429,
                message: "Rate limit exceeded: free-models-per-day".into(),
                limit_source: Some("openrouter_free_tier_per_day".into()),
                ..Refusal::default()
            }))
        };
        let acts = |asked| {
            let named = with_near_of(used_up(), asked, &cards);
            let fixes = diagnosis::explain(&named).fixes.into_iter();
            fixes.map(|fix| fix.act).collect::<Vec<_>>()
        };
        let paid = Act::UseModel("openai/gpt-oss-20b".into());
        assert_eq!(acts("openai/gpt-oss-20b:free")[0], paid);
        assert_eq!(acts("openrouter/free")[0], Act::Advice);
    }

    #[test]
    fn only_an_unknown_model_without_suggestions_gets_some() {
        let cards = [card("openai/gpt-4", 1)];
        let refused = |status, message: &str| {
            Symptom::Refused(Box::new(Refusal {
                status,
                message: message.into(),
                ..Refusal::default()
            }))
        };
        let named = |symptom| match with_near_of(symptom, "gpt-4", &cards) {
            Symptom::Refused(refusal) => refusal
                .availability
                .map_or(0, |about| about.fallback_models.len()),
            _ => 0,
        };
        assert_eq!(named(refused(400, "gpt-4 is not a valid model ID")), 1);
        assert_eq!(named(refused(400, "temperature must be at most 2")), 0);
        assert_eq!(named(refused(402, "Insufficient credits")), 0);
    }
}
