//! What deserves a word about a key of the account, from its own figures.

use jiff::Timestamp;

use super::alerts::Thresholds;
use super::daily::day_of;
use crate::domain::account::ManagedKey;
use crate::text::{Phrase, Said};

/// A key that nothing was ever spent by is worth a word from this age on, days: a new one had no time yet.
const UNUSED_DAYS: i64 = 7;

/// What deserves a word, the gravest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyAdvice {
    /// It is the key in use here, and it is switched off.
    DisabledInUse,
    /// It has expired.
    Expired,
    /// It expires in so many days: 0 is today.
    Expires(i64),
    /// Its limit leaves nothing.
    LimitUsedUp,
    /// Whoever holds it can spend the whole balance.
    NoLimit,
    /// It was made so many days ago.
    Old(i64),
    /// Nothing was ever spent by it, and it was made so many days ago.
    NeverUsed(i64),
}

impl KeyAdvice {
    /// Its stable name in JSON.
    pub fn id(self) -> &'static str {
        match self {
            Self::DisabledInUse => "disabled-in-use",
            Self::Expired => "expired",
            Self::Expires(_) => "expires",
            Self::LimitUsedUp => "limit-used-up",
            Self::NoLimit => "no-limit",
            Self::Old(_) => "old",
            Self::NeverUsed(_) => "never-used",
        }
    }

    /// The sentence.
    pub fn said(self) -> Said {
        const DISABLED_IN_USE: Phrase = Phrase::new(
            "It is used here and switched off: every request is refused.",
            "此处正在使用它，但它已停用：所有请求都会被拒绝。",
        );
        const EXPIRED: Phrase = Phrase::new(
            "It has expired and works no more; it can be deleted.",
            "它已过期，不能再用，可以删除。",
        );
        const TODAY: Phrase = Phrase::new(
            "It expires today (UTC), and that cannot be moved: replace it.",
            "它今天（UTC）到期且不能延长：请更换。",
        );
        const EXPIRES: Phrase = Phrase::new(
            "It expires in {} days, and that cannot be moved: replace it.",
            "它将在 {} 天后到期且不能延长：请更换。",
        );
        const USED_UP: Phrase = Phrase::new("Its limit is used up.", "它的限额已用完。");
        const NO_LIMIT: Phrase = Phrase::new(
            "It has no limit: whoever holds it can spend the whole balance.",
            "它没有限额：任何拿到它的人都能花光全部余额。",
        );
        const OLD: Phrase = Phrase::new(
            "It is {} days old; replacing it makes old copies of it useless.",
            "它已用了 {} 天；换掉它，旧的副本就没用了。",
        );
        const NEVER_USED: Phrase = Phrase::new(
            "Nothing was spent by it in {} days; if nothing needs it, delete it.",
            "{} 天来没有任何花费；如果用不到，请删除。",
        );
        match self {
            Self::DisabledInUse => DISABLED_IN_USE.into(),
            Self::Expired => EXPIRED.into(),
            Self::Expires(0) => TODAY.into(),
            Self::Expires(days) => Said::new(EXPIRES, &[&days]),
            Self::LimitUsedUp => USED_UP.into(),
            Self::NoLimit => NO_LIMIT.into(),
            Self::Old(days) => Said::new(OLD, &[&days]),
            Self::NeverUsed(days) => Said::new(NEVER_USED, &[&days]),
        }
    }
}

/// What deserves a word about a key; `is_in_use`: it is the one in use here. The bounds on days are those
/// of the alerts.
pub fn of(
    key: &ManagedKey,
    is_in_use: bool,
    bounds: &Thresholds,
    now: Timestamp,
) -> Vec<KeyAdvice> {
    if key.expires_at.is_some_and(|end| end <= now) {
        return vec![KeyAdvice::Expired];
    }
    if key.disabled {
        // Nobody can spend by it, so nothing else about it is urgent.
        return is_in_use
            .then_some(KeyAdvice::DisabledInUse)
            .into_iter()
            .collect();
    }
    let left = key.expires_at.map(|end| days_between(now, end));
    let expires = left.filter(|days| {
        let bound = bounds.expiry_days;
        bound.is_some_and(|bound| *days <= i64::from(bound))
    });
    let is_used_up = key
        .limit_remaining
        .is_some_and(|left| left.is_zero() || left.is_negative());
    let age = age_days(key, now);
    let old = age.filter(|days| {
        let bound = bounds.key_age_days;
        bound.is_some_and(|bound| *days > i64::from(bound))
    });
    let has_spent = !(key.usage.total.is_zero() && key.byok_usage.total.is_zero());
    let unused = age.filter(|days| !has_spent && *days >= UNUSED_DAYS);
    [
        expires.map(KeyAdvice::Expires),
        is_used_up.then_some(KeyAdvice::LimitUsedUp),
        key.limit.is_none().then_some(KeyAdvice::NoLimit),
        old.map(KeyAdvice::Old),
        unused.map(KeyAdvice::NeverUsed),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// How many UTC days ago a key was made; `None` where that is not told.
pub fn age_days(key: &ManagedKey, now: Timestamp) -> Option<i64> {
    key.created_at.map(|made| days_between(made, now).max(0))
}

fn days_between(from: Timestamp, to: Timestamp) -> i64 {
    let span = day_of(to).since(day_of(from));
    span.map_or(0, |span| span.get_days().into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::account::Spend;
    use crate::domain::money::Usd;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn key() -> ManagedKey {
        ManagedKey {
            limit: Some(Usd::from_cents(500)),
            limit_remaining: Some(Usd::from_cents(100)),
            usage: Spend {
                total: Usd::from_cents(400),
                ..Spend::default()
            },
            created_at: Some(at("2026-11-01T12:00:00Z")),
            ..ManagedKey::default()
        }
    }

    fn told(key: &ManagedKey, is_in_use: bool) -> Vec<KeyAdvice> {
        of(
            key,
            is_in_use,
            &Thresholds::default(),
            at("2026-11-30T10:00:00Z"),
        )
    }

    #[test]
    fn a_limited_young_key_in_use_deserves_no_word() {
        assert_eq!(told(&key(), true), []);
    }

    #[test]
    fn everything_that_deserves_a_word_is_told_the_gravest_first() {
        let neglected = ManagedKey {
            limit: None,
            limit_remaining: None,
            usage: Spend::default(),
            created_at: Some(at("2026-01-01T00:00:00Z")),
            expires_at: Some(at("2026-12-02T01:00:00Z")),
            ..key()
        };
        assert_eq!(
            told(&neglected, false),
            [
                KeyAdvice::Expires(2),
                KeyAdvice::NoLimit,
                KeyAdvice::Old(333),
                KeyAdvice::NeverUsed(333),
            ]
        );
        let used_up = ManagedKey {
            limit_remaining: Some(Usd::ZERO),
            ..key()
        };
        assert_eq!(told(&used_up, false), [KeyAdvice::LimitUsedUp]);
    }

    #[test]
    fn a_key_that_works_no_more_is_told_by_that_alone() {
        let off = ManagedKey {
            disabled: true,
            limit: None,
            ..key()
        };
        assert_eq!(told(&off, false), []);
        assert_eq!(told(&off, true), [KeyAdvice::DisabledInUse]);
        let over = ManagedKey {
            expires_at: Some(at("2026-11-30T10:00:00Z")),
            ..off
        };
        assert_eq!(told(&over, true), [KeyAdvice::Expired]);
    }

    #[test]
    fn a_bound_that_is_off_tells_nothing_and_a_new_key_may_be_unused() {
        let new = ManagedKey {
            usage: Spend::default(),
            created_at: Some(at("2026-11-24T00:00:00Z")),
            expires_at: Some(at("2026-12-01T00:00:00Z")),
            ..key()
        };
        assert_eq!(told(&new, false), [KeyAdvice::Expires(1)]);
        let now = at("2026-11-30T10:00:00Z");
        assert_eq!(of(&new, false, &Thresholds::OFF, now), []);
    }
}
