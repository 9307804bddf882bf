//! Tags of HTML inside a text, by `CommonMark`'s rules.

/// How long the tag, the comment or the declaration is that a text begins with.
pub(super) fn length(text: &str) -> Option<usize> {
    let rest = text.strip_prefix('<')?;
    for (start, end) in [("!--", "-->"), ("?", "?>"), ("![CDATA[", "]]>")] {
        if let Some(inside) = rest.strip_prefix(start) {
            return Some(1 + start.len() + inside.find(end)? + end.len());
        }
    }
    let bytes = text.as_bytes();
    let is_closing = rest.starts_with('/');
    let mut at = 1 + usize::from(is_closing);
    if !bytes.get(at)?.is_ascii_alphabetic() {
        return None;
    }
    at += run(bytes, at, |b| b.is_ascii_alphanumeric() || b == b'-');
    loop {
        let blanks = run(bytes, at, |b| b.is_ascii_whitespace());
        at += blanks;
        match bytes.get(at)? {
            b'>' => return Some(at + 1),
            b'/' if !is_closing && bytes.get(at + 1) == Some(&b'>') => return Some(at + 2),
            _ if blanks == 0 || is_closing => return None,
            _ => at = attribute(bytes, at)?,
        }
    }
}

/// Where an attribute ends.
fn attribute(bytes: &[u8], from: usize) -> Option<usize> {
    let first = bytes.get(from)?;
    if !(first.is_ascii_alphabetic() || matches!(first, b'_' | b':')) {
        return None;
    }
    let is_name = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b':' | b'-');
    let name = from + run(bytes, from, is_name);
    let equals = name + run(bytes, name, |b| b.is_ascii_whitespace());
    if bytes.get(equals) != Some(&b'=') {
        return Some(name);
    }
    let value = equals + 1;
    let value = value + run(bytes, value, |b| b.is_ascii_whitespace());
    let first = *bytes.get(value)?;
    if matches!(first, b'"' | b'\'') {
        let inside = run(bytes, value + 1, |b| b != first);
        bytes.get(value + 1 + inside)?;
        return Some(value + inside + 2);
    }
    let is_bare = |b: u8| !b.is_ascii_whitespace() && !b"\"'=<>`".contains(&b);
    let length = run(bytes, value, is_bare);
    (length > 0).then_some(value + length)
}

/// How many bytes from a place on are of a kind.
fn run(bytes: &[u8], from: usize, is_of: impl Fn(u8) -> bool) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    rest.iter().take_while(|byte| is_of(**byte)).count()
}

#[cfg(test)]
mod tests {
    use super::length;

    #[test]
    fn a_tag_ends_with_its_bracket_and_nothing_else_is_one() {
        assert_eq!(length("<br/>x"), Some(5));
        assert_eq!(length("<a href='>' b>x"), Some(14));
        assert_eq!(length("</p >"), Some(5));
        assert_eq!(length("<!-- > -->"), Some(10));
        for text in ["<", "<3", "< a>", "<a", "<a href=>", "</a b>", "<a\"b\">"] {
            assert_eq!(length(text), None, "{text}");
        }
    }
}
