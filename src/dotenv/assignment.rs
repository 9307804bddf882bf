//! `NAME=value` as it stands in a line: where its parts are, and where its quotes close.

use std::ops::Range;

use memchr::{memchr, memchr_iter, memchr2};

use super::lines::line_ends;

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

impl Assignment {
    /// Reads the line that begins at `start` and whose text ends at `body_end`. Quotes may hold
    /// further lines to it: then the value ends behind `body_end`.
    pub(super) fn read(bytes: &[u8], start: usize, body_end: usize) -> Option<Self> {
        let head = head(bytes, start, body_end)?;
        let written = written(bytes, head.equals + 1, body_end);
        Some(Self {
            name: head.name,
            equals: head.equals,
            is_spaced: head.is_spaced,
            value: written.span,
            style: written.style,
            comment: written.comment,
            is_unbalanced: written.is_unbalanced,
        })
    }
}

/// A name with its `=`, as found in a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) name: Range<usize>,
    pub(super) equals: usize,
    pub(super) is_spaced: bool,
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

/// What stands from `from`, right behind the `=`, to the end of the line.
fn written(bytes: &[u8], from: usize, body_end: usize) -> Written {
    let start = skip_blanks(bytes, from, body_end);
    let empty = |comment| Written {
        span: from..from,
        style: Style::Empty,
        comment,
        is_unbalanced: false,
    };
    if start == body_end {
        return empty(None);
    }
    match bytes[start] {
        b'#' => empty(Some(start)),
        quote @ (b'"' | b'\'' | b'`') => {
            let open = || Written {
                is_unbalanced: true,
                ..bare(bytes, start, body_end)
            };
            quoted(bytes, start, body_end, quote).unwrap_or_else(open)
        }
        _ => bare(bytes, start, body_end),
    }
}

/// A value that opens with a quote at `start`, if the quote closes well.
fn quoted(bytes: &[u8], start: usize, body_end: usize, quote: u8) -> Option<Written> {
    let closing_at = |close: usize, is_unbalanced| {
        let comment = match rest_after_quote(bytes, close + 1) {
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
    let hidden_by_backslashes = closing_quote(bytes, start + 1, quote);
    let closed = hidden_by_backslashes.and_then(|close| closing_at(close, false));
    // `'C:\dir\'`: for some the backslash hides the quote, for others it does not.
    closed.or_else(|| {
        let found = memchr(quote, &bytes[start + 1..body_end])?;
        closing_at(start + 1 + found, true)
    })
}

fn rest_after_quote(bytes: &[u8], after: usize) -> Rest {
    let (body_end, _) = line_ends(bytes, after);
    let rest = skip_blanks(bytes, after, body_end);
    if rest == body_end {
        Rest::Nothing
    } else if bytes[rest] == b'#' {
        Rest::Comment(rest)
    } else {
        Rest::Text
    }
}

/// A bare value that begins at `start`; a `#` behind a blank ends it.
fn bare(bytes: &[u8], start: usize, body_end: usize) -> Written {
    if !bytes[start..body_end].iter().any(|&byte| is_marked(byte)) {
        return Written {
            span: start..trim_end(bytes, start, body_end),
            style: Style::Bare,
            comment: None,
            is_unbalanced: false,
        };
    }
    let (mut end, mut comment, mut from) = (body_end, None, start);
    while let Some(found) = memchr(b'#', &bytes[from..body_end]) {
        let hash = from + found;
        if hash > start && is_blank(bytes[hash - 1]) {
            (end, comment) = (hash, Some(hash));
            break;
        }
        from = hash + 1;
    }
    let span = start..trim_end(bytes, start, end);
    Written {
        is_unbalanced: has_odd_quotes(&bytes[span.clone()]),
        span,
        style: Style::Bare,
        comment,
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
