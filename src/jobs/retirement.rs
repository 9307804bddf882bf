//! Models that will be gone soon: what the list says of the one that is asked, and what could follow it.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::models;
use super::near_models::successors;
use super::scene::Scene;
use crate::domain::clean_text::CleanText;
use crate::domain::figures::Known;
use crate::domain::model_card::{ModelCard, card_of};
use crate::domain::secret::Secret;
use crate::domain::symptom::Symptom;
use crate::openrouter::BaseUrl;
use crate::text::{Phrase, Said};

/// A model that goes within so many days deserves a word.
const SOON_DAYS: i32 = 60;

const RETIRES: Phrase = Phrase::new("{} retires on {}", "{} 将于 {} 下线");
const RETIRED: Phrase = Phrase::new("{} is past its last day, {}", "{} 已过服务期（{}）");
const FOLLOWED: Phrase = Phrase::new("{}; {} could follow it", "{}；可改用 {}");

/// A model's end that is near, or past.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retirement {
    /// The model, as it was asked for.
    model: CleanText,
    /// `YYYY-MM-DD`, the last day it is promised for. Source: `GET /models`, `expiration_date`.
    day: CleanText,
    /// Models that could follow it, the likeliest first.
    successors: Vec<CleanText>,
    is_past: bool,
}

impl Retirement {
    /// What a card of the list says of its end; `None`: nothing, or it is far off. `asked` is the name as it was given.
    pub fn of_card(
        asked: &str,
        card: &ModelCard,
        cards: &[ModelCard],
        now: Timestamp,
    ) -> Option<Self> {
        let day = card.expiration_date.as_ref()?;
        let left = days_left(day, now.to_zoned(TimeZone::UTC).date())?;
        (left <= SOON_DAYS).then(|| Self {
            model: CleanText::line(asked),
            day: day.clone(),
            successors: successors(card, cards),
            is_past: left < 0,
        })
    }

    /// The same for a model of a list that is at hand.
    pub fn in_list(asked: &str, cards: &[ModelCard], now: Timestamp) -> Option<Self> {
        Self::of_card(asked, card_of(cards, asked)?, cards, now)
    }

    /// When it ends.
    pub fn end(&self) -> Said {
        let phrase = if self.is_past { RETIRED } else { RETIRES };
        Said::new(phrase, &[&self.model, &self.day])
    }

    /// When it ends, and the likeliest to follow it, in one line.
    pub fn line(&self) -> Said {
        match self.successors.first() {
            Some(next) => Said::joined(FOLLOWED, &[self.end(), Said::verbatim(next)]),
            None => self.end(),
        }
    }

    /// What is to be judged.
    pub fn symptom(&self) -> Symptom {
        Symptom::RetiringModel {
            model: self.model.clone(),
            day: self.day.clone(),
            successors: self.successors.clone(),
            is_past: self.is_past,
        }
    }
}

/// The list that was kept, as far as it may be gone by: nobody is asked. Of a server on this machine only while it is
/// young, since another may stand at its port by now.
pub fn kept_list(
    scene: &Scene,
    server: &BaseUrl,
    key: Option<&Secret>,
    now: Timestamp,
) -> Option<Known<Vec<ModelCard>>> {
    let may_count = |kept: &Known<_>| !server.is_loopback() || models::is_young(kept.as_of, now);
    models::kept(scene, server, key).filter(may_count)
}

/// How many days are left until `day`; negative when it is past, `None` when it is no day.
fn days_left(day: &str, today: Date) -> Option<i32> {
    // Some servers send a moment where a day is due.
    let day: Date = day.get(..10)?.parse().ok()?;
    Some(today.until(day).ok()?.get_days())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    fn card(id: &str, created: i64, day: Option<&str>) -> ModelCard {
        ModelCard {
            id: id.into(),
            created: Some(created),
            expiration_date: day.map(CleanText::from),
            ..ModelCard::default()
        }
    }

    fn told(day: &str) -> Option<String> {
        let cards = [card("a/old", 1, Some(day)), card("a/new", 2, None)];
        let now = "2026-11-25T12:00:00Z".parse().unwrap();
        let retirement = Retirement::in_list("a/old:nitro", &cards, now)?;
        Some(retirement.line().say(Lang::En))
    }

    #[test]
    fn a_model_that_goes_soon_is_told_in_a_line_with_what_could_follow() {
        assert_eq!(
            told("2026-12-31").as_deref(),
            Some("a/old:nitro retires on 2026-12-31; a/new could follow it")
        );
        assert_eq!(
            told("2026-11-24").as_deref(),
            Some("a/old:nitro is past its last day, 2026-11-24; a/new could follow it")
        );
        assert_eq!(told("2027-12-31"), None, "far off");
    }

    #[test]
    fn a_model_that_stays_or_is_not_listed_is_not_told() {
        let cards = [card("a/new", 2, None)];
        for asked in ["a/new", "a/other"] {
            assert_eq!(
                Retirement::in_list(asked, &cards, Timestamp::UNIX_EPOCH),
                None
            );
        }
    }

    #[test]
    fn the_days_that_are_left_are_counted_and_past_ones_too() {
        let today: Date = "2026-11-25".parse().unwrap();
        for (day, left) in [
            ("2026-12-31", Some(36)),
            ("2026-11-25", Some(0)),
            ("2026-11-24", Some(-1)),
            ("2026-12-31T00:00:00Z", Some(36)),
            ("someday", None),
        ] {
            assert_eq!(days_left(day, today), left, "{day}");
        }
    }
}
