//! Counts an account's requests to free models: so many a minute, so many a day.
//!
//! One counter for all keys of the account and all free models. Refused requests count too.

use jiff::Timestamp;
use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::{Value, json};

use super::clock::{day_of, start_of};
use super::per_minute::PerMinute;
use super::refusal::Refusal;

const PER_MINUTE: u64 = 20;

/// The counter of one account.
#[derive(Clone, Debug, Default)]
pub(super) struct FreeMeter {
    /// Allowed a day: 50, or 1,000 once ten dollars were ever bought.
    pub(super) daily_limit: u64,
    day: Option<Date>,
    used_today: u64,
    minute: PerMinute,
}

impl FreeMeter {
    /// A counter that allows so many a day and has seen so many today.
    pub(super) fn new(daily_limit: u64, used_today: u64, today: Date) -> Self {
        Self {
            daily_limit,
            day: Some(today),
            used_today,
            minute: PerMinute::default(),
        }
    }

    /// Counts one request, and refuses it when it is one too many.
    pub(super) fn count(&mut self, now: Timestamp) -> Result<(), Refusal> {
        self.turn_over(now);
        let in_this_minute = self.minute.count(now);
        self.used_today += 1;
        if self.used_today > self.daily_limit {
            return Err(day_limit(self.daily_limit, now));
        }
        if in_this_minute > PER_MINUTE {
            return Err(minute_limit(now));
        }
        Ok(())
    }

    /// `free_model_daily_requests` of `GET /key`.
    pub(super) fn quota_json(&mut self, now: Timestamp) -> Value {
        self.turn_over(now);
        let used = self.used_today.min(self.daily_limit);
        json!({ "used": used, "limit": self.daily_limit, "remaining": self.daily_limit - used })
    }

    fn turn_over(&mut self, now: Timestamp) {
        let today = day_of(now);
        if self.day != Some(today) {
            self.day = Some(today);
            self.used_today = 0;
        }
    }
}

/// The day's requests are used up.
pub(super) fn day_limit(limit: u64, now: Timestamp) -> Refusal {
    let tomorrow = start_of(day_of(now).saturating_add(1.day()));
    let advice = if limit < 1000 {
        ". Add 10 credits to unlock 1000 free model requests per day"
    } else {
        ". Try again tomorrow, or use the paid model"
    };
    let words = format!("Rate limit exceeded: free-models-per-day{advice}");
    platform_limit(words, "openrouter_free_tier_daily", limit, tomorrow)
}

/// The minute's requests are used up.
pub(super) fn minute_limit(now: Timestamp) -> Refusal {
    let reset = start_of_next_minute(now);
    platform_limit(
        "Rate limit exceeded: free-models-per-min".to_owned(),
        "openrouter_free_tier_per_minute",
        PER_MINUTE,
        reset,
    )
}

/// A limit of OpenRouter itself: headers in milliseconds, said twice, and no Retry-After.
fn platform_limit(words: String, source: &str, limit: u64, reset: Timestamp) -> Refusal {
    let limit = limit.to_string();
    let reset = reset.as_millisecond().to_string();
    Refusal::new(429, words)
        .kind("rate_limit_exceeded")
        .with("limit_source", source)
        .with("provider_name", Value::Null)
        .with(
            "headers",
            json!({
                "X-RateLimit-Limit": limit,
                "X-RateLimit-Remaining": "0",
                "X-RateLimit-Reset": reset,
            }),
        )
        .header("x-ratelimit-limit", limit)
        .header("x-ratelimit-remaining", "0")
        .header("x-ratelimit-reset", reset)
}

fn start_of_next_minute(now: Timestamp) -> Timestamp {
    let second = now.as_second();
    Timestamp::from_second(second - second.rem_euclid(60) + 60).unwrap_or(now)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn noon() -> Timestamp {
        "2026-11-24T12:00:30Z".parse().unwrap()
    }

    #[test]
    fn twenty_a_minute_pass_and_the_next_minute_begins_anew() {
        let mut meter = FreeMeter::new(1000, 0, day_of(noon()));
        for _ in 0..20 {
            meter.count(noon()).unwrap();
        }
        let refusal = meter.count(noon()).unwrap_err();
        assert_eq!(
            refusal.body()["error"]["metadata"]["limit_source"],
            "openrouter_free_tier_per_minute"
        );
        let later = noon().checked_add(Duration::from_secs(61)).unwrap();
        assert!(meter.count(later).is_ok());
    }

    #[test]
    fn the_day_resets_at_midnight_utc_and_says_so_in_milliseconds() {
        let mut meter = FreeMeter::new(50, 50, day_of(noon()));
        let body = meter.count(noon()).unwrap_err().body();
        let headers = &body["error"]["metadata"]["headers"];
        assert_eq!(headers["X-RateLimit-Reset"], "1795564800000");
        assert_eq!(meter.quota_json(noon())["remaining"], 0);
        let tomorrow = "2026-11-25T00:00:00Z".parse().unwrap();
        assert!(meter.count(tomorrow).is_ok());
        assert_eq!(meter.quota_json(tomorrow)["used"], 1);
    }
}
