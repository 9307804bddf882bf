//! What several steps know.

use crate::domain::diagnosis::Act;
use crate::domain::leak::Leak;
use crate::domain::secret::Secret;
use crate::flow::env::EnvSaved;
use crate::flow::step::Tickets;
use crate::flow::surroundings::Surroundings;
use crate::flow::{Facts, KeyInUse};

/// What several steps know.
#[derive(Debug)]
pub struct Shared {
    /// What was found round here; `None` until the first look came back.
    pub around: Option<Surroundings>,
    /// Keys that others may read, as far as a quick look found any.
    pub leaks: Vec<Leak>,
    /// What was written in this session.
    pub saved: Option<EnvSaved>,
    /// How the last test of the key in use went.
    pub tested: Option<Tested>,
    /// What a step is to begin with when it is shown next.
    pub wanted: Option<Act>,
    /// The key in use that a trouble has led away from: that the server accepts it is old news.
    pub doubted: Option<Secret>,
    /// Where requests take their numbers.
    pub tickets: Tickets,
}

impl Shared {
    /// The key in use, as long as its acceptance stands.
    pub fn accepted_key<'a>(&self, facts: &'a Facts) -> Option<&'a KeyInUse> {
        let key = facts.key.as_ref();
        key.filter(|key| self.doubted.as_ref() != Some(&key.secret))
    }

    /// A trouble leads to another key, or to another file: the step for it begins there.
    pub fn want(&mut self, act: Act, facts: &Facts) {
        if matches!(act, Act::AnotherKey | Act::SignIn) {
            self.doubted = facts.key.as_ref().map(|key| key.secret.clone());
        }
        self.wanted = Some(act);
    }
}

/// How a test went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tested {
    /// An answer came.
    Works,
    /// Something is in the way.
    Fails,
}
