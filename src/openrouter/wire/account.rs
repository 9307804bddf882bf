//! `GET /key`, `/credits`, `/activity`, `/generation`.

use serde::Deserialize;

use super::scalars::{Count, Flag, Moment, Money, Text};
use super::shapes::Fields;
use crate::domain::account::{ActivityRow, Credits, FreeRequests, Generation, KeyFacts, Spend};
use crate::domain::clean_text::CleanText;
use crate::domain::money::Usd;
use crate::openrouter::scrub::Scrub;

/// What `GET /key` and `GET /keys` say alike.
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
    is_free_tier: Flag,
    is_management_key: Flag,
    is_provisioning_key: Flag,
    expires_at: Moment,
    free_model_daily_requests: Fields<FreeRequestsWire>,
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

    pub(in crate::openrouter) fn facts(self, scrub: &Scrub) -> KeyFacts {
        KeyFacts {
            label: scrub.line(&self.label.0.unwrap_or_default()),
            limit: self.limit.0,
            limit_remaining: self.limit_remaining.0,
            limit_reset: word(self.limit_reset),
            usage: spend([
                self.usage,
                self.usage_daily,
                self.usage_weekly,
                self.usage_monthly,
            ]),
            byok_usage: spend([
                self.byok_usage,
                self.byok_usage_daily,
                self.byok_usage_weekly,
                self.byok_usage_monthly,
            ]),
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
}

/// All time, day, week, month.
pub(super) fn spend(amounts: [Money; 4]) -> Spend {
    let [total, daily, weekly, monthly] = amounts.map(|amount| amount.0.unwrap_or(Usd::ZERO));
    Spend {
        total,
        daily,
        weekly,
        monthly,
    }
}

/// A text that says something.
pub(super) fn word(text: Text) -> Option<CleanText> {
    text.0
        .map(|text| CleanText::line(&text))
        .filter(|text| !text.is_empty())
}

/// A text, empty where nothing was said.
pub(super) fn words(text: Text) -> CleanText {
    word(text).unwrap_or_default()
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::openrouter) struct CreditsWire {
    total_credits: Money,
    total_usage: Money,
}

impl CreditsWire {
    /// `None` where either amount is missing: half of it says nothing.
    pub(in crate::openrouter) fn credits(&self) -> Option<Credits> {
        Some(Credits {
            total_credits: self.total_credits.0?,
            total_usage: self.total_usage.0?,
        })
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::openrouter) struct ActivityWire {
    date: Text,
    model: Text,
    provider_name: Text,
    usage: Money,
    byok_usage_inference: Money,
    requests: Count,
    prompt_tokens: Count,
    completion_tokens: Count,
    reasoning_tokens: Count,
}

impl ActivityWire {
    pub(in crate::openrouter) fn row(self) -> ActivityRow {
        // A longer timestamp is cut to its day.
        let date: String = words(self.date).chars().take(10).collect();
        ActivityRow {
            date: CleanText::line(&date),
            model: words(self.model),
            provider: words(self.provider_name),
            usage: self.usage.0.unwrap_or_default(),
            byok_usage: self.byok_usage_inference.0.unwrap_or_default(),
            requests: self.requests.0.unwrap_or_default(),
            prompt_tokens: self.prompt_tokens.0.unwrap_or_default(),
            completion_tokens: self.completion_tokens.0.unwrap_or_default(),
            reasoning_tokens: self.reasoning_tokens.0.unwrap_or_default(),
        }
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::openrouter) struct GenerationWire {
    id: Text,
    model: Text,
    provider_name: Text,
    total_cost: Money,
    cancelled: Flag,
    finish_reason: Text,
    tokens_prompt: Count,
    tokens_completion: Count,
    native_tokens_prompt: Count,
    native_tokens_completion: Count,
    created_at: Moment,
}

impl GenerationWire {
    pub(in crate::openrouter) fn generation(self) -> Generation {
        Generation {
            id: words(self.id),
            model: words(self.model),
            provider: word(self.provider_name),
            total_cost: self.total_cost.0,
            is_cancelled: self.cancelled.0,
            finish_reason: word(self.finish_reason),
            // The bill counts in the model's own tokens.
            prompt_tokens: self.native_tokens_prompt.0.or(self.tokens_prompt.0),
            completion_tokens: self.native_tokens_completion.0.or(self.tokens_completion.0),
            created_at: self.created_at.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Many, One, from_json};
    use super::*;

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

    #[test]
    fn credits_may_be_a_debt_and_half_of_them_says_nothing() {
        let read = |json: &str| {
            let wire: One<CreditsWire> = from_json(json).unwrap();
            wire.data.0.unwrap().credits()
        };
        let credits = read(r#"{"data":{"total_credits":10,"total_usage":10.25}}"#).unwrap();
        assert_eq!(credits.balance(), usd("-0.25"));
        assert_eq!(read(r#"{"data":{"total_credits":10}}"#), None);
    }

    #[test]
    fn an_activity_row_keeps_its_day_only() {
        let wire: Many<ActivityWire> = from_json(
            r#"{"data":[{"date":"2026-08-20 00:00:00","model":"a/b","provider_name":"P","usage":1.284,
               "requests":"41","prompt_tokens":310522.0,"completion_tokens":23510,"cached_tokens":1}]}"#,
        )
        .unwrap();
        let rows: Vec<ActivityRow> = wire
            .data
            .0
            .unwrap()
            .into_iter()
            .map(ActivityWire::row)
            .collect();
        let expected = ActivityRow {
            date: "2026-08-20".into(),
            model: "a/b".into(),
            provider: "P".into(),
            usage: usd("1.284"),
            requests: 41,
            prompt_tokens: 310_522,
            completion_tokens: 23510,
            ..ActivityRow::default()
        };
        assert_eq!(rows, [expected]);
    }
}
