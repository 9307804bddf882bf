//! The list of models, expanded once from its table.

use std::collections::HashMap;
use std::sync::LazyLock;

use jiff::civil::Date;

use super::fault::faults;
use super::model::{Model, Thinking};
use super::price::{Above, Price, millionth};
use super::provider::{Provider, provider};
use crate::domain::money::Usd;
use crate::text::Lang;

/// All models, and who follows those that are gone.
#[derive(Debug, Default)]
pub(super) struct Catalog {
    models: Vec<Model>,
    by_id: HashMap<String, usize>,
    retired: HashMap<&'static str, &'static str>,
}

/// The list.
pub(super) fn catalog() -> &'static Catalog {
    &CATALOG
}

static CATALOG: LazyLock<Catalog> =
    LazyLock::new(|| Catalog::read(include_str!("../../assets/sandbox-models.txt")));

/// The section of the table that a row stands in.
struct Section {
    author: &'static str,
    display: &'static str,
    tokenizer: &'static str,
    providers: Vec<&'static Provider>,
}

impl Catalog {
    /// Every model, in the order of the table.
    pub(super) fn models(&self) -> &[Model] {
        &self.models
    }

    /// The model of exactly that id, or of that permanent slug.
    pub(super) fn find(&self, id: &str) -> Option<&Model> {
        let by_id = self.by_id.get(id).and_then(|&at| self.models.get(at));
        by_id.or_else(|| self.models.iter().find(|model| model.canonical == id))
    }

    /// The successor of a model that is gone.
    pub(super) fn successor(&self, id: &str) -> Option<&'static str> {
        self.retired.get(id).copied()
    }

    /// The ids that come nearest to one that does not exist, at most three.
    pub(super) fn nearest(&self, id: &str) -> Vec<&str> {
        let wanted = id.to_ascii_lowercase();
        let bare = wanted.rsplit('/').next().unwrap_or(&wanted).to_owned();
        let mut near: Vec<(usize, &str)> = self
            .models
            .iter()
            .filter(|model| model.writes_text() && model.author() != "sandbox")
            .map(|model| {
                let slug = model.id.rsplit('/').next().unwrap_or(&model.id);
                let far = distance(&wanted, &model.id).min(distance(&bare, slug));
                (far, model.id.as_str())
            })
            .collect();
        near.sort_unstable();
        let best = near.first().map_or(0, |&(far, _)| far);
        near.into_iter()
            .take_while(|&(far, _)| far <= best + 2 && far <= bare.chars().count() / 2 + 1)
            .map(|(_, id)| id)
            .take(3)
            .collect()
    }

    fn read(table: &'static str) -> Self {
        let mut list = Self::default();
        let mut section = None;
        for line in table.lines() {
            match line.split_once(' ') {
                None | Some(("#", _)) => {}
                Some(("@", rest)) => section = Section::read(rest),
                Some(("~", rest)) => list.read_alias(rest),
                Some(("-", rest)) => {
                    if let Some((gone, successor)) = rest.split_once('|') {
                        list.retired.insert(gone.trim(), successor.trim());
                    }
                }
                Some(_) => {
                    if let Some(section) = &section {
                        list.read_row(section, line);
                    }
                }
            }
        }
        list.add_faults();
        list
    }

    fn read_row(&mut self, section: &Section, line: &'static str) {
        let cells: Vec<&'static str> = line.split('|').map(str::trim).collect();
        let [
            slug,
            name,
            published,
            context,
            most,
            prompt,
            completion,
            cache,
            traits,
        ] = cells[..]
        else {
            return;
        };
        let usd = |cell: &str| Usd::parse(cell).unwrap_or_default();
        let Ok(published) = published.parse::<Date>() else {
            return;
        };
        let mut price = Price::per_million(usd(prompt), usd(completion));
        price.cache_read = Usd::parse(cache).map(millionth);
        let id = format!("{}/{slug}", section.author);
        let model = Model {
            canonical: id.clone(),
            name: format!("{}: {name}", section.display),
            tokenizer: section.tokenizer,
            published,
            context: context.parse().ok(),
            max_completion: most.parse().ok(),
            price,
            reads: "t",
            writes: "t",
            thinking: Thinking::None,
            has_tools: false,
            has_schema: false,
            is_moderated: false,
            cutoff: None,
            expires_in: None,
            trains: false,
            providers: section.providers.clone(),
            alias_of: None,
            id,
        };
        self.add_with_traits(model, traits);
    }

    /// Adds the model and the variants that its traits name.
    fn add_with_traits(&mut self, mut model: Model, traits: &'static str) {
        let mut variants = Vec::new();
        let mut is_only_free = false;
        for one in traits.split_whitespace() {
            let (word, value) = one.split_once(':').unwrap_or((one, ""));
            match word {
                "in" => model.reads = value,
                "out" => model.writes = value,
                "think" => model.thinking = Thinking::Usual,
                "think!" => model.thinking = Thinking::Always,
                "tools" => model.has_tools = true,
                "schema" => model.has_schema = true,
                "moderated" => model.is_moderated = true,
                "trains" => model.trains = true,
                "unknown" => model.context = None,
                "cut" => model.cutoff = Some(value),
                "expires" => model.expires_in = value.parse().ok(),
                "dated" => model.canonical = format!("{}-{}", model.id, model.published),
                "write" => model.price.cache_write = Usd::parse(value).map(millionth),
                "search" => model.price.search = Usd::parse(value),
                "above" => model.price.above = above(value),
                "free" => variants.push(("free", Some((Usd::ZERO, Usd::ZERO)))),
                "free!" => is_only_free = true,
                "also" => {
                    let mut parts = value.split(':');
                    let variant = parts.next().unwrap_or_default();
                    let prices = parts.next().and_then(Usd::parse);
                    let prices = prices.zip(parts.next().and_then(Usd::parse));
                    variants.push((variant, prices));
                }
                _ => {}
            }
        }
        for (variant, prices) in variants {
            let mut other = model.clone();
            other.id = format!("{}:{variant}", model.id);
            other.name = format!("{} ({variant})", model.name);
            if let Some((prompt, completion)) = prices {
                other.price = Price::per_million(prompt, completion);
            }
            self.add(other);
        }
        if is_only_free {
            model.id.push_str(":free");
            model.name.push_str(" (free)");
        }
        self.add(model);
    }

    fn read_alias(&mut self, line: &'static str) {
        let cells: Vec<&'static str> = line.split('|').map(str::trim).collect();
        let [id, name, target] = cells[..] else {
            return;
        };
        let Some(target) = self.find(target) else {
            return;
        };
        let alias = Model {
            id: id.to_owned(),
            canonical: id.to_owned(),
            name: name.to_owned(),
            alias_of: Some((target.id.clone(), target.name.clone())),
            expires_in: None,
            ..target.clone()
        };
        self.add(alias);
    }

    /// The sandbox's own models: one for each fault, and one that writes very long answers.
    fn add_faults(&mut self) {
        let Some(pattern) = self.find("openai/gpt-4o-mini").cloned() else {
            return;
        };
        let rows = faults().iter().filter(|row| row.by_model());
        let named = rows.map(|row| (row.name, row.words.say(Lang::En)));
        for (name, words) in named.chain([("tokens-20000", "an answer of 20,000 tokens")]) {
            let id = format!("sandbox/{name}");
            self.add(Model {
                canonical: id.clone(),
                name: format!("Sandbox: {words}"),
                id,
                context: Some(1_000_000),
                max_completion: Some(16_384),
                expires_in: None,
                cutoff: None,
                is_moderated: false,
                providers: provider("sandbox").into_iter().collect(),
                ..pattern.clone()
            });
        }
    }

    fn add(&mut self, model: Model) {
        self.by_id.insert(model.id.clone(), self.models.len());
        self.models.push(model);
    }
}

impl Section {
    fn read(line: &'static str) -> Option<Self> {
        let cells: Vec<&'static str> = line.split('|').map(str::trim).collect();
        let [author, display, tokenizer, providers] = cells[..] else {
            return None;
        };
        Some(Self {
            author,
            display,
            tokenizer,
            providers: providers.split('+').filter_map(provider).collect(),
        })
    }
}

/// `TOKENS:PROMPT:COMPLETION` of the table.
fn above(value: &str) -> Option<Above> {
    let mut parts = value.split(':');
    Some(Above {
        tokens: parts.next()?.parse().ok()?,
        prompt: millionth(Usd::parse(parts.next()?)?),
        completion: millionth(Usd::parse(parts.next()?)?),
    })
}

/// How many characters must change to turn one text into the other.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, c) in one.chars().enumerate() {
        let mut corner = row[0];
        row[0] = at + 1;
        for (column, &o) in other.iter().enumerate() {
            let change = corner + usize::from(c != o);
            corner = row[column + 1];
            row[column + 1] = change.min(corner + 1).min(row[column] + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_as_long_as_the_real_one_and_every_row_is_whole() {
        let list = catalog();
        assert!(list.models().len() > 430, "{}", list.models().len());
        for model in list.models() {
            assert!(!model.providers.is_empty(), "{} has no provider", model.id);
            assert!(model.reads.contains('t'), "{} reads no text", model.id);
        }
        let rows = include_str!("../../assets/sandbox-models.txt")
            .lines()
            .filter(|line| line.matches('|').count() == 8 && !line.starts_with('#'));
        for row in rows {
            let slug = row.split('|').next().unwrap().trim();
            let is_there = |model: &Model| model.id.contains(slug);
            assert!(list.models().iter().any(is_there), "{slug} was not read");
        }
    }

    #[test]
    fn the_models_that_people_start_with_are_there() {
        for id in [
            "openai/gpt-5-mini",
            "openai/gpt-4o-mini",
            "anthropic/claude-sonnet-4.5",
            "meta-llama/llama-3.3-70b-instruct:free",
            "openrouter/auto",
            "openrouter/free",
            "~anthropic/claude-sonnet-latest",
            "openai/gpt-4o:extended",
            "sandbox/no-credits",
        ] {
            assert!(catalog().find(id).is_some(), "{id}");
        }
        let dated = catalog().find("openai/gpt-5-mini-2025-08-07").unwrap();
        assert_eq!(dated.id, "openai/gpt-5-mini");
    }

    #[test]
    fn a_slip_of_the_pen_finds_the_model_meant() {
        let nearest = |id| catalog().nearest(id).first().copied();
        assert_eq!(nearest("openai/gpt-5-mni"), Some("openai/gpt-5-mini"));
        assert_eq!(nearest("gpt-4o-mini"), Some("openai/gpt-4o-mini"));
        assert_eq!(nearest("zzzzzzzz/qqqqqqqqqqqqqqqq"), None);
    }
}
