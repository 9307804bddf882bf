//! `GET /credits`, `/activity`, `/generation`.

use std::time::Duration;

use serde::Deserialize;

use super::scalars::{Count, Flag, Moment, Money, Text};
use crate::domain::account::{ActivityRow, Credits, Generation};
use crate::domain::clean_text::CleanText;
use crate::domain::money::Usd;

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
    /// Not in every version of the service.
    cached_tokens: Count,
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
            cached_tokens: self.cached_tokens.0.unwrap_or_default(),
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
    usage: Money,
    is_byok: Flag,
    upstream_inference_cost: Money,
    cancelled: Flag,
    finish_reason: Text,
    tokens_prompt: Count,
    tokens_completion: Count,
    native_tokens_prompt: Count,
    native_tokens_completion: Count,
    native_tokens_reasoning: Count,
    native_tokens_cached: Count,
    latency: Count,
    generation_time: Count,
    created_at: Moment,
}

impl GenerationWire {
    /// What was charged to the account, and what the provider charged to the person's own key there.
    fn costs(&self) -> (Option<Usd>, Option<Usd>) {
        if !self.is_byok.0 {
            return (self.total_cost.0, None);
        }
        let own = self.upstream_inference_cost.0;
        let told = self.usage.0.or(self.total_cost.0);
        // The documentation does not say whether the provider's part is in it. OpenRouter's own is a small
        // share of that, so an amount that reaches it holds it.
        let charged = match (told, own) {
            (Some(told), Some(own)) if told >= own => Some(told - own),
            (told, _) => told,
        };
        (charged, own)
    }

    pub(in crate::openrouter) fn generation(self) -> Generation {
        let (cost, byok_cost) = self.costs();
        Generation {
            id: words(self.id),
            model: words(self.model),
            provider: word(self.provider_name),
            cost,
            byok_cost,
            is_cancelled: self.cancelled.0,
            finish_reason: word(self.finish_reason),
            // The bill counts in the model's own tokens.
            prompt_tokens: self.native_tokens_prompt.0.or(self.tokens_prompt.0),
            completion_tokens: self.native_tokens_completion.0.or(self.tokens_completion.0),
            reasoning_tokens: self.native_tokens_reasoning.0,
            cached_tokens: self.native_tokens_cached.0,
            first_token: self.latency.0.map(Duration::from_millis),
            took: self.generation_time.0.map(Duration::from_millis),
            created_at: self.created_at.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Many, One, from_json};
    use super::*;

    fn usd(text: &str) -> Usd {
        Usd::parse(text).unwrap()
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
            cached_tokens: 1,
            ..ActivityRow::default()
        };
        assert_eq!(rows, [expected]);
    }

    #[test]
    fn an_answer_on_an_own_provider_key_is_told_apart_from_credits() {
        let costs = |json: &str| {
            let wire: GenerationWire = from_json(json).unwrap();
            let known = wire.generation();
            (known.cost, known.byok_cost)
        };
        let usd = |text: &str| Usd::parse(text);
        let own = r#"{"is_byok":true,"upstream_inference_cost":0.02,"#.to_owned();
        let told = |rest: &str| costs(&(own.clone() + rest + "}"));
        assert_eq!(told(r#""usage":0,"total_cost":0"#), (usd("0"), usd("0.02")));
        assert_eq!(
            told(r#""usage":0.001,"total_cost":0.021"#),
            (usd("0.001"), usd("0.02"))
        );
        // Both together, under either name.
        assert_eq!(told(r#""total_cost":0.021"#), (usd("0.001"), usd("0.02")));
        assert_eq!(told(r#""usage":0.02"#), (usd("0"), usd("0.02")));
        let other =
            r#"{"is_byok":false,"upstream_inference_cost":0.02,"total_cost":0.02,"usage":0.02}"#;
        assert_eq!(costs(other), (usd("0.02"), None));
        let untold = r#"{"is_byok":true,"upstream_inference_cost":null,"total_cost":0.001}"#;
        assert_eq!(costs(untold), (usd("0.001"), None));
    }
}
