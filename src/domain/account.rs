//! What a server says about a key and its account.

use jiff::Timestamp;

use super::clean_text::CleanText;
use super::money::Usd;

/// Facts about one key. Source: `GET /key`. Anything the server did not say is `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyFacts {
    /// The masked key, or the name it was given.
    pub label: CleanText,
    /// Spending cap, USD; `None` when the key has no cap.
    pub limit: Option<Usd>,
    /// What the cap leaves, USD; may be negative.
    pub limit_remaining: Option<Usd>,
    /// `daily`, `weekly`, `monthly` or a word not known yet; `None` when the cap never resets.
    pub limit_reset: Option<CleanText>,
    /// Spend of this key, USD.
    pub usage: Spend,
    /// Spend through the person's own provider keys, USD.
    pub byok_usage: Spend,
    /// The account has never bought credits.
    pub is_free_tier: bool,
    /// A management key: cannot run completions, must not go into a project's .env.
    pub is_management_key: bool,
    /// When the key dies.
    pub expires_at: Option<Timestamp>,
    /// Requests to free models this UTC day, where the server says so.
    pub free_requests: Option<FreeRequests>,
}

/// Spend in USD: all time, and the running UTC day, week (from Monday) and month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spend {
    /// All time.
    pub total: Usd,
    /// This UTC day.
    pub daily: Usd,
    /// This UTC week.
    pub weekly: Usd,
    /// This UTC month.
    pub monthly: Usd,
}

/// The account's shared counter of requests to free models, per UTC day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FreeRequests {
    /// Used today.
    pub used: u64,
    /// Allowed a day: 50, or 1,000 once ten dollars were ever bought.
    pub limit: u64,
}

/// The account's money. Source: `GET /credits`, with a management key only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Credits {
    /// Everything ever bought or granted, USD.
    pub total_credits: Usd,
    /// Everything ever used, USD.
    pub total_usage: Usd,
}

impl Credits {
    /// What is left, USD; may be negative.
    pub fn balance(self) -> Usd {
        self.total_credits - self.total_usage
    }
}
