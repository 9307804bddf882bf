//! The names of the steps, in their order.

use super::words;
use crate::text::Phrase;

/// The steps in their order, and the page after the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StepName {
    /// An account at OpenRouter.
    Account,
    /// Credits, or the decision for free models.
    Credits,
    /// A key that the server accepts.
    Key,
    /// The key in the project's .env file.
    Env,
    /// An answer from a model.
    Test,
    /// A cap on what the key may spend.
    Limits,
    /// What is set, and what comes next.
    Summary,
}

impl StepName {
    /// The six steps of the rail.
    pub const RAIL: [Self; 6] = [
        Self::Account,
        Self::Credits,
        Self::Key,
        Self::Env,
        Self::Test,
        Self::Limits,
    ];

    /// Its number on the rail, from 0; 6 for the summary.
    pub fn index(self) -> usize {
        self as usize
    }

    /// The one after it.
    #[must_use]
    pub fn next(self) -> Self {
        Self::RAIL
            .get(self.index() + 1)
            .copied()
            .unwrap_or(Self::Summary)
    }

    /// The one before it; the first stays.
    #[must_use]
    pub fn previous(self) -> Self {
        Self::RAIL[self.index().saturating_sub(1).min(5)]
    }

    /// Its name in the remembered state.
    pub fn key(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Credits => "credits",
            Self::Key => "key",
            Self::Env => "env",
            Self::Test => "test",
            Self::Limits => "limits",
            Self::Summary => "summary",
        }
    }

    /// The step of a remembered name.
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::RAIL.as_slice(), &[Self::Summary]]
            .concat()
            .into_iter()
            .find(|it| it.key() == key)
    }

    /// What it is called on the rail.
    pub fn title(self) -> Phrase {
        match self {
            Self::Account => words::ACCOUNT,
            Self::Credits => words::CREDITS,
            Self::Key => words::KEY,
            Self::Env => words::ENV,
            Self::Test => words::TEST,
            Self::Limits => words::LIMITS,
            Self::Summary => words::SUMMARY,
        }
    }
}
