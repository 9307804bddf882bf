//! One model, whole: what the list knows at once, what the server tells of it when it comes.

use super::endpoints;
use super::state::{Models, Open};
use super::variants;
use crate::domain::clean_text::CleanText;
use crate::domain::count::grouped;
use crate::domain::model_card::{ModelCard, card_of, per_million};
use crate::domain::model_detail::{ModelDetail, Prices};
use crate::domain::money::Usd;
use crate::flow::Facts;
use crate::screens::model_rows;
use crate::text::{Lang, Phrase};
use crate::ui::page::{Block, Fact, Page, fact};
use crate::ui::theme::Tone;

const IN_USE: Phrase = Phrase::new("in use", "使用中");
const FAVOURITE: Phrase = Phrase::new("favourite", "已收藏");
const RETIRES: Phrase = Phrase::new(
    "It retires on {}: requests fail from then on.",
    "将于 {} 下线，此后请求会失败。",
);
const FREE: Phrase = Phrase::new(
    "It costs nothing. Who runs it may train on what you send, and publish it: the privacy settings must allow that. A few requests a minute and 50 a day, 1,000 once ten dollars of credits were bought.",
    "免费。运行方可能用您的输入训练甚至公开，需在隐私设置中允许。每分钟次数有限，每天 50 次，累计购买 10 美元额度后为 1,000 次。",
);
const CONTEXT: Phrase = Phrase::new("context", "上下文");
const LONGEST: Phrase = Phrase::new("longest answer", "最长回答");
const TOKENS: Phrase = Phrase::new("{} tokens", "{} token");
const READS: Phrase = Phrase::new("reads", "可读");
const WRITES: Phrase = Phrase::new("writes", "可写");
const TOKENIZER: Phrase = Phrase::new("tokenizer", "分词器");
const KNOWS: Phrase = Phrase::new("knows until", "知识截止");
const MODERATED: Phrase = Phrase::new("moderated", "审核");
const IS_MODERATED: Phrase = Phrase::new("what you ask is checked first", "请求会先经过审核");
const ALIAS: Phrase = Phrase::new("today", "目前是");
const SINCE: Phrase = Phrase::new("since", "上线");
const HEEDS: Phrase = Phrase::new("Parameters: {}.", "参数：{}。");
const UNTOLD: Phrase = Phrase::new(
    "Which parameters it heeds is not told.",
    "未说明支持哪些参数。",
);
const PRICE: Phrase = Phrase::new("price", "价格");
const PER_MILLION: Phrase = Phrase::new("{} per million tokens", "{}（每百万 token）");
const IN_OUT: Phrase = Phrase::new("${} in, ${} out", "输入 ${}，输出 ${}");
const VARIES: Phrase = Phrase::new("that of the model that answers", "按实际回答的模型计费");
const COSTS_NOTHING: Phrase = Phrase::new("nothing", "免费");
const LONG: Phrase = Phrase::new("over {} tokens", "超过 {} token");
const CACHE: Phrase = Phrase::new("cached question", "缓存输入");
const CACHE_BOTH: Phrase = Phrase::new("${} read, ${} written", "读取 ${}，写入 ${}");
const THINKING: Phrase = Phrase::new("reasoning", "推理");
const BESIDES: Phrase = Phrase::new("besides", "另计");
const A_REQUEST: Phrase = Phrase::new("{} a request", "每次请求 {}");
const AN_IMAGE: Phrase = Phrase::new("{} a picture", "每张图片 {}");
const SOUND: Phrase = Phrase::new("${} per million tokens of sound", "音频每百万 token ${}");
const A_SEARCH: Phrase = Phrase::new("{} a web search", "每次网络搜索 {}");
const ASKING: Phrase = Phrase::new("asking who runs it", "正在查询由谁运行");
const NO_MORE: Phrase = Phrase::new(
    "This server tells no more of it than its list.",
    "此服务器只提供列表中的信息。",
);
const WAYS: Phrase = Phrase::new("Variants: {}.", "变体：{}。");
const OLDER: Phrase = Phrase::new("{}; below is what was told at {}", "{}；以下是 {} 的信息");

impl Models {
    /// The model that is looked at, as a page of so many columns.
    pub(super) fn detail(&self, open: &Open, facts: &Facts, columns: usize) -> Page<'static> {
        let lang = facts.lang;
        let card = card_of(self.cards(), &open.id);
        let told = self.told.get(&open.id);
        let detail = told.and_then(|told| told.as_ref());
        let mut page = Page {
            title: open.id.clone(),
            chosen: usize::MAX,
            opens_at_top: true,
            ..Page::default()
        };
        page.tell(Tone::Strong, heading(&open.id, card, facts));
        warn(&mut page, &open.id, card, lang);
        page.gap();
        page.facts(known(card, detail.map(|it| &it.value), lang));
        page.gap();
        if let Some(diagnosis) = &open.trouble {
            let title = diagnosis.title.say(lang);
            let words = match detail {
                Some(known) => OLDER.fill(lang, &[&title, &known.as_of.strftime("%H:%M UTC")]),
                None => title,
            };
            page.tell(Tone::Trouble, format!("✗ {words}"));
        } else if open.asked.is_some() && detail.is_none() {
            page.push(Block::Working(ASKING.say(lang).to_owned()));
        }
        match (told, detail) {
            (Some(None), _) => page.tell(Tone::Quiet, NO_MORE.say(lang)),
            (_, Some(known)) => endpoints::tell(&mut page, known, facts, columns),
            (_, None) => {}
        }
        if let Some(known) = detail {
            page.gap();
            for line in known.value.description.lines() {
                page.say(CleanText::line(line).into_string());
            }
        }
        if let Some(card) = card {
            page.gap();
            page.tell(Tone::Quiet, heeds(card, lang));
        }
        let variants = variants::of(&open.id, self.cards());
        if variants.len() > 1 {
            let ids = variants.into_iter().skip(1).map(|variant| {
                let suffix = variant.id.rsplit_once(':');
                suffix.map_or(variant.id.clone(), |(_, name)| format!(":{name}"))
            });
            let ids = ids.collect::<Vec<_>>().join(" ");
            page.tell(Tone::Quiet, WAYS.fill(lang, &[&ids]));
        }
        page
    }
}

/// Its name, and how the person stands to it.
fn heading(id: &str, card: Option<&ModelCard>, facts: &Facts) -> String {
    let name = card.map_or(id, |card| card.name.as_str());
    let mut parts = vec![CleanText::line(name).into_string()];
    if facts.own_models.is_favourite(id) {
        parts.push(format!("* {}", FAVOURITE.say(facts.lang)));
    }
    if facts.model == id {
        parts.push(IN_USE.say(facts.lang).to_owned());
    }
    parts.join(" · ")
}

/// What is to be known before it is used.
fn warn(page: &mut Page<'_>, id: &str, card: Option<&ModelCard>, lang: Lang) {
    if let Some(day) = card.and_then(|card| card.expiration_date.as_ref()) {
        page.tell(Tone::Warn, format!("! {}", RETIRES.fill(lang, &[day])));
    }
    if let Some(words) = variants::explain(id) {
        page.tell(Tone::Quiet, words.say(lang));
    } else if card.is_some_and(ModelCard::is_free) {
        page.tell(Tone::Warn, format!("! {}", FREE.say(lang)));
    }
}

fn known(card: Option<&ModelCard>, detail: Option<&ModelDetail>, lang: Lang) -> Vec<Fact> {
    let named = |name: Phrase| name.say(lang).to_owned();
    let mut facts = Vec::new();
    let mut add = |name: String, value: Option<String>| {
        let value = value.filter(|value| !value.is_empty());
        facts.extend(value.map(|value| fact(name, value)));
    };
    let tokens = |count: Option<u64>| count.map(|it| TOKENS.fill(lang, &[&grouped(it)]));
    let text = |text: &Option<CleanText>| text.as_ref().map(ToString::to_string);
    add(
        named(ALIAS),
        detail.and_then(|detail| text(&detail.alias_of)),
    );
    add(named(PRICE), card.map(|card| price(card, lang)));
    for (name, value) in detail.map_or_else(Vec::new, |it| further_prices(&it.prices, lang)) {
        add(name, Some(value));
    }
    if let Some(card) = card {
        add(named(CONTEXT), tokens(card.context_length));
        add(named(LONGEST), tokens(card.max_completion_tokens));
        add(named(READS), Some(kinds(&card.input_modalities, lang)));
        add(named(WRITES), Some(kinds(&card.output_modalities, lang)));
    }
    if let Some(detail) = detail {
        add(named(TOKENIZER), text(&detail.tokenizer));
        add(named(KNOWS), text(&detail.knowledge_cutoff));
        add(
            named(MODERATED),
            detail.is_moderated.then(|| named(IS_MODERATED)),
        );
    }
    let since = card.and_then(|card| card.created);
    let since = since.and_then(|at| jiff::Timestamp::from_second(at).ok());
    add(
        named(SINCE),
        since.map(|at| at.strftime("%Y-%m-%d").to_string()),
    );
    facts
}

fn heeds(card: &ModelCard, lang: Lang) -> String {
    match joined(&card.supported_parameters) {
        none if none.is_empty() => UNTOLD.say(lang).to_owned(),
        parameters => HEEDS.fill(lang, &[&parameters]),
    }
}

fn kinds(names: &[CleanText], lang: Lang) -> String {
    let names = names.iter().map(CleanText::as_str).collect();
    let comma = match lang {
        Lang::En => ", ",
        Lang::Zh => "、",
    };
    model_rows::kinds(names, lang).join(comma)
}

fn joined(words: &[CleanText]) -> String {
    let words: Vec<&str> = words.iter().map(CleanText::as_str).collect();
    words.join(", ")
}

/// What question and answer cost.
fn price(card: &ModelCard, lang: Lang) -> String {
    match (card.prompt_price, card.completion_price) {
        _ if card.is_free() => COSTS_NOTHING.say(lang).to_owned(),
        (Some(read), Some(write)) => {
            let both = IN_OUT.fill(lang, &[&per_million(read), &per_million(write)]);
            PER_MILLION.fill(lang, &[&both])
        }
        _ if variants::explain(&card.id).is_some() => VARIES.say(lang).to_owned(),
        (read, write) => {
            let [read, write] = [read, write].map(|price| model_rows::price(price, lang));
            format!("{read} / {write}")
        }
    }
}

/// What else is charged, each with its name.
fn further_prices(prices: &Prices, lang: Lang) -> Vec<(String, String)> {
    let mut all = Vec::new();
    let or = |price: Option<Usd>, other: Option<Usd>| price.or(other).map(per_million);
    for long in &prices.long {
        let read = or(long.prompt, prices.prompt);
        let write = or(long.completion, prices.completion);
        if let (Some(read), Some(write)) = (read, write) {
            all.push((
                LONG.fill(lang, &[&grouped(long.over)]),
                IN_OUT.fill(lang, &[&read, &write]),
            ));
        }
    }
    let cache = match (prices.cache_read, prices.cache_write) {
        (Some(read), Some(write)) => {
            Some(CACHE_BOTH.fill(lang, &[&per_million(read), &per_million(write)]))
        }
        (read, write) => read
            .or(write)
            .map(|price| format!("${}", per_million(price))),
    };
    all.extend(cache.map(|cache| (CACHE.say(lang).to_owned(), cache)));
    let thinking = prices.reasoning.filter(|price| !price.is_zero());
    let thinking = thinking.map(|price| format!("${}", per_million(price)));
    all.extend(thinking.map(|price| (THINKING.say(lang).to_owned(), price)));
    let charged = |price: Option<Usd>| price.filter(|price| !price.is_zero());
    let besides: Vec<String> = [
        charged(prices.request).map(|price| A_REQUEST.fill(lang, &[&price])),
        charged(prices.image).map(|price| AN_IMAGE.fill(lang, &[&price])),
        charged(prices.audio).map(|price| SOUND.fill(lang, &[&per_million(price)])),
        charged(prices.web_search).map(|price| A_SEARCH.fill(lang, &[&price])),
    ]
    .into_iter()
    .flatten()
    .collect();
    if !besides.is_empty() {
        all.push((BESIDES.say(lang).to_owned(), besides.join(" · ")));
    }
    all
}
