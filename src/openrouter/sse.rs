//! Server-sent events out of bytes, by the WHATWG rules, whatever the chunk borders.
//!
//! Lines end in LF, CR or CRLF; one byte order mark is dropped; every line is decoded on its own, so
//! a character may be split anywhere. Beyond the rules, comments are surfaced (they are signs of
//! life), and so are lines of no known field (some servers write errors that way). Lines and events
//! have a greatest size. The work grows with the bytes, not with how they are cut.

use std::borrow::Cow;
use std::fmt;

/// The longest line, in bytes.
const LONGEST_LINE: usize = 8 * 1024 * 1024;
/// The longest event, in bytes of all its data lines.
const LONGEST_EVENT: usize = 16 * 1024 * 1024;

/// One thing that stands in a stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SseItem {
    /// A line that begins with a colon: its text.
    Comment(String),
    /// An event.
    Event {
        /// Its `event:` field; empty for most.
        name: String,
        /// Its `data:` lines, joined by newlines.
        data: String,
    },
    /// A line of no known field, whole.
    Stray(String),
}

/// A line or an event is larger than any answer. Nothing after it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLong;

impl fmt::Display for TooLong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a line or an event is larger than any answer")
    }
}

impl std::error::Error for TooLong {}

/// Reads one stream. Feed it with [`SseParser::push`] as bytes arrive, end it with
/// [`SseParser::finish`].
#[derive(Debug)]
pub struct SseParser {
    longest_line: usize,
    longest_event: usize,
    /// The line that has no end yet: it may stop inside a character.
    line: Vec<u8>,
    name: String,
    data: Option<String>,
    is_first_line: bool,
    /// The last byte was a CR: an LF right after it belongs to it.
    after_cr: bool,
    is_broken: bool,
}

impl Default for SseParser {
    fn default() -> Self {
        Self::with_limits(LONGEST_LINE, LONGEST_EVENT)
    }
}

impl SseParser {
    /// A parser with its own greatest sizes, in bytes.
    pub fn with_limits(longest_line: usize, longest_event: usize) -> Self {
        Self {
            longest_line,
            longest_event,
            line: Vec::new(),
            name: String::new(),
            data: None,
            is_first_line: true,
            after_cr: false,
            is_broken: false,
        }
    }

    /// Takes the next bytes in and adds what they complete to `items`. What was complete before the
    /// trouble is added also when the answer is [`TooLong`].
    pub fn push(&mut self, bytes: &[u8], items: &mut Vec<SseItem>) -> Result<(), TooLong> {
        let mut rest = bytes;
        while !self.is_broken && !rest.is_empty() {
            if self.after_cr {
                self.after_cr = false;
                if let Some(after) = rest.strip_prefix(b"\n") {
                    rest = after;
                    continue;
                }
            }
            let end = memchr::memchr2(b'\n', b'\r', rest);
            let (piece, ending) = rest.split_at(end.unwrap_or(rest.len()));
            if self.line.len() + piece.len() > self.longest_line {
                self.is_broken = true;
                break;
            }
            let Some((&ending, after)) = ending.split_first() else {
                self.line.extend_from_slice(piece);
                break;
            };
            self.after_cr = ending == b'\r';
            rest = after;
            self.end_line(piece, items);
        }
        if self.is_broken { Err(TooLong) } else { Ok(()) }
    }

    /// The stream has ended. An event whose closing blank line never came is surfaced all the same:
    /// some servers leave it out after `[DONE]`.
    pub fn finish(&mut self, items: &mut Vec<SseItem>) {
        if self.is_broken {
            return;
        }
        if !self.line.is_empty() {
            self.end_line(&[], items);
        }
        // The last line may have been the one too many: half an event is none.
        if !self.is_broken {
            self.dispatch(items);
        }
        self.is_broken = true;
    }

    /// One line is complete: what waited of it, and the piece that ended it.
    fn end_line(&mut self, piece: &[u8], items: &mut Vec<SseItem>) {
        let mut waited = std::mem::take(&mut self.line);
        let line = if waited.is_empty() {
            decoded(piece)
        } else {
            waited.extend_from_slice(piece);
            Cow::Owned(decoded(&waited).into_owned())
        };
        let line: &str = &line;
        let line = if self.is_first_line {
            line.strip_prefix('\u{feff}').unwrap_or(line)
        } else {
            line
        };
        self.is_first_line = false;
        self.read_line(line, items);
        // The room is kept for the next line.
        waited.clear();
        self.line = waited;
    }

    fn read_line(&mut self, line: &str, items: &mut Vec<SseItem>) {
        if line.is_empty() {
            self.dispatch(items);
            return;
        }
        if let Some(comment) = line.strip_prefix(':') {
            items.push(SseItem::Comment(without_blank(comment).to_owned()));
            return;
        }
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        match field {
            "data" => self.add_data(without_blank(value)),
            "event" => without_blank(value).clone_into(&mut self.name),
            // They serve reconnecting, and an answer is never asked for twice.
            "id" | "retry" => {}
            _ => items.push(SseItem::Stray(line.to_owned())),
        }
    }

    fn add_data(&mut self, value: &str) {
        let held = self.data.as_ref().map_or(0, String::len);
        if held + value.len() > self.longest_event {
            self.is_broken = true;
            return;
        }
        match &mut self.data {
            Some(data) => {
                data.push('\n');
                data.push_str(value);
            }
            none => *none = Some(value.to_owned()),
        }
    }

    fn dispatch(&mut self, items: &mut Vec<SseItem>) {
        let name = std::mem::take(&mut self.name);
        if let Some(data) = self.data.take() {
            items.push(SseItem::Event { name, data });
        }
    }
}

/// The same as `from_utf8_lossy`, which is slow where nothing is lost: the usual case.
fn decoded(line: &[u8]) -> Cow<'_, str> {
    std::str::from_utf8(line).map_or_else(|_| String::from_utf8_lossy(line), Cow::Borrowed)
}

/// One blank after the colon belongs to the notation.
fn without_blank(value: &str) -> &str {
    value.strip_prefix(' ').unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parse_in(chunks: &[&[u8]]) -> Vec<SseItem> {
        let mut parser = SseParser::default();
        let mut items = Vec::new();
        for chunk in chunks {
            parser.push(chunk, &mut items).unwrap();
        }
        parser.finish(&mut items);
        items
    }

    fn parse(text: &str) -> Vec<SseItem> {
        parse_in(&[text.as_bytes()])
    }

    fn event(data: &str) -> SseItem {
        SseItem::Event {
            name: String::new(),
            data: data.into(),
        }
    }

    #[test]
    fn events_comments_and_strays_are_told_apart() {
        let text = ": OPENROUTER PROCESSING\n\nevent: error\ndata: {}\n\nid: 7\nretry: 10\n\
                    data:one\ndata: two\n\nerror: {\"x\":1}\ndata: [DONE]\n\n";
        assert_eq!(
            parse(text),
            [
                SseItem::Comment("OPENROUTER PROCESSING".into()),
                SseItem::Event {
                    name: "error".into(),
                    data: "{}".into()
                },
                event("one\ntwo"),
                SseItem::Stray("error: {\"x\":1}".into()),
                event("[DONE]"),
            ]
        );
    }

    #[test]
    fn every_line_ending_reads_the_same() {
        let lf = "data: a\ndata: b\n\n: c\n\ndata: d\n\n";
        let expected = parse(lf);
        assert_eq!(expected.len(), 3);
        assert_eq!(parse(&lf.replace('\n', "\r\n")), expected);
        assert_eq!(parse(&lf.replace('\n', "\r")), expected);
    }

    #[test]
    fn one_byte_order_mark_is_dropped_even_when_it_is_split() {
        let bytes = "\u{feff}data: a\n\ndata: \u{feff}b\n\n".as_bytes();
        let (head, tail) = bytes.split_at(1);
        assert_eq!(
            parse_in(&[head, tail]),
            [event("a"), event("\u{feff}b")],
            "the second mark is text"
        );
    }

    #[test]
    fn one_blank_after_the_colon_belongs_to_the_notation() {
        assert_eq!(parse("data:  a\n\n"), [event(" a")]);
        assert_eq!(parse("data\n\n"), [event("")]);
        assert_eq!(parse("data:\n\n"), [event("")]);
        assert_eq!(parse("event: x\n\n\n\n"), [], "a name without data");
    }

    #[test]
    fn an_end_without_a_blank_line_loses_nothing() {
        assert_eq!(parse("data: [DONE]"), [event("[DONE]")]);
        assert_eq!(parse("data: [DONE]\r"), [event("[DONE]")]);
    }

    #[test]
    fn bytes_that_are_no_text_spoil_one_character() {
        assert_eq!(
            parse_in(&[b"data: a\xffb\n\ndata: ok\n\n"]),
            [event("a\u{fffd}b"), event("ok")]
        );
    }

    #[test]
    fn what_is_too_long_stops_the_reading_after_what_was_whole() {
        let mut parser = SseParser::with_limits(20, 20);
        let mut items = Vec::new();
        let bytes = b"data: ok\n\ndata: 0123456789012345";
        assert_eq!(parser.push(bytes, &mut items), Err(TooLong));
        assert_eq!(items, [event("ok")]);
        assert_eq!(parser.push(b"\n\ndata: more\n\n", &mut items), Err(TooLong));
        parser.finish(&mut items);
        assert_eq!(items.len(), 1);

        let mut parser = SseParser::with_limits(20, 20);
        let many = b"data: 0123456789\ndata: 0123456789\ndata: 0\n";
        assert_eq!(parser.push(many, &mut items), Err(TooLong));
    }

    #[test]
    fn an_event_that_is_too_long_by_its_last_line_is_not_surfaced_in_part() {
        let mut parser = SseParser::with_limits(20, 20);
        let mut items = Vec::new();
        let unended = b"data: 0123456789\ndata: 01234567890";
        assert_eq!(parser.push(unended, &mut items), Ok(()));
        parser.finish(&mut items);
        assert_eq!(items, []);
    }

    /// Bytes that look like a stream more often than chance would have it.
    fn streamish() -> impl Strategy<Value = Vec<u8>> {
        let piece = prop_oneof![
            Just(b"\n".to_vec()),
            Just(b"\r".to_vec()),
            Just(b"\r\n".to_vec()),
            Just(b"data: ".to_vec()),
            Just(b"data".to_vec()),
            Just(b":".to_vec()),
            Just(b"event: e".to_vec()),
            Just(b"error: {}".to_vec()),
            Just("\u{feff}".as_bytes().to_vec()),
            Just("\u{1f680}".as_bytes().to_vec()),
            any::<Vec<u8>>(),
        ];
        proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn where_the_chunks_are_cut_changes_nothing(
            bytes in streamish(),
            cuts in proptest::collection::vec(1usize..9, 1..20),
        ) {
            let whole = parse_in(&[&bytes]);
            let mut chunks = Vec::new();
            let (mut rest, mut turn) = (bytes.as_slice(), cuts.iter().cycle());
            while !rest.is_empty() {
                let size = (*turn.next().unwrap()).min(rest.len());
                let (chunk, after) = rest.split_at(size);
                chunks.push(chunk);
                rest = after;
            }
            prop_assert_eq!(parse_in(&chunks), whole);
        }

        #[test]
        fn no_bytes_break_it(bytes in any::<Vec<u8>>(), limit in 0usize..64) {
            let mut parser = SseParser::with_limits(limit, limit);
            let mut items = Vec::new();
            let _ = parser.push(&bytes, &mut items);
            parser.finish(&mut items);
        }
    }
}
