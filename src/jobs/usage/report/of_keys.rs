//! Keys as JSON: what was told of a day, a week, a month or a limit that began anew since is null.

use jiff::Timestamp;
use serde::Serialize;

use crate::domain::figures::{AccountKey, KeyFigures, Known};
use crate::domain::money::Usd;
use crate::insight::reset;

/// What a key spent lately, USD; null where that time is over.
#[derive(Serialize)]
struct LatelyJson {
    #[serde(rename = "usage_daily")]
    daily: Option<Usd>,
    #[serde(rename = "usage_weekly")]
    weekly: Option<Usd>,
    #[serde(rename = "usage_monthly")]
    monthly: Option<Usd>,
}

impl LatelyJson {
    /// Of what was told for the day, the week and the month of `known`.
    fn of<T>(known: &Known<T>, [day, week, month]: [Usd; 3], now: Timestamp) -> Self {
        Self {
            daily: known.is_of_today(now).then_some(day),
            weekly: known.is_of_this_week(now).then_some(week),
            monthly: known.is_of_this_month(now).then_some(month),
        }
    }
}

/// What a limit leaves; `None` also where it began anew since it was told.
fn left(left: Option<Usd>, reset: Option<&str>, as_of: Timestamp, now: Timestamp) -> Option<Usd> {
    left.filter(|_| !reset::is_past(reset, as_of, now))
}

/// The key in use.
#[derive(Serialize)]
pub(super) struct KeyJson<'a> {
    label: &'a str,
    limit: Option<Usd>,
    limit_remaining: Option<Usd>,
    limit_reset: Option<&'a str>,
    usage: Usd,
    #[serde(flatten)]
    lately: LatelyJson,
    byok_usage: Usd,
    is_free_tier: bool,
    expires_at: Option<Timestamp>,
    /// Of the running UTC day.
    free_requests_used: Option<u64>,
    free_requests_limit: Option<u64>,
}

impl<'a> KeyJson<'a> {
    pub(super) fn of(known: &'a Known<KeyFigures>, now: Timestamp) -> Self {
        let key = &known.value;
        let reset = key.limit_reset.as_deref();
        let spent = [key.usage_daily, key.usage_weekly, key.usage_monthly];
        Self {
            label: &key.label,
            limit: key.limit,
            limit_remaining: left(key.limit_remaining, reset, known.as_of, now),
            limit_reset: reset,
            usage: key.usage,
            lately: LatelyJson::of(known, spent, now),
            byok_usage: key.byok_usage,
            is_free_tier: key.is_free_tier,
            expires_at: key.expires_at,
            free_requests_used: key.free_requests_used.filter(|_| known.is_of_today(now)),
            free_requests_limit: key.free_requests_limit,
        }
    }
}

/// A key of the account.
#[derive(Serialize)]
pub(super) struct AccountKeyJson<'a> {
    hash: &'a str,
    name: &'a str,
    label: &'a str,
    disabled: bool,
    limit: Option<Usd>,
    limit_remaining: Option<Usd>,
    limit_reset: Option<&'a str>,
    usage: Usd,
    #[serde(flatten)]
    lately: LatelyJson,
    byok_usage: Usd,
    created_at: Option<Timestamp>,
    expires_at: Option<Timestamp>,
}

impl<'a> AccountKeyJson<'a> {
    pub(super) fn all(known: &'a Known<Vec<AccountKey>>, now: Timestamp) -> Vec<Self> {
        let keys = known.value.iter();
        keys.map(|key| Self::of(key, known, now)).collect()
    }

    fn of(key: &'a AccountKey, known: &Known<Vec<AccountKey>>, now: Timestamp) -> Self {
        let reset = key.limit_reset.as_deref();
        let spent = [key.usage_daily, key.usage_weekly, key.usage_monthly];
        Self {
            hash: &key.hash,
            name: &key.name,
            label: &key.label,
            disabled: key.disabled,
            limit: key.limit,
            limit_remaining: left(key.limit_remaining, reset, known.as_of, now),
            limit_reset: reset,
            usage: key.usage,
            lately: LatelyJson::of(known, spent, now),
            byok_usage: key.byok_usage,
            created_at: key.created_at,
            expires_at: key.expires_at,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::account::KeyFacts;

    #[test]
    fn what_began_anew_since_it_was_told_is_null_and_the_rest_stays() {
        let key = KeyFigures {
            limit: Some(Usd::from_cents(500)),
            limit_remaining: Some(Usd::from_cents(50)),
            limit_reset: Some("daily".to_owned()),
            usage_daily: Usd::from_cents(900),
            usage_weekly: Usd::from_cents(1_900),
            usage_monthly: Usd::from_cents(2_900),
            usage: Usd::from_cents(9_900),
            ..KeyFigures::from(&KeyFacts::default())
        };
        let known = Known {
            as_of: "2026-11-30T22:22:00Z".parse().unwrap(),
            value: key,
        };
        let told = |now: &str| {
            let json = KeyJson::of(&known, now.parse().unwrap());
            let json = serde_json::to_value(&json).unwrap();
            [
                "limit_remaining",
                "usage_daily",
                "usage_weekly",
                "usage_monthly",
                "usage",
            ]
            .map(|name| json[name].as_f64())
        };
        let [left, day, week, month, ever] = [0.5, 9.0, 19.0, 29.0, 99.0].map(Some);
        assert_eq!(told("2026-11-30T23:59:00Z"), [left, day, week, month, ever]);
        assert_eq!(told("2026-12-01T00:00:00Z"), [None, None, week, None, ever]);
        assert_eq!(told("2026-12-07T00:00:00Z"), [None, None, None, None, ever]);
    }
}
