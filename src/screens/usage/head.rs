//! The line above a table: whose figures it holds, which days, who told them and when.

use jiff::Timestamp;

use super::cards::time_of;
use super::place::{Source, View};
use super::state::Usage;
use super::words;
use crate::domain::figures::{ACTIVITY_DAYS, Source as Teller};
use crate::flow::usage::MOST_REQUESTS;
use crate::text::Lang;

impl Usage {
    pub(super) fn head(&self, lang: Lang) -> String {
        let asking = words::LOADING.say(lang).to_owned();
        let Some(told) = &self.told else {
            return asking;
        };
        let as_of = |at: Timestamp| words::AS_OF.fill(lang, &[&time_of(at, told.at)]);
        let mut parts: Vec<String> = Vec::new();
        // When the figures were learned: told last.
        let learned: Option<Timestamp> = match self.place.view {
            View::Requests => {
                self.of_requests(&mut parts, lang);
                None
            }
            View::Review => self.of_review(&mut parts, lang),
            View::Prices => told.models.as_ref().map(|models| {
                parts.push(words::LIVE.say(lang).to_owned());
                parts.push(as_of(models.as_of));
                parts.push(words::PER_MILLION.say(lang).to_owned());
                parts.push(words::JOBS_WITH_FEE.say(lang).to_owned());
                models.as_of
            }),
            View::Keys => {
                parts.push(words::OF_KEYS_BY.say(lang).to_owned());
                parts.push(self.days_in_words(lang));
                let keys = told.gathered.figures.keys.as_ref();
                keys.map(|keys| keys.as_of)
            }
            View::Days | View::Models | View::Providers => self.of_days(&mut parts, lang),
        };
        self.of_narrowing(&mut parts, lang);
        if self.place.view != View::Prices {
            parts.extend(learned.map(as_of));
        }
        if self.looking.learning.is_some() {
            parts.push(asking);
        }
        parts.join(" · ")
    }

    fn of_requests(&self, parts: &mut Vec<String>, lang: Lang) {
        let words = match self.place.narrowed.key {
            Some(_) => words::OF_LEDGER_ALL_KEYS,
            None => words::OF_LEDGER,
        };
        parts.push(words.say(lang).to_owned());
        let found = self.requests.found.as_ref().and_then(|it| it.as_ref().ok());
        if found.is_some_and(|found| found.len() == MOST_REQUESTS) {
            parts.push(words::LATEST.fill(lang, &[&MOST_REQUESTS]));
        }
        let open = self.told.as_ref().map_or(0, |told| told.open_requests);
        if open > 0 {
            parts.push(words::OPEN_COSTS.fill(lang, &[&open]));
        }
    }

    fn of_review(&self, parts: &mut Vec<String>, lang: Lang) -> Option<Timestamp> {
        let told = self.told.as_ref()?;
        let review = told.outlook.review.as_ref()?;
        let figures = &told.gathered.figures;
        let (words, learned) = match told.outlook.reviewed {
            Some(Teller::Ledger) | None => (words::ONLY_THIS_PROGRAM.say(lang).to_owned(), None),
            Some(teller) => (
                words::OF_ACCOUNT_BY.fill(lang, &[&teller.word()]),
                match teller {
                    Teller::Analytics => figures.history.as_ref().map(|it| it.as_of),
                    _ => figures.daily.as_ref().map(|it| it.as_of),
                },
            ),
        };
        parts.push(words);
        let span = review.span;
        parts.push(words::FROM_TO.fill(lang, &[&span.first(), &span.last()]));
        learned
    }

    /// Whose days, who tells them, and how many of those that are wanted are told.
    fn of_days(&self, parts: &mut Vec<String>, lang: Lang) -> Option<Timestamp> {
        if self.source() == Source::Ledger {
            let words = match self.place.narrowed.key {
                Some(_) => words::OF_LEDGER_ALL_KEYS,
                None => words::OF_LEDGER,
            };
            parts.push(words.say(lang).to_owned());
            parts.push(self.days_in_words(lang));
            return None;
        }
        let Some(telling) = self.telling() else {
            parts.push(words::OF_ACCOUNT.say(lang).to_owned());
            parts.push(self.days_in_words(lang));
            return None;
        };
        let teller = telling.source.word();
        let today = Teller::Analytics.word();
        parts.push(
            if telling.has_today && telling.source != Teller::Analytics {
                words::AND_TODAY_BY.fill(lang, &[&teller, &today])
            } else {
                words::OF_ACCOUNT_BY.fill(lang, &[&teller])
            },
        );
        let is_of_key = self.key().is_some();
        parts.push(if is_of_key && self.range.days() >= ACTIVITY_DAYS {
            words::COMPLETED_DAYS.fill(lang, &[&ACTIVITY_DAYS])
        } else {
            self.days_in_words(lang)
        });
        let first = self.today().map(|today| self.range.first(today));
        if !is_of_key && first.is_some_and(|first| first < telling.first) {
            parts.push(words::KNOWN_FROM.fill(lang, &[&telling.first]));
        }
        let names_nobody = || self.rows().iter().all(|row| row.provider.is_none());
        if self.place.view == View::Providers
            && telling.source == Teller::Analytics
            && names_nobody()
        {
            parts.push(words::NO_PROVIDERS.say(lang).to_owned());
        }
        Some(telling.as_of)
    }

    fn days_in_words(&self, lang: Lang) -> String {
        match self.range.days() {
            1 => words::TODAY.say(lang).to_owned(),
            days => words::LAST_DAYS.fill(lang, &[&days]),
        }
    }

    fn of_narrowing(&self, parts: &mut Vec<String>, lang: Lang) {
        let narrowed = &self.place.narrowed;
        // Requests are of all keys, whichever one came from.
        if self.place.view != View::Requests {
            parts.extend(self.key().and_then(|key| self.key_name(key)));
        }
        if let Some(provider) = &narrowed.provider {
            let unknown = words::UNKNOWN_PROVIDER.say(lang);
            parts.push(provider.0.as_deref().unwrap_or(unknown).to_owned());
        }
        parts.extend(narrowed.model.clone());
        parts.extend(narrowed.day.map(|day| day.to_string()));
    }

    /// The name that a key of the account was given.
    pub(super) fn key_name(&self, hash: &str) -> Option<String> {
        let figures = &self.told.as_ref()?.gathered.figures;
        figures.name_of_key(hash).map(str::to_owned)
    }
}
