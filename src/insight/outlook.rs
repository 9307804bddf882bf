//! What all figures together mean: when the money ends, how the month goes, what costs most, and what
//! deserves a word.

mod keys;
mod learned;
mod spend;

use jiff::civil::Date;
use jiff::tz::Offset;
use jiff::{Timestamp, ToSpan};

pub use self::learned::{Learned, if_old};
use super::alerts::{self, Judgement, Thresholds};
use super::daily::day_of;
use super::forecast::{Forecast, Purse, forecast};
use super::month::{Month, month};
use super::own_month::OwnMonth;
use super::review::{KeyUse, Records, Review, review};
use super::span::Span;
use crate::domain::clean_text::CleanText;
use crate::domain::figures::{self, DayFigures, Figures, Source, Told};
use crate::domain::model_card::{ModelCard, base_id};
use crate::domain::spend::DayRow;

/// Completed UTC days that the server tells of. Source: `GET /activity`.
pub const TOLD_DAYS: i64 = figures::ACTIVITY_DAYS;

/// What is judged.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'a> {
    /// The server's figures.
    pub figures: &'a Figures,
    /// The hash of the key in use: its own days tell when its limit runs out.
    pub own_hash: Option<&'a str>,
    /// What this program asked, by its own ledger.
    pub local: Option<&'a [DayFigures]>,
    /// The model of this project.
    pub model: Option<&'a str>,
    /// The live list of models, where that is at hand.
    pub models: Option<&'a [ModelCard]>,
    /// The bounds that were set.
    pub thresholds: &'a Thresholds,
    /// The time. What was learned before it is as old as it is.
    pub now: Timestamp,
}

impl<'a> Seen<'a> {
    /// The server's figures alone.
    pub fn of(figures: &'a Figures, thresholds: &'a Thresholds, now: Timestamp) -> Self {
        Self {
            figures,
            own_hash: None,
            local: None,
            model: None,
            models: None,
            thresholds,
            now,
        }
    }
}

/// What the figures mean.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outlook {
    /// When the account's credits run out, reckoned from the moment the balance was learned; `None` where
    /// balance or days are not known, or that day is past.
    pub credits: Option<Forecast>,
    /// When the limit of the key in use runs out, as for `credits`; `None` also where it has none, or began
    /// anew since it was learned.
    pub limit: Option<Forecast>,
    /// The account's month; `None` where its days are not known up to today.
    pub month: Option<Month>,
    /// What the spend went to, by model.
    pub review: Option<Review>,
    /// Who told what was reviewed: the account's days, else this program's own ledger.
    pub reviewed: Option<Source>,
    /// What holds now, by the bounds that were set.
    pub judgement: Judgement,
    /// When that was learned which is judged here.
    pub learned: Learned,
}

impl Outlook {
    /// Judges the figures at a time.
    pub fn of(seen: &Seen<'_>) -> Self {
        let (figures, now) = (seen.figures, seen.now);
        let reviewed = reviewed(seen);
        let spend = spend::of_account(figures, now);
        let watched = spend.clone().or_else(|| spend::of_key(figures));
        let balance = figures.account.as_ref().map(|known| known.value.balance);
        let in_use = seen.models.map(|list| in_use(list, seen));
        let keys = keys::watched(figures, seen.own_hash, now);
        let facts = alerts::Figures {
            now,
            balance,
            keys: keys.as_deref(),
            spend: watched.as_ref(),
            models: in_use.as_deref(),
        };
        let is_ahead = |forecast: &Forecast| match forecast {
            Forecast::RunsOut { likely, .. } => *likely >= day_of(now),
            _ => true,
        };
        Self {
            credits: credits(figures).filter(is_ahead),
            limit: spend::limit(seen).filter(is_ahead),
            month: spend
                .filter(|spend| spend.known_to() == spend.today())
                .map(|spend| month(&spend, None)),
            reviewed: reviewed.as_ref().map(|(source, _)| *source),
            review: reviewed.map(|(_, review)| review),
            judgement: alerts::judge(&facts, seen.thresholds),
            learned: Learned::of(figures, now),
        }
    }
}

/// When the balance is used up, from the moment it was learned.
fn credits(figures: &Figures) -> Option<Forecast> {
    let account = figures.account.as_ref()?;
    let left = account.value.balance;
    let spend = spend::of_account(figures, account.as_of)?;
    Some(forecast(Purse::Credits { left }, &spend))
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

/// The review, by the account's days, else by this program's own requests.
fn reviewed(seen: &Seen<'_>) -> Option<(Source, Review)> {
    let records = |rows, span| {
        review(&Records {
            rows,
            span,
            models: seen.models.unwrap_or_default(),
            longest_request: None,
        })
    };
    if let Some(told) = reviewed_days(seen.figures) {
        let span = told_span(&told);
        let mut review = records(&rows(told.days), span);
        review.hold_keys(&key_uses(seen.figures, span));
        return Some((told.source, review));
    }
    let local = seen.local.filter(|rows| !rows.is_empty())?;
    let review = records(&rows(local), ledger_span(local, seen.now));
    Some((Source::Ledger, review))
}

/// The completed days that were told, at most as many as the activity tells.
fn told_span(told: &Told<'_>) -> Span {
    let learned_on = day_of(told.as_of);
    let first = told.first.max(learned_on.saturating_sub(TOLD_DAYS.days()));
    Span::new(first, learned_on.saturating_sub(1.day()))
}

/// The last days of the ledger, today included, from its first request on.
fn ledger_span(rows: &[DayFigures], now: Timestamp) -> Span {
    let today = day_of(now);
    let first = rows.iter().map(|row| row.date).min().unwrap_or(today);
    OwnMonth::of_ledger_since(first, today)
}

/// The account's days for the review: those of the activity, which tells requests on the person's own
/// provider keys apart, row by row; those of the analytics where they alone know what came from a cache
/// and there are no such requests to tell apart.
fn reviewed_days(figures: &Figures) -> Option<Told<'_>> {
    let told = figures.days_back_to(Date::MAX)?;
    let knows_cache = told.days.iter().any(|row| row.cached_tokens > 0);
    let analysed = figures.days_with_cache().filter(|analysed| {
        let mut all = analysed.days.iter().chain(told.days);
        !knows_cache && all.all(|row| row.byok_usd.is_zero())
    });
    Some(analysed.unwrap_or(told))
}

/// What each key used on these days, where that is told.
fn key_uses(figures: &Figures, span: Span) -> Vec<KeyUse> {
    let keys = figures.key_days.iter().flat_map(|known| &known.value);
    let uses = keys.map(|key| KeyUse {
        hash: key.hash.clone(),
        name: CleanText::line(figures.name_of_key(&key.hash).unwrap_or(&key.hash)),
        used: key
            .days
            .iter()
            .filter(|row| span.holds(row.date) && row.byok_usd.is_zero())
            .map(DayFigures::used)
            .sum(),
    });
    uses.collect()
}

/// The models of the list that are in use: by the account's days, by this program, and by this project.
fn in_use(list: &[ModelCard], seen: &Seen<'_>) -> Vec<ModelCard> {
    let account = seen.figures.days_back_to(Date::MAX);
    let account = account.iter().flat_map(|told| told.days);
    let since = Offset::UTC.to_datetime(seen.now).date();
    let since = since.saturating_sub(TOLD_DAYS.days());
    let local = seen.local.unwrap_or_default().iter();
    let local = local.filter(|row| row.date >= since);
    let named: std::collections::HashSet<&str> = account
        .chain(local)
        .map(|row| row.model.as_str())
        .chain(seen.model.map(base_id))
        .collect();
    let used = list.iter().filter(|card| named.contains(card.id.as_str()));
    used.cloned().collect()
}

#[cfg(test)]
mod tests;
