//! Which models a list is asked for, and in which order. Source: section 4.1.

use std::cmp::Reverse;
use std::collections::HashMap;

use jiff::Timestamp;
use jiff::civil::Date;

use super::clock::day_of;
use super::model::{Model, modalities};
use super::price::millionth;
use super::refusal::Refusal;
use crate::domain::money::Usd;

/// The parameters of a list of models, as they came.
#[derive(Debug)]
pub(super) struct ModelQuery {
    asked: HashMap<String, String>,
    now: Timestamp,
}

const CATEGORIES: [&str; 12] = [
    "programming",
    "roleplay",
    "marketing",
    "marketing/seo",
    "technology",
    "science",
    "translation",
    "legal",
    "finance",
    "health",
    "trivia",
    "academia",
];

const SORTS: [&str; 12] = [
    "most-popular",
    "top-weekly",
    "newest",
    "pricing-low-to-high",
    "pricing-high-to-low",
    "context-high-to-low",
    "throughput-high-to-low",
    "latency-low-to-high",
    "intelligence-high-to-low",
    "coding-high-to-low",
    "agentic-high-to-low",
    "design-arena-elo-high-to-low",
];

/// Rows of a page where none is asked for.
const USUAL_PAGE: usize = 500;

impl ModelQuery {
    /// The parameters of a request at that time.
    pub(super) fn new(asked: HashMap<String, String>, now: Timestamp) -> Self {
        Self { asked, now }
    }

    /// The models that are asked for, in the order that is asked for.
    pub(super) fn choose<'a>(&self, models: &'a [Model]) -> Result<Vec<&'a Model>, Refusal> {
        self.check_word("category", &CATEGORIES)?;
        self.check_word("sort", &SORTS)?;
        let numbers = Numbers::read(self)?;
        let mut chosen: Vec<&Model> = models
            .iter()
            .filter(|model| self.takes(model) && numbers.take(model, day_of(self.now)))
            .collect();
        self.sort(&mut chosen);
        Ok(chosen)
    }

    /// The page that is asked for: where it begins and its length; everything where neither is.
    pub(super) fn page(&self) -> Result<Option<(usize, usize)>, Refusal> {
        let offset = self.number::<usize>("offset")?;
        let limit = self.number::<usize>("limit")?;
        if limit.is_some_and(|limit| !(1..=1000).contains(&limit)) {
            return Err(Refusal::bad_request(
                "limit: Number must be between 1 and 1000",
            ));
        }
        Ok(match (offset, limit) {
            (None, None) => None,
            _ => Some((offset.unwrap_or(0), limit.unwrap_or(USUAL_PAGE))),
        })
    }

    /// The address of the page behind one, relative.
    pub(super) fn next(&self, path: &str, offset: usize, limit: usize) -> String {
        let mut kept: Vec<(&String, &String)> = self
            .asked
            .iter()
            .filter(|(name, _)| !matches!(name.as_str(), "offset" | "limit"))
            .collect();
        kept.sort();
        let mut address = format!("{path}?offset={offset}&limit={limit}");
        for (name, value) in kept {
            address.push_str(&format!("&{name}={}", value.replace(' ', "+")));
        }
        address
    }

    fn get(&self, name: &str) -> Option<&str> {
        let value = self.asked.get(name)?;
        (!value.is_empty() && value != "null").then_some(value)
    }

    fn list(&self, name: &str) -> Vec<&str> {
        let value = self.get(name).unwrap_or_default();
        value.split(',').filter(|word| !word.is_empty()).collect()
    }

    fn number<N: std::str::FromStr>(&self, name: &str) -> Result<Option<N>, Refusal> {
        let Some(text) = self.get(name) else {
            return Ok(None);
        };
        let number = text.parse().map(Some);
        number.map_err(|_| Refusal::bad_request(format!("{name}: Expected a number")))
    }

    fn check_word(&self, name: &str, known: &[&str]) -> Result<(), Refusal> {
        match self.get(name) {
            Some(word) if !known.contains(&word) => Err(Refusal::bad_request(format!(
                "{name}: Invalid option: {word}"
            ))),
            _ => Ok(()),
        }
    }

    fn takes(&self, model: &Model) -> bool {
        let outputs = match self.get("output_modalities") {
            None => vec!["text"],
            Some("all") => Vec::new(),
            Some(_) => self.list("output_modalities"),
        };
        let query = self.get("q").unwrap_or_default().to_lowercase();
        let parameters = model.parameters();
        let writes = modalities(model.writes);
        let reads = modalities(model.reads);
        let authors = self.list("model_authors");
        let providers = self.list("providers");
        // Which model suits a trade is not simulated: programming needs tools, the rest text.
        (self.get("category") != Some("programming") || model.has_tools)
            && outputs.iter().all(|word| writes.contains(word))
            && self
                .list("input_modalities")
                .iter()
                .all(|word| reads.contains(word))
            && self
                .list("supported_parameters")
                .iter()
                .all(|word| parameters.contains(word))
            && (query.is_empty() || named_like(model, &query))
            && (authors.is_empty() || authors.contains(&model.author()))
            && (providers.is_empty() || served_by(model, &providers))
            && self
                .get("arch")
                .is_none_or(|arch| arch.eq_ignore_ascii_case(model.tokenizer))
            && (self.get("zdr") != Some("true")
                || model.providers.iter().any(|p| p.keeps_nothing()))
    }

    fn sort(&self, models: &mut [&Model]) {
        let price = |model: &&Model| {
            // What depends on the routed model comes last, whichever way.
            let is_known = !model.price.is_variable();
            is_known.then(|| model.price.prompt + model.price.completion)
        };
        match self.get("sort") {
            Some("pricing-low-to-high") => {
                models.sort_by_key(|model| (price(model).is_none(), price(model)));
            }
            Some("pricing-high-to-low") => models.sort_by_key(|model| Reverse(price(model))),
            Some("context-high-to-low") => models.sort_by_key(|model| Reverse(model.context)),
            // The table stands in for every measure that is not simulated.
            Some(word) if word != "newest" => models.sort_by_key(|model| popularity(model)),
            _ => {
                models.sort_by_key(|model| newest_first(model));
            }
        }
    }
}

/// Limits in numbers.
struct Numbers {
    context: Option<u64>,
    prompt: (Option<Usd>, Option<Usd>),
    completion: (Option<Usd>, Option<Usd>),
    age: (Option<i32>, Option<i32>),
}

impl Numbers {
    fn read(query: &ModelQuery) -> Result<Self, Refusal> {
        let usd = |name: &str| match query.get(name) {
            None => Ok(None),
            Some(text) => Usd::parse(text)
                .map(|price| Some(millionth(price)))
                .ok_or_else(|| Refusal::bad_request(format!("{name}: Expected a number"))),
        };
        Ok(Self {
            context: query.number("context")?,
            prompt: (usd("min_price")?, usd("max_price")?),
            completion: (usd("min_output_price")?, usd("max_output_price")?),
            age: (query.number("min_age_days")?, query.number("max_age_days")?),
        })
    }

    fn take(&self, model: &Model, today: Date) -> bool {
        let age = (today - model.published).get_days();
        let is_within = |(least, most): (Option<Usd>, Option<Usd>), price: Usd| {
            least.is_none_or(|least| price >= least) && most.is_none_or(|most| price <= most)
        };
        let (least, most) = self.age;
        self.context
            .is_none_or(|least| model.context.is_some_and(|context| context >= least))
            && is_within(self.prompt, model.price.prompt)
            && is_within(self.completion, model.price.completion)
            && least.is_none_or(|least| age >= least)
            && most.is_none_or(|most| age <= most)
    }
}

fn named_like(model: &Model, query: &str) -> bool {
    model.id.to_lowercase().contains(query) || model.name.to_lowercase().contains(query)
}

fn served_by(model: &Model, names: &[&str]) -> bool {
    model.providers.iter().any(|provider| {
        names
            .iter()
            .any(|name| name.eq_ignore_ascii_case(provider.slug) || *name == provider.name)
    })
}

/// The newest before the older, the sandbox's own behind them all.
fn newest_first(model: &Model) -> (bool, Reverse<Date>) {
    (model.author() == "sandbox", Reverse(model.published))
}

/// The models that most people ask for come first, then the table's order.
fn popularity(model: &Model) -> usize {
    const TOP: [&str; 8] = [
        "anthropic/claude-sonnet-5.5",
        "openai/gpt-6.1-sol",
        "google/gemini-3.8-flash",
        "deepseek/deepseek-v4.1-flash",
        "anthropic/claude-sonnet-4.5",
        "openai/gpt-5-mini",
        "x-ai/grok-4.7",
        "moonshotai/kimi-k3.1-pro",
    ];
    TOP.iter()
        .position(|id| *id == model.id)
        .unwrap_or(TOP.len())
}
