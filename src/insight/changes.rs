//! Which figures changed between two looks.

use crate::domain::figures::Figures;
use crate::domain::money::Usd;

/// A figure that is watched, in USD.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// The account's balance.
    Balance,
    /// The limit of the key in use.
    Limit,
    /// What that limit leaves.
    LimitLeft,
    /// What the key in use spent this UTC day.
    SpentToday,
}

impl Figure {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 4] = [
        Self::Balance,
        Self::Limit,
        Self::LimitLeft,
        Self::SpentToday,
    ];

    /// Its name in JSON, and, in capitals behind `ONRAMP_`, in a hook's environment.
    pub fn name(self) -> &'static str {
        match self {
            Self::Balance => "balance_usd",
            Self::Limit => "limit_usd",
            Self::LimitLeft => "limit_remaining_usd",
            Self::SpentToday => "spent_today_usd",
        }
    }

    /// What it is; `None` where it is not known, or there is no limit.
    pub fn of(self, figures: &Figures) -> Option<Usd> {
        let key = figures.key.as_ref().map(|known| &known.value);
        match self {
            Self::Balance => figures.account.as_ref().map(|known| known.value.balance),
            Self::Limit => key.and_then(|key| key.limit),
            Self::LimitLeft => key.and_then(|key| key.limit_remaining),
            Self::SpentToday => key.map(|key| key.usage_daily),
        }
    }
}

/// A figure that is another one than before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// Which.
    pub figure: Figure,
    /// What it was.
    pub from: Option<Usd>,
    /// What it is.
    pub to: Option<Usd>,
}

/// The figures that changed.
pub fn changes(before: &Figures, after: &Figures) -> Vec<Change> {
    let changes = Figure::ALL.into_iter().map(|figure| Change {
        figure,
        from: figure.of(before),
        to: figure.of(after),
    });
    changes.filter(|change| change.from != change.to).collect()
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::domain::figures::{AccountFigures, Known};

    fn with_balance(cents: i64, at: i64) -> Figures {
        Figures {
            account: Some(Known {
                as_of: Timestamp::from_second(at).unwrap(),
                value: AccountFigures {
                    total_credits: Usd::from_cents(1_000),
                    total_usage: Usd::from_cents(1_000 - cents),
                    balance: Usd::from_cents(cents),
                },
            }),
            ..Figures::default()
        }
    }

    #[test]
    fn a_figure_that_is_only_newer_did_not_change() {
        assert_eq!(changes(&with_balance(5, 1), &with_balance(5, 2)), []);
        let change = |from, to| Change {
            figure: Figure::Balance,
            from,
            to,
        };
        let (five, four) = (Some(Usd::from_cents(5)), Some(Usd::from_cents(4)));
        assert_eq!(
            changes(&with_balance(5, 1), &with_balance(4, 2)),
            [change(five, four)]
        );
        assert_eq!(
            changes(&with_balance(5, 1), &Figures::default()),
            [change(five, None)]
        );
    }
}
