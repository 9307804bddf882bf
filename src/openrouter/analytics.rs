//! What the account used further back than the activity tells, and today.

use reqwest::Method;

use super::client::{OpenRouter, Size};
use super::wire::One;
use super::wire::analytics::{MetaWire, QuestionBody, TableWire};
use crate::domain::analytics::{Analysed, AnalyticsQuestion, Offer};
use crate::domain::symptom::Symptom;

impl OpenRouter {
    /// What the analytics can be asked for, with a management key. Source: `GET /analytics/meta`.
    pub async fn analytics_offer(&self) -> Result<Offer, Symptom> {
        self.needs_key()?;
        let answer = self.get(&["analytics", "meta"], &[], Size::Small).await?;
        let envelope: One<MetaWire> = answer.json()?;
        let offer = envelope.data.0.and_then(MetaWire::offer);
        offer.ok_or_else(|| answer.another_shape("no metrics"))
    }

    /// What the account, or one of its keys, used, with a management key. Sums that the offer does not have
    /// are zero. Source: `POST /analytics/query`.
    ///
    /// # Errors
    /// Also [`Symptom::Misshapen`] for a row whose day cannot be read: without it the sums would be too
    /// small, and nobody would know.
    pub async fn analytics_by_day(
        &self,
        offer: &Offer,
        asked: AnalyticsQuestion<'_>,
    ) -> Result<Analysed, Symptom> {
        self.needs_key()?;
        let body = QuestionBody::of(offer, asked);
        let path = ["analytics", "query"];
        let answer = self.send(Method::POST, &path, &body).await?;
        let envelope: One<TableWire> = answer.json()?;
        let Some(table) = envelope.data.0 else {
            return Err(answer.another_shape("no table"));
        };
        let analysed = table.analysed();
        analysed.map_err(|missing| answer.another_shape(missing))
    }
}
