//! A question with a few answers, laid over the screen that asks it.

use super::env::FileChange;
use crate::text::Said;

/// A question with a few answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Menu {
    /// What the asking screen knows it by.
    pub name: &'static str,
    /// What it is about.
    pub title: Said,
    /// What is to be known before one answers.
    pub words: Vec<Said>,
    /// The change of a file that is agreed to or not.
    pub change: Option<Box<FileChange>>,
    /// The answers; the first is the one that Enter takes.
    pub answers: Vec<Answer>,
    /// Of two answers, the one that a plain yes means.
    pub yes: Option<usize>,
    /// The words that the answers were found by, where the asking screen looks for others when some are typed.
    pub found_by: Option<String>,
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// What it is called.
    pub label: Said,
    /// What it brings.
    pub note: Option<Said>,
}

impl Menu {
    /// A question about something.
    pub fn new(name: &'static str, title: impl Into<Said>) -> Self {
        Self {
            name,
            title: title.into(),
            words: Vec::new(),
            change: None,
            answers: Vec::new(),
            yes: None,
            found_by: None,
        }
    }

    /// The same with something to know.
    #[must_use]
    pub fn say(mut self, words: impl Into<Said>) -> Self {
        self.words.push(words.into());
        self
    }

    /// The same about the change of a file.
    #[must_use]
    pub fn about(mut self, change: FileChange) -> Self {
        self.change = Some(Box::new(change));
        self
    }

    /// The same, whose answer with this number, of two, is what a plain yes means.
    #[must_use]
    pub fn yes(mut self, number: usize) -> Self {
        self.yes = Some(number);
        self
    }

    /// The same, whose answers were found by these words: others may be typed.
    #[must_use]
    pub fn found_by(mut self, words: impl Into<String>) -> Self {
        self.found_by = Some(words.into());
        self
    }

    /// The same with one more answer.
    #[must_use]
    pub fn answer(mut self, label: impl Into<Said>, note: Option<Said>) -> Self {
        self.answers.push(Answer {
            label: label.into(),
            note,
        });
        self
    }
}
