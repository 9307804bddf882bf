//! Where a key was seen.

use std::path::{Path, PathBuf};

use super::clean_text::CleanText;
use super::secret::Secret;
use crate::text::{Phrase, Said};

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
    /// A shell's profile: every program started from a new shell gets it. Read, never written.
    Profile {
        /// The file.
        path: PathBuf,
        /// Its line, from 1.
        line: usize,
        /// The variable's name.
        name: String,
    },
    /// The program's own credential store.
    Store(Rest),
    /// The sandbox inside this program: a simulated key.
    Sandbox,
}

/// Where the program's own store keeps a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rest {
    /// In this file, which only the person can read.
    File(PathBuf),
    /// In the keyring of the system.
    Keyring,
}

impl Rest {
    /// The file, where it is one.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::File(path) => Some(path),
            Self::Keyring => None,
        }
    }
}

impl Place {
    /// The file and the line, where it is one.
    pub fn line(&self) -> Option<(&Path, usize)> {
        match self {
            Self::Dotenv { path, line, .. } | Self::Profile { path, line, .. } => {
                Some((path, *line))
            }
            Self::Flag | Self::Environment(_) | Self::Store(_) | Self::Sandbox => None,
        }
    }

    /// The kind in JSON: a contract with scripts.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Flag | Self::Sandbox => "flag",
            Self::Environment(_) => "env",
            Self::Dotenv { .. } => "dotenv",
            Self::Profile { .. } => "profile",
            Self::Store(_) => "store",
        }
    }
}

impl Place {
    /// The place as a person would say it, its path as seen from `folder`.
    pub fn said(&self, folder: &Path) -> Said {
        const FLAG: Phrase = Phrase::new("the command line", "命令行");
        const ENVIRONMENT: Phrase = Phrase::new("the shell's {}", "环境变量 {}");
        const LINE: Phrase = Phrase::new("{} line {}", "{} 第 {} 行");
        const SANDBOX: Phrase = Phrase::new("the sandbox (simulated)", "沙盒（模拟）");
        const KEYRING: Phrase = Phrase::new("this system's keyring", "系统密钥环");
        const STORE: Phrase = Phrase::new("onramp's own store", "onramp 自己的存储");
        match self {
            Self::Flag => FLAG.into(),
            Self::Sandbox => SANDBOX.into(),
            Self::Environment(name) => Said::new(ENVIRONMENT, &[&CleanText::line(name)]),
            Self::Dotenv { path, line, .. } | Self::Profile { path, line, .. } => {
                Said::new(LINE, &[&short_path(path, folder), line])
            }
            Self::Store(Rest::File(_)) => STORE.into(),
            Self::Store(Rest::Keyring) => KEYRING.into(),
        }
    }
}

/// A path as seen from a folder, where it lies inside; else whole.
pub fn short_path(path: &Path, folder: &Path) -> CleanText {
    CleanText::line(
        &path
            .strip_prefix(folder)
            .unwrap_or(path)
            .display()
            .to_string(),
    )
}

/// A key found somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sighting {
    /// Where.
    pub place: Place,
    /// What.
    pub secret: Secret,
}
