//! Tells each crossing once.
//!
//! ```text
//!                crossed: told
//!   quiet ─────────────────────────> active
//!     ^                                │ │ crossed, or near, or not judged
//!     └────────────────────────────────┘ └─> active, silent
//!          clearly on the other side
//! ```

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Alert, Judgement};

/// A rule and what it is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Crossing {
    id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    subject: Option<String>,
}

impl Crossing {
    pub(super) fn new(id: &str, subject: Option<String>) -> Self {
        Self {
            id: id.to_owned(),
            subject,
        }
    }

    /// The rule's id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The key, model or day it is about, where there may be several.
    pub fn subject(&self) -> Option<&str> {
        self.subject.as_deref()
    }
}

/// The bounds that are crossed, as far as was told. May be kept in a file between two runs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Crossings {
    active: BTreeSet<Crossing>,
}

impl Crossings {
    /// Takes note of what holds now, and hands out the alerts that are new. An alert is new again after
    /// its figure was clearly on the other side of the bound; a figure that trembles at the bound, or
    /// is not known for a while, brings it up no second time. Of two bounds of which the one covers the
    /// other, coming back from the greater does not tell the lesser.
    pub fn take(&mut self, judgement: &Judgement) -> Vec<Alert> {
        self.active.retain(|crossing| {
            judgement.near.contains(crossing) || judgement.unjudged.contains(crossing.id.as_str())
        });
        let new = judgement.alerts.iter();
        let new = new.filter(|alert| !self.active.contains(&alert.crossing()));
        let new = new.cloned().collect();
        self.active.extend(judgement.crossed.iter().cloned());
        new
    }

    /// What was told here or there was told.
    pub fn join(&mut self, other: &Self) {
        self.active.extend(other.active.iter().cloned());
    }

    /// The bounds that are crossed.
    pub fn active(&self) -> impl Iterator<Item = &Crossing> {
        self.active.iter()
    }
}
