//! The only foreign text that is drawn.

use std::borrow::Cow;
use std::fmt::{self, Write as _};
use std::ops::{Deref, RangeInclusive};

/// Text from a server or a file, made harmless for a terminal: but for newline and tab, control characters,
/// bidi overrides and invisible characters are shown as what they are (`␛`, `<U+202E>`), not obeyed.
///
/// The carriage return of a line end, and joiners where a script or an emoji needs them, are everyday and left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CleanText(String);

impl CleanText {
    /// Shows everything that could drive a terminal or lie to the eye as what it is.
    pub fn new(text: &str) -> Self {
        let mut clean = Self::default();
        clean.push(text);
        clean
    }

    /// Adds text that goes on where this ends; how many characters are shown as what they are.
    pub fn push(&mut self, text: &str) -> usize {
        let mut shown = 0;
        self.0.reserve(text.len());
        let mut rest = text.chars();
        while let Some(c) = rest.next() {
            if c == '\n' || c == '\t' || is_harmless(c) {
                self.0.push(c);
            } else if !is_everyday(c, self.0.chars().next_back(), rest.as_str()) {
                self.push_name(c);
                shown += 1;
            }
        }
        shown
    }

    /// The picture of a control character, the code point of any other.
    fn push_name(&mut self, c: char) {
        let code = u32::from(c);
        match code {
            0..=0x1F => self.0.extend(char::from_u32(0x2400 + code)),
            0x7F => self.0.push('\u{2421}'),
            _ => {
                // Writing into a string cannot fail.
                let _ = write!(self.0, "<U+{code:04X}>");
            }
        }
    }

    /// As [`CleanText::new`], on one line: line breaks and tabs become single blanks.
    pub fn line(text: &str) -> Self {
        if is_plain(text) {
            return Self(text.to_owned());
        }
        let words: Vec<&str> = text.split_whitespace().collect();
        Self::new(&words.join(" "))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// At most `chars` characters of it, an ellipsis marking the cut.
    #[must_use]
    pub fn shortened(&self, chars: usize) -> Self {
        if self.0.chars().count() <= chars {
            return self.clone();
        }
        let mut cut: String = self.0.chars().take(chars.saturating_sub(1)).collect();
        cut.push('…');
        Self(cut)
    }

    /// Hands the text over.
    pub fn into_string(self) -> String {
        self.0
    }
}

/// It is on one line and harmless as it stands, as nearly every name is.
fn is_plain(text: &str) -> bool {
    let mut before = b' ';
    let fits = text.bytes().all(|byte| {
        let is_double = byte == b' ' && before == b' ';
        before = byte;
        (byte == b' ' || byte.is_ascii_graphic()) && !is_double
    });
    fits && (before != b' ' || text.is_empty())
}

/// How many characters of a text are shown as what they are: see [`CleanText::push`].
pub fn count_unseen(text: &str) -> usize {
    CleanText::default().push(text)
}

/// The text without what is shown by name, be it shown already or not: what it was cut up by may not hide a
/// secret from a search.
pub fn seen(text: &str) -> Cow<'_, str> {
    let is_plain = |c| matches!(c, '\n' | '\t') || is_harmless(c) && !PICTURES.contains(&c);
    if text.chars().all(is_plain) && !text.contains("<U+") {
        return Cow::Borrowed(text);
    }
    let mut seen = String::with_capacity(text.len());
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        if let Some(after) = behind_name(c, rest.as_str()) {
            rest = after.chars();
        } else if is_plain(c) {
            seen.push(c);
        }
    }
    Cow::Owned(seen)
}

/// The names of control characters.
const PICTURES: RangeInclusive<char> = '\u{2400}'..='\u{2421}';

/// What comes behind `<U+202E>`, where that stands.
fn behind_name(first: char, rest: &str) -> Option<&str> {
    let rest = rest.strip_prefix("U+").filter(|_| first == '<')?;
    let (code, after) = rest.split_once('>')?;
    let code = u32::from_str_radix(code, 16)
        .ok()
        .and_then(char::from_u32)?;
    (!is_harmless(code)).then_some(after)
}

/// Harmful to nobody, seen by nobody, and in many a text: the carriage return of a line end, what joins an emoji,
/// what joins and parts the letters of scripts that need it.
fn is_everyday(c: char, before: Option<char>, behind: &str) -> bool {
    let needs_it = |before: char| {
        let is_emoji = before > '\u{200D}' && !before.is_alphanumeric();
        let is_joining = matches!(before, '\u{0600}'..='\u{0DFF}'); // Arabic to Sinhala
        is_emoji || is_joining
    };
    match c {
        // Of a line end that is cut in two the rest comes later.
        '\r' => behind.is_empty() || behind.starts_with('\n'),
        '\u{200C}' | '\u{200D}' => before.is_some_and(needs_it),
        _ => false,
    }
}

/// Whether a character may reach the terminal as it is. Line ends and tabs are not among them.
pub fn is_harmless(c: char) -> bool {
    !c.is_control()
        && !matches!(c,
            '\u{00AD}'                    // soft hyphen
            | '\u{034F}'                  // combining grapheme joiner
            | '\u{061C}'                  // Arabic letter mark
            | '\u{115F}' | '\u{1160}'     // Hangul fillers
            | '\u{17B4}' | '\u{17B5}'     // Khmer vowels without a form
            | '\u{180B}'..='\u{180F}'     // Mongolian selectors and separator
            | '\u{200B}'..='\u{200F}'     // zero-width characters and direction marks
            | '\u{2028}'..='\u{202E}'     // separators, bidi embeddings and overrides
            | '\u{2060}'..='\u{206F}'     // word joiner, isolates, deprecated controls
            | '\u{3164}' | '\u{FFA0}'     // Hangul fillers
            | '\u{FE00}'..='\u{FE0D}'     // variation selectors; the last two tell emoji from text
            | '\u{FEFF}'                  // byte order mark
            | '\u{FFF0}'..='\u{FFFB}'     // interlinear annotation
            | '\u{1BCA0}'..='\u{1BCA3}'   // shorthand controls
            | '\u{1D173}'..='\u{1D17A}'   // musical controls
            | '\u{E0000}'..='\u{E0FFF}'   // tags, variation selectors
        )
}

impl Deref for CleanText {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CleanText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What was written down may have been changed since: it is cleaned again.
impl<'de> serde::Deserialize<'de> for CleanText {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|text| Self::new(&text))
    }
}

impl serde::Serialize for CleanText {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl From<&str> for CleanText {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_drives_a_terminal_passes() {
        let evil = "a\x1b]0;title\x07b\u{9b}31mc\u{202e}d\u{200b}e\r\nf\tg";
        assert_eq!(
            CleanText::new(evil).as_str(),
            "a␛]0;title␇b<U+009B>31mc<U+202E>d<U+200B>e\nf\tg"
        );
    }

    #[test]
    fn what_is_shown_by_name_is_counted_and_the_everyday_is_not() {
        let mut text = CleanText::default();
        assert_eq!(text.push("a\r\n👩\u{200d}🚀"), 0);
        assert_eq!(text.push("\u{1b}[31mb\u{202e}c"), 2);
        assert_eq!(text.as_str(), "a\n👩🚀␛[31mb<U+202E>c");
    }

    #[test]
    fn what_cannot_be_seen_is_shown_by_its_code_point() {
        for hidden in [
            '\u{ad}',
            '\u{34f}',
            '\u{115f}',
            '\u{1160}',
            '\u{17b5}',
            '\u{180e}',
            '\u{3164}',
            '\u{fe00}',
            '\u{ffa0}',
            '\u{1d173}',
            '\u{e0101}',
            '\u{e01ef}',
        ] {
            let mut text = CleanText::default();
            assert_eq!(text.push(&format!("a{hidden}b")), 1, "{hidden:?}");
            let code = u32::from(hidden);
            assert_eq!(text.as_str(), format!("a<U+{code:04X}>b"));
            assert_eq!(count_unseen(&format!("a{hidden}b\r\n")), 1, "{hidden:?}");
        }
        // Whether a heart is drawn as an emoji.
        assert_eq!(CleanText::new("❤\u{fe0f}").as_str(), "❤\u{fe0f}");
    }

    #[test]
    fn what_is_seen_is_the_same_before_and_after_it_is_cleaned() {
        let cut = "a\u{200b}b\x1b c < <U+41> \u{202e}d\n";
        assert_eq!(seen(cut), "ab c < <U+41> d\n");
        assert_eq!(seen(&CleanText::new(cut)), seen(cut));
        assert!(matches!(seen("plain\n"), Cow::Borrowed(_)));
    }

    #[test]
    fn what_joins_is_left_out_where_it_is_needed_and_named_where_it_is_not() {
        for (text, shown) in [
            ("👩\u{200d}🚀", "👩🚀"),
            ("می\u{200c}خواهم", "میخواهم"),
            ("क्\u{200d}ष", "क्ष"),
            ("a\r\nb\r", "a\nb"),
        ] {
            let mut clean = CleanText::default();
            assert_eq!(clean.push(text), 0, "{text:?}");
            assert_eq!(clean.as_str(), shown);
        }
        assert_eq!(CleanText::new("safe\revil").as_str(), "safe␍evil");
        assert_eq!(
            CleanText::new("pass\u{200d}word").as_str(),
            "pass<U+200D>word"
        );
    }

    #[test]
    fn a_line_has_no_line_breaks() {
        for text in [
            " a\n b\t c ",
            "a  b c",
            "a b c ",
            " a b c",
            "a b c",
            "a\r b c",
        ] {
            assert_eq!(CleanText::line(text).as_str(), "a b c", "{text:?}");
        }
        assert_eq!(CleanText::line(" ").as_str(), "");
    }

    #[test]
    fn a_cut_is_marked() {
        assert_eq!(CleanText::new("abcdef").shortened(4).as_str(), "abc…");
    }
}
