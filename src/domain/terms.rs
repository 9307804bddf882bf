//! The terms on which an answer is asked for.

use serde::{Deserialize, Serialize};

use super::routing::Routing;
use super::tuning::Tuning;

/// What a person wishes of an answer besides its model and its length. It is kept with the answer, so that a
/// conversation goes on, another day too, as it was asked: what was to be kept by nobody still is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Terms {
    /// How it is to answer.
    pub tuning: Tuning,
    /// Who may run it.
    pub routing: Routing,
    /// Models that answer when the one that is asked cannot, in this order.
    pub fallbacks: Vec<String>,
}

impl Terms {
    /// Nothing is wished.
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }

    /// These terms, and no less private than others.
    #[must_use]
    pub fn at_least_as_private_as(mut self, others: &Self) -> Self {
        self.routing.zdr |= others.routing.zdr;
        self.routing.denies_collection |= others.routing.denies_collection;
        self
    }
}
