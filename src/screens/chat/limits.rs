//! The limits that a person sets here: the longest answer, and what a conversation may cost at most. A budget belongs
//! to its conversation, and waits for it while the program runs.

use super::state::Chat;
use super::update::{news, trouble};
use super::wishes::USUAL_MAX_TOKENS;
use crate::domain::clean_text::CleanText;
use crate::domain::count::grouped;
use crate::domain::money::Usd;
use crate::flow::Step;
use crate::text::{Phrase, Said};

/// What takes a limit away.
pub(super) const OFF: &str = "off";

const WRONG_AMOUNT: Phrase = Phrase::new(
    "{} is no amount; /budget off takes the budget away",
    "{} 不是金额；/budget off 可取消预算",
);
const WRONG_NUMBER: Phrase = Phrase::new(
    "{} is no number; /max-tokens off is the usual length",
    "{} 不是数字；/max-tokens off 恢复默认长度",
);
const BUDGET_SET: Phrase = Phrase::new("this conversation stops at {}", "本次对话的上限是 {}");
const BUDGET_TOLD: Phrase = Phrase::new(
    "this conversation stops at {}; {} of it is spent, /budget off takes it away",
    "本次对话的上限是 {}，已花费 {}；/budget off 可取消",
);
const BUDGET_NONE: Phrase = Phrase::new(
    "this conversation has no budget; /budget 0.50 sets one",
    "本次对话没有预算；/budget 0.50 可设置",
);
const BUDGET_GONE: Phrase = Phrase::new(
    "this conversation has no budget any more",
    "本次对话不再有预算",
);
const BUDGET_LEFT: Phrase = Phrase::new(
    "the budget, {}, stays with the conversation before",
    "预算 {} 只属于之前的对话",
);
const MAX_TOKENS: Phrase = Phrase::new("answers end at {} tokens", "回答最多 {} token");

impl Chat {
    /// `/budget [USD|off]`.
    pub(super) fn set_budget(&mut self, rest: &str) -> Step {
        if rest.is_empty() {
            return self.tell_budget();
        }
        if rest.eq_ignore_ascii_case(OFF) {
            self.wishes.budget = None;
            return news(BUDGET_GONE);
        }
        match Usd::parse(rest.trim_start_matches('$')).filter(|usd| *usd > Usd::ZERO) {
            Some(budget) => {
                self.wishes.budget = Some(budget);
                news(Said::new(BUDGET_SET, &[&budget]))
            }
            None => refused(WRONG_AMOUNT, rest),
        }
    }

    fn tell_budget(&self) -> Step {
        match self.wishes.budget {
            Some(budget) => {
                let spent = self.talk.cost().unwrap_or(Usd::ZERO);
                news(Said::new(BUDGET_TOLD, &[&budget, &spent]))
            }
            None => news(BUDGET_NONE),
        }
    }

    /// `/max-tokens [N|off]`.
    pub(super) fn set_max_tokens(&mut self, rest: &str) -> Step {
        let tokens = match rest {
            "" => self.wishes.max_tokens,
            _ if rest.eq_ignore_ascii_case(OFF) => USUAL_MAX_TOKENS,
            _ => match rest.replace(',', "").parse::<u32>() {
                Ok(tokens) if tokens > 0 => tokens,
                _ => return refused(WRONG_NUMBER, rest),
            },
        };
        if !rest.is_empty() {
            self.wishes.take_max_tokens(tokens);
        }
        news(said_max_tokens(tokens))
    }

    /// Another conversation comes: the budget of this one waits for it, and what answers were cut down to in it, so
    /// that they could be paid for, holds no longer.
    pub(super) fn leave_limits(&mut self) -> Step {
        self.wishes.end_of_mending();
        let Some(budget) = self.wishes.budget.take() else {
            return Step::idle();
        };
        if self.talk.turns.is_empty() {
            return news(Said::new(BUDGET_LEFT, &[&budget]));
        }
        let id = self.kept_id.as_ref().unwrap_or(&self.talk.id);
        self.budgets.insert(id.clone(), budget);
        news(Said::new(BUDGET_LEFT, &[&budget]))
    }

    /// A conversation comes back, and its budget with it.
    pub(super) fn find_limits(&mut self) {
        self.wishes.budget = self.budgets.get(&self.talk.id).copied();
    }
}

/// How long answers may be, as it is told.
pub(super) fn said_max_tokens(tokens: u32) -> Said {
    Said::new(MAX_TOKENS, &[&grouped(tokens.into())])
}

fn refused(words: Phrase, typed: &str) -> Step {
    trouble(Said::new(words, &[&CleanText::line(typed).shortened(40)]))
}
