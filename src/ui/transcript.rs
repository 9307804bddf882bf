//! A long conversation to read: laid out as it grows, scrolled, folded, selected and searched.
//!
//! ```text
//! You                                    an entry: a question …
//! How do I read a file?
//!
//! openai/gpt-5-mini                      … and an answer
//! ▸ reasoning, 512 tokens                folded until somebody asks
//! Like this:
//!
//! [1] rust · src/main.rs                 code has a number, to be copied and saved by
//! │ let text = fs::read_to_string(path)?;
//!
//! ! 2 control or invisible characters, shown as what they are
//! what went wrong, and what to do
//! $0.0012 · 812 tokens · 1.2 s           figures, as the caller words them
//! ```
//!
//! The screen that shows it pushes entries and pieces of text, calls [`Transcript::draw`] in each frame and
//! the moves as keys and mouse ask for them. Text is cleaned on its way in. Only rows in sight are drawn, and
//! only what is new or still open is laid out: a token costs the same at the beginning and at the end of a
//! long answer.

mod code;
mod draw;
mod entry;
mod find;
mod folds;
mod layout;
mod scroll;
mod select;
mod words;

use std::cell::RefCell;

pub use self::code::NumberedCode;
pub use self::entry::Entry;
use self::find::Search;
use self::layout::Layout;
use self::scroll::Scroll;
pub use self::select::Move;
use self::select::{Place, Selection};
pub use self::words::unseen_said;

/// A conversation on show.
#[derive(Clone, Debug, Default)]
pub struct Transcript {
    entries: Vec<Entry>,
    /// Kept from frame to frame; says nothing that the entries do not.
    layout: RefCell<Layout>,
    scroll: Scroll,
    selection: Option<Selection>,
    pressed: Option<Place>,
    search: Option<Search>,
    /// The question that the reader points at.
    pointed: Option<usize>,
    fold_key: String,
}

impl Transcript {
    /// Nothing said yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a question or an answer; its number. An answer may be added empty, before anything came.
    pub fn push(&mut self, entry: Entry) -> usize {
        self.entries.push(entry);
        self.entries.len() - 1
    }

    /// How many questions and answers there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether nothing was said.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// A question or an answer, to say more in it or about it.
    pub fn entry_mut(&mut self, number: usize) -> Option<&mut Entry> {
        self.entries.get_mut(number)
    }

    /// Adds text to an answer that is still coming. Any piece will do: a token, a half line, a page.
    pub fn push_str(&mut self, number: usize, text: &str) {
        if let Some(entry) = self.entries.get_mut(number) {
            entry.push_str(text);
        }
    }

    /// Adds reasoning to an answer that is still coming.
    pub fn push_reasoning(&mut self, number: usize, text: &str) {
        if let Some(entry) = self.entries.get_mut(number) {
            entry.push_reasoning(text);
        }
    }

    /// Keeps the first so many entries and forgets the others: another branch comes on show.
    pub fn truncate(&mut self, entries: usize) {
        self.entries.truncate(entries);
        self.layout.get_mut().forget(entries);
        self.select_nothing();
        self.search = None;
    }

    /// The key that unfolds, as it is named in a row that says how much is folded; empty: none is named.
    pub fn set_fold_key(&mut self, key: &str) {
        key.clone_into(&mut self.fold_key);
    }

    /// Shows all reasoning or folds it: what most readers want is the answer.
    pub fn show_reasoning(&mut self, shows: bool) {
        for entry in &mut self.entries {
            entry.show_reasoning(shows);
        }
    }

    /// The layout, with what came since the last frame.
    fn laid_out(&self) -> &RefCell<Layout> {
        self.layout.borrow_mut().update(&self.entries);
        &self.layout
    }
}

#[cfg(test)]
mod tests;
