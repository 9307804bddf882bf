//! What one listener was told, bound by bound: another bound is not another listener.

use serde::{Deserialize, Serialize};

use crate::domain::money::Usd;
use crate::insight::alerts::{Alert, Crossings, Judgement};

/// Bounds that are remembered beside the one in use.
const MOST: usize = 16;

/// The bounds that a listener named for a look, the one named last at the end.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Hearings {
    all: Vec<Hearing>,
}

/// What was told while this bound was named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Hearing {
    /// USD; `None`: those that are set hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    bound: Option<Usd>,
    told: Crossings,
}

impl Hearings {
    /// Takes note of what holds by a bound, and hands out what is new. A bound that was never named before goes on
    /// from the one that was named last: what had crossed that one and crosses this one was told. Two programs with
    /// two bounds at the same time keep apart.
    pub(super) fn take(&mut self, bound: Option<Usd>, judgement: &Judgement) -> Vec<Alert> {
        let told = match self.all.iter().position(|it| it.bound == bound) {
            Some(at) => self.all.remove(at).told,
            None => self
                .all
                .last()
                .map(|it| it.told.clone())
                .unwrap_or_default(),
        };
        let mut hearing = Hearing { bound, told };
        let new = hearing.told.take(judgement);
        self.all.push(hearing);
        let surplus = self.all.len().saturating_sub(MOST);
        self.all.drain(..surplus);
        new
    }

    /// What was told here or there was told.
    pub(super) fn join(&mut self, other: Self) {
        for theirs in other.all {
            match self.all.iter_mut().find(|it| it.bound == theirs.bound) {
                Some(ours) => ours.told.join(&theirs.told),
                None => self.all.push(theirs),
            }
        }
    }
}
