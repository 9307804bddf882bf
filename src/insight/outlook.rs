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
use crate::domain::figures::{self, AccountKey, DayFigures, Figures, KeyFigures};
use crate::domain::model_card::ModelCard;
use crate::domain::spend::DayRow;

/// Completed UTC days that the server tells of. Source: `GET /activity`.
pub const TOLD_DAYS: i64 = figures::ACTIVITY_DAYS;

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
        let rows = reviewed(figures);
        let spend = account_spend(figures, now);
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

/// The account's days for the review: those of the activity, which tells requests on the person's own
/// provider keys apart, row by row; those of the analytics where they alone know what came from a cache
/// and there are no such requests to tell apart.
fn reviewed(figures: &Figures) -> Option<Vec<DayRow>> {
    let told = figures.days_back_to(Date::MAX)?;
    let knows_cache = told.days.iter().any(|row| row.cached_tokens > 0);
    let analysed = figures.days_with_cache().filter(|analysed| {
        let mut all = analysed.days.iter().chain(told.days);
        !knows_cache && all.all(|row| row.byok_usd.is_zero())
    });
    Some(rows(analysed.map_or(told.days, |analysed| analysed.days)))
}

/// The account's spend by day, as far back as one source tells it, and today.
fn account_spend(figures: &Figures, now: Timestamp) -> Option<DailySpend> {
    let told = figures.days_back_to(Date::MIN)?;
    let spend = DailySpend::of_rows(&rows(told.days), told.first, now);
    Some(match figures.spent_today(now) {
        Some((today, _)) => spend.with_today(today.value),
        None => spend,
    })
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

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::domain::figures::{History, Known};
    use crate::domain::money::Usd;

    const NOW: &str = "2026-11-24T12:00:00Z";

    fn known<T>(value: T) -> Known<T> {
        let as_of = NOW.parse().unwrap();
        Known { as_of, value }
    }

    /// A dollar on every day from this one to yesterday.
    fn a_dollar_a_day(first: Date, cached_tokens: u64) -> Vec<DayFigures> {
        let days = first.series(1.day());
        let days = days.take_while(|day| *day < date(2026, 11, 24));
        days.map(|date| DayFigures {
            date,
            model: "a/b".into(),
            provider: None,
            requests: 1,
            prompt_tokens: 1000,
            completion_tokens: 10,
            reasoning_tokens: 0,
            cached_tokens,
            cost_usd: Usd::from_cents(100),
            byok_usd: Usd::ZERO,
        })
        .collect()
    }

    fn outlook(figures: &Figures) -> Outlook {
        let now = NOW.parse().unwrap();
        Outlook::of(figures, None, None, &Thresholds::default(), now)
    }

    #[test]
    fn last_month_is_known_whole_where_the_days_go_back_far_enough() {
        let mut figures = Figures {
            daily: Some(known(a_dollar_a_day(date(2026, 10, 25), 0))),
            ..Figures::default()
        };
        let month = outlook(&figures).month.unwrap();
        assert_eq!((month.last_whole, month.last_by_now), (None, None));
        figures.history = Some(known(History {
            first: date(2026, 8, 26),
            days: a_dollar_a_day(date(2026, 8, 26), 0),
        }));
        figures.today = Some(known(Vec::new()));
        let month = outlook(&figures).month.unwrap();
        assert_eq!(month.last_whole, Some(Usd::from_cents(3_100)));
        assert_eq!(month.last_by_now, Some(Usd::from_cents(2_350)));
        // 23 days, told by two sources, and added up once.
        assert_eq!(month.so_far, Some(Usd::from_cents(2_300)));
    }

    #[test]
    fn what_came_from_a_cache_is_reviewed_by_whoever_tells_it() {
        let mut figures = Figures {
            daily: Some(known(a_dollar_a_day(date(2026, 10, 25), 0))),
            history: Some(known(History {
                first: date(2026, 8, 26),
                days: a_dollar_a_day(date(2026, 8, 26), 400),
            })),
            ..Figures::default()
        };
        let total = |figures: &Figures| outlook(figures).review.unwrap().total;
        assert_eq!(total(&figures).cached_tokens, 30 * 400);
        assert_eq!(total(&figures).cost, Usd::from_cents(3_000));
        // One request on an own provider key: only the activity tells it from the others.
        let daily = &mut figures.daily.as_mut().unwrap().value;
        daily[3].byok_usd = Usd::from_cents(1);
        assert_eq!(total(&figures).cached_tokens, 0);
    }
}
