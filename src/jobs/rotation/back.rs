//! The way back: the old key to where it stood, the successor gone. Nothing is deleted that a file holds.

use std::path::Path;

use jiff::Timestamp;

use super::forward::{Run, judged};
use super::journal::Keys;
use super::patience::{is_missing, patiently};
use super::{Outcome, Progress, Step, Why, places, shown, words};
use crate::domain::account::KeyChange;
use crate::domain::clean_text::CleanText;
use crate::domain::diagnosis::Diagnosis;
use crate::files;
use crate::files::undo::{Undone, undo};
use crate::jobs::env_change::explain;
use crate::text::Said;

impl<Tell: AsyncFnMut(&Step, Progress)> Run<'_, '_, Tell> {
    /// Puts everything back; where that fails, what stands where.
    pub(super) async fn back(&mut self, why: Why) -> Outcome {
        let left = match self.keys.clone() {
            Some(keys) => self.undo_all(&keys).await,
            None if self.may_be_orphan => self.remove_orphan().await.err().into_iter().collect(),
            None => Vec::new(),
        };
        if !left.is_empty() {
            return Outcome::Unfinished { why, left };
        }
        self.clear().await;
        Outcome::RolledBack(why)
    }

    async fn undo_all(&mut self, keys: &Keys) -> Vec<Said> {
        match self.old_works().await {
            Ok(()) => {}
            Err(Dead::Both) => {
                self.clear().await;
                return vec![words::both_gone()];
            }
            Err(Dead::Unsure(said)) => return vec![said],
        }
        self.journal.undoing = true;
        // Should this not be possible, a next run would go forward: as good an end.
        let _ = self.desk.write(&self.journal);
        let mut left = Vec::new();
        for path in self.files() {
            let file = shown(self.world.scene, &path);
            match self.put_back(&path, keys).await {
                Ok(()) => {}
                Err(trouble) => left.push(words::still_new(&file, &trouble.title)),
            }
        }
        if self.journal.in_store
            && let Err(trouble) = self.put_back_store(keys).await
        {
            left.push(words::store_still_new(&trouble.title));
        }
        if left.is_empty() {
            left.extend(self.remove(keys).await.err());
        }
        left
    }

    /// Makes sure that the old key works, before anything relies on it again.
    async fn old_works(&mut self) -> Result<(), Dead> {
        let manager = self.world.manager;
        let old = self.journal.old.clone();
        match patiently(|| manager.managed_key(&old)).await {
            Ok(key) if !key.disabled || self.journal.was_disabled => Ok(()),
            Ok(_) => {
                self.running(&Step::Revive).await;
                let on = KeyChange {
                    disabled: Some(false),
                    ..KeyChange::default()
                };
                let revived = patiently(|| manager.update_key(&old, &on)).await;
                let revived = revived.map_err(|symptom| judged(&symptom));
                let revived = self.settle(&Step::Revive, revived).await;
                revived.map_err(|why| self.unsure(&why))?;
                Ok(())
            }
            Err(symptom) if is_missing(&symptom) && self.is_successor_dead => Err(Dead::Both),
            Err(symptom) if is_missing(&symptom) => Err(Dead::Unsure(words::old_is_gone())),
            // Nobody has touched it.
            Err(_) if !self.may_be_retired => Ok(()),
            Err(symptom) => Err(self.unsure(&Why::Failed(judged(&symptom)))),
        }
    }

    fn unsure(&self, why: &Why) -> Dead {
        Dead::Unsure(words::stays_new(&self.journal.files, &title(why)))
    }

    /// Puts the old key back where the file still holds the successor. Bytes that nobody has touched since
    /// become what they were; in a file that somebody has changed, only the key is exchanged.
    async fn put_back(&mut self, path: &Path, keys: &Keys) -> Result<(), Box<Diagnosis>> {
        let now = files::read(path).map_err(|trouble| explain(&trouble))?;
        if places::holds(now.text(), &keys.new.hash()).is_none() {
            return Ok(());
        }
        let step = Step::PutBack(path.to_owned());
        self.running(&step).await;
        let done = self.restore(path, keys);
        match self.settle(&step, done).await {
            Err(Why::Failed(trouble)) => Err(trouble),
            _ => Ok(()),
        }
    }

    fn restore(&self, path: &Path, keys: &Keys) -> Result<(), Box<Diagnosis>> {
        let state = self.world.scene.paths.undo();
        if let Ok(Undone::Restored(file)) = undo(&state, path, Timestamp::now())
            && places::holds(file.text(), &keys.new.hash()).is_none()
        {
            return Ok(());
        }
        let now = files::read(path).map_err(|trouble| explain(&trouble))?;
        let after = places::exchange(&now, &keys.new, &keys.old)?;
        files::save(&now, &after.bytes)
            .map(drop)
            .map_err(|trouble| explain(&trouble))
    }

    async fn put_back_store(&mut self, keys: &Keys) -> Result<(), Box<Diagnosis>> {
        self.running(&Step::PutBackStore).await;
        let done = self.restock(&keys.new, &keys.old);
        match self.settle(&Step::PutBackStore, done).await {
            Err(Why::Failed(trouble)) => Err(trouble),
            _ => Ok(()),
        }
    }

    /// Deletes the successor, which nothing holds any more.
    async fn remove(&mut self, keys: &Keys) -> Result<(), Said> {
        self.running(&Step::Remove).await;
        let manager = self.world.manager;
        let removed = match patiently(|| manager.delete_key(&keys.hash)).await {
            Err(symptom) if is_missing(&symptom) => Ok(()),
            removed => removed.map_err(|symptom| judged(&symptom)),
        };
        let removed = self.settle(&Step::Remove, removed).await;
        removed.map_err(|why| words::still_there(&keys.new.mask(), &title(&why)))
    }

    /// Looks for a successor that was made and never heard of, by the name that nobody else has.
    async fn remove_orphan(&mut self) -> Result<(), Said> {
        self.running(&Step::Remove).await;
        let removed = self.delete_by_name().await;
        let removed = self.settle(&Step::Remove, removed).await;
        let name = CleanText::line(&self.journal.working_name);
        removed.map_err(|why| words::perhaps_there(&name, &title(&why)))
    }

    async fn delete_by_name(&mut self) -> Result<(), Box<Diagnosis>> {
        let manager = self.world.manager;
        let keys = patiently(|| manager.keys()).await;
        let keys = keys.map_err(|symptom| judged(&symptom))?;
        for key in keys {
            if *key.name != *self.journal.working_name {
                continue;
            }
            match patiently(|| manager.delete_key(&key.hash)).await {
                Err(symptom) if !is_missing(&symptom) => return Err(judged(&symptom)),
                _ => self.notes.push(words::orphan_deleted()),
            }
        }
        Ok(())
    }
}

/// Why nothing can be put back.
enum Dead {
    /// Whether the old key works is not known, or it is gone and the successor works.
    Unsure(Said),
    /// Neither key works any more.
    Both,
}

fn title(why: &Why) -> Said {
    match why {
        Why::Failed(diagnosis) => diagnosis.title.clone(),
        Why::Stopped | Why::Killed => Said::verbatim(""),
    }
}
