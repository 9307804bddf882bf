//! Models in rows: for the picker and for the Models screen.

use std::sync::Arc;

use jiff::Timestamp;

use crate::controls::fuzzy::Matcher;
use crate::domain::clean_text::CleanText;
use crate::domain::count::{compact, grouped};
use crate::domain::figures::Known;
use crate::domain::model_card::{ModelCard, base_id, per_million, sought};
use crate::domain::money::Usd;
use crate::domain::own_models::OwnModels;
use crate::flow::Facts;
use crate::text::{Lang, Phrase, Said};
use crate::ui::grid::{Column, Grid, GridRow};
use crate::ui::theme::Tone;

/// The most characters of a name: the id stands before it.
const MOST_OF_NAME: usize = 40;

/// A list of models as everybody shares it.
pub(super) type List = Arc<Known<Vec<ModelCard>>>;

/// The columns of a list of models.
pub(super) fn columns(lang: Lang) -> Vec<Column> {
    const MODEL: Phrase = Phrase::new("model", "模型");
    const IN: Phrase = Phrase::new("in $/M", "输入 $/M");
    const OUT: Phrase = Phrase::new("out $/M", "输出 $/M");
    const CONTEXT: Phrase = Phrase::new("context", "上下文");
    const READS: Phrase = Phrase::new("reads", "可读");
    const NAME: Phrase = Phrase::new("name", "名称");
    const SINCE: Phrase = Phrase::new("since", "上线");
    vec![
        Column::words(MODEL.say(lang), 1),
        Column::number(IN.say(lang), 1),
        Column::number(OUT.say(lang), 1),
        Column::number(CONTEXT.say(lang), 2),
        Column::words("", 2),
        Column::words(READS.say(lang), 3).extra(),
        Column::words(SINCE.say(lang), 4).extra(),
        Column::words(NAME.say(lang), 5).extra(),
    ]
}

/// One model, as the person stands to it: a favourite has an asterisk before its name.
/// `suffix`: what the id is to carry behind it.
pub(super) fn row(card: &ModelCard, suffix: &str, facts: &Facts) -> GridRow {
    let lang = facts.lang;
    let mark = match &facts.own_models {
        own if own.is_favourite(&card.id) => "* ",
        own if own.favourites.is_empty() => "",
        _ => "  ",
    };
    let since = card
        .created
        .and_then(|at| Timestamp::from_second(at).ok())
        .map(|at| at.strftime("%Y-%m").to_string());
    GridRow {
        tone: if card.expiration_date.is_some() {
            Tone::Warn
        } else {
            Tone::Plain
        },
        cells: vec![
            format!("{mark}{}{suffix}", card.id),
            price(card.prompt_price, lang),
            price(card.completion_price, lang),
            card.context_length.map_or_else(String::new, compact),
            standing(card, facts),
            kinds(reads(card), lang).join(" "),
            since.unwrap_or_default(),
            // Another vendor's server has no names.
            if card.name == card.id {
                String::new()
            } else {
                card.name.shortened(MOST_OF_NAME).into_string()
            },
        ],
    }
}

/// How many requests the account has left for free models today, beside each of them; `None` where that is
/// not known, or was learned on another day than the list.
pub(super) fn free_left(card: &ModelCard, facts: &Facts) -> Option<String> {
    const LEFT: Phrase = Phrase::new("{} left today", "今日还剩 {} 次");
    Some(LEFT.fill(facts.lang, &[&free_count(card, facts)?]))
}

/// The same as a number alone.
pub(super) fn free_count(card: &ModelCard, facts: &Facts) -> Option<String> {
    let free = facts.free_requests.as_ref()?;
    let list = facts.models.as_ref();
    let is_of_today = list.is_none_or(|list| free.is_of_today(list.as_of));
    let is_meant = card.id.ends_with(":free") && is_of_today;
    is_meant.then(|| grouped(free.value.left()))
}

/// What deserves a word: its retirement before all, then that it is in use or was lately, and what is left
/// of a free one.
fn standing(card: &ModelCard, facts: &Facts) -> String {
    let parts = [relation(card, facts), free_left(card, facts)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// When it retires, where that is said.
pub(super) fn ends(card: &ModelCard, lang: Lang) -> Option<String> {
    const RETIRES: Phrase = Phrase::new("ends {}", "{} 下线");
    let day = card.expiration_date.as_ref()?;
    Some(RETIRES.fill(lang, &[day]))
}

fn relation(card: &ModelCard, facts: &Facts) -> Option<String> {
    const IN_USE: Phrase = Phrase::new("in use", "使用中");
    const RECENT: Phrase = Phrase::new("recent", "最近用过");
    let lang = facts.lang;
    if let Some(ends) = ends(card, lang) {
        return Some(ends);
    }
    if *card.id == *base_id(&facts.model) {
        return Some(IN_USE.say(lang).to_owned());
    }
    if facts.own_models.is_recent(&card.id) {
        return Some(RECENT.say(lang).to_owned());
    }
    None
}

/// That a model is the project's now; nothing that is simulated is kept.
pub(super) fn taken(model: &str, facts: &Facts) -> Said {
    const TAKEN: Phrase = Phrase::new(
        "{} is the model of this project from now on",
        "本项目以后使用 {}",
    );
    const SIMULATED: Phrase = Phrase::new(
        "{} is asked until you leave: the sandbox keeps no settings",
        "退出前使用 {}：沙盒不保存设置",
    );
    let words = if facts.is_sandbox { SIMULATED } else { TAKEN };
    Said::new(words, &[&CleanText::line(model)])
}

/// What it reads besides text.
pub(super) fn reads(card: &ModelCard) -> Vec<&str> {
    let reads = card.input_modalities.iter().map(CleanText::as_str);
    reads.filter(|kind| *kind != "text").collect()
}

/// Kinds of content in a language; one that nobody foresaw as the server names it.
pub(super) fn kinds(names: Vec<&str>, lang: Lang) -> Vec<&str> {
    const CHINESE: [(&str, &str); 6] = [
        ("text", "文本"),
        ("image", "图片"),
        ("file", "文件"),
        ("audio", "音频"),
        ("video", "视频"),
        ("embeddings", "向量"),
    ];
    let said = names.into_iter().map(|name| match lang {
        Lang::En => name,
        Lang::Zh => CHINESE
            .iter()
            .find(|(english, _)| *english == name)
            .map_or(name, |(_, chinese)| chinese),
    });
    said.collect()
}

/// A price per million tokens.
pub(super) fn price(price: Option<Usd>, lang: Lang) -> String {
    const FREE: Phrase = Phrase::new("free", "免费");
    const VARIES: Phrase = Phrase::new("varies", "不定");
    match price {
        Some(price) if price.is_zero() => FREE.say(lang).to_owned(),
        Some(price) => per_million(price),
        None => VARIES.say(lang).to_owned(),
    }
}

/// Models and the names they are found by, made once: a key press must not make a thousand of them.
#[derive(Debug)]
pub(super) struct Names {
    texts: Vec<String>,
    matcher: Matcher,
    /// The last query and what it found: with a letter more nothing else can be found.
    last: Option<(String, Vec<usize>)>,
}

impl Names {
    pub(super) fn of(models: &[ModelCard]) -> Self {
        let names = models.iter();
        Self {
            texts: names
                .map(|card| format!("{} {}", card.id, card.name))
                .collect(),
            matcher: Matcher::new(),
            last: None,
        }
    }

    /// The numbers of the models that a query finds, which may end in a suffix that any model takes, the best first, of equals those that stay before those that
    /// retire; without a query all of them, one's own first.
    pub(super) fn found(
        &mut self,
        query: &str,
        models: &[ModelCard],
        own: &OwnModels,
    ) -> Vec<usize> {
        let (query, _) = sought(query.trim());
        let retires = |place: usize| models[place].expiration_date.is_some();
        if query.is_empty() {
            let mut all: Vec<usize> = (0..self.texts.len()).collect();
            all.sort_by_key(|&place| own.rank(&models[place].id));
            return all;
        }
        let narrower = self
            .last
            .take()
            .filter(|(shorter, _)| query.starts_with(shorter.as_str()));
        let among = narrower.map_or_else(|| (0..self.texts.len()).collect(), |(_, found)| found);
        let among = among.into_iter();
        let found = self.matcher.rank_among(query, &self.texts, among, retires);
        self.last = Some((query.to_owned(), found.clone()));
        found
    }
}

/// A grid of these rows; a column that says nothing of any has no head, and so is none.
pub(super) fn grid(rows: Vec<GridRow>, chosen: usize, lang: Lang) -> Grid {
    let mut columns = columns(lang);
    for (at, column) in columns.iter_mut().enumerate() {
        if rows.iter().all(|row| row.cells[at].is_empty()) {
            column.head.clear();
        }
    }
    Grid {
        columns,
        rows,
        chosen,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_that_retires_comes_behind_one_that_is_found_as_well_and_stays() {
        let card = |id: &str, name: &str, ends: Option<&str>| ModelCard {
            id: id.into(),
            name: name.into(),
            expiration_date: ends.map(Into::into),
            ..ModelCard::default()
        };
        let models = [
            card(
                "anthropic/claude-3-haiku",
                "Anthropic: Claude 3 Haiku",
                Some("2026-12-31"),
            ),
            card(
                "anthropic/claude-haiku-4.5",
                "Anthropic: Claude Haiku 4.5",
                None,
            ),
        ];
        let own = OwnModels::default();
        let found = |query: &str| Names::of(&models).found(query, &models, &own);
        assert_eq!(found("haiku"), [1, 0]);
        // Who asks for the old one by its number gets it.
        assert_eq!(found("3-haiku")[0], 0);
        assert_eq!(found(""), [0, 1]);
        // A letter more, a letter less, another word: one that is kept answers like a new one.
        let mut kept = Names::of(&models);
        for query in [
            "c", "cl", "cl 4", "cl", "haiku", "", "4.5", "4.5x", "3-haiku",
        ] {
            assert_eq!(kept.found(query, &models, &own), found(query), "{query}");
        }
    }
}
