//! A clean project: what a quick look over the tree tells the wizard, and the rules that keep `.env` files out
//! of git and out of images.

use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use super::Scene;
use super::env_change::{Part, change_ignore, explain, read, shown_growth};
use crate::domain::diagnosis::Diagnosis;
use crate::domain::leak::{Leak, Standing, TreeLook};
use crate::files;
use crate::flow::env::FileChange;
use crate::project::Project;
use crate::project::ignore_file;
use crate::project::scan::{self, End, Limits, Watch, docker_gap};

/// The most files a quick look takes, and the most time.
const QUICK_FILES: usize = 20_000;
const QUICK_TIME: Duration = Duration::from_millis(300);

/// A quick look for keys in the project's tree, beside whatever else goes on. Reads files, changes nothing.
pub fn quick_look(scene: &Scene) -> TreeLook {
    let stop = AtomicBool::new(false);
    let watch = Watch {
        stop: &stop,
        until: Some(Instant::now() + QUICK_TIME),
        tell: &|_| (),
    };
    let root = Project::at(&scene.folder).root;
    let found = scan::tree(&root, Limits { files: QUICK_FILES }, &watch);
    TreeLook {
        leaks: found.leaks,
        is_whole: found.end == End::Whole,
    }
}

/// Rules that were worked out and shown, ready to be written exactly so.
#[derive(Debug, Default)]
pub struct Mending {
    parts: Vec<Part>,
}

impl Mending {
    /// What would be written.
    pub fn shown(&self) -> Vec<FileChange> {
        self.parts.iter().map(shown_growth).collect()
    }

    /// Writes it.
    ///
    /// # Errors
    /// A file changed since it was shown, or cannot be written; what was written before it stands.
    pub fn write(&self) -> Result<(), Box<Diagnosis>> {
        for part in &self.parts {
            files::save_shared(&part.before, &part.after).map_err(|trouble| explain(&trouble))?;
        }
        Ok(())
    }
}

/// Works out the rules that hide the `.env` files among these leaks from git, and those that keep a `.env` file
/// of `folder` out of its image. Nothing is written.
///
/// # Errors
/// A file of rules cannot be read.
pub fn to_mend(folder: &Path, leaks: &[Leak]) -> Result<Mending, Box<Diagnosis>> {
    let mut mending = Mending::default();
    let open = leaks.iter().filter(|leak| {
        // A rule for a tracked file does nothing yet; it holds as soon as git forgets the file.
        let can_be_hidden = matches!(
            leak.standing,
            Standing::Loose | Standing::Tracked { is_ignored: false }
        );
        leak.is_env_file && can_be_hidden
    });
    for leak in open {
        mending.add(change_ignore(&leak.path)?);
    }
    if let Some(gap) = docker_gap(folder)
        && let Some(name) = gap.env_file.file_name()
    {
        let before = read(&gap.ignore_file)?;
        let rules = ignore_file::rules_for(&name.to_string_lossy());
        // One that is not text Docker cannot read, either; it is left alone.
        if let Ok(after) = ignore_file::with_rules(before.text(), &rules) {
            mending.add(Some(Part { before, after }));
        }
    }
    Ok(mending)
}

impl Mending {
    fn add(&mut self, part: Option<Part>) {
        // Several files beside each other need the same rules.
        let is_known = |part: &Part| {
            let known = self.parts.iter();
            known
                .into_iter()
                .any(|other| other.before.named == part.before.named)
        };
        if let Some(part) = part.filter(|part| part.is_change() && !is_known(part)) {
            self.parts.push(part);
        }
    }
}
