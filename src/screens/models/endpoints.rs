//! Who runs a model: provider by provider, with price, uptime and speed.

use rust_decimal::Decimal;

use crate::domain::count::{compact, span};
use crate::domain::figures::Known;
use crate::domain::model_detail::{Endpoint, ModelDetail};
use crate::flow::Facts;
use crate::screens::model_rows::price;
use crate::text::{Lang, Phrase};
use crate::ui::grid::{Column, Grid, GridRow};
use crate::ui::page::{Block, Page};
use crate::ui::page_layout::code_columns;
use crate::ui::theme::Tone;

const RUN_BY: Phrase = Phrase::new("{} run it, as of {}", "由 {} 家运行，截至 {}");
const RUN_BY_ONE: Phrase = Phrase::new("One provider runs it, as of {}", "由 1 家运行，截至 {}");
const NOBODY: Phrase = Phrase::new("Nobody is told to run it.", "没有供应商信息。");
const PROVIDER: Phrase = Phrase::new("provider", "供应商");
const IN: Phrase = Phrase::new("in $/M", "输入 $/M");
const OUT: Phrase = Phrase::new("out $/M", "输出 $/M");
const CACHED: Phrase = Phrase::new("cached", "缓存");
const CONTEXT: Phrase = Phrase::new("context", "上下文");
const LONGEST: Phrase = Phrase::new("longest", "最长回答");
const UP: Phrase = Phrase::new("up 24 h", "24h 可用");
const FIRST: Phrase = Phrase::new("first word", "首字");
const RATE: Phrase = Phrase::new("tokens/s", "token/秒");
const FORMAT: Phrase = Phrase::new("format", "精度");
const DEGRADED: Phrase = Phrase::new(
    "! {}: not answering as it should just now",
    "! {}：目前不正常",
);
const SPEED_NEEDS_KEY: Phrase = Phrase::new(
    "Speed is told only to those who bring a key.",
    "只有带密钥查询才会告知速度。",
);
const MEDIANS: Phrase = Phrase::new(
    "First word and tokens/s are medians of the last half hour.",
    "首字时间和速度为最近半小时的中位数。",
);

/// Adds the table and what belongs to it.
pub(super) fn tell(page: &mut Page<'_>, known: &Known<ModelDetail>, facts: &Facts, columns: usize) {
    let lang = facts.lang;
    let endpoints = &known.value.endpoints;
    let at = known.as_of.strftime("%H:%M UTC");
    let head = match endpoints.len() {
        0 => {
            page.tell(Tone::Quiet, NOBODY.say(lang));
            return;
        }
        1 => RUN_BY_ONE.fill(lang, &[&at]),
        count => RUN_BY.fill(lang, &[&count, &at]),
    };
    page.tell(Tone::Strong, head);
    let lines = grid(endpoints, lang).lines(code_columns(columns));
    page.push(Block::Code(lines));
    for endpoint in endpoints.iter().filter(|endpoint| endpoint.is_degraded) {
        let words = DEGRADED.fill(lang, &[&endpoint.provider]);
        page.tell(Tone::Warn, words);
    }
    let is_told = endpoints
        .iter()
        .any(|it| it.latency_ms.is_some() || it.throughput.is_some());
    if is_told {
        page.tell(Tone::Quiet, MEDIANS.say(lang));
    } else if facts.key.is_none() {
        page.tell(Tone::Quiet, SPEED_NEEDS_KEY.say(lang));
    }
}

/// What nobody is told of has no column.
fn grid(endpoints: &[Endpoint], lang: Lang) -> Grid {
    let rows: Vec<Vec<String>> = endpoints.iter().map(|it| cells(it, lang)).collect();
    let columns = [
        Column::words(PROVIDER.say(lang), 1),
        Column::number(IN.say(lang), 1),
        Column::number(OUT.say(lang), 1),
        Column::number(UP.say(lang), 2),
        Column::number(FIRST.say(lang), 2),
        Column::number(RATE.say(lang), 2),
        Column::number(CONTEXT.say(lang), 3),
        Column::words(FORMAT.say(lang), 4),
        Column::number(CACHED.say(lang), 5),
        Column::number(LONGEST.say(lang), 6),
    ];
    let is_told = |at: usize| rows.iter().any(|row| !row[at].is_empty());
    let told: Vec<usize> = (0..columns.len()).filter(|&at| is_told(at)).collect();
    let pick = |row: &Vec<String>| told.iter().map(|&at| row[at].clone()).collect();
    Grid {
        columns: told.iter().map(|&at| columns[at].clone()).collect(),
        rows: rows.iter().map(|row| GridRow::new(pick(row))).collect(),
        chosen: 0,
    }
}

fn cells(endpoint: &Endpoint, lang: Lang) -> Vec<String> {
    let number = |count: Option<u64>| count.map_or_else(String::new, compact);
    let prices = &endpoint.prices;
    let mark = if endpoint.is_degraded { "! " } else { "" };
    vec![
        format!("{mark}{}", endpoint.provider),
        price(prices.prompt, lang),
        price(prices.completion, lang),
        endpoint.uptime_day.map_or_else(String::new, percent),
        endpoint.latency_ms.map_or_else(String::new, span),
        endpoint
            .throughput
            .map_or_else(String::new, |rate| rate.round().to_string()),
        number(endpoint.context_length),
        endpoint
            .quantization
            .as_ref()
            .map_or_else(String::new, ToString::to_string),
        prices
            .cache_read
            .map_or_else(String::new, |read| price(Some(read), lang)),
        number(endpoint.max_completion_tokens),
    ]
}

/// Never rounded up to a hundred that it is not.
fn percent(share: Decimal) -> String {
    let tenths = (share * Decimal::TEN).floor() / Decimal::TEN;
    format!("{} %", tenths.normalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_told_better_than_it_is() {
        assert_eq!(percent(Decimal::new(9999, 2)), "99.9 %");
        assert_eq!(percent(Decimal::ONE_HUNDRED), "100 %");
    }

    #[test]
    fn what_nobody_is_told_of_has_no_column() {
        let endpoint = Endpoint {
            provider: "OpenAI".into(),
            context_length: Some(400_000),
            ..Endpoint::default()
        };
        let lines = grid(&[endpoint], Lang::En).lines(80);
        assert_eq!(lines[0], "provider  in $/M  out $/M  context");
    }
}
