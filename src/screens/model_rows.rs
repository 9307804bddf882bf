//! Models in rows: for the picker and for the Models screen.

use crate::controls::fuzzy::Matcher;
use crate::domain::count::compact;
use crate::domain::model_card::ModelCard;
use crate::domain::money::Usd;
use crate::text::{Lang, Phrase};
use crate::ui::grid::{Column, Grid, GridRow};
use crate::ui::theme::Tone;

/// The columns of a list of models.
pub(super) fn columns(lang: Lang) -> Vec<Column> {
    const MODEL: Phrase = Phrase::new("model", "模型");
    const IN: Phrase = Phrase::new("in $/M", "输入 $/M");
    const OUT: Phrase = Phrase::new("out $/M", "输出 $/M");
    const CONTEXT: Phrase = Phrase::new("context", "上下文");
    const READS: Phrase = Phrase::new("reads", "可读");
    vec![
        Column::words(MODEL.say(lang), 1),
        Column::number(IN.say(lang), 1),
        Column::number(OUT.say(lang), 1),
        Column::number(CONTEXT.say(lang), 2),
        Column::words(READS.say(lang), 3),
        Column::words("", 2),
    ]
}

/// One model; `mark` stands before its name.
pub(super) fn row(card: &ModelCard, mark: &str, lang: Lang) -> GridRow {
    const RETIRES: Phrase = Phrase::new("retires {}", "{} 下线");
    let reads = card.input_modalities.iter();
    let reads: Vec<&str> = reads
        .map(crate::domain::clean_text::CleanText::as_str)
        .filter(|kind| *kind != "text")
        .collect();
    let retires = card.expiration_date.as_ref();
    let retires = retires.map(|day| RETIRES.fill(lang, &[day]));
    GridRow {
        tone: if retires.is_some() {
            Tone::Warn
        } else {
            Tone::Plain
        },
        cells: vec![
            format!("{mark}{}", card.id),
            price(card.prompt_price, lang),
            price(card.completion_price, lang),
            card.context_length.map_or_else(String::new, compact),
            reads.join(" "),
            retires.unwrap_or_default(),
        ],
    }
}

/// A price per million tokens.
pub(super) fn price(price: Option<Usd>, lang: Lang) -> String {
    const FREE: Phrase = Phrase::new("free", "免费");
    const VARIES: Phrase = Phrase::new("varies", "不定");
    match price {
        Some(price) if price.is_zero() => FREE.say(lang).to_owned(),
        Some(price) => price.times(1_000_000).to_string(),
        None => VARIES.say(lang).to_owned(),
    }
}

/// Models and the names they are found by, made once: a key press must not make a thousand of them.
#[derive(Debug)]
pub(super) struct Names {
    names: Vec<String>,
    matcher: Matcher,
}

impl Names {
    pub(super) fn of(models: &[ModelCard]) -> Self {
        let names = models.iter();
        Self {
            names: names
                .map(|card| format!("{} {}", card.id, card.name))
                .collect(),
            matcher: Matcher::new(),
        }
    }

    /// The numbers of the models that a query finds, the best first; all in their order for none.
    pub(super) fn found(&mut self, query: &str) -> Vec<usize> {
        self.matcher.rank(query.trim(), &self.names)
    }
}

/// A grid of these rows.
pub(super) fn grid(rows: Vec<GridRow>, chosen: usize, lang: Lang) -> Grid {
    Grid {
        columns: columns(lang),
        rows,
        chosen,
    }
}
