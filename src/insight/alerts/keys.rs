//! The rules about keys.

use jiff::Timestamp;

use super::super::daily::day_of;
use super::money::days_until;
use super::thresholds::Bounds;
use super::{Alert, Figures, Severity};
use crate::domain::account::{KeyFacts, ManagedKey};
use crate::domain::clean_text::CleanText;
use crate::domain::money::Usd;
use crate::text::{Phrase, Said};

/// What the rules want to know of a key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyFigures {
    /// What tells it from other keys, the same at every look.
    pub id: CleanText,
    /// What a person calls it.
    pub name: CleanText,
    /// Its limit, USD; `None` where it has none.
    pub limit: Option<Usd>,
    /// What the limit leaves, USD; may be negative.
    pub limit_remaining: Option<Usd>,
    /// When it was made, where that is known.
    pub created_at: Option<Timestamp>,
    /// When it dies, where that is planned.
    pub expires_at: Option<Timestamp>,
}

impl KeyFigures {
    /// The key in use. Source: `GET /key`, which does not tell its age.
    pub fn of_own(key: &KeyFacts) -> Self {
        Self {
            id: key.label.clone(),
            name: key.label.clone(),
            limit: key.limit,
            limit_remaining: key.limit_remaining,
            created_at: None,
            expires_at: key.expires_at,
        }
    }

    /// The account's keys that are not switched off. Source: `GET /keys`.
    pub fn of_all(keys: &[ManagedKey]) -> Vec<Self> {
        let enabled = keys.iter().filter(|key| !key.disabled);
        enabled
            .map(|key| Self {
                id: key.hash.clone(),
                name: key.name.clone(),
                limit: key.limit,
                limit_remaining: key.limit_remaining,
                created_at: key.created_at,
                expires_at: key.expires_at,
            })
            .collect()
    }

    fn alert(&self, id: &'static str, severity: Severity, message: Said) -> Alert {
        Alert {
            id,
            subject: Some(self.id.as_str().to_owned()),
            severity,
            message,
        }
    }
}

/// A key's limit leaves little, is used to a great share, or is used up.
pub(super) fn limit(figures: &Figures<'_>, bounds: &Bounds<'_>) -> Option<Vec<Alert>> {
    const GONE: Phrase = Phrase::new(
        "The limit of {} on the key “{}” is used up.",
        "额度 {} 已用完（密钥“{}”）。",
    );
    const LOW: Phrase = Phrase::new(
        "{} of the limit of {} on the key “{}” is left.",
        "还剩 {}，额度是 {}（密钥“{}”）。",
    );
    const SHARE: Phrase = Phrase::new(
        "{} of the limit of {} on the key “{}” is used.",
        "已用 {}，额度是 {}（密钥“{}”）。",
    );
    let keys = figures.keys?;
    let set = bounds.set;
    if set.limit_left.is_none() && set.limit_share.is_none() {
        return Some(Vec::new());
    }
    let mut alerts = Vec::new();
    for key in keys {
        let (Some(whole), Some(left)) = (key.limit, key.limit_remaining) else {
            continue;
        };
        let used = whole - left;
        let name = &key.name;
        if bounds.is_gone(left) {
            let said = Said::new(GONE, &[&whole, &name]);
            alerts.push(key.alert("limit-gone", Severity::Critical, said));
        }
        if let Some(bound) = set.limit_left
            && (whole > bound || set.judges_small_limits)
            && bounds.is_low(left, bound)
        {
            let said = Said::new(LOW, &[&left, &whole, &name]);
            alerts.push(key.alert("limit-low", Severity::Warning, said));
        }
        if let Some(percent) = set.limit_share
            && bounds.is_share(used, whole, percent)
        {
            let said = Said::new(SHARE, &[&used, &whole, &name]);
            alerts.push(key.alert("limit-share", Severity::Warning, said));
        }
    }
    Some(alerts)
}

/// A key expires soon, or has.
pub(super) fn expiry(figures: &Figures<'_>, bounds: &Bounds<'_>) -> Option<Vec<Alert>> {
    const EXPIRED: Phrase = Phrase::new(
        "The key “{}” expired on {} (UTC).",
        "密钥“{}”已于 {}（UTC）过期。",
    );
    const EXPIRES: Phrase = Phrase::new(
        "The key “{}” expires on {} (UTC).",
        "密钥“{}”将于 {}（UTC）过期。",
    );
    let keys = figures.keys?;
    let Some(bound) = bounds.set.expiry_days else {
        return Some(Vec::new());
    };
    let mut alerts = Vec::new();
    for key in keys {
        let Some(end) = key.expires_at else { continue };
        let day = day_of(end);
        if end <= figures.now {
            let said = Said::new(EXPIRED, &[&key.name, &day]);
            alerts.push(key.alert("key-expired", Severity::Critical, said));
        }
        if days_until(day_of(figures.now), day) <= i64::from(bound) {
            let said = Said::new(EXPIRES, &[&key.name, &day]);
            alerts.push(key.alert("key-expires", Severity::Warning, said));
        }
    }
    Some(alerts)
}

/// A key has been in use for long.
pub(super) fn age(figures: &Figures<'_>, bounds: &Bounds<'_>) -> Option<Vec<Alert>> {
    const OLD: Phrase = Phrase::new(
        "The key “{}” was made on {}. Replacing it makes old copies of it useless.",
        "密钥“{}”创建于 {}。换掉它，旧的副本就没用了。",
    );
    let keys = figures.keys?;
    let Some(bound) = bounds.set.key_age_days else {
        return Some(Vec::new());
    };
    let alerts = keys.iter().filter_map(|key| {
        let made = day_of(key.created_at?);
        let is_old = days_until(made, day_of(figures.now)) > i64::from(bound);
        is_old.then(|| {
            let said = Said::new(OLD, &[&key.name, &made]);
            key.alert("key-old", Severity::Notice, said)
        })
    });
    Some(alerts.collect())
}
