//! A key's rotation, as a screen asks for it and is told.

use super::facts::KeyInUse;
use crate::domain::account::ManagedKey;
use crate::domain::diagnosis::Diagnosis;
use crate::text::Said;

/// A key that is to get a successor, and what would be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RotationPlan {
    /// The key that is replaced.
    pub key: ManagedKey,
    /// What will be done, a line each, the old key switched off at the end.
    pub lines: Vec<Said>,
    /// What the person should know before.
    pub notes: Vec<Said>,
}

/// What a person agreed to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RotationWish {
    /// What was shown. Where it is another one by now, nothing is done and it is shown anew.
    pub plan: RotationPlan,
    /// The old key is deleted for good at the end, and not only switched off.
    pub deletes_old: bool,
}

/// What is told of a rotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RotationTold {
    /// What would be done.
    Planned(Box<RotationPlan>),
    /// An earlier one was interrupted, and is ended before anything else; in words.
    Waits(Said),
    /// A step has ended.
    Step {
        /// Which.
        said: Said,
        /// It was done.
        is_done: bool,
    },
    /// It has ended.
    Ended(Box<RotationEnd>),
    /// There is no plan, or it could not begin.
    Refused(Box<Diagnosis>),
}

/// How a rotation ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RotationEnd {
    /// The successor stands where the old key stood.
    pub is_rotated: bool,
    /// How, in words.
    pub said: Said,
    /// What could not be put back, and what deserves a word.
    pub notes: Vec<Said>,
    /// The successor, where the old key was the one in use: it is in use from now on.
    pub in_use: Option<Box<KeyInUse>>,
    /// What went wrong.
    pub trouble: Option<Box<Diagnosis>>,
}
