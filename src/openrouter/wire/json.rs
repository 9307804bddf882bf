//! JSON text into values, forgiving what servers do to text.

use serde::de::DeserializeOwned;

/// Reads a body. A byte order mark is skipped, and a `\ud83d` without its other half, which some
/// servers write where they cut an emoji in two, becomes a replacement character.
pub(in crate::openrouter) fn from_json<T: DeserializeOwned>(
    text: &str,
) -> Result<T, serde_json::Error> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    serde_json::from_str(text).or_else(|error| match without_half_characters(text) {
        Some(mended) => serde_json::from_str(&mended),
        None => Err(error),
    })
}

/// The text with every lone surrogate escape replaced; `None` when there is none.
fn without_half_characters(text: &str) -> Option<String> {
    let mut mended = String::with_capacity(text.len());
    let mut is_changed = false;
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        mended.push_str(before);
        let unit = |text: &str| match text.get(..5) {
            Some(code) if code.starts_with('u') => {
                u16::from_str_radix(code.get(1..).unwrap_or_default(), 16).ok()
            }
            _ => None,
        };
        let is_low = |text: &str| {
            let low = text.strip_prefix('\\').and_then(unit);
            low.is_some_and(|low| (0xDC00..0xE000).contains(&low))
        };
        let taken = match unit(after) {
            Some(0xD800..0xDC00) if after.get(5..).is_some_and(is_low) => 11,
            Some(0xD800..0xE000) => {
                is_changed = true;
                mended.push_str("\\ufffd");
                rest = after.get(5..).unwrap_or_default();
                continue;
            }
            // The escaped character goes along, so that `\\` is not taken for a beginning.
            _ => after.chars().next().map_or(0, char::len_utf8),
        };
        let (escape, tail) = after.split_at(taken);
        mended.push('\\');
        mended.push_str(escape);
        rest = tail;
    }
    mended.push_str(rest);
    is_changed.then_some(mended)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::scalars::Text;
    use super::*;

    #[test]
    fn half_an_emoji_costs_one_character() {
        let json = r#""a\ud83d b \ude80 \\ud83d \ud83d\ude80""#;
        let text = from_json::<Text>(json).unwrap().0.unwrap();
        assert_eq!(text, "a\u{fffd} b \u{fffd} \\ud83d 🚀");
    }

    #[test]
    fn a_byte_order_mark_is_skipped() {
        assert_eq!(from_json::<u8>("\u{feff} 5 ").unwrap(), 5);
    }

    proptest! {
        #[test]
        fn no_text_breaks_the_mending(text in "[\\\\ud8c0-9\"a🚀]{0,40}") {
            let _ = from_json::<Text>(&text);
        }
    }
}
