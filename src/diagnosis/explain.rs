//! What was seen becomes what is wrong.

use jiff::Timestamp;

use super::evidence::Evidence;
use super::{judge, raw};
use crate::domain::diagnosis::Diagnosis;
use crate::domain::symptom::Symptom;

/// The judgement without a clock: a reset is told by its UTC time alone.
pub fn explain(symptom: &Symptom) -> Diagnosis {
    explain_with(symptom, None)
}

/// The judgement at a known time: a reset is told with the time left until then, and where the server
/// stated no wait, trying again waits for the reset.
pub fn explain_at(symptom: &Symptom, now: Timestamp) -> Diagnosis {
    explain_with(symptom, Some(now))
}

fn explain_with(symptom: &Symptom, now: Option<Timestamp>) -> Diagnosis {
    judge::judge(symptom).diagnose(Evidence::of(symptom, now), raw::of(symptom))
}
