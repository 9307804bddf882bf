//! The account's keys: what each spent in the days on show, as far as these are told key by key.

use super::place::Range;
use super::state::Usage;
use super::tables::{Table, Target};
use super::words;
use crate::domain::count::grouped;
use crate::domain::figures::{AccountKey, DayFigures};
use crate::domain::money::Usd;
use crate::domain::spend::Used;
use crate::text::Lang;
use crate::ui::grid::{Column, GridRow};
use crate::ui::theme::Tone;

/// Which of the days on show are told key by key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DaysOfKeys {
    /// None of them.
    Untold,
    /// All of them, today among them.
    Whole,
    /// Only the running day, and of that only its cost.
    Today,
    /// So many days that are over.
    Completed(i64),
}

impl Usage {
    /// Which days the table of the keys is about.
    pub(super) fn days_of_keys(&self) -> DaysOfKeys {
        self.days_of_keys_told().unwrap_or(DaysOfKeys::Untold)
    }

    fn days_of_keys_told(&self) -> Option<DaysOfKeys> {
        let told = self.told.as_ref()?;
        let today = self.today()?;
        let figures = &told.gathered.figures;
        let first = self.range.first(today);
        let keys = figures
            .key_days
            .as_ref()
            .map(|known| known.value.as_slice());
        let keys = keys.unwrap_or_default();
        let all_of_today = keys
            .iter()
            .all(|key| figures.key_rows_of_today(&key.hash, told.at).is_some());
        // From this day on every key's days are told.
        let back_to = keys
            .iter()
            .filter_map(|key| figures.key_days_back_to(&key.hash, first))
            .map(|told| told.first)
            .max();
        if self.range == Range::Day && (keys.is_empty() || !all_of_today) {
            let listed = figures.keys.as_ref()?;
            return listed.is_of_today(told.at).then_some(DaysOfKeys::Today);
        }
        let back_to = back_to?;
        if all_of_today && back_to <= first {
            return Some(DaysOfKeys::Whole);
        }
        let as_of = figures.key_days.as_ref()?.as_of;
        let learned_on = as_of.to_zoned(jiff::tz::TimeZone::UTC).date();
        let end = learned_on.min(today);
        let days = end.duration_since(back_to.max(first)).as_hours() / 24;
        Some(DaysOfKeys::Completed(days.max(0)))
    }

    /// What a key used in the days on show; `None` where that is not told.
    fn spent_by(&self, key: &AccountKey, days: DaysOfKeys) -> Option<Spent> {
        let told = self.told.as_ref()?;
        let figures = &told.gathered.figures;
        let today = self.today()?;
        let first = self.range.first(today);
        if key.usage.is_zero() && key.byok_usage.is_zero() && days != DaysOfKeys::Untold {
            // Its days are not asked for.
            return Some(Spent::of(std::iter::empty()));
        }
        let completed = || {
            let told = figures.key_days_back_to(&key.hash, first)?;
            Some(told.days.iter().filter(|row| row.date >= first))
        };
        match days {
            DaysOfKeys::Untold => None,
            DaysOfKeys::Today => Some(Spent {
                cost: key.usage_daily,
                requests: None,
            }),
            DaysOfKeys::Completed(_) => Some(Spent::of(completed()?)),
            DaysOfKeys::Whole => {
                let running = figures.key_rows_of_today(&key.hash, told.at);
                Some(Spent::of(completed()?.chain(running.unwrap_or_default())))
            }
        }
    }
}

/// What a key used.
#[derive(Clone, Copy)]
struct Spent {
    cost: Usd,
    /// `None`: not told.
    requests: Option<u64>,
}

impl Spent {
    fn of<'a>(rows: impl Iterator<Item = &'a DayFigures>) -> Self {
        let used: Used = rows.map(DayFigures::used).sum();
        Self {
            cost: used.cost,
            requests: Some(used.requests),
        }
    }
}

/// The keys, those that spent most first.
pub(super) fn table(usage: &Usage, lang: Lang) -> Table {
    let figures = usage.told.as_ref().map(|told| &told.gathered.figures);
    let Some(keys) = figures.and_then(|figures| figures.keys.as_ref()) else {
        return Table::nothing(usage.no_keys());
    };
    let days = usage.days_of_keys();
    let mut rows: Vec<_> = keys
        .value
        .iter()
        .map(|key| (key, usage.spent_by(key, days)))
        .collect();
    rows.sort_by_key(|(key, spent)| {
        let cost = spent.map_or(key.usage_monthly, |spent| spent.cost);
        std::cmp::Reverse((cost, key.usage))
    });
    let has_cost = days != DaysOfKeys::Untold;
    let has_requests = has_cost && days != DaysOfKeys::Today;
    let mut columns = vec![Column::words(words::HEAD_KEY.say(lang), 1)];
    if has_cost {
        columns.push(Column::number(words::HEAD_COST.say(lang), 1));
    }
    if has_requests {
        columns.push(Column::number(words::HEAD_REQUESTS.say(lang), 3));
    }
    columns.push(Column::number(words::HEAD_MONTH.say(lang), 2));
    columns.push(Column::number(words::HEAD_LIMIT.say(lang), 2));
    columns.push(Column::number(words::EXPIRES.say(lang), 4));
    let mut table = Table::new(columns, words::ACCOUNT_WITHOUT_KEYS);
    for (key, spent) in rows {
        let mut cells = vec![name(key, lang)];
        if has_cost {
            cells.push(spent.map_or_else(String::new, |spent| spent.cost.to_string()));
        }
        if has_requests {
            let requests = spent.and_then(|spent| spent.requests);
            cells.push(requests.map_or_else(String::new, grouped));
        }
        cells.push(key.usage_monthly.to_string());
        cells.push(key.limit_remaining.map_or_else(
            || words::NO_LIMIT.say(lang).to_owned(),
            |left| left.to_string(),
        ));
        let expires = key.expires_at.map(|at| at.strftime("%Y-%m-%d").to_string());
        cells.push(expires.unwrap_or_default());
        let tone = if key.disabled {
            Tone::Quiet
        } else {
            Tone::Plain
        };
        table.push(Target::Key(key.hash.clone()), GridRow { tone, cells });
    }
    table
}

fn name(key: &AccountKey, lang: Lang) -> String {
    let name = if key.name.is_empty() {
        &key.label
    } else {
        &key.name
    };
    if key.disabled {
        words::DISABLED.fill(lang, &[name])
    } else {
        name.clone()
    }
}
