//! Asking again where a moment may help, and what a refusal means.

use std::future::Future;
use std::time::Duration;

use crate::domain::symptom::Symptom;

/// The pauses before asking again: a new key may take a moment to be known everywhere.
pub(super) const PAUSES: [Duration; 4] = [
    Duration::from_millis(250),
    Duration::from_millis(500),
    Duration::from_secs(1),
    Duration::from_secs(2),
];
/// Asks again where a moment may help. Only for what may be asked twice.
pub(super) async fn patiently<T, Asked>(ask: impl Fn() -> Asked) -> Result<T, Symptom>
where
    Asked: Future<Output = Result<T, Symptom>>,
{
    for pause in &PAUSES[..3] {
        match ask().await {
            Err(symptom) if may_pass(&symptom) => tokio::time::sleep(*pause).await,
            answer => return answer,
        }
    }
    ask().await
}

/// Whether the same request may get another answer in a moment.
pub(super) fn may_pass(symptom: &Symptom) -> bool {
    match symptom {
        Symptom::Network { .. } => true,
        Symptom::Refused(refusal) => refusal.status == 429 || refusal.status >= 500,
        Symptom::NotJson { status, .. } | Symptom::Misshapen { status, .. } => *status >= 500,
        _ => false,
    }
}

/// Whether the server has said no, so that nothing can have happened.
pub(super) fn is_plain_no(symptom: &Symptom) -> bool {
    matches!(symptom, Symptom::Refused(refusal) if (400..500).contains(&refusal.status) && refusal.status != 408)
}

/// Whether the server does not take the key that it was asked with.
pub(super) fn is_refused(symptom: &Symptom) -> bool {
    matches!(symptom, Symptom::Refused(refusal) if refusal.status == 401)
}

/// Whether there is no such key.
pub(super) fn is_missing(symptom: &Symptom) -> bool {
    matches!(symptom, Symptom::Refused(refusal) if refusal.status == 404)
}
