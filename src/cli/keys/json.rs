//! What scripts read of a key: a contract.

use jiff::Timestamp;
use serde::Serialize;

use crate::domain::account::ManagedKey;
use crate::domain::clean_text::CleanText;
use crate::domain::money::Usd;
use crate::insight::key_advice::{KeyAdvice, age_days};
use crate::insight::reset::Reset;
use crate::text::Lang;

/// A key; amounts are USD, days and weeks are UTC.
#[derive(Serialize)]
pub(super) struct KeyJson<'a> {
    hash: &'a CleanText,
    name: &'a CleanText,
    label: &'a CleanText,
    /// The key in use here is this one.
    in_use_here: bool,
    disabled: bool,
    limit: Option<Usd>,
    limit_remaining: Option<Usd>,
    limit_reset: Option<&'a CleanText>,
    resets_at: Option<Timestamp>,
    include_byok_in_limit: bool,
    usage: Usd,
    usage_daily: Usd,
    usage_weekly: Usd,
    usage_monthly: Usd,
    byok_usage: Usd,
    created_at: Option<Timestamp>,
    updated_at: Option<Timestamp>,
    expires_at: Option<Timestamp>,
    age_days: Option<i64>,
    advice: Vec<AdviceJson>,
}

/// What deserves a word.
#[derive(Serialize)]
struct AdviceJson {
    id: &'static str,
    message: String,
}

impl<'a> KeyJson<'a> {
    pub(super) fn of(
        key: &'a ManagedKey,
        in_use_here: bool,
        advice: &[KeyAdvice],
        now: Timestamp,
        lang: Lang,
    ) -> Self {
        let advice = advice.iter().map(|advice| AdviceJson {
            id: advice.id(),
            message: advice.said().say(lang),
        });
        Self {
            hash: &key.hash,
            name: &key.name,
            label: &key.label,
            in_use_here,
            disabled: key.disabled,
            limit: key.limit,
            limit_remaining: key.limit_remaining,
            limit_reset: key.limit_reset.as_ref(),
            resets_at: Reset::of(key.limit_reset.as_deref()).after(now),
            include_byok_in_limit: key.include_byok_in_limit,
            usage: key.usage.total,
            usage_daily: key.usage.daily,
            usage_weekly: key.usage.weekly,
            usage_monthly: key.usage.monthly,
            byok_usage: key.byok_usage.total,
            created_at: key.created_at,
            updated_at: key.updated_at,
            expires_at: key.expires_at,
            age_days: age_days(key, now),
            advice: advice.collect(),
        }
    }
}
