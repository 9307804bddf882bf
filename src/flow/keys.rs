//! The account's keys, as a screen asks for them and is told.

use std::path::PathBuf;

use jiff::Timestamp;

use crate::domain::account::{Change, KeyChange, ManagedKey, NewKey};
use crate::domain::diagnosis::Diagnosis;
use crate::domain::guardrail::Guardrail;
use crate::domain::money::Usd;
use crate::domain::secret::Secret;
use crate::text::Said;

/// The account's keys, as the server listed them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyRing {
    /// When.
    pub as_of: Timestamp,
    /// Disabled ones too, the newest first.
    pub keys: Vec<ManagedKey>,
    /// The hash of the key in use here.
    pub own: Option<String>,
    /// What every key of the workspace may spend; `None`: the server does not tell.
    pub guardrail: Option<Guardrail>,
    /// Where a new key may go, the recommended place first.
    pub lodgings: Vec<Lodging>,
}

impl KeyRing {
    /// Whether this is the key in use here.
    pub fn is_own(&self, key: &ManagedKey) -> bool {
        self.own.as_deref() == Some(key.hash.as_str())
    }
}

/// Where a new key goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Haven {
    /// Into this .env file, under the name that programs read, with the server's address beside it. A path that is not whole
    /// begins in the folder that the program was started in.
    Env(PathBuf),
    /// Into the program's own credential store.
    Store,
    /// Into the hands of whoever asked, and nowhere else.
    Hands,
}

/// A place where a new key may go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lodging {
    /// Which.
    pub haven: Haven,
    /// In words.
    pub said: Said,
    /// What a key that goes there may be called: the project's name, and the environment that a file is for.
    pub name: String,
}

/// What is to be done about a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyDeed {
    /// Make one, and put it there.
    Create(Box<KeyPlan>),
    /// Change it.
    Change(Box<ManagedKey>, KeyChange),
    /// Delete it for good.
    Delete(Box<ManagedKey>),
    /// Change what every key may spend.
    Cap(Guardrail, Change<Usd>, Change<String>),
}

/// A key that is to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyPlan {
    /// What it is to be like.
    pub new: NewKey,
    /// It dies after so many days; `None`: never.
    pub days: Option<u32>,
    /// Where it goes.
    pub haven: Haven,
}

/// What was done about a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyDone {
    /// It was made.
    Created(Box<KeyMade>),
    /// It was changed; how it is now.
    Changed(Box<ManagedKey>),
    /// It was deleted, or had been by somebody else.
    Deleted {
        /// Its hash.
        hash: String,
        /// It was still there.
        was_there: bool,
    },
    /// What every key may spend now.
    Capped(Guardrail),
}

/// A key that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyMade {
    /// As the list has it from now on.
    pub key: ManagedKey,
    /// Where it is; `None`: nowhere but here.
    pub place: Option<Said>,
    /// The key itself, where it is nowhere else. The server tells it this once.
    pub shown: Option<Secret>,
    /// Why it is not where it was to go.
    pub trouble: Option<Box<Diagnosis>>,
    /// What deserves a word.
    pub warnings: Vec<Said>,
}
