//! What a request takes and costs, before it is sent: the question by the script of its words, the answer by
//! the last answers of the same model.

use crate::domain::chat::ChatRequest;
use crate::domain::model_card::ModelCard;
use crate::domain::money::Usd;
use crate::domain::token_estimate;
use crate::text::{Phrase, Said};

/// Fewer answers tell nothing of the next one.
const LEAST_ANSWERS: usize = 3;

/// What a request takes and costs, about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Estimate {
    /// Tokens read.
    pub prompt_tokens: u64,
    /// Tokens written.
    pub answer_tokens: u64,
    /// Where that number is from.
    pub answer_by: AnswerBy,
    /// USD for both; `None` where the model's prices are not known or depend on the routed model.
    pub cost: Option<Usd>,
    /// USD for the longest answer that may come, from whichever model; `None` where one of them has no known price.
    pub most: Option<Usd>,
    /// `cost` of the dearest model that may answer, as far as prices are known, or what the last answers cost at most:
    /// what a budget is held against. Zero only where all of them are known to be free.
    pub dearest: Option<Usd>,
    /// What the model takes, question and answer together, in tokens.
    pub context: Option<u64>,
}

/// Where the length of the answer is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnswerBy {
    /// The median of so many last answers of this model.
    Recent(usize),
    /// The longest answer that is asked for.
    Longest,
}

impl Estimate {
    /// The estimate of a request. `recent` are the tokens of the model's last answers, by the ledger.
    pub fn of(request: &ChatRequest, card: Option<&ModelCard>, recent: &[u64]) -> Self {
        let prompt_tokens = token_estimate::of_request(request);
        Self::about(prompt_tokens, request.max_tokens, card, recent)
    }

    /// The same of a request that takes about so many tokens to be read, and whose answer takes `max_tokens` at
    /// most.
    pub fn about(
        prompt_tokens: u64,
        max_tokens: u32,
        card: Option<&ModelCard>,
        recent: &[u64],
    ) -> Self {
        let longest = u64::from(max_tokens);
        let (answer_tokens, answer_by) = match median(recent) {
            Some(median) => (median.min(longest), AnswerBy::Recent(recent.len())),
            None => (longest, AnswerBy::Longest),
        };
        let price = |answer| {
            let cost = card?.price_of(prompt_tokens, answer)?;
            (!cost.is_negative()).then_some(cost)
        };
        let cost = price(answer_tokens);
        Self {
            prompt_tokens,
            answer_tokens,
            answer_by,
            cost,
            most: price(longest),
            dearest: cost,
            context: card.and_then(|card| card.context_length),
        }
    }

    /// The same where another model may answer in this one's place: the first one does as a rule, and the other
    /// one is what it may cost.
    #[must_use]
    pub fn or_by(self, other: &Self) -> Self {
        let dearest = match (self.dearest, other.dearest) {
            (Some(one), Some(other)) => Some(one.max(other)),
            (one, other) => one.or(other).filter(|price| !price.is_zero()),
        };
        Self {
            most: self.most.zip(other.most).map(|(one, other)| one.max(other)),
            dearest,
            ..self
        }
    }

    /// Whether question and longest answer are more than the model takes.
    pub fn is_too_long(&self, max_tokens: u32) -> bool {
        self.context
            .is_some_and(|context| self.prompt_tokens + u64::from(max_tokens) > context)
    }

    /// How the answer's length was found, for people.
    pub fn answer_said(&self) -> Said {
        const RECENT: Phrase = Phrase::new(
            "the median of this model's last {} answers",
            "此模型最近 {} 次回答的中位数",
        );
        const LONGEST: Phrase = Phrase::new(
            "the longest answer asked for: too few earlier ones of this model",
            "所请求的最大长度：此模型的历史回答太少",
        );
        match self.answer_by {
            AnswerBy::Recent(count) => Said::new(RECENT, &[&count]),
            AnswerBy::Longest => LONGEST.into(),
        }
    }
}

/// The one in the middle, the greater of two; `None` for too few.
fn median(recent: &[u64]) -> Option<u64> {
    let mut sorted = recent.to_vec();
    sorted.sort_unstable();
    (sorted.len() >= LEAST_ANSWERS).then(|| sorted[sorted.len() / 2])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::chat::Message;

    fn card() -> ModelCard {
        ModelCard {
            prompt_price: Usd::parse("0.001"),
            completion_price: Usd::parse("0.01"),
            context_length: Some(1000),
            ..ModelCard::default()
        }
    }

    #[test]
    fn the_answer_is_as_long_as_the_last_ones_were() {
        // One token and four for the message.
        let request = ChatRequest::new("a/b", vec![Message::user("abcd")], 500);
        let by = |recent: &[u64]| {
            let estimate = Estimate::of(&request, Some(&card()), recent);
            (estimate.answer_tokens, estimate.answer_by, estimate.cost)
        };
        let usd = Usd::parse;
        assert_eq!(by(&[10, 30, 20]), (20, AnswerBy::Recent(3), usd("0.205")));
        assert_eq!(by(&[10, 30]), (500, AnswerBy::Longest, usd("5.005")));
        assert_eq!(by(&[900; 4]), (500, AnswerBy::Recent(4), usd("5.005")));
        let estimate = Estimate::of(&request, Some(&card()), &[1; 3]);
        assert_eq!(estimate.most, usd("5.005"));
        assert!(!estimate.is_too_long(500) && estimate.is_too_long(996));
    }

    #[test]
    fn every_model_that_may_answer_counts_for_what_it_may_cost() {
        let by = |price: Option<&str>| {
            let card = ModelCard {
                prompt_price: price.and_then(Usd::parse),
                completion_price: price.and_then(Usd::parse),
                ..ModelCard::default()
            };
            Estimate::about(1, 9, Some(&card), &[])
        };
        let (cheap, dear, unknown) = (by(Some("1")), by(Some("2")), by(None));
        let of = |it: Estimate| (it.cost, it.most, it.dearest);
        let usd = Usd::parse;
        assert_eq!(of(cheap.or_by(&dear)), (usd("10"), usd("20"), usd("20")));
        assert_eq!(of(dear.or_by(&cheap)), (usd("20"), usd("20"), usd("20")));
        assert_eq!(of(cheap.or_by(&unknown)), (usd("10"), None, usd("10")));
        assert_eq!(of(unknown.or_by(&dear)), (None, None, usd("20")));
        // What is free may be answered by what is not.
        let free = by(Some("0"));
        assert_eq!(of(free.or_by(&unknown)), (usd("0"), None, None));
        assert_eq!(of(free.or_by(&free)), (usd("0"), usd("0"), usd("0")));
        assert_eq!(free.or_by(&unknown).or_by(&dear).dearest, usd("20"));
    }

    #[test]
    fn without_a_price_there_is_no_cost() {
        let request = ChatRequest::new("a/b", vec![Message::user("x")], 5);
        assert_eq!(Estimate::of(&request, None, &[]).cost, None);
        let router = ModelCard {
            prompt_price: Usd::parse("-1"),
            completion_price: Usd::parse("-1"),
            ..ModelCard::default()
        };
        assert_eq!(Estimate::of(&request, Some(&router), &[]).cost, None);
    }
}
