//! What this program may spend by the person's own word: a day, a month, both UTC.

use serde::Serialize;

use super::money::Usd;
use crate::text::{Phrase, Said};

/// The bounds; `None`: none is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Budget {
    /// USD a UTC day.
    #[serde(rename = "day_usd")]
    pub day: Option<Usd>,
    /// USD a UTC month.
    #[serde(rename = "month_usd")]
    pub month: Option<Usd>,
}

/// What this program spent, by its ledger.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SpentHere {
    /// USD on the running UTC day.
    #[serde(rename = "day_usd")]
    pub day: Usd,
    /// USD in the running UTC month.
    #[serde(rename = "month_usd")]
    pub month: Usd,
}

/// The bounds and what stands against them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BudgetFigures {
    /// The bounds.
    pub budget: Budget,
    /// What was spent.
    pub spent: SpentHere,
}

/// Which bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BudgetSpan {
    /// The day's.
    Day,
    /// The month's.
    Month,
}

/// A bound that is reached, or would be passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reached {
    /// Which one.
    pub span: BudgetSpan,
    /// The bound, USD.
    pub limit: Usd,
    /// What was spent, USD.
    pub spent: Usd,
    /// What the next request may cost.
    pub next: Next,
}

/// What a request may cost, before it is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// About so much, USD.
    About(Usd),
    /// Anything: the model has no price in a list that names prices.
    Open,
    /// Nobody tells here what anything costs: no bound can be held against it.
    Untold,
}

impl Budget {
    /// Nothing is set.
    pub fn is_unset(self) -> bool {
        self.day.is_none() && self.month.is_none()
    }

    /// The bound that a request would pass, the day's first: one that is reached already, or that its
    /// estimated cost would pass, or may.
    pub fn reached(self, spent: SpentHere, next: Next) -> Option<Reached> {
        let bounds = [
            (BudgetSpan::Day, self.day, spent.day),
            (BudgetSpan::Month, self.month, spent.month),
        ];
        bounds.into_iter().find_map(|(span, limit, spent)| {
            let limit = limit?;
            let is_reached = match next {
                Next::About(cost) => !cost.is_zero() && (spent >= limit || spent + cost > limit),
                Next::Open => true,
                Next::Untold => spent >= limit,
            };
            is_reached.then_some(Reached {
                span,
                limit,
                spent,
                next,
            })
        })
    }
}

impl Reached {
    /// The bound and what stands against it, as a sentence.
    pub fn said(&self) -> Said {
        const DAY: Phrase = Phrase::new(
            "Spent today (UTC) by this program: {} of {}.",
            "本程序今日（UTC）已花费 {}，预算 {}。",
        );
        const MONTH: Phrase = Phrase::new(
            "Spent this month (UTC) by this program: {} of {}.",
            "本程序本月（UTC）已花费 {}，预算 {}。",
        );
        const NEXT: Phrase = Phrase::new("This request may cost about {}.", "此请求约需 {}。");
        const OPEN: Phrase = Phrase::new(
            "What this request may cost is not known: the list has no price for the model.",
            "此请求的费用无法预知：列表中没有该模型的价格。",
        );
        let phrase = match self.span {
            BudgetSpan::Day => DAY,
            BudgetSpan::Month => MONTH,
        };
        let said = Said::new(phrase, &[&self.spent, &self.limit]);
        match self.next {
            Next::About(cost) => said.then(Said::new(NEXT, &[&cost])),
            Next::Open => said.then(Said::from(OPEN)),
            Next::Untold => said,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cents(cents: i64) -> Usd {
        Usd::from_cents(cents)
    }

    #[test]
    fn a_bound_is_reached_by_what_was_spent_or_by_what_comes() {
        let budget = Budget {
            day: Some(cents(100)),
            month: Some(cents(500)),
        };
        let spent = |day, month| SpentHere {
            day: cents(day),
            month: cents(month),
        };
        let span = |spent, next| budget.reached(spent, next).map(|reached| reached.span);
        let about = |cost| Next::About(cents(cost));
        assert_eq!(span(spent(50, 50), Next::Untold), None);
        assert_eq!(span(spent(50, 50), about(50)), None);
        assert_eq!(span(spent(50, 50), about(51)), Some(BudgetSpan::Day));
        assert_eq!(span(spent(100, 100), Next::Untold), Some(BudgetSpan::Day));
        assert_eq!(span(spent(0, 500), Next::Untold), Some(BudgetSpan::Month));
        // What costs nothing passes no bound; what may cost anything may pass each.
        assert_eq!(span(spent(100, 900), about(0)), None);
        assert_eq!(span(spent(0, 0), Next::Open), Some(BudgetSpan::Day));
        assert!(
            Budget::default()
                .reached(spent(900, 900), Next::Open)
                .is_none()
        );
    }
}
