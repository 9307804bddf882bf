//! The way forward: make, keep, write, test, name, and at last switch the old key off.

use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::journal::{Desk, Journal, Keys};
use super::patience::{PAUSES, is_missing, is_plain_no, is_refused, may_pass, patiently};
use super::places;
use super::stop::Stop;
use super::{Ended, Outcome, Plan, PlannedFile, Progress, Retire, Step, Successor, Why, World};
use super::{shown, words};
use crate::diagnosis;
use crate::domain::account::{KeyChange, ManagedKey, NewKey};
use crate::domain::clean_text::CleanText;
use crate::domain::diagnosis::Diagnosis;
use crate::domain::secret::Secret;
use crate::domain::symptom::{Symptom, Whose};
use crate::files::{self, Snapshot};
use crate::jobs::env_change::explain;
use crate::jobs::hashed::name_of;
use crate::openrouter::OpenRouter;
use crate::text::Said;

/// Clocks that differ by more would give the successor another lifetime.
const MOST_SKEW_SECS: i64 = 300;

/// A rotation under way.
pub(super) struct Run<'r, 's, Tell> {
    pub(super) desk: &'r Desk,
    pub(super) world: &'r World<'r>,
    pub(super) journal: Journal,
    /// Both keys, once the server has told the successor.
    pub(super) keys: Option<Keys>,
    /// A successor may have been made that was never heard of.
    pub(super) may_be_orphan: bool,
    /// The old key may be off by now, by this rotation.
    pub(super) may_be_retired: bool,
    /// The server takes the successor no more.
    pub(super) is_successor_dead: bool,
    pub(super) notes: Vec<Said>,
    /// What is carried out; `None` where an earlier run is taken up.
    plan: Option<&'r Plan>,
    tell: &'r mut Tell,
    stop: &'r mut Stop<'s>,
}

impl<'r, 's, Tell: AsyncFnMut(&Step, Progress)> Run<'r, 's, Tell> {
    pub(super) fn of(
        desk: &'r Desk,
        world: &'r World<'r>,
        plan: &'r Plan,
        tell: &'r mut Tell,
        stop: &'r mut Stop<'s>,
    ) -> Self {
        let journal = Journal {
            old: plan.old.hash.to_string(),
            name: plan.successor.name.clone(),
            working_name: working_name(),
            retire: plan.retire,
            was_disabled: plan.old.disabled,
            files: plan.files.iter().map(|file| file.path.clone()).collect(),
            in_store: plan.in_store,
            undoing: false,
        };
        Self {
            plan: Some(plan),
            ..Self::again(desk, world, journal, None, tell, stop)
        }
    }

    /// Takes up what an earlier run has left.
    pub(super) fn again(
        desk: &'r Desk,
        world: &'r World<'r>,
        journal: Journal,
        keys: Option<Keys>,
        tell: &'r mut Tell,
        stop: &'r mut Stop<'s>,
    ) -> Self {
        Self {
            desk,
            world,
            journal,
            keys,
            may_be_orphan: false,
            may_be_retired: false,
            is_successor_dead: false,
            notes: Vec::new(),
            plan: None,
            tell,
            stop,
        }
    }

    /// All of it; where it fails or is stopped, all of it back.
    pub(super) async fn whole(mut self) -> Ended {
        let outcome = match self.forward().await {
            Ok(()) => Outcome::Rotated,
            Err(why) => self.back(why).await,
        };
        self.ended(outcome)
    }

    pub(super) fn ended(self, outcome: Outcome) -> Ended {
        Ended {
            outcome,
            successor: self.keys.as_ref().map(|keys| Successor {
                hash: keys.hash.clone(),
                mask: keys.new.mask(),
            }),
            notes: self.notes,
        }
    }

    async fn forward(&mut self) -> Result<(), Why> {
        self.begin(&Step::Begin).await?;
        let written = self.desk.write(&self.journal);
        self.settle(&Step::Begin, written.map_err(|trouble| explain(&trouble)))
            .await?;

        self.begin(&Step::Create).await?;
        let made = self.create().await.map_err(|symptom| judged(&symptom));
        let made = self.settle(&Step::Create, made).await?;

        // Whatever the person wishes by now: a key that is told once is kept first.
        (self.tell)(&Step::Keep, Progress::Running).await;
        let kept = self.keep(&made);
        self.settle(&Step::Keep, kept).await?;
        self.onward().await
    }

    /// What is left to do once the successor is kept. Nothing of it minds being done again.
    pub(super) async fn onward(&mut self) -> Result<(), Why> {
        for path in self.journal.files.clone() {
            let step = Step::Write(path.clone());
            self.begin(&step).await?;
            let written = self.write(&path);
            self.settle(&step, written).await?;
        }
        if self.journal.in_store {
            self.begin(&Step::Store).await?;
            let stored = self.store();
            self.settle(&Step::Store, stored).await?;
        }
        self.begin(&Step::Test).await?;
        let tested = self.test().await?;
        self.settle(&Step::Test, tested).await?;

        self.begin(&Step::Name).await?;
        let named = self.name().await;
        self.settle(&Step::Name, named).await?;

        self.begin(&Step::Retire).await?;
        let retired = self.retire().await;
        self.settle(&Step::Retire, retired).await?;
        self.forget_undo();
        self.clear().await;
        Ok(())
    }

    /// The old key answers no more: `env undo` must not bring it back.
    fn forget_undo(&self) {
        let undo = self.world.scene.paths.undo();
        for path in &self.journal.files {
            // What stays ends with its lifetime.
            let _ = files::undo::forget(&undo, path);
        }
    }

    async fn create(&mut self) -> Result<ManagedKey, Symptom> {
        let Some(plan) = self.plan else {
            return Err(Symptom::NoKey);
        };
        let wanted = NewKey {
            name: self.journal.working_name.clone(),
            ..plan.successor.clone()
        };
        self.may_be_orphan = true;
        let created = match self.world.manager.create_key(&wanted).await {
            Ok(created) => created,
            Err(symptom) => {
                self.may_be_orphan = !is_plain_no(&symptom);
                return Err(symptom);
            }
        };
        let told = created.key.hash.to_string();
        let hash = Some(told).filter(|hash| !hash.is_empty());
        self.keys = Some(Keys {
            old: plan.secret.clone(),
            hash: hash.unwrap_or_else(|| created.secret.hash()),
            new: created.secret,
        });
        Ok(created.key)
    }

    fn keep(&mut self, made: &ManagedKey) -> Result<(), Box<Diagnosis>> {
        let keys = self.known()?;
        self.desk.keep(keys).map_err(|trouble| explain(&trouble))?;
        let Some(plan) = self.plan else { return Ok(()) };
        // An expiry that was reckoned by a wrong clock cannot be mended afterwards.
        let ahead = made.created_at.map(|born| {
            let skew = born.duration_since(Timestamp::now());
            skew.as_secs()
        });
        let ahead = ahead.filter(|secs| secs.abs() > MOST_SKEW_SECS);
        match ahead.filter(|_| plan.successor.expires_at.is_some()) {
            Some(ahead_secs) => Err(judged(&Symptom::ClockSkew { ahead_secs })),
            None => Ok(()),
        }
    }

    fn write(&mut self, path: &Path) -> Result<(), Box<Diagnosis>> {
        let plan = self.plan;
        let keys = self.known()?.clone();
        let planned = plan.and_then(|plan| plan.files.iter().find(|file| file.path == path));
        if let Some(PlannedFile { before, .. }) = planned {
            return self.exchange(before, &keys);
        }
        let now = files::read(path).map_err(|trouble| explain(&trouble))?;
        if places::holds(now.text(), &self.journal.old).is_some() {
            return self.exchange(&now, &keys);
        }
        if places::holds(now.text(), &keys.new.hash()).is_none() {
            self.notes
                .push(words::left_alone(&shown(self.world.scene, path)));
        }
        Ok(())
    }

    fn exchange(&self, before: &Snapshot, keys: &Keys) -> Result<(), Box<Diagnosis>> {
        let after = places::exchange(before, &keys.old, &keys.new)?;
        let undo = self.world.scene.paths.undo();
        files::undo::save_with_undo(&undo, before, &after.bytes, Timestamp::now())
            .map(drop)
            .map_err(|trouble| explain(&trouble))
    }

    fn store(&self) -> Result<(), Box<Diagnosis>> {
        let keys = self.known()?;
        self.restock(&keys.old, &keys.new)
    }

    /// Exchanges one key for another in onramp's own store, where it still is that one.
    pub(super) fn restock(&self, from: &Secret, to: &Secret) -> Result<(), Box<Diagnosis>> {
        let store = self.world.scene.store();
        let origin = self.world.server.origin();
        let held = store.key(&origin).map_err(|trouble| explain(&trouble))?;
        if held.is_none_or(|held| held.secret != *from) {
            return Ok(());
        }
        let put = store.keep_key(&origin, to);
        put.map(drop).map_err(|trouble| explain(&trouble))
    }

    /// Asks with the successor; a moment's patience, unless the person stops.
    async fn test(&mut self) -> Result<Result<(), Box<Diagnosis>>, Why> {
        let mut pauses = PAUSES.iter();
        loop {
            let Err(symptom) = self.try_successor().await else {
                return Ok(self.is_as_asked().await);
            };
            let may_pass = may_pass(&symptom) || is_refused(&symptom);
            let Some(pause) = pauses.next().filter(|_| may_pass) else {
                return Ok(Err(judged(&symptom)));
            };
            if self.stop.within(*pause).await {
                (self.tell)(&Step::Test, Progress::Failed).await;
                return Err(Why::Stopped);
            }
        }
    }

    /// Whether the server takes the successor.
    pub(super) async fn try_successor(&self) -> Result<(), Symptom> {
        let key = self.keys.as_ref().map(|keys| keys.new.clone());
        let World { scene, server, .. } = self.world;
        let client = OpenRouter::new((*server).clone(), key, &scene.network)?;
        let facts = client.key().await?;
        if facts.is_management_key {
            return Err(Symptom::ManagementKey);
        }
        Ok(())
    }

    async fn is_as_asked(&self) -> Result<(), Box<Diagnosis>> {
        let manager = self.world.manager;
        let hash = self.known()?.hash.clone();
        let is = patiently(|| manager.managed_key(&hash)).await;
        let is = is.map_err(|symptom| judged(&symptom))?;
        let asked = match self.plan {
            Some(plan) => Some(plan.old.clone()),
            // Gone, perhaps by the run that is taken up: nothing is left to compare with.
            None => manager.managed_key(&self.journal.old).await.ok(),
        };
        let is_alike = asked.is_none_or(|asked| {
            is.limit == asked.limit
                && (is.limit.is_none() || is.limit_reset == asked.limit_reset)
                && is.include_byok_in_limit == asked.include_byok_in_limit
        });
        if is_alike && !is.disabled {
            return Ok(());
        }
        let mut diagnosis = judged(&Symptom::Misshapen {
            status: 200,
            detail: CleanText::line("the successor is not as it was asked for"),
            whose: Whose::default(),
        });
        diagnosis.cause = words::other_than_asked();
        Err(diagnosis)
    }

    async fn name(&self) -> Result<(), Box<Diagnosis>> {
        let hash = &self.known()?.hash;
        let change = KeyChange {
            name: Some(self.journal.name.clone()),
            ..KeyChange::default()
        };
        let named = patiently(|| self.world.manager.update_key(hash, &change)).await;
        named.map(drop).map_err(|symptom| judged(&symptom))
    }

    async fn retire(&mut self) -> Result<(), Box<Diagnosis>> {
        let manager = self.world.manager;
        let old = &self.journal.old;
        self.may_be_retired = true;
        let off = KeyChange {
            disabled: Some(true),
            ..KeyChange::default()
        };
        let retired = match self.journal.retire {
            Retire::Disable => patiently(|| manager.update_key(old, &off))
                .await
                .and_then(|key| is_off(&key)),
            Retire::Delete => patiently(|| manager.delete_key(old)).await,
        };
        match retired {
            Err(symptom) if is_missing(&symptom) => {
                // A run that is taken up may have deleted it itself.
                if self.plan.is_some() {
                    self.notes.push(words::gone_already());
                }
                Ok(())
            }
            retired => retired.map_err(|symptom| judged(&symptom)),
        }
    }

    /// Wipes away what was written down; that it could not be is no reason to go back.
    pub(super) async fn clear(&mut self) {
        (self.tell)(&Step::End, Progress::Running).await;
        match self.desk.clear() {
            Ok(()) => (self.tell)(&Step::End, Progress::Done).await,
            Err(trouble) => {
                self.notes.push(words::not_wiped(&explain(&trouble).title));
                (self.tell)(&Step::End, Progress::Failed).await;
            }
        }
    }

    /// Begins a step, unless the person wants to stop.
    async fn begin(&mut self, step: &Step) -> Result<(), Why> {
        if self.stop.has_come().await {
            return Err(Why::Stopped);
        }
        (self.tell)(step, Progress::Running).await;
        Ok(())
    }

    /// Tells how a step ended.
    pub(super) async fn settle<T>(
        &mut self,
        step: &Step,
        result: Result<T, Box<Diagnosis>>,
    ) -> Result<T, Why> {
        let progress = match &result {
            Ok(_) => Progress::Done,
            Err(_) => Progress::Failed,
        };
        (self.tell)(step, progress).await;
        result.map_err(Why::Failed)
    }

    pub(super) async fn running(&mut self, step: &Step) {
        (self.tell)(step, Progress::Running).await;
    }

    /// Both keys.
    pub(super) fn known(&self) -> Result<&Keys, Box<Diagnosis>> {
        self.keys.as_ref().ok_or_else(|| judged(&Symptom::NoKey))
    }

    /// The files that were to be written.
    pub(super) fn files(&self) -> Vec<PathBuf> {
        self.journal.files.clone()
    }
}

fn is_off(key: &ManagedKey) -> Result<(), Symptom> {
    if key.disabled {
        return Ok(());
    }
    Err(Symptom::Misshapen {
        status: 200,
        detail: CleanText::line("the old key was not switched off"),
        whose: Whose::default(),
    })
}

/// What was seen, judged.
pub(super) fn judged(symptom: &Symptom) -> Box<Diagnosis> {
    Box::new(diagnosis::explain_at(symptom, Timestamp::now()))
}

/// A name that nobody else has given to a key.
fn working_name() -> String {
    let mut random = [0_u8; 16];
    // Without randomness the moment tells two rotations apart.
    let _ = getrandom::fill(&mut random);
    let now = Timestamp::now().to_string();
    format!(
        "onramp rotation {}",
        name_of(&[&now, &format!("{random:?}")])
    )
}
