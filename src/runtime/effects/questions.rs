//! What a question needs of the files round here, before it is asked.

use std::sync::Arc;

use jiff::Timestamp;

use super::World;
use crate::flow::{Effect, Reply};
use crate::jobs::{attach, compose, estimate};
use crate::project::Project;

impl World {
    /// Performs the effects of a question that is being made; the others are nothing to it.
    pub(super) fn see_to_question(&self, effect: Effect) {
        match effect {
            Effect::Compose { ticket, draft } => self.here(move |scene| Reply::Composed {
                ticket,
                composed: Box::new(compose::compose(scene, &draft, Timestamp::now())),
            }),
            Effect::TellLengths {
                ticket,
                account,
                models,
            } => self.here(move |scene| Reply::LengthsTold {
                ticket,
                lengths: estimate::lengths(scene, &account, &models),
            }),
            Effect::ListFiles { ticket } => self.here(move |scene| Reply::FilesListed {
                ticket,
                files: Arc::new(attach::names_and_sizes(&Project::at(&scene.folder))),
            }),
            Effect::ReadAgain {
                ticket,
                project,
                wanted,
            } => self.here(move |scene| {
                let here = Project::at(&scene.folder);
                let of = project.as_deref();
                let again = attach::read_again(&here, &scene.environment, of, &wanted);
                Reply::ReadAgain { ticket, again }
            }),
            _ => {}
        }
    }
}
