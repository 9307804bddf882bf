//! The fee on buying credits.

use rust_decimal::Decimal;

use crate::domain::money::Usd;
use crate::text::{Phrase, Said};

/// How credits are paid for. Source: OpenRouter's documentation of its fees.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Payment {
    /// By card and the like: 5.5 %, at least $0.80.
    #[default]
    Card,
    /// In USDC: 5 %.
    Crypto,
}

/// One purchase of credits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Purchase {
    /// How many credits, USD; above zero.
    pub credits: Usd,
    /// How they are paid for.
    pub payment: Payment,
}

impl Default for Purchase {
    /// Twenty dollars by card: above $14.55, where the least fee no longer counts.
    fn default() -> Self {
        Self {
            credits: Usd::from_cents(2_000),
            payment: Payment::Card,
        }
    }
}

/// What tokens cost, USD, the fee apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    /// The tokens themselves: what is taken from the credits.
    pub tokens: Usd,
    /// Their part of the fee that was paid when the credits were bought.
    pub fee: Usd,
}

impl Cost {
    /// Both together.
    pub fn total(self) -> Usd {
        self.tokens + self.fee
    }

    /// The cost in a sentence.
    pub fn say(self) -> Said {
        const BOTH: Phrase = Phrase::new(
            "{}, and {} of fee on the credits: {} in all",
            "{}，另加购买额度的手续费 {}：共 {}",
        );
        let is_small = self.total() < Usd::from_cents(100);
        let shown = |amount: Usd| {
            if is_small {
                amount.finely()
            } else {
                amount.to_string()
            }
        };
        let [tokens, fee, total] = [self.tokens, self.fee, self.total()].map(shown);
        Said::new(BOTH, &[&tokens, &fee, &total])
    }
}

impl Purchase {
    /// What the fee of a job is a share of, and that smaller purchases make it greater.
    pub fn say(self) -> Said {
        const SHARE: Phrase = Phrase::new(
            "Jobs include their share of the fee on buying credits, as on {} bought by card: {} ({} %).",
            "任务费用含购买额度的手续费，按刷卡购买 {} 计：{}（{} %）。",
        );
        const SMALLER: Phrase = Phrase::new(
            "The fee is {} at least: on {} it is {} %.",
            "手续费最低 {}：购买 {} 时为 {} %。",
        );
        let small = Self {
            credits: Usd::from_cents(500),
            ..self
        };
        let [percent, more] = [self, small].map(|it| it.percent().unwrap_or_default());
        let said = Said::new(SHARE, &[&self.credits, &self.fee(), &percent]);
        if more <= percent {
            return said;
        }
        said.then(Said::new(SMALLER, &[&small.fee(), &small.credits, &more]))
    }

    /// The fee on top of the credits, USD; none on a purchase of nothing.
    pub fn fee(self) -> Usd {
        if self.credits <= Usd::ZERO {
            return Usd::ZERO;
        }
        match self.payment {
            Payment::Card => (self.credits * Decimal::new(55, 3)).max(Usd::from_cents(80)),
            Payment::Crypto => self.credits * Decimal::new(5, 2),
        }
    }

    /// The fee in percent of the credits, to a tenth; `None` on a purchase of nothing.
    pub fn percent(self) -> Option<Decimal> {
        let rate = self.fee().over(self.credits)?;
        Some((rate * Decimal::ONE_HUNDRED).round_dp(1).normalize())
    }

    /// What tokens of this cost come to when paid with these credits.
    pub fn cost_with_fee(self, tokens: Usd) -> Cost {
        // The whole fee over all credits of the purchase, not the percentage: small purchases cost more.
        let rate = self.fee().over(self.credits).unwrap_or_default();
        Cost {
            tokens,
            fee: tokens * rate,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    fn bought(cents: i64, payment: Payment) -> Purchase {
        Purchase {
            credits: Usd::from_cents(cents),
            payment,
        }
    }

    #[test]
    fn the_fee_is_five_and_a_half_percent_and_eighty_cents_at_least() {
        let fee = |cents| bought(cents, Payment::Card).fee();
        assert_eq!(fee(10_000), Usd::from_cents(550));
        assert_eq!(fee(500), Usd::from_cents(80));
        // 5.5 % of $14.54 are $0.7997, of $14.55 $0.80025.
        assert_eq!(fee(1_454), Usd::from_cents(80));
        assert_eq!(fee(1_455), Usd::parse("0.80025").unwrap());
        assert_eq!(fee(0), Usd::ZERO);
        let percent = |cents| {
            bought(cents, Payment::Card)
                .percent()
                .map(|it| it.to_string())
        };
        assert_eq!(percent(2_000).as_deref(), Some("5.5"));
        assert_eq!(percent(500).as_deref(), Some("16"));
        assert_eq!(percent(0), None);
        assert_eq!(bought(500, Payment::Crypto).fee(), Usd::from_cents(25));
    }

    #[test]
    fn a_small_purchase_makes_the_same_tokens_dearer() {
        let ten_dollars = Usd::from_cents(1_000);
        let fee = |cents| bought(cents, Payment::Card).cost_with_fee(ten_dollars).fee;
        assert_eq!(fee(10_000), Usd::from_cents(55));
        assert_eq!(fee(500), Usd::from_cents(160));
        let told = bought(10_000, Payment::Card).cost_with_fee(ten_dollars);
        assert_eq!(
            told.say().say(Lang::En),
            "$10.00, and $0.55 of fee on the credits: $10.55 in all"
        );
    }

    #[test]
    fn what_the_fee_is_a_share_of_is_said_with_its_least() {
        assert_eq!(
            bought(2_000, Payment::Card).say().say(Lang::En),
            "Jobs include their share of the fee on buying credits, as on $20.00 bought by card: $1.10 (5.5 %). \
             The fee is $0.80 at least: on $5.00 it is 16 %."
        );
        assert!(
            !bought(500, Payment::Card)
                .say()
                .say(Lang::En)
                .contains("at least")
        );
    }

    #[test]
    fn a_purchase_of_nothing_has_no_fee_to_share() {
        let none = bought(0, Payment::Card).cost_with_fee(Usd::from_cents(100));
        assert_eq!(none.total(), Usd::from_cents(100));
    }
}
