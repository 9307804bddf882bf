//! How long the question in the editor is, and how long an answer the budget of a conversation (`/budget`) pays for,
//! by the list's prices.

use super::state::{Chat, Whom, card_of};
use crate::domain::money::Usd;
use crate::domain::token_estimate;
use crate::flow::Facts;

/// What stands in the editor, counted.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Counted {
    /// The state of the editor that was counted; `None`: it is to be counted anew.
    changes: Option<u64>,
    /// About how many tokens it is, with the files that it names.
    pub(super) tokens: u64,
    /// It names something more, whose size is not known here.
    pub(super) is_more: bool,
}

impl Chat {
    /// Counts what stands in the editor where that changed: a long text is not counted anew for every frame.
    pub(super) fn count_typed(&mut self) {
        let changes = Some(self.prompt.changes());
        if self.counted.changes != changes {
            let text = self.prompt.text();
            let (named, is_more) = self.mentions.weigh(&text);
            self.counted = Counted {
                changes,
                tokens: token_estimate::of_text(&text) + named,
                is_more,
            };
        }
    }

    /// The files that can be named are known, or others than before.
    pub(super) fn count_anew(&mut self) {
        self.counted.changes = None;
    }

    /// How many tokens each answer may have at most, of a question that takes about so many to be read: what is
    /// wished, or less where one that may answer can give no more, or the budget of this conversation pays for no
    /// more. `None`: it does not pay for a single one. A model without a price is held by no budget.
    pub(super) fn longest_answer(
        &self,
        whom: &Whom,
        prompt_tokens: u64,
        facts: &Facts,
    ) -> Option<u32> {
        let all = whom.models().iter().chain(self.wishes.fallbacks());
        let cards = all.filter_map(|model| card_of(model, facts));
        let wished = cards.fold(self.wishes.max_tokens, |wished, card| {
            card.longest_answer(wished, prompt_tokens)
        });
        let Some(budget) = self.wishes.budget else {
            return Some(wished);
        };
        let left = budget - self.talk.cost().unwrap_or(Usd::ZERO);
        let fallbacks = self.wishes.fallbacks();
        let price = |model: &String| {
            let card = card_of(model, facts)?;
            let read = card.price_of(prompt_tokens, 0)?;
            Some((read, card.completion_price?))
        };
        // Of those that may answer in a model's place the dearest counts.
        let dearest = |model: &String| {
            let all = std::iter::once(model).chain(fallbacks).filter_map(price);
            all.reduce(|one, other| (one.0.max(other.0), one.1.max(other.1)))
        };
        let all = whom.models().iter().filter_map(dearest);
        let sum = all.reduce(|one, other| (one.0 + other.0, one.1 + other.1));
        let Some((read, written)) = sum else {
            return Some(wished);
        };
        affords(left - read, written).map(|tokens| tokens.min(wished))
    }
}

/// How many tokens at this price an amount pays for; `None`: not for one.
fn affords(left: Usd, price: Usd) -> Option<u32> {
    if left.is_negative() || left.is_zero() && !price.is_zero() {
        return None;
    }
    let Some(tokens) = left.over(price) else {
        return Some(u32::MAX);
    };
    let tokens = u32::try_from(tokens.floor()).unwrap_or(u32::MAX);
    (tokens > 0).then_some(tokens)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_pays_for_whole_tokens_or_for_none() {
        let usd = |text| Usd::parse(text).unwrap();
        assert_eq!(affords(usd("0.001"), usd("0.000002")), Some(500));
        assert_eq!(affords(usd("0.0000019"), usd("0.000002")), None);
        assert_eq!(affords(usd("-0.1"), usd("0.000002")), None);
        assert_eq!(affords(Usd::ZERO, usd("0.000002")), None);
        // What is free is not stopped.
        assert_eq!(affords(Usd::ZERO, Usd::ZERO), Some(u32::MAX));
        assert_eq!(affords(usd("1000000"), usd("0.0000000001")), Some(u32::MAX));
    }
}
