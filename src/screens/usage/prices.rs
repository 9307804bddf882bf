//! What models cost: live prices, what jobs come to, and a vendor's own price beside them.

use std::collections::HashSet;

use jiff::Timestamp;

use super::place::{Range, Source, View};
use super::state::Usage;
use super::tables::{Table, Target};
use super::words;
use crate::domain::account::FreeRequests;
use crate::domain::count::grouped;
use crate::domain::figures::Known;
use crate::domain::model_card::{ModelCard, per_million};
use crate::domain::money::Usd;
use crate::flow::Facts;
use crate::flow::note::Note;
use crate::insight::own_month::OwnMonth;
use crate::insight::prices::{
    Cost, DirectPrice, LARGE_JOB, Purchase, SMALL_JOB, compare, estimate, snapshot,
};
use crate::insight::tokens::Tokens;
use crate::screens::model_rows;
use crate::text::{Lang, Phrase, Said};
use crate::ui::grid::{Column, GridRow};
use crate::ui::theme::Tone;

/// The table of prices, and what it was made of.
#[derive(Debug)]
pub(super) struct Priced {
    pub(super) table: Table,
    rows: Rows,
    words: Words,
}

/// What decides which rows there are.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Rows {
    learned: u64,
    sought: String,
    source: Source,
}

/// What else decides how they read.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Words {
    lang: Lang,
    free: Option<Known<FreeRequests>>,
    /// When the list was learned by which a free model's count is of today.
    listed: Option<Timestamp>,
}

impl Usage {
    /// Makes the table of prices where it is on show and not the one that was made last.
    pub(super) fn price(&mut self, facts: &Facts) {
        if self.place.view != View::Prices {
            self.priced = None;
            return;
        }
        let rows = self.priced_rows();
        let words = Words {
            lang: facts.lang,
            free: facts.free_requests.clone(),
            listed: facts.models.as_ref().map(|list| list.as_of),
        };
        let last = self.priced.take();
        let last = last.filter(|last| last.rows == rows && last.words == words);
        let mut priced = last.unwrap_or_else(|| {
            Box::new(Priced {
                table: self.table(facts),
                rows,
                words,
            })
        });
        priced.table.grid.chosen = self.chosen_of(&priced.table);
        self.priced = Some(priced);
    }

    /// The table of prices, where it is on show and was made of what is known now.
    pub(super) fn priced_now(&self) -> Option<&Priced> {
        let priced = self.priced.as_deref()?;
        let is_now = self.place.view == View::Prices && priced.rows == self.priced_rows();
        is_now.then_some(priced)
    }

    fn priced_rows(&self) -> Rows {
        Rows {
            learned: self.learned,
            sought: self.sought(),
            source: self.source(),
        }
    }
}

/// All models, those in use first.
pub(super) fn table(usage: &Usage, lang: Lang, facts: Option<&Facts>) -> Table {
    let columns = vec![
        Column::words(words::HEAD_MODEL.say(lang), 1),
        Column::number(words::HEAD_PROMPT_PRICE.say(lang), 1),
        Column::number(words::HEAD_ANSWER_PRICE.say(lang), 1),
        Column::number(words::HEAD_DIRECT.say(lang), 2),
        // Of the day, for a free model.
        Column::number(words::HEAD_LEFT.say(lang), 4),
        Column::number(words::HEAD_CACHE_PRICE.say(lang), 6),
        Column::number(words::HEAD_REQUEST_PRICE.say(lang), 7),
        Column::number(words::HEAD_SMALL.say(lang), 5),
        Column::number(words::HEAD_LARGE.say(lang), 3),
        Column::number(words::HEAD_A_MONTH.say(lang), 5),
    ];
    let mut table = Table::new(columns, words::NO_PRICES);
    let Some(models) = usage.told.as_ref().and_then(|told| told.models.as_ref()) else {
        return table;
    };
    let month = month(usage).map(|month| month.tokens);
    let rows = usage.rows_of(Range::Quarter).unwrap_or_default();
    let named: HashSet<&str> = rows.iter().map(|row| row.model.as_str()).collect();
    let in_use = |card: &ModelCard| named.contains(card.id.as_str());
    let (used, others): (Vec<_>, Vec<_>) = models.value.iter().partition(|card| in_use(card));
    for card in used.into_iter().chain(others) {
        let target = Target::Price(card.id.to_string());
        table.push(target, row(card, month, lang, facts));
    }
    // What is known of no model has no column.
    for (at, column) in table.grid.columns.iter_mut().enumerate() {
        let mut cells = table.grid.rows.iter().map(|row| &row.cells[at]);
        if cells.all(String::is_empty) {
            column.head.clear();
        }
    }
    table
}

fn row(card: &ModelCard, month: Option<Tokens>, lang: Lang, facts: Option<&Facts>) -> GridRow {
    let price = |price: Option<Usd>| model_rows::price(price, lang);
    let left = facts.and_then(|facts| model_rows::free_count(card, facts));
    let direct = snapshot().price(&card.id).map(both_prices);
    let told = estimate(card, month, Purchase::default());
    let cost = |cost: Option<Cost>| cost.map_or_else(String::new, |it| it.total().to_string());
    let request = match card.request_price {
        none if none.is_zero() => String::new(),
        price => price.to_string(),
    };
    let cached = card.cache_read_price;
    GridRow {
        tone: if card.expiration_date.is_some() {
            Tone::Warn
        } else {
            Tone::Plain
        },
        cells: vec![
            card.id.to_string(),
            price(card.prompt_price),
            price(card.completion_price),
            direct.unwrap_or_default(),
            left.unwrap_or_default(),
            cached.map_or_else(String::new, |_| price(cached)),
            request,
            told.map_or_else(String::new, |told| told.small.total().finely()),
            cost(told.map(|told| told.large)),
            cost(told.and_then(|told| told.month)),
        ],
    }
}

/// What a vendor takes for a million tokens in, and out.
fn both_prices(price: &DirectPrice) -> String {
    let [read, write] = [price.prompt, price.completion].map(per_million);
    format!("{read} / {write}")
}

/// The person's own recorded month, over all models; `None` where nothing is recorded.
fn month(usage: &Usage) -> Option<OwnMonth> {
    let told = usage.told.as_ref()?;
    match usage.source() {
        Source::Account => OwnMonth::of_account(&told.gathered.figures),
        Source::Ledger => {
            let rows = told.local.as_ref().ok()?;
            let first_day = rows.iter().map(|row| row.date).min()?;
            OwnMonth::of_ledger(rows, first_day, usage.today()?)
        }
    }
}

/// A model's prices in sentences, with its vendor's own where that is known.
pub(super) fn note(usage: &Usage, id: &str, facts: &Facts) -> Option<Note> {
    const SMALL: Phrase = Phrase::new("small job", "小任务");
    const LARGE: Phrase = Phrase::new("large job", "大任务");
    const MONTH: Phrase = Phrase::new("my month", "我的一个月");
    const JOBS: Phrase = Phrase::new(
        "A small job: {} tokens in, {} out. A large one: {} requests, {} in, {} out.",
        "小任务：输入 {} token，输出 {}。大任务：{} 次请求，输入 {}，输出 {}。",
    );
    const OWN_MONTH: Phrase = Phrase::new(
        "My month: what was used from {} to {} (source: {}), carried over to thirty days, all of it on this model.",
        "我的一个月：以 {} 至 {} 的用量（来源：{}）折合三十天，全部用这个模型。",
    );
    const RETIRES: Phrase = Phrase::new("retires", "下线");
    const NO_DIRECT: Phrase = Phrase::new(
        "The vendor's own price is not known here.",
        "这里不知道该厂商自己的价格。",
    );
    let models = usage.told.as_ref()?.models.as_ref()?;
    let card = models.value.iter().find(|card| card.id.as_str() == id)?;
    let mut note = Note::new(Said::verbatim(&card.id));
    let purchase = Purchase::default();
    let month = month(usage);
    let tokens = month.as_ref().map(|month| month.tokens);
    if let Some(told) = estimate(card, tokens, purchase) {
        note.fact(SMALL, told.small.say());
        note.fact(LARGE, told.large.say());
        if let Some(month) = told.month {
            note.fact(MONTH, month.say());
        }
    }
    if let Some(direct) = snapshot().price(&card.id) {
        let said = Said::new(
            words::DIRECT_OF,
            &[&both_prices(direct), &direct.not_before],
        );
        note.fact(words::DIRECT, said);
    }
    if let Some(left) = model_rows::free_count(card, facts) {
        note.fact(words::HEAD_LEFT, Said::verbatim(&left));
    }
    if let Some(day) = &card.expiration_date {
        note.fact(RETIRES, Said::verbatim(day));
    }
    let [small, large] =
        [SMALL_JOB, LARGE_JOB].map(|job| (grouped(job.prompt), grouped(job.completion)));
    let requests = LARGE_JOB.requests;
    note.say(Said::new(
        JOBS,
        &[&small.0, &small.1, &requests, &large.0, &large.1],
    ));
    if let Some(OwnMonth { span, source, .. }) = &month {
        let parts: [&dyn std::fmt::Display; 3] = [&span.first(), &span.last(), &source.word()];
        note.say(Said::new(OWN_MONTH, &parts));
    }
    note.say(purchase.say());
    let tokens = tokens.unwrap_or(LARGE_JOB);
    match compare(card, tokens, purchase, snapshot()) {
        Some(comparison) => note.say(comparison.said),
        None => note.say(NO_DIRECT),
    }
    Some(note)
}
