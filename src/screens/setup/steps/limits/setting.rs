//! A limit being set on the key in use, by the account's management key: how much, then how often it
//! begins anew.

use crate::domain::account::{Change, KeyChange};
use crate::domain::clean_text::CleanText;
use crate::domain::money::Usd;
use crate::flow::Facts;
use crate::insight::reset;
use crate::screens::setup::steps::{Answer, Go};
use crate::text::{Lang, Phrase};
use crate::ui::editor::Field;
use crate::ui::page::{Block, Page};
use crate::ui::theme::Tone;

/// The longest piece of what was typed that a complaint repeats.
const MOST_SHOWN: usize = 24;

const TITLE: Phrase = Phrase::new("A limit for this key", "此密钥的限额");
const HOW_MUCH: Phrase = Phrase::new(
    "How much may this key spend until the limit begins anew?",
    "在限额重新计算之前，此密钥最多可花费多少？",
);
const IN_DOLLARS: Phrase = Phrase::new("US dollars", "美元");
const NO_AMOUNT: Phrase = Phrase::new(
    "! {} is no amount above nothing. Write dollars and cents with a point, such as 5 or 2.50.",
    "! {} 不是大于零的金额。请写美元数，小数用点，例如 5 或 2.50。",
);
const NOTHING_YET: Phrase = Phrase::new(
    "Nothing is changed before you chose how often it begins anew.",
    "在选择重新计算的周期之前，不会做任何改动。",
);
const HOW_OFTEN: Phrase = Phrase::new(
    "{}: how often does it begin anew?",
    "{}：多久重新计算一次？",
);
const NEVER: Phrase = Phrase::new("Never: it is used up once", "从不：用完为止");

/// How often a limit begins anew, the usual one first. Source: `PATCH /keys/{hash}`, `limit_reset`.
const RESETS: [Option<&str>; 4] = [Some("monthly"), Some("weekly"), Some("daily"), None];

/// The limit, as far as it is known.
#[derive(Debug)]
pub(super) enum Setting {
    /// The amount is being typed.
    Amount {
        field: Box<Field>,
        /// What was entered is no amount; it still stands in the field.
        is_refused: bool,
    },
    /// How often it begins anew is being chosen.
    Reset(Usd),
}

impl Default for Setting {
    fn default() -> Self {
        Self::Amount {
            field: Box::new(Field::open()),
            is_refused: false,
        }
    }
}

impl Setting {
    pub(super) fn write<'a>(&'a self, page: &mut Page<'a>, facts: &Facts) {
        let lang = facts.lang;
        page.tell(Tone::Strong, TITLE.say(lang));
        match self {
            Self::Amount { field, is_refused } => {
                page.say(HOW_MUCH.say(lang));
                page.gap();
                page.push(Block::Field {
                    label: IN_DOLLARS.say(lang).into(),
                    field,
                    has_focus: true,
                });
                if *is_refused {
                    let typed = CleanText::line(field.text()).shortened(MOST_SHOWN);
                    page.tell(Tone::Warn, NO_AMOUNT.fill(lang, &[&typed]));
                }
                page.tell(Tone::Quiet, NOTHING_YET.say(lang));
            }
            Self::Reset(amount) => {
                page.say(HOW_OFTEN.fill(lang, &[amount]));
                page.gap();
                for word in RESETS {
                    page.choice(in_words(word, lang), "");
                }
            }
        }
    }

    /// What the choice of a row comes to: the change, once all is known.
    pub(super) fn choose(&self, choice: usize) -> Option<KeyChange> {
        let (Self::Reset(amount), Some(word)) = (self, RESETS.get(choice)) else {
            return None;
        };
        Some(KeyChange {
            limit: Change::Set(*amount),
            limit_reset: match word {
                Some(word) => Change::Set((*word).to_owned()),
                None => Change::Clear,
            },
            ..KeyChange::default()
        })
    }

    /// Enter in the field.
    pub(super) fn submit(&mut self) -> Answer {
        let Self::Amount { field, is_refused } = self else {
            return Answer::idle();
        };
        // A limit of nothing would refuse every request.
        let Some(amount) = Usd::typed(field.text()).filter(|amount| !amount.is_zero()) else {
            *is_refused = true;
            return Answer::stay();
        };
        *self = Self::Reset(amount);
        Answer::go(Go::Turn)
    }

    pub(super) fn field(&mut self) -> Option<&mut Field> {
        match self {
            Self::Amount { field, .. } => Some(field),
            Self::Reset(_) => None,
        }
    }

    pub(super) fn has_field(&self) -> bool {
        matches!(self, Self::Amount { .. })
    }

    /// What was refused is being mended.
    pub(super) fn typed(&mut self) {
        if let Self::Amount { is_refused, .. } = self {
            *is_refused = false;
        }
    }

    /// A paste is a whole amount: what was refused before it must not stand in its way.
    pub(super) fn take_paste(&mut self, text: &str) -> bool {
        let Self::Amount { field, is_refused } = self else {
            return false;
        };
        field.set(text.trim());
        *is_refused = false;
        true
    }

    /// One step back; false: there is none.
    pub(super) fn back(&mut self) -> bool {
        let is_reset = matches!(self, Self::Reset(_));
        if is_reset {
            *self = Self::default();
        }
        is_reset
    }
}

fn in_words(word: Option<&str>, lang: Lang) -> String {
    match word {
        Some(word) => reset::words(word, lang),
        None => NEVER.say(lang).to_owned(),
    }
}
