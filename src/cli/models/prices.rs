//! `onramp models --prices`: what jobs cost on models of the list, the fee on credits counted, and what the
//! vendor takes for the same.

use jiff::civil::Date;
use rust_decimal::prelude::ToPrimitive;
use serde::Serialize;

use super::{print_columns, shown_price};
use crate::cli::context::Context;
use crate::cli::output::{print_json, print_line};
use crate::domain::clean_text::CleanText;
use crate::domain::count::grouped;
use crate::domain::model_card::ModelCard;
use crate::domain::money::Usd;
use crate::insight::own_month::OwnMonth;
use crate::insight::prices::{
    Comparison, Cost, Estimate, LARGE_JOB, Purchase, SMALL_JOB, compare, estimate, snapshot,
};
use crate::insight::tokens::Tokens;
use crate::text::{Lang, Phrase};
use crate::ui::theme::Tone;

const HEAD: [Phrase; 8] = [
    Phrase::new("model", "模型"),
    Phrase::new("in $/M", "输入 $/M"),
    Phrase::new("out $/M", "输出 $/M"),
    Phrase::new("cached $/M", "缓存 $/M"),
    Phrase::new("a request", "每次请求"),
    Phrase::new("small job", "小任务"),
    Phrase::new("large job", "大任务"),
    Phrase::new("my month", "我的一个月"),
];
const JOBS: Phrase = Phrase::new(
    "A small job: {} tokens in, {} out. A large one: {} requests, {} in, {} out.",
    "小任务：输入 {} token，输出 {}。大任务：{} 次请求，输入 {}，输出 {}。",
);
const MY_MONTH: Phrase = Phrase::new(
    "My month: what was used from {} to {} (source: {}), carried over to thirty days, all of it on one model: {} requests, {} tokens in ({} of them cached), {} out.",
    "我的一个月：以 {} 至 {} 的用量（来源：{}）折合三十天，全部用同一个模型：{} 次请求，输入 {} token（其中缓存 {}），输出 {}。",
);
const NO_MONTH: Phrase = Phrase::new(
    "My month: nothing is recorded yet; onramp usage and onramp ask record it.",
    "我的一个月：还没有记录；onramp usage 和 onramp ask 会记录。",
);
const ESTIMATES: Phrase = Phrase::new(
    "Estimates at today's list prices; the bill is what each answer costs.",
    "按今天的标价估算；实际以每次回答的费用为准。",
);

/// What is priced.
pub(super) struct Asked {
    pub(super) models: Vec<ModelCard>,
    pub(super) month: Option<OwnMonth>,
    /// How credits are bought; `None` on a server that sells none.
    pub(super) purchase: Option<Purchase>,
}

impl Asked {
    fn purchase(&self) -> Purchase {
        // Nothing bought, no fee.
        let none = Purchase {
            credits: Usd::ZERO,
            ..Purchase::default()
        };
        self.purchase.unwrap_or(none)
    }

    fn tokens(&self) -> Option<Tokens> {
        self.month.as_ref().map(|month| month.tokens)
    }

    fn estimate(&self, card: &ModelCard) -> Option<Estimate> {
        estimate(card, self.tokens(), self.purchase())
    }

    /// The vendor's price for one's own month, else for a large job.
    fn direct(&self, card: &ModelCard) -> Option<Comparison> {
        let tokens = self.tokens().unwrap_or(LARGE_JOB);
        compare(card, tokens, self.purchase?, snapshot())
    }
}

/// Prints it as JSON.
pub(super) fn print_as_json(context: &Context, asked: &Asked) {
    print_json(&Report::of(asked, context.lang));
}

/// Prints it for a person.
pub(super) fn print(context: &Context, asked: &Asked) {
    let lang = context.lang;
    let mut rows: Vec<Vec<String>> = vec![HEAD.map(|head| head.say(lang).to_owned()).into()];
    rows.extend(asked.models.iter().map(|card| row(asked, card, lang)));
    print_columns(&rows);
    for card in &asked.models {
        if let Some(direct) = asked.direct(card) {
            print_line(&context.paint(Tone::Strong, &format!("\n{}", card.id)));
            print_line(&format!("  {}", direct.said.say(lang)));
        }
    }
    print_line("");
    for line in notes(asked, lang) {
        print_line(&context.paint(Tone::Quiet, &line));
    }
}

fn row(asked: &Asked, card: &ModelCard, lang: Lang) -> Vec<String> {
    let told = asked.estimate(card);
    let cost = |cost: Option<Cost>| cost.map_or_else(String::new, |it| it.total().to_string());
    let cached = card.cache_read_price;
    vec![
        card.id.to_string(),
        shown_price(card.prompt_price, lang),
        shown_price(card.completion_price, lang),
        cached.map_or_else(String::new, |_| shown_price(cached, lang)),
        match card.request_price {
            none if none.is_zero() => String::new(),
            price => price.to_string(),
        },
        told.map_or_else(String::new, |told| told.small.total().finely()),
        cost(told.map(|told| told.large)),
        cost(told.and_then(|told| told.month)),
    ]
}

/// What the columns mean.
fn notes(asked: &Asked, lang: Lang) -> Vec<String> {
    let [small, large] =
        [SMALL_JOB, LARGE_JOB].map(|job| (grouped(job.prompt), grouped(job.completion)));
    let requests = LARGE_JOB.requests;
    let mut lines = vec![JOBS.fill(lang, &[&small.0, &small.1, &requests, &large.0, &large.1])];
    lines.push(match &asked.month {
        Some(month) => {
            let tokens = month.tokens;
            let counts = [
                tokens.requests,
                tokens.prompt,
                tokens.cached,
                tokens.completion,
            ];
            let [requests, prompt, cached, completion] = counts.map(grouped);
            let (first, last) = (month.span.first(), month.span.last());
            let source = month.source.word();
            let parts: [&dyn std::fmt::Display; 7] = [
                &first,
                &last,
                &source,
                &requests,
                &prompt,
                &cached,
                &completion,
            ];
            MY_MONTH.fill(lang, &parts)
        }
        None => NO_MONTH.say(lang).to_owned(),
    });
    lines.extend(asked.purchase.map(|purchase| purchase.say().say(lang)));
    lines.push(ESTIMATES.say(lang).to_owned());
    lines
}

/// What scripts read: a contract.
#[derive(Serialize)]
struct Report<'a> {
    small_job: TokensJson,
    large_job: TokensJson,
    own_month: Option<MonthJson>,
    /// Null on a server that sells no credits.
    fee_percent: Option<f64>,
    /// The purchase of which each job's `fee_usd` is a share; null likewise.
    purchase: Option<PurchaseJson>,
    models: Vec<PriceJson<'a>>,
}

#[derive(Serialize)]
struct PurchaseJson {
    #[serde(rename = "credits_usd")]
    credits: Usd,
    #[serde(rename = "fee_usd")]
    fee: Usd,
}

#[derive(Serialize)]
struct TokensJson {
    requests: u64,
    prompt_tokens: u64,
    cached_tokens: u64,
    completion_tokens: u64,
}

impl From<Tokens> for TokensJson {
    fn from(tokens: Tokens) -> Self {
        Self {
            requests: tokens.requests,
            prompt_tokens: tokens.prompt,
            cached_tokens: tokens.cached,
            completion_tokens: tokens.completion,
        }
    }
}

#[derive(Serialize)]
struct MonthJson {
    first: Date,
    last: Date,
    source: &'static str,
    #[serde(flatten)]
    tokens: TokensJson,
}

#[derive(Serialize)]
struct PriceJson<'a> {
    id: &'a CleanText,
    prompt_usd_per_mtok: Option<Usd>,
    completion_usd_per_mtok: Option<Usd>,
    cache_read_usd_per_mtok: Option<Usd>,
    request_usd: Usd,
    small_job: Option<CostJson>,
    large_job: Option<CostJson>,
    own_month: Option<CostJson>,
    direct: Option<DirectJson>,
}

#[derive(Serialize)]
struct CostJson {
    #[serde(rename = "tokens_usd")]
    tokens: Usd,
    #[serde(rename = "fee_usd")]
    fee: Usd,
    #[serde(rename = "total_usd")]
    total: Usd,
}

impl From<Cost> for CostJson {
    fn from(cost: Cost) -> Self {
        Self {
            tokens: cost.tokens,
            fee: cost.fee,
            total: cost.total(),
        }
    }
}

/// The same at the vendor's: a snapshot.
#[derive(Serialize)]
struct DirectJson {
    vendor: &'static str,
    page: &'static str,
    not_before: Date,
    prompt_usd_per_mtok: Usd,
    completion_usd_per_mtok: Usd,
    cache_read_usd_per_mtok: Option<Usd>,
    /// What is compared: `own_month`, or `large_job` where nothing is recorded.
    job: &'static str,
    here_usd: Usd,
    direct_usd: Usd,
    cheaper: &'static str,
    message: String,
}

impl<'a> Report<'a> {
    fn of(asked: &'a Asked, lang: Lang) -> Self {
        let month = asked.month.as_ref().map(|month| MonthJson {
            first: month.span.first(),
            last: month.span.last(),
            source: month.source.word(),
            tokens: month.tokens.into(),
        });
        let models = asked.models.iter();
        Self {
            small_job: SMALL_JOB.into(),
            large_job: LARGE_JOB.into(),
            own_month: month,
            fee_percent: asked
                .purchase
                .and_then(Purchase::percent)
                .and_then(|percent| percent.to_f64()),
            purchase: asked.purchase.map(|purchase| PurchaseJson {
                credits: purchase.credits,
                fee: purchase.fee(),
            }),
            models: models
                .map(|card| PriceJson::of(asked, card, lang))
                .collect(),
        }
    }
}

impl<'a> PriceJson<'a> {
    fn of(asked: &Asked, card: &'a ModelCard, lang: Lang) -> Self {
        let told = asked.estimate(card);
        Self {
            id: &card.id,
            prompt_usd_per_mtok: card.prompt_price.map(a_million),
            completion_usd_per_mtok: card.completion_price.map(a_million),
            cache_read_usd_per_mtok: card.cache_read_price.map(a_million),
            request_usd: card.request_price,
            small_job: told.map(|told| told.small.into()),
            large_job: told.map(|told| told.large.into()),
            own_month: told.and_then(|told| told.month).map(CostJson::from),
            direct: asked.direct(card).map(|direct| DirectJson {
                vendor: direct.price.vendor,
                page: direct.price.page,
                not_before: direct.price.not_before,
                prompt_usd_per_mtok: a_million(direct.price.prompt),
                completion_usd_per_mtok: a_million(direct.price.completion),
                cache_read_usd_per_mtok: direct.price.cache_read.map(a_million),
                job: if asked.month.is_some() {
                    "own_month"
                } else {
                    "large_job"
                },
                here_usd: direct.here.total(),
                direct_usd: direct.direct,
                cheaper: direct.verdict.name(),
                message: direct.said.say(lang),
            }),
        }
    }
}

fn a_million(price: Usd) -> Usd {
    price.times(1_000_000)
}
