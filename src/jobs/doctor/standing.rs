//! A variable of interest, where it stands.

use crate::domain::key_table::MaskedStanding;
use crate::domain::secret::Secret;
use crate::domain::sighting::Place;
use crate::dotenv;
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
pub(super) struct Standing {
    /// The variable.
    pub(super) name: &'static str,
    /// Where.
    pub(super) place: Place,
    /// Its value.
    pub(super) secret: Secret,
    /// The value points to something kept elsewhere.
    pub(super) is_reference: bool,
}

impl Standing {
    /// What may be shown of it.
    pub(super) fn masked(&self) -> MaskedStanding {
        MaskedStanding {
            name: self.name,
            place: self.place.clone(),
            shown: dotenv::shown_value(self.name, self.secret.expose()),
            is_reference: self.is_reference,
        }
    }
}
