//! Which models cost most for what they read and write, and what the same tokens cost elsewhere.
//!
//! A saving is the difference between the live prices of two models of the list, for the very tokens
//! that were used, and never more than was really paid above the other's price. How good a model is for
//! the task, nothing here knows.

mod elsewhere;
mod keys;
mod remarks;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

pub use self::elsewhere::Elsewhere;
pub use self::keys::KeyUse;
pub use self::remarks::Remark;
use super::span::Span;
use super::tokens::Tokens;
use crate::domain::clean_text::CleanText;
use crate::domain::model_card::ModelCard;
use crate::domain::money::Usd;
use crate::domain::spend::{DayRow, Used};

/// What is reviewed.
#[derive(Clone, Copy, Debug)]
pub struct Records<'a> {
    /// What was used.
    pub rows: &'a [DayRow],
    /// The days that the rows tell of whole; rows of other days do not count.
    pub span: Span,
    /// The live list. Source: `GET /models`.
    pub models: &'a [ModelCard],
    /// The longest request, prompt and answer together, in tokens, where that is known.
    pub longest_request: Option<u64>,
}

/// What they come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    /// The days.
    pub span: Span,
    /// All that was paid with credits.
    pub total: Used,
    /// What ran on the person's own provider keys: apart, because its tokens were paid elsewhere.
    pub own_keys: Used,
    /// USD per million tokens, read and written alike; `None` without tokens.
    pub blended: Option<Usd>,
    /// By model, the costliest first.
    pub models: Vec<ModelCost>,
    /// What is worth saying, the greatest amount first.
    pub remarks: Vec<Remark>,
}

/// What one model cost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelCost {
    /// Its id.
    pub model: CleanText,
    /// What was used of it and paid with credits.
    pub used: Used,
    /// USD per million tokens, read and written alike; `None` without tokens.
    pub blended: Option<Usd>,
    /// What it comes to in a month, USD.
    pub monthly: Usd,
    /// The same tokens on cheaper models of the list: the cheapest few, and one by the same author.
    pub elsewhere: Vec<Elsewhere>,
}

/// Reviews the records.
pub fn review(records: &Records<'_>) -> Review {
    let within = records.rows.iter();
    let within = within.filter(|row| records.span.holds(row.day));
    let (own, paid): (Vec<&DayRow>, Vec<&DayRow>) =
        within.partition(|row| row.used.byok_cost > Usd::ZERO);
    let mut by_model: BTreeMap<&CleanText, Vec<&DayRow>> = BTreeMap::new();
    for row in &paid {
        by_model.entry(&row.model).or_default().push(row);
    }
    let mut models: Vec<ModelCost> = by_model
        .into_iter()
        .map(|(model, rows)| cost_of(model, &rows, records))
        .collect();
    // The order of names stays where costs are the same.
    models.sort_by_key(|model| std::cmp::Reverse(model.used.cost));
    let total: Used = paid.iter().map(|row| row.used).sum();
    let mut review = Review {
        span: records.span,
        total,
        own_keys: own.iter().map(|row| row.used).sum(),
        blended: blended(&total),
        models,
        remarks: Vec::new(),
    };
    review.remarks = remarks::all(&review, records.models);
    review
}

fn cost_of(model: &CleanText, rows: &[&DayRow], records: &Records<'_>) -> ModelCost {
    let used: Used = rows.iter().map(|row| row.used).sum();
    ModelCost {
        model: model.clone(),
        used,
        blended: blended(&used),
        monthly: records.span.a_month(used.cost),
        elsewhere: elsewhere::find(model, &used, rows, records),
    }
}

/// USD per million tokens; `None` without tokens.
fn blended(used: &Used) -> Option<Usd> {
    used.cost.times(1_000_000).shared(Tokens::of(used).total())
}
