//! `/workspaces` and `/guardrails`, as far as they cap what is spent.

use serde::{Deserialize, Serialize};

use super::account::word;
use super::management::{is_kept, set_or_null};
use super::scalars::{Money, Text};
use crate::domain::account::Change;
use crate::domain::clean_text::CleanText;
use crate::domain::guardrail::Guardrail;
use crate::domain::money::Usd;

#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::openrouter) struct WorkspaceWire {
    default_guardrail_id: Text,
}

impl WorkspaceWire {
    /// The id of its default guardrail.
    pub(in crate::openrouter) fn default_guardrail(self) -> Option<String> {
        // It becomes a part of an address.
        let id = self.default_guardrail_id.0?;
        let is_id = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        (!id.is_empty() && id.chars().all(is_id)).then_some(id)
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::openrouter) struct GuardrailWire {
    limit_usd: Money,
    reset_interval: Text,
}

impl GuardrailWire {
    pub(in crate::openrouter) fn guardrail(self, id: &str) -> Guardrail {
        Guardrail {
            id: CleanText::line(id),
            limit: self.limit_usd.0,
            limit_reset: word(self.reset_interval),
        }
    }
}

/// The body of `PATCH /guardrails/{id}`: an absent field stays, null clears.
#[derive(Serialize)]
pub(in crate::openrouter) struct CapBody<'a> {
    #[serde(skip_serializing_if = "is_kept", serialize_with = "set_or_null")]
    limit_usd: &'a Change<Usd>,
    #[serde(skip_serializing_if = "is_kept", serialize_with = "set_or_null")]
    reset_interval: &'a Change<String>,
}

impl<'a> CapBody<'a> {
    pub(in crate::openrouter) fn of(limit: &'a Change<Usd>, reset: &'a Change<String>) -> Self {
        Self {
            limit_usd: limit,
            reset_interval: reset,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::from_json;
    use super::*;

    #[test]
    fn an_id_that_would_lead_elsewhere_is_none() {
        let id = |text: &str| {
            let json = serde_json::json!({ "default_guardrail_id": text }).to_string();
            let wire: WorkspaceWire = from_json(&json).unwrap();
            wire.default_guardrail()
        };
        let good = "595d5849-7e86-51fd-a7c0-705c34e4afff";
        assert_eq!(id(good).as_deref(), Some(good));
        for odd in ["", "../keys", "a/b", "a?b", "a b"] {
            assert_eq!(id(odd), None, "{odd}");
        }
    }

    #[test]
    fn a_cap_says_what_changes_and_nothing_else() {
        let json = |limit: &Change<Usd>, reset: &Change<String>| {
            serde_json::to_string(&CapBody::of(limit, reset)).unwrap()
        };
        assert_eq!(json(&Change::Keep, &Change::Keep), "{}");
        assert_eq!(
            json(
                &Change::Set(Usd::from_cents(2000)),
                &Change::Set("monthly".into())
            ),
            r#"{"limit_usd":20.0,"reset_interval":"monthly"}"#
        );
        assert_eq!(
            json(&Change::Clear, &Change::Clear),
            r#"{"limit_usd":null,"reset_interval":null}"#
        );
    }
}
