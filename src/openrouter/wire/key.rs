//! A key, as `GET /key` and `/keys` tell of it.

use serde::Deserialize;

use super::account::{word, words};
use super::scalars::{Count, Flag, Moment, Money, Text};
use super::shapes::Fields;
use crate::domain::account::{FreeRequests, KeyFacts, ManagedKey, Spend};
use crate::openrouter::scrub::Scrub;

/// What either of the two says of a key: they share the amounts, and each leaves out what is the
/// other's. The amounts are read from their digits, which serde's `flatten` would lose: so they stand in
/// here, once for both.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::openrouter) struct KeyWire {
    label: Text,
    limit: Money,
    limit_remaining: Money,
    limit_reset: Text,
    usage: Money,
    usage_daily: Money,
    usage_weekly: Money,
    usage_monthly: Money,
    byok_usage: Money,
    byok_usage_daily: Money,
    byok_usage_weekly: Money,
    byok_usage_monthly: Money,
    expires_at: Moment,

    // `GET /key` alone.
    is_free_tier: Flag,
    is_management_key: Flag,
    is_provisioning_key: Flag,
    free_model_daily_requests: Fields<FreeRequestsWire>,

    // `/keys` alone.
    hash: Text,
    name: Text,
    disabled: Flag,
    include_byok_in_limit: Flag,
    created_at: Moment,
    updated_at: Moment,
    /// One page of the documentation shows the new key in here.
    key: Text,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct FreeRequestsWire {
    used: Count,
    limit: Count,
}

impl KeyWire {
    /// Another vendor's `data` object has neither of these.
    pub(in crate::openrouter) fn is_openrouters(&self) -> bool {
        self.label.0.is_some() || self.usage.0.is_some()
    }

    /// The key itself; taken out, it is here no more.
    pub(super) fn take_key(&mut self) -> Option<String> {
        self.key.0.take()
    }

    pub(in crate::openrouter) fn facts(self, scrub: &Scrub) -> KeyFacts {
        KeyFacts {
            usage: self.usage(),
            byok_usage: self.byok_usage(),
            label: scrub.line(&self.label.0.unwrap_or_default()),
            limit: self.limit.0,
            limit_remaining: self.limit_remaining.0,
            limit_reset: word(self.limit_reset),
            is_free_tier: self.is_free_tier.0,
            is_management_key: self.is_management_key.0 || self.is_provisioning_key.0,
            expires_at: self.expires_at.0,
            free_requests: self.free_model_daily_requests.0.and_then(|free| {
                Some(FreeRequests {
                    used: free.used.0?,
                    limit: free.limit.0?,
                })
            }),
        }
    }

    pub(in crate::openrouter) fn managed_key(self, scrub: &Scrub) -> ManagedKey {
        ManagedKey {
            usage: self.usage(),
            byok_usage: self.byok_usage(),
            hash: words(self.hash),
            name: scrub.line(&self.name.0.unwrap_or_default()),
            label: scrub.line(&self.label.0.unwrap_or_default()),
            disabled: self.disabled.0,
            limit: self.limit.0,
            limit_remaining: self.limit_remaining.0,
            limit_reset: word(self.limit_reset),
            include_byok_in_limit: self.include_byok_in_limit.0,
            created_at: self.created_at.0,
            updated_at: self.updated_at.0,
            expires_at: self.expires_at.0,
        }
    }

    fn usage(&self) -> Spend {
        Spend {
            total: self.usage.0.unwrap_or_default(),
            daily: self.usage_daily.0.unwrap_or_default(),
            weekly: self.usage_weekly.0.unwrap_or_default(),
            monthly: self.usage_monthly.0.unwrap_or_default(),
        }
    }

    /// What went through keys of the person's own at the providers.
    fn byok_usage(&self) -> Spend {
        Spend {
            total: self.byok_usage.0.unwrap_or_default(),
            daily: self.byok_usage_daily.0.unwrap_or_default(),
            weekly: self.byok_usage_weekly.0.unwrap_or_default(),
            monthly: self.byok_usage_monthly.0.unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Many, One, from_json};
    use super::*;
    use crate::domain::money::Usd;

    /// From the API's documentation.
    const KEY: &str = r#"{ "data": { "label": "sk-or-v1-7c1...e04", "limit": 25, "limit_remaining": 17.3821,
        "limit_reset": "monthly", "include_byok_in_limit": false, "usage": 61.20417, "usage_daily": 0.41233,
        "usage_weekly": 2.9071, "usage_monthly": 7.6179, "byok_usage": 0, "byok_usage_daily": 0,
        "is_free_tier": false, "is_management_key": false, "expires_at": "2027-03-01T00:00:00Z",
        "free_model_daily_requests": { "used": 12, "limit": 1000, "remaining": 988 }, "news": [1],
        "rate_limit": { "requests": -1, "interval": "10s" } } }"#;

    fn facts(json: &str) -> KeyFacts {
        let wire: One<KeyWire> = from_json(json).unwrap();
        wire.data.0.unwrap().facts(&Scrub::default())
    }

    fn usd(text: &str) -> Usd {
        Usd::parse(text).unwrap()
    }

    #[test]
    fn a_key_is_read_whole_and_exactly() {
        let expected = KeyFacts {
            label: "sk-or-v1-7c1...e04".into(),
            limit: Some(usd("25")),
            limit_remaining: Some(usd("17.3821")),
            limit_reset: Some("monthly".into()),
            usage: Spend {
                total: usd("61.20417"),
                daily: usd("0.41233"),
                weekly: usd("2.9071"),
                monthly: usd("7.6179"),
            },
            expires_at: Some("2027-03-01T00:00:00Z".parse().unwrap()),
            free_requests: Some(FreeRequests {
                used: 12,
                limit: 1000,
            }),
            ..KeyFacts::default()
        };
        assert_eq!(facts(KEY), expected);
    }

    #[test]
    fn a_key_of_nulls_and_oddities_is_read_as_far_as_it_goes() {
        let odd = facts(
            r#"{"data":{"label":"laptop","limit":null,"limit_remaining":"-0.5","limit_reset":null,
               "usage":"1e-7","is_provisioning_key":true,"expires_at":null,"rate_limit":7,
               "free_model_daily_requests":{"used":"3"}}}"#,
        );
        let expected = KeyFacts {
            label: "laptop".into(),
            limit_remaining: Some(usd("-0.5")),
            usage: Spend {
                total: usd("0.0000001"),
                ..Spend::default()
            },
            is_management_key: true,
            ..KeyFacts::default()
        };
        assert_eq!(odd, expected);
    }

    #[test]
    fn another_shape_is_not_taken_for_a_key() {
        for json in [r#"{"data":{}}"#, r#"{"data":{"id":"x","usage":null}}"#] {
            let wire: One<KeyWire> = from_json(json).unwrap();
            assert!(!wire.data.0.unwrap().is_openrouters(), "{json}");
        }
        for json in [r#"{"data":[]}"#, r#"{"data":null}"#, "{}"] {
            assert!(from_json::<One<KeyWire>>(json).unwrap().data.0.is_none());
        }
    }

    /// From the API's documentation.
    const KEYS: &str = r#"{ "data": [ { "hash": "9f2c4be7", "label": "sk-or-v1-7c1...e04", "name": "laptop tui",
        "disabled": false, "limit": 25, "limit_remaining": 17.3821, "limit_reset": "monthly",
        "include_byok_in_limit": true, "usage": 61.20417, "usage_daily": 0.41233, "byok_usage_monthly": 2,
        "created_at": "2026-03-02T09:14:55.120331+00:00", "updated_at": null, "expires_at": null,
        "creator_user_id": "user_2aBcD3eFgH4iJkL5mNoP6", "workspace_id": "0df9e665" } ] }"#;

    #[test]
    fn a_key_of_the_list_is_read() {
        let wire: Many<KeyWire> = from_json(KEYS).unwrap();
        let [key] = wire.data.0.unwrap().try_into().ok().unwrap();
        let key = key.managed_key(&Scrub::default());
        assert_eq!(key.hash.as_str(), "9f2c4be7");
        assert_eq!(key.name.as_str(), "laptop tui");
        assert_eq!(key.limit_reset.as_deref(), Some("monthly"));
        assert!(key.include_byok_in_limit && !key.disabled);
        assert_eq!(key.byok_usage.monthly, Usd::from_cents(200));
        assert_eq!(
            key.created_at.unwrap().to_string(),
            "2026-03-02T09:14:55.120331Z"
        );
        assert_eq!(key.updated_at, None);
        assert!(!format!("{key:?}").contains("user_"));
    }
}
