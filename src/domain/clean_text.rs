//! The only foreign text that is drawn.

use std::fmt;
use std::ops::Deref;

/// Text from a server or a file, made harmless for a terminal: no escapes, no control characters but
/// newline and tab, no bidi overrides, no invisible characters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CleanText(String);

impl CleanText {
    /// Takes out everything that could drive a terminal or lie to the eye.
    pub fn new(text: &str) -> Self {
        Self(
            text.chars()
                .filter(|&c| c == '\n' || c == '\t' || is_harmless(c))
                .collect(),
        )
    }

    /// Adds text that goes on where this ends; how many characters were taken out that could have driven
    /// the terminal or lied to the eye. The carriage return of a line end and the joiner inside an emoji
    /// are taken out, too, and not counted: they are everyday.
    pub fn push(&mut self, text: &str) -> usize {
        let mut removed = 0;
        self.0.reserve(text.len());
        for c in text.chars() {
            if c == '\n' || c == '\t' || is_harmless(c) {
                self.0.push(c);
            } else if !matches!(c, '\r' | '\u{200D}') {
                removed += 1;
            }
        }
        removed
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
        assert_eq!(CleanText::new(evil).as_str(), "a]0;titleb31mcde\nf\tg");
    }

    #[test]
    fn what_is_taken_out_is_counted_but_for_the_everyday() {
        let mut text = CleanText::default();
        assert_eq!(text.push("a\r\n👩\u{200d}🚀"), 0);
        assert_eq!(text.push("\u{1b}[31mb\u{202e}c"), 2);
        assert_eq!(text.as_str(), "a\n👩🚀[31mbc");
    }

    #[test]
    fn nothing_that_cannot_be_seen_passes() {
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
            assert_eq!(text.as_str(), "ab");
        }
        // Whether a heart is drawn as an emoji.
        assert_eq!(CleanText::new("❤\u{fe0f}").as_str(), "❤\u{fe0f}");
    }

    #[test]
    fn joined_emoji_lose_only_their_joiner() {
        assert_eq!(CleanText::new("👩\u{200d}🚀").as_str(), "👩🚀");
    }

    #[test]
    fn a_line_has_no_line_breaks() {
        for text in [
            " a\n b\t c ",
            "a  b c",
            "a b c ",
            " a b c",
            "a b c",
            "a\u{200b} b c",
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
