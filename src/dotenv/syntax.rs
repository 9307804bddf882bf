//! Bytes of a .env file as items that print back byte for byte.
//!
//! Any bytes can be scanned; [`trouble`] tells which files must not be edited. Nothing is decoded:
//! an item is a range of the file. A line ends with `\n`, and the `\r`s right before it belong to
//! the line end; no other byte separates lines. The time is linear in the size of the file.
//!
//! Almost every item is one line, and a line tells by itself what it is. So a scan keeps only the
//! items of several lines, and reads the others when they are asked for: a file of 10 MB costs
//! neither the memory of half a million items nor the time to make them.

use std::iter::from_fn;
use std::ops::Range;

use memchr::{memchr, memchr_iter, memchr3, memmem, memrchr};

pub use super::assignment::{Assignment, Style};
pub(super) use super::assignment::{head, is_blank, skip_blanks};
use super::calm;
use super::heredoc::Heredocs;
use super::lines::line_ends;
use super::refusal::{Reason, Refusal};

/// The UTF-8 byte order mark.
pub const BOM: &[u8] = b"\xEF\xBB\xBF";

/// A file, scanned. Its items follow each other without a gap, after the byte order mark if there
/// is one.
#[derive(Clone, Debug)]
pub struct Scan<'a> {
    /// The whole file.
    pub bytes: &'a [u8],
    /// It begins with a byte order mark.
    pub has_bom: bool,
    /// The items of several lines, in order; every other line is an item of its own.
    blocks: Vec<Item>,
}

/// One line, or several where quotes or a heredoc hold them together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its bytes, the last line end included.
    pub span: Range<usize>,
    /// Where its last line end begins; the end of `span` when there is none.
    pub body_end: usize,
    /// The number of its first line, from 1.
    pub line: usize,
    /// What it is.
    pub kind: Kind,
}

/// What an item is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An empty line.
    Blank,
    /// A line of blanks only.
    Blanks,
    /// A comment; not always in column 0.
    Comment {
        /// Blanks stand before the `#`.
        is_indented: bool,
    },
    /// `NAME=value`.
    Assignment(Assignment),
    /// A line that holds a heredoc, its body, and the line that ends it.
    Heredoc,
    /// Anything else.
    Junk,
}

/// A part of a file, for questions to which all calm lines give the same answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Stretch {
    /// Calm lines in a row.
    Calm {
        /// Where the last of them begins.
        last: usize,
    },
    /// An item that is no calm line.
    Other(Item),
}

impl<'a> Scan<'a> {
    /// Scans any bytes.
    pub fn new(bytes: &'a [u8]) -> Self {
        let has_bom = bytes.starts_with(BOM);
        let first = if has_bom { BOM.len() } else { 0 };
        Self {
            bytes,
            has_bom,
            blocks: blocks(bytes, first),
        }
    }

    /// Where the first item begins.
    pub(super) fn first(&self) -> usize {
        if self.has_bom { BOM.len() } else { 0 }
    }

    /// The bytes of a range.
    pub fn text(&self, range: &Range<usize>) -> &'a [u8] {
        &self.bytes[range.clone()]
    }

    /// An item's bytes without its last line end.
    pub fn body(&self, item: &Item) -> &'a [u8] {
        &self.bytes[item.span.start..item.body_end]
    }

    /// An item's line end; empty when the file ends without one.
    pub fn line_end(&self, item: &Item) -> &'a [u8] {
        &self.bytes[item.body_end..item.span.end]
    }

    /// Every item, read one after the other.
    pub fn items(&self) -> Items<'_> {
        Items {
            bytes: self.bytes,
            blocks: &self.blocks,
            at: self.first(),
            line: 1,
        }
    }

    /// Every item, with calm lines in a row passed over at once.
    pub(super) fn stretches(&self) -> impl Iterator<Item = Stretch> + '_ {
        let mut items = self.items();
        from_fn(move || match items.pass_calm_lines() {
            Some(last) => Some(Stretch::Calm { last }),
            None => items.next().map(Stretch::Other),
        })
    }

    /// The items from the one on that holds this place of the file.
    pub(super) fn items_from(&self, place: usize) -> Items<'_> {
        let mut items = self.items();
        items.skip_to(place);
        items
    }

    /// The items that hold any of these places, which ascend: each item once.
    fn holding<'s>(
        &'s self,
        places: impl Iterator<Item = usize> + 's,
    ) -> impl Iterator<Item = Item> + 's {
        let mut items = self.items();
        places.filter_map(move |place| {
            if !(items.at..items.bytes.len()).contains(&place) {
                return None;
            }
            items.skip_to(place);
            items.next()
        })
    }

    /// The items in whose bytes the name occurs in whatever way: a look at these answers most
    /// questions about it.
    pub(super) fn mentioning<'s>(&'s self, name: &'s str) -> impl Iterator<Item = Item> + 's {
        self.holding(memmem::find_iter(self.bytes, name.as_bytes()))
    }

    /// Every assignment, with the item that it is.
    pub fn assignments(&self) -> impl Iterator<Item = (Item, Assignment)> + '_ {
        self.items().filter_map(Item::with_assignment)
    }

    /// The assignments to exactly this name.
    pub fn assignments_to<'s>(
        &'s self,
        name: &'s str,
    ) -> impl Iterator<Item = (Item, Assignment)> + 's {
        let mentioning = self.mentioning(name).filter_map(Item::with_assignment);
        mentioning.filter(|(_, pair)| self.text(&pair.name) == name.as_bytes())
    }

    /// A value without the quotes round it, escapes as they stand.
    pub fn content(&self, assignment: &Assignment) -> &'a [u8] {
        let written = self.text(&assignment.value);
        match (assignment.style, written) {
            (Style::Quoted(_), [_, inner @ .., _]) => inner,
            _ => written,
        }
    }
}

impl Item {
    /// Reads the line that begins at `start`, with the lines that quotes hold to it.
    fn read(bytes: &[u8], start: usize, line: usize) -> Self {
        let (mut body_end, mut end) = line_ends(bytes, start);
        let first = skip_blanks(bytes, start, body_end);
        let kind = if first == body_end {
            if first == start {
                Kind::Blank
            } else {
                Kind::Blanks
            }
        } else if bytes[first] == b'#' {
            let is_indented = first > start;
            Kind::Comment { is_indented }
        } else if let Some(assignment) = Assignment::read(bytes, start, body_end) {
            if assignment.value.end > body_end {
                (body_end, end) = line_ends(bytes, assignment.value.end);
            }
            Kind::Assignment(assignment)
        } else {
            Kind::Junk
        };
        Self {
            span: start..end,
            body_end,
            line,
            kind,
        }
    }

    pub(super) fn with_assignment(self) -> Option<(Self, Assignment)> {
        match &self.kind {
            Kind::Assignment(assignment) => {
                let assignment = assignment.clone();
                Some((self, assignment))
            }
            _ => None,
        }
    }

    /// The same as a heredoc, where it opens one that ends.
    fn or_heredoc<'a>(self, bytes: &'a [u8], heredocs: &mut Heredocs<'a>) -> Self {
        let text = match &self.kind {
            Kind::Junk => self.span.start..self.body_end,
            Kind::Assignment(pair) if pair.style == Style::Bare => pair.value.clone(),
            _ => return self,
        };
        let Some(last_line) = heredocs.last_line(bytes, &bytes[text], self.body_end) else {
            return self;
        };
        let (body_end, end) = line_ends(bytes, last_line);
        Self {
            span: self.span.start..end,
            body_end,
            kind: Kind::Heredoc,
            ..self
        }
    }
}

/// The items of several lines. Only a quote or a `<<` begins one: what stands before the next of
/// these is passed over unread, and so are calm lines.
fn blocks(bytes: &[u8], first: usize) -> Vec<Item> {
    let mut heredocs = Heredocs::default();
    let next_quote = |from: usize| {
        let found = memchr3(b'\'', b'"', b'`', &bytes[from..]);
        found.map(|found| from + found)
    };
    // Each is looked for again only when it is passed: a file may be full of the one and lack the
    // other.
    let mut quote = next_quote(first);
    let mut openings = memmem::find_iter(bytes, b"<<").peekable();
    let (mut blocks, mut at) = (Vec::new(), first);
    let (mut line, mut counted) = (1, first);
    while at < bytes.len() {
        while openings.next_if(|&opening| opening < at).is_some() {}
        if quote.is_some_and(|quote| quote < at) {
            quote = next_quote(at);
        }
        let Some(mark) = quote.into_iter().chain(openings.peek().copied()).min() else {
            break;
        };
        at = line_start(bytes, at, mark);
        while let Some(end) = calm::line_end(bytes, at) {
            at = end;
        }
        let item = Item::read(bytes, at, 0).or_heredoc(bytes, &mut heredocs);
        let start = std::mem::replace(&mut at, item.span.end);
        if memchr(b'\n', &bytes[start..item.body_end]).is_some() {
            line += count_lines(bytes, counted..start);
            counted = start;
            blocks.push(Item { line, ..item });
        }
    }
    blocks
}

/// Where the line begins that holds `place`; `from` is a line start before it.
fn line_start(bytes: &[u8], from: usize, place: usize) -> usize {
    memrchr(b'\n', &bytes[from..place]).map_or(from, |feed| from + feed + 1)
}

fn count_lines(bytes: &[u8], range: Range<usize>) -> usize {
    memchr_iter(b'\n', &bytes[range]).count()
}

/// Items of a scan, one after the other.
#[derive(Clone, Debug)]
pub struct Items<'s> {
    bytes: &'s [u8],
    /// The items of several lines from `at` on.
    blocks: &'s [Item],
    at: usize,
    line: usize,
}

impl Items<'_> {
    /// Goes on to the item that holds this place, which must not lie behind.
    fn skip_to(&mut self, place: usize) {
        let passed = self.blocks.partition_point(|block| block.span.end <= place);
        let (passed, left) = self.blocks.split_at(passed);
        let from = passed.last().map_or(self.at, |block| block.span.end);
        let start = match left.first() {
            Some(block) if block.span.start <= place => block.span.start,
            _ => line_start(self.bytes, from, place),
        };
        self.line += count_lines(self.bytes, self.at..start);
        (self.blocks, self.at) = (left, start);
    }

    /// Passes calm lines and tells where the last of them begins; `None` where none is next.
    fn pass_calm_lines(&mut self) -> Option<usize> {
        let mut last = None;
        while let Some(end) = calm::line_end(self.bytes, self.at) {
            last = Some(self.at);
            self.at = end;
            self.line += 1;
        }
        last
    }
}

impl Iterator for Items<'_> {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        if self.at >= self.bytes.len() {
            return None;
        }
        let item = match self.blocks.split_first() {
            Some((block, rest)) if block.span.start == self.at => {
                self.blocks = rest;
                self.line += count_lines(self.bytes, block.span.clone());
                block.clone()
            }
            _ => {
                let item = Item::read(self.bytes, self.at, self.line);
                self.line += 1;
                item
            }
        };
        self.at = item.span.end;
        Some(item)
    }
}

/// Whether a file must not be edited: UTF-16, a NUL, or a CR that does not belong to a line end.
pub fn trouble(bytes: &[u8]) -> Result<(), Refusal> {
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        return Err(Refusal::of_file(Reason::Utf16));
    }
    let line_of = |at: usize| memchr_iter(b'\n', &bytes[..at]).count() + 1;
    if let Some(at) = memchr(0, bytes) {
        return Err(Refusal::at(line_of(at), Reason::Nul));
    }
    let mut from = 0;
    while let Some(found) = memchr(b'\r', &bytes[from..]) {
        let at = from + found;
        let returns = bytes[at..].iter().take_while(|&&byte| byte == b'\r');
        from = at + returns.count();
        if bytes.get(from) != Some(&b'\n') {
            return Err(Refusal::at(line_of(at), Reason::LoneCr));
        }
    }
    Ok(())
}

#[cfg(test)]
#[path = "syntax_tests.rs"]
mod tests;
