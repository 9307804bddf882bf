//! The default guardrail of a workspace: what each key may spend. Source: section 9.2.

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::{Value, json};

use super::clock::{long_form, start_of};
use super::refusal::Refusal;
use super::spending::{Period, Spending};
use crate::domain::money::Usd;

/// The guardrail that every workspace has. Its id is there before anything was written into it.
pub(super) const DEFAULT: &str = "595d5849-7e86-51fd-a7c0-705c34e4afff";
/// What was written into the default guardrail.
#[derive(Clone, Debug)]
pub(super) struct Guardrail {
    /// What each key may spend, USD.
    pub(super) limit: Option<Usd>,
    /// When the counting begins anew.
    pub(super) period: Period,
    /// Spend on own provider keys counts, too.
    pub(super) includes_byok: bool,
    /// When something was written into it first.
    pub(super) created_at: Timestamp,
    /// When it was changed last.
    pub(super) updated_at: Option<Timestamp>,
}

impl Guardrail {
    /// Refuses a key that has spent what each may: on credits, and on the account's own provider keys.
    pub(super) fn check(
        &self,
        spending: &Spending,
        byok: &Spending,
        today: Date,
    ) -> Result<(), Refusal> {
        let Some(limit) = self.limit else {
            return Ok(());
        };
        let mut spent = spending.within(self.period, today);
        if self.includes_byok {
            spent = spent + byok.within(self.period, today);
        }
        if spent < limit {
            return Ok(());
        }
        let words = format!("Guardrail budget of ${limit} exceeded for this API key.");
        Err(Refusal::new(403, words)
            .with("limit_source", "openrouter_guardrail_budget")
            .with("scope", "workspace_default_key")
            .with("limit_usd", json!(limit))
            .with("spend_usd", json!(spent))
            .with("resets_at", json!(self.period.next(today).map(start_of))))
    }

    /// As `/guardrails` shows it, in the workspace of this id.
    pub(super) fn to_json(&self, workspace: &str) -> Value {
        json!({
            "id": DEFAULT,
            "name": "Default Guardrail",
            "description": null,
            "limit_usd": self.limit,
            "reset_interval": self.period.word(),
            "include_byok_in_budgets": self.includes_byok,
            "allowed_models": null,
            "ignored_models": null,
            "allowed_providers": null,
            "ignored_providers": null,
            "enforce_zdr": null,
            "created_at": long_form(self.created_at),
            "updated_at": self.updated_at.map(long_form),
            "workspace_id": workspace,
        })
    }
}
