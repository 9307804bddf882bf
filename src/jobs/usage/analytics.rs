//! What only the analytics tell: today of the whole account and of each key, and the days further back than
//! the activity goes. Where they are refused or absent, nothing is said of it: the other sources stand.

use futures_util::{StreamExt, TryStreamExt, stream};
use jiff::civil::Date;
use jiff::tz::Offset;
use jiff::{Timestamp, ToSpan};

use super::holding::{DAYS_HOLD, days_hold};
use super::keys::AT_ONCE;
use crate::domain::analytics::{Analysed, AnalyticsQuestion, Offer, PROVIDER_DAYS};
use crate::domain::figures::{DayFigures, History, KeyDays, Known};
use crate::domain::symptom::{Symptom, Whose};
use crate::openrouter::OpenRouter;

/// Completed days that are asked for.
const FURTHEST: i64 = 90;
/// Completed days of which the providers are told: with today they are as many as may be asked for.
const BY_PROVIDER: i64 = PROVIDER_DAYS - 1;
/// Without these sums a day is not told.
const NEEDED: [&str; 4] = [
    "request_count",
    "tokens_prompt",
    "tokens_completion",
    "credits_usage",
];

/// What the analytics told.
#[derive(Default)]
pub(super) struct Told {
    /// `None`: they are not offered.
    pub(super) today: Option<Vec<DayFigures>>,
    /// Those kept from before where they are young.
    pub(super) history: Option<Known<History>>,
}

/// Asks for today, and for the days before unless those that are kept are young. Sources:
/// `GET /analytics/meta`, `POST /analytics/query`.
pub(super) async fn ask(
    manager: &OpenRouter,
    kept: Option<&Known<History>>,
    now: Timestamp,
) -> Result<Told, Symptom> {
    let told = match offer(manager).await {
        Ok(Some(offer)) => ask_for(manager, &offer, kept, now).await,
        Ok(None) => Ok(Told::default()),
        Err(symptom) => Err(symptom),
    };
    or_nothing(told)
}

/// Adds to each key its days further back and its running day, as far as the analytics can be narrowed to a
/// key. A question each: one key's rows name models, not keys.
pub(super) async fn add_to_keys(
    manager: &OpenRouter,
    keys: &mut [KeyDays],
    now: Timestamp,
) -> Result<(), Symptom> {
    let told = match offer(manager).await {
        Ok(Some(offer)) if offer.narrows_to_keys() => of_keys(manager, &offer, keys, now).await,
        Ok(_) => Ok(Vec::new()),
        Err(symptom) => Err(symptom),
    };
    for (key, told) in keys.iter_mut().zip(or_nothing(told)?) {
        (key.history, key.today) = told;
    }
    Ok(())
}

/// The completed days of a key, and its running one; neither where there were more rows than are told.
type OfKey = (Option<History>, Option<Vec<DayFigures>>);

async fn of_keys(
    manager: &OpenRouter,
    offer: &Offer,
    keys: &[KeyDays],
    now: Timestamp,
) -> Result<Vec<OfKey>, Symptom> {
    let hashes: Vec<String> = keys.iter().map(|key| key.hash.clone()).collect();
    let asked =
        stream::iter(hashes).map(|hash| async move { of_key(manager, offer, &hash, now).await });
    asked.buffered(AT_ONCE).try_collect().await
}

/// The longest range that the server tells whole.
async fn of_key(
    manager: &OpenRouter,
    offer: &Offer,
    hash: &str,
    now: Timestamp,
) -> Result<OfKey, Symptom> {
    let today = day_of(now);
    for back in [FURTHEST, BY_PROVIDER] {
        let first = today.saturating_sub(back.days());
        let asked = AnalyticsQuestion {
            of_key: Some(hash),
            ..asked((start_of(first), now), false)
        };
        match manager.analytics_by_day(offer, asked).await {
            Ok(analysed) if !analysed.is_truncated => {
                let history = History {
                    first,
                    days: days(&analysed, |day| first <= day && day < today),
                };
                let running = days(&analysed, |day| day == today);
                return Ok((Some(history), Some(running)));
            }
            Err(symptom) if !is_too_much(&symptom) => return Err(symptom),
            _ => {}
        }
    }
    Ok((None, None))
}

/// What can be asked for; `None` where something else answers there, or it tells other sums.
async fn offer(manager: &OpenRouter) -> Result<Option<Offer>, Symptom> {
    match manager.analytics_offer().await {
        Ok(offer) => Ok(is_enough(&offer).then_some(offer)),
        Err(Symptom::Misshapen { .. }) => Ok(None),
        Err(symptom) => Err(symptom),
    }
}

/// Nothing, where the server has no analytics.
fn or_nothing<T: Default>(told: Result<T, Symptom>) -> Result<T, Symptom> {
    match told {
        Err(symptom) if is_absent(&symptom) => Ok(T::default()),
        told => told,
    }
}

fn asked((from, to): (Timestamp, Timestamp), by_provider: bool) -> AnalyticsQuestion<'static> {
    AnalyticsQuestion {
        from,
        to,
        by_provider,
        of_key: None,
    }
}

async fn ask_for(
    manager: &OpenRouter,
    offer: &Offer,
    kept: Option<&Known<History>>,
    now: Timestamp,
) -> Result<Told, Symptom> {
    let today = day_of(now);
    let young = kept.filter(|kept| days_hold(kept.as_of, DAYS_HOLD, now));
    if let Some(young) = young {
        let range = (start_of(today), now);
        let running = whole(manager, offer, asked(range, true)).await?;
        return Ok(Told {
            today: Some(days(&running, |day| day == today)),
            history: Some(young.clone()),
        });
    }
    let (first, far) = further_back(manager, offer, today).await?;
    let near = lately(manager, offer, now).await?;
    let mut history = days(&far, |day| first <= day && day < today);
    history.extend(days(&near, |day| first <= day && day < today));
    Ok(Told {
        today: Some(days(&near, |day| day == today)),
        history: Some(Known {
            as_of: now,
            value: History {
                first,
                days: history,
            },
        }),
    })
}

/// The days before those of which the providers are told, and the first day that is known then: where they
/// are too much for the server, they are not.
async fn further_back(
    manager: &OpenRouter,
    offer: &Offer,
    today: Date,
) -> Result<(Date, Analysed), Symptom> {
    let near = today.saturating_sub(BY_PROVIDER.days());
    let first = today.saturating_sub(FURTHEST.days());
    let range = (start_of(first), start_of(near));
    match manager.analytics_by_day(offer, asked(range, false)).await {
        Ok(analysed) if !analysed.is_truncated => Ok((first, analysed)),
        Ok(_) => Ok((near, Analysed::default())),
        Err(symptom) if is_too_much(&symptom) => Ok((near, Analysed::default())),
        Err(symptom) => Err(symptom),
    }
}

/// The last days and the running one by provider; by model alone where that is too much for the server.
async fn lately(manager: &OpenRouter, offer: &Offer, now: Timestamp) -> Result<Analysed, Symptom> {
    let first = day_of(now).saturating_sub(BY_PROVIDER.days());
    let range = (start_of(first), now);
    match manager.analytics_by_day(offer, asked(range, true)).await {
        Ok(analysed) if !analysed.is_truncated => Ok(analysed),
        Err(symptom) if !is_too_much(&symptom) => Err(symptom),
        _ => whole(manager, offer, asked(range, false)).await,
    }
}

/// All rows. A part of the sums is no figure.
async fn whole(
    manager: &OpenRouter,
    offer: &Offer,
    asked: AnalyticsQuestion<'_>,
) -> Result<Analysed, Symptom> {
    let analysed = manager.analytics_by_day(offer, asked).await?;
    if analysed.is_truncated {
        return Err(partial());
    }
    Ok(analysed)
}

/// The answer holds not all rows.
fn partial() -> Symptom {
    Symptom::Misshapen {
        status: 200,
        detail: "truncated: true".into(),
        whose: Whose::default(),
    }
}

fn is_enough(offer: &Offer) -> bool {
    offer.splits_by_model_and_day() && NEEDED.iter().all(|name| offer.has_metric(name))
}

/// "Narrow the range." Source: the documentation of `POST /analytics/query`.
fn is_too_much(symptom: &Symptom) -> bool {
    matches!(symptom, Symptom::Refused(refusal) if refusal.status == 408)
}

/// The server has no analytics, or not for this key: no trouble that would pass, and none to tell.
fn is_absent(symptom: &Symptom) -> bool {
    match symptom {
        Symptom::Refused(refusal) => is_final(refusal.status),
        Symptom::NotJson { status, .. } => is_final(*status),
        // A page of the web site stands where the endpoint would be.
        Symptom::Redirected { .. } => true,
        _ => false,
    }
}

fn is_final(status: u16) -> bool {
    status < 408 || matches!(status, 410 | 501)
}

fn days(analysed: &Analysed, is_wanted: impl Fn(Date) -> bool) -> Vec<DayFigures> {
    let rows = analysed.rows.iter().filter(|row| is_wanted(row.day));
    rows.map(DayFigures::from).collect()
}

fn day_of(moment: Timestamp) -> Date {
    Offset::UTC.to_datetime(moment).date()
}

fn start_of(day: Date) -> Timestamp {
    let start = Offset::UTC.to_timestamp(day.at(0, 0, 0, 0));
    start.unwrap_or(Timestamp::MIN)
}
