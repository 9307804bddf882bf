//! Keeps what should be remembered beyond this run: in order, beside the loop, and to the end.
//!
//! None of it is worth an error: when it cannot be kept, the person is asked again next time.

use std::path::Path;
use std::sync::mpsc::{Sender, channel};
use std::thread::JoinHandle;

use crate::domain::budget::Budget;
use crate::flow::surroundings::Memory;
use crate::insight::alerts::AlertSettings;
use crate::openrouter::BaseUrl;
use crate::project::Project;
use crate::project::memory::Progress;
use crate::settings::{Paths, Preferences};
use crate::text::Lang;

/// Something to keep.
#[derive(Debug)]
pub(super) enum Keep {
    /// How far the wizard came.
    Progress(Memory),
    /// The model of a server that the person chose for this project.
    Model { model: String, server: String },
    /// The person's rules for models in this project.
    Rules(Option<String>),
    /// A model is one of the person's favourites, or is none.
    Favourite(String, bool),
    /// A model was used.
    Recent(String),
    /// The language the person switched to.
    Lang(Lang),
    /// Which alerts the person wants.
    Alerts(AlertSettings),
    /// What this program may spend by the person's own word.
    Budget(Budget),
}

/// Writes one thing after the other on a thread of its own. Dropping it waits for the last.
#[derive(Debug, Default)]
pub(super) struct Keeper {
    running: Option<(Sender<Keep>, JoinHandle<()>)>,
}

impl Keeper {
    /// Keeps something for the project round a folder.
    pub(super) fn keep(&mut self, what: Keep, paths: &Paths, folder: &Path) {
        let (queue, _) = self.running.get_or_insert_with(|| {
            let (queue, arriving) = channel();
            let (paths, folder) = (paths.clone(), folder.to_owned());
            let thread = std::thread::spawn(move || {
                for what in arriving {
                    write(what, &paths, &folder);
                }
            });
            (queue, thread)
        });
        // The thread lives as long as its queue.
        let _ = queue.send(what);
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        if let Some((queue, thread)) = self.running.take() {
            drop(queue);
            let _ = thread.join();
        }
    }
}

fn write(what: Keep, paths: &Paths, folder: &Path) {
    let change = |change: &dyn Fn(&mut Progress)| {
        let root = Project::at(folder).root;
        let mut progress = Progress::load(&paths.state, &root);
        change(&mut progress);
        let _ = progress.save(&paths.state, &root);
    };
    match what {
        Keep::Progress(memory) => change(&|progress| {
            progress.skipped.clone_from(&memory.skipped);
            progress.at.clone_from(&memory.at);
            progress.confirmed.clone_from(&memory.confirmed);
        }),
        Keep::Model { model, server } => {
            let Ok(server) = BaseUrl::parse(&server) else {
                return;
            };
            change(&|progress| progress.choose_model(&server.origin(), model.clone()));
        }
        Keep::Rules(rules) => change(&|progress| progress.rules.clone_from(&rules)),
        Keep::Favourite(model, is_one) => prefer(paths, |it| it.models.favour(&model, is_one)),
        Keep::Recent(model) => prefer(paths, |it| it.models.used(&model)),
        Keep::Lang(lang) => prefer(paths, |preferences| preferences.lang = Some(lang)),
        Keep::Budget(budget) => prefer(paths, |preferences| preferences.budget = budget),
        Keep::Alerts(alerts) => prefer(paths, |preferences| preferences.alerts = alerts),
    }
}

fn prefer(paths: &Paths, change: impl Fn(&mut Preferences)) {
    let _ = Preferences::change(&paths.config, change);
}
