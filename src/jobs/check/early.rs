//! A test that cannot begin: what is in the way is its first stage, and what was not looked at says so.

use super::{BEHIND_THE_WAY, WAY, words};
use crate::diagnosis;
use crate::domain::stage::{Stage, StageId, StageStatus};
use crate::domain::symptom::Symptom;
use crate::text::Said;

/// What a quick test looks at after the settings.
const QUICK: [StageId; 4] = [
    StageId::Auth,
    StageId::Limit,
    StageId::Credits,
    StageId::Completion,
];
/// The stages of a test that cannot begin. `place`: where what is wrong stands, where it stands anywhere.
pub fn impossible(symptom: &Symptom, place: Option<Said>, is_full: bool) -> Vec<Stage> {
    let diagnosis = diagnosis::explain(symptom);
    let title = diagnosis.title.clone();
    let detail = match place {
        Some(place) => Said::joined(words::STANDS_AT, &[title, place]),
        None => title,
    };
    let first = Stage {
        diagnosis: Some(diagnosis),
        ..Stage::new(StageId::Config, StageStatus::Fail, detail)
    };
    let (way, rest): (&[StageId], &[StageId]) = if is_full {
        (&WAY, &BEHIND_THE_WAY)
    } else {
        (&[], &QUICK)
    };
    let skipped = |id: &StageId| Stage::new(*id, StageStatus::Skip, words::NEEDS_SETTINGS);
    std::iter::once(first)
        .chain(way.iter().chain(rest).map(skipped))
        .collect()
}
