//! Something to read in peace, over the screen: words in both languages, before any look.

use crate::domain::page::Page;
use crate::text::Said;

/// Something to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// What it is about.
    pub title: Said,
    /// Top to bottom.
    pub parts: Vec<NotePart>,
}

/// A piece of a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotePart {
    /// A paragraph.
    Text(Said),
    /// A name and a value; those in a row are aligned.
    Fact(Said, Said),
    /// An address.
    Link(Page),
}

impl Note {
    /// A note about something.
    pub fn new(title: impl Into<Said>) -> Self {
        Self {
            title: title.into(),
            parts: Vec::new(),
        }
    }

    /// Adds a paragraph.
    pub fn say(&mut self, words: impl Into<Said>) {
        self.parts.push(NotePart::Text(words.into()));
    }

    /// Adds a name and a value.
    pub fn fact(&mut self, name: impl Into<Said>, value: impl Into<Said>) {
        self.parts.push(NotePart::Fact(name.into(), value.into()));
    }

    /// Adds an address.
    pub fn link(&mut self, page: Page) {
        self.parts.push(NotePart::Link(page));
    }
}
