//! The stages that ask the model: an answer as a whole, one that streams, and what they cost.

use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::{Duration, Instant};

use futures_util::future::join;
use rust_decimal::Decimal;
use tokio::sync::Notify;

use super::model::find;
use super::{Run, words};
use crate::domain::chat::{ChatRequest, Delta, FinishReason, Message, TINY_ANSWER, Usage};
use crate::domain::clean_text::CleanText;
use crate::domain::model_card::ModelCard;
use crate::domain::money::Usd;
use crate::domain::stage::{Stage, StageId, StageStatus};
use crate::domain::symptom::Symptom;
use crate::jobs::access;
use crate::jobs::answer::{self, Heard};
use crate::jobs::near_models;
use crate::text::{Phrase, Said};

/// How many bytes of text a token may hold, one with another, before an answer counts as endless.
const MOST_BYTES: u32 = 64;
/// Asks for a few tokens in a row, so that their speed can be told.
const COUNT: &str = "Count from 1 to 20, digits only";
const ONE_WORD: &str = "Reply with ok";
/// How many parts in a hundred a bill may differ from the list: prices are rounded somewhere.
const TOLERANCE_PERCENT: i64 = 2;

impl<F: FnMut(Stage)> Run<'_, F> {
    /// The quick test's one question.
    pub(super) async fn quick_answer(&self, model: &str) {
        let shown = CleanText::line(model);
        let asking = Said::new(words::ASKING_MODEL, &[&shown]);
        self.board.begin(StageId::Completion, asking);
        let began = Instant::now();
        match self.listen(&self.question(model, ONE_WORD)).await {
            Ok(heard) => self.tell_answer(&heard, &shown),
            Err(symptom) => {
                let symptom = self.understood(symptom);
                let symptom = near_models::with_near(symptom, model, self.client).await;
                self.board
                    .fail(StageId::Completion, began.elapsed(), &symptom);
            }
        }
    }

    /// An answer as a whole and one that streams, side by side; then what the bill says.
    pub(super) async fn answers(&self, model: &str, cards: &[ModelCard]) {
        let (whole, streamed) =
            join(self.completion(model, cards), self.stream(model, cards)).await;
        match whole.or(streamed) {
            Some(heard) => self.cost(model, &heard, cards),
            None => self.board.skip(StageId::Cost, words::NEEDS_ANSWER),
        }
    }

    async fn completion(&self, model: &str, cards: &[ModelCard]) -> Option<Heard> {
        let shown = CleanText::line(model);
        let asking = Said::new(words::ASKING_MODEL, &[&shown]);
        self.board.begin(StageId::Completion, asking);
        let began = Instant::now();
        let (question, recorder) = (self.question(model, ONE_WORD), self.check.recorder.as_ref());
        match answer::ask_at_once(self.client, &question, recorder).await {
            Ok(heard) => {
                self.tell_answer(&heard, &shown);
                Some(heard)
            }
            Err(symptom) => {
                let symptom = self.understood(symptom);
                let symptom = near_models::with_near_of(symptom, model, cards);
                self.board
                    .fail(StageId::Completion, began.elapsed(), &symptom);
                None
            }
        }
    }

    async fn stream(&self, model: &str, cards: &[ModelCard]) -> Option<Heard> {
        self.board.begin(StageId::Stream, words::LISTENING);
        let began = Instant::now();
        match self.listen(&self.question(model, COUNT)).await {
            Ok(heard) => {
                let (status, detail) = stream_evidence(&heard);
                self.tell(StageId::Stream, status, heard.took, detail);
                Some(heard)
            }
            Err(symptom) => {
                let symptom = self.understood(symptom);
                let symptom = near_models::with_near_of(symptom, model, cards);
                self.board.fail(StageId::Stream, began.elapsed(), &symptom);
                None
            }
        }
    }

    /// Hears a tiny answer to its end. One without end is cut off: a test is over some time, whatever a
    /// server sends.
    async fn listen(&self, request: &ChatRequest) -> Result<Heard, Symptom> {
        let longest = self.client.patience();
        let held = AtomicUsize::new(0);
        let most = request.max_tokens.saturating_mul(MOST_BYTES) as usize;
        let too_much = Notify::new();
        let count = |delta: &Delta| {
            if let Delta::Text(piece) | Delta::Reasoning(piece) = delta
                && held.fetch_add(piece.len(), Relaxed) > most
            {
                too_much.notify_one();
            }
        };
        tokio::select! {
            heard = answer::ask(self.client, request, self.check.recorder.as_ref(), count) => {
                heard.map_err(|(symptom, _)| symptom)
            }
            () = tokio::time::sleep(longest) => {
                Err(self.client.endless(&format!("no end after {longest:?}")))
            }
            () = too_much.notified() => {
                let words = format!("far more than the {} tokens asked for", request.max_tokens);
                Err(self.client.endless(&words))
            }
        }
    }

    /// The bill of an answer beside the price list. Source: `usage.cost` and `pricing`.
    fn cost(&self, asked: &str, heard: &Heard, cards: &[ModelCard]) {
        let usage = heard.usage();
        if usage.completion_tokens == Some(0) {
            return self.board.skip(StageId::Cost, words::NEEDS_ANSWER);
        }
        let Some(cost) = usage.cost else {
            return self.board.skip(StageId::Cost, words::NO_COST);
        };
        if let Some(own) = usage.byok_cost {
            // The list says what credits cost; the provider may bill its own customer otherwise.
            let detail = Said::new(words::COST_OWN_KEY, &[&cost, &own]);
            return self.tell(StageId::Cost, StageStatus::Pass, Duration::ZERO, detail);
        }
        let answered = heard.answer.head.model.as_deref();
        let card = answered
            .and_then(|model| find(model, cards, true))
            .or_else(|| find(asked, cards, true));
        let (status, detail) = match card.and_then(|card| list_price(card, &usage)) {
            None => (StageStatus::Pass, Said::new(words::COST_UNLISTED, &[&cost])),
            Some(listed) => compare(cost, listed),
        };
        self.tell(StageId::Cost, status, Duration::ZERO, detail);
    }

    fn tell_answer(&self, heard: &Heard, asked: &CleanText) {
        let (status, detail) = evidence(heard, asked);
        self.tell(StageId::Completion, status, heard.took, detail);
    }

    fn tell(&self, id: StageId, status: StageStatus, took: Duration, detail: Said) {
        match status {
            StageStatus::Warn => self.board.warn(id, took, detail),
            _ => self.board.pass(id, took, detail),
        }
    }

    fn understood(&self, symptom: Symptom) -> Symptom {
        access::or_no_key(symptom, self.check.key.as_ref())
    }

    fn question(&self, model: &str, words: &str) -> ChatRequest {
        let longest = self.check.max_tokens.unwrap_or(TINY_ANSWER);
        ChatRequest::new(model, vec![Message::user(words)], longest)
    }
}

/// What the list asks for this usage; `None` where a price is unknown.
fn list_price(card: &ModelCard, usage: &Usage) -> Option<Usd> {
    card.price_of(usage.prompt_tokens?, usage.completion_tokens?)
}

/// The bill beside the list: less is a discount, more deserves a word.
fn compare(cost: Usd, listed: Usd) -> (StageStatus, Said) {
    let slack = listed * Decimal::new(TOLERANCE_PERCENT, 2);
    let words = |phrase: Phrase| Said::new(phrase, &[&cost, &listed]);
    if cost > listed + slack {
        (StageStatus::Warn, words(words::COST_ABOVE))
    } else if cost < listed - slack {
        (StageStatus::Pass, words(words::COST_BELOW))
    } else {
        (StageStatus::Pass, Said::new(words::COST_AGREES, &[&cost]))
    }
}

fn stream_evidence(heard: &Heard) -> (StageStatus, Said) {
    let first = heard.first_token.unwrap_or(heard.took).as_millis();
    let comments = heard.keep_alives;
    if heard.pieces == 0 {
        return (
            StageStatus::Warn,
            Said::new(words::STREAMED_NOTHING, &[&comments]),
        );
    }
    if heard.answer.usage.is_none() {
        let detail = Said::new(words::STREAMED_NO_USAGE, &[&first, &comments]);
        return (StageStatus::Warn, detail);
    }
    let detail = match heard.tokens_per_second() {
        Some(speed) => {
            let speed = format!("{speed:.0}");
            Said::new(words::STREAMED_AT, &[&first, &speed, &comments])
        }
        None => Said::new(words::STREAMED, &[&first, &heard.pieces, &comments]),
    };
    (StageStatus::Pass, detail)
}

fn evidence(heard: &Heard, asked: &CleanText) -> (StageStatus, Said) {
    let answer = &heard.answer;
    let model = answer.head.model.as_ref().unwrap_or(asked);
    let said = CleanText::line(&answer.text).shortened(24);
    let usage = heard.usage();
    if answer.finish == Some(FinishReason::ContentFilter) {
        return (StageStatus::Warn, Said::new(words::FILTERED, &[model]));
    }
    // Thoughts may stay hidden and still use up the few tokens there are.
    let thought = !answer.reasoning.is_empty()
        || (usage.reasoning_tokens.is_some_and(|tokens| tokens > 0)
            && matches!(
                answer.finish,
                Some(FinishReason::Stop | FinishReason::Length)
            ));
    if said.is_empty() && !thought {
        let detail = match &answer.finish {
            Some(finish) => {
                let finish = CleanText::line(finish.as_str());
                Said::new(words::WORDLESS_SINCE, &[model, &finish])
            }
            None => Said::new(words::WORDLESS, &[model]),
        };
        return (StageStatus::Warn, detail);
    }
    let mut detail = if said.is_empty() {
        Said::new(words::THOUGHT, &[model])
    } else {
        Said::new(words::ANSWERED, &[model, &said])
    };
    if let Some(cost) = usage.cost {
        detail = Said::joined(words::WITH_COST, &[detail, Said::verbatim(cost)]);
    }
    if let Some(first) = heard.first_token {
        let first = Said::verbatim(first.as_millis());
        detail = Said::joined(words::WITH_FIRST, &[detail, first]);
    }
    (StageStatus::Pass, detail)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn usd(text: &str) -> Usd {
        Usd::parse(text).unwrap()
    }

    #[test]
    fn a_bill_above_the_list_deserves_a_word_and_one_below_does_not() {
        let status = |cost, listed| compare(usd(cost), usd(listed)).0;
        assert_eq!(status("0.000100", "0.000100"), StageStatus::Pass);
        assert_eq!(status("0.000101", "0.000100"), StageStatus::Pass);
        assert_eq!(status("0.000110", "0.000100"), StageStatus::Warn);
        assert_eq!(status("0.000050", "0.000100"), StageStatus::Pass);
        assert_eq!(status("0", "0"), StageStatus::Pass);
        assert_eq!(status("0.000001", "0"), StageStatus::Warn);
    }

    #[test]
    fn a_stream_without_figures_deserves_a_word() {
        for pieces in [0, 3] {
            let heard = Heard {
                pieces,
                ..Heard::default()
            };
            assert_eq!(stream_evidence(&heard).0, StageStatus::Warn);
        }
    }
}
