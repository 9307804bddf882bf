//! What all figures together mean: when the money ends, how the month goes, what costs most, and what
//! deserves a word.

use jiff::civil::Date;
use jiff::tz::Offset;
use jiff::{Timestamp, ToSpan};

use super::alerts::{self, Judgement, Thresholds};
use super::daily::DailySpend;
use super::forecast::{Forecast, Purse, forecast};
use super::month::{Month, month};
use super::reset::Reset;
use super::review::{Records, Review, review};
use super::span::Span;
use crate::domain::clean_text::CleanText;
use crate::domain::figures::{AccountKey, DayFigures, Figures, KeyFigures};
use crate::domain::model_card::ModelCard;
use crate::domain::money::Usd;
use crate::domain::spend::DayRow;

/// Completed UTC days that the server tells of. Source: `GET /activity`.
pub const TOLD_DAYS: i64 = 30;

/// What the figures mean.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outlook {
    /// When the account's credits run out; `None` where balance or days are not known.
    pub credits: Option<Forecast>,
    /// When the limit of the key in use runs out; `None` where it has none or its days are not known.
    pub limit: Option<Forecast>,
    /// The account's month; `None` where its days are not known.
    pub month: Option<Month>,
    /// What the account's spend went to, by model; `None` where its days are not known.
    pub review: Option<Review>,
    /// What holds now, by the bounds that were set.
    pub judgement: Judgement,
}

impl Outlook {
    /// Judges the figures at a time, against the live list of models where that is at hand. `own_hash` is
    /// the hash of the key in use: its own days tell when its limit runs out.
    pub fn of(
        figures: &Figures,
        own_hash: Option<&str>,
        models: Option<&[ModelCard]>,
        thresholds: &Thresholds,
        now: Timestamp,
    ) -> Self {
        let rows = figures.daily.as_ref().map(|daily| rows(&daily.value));
        let spend = rows.as_ref().map(|rows| account_spend(rows, figures, now));
        let balance = figures.account.as_ref().map(|known| known.value.balance);
        let credits = balance.map(|left| Purse::Credits { left });
        let review = rows.as_ref().map(|rows| {
            review(&Records {
                rows,
                span: told_span(now),
                models: models.unwrap_or_default(),
                longest_request: None,
            })
        });
        let in_use = models.map(|list| in_use(list, rows.as_deref().unwrap_or_default()));
        let keys = keys(figures, own_hash);
        let seen = alerts::Figures {
            now,
            balance,
            keys: keys.as_deref(),
            spend: spend.as_ref(),
            models: in_use.as_deref(),
        };
        Self {
            credits: credits
                .zip(spend.as_ref())
                .map(|(purse, spend)| forecast(purse, spend)),
            limit: own_limit(figures, own_hash, now),
            month: spend.as_ref().map(|spend| month(spend, None)),
            review,
            judgement: alerts::judge(&seen, thresholds),
        }
    }
}

/// The completed days that the server tells of.
fn told_span(now: Timestamp) -> Span {
    let today = Offset::UTC.to_datetime(now).date();
    let first = today.saturating_sub(TOLD_DAYS.days());
    Span::new(first, today.saturating_sub(1.day()))
}

fn rows(days: &[DayFigures]) -> Vec<DayRow> {
    let rows = days.iter().map(|row| DayRow {
        day: row.date,
        model: CleanText::line(&row.model),
        provider: row.provider.as_deref().map(CleanText::line),
        used: row.used(),
    });
    rows.collect()
}

/// The account's spend by day. Today's is the sum over its keys; where they are not told, that of the key
/// in use, which is less than all and more than nothing.
fn account_spend(rows: &[DayRow], figures: &Figures, now: Timestamp) -> DailySpend {
    let spend = DailySpend::of_rows(rows, told_span(now).first(), now);
    let of_keys = figures.keys.as_ref().map(|keys| {
        let today = keys.value.iter().map(|key| key.usage_daily);
        today.fold(Usd::ZERO, |sum, one| sum + one)
    });
    let own = figures.key.as_ref().map(|key| key.value.usage_daily);
    match of_keys.or(own) {
        Some(today) => spend.with_today(today),
        None => spend,
    }
}

/// When the limit of the key in use runs out, by its own days.
fn own_limit(figures: &Figures, own_hash: Option<&str>, now: Timestamp) -> Option<Forecast> {
    let key = &figures.key.as_ref()?.value;
    let purse = Purse::Limit {
        left: key.limit_remaining?,
        whole: key.limit?,
        reset: Reset::of(key.limit_reset.as_deref()),
    };
    let own_hash = own_hash?;
    let by_key = figures.key_days.as_ref()?.value.iter();
    let own = by_key.clone().find(|days| days.hash == own_hash)?;
    let spend = DailySpend::of_rows(&rows(&own.days), first_day(figures, own_hash, now), now);
    Some(forecast(purse, &spend.with_today(key.usage_daily)))
}

/// From which day on a key's days are known whole: a key younger than the server's memory has none before
/// it was made.
fn first_day(figures: &Figures, hash: &str, now: Timestamp) -> Date {
    let told = told_span(now).first();
    let keys = figures.keys.as_ref().map(|keys| keys.value.as_slice());
    let made = keys
        .and_then(|keys| keys.iter().find(|key| key.hash == hash))
        .and_then(|key| key.created_at)
        .map(|at| Offset::UTC.to_datetime(at).date());
    made.map_or(told, |made| made.max(told))
}

/// The models of the list that the account's days name.
fn in_use(list: &[ModelCard], rows: &[DayRow]) -> Vec<ModelCard> {
    let used = list
        .iter()
        .filter(|card| rows.iter().any(|row| row.model == card.id));
    used.cloned().collect()
}

/// The account's keys where they are told, else the key in use.
fn keys(figures: &Figures, own_hash: Option<&str>) -> Option<Vec<alerts::KeyFigures>> {
    if let Some(keys) = &figures.keys {
        let enabled = keys.value.iter().filter(|key| !key.disabled);
        return Some(enabled.map(of_account_key).collect());
    }
    let key = figures.key.as_ref()?;
    Some(vec![of_own_key(&key.value, own_hash)])
}

fn of_account_key(key: &AccountKey) -> alerts::KeyFigures {
    alerts::KeyFigures {
        id: CleanText::line(&key.hash),
        name: CleanText::line(&key.name),
        limit: key.limit,
        limit_remaining: key.limit_remaining,
        created_at: key.created_at,
        expires_at: key.expires_at,
    }
}

/// By the same id as in the account's list: what was told once is not told again when the list comes.
fn of_own_key(key: &KeyFigures, own_hash: Option<&str>) -> alerts::KeyFigures {
    let name = CleanText::line(&key.label);
    alerts::KeyFigures {
        id: own_hash.map_or_else(|| name.clone(), CleanText::line),
        name,
        limit: key.limit,
        limit_remaining: key.limit_remaining,
        created_at: None,
        expires_at: key.expires_at,
    }
}
