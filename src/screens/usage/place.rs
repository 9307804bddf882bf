//! Where one is among the figures: which table, which days, whose, narrowed to what.

use jiff::ToSpan;
use jiff::civil::Date;

use super::words;
use crate::domain::figures::DayFigures;
use crate::text::Phrase;

/// What the lower half shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// Spend by day.
    #[default]
    Days,
    /// By model.
    Models,
    /// By provider.
    Providers,
    /// By key of the account.
    Keys,
    /// Single requests of this program.
    Requests,
    /// What could be had for less.
    Review,
    /// What models cost.
    Prices,
}

impl View {
    /// In the order of the tabs.
    pub const ALL: [Self; 7] = [
        Self::Days,
        Self::Models,
        Self::Providers,
        Self::Keys,
        Self::Requests,
        Self::Review,
        Self::Prices,
    ];

    pub(super) fn title(self) -> Phrase {
        match self {
            Self::Days => words::DAYS,
            Self::Models => words::MODELS,
            Self::Providers => words::PROVIDERS,
            Self::Keys => words::KEYS,
            Self::Requests => words::REQUESTS,
            Self::Review => words::REVIEW,
            Self::Prices => words::PRICES,
        }
    }

    /// The tab so many further on, round the end.
    pub(super) fn stepped(self, by: usize) -> Self {
        let at = Self::ALL.iter().position(|view| *view == self);
        Self::ALL[(at.unwrap_or(0) + by) % Self::ALL.len()]
    }

    /// It is made of the days' rows: range, source and narrowing tell which.
    pub(super) fn is_of_days(self) -> bool {
        matches!(
            self,
            Self::Days | Self::Models | Self::Providers | Self::Keys
        )
    }
}

/// Which days, today the last one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Range {
    /// Today.
    Day,
    /// Seven days.
    Week,
    /// Thirty days.
    #[default]
    Month,
    /// Ninety days.
    Quarter,
}

impl Range {
    pub(super) fn days(self) -> i64 {
        match self {
            Self::Day => 1,
            Self::Week => 7,
            Self::Month => 30,
            Self::Quarter => 90,
        }
    }

    pub(super) fn next(self) -> Self {
        match self {
            Self::Day => Self::Week,
            Self::Week => Self::Month,
            Self::Month => Self::Quarter,
            Self::Quarter => Self::Day,
        }
    }

    /// Its first day.
    pub(super) fn first(self, today: Date) -> Date {
        today.saturating_sub((self.days() - 1).days())
    }
}

/// Whose figures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Source {
    /// The account's, as the server tells them.
    #[default]
    Account,
    /// What this program asked for, by its own ledger.
    Ledger,
}

impl Source {
    pub(super) fn other(self) -> Self {
        match self {
            Self::Account => Self::Ledger,
            Self::Ledger => Self::Account,
        }
    }
}

/// Who ran a model; `None` where nobody told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Host(pub(super) Option<String>);

/// What the rows are narrowed to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Narrowed {
    pub(super) day: Option<Date>,
    pub(super) model: Option<String>,
    pub(super) provider: Option<Host>,
    /// The hash of the key.
    pub(super) key: Option<String>,
}

impl Narrowed {
    pub(super) fn holds(&self, row: &DayFigures) -> bool {
        self.day.is_none_or(|day| day == row.date)
            && self.model.as_ref().is_none_or(|model| *model == row.model)
            && self
                .provider
                .as_ref()
                .is_none_or(|host| host.0 == row.provider)
    }
}

/// A place one comes back to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) view: View,
    pub(super) narrowed: Narrowed,
    pub(super) chosen: usize,
}
