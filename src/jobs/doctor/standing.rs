//! A variable of interest, where it stands.

use crate::domain::secret::Secret;
use crate::domain::sighting::Place;
use crate::jobs::access::{BASES, KEY, OPENAI_BASES, OPENAI_KEY};

/// The variables of interest.
pub(super) const NAMES: &[&str] = &[
    KEY,
    OPENAI_KEY,
    BASES[0],
    BASES[1],
    OPENAI_BASES[0],
    OPENAI_BASES[1],
];

/// A variable at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The variable.
    pub name: &'static str,
    /// Where.
    pub place: Place,
    /// Its value.
    pub secret: Secret,
    /// The value points to something kept elsewhere.
    pub is_reference: bool,
}
