//! A change as ranges of the file and what comes in their place: every other byte stays.

use std::ops::Range;

/// Ranges of a file, in order and apart, each with what replaces it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Patch {
    pub(super) edits: Vec<(Range<usize>, Vec<u8>)>,
    /// From the first item to the last that holds an edit or an occurrence of the name.
    pub(super) touched: Range<usize>,
}

impl Patch {
    /// The file with the change made.
    pub(super) fn apply(&self, bytes: &[u8]) -> Vec<u8> {
        self.apply_within(bytes, &(0..bytes.len()))
    }

    /// A stretch of the file that holds every edit, with the change made.
    pub(super) fn apply_within(&self, bytes: &[u8], stretch: &Range<usize>) -> Vec<u8> {
        let grown: usize = self.edits.iter().map(|(_, with)| with.len()).sum();
        let mut made = Vec::with_capacity(stretch.len() + grown);
        let mut from = stretch.start;
        for (range, with) in &self.edits {
            made.extend_from_slice(&bytes[from..range.start]);
            made.extend_from_slice(with);
            from = range.end;
        }
        made.extend_from_slice(&bytes[from..stretch.end]);
        made
    }

    /// Whether the file would stay as it is.
    pub(super) fn changes_nothing(&self, bytes: &[u8]) -> bool {
        let mut edits = self.edits.iter();
        edits.all(|(range, with)| bytes[range.clone()] == **with)
    }
}
