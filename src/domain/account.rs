//! What a server says about a key and its account.

use std::time::Duration;

use jiff::Timestamp;

use super::clean_text::CleanText;
use super::money::Usd;
use super::secret::Secret;

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

/// One key as its owner sees it. Source: `GET /keys`, with a management key only.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ManagedKey {
    /// Its id in every path: lowercase hex SHA-256 of the whole key.
    pub hash: CleanText,
    /// The name it was given.
    pub name: CleanText,
    /// The masked key.
    pub label: CleanText,
    /// Refused until it is enabled again.
    pub disabled: bool,
    /// Spending cap, USD; `None` when the key has no cap.
    pub limit: Option<Usd>,
    /// What the cap leaves, USD; may be negative.
    pub limit_remaining: Option<Usd>,
    /// `daily`, `weekly`, `monthly` or a word not known yet; `None` when the cap never resets.
    pub limit_reset: Option<CleanText>,
    /// Spend through the person's own provider keys counts against the cap.
    pub include_byok_in_limit: bool,
    /// Spend of this key, USD.
    pub usage: Spend,
    /// Spend through the person's own provider keys, USD.
    pub byok_usage: Spend,
    /// When it was made.
    pub created_at: Option<Timestamp>,
    /// When it was changed last.
    pub updated_at: Option<Timestamp>,
    /// When it dies.
    pub expires_at: Option<Timestamp>,
}

/// A key to be made. Source: `POST /keys`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewKey {
    /// The name it gets; not empty.
    pub name: String,
    /// Spending cap, USD; `None` for no cap.
    pub limit: Option<Usd>,
    /// `daily`, `weekly` or `monthly`; `None` when the cap never resets.
    pub limit_reset: Option<String>,
    /// Spend through the person's own provider keys counts against the cap.
    pub include_byok_in_limit: bool,
    /// When it dies; cannot be changed later.
    pub expires_at: Option<Timestamp>,
}

/// A key that was just made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreatedKey {
    /// The key itself. The server shows it this once.
    pub secret: Secret,
    /// What the list says about it from now on.
    pub key: ManagedKey,
}

/// A change of a key. Source: `PATCH /keys/{hash}`. The default changes nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyChange {
    /// Its new name.
    pub name: Option<String>,
    /// Refuse it, or take it again.
    pub disabled: Option<bool>,
    /// Its cap, USD; cleared means no cap.
    pub limit: Change<Usd>,
    /// `daily`, `weekly`, `monthly`; cleared means the cap never resets.
    pub limit_reset: Change<String>,
}

/// What becomes of a value that may be absent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Change<T> {
    /// It stays as it is.
    #[default]
    Keep,
    /// It goes.
    Clear,
    /// It becomes this.
    Set(T),
}

impl<T> Change<T> {
    /// Makes the change.
    pub fn apply(self, to: &mut Option<T>) {
        match self {
            Self::Keep => {}
            Self::Clear => *to = None,
            Self::Set(wanted) => *to = Some(wanted),
        }
    }
}

impl<T: PartialEq> Change<T> {
    /// Whether this is what the change wanted.
    pub fn is_met(&self, now: Option<&T>) -> bool {
        match self {
            Self::Keep => true,
            Self::Clear => now.is_none(),
            Self::Set(wanted) => now == Some(wanted),
        }
    }
}

/// What one provider did for one model on one day. Source: `GET /activity`, with a management key
/// only: the last 30 completed UTC days, today not among them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ActivityRow {
    /// The UTC day, `YYYY-MM-DD`.
    pub date: CleanText,
    /// The model's id.
    pub model: CleanText,
    /// Who ran it.
    pub provider: CleanText,
    /// Credits spent, USD.
    pub usage: Usd,
    /// Spent on the person's own provider keys, USD.
    pub byok_usage: Usd,
    /// How many requests.
    pub requests: u64,
    /// Tokens read.
    pub prompt_tokens: u64,
    /// Tokens written, reasoning included.
    pub completion_tokens: u64,
    /// Of these, tokens of reasoning.
    pub reasoning_tokens: u64,
    /// Of the tokens read, those from a cache; zero where the server does not say.
    pub cached_tokens: u64,
}

/// What is known about one answer afterwards. Source: `GET /generation`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Generation {
    /// `gen-…`.
    pub id: CleanText,
    /// The model that answered.
    pub model: CleanText,
    /// Who ran it.
    pub provider: Option<CleanText>,
    /// USD charged to the account; `None` where the server does not say.
    pub cost: Option<Usd>,
    /// USD that the provider charged to the person's own key there; `None` where it ran on none. No credits.
    pub byok_cost: Option<Usd>,
    /// It was stopped by closing the connection.
    pub is_cancelled: bool,
    /// Why the model stopped, in the server's word.
    pub finish_reason: Option<CleanText>,
    /// Tokens read, as billed.
    pub prompt_tokens: Option<u64>,
    /// Tokens written, as billed.
    pub completion_tokens: Option<u64>,
    /// Of these, tokens of reasoning.
    pub reasoning_tokens: Option<u64>,
    /// Of the tokens read, those that came from a cache.
    pub cached_tokens: Option<u64>,
    /// From the request to the first token, as the server saw it.
    pub first_token: Option<Duration>,
    /// How long the answer took to make.
    pub took: Option<Duration>,
    /// When it was made.
    pub created_at: Option<Timestamp>,
}
