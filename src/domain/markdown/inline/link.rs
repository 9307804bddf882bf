//! Addresses in a text.

use super::Target;

/// Brackets inside each other in an address.
const DEEPEST: usize = 32;

/// The target behind the `]` of a link, from its `(` to its `)`, and how long that is.
pub(super) fn behind(text: &str) -> Option<(Target, usize)> {
    let inside = text.strip_prefix('(')?;
    let (url, rest) = destination(inside.trim_start())?;
    let after = rest.trim_start();
    let has_gap = after.len() < rest.len();
    let (title, after) = title(after).filter(|_| has_gap).unwrap_or(("", after));
    let end = after.trim_start().strip_prefix(')')?;
    let target = Target {
        url: unescaped(url),
        title: unescaped(title),
        is_said: false,
    };
    Some((target, text.len() - end.len()))
}

/// The address a text begins with, and what follows it.
fn destination(text: &str) -> Option<(&str, &str)> {
    if let Some(inside) = text.strip_prefix('<') {
        let end = unescaped_at(inside, |c| matches!(c, '<' | '>' | '\n'))?;
        let rest = inside.get(end..)?.strip_prefix('>')?;
        return Some((inside.get(..end)?, rest));
    }
    let mut depth = 0;
    let mut is_escaped = false;
    for (at, c) in text.char_indices() {
        match c {
            _ if is_escaped => {}
            '(' if depth == DEEPEST => return None,
            '(' => depth += 1,
            ')' if depth == 0 => return Some(text.split_at(at)),
            ')' => depth -= 1,
            c if c.is_whitespace() => return (depth == 0).then_some(text.split_at(at)),
            _ => {}
        }
        is_escaped = c == '\\' && !is_escaped;
    }
    None
}

/// The title a text begins with, and what follows it.
fn title(text: &str) -> Option<(&str, &str)> {
    let open = text.chars().next()?;
    let close = match open {
        '"' | '\'' => open,
        '(' => ')',
        _ => return None,
    };
    let inside = text.get(1..)?;
    let end = unescaped_at(inside, |c| c == close)?;
    Some((inside.get(..end)?, inside.get(end + 1..)?))
}

/// Where the first character of a kind stands that no backslash stands before.
fn unescaped_at(text: &str, is_of: impl Fn(char) -> bool) -> Option<usize> {
    let mut is_escaped = false;
    for (at, c) in text.char_indices() {
        if !is_escaped && is_of(c) {
            return Some(at);
        }
        is_escaped = c == '\\' && !is_escaped;
    }
    None
}

fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let is_escape = c == '\\' && chars.peek().is_some_and(char::is_ascii_punctuation);
        match c {
            _ if is_escape => plain.extend(chars.next()),
            '\n' | '\t' => plain.push(' '),
            c => plain.push(c),
        }
    }
    plain
}

/// How long the address between `<` and `>` is that a text begins with.
pub(super) fn in_angles(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('<')?;
    let length = inside.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>'))?;
    let address = inside.get(..length)?;
    inside.get(length..)?.strip_prefix('>')?;
    let is_url = address.split_once(':').is_some_and(|(scheme, _)| {
        (2..=32).contains(&scheme.len())
            && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "+.-".contains(c))
    });
    let is_mail = address
        .split_once('@')
        .is_some_and(|(who, host)| is_of(who, ".!#$%&'*+/=?^_`{|}~-") && is_of(host, ".-"));
    (is_url || is_mail).then_some(length)
}

/// Whether a text is of ASCII letters, digits and some more characters.
fn is_of(text: &str, more: &str) -> bool {
    let is_one = |c: char| c.is_ascii_alphanumeric() || more.contains(c);
    !text.is_empty() && text.chars().all(is_one)
}

/// How long the bare address is that a text begins with. Punctuation behind it belongs to the sentence.
pub(super) fn bare(text: &str) -> Option<usize> {
    let scheme = ["https://", "http://"].into_iter().find(|scheme| {
        let start = text.get(..scheme.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    })?;
    let ends = |c: char| {
        c.is_whitespace()
            || "<>\"`]“”‘’".contains(c)
            || matches!(c, '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FFEF}')
    };
    let mut address = text.split(ends).next()?;
    let mut surplus = address.matches(')').count();
    surplus = surplus.saturating_sub(address.matches('(').count());
    loop {
        let trimmed = address.trim_end_matches(|c| "?!.,:;*_~'|".contains(c));
        let trimmed = match trimmed.strip_suffix(')') {
            Some(shorter) if surplus > 0 => {
                surplus -= 1;
                shorter
            }
            _ => trimmed,
        };
        if trimmed.len() == address.len() {
            break;
        }
        address = trimmed;
    }
    (address.len() > scheme.len()).then_some(address.len())
}
