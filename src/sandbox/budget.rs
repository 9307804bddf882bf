//! Whether an answer can be paid for, before it is given. Source: section 6.5.
//!
//! The check takes the longest possible answer: the price times `max_tokens`, or times the model's
//! maximum where the request names none.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::fault_refusals as refusals;
use super::fault_row::Scene;
use super::price::Price;
use super::refusal::Refusal;
use crate::domain::money::Usd;

/// What may be spent, and what is asked for.
#[derive(Clone, Debug)]
pub(super) struct Budget<'a> {
    /// What the account has left, USD.
    pub(super) balance: Usd,
    /// Credits were never bought.
    pub(super) is_free_tier: bool,
    /// What the key's cap leaves, USD; `None` without a cap.
    pub(super) key_left: Option<Usd>,
    /// What the model costs.
    pub(super) price: &'a Price,
    /// Tokens of the question.
    pub(super) prompt_tokens: u64,
    /// The longest answer.
    pub(super) max_tokens: u64,
}

impl Budget<'_> {
    /// Refuses what cannot be paid for; the account and the key are told apart.
    pub(super) fn check(&self, scene: &Scene) -> Result<(), Refusal> {
        // A debt closes everything, free models too.
        if self.balance.is_negative() {
            return Err(refusals::negative_balance(scene));
        }
        if self.price.is_free() {
            return Ok(());
        }
        if self.balance.is_zero() {
            return Err(if self.is_free_tier {
                refusals::never_bought(scene)
            } else {
                refusals::no_credits(scene)
            });
        }
        if let Some(left) = self.key_left {
            if left <= Usd::ZERO {
                return Err(refusals::key_limit(scene));
            }
            if left < self.balance {
                return self.afford(left, true);
            }
        }
        self.afford(self.balance, false)
    }

    fn afford(&self, left: Usd, of_key: bool) -> Result<(), Refusal> {
        let (read, write) = self.price.rates(self.prompt_tokens);
        let prompt = read.times(self.prompt_tokens);
        if prompt > left {
            let affordable = whole_times(left, read);
            return Err(refusals::prompt_too_dear(
                self.prompt_tokens,
                affordable,
                of_key,
            ));
        }
        if prompt + write.times(self.max_tokens) <= left {
            return Ok(());
        }
        let affordable = whole_times(left - prompt, write);
        Err(if of_key {
            refusals::key_affords(self.max_tokens, affordable)
        } else {
            refusals::account_affords(self.max_tokens, affordable)
        })
    }
}

/// How often a price fits into an amount.
fn whole_times(amount: Usd, price: Usd) -> u64 {
    let times: Option<Decimal> = amount.decimal().checked_div(price.decimal());
    times.and_then(|times| times.floor().to_u64()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(balance: &str, key_left: Option<&str>, max_tokens: u64) -> String {
        // One dollar a million tokens read, two written.
        let price = Price::per_million(Usd::from_cents(100), Usd::from_cents(200));
        let budget = Budget {
            balance: Usd::parse(balance).unwrap(),
            is_free_tier: false,
            key_left: key_left.and_then(Usd::parse),
            price: &price,
            prompt_tokens: 1000,
            max_tokens,
        };
        let scene = Scene {
            model: "a/b".to_owned(),
            now: jiff::Timestamp::UNIX_EPOCH,
        };
        match budget.check(&scene) {
            Ok(()) => "fine".to_owned(),
            Err(refusal) => {
                let body = refusal.body();
                let error = &body["error"];
                let source = &error["metadata"]["limit_source"];
                format!(
                    "{} {}",
                    source.as_str().unwrap(),
                    error["message"].as_str().unwrap()
                )
            }
        }
    }

    #[test]
    fn the_last_affordable_token_is_affordable() {
        assert_eq!(check("0.003", None, 1000), "fine");
        assert!(
            check("0.003", None, 1001).contains("up to 1001 tokens, but can only afford 1000.")
        );
    }

    #[test]
    fn the_key_and_the_account_are_told_apart() {
        let key = check("5", Some("0.003"), 4000);
        assert!(key.starts_with("openrouter_key_limit"), "{key}");
        assert!(key.contains("higher monthly limit"), "{key}");
        let account = check("0.003", Some("5"), 4000);
        assert!(account.starts_with("openrouter_credits"), "{account}");
        assert!(check("5", Some("0"), 1).contains("Key limit exceeded"));
        assert!(check("0", None, 1).contains("Insufficient credits"));
        assert!(check("0.0005", None, 1).contains("Prompt tokens limit exceeded: 1000 > 500"));
    }

    #[test]
    fn a_debt_closes_free_models_too() {
        let price = Price::per_million(Usd::ZERO, Usd::ZERO);
        let mut budget = Budget {
            balance: Usd::ZERO,
            is_free_tier: true,
            key_left: Some(Usd::ZERO),
            price: &price,
            prompt_tokens: 1000,
            max_tokens: 1000,
        };
        let scene = Scene {
            model: "a/b:free".to_owned(),
            now: jiff::Timestamp::UNIX_EPOCH,
        };
        assert!(budget.check(&scene).is_ok());
        budget.balance = Usd::from_cents(-1);
        assert_eq!(budget.check(&scene).unwrap_err().status(), 402);
    }
}
