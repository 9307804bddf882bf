//! What was seen becomes what is wrong.

use jiff::Timestamp;

use super::evidence::Evidence;
use super::{judge, raw};
use crate::domain::diagnosis::Diagnosis;
use crate::domain::symptom::{Symptom, Whose};

/// The judgement without a clock: a reset is told by its UTC time alone.
pub fn explain(symptom: &Symptom) -> Diagnosis {
    explain_with(symptom, None)
}

/// The judgement at a known time: a reset is told with the time left until then, and where the server
/// stated no wait, trying again waits for the reset.
pub fn explain_at(symptom: &Symptom, now: Timestamp) -> Diagnosis {
    explain_with(symptom, Some(now))
}

/// The same of what was met at this server: pages and a sign-in of OpenRouter are for OpenRouter alone. What the symptom
/// itself knows of its server stands above that.
pub fn explain_there(symptom: &Symptom, whose: Whose, now: Timestamp) -> Diagnosis {
    let whose = symptom.whose().unwrap_or(whose);
    let evidence = Evidence::of(symptom, Some(now)).met_at(whose);
    Diagnosis {
        judged_at: Some(now),
        ..judge::judge(symptom).diagnose(evidence, raw::of(symptom))
    }
}

fn explain_with(symptom: &Symptom, now: Option<Timestamp>) -> Diagnosis {
    Diagnosis {
        judged_at: now,
        ..judge::judge(symptom).diagnose(Evidence::of(symptom, now), raw::of(symptom))
    }
}
