//! Answers that came without their cost: a server knows it a little later, so it is asked a few times, less and less
//! often. What is learned stands under the answer, counts in the conversation, and is kept with it.
//!
//! ```text
//! finished without a cost ─> Wait ─> AskBill ─┬> told: the line changes
//!                              └── not yet ───┴> in vain: "cost not told"
//! ```

use super::asking::account;
use super::figures;
use super::state::Chat;
use super::update::news;
use crate::domain::account::Generation;
use crate::domain::clean_text::CleanText;
use crate::flow::talk::Bill;
use crate::flow::{Effect, Facts, Step, Ticket};
use crate::text::{Phrase, Said};

/// Seconds before each time that a bill is asked for.
const WAITS: [u64; 4] = [2, 6, 20, 60];
/// So many bills of a conversation that was resumed are asked for: those of its latest answers.
const MOST_EARLIER: usize = 4;

const TOLD: Phrase = Phrase::new("that answer of {} cost {}", "{} 的那个回答费用为 {}");
const NOT_TOLD: Phrase = Phrase::new(
    "what that answer of {} cost is not told",
    "未能得知 {} 的那个回答的费用",
);

/// A bill that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Billed {
    /// Of the wait or of the question, whichever is under way.
    ticket: Ticket,
    /// The turn of the answer.
    turn: usize,
    /// How often it was waited for.
    waits: usize,
}

impl Chat {
    /// An answer ended: what it cost is asked for where nobody told it.
    pub(super) fn await_bill(&mut self, turn: usize) -> Step {
        let reply = self.talk.turns.get(turn).and_then(|turn| turn.reply());
        let is_open = reply.is_some_and(|reply| reply.open_bill().is_some());
        if !is_open || self.bills.iter().any(|bill| bill.turn == turn) {
            return Step::changed();
        }
        self.wait_for_bill(turn, 0)
    }

    /// The same for the latest answers of a conversation that comes back.
    pub(super) fn await_earlier_bills(&mut self) -> Step {
        let turns = self.talk.turns.iter().enumerate().rev();
        let open = turns.filter(|(_, turn)| {
            let reply = turn.reply();
            reply.is_some_and(|reply| reply.open_bill().is_some())
        });
        let open: Vec<usize> = open.take(MOST_EARLIER).map(|(turn, _)| turn).collect();
        let waits = open.into_iter().map(|turn| self.await_bill(turn));
        waits.reduce(Step::then).unwrap_or_else(Step::idle)
    }

    /// Whoever waits for the bills of this conversation does not any more: another one comes.
    pub(super) fn leave_bills(&mut self) -> Step {
        let bills = std::mem::take(&mut self.bills).into_iter();
        bills.fold(Step::changed(), |step, bill| {
            step.and_effect(Effect::Cancel(bill.ticket))
        })
    }

    fn wait_for_bill(&mut self, turn: usize, waits: usize) -> Step {
        let ticket = self.tickets.take();
        self.bills.push(Billed {
            ticket,
            turn,
            waits: waits + 1,
        });
        let secs = WAITS[waits.min(WAITS.len() - 1)];
        Step::effect(Effect::Wait { ticket, secs })
    }

    /// It was waited long enough: the server is asked.
    pub(super) fn ask_bill(&mut self, ticket: Ticket, facts: &Facts) -> Step {
        let Some(at) = self.bills.iter().position(|bill| bill.ticket == ticket) else {
            return Step::idle();
        };
        let turns = &self.talk.turns;
        let reply = turns.get(self.bills[at].turn).and_then(|it| it.reply());
        let Some(generation) = reply.and_then(|reply| reply.open_bill()) else {
            self.bills.remove(at);
            return Step::idle();
        };
        let generation = generation.to_owned();
        let ticket = self.tickets.take();
        self.bills[at].ticket = ticket;
        // Nothing to see changed.
        Step {
            is_idle: true,
            ..Step::effect(Effect::AskBill {
                ticket,
                account: account(facts),
                generation,
            })
        }
    }

    /// What the server says of it.
    pub(super) fn bill_told(&mut self, ticket: Ticket, bill: &Bill, facts: &Facts) -> Step {
        let Some(at) = self.bills.iter().position(|bill| bill.ticket == ticket) else {
            return Step::idle();
        };
        let Billed { turn, waits, .. } = self.bills.remove(at);
        match bill {
            Bill::Told(generation) => self.learn_bill(turn, generation),
            Bill::NotYet if waits < WAITS.len() => {
                let waited = self.wait_for_bill(turn, waits);
                return Step {
                    is_idle: true,
                    ..waited
                };
            }
            Bill::NotYet | Bill::Never => {
                if let Some(reply) = self.reply_mut(turn) {
                    reply.is_untold = true;
                }
            }
        }
        self.show_figures(turn, facts.lang);
        let kept = self.keep_finished(turn, facts);
        if self.is_by_lines {
            return kept.then(self.say_bill(turn));
        }
        kept
    }

    /// What is known already stands: the server counted what it sent, the bill what it made.
    fn learn_bill(&mut self, turn: usize, bill: &Generation) {
        let Some(reply) = self.reply_mut(turn) else {
            return;
        };
        reply.cost = reply.cost.or(bill.cost);
        reply.provider = reply.provider.take().or_else(|| bill.provider.clone());
        reply.prompt_tokens = reply.prompt_tokens.or(bill.prompt_tokens);
        reply.completion_tokens = reply.completion_tokens.or(bill.completion_tokens);
        reply.reasoning_tokens = reply.reasoning_tokens.or(bill.reasoning_tokens);
        reply.cached_tokens = reply.cached_tokens.or(bill.cached_tokens);
    }

    /// The line under an answer, as it is now.
    pub(super) fn show_figures(&mut self, turn: usize, lang: crate::text::Lang) {
        let is_compared = self.pair.as_ref().is_some_and(|pair| pair.has(turn));
        // The turn may be one part of an answer: the last one on show tells of all of them.
        let end = self.on_show().last_part(turn).unwrap_or(turn);
        let whole = self.talk.joined(if is_compared { turn } else { end });
        let Some(reply) = whole.as_ref().and_then(|whole| whole.reply()) else {
            return;
        };
        let figures = if is_compared {
            figures::with_time(reply, lang)
        } else {
            figures::line(reply, lang)
        };
        let tokens = reply.reasoning_tokens;
        self.shown_of(turn).figures(turn, &figures, tokens);
    }

    /// Where lines were said that cannot change, it is said anew.
    fn say_bill(&self, turn: usize) -> Step {
        let Some(reply) = self.talk.turns[turn].reply() else {
            return Step::idle();
        };
        let model = CleanText::line(&reply.asked);
        news(match reply.cost {
            Some(cost) => Said::new(TOLD, &[&model, &cost]),
            None => Said::new(NOT_TOLD, &[&model]),
        })
    }
}
