//! One key takes another's place: made, written, tested, and only then the old one is switched off.
//!
//! ```text
//! plan ─> begin ─ create ─ keep ─ write… ─ store ─ test ─ name ─┬─ retire ─ end
//!                                                               │
//!          any failure, or a stop: put back… ─ remove ─ end  <──┘
//! ```
//!
//! At every instant a key that works is written: the old one works until the new one is written everywhere
//! and has been tried; the new one is deleted only where no file holds it. A journal tells the next run what
//! a killed one had begun. The server tells a key once, so it is on the disk before anything else happens;
//! until it is named at the end it has a name that nobody else has, by which one that was never heard of is found.

mod back;
mod forward;
mod journal;
mod patience;
mod places;
mod plan;
mod resume;
mod stop;
pub mod told;
mod words;

use std::path::{Path, PathBuf};

pub use self::plan::{Plan, PlannedFile, Unplanned, plan};
pub use self::stop::Stop;

use self::forward::Run;
use self::journal::Desk;
use super::Scene;
use crate::domain::diagnosis::Diagnosis;
use crate::domain::symptom::FileTrouble;
use crate::openrouter::{BaseUrl, OpenRouter};
use crate::text::Said;

/// What becomes of the old key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Retire {
    /// It is switched off, and can be switched on again.
    Disable,
    /// It is deleted for good.
    Delete,
}

/// One step of a rotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// What is about to happen is written down.
    Begin,
    /// The server makes the successor.
    Create,
    /// The successor is kept on this machine.
    Keep,
    /// The successor is written into a file.
    Write(PathBuf),
    /// The successor is put into onramp's own store.
    Store,
    /// The server is asked with the successor.
    Test,
    /// The successor gets the name of the old key.
    Name,
    /// The old key is switched off or deleted.
    Retire,
    /// The old key is switched on again.
    Revive,
    /// The old key is put back into a file.
    PutBack(PathBuf),
    /// The old key is put back into onramp's own store.
    PutBackStore,
    /// The successor is deleted.
    Remove,
    /// What was written down is wiped away.
    End,
}

impl Step {
    /// Its name in JSON: a contract with scripts.
    pub fn id(&self) -> &'static str {
        match self {
            Self::Begin => "begin",
            Self::Create => "create",
            Self::Keep => "keep",
            Self::Write(_) => "write",
            Self::Store => "store",
            Self::Test => "test",
            Self::Name => "name",
            Self::Retire => "retire",
            Self::Revive => "revive",
            Self::PutBack(_) => "put_back",
            Self::PutBackStore => "put_back_store",
            Self::Remove => "remove",
            Self::End => "end",
        }
    }
}

/// How far a step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// It has begun.
    Running,
    /// It is done.
    Done,
    /// It could not be done.
    Failed,
}

/// Why a rotation did not go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// Something failed.
    Failed(Box<Diagnosis>),
    /// The person wanted it to stop.
    Stopped,
    /// An earlier run had been killed.
    Killed,
}

/// How a rotation ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The successor is written everywhere and works; the old key is switched off, or gone.
    Rotated,
    /// The old key stands where it stood, and there is no successor.
    RolledBack(Why),
    /// Neither: what stands where. The next run takes it up.
    Unfinished {
        /// What came first.
        why: Why,
        /// What could not be done then.
        left: Vec<Said>,
    },
}

/// A rotation that has ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    /// How.
    pub outcome: Outcome,
    /// The successor, as far as one was made.
    pub successor: Option<Successor>,
    /// What deserves a word.
    pub notes: Vec<Said>,
}

/// The key that takes the place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Successor {
    /// Its hash.
    pub hash: String,
    /// It, masked.
    pub mask: String,
}

/// An earlier rotation that was taken up and ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resumed {
    /// The hash of the key it was about.
    pub old: String,
    /// What that key was called.
    pub name: String,
    /// How it has ended now.
    pub ended: Ended,
}

/// What keeps a rotation from beginning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Another program is just rotating a key of this server.
    Busy,
    /// Its own files are in the way.
    File(FileTrouble),
}

impl From<FileTrouble> for Refused {
    fn from(trouble: FileTrouble) -> Self {
        Self::File(trouble)
    }
}

/// The place of rotations on one server. As long as it lives no other program rotates there.
#[derive(Debug)]
pub struct Turn {
    desk: Desk,
}

impl Turn {
    /// Takes the turn.
    ///
    /// # Errors
    /// Another program has it, or a folder of this program's own cannot be made.
    pub fn take(scene: &Scene, server: &BaseUrl) -> Result<Self, Refused> {
        Ok(Self {
            desk: Desk::open(scene, server)?,
        })
    }

    /// Takes up what an earlier run has left; `None` where it left nothing.
    ///
    /// # Errors
    /// What it had written down cannot be read.
    pub async fn resume(
        &self,
        world: &World<'_>,
        tell: &mut impl AsyncFnMut(&Step, Progress),
        stop: &mut Stop<'_>,
    ) -> Result<Option<Resumed>, FileTrouble> {
        resume::resume(&self.desk, world, tell, stop).await
    }

    /// Rotates as planned. Stopped by `stop`, it puts everything back first; dropped, it leaves that to the
    /// next run.
    pub async fn run(
        &self,
        world: &World<'_>,
        plan: &Plan,
        tell: &mut impl AsyncFnMut(&Step, Progress),
        stop: &mut Stop<'_>,
    ) -> Ended {
        Run::of(&self.desk, world, plan, tell, stop).whole().await
    }
}

/// What an earlier run has left unfinished, looked at without touching it: the hash and the name of the key.
///
/// # Errors
/// It cannot be read.
pub fn pending(scene: &Scene, server: &BaseUrl) -> Result<Option<(String, String)>, FileTrouble> {
    let journal = journal::peek(scene, server)?;
    Ok(journal.map(|journal| (journal.old, journal.name)))
}

/// What a rotation works with.
#[derive(Clone, Copy, Debug)]
pub struct World<'a> {
    /// Where it stands.
    pub scene: &'a Scene,
    /// The server, asked with a management key.
    pub manager: &'a OpenRouter,
    /// The server.
    pub server: &'a BaseUrl,
}

/// A path as seen from where the command stands.
fn shown(scene: &Scene, path: &Path) -> crate::domain::clean_text::CleanText {
    crate::domain::sighting::short_path(path, &scene.folder)
}
