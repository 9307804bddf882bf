//! What was used and what it cost: in sums, by day, request by request.

use std::iter::Sum;
use std::ops::{Add, AddAssign};
use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::Date;

use super::clean_text::CleanText;
use super::money::Usd;

/// What a group of requests used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Used {
    /// How many requests.
    pub requests: u64,
    /// Tokens read.
    pub prompt_tokens: u64,
    /// Tokens written, reasoning included.
    pub completion_tokens: u64,
    /// Of these, tokens of reasoning.
    pub reasoning_tokens: u64,
    /// Of the tokens read, those that came from a cache; zero where nobody says.
    pub cached_tokens: u64,
    /// Credits spent, USD.
    pub cost: Usd,
    /// Spent on the person's own provider keys, USD; apart from `cost`.
    pub byok_cost: Usd,
}

impl Add for Used {
    type Output = Self;

    fn add(mut self, other: Self) -> Self {
        self += other;
        self
    }
}

impl AddAssign for Used {
    fn add_assign(&mut self, other: Self) {
        for (count, more) in [
            (&mut self.requests, other.requests),
            (&mut self.prompt_tokens, other.prompt_tokens),
            (&mut self.completion_tokens, other.completion_tokens),
            (&mut self.reasoning_tokens, other.reasoning_tokens),
            (&mut self.cached_tokens, other.cached_tokens),
        ] {
            *count = count.saturating_add(more);
        }
        // Decimals are slow, and most rows have nothing in one of the two.
        for (cost, more) in [
            (&mut self.cost, other.cost),
            (&mut self.byok_cost, other.byok_cost),
        ] {
            if !more.is_zero() {
                *cost = *cost + more;
            }
        }
    }
}

impl Sum for Used {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), Add::add)
    }
}

/// What one model used on one UTC day, by way of one provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayRow {
    /// The UTC day.
    pub day: Date,
    /// The model's id.
    pub model: CleanText,
    /// Who ran it, where that is known.
    pub provider: Option<CleanText>,
    /// What was used.
    pub used: Used,
}

/// What a request of this program was made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// `onramp ask`.
    Ask,
    /// The chat pane.
    Chat,
    /// The API test.
    Test,
}

impl Purpose {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Ask, Self::Chat, Self::Test];

    /// The one of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }

    /// Its name in the ledger and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ask => "ask",
            Self::Chat => "chat",
            Self::Test => "test",
        }
    }
}

/// How a request ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It has not ended, or the program was ended before it could say so.
    Running,
    /// An answer came whole.
    Done,
    /// The person stopped it; what had come was kept.
    Stopped,
    /// It failed, for the reason with this id of the catalogue of troubles, or [`LOST`].
    Failed(CleanText),
}

/// Why a request failed of which nobody knows how it ended: the program was ended in its midst, and the
/// server does not know it any more.
pub const LOST: &str = "lost";

/// The server's name of a request to the sandbox inside this program. No address is spelled like it, so
/// that nothing simulated is ever counted as money.
pub const SANDBOX: &str = "sandbox";

/// A request as it begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRequest {
    /// When.
    pub at: Timestamp,
    /// What for.
    pub purpose: Purpose,
    /// The root of the project it was made in.
    pub project: Option<String>,
    /// The server's scheme, host and port, or [`SANDBOX`].
    pub server: String,
    /// The model that was asked for.
    pub model: String,
}

/// What became of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ending {
    /// How it ended.
    pub outcome: Outcome,
    /// `gen-…`, where the server named one.
    pub generation_id: Option<CleanText>,
    /// The model that really answered; may differ from the one asked.
    pub model: Option<CleanText>,
    /// The provider that ran it.
    pub provider: Option<CleanText>,
    /// Tokens read; this and the following are `None` where the server did not say.
    pub prompt_tokens: Option<u64>,
    /// Tokens written, reasoning included.
    pub completion_tokens: Option<u64>,
    /// Of these, tokens of reasoning.
    pub reasoning_tokens: Option<u64>,
    /// Of the tokens read, those from a cache.
    pub cached_tokens: Option<u64>,
    /// Credits spent, USD.
    pub cost: Option<Usd>,
    /// Spent on the person's own provider key, USD; apart from `cost`.
    pub byok_cost: Option<Usd>,
    /// From the request to the first piece of text or reasoning.
    pub first_token: Option<Duration>,
    /// From the request to its end; zero while that is not known.
    pub took: Duration,
}

impl Ending {
    /// An ending of which nothing more is known.
    pub fn of(outcome: Outcome) -> Self {
        Self {
            outcome,
            generation_id: None,
            model: None,
            provider: None,
            prompt_tokens: None,
            completion_tokens: None,
            reasoning_tokens: None,
            cached_tokens: None,
            cost: None,
            byok_cost: None,
            first_token: None,
            took: Duration::ZERO,
        }
    }
}

/// A request as the ledger keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// Its number in the ledger.
    pub id: RequestId,
    /// How it began.
    pub begun: NewRequest,
    /// What became of it; its outcome is [`Outcome::Running`] until that is known.
    pub ending: Ending,
    /// Its end or its bill may still be told.
    pub is_open: bool,
}

impl Recorded {
    /// What it adds to the sum of its day: one still running counts, with what is known of it.
    pub fn used(&self) -> Used {
        let ending = &self.ending;
        Used {
            requests: 1,
            prompt_tokens: ending.prompt_tokens.unwrap_or_default(),
            completion_tokens: ending.completion_tokens.unwrap_or_default(),
            reasoning_tokens: ending.reasoning_tokens.unwrap_or_default(),
            cached_tokens: ending.cached_tokens.unwrap_or_default(),
            cost: ending.cost.unwrap_or_default(),
            byok_cost: ending.byok_cost.unwrap_or_default(),
        }
    }
}

/// A request's number in the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RequestId(pub i64);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_end_at_the_greatest_number_instead_of_failing() {
        let most = Used {
            requests: u64::MAX,
            ..Used::default()
        };
        let one = Used {
            requests: 1,
            cost: Usd::from_cents(3),
            ..Used::default()
        };
        let sum: Used = [most, one, one].into_iter().sum();
        assert_eq!(sum.requests, u64::MAX);
        assert_eq!(sum.cost, Usd::from_cents(6));
    }
}
