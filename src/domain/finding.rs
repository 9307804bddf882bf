//! Something about a project's keys and .env files that deserves a word, and what mends it.

use std::path::PathBuf;

use crate::text::{Phrase, Said};

/// How much it matters; the worse the greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Some program of the project may read something else than meant.
    Warning,
    /// A key does not work, is lost to a program, or is seen by others.
    Trouble,
}

impl Severity {
    /// Its name in JSON: a contract with scripts.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Trouble => "trouble",
        }
    }

    /// Its mark: readable without colour.
    pub fn mark(self) -> &'static str {
        match self {
            Self::Note => "-",
            Self::Warning => "!",
            Self::Trouble => "✗",
        }
    }

    /// Its name for people.
    pub fn words(self) -> Phrase {
        match self {
            Self::Note => Phrase::new("note", "提示"),
            Self::Warning => Phrase::new("warning", "警告"),
            Self::Trouble => Phrase::new("trouble", "问题"),
        }
    }
}

/// Something that deserves a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Its stable name: a contract with scripts.
    pub id: &'static str,
    /// How much it matters here.
    pub severity: Severity,
    /// The file, where it is about one.
    pub path: Option<PathBuf>,
    /// The line in it, from 1.
    pub line: Option<usize>,
    /// What there is, and who is affected.
    pub words: Said,
    /// What mends it, in one line.
    pub advice: Said,
    /// The program can do what the advice says; `None` where the person does it.
    pub cure: Option<Cure>,
}

/// How a program may mend a finding by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cure {
    /// No program reads any value differently afterwards but as meant.
    Safe,
    /// It decides what the line was meant to say: only a person can agree to that.
    NeedsConsent,
}

impl Finding {
    /// A finding about nothing in particular, to be filled in.
    pub fn new(
        id: &'static str,
        severity: Severity,
        words: impl Into<Said>,
        advice: impl Into<Said>,
    ) -> Self {
        Self {
            id,
            severity,
            path: None,
            line: None,
            words: words.into(),
            advice: advice.into(),
            cure: None,
        }
    }

    /// This, about a file and perhaps a line in it.
    #[must_use]
    pub fn at(mut self, path: impl Into<PathBuf>, line: Option<usize>) -> Self {
        self.path = Some(path.into());
        self.line = line;
        self
    }

    /// This, with something that the program can do about it.
    #[must_use]
    pub fn curable(mut self, cure: Cure) -> Self {
        self.cure = Some(cure);
        self
    }

    /// Whether it names the same thing: what was found again after a change is not new.
    pub fn is_same(&self, other: &Self) -> bool {
        self.id == other.id && self.path == other.path && self.line == other.line
    }
}
