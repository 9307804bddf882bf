//! Where a key was seen.

use std::path::PathBuf;

use super::secret::Secret;

/// A place a key can come from, in the order of the command line's precedence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A flag of this command.
    Flag,
    /// The process environment; the variable's name.
    Environment(String),
    /// A .env file.
    Dotenv {
        /// The file.
        path: PathBuf,
        /// Its line, from 1.
        line: usize,
        /// The variable's name.
        name: String,
    },
    /// The program's own credential store.
    Store(PathBuf),
}

impl Place {
    /// The kind in JSON: a contract with scripts.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Flag => "flag",
            Self::Environment(_) => "env",
            Self::Dotenv { .. } => "dotenv",
            Self::Store(_) => "store",
        }
    }
}

/// A key found somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sighting {
    /// Where.
    pub place: Place,
    /// What.
    pub secret: Secret,
}
