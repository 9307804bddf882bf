//! The ways in which a line can be read otherwise than meant: who is affected, and the mend.
//!
//! The first blank of the words and of the advice is the variable's name; a second one is said
//! where the trap is found.

pub(super) mod keys;
pub(super) mod notation;

use crate::domain::env_reader::EnvReader;
use crate::domain::finding::Severity;
use crate::text::Phrase;

/// One way.
#[derive(Debug)]
pub(super) struct Trap {
    pub(super) id: &'static str,
    /// How much it matters where one of its readers is in use.
    worst: Severity,
    /// Who is affected; empty: everybody.
    readers: &'static [EnvReader],
    /// Worth no word where none of them is in use.
    is_theirs_alone: bool,
    pub(super) words: Phrase,
    pub(super) advice: Phrase,
}

impl Trap {
    const fn new(
        id: &'static str,
        worst: Severity,
        readers: &'static [EnvReader],
        words: Phrase,
        advice: Phrase,
    ) -> Self {
        Self {
            id,
            worst,
            readers,
            is_theirs_alone: false,
            words,
            advice,
        }
    }

    /// This, told only where one of its readers is in use: the notation is common elsewhere.
    const fn for_them_alone(mut self) -> Self {
        self.is_theirs_alone = true;
        self
    }

    /// How much it matters to the programs in use; `None` where it is worth no word.
    pub(super) fn severity(&self, in_use: &[EnvReader]) -> Option<Severity> {
        let concerns = self.readers.iter().any(|reader| in_use.contains(reader));
        if self.readers.is_empty() || concerns {
            return Some(self.worst);
        }
        match (self.is_theirs_alone, in_use.is_empty()) {
            (true, _) => None,
            (false, true) => Some(self.worst),
            (false, false) => Some(Severity::Note),
        }
    }
}
