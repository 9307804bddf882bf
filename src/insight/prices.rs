//! What a job costs on a model, with the fee on buying credits shown apart, and what its vendor takes
//! for the same.

mod direct;
mod fee;

pub use direct::{Comparison, DirectPrice, Snapshot, Verdict, compare, snapshot};
pub use fee::{Cost, Payment, Purchase};

use super::tokens::Tokens;
use crate::domain::model_card::ModelCard;

/// A small job: one question with a file of some 150 lines, and half a page of answer.
pub const SMALL_JOB: Tokens = Tokens {
    requests: 1,
    prompt: 2_000,
    cached: 0,
    completion: 500,
};

/// A large job: an hour with a coding agent, forty requests of 20,000 tokens each and 1,000 tokens of
/// answer and reasoning to each; no cache, for not every provider has one.
pub const LARGE_JOB: Tokens = Tokens {
    requests: 40,
    prompt: 800_000,
    cached: 0,
    completion: 40_000,
};

/// Three costs on one model, at the list's prices: estimates. The bill is `usage.cost`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Estimate {
    /// [`SMALL_JOB`].
    pub small: Cost,
    /// [`LARGE_JOB`].
    pub large: Cost,
    /// A month at the person's own average, where there is one.
    pub month: Option<Cost>,
}

/// Prices the jobs on a model; `None` where its prices are unknown or variable. `month` is
/// [`Tokens::a_month`] of what was recorded, `purchase` how credits are bought.
pub fn estimate(card: &ModelCard, month: Option<Tokens>, purchase: Purchase) -> Option<Estimate> {
    let cost = |tokens: Tokens| Some(purchase.cost_with_fee(tokens.cost_on(card)?));
    Some(Estimate {
        small: cost(SMALL_JOB)?,
        large: cost(LARGE_JOB)?,
        month: month.and_then(cost),
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::domain::money::Usd;
    use crate::domain::spend::Used;
    use crate::insight::span::Span;

    #[test]
    fn jobs_cost_what_one_reckons_by_hand() {
        let card = ModelCard {
            prompt_price: Usd::parse("0.000003"),
            completion_price: Usd::parse("0.000015"),
            ..ModelCard::default()
        };
        let used = Used {
            requests: 10,
            prompt_tokens: 1_000_000,
            completion_tokens: 100_000,
            ..Used::default()
        };
        let span = Span::new(date(2026, 11, 1), date(2026, 11, 10));
        let month = Tokens::a_month(&used, span);
        let told = estimate(&card, Some(month), Purchase::default()).unwrap();
        // 2,000 × $3/M + 500 × $15/M; 0.8 M × $3/M + 40,000 × $15/M; 3 M × $3/M + 0.3 M × $15/M.
        assert_eq!(told.small.tokens, Usd::parse("0.0135").unwrap());
        assert_eq!(told.large.tokens, Usd::from_cents(300));
        assert_eq!(told.large.fee, Usd::parse("0.165").unwrap());
        assert_eq!(told.large.total(), Usd::parse("3.165").unwrap());
        assert_eq!(told.month.unwrap().tokens, Usd::from_cents(1_350));
    }

    #[test]
    fn a_variable_price_has_no_estimate() {
        let router = ModelCard::default();
        assert_eq!(estimate(&router, None, Purchase::default()), None);
    }
}
