//! What only the analytics tell: today of the whole account, and the days further back than the activity
//! goes. Where they are refused or absent, nothing is said of it: the other sources stand.

use jiff::civil::Date;
use jiff::tz::Offset;
use jiff::{Timestamp, ToSpan};

use super::holding::{DAYS_HOLD, days_hold};
use crate::domain::analytics::{Analysed, Offer};
use crate::domain::figures::{DayFigures, History, Known};
use crate::domain::symptom::{Symptom, Whose};
use crate::openrouter::OpenRouter;

/// Completed days that are asked for. Where that is too much for the server, the shorter range.
const RANGES: [i64; 2] = [90, 30];
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
    let told = match manager.analytics_offer().await {
        Ok(offer) if is_enough(&offer) => ask_for(manager, &offer, kept, now).await,
        // Something else answers there, or it tells other sums.
        Ok(_) | Err(Symptom::Misshapen { .. }) => return Ok(Told::default()),
        Err(symptom) => Err(symptom),
    };
    match told {
        Err(symptom) if is_absent(&symptom) => Ok(Told::default()),
        told => told,
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
    let history = match young {
        Some(young) => young.clone(),
        None => further_back(manager, offer, now).await?,
    };
    // Of a single day the providers are told, too.
    let range = (start_of(today), now);
    let analysed = manager.analytics_by_day(offer, range, true).await?;
    if analysed.is_truncated {
        return Err(partial());
    }
    Ok(Told {
        today: Some(days(&analysed, |day| day == today)),
        history: Some(history),
    })
}

/// The longest range that the server tells whole. A part of the sums is no figure.
async fn further_back(
    manager: &OpenRouter,
    offer: &Offer,
    now: Timestamp,
) -> Result<Known<History>, Symptom> {
    let today = day_of(now);
    let mut last = None;
    for range in RANGES {
        let first = today.saturating_sub(range.days());
        let told = (start_of(first), start_of(today));
        match manager.analytics_by_day(offer, told, false).await {
            Ok(analysed) if !analysed.is_truncated => {
                let days = days(&analysed, |day| first <= day && day < today);
                return Ok(Known {
                    as_of: now,
                    value: History { first, days },
                });
            }
            Ok(_) => last = Some(partial()),
            Err(symptom) if is_too_much(&symptom) => last = Some(symptom),
            Err(symptom) => return Err(symptom),
        }
    }
    Err(last.unwrap_or_else(partial))
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
