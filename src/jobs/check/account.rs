//! The stages of the key and the account: where the key is from, what the server says to it, what it
//! may spend.

use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};

use super::{Check, Run, words};
use crate::diagnosis;
use crate::domain::account::KeyFacts;
use crate::domain::clean_text::CleanText;
use crate::domain::ignored_setting::IgnoredSetting;
use crate::domain::money::Usd;
use crate::domain::pasted_key::{KEY_CHARS, Shape};
use crate::domain::sighting::{Place, Sighting};
use crate::domain::stage::{Stage, StageId, StageStatus};
use crate::domain::symptom::Symptom;
use crate::jobs::access::{self, BaseSighting};
use crate::jobs::wrong_path::or_wrong_path;
use crate::openrouter::{BaseUrl, Dialect};
use crate::text::{Phrase, Said};

/// A key that dies sooner than this deserves a word.
const SOON: SignedDuration = SignedDuration::from_hours(7 * 24);
/// Clocks that differ by more than this deserve a word: certificates and waits are judged by them.
pub(in crate::jobs) const CLOCKS_AGREE: SignedDuration = SignedDuration::from_mins(5);

impl<F: FnMut(Stage)> Run<'_, F> {
    pub(super) fn config(&self) {
        let check = self.check;
        let now = Duration::ZERO;
        let doubts = check.doubts(self.client.ignored_settings());
        let symptom = doubts.iter().find_map(|(_, symptom)| symptom.clone());
        let is_fine = doubts.is_empty();
        let server = Said::verbatim(CleanText::line(&check.server.to_string()));
        let found = match check.place_of_key() {
            Some(place) => Said::joined(words::KEY_AT, &[place, server]),
            None => Said::joined(words::NO_KEY_AT, &[server]),
        };
        let detail = doubts.into_iter().fold(found, |told, (doubt, _)| {
            Said::joined(words::AND_THEN, &[told, doubt])
        });
        match symptom {
            Some(symptom) => self.board.warn_of(StageId::Config, now, detail, &symptom),
            None if is_fine => self.board.pass(StageId::Config, now, detail),
            None => self.board.warn(StageId::Config, now, detail),
        }
    }

    pub(super) async fn auth(&self) -> Option<Dialect> {
        self.board.begin(StageId::Auth, words::ASKING);
        let began = Instant::now();
        let outcome = self.client.identify().await;
        let took = began.elapsed();
        match outcome {
            Ok(Dialect::OpenRouter(known)) if known.is_management_key => {
                self.board
                    .fail(StageId::Auth, took, &Symptom::ManagementKey);
                None
            }
            Ok(dialect) => {
                let detail = match &dialect {
                    Dialect::OpenRouter(known) => {
                        Said::new(words::ACCEPTED, &[&known.label.shortened(60)])
                    }
                    Dialect::OpenAiCompatible => words::COMPATIBLE.into(),
                };
                let ahead = self.client.skew();
                if ahead.abs() > CLOCKS_AGREE {
                    let ahead_secs = ahead.as_secs();
                    let detail = Said::joined(words::CLOCK_OFF, &[detail]);
                    let symptom = Symptom::ClockSkew { ahead_secs };
                    self.board.warn_of(StageId::Auth, took, detail, &symptom);
                } else {
                    self.board.pass(StageId::Auth, took, detail);
                }
                Some(dialect)
            }
            Err(symptom) => {
                let symptom = access::or_no_key(symptom, self.check.key.as_ref());
                let symptom = or_wrong_path(symptom, self.client).await;
                self.board.fail(StageId::Auth, took, &symptom);
                None
            }
        }
    }

    /// The stage of the limit; the key's facts, where the server tells them.
    pub(super) fn facts(&self, dialect: Dialect) -> Option<Box<KeyFacts>> {
        match dialect {
            Dialect::OpenRouter(known) => {
                self.limit(&known);
                Some(known)
            }
            Dialect::OpenAiCompatible => {
                self.board.skip(StageId::Limit, words::NOT_OPENROUTER);
                None
            }
        }
    }

    fn limit(&self, known: &KeyFacts) {
        let (status, detail) = judge_limit(known, self.check.now);
        if known.limit_remaining.is_some_and(is_used_up) {
            let seen = Symptom::LimitUsedUp {
                limit: known.limit,
                reset: known.limit_reset.clone(),
            };
            let none = Duration::ZERO;
            return self.board.warn_of(StageId::Limit, none, detail, &seen);
        }
        match status {
            StageStatus::Warn => self.board.warn(StageId::Limit, Duration::ZERO, detail),
            _ => self.board.pass(StageId::Limit, Duration::ZERO, detail),
        }
    }

    /// The account's balance, which only a management key may ask for.
    pub(super) async fn credits(&self, known: Option<&KeyFacts>) {
        let (Some(_), Some(key)) = (known, &self.check.management_key) else {
            return self.board.skip(StageId::Credits, why_no_credits(known));
        };
        self.board.begin(StageId::Credits, words::ASKING_CREDITS);
        let began = Instant::now();
        let asked = async { self.client.with_key(key.clone())?.credits().await };
        match asked.await {
            Ok(credits) => {
                let left = credits.balance();
                let detail = Said::new(words::BALANCE, &[&left, &credits.total_credits]);
                let took = began.elapsed();
                if is_used_up(left) {
                    self.board.warn(StageId::Credits, took, detail);
                } else {
                    self.board.pass(StageId::Credits, took, detail);
                }
            }
            // Models may answer all the same: the key has its own say.
            Err(symptom) => {
                let detail = diagnosis::explain(&symptom).title;
                self.board
                    .warn_of(StageId::Credits, began.elapsed(), detail, &symptom);
            }
        }
    }
}

impl Check {
    /// What of the settings deserves a word, the gravest first, and what each means where that has a name.
    fn doubts(&self, ignored: &[IgnoredSetting]) -> Vec<(Said, Option<Symptom>)> {
        let mut doubts = Vec::new();
        if self.goes_astray() {
            let detail = Said::new(words::FOREIGN_HOST, &[&self.server.host()]);
            doubts.push((detail, None));
        }
        if let Some(first) = ignored.first() {
            let detail = Said::new(words::IGNORED, &[&first.variable]);
            doubts.push((detail, Some(Symptom::SettingsIgnored(ignored.to_vec()))));
        }
        if let Some(chars) = self.odd_key() {
            doubts.push((Said::new(words::ODD_KEY, &[&chars, &KEY_CHARS]), None));
        }
        if let Some(base) = self.half_an_address() {
            let place = base.place.said(&self.folder);
            let symptom = Symptom::WrongPath {
                url: CleanText::line(&base.url),
                right: self.server.to_string(),
            };
            doubts.push((Said::joined(words::HALF_ADDRESS, &[place]), Some(symptom)));
        }
        if let Some(other) = self.other_key() {
            let place = other.place.said(&self.folder);
            doubts.push((Said::joined(words::SHADOWS, &[place]), None));
        }
        doubts
    }

    fn place_of_key(&self) -> Option<Said> {
        self.key.as_ref()?;
        let place = self.place.as_ref();
        Some(place.map_or_else(|| words::PASTED.into(), |place| place.said(&self.folder)))
    }

    /// A key of OpenRouter's is on its way to somebody else.
    fn goes_astray(&self) -> bool {
        let key = self.key.as_ref();
        let is_openrouters = key.is_some_and(|key| key.expose().starts_with("sk-or-"));
        is_openrouters && !self.server.is_openrouter() && !self.server.is_loopback()
    }

    /// The length of an OpenRouter key that is not as long as they are. Only the server can tell for
    /// certain.
    fn odd_key(&self) -> Option<usize> {
        match self.key.as_ref().map(Shape::of) {
            Some(Shape::OpenRouterOdd(chars)) if self.server.is_openrouter() => Some(chars),
            _ => None,
        }
    }

    /// An address that this program completes by itself and others that read it would not. A flag is
    /// for this program only.
    fn half_an_address(&self) -> Option<&BaseSighting> {
        self.base
            .as_ref()
            .filter(|base| base.place != Place::Flag && BaseUrl::lacks_path(&base.url))
    }

    /// A hidden key that is another than the one in use; the same key twice is no conflict.
    fn other_key(&self) -> Option<&Sighting> {
        self.shadowed
            .iter()
            .find(|hidden| Some(&hidden.secret) != self.key.as_ref())
    }
}

/// Why the balance is not looked at, where no management key is at hand.
pub(super) fn why_no_credits(known: Option<&KeyFacts>) -> Phrase {
    match known {
        Some(_) => words::ONLY_MANAGEMENT,
        None => words::NOT_OPENROUTER,
    }
}

fn is_used_up(left: Usd) -> bool {
    left.is_zero() || left.is_negative()
}

fn judge_limit(known: &KeyFacts, now: Timestamp) -> (StageStatus, Said) {
    if known.limit_remaining.is_some_and(is_used_up) {
        return (StageStatus::Warn, words::LIMIT_USED_UP.into());
    }
    if let Some(at) = known.expires_at
        && at.duration_since(now) < SOON
    {
        let day = at.strftime("%Y-%m-%d %H:%M UTC").to_string();
        return (StageStatus::Warn, Said::new(words::EXPIRES_SOON, &[&day]));
    }
    match (known.limit_remaining, known.is_free_tier) {
        (Some(left), _) => (StageStatus::Pass, Said::new(words::LEFT, &[&left])),
        (None, true) => (StageStatus::Warn, words::FREE_TIER.into()),
        (None, false) => (StageStatus::Pass, words::NO_LIMIT.into()),
    }
}
