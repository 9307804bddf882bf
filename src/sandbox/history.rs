//! What was used, by day, key, model and provider: the source of `GET /activity` and of the analytics.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde_json::{Value, json};

use super::key::WORKSPACE;
use crate::domain::money::Usd;

/// Who used what, on which day.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Use {
    /// The UTC day.
    pub(super) day: Date,
    /// The account.
    pub(super) account: usize,
    /// The key's hash.
    pub(super) key: String,
    /// The model's id, with its variant.
    pub(super) model: String,
    /// Its permanent slug.
    pub(super) permaslug: String,
    /// Who ran it.
    pub(super) provider: &'static str,
    /// The endpoint's id.
    pub(super) endpoint: String,
}

/// How much of it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Amount {
    /// Requests.
    pub(super) requests: u64,
    /// Tokens read.
    pub(super) prompt: u64,
    /// Tokens written, reasoning included.
    pub(super) completion: u64,
    /// Of these, reasoning.
    pub(super) reasoning: u64,
    /// Of the tokens read, those from a cache.
    pub(super) cached: u64,
    /// Credits, USD.
    pub(super) usage: Usd,
    /// On the account's own provider keys, USD; apart from `usage`.
    pub(super) byok: Usd,
}

impl Amount {
    /// Counts more of it.
    pub(super) fn add(&mut self, more: &Self) {
        self.requests += more.requests;
        self.prompt += more.prompt;
        self.completion += more.completion;
        self.reasoning += more.reasoning;
        self.cached += more.cached;
        self.usage = self.usage + more.usage;
        self.byok = self.byok + more.byok;
    }
}

/// Which rows are asked for.
#[derive(Clone, Debug)]
pub(super) struct Question<'a> {
    /// Of which account.
    pub(super) account: usize,
    /// The first day.
    pub(super) from: Date,
    /// The last day.
    pub(super) to: Date,
    /// Of one key only, by its hash.
    pub(super) key: Option<&'a str>,
    /// Whether rows name their workspace.
    pub(super) by_workspace: bool,
}

/// Everything that was used.
#[derive(Clone, Debug, Default)]
pub(super) struct History {
    rows: BTreeMap<Use, Amount>,
}

impl History {
    /// Writes down one use.
    pub(super) fn record(&mut self, what: Use, amount: &Amount) {
        self.rows.entry(what).or_default().add(amount);
    }

    /// Every use of an account from one day to another, both included.
    pub(super) fn uses(
        &self,
        account: usize,
        from: Date,
        to: Date,
    ) -> impl Iterator<Item = (&Use, &Amount)> {
        let rows = self.rows.iter();
        rows.filter(move |(what, _)| what.account == account && what.day >= from && what.day <= to)
    }

    /// The rows of `GET /activity`, the newest day first; one for each day, model and endpoint.
    pub(super) fn rows(&self, question: &Question) -> Vec<Value> {
        let mut merged: BTreeMap<(Date, &str, &str), (&Use, Amount)> = BTreeMap::new();
        for (what, amount) in self.uses(question.account, question.from, question.to) {
            if question.key.is_none_or(|key| key == what.key) {
                let group = (what.day, what.model.as_str(), what.provider);
                let row = merged.entry(group).or_insert((what, Amount::default()));
                row.1.add(amount);
            }
        }
        let rows = merged.into_values().rev();
        rows.map(|(what, amount)| to_json(what, &amount, question.by_workspace))
            .collect()
    }
}

fn to_json(what: &Use, amount: &Amount, by_workspace: bool) -> Value {
    let mut row = json!({
        "date": what.day.to_string(),
        "model": what.model,
        "model_permaslug": what.permaslug,
        "endpoint_id": what.endpoint,
        "provider_name": what.provider,
        "usage": amount.usage,
        "byok_usage_inference": amount.byok,
        "requests": amount.requests,
        "prompt_tokens": amount.prompt,
        "completion_tokens": amount.completion,
        "reasoning_tokens": amount.reasoning,
        "cached_tokens": amount.cached,
    });
    if by_workspace {
        row["workspace_id"] = json!(WORKSPACE);
    }
    row
}
