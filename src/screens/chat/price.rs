//! What the question in the editor would cost with its answer, what was spent, and how full the model's context is:
//! the right of the line above the editor.

use super::state::{Chat, card_of};
use crate::domain::count::grouped;
use crate::domain::model_card::names_prices;
use crate::domain::money::Usd;
use crate::domain::token_estimate;
use crate::flow::Facts;
use crate::insight::estimate::{AnswerBy, Estimate};
use crate::text::{Phrase, Said};
use crate::ui::theme::Tone;
use crate::ui::wrap::width;

/// From this price on the cost stands out, in cents.
const DEAR_CENTS: i64 = 10;
/// From this share of the context on that it is nearly full is said, in percent.
const NEARLY_FULL: u64 = 80;

const ONE_TOKEN: Phrase = Phrase::new("~{} token in", "输入约 {} token");
const TOKENS: Phrase = Phrase::new("~{} tokens in", "输入约 {} token");
const FREE: Phrase = Phrase::new("free", "免费");
const ABOUT: Phrase = Phrase::new("~{}", "约 {}");
const ABOUT_AND_MOST: Phrase = Phrase::new("~{}, at most {}", "约 {}，最多 {}");
const AT_MOST: Phrase = Phrase::new("at most {}", "最多 {}");
const UNKNOWN: Phrase = Phrase::new("price not known", "价格未知");
const IN_ALL: Phrase = Phrase::new("{} so far", "已花费 {}");
const OF_BUDGET: Phrase = Phrase::new("{} of {} spent", "已花费 {}，预算 {}");
const FULL: Phrase = Phrase::new("context {}% full", "上下文已满 {}%");

/// How it is reckoned what stands above the editor.
pub(super) fn method() -> Said {
    const METHOD: Phrase = Phrase::new(
        "Above the editor: what the next question takes with all that was said before, {}. Its cost is ~ with an answer as \
         long as your last ones, \"at most\" with the longest answer that is asked for.",
        "编辑框上方：下一个问题连同此前全部对话的 token 数，{}。费用前的“约”按你最近的回答长度估算，“最多”按所要求的最长回答计算。",
    );
    Said::joined(METHOD, &[token_estimate::METHOD.into()])
}

/// What a question would cost.
struct Price {
    /// Read, with all that was said before.
    tokens: u64,
    /// With an answer as long as the last ones were; `None` where too few are known.
    about: Option<Usd>,
    /// With the longest answer that is asked for; `None` where one that may answer has no known price.
    most: Option<Usd>,
}

impl Price {
    /// It is much, as far as is known.
    fn is_dear(&self) -> bool {
        let cost = self.about.or(self.most);
        cost.is_some_and(|cost| cost >= Usd::from_cents(DEAR_CENTS))
    }

    /// In words; `None` where the server tells no prices. `more` stands behind an amount to which something of unknown size is added.
    fn said(&self, more: &str, facts: &Facts) -> Option<String> {
        let lang = facts.lang;
        let amount = |cost: Usd| format!("{cost}{more}");
        Some(match (self.about, self.most) {
            (_, Some(most)) if most.is_zero() => FREE.say(lang).to_owned(),
            (Some(about), Some(most)) if about < most => {
                ABOUT_AND_MOST.fill(lang, &[&amount(about), &amount(most)])
            }
            (_, Some(most)) => AT_MOST.fill(lang, &[&amount(most)]),
            (Some(about), None) => ABOUT.fill(lang, &[&amount(about)]),
            (None, None) => {
                let list = facts.models.as_ref()?;
                names_prices(&list.value).then(|| UNKNOWN.say(lang).to_owned())?
            }
        })
    }
}

impl Chat {
    /// What the question in the editor would cost, and what was spent here, in so many columns as far as they hold
    /// it.
    pub(super) fn costs(&self, facts: &Facts, columns: u16) -> (Tone, String) {
        let lang = facts.lang;
        let price = self.price(facts);
        let is_dear = price.as_ref().is_some_and(Price::is_dear);
        let tone = if is_dear { Tone::Warn } else { Tone::Quiet };
        let more = if self.counted.is_more { "+" } else { "" };
        let cost = price.as_ref().and_then(|price| price.said(more, facts));
        let tokens = price.map(|price| {
            let tokens = format!("{}{more}", grouped(price.tokens));
            Phrase::counted(price.tokens, ONE_TOKEN, TOKENS).fill(lang, &[&tokens])
        });
        let open = if self.talk.has_open_cost() { "+" } else { "" };
        let spent = match (self.talk.cost(), self.wishes.budget) {
            (spent, Some(budget)) => {
                let spent = format!("{}{open}", spent.unwrap_or(Usd::ZERO));
                Some(OF_BUDGET.fill(lang, &[&spent, &budget]))
            }
            (spent, None) => spent.map(|spent| IN_ALL.fill(lang, &[&format!("{spent}{open}")])),
        };
        // What is going on stands at the left, and needs a third of the line.
        let room = usize::from(columns) * 2 / 3;
        let joined = |parts: &[&Option<String>]| {
            let parts: Vec<&str> = parts.iter().filter_map(|part| part.as_deref()).collect();
            parts.join(" · ")
        };
        let all = [joined(&[&tokens, &cost, &spent]), joined(&[&cost, &spent])];
        let fits = all.into_iter().find(|words| width(words) <= room);
        let words = fits.unwrap_or_else(|| cost.or(spent).unwrap_or_default());
        (tone, words)
    }

    /// What the question in the editor would cost with its answers, by all that are asked; `None` where there is
    /// nothing to send.
    fn price(&self, facts: &Facts) -> Option<Price> {
        if self.prompt.is_empty() || self.prompt.begins_with('/') {
            return None;
        }
        let tokens = self.tokens_said + self.counted.tokens;
        let whom = self.whom_typed(facts);
        let longest = self.longest_answer(&whom, tokens, facts);
        let longest = longest.unwrap_or(self.wishes.max_tokens);
        let of = |model: &String| {
            let recent = self.lengths.of(model);
            Estimate::about(tokens, longest, card_of(model, facts), recent)
        };
        let fallbacks: Vec<Estimate> = self.wishes.fallbacks().iter().map(of).collect();
        let all = whom.models().iter().map(of);
        let all: Vec<Estimate> = all
            .map(|first| fallbacks.iter().fold(first, Estimate::or_by))
            .collect();
        // Without the price of one of them the sum would be too low.
        let sum = |cost: fn(&Estimate) -> Option<Usd>| {
            let costs = all.iter().map(cost);
            costs.reduce(|sum, cost| Some(sum? + cost?)).flatten()
        };
        let about = sum(|it| it.cost.filter(|_| it.answer_by != AnswerBy::Longest));
        Some(Price {
            tokens,
            about,
            most: sum(|it| it.most),
        })
    }

    /// That the context of one that is asked is nearly full, with what stands in the editor.
    pub(super) fn fullness(&self, facts: &Facts) -> Option<String> {
        let typed = if self.prompt.begins_with('/') {
            0
        } else {
            self.counted.tokens
        };
        let tokens = self.tokens_said + typed;
        let whom = self.whom_typed(facts);
        let of = |model: &String| card_of(model, facts)?.context_length;
        let least = whom.models().iter().filter_map(of).min()?;
        let percent = tokens.saturating_mul(100).checked_div(least)?;
        (percent >= NEARLY_FULL).then(|| FULL.fill(facts.lang, &[&percent]))
    }
}
