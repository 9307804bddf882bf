//! Where stages are told, by everything of one test that runs at once.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;

use super::Verdict;
use crate::diagnosis;
use crate::domain::diagnosis::{Act, Diagnosis, TroubleKind};
use crate::domain::stage::{Stage, StageId, StageStatus};
use crate::domain::symptom::Symptom;
use crate::openrouter::OpenRouter;
use crate::text::{Phrase, Said};

/// The command that is this test.
const IN_FULL: &str = "onramp check --full";

pub(super) struct Board<'a, F> {
    /// Whose server is tested is learned from it.
    client: &'a OpenRouter,
    is_full: bool,
    /// When the test began: a reset is told with the time left.
    now: Timestamp,
    inside: Mutex<Inside<F>>,
}

struct Inside<F> {
    tell: F,
    first_trouble: Option<(StageId, TroubleKind)>,
}

impl<'a, F: FnMut(Stage)> Board<'a, F> {
    pub(super) fn new(client: &'a OpenRouter, is_full: bool, now: Timestamp, tell: F) -> Self {
        Self {
            client,
            is_full,
            now,
            inside: Mutex::new(Inside {
                tell,
                first_trouble: None,
            }),
        }
    }

    /// The verdict on what was told so far.
    pub(super) fn verdict(&self) -> Verdict {
        match self.inside().first_trouble {
            Some((_, kind)) => Verdict::Fails(kind),
            None => Verdict::Works,
        }
    }

    pub(super) fn begin(&self, id: StageId, words: impl Into<Said>) {
        self.tell(Stage::new(id, StageStatus::Running, words));
    }

    pub(super) fn pass(&self, id: StageId, took: Duration, detail: impl Into<Said>) {
        self.tell(Stage {
            took,
            ..Stage::new(id, StageStatus::Pass, detail)
        });
    }

    pub(super) fn warn(&self, id: StageId, took: Duration, detail: impl Into<Said>) {
        self.tell(Stage {
            took,
            ..Stage::new(id, StageStatus::Warn, detail)
        });
    }

    /// It works, and there is something to mend.
    pub(super) fn warn_of(
        &self,
        id: StageId,
        took: Duration,
        detail: impl Into<Said>,
        symptom: &Symptom,
    ) {
        self.tell(Stage {
            took,
            diagnosis: Some(self.judged(symptom)),
            ..Stage::new(id, StageStatus::Warn, detail)
        });
    }

    pub(super) fn skip(&self, id: StageId, why: Phrase) {
        self.tell(Stage::new(id, StageStatus::Skip, why));
    }

    pub(super) fn skip_all(&self, ids: &[StageId], why: Phrase) {
        for id in ids {
            self.skip(*id, why);
        }
    }

    pub(super) fn fail(&self, id: StageId, took: Duration, symptom: &Symptom) {
        let diagnosis = self.judged(symptom);
        let mut inside = self.inside();
        if inside.first_trouble.is_none_or(|(first, _)| id < first) {
            inside.first_trouble = Some((id, diagnosis.kind));
        }
        drop(inside);
        self.tell(Stage {
            took,
            diagnosis: Some(diagnosis.clone()),
            ..Stage::new(id, StageStatus::Fail, diagnosis.title)
        });
    }

    pub(super) fn fail_at_once(&self, id: StageId, symptom: &Symptom) {
        self.fail(id, Duration::ZERO, symptom);
    }

    fn judged(&self, symptom: &Symptom) -> Diagnosis {
        let mut diagnosis = diagnosis::explain_there(symptom, self.client.whose(), self.now);
        if self.is_full {
            // Nobody is told to do what runs already.
            diagnosis
                .fixes
                .retain(|fix| fix.act != Act::Run(IN_FULL.into()));
        }
        diagnosis
    }

    fn tell(&self, stage: Stage) {
        if stage.status != StageStatus::Running {
            tracing::debug!(
                server = %self.client.base(),
                stage = stage.id.name(),
                status = stage.status.name(),
                ms = stage.took.as_millis(),
                trouble = stage.diagnosis.as_ref().map(|diagnosis| diagnosis.id),
                "tested"
            );
        }
        (self.inside().tell)(stage);
    }

    fn inside(&self) -> MutexGuard<'_, Inside<F>> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
