//! The ways a model can be asked: its variants in the list, and the suffixes that any model takes.

use crate::domain::clean_text::CleanText;
use crate::domain::model_card::{ModelCard, base_id};
use crate::flow::menu::Menu;
use crate::text::{Phrase, Said};

/// The name of the question which variant is to be used.
pub(super) const MENU: &str = "variant";

const TITLE: Phrase = Phrase::new("Use {} as", "使用 {} 的方式");
const AS_IS: Phrase = Phrase::new("the model itself", "模型本身");
const NITRO: Phrase = Phrase::new(
    "the fastest provider first; may cost more",
    "优先最快的供应商，可能更贵",
);
const FLOOR: Phrase = Phrase::new(
    "the cheapest provider first; may be slow",
    "优先最便宜的供应商，可能较慢",
);
const EXACTO: Phrase = Phrase::new(
    "providers that call tools best first",
    "优先工具调用最可靠的供应商",
);
const FREE: Phrase = Phrase::new(
    "costs nothing; few requests a day, and may train on what you send",
    "免费；每日次数有限，可能用您的输入训练",
);
const LISTED: Phrase = Phrase::new("a variant of its own in the list", "列表中的独立变体");
const EXTENDED: Phrase = Phrase::new("a longer context", "更长的上下文");
const THINKING: Phrase = Phrase::new("reasons before it answers", "回答前先推理");

/// The suffixes of any model, but for the one that is going away. Source: OpenRouter's documentation.
const ANY: [(&str, Phrase); 3] = [(":nitro", NITRO), (":floor", FLOOR), (":exacto", EXACTO)];

/// A way to ask a model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Variant {
    /// What to send as `model`.
    pub(super) id: String,
    pub(super) note: Phrase,
}

/// The ways to ask a model, itself first.
pub(super) fn of(id: &str, models: &[ModelCard]) -> Vec<Variant> {
    let id = base_id(id);
    let of = |id: String, note| Variant { id, note };
    let mut all = vec![of(id.to_owned(), AS_IS)];
    let (stem, _) = id.split_once(':').unwrap_or((id, ""));
    for card in models {
        let is_kin = card
            .id
            .strip_prefix(stem)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(':'));
        if is_kin && *card.id != *id {
            all.push(of(card.id.to_string(), note_of(&card.id)));
        }
    }
    // A router chooses by rules of its own.
    if explain(id).is_none() {
        all.extend(ANY.map(|(suffix, note)| of(format!("{id}{suffix}"), note)));
    }
    all
}

fn note_of(id: &str) -> Phrase {
    match id.rsplit_once(':') {
        Some((_, "free")) => FREE,
        Some((_, "extended")) => EXTENDED,
        Some((_, "thinking")) => THINKING,
        Some(_) => LISTED,
        None => AS_IS,
    }
}

/// The question which of them is to be used.
pub(super) fn menu(id: &str, models: &[ModelCard]) -> Menu {
    let shown = CleanText::line(base_id(id));
    let mut menu = Menu::new(MENU, Said::new(TITLE, &[&shown]));
    for variant in of(id, models) {
        let id = CleanText::line(&variant.id);
        menu = menu.answer(Said::verbatim(id), Some(variant.note.into()));
    }
    menu
}

/// What a model is that answers by others; `None` for an ordinary one. Source: OpenRouter's documentation.
pub(super) fn explain(id: &str) -> Option<Phrase> {
    const AUTO: Phrase = Phrase::new(
        "A router: it picks a model for each question by its task, and charges that model's price. The answer names it.",
        "路由器：按任务为每个问题挑选模型，按所选模型的价格计费；回答会注明模型。",
    );
    const FREE_ROUTER: Phrase = Phrase::new(
        "A router: it picks one of the free models that can do the request. The limits of free models apply.",
        "路由器：从能完成请求的免费模型中挑选，适用免费模型的次数限制。",
    );
    const CODE: Phrase = Phrase::new(
        "A router: it picks the cheapest model that is strong at code.",
        "路由器：挑选擅长编程的最便宜的模型。",
    );
    const SEVERAL: Phrase = Phrase::new(
        "A router that asks several models for one answer: it may cost many times as much.",
        "路由器：一次回答会询问多个模型，费用可能成倍增加。",
    );
    const LATEST: Phrase = Phrase::new(
        "An alias: always the newest model of its family. Price and behaviour change with it.",
        "别名：总是同系列中最新的模型，价格和表现会随之变化。",
    );
    if id.starts_with('~') {
        return Some(LATEST);
    }
    match id.strip_prefix("openrouter/")? {
        "auto" | "auto-beta" => Some(AUTO),
        "free" => Some(FREE_ROUTER),
        "pareto-code" => Some(CODE),
        "fusion" | "bodybuilder" => Some(SEVERAL),
        // A model under a cover name is no router.
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(id: &str) -> Vec<String> {
        let models = ["a/b", "a/b:free", "a/b-2", "openrouter/auto"].map(|id| ModelCard {
            id: id.into(),
            ..ModelCard::default()
        });
        of(id, &models).into_iter().map(|it| it.id).collect()
    }

    #[test]
    fn a_model_has_its_listed_variants_and_those_of_any_model() {
        assert_eq!(
            ids("a/b"),
            ["a/b", "a/b:free", "a/b:nitro", "a/b:floor", "a/b:exacto"]
        );
        assert_eq!(ids("a/b:nitro"), ids("a/b"));
        assert_eq!(ids("a/b:free")[..2], ["a/b:free", "a/b"]);
        assert_eq!(ids("openrouter/auto"), ["openrouter/auto"]);
    }

    #[test]
    fn routers_and_aliases_are_explained_and_ordinary_models_are_not() {
        for id in ["openrouter/auto", "openrouter/free", "~openai/gpt-latest"] {
            assert!(explain(id).is_some(), "{id}");
        }
        for id in ["openai/gpt-5-mini", "openrouter/cover-name"] {
            assert_eq!(explain(id), None, "{id}");
        }
    }
}
