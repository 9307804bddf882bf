//! Kept conversations as they are listed and found, without all that was said in them.

use jiff::Timestamp;

use super::clean_text::CleanText;
use super::money::Usd;

/// Whose conversations are meant. The two are never shown together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shelf {
    /// Those with real models.
    Real,
    /// Those with the sandbox inside this program.
    Simulated,
}

/// A kept conversation as one line of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: CleanText,
    /// The root of the project it belongs to.
    pub project: Option<CleanText>,
    /// The server it was held with: scheme, host and port, or `sandbox`.
    pub server: CleanText,
    /// When it began.
    pub begun: Timestamp,
    /// When something was last said in it.
    pub touched: Timestamp,
    /// How many turns it has, those of other branches included.
    pub turns: u64,
    /// The model of its last answer.
    pub model: Option<CleanText>,
    /// What all its answers cost together, USD; `None` where none named a cost.
    pub cost: Option<Usd>,
}

/// A kept conversation that a search found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The conversation.
    pub kept: Kept,
    /// The number of the turn that was found; `None`: it was the title.
    pub turn: Option<usize>,
    /// The words that were found and what stands round them, on one line.
    pub snippet: Snippet,
}

/// A piece of text, and what of it was searched for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snippet {
    /// What stands before; begins with an ellipsis where it is cut.
    pub before: CleanText,
    /// What was found, as it stands there; empty where it is written otherwise (with accents, say).
    pub hit: CleanText,
    /// What stands behind.
    pub after: CleanText,
}
