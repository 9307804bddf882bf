//! The line above a table: whose figures it holds, which days, who told them and when.

use jiff::Timestamp;

use super::cards::time_of;
use super::headline::Headline;
use super::key_days::DaysOfKeys;
use super::place::{Source, View};
use super::state::Usage;
use super::words;
use crate::domain::analytics::PROVIDER_DAYS;
use crate::domain::figures::{Part, Source as Teller};
use crate::domain::model_card::ModelCard;
use crate::flow::usage::MOST_REQUESTS;
use crate::insight::prices::snapshot;
use crate::text::Lang;

impl Usage {
    /// The line in at most so many columns; whatever has no room, figures keep their age.
    pub(super) fn head(&self, lang: Lang, columns: usize) -> String {
        let mut line = Headline::default();
        let Some(told) = &self.told else {
            line.say([words::LOADING.say(lang)]);
            return line.fitting(columns);
        };
        // When the figures were learned: told last.
        let learned: Option<Timestamp> = match self.place.view {
            View::Requests => {
                self.of_requests(&mut line, lang);
                None
            }
            View::Review => self.of_review(&mut line, lang),
            View::Prices => told.models.as_ref().map(|models| {
                let is_in_the_way =
                    |(part, _): &(Part, _)| matches!(part, Part::Key | Part::Models);
                let is_live = !told.gathered.troubles.iter().any(is_in_the_way);
                let words = if is_live { words::LIVE } else { words::KEPT };
                line.say([words.say(lang)]);
                of_prices(&mut line, &models.value, lang);
                models.as_of
            }),
            View::Keys => self.of_keys(&mut line, lang),
            View::Days | View::Models | View::Providers => self.of_days(&mut line, lang),
        };
        self.of_narrowing(&mut line, lang);
        if let Some(at) = learned {
            let time = time_of(at, told.at);
            line.end_with([words::AS_OF.fill(lang, &[&time]), time]);
        }
        if self.looking.learning.is_some() {
            line.end_with([words::LOADING, words::ASKING].map(|it| it.say(lang)));
        }
        line.fitting(columns)
    }

    fn of_ledger(&self, line: &mut Headline, lang: Lang) {
        let words = match self.place.narrowed.key {
            Some(_) => [words::OF_LEDGER_ALL_KEYS, words::OWN_LEDGER_ALL_KEYS],
            None => [words::OF_LEDGER, words::OWN_LEDGER],
        };
        line.say(words.map(|it| it.say(lang)));
    }

    fn of_requests(&self, line: &mut Headline, lang: Lang) {
        self.of_ledger(line, lang);
        if let Some(day) = self.place.narrowed.day {
            line.say([words::ON_DAY.fill(lang, &[&day])]);
        }
        let found = self.requests.found.as_ref().and_then(|it| it.as_ref().ok());
        if found.is_some_and(|found| found.len() == MOST_REQUESTS) {
            line.say([words::LATEST.fill(lang, &[&MOST_REQUESTS])]);
        }
        let open = self.told.as_ref().map_or(0, |told| told.open_requests);
        if open > 0 {
            line.say([words::OPEN_COSTS, words::STILL_OPEN].map(|it| it.fill(lang, &[&open])));
        }
    }

    fn of_review(&self, line: &mut Headline, lang: Lang) -> Option<Timestamp> {
        let told = self.told.as_ref()?;
        let review = told.outlook.review.as_ref()?;
        let figures = &told.gathered.figures;
        let learned = match told.outlook.reviewed {
            Some(Teller::Ledger) | None => {
                line.say([words::ONLY_THIS_PROGRAM.say(lang)]);
                None
            }
            Some(teller) => {
                line.say([
                    words::OF_ACCOUNT_BY.fill(lang, &[&teller.word()]),
                    words::OF_ACCOUNT.say(lang).to_owned(),
                ]);
                match teller {
                    Teller::Analytics => figures.history.as_ref().map(|it| it.as_of),
                    _ => figures.daily.as_ref().map(|it| it.as_of),
                }
            }
        };
        let (first, last) = (review.span.first(), review.span.last());
        line.say([words::FROM_TO, words::FROM_TO_SHORT].map(|it| it.fill(lang, &[&first, &last])));
        learned
    }

    /// Whose keys, and of which days each one's spend is told.
    fn of_keys(&self, line: &mut Headline, lang: Lang) -> Option<Timestamp> {
        let figures = &self.told.as_ref()?.gathered.figures;
        line.say([words::OF_KEYS_BY, words::OF_KEYS].map(|it| it.say(lang)));
        match self.days_of_keys() {
            DaysOfKeys::Untold => {}
            DaysOfKeys::Whole | DaysOfKeys::Today => self.of_range(line, lang),
            DaysOfKeys::Completed(days) => {
                let words = [words::COMPLETED_DAYS, words::COMPLETED_DAYS_SHORT];
                line.say(words.map(|it| it.fill(lang, &[&days])));
            }
        }
        // Two answers stand in one row: it is as old as the older one.
        let keys = figures.keys.as_ref().map(|keys| keys.as_of);
        let days = figures.key_days.as_ref().map(|days| days.as_of);
        keys.into_iter().chain(days).min()
    }

    /// Whose days, who tells them, and how many of those that are wanted are told.
    fn of_days(&self, line: &mut Headline, lang: Lang) -> Option<Timestamp> {
        if self.source() == Source::Ledger {
            self.of_ledger(line, lang);
            self.of_range(line, lang);
            return None;
        }
        let account = words::OF_ACCOUNT.say(lang).to_owned();
        let Some(telling) = self.telling() else {
            line.say([account]);
            self.of_range(line, lang);
            return None;
        };
        let teller = telling.source.word();
        let today = Teller::Analytics.word();
        if telling.has_today && telling.source != Teller::Analytics {
            let both = [words::AND_TODAY_BY, words::BY_BOTH];
            let [apart, together] = both.map(|it| it.fill(lang, &[&teller, &today]));
            line.say([apart, together, account]);
        } else {
            line.say([words::OF_ACCOUNT_BY.fill(lang, &[&teller]), account]);
        }
        self.of_range(line, lang);
        let first = self.today().map(|today| self.range.first(today));
        let is_of_a_day = self.place.narrowed.day.is_some();
        if !is_of_a_day && first.is_some_and(|first| first < telling.first) {
            let words = [words::KNOWN_FROM, words::SINCE];
            line.say(words.map(|it| it.fill(lang, &[&telling.first])));
        }
        if self.place.view == View::Providers && telling.source == Teller::Analytics {
            let rows = self.rows();
            let mut named = rows.iter().map(|row| row.provider.is_some());
            if rows.iter().all(|row| row.provider.is_none()) {
                line.say([words::NO_PROVIDERS.say(lang)]);
            } else if named.any(|is_named| !is_named) {
                line.say([words::LATE_PROVIDERS.fill(lang, &[&PROVIDER_DAYS])]);
            }
        }
        Some(telling.as_of)
    }

    /// The days on show.
    fn of_range(&self, line: &mut Headline, lang: Lang) {
        if let Some(day) = self.place.narrowed.day {
            line.say([words::ON_DAY.fill(lang, &[&day])]);
            return;
        }
        match self.range.days() {
            1 => line.say([words::TODAY.say(lang)]),
            days => {
                let words = [words::LAST_DAYS, words::LAST_DAYS_SHORT];
                line.say(words.map(|it| it.fill(lang, &[&days])));
            }
        }
    }

    fn of_narrowing(&self, line: &mut Headline, lang: Lang) {
        let narrowed = &self.place.narrowed;
        // Requests are of all keys, whichever one came from.
        if self.place.view != View::Requests
            && let Some(name) = self.key().and_then(|key| self.key_name(key))
        {
            line.say([name]);
        }
        if let Some(provider) = &narrowed.provider {
            let unknown = words::UNKNOWN_PROVIDER.say(lang);
            line.say([provider.0.as_deref().unwrap_or(unknown)]);
        }
        if let Some(model) = &narrowed.model {
            line.say([model]);
        }
    }

    /// The name that a key of the account was given.
    pub(super) fn key_name(&self, hash: &str) -> Option<String> {
        let figures = &self.told.as_ref()?.gathered.figures;
        figures.name_of_key(hash).map(str::to_owned)
    }
}

/// Prices, what jobs come to, and of when the vendors' own prices are that stand beside these.
fn of_prices(line: &mut Headline, models: &[ModelCard], lang: Lang) {
    line.say([words::PER_MILLION, words::PER_M].map(|it| it.say(lang)));
    line.say([words::JOBS_WITH_FEE, words::WITH_FEE].map(|it| it.say(lang)));
    let direct = models.iter().filter_map(|card| snapshot().price(&card.id));
    if let Some(day) = direct.map(|price| price.not_before).min() {
        let month = day.strftime("%Y-%m").to_string();
        let words = [words::DIRECT_FROM, words::DIRECT_FROM_SHORT];
        line.say_where_room(words.map(|it| it.fill(lang, &[&month])));
    }
}
