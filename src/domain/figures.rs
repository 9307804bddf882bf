//! What the dashboard shows: each figure with its source and its age. The form in which it is kept
//! between two runs is also the one that scripts read.

mod current;
mod told;
mod totals;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use current::is_same_day;
pub use told::{ACTIVITY_DAYS, Source, Told};
pub use totals::DayTotal;

use super::account::{Credits, KeyFacts, ManagedKey};
use super::money::Usd;
use super::spend::{DayRow, Used};
use super::symptom::Symptom;

/// A value and when it was learned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known<T> {
    /// When.
    pub as_of: Timestamp,
    /// What.
    pub value: T,
}

/// What is known of a key and its account on one server.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// The server said of its answers that they are simulated: none of this is real, be it kept or new.
    #[serde(default)]
    pub is_simulated: bool,
    /// Source: `GET /key`.
    pub key: Option<Known<KeyFigures>>,
    /// Source: `GET /credits`, with a management key only.
    pub account: Option<Known<AccountFigures>>,
    /// The last 30 completed UTC days. Source: `GET /activity`, with a management key only.
    pub daily: Option<Known<Vec<DayFigures>>>,
    /// The account's keys. Source: `GET /keys`, with a management key only.
    #[serde(default)]
    pub keys: Option<Known<Vec<AccountKey>>>,
    /// The key in use is not among them: they are those of one workspace (api.md 2.1), and no sum over them is the
    /// account's.
    #[serde(default)]
    pub keys_lack_own: bool,
    /// The days key by key.
    #[serde(default)]
    pub key_days: Option<Known<Vec<KeyDays>>>,
    /// Completed UTC days further back than `daily`. The same spend from another source:
    /// the two are never added. Source: `POST /analytics/query`, where the server offers it.
    #[serde(default)]
    pub history: Option<Known<History>>,
    /// The running UTC day of the whole account, by model. Source: as for `history`.
    #[serde(default)]
    pub today: Option<Known<Vec<DayFigures>>>,
    /// What the key in use had spent when a UTC day began, the earliest first. Source: `GET /key`, look by
    /// look.
    #[serde(default)]
    pub key_totals: Vec<DayTotal>,
}

/// What could be learned, and why the rest could not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gathered {
    /// The figures, those kept from before where nothing newer came.
    pub figures: Figures,
    /// What the server does not tell, and to whom it would.
    pub untold: Vec<Untold>,
    /// What went wrong; the figure it was about is an older one, or missing.
    pub troubles: Vec<(Part, Symptom)>,
    /// Whether a server on this machine says of its answers that they are simulated; `None` where it said
    /// nothing, and elsewhere.
    pub says_simulated: Option<bool>,
}

impl Gathered {
    /// The same with only the days from this one on.
    #[must_use]
    pub fn of_days(mut self, first: Date) -> Self {
        let figures = &mut self.figures;
        let of_account = figures.daily.iter_mut().map(|known| &mut known.value);
        let further_back = figures.history.iter_mut();
        let further_back = further_back.map(|known| &mut known.value.days);
        let by_key = figures.key_days.iter_mut();
        let by_key = by_key.flat_map(|known| known.value.iter_mut());
        let by_key = by_key.flat_map(|key| {
            let further_back = key.history.as_mut().map(|history| &mut history.days);
            further_back.into_iter().chain([&mut key.days])
        });
        for days in of_account.chain(further_back).chain(by_key) {
            days.retain(|row| row.date >= first);
        }
        self
    }
}

/// A part of the figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Part {
    /// The key's own facts.
    Key,
    /// The account's money.
    Account,
    /// The days gone by.
    Daily,
    /// The account's keys and their days.
    Keys,
    /// Today and the days further back, as the analytics tell them.
    Analytics,
    /// The list of models and prices: no figure of anybody's, but what costs are held against.
    Models,
}

/// Why a figure is not there although nothing went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Untold {
    /// Only a management key may ask for balance, keys and days.
    NeedsManagementKey,
    /// The server is not OpenRouter: it has no such figures.
    NotOpenRouter,
}

/// One key of the account. Amounts in USD; days, weeks and months are UTC.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountKey {
    /// Lowercase hex SHA-256 of the whole key: its name in every path.
    pub hash: String,
    /// The name it was given.
    pub name: String,
    /// The masked key.
    pub label: String,
    /// Refused until it is enabled again.
    pub disabled: bool,
    /// Spending cap; null when there is none.
    pub limit: Option<Usd>,
    /// What the cap leaves; may be negative.
    pub limit_remaining: Option<Usd>,
    /// `daily`, `weekly`, `monthly`; null when the cap never resets.
    pub limit_reset: Option<String>,
    /// Spent, all time.
    pub usage: Usd,
    /// Spent this UTC day.
    pub usage_daily: Usd,
    /// Spent this UTC week, from Monday.
    pub usage_weekly: Usd,
    /// Spent this UTC month.
    pub usage_monthly: Usd,
    /// Spent on the person's own provider keys, all time; apart from `usage`.
    pub byok_usage: Usd,
    /// When it was made.
    pub created_at: Option<Timestamp>,
    /// When it dies.
    pub expires_at: Option<Timestamp>,
}

impl From<&ManagedKey> for AccountKey {
    fn from(key: &ManagedKey) -> Self {
        Self {
            hash: key.hash.to_string(),
            name: key.name.to_string(),
            label: key.label.to_string(),
            disabled: key.disabled,
            limit: key.limit,
            limit_remaining: key.limit_remaining,
            limit_reset: key.limit_reset.as_ref().map(ToString::to_string),
            usage: key.usage.total,
            usage_daily: key.usage.daily,
            usage_weekly: key.usage.weekly,
            usage_monthly: key.usage.monthly,
            byok_usage: key.byok_usage.total,
            created_at: key.created_at,
            expires_at: key.expires_at,
        }
    }
}

/// What one key used, day by day.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyDays {
    /// The key's hash.
    pub hash: String,
    /// Its last 30 completed days. Source: `GET /activity` with its hash.
    pub days: Vec<DayFigures>,
    /// Its completed days further back, by model alone: the same spend again. Source: `POST /analytics/query`
    /// with its hash, where the server offers it.
    #[serde(default)]
    pub history: Option<History>,
    /// Its day on which it was learned, by model. Source: as for `history`.
    #[serde(default)]
    pub today: Option<Vec<DayFigures>>,
}

/// Completed days by model; the last thirty of the account's by provider, too, where that is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct History {
    /// From this UTC day on they are told whole; a day without a row had no use.
    pub first: Date,
    /// The days.
    pub days: Vec<DayFigures>,
}

/// One key, as its limit and its spend stand. Amounts in USD; days, weeks and months are UTC.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyFigures {
    /// The masked key, or the name it was given.
    pub label: String,
    /// Spending cap; null when there is none.
    pub limit: Option<Usd>,
    /// What the cap leaves; may be negative.
    pub limit_remaining: Option<Usd>,
    /// `daily`, `weekly`, `monthly`; null when the cap never resets.
    pub limit_reset: Option<String>,
    /// Spent, all time.
    pub usage: Usd,
    /// Spent this UTC day.
    pub usage_daily: Usd,
    /// Spent this UTC week, from Monday.
    pub usage_weekly: Usd,
    /// Spent this UTC month.
    pub usage_monthly: Usd,
    /// Spent on the person's own provider keys, all time; apart from `usage`.
    pub byok_usage: Usd,
    /// The account has never bought credits.
    pub is_free_tier: bool,
    /// When the key dies; null: never, or not told.
    pub expires_at: Option<Timestamp>,
    /// Requests to free models this UTC day, where the server says so.
    pub free_requests_used: Option<u64>,
    /// Allowed a day.
    pub free_requests_limit: Option<u64>,
}

impl From<&KeyFacts> for KeyFigures {
    fn from(known: &KeyFacts) -> Self {
        Self {
            label: known.label.to_string(),
            limit: known.limit,
            limit_remaining: known.limit_remaining,
            limit_reset: known.limit_reset.as_ref().map(ToString::to_string),
            usage: known.usage.total,
            usage_daily: known.usage.daily,
            usage_weekly: known.usage.weekly,
            usage_monthly: known.usage.monthly,
            byok_usage: known.byok_usage.total,
            is_free_tier: known.is_free_tier,
            expires_at: known.expires_at,
            free_requests_used: known.free_requests.map(|free| free.used),
            free_requests_limit: known.free_requests.map(|free| free.limit),
        }
    }
}

/// The account's money, USD.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountFigures {
    /// Everything ever bought or granted.
    pub total_credits: Usd,
    /// Everything ever used.
    pub total_usage: Usd,
    /// What is left; may be negative.
    pub balance: Usd,
}

impl From<Credits> for AccountFigures {
    fn from(credits: Credits) -> Self {
        Self {
            total_credits: credits.total_credits,
            total_usage: credits.total_usage,
            balance: credits.balance(),
        }
    }
}

/// What one model used on one UTC day, by way of one provider.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayFigures {
    /// The UTC day.
    pub date: Date,
    /// The model's id.
    pub model: String,
    /// Who ran it; null where that is not known.
    pub provider: Option<String>,
    /// How many requests.
    pub requests: u64,
    /// Tokens read.
    pub prompt_tokens: u64,
    /// Tokens written, reasoning included.
    pub completion_tokens: u64,
    /// Of these, tokens of reasoning.
    pub reasoning_tokens: u64,
    /// Of the tokens read, those from a cache.
    pub cached_tokens: u64,
    /// Credits spent, USD.
    pub cost_usd: Usd,
    /// Spent on the person's own provider keys, USD; apart from `cost_usd`.
    pub byok_usd: Usd,
}

impl From<&DayRow> for DayFigures {
    fn from(row: &DayRow) -> Self {
        Self {
            date: row.day,
            model: row.model.to_string(),
            provider: row.provider.as_ref().map(ToString::to_string),
            requests: row.used.requests,
            prompt_tokens: row.used.prompt_tokens,
            completion_tokens: row.used.completion_tokens,
            reasoning_tokens: row.used.reasoning_tokens,
            cached_tokens: row.used.cached_tokens,
            cost_usd: row.used.cost,
            byok_usd: row.used.byok_cost,
        }
    }
}

impl DayFigures {
    /// The same without day and model, for sums.
    pub fn used(&self) -> Used {
        Used {
            requests: self.requests,
            prompt_tokens: self.prompt_tokens,
            completion_tokens: self.completion_tokens,
            reasoning_tokens: self.reasoning_tokens,
            cached_tokens: self.cached_tokens,
            cost: self.cost_usd,
            byok_cost: self.byok_usd,
        }
    }
}
