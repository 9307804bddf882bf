//! Characters by their names: `&amp;`.

use crate::domain::clean_text::is_harmless;

/// The names that are met in prose; others stay as they stand, which loses nothing.
const NAMES: [(&str, char); 42] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{A0}'),
    ("copy", '©'),
    ("reg", '®'),
    ("trade", '™'),
    ("deg", '°'),
    ("plusmn", '±'),
    ("times", '×'),
    ("divide", '÷'),
    ("minus", '−'),
    ("middot", '·'),
    ("bull", '•'),
    ("hellip", '…'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("laquo", '«'),
    ("raquo", '»'),
    ("larr", '←'),
    ("uarr", '↑'),
    ("rarr", '→'),
    ("darr", '↓'),
    ("harr", '↔'),
    ("rArr", '⇒'),
    ("le", '≤'),
    ("ge", '≥'),
    ("ne", '≠'),
    ("asymp", '≈'),
    ("infin", '∞'),
    ("euro", '€'),
    ("pound", '£'),
    ("yen", '¥'),
    ("sect", '§'),
    ("para", '¶'),
    ("micro", 'µ'),
];

/// The character that a text begins with by its name or its number, and how long that is. A character
/// that must not reach the terminal has no name here.
pub(super) fn read(text: &str) -> Option<(char, usize)> {
    let bytes = text.as_bytes().get(..text.len().min(12))?;
    let end = bytes.iter().position(|byte| *byte == b';')?;
    let name = text.get(1..end)?;
    let c = match name.strip_prefix('#') {
        Some(number) => {
            let hex = number.strip_prefix(['x', 'X']);
            let code = match hex {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)?
        }
        None => NAMES.iter().find(|(known, _)| *known == name)?.1,
    };
    is_harmless(c).then_some((c, end + 1))
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn a_name_is_its_character_unless_that_would_drive_the_terminal() {
        assert_eq!(read("&amp;x"), Some(('&', 5)));
        assert_eq!(read("&#x4e2d;"), Some(('中', 8)));
        assert_eq!(read("&#65;"), Some(('A', 5)));
        for text in [
            "&", "&;", "&nobody;", "&#27;", "&#x202e;", "&#0;", "&#xD800;", "& amp;",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
