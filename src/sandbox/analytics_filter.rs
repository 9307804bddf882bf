//! A condition on the rows of the analytics.

use serde_json::Value;

use super::analytics::unknown;
use super::analytics_names::Dimension;
use super::body::{text, wrong};
use super::history::Use;
use super::refusal::Refusal;
use super::world::World;

/// The operators, and whether each takes a list.
pub(super) const OPERATORS: &[(&str, bool)] = &[
    ("eq", false),
    ("neq", false),
    ("in", true),
    ("not_in", true),
    ("gt", false),
    ("gte", false),
    ("lt", false),
    ("lte", false),
];

/// One condition.
pub(super) struct Filter {
    dimension: &'static Dimension,
    operator: &'static str,
    values: Vec<String>,
    includes_unset: bool,
}

impl Filter {
    /// Reads it from its object.
    pub(super) fn read(dimension: &'static Dimension, filter: &Value) -> Result<Self, Refusal> {
        let name = text(filter, "operator")?.unwrap_or_default();
        let found = OPERATORS.iter().find(|(it, _)| *it == name);
        let &(operator, takes_a_list) = found.ok_or_else(|| unknown("filters.operator", name))?;
        let value = &filter["value"];
        let values = match (takes_a_list, value.as_array()) {
            (true, Some(values)) => values.iter().map(scalar).collect::<Result<_, _>>()?,
            (true, None) => return Err(wrong("filters.value", "array", value)),
            (false, _) => vec![scalar(value)?],
        };
        Ok(Self {
            dimension,
            operator,
            values,
            includes_unset: filter["include_unset"].as_bool().unwrap_or_default(),
        })
    }

    /// Whether a use meets it.
    pub(super) fn admits(&self, what: &Use, world: &World) -> bool {
        let own = (self.dimension.compared)(what, world);
        if own.is_empty() {
            return self.includes_unset && matches!(self.operator, "in" | "not_in");
        }
        let has = || own.iter().any(|own| self.values.contains(own));
        let any = |holds: fn(&String, &String) -> bool| {
            let mut pairs = own.iter().zip(&self.values);
            pairs.any(|(own, value)| holds(own, value))
        };
        match self.operator {
            "neq" | "not_in" => !has(),
            "gt" => any(|own, value| own > value),
            "gte" => any(|own, value| own >= value),
            "lt" => any(|own, value| own < value),
            "lte" => any(|own, value| own <= value),
            _ => has(),
        }
    }

    /// What could not be resolved: the question is answered all the same.
    pub(super) fn warnings(&self, world: &World) -> Vec<String> {
        if self.dimension.name != "api_key_id" {
            return Vec::new();
        }
        let lost = self
            .values
            .iter()
            .filter(|hash| world.keys.by_hash(hash).is_none());
        lost.map(|hash| format!("api_key_id: could not resolve {hash}"))
            .collect()
    }
}

fn scalar(value: &Value) -> Result<String, Refusal> {
    match value {
        Value::String(text) => Ok(text.clone()),
        Value::Number(number) => Ok(number.to_string()),
        other => Err(wrong("filters.value", "string", other)),
    }
}
