//! Which lines of two files a comparison has to look at: what both begin and end with is left out,
//! but for a little context. In a file of 10 MB that is a handful of lines.

use std::ops::Range;

use memchr::{memchr, memchr_iter, memrchr};

use super::lines::line_ends;
use super::syntax::BOM;

/// How many unchanged lines are shown round a change.
pub(super) const CONTEXT: usize = 2;

/// How many bytes are compared at once: much faster than one by one.
const CHUNK: usize = 4096;

/// The lines of two files that may differ, with [`CONTEXT`] lines round them that do not. What lies
/// outside is the same, line by line; line ends do not count.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Sight {
    pub(super) old: Range<usize>,
    pub(super) new: Range<usize>,
    /// How many lines stand above, in either file.
    pub(super) above: usize,
}

impl Sight {
    /// Of two files; byte order marks are no part of any line.
    pub(super) fn of(old: &[u8], new: &[u8]) -> Self {
        let (mut old, mut new) = (Side::new(old), Side::new(new));
        pass_head(&mut old, &mut new);
        pass_tail(&mut old, &mut new);
        old.widen();
        new.widen();
        Self {
            above: memchr_iter(b'\n', &old.bytes[old.first..old.left.start]).count(),
            old: old.left,
            new: new.left,
        }
    }
}

/// One of the two files, and what of it is left to look at: whole lines.
struct Side<'a> {
    bytes: &'a [u8],
    /// Where its first line begins.
    first: usize,
    left: Range<usize>,
}

impl<'a> Side<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        let has_bom = bytes.starts_with(BOM);
        let first = if has_bom { BOM.len() } else { 0 };
        Self {
            bytes,
            first,
            left: first..bytes.len(),
        }
    }

    fn left(&self) -> &'a [u8] {
        &self.bytes[self.left.clone()]
    }

    /// The first line that is left: its text, and where the next one begins.
    fn next_line(&self) -> Option<(&'a [u8], usize)> {
        if self.left.is_empty() {
            return None;
        }
        let (body_end, end) = line_ends(self.bytes, self.left.start);
        Some((&self.bytes[self.left.start..body_end], end))
    }

    /// Where the line begins that ends at `end`, its line end included.
    fn line_above(&self, end: usize) -> usize {
        let feed = memrchr(b'\n', &self.bytes[self.first..end - 1]);
        feed.map_or(self.first, |feed| self.first + feed + 1)
    }

    /// Takes the context round it back in.
    fn widen(&mut self) {
        for _ in 0..CONTEXT {
            if self.left.start > self.first {
                self.left.start = self.line_above(self.left.start);
            }
            if self.left.end < self.bytes.len() {
                self.left.end = line_ends(self.bytes, self.left.end).1;
            }
        }
    }
}

/// Passes the lines that both begin with: most by their bytes, then those that differ in line ends.
fn pass_head(old: &mut Side<'_>, new: &mut Side<'_>) {
    let same = same_bytes(
        old.left().chunks(CHUNK),
        new.left().chunks(CHUNK),
        |(x, y)| x.iter().zip(y).take_while(|(x, y)| x == y).count(),
    );
    let lines = memrchr(b'\n', &old.left()[..same]).map_or(0, |feed| feed + 1);
    old.left.start += lines;
    new.left.start += lines;
    while let (Some((text, end)), Some((other, other_end))) = (old.next_line(), new.next_line())
        && text == other
    {
        (old.left.start, new.left.start) = (end, other_end);
    }
}

/// Passes the lines that both end with, by their bytes. The head comes first: a line that one file
/// has once more often is new at its last place.
fn pass_tail(old: &mut Side<'_>, new: &mut Side<'_>) {
    let same = same_bytes(
        old.left().rchunks(CHUNK),
        new.left().rchunks(CHUNK),
        |(x, y)| {
            let pairs = x.iter().rev().zip(y.iter().rev());
            pairs.take_while(|(x, y)| x == y).count()
        },
    );
    let tail = &old.left()[old.left().len() - same..];
    let lines = memchr(b'\n', tail).map_or(0, |feed| tail.len() - feed - 1);
    old.left.end -= lines;
    new.left.end -= lines;
}

/// How many bytes are the same until the first that differ, by chunks; `within` tells it of two
/// chunks.
fn same_bytes<'a>(
    old: impl Iterator<Item = &'a [u8]>,
    new: impl Iterator<Item = &'a [u8]>,
    within: impl Fn((&'a [u8], &'a [u8])) -> usize,
) -> usize {
    let mut same = 0;
    for (x, y) in old.zip(new) {
        if x != y {
            return same + within((x, y));
        }
        same += x.len();
    }
    same
}
