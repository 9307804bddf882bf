//! Which alerts are new to whoever is told of them, today and after a restart.
//!
//! ```text
//! Outlook.judgement ─ Told::news ─> News { new, trouble }
//!                       │    ^
//!                       └────┴ one small file for each server, key and listener
//! ```

mod hearings;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use self::hearings::Hearings;
use super::file_name;
use crate::domain::money::Usd;
use crate::domain::symptom::{FileProblem, FileTrouble};
use crate::files;
use crate::insight::alerts::{Alert, Judgement};
use crate::jobs::access::Access;
use crate::jobs::scene::Scene;

/// Who is told. Each hears of a crossing once, whatever the others have heard: a banner that nobody looked
/// at must not keep a hook from running.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listener<'a> {
    /// The full screen.
    Screen,
    /// `onramp usage --watch`. Two of them with another hook are two listeners; one with another bound is the same,
    /// and what holds by both bounds is told once.
    Watch {
        /// Its hook.
        hook: Option<&'a str>,
        /// The bound that was named for this watch, USD.
        min_credit: Option<Usd>,
    },
}

impl Listener<'_> {
    fn name(self) -> String {
        match self {
            Self::Screen => "screen".into(),
            Self::Watch { hook, .. } => format!("watch {hook:?}"),
        }
    }

    /// The bound that was named for this look; `None` where those that are set hold.
    fn bound(self) -> Option<Usd> {
        match self {
            Self::Screen => None,
            Self::Watch { min_credit, .. } => min_credit,
        }
    }
}

/// What was told. It is kept in the state folder, so that a restart repeats nothing, and here, so that a
/// folder that cannot be written does not make every look an alarm. Clones share what they hold.
#[derive(Clone, Debug, Default)]
pub struct Told(Arc<Mutex<HashMap<PathBuf, Hearings>>>);

/// What is new to a listener.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct News {
    /// The alerts that the listener has not heard of, the gravest first.
    pub new: Vec<Alert>,
    /// Why that could not be written down: a restart would tell them again.
    pub trouble: Option<FileTrouble>,
}

/// How often another program's change in the same moment is met halfway.
const TRIES: u32 = 20;

impl Told {
    /// Takes note of what holds now, and hands out what of it is new to this listener. It reads and writes a
    /// small file. Of several programs at once that listen alike, one is told.
    pub fn news(
        &self,
        scene: &Scene,
        access: &Access,
        listener: Listener<'_>,
        judgement: &Judgement,
    ) -> News {
        let folder = scene.paths.state.join("alerts");
        let path = folder.join(file_name(access, &listener.name()));
        let mut told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let here = told.entry(path.clone()).or_default();
        // The sandbox leaves no trace, and begins anew each time.
        if scene.sandbox.is_some() {
            return News::of(here.take(listener.bound(), judgement));
        }
        let mut take = |heard: &mut Hearings| heard.take(listener.bound(), judgement);
        let noted =
            files::private::make_folder(&folder).and_then(|()| note(&path, here, &mut take));
        noted.unwrap_or_else(|trouble| News {
            trouble: Some(trouble),
            ..News::of(take(here))
        })
    }
}

impl News {
    fn of(new: Vec<Alert>) -> Self {
        Self { new, trouble: None }
    }
}

/// Takes note in the file, too. Who comes second finds what the first wrote.
///
/// # Errors
/// The file cannot be read; nothing was noted yet.
fn note(
    path: &Path,
    here: &mut Hearings,
    take: &mut impl FnMut(&mut Hearings) -> Vec<Alert>,
) -> Result<News, FileTrouble> {
    let mut tries = 0;
    loop {
        tries += 1;
        let before = files::read(path)?;
        // A file that is gone, or that nobody understands, says nothing.
        let kept = before.bytes.as_deref();
        let kept = kept.and_then(|bytes| serde_json::from_slice::<Hearings>(bytes).ok());
        let mut heard = kept.unwrap_or_default();
        heard.join(here.clone());
        let new = take(&mut heard);
        let bytes = serde_json::to_vec(&heard).expect("bounds are numbers and crossings texts");
        let saved = files::save(&before, &bytes);
        let is_overtaken = matches!(&saved, Err(trouble) if trouble.kind == FileProblem::Changed);
        if is_overtaken && tries < TRIES {
            continue;
        }
        *here = heard;
        let trouble = saved.err();
        return Ok(News { new, trouble });
    }
}

#[cfg(test)]
mod tests;
