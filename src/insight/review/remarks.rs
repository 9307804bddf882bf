//! What is worth saying about the costs.

use rust_decimal::Decimal;

use super::elsewhere::Elsewhere;
use super::{ModelCost, Review};
use crate::domain::clean_text::CleanText;
use crate::domain::model_card::ModelCard;
use crate::domain::money::Usd;
use crate::domain::spend::Used;
use crate::text::{Phrase, Said};

/// Cents a month from which a model or a change is worth a sentence.
const WORTH_SAYING_CENTS: i64 = 100;
/// How many times the overall price a model's tokens cost to be far above it.
pub(super) const FAR_ABOVE: u64 = 2;
/// Changes are named for so many of the costliest models.
const MODELS: usize = 5;

/// One sentence about the costs. Amounts are USD a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// What kind it is; stable: `dear-model`, `dear-key`, `cheapest`, `same-author`, `cached`, `reasoning`.
    pub id: &'static str,
    /// The model in use that it is about, where it is about one.
    pub model: Option<CleanText>,
    /// The hash of the key that it is about, where it is about one.
    pub key: Option<String>,
    /// The dollars it is about: a cost, or for a change the saving.
    pub monthly: Option<Usd>,
    /// The model to use instead.
    pub instead: Option<String>,
    /// The sentence.
    pub said: Said,
}

/// All remarks, the greatest amount first.
pub(super) fn all(review: &Review, list: &[ModelCard]) -> Vec<Remark> {
    let mut remarks: Vec<Remark> = Vec::new();
    remarks.extend(review.models.iter().filter_map(|model| dear(model, review)));
    for model in review.models.iter().take(MODELS) {
        let kin = model.elsewhere.iter().find(|other| other.is_kin);
        let cheapest = model.elsewhere.first().filter(|other| !other.is_kin);
        remarks.extend(kin.and_then(|other| change("same-author", model, other)));
        remarks.extend(cheapest.and_then(|other| change("cheapest", model, other)));
    }
    remarks.extend(cached(review, list));
    remarks.extend(reasoning(review, list));
    remarks.sort_by_key(|remark| std::cmp::Reverse(remark.monthly));
    remarks
}

pub(super) fn is_worth_saying(monthly: Usd) -> bool {
    monthly >= Usd::from_cents(WORTH_SAYING_CENTS)
}

/// A model's tokens cost far more than tokens do on the whole.
fn dear(model: &ModelCost, review: &Review) -> Option<Remark> {
    const DEAR: Phrase = Phrase::new(
        "{} comes to {} per million tokens, {} times the {} of all models together; {} a month was paid.",
        "{} 每百万 token 约 {}，是全部模型平均值的 {} 倍（平均 {}）；每月实付 {}。",
    );
    let (own, overall) = (model.blended?, review.blended?);
    let times = own.over(overall)?;
    if times < Decimal::from(FAR_ABOVE) || !is_worth_saying(model.monthly) {
        return None;
    }
    let times = times.round_dp(1).normalize();
    Some(Remark {
        id: "dear-model",
        model: Some(model.model.clone()),
        key: None,
        monthly: Some(model.monthly),
        instead: None,
        said: Said::new(
            DEAR,
            &[&model.model, &own, &times, &overall, &model.monthly],
        ),
    })
}

/// The same tokens on another model.
fn change(id: &'static str, model: &ModelCost, other: &Elsewhere) -> Option<Remark> {
    const CHANGE: Phrase = Phrase::new(
        "The same tokens cost about {} a month on {} instead of {} on {} (both by today's list prices): {} less, if it is good enough for the task.",
        "同样的 token 每月约 {}（用 {}），现在是 {}（用 {}），均按今天的标价：少 {}，前提是它足以胜任。",
    );
    const CHANGE_OF_PAID: Phrase = Phrase::new(
        "The same tokens cost about {} a month on {} by today's list prices instead of the {} that was paid on {}: {} less, if it is good enough for the task.",
        "同样的 token 按今天的标价每月约 {}（用 {}），实际付了 {}（用 {}）：少 {}，前提是它足以胜任。",
    );
    const CACHE: Phrase = Phrase::new(
        "This counts on its cache being hit as often.",
        "这里假定它的缓存命中率相同。",
    );
    if !is_worth_saying(other.saving) {
        return None;
    }
    let there = CleanText::line(&other.model);
    let words = if other.is_paid {
        CHANGE_OF_PAID
    } else {
        CHANGE
    };
    let said = Said::new(
        words,
        &[
            &other.there,
            &there,
            &other.here,
            &model.model,
            &other.saving,
        ],
    );
    Some(Remark {
        id,
        model: Some(model.model.clone()),
        key: None,
        monthly: Some(other.saving),
        instead: Some(other.model.clone()),
        said: if other.counts_on_cache {
            said.then(CACHE)
        } else {
            said
        },
    })
}

/// How much came from a cache, and what it would have cost at full price on the same models.
fn cached(review: &Review, list: &[ModelCard]) -> Option<Remark> {
    const SHARE: Phrase = Phrase::new(
        "At least {} % of the tokens read came from a cache.",
        "读入的 token 至少有 {} % 来自缓存。",
    );
    const SAVED: Phrase = Phrase::new(
        "At least {} % of the tokens read came from a cache; at full price they would be about {} a month more.",
        "读入的 token 至少有 {} % 来自缓存；按全价每月要多付约 {}。",
    );
    let share = percent(review.total.cached_tokens, review.total.prompt_tokens)?;
    let saved = priced(review, list, |used, card| {
        let less = card.prompt_price? - card.cache_read_price?;
        Some(less.times(used.cached_tokens))
    });
    let saved = saved.filter(|saved| *saved > Usd::ZERO);
    Some(Remark {
        id: "cached",
        model: None,
        key: None,
        monthly: saved,
        instead: None,
        said: match saved {
            Some(saved) => Said::new(SAVED, &[&share, &saved]),
            None => Said::new(SHARE, &[&share]),
        },
    })
}

/// How much of what was written was reasoning, and what that costs.
fn reasoning(review: &Review, list: &[ModelCard]) -> Option<Remark> {
    const SHARE: Phrase = Phrase::new(
        "Reasoning is {} % of the tokens written.",
        "写出的 token 有 {} % 是推理。",
    );
    const COST: Phrase = Phrase::new(
        "Reasoning is {} % of the tokens written, about {} a month at list prices.",
        "写出的 token 有 {} % 是推理，按标价每月约 {}。",
    );
    let total = &review.total;
    let share = percent(total.reasoning_tokens, total.completion_tokens)?;
    let cost = priced(review, list, |used, card| {
        Some(card.completion_price?.times(used.reasoning_tokens))
    });
    let cost = cost.filter(|cost| *cost > Usd::ZERO);
    Some(Remark {
        id: "reasoning",
        model: None,
        key: None,
        monthly: cost,
        instead: None,
        said: match cost {
            Some(cost) => Said::new(COST, &[&share, &cost]),
            None => Said::new(SHARE, &[&share]),
        },
    })
}

/// The sum over the models whose price is known, USD a month; `None` where none is.
fn priced(
    review: &Review,
    list: &[ModelCard],
    price: impl Fn(&Used, &ModelCard) -> Option<Usd>,
) -> Option<Usd> {
    let amounts = review.models.iter().filter_map(|model| {
        let card = list.iter().find(|card| card.id == model.model)?;
        price(&model.used, card)
    });
    let sum = amounts.reduce(|sum, amount| sum + amount)?;
    Some(review.span.a_month(sum))
}

/// A share in whole percent; `None` where it is none or rounds to none.
fn percent(part: u64, whole: u64) -> Option<u64> {
    let percent = (u128::from(part) * 100).checked_div(u128::from(whole))?;
    u64::try_from(percent).ok().filter(|percent| *percent > 0)
}
