//! Tables of bindings: one row says what a chord does, what it is called and how much it matters.
//!
//! Dispatch, the last line, help and the palette all read the same rows, so a hint cannot lie.

pub mod chord;

pub use chord::{Chord, Key};

use crate::text::Phrase;

/// One row: a name, the chords, the action, the words for it, and its rank on the last line.
#[derive(Clone, Copy, Debug)]
pub struct Binding<A: 'static> {
    /// Its stable name.
    pub name: &'static str,
    /// The chords that trigger it; the first is the one shown. None: by the palette only.
    pub chords: &'static [Chord],
    /// What it does.
    pub action: A,
    /// What it is called.
    pub words: Phrase,
    /// 1 stays on the last line longest; 0 never stands there.
    pub rank: u8,
}

impl<A> Binding<A> {
    /// One row of a table.
    pub const fn new(
        name: &'static str,
        chords: &'static [Chord],
        action: A,
        words: Phrase,
        rank: u8,
    ) -> Self {
        Self {
            name,
            chords,
            action,
            words,
            rank,
        }
    }
}

/// What a row tells a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// The row's stable name.
    pub name: &'static str,
    /// The chord that a click on the hint stands for, and the one that the last line shows.
    pub chord: Option<Chord>,
    /// All chords, as drawn.
    pub chords: String,
    /// What it is called.
    pub words: Phrase,
    /// Its rank on the last line; 0 never stands there.
    pub rank: u8,
}

/// The action bound to a chord, if any.
pub fn action<A: Copy>(bindings: &[Binding<A>], chord: Chord) -> Option<A> {
    bindings
        .iter()
        .find(|row| row.chords.contains(&chord))
        .map(|row| row.action)
}

/// The action of that name, if any: what palette and slash commands go by.
pub fn named<A: Copy>(bindings: &[Binding<A>], name: &str) -> Option<A> {
    let row = bindings.iter().find(|row| row.name == name);
    row.map(|row| row.action)
}

/// The rows as hints, in their order.
pub fn hints<A>(bindings: &[Binding<A>]) -> impl Iterator<Item = Hint> + '_ {
    bindings.iter().map(|row| Hint {
        name: row.name,
        chord: row.chords.first().copied(),
        chords: row
            .chords
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join(" "),
        words: row.words,
        rank: row.rank,
    })
}
