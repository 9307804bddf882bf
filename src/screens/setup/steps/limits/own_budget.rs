//! The page of the person's own budget: what this program may spend a day and a month, whatever the key may.

use super::typing::{Asked, Typing};
use super::words;
use crate::domain::budget::Budget;
use crate::domain::money::Usd;
use crate::flow::step::Fact as AppFact;
use crate::flow::{Facts, Intent, Step};
use crate::screens::setup::steps::Answer;
use crate::text::{Lang, Phrase};
use crate::ui::editor::Field;
use crate::ui::page::Page;
use crate::ui::theme::Tone;

/// The page, open.
#[derive(Debug, Default)]
pub(super) struct OwnBudget {
    /// A bound is being typed.
    typing: Option<Typing<Bound>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bound {
    Day,
    Month,
}

/// What can be chosen: to be done, and each bound.
const BOUNDS: [Bound; 2] = [Bound::Day, Bound::Month];

impl OwnBudget {
    pub(super) fn write<'a>(&'a self, page: &mut Page<'a>, facts: &Facts) {
        let lang = facts.lang;
        page.tell(Tone::Strong, words::BUDGET.say(lang));
        if let Some(typing) = &self.typing {
            typing.write(page, &typing.bound.value(facts.budget, lang), lang);
            return;
        }
        page.say(words::BUDGET_INTRO.say(lang));
        page.gap();
        page.choice(words::DONE.say(lang), "");
        for bound in BOUNDS {
            page.choice(bound.name().say(lang), bound.value(facts.budget, lang));
        }
        page.gap();
        page.tell(Tone::Quiet, words::BUDGET_ELSEWHERE.say(lang));
    }

    /// What a choice comes to; `None`: the person is done with it.
    pub(super) fn choose(&mut self, choice: usize) -> Option<Answer> {
        if choice == 0 {
            return None;
        }
        self.typing = BOUNDS.get(choice - 1).copied().map(Typing::of);
        Some(Answer::stay())
    }

    /// Enter in the field.
    pub(super) fn submit(&mut self, facts: &Facts) -> Answer {
        let Some(typing) = &mut self.typing else {
            return Answer::idle();
        };
        let Some(amount) = Usd::typed(typing.text()) else {
            typing.refuse();
            return Answer::stay();
        };
        let bound = Some(amount).filter(|amount| !amount.is_zero());
        let mut budget = facts.budget;
        match typing.bound {
            Bound::Day => budget.day = bound,
            Bound::Month => budget.month = bound,
        }
        self.typing = None;
        Step::intent(Intent::Adopt(AppFact::Budget(budget))).into()
    }

    pub(super) fn field(&mut self) -> Option<&mut Field> {
        self.typing.as_mut().map(Typing::field)
    }

    pub(super) fn has_field(&self) -> bool {
        self.typing.is_some()
    }

    pub(super) fn typed(&mut self) {
        if let Some(typing) = &mut self.typing {
            typing.typed();
        }
    }

    pub(super) fn take_paste(&mut self, text: &str) -> bool {
        let Some(typing) = &mut self.typing else {
            return false;
        };
        typing.take_paste(text);
        true
    }

    /// Back to the page itself; `None` where there is nothing to leave.
    pub(super) fn back(&mut self) -> Option<Answer> {
        self.typing.take().map(|_| Answer::stay())
    }
}

impl Bound {
    fn name(self) -> Phrase {
        match self {
            Self::Day => words::A_DAY,
            Self::Month => words::A_MONTH,
        }
    }

    /// How it stands.
    fn value(self, budget: Budget, lang: Lang) -> String {
        let bound = match self {
            Self::Day => budget.day,
            Self::Month => budget.month,
        };
        bound.map_or_else(|| words::OFF.say(lang).to_owned(), |usd| usd.to_string())
    }
}

impl Asked for Bound {
    fn question(self) -> Phrase {
        match self {
            Self::Day => words::ASK_DAY,
            Self::Month => words::ASK_MONTH,
        }
    }

    fn unit(self) -> Phrase {
        words::IN_DOLLARS
    }

    fn refusal(self) -> Phrase {
        words::NO_AMOUNT
    }
}

/// What the page of limits tells of it on one line.
pub(super) fn summary(budget: Budget, lang: Lang) -> String {
    let parts = [
        budget.day.map(|usd| words::PER_DAY.fill(lang, &[&usd])),
        budget.month.map(|usd| words::PER_MONTH.fill(lang, &[&usd])),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() {
        return words::OFF.say(lang).to_owned();
    }
    parts.join(" · ")
}
