//! Bytes of a .env file as items that print back byte for byte.
//!
//! Any bytes can be scanned; [`trouble`] tells which files must not be edited. Nothing is decoded:
//! an item is a range of the file. A line ends with `\n`, and the `\r`s right before it belong to
//! the line end; no other byte separates lines. The time is linear in the size of the file.

use std::ops::Range;

use memchr::{memchr, memchr_iter, memchr2, memmem};

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
    /// Its lines; a value or a heredoc over several lines is one item.
    pub items: Vec<Item>,
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

/// The parts of an assignment. Ranges are of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// The name.
    pub name: Range<usize>,
    /// Where the `=` is.
    pub equals: usize,
    /// Blanks stand before the `=`.
    pub is_spaced: bool,
    /// The value as written, its quotes included; empty right after the `=` when there is none.
    pub value: Range<usize>,
    /// How it is written.
    pub style: Style,
    /// Where the `#` of an inline comment is.
    pub comment: Option<usize>,
    /// Readers differ on where its quotes close.
    pub is_unbalanced: bool,
}

/// How a value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Not at all.
    Empty,
    /// Without quotes round it.
    Bare,
    /// Within this quote: `'`, `"` or a backtick.
    Quoted(u8),
}

/// A name with its `=`, as found in a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) name: Range<usize>,
    pub(super) equals: usize,
    pub(super) is_spaced: bool,
}

impl<'a> Scan<'a> {
    /// Scans any bytes.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self::reusing(Vec::new(), bytes)
    }

    /// Scans into the memory of an earlier scan's items: for a big file, new memory costs as much as
    /// the reading.
    pub(super) fn reusing(mut items: Vec<Item>, bytes: &'a [u8]) -> Self {
        items.clear();
        let has_bom = bytes.starts_with(BOM);
        let mut scanner = Scanner {
            bytes,
            at: if has_bom { BOM.len() } else { 0 },
            line: 1,
            heredocs: Heredocs::default(),
        };
        items.reserve(memchr_iter(b'\n', bytes).count() + 2);
        while scanner.at < bytes.len() {
            items.push(scanner.item());
        }
        Self {
            bytes,
            has_bom,
            items,
        }
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

    /// The items, by their place, in whose bytes the name occurs in whatever way: a look at these
    /// answers most questions about it.
    pub(super) fn mentioning<'s>(&'s self, name: &'s str) -> impl Iterator<Item = usize> + 's {
        let mut last = None;
        memmem::find_iter(self.bytes, name.as_bytes()).filter_map(move |found| {
            let at = self.items.partition_point(|item| item.span.end <= found);
            (last.replace(at) != Some(at)).then_some(at)
        })
    }

    /// Every assignment, with its place among the items.
    pub fn assignments(&self) -> impl Iterator<Item = (usize, &Item, &Assignment)> {
        let indexed = self.items.iter().enumerate();
        indexed.filter_map(|(at, item)| match &item.kind {
            Kind::Assignment(assignment) => Some((at, item, assignment)),
            _ => None,
        })
    }

    /// The assignments to exactly this name.
    pub fn assignments_to<'s>(
        &'s self,
        name: &'s str,
    ) -> impl Iterator<Item = (usize, &'s Item, &'s Assignment)> {
        self.mentioning(name).filter_map(move |at| {
            let item = self.items.get(at)?;
            match &item.kind {
                Kind::Assignment(assignment) => {
                    let is_it = self.text(&assignment.name) == name.as_bytes();
                    is_it.then_some((at, item, assignment))
                }
                _ => None,
            }
        })
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

/// Finds `[blanks] [export blanks] NAME [blanks] =` at the start of `bytes[from..end]`.
pub(super) fn head(bytes: &[u8], from: usize, end: usize) -> Option<Head> {
    let start = skip_blanks(bytes, from, end);
    let exported = bytes[start..end]
        .strip_prefix(b"export")
        .filter(|rest| rest.first().copied().is_some_and(is_blank))
        .and_then(|_| name_and_equals(bytes, skip_blanks(bytes, start + "export".len(), end), end));
    exported.or_else(|| name_and_equals(bytes, start, end))
}

fn name_and_equals(bytes: &[u8], start: usize, end: usize) -> Option<Head> {
    let name_end = find(bytes, start, end, |byte| !is_name_byte(byte));
    let equals = skip_blanks(bytes, name_end, end);
    let is_head = name_end > start && equals < end && bytes[equals] == b'=';
    is_head.then_some(Head {
        name: start..name_end,
        equals,
        is_spaced: equals > name_end,
    })
}

/// Blank and tab: nothing else separates words in every reader.
pub(super) fn is_blank(byte: u8) -> bool {
    byte == b' ' || byte == b'\t'
}

fn is_name_byte(byte: u8) -> bool {
    !matches!(
        byte,
        b' ' | b'\t'
            | b'='
            | b'#'
            | b'\''
            | b'"'
            | b'$'
            | b'('
            | b')'
            | b'{'
            | b'}'
            | b';'
            | b'&'
            | b'|'
            | b'<'
            | b'>'
            | b':'
            | b'`'
    )
}

/// The first place in `from..end` where `wanted` holds, or `end`.
fn find(bytes: &[u8], from: usize, end: usize, wanted: impl Fn(u8) -> bool) -> usize {
    let found = bytes[from..end].iter().position(|&byte| wanted(byte));
    found.map_or(end, |found| from + found)
}

/// The first place from `from` on that is not a blank, at most `end`.
pub(super) fn skip_blanks(bytes: &[u8], from: usize, end: usize) -> usize {
    find(bytes, from, end, |byte| !is_blank(byte))
}

/// The end of `from..end` without the blanks at its end.
fn trim_end(bytes: &[u8], from: usize, end: usize) -> usize {
    let kept = bytes[from..end].iter().rposition(|&byte| !is_blank(byte));
    kept.map_or(from, |last| from + last + 1)
}

/// A value as it stands behind an `=`.
struct Written {
    span: Range<usize>,
    style: Style,
    comment: Option<usize>,
    is_unbalanced: bool,
}

/// What stands behind a closing quote, up to the end of the line.
enum Rest {
    Nothing,
    Comment(usize),
    Text,
}

struct Scanner<'a> {
    bytes: &'a [u8],
    at: usize,
    line: usize,
    heredocs: Heredocs<'a>,
}

impl Scanner<'_> {
    fn item(&mut self) -> Item {
        let start = self.at;
        let (mut body_end, first_end) = line_ends(self.bytes, start);
        let mut end = first_end;
        let first = skip_blanks(self.bytes, start, body_end);
        let kind = if first == body_end {
            if first == start {
                Kind::Blank
            } else {
                Kind::Blanks
            }
        } else if self.bytes[first] == b'#' {
            let is_indented = first > start;
            Kind::Comment { is_indented }
        } else if let Some(head) = head(self.bytes, start, body_end) {
            let assignment = self.assignment(head, body_end);
            if assignment.value.end > body_end {
                (body_end, end) = line_ends(self.bytes, assignment.value.end);
            }
            Kind::Assignment(assignment)
        } else {
            Kind::Junk
        };
        let kind = match self.heredoc_end(&kind, start, body_end) {
            Some(last_line) => {
                (body_end, end) = line_ends(self.bytes, last_line);
                Kind::Heredoc
            }
            None => kind,
        };
        let item = Item {
            span: start..end,
            body_end,
            line: self.line,
            kind,
        };
        self.line += if end == first_end {
            1
        } else {
            memchr_iter(b'\n', &self.bytes[start..end]).count()
        };
        self.at = end;
        item
    }

    fn assignment(&self, head: Head, body_end: usize) -> Assignment {
        let written = self.written(head.equals + 1, body_end);
        Assignment {
            name: head.name,
            equals: head.equals,
            is_spaced: head.is_spaced,
            value: written.span,
            style: written.style,
            comment: written.comment,
            is_unbalanced: written.is_unbalanced,
        }
    }

    /// What stands from `from`, right behind the `=`, to the end of the line.
    fn written(&self, from: usize, body_end: usize) -> Written {
        let start = skip_blanks(self.bytes, from, body_end);
        let empty = |comment| Written {
            span: from..from,
            style: Style::Empty,
            comment,
            is_unbalanced: false,
        };
        if start == body_end {
            return empty(None);
        }
        match self.bytes[start] {
            b'#' => empty(Some(start)),
            quote @ (b'"' | b'\'' | b'`') => {
                let open = || Written {
                    is_unbalanced: true,
                    ..self.bare(start, body_end)
                };
                self.quoted(start, body_end, quote).unwrap_or_else(open)
            }
            _ => self.bare(start, body_end),
        }
    }

    /// A value that opens with a quote at `start`, if the quote closes well.
    fn quoted(&self, start: usize, body_end: usize, quote: u8) -> Option<Written> {
        let closing_at = |close: usize, is_unbalanced| {
            let comment = match self.rest_after_quote(close + 1) {
                Rest::Nothing => None,
                Rest::Comment(at) => Some(at),
                Rest::Text => return None,
            };
            Some(Written {
                span: start..close + 1,
                style: Style::Quoted(quote),
                comment,
                is_unbalanced,
            })
        };
        let hidden_by_backslashes = closing_quote(self.bytes, start + 1, quote);
        let closed = hidden_by_backslashes.and_then(|close| closing_at(close, false));
        // `'C:\dir\'`: for some the backslash hides the quote, for others it does not.
        closed.or_else(|| {
            let found = memchr(quote, &self.bytes[start + 1..body_end])?;
            closing_at(start + 1 + found, true)
        })
    }

    fn rest_after_quote(&self, after: usize) -> Rest {
        let (body_end, _) = line_ends(self.bytes, after);
        let rest = skip_blanks(self.bytes, after, body_end);
        if rest == body_end {
            Rest::Nothing
        } else if self.bytes[rest] == b'#' {
            Rest::Comment(rest)
        } else {
            Rest::Text
        }
    }

    /// A bare value that begins at `start`; a `#` behind a blank ends it.
    fn bare(&self, start: usize, body_end: usize) -> Written {
        if !self.bytes[start..body_end]
            .iter()
            .any(|&byte| is_marked(byte))
        {
            return Written {
                span: start..trim_end(self.bytes, start, body_end),
                style: Style::Bare,
                comment: None,
                is_unbalanced: false,
            };
        }
        let (mut end, mut comment, mut from) = (body_end, None, start);
        while let Some(found) = memchr(b'#', &self.bytes[from..body_end]) {
            let hash = from + found;
            if hash > start && is_blank(self.bytes[hash - 1]) {
                (end, comment) = (hash, Some(hash));
                break;
            }
            from = hash + 1;
        }
        let span = start..trim_end(self.bytes, start, end);
        Written {
            is_unbalanced: has_odd_quotes(&self.bytes[span.clone()]),
            span,
            style: Style::Bare,
            comment,
        }
    }

    /// Where the last line of a heredoc begins, when this line opens one that ends.
    fn heredoc_end(&mut self, kind: &Kind, start: usize, body_end: usize) -> Option<usize> {
        let text = match kind {
            Kind::Junk => start..body_end,
            Kind::Assignment(assignment) if assignment.style == Style::Bare => {
                assignment.value.clone()
            }
            _ => return None,
        };
        self.heredocs
            .last_line(self.bytes, &self.bytes[text], body_end)
    }
}

/// A byte that makes a bare value worth a second look.
fn is_marked(byte: u8) -> bool {
    matches!(byte, b'#' | b'\'' | b'"')
}

fn has_odd_quotes(value: &[u8]) -> bool {
    if memchr2(b'\'', b'"', value).is_none() {
        return false;
    }
    [b'\'', b'"']
        .iter()
        .any(|&quote| memchr_iter(quote, value).count() % 2 == 1)
}

/// The next `quote` from `from` on that no backslash hides, over any number of lines.
fn closing_quote(bytes: &[u8], from: usize, quote: u8) -> Option<usize> {
    let mut at = from;
    loop {
        at += memchr2(b'\\', quote, bytes.get(at..)?)?;
        if bytes[at] == quote {
            return Some(at);
        }
        at += 2;
    }
}

#[cfg(test)]
#[path = "syntax_tests.rs"]
mod tests;
