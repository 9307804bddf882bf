//! What the default guardrail of the account's own workspace lets each key spend, by a management key.

use reqwest::Method;

use super::client::{OpenRouter, Size};
use super::transport::Whole;
use super::wire::guardrail::{CapBody, GuardrailWire, WorkspaceWire};
use super::wire::{Many, One};
use crate::domain::account::Change;
use crate::domain::clean_text::CleanText;
use crate::domain::guardrail::Guardrail;
use crate::domain::money::Usd;
use crate::domain::symptom::Symptom;

/// The workspace that every account has, by its slug. Source: the addresses of the settings pages.
const DEFAULT: &str = "default";

impl OpenRouter {
    /// The default guardrail of the default workspace. One that was never set has no cap. Sources: `GET /workspaces/{slug}`,
    /// `GET /guardrails/{id}`.
    pub async fn default_guardrail(&self) -> Result<Guardrail, Symptom> {
        self.needs_key()?;
        let id = self.default_guardrail_id().await?;
        let asked = self.get(&["guardrails", &id], &[], Size::Small).await;
        match asked {
            Ok(answer) => read(&answer, &id),
            // It is there, but nothing was ever written into it.
            Err(symptom) if is_missing(&symptom) => Ok(Guardrail {
                id: CleanText::line(&id),
                ..Guardrail::default()
            }),
            Err(symptom) => Err(symptom),
        }
    }

    /// Sets what each key may spend; what else the guardrail says stays. Source: `PATCH /guardrails/{id}`.
    pub async fn cap_every_key(
        &self,
        id: &str,
        limit: &Change<Usd>,
        reset: &Change<String>,
    ) -> Result<Guardrail, Symptom> {
        self.needs_key()?;
        let body = CapBody::of(limit, reset);
        let answer = self.send(Method::PATCH, &["guardrails", id], &body).await?;
        read(&answer, id)
    }

    async fn default_guardrail_id(&self) -> Result<String, Symptom> {
        let asked = self.get(&["workspaces", DEFAULT], &[], Size::Small).await;
        let workspace = match asked {
            Ok(answer) => {
                let envelope: One<WorkspaceWire> = answer.json()?;
                let workspace = envelope.data.0;
                workspace.ok_or_else(|| answer.another_shape("no workspace"))?
            }
            // Who gave it another slug has it in the list.
            Err(symptom) if is_missing(&symptom) => {
                let answer = self.get(&["workspaces"], &[], Size::Small).await?;
                let envelope: Many<WorkspaceWire> = answer.json()?;
                let mut rows = envelope.data.0.unwrap_or_default().into_iter();
                // Which of several is meant is nobody's guess.
                match (rows.next(), rows.next()) {
                    (Some(only), None) => only,
                    _ => return Err(symptom),
                }
            }
            Err(symptom) => return Err(symptom),
        };
        workspace.default_guardrail().ok_or(Symptom::Misshapen {
            status: 200,
            detail: "no default guardrail".into(),
            whose: self.whose(),
        })
    }
}

fn read(answer: &Whole, id: &str) -> Result<Guardrail, Symptom> {
    let envelope: One<GuardrailWire> = answer.json()?;
    match envelope.data.0 {
        Some(wire) => Ok(wire.guardrail(id)),
        None => Err(answer.another_shape("no guardrail")),
    }
}

fn is_missing(symptom: &Symptom) -> bool {
    matches!(symptom, Symptom::Refused(refusal) if refusal.status == 404)
}
