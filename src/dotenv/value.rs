//! How a value is written so that every reader reads it exactly.

use super::refusal::Reason;
use super::syntax::Style;

/// Whether a value means itself bare, in `"…"` and in `'…'`, in every reader: letters, digits and
/// `_./:@%+,=-`. API keys, base URLs, model names, base64 and hex are plain.
pub fn is_plain(value: &str) -> bool {
    !value.is_empty() && value.bytes().all(is_plain_byte)
}

pub(super) const fn is_plain_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(
            byte,
            b'_' | b'.' | b'/' | b':' | b'@' | b'%' | b'+' | b',' | b'=' | b'-'
        )
}

/// Whether a name is taken by every reader: `[A-Za-z_][A-Za-z0-9_]*`.
pub(super) fn is_name(name: &str) -> bool {
    let starts_well = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    starts_well
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// Whether there is a spelling of a value that every reader reads alike.
pub(super) fn check(value: &str) -> Result<(), Reason> {
    if value.is_empty() {
        return Err(Reason::EmptyValue);
    }
    // U+2028 and U+2029 end a line in readers that split with Python's `splitlines`.
    if value.contains(|c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')) {
        return Err(Reason::ControlInValue);
    }
    if let Some(special) = value.chars().find(|c| matches!(c, '$' | '\\' | '`')) {
        return Err(Reason::SpecialInValue(special));
    }
    if value.contains('\'') && value.contains('"') {
        return Err(Reason::BothQuotesInValue);
    }
    Ok(())
}

/// The spelling of a value that passed [`check`]: in the quotes that stand there already if they
/// can hold it; else bare where it is plain; else in single quotes, or in double ones round a `'`.
pub(super) fn spell(value: &str, present: Style) -> String {
    match quote_for(value, present) {
        Some(quote) => format!("{0}{value}{0}", char::from(quote)),
        None => value.to_owned(),
    }
}

/// The quote that [`spell`] puts round a value.
pub(super) fn quote_for(value: &str, present: Style) -> Option<u8> {
    let holds = |quote: u8| value.contains(char::from(quote));
    match present {
        Style::Quoted(quote @ (b'"' | b'\'')) if !holds(quote) => Some(quote),
        _ if value.is_empty() || is_plain(value) => None,
        _ if holds(b'\'') => Some(b'"'),
        _ => Some(b'\''),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_means_itself_everywhere_is_plain() {
        for value in [
            "sk-or-v1-0af",
            "https://openrouter.ai/api/v1",
            "a/b:free",
            "aGk+/w==",
            "a@b%c",
        ] {
            assert!(is_plain(value), "{value}");
        }
        for value in ["", "a b", "a#b", "a;b", "~x", "é", "a*", "a\tb", "a$b"] {
            assert!(!is_plain(value), "{value}");
        }
    }

    #[test]
    fn quotes_that_stand_there_are_kept_if_they_can_hold_the_value() {
        let double = Style::Quoted(b'"');
        let single = Style::Quoted(b'\'');
        assert_eq!(spell("v", Style::Empty), "v");
        assert_eq!(spell("v", double), "\"v\"");
        assert_eq!(spell("v", Style::Quoted(b'`')), "v");
        assert_eq!(spell("a b", Style::Bare), "'a b'");
        assert_eq!(spell("a b", double), "\"a b\"");
        assert_eq!(spell("it's", single), "\"it's\"");
        assert_eq!(spell("say \"x\"", double), "'say \"x\"'");
    }

    #[test]
    fn what_no_spelling_carries_is_refused() {
        assert_eq!(check(""), Err(Reason::EmptyValue));
        for value in [
            "a\nb", "a\rb", "a\0", "a\tb", "\u{85}", "\u{2028}", "\u{7f}",
        ] {
            assert_eq!(check(value), Err(Reason::ControlInValue), "{value:?}");
        }
        for special in ['$', '\\', '`'] {
            assert_eq!(
                check(&format!("a{special}b")),
                Err(Reason::SpecialInValue(special))
            );
        }
        assert_eq!(check("'\""), Err(Reason::BothQuotesInValue));
        assert_eq!(check("日本 #1 & co"), Ok(()));
    }

    #[test]
    fn names_are_those_of_every_reader() {
        assert!(is_name("_A1") && is_name("a"));
        for name in ["", "1A", "A-B", "A.B", "É", "A B", "A\n"] {
            assert!(!is_name(name), "{name:?}");
        }
    }
}
