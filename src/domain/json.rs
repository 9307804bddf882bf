//! JSON that may be shown on a terminal: what could drive it, or lie to the eye, stands there as an escape.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

use super::clean_text::is_harmless;

/// A value as JSON on one line, without a line end. Who reads it gets every character back.
///
/// # Panics
/// The value has maps whose keys are no texts: our own have none.
pub fn line(value: &impl Serialize) -> String {
    let mut bytes = Vec::new();
    let mut serializer = Serializer::with_formatter(&mut bytes, Harmless);
    let written = value.serialize(&mut serializer);
    written.expect("our own values have string keys");
    String::from_utf8(bytes).expect("JSON is UTF-8")
}

/// Writes what is not harmless as `\uXXXX`; what JSON itself wants escaped never comes here.
struct Harmless;

impl Formatter for Harmless {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut written = 0;
        for (at, c) in fragment.char_indices().filter(|(_, c)| !is_harmless(*c)) {
            writer.write_all(&fragment.as_bytes()[written..at])?;
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            written = at + c.len_utf8();
        }
        writer.write_all(&fragment.as_bytes()[written..])
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_drives_a_terminal_is_escaped_and_all_else_is_plain() {
        let text = "a\u{9b}31m\u{202e}\u{e0041}\u{7f}\u{1b}\n\"你好 👍";
        let json = line(&text);
        assert_eq!(
            json,
            r#""a\u009b31m\u202e\udb40\udc41\u007f\u001b\n\"你好 👍""#
        );
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_nothing_is_left_that_is_not_harmless(text in any::<String>()) {
            let json = line(&text);
            prop_assert!(json.chars().all(is_harmless), "{}", json);
            prop_assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
        }
    }
}
