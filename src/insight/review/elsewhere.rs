//! The same tokens on other models of the list.

use super::super::tokens::Tokens;
use super::Records;
use crate::domain::clean_text::CleanText;
use crate::domain::model_card::ModelCard;
use crate::domain::money::Usd;
use crate::domain::spend::{DayRow, Used};

/// How many of the cheapest are named.
const CHEAPEST: usize = 3;
/// A model by the same author is worth naming from this share saved on, %.
const WORTH_A_CHANGE: u64 = 20;
/// How many times the average request the longest one is taken for, where nobody knows it: requests of
/// one day may differ that much, and a model that is too small for one of them is no choice.
const LONGEST_OVER_AVERAGE: u64 = 4;

/// A cheaper model of the list for the same tokens. Amounts are USD a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Elsewhere {
    /// Its id.
    pub model: String,
    /// What the tokens cost on the model in use: what was paid, or its live price if that is less.
    pub here: Usd,
    /// `here` is what was paid; else it is the live price of the model in use.
    pub is_paid: bool,
    /// What they cost on this one, at its live price.
    pub there: Usd,
    /// The difference; above zero.
    pub saving: Usd,
    /// It is by the same author as the model in use, and of these the nearest in price that is worth a
    /// change.
    pub is_kin: bool,
    /// Tokens from a cache were taken at its lower price for these.
    pub counts_on_cache: bool,
}

/// The cheapest few, the cheapest first, and then one by the same author where it is not among them.
/// None where the model in use is not on the list or has no fixed price.
pub(super) fn find(
    model: &CleanText,
    used: &Used,
    rows: &[&DayRow],
    records: &Records<'_>,
) -> Vec<Elsewhere> {
    let Some(card) = records.models.iter().find(|card| card.id == *model) else {
        return Vec::new();
    };
    let tokens = Tokens::of(used);
    let Some(listed) = tokens.cost_on(card) else {
        return Vec::new();
    };
    // What was never paid cannot be saved.
    let here = listed.min(used.cost);
    let is_paid = used.cost <= listed;
    let context = context_needed(rows, card, records.longest_request);
    let mut cheaper: Vec<(Usd, &ModelCard)> = records
        .models
        .iter()
        .filter(|other| can_stand_in(other, card, context))
        .filter_map(|other| Some((tokens.cost_on(other)?, other)))
        .filter(|(there, _)| Usd::ZERO < *there && *there < here)
        .collect();
    cheaper.sort_by(|(one, a), (other, b)| one.cmp(other).then_with(|| a.id.cmp(&b.id)));
    let kin = cheaper.iter().rposition(|(there, other)| {
        let is_worth = (here - *there).times(100) >= here.times(WORTH_A_CHANGE);
        is_worth && author(&other.id) == author(&card.id)
    });
    let named = (0..cheaper.len().min(CHEAPEST)).chain(kin.filter(|&at| at >= CHEAPEST));
    named
        .filter_map(|at| {
            let (there, other) = *cheaper.get(at)?;
            let here = records.span.a_month(here);
            let there = records.span.a_month(there);
            Some(Elsewhere {
                model: other.id.as_str().to_owned(),
                here,
                is_paid,
                there,
                saving: here - there,
                is_kin: kin == Some(at),
                counts_on_cache: tokens.cached > 0 && other.cache_read_price.is_some(),
            })
        })
        .collect()
}

/// The other one can be asked the same: it reads all that this one reads, writes the same, calls tools
/// if this one does, is long enough, and stays. Free models are left out, for they take only so many
/// requests a day; so are routers and aliases, which are no concrete models; and whatever says nothing
/// about its context or its modalities.
fn can_stand_in(other: &ModelCard, card: &ModelCard, context: u64) -> bool {
    let reads_all = card
        .input_modalities
        .iter()
        .all(|kind| other.input_modalities.contains(kind));
    let writes = |one: &ModelCard, two: &ModelCard| {
        let mut kinds = one.output_modalities.iter();
        kinds.all(|kind| two.output_modalities.contains(kind))
    };
    let calls_tools = |card: &ModelCard| {
        let mut names = card.supported_parameters.iter();
        names.any(|name| name.as_str() == "tools")
    };
    other.id != card.id
        && is_concrete(&other.id)
        && !other.is_free()
        && other.expiration_date.is_none()
        && other.context_length.is_some_and(|length| length >= context)
        && !card.output_modalities.is_empty()
        && reads_all
        && writes(card, other)
        && writes(other, card)
        && (calls_tools(other) || !calls_tools(card))
}

/// Neither a router nor an alias. Source: OpenRouter's documentation of routers and `~…-latest`.
fn is_concrete(id: &str) -> bool {
    !id.starts_with('~') && !id.starts_with("openrouter/") && !id.ends_with(":free")
}

/// How long a context must be, in tokens: as the longest request, and never longer than what the model
/// in use takes.
fn context_needed(rows: &[&DayRow], card: &ModelCard, longest: Option<u64>) -> u64 {
    let of_average = || {
        let averages = rows.iter().filter_map(|row| {
            let tokens = Tokens::of(&row.used);
            tokens.total().checked_div(tokens.requests)
        });
        let greatest = averages.max().unwrap_or_default();
        greatest.saturating_mul(LONGEST_OVER_AVERAGE)
    };
    let needed = longest.unwrap_or_else(of_average);
    needed.min(card.context_length.unwrap_or(u64::MAX))
}

/// `anthropic` of `anthropic/claude-sonnet-4.5`.
fn author(id: &str) -> Option<&str> {
    id.split_once('/').map(|(author, _)| author)
}
